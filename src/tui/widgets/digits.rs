//! A telephone number in digits of three rows, to be read from the other side of a desk.

use crate::tui::widgets::columns::columns;

/// The rows of a digit.
pub const ROWS: usize = 3;

const DIGITS: [[&str; ROWS]; 10] = [
    ["┏━┓", "┃ ┃", "┗━┛"],
    ["  ╻", "  ┃", "  ╹"],
    ["╺━┓", "┏━┛", "┗━╸"],
    ["╺━┓", "╺━┫", "╺━┛"],
    ["╻ ╻", "┗━┫", "  ╹"],
    ["┏━╸", "┗━┓", "╺━┛"],
    ["┏━╸", "┣━┓", "┗━┛"],
    ["╺━┓", "  ┃", "  ╹"],
    ["┏━┓", "┣━┫", "┗━┛"],
    ["┏━┓", "┗━┫", "╺━┛"],
];
const BETWEEN_GROUPS: [&str; ROWS] = ["  ", "  ", "  "];
const PLUS: [&str; ROWS] = ["   ", "╺╋╸", "   "];

/// The three rows; none where something in it is no digit, or where it is wider than that.
pub fn rows(number: &str, width: usize) -> Option<[String; ROWS]> {
    let glyphs: Vec<&[&str; ROWS]> = number.trim().chars().map(glyph).collect::<Option<_>>()?;
    let row = |place: usize| {
        let parts: Vec<&str> = glyphs.iter().filter_map(|glyph| glyph.get(place).copied()).collect();
        parts.join(" ")
    };
    let rows = [row(0), row(1), row(2)];
    let fits = !number.trim().is_empty() && rows.iter().all(|row| columns(row) <= width);
    fits.then_some(rows)
}

fn glyph(c: char) -> Option<&'static [&'static str; ROWS]> {
    match c {
        ' ' => Some(&BETWEEN_GROUPS),
        '+' => Some(&PLUS),
        c => DIGITS.get(usize::try_from(c.to_digit(10)?).ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_is_another_one_and_as_wide_as_the_others() {
        for (place, digit) in DIGITS.iter().enumerate() {
            assert!(digit.iter().all(|row| columns(row) == 3), "{place}");
            assert!(DIGITS.iter().skip(place + 1).all(|other| other != digit), "{place}");
        }
    }

    #[test]
    fn a_number_has_its_groups_apart() {
        let shown = rows("0116 305 0005", 76).unwrap();
        assert_eq!(columns(&shown[0]), 11 * 3 + 2 * 2 + 12);
        assert_eq!(rows("101", 76).unwrap().join("\n"), "  ╻ ┏━┓   ╻\n  ┃ ┃ ┃   ┃\n  ╹ ┗━┛   ╹");
    }

    #[test]
    fn what_is_no_number_or_too_wide_stays_small() {
        assert_eq!(rows("07700 900123 (mum)", 200), None);
        assert_eq!(rows("0116 305 0005", 40), None);
        assert_eq!(rows(" ", 40), None);
    }
}
