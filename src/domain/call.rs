//! A telephone call apart from what was said on it: one that nobody answered, and where a call belongs.
//!
//! Advice that was given on the telephone is [`Advice`], wherever it belongs.

use serde::{Deserialize, Serialize};

use super::ids::ContactId;
use super::moment::Moment;
use super::part2::{Advice, Section};
use super::text::Text;

/// A number that was rung and not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    pub at: Moment,
    /// Whom of the book; none for 999.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
    /// What they are called, as the book had it then.
    pub whom: Text,
    /// As it was written in the book then.
    pub number: Text,
}

impl Tried {
    /// In a chronology, and in the outline of Part 2.
    pub fn sentence(&self) -> String {
        format!("No answer from {} on {}.", self.whom.one_line(), self.number.one_line())
    }
}

/// What is recorded of a call, whatever it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    Tried(Tried),
    /// What was said on it.
    Noted(Advice),
}

/// Advice in a row of a chronology that belongs to no concern.
pub fn noted(advice: &Advice) -> Text {
    Text::from(Section::Advice(advice.clone()).sentence())
}
