//! Telephone numbers: any run of their digits finds them, with or without spaces, +44 or the leading nought.
//!
//! For comparing only; what was typed into the book is never rewritten. Letters beside a number are a note
//! (`07700 900123 (mum)`), never digits of a keypad.

use std::ops::Range;

/// From this many digits on a number is known by any run of them, below only by its beginning (`999`, `111`).
const ANY_RUN_FROM: usize = 5;
/// The fewest digits that can be a whole telephone number of a place, apart from the short ones.
const SHORTEST_PHONE: usize = 7;
/// A British number after +44.
const AFTER_44: usize = 9;

/// The number as it is dialled in Britain and as it is dialled from abroad; one of them contains whatever
/// run of digits was typed. The same twice where it is too short to be dialled from abroad.
pub(super) struct Dialled {
    pub(super) here: String,
    pub(super) abroad: String,
}

impl Dialled {
    /// `digits` holds digits only.
    pub(super) fn new(digits: &str) -> Self {
        let after = after_44(digits).or_else(|| digits.strip_prefix('0'));
        match after.filter(|core| core.len() >= SHORTEST_PHONE) {
            Some(core) => Self { here: format!("0{core}"), abroad: format!("0044{core}") },
            None => Self { here: digits.to_owned(), abroad: digits.to_owned() },
        }
    }
}

/// What follows the country's code and the nought that some write after it: `+44 (0)116 …`.
fn after_44(digits: &str) -> Option<&str> {
    let rest = digits.strip_prefix("00").unwrap_or(digits).strip_prefix("44")?;
    let core = rest.strip_prefix('0').unwrap_or(rest);
    (core.len() >= AFTER_44).then_some(core)
}

/// Whether the digits that were typed are a run of the number's.
pub(super) fn has_run(number: &[char], typed: &[char]) -> bool {
    number.len() >= ANY_RUN_FROM
        && number.len() >= typed.len()
        && number.iter().all(char::is_ascii_digit)
        && number.windows(typed.len()).any(|run| run == typed)
}

/// Where the typed digits stand in a number, in whichever way of dialling it has them. Empty where they are
/// only in the part that is not written.
pub(super) fn find_run(number: &[char], typed: &[char]) -> Option<Range<usize>> {
    if number.len() < ANY_RUN_FROM {
        return None;
    }
    let written: String = number.iter().collect();
    let typed: String = typed.iter().collect();
    let dialled = Dialled::new(&written);
    [&written, &dialled.here, &dialled.abroad].into_iter().find_map(|way| {
        // All ways of dialling end alike.
        let to_end = way.len() - way.find(&typed)?;
        let start = number.len().saturating_sub(to_end);
        Some(start..number.len().saturating_sub(to_end - typed.len()))
    })
}

pub(super) fn is_number(letters: &[char]) -> bool {
    !letters.is_empty() && letters.iter().all(char::is_ascii_digit)
}

/// The telephone numbers that stand in these words as groups of digits, each in one piece.
pub(super) fn in_words<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut phones = Vec::new();
    let mut groups: Vec<&str> = Vec::new();
    for word in words.map(Some).chain([None]) {
        match word.filter(|word| word.bytes().all(|b| b.is_ascii_digit())) {
            Some(group) => groups.push(group),
            None => phones.extend(one_number(&std::mem::take(&mut groups))),
        }
    }
    phones
}

fn one_number(groups: &[&str]) -> Option<String> {
    let digits = groups.concat();
    (groups.len() > 1 && digits.len() >= SHORTEST_PHONE).then(|| Dialled::new(&digits).here)
}

#[cfg(test)]
mod tests {
    use super::{Dialled, in_words};

    #[test]
    fn one_number_however_it_is_written() {
        for digits in ["07700900123", "447700900123", "00447700900123", "4407700900123"] {
            assert_eq!(Dialled::new(digits).here, "07700900123", "{digits}");
            assert_eq!(Dialled::new(digits).abroad, "00447700900123", "{digits}");
        }
    }

    #[test]
    fn short_numbers_stay_as_they_are() {
        for digits in ["999", "101", "116123", "44123"] {
            assert_eq!(Dialled::new(digits).here, digits);
        }
        assert_eq!(Dialled::new("08001111").here, "08001111");
    }

    #[test]
    fn groups_of_digits_are_one_number() {
        assert_eq!(in_words("ring 0116 305 0005 or 999 now".split(' ')), ["01163050005"]);
        assert!(in_words("form 10 on 20 11 2026".split(' ')).iter().all(|phone| phone.len() >= 7));
    }
}
