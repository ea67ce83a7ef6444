//! Clocks that somebody stops without doing what they ask for, and a ladder that somebody climbs their own way.

use dsl_desk::desk::Act;
use dsl_desk::domain::closing::Mend;
use dsl_desk::domain::concern::Part1;
use dsl_desk::domain::decision::{Course, DecisionKind};
use dsl_desk::domain::entry::Entry;
use dsl_desk::domain::escalation;
use dsl_desk::domain::follow_up::Step;
use dsl_desk::domain::ids::ConcernId;

use super::{course, decide, due, one, running, step, tried, type_in, with_zoe, zoe};
use crate::support::{World, now};

/// What a rule asks for is due no longer, with a reason and never without; both stand in the record, and the clock is not
/// set again.
#[track_caller]
fn dropped(world: &mut World, concern: ConcernId, deadline: &str, number: u8) {
    let clock = one(world, deadline);
    assert!(clock.set.rule.contains(&format!("R{number}:")), "{}", clock.set.rule);
    let drop = |reason: &str| Act::MoveFollowUp {
        follow_up: clock.id,
        step: Step::Dropped { reason: reason.into() },
    };
    for blank in ["", " "] {
        assert!(world.desk.act(&drop(blank), None, now()).is_err());
    }
    let reason = "It was agreed with social care that it is not needed.";
    world.act(&drop(reason));
    assert!(!running(world).contains(&deadline.to_owned()));
    let told = world.desk.concern(concern).unwrap();
    let is_kept = |entry: &Entry| {
        matches!(entry, Entry::FollowUpMoved { follow_up, step: Step::Dropped { reason: kept }, .. }
            if *follow_up == clock.id && kept.as_str() == reason)
    };
    assert!(told.lines.iter().any(|line| is_kept(&line.entry)));
    decide(world, concern, course(Course::Monitor, false));
    assert!(!running(world).contains(&deadline.to_owned()), "it stays dropped");
    assert!(world.problems().is_empty());
}

#[test]
fn r20_overridden_the_school_is_not_told_for_a_reason_and_closing_asks_for_no_second_one() {
    let mut world = World::new();
    let mut elsewhere = zoe();
    elsewhere.children[0].school = Some("Marlpit Academy".into());
    let concern = type_in(&mut world, elsewhere);
    let is_asked = |world: &World| {
        let missing = world.desk.concern(concern).unwrap().missing();
        missing.iter().any(|gap| gap.mend == Mend::Tell("Marlpit Academy".into()))
    };
    assert!(is_asked(&world));
    dropped(&mut world, concern, "on-roll-school", 20);
    assert!(!is_asked(&world));
}

#[test]
fn r28_overridden_the_report_to_the_police_is_dropped_only_with_the_reason() {
    let mut world = World::new();
    let concern = type_in(&mut world, Part1 { categories: vec!["fgm".into()], ..zoe() });
    dropped(&mut world, concern, "fgm", 28);
}

#[test]
fn r31_overridden_nobody_looks_again_for_a_reason() {
    let (mut world, concern) = with_zoe();
    decide(&mut world, concern, course(Course::Refer, true));
    dropped(&mut world, concern, "monitor", 31);
}

#[test]
fn r31_does_not_apply_before_anything_is_reported_or_decided() {
    let (mut world, _) = with_zoe();
    assert!(due(&mut world).is_empty());
}

#[test]
fn r30_overridden_whoever_goes_straight_to_the_top_is_asked_for_no_reason_and_told_the_rung_after() {
    let (mut world, concern) = with_zoe();
    decide(&mut world, concern, course(Course::Refer, true));
    let decision = one(&mut world, "la-decision").id;
    let entries = world.desk.entries().unwrap().0;
    step(&mut world, decision, tried("the head of service", 3));
    assert_eq!(world.desk.entries().unwrap().0, entries + 1);
    let told = world.desk.concern(concern).unwrap();
    assert!(told.decisions().all(|(_, decision)| decision.kind() != DecisionKind::Overridden));
    let clock = one(&mut world, "la-decision");
    let (rung, _) = escalation::next(&clock.set, clock.due, clock.rung, clock.tried_at).unwrap();
    assert_eq!((clock.rung, rung.step), (3, 4));
}
