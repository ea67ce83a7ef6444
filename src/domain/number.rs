//! Telephone numbers: alike or not, and grouped for reading aloud (H35).
//!
//! What was typed is never rewritten. A number is taken apart to be compared: its digits as they are dialled in
//! Britain, and whatever was written beside them, such as `(mum)` or `ext 12`. Letters are a note and never the keys of
//! a dial. Short codes (999, 101, 0800 1111) and numbers through text relay (18001) are numbers like any other.

mod grouping;

use super::text::Text;

/// A number taken apart. Every character that was typed is in one of its three parts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Parts<'t> {
    /// What stands before the first digit, such as `Tel.`.
    pub before: &'t str,
    /// Digits, and what people write between them.
    pub dialled: &'t str,
    /// What stands after the last digit: `(mum)`, `ext 12`.
    pub after: &'t str,
}

/// A number as it is compared: equal where dialling it reaches the same line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line(String);

impl Line {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Prefixes of text relay: whoever types, and whoever speaks.
const RELAY: [&str; 2] = ["18001", "18002"];
/// The fewest digits of a number that has a country's code.
const SHORTEST_ABROAD: usize = 7;
/// A British number after +44.
const AFTER_44: std::ops::RangeInclusive<usize> = 7..=10;

/// Takes a number apart.
pub fn parts(typed: &str) -> Parts<'_> {
    let start = typed.find(|c: char| c.is_ascii_digit() || c == '+').unwrap_or(typed.len());
    // A bracket that opens before the first digit is part of the number: (0116) 454 1004.
    let start = typed.get(..start).map_or(start, |before| before.trim_end_matches('(').len());
    let (before, rest) = typed.split_at_checked(start).unwrap_or((typed, ""));
    let end = end_of_dialled(rest);
    let (dialled, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
    Parts { before: before.trim(), dialled: dialled.trim(), after: after.trim() }
}

/// Behind the last digit before a letter, or before a bracket that holds one.
fn end_of_dialled(rest: &str) -> usize {
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        let is_note = c == '(' && rest.get(at..).is_some_and(opens_a_note);
        if is_note || !(c.is_ascii_digit() || c.is_whitespace() || "+()-–.,/*".contains(c)) {
            break;
        }
        if c.is_ascii_digit() || c == ')' && end > 0 {
            end = at + c.len_utf8();
        }
    }
    end
}

fn opens_a_note(from_bracket: &str) -> bool {
    let inside = from_bracket.split(')').next().unwrap_or_default();
    inside.chars().any(char::is_alphabetic)
}

/// Begins what is compared by its letters, so that it is not taken for a number when it is read again.
const LETTERS: char = '~';

/// The number as it is compared.
pub fn line(typed: &str) -> Line {
    if typed.starts_with(LETTERS) {
        return Line(letters_and_digits(typed));
    }
    let Parts { before, dialled, after } = parts(typed);
    let has_letters = [before, after].iter().any(|part| part.chars().any(char::is_alphanumeric));
    let digits = as_dialled_here(dialled);
    let known = grouping::grouped(&digits).is_some() || digits.starts_with('+');
    // Of what is no number one knows (0800 REVERSE), the digits alone would be somebody else's.
    let is_number = digits.bytes().any(|byte| byte.is_ascii_digit()) && (known || !has_letters);
    Line(if is_number { digits } else { letters_and_digits(typed) })
}

/// Whether dialling the one reaches whoever answers the other. What was written beside them makes no difference.
pub fn same_line(one: &str, other: &str) -> bool {
    let (one, other) = (line(one), line(other));
    one == other && one.0.contains(char::is_alphanumeric)
}

/// What was written beside the digits, without the brackets around it; blank where nothing was.
pub fn note(typed: &str) -> Text {
    let Parts { before, after, .. } = parts(typed);
    let words = |part: &str| {
        let bare = part.trim_matches(|c: char| c.is_whitespace() || "()[]:;,-–".contains(c));
        bare.to_owned()
    };
    let written = [words(before), words(after)].into_iter().filter(|part| !part.is_empty());
    Text::from(written.collect::<Vec<_>>().join(" "))
}

/// A number of the book, on one line and grouped for reading aloud.
pub fn read_aloud(number: &Text) -> String {
    grouped(&number.one_line())
}

/// Grouped for reading aloud, with everything that was written beside it. A number that is not understood is shown
/// as it was typed.
fn grouped(typed: &str) -> String {
    let Parts { before, dialled, after } = parts(typed);
    match grouping::grouped(&as_dialled_here(dialled)) {
        Some(number) => {
            let parts = [before, number.as_str(), after].into_iter().filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join(" ")
        }
        None => typed.to_owned(),
    }
}

fn letters_and_digits(typed: &str) -> String {
    let folded = typed.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
    std::iter::once(LETTERS).chain(folded).collect()
}

/// The digits as they are dialled in Britain; of another country's number a plus and its digits.
fn as_dialled_here(dialled: &str) -> String {
    let all: String = dialled.chars().filter(char::is_ascii_digit).collect();
    for relay in RELAY {
        if let Some(rest) = all.strip_prefix(relay).filter(|rest| rest.len() > 2) {
            let written = after_digits(dialled, relay.len());
            let rest = if RELAY.iter().any(|relay| rest.starts_with(relay)) {
                rest.into()
            } else {
                national(written)
            };
            return format!("{relay}{rest}");
        }
    }
    national(dialled)
}

/// What stands behind so many digits.
fn after_digits(dialled: &str, digits: usize) -> &str {
    let last = dialled.char_indices().filter(|(_, c)| c.is_ascii_digit()).nth(digits.saturating_sub(1));
    last.and_then(|(at, c)| dialled.get(at + c.len_utf8()..)).unwrap_or_default()
}

fn national(dialled: &str) -> String {
    let is_abroad = dialled.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+').starts_with('+');
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let all = digits(dialled);
    // The nought in brackets is for whoever dials from within the country.
    let bare = digits(&dialled.replacen("(0)", "", 1));
    // What is too short without its nought, or has both a plus and noughts, is read once more as bare digits: the
    // line that comes out must read as itself.
    with_country(&bare, is_abroad).or_else(|| with_country(&all, false)).unwrap_or(all)
}

/// A number that begins with its country's code.
fn with_country(digits: &str, is_abroad: bool) -> Option<String> {
    let after_code = if is_abroad {
        digits
    } else {
        digits
            .strip_prefix("00")
            .filter(|rest| rest.len() >= SHORTEST_ABROAD)
            .or_else(|| without_plus(digits))?
    };
    match after_code.strip_prefix("44").map(|rest| rest.strip_prefix('0').unwrap_or(rest)) {
        Some(core) if AFTER_44.contains(&core.len()) && !core.starts_with('0') => Some(format!("0{core}")),
        _ if after_code.len() >= SHORTEST_ABROAD && !after_code.starts_with('0') => {
            Some(format!("+{after_code}"))
        }
        _ => None,
    }
}

/// `44 7700 900123`, as some programs write it: twelve digits, where no British number begins so.
fn without_plus(digits: &str) -> Option<&str> {
    let core = digits.strip_prefix("44")?;
    (core.strip_prefix('0').unwrap_or(core).len() == *AFTER_44.end()).then_some(digits)
}

#[cfg(test)]
mod tests;
