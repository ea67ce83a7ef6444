//! Clocks: what sets one, what does not, and what becomes of one that somebody puts off or drops.

mod mutilation;
mod officer;
mod overridden;
mod schools;

use chrono::{DateTime, Utc};
use dsl_desk::cabinet::table::follow_up::{Due, Order};
use dsl_desk::desk::Act;
use dsl_desk::desk::gates::Reason;
use dsl_desk::domain::allegation::{Limb, Threshold};
use dsl_desk::domain::concern::{About, NamedStaff, Part1};
use dsl_desk::domain::decision::{Closed, Course, CourseTaken, Decision, Reopened};
use dsl_desk::domain::entry::Subject;
use dsl_desk::domain::escalation;
use dsl_desk::domain::follow_up::Step;
use dsl_desk::domain::ids::{ChildId, ConcernId, FollowUpId};
use dsl_desk::domain::moment::Moment;

use crate::support::{ALL, World, closed, minute, minutes, moment, now, part1};

/// What is due at a desk, the soonest first.
pub(super) fn due(world: &mut World) -> Vec<Due> {
    world.desk.due(Order::ByTime, "", ALL, now()).unwrap().page.rows
}

/// The clocks that run, as the data calls them.
pub(super) fn running(world: &mut World) -> Vec<String> {
    let mut names: Vec<String> = due(world).iter().map(|due| due.set.deadline.to_string()).collect();
    names.sort_unstable();
    names
}

#[track_caller]
pub(super) fn one(world: &mut World, deadline: &str) -> Due {
    let mut found: Vec<Due> =
        due(world).into_iter().filter(|due| due.set.deadline.as_str() == deadline).collect();
    assert_eq!(found.len(), 1, "{deadline}");
    found.remove(0)
}

pub(super) fn type_in(world: &mut World, part1: Part1) -> ConcernId {
    world.act(&Act::TypeIn(Box::new(part1))).concern.unwrap()
}

pub(super) fn zoe() -> Part1 {
    part1("Zoe Marsh", Some("2013-03-01"))
}

pub(super) fn with_zoe() -> (World, ConcernId) {
    let mut world = World::new();
    let concern = type_in(&mut world, zoe());
    (world, concern)
}

pub(super) fn decide(world: &mut World, concern: ConcernId, decision: Decision) {
    world.act(&Act::Decide { concern, decision });
}

/// A referral by telephone, or with the form, at Friday 15:10.
pub(super) fn course(course: Course, in_writing: bool) -> Decision {
    Decision::Course(CourseTaken {
        course,
        at: moment("2026-11-20T15:10"),
        to: "First Response, Priya Nair".into(),
        reasons: "Three bruises in three weeks.".into(),
        in_writing,
    })
}

pub(super) fn step(world: &mut World, follow_up: FollowUpId, step: Step) {
    world.act(&Act::MoveFollowUp { follow_up, step });
}

pub(super) fn answered(text: &str) -> Step {
    Step::Answered { at: Moment::At(now()), from: "Priya Nair, social worker".into(), text: text.into() }
}

pub(super) fn tried(whom: &str, rung: u32) -> Step {
    Step::Tried { at: moment("2026-11-20T15:20"), whom: whom.into(), text: "".into(), rung }
}

pub(super) fn staff() -> Part1 {
    let staff = NamedStaff { name: "Peregrine Quillfeather".into(), ..NamedStaff::default() };
    Part1 { about: About::Staff, staff: Some(staff), children: Vec::new(), ..zoe() }
}

pub(super) fn threshold(limbs: &[Limb]) -> Decision {
    Decision::Threshold(Threshold {
        limbs: limbs.to_vec(),
        position: None,
        reason: "He says that he was joking.".into(),
    })
}

/// Whatever is missing has its reason.
pub(super) fn close(world: &World, concern: ConcernId, review: &str) -> Decision {
    let Act::Decide { decision: Decision::Closed(closed), .. } = closed(&world.desk, concern) else {
        panic!("not closed");
    };
    Decision::Closed(Closed { review: review.parse().unwrap(), ..closed })
}

const REFERRED: [&str; 4] = ["chief-executive", "la-decision", "marf", "monitor"];

