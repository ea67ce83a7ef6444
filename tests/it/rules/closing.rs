//! Rules that are looked at before a concern is closed, and that hold when it is.

use dsl_desk::desk::Act;
use dsl_desk::domain::allegation::{AllegationEnded, AllegationOutcome};
use dsl_desk::domain::child_part::ChildPart;
use dsl_desk::domain::concern::{About, NamedStaff, Part1};
use dsl_desk::domain::decision::{Course, CourseTaken, Decision, PartOfChild};
use dsl_desk::domain::ids::ConcernId;
use dsl_desk::domain::moment::Moment;
use dsl_desk::domain::part2::{Action, FurtherInformation, Section};
use dsl_desk::domain::triage::State;
use serde_json::json;

use crate::support::{World, closed, minutes, now, part1};

const CONCERN: ConcernId = ConcernId(1);

fn world() -> World {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    world
}

fn asked(world: &World, part: &str) -> bool {
    let missing = world.desk.concern(CONCERN).unwrap().missing();
    missing.iter().any(|gap| gap.says.contains(part))
}

fn further(text: &str) -> Act {
    let section = Section::FurtherInformation(FurtherInformation { text: text.into() });
    Act::Section { concern: CONCERN, section }
}

fn decide(decision: Decision) -> Act {
    Act::Decide { concern: CONCERN, decision }
}

/// A closing that gives no reason for one of the gaps.
fn closed_without(world: &World, part: &str) -> Act {
    let Act::Decide { decision: Decision::Closed(mut closed), .. } = closed(&world.desk, CONCERN) else {
        panic!("it is a closing")
    };
    closed.excused.retain(|excused| !excused.missing.contains(part));
    decide(Decision::Closed(closed))
}

const ORIGINALS: &str = "where the original notes are kept";

#[test]
fn r12_nothing_closes_without_a_word_on_the_originals_or_a_reason() {
    let mut world = world();
    world.act(&further("Pupil file and serious incident book."));
    assert!(asked(&world, ORIGINALS));
    let act = closed_without(&world, ORIGINALS);
    assert!(world.desk.act(&act, None, minutes(1)).is_err());
    let excused = closed(&world.desk, CONCERN);
    world.desk.act(&excused, None, minutes(2)).unwrap();
    let told = world.desk.concern(CONCERN).unwrap();
    assert!(told.closed().unwrap().1.excused.iter().any(|excused| excused.missing.contains(ORIGINALS)));
}

#[test]
fn r12_where_they_are_is_enough_and_so_is_that_there_are_none() {
    for text in ["Handwritten notes are in the locked cabinet.", "There are no notes: it was typed at once."]
    {
        let mut world = world();
        world.act(&further(text));
        assert!(!asked(&world, ORIGINALS), "{text}");
    }
}

fn course(course: Course, reasons: &str) -> Act {
    let to = "First Response".into();
    let (at, reasons) = (Moment::At(now()), reasons.into());
    decide(Decision::Course(CourseTaken { course, at, to, reasons, in_writing: true }))
}

#[test]
fn r21_what_is_done_is_decided_with_reasons_and_not_referring_is_no_exception() {
    let mut world = world();
    assert!(asked(&world, "What is done about it is not decided"));
    for taken in Course::ALL {
        assert!(world.desk.act(&course(taken, " "), None, minutes(1)).is_err(), "{taken:?}");
    }
    world.act(&course(Course::Monitor, "Her nan has them this week."));
    assert!(!asked(&world, "What is done about it is not decided"));
}

#[test]
fn r21_a_closed_concern_is_looked_at_again_and_not_in_the_past() {
    let mut world = world();
    for review in ["2026-11-20", "2026-11-19"] {
        let Act::Decide { decision: Decision::Closed(mut late), .. } = closed(&world.desk, CONCERN) else {
            panic!("it is a closing")
        };
        late.review = review.parse().unwrap();
        let error = world.desk.act(&decide(Decision::Closed(late)), None, minutes(1)).unwrap_err();
        assert_eq!(error.to_string(), "Choose a later day for the review: it is today or before.");
    }
    let act = closed(&world.desk, CONCERN);
    world.act(&act);
}

#[test]
fn r21_where_nothing_gets_better_it_is_referred_again_in_one_act() {
    let mut world = world();
    let act = closed(&world.desk, CONCERN);
    world.act(&act);
    world.act(&course(Course::Refer, "He is as hungry as before."));
    let concern = world.desk.concern(CONCERN).unwrap();
    assert_eq!(concern.row.state, State::Open);
    assert_eq!(concern.case().course().map(|taken| taken.course), Some(Course::Refer));
}

/// A concern about Zoe alone, of one category, of which nothing more is known.
fn about(id: &str) -> World {
    let mut world = World::new();
    let part1 = Part1 { categories: vec![id.into()], ..part1("Zoe Marsh", Some("2014-03-02")) };
    world.act(&Act::TypeIn(Box::new(part1)));
    world
}

