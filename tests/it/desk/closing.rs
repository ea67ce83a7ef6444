//! Closing a concern, what is read again inside the act, reopening, and what is added meanwhile.

use dsl_desk::cabinet::Error;
use dsl_desk::cabinet::table::concern::{Concern, Pile};
use dsl_desk::desk::act::Saved;
use dsl_desk::desk::answer::{Scope, Target};
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::chronology::{Kinds, RowKind};
use dsl_desk::domain::decision::{Closed, Course, CourseTaken, Decision, Excused, Reopened};
use dsl_desk::domain::ids::{ChildId, ConcernId, PersonId};
use dsl_desk::domain::moment::Moment;
use dsl_desk::domain::part2::{FurtherInformation, Section};
use dsl_desk::domain::person::Right;
use dsl_desk::domain::triage::State;

use crate::support::{ALL, World, closed, minutes, now};

const CONCERN: ConcernId = ConcernId(1);
const ZOE: ChildId = ChildId(1);
const CHANGED: &str =
    "What is missing is not what you have given reasons for. Go back and read the list again.";

fn world() -> World {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    world
}

/// The same with the concern closed.
fn closed_world() -> World {
    let mut world = world();
    let act = closed(&world.desk, CONCERN);
    world.act(&act);
    world
}

fn further(text: &str) -> Act {
    let section = Section::FurtherInformation(FurtherInformation { text: text.into() });
    Act::Section { concern: CONCERN, section }
}

fn decide(decision: Decision) -> Act {
    Act::Decide { concern: CONCERN, decision }
}

fn reopen(reason: &str) -> Act {
    decide(Decision::Reopened(Reopened { reason: reason.into() }))
}

fn take(course: Course) -> Act {
    let (to, reasons) = ("First Response".into(), "He still comes in hungry.".into());
    decide(Decision::Course(CourseTaken { course, at: Moment::At(now()), to, reasons, in_writing: true }))
}

/// How the closing was changed before it is recorded.
fn closing(desk: &Desk, change: impl Fn(&mut Closed)) -> Act {
    let Act::Decide { decision: Decision::Closed(mut closed), .. } = closed(desk, CONCERN) else {
        panic!("it is a closing")
    };
    change(&mut closed);
    decide(Decision::Closed(closed))
}

#[track_caller]
fn refused(done: Result<Saved, Error>, says: &str) {
    assert_eq!(done.err().map(|error| error.to_string()).as_deref(), Some(says));
}

fn concern(world: &World) -> Concern {
    world.desk.concern(CONCERN).unwrap()
}

/// What stands beside each section of Part 2.
fn added(concern: &Concern) -> Vec<Option<&'static str>> {
    concern.sections().map(|(line, _)| concern.added(line)).collect()
}

#[test]
fn a_concern_is_closed_with_a_reason_for_whatever_is_missing() {
    let world = closed_world();
    let concern = concern(&world);
    assert_eq!(concern.row.state, State::Closed);
    let (line, closed) = concern.closed().unwrap();
    assert_eq!((line.recorded_at, closed.reason.as_str()), (now(), "Support is in place."));
    assert!(closed.excused.iter().any(|excused| excused.missing.as_str() == "Part 2 is not signed."));
    assert!(world.problems().is_empty());
}

#[test]
fn a_gap_without_a_reason_refuses_the_closing() {
    let mut world = world();
    for act in [
        closing(&world.desk, |closed| closed.excused.clear()),
        closing(&world.desk, |closed| drop(closed.excused.pop())),
    ] {
        refused(world.desk.act(&act, None, minutes(1)), CHANGED);
    }
    let blank = closing(&world.desk, |closed| closed.excused[0].reason = " ".into());
    assert!(world.desk.act(&blank, None, minutes(1)).is_err());
    assert_eq!(concern(&world).row.state, State::New);
}

#[test]
fn what_another_desk_wrote_meanwhile_is_read_inside_the_act() {
    let mut world = world();
    let act = closed(&world.desk, CONCERN);
    let mut there = world.at.open().unwrap();
    // Mended there, and worse there: neither is what reasons were given for here.
    there.act(&further("The log, which AB keeps."), None, minutes(1)).unwrap();
    refused(world.desk.act(&act, None, minutes(2)), CHANGED);
    let anew = closed(&world.desk, CONCERN);
    world.desk.act(&anew, None, minutes(3)).unwrap();
    assert_eq!(concern(&world).row.state, State::Closed);
}

#[test]
fn no_reason_stands_for_what_is_not_missing() {
    let mut world = world();
    let (missing, reason) = ("Part 3 is not signed.".into(), "There is none.".into());
    let invented = Excused { missing, reason };
    let act = closing(&world.desk, |closed| closed.excused.push(invented.clone()));
    refused(world.desk.act(&act, None, minutes(1)), CHANGED);
}

