//! What a careful reader would notice in a child's chronology: how many concerns, on which days, after what, of which
//! kind, and whose name recurs (D10, D23). It counts, names the rows that it counted, and draws no conclusion: it
//! knows neither what happened in between nor what the reader knows.
//!
//! What might as well be chance is not said. How much is needed is a constant here, with its reason.

mod adults;
mod counting;
mod saying;
#[cfg(test)]
mod tests;
mod words;

use chrono::NaiveDate;

use super::ids::{ChildId, ConcernId, Seq};
use super::text::Text;
pub use adults::named_adults;
pub use counting::{categories_count_from, counts_from};
pub use words::{speaks_of_a_contact_visit, speaks_of_a_referral};

/// A row that may count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noticeable {
    pub seq: Seq,
    pub happened: NaiveDate,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    Concern(Noted),
    /// A referral was made.
    Referral,
    /// The child saw somebody of their family by arrangement.
    ContactVisit,
}

/// What counts of a concern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    /// By id or name, as they stand now.
    pub categories: Vec<Text>,
    /// From 1 to 4; none where nobody has said.
    pub level: Option<u8>,
    /// The adults whom it names in full.
    pub adults: Vec<Text>,
}

/// A concern of another child in which an adult is named who is named here too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedElsewhere {
    /// As they are named here.
    pub adult: Text,
    pub child: ChildId,
    pub concern: ConcernId,
    pub seq: Seq,
}

/// In the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PatternKind {
    /// Several low-level concerns that together may need a referral.
    Together,
    /// Several concerns in a month.
    Month,
    /// The same category rises.
    Category,
    AfterContact,
    Weekday,
    /// The same adult is named across children.
    Adult,
}

/// Something to notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    pub kind: PatternKind,
    /// Counts and days, on one line and without a full stop.
    pub says: String,
    /// The rows that were counted, in the order in which they happened; those of other children last.
    pub rows: Vec<Seq>,
    /// Why a reader looks for it, and the edition.
    pub source: &'static str,
}

impl PatternKind {
    fn source(self) -> &'static str {
        match self {
            Self::Together => "D10: the safeguarding partnership's procedures for referrals, March 2021",
            Self::Adult => "D16 and D23: patterns are looked for by person as well as by child",
            Self::Month | Self::Category | Self::AfterContact | Self::Weekday => {
                "D23: a chronology is read for patterns and cumulative effect"
            }
        }
    }
}

/// What there is to notice on a day. Rows of the future count for nothing; the order of the rows does not matter.
pub fn notice(rows: &[Noticeable], elsewhere: &[NamedElsewhere], today: NaiveDate) -> Vec<Pattern> {
    let mut sorted: Vec<&Noticeable> = rows.iter().filter(|row| row.happened <= today).collect();
    sorted.sort_by_key(|row| (row.happened, row.seq));
    let read = counting::Read::new(&sorted, today);
    let mut found: Vec<Pattern> = [read.together(), read.month(), read.after_contact(), read.weekday()]
        .into_iter()
        .flatten()
        .chain(read.categories())
        .chain(read.adults(elsewhere))
        .collect();
    found.sort_by_key(|pattern| pattern.kind);
    found
}
