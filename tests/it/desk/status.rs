//! What is true of a child for a time (D24): from when, until when, who said so, under all of their numbers.

use chrono::NaiveDate;
use dsl_desk::cabinet::Error;
use dsl_desk::desk::act::{LinkTo, Saved};
use dsl_desk::desk::answer::Told;
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::chronology::{Kinds, RowKind};
use dsl_desk::domain::decision::{Decision, Level};
use dsl_desk::domain::ids::{ChildId, ConcernId, PersonId, Seq};
use dsl_desk::domain::person::Right;

use crate::support::{ALL, World, closed, minutes, now, today};

const ZOE: ChildId = ChildId(1);
/// The same girl with a slip in her name.
const AGAIN: ChildId = ChildId(2);

fn world() -> World {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    let second = ConcernId(world.concern("Zoe Mrash", Some("2014-03-02")));
    world.act(&Act::Link { concern: second, position: 0, to: LinkTo::New, reason: "".into() });
    world
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn begin(desk: &mut Desk, child: ChildId, flag: &str, from: &str) -> Result<Saved, Error> {
    let act =
        Act::Flag { child, flag: flag.into(), from: day(from), reason: "The conference decided".into() };
    desk.act(&act, None, now())
}

fn end(desk: &mut Desk, child: ChildId, flagged: Seq, to: &str) -> Result<Saved, Error> {
    let act = Act::Unflag { child, flagged, to: day(to), reason: "The plan was stepped down".into() };
    desk.act(&act, None, minutes(5))
}

fn began(world: &mut World, child: ChildId, flag: &str, from: &str) -> Seq {
    begin(&mut world.desk, child, flag, from).unwrap().entries[0]
}

/// What is true of a child today, in words.
fn standing(desk: &Desk, child: ChildId) -> Vec<String> {
    desk.sheet(child).unwrap().standing(today())
}

#[track_caller]
fn refused(done: Result<Saved, Error>, sentences: &str) {
    assert_eq!(done.map(drop).unwrap_err().to_string(), sentences);
}

#[test]
fn what_is_true_now_is_told_with_since_when_the_most_serious_first() {
    let mut world = world();
    began(&mut world, ZOE, "ehcp", "2025-09-01");
    let ended = began(&mut world, ZOE, "missing", "2026-03-02");
    began(&mut world, ZOE, "Lives on a boat", "2026-02-01");
    began(&mut world, ZOE, "looked-after", "2026-12-01");
    let plan = began(&mut world, ZOE, "child-protection-plan", "2026-06-30");
    end(&mut world.desk, ZOE, ended, "2026-03-03").unwrap();
    end(&mut world.desk, ZOE, plan, "2026-12-11").unwrap();
    assert_eq!(
        standing(&world.desk, ZOE),
        [
            "Child protection plan since 30 Jun 2026, until 11 Dec 2026",
            "Education, health and care plan since 1 Sep 2025",
            "Lives on a boat since 1 Feb 2026",
        ]
    );
    let row = &world.desk.children("mars", ALL, today()).unwrap().rows[0];
    assert_eq!(row.status.as_deref(), Some("Child protection plan"));
    let later = day("2026-12-11");
    let row = &world.desk.children("", ALL, later).unwrap().rows[0];
    assert_eq!(row.status.as_deref(), Some("Looked after"), "the plan has ended on that day");
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn a_status_has_both_days_and_who_said_each() {
    let mut world = world();
    let plan = began(&mut world, ZOE, "child-in-need", "2026-06-30");
    let kit = world.at.admit("Kit Moss", Right::Deputy);
    let mut there = world.at.open_as(&kit).unwrap();
    end(&mut there, ZOE, plan, "2026-10-01").unwrap();
    let [told] = &world.desk.statuses(ZOE).unwrap()[..] else { panic!("one") };
    let Told { flagged, began, ended: Some(ended) } = told else { panic!("not ended") };
    assert_eq!((flagged.from, flagged.to), (day("2026-06-30"), Some(day("2026-10-01"))));
    assert_eq!(began.by.as_str(), "Amina Khan, Designated Safeguarding Lead");
    assert_eq!((began.at, began.reason.as_str()), (now(), "The conference decided"));
    assert_eq!((ended.by.as_str(), ended.at), ("Kit Moss, Colleague", minutes(5)));
    assert_eq!(ended.reason.as_str(), "The plan was stepped down");
    let rows = world.desk.chronology(ZOE, Kinds::Everything, "", ALL).unwrap().rows;
    let rows: Vec<&str> =
        rows.iter().filter(|row| row.kind == RowKind::Status).map(|row| row.text.as_str()).collect();
    assert!(rows[0].starts_with("From this day: Child in need plan."), "{rows:?}");
    assert!(rows[1].starts_with("No longer from this day: Child in need plan."), "{rows:?}");
}

#[test]
fn two_that_end_on_one_day_are_told_each_by_whoever_ended_it() {
    let mut world = world();
    let flags = ["ehcp", "young-carer"].map(|flag| began(&mut world, ZOE, flag, "2026-01-05"));
    for (place, flagged) in flags.into_iter().enumerate() {
        let reason = format!("Reason {place}").as_str().into();
        world.act(&Act::Unflag { child: ZOE, flagged, to: day("2026-07-17"), reason });
    }
    let told = world.desk.statuses(ZOE).unwrap();
    let reasons: Vec<(&str, &str)> = told
        .iter()
        .filter_map(|told| Some((told.flagged.flag.as_str(), told.ended.as_ref()?.reason.as_str())))
        .collect();
    assert_eq!(reasons, [("young-carer", "Reason 1"), ("ehcp", "Reason 0")]);
}

#[test]
fn what_was_ended_at_two_desks_is_ended_once() {
    let mut world = world();
    let plan = began(&mut world, ZOE, "child-protection-plan", "2026-06-30");
    let mut there = world.at.open().unwrap();
    end(&mut world.desk, ZOE, plan, "2026-11-01").unwrap();
    refused(
        end(&mut there, ZOE, plan, "2026-11-02"),
        "That has ended already. Open the child again to see when.",
    );
    assert_eq!(there.statuses(ZOE).unwrap()[0].flagged.to, Some(day("2026-11-01")));
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn what_began_at_two_desks_begins_once_however_it_is_written() {
    let mut world = world();
    let mut there = world.at.open().unwrap();
    let carer = began(&mut world, ZOE, "young-carer", "2026-01-05");
    let already = "That is recorded already, and has not ended. Open the child again to see it.";
    refused(begin(&mut there, ZOE, "young-carer", "2026-02-05"), already);
    refused(begin(&mut there, ZOE, " Young  CARER", "2026-02-05"), already);
    end(&mut there, ZOE, carer, "2026-03-01").unwrap();
    began(&mut world, ZOE, "Young carer", "2026-05-01");
    assert_eq!(standing(&world.desk, ZOE), ["Young carer since 1 May 2026"], "true again");
}

#[test]
fn what_makes_no_sense_is_refused_with_what_to_do() {
    let mut world = world();
    let plan = began(&mut world, ZOE, "ehcp", "2026-06-30");
    refused(begin(&mut world.desk, ZOE, " ", "2026-06-30"), "Say what is true of the child.");
    refused(
        end(&mut world.desk, ZOE, plan, "2026-06-29"),
        "Choose a later day: it would end before it began.",
    );
    let unreasoned = Act::Unflag { child: ZOE, flagged: plan, to: day("2026-07-01"), reason: " ".into() };
    refused(world.desk.act(&unreasoned, None, now()), "Say why it has ended.");
    refused(
        end(&mut world.desk, AGAIN, plan, "2026-07-01"),
        "That has ended already. Open the child again to see when.",
    );
    let unknown = begin(&mut world.desk, ChildId(44), "ehcp", "2026-06-30");
    assert!(matches!(unknown, Err(Error::NoSuch("child", 44))));
}

#[test]
fn it_stands_under_the_number_that_it_was_written_under_and_is_read_under_all() {
    let mut world = world();
    began(&mut world, ZOE, "ehcp", "2026-01-05");
    let plan = began(&mut world, AGAIN, "child-protection-plan", "2026-06-30");
    assert_eq!(standing(&world.desk, ZOE), ["Education, health and care plan since 5 Jan 2026"]);
    let reason = "Same mother and address";
    world.act(&Act::MergeChildren { child: AGAIN, into: ZOE, reason: reason.into() });
    let both =
        ["Child protection plan since 30 Jun 2026", "Education, health and care plan since 5 Jan 2026"];
    assert_eq!(standing(&world.desk, ZOE), both);
    assert_eq!(standing(&world.desk, AGAIN), both, "by whichever number");
    let [row] = &world.desk.children("", ALL, today()).unwrap().rows[..] else { panic!("one child") };
    assert_eq!(row.status.as_deref(), Some("Child protection plan"));
    refused(
        begin(&mut world.desk, ZOE, "child-protection-plan", "2026-07-01"),
        "That is recorded already, and has not ended. Open the child again to see it.",
    );

    end(&mut world.desk, ZOE, plan, "2026-11-01").unwrap();
    let told = world.desk.statuses(ZOE).unwrap();
    assert_eq!(told[1].ended.as_ref().unwrap().reason.as_str(), "The plan was stepped down");
    world.act(&Act::PartChildren { child: AGAIN, reason: "Two after all".into() });
    assert_eq!(world.desk.statuses(ZOE).unwrap().len(), 1);
    let [parted] = &world.desk.statuses(AGAIN).unwrap()[..] else { panic!("one") };
    assert_eq!((parted.flagged.seq, parted.flagged.to), (plan, Some(day("2026-11-01"))));
    assert_eq!(world.problems(), Vec::<String>::new());
}

fn says_level(desk: &mut Desk, concern: i64, level: u8) {
    let decision = Decision::Level(Level { level, reason: "The threshold document says so".into() });
    desk.act(&Act::Decide { concern: ConcernId(concern), decision }, None, now()).unwrap();
}

#[test]
fn the_level_is_the_highest_of_the_open_concerns_that_the_reader_opens() {
    let mut world = world();
    let level = |desk: &Desk| desk.sheet(ZOE).unwrap().level;
    assert_eq!(level(&world.desk), None);
    let others =
        [world.concern("Zoe Marsh", Some("2014-03-02")), world.concern("Zoe Marsh", Some("2014-03-02"))];
    says_level(&mut world.desk, 1, 2);
    says_level(&mut world.desk, others[0], 3);
    says_level(&mut world.desk, others[1], 4);
    let words = standing(&world.desk, ZOE);
    assert_eq!(words, ["open concerns up to Level 4"]);
    let kit = world.at.admit("Kit Moss", Right::Deputy);
    let (concern, people) = (ConcernId(others[1]), vec![PersonId("amina-khan".to_owned())]);
    world.act(&Act::Restrict { concern, people, reason: "Conflict".into() });
    assert_eq!(level(&world.at.open_as(&kit).unwrap()), Some(3));
    assert_eq!(level(&world.desk), Some(4));
    let act = closed(&world.desk, concern);
    world.act(&act);
    assert_eq!(level(&world.desk), Some(3), "what is closed counts no more");
}
