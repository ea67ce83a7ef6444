//! Which concern cannot wait: the order of the inbox.

use serde::{Deserialize, Serialize};

use super::concern::Part1;
use super::text::Text;

/// How soon somebody must look. Ordered: the most urgent is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Urgency {
    Routine,
    /// A category that the data marks as urgent, or nobody said whether there is danger: not said is not no.
    Soon,
    /// Said to be in immediate danger (R1).
    Danger,
}

impl Urgency {
    pub const ALL: [Self; 3] = [Self::Danger, Self::Soon, Self::Routine];

    /// The word that stands beside the colour.
    pub fn label(self) -> &'static str {
        match self {
            Self::Danger => "DANGER",
            Self::Soon => "soon",
            Self::Routine => "routine",
        }
    }

    /// Reads the urgency off Part 1. `is_urgent` says whether the data marks a category so.
    pub fn of(part1: &Part1, is_urgent: impl Fn(&Text) -> bool) -> Self {
        if part1.immediate_danger == Some(true) {
            Self::Danger
        } else if part1.immediate_danger.is_none() || part1.categories.iter().any(is_urgent) {
            Self::Soon
        } else {
            Self::Routine
        }
    }
}

/// Where a concern stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Nothing of Part 2 is written.
    New,
    /// Part 2 is begun.
    Open,
    /// Part 2 is signed; whatever comes later is marked as added after signing.
    Signed,
}

impl State {
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Signed => "signed",
        }
    }
}
