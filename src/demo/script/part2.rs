//! When each section of an invented Part 2 was written, and each decision beside it, and what they say.

use chrono::{DateTime, Duration, Utc};

use super::{Incident, WRITING};
use crate::demo::calendar::{Calendar, until_school};
use crate::demo::material::{
    ActionTaken, AdviceGiven, Concern, Discovered, Ended, Material, OutcomeHeard, ParentsTold, Part2,
    SharedOrNot,
};
use crate::desk::gates::Reason;
use crate::domain::allegation::{AllegationEnded, Limb, Threshold};
use crate::domain::child_part::ChildPart;
use crate::domain::decision::{
    Categories, Course, CourseTaken, Danger, Decision, Level, PartOfChild, Replied, Sharing,
};
use crate::domain::discovery::Discovery;
use crate::domain::moment::Moment;
use crate::domain::part2::{
    Action, Advice, FileCommenced, FurtherInformation, Outcome, Parents, Received, Section, Signature,
};
use crate::domain::staff_route::Position;
use crate::domain::text::Text;

/// How long after it was received it was asked whether anybody is in danger, and how serious it is.
const DANGER_AFTER: i64 = 1;
const LEVEL_AFTER: i64 = 6;
/// From which level on the reporter is told, and how long after it was received.
const ANSWERED_FROM: u8 = 3;
const REPLY_AFTER: i64 = 9;
/// How long after the first action it was written down what is done.
const COURSE_AFTER: i64 = 2;
/// How long after the last action the questions without a time are answered.
const ANSWERED_AFTER: i64 = 10;
/// How long after everything else Part 2 is signed.
const SIGNED_AFTER: i64 = 15;

/// What is recorded of a concern once it has come.
#[derive(Clone)]
pub(in crate::demo) enum Written {
    Section(Section),
    /// One of which a rule asks why it is so all the same.
    Despite(Section, Vec<Reason>),
    Decision(Decision),
}