#[test]
fn it_is_closed_and_reopened_once_each() {
    let mut world = world();
    let again = "This concern is not closed. Open it again to see how it stands.";
    refused(world.desk.act(&reopen("He is back"), None, minutes(1)), again);
    let act = closed(&world.desk, CONCERN);
    world.act(&act);
    let says = "This concern is closed already. Open it again to see why.";
    refused(world.desk.act(&act, None, minutes(1)), says);
    assert!(world.desk.act(&reopen(" "), None, minutes(1)).is_err(), "no reason is given");
    world.act(&reopen("He is back"));
    let concern = concern(&world);
    assert_eq!((concern.row.state, concern.closed().is_none()), (State::Open, true));
}

#[test]
fn what_is_written_while_it_is_closed_says_so() {
    let mut world = world();
    world.act(&further("Pupil file."));
    let act = closed(&world.desk, CONCERN);
    world.act(&act);
    world.act(&further("Notes in the safe."));
    assert_eq!(concern(&world).row.state, State::Closed, "writing does not reopen it");
    world.act(&reopen("He is back"));
    world.act(&further("A second file."));
    let concern = concern(&world);
    assert_eq!(added(&concern), [None, Some("added after closing"), None]);
    let unmarked = concern.decisions().all(|(line, _)| concern.added(line).is_none());
    assert!(unmarked, "neither closing nor reopening is an addition");
}

#[test]
fn a_referral_reopens_it_for_the_same_reasons_and_nothing_else_does() {
    let mut world = closed_world();
    world.act(&take(Course::Monitor));
    assert_eq!(concern(&world).row.state, State::Closed);
    let saved = world.act(&take(Course::Refer));
    assert!(saved.entries.len() >= 2);
    let concern = concern(&world);
    assert_eq!(concern.row.state, State::Open);
    let told: Vec<String> = concern.decisions().skip(2).map(|(_, decision)| decision.sentence()).collect();
    assert_eq!(told[0], "Reopened. Reason: He still comes in hungry.");
    assert!(told[1].starts_with("Decided: refer to children's social care."), "{told:?}");
    assert!(concern.added(concern.lines.last().unwrap()).is_none());
}

#[test]
fn it_leaves_the_inbox_and_is_found_as_closed() {
    let mut world = closed_world();
    let piled = |desk: &mut Desk, pile| desk.inbox(pile, "", ALL, now()).unwrap().rows.len();
    assert_eq!([Pile::Waiting, Pile::Closed].map(|pile| piled(&mut world.desk, pile)), [0, 1]);
    let found = world.desk.find("1", Scope::Everything, 9).unwrap();
    let hit = found.iter().find(|hit| hit.target == Target::Concern(CONCERN)).unwrap();
    assert_eq!(hit.detail.as_str(), "closed: Came in without a coat again");
    world.act(&reopen("He is back"));
    assert_eq!([Pile::Waiting, Pile::Closed].map(|pile| piled(&mut world.desk, pile)), [1, 0]);
    let found = world.desk.find("1", Scope::Everything, 9).unwrap();
    assert!(found.iter().all(|hit| !hit.detail.contains("closed")));
}

#[test]
fn the_childs_chronology_says_why_it_was_closed_and_without_what() {
    let mut world = closed_world();
    let rows = world.desk.chronology(ZOE, Kinds::Everything, "", ALL).unwrap().rows;
    let row = rows.iter().find(|row| row.kind == RowKind::Decision).unwrap();
    for part in [
        "Concern 1. Closed. Reason: Support is in place.",
        "To be looked at again on Mon 22 Feb 2027.",
        "Part 2 is not signed. Closed all the same: It is of long ago.",
    ] {
        assert!(row.text.contains(part), "{}", row.text);
    }
}

#[test]
fn whoever_may_not_open_it_neither_closes_nor_reopens_it() {
    let mut world = world();
    let people = vec![PersonId("amina-khan".to_owned())];
    let act = closed(&world.desk, CONCERN);
    world.act(&Act::Restrict { concern: CONCERN, people, reason: "It is about a neighbour".into() });
    let place = world.close();
    place.admit("Grace Osei", Right::Deputy);
    let mut grace = place.open_as(&PersonId::from_name("Grace Osei")).unwrap();
    for act in [act, reopen("He is back"), take(Course::Refer)] {
        let says = "Concern 1 is restricted to the people named on it. Ask one of them.";
        refused(grace.act(&act, None, minutes(2)), says);
    }
}
