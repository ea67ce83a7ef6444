//! The invented year as a list of acts, each with the time at which it would have been recorded, oldest first.

mod part2;

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::calendar::{self, Calendar, NINE};
use super::material::{Concern, Event, Material, OpenAgain, Status};
use crate::domain::concern::{NamedChild, Part1, Reporter};
use crate::domain::decision::{Closed, Decision, Reopened};
use crate::domain::moment::Moment;
use crate::domain::part2::Section;
use crate::domain::text::Text;
pub(super) use part2::Written;

/// How long before the first thing that happened the desk was set up.
const SET_UP_BEFORE: u64 = 7;
/// How long a report takes to arrive once it is written.
const ON_ITS_WAY: TimeDelta = TimeDelta::minutes(5);
/// How long it takes to write something up.
const WRITING: TimeDelta = TimeDelta::minutes(4);
/// Concerns that came earlier and are signed are closed; so long after that somebody looks again.
const CLOSED_AFTER: u64 = 60;
/// Within how long what others owe has come, and the first review is held.
const OWED_WITHIN: Days = Days::new(8);
const REVIEWED_WITHIN: Days = Days::new(32);
const REVIEWED_AFTER: Days = Days::new(90);
/// When what is known by its day alone was written up.
const AFTER_LESSONS: NaiveTime = NaiveTime::from_hms_opt(16, 0, 0).expect("four o'clock is a time");

/// One thing that was done at the desk.
pub(super) struct Act<'m> {
    pub(super) recorded: DateTime<Utc>,
    pub(super) deed: Deed<'m>,
}

/// What was done. A concern is known by its place in the material.
pub(super) enum Deed<'m> {
    Arrived {
        place: usize,
        concern: &'m Concern,
        part1: Box<Part1>,
    },
    Written {
        place: usize,
        written: Written,
    },
    /// Whatever of this was still due has been seen to.
    CaughtUp {
        place: usize,
        with: Owed,
    },
    Noted {
        event: &'m Event,
        happened: Moment,
    },
    Began {
        status: &'m Status,
        on: NaiveDate,
    },
    Ended {
        status: &'m Status,
        on: NaiveDate,
    },
}

/// What was due.
#[derive(Clone, Copy)]
pub(super) enum Owed {
    Answers,
    Review,
}

/// When the desk was set up.
pub(super) fn opening(material: &Material, calendar: &Calendar) -> DateTime<Utc> {
    let days = material.concerns.iter().map(|concern| concern.days_ago);
    let days = days.chain(material.statuses.iter().map(|status| status.days_ago));
    let first = days.chain(material.events.iter().map(|event| event.days_ago)).max().unwrap_or(0);
    calendar::at(calendar.school_day(first + SET_UP_BEFORE), NINE)
}

/// Everything, in the order in which it was recorded.
pub(super) fn acts<'m>(material: &'m Material, calendar: &Calendar) -> Vec<Act<'m>> {
    let mut acts: Vec<Act> = material.events.iter().map(|event| noted(calendar, event)).collect();
    acts.extend(material.statuses.iter().flat_map(|status| true_for_a_time(calendar, status)));
    for (place, concern) in material.concerns.iter().enumerate() {
        let incident = Incident::of(calendar, concern);
        let arrived = calendar.past(incident.written + ON_ITS_WAY);
        let part1 = Box::new(part1(material, concern, &incident));
        acts.push(Act { recorded: arrived, deed: Deed::Arrived { place, concern, part1 } });
        let written = part2::written(material, calendar, concern, &incident, arrived);
        let signed =
            written.iter().find(|(_, written)| matches!(written, Written::Section(Section::Signed(_))));
        let closed = signed.filter(|_| concern.days_ago > CLOSED_AFTER).map(|(at, _)| closed(*at, place));
        acts.extend(
            written
                .iter()
                .cloned()
                .map(|(recorded, written)| Act { recorded, deed: Deed::Written { place, written } }),
        );
        let closed_at = closed.as_ref().map(|act| act.recorded);
        acts.extend(closed);
        let reopened = concern.part2.as_ref().and_then(|part2| part2.reopened.as_ref());
        acts.extend(reopened.map(|again| reopened_since(calendar, again, place)));
        acts.extend(caught_up(calendar, place, arrived, closed_at));
    }
    acts.sort_by_key(|act| act.recorded);
    acts
}

