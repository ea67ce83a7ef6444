//! What an inspector would miss before a concern is closed: each gap in words, by which rule, and what mends it.
//!
//! Read off the record as it stands, corrections included. Nothing here closes anything: whoever does mends each gap or
//! gives a reason. Which words are looked for in running text is [`words`]'.

mod decided;
mod demands;
mod record;
#[cfg(test)]
mod tests;
mod words;
mod written;

use super::case::Case;
use super::decision::DecisionKind;
use super::field::Part1Field;
use super::ids::FollowUpId;
use super::moment::Moment;
use super::part2::SectionKind;
use super::rule;
use super::text::Text;
use record::Record;

/// Something that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// A sentence. By it a reason is known to be of this gap, so it says nothing that the time of day changes.
    pub says: String,
    /// By which rule, with its source and edition; blank where it is nobody's rule but a clock that was set by hand.
    pub rule: String,
    pub mend: Mend,
}

/// Which form or screen mends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mend {
    /// Something is written in this section of Part 2.
    Section(SectionKind),
    /// What stands there is put right.
    Correct(Written),
    Decide(DecisionKind),
    /// The part of one child is said, by their place in Part 1.
    PartOf(u32),
    /// These are told, and that they were is recorded.
    Tell(Text),
    /// What is due is answered.
    Answer(FollowUpId),
}

/// Something that is written, and can be put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Part1(Part1Field),
    /// Of the sections of Part 2 in a [`Case`], by place.
    Section(usize),
}

/// A correction: what stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutRight {
    pub of: Written,
    pub instead: Text,
    /// When it happened, where that was wrong.
    pub happened_at: Option<Moment>,
}

/// Everything that is missing, in the order in which it is decided and written. `put_right` is the oldest first.
pub fn missing(case: &Case, put_right: &[PutRight]) -> Vec<Gap> {
    let record = Record { case, put_right };
    let mut gaps = decided::before(&record);
    gaps.extend(demands::gaps(&record));
    gaps.extend(written::gaps(&record));
    gaps.extend(decided::after(&record));
    gaps
}

/// Form F2 itself, where it is what asks for something.
const FORM: &str = "F2 · S3:514-554 · S3, 2023-2024";

/// A rule as the foot of a screen cites it.
fn cited(number: u8) -> String {
    rule::get(number).map(rule::Rule::cited).unwrap_or_default()
}
