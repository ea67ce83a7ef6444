//! The numbers by which records are known. Given out by the ledger, never reused.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! number {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }
    };
}

number!(
    /// The position of an entry in the ledger: 1, 2, 3 …, no gaps.
    Seq
);
number!(
    /// The number of a concern, as it is read out over the telephone.
    ConcernId
);
number!(
    /// The number of a child known to the desk.
    ChildId
);
number!(
    /// The number of something that is due.
    FollowUpId
);
number!(
    /// The number of a contact in the book.
    ContactId
);

/// A person who may open the desk: the name of their file in `people/`, such as `amina-khan`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub String);

/// It is the name of a file, and a letter may take four bytes of one.
const MOST_LETTERS: usize = 50;

impl PersonId {
    /// Lower-case words of a full name joined by hyphens; `person` where none are left.
    pub fn from_name(name: &str) -> Self {
        let words: Vec<String> = name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let id: String = words.join("-").chars().take(MOST_LETTERS).collect();
        Self(if id.is_empty() { "person".to_owned() } else { id })
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