/// Nobody leaves a clock running for long: a week on what was owed has come, and reviews are held.
fn caught_up<'m>(
    calendar: &Calendar,
    place: usize,
    arrived: DateTime<Utc>,
    closed: Option<DateTime<Utc>>,
) -> impl Iterator<Item = Act<'m>> {
    let held =
        [Some(arrived + OWED_WITHIN), Some(arrived + REVIEWED_WITHIN), closed.map(|at| at + REVIEWED_AFTER)];
    let with = [Owed::Answers, Owed::Review, Owed::Review];
    let held = held.into_iter().zip(with).filter_map(|(at, with)| Some((at?, with)));
    let past: Vec<_> = held.filter(|(at, _)| *at < calendar.past(*at + OWED_WITHIN)).collect();
    past.into_iter().map(move |(recorded, with)| Act { recorded, deed: Deed::CaughtUp { place, with } })
}

/// Signed months ago, and nothing has come since.
fn closed<'m>(signed: DateTime<Utc>, place: usize) -> Act<'m> {
    let closed = Closed {
        reason: Text::from("Support is in place and holds. Nothing more was reported."),
        review: calendar::day(signed) + REVIEWED_AFTER,
        excused: Vec::new(),
    };
    Act {
        recorded: signed + WRITING,
        deed: Deed::Written { place, written: Written::Decision(Decision::Closed(closed)) },
    }
}

/// Closed once, until the same was reported again.
fn reopened_since<'m>(calendar: &Calendar, again: &OpenAgain, place: usize) -> Act<'m> {
    let recorded = calendar.past(calendar::at(calendar.school_day(again.days_ago), AFTER_LESSONS));
    let reopened = Decision::Reopened(Reopened { reason: again.reason.clone() });
    Act { recorded, deed: Deed::Written { place, written: Written::Decision(reopened) } }
}

fn noted<'m>(calendar: &Calendar, event: &'m Event) -> Act<'m> {
    let day = calendar.school_day(event.days_ago);
    let happened = event.time.map_or(Moment::Date(day), |time| Moment::At(calendar::at(day, time)));
    let recorded = calendar.past(calendar::at(day, event.time.unwrap_or(AFTER_LESSONS)) + WRITING);
    Act { recorded, deed: Deed::Noted { event, happened } }
}

fn true_for_a_time<'m>(calendar: &Calendar, status: &'m Status) -> impl Iterator<Item = Act<'m>> {
    let act = |days_ago, deed: fn(&'m Status, NaiveDate) -> Deed<'m>| {
        let day = calendar.school_day(days_ago);
        Act { recorded: calendar.past(calendar::at(day, AFTER_LESSONS)), deed: deed(status, day) }
    };
    let began = act(status.days_ago, |status, on| Deed::Began { status, on });
    let ended = status.ended_days_ago.map(|days| act(days, |status, on| Deed::Ended { status, on }));
    std::iter::once(began).chain(ended)
}

/// When a concern's incident was, and from when its minutes are counted.
struct Incident {
    happened: Moment,
    start: DateTime<Utc>,
    written: DateTime<Utc>,
}

impl Incident {
    fn of(calendar: &Calendar, concern: &Concern) -> Self {
        let day = calendar.school_day(concern.days_ago);
        let start = calendar::at(day, concern.time.unwrap_or(NINE));
        let happened = if concern.time.is_some() { Moment::At(start) } else { Moment::Date(day) };
        let written = calendar.past(start + Duration::minutes(concern.written_after_minutes));
        Self { happened, start, written }
    }
}

fn part1(material: &Material, concern: &Concern, incident: &Incident) -> Part1 {
    let children = concern.children.iter().map(|key| named(material, concern, key)).collect();
    Part1 {
        about: concern.about,
        children,
        staff: concern.staff.clone(),
        area: concern.area.clone(),
        immediate_danger: concern.immediate_danger,
        told_dsl_in_person: concern.told_dsl_in_person,
        incident_at: Some(incident.happened),
        written_at: Some(Moment::At(incident.written)),
        reporter: reporter(material, concern),
        reasons: concern.reasons.clone(),
        account: concern.account.clone(),
        opinion: concern.opinion.clone(),
        actions: concern.actions.clone(),
        told: concern.told.clone(),
        other_information: concern.other_information.clone(),
        categories: concern.categories.clone(),
        ..Part1::default()
    }
}

/// A child under the name that the reporter wrote.
fn named(material: &Material, concern: &Concern, key: &str) -> NamedChild {
    let details = material.children.get(key).cloned().unwrap_or_default();
    let form = Some(details.form).filter(|form| !form.is_blank());
    match concern.as_written.get(key) {
        Some(name) => NamedChild { name: name.clone(), form, ..NamedChild::default() },
        None => NamedChild { name: details.name, date_of_birth: details.date_of_birth, form, school: None },
    }
}

fn reporter(material: &Material, concern: &Concern) -> Reporter {
    material.staff.get(&concern.reporter).map_or_else(Reporter::default, |staff| Reporter {
        name: staff.name.clone(),
        job_title: staff.job_title.clone(),
        email: None,
    })
}
