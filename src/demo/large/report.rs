//! A concern of a large desk: Part 1, and as much of Part 2 as was written.

use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use fastrand::Rng;

use super::Setting;
use super::roll::Learner;
use super::words::Words;
use crate::cabinet::{Result, Writer};
use crate::demo::arrival;
use crate::demo::calendar;
use crate::domain::category;
use crate::domain::child::LinkHow;
use crate::domain::concern::{Account, NamedChild, Part1, Reporter};
use crate::domain::decision::{Closed, Decision};
use crate::domain::entry::{Entry, Source};
use crate::domain::ids::ChildId;
use crate::domain::moment::Moment;
use crate::domain::part2::{Action, Advice, Outcome, Parents, Received, Section};
use crate::domain::text::Text;
use crate::domain::triage::Urgency;

/// Concerns that are older than this are closed: nobody leaves thousands waiting.
const CLOSED_WITHIN: Days = Days::new(60);
/// One concern in so many came as a file, and one in so many says that somebody is in danger.
const ONE_FILE_IN: u32 = 10;
const ONE_DANGER_IN: u32 = 60;
/// Minutes from the incident to the record, at least; the sections are spread over them.
const MINUTES: i64 = 60;
const MOST_SECTIONS: u64 = 6;
/// When somebody looks at a closed concern again, and what is written when it is closed.
const REVIEWED_AFTER: Days = Days::new(90);
const CLOSED_BECAUSE: &str = "Support is in place, and nothing more was reported.";

pub(super) struct Report {
    part1: Part1,
    sections: Vec<Section>,
    /// When somebody looks at it again, where it is closed.
    review: Option<NaiveDate>,
    came_as_a_file: bool,
}

impl Report {
    /// A report that is recorded at a time, with no more sections than are wanted.
    pub(super) fn draw(
        setting: &Setting,
        rng: &mut Rng,
        learner: &Learner,
        at: DateTime<Utc>,
        wanted: u64,
    ) -> Self {
        let part1 = part1(setting, rng, learner, at);
        let is_old = setting.days.last().is_some_and(|last| calendar::day(at) + CLOSED_WITHIN < *last);
        let least = 2 * u64::from(is_old);
        let count = rng.u64(least..=MOST_SECTIONS).min(wanted);
        let closes = is_old && count > 1;
        let mut sections = sections(setting, rng, &learner.given, at, count - u64::from(closes));
        if is_old && sections.pop().is_some() {
            sections.push(Section::Signed(setting.signature.clone()));
        }
        let review = closes.then(|| calendar::day(at) + REVIEWED_AFTER);
        Self { part1, sections, review, came_as_a_file: rng.u32(..ONE_FILE_IN) == 0 }
    }
}

/// Records a report and gives the number of rows that it made in the child's chronology.
pub(super) fn record(writer: &mut Writer, report: Report, child: ChildId) -> Result<u64> {
    let concern = writer.next_concern()?;
    let urgency = Urgency::of(&report.part1, category::is_urgent);
    let source = if report.came_as_a_file {
        arrival::as_file(writer, format!("concern-{concern}.json"), &report.part1)?
    } else {
        Source::Typed
    };
    let part1 = Box::new(report.part1);
    writer.append(&Entry::ConcernReceived { concern, source, urgency, part1 })?;
    let (how, reason) = (LinkHow::Exact, Text::default());
    writer.append(&Entry::ChildLinked { concern, position: 0, child, how, reason })?;
    let mut rows = 1;
    for section in report.sections {
        writer.append(&Entry::Part2 { concern, section })?;
        rows += 1;
    }
    if let Some(review) = report.review {
        let closed = Closed { reason: Text::from(CLOSED_BECAUSE), review, excused: Vec::new() };
        writer.append(&Entry::Decided { concern, decision: Decision::Closed(closed), urgency: None })?;
        rows += 1;
    }
    Ok(rows)
}

fn part1(setting: &Setting, rng: &mut Rng, learner: &Learner, at: DateTime<Utc>) -> Part1 {
    let (words, given) = (&setting.words, learner.given.as_str());
    let sentences = &words.sentences;
    let incident = at - Duration::minutes(MINUTES + rng.i64(10..240));
    Part1 {
        children: vec![named(learner)],
        area: learner.details.area.clone(),
        immediate_danger: Some(rng.u32(..ONE_DANGER_IN) == 0),
        told_dsl_in_person: Some(rng.bool()),
        incident_at: Some(Moment::At(incident)),
        written_at: Some(Moment::At(at - Duration::minutes(MINUTES))),
        reporter: Reporter { name: words.name(rng).full(), job_title: words.job(rng), email: None },
        reasons: words.say(rng, &sentences.reasons, given),
        account: account(words, rng, given),
        opinion: words.say(rng, &sentences.opinion, given),
        actions: words.say(rng, &sentences.actions, given),
        told: vec![setting.signature.name.clone()],
        categories: rng
            .choice(category::all())
            .map(|category| category.id.as_str().into())
            .into_iter()
            .collect(),
        ..Part1::default()
    }
}

fn named(learner: &Learner) -> NamedChild {
    let details = &learner.details;
    let form = Some(details.form.clone()).filter(|form| !form.is_blank());
    NamedChild { name: details.name.clone(), date_of_birth: details.date_of_birth, form, school: None }
}

fn account(words: &Words, rng: &mut Rng, given: &str) -> Account {
    Account {
        who: Text::from(given),
        what: words.say(rng, &words.sentences.what, given),
        child_words: words.say(rng, &words.sentences.child_words, given),
        place: Text::from(words.slot(rng, "place")),
        when: Text::from(words.slot(rng, "time")),
        witnesses: Text::from(words.slot(rng, "staff")),
    }
}

/// The first sections of Part 2, spread over the hour before they were recorded.
fn sections(setting: &Setting, rng: &mut Rng, given: &str, at: DateTime<Utc>, count: u64) -> Vec<Section> {
    let (words, sentences) = (&setting.words, &setting.words.sentences);
    let mut minutes = 0;
    let mut next = || {
        minutes += 8;
        Moment::At(at - Duration::minutes(MINUTES - minutes))
    };
    let all = [
        Section::Received(Received { at: next(), from: words.job(rng) }),
        Section::Advice(advice(words, rng, given, next())),
        Section::Action(Action {
            at: next(),
            what: words.say(rng, &sentences.action_taken, given),
            reasons: words.say(rng, &sentences.opinion, given),
            shared_with: words.job(rng),
        }),
        Section::Parents(Parents {
            informed: rng.bool(),
            reasons: words.say(rng, &sentences.opinion, given),
            at: Some(next()),
            ..Parents::default()
        }),
        Section::Outcome(Outcome {
            at: next(),
            from: Text::from(words.slot(rng, "agency")),
            text: words.say(rng, &sentences.outcome, given),
        }),
        Section::Signed(setting.signature.clone()),
    ];
    all.into_iter().zip(0..count).map(|(section, _)| section).collect()
}

fn advice(words: &Words, rng: &mut Rng, given: &str, at: Moment) -> Advice {
    Advice {
        at,
        name: words.name(rng).full(),
        role: words.job(rng),
        organisation: Text::from(words.slot(rng, "agency")),
        advice: words.say(rng, &words.sentences.advice, given),
        contact: None,
    }
}
