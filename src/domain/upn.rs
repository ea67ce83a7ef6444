//! The unique pupil number (UPN) that follows a child from school to school in England: its form and its check letter.
//!
//! Whether two records are of one child is not decided here.

use serde::{Deserialize, Serialize};

use super::text::Text;

/// The letters of a check, by the value that each stands for: no I, O or S, which are misread.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
/// The letter and twelve characters: council, school, year, serial number.
const LENGTH: usize = 13;
/// What the first of the twelve is multiplied by; each further one by one more.
const FIRST_WEIGHT: usize = 2;

/// A UPN in capitals and in one piece. What the ledger says is one is taken as it stands; anything else comes
/// through [`Upn::read`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Upn(Text);

impl Upn {
    /// Reads one however it is spaced; none where it is something else, or its check letter says that it was misread.
    pub fn read(text: &str) -> Option<Self> {
        let kept = text.chars().filter(|c| !c.is_whitespace() && *c != '-').take(LENGTH + 1);
        let upn: String = kept.map(|c| c.to_ascii_uppercase()).collect();
        let (check, rest) = upn.as_bytes().split_first()?;
        if rest.len() + 1 != LENGTH {
            return None;
        }
        let values = rest.iter().enumerate().map(|(place, byte)| value(place, *byte));
        let weighted = values.enumerate().map(|(place, value)| Some(value? * (place + FIRST_WEIGHT)));
        let sum: usize = weighted.sum::<Option<usize>>()?;
        (LETTERS.get(sum % LETTERS.len()) == Some(check)).then(|| Self(Text::from(upn)))
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// A digit; the last may be a letter where a school gave the number for the time being.
fn value(place: usize, byte: u8) -> Option<usize> {
    let is_last = place + 2 == LENGTH;
    match char::from(byte).to_digit(10) {
        Some(digit) => usize::try_from(digit).ok(),
        None if is_last => LETTERS.iter().position(|letter| *letter == byte),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Upn;

    fn read(text: &str) -> Option<String> {
        Upn::read(text).map(|upn| upn.as_str().to_owned())
    }

    #[test]
    fn the_check_letter_tells_a_number_from_a_slip() {
        // 8*2 + 2*3 + 1*5 + 2*6 + 3*7 + 4*8 + 1*9 + 5*10 + 1*13 = 164, and 164 is 3 more than 7 times 23.
        assert_eq!(read("D820123415001"), Some("D820123415001".to_owned()));
        assert_eq!(read(" d820 1234-15001 "), Some("D820123415001".to_owned()));
        for wrong in ["A820123415001", "D820123415002", "D280123415001", "D82012341500", "D8201234150011", ""]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn one_for_the_time_being_ends_in_a_letter() {
        // As above without the last digit: 151, and B, the second letter, is worth 1.
        assert_eq!(read("D82012341500B"), Some("D82012341500B".to_owned()));
        assert_eq!(read("D82012341500I"), None, "no letter that is misread");
        assert_eq!(read("D8201234B5001"), None);
    }

    #[test]
    fn no_number_is_in_its_debug_form() {
        assert!(!format!("{:?}", Upn::read("D820123415001")).contains("820"));
    }

    proptest! {
        #[test]
        fn two_digits_that_change_places_are_noticed(digits in "[0-9]{12}", at in 0_usize..11) {
            let valid = "ABCDEFGHJKLMNPQRTUVWXYZ".chars().find_map(|letter| read(&format!("{letter}{digits}")));
            let valid = valid.unwrap();
            let mut swapped = valid.clone().into_bytes();
            swapped.swap(at + 1, at + 2);
            let swapped = String::from_utf8(swapped).unwrap();
            prop_assert!(swapped == valid || read(&swapped).is_none());
        }

        #[test]
        fn anything_is_read_or_refused(text in "\\PC{0,20}") {
            if let Some(upn) = read(&text) {
                prop_assert_eq!(read(&upn), Some(upn));
            }
        }
    }
}
