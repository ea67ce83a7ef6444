//! When each section of an invented Part 2 was written, and what it says.

use chrono::{DateTime, Duration, Utc};

use super::{Incident, WRITING};
use crate::demo::calendar::{Calendar, until_school};
use crate::demo::material::{ActionTaken, AdviceGiven, Concern, Material, OutcomeHeard, ParentsTold, Part2};
use crate::domain::moment::Moment;
use crate::domain::part2::{
    Action, Advice, FileCommenced, FurtherInformation, Outcome, Parents, Received, Section, Signature,
};
use crate::domain::text::Text;

/// How long after the last action the questions without a time are answered.
const ANSWERED_AFTER: i64 = 10;
/// How long after everything else Part 2 is signed.
const SIGNED_AFTER: i64 = 15;

/// A section that is still to be dated.
enum Step<'m> {
    Received(&'m Text),
    Advice(&'m AdviceGiven),
    Action(&'m ActionTaken),
    Parents(&'m ParentsTold),
    Outcome(&'m OutcomeHeard),
    FurtherInformation(&'m Text),
    FileCommenced(&'m FileCommenced),
    Signed,
}

/// The sections of a concern with the times at which they were recorded, in order.
///
/// Whatever falls on a weekend waits for the Monday, and so does all that came after it.
pub(super) fn written(
    material: &Material,
    calendar: &Calendar,
    concern: &Concern,
    incident: &Incident,
    arrived: DateTime<Utc>,
) -> Vec<(DateTime<Utc>, Section)> {
    let mut waited = Duration::zero();
    let mut recorded = arrived;
    concern
        .part2
        .iter()
        .flat_map(steps)
        .map(|(minutes, step)| {
            let due = incident.start + Duration::minutes(minutes) + waited;
            waited += until_school(due);
            let at = calendar.past(due + until_school(due));
            recorded = recorded.max(calendar.past(at + WRITING));
            (recorded, section(material, &step, Moment::At(at)))
        })
        .collect()
}

/// The steps by the minutes after the incident, in order.
fn steps(part2: &Part2) -> Vec<(i64, Step<'_>)> {
    let mut steps = vec![(part2.received_after_minutes, Step::Received(&part2.received_from))];
    steps.extend(part2.advice.iter().map(|given| (given.after_minutes, Step::Advice(given))));
    steps.extend(part2.actions.iter().map(|taken| (taken.after_minutes, Step::Action(taken))));
    steps.extend(part2.parents_informed.iter().map(|told| (told.after_minutes, Step::Parents(told))));
    let answered = last(&steps) + ANSWERED_AFTER;
    steps.extend(part2.further_information.iter().map(|text| (answered, Step::FurtherInformation(text))));
    steps.extend(part2.file_commenced.iter().map(|file| (answered, Step::FileCommenced(file))));
    steps.extend(part2.outcomes.iter().map(|heard| (heard.after_minutes, Step::Outcome(heard))));
    if part2.signed {
        steps.push((last(&steps) + SIGNED_AFTER, Step::Signed));
    }
    steps.sort_by_key(|(minutes, _)| *minutes);
    steps
}

fn last(steps: &[(i64, Step)]) -> i64 {
    steps.iter().map(|(minutes, _)| *minutes).max().unwrap_or(0)
}

fn section(material: &Material, step: &Step, at: Moment) -> Section {
    match step {
        Step::Received(from) => Section::Received(Received { at, from: (*from).clone() }),
        Step::Advice(given) => Section::Advice(Advice {
            at,
            name: given.name.clone(),
            role: given.role.clone(),
            organisation: given.organisation.clone(),
            advice: given.advice.clone(),
            contact: material.contacts.get(&given.contact).copied(),
        }),
        Step::Action(taken) => Section::Action(Action {
            at,
            what: taken.what.clone(),
            reasons: taken.reasons.clone(),
            shared_with: taken.shared_with.clone(),
        }),
        Step::Parents(told) => {
            Section::Parents(Parents { informed: told.informed, reasons: told.reasons.clone(), at: Some(at) })
        }
        Step::Outcome(heard) => {
            Section::Outcome(Outcome { at, from: heard.from.clone(), text: heard.text.clone() })
        }
        Step::FurtherInformation(text) => {
            Section::FurtherInformation(FurtherInformation { text: (*text).clone() })
        }
        Step::FileCommenced(file) => Section::FileCommenced((*file).clone()),
        Step::Signed => {
            Section::Signed(Signature { name: material.lead.name.clone(), role: material.lead.title.clone() })
        }
    }
}