/// It does not close without it, and does with a reason for each gap.
#[track_caller]
fn asks_before_it_closes(mut world: World, part: &str) {
    assert!(asked(&world, part), "{part}");
    let act = closed_without(&world, part);
    assert!(world.desk.act(&act, None, minutes(1)).is_err());
    let excused = closed(&world.desk, CONCERN);
    world.desk.act(&excused, None, minutes(2)).unwrap();
}

fn action(what: &str) -> Act {
    let section = Section::Action(Action {
        at: Moment::At(now()),
        what: what.into(),
        reasons: "It was asked for.".into(),
        shared_with: "".into(),
    });
    Act::Section { concern: CONCERN, section }
}

#[test]
fn r2_a_baby_with_a_mark_is_not_closed_without_a_referral_or_a_reason() {
    let mut world = about("non-mobile-baby-mark");
    world.act(&course(Course::Monitor, "The GP says it is a birthmark."));
    asks_before_it_closes(world, "A baby with a mark was never referred");
    let mut world = about("non-mobile-baby-mark");
    world.act(&course(Course::Refer, "The policy"));
    assert!(!asked(&world, "A baby with a mark"));
}

#[test]
fn r25_both_children_have_a_part_or_a_reason_why_not() {
    asks_before_it_closes(about("child-on-child"), "The part of child 1 in it is not said");
    asks_before_it_closes(about("child-on-child"), "no word on the other");
    let mut world = about("child-on-child");
    world.act(&decide(Decision::PartOfChild(PartOfChild {
        position: 0,
        part: ChildPart::SaidToHaveBeenHarmed,
        reason: "".into(),
    })));
    world.act(&action("Spoke with the lead of the other child's school."));
    assert!(!asked(&world, "The part of child") && !asked(&world, "no word on the other"));
    assert!(!asked(&about("neglect"), "The part of child"));
}

#[test]
fn r26_whether_a_dash_assessment_is_needed_is_said_or_a_reason_given() {
    asks_before_it_closes(about("domestic-abuse"), "DASH");
    let mut world = about("domestic-abuse");
    world.act(&action("The worker of the refuge completes a DASH on Monday."));
    assert!(!asked(&world, "DASH"));
    assert!(!asked(&about("neglect"), "DASH"));
}

#[test]
fn r27_whether_channel_is_for_this_child_is_said_or_a_reason_given() {
    asks_before_it_closes(about("radicalisation"), "Channel");
    let mut world = about("radicalisation");
    world.act(&action("Rang the council's Prevent team about Channel."));
    assert!(!asked(&world, "Channel"));
    assert!(!asked(&about("racist-abuse"), "Channel"));
}

#[test]
fn r28_a_known_case_stays_due_and_a_suspicion_is_referred_or_a_reason_given() {
    asks_before_it_closes(about("fgm"), "Not answered yet: ");
    asks_before_it_closes(about("fgm"), "It was never referred");
    assert!(!asked(&about("neglect"), "It was never referred"));
}

#[test]
fn r29_what_asks_for_a_referral_is_referred_or_a_reason_given() {
    for id in ["sexual-exploitation", "county-lines", "forced-marriage"] {
        asks_before_it_closes(about(id), "It was never referred");
    }
    let mut world = about("county-lines");
    world.act(&course(Course::Refer, "He carries for others."));
    assert!(!asked(&world, "It was never referred"));
}

const BARRING: &str = "barring service (DBS)";

/// An allegation that meets the threshold and has ended.
fn allegation(outcome: AllegationOutcome) -> World {
    let mut world = World::new();
    let staff = NamedStaff { name: "Peregrine Quillfeather".into(), ..NamedStaff::default() };
    let part1 = Part1 { about: About::Staff, staff: Some(staff), ..part1("Zoe Marsh", None) };
    world.act(&Act::TypeIn(Box::new(part1)));
    let threshold = json!({ "decision": "threshold", "limbs": ["harmed"], "reason": "He threw it." });
    world.act(&decide(serde_json::from_value(threshold).unwrap()));
    let (from, reasons) = ("The LADO".into(), "Two saw it.".into());
    world.act(&decide(Decision::Allegation(AllegationEnded { outcome, from, reasons })));
    world
}

#[test]
fn r34_the_barring_service_is_thought_of_before_an_allegation_is_closed() {
    let mut world = allegation(AllegationOutcome::Substantiated);
    assert!(asked(&world, BARRING));
    let act = closed_without(&world, BARRING);
    assert!(world.desk.act(&act, None, minutes(1)).is_err());
    let action = Action {
        at: Moment::At(now()),
        what: "Considered a DBS referral with human resources; it was sent.".into(),
        reasons: "He was dismissed.".into(),
        shared_with: "Human resources".into(),
    };
    world.act(&Act::Section { concern: CONCERN, section: Section::Action(action) });
    assert!(!asked(&world, BARRING));
}

#[test]
fn r34_nobody_is_referred_for_what_did_not_happen() {
    for outcome in [AllegationOutcome::Malicious, AllegationOutcome::False, AllegationOutcome::Unfounded] {
        assert!(!asked(&allegation(outcome), BARRING), "{outcome:?}");
    }
    assert!(!asked(&world(), BARRING), "it is about a child");
}