#[test]
fn r15_applies_the_head_of_the_organisation_hears_of_a_referral() {
    let (mut world, concern) = with_zoe();
    decide(&mut world, concern, course(Course::EarlyHelp, false));
    assert_eq!(running(&mut world), ["review"]);
    decide(&mut world, concern, course(Course::Refer, false));
    let told = one(&mut world, "chief-executive");
    assert_eq!(told.due, minute("Fri 20 Nov 2026 16:30"));
    assert_eq!(told.set.who.as_str(), "you");
    assert!(told.set.rule.starts_with("R15: ") && told.set.rule.ends_with("line 160"), "{}", told.set.rule);
    assert!(told.set.note.contains("the desk's own proposal"), "{}", told.set.note);
}

#[test]
fn r15_does_not_apply_to_a_head_whom_it_is_about() {
    let mut world = World::new();
    let mut about = staff();
    about.staff.as_mut().unwrap().job_title = Some("Chief Executive".into());
    let concern = type_in(&mut world, about);
    decide(&mut world, concern, course(Course::Refer, true));
    assert_eq!(running(&mut world), ["la-decision", "lado", "monitor"]);
}

#[test]
fn r15_overridden_it_is_dropped_with_a_reason_and_stays_dropped() {
    let (mut world, concern) = with_zoe();
    decide(&mut world, concern, course(Course::Refer, false));
    let told = one(&mut world, "chief-executive").id;
    let no_reason = Act::MoveFollowUp { follow_up: told, step: Step::Dropped { reason: " ".into() } };
    assert!(world.desk.act(&no_reason, None, now()).is_err());
    step(&mut world, told, Step::Dropped { reason: "He made the referral himself.".into() });
    decide(&mut world, concern, threshold(&[]));
    assert_eq!(running(&mut world), ["la-decision", "marf", "monitor"]);
    assert!(world.problems().is_empty());
}

#[test]
fn r2_applies_a_baby_with_a_mark_is_referred_the_same_day() {
    let mut world = World::new();
    let mut baby = part1("Max Cole", Some("2026-06-01"));
    baby.reasons = "A bruise on his cheek.".into();
    let concern = type_in(&mut world, baby.clone());
    assert_eq!(one(&mut world, "baby-referral").due, minute("Fri 20 Nov 2026 16:30"));
    decide(&mut world, concern, course(Course::Refer, true));
    assert!(!running(&mut world).contains(&"baby-referral".to_owned()));
    assert!(world.desk.concern(concern).unwrap().case().ever_due("baby-referral").all(|set| set.is_answered));
    let mut other = World::new();
    let watched = type_in(&mut other, baby);
    let reason = Reason { rule: 2, reason: "A birthmark, says the health visitor.".into() };
    let act = Act::Decide { concern: watched, decision: course(Course::Monitor, false) };
    other.act(&Act::Despite { act: Box::new(act), reasons: vec![reason] });
    assert_eq!(running(&mut other), ["review"], "the reason is in the record");
    let mut older = World::new();
    type_in(&mut older, Part1 { reasons: "A bruise on her cheek.".into(), ..zoe() });
    assert!(running(&mut older).is_empty());
}

#[test]
fn r30_applies_each_rung_that_is_tried_is_an_entry_and_names_the_next() {
    let (mut world, concern) = with_zoe();
    decide(&mut world, concern, course(Course::Refer, true));
    let decision = one(&mut world, "la-decision");
    let next = |due: &Due| escalation::next(&due.set, due.due, due.rung, due.tried_at).unwrap();
    assert_eq!((next(&decision).0.step, next(&decision).1), (1, decision.due), "once the time has passed");
    let before = world.desk.entries().unwrap();
    step(&mut world, decision.id, tried("the duty team", 1));
    // Somebody else beside the ladder moves nobody up it.
    step(&mut world, decision.id, tried("the health visitor", 0));
    assert_eq!(world.desk.entries().unwrap().0, before.0 + 2);
    let decision = one(&mut world, "la-decision");
    assert_eq!((decision.tried, decision.rung), (2, 1));
    let (rung, by) = next(&decision);
    assert_eq!((rung.whom.as_str(), by), ("their team manager", minute("Sun 22 Nov 2026 15:20")));
    step(&mut world, decision.id, tried("their team manager", 2));
    step(&mut world, decision.id, tried("the panel", 4));
    let decision = one(&mut world, "la-decision");
    assert!(escalation::next(&decision.set, decision.due, decision.rung, decision.tried_at).is_none());
    step(&mut world, decision.id, answered("A social worker visits today."));
    let again = Act::MoveFollowUp { follow_up: decision.id, step: tried("the panel", 4) };
    assert!(world.desk.act(&again, None, now()).is_err(), "it is answered");
    assert!(world.problems().is_empty());
}

