//! Rules that are looked at before a concern is closed, and that hold when it is.

use dsl_desk::desk::Act;
use dsl_desk::domain::allegation::{AllegationEnded, AllegationOutcome};
use dsl_desk::domain::child_part::ChildPart;
use dsl_desk::domain::concern::{About, NamedStaff, Part1};
use dsl_desk::domain::decision::{Categories, Course, CourseTaken, Danger, Decision, PartOfChild};
use dsl_desk::domain::ids::ConcernId;
use dsl_desk::domain::moment::Moment;
use dsl_desk::domain::part2::{Action, FurtherInformation, Section};
use dsl_desk::domain::text::Text;
use dsl_desk::domain::triage::State;
use serde_json::json;

use crate::support::{World, closed, minutes, now, part1};

const CONCERN: ConcernId = ConcernId(1);

fn world() -> World {
    typed(part1("Zoe Marsh", Some("2014-03-02")))
}

fn typed(part1: Part1) -> World {
    let mut world = World::new();
    world.act(&Act::TypeIn(Box::new(part1)));
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

fn done(what: &str) -> Act {
    let at = Moment::At(now());
    let (reasons, shared_with) = ("To be recorded.".into(), "".into());
    let section = Section::Action(Action { at, what: what.into(), reasons, shared_with });
    Act::Section { concern: CONCERN, section }
}

/// A closing that gives no reason for one of the gaps.
fn closed_without(world: &World, part: &str) -> Act {
    let Act::Decide { decision: Decision::Closed(mut closed), .. } = closed(&world.desk, CONCERN) else {
        panic!("it is a closing")
    };
    closed.excused.retain(|excused| !excused.missing.contains(part));
    decide(Decision::Closed(closed))
}

/// What a rule asks for before closing is mended, or excused with a reason of its own, which stands in the record.
#[track_caller]
fn overridden(mut world: World, number: u8, part: &str) {
    let concern = world.desk.concern(CONCERN).unwrap();
    let gap = concern.missing().into_iter().find(|gap| gap.says.contains(part)).unwrap();
    assert!(gap.rule.starts_with(&format!("R{number} · ")), "{}", gap.rule);
    let without = closed_without(&world, part);
    assert!(world.desk.act(&without, None, minutes(1)).is_err());
    let Act::Decide { decision: Decision::Closed(mut blank), .. } = closed(&world.desk, CONCERN) else {
        panic!("it is a closing")
    };
    for excused in blank.excused.iter_mut().filter(|excused| *excused.missing == *gap.says) {
        excused.reason = " ".into();
    }
    assert!(world.desk.act(&decide(Decision::Closed(blank)), None, minutes(1)).is_err());
    let excused = closed(&world.desk, CONCERN);
    world.desk.act(&excused, None, minutes(2)).unwrap();
    let told = world.desk.concern(CONCERN).unwrap();
    let (_, closed) = told.closed().unwrap();
    let stands = closed.excused.iter().find(|excused| *excused.missing == *gap.says).unwrap();
    assert_eq!(stands.reason.as_str(), "It is of long ago.");
    assert_eq!(told.row.state, State::Closed);
}

#[test]
fn r1_overridden_nobody_answered_and_the_reason_stands_in_its_place() {
    overridden(world(), 1, "whether somebody is in danger now");
}

const UNHEARD: &str = "What the child says of it";

#[test]
fn r11_applies_where_the_child_is_heard_nowhere_or_the_hour_is_not_told() {
    let mut told = part1("Zoe Marsh", None);
    told.incident_at = Some(Moment::Date("2026-11-20".parse().unwrap()));
    let world = typed(told);
    assert!(asked(&world, UNHEARD) && asked(&world, "a day and no time"));
}

#[test]
fn r11_does_not_apply_where_the_words_are_there_or_no_child_is_meant() {
    let mut told = part1("Zoe Marsh", None);
    told.account.child_words = "there's none left at ours innit".into();
    assert!(!asked(&typed(told), UNHEARD));
    assert!(!asked(&allegation(AllegationOutcome::False), UNHEARD));
    let mut world = world();
    assert!(asked(&world, UNHEARD) && !asked(&world, "a day and no time"));
    world.act(&done("Spoke with Zoe: she said that she is hungry."));
    assert!(!asked(&world, UNHEARD));
}

#[test]
fn r11_overridden_with_the_reason_why_the_child_is_not_heard() {
    overridden(world(), 11, UNHEARD);
}

const ORIGINALS: &str = "where the original notes are kept";

#[test]
fn r12_applies_until_there_is_a_word_on_the_originals() {
    let mut world = world();
    world.act(&further("Pupil file and serious incident book."));
    assert!(asked(&world, ORIGINALS));
    world.act(&further("The notes that I made were shredded in the office."));
    assert!(asked(&world, ORIGINALS));
}

#[test]
fn r12_overridden_with_the_reason_why_there_is_no_word_on_them() {
    overridden(world(), 12, ORIGINALS);
}

#[test]
fn r12_does_not_apply_where_it_is_said_where_they_are_or_that_there_are_none() {
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
fn r21_applies_what_is_done_is_decided_with_reasons_and_so_is_not_referring() {
    let mut world = world();
    assert!(asked(&world, "What is done about it is not decided"));
    for taken in Course::ALL {
        assert!(world.desk.act(&course(taken, " "), None, minutes(1)).is_err(), "{taken:?}");
    }
    world.act(&course(Course::Monitor, "Her nan has them this week."));
    assert!(!asked(&world, "What is done about it is not decided"));
}

#[test]
fn r21_does_not_apply_to_answers_that_decide_nothing() {
    let mut world = world();
    let (at, said) = (Moment::At(now()), Text::default());
    let (categories, reason) = (vec!["neglect".into()], Text::default());
    let part = PartOfChild { position: 0, part: ChildPart::SawOrHeardIt, reason: Text::default() };
    for answer in [
        Decision::Danger(Danger { in_danger: false, at, said }),
        Decision::Categories(Categories { categories, reason }),
        Decision::PartOfChild(part),
    ] {
        world.act(&decide(answer));
    }
    assert_eq!(world.desk.concern(CONCERN).unwrap().decisions().count(), 3);
}

#[test]
fn r21_overridden_closed_undecided_with_the_reason_why() {
    overridden(world(), 21, "What is done about it is not decided");
}

#[test]
fn r21_applies_a_closed_concern_is_looked_at_again_and_not_in_the_past() {
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
fn r21_applies_where_nothing_gets_better_it_is_referred_again_in_one_act() {
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
fn r2_applies_a_baby_with_a_mark_is_not_closed_without_a_referral_or_a_reason() {
    let mut world = about("non-mobile-baby-mark");
    world.act(&course(Course::Monitor, "The GP says it is a birthmark."));
    asks_before_it_closes(world, "A baby with a mark was never referred");
    let mut world = about("non-mobile-baby-mark");
    world.act(&course(Course::Refer, "The policy"));
    assert!(!asked(&world, "A baby with a mark"));
}

#[test]
fn r25_applies_both_children_have_a_part_or_a_reason_why_not() {
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
fn r26_applies_whether_a_dash_assessment_is_needed_is_said_or_a_reason_given() {
    asks_before_it_closes(about("domestic-abuse"), "DASH");
    let mut world = about("domestic-abuse");
    world.act(&action("The worker of the refuge completes a DASH on Monday."));
    assert!(!asked(&world, "DASH"));
    assert!(!asked(&about("neglect"), "DASH"));
}

#[test]
fn r26_overridden_it_is_closed_without_a_word_on_dash_and_with_the_reason() {
    overridden(about("domestic-abuse"), 26, "DASH");
}

#[test]
fn r27_overridden_it_is_closed_without_a_word_on_channel_and_with_the_reason() {
    overridden(about("radicalisation"), 27, "Channel");
}

#[test]
fn r29_overridden_it_is_closed_unreferred_and_with_the_reason() {
    overridden(about("county-lines"), 29, "It was never referred");
}

#[test]
fn r27_applies_whether_channel_is_for_this_child_is_said_or_a_reason_given() {
    asks_before_it_closes(about("radicalisation"), "Channel");
    let mut world = about("radicalisation");
    world.act(&action("Rang the council's Prevent team about Channel."));
    assert!(!asked(&world, "Channel"));
    assert!(!asked(&about("racist-abuse"), "Channel"));
}

#[test]
fn r28_applies_a_known_case_stays_due_and_a_suspicion_is_referred_or_a_reason_given() {
    asks_before_it_closes(about("fgm"), "Not answered yet: ");
    asks_before_it_closes(about("fgm"), "It was never referred");
    assert!(!asked(&about("neglect"), "It was never referred"));
}

#[test]
fn r29_applies_what_asks_for_a_referral_is_referred_or_a_reason_given() {
    for id in ["sexual-exploitation", "county-lines", "forced-marriage"] {
        asks_before_it_closes(about(id), "It was never referred");
    }
    let mut world = about("county-lines");
    world.act(&course(Course::Refer, "He carries for others."));
    assert!(!asked(&world, "It was never referred"));
}

const AMONG_THE_FACTS: &str = "Opinion stands among the facts";

fn opinion_in(field: impl Fn(&mut Part1) -> &mut Text) -> World {
    let mut told = part1("Zoe Marsh", None);
    *field(&mut told) = "I think that she is probably neglected.".into();
    typed(told)
}

fn opinion_among_the_facts() -> World {
    opinion_in(|told| &mut told.account.what)
}

#[test]
fn r24_applies_what_somebody_thinks_is_found_among_the_facts() {
    let world = opinion_among_the_facts();
    let missing = world.desk.concern(CONCERN).unwrap().missing();
    let gap = missing.iter().find(|gap| gap.says.contains(AMONG_THE_FACTS)).unwrap();
    assert!(gap.says.contains("probably") && gap.rule.starts_with("R24 · S3:505"), "{gap:?}");
}

#[test]
fn r24_does_not_apply_to_the_field_for_it_or_to_the_childs_own_words() {
    assert!(!asked(&opinion_in(|told| &mut told.opinion), AMONG_THE_FACTS));
    assert!(!asked(&opinion_in(|told| &mut told.account.child_words), AMONG_THE_FACTS));
    assert!(!asked(&world(), AMONG_THE_FACTS));
}

#[test]
fn r24_overridden_it_is_left_where_it_stands_with_the_reason() {
    overridden(opinion_among_the_facts(), 24, AMONG_THE_FACTS);
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
fn r34_applies_until_the_barring_service_was_thought_of() {
    let mut world = allegation(AllegationOutcome::Substantiated);
    assert!(asked(&world, BARRING));
    world.act(&done("Considered a DBS referral with human resources; it was sent."));
    assert!(!asked(&world, BARRING));
}

#[test]
fn r34_overridden_with_the_reason_why_it_was_not() {
    overridden(allegation(AllegationOutcome::Substantiated), 34, BARRING);
}

#[test]
fn r34_does_not_apply_to_what_did_not_happen() {
    for outcome in [AllegationOutcome::Malicious, AllegationOutcome::False, AllegationOutcome::Unfounded] {
        assert!(!asked(&allegation(outcome), BARRING), "{outcome:?}");
    }
    assert!(!asked(&world(), BARRING), "it is about a child");
}
