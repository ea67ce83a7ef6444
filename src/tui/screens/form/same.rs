//! Whether two children are one, and how one knows: merging, telling apart, and parting again.

use serde::{Deserialize, Serialize};

use super::field::{Field, Key};
use super::sheet::{Sheet, Trouble};
use crate::desk::Act;
use crate::domain::ids::ChildId;
use crate::domain::text::Text;

const OTHER: Key = Key::new("other");
const KEPT: Key = Key::new("kept");
const REASON: Key = Key::new("reason");

/// What is said of two children.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// They are one child who was entered twice.
    One,
    /// They are alike and are two.
    Two,
    /// They were taken for one and are two.
    Parted,
}

impl Verdict {
    pub const ALL: [Self; 3] = [Self::One, Self::Two, Self::Parted];

    /// As a slot has it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Two => "two",
            Self::Parted => "parted",
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::One => "entered twice",
            Self::Two => "told apart from another",
            Self::Parted => "parted from another",
        }
    }

    pub(super) fn question(self) -> &'static str {
        match self {
            Self::One => "How do you know that they are one child? Both histories are then read as one.",
            Self::Two => "How do you know that they are two children? The desk does not ask again.",
            Self::Parted => "How do you know that they are two children? Each then has their own rows again.",
        }
    }
}

/// The first of the names is the one who is not kept.
pub(super) fn questions(verdict: Verdict, names: &[Text; 2]) -> Vec<Field> {
    let [other, kept] = names.each_ref().map(ToString::to_string);
    let (first, second, why, help) = match verdict {
        Verdict::One => (
            "Entered a second time as",
            "Kept, and read as",
            "Why is it one child?",
            "Such as: the same address and parents, the school's roll has one. It stands in the chronology.",
        ),
        Verdict::Two => (
            "One child",
            "Another child",
            "Why are they two?",
            "Such as: cousins of one name, twins, asked at home. It stands in the record.",
        ),
        Verdict::Parted => (
            "A child of their own again",
            "Until now one with",
            "Why are they two?",
            "What showed it. It stands in both chronologies.",
        ),
    };
    vec![Field::shown(OTHER, first, other), Field::shown(KEPT, second, kept), Field::area(REASON, why, help)]
}

pub(super) fn act(verdict: Verdict, [other, kept]: [ChildId; 2], sheet: &Sheet) -> Result<Act, Trouble> {
    Ok(match verdict {
        Verdict::One => {
            let reason = sheet.needed(REASON, "Say how you know that they are one child.")?;
            Act::MergeChildren { child: other, into: kept, reason }
        }
        Verdict::Two => {
            let reason = sheet.needed(REASON, "Say how you know that they are two children.")?;
            Act::TellApart { child: other, other: kept, reason }
        }
        Verdict::Parted => {
            let reason = sheet.needed(REASON, "Say how you know that they are two children.")?;
            Act::PartChildren { child: other, reason }
        }
    })
}