#[test]
fn r30_does_not_apply_to_what_the_lead_owes_herself() {
    let (mut world, concern) = with_zoe();
    decide(&mut world, concern, course(Course::Refer, false));
    let form = one(&mut world, "marf");
    assert!(escalation::next(&form.set, form.due, 0, None).is_none());
}

#[test]
fn r31_applies_whoever_refers_looks_again() {
    let (mut world, concern) = with_zoe();
    decide(&mut world, concern, course(Course::Refer, false));
    let watch = one(&mut world, "monitor");
    assert_eq!(watch.due, minute("Fri 27 Nov 2026 15:10"));
    let later = minute("Mon 30 Nov 2026 09:00");
    let past = Act::MoveFollowUp {
        follow_up: watch.id,
        step: Step::Postponed { to: now(), reason: "She is ill".into() },
    };
    assert!(world.desk.act(&past, None, now()).is_err(), "to the past");
    step(&mut world, watch.id, Step::Postponed { to: later, reason: "She is ill until then.".into() });
    assert_eq!(one(&mut world, "monitor").due, later);
    step(&mut world, watch.id, answered("She smiles again."));
    assert_eq!(running(&mut world), ["chief-executive", "la-decision", "marf"]);
}

#[test]
fn r31_applies_to_what_is_not_referred_too() {
    let (mut world, concern) = with_zoe();
    decide(&mut world, concern, course(Course::Monitor, false));
    assert_eq!(
        one(&mut world, "review").due,
        minute("Sun 20 Dec 2026 23:59") + chrono::Duration::seconds(59)
    );
    decide(&mut world, concern, course(Course::EarlyHelp, false));
    assert_eq!(running(&mut world), ["review"], "one is enough");
}

#[test]
fn r21_applies_a_closed_concern_is_looked_at_on_the_day_that_was_set_and_keeps_its_clocks() {
    let (mut world, concern) = with_zoe();
    decide(&mut world, concern, course(Course::Refer, true));
    decide(&mut world, concern, course(Course::Monitor, false));
    let closing = close(&world, concern, "2027-02-22");
    decide(&mut world, concern, closing);
    let review = one(&mut world, "review");
    assert_eq!(Moment::At(review.due).date(), "2027-02-22".parse().unwrap());
    assert_eq!(running(&mut world), ["chief-executive", "la-decision", "monitor", "review"]);
    decide(&mut world, concern, Decision::Reopened(Reopened { reason: "Another bruise.".into() }));
    assert_eq!(running(&mut world).len(), 4, "reopening drops nothing");
    let closing = close(&world, concern, "2027-03-01");
    decide(&mut world, concern, closing);
    assert_eq!(Moment::At(one(&mut world, "review").due).date(), "2027-03-01".parse().unwrap());
    let told = world.desk.concern(concern).unwrap();
    let dropped = told.due.iter().filter(|due| due.set.deadline.as_str() == "review" && due.is_settled);
    assert_eq!(dropped.count(), 2, "each gave way by an entry");
}

#[test]
fn d4_the_local_authority_has_one_working_day() {
    let (mut world, concern) = with_zoe();
    decide(&mut world, concern, course(Course::Refer, false));
    let decision = one(&mut world, "la-decision");
    assert_eq!(decision.due, minute("Mon 23 Nov 2026 15:10"));
    assert_eq!(
        decision.set.note.as_str(),
        "Within one working day from the referral, Fri 20 Nov 2026 15:10; bank holidays are allowed for."
    );
    assert!(decision.set.rule.starts_with("D4, D5: millbrookprimary"), "{}", decision.set.rule);
    decide(&mut world, concern, course(Course::Refer, false));
    assert_eq!(running(&mut world), REFERRED, "none runs twice");
}

#[test]
fn d4_a_second_referral_is_answered_anew() {
    let (mut world, concern) = with_zoe();
    decide(&mut world, concern, course(Course::Refer, true));
    let first = one(&mut world, "la-decision").id;
    step(&mut world, first, answered("No further action."));
    decide(&mut world, concern, course(Course::Monitor, false));
    assert!(!running(&mut world).contains(&"la-decision".to_owned()));
    decide(&mut world, concern, course(Course::Refer, true));
    assert_ne!(one(&mut world, "la-decision").id, first);
}

