//! What is missing of what was decided, said to others and set going.

use super::record::Record;
use super::{FORM, Gap, Mend, cited, demands, words};
use crate::domain::allegation::AllegationOutcome;
use crate::domain::case::{Case, ON_ROLL, Running, is_of_school};
use crate::domain::category::Demand;
use crate::domain::concern::{About, names_nobody};
use crate::domain::deadline::{self, Deadline, YOU};
use crate::domain::decision::{Decision, DecisionKind, Sharing};
use crate::domain::discovery::{D26, MUTILATION};
use crate::domain::moment::Moment;
use crate::domain::part2::{Section, SectionKind};
use crate::domain::staff_route::{Leg, Position, route};
use crate::domain::text::Text;

const IN_DANGER: &str = "Somebody is in danger now, by the last answer, and nobody has said that it is over.";
/// A closed concern keeps its review (R21).
const REVIEW: &str = "review";

/// No source gives these in a line of the seeds.
const LEVELS: &str = "D34 · the partnership's own threshold document, which was not read";
const NOT_REFERRED: &str = "D2 · KCSIE 2025, annex C";
const ALLEGATIONS: &str = "D14 · KCSIE 2025, part four";

/// What is decided first, before Part 2 is written.
pub(super) fn before(record: &Record) -> Vec<Gap> {
    let case = record.case;
    let mut gaps = Vec::new();
    let mut decide = |is_missing: bool, kind, says: &str, rule: String| {
        if is_missing {
            gaps.push(Gap { says: says.to_owned(), rule, mend: Mend::Decide(kind) });
        }
    };
    decide(
        lacks_danger(case),
        DecisionKind::Danger,
        if case.danger().is_some() {
            IN_DANGER
        } else {
            "Nobody has answered whether somebody is in danger now."
        },
        std::iter::once(cited(1))
            .chain(demands::of_danger(case).map(Demand::cited))
            .collect::<Vec<_>>()
            .join("; "),
    );
    decide(
        case.categories().is_empty() && !case.is_about_staff(),
        DecisionKind::Categories,
        "What it is about is not said: no category.",
        cited(29),
    );
    let is_of_child = case.part1.about == About::Child;
    decide(
        is_of_child && case.level().is_none(),
        DecisionKind::Level,
        "No level is given.",
        LEVELS.to_owned(),
    );
    let is_decided = case.course().is_some_and(|course| !course.reasons.is_blank());
    decide(
        is_of_child && !is_decided,
        DecisionKind::Course,
        "What is done about it is not decided, with reasons: referring, or why not.",
        format!("{}; {NOT_REFERRED}", cited(21)),
    );
    decide(
        case.is_about(MUTILATION) && case.discovery().is_none(),
        DecisionKind::Discovery,
        "Whether mutilation is known or only suspected is not said.",
        format!("{D26}; {}", cited(28)),
    );
    gaps.extend(staff(record));
    gaps
}

/// What is done with others, runs on, or closes Part 2.
pub(super) fn after(record: &Record) -> Vec<Gap> {
    let case = record.case;
    let untold = untold(case);
    let mut gaps: Vec<Gap> = untold.iter().map(school).collect();
    if lacks_reply(case) {
        let says = "Whoever reported it has had no answer.".to_owned();
        gaps.push(Gap { says, rule: cited(19), mend: Mend::Decide(DecisionKind::Replied) });
    }
    let is_said_already = |clock: &&Running| match clock.deadline.as_str() {
        ON_ROLL => untold.iter().any(|school| is_of_school(&clock.about, school)),
        REVIEW => true,
        _ => false,
    };
    gaps.extend(case.running.iter().filter(|clock| !is_said_already(clock)).map(still_running));
    if !case.has(SectionKind::Signed) {
        let says = "Part 2 is not signed.".to_owned();
        gaps.push(Gap { says, rule: FORM.to_owned(), mend: Mend::Section(SectionKind::Signed) });
    }
    gaps
}

fn lacks_danger(case: &Case) -> bool {
    case.danger().is_none_or(|danger| danger.in_danger)
}

/// Of whoever is not named nobody can be told.
fn lacks_reply(case: &Case) -> bool {
    case.latest(DecisionKind::Replied).is_none() && !names_nobody(&case.part1.reporter.name)
}

