//! The clocks that run behind steps: one that has run out is asked for before anything else is, and its step says so.

use chrono::{DateTime, Utc};

use super::{Opens, Stands, Step};
use crate::domain::case::{Case, Running, Set};
use crate::domain::discovery::MUTILATION;
use crate::domain::part2::SectionKind;
use crate::domain::working_time::{self, DueState};

/// What is waited for until social care has said what happens next (D4).
pub(super) const DECISION: &str = "la-decision";
/// The designated officer is told (D13).
pub(super) const LADO: &str = "lado";

/// Says of a step that can be answered that its clock has run out.
pub(super) fn mark(step: &mut Step, case: &Case, now: DateTime<Utc>) {
    let is_late = |running: &&Running| working_time::state(running.due, now) == DueState::Overdue;
    let Some(late) = of(case, step.opens).filter(is_late).min_by_key(|running| running.due) else { return };
    if step.stands != Stands::Now {
        return;
    }
    step.is_overdue = true;
    let left = working_time::left(late.due, now);
    if !step.says.contains(&left) {
        let says = [left, std::mem::take(&mut step.says)];
        step.says = says.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    }
}

/// What runs until a step is answered.
fn of(case: &Case, opens: Opens) -> impl Iterator<Item = &Running> {
    let mut school = None;
    let deadline = match opens {
        Opens::Police => Some(MUTILATION),
        Opens::Lado => Some(LADO),
        Opens::Section(SectionKind::Outcome) => Some(DECISION),
        Opens::OnRollSchool(place) => {
            school = case.schools_elsewhere().into_iter().nth(place);
            None
        }
        Opens::Section(_)
        | Opens::Danger
        | Opens::Decision(_)
        | Opens::PartOf(_)
        | Opens::BabyReferred
        | Opens::Closing => None,
    };
    case.running.iter().filter(move |running| {
        deadline == Some(running.deadline.as_str())
            || school.as_ref().is_some_and(|school| running.is_to_tell(school))
    })
}

/// Why it is due no longer, where somebody let it go.
pub(super) fn let_go<'s>(sets: impl Iterator<Item = &'s Set>) -> Option<String> {
    let reason = sets.filter_map(|set| set.dropped.as_ref()).last()?;
    Some(format!("due no longer: {}", reason.one_line()))
}
