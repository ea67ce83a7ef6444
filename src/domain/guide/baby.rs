//! A bruise, mark or injury of a baby who cannot yet move about is referred, however it is explained (R2, S1:115, D11).
//!
//! The category says so, or else the child's age and the words of the report. A word too many costs a look.

use chrono::{DateTime, Months, NaiveDate, Utc};

use super::steps::{cited, says};
use super::{Opens, Step};
use crate::domain::case::Case;
use crate::domain::concern::Part1;
use crate::domain::decision::Course;
use crate::domain::moment::Moment;
use crate::domain::text::Text;

const CATEGORY: &str = "non-mobile-baby-mark";
/// Younger than this, a child is taken for one who may not yet move about.
const MONTHS: Months = Months::new(12);
/// How words for a mark on a body begin.
const MARKS: [&str; 16] = [
    "bruis", "mark", "injur", "burn", "scald", "scratch", "swell", "swollen", "bite", "bitten", "cut",
    "graze", "fractur", "broken", "bleed", "bump",
];

/// A step of its own for a baby; without a mark it is not needed, and says so.
pub(super) fn step(case: &Case, now: DateTime<Utc>) -> Option<Step> {
    if !is_baby(case, now) && !case.is_about(CATEGORY) {
        return None;
    }
    let step = Step::new(Opens::BabyReferred, "A baby with a mark: is it referred?", says(&[2]), cited(&[2]));
    if !has_mark(case) {
        return Some(step.not_needed(Some("the report speaks of no mark")));
    }
    Some(step.done(case.course().map(|taken| match taken.course {
        Course::Refer => format!("yes, {}", taken.at),
        Course::EarlyHelp | Course::Monitor => format!("no: {}", taken.reasons.one_line()),
    })))
}

/// Whether it is one, by what was said that it is about, or by age and words.
pub fn applies(case: &Case, now: DateTime<Utc>) -> bool {
    case.is_about(CATEGORY) || is_baby(case, now) && has_mark(case)
}

/// Whether the report speaks of one, or it was said to be about one.
fn has_mark(case: &Case) -> bool {
    case.is_about(CATEGORY) || written(&case.part1).iter().any(|text| speaks_of_mark(text))
}

fn speaks_of_mark(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| MARKS.iter().any(|mark| word.starts_with(mark)))
}

fn written(part1: &Part1) -> Vec<&Text> {
    let account = part1.account.fields().map(|(_, text)| text);
    account.into_iter().chain([&part1.reasons, &part1.opinion, &part1.other_information]).collect()
}

fn is_baby(case: &Case, now: DateTime<Utc>) -> bool {
    // As old as when it was reported: a month later the mark is no less of a baby's.
    let today = Moment::At(case.received_at.min(now)).date();
    let young = |born: NaiveDate| born.checked_add_months(MONTHS).is_some_and(|first| today < first);
    let known = case.children.iter().map(|child| child.date_of_birth);
    let reported = case.part1.children.iter().map(|child| child.date_of_birth);
    known.chain(reported).flatten().any(young)
}
