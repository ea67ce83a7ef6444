//! Where illness may be made up or brought about: on whose word parents are told (R3).

use super::words::{KeptFrom, is_of_social_care_or_police, kept_from};
use super::{Ruling, advice};
use crate::domain::case::Case;
use crate::domain::moment::Moment;
use crate::domain::part2::Advice;
use crate::domain::rule::Force;

pub(super) const FABRICATED: &str = "fabricated-illness";
/// Advice from so many days before there was a concern is of another one.
const LONG_BEFORE: chrono::Duration = chrono::Duration::days(31);

/// What is recorded of social care or the police.
pub(super) enum Word {
    Nothing,
    /// Something, but not that they may be told: why.
    Doubtful(String),
    /// Whose advice it is.
    Given(String),
}

/// Not before social care or the police have advised it: what is said cannot be taken back.
pub(super) fn of_telling(case: &Case, told: Option<Moment>) -> Option<Ruling> {
    if !case.is_about(FABRICATED) {
        return None;
    }
    Some(match word(case, told) {
        Word::Given(who) => {
            let says =
                format!("Advice is recorded, of {who}. Tell the parents only if that is what they advised.");
            Ruling::new(3, Force::Advises, says)
        }
        Word::Doubtful(why) => {
            let says = format!("Illness may be made up or brought about, and {why}.");
            Ruling::new(3, Force::AsksForAReason, says)
        }
        Word::Nothing => Ruling::new(
            3,
            Force::Blocks,
            "Illness may be made up or brought about, and no advice of social care or the police is recorded. Ring them, \
             and write it down as advice, with their role; a call that reached nobody is none. If the parents know \
             already, write that as an action taken.",
        ),
    })
}

/// What stands for the word of social care or the police, so that everybody sees what was taken for it. The latest that was
/// given before they were told counts.
pub(super) fn word(case: &Case, told: Option<Moment>) -> Word {
    let theirs: Vec<&Advice> = advice(case).filter(|advice| is_of_social_care_or_police(advice)).collect();
    if theirs.is_empty() {
        return Word::Nothing;
    }
    let is_too_late = |advice: &&Advice| told.is_some_and(|told| told.is_surely_before(advice.at));
    let in_time: Vec<&Advice> = theirs.into_iter().filter(|advice| !is_too_late(advice)).collect();
    let Some(last) = in_time.iter().max_by_key(|advice| advice.at.sort_key()) else {
        return Word::Doubtful("the advice is later than when they were told".to_owned());
    };
    if is_long_before(case, last.at) {
        return Word::Doubtful("the advice is from long before this concern".to_owned());
    }
    let against = |advice: &&&Advice| !advice.at.is_surely_before(last.at) && is_against(advice);
    match in_time.iter().find(against) {
        Some(advice) => Word::Doubtful(format!("the advice of {} is not to tell", advice.whose())),
        None => Word::Given(last.whose()),
    }
}

fn is_long_before(case: &Case, at: Moment) -> bool {
    let received = Moment::At(case.received_at).date();
    let began = case.part1.incident_at.map_or(received, |incident| incident.date().min(received));
    at.date() < began - LONG_BEFORE
}

/// Whether it says not to tell the parents: of the child's own not being asked it says nothing.
fn is_against(advice: &Advice) -> bool {
    kept_from(&advice.advice, None).iter().any(|from| match from {
        KeptFrom::Family | KeptFrom::Person | KeptFrom::Unsaid => true,
        KeptFrom::Children => false,
    })
}