/// The threshold; where it is met, how the allegation ended, and whether the barring service was thought of (R34).
fn staff(record: &Record) -> Vec<Gap> {
    let case = record.case;
    if !case.is_about_staff() {
        return Vec::new();
    }
    let decide = |kind, says: &str| Gap {
        says: says.to_owned(),
        rule: ALLEGATIONS.to_owned(),
        mend: Mend::Decide(kind),
    };
    let Some(threshold) = case.threshold() else {
        let says = "Whether it meets the harm threshold is not decided.";
        return vec![decide(DecisionKind::Threshold, says)];
    };
    if threshold.is_low_level() {
        return Vec::new();
    }
    let outcome = match case.latest(DecisionKind::Allegation) {
        Some(Decision::Allegation(ended)) => Some(ended.outcome),
        _ => None,
    };
    let mut gaps: Vec<Gap> =
        threshold.position.map(|position| untold_legs(record, position)).unwrap_or_default();
    if outcome.is_none() {
        gaps.push(decide(DecisionKind::Allegation, "How the allegation ended is not recorded."));
    }
    if outcome.is_none_or(leaves_doubt) && !is_barring_considered(record) {
        gaps.push(Gap {
            says: "Nothing says whether a referral to the barring service (DBS) was considered.".to_owned(),
            rule: cited(34),
            mend: Mend::Section(SectionKind::Action),
        });
    }
    gaps
}

/// Those to whom it goes by what the person is, and of whom nothing is said (R14, R16).
fn untold_legs(record: &Record, position: Position) -> Vec<Gap> {
    let written: Vec<String> = record.written_by_us().collect();
    let is_told = |known_as: &&[&str]| written.iter().any(|text| words::speaks_of(text, known_as));
    // The first is the designated officer, who has a clock.
    let legs = route(position, Some(false)).into_iter().skip(1).zip(known_as(position).iter().copied());
    let gap = |leg: Leg| Gap {
        says: format!("Nothing says whether that was done, or why not: {}", leg.says),
        rule: leg.cited(),
        mend: Mend::Section(SectionKind::Action),
    };
    legs.filter(|(_, known_as)| !is_told(known_as)).map(|(leg, _)| gap(leg)).collect()
}

/// The words by which the record says of those behind the designated officer, in the order of the route.
pub(super) fn known_as(position: Position) -> &'static [&'static [&'static str]] {
    const PERSONNEL: &[&str] = &["human resources", "hr|personnel"];
    match position {
        Position::Staff | Position::Volunteer => &[PERSONNEL],
        Position::Head => &[&["chair of governors", "governors|trustees|trustee"]],
        Position::Lead => &[&["chief executive", "head of the organisation", "ceo|headteacher|principal"]],
        Position::Supply => &[PERSONNEL, &["agency"]],
        Position::Member => &[&["monitoring officer"]],
        Position::Other => &[&["employer|employs|employed"]],
    }
}

/// Whether somebody who is not suitable may be behind it.
fn leaves_doubt(outcome: AllegationOutcome) -> bool {
    match outcome {
        AllegationOutcome::Substantiated | AllegationOutcome::Unsubstantiated => true,
        AllegationOutcome::Malicious | AllegationOutcome::False | AllegationOutcome::Unfounded => false,
    }
}

fn is_barring_considered(record: &Record) -> bool {
    record.written_by_us().any(|text| words::speaks_of_barring(&text))
}

/// The schools at which the children are on roll and that were not told (R20).
fn untold(case: &Case) -> Vec<Text> {
    let shared: Vec<&Sharing> = case
        .decisions
        .iter()
        .filter_map(|(_, decision)| match decision {
            Decision::Sharing(sharing) => Some(sharing),
            _ => None,
        })
        .collect();
    let acted: Vec<String> = acted(case).collect();
    let is_told = |school: &Text| {
        shared.iter().any(|sharing| case.tells(sharing, school))
            || acted.iter().any(|with| case.names(with, school))
    };
    // Its clock was stopped: somebody told them, or said why it is not needed.
    let is_settled = |school: &Text| case.was_to_tell(school) && !case.is_to_tell(school);
    let schools = case.schools_elsewhere().into_iter();
    schools.filter(|school| !is_told(school) && !is_settled(school)).collect()
}

fn school(untold: &Text) -> Gap {
    Gap {
        says: format!("Nothing says that {} was told, where the child is on roll.", untold.one_line()),
        rule: cited(20),
        mend: Mend::Tell(untold.clone()),
    }
}

/// With whom something was done or talked over, in the words of Part 2.
fn acted(case: &Case) -> impl Iterator<Item = String> {
    case.sections.iter().filter_map(|(_, section)| match section {
        Section::Action(action) => Some(action.shared_with.one_line()),
        Section::Advice(advice) => Some(advice.organisation.one_line()),
        _ => None,
    })
}

fn still_running(clock: &Running) -> Gap {
    let who = clock.who.one_line();
    let who = if who == YOU { String::new() } else { format!(" ({who})") };
    let what = clock.what.one_line();
    Gap {
        says: format!("Not answered yet: {what}{who}, due {}.", Moment::At(clock.due)),
        rule: deadline::by_id(&clock.deadline).map(Deadline::cited).unwrap_or_default(),
        mend: Mend::Answer(clock.id),
    }
}