/// What is still to be dated.
enum Step<'m> {
    Filled(Filled<'m>),
    Decided(Decided<'m>),
}

/// A decision.
enum Decided<'m> {
    Danger(&'m Concern),
    Categories(&'m Concern),
    Level(u8, &'m Text),
    Course(Course, &'m Part2),
    Threshold(&'m [Limb], &'m Text),
    Part(u32, ChildPart),
    Replied(&'m Text),
    Sharing(&'m SharedOrNot),
    Discovered(&'m Discovered),
    Ended(&'m Ended),
}

/// A section.
enum Filled<'m> {
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
) -> Vec<(DateTime<Utc>, Written)> {
    let mut waited = Duration::zero();
    let mut recorded = arrived;
    concern
        .part2
        .iter()
        .flat_map(|part2| steps(concern, part2))
        .map(|(minutes, step)| {
            let due = incident.start + Duration::minutes(minutes) + waited;
            waited += until_school(due);
            let at = calendar.past(due + until_school(due));
            recorded = recorded.max(calendar.past(at + WRITING));
            (recorded, written_as(material, &step, Moment::At(at)))
        })
        .collect()
}

/// The steps by the minutes after the incident, in order.
fn steps<'m>(concern: &'m Concern, part2: &'m Part2) -> Vec<(i64, Step<'m>)> {
    let mut steps = vec![(part2.received_after_minutes, Filled::Received(&part2.received_from))];
    steps.extend(part2.advice.iter().map(|given| (given.after_minutes, Filled::Advice(given))));
    steps.extend(part2.actions.iter().map(|taken| (taken.after_minutes, Filled::Action(taken))));
    steps.extend(part2.parents_informed.iter().map(|told| (told.after_minutes, Filled::Parents(told))));
    let answered = last(&steps) + ANSWERED_AFTER;
    steps.extend(part2.further_information.iter().map(|text| (answered, Filled::FurtherInformation(text))));
    steps.extend(part2.file_commenced.iter().map(|file| (answered, Filled::FileCommenced(file))));
    steps.extend(part2.outcomes.iter().map(|heard| (heard.after_minutes, Filled::Outcome(heard))));
    if part2.signed {
        steps.push((last(&steps) + SIGNED_AFTER, Filled::Signed));
    }
    let filled = steps.into_iter().map(|(minutes, filled)| (minutes, Step::Filled(filled)));
    let decided = decisions(concern, part2).into_iter();
    let decided = decided.map(|(minutes, decided)| (minutes, Step::Decided(decided)));
    let mut steps: Vec<_> = filled.chain(decided).collect();
    steps.sort_by_key(|(minutes, _)| *minutes);
    steps
}

/// The first questions, and what came of them.
fn decisions<'m>(concern: &'m Concern, part2: &'m Part2) -> Vec<(i64, Decided<'m>)> {
    let received = part2.received_after_minutes;
    let mut steps = vec![(received + DANGER_AFTER, Decided::Danger(concern))];
    if !concern.categories.is_empty() {
        steps.push((received + LEVEL_AFTER, Decided::Categories(concern)));
    }
    let level = part2.level.map(|level| Decided::Level(level, &part2.level_reason));
    let threshold = part2.limbs.as_deref().map(|limbs| Decided::Threshold(limbs, &part2.limbs_reason));
    steps.extend(level.into_iter().chain(threshold).map(|step| (received + LEVEL_AFTER, step)));
    let each = (0..).zip(&part2.parts).map(|(position, part)| Decided::Part(position, *part));
    steps.extend(each.map(|step| (received + LEVEL_AFTER, step)));
    if part2.level >= Some(ANSWERED_FROM) {
        steps.push((received + REPLY_AFTER, Decided::Replied(&part2.received_from)));
    }
    steps.extend(part2.sharing.iter().map(|sharing| (sharing.after_minutes, Decided::Sharing(sharing))));
    steps.extend(part2.discovery.iter().map(|found| (found.after_minutes, Decided::Discovered(found))));
    steps.extend(part2.allegation.iter().map(|ended| (ended.after_minutes, Decided::Ended(ended))));
    let acted = part2.actions.first().map(|taken| taken.after_minutes + COURSE_AFTER);
    steps.extend(acted.zip(part2.course).map(|(at, course)| (at, Decided::Course(course, part2))));
    steps
}

fn last(steps: &[(i64, Filled)]) -> i64 {
    steps.iter().map(|(minutes, _)| *minutes).max().unwrap_or(0)
}

fn written_as(material: &Material, step: &Step, at: Moment) -> Written {
    match step {
        Step::Filled(Filled::Parents(told)) if !told.despite.is_empty() => {
            Written::Despite(Section::Parents(parents(told, at)), told.despite.clone())
        }
        Step::Filled(filled) => Written::Section(section(material, filled, at)),
        Step::Decided(decided) => Written::Decision(decision(decided, at)),
    }
}

fn decision(decided: &Decided, at: Moment) -> Decision {
    match decided {
        Decided::Danger(concern) => {
            let in_danger = concern.immediate_danger == Some(true);
            Decision::Danger(Danger { in_danger, at, said: Text::default() })
        }
        Decided::Categories(concern) => {
            let (categories, reason) = (concern.categories.clone(), Text::default());
            Decision::Categories(Categories { categories, reason })
        }
        Decided::Level(level, reason) => Decision::Level(Level { level: *level, reason: (*reason).clone() }),
        Decided::Course(course, part2) => Decision::Course(taken(*course, part2, at)),
        Decided::Part(position, part) => {
            let (position, part, reason) = (*position, *part, Text::default());
            Decision::PartOfChild(PartOfChild { position, part, reason })
        }
        Decided::Replied(to) => {
            let said = Text::from("It has reached me and is being acted on. Thank you.");
            Decision::Replied(Replied { to: (*to).clone(), at, said })
        }
        Decided::Sharing(sharing) => Decision::Sharing(shared(sharing, at)),
        Decided::Discovered(Discovered { found, reason, .. }) => {
            Decision::Discovery(Discovery { found: *found, at, reason: reason.clone() })
        }
        Decided::Ended(Ended { outcome, from, reasons, .. }) => Decision::Allegation(AllegationEnded {
            outcome: *outcome,
            from: from.clone(),
            reasons: reasons.clone(),
        }),
        Decided::Threshold(limbs, reason) => Decision::Threshold(Threshold {
            limbs: limbs.to_vec(),
            reason: (*reason).clone(),
            position: Some(Position::Staff),
        }),
    }
}

fn shared(of: &SharedOrNot, at: Moment) -> Sharing {
    Sharing {
        is_shared: of.is_shared,
        at,
        what: of.what.clone(),
        with: of.with.clone(),
        purpose: of.purpose.clone(),
        consent: of.consent,
        anonymised: false,
        reasons: of.reasons.clone(),
        without_consent: of.without_consent.clone(),
        told: of.told,
    }
}

fn parents(told: &ParentsTold, at: Moment) -> Parents {
    Parents {
        informed: told.informed,
        reasons: told.reasons.clone(),
        at: Some(at),
        parent_is_concern: told.parent_is_concern,
        ..Parents::default()
    }
}

/// A referral goes to whoever gave the advice before it, or else to those who were told.
fn taken(course: Course, part2: &Part2, at: Moment) -> CourseTaken {
    let adviser = part2.advice.first().map(|given| &given.organisation);
    let first = part2.actions.first();
    let to = adviser.or(first.map(|taken| &taken.shared_with)).filter(|_| course == Course::Refer);
    CourseTaken {
        course,
        at,
        to: to.cloned().unwrap_or_default(),
        reasons: first.map(|taken| taken.reasons.clone()).unwrap_or_default(),
        in_writing: true,
    }
}

fn section(material: &Material, filled: &Filled, at: Moment) -> Section {
    match filled {
        Filled::Received(from) => Section::Received(Received { at, from: (*from).clone() }),
        Filled::Advice(given) => Section::Advice(Advice {
            at,
            name: given.name.clone(),
            role: given.role.clone(),
            organisation: given.organisation.clone(),
            advice: given.advice.clone(),
            contact: material.contacts.get(&given.contact).copied(),
        }),
        Filled::Action(taken) => Section::Action(Action {
            at,
            what: taken.what.clone(),
            reasons: taken.reasons.clone(),
            shared_with: taken.shared_with.clone(),
        }),
        Filled::Parents(told) => Section::Parents(parents(told, at)),
        Filled::Outcome(heard) => {
            Section::Outcome(Outcome { at, from: heard.from.clone(), text: heard.text.clone() })
        }
        Filled::FurtherInformation(text) => {
            Section::FurtherInformation(FurtherInformation { text: (*text).clone() })
        }
        Filled::FileCommenced(file) => Section::FileCommenced((*file).clone()),
        Filled::Signed => {
            Section::Signed(Signature { name: material.lead.name.clone(), role: material.lead.title.clone() })
        }
    }
}
