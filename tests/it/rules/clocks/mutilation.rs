//! Female genital mutilation: the teacher's own duty where it is known, and nobody's where it is only suspected (D26, R28).

use dsl_desk::domain::concern::Part1;
use dsl_desk::domain::decision::{Categories, Decision, DecisionKind};
use dsl_desk::domain::discovery::{Discovery, Found};
use dsl_desk::domain::escalation;
use dsl_desk::domain::follow_up::Step;

use super::{answered, decide, one, running, step, type_in, zoe};
use crate::support::{World, minute, moment};

fn about_fgm() -> Decision {
    Decision::Categories(Categories { categories: vec!["fgm".into()], reason: "Her own words".into() })
}

#[test]
fn r28_applies_the_teacher_who_found_it_reports_it_and_nobody_else() {
    let mut world = World::new();
    let found = Part1 { categories: vec!["fgm".into()], ..zoe() };
    type_in(&mut world, found.clone());
    let duty = one(&mut world, "fgm");
    assert_eq!(duty.due, minute("Mon 23 Nov 2026 17:00"));
    let mut earlier = World::new();
    type_in(&mut earlier, Part1 { incident_at: Some(moment("2026-11-19T14:10")), ..found });
    assert_eq!(one(&mut earlier, "fgm").due, minute("Fri 20 Nov 2026 16:30"), "from when she told it");
    assert_eq!(duty.set.who.as_str(), "Grace Osei, Class teacher");
    assert!(duty.set.note.contains("At the very latest Sun 20 Dec 2026."), "{}", duty.set.note);
    let (rung, _) = escalation::next(&duty.set, duty.due, 0, None).unwrap();
    assert_eq!(rung.of, "the teacher who found it", "by whoever owes it, however they are called");
}

#[test]
fn r28_does_not_apply_whoever_does_not_teach_is_not_named_and_what_is_something_else_is_not_asked() {
    let mut world = World::new();
    let mut told = Part1 { categories: vec!["neglect".into()], ..zoe() };
    told.reporter.job_title = "Teaching assistant to the teacher".into();
    let concern = type_in(&mut world, told);
    assert!(running(&mut world).is_empty());
    decide(&mut world, concern, about_fgm());
    assert_eq!(one(&mut world, "fgm").set.who.as_str(), "the teacher who found it");
    let duty = one(&mut world, "fgm").id;
    step(&mut world, duty, Step::Dropped { reason: "Only suspected; it is referred.".into() });
    decide(&mut world, concern, about_fgm());
    assert!(running(&mut world).is_empty(), "it stays dropped");
}

fn found(found: Found, at: &str) -> Decision {
    Decision::Discovery(Discovery { found, at: moment(at), reason: "Her own words to her tutor.".into() })
}

#[test]
fn r28_does_not_apply_to_what_is_only_suspected_is_not_owed_to_the_police_until_it_is_known() {
    let mut world = World::new();
    let concern = type_in(&mut world, Part1 { categories: vec!["fgm".into()], ..zoe() });
    decide(&mut world, concern, found(Found::Suspected, "2026-11-20T09:00"));
    assert!(running(&mut world).is_empty(), "it goes the usual way");
    decide(&mut world, concern, about_fgm());
    assert!(running(&mut world).is_empty());
    decide(&mut world, concern, found(Found::Told, "2026-11-20T14:00"));
    let duty = one(&mut world, "fgm");
    assert_eq!(duty.set.who.as_str(), "Grace Osei, Class teacher");
    assert!(duty.set.note.contains("from the discovery, Fri 20 Nov 2026 14:00"), "{}", duty.set.note);
    decide(&mut world, concern, found(Found::Seen, "2026-11-20T14:30"));
    step(&mut world, duty.id, answered("Told 101; reference 1402."));
    decide(&mut world, concern, found(Found::Seen, "2026-11-20T14:40"));
    assert!(running(&mut world).is_empty(), "once is enough");
    assert!(world.problems().is_empty());
}

#[test]
fn r28_overridden_it_is_put_off_beyond_the_last_day_and_the_record_says_so() {
    let mut world = World::new();
    let concern = type_in(&mut world, Part1 { categories: vec!["fgm".into()], ..zoe() });
    let duty = one(&mut world, "fgm");
    let put_off =
        |day: &str| Step::Postponed { to: minute(day), reason: "The police asked us to wait.".into() };
    step(&mut world, duty.id, put_off("Sun 20 Dec 2026 23:59"));
    let overridden = |world: &World| {
        let case = world.desk.concern(concern).unwrap().case();
        case.latest(DecisionKind::Overridden).cloned()
    };
    assert!(overridden(&world).is_none());
    step(&mut world, duty.id, put_off("Mon 21 Dec 2026 09:00"));
    let Some(Decision::Overridden(against)) = overridden(&world) else { panic!("nothing is said of it") };
    assert_eq!(against.rule.as_str(), "D26, R28");
    assert!(against.advised.ends_with("at the very latest Sun 20 Dec 2026."), "{}", against.advised);
    assert_eq!(against.reason.as_str(), "The police asked us to wait.");
    assert!(world.problems().is_empty());
}

#[test]
fn r28_applies_from_when_it_was_found_and_not_from_when_it_was_reported() {
    let mut world = World::new();
    let concern = type_in(&mut world, Part1 { categories: vec!["fgm".into()], ..zoe() });
    let taken = one(&mut world, "fgm");
    assert!(
        taken.set.note.contains("from what was reported, until it is said when it was found"),
        "{}",
        taken.set.note
    );
    decide(&mut world, concern, found(Found::Told, "2026-11-17T10:00"));
    let duty = one(&mut world, "fgm");
    assert_eq!(duty.due, minute("Wed 18 Nov 2026 17:00"), "it is late");
    assert_ne!(duty.id, taken.id);
    decide(&mut world, concern, found(Found::Seen, "2026-11-17T11:00"));
    assert_eq!(one(&mut world, "fgm").id, duty.id, "the same day is the same time");
    assert!(world.problems().is_empty());
}