#[test]
fn d6_the_form_follows_the_call_and_not_itself() {
    let (mut world, concern) = with_zoe();
    decide(&mut world, concern, course(Course::Refer, true));
    assert_eq!(running(&mut world), ["chief-executive", "la-decision", "monitor"]);
    let (mut world, concern) = with_zoe();
    decide(&mut world, concern, course(Course::Refer, false));
    let form = one(&mut world, "marf");
    assert_eq!(form.due, minute("Sat 21 Nov 2026 15:10"), "hours run at weekends too");
    decide(&mut world, concern, course(Course::Refer, true));
    assert_eq!(running(&mut world), ["chief-executive", "la-decision", "monitor"], "it has gone");
}

#[test]
fn d6_no_form_of_children_s_social_care_follows_about_an_adult() {
    let mut world = World::new();
    let adult = Part1 { about: About::Adult, children: Vec::new(), ..zoe() };
    let concern = type_in(&mut world, adult);
    decide(&mut world, concern, course(Course::Refer, false));
    assert_eq!(running(&mut world), ["chief-executive", "la-decision", "monitor"]);
}

#[test]
fn d4_a_form_that_follows_an_answer_is_a_referral_of_its_own() {
    let (mut world, concern) = with_zoe();
    decide(&mut world, concern, course(Course::Refer, false));
    let first = one(&mut world, "la-decision").id;
    step(&mut world, first, answered("No further action."));
    assert!(running(&mut world).contains(&"marf".to_owned()), "the form has not gone");
    decide(&mut world, concern, course(Course::Refer, true));
    assert_eq!(running(&mut world), ["chief-executive", "la-decision", "monitor"]);
    assert_ne!(one(&mut world, "la-decision").id, first);
}

const ROLL: &str = "UPN,Forename,Surname,DOB,Year Group,Form\n\
                    A801200001001,Zoe,Marsh,2013-03-01,7,7A\n\
                    A801200001002,Ava,Reed,2013-05-05,7,7A\n\
                    A801200001003,Ali,Raza,2013-06-06,7,7A\n\
                    A801200001004,Mia,Wood,2013-07-07,7,7A\n\
                    A801200001005,Sam,Hill,2013-08-08,7,7A\n";

fn roll(world: &mut World, without: &str, at: DateTime<Utc>) {
    let text: String = ROLL
        .lines()
        .filter(|line| without.is_empty() || !line.contains(without))
        .flat_map(|line| [line, "\n"])
        .collect();
    let path = world.at.beside("roll.csv");
    std::fs::write(&path, text).unwrap();
    let plan = world.desk.read_roll(&path, dsl_desk::desk::roll_import::Wanted::default(), at).unwrap();
    world.desk.import_roll(&plan, at).unwrap();
}

#[test]
fn d18_the_file_of_a_child_who_leaves_follows_them_and_is_receipted() {
    let (mut world, _) = with_zoe();
    roll(&mut world, "", now());
    roll(&mut world, "Marsh", now());
    let file = one(&mut world, "file-transfer");
    assert_eq!(file.subject, Subject::Child(ChildId(1)));
    assert_eq!(Moment::At(file.due).date(), "2026-11-25".parse().unwrap());
    for both in ["By the calendar that is Wed 25 Nov 2026", "in working days Fri 27 Nov 2026"] {
        assert!(file.set.note.contains(both), "{}", file.set.note);
    }
    step(&mut world, file.id, answered("Sent by courier."));
    let receipt = one(&mut world, "file-receipt");
    assert_eq!(receipt.set.who.as_str(), "receiving school");
    assert_eq!(running(&mut world), ["file-receipt"]);
    assert!(world.problems().is_empty());
}

#[test]
fn d18_who_has_no_concern_has_no_file_and_who_comes_back_keeps_theirs() {
    let (mut world, _) = with_zoe();
    roll(&mut world, "", now());
    roll(&mut world, "Reed", now());
    assert!(running(&mut world).is_empty());
    roll(&mut world, "Marsh", now());
    assert_eq!(running(&mut world), ["file-transfer"]);
    roll(&mut world, "", minutes(9));
    assert!(running(&mut world).is_empty());
    let told = world.desk.sheet(ChildId(1)).unwrap();
    assert!(told.child.left.is_none());
}

#[test]
fn d18_a_file_of_what_is_kept_to_some_is_due_to_them_alone() {
    let mut world = World::new();
    let mut about = staff();
    about.children = zoe().children;
    let concern = type_in(&mut world, about);
    roll(&mut world, "", now());
    roll(&mut world, "Marsh", now());
    assert_eq!(one(&mut world, "file-transfer").subject, Subject::Concern(concern));
}
