//! Somebody who may open the desk, as the ledger knows them.

use serde::{Deserialize, Serialize};

use super::ids::PersonId;
use super::text::Text;

/// A person and the key that proves what they signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub person: PersonId,
    /// Full name, never initials.
    pub name: Text,
    /// Job, as it stands under a signature.
    pub role: Text,
    /// Ed25519 public key, hexadecimal.
    pub signing_key: String,
}

/// Whether it is a name to sign with, and not initials: those stand beside every entry, and for nobody in
/// particular.
///
/// Single letters are initials, and so are a few capitals on their own (`A. K.`, `AK`). Short names are names:
/// `LI NA`, `Bo Li`, `Cher`.
pub fn is_full_name(name: &str) -> bool {
    let words: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || c == '.').filter(|word| !word.is_empty()).collect();
    let has_a_word = words.iter().any(|word| word.chars().count() > 1);
    let are_capitals = matches!(words.as_slice(), [only] if is_a_few_capitals(only));
    has_a_word && !are_capitals
}

fn is_a_few_capitals(word: &str) -> bool {
    word.chars().count() <= 3 && word.contains(char::is_uppercase) && !word.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::is_full_name;

    #[test]
    fn initials_are_no_name() {
        for name in ["", "  ", ".", "A", "AK", "AJK", "A-K", "A.K.", "A. K.", "J F K", "A\u{a0}K"] {
            assert!(!is_full_name(name), "{name}");
        }
    }

    #[test]
    fn names_may_be_short() {
        let names =
            ["Amina Khan", "LI NA", "Bo Li", "Al Ng", "Cher", "A. Khan", "O Brien", "J. Ó Briain", "张伟"];
        for name in names {
            assert!(is_full_name(name), "{name}");
        }
    }
}
