//! Calls that nobody answered, calls that belong to nothing yet, and two desks that deal with the same one.

use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::call::Tried;
use dsl_desk::domain::chronology::Kinds;
use dsl_desk::domain::concern::{About, NamedStaff, Part1};
use dsl_desk::domain::entry::{Entry, Subject};
use dsl_desk::domain::ids::{ChildId, ConcernId, ContactId};
use dsl_desk::domain::part2::Advice;
use dsl_desk::domain::person::Right;

use crate::support::{ALL, World, amina, minutes, moment, now, part1};

fn tried(subject: Option<Subject>) -> Act {
    let call = Tried {
        at: moment("2026-11-20T15:30"),
        contact: Some(ContactId(1)),
        whom: "Duty team".into(),
        number: "0116 496 0005".into(),
    };
    Act::TryCall { subject, call }
}

/// About nothing yet.
fn advised() -> Act {
    let advice = Advice {
        at: moment("2026-11-20T15:30"),
        name: "Ruth Bell".into(),
        role: "duty worker".into(),
        organisation: "Elm Council".into(),
        advice: "Write it down and send it.".into(),
        contact: None,
    };
    Act::NoteCall { child: None, advice }
}

/// Gives the newest of the calls its place.
fn place(desk: &mut Desk, subject: Subject) {
    let call = desk.loose_calls().unwrap()[0].seq;
    desk.act(&Act::PlaceCall { call, subject }, None, minutes(1)).unwrap();
}

fn rows(desk: &mut Desk) -> Vec<String> {
    let page = desk.chronology(ChildId(1), Kinds::Everything, "", ALL).unwrap();
    page.rows.iter().map(|row| row.text.to_string()).collect()
}

#[track_caller]
fn is_content(world: &World) {
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn a_call_is_placed_once_and_what_was_said_stands_there() {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    world.act(&advised());
    world.act(&tried(None));
    assert_eq!(world.desk.loose_calls().unwrap().len(), 2);
    let first = world.desk.loose_calls().unwrap()[0].seq;
    place(&mut world.desk, Subject::Concern(ConcernId(1)));
    place(&mut world.desk, Subject::Child(ChildId(1)));
    assert!(world.desk.loose_calls().unwrap().is_empty());
    let again = Act::PlaceCall { call: first, subject: Subject::Child(ChildId(1)) };
    assert!(world.desk.act(&again, None, now()).is_err(), "it has its place");
    let rows = rows(&mut world.desk);
    assert!(rows.iter().any(|row| row == "Concern 1. No answer from Duty team on 0116 496 0005."));
    assert!(rows.iter().any(|row| row.contains("Write it down and send it.")));
    is_content(&world);
}

#[test]
fn of_two_desks_that_place_the_same_call_one_does() {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    world.act(&advised());
    let call = world.desk.loose_calls().unwrap()[0].seq;
    let mut other = world.at.open().unwrap();
    let act = Act::PlaceCall { call, subject: Subject::Concern(ConcernId(1)) };
    assert!(world.desk.act(&act, None, now()).is_ok());
    assert!(other.act(&act, None, now()).is_err());
    assert_eq!(world.desk.concern(ConcernId(1)).unwrap().sections().count(), 1);
    is_content(&world);
}

#[test]
fn of_two_desks_that_settle_the_same_dispute_one_does() {
    let mut world = World::new();
    let disputed = (1..99).map(ContactId).find(|id| {
        let known = world.desk.contact(*id).unwrap();
        known.details.open_conflicts().next().is_some()
    });
    let contact = disputed.unwrap();
    let says = world.desk.contact(contact).unwrap().details.conflicts[0].says.clone();
    let settle = |how: &str| Act::Settle { contact, says: says.clone(), how: how.into() };
    let mut other = world.at.open().unwrap();
    assert!(world.desk.act(&settle("The first is right."), None, now()).is_ok());
    assert!(other.act(&settle("The second is right."), None, now()).is_err());
    let standing = world.desk.contact(contact).unwrap().details.conflicts[0].settled.clone();
    assert_eq!(standing.as_str(), "The first is right.");
}

/// A deputy who is not named on it, and what the lead has rung about a concern about staff.
#[test]
fn what_was_rung_about_a_restricted_concern_is_for_whoever_is_named() {
    let mut world = World::new();
    let report = Part1 {
        about: About::Staff,
        staff: Some(NamedStaff { name: "Jo Peregrine".into(), ..NamedStaff::default() }),
        children: Vec::new(),
        ..part1("Zoe Marsh", None)
    };
    let concern = world.act(&Act::TypeIn(Box::new(report))).concern.unwrap();
    world.act(&tried(Some(Subject::Concern(concern))));
    world.act(&advised());
    let grace = world.at.admit("Grace Osei", Right::Deputy);
    let mut grace = world.at.open_as(&grace).unwrap();
    assert!(grace.loose_calls().unwrap().is_empty(), "nobody knows yet whom it is about");
    let call = world.desk.loose_calls().unwrap()[0].seq;
    let hers = Act::PlaceCall { call, subject: Subject::Concern(concern) };
    assert!(grace.act(&hers, None, now()).is_err());
    assert!(grace.act(&tried(Some(Subject::Concern(concern))), None, now()).is_err());
    assert!(grace.ring_about(Some(Subject::Concern(concern)), now()).is_err());
    assert!(grace.concern(concern).is_err());
    drop(grace);
    let lines = world.desk.concern(concern).unwrap().lines;
    assert_eq!(lines.iter().filter(|line| matches!(line.entry, Entry::CallTried { .. })).count(), 1);
    is_content(&world);
}

#[test]
fn a_call_in_vain_leaves_the_chronology_when_its_concern_is_restricted() {
    let mut world = World::new();
    let concern = ConcernId(world.concern("Zoe Marsh", Some("2014-03-02")));
    world.act(&tried(Some(Subject::Concern(concern))));
    assert!(rows(&mut world.desk).iter().any(|row| row.contains("No answer")));
    world.act(&Act::Restrict { concern, people: vec![amina()], reason: "For few".into() });
    assert!(!rows(&mut world.desk).iter().any(|row| row.contains("No answer")));
    is_content(&world);
}

#[test]
fn whoever_is_to_be_rung_instead_is_in_the_book() {
    let mut world = World::new();
    for (instead, is_taken) in [("first-response", true), ("2", true), ("9999", false), ("nobody", false)] {
        let standing = world.desk.contact(ContactId(1)).unwrap().details;
        let mut details = standing.clone();
        details.numbers[0].instead = instead.into();
        let act = Act::CorrectContact {
            contact: ContactId(1),
            before: Box::new(standing),
            details: Box::new(details),
            reason: "As they say".into(),
        };
        assert_eq!(world.desk.act(&act, None, now()).is_ok(), is_taken, "{instead}");
    }
}

#[test]
fn one_call_in_vain_is_recorded_once() {
    let mut world = World::new();
    let about = Some(Subject::Concern(ConcernId(world.concern("Zoe Marsh", Some("2014-03-02")))));
    world.act(&tried(about));
    assert!(world.desk.act(&tried(about), None, minutes(1)).is_err());
    let Act::TryCall { subject, mut call } = tried(about) else { panic!("another act") };
    call.at = moment("2026-11-20T15:40");
    assert!(world.desk.act(&Act::TryCall { subject, call }, None, minutes(10)).is_ok(), "rung once more");
    assert_eq!(world.desk.ring_about(about, minutes(11)).unwrap().tried.len(), 2);
}
