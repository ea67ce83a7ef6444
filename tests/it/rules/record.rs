//! Rules about what is written down, and that it stays.

use dsl_desk::desk::Act;
use dsl_desk::desk::act::LinkTo;
use dsl_desk::domain::chronology::{Kinds, RowKind};
use dsl_desk::domain::concern::Part1;
use dsl_desk::domain::ids::{ChildId, ConcernId};

use crate::support::{ALL, World, closed, now, part1};

const ZOE: ChildId = ChildId(1);
const AVA: ChildId = ChildId(2);
/// As a form service writes it, a spelling that nobody would choose among it.
const FILE: &str = r#"{ "format": "dsl-desk.concern/1", "children": [{"name": "Zoe Marsh"}],
    "reporter": {"name": "Grace Osei"},  "written_at": "2026-11-19T15:55",
    "account": {"what": "She told me at lunch.", "child_words": "  he got well mad n lamped me, innit "},
    "opinion": "I think that she is afraid." }"#;

fn imported() -> (World, Part1) {
    let mut world = World::new();
    assert_eq!(world.import("report.json", FILE).len(), 1);
    let part1 = world.desk.concern(ConcernId(1)).unwrap().part1;
    (world, part1)
}

#[test]
fn r11_applies_the_very_words_are_kept_and_when_they_were_written() {
    let (world, part1) = imported();
    assert!(part1.account.child_words.contains("he got well mad n lamped me, innit"));
    assert!(part1.written_at.is_some());
    let again = world.desk.concern(ConcernId(1)).unwrap();
    assert!(again.part1 == part1, "nothing rewords them later");
    assert!(!part1.account.what.contains("innit"), "they are nobody else's words");
}

#[test]
fn r12_applies_what_arrived_is_kept_as_it_was_and_cannot_be_destroyed() {
    let (world, _) = imported();
    assert!(world.desk.original(ConcernId(1)).unwrap().1.contains("  he got well mad n lamped me, innit "));
    let place = world.close();
    let db = place.bare();
    for sql in ["DELETE FROM ledger", "UPDATE ledger SET body = '{}'", "DELETE FROM original"] {
        assert!(db.execute(sql, []).is_err(), "{sql}");
    }
}

/// The concerns of which a child's chronology has a row, by their numbers.
fn rows_of(world: &mut World, child: ChildId) -> Vec<i64> {
    let page = world.desk.chronology(child, Kinds::Everything, "", ALL).unwrap();
    let reports = page.rows.iter().filter(|row| row.kind == RowKind::Concern);
    let mut concerns: Vec<i64> = reports.filter_map(|row| row.concern).map(|concern| concern.0).collect();
    concerns.sort_unstable();
    concerns
}

fn twice_zoe_once_ava() -> World {
    let mut world = World::new();
    for (name, born) in [("Zoe Marsh", "2014-03-02"), ("Zoe Marsh", "2014-03-02"), ("Ava Reed", "2013-05-05")]
    {
        world.concern(name, Some(born));
    }
    world
}

#[test]
fn r23_applies_every_concern_has_its_row_with_its_number() {
    assert_eq!(rows_of(&mut twice_zoe_once_ava(), ZOE), [1, 2]);
}

#[test]
fn r23_does_not_apply_to_a_child_whom_it_is_not_about() {
    assert_eq!(rows_of(&mut twice_zoe_once_ava(), AVA), [3]);
}

#[test]
fn r23_overridden_by_nothing_the_row_is_neither_closed_away_nor_reworded() {
    let mut world = twice_zoe_once_ava();
    let closing = closed(&world.desk, ConcernId(1));
    world.act(&closing);
    let page = world.desk.chronology(ZOE, Kinds::Everything, "", ALL).unwrap();
    let row = page.rows.iter().find(|row| row.concern == Some(ConcernId(2))).unwrap().seq;
    let (instead, reason) = ("Nothing happened.".into(), "It looks better.".into());
    let reworded = Act::CorrectNote { child: ZOE, corrects: row, instead, reason, happened_at: None };
    assert!(world.desk.act(&reworded, None, now()).is_err());
    assert_eq!(rows_of(&mut world, ZOE), [1, 2]);
    // Whose it was not, it leaves; it then stands where it belongs.
    let to = LinkTo::Known(AVA);
    world.act(&Act::Link { concern: ConcernId(2), position: 0, to, reason: "It was her friend.".into() });
    assert_eq!((rows_of(&mut world, ZOE), rows_of(&mut world, AVA)), (vec![1], vec![2, 3]));
}

#[test]
fn r24_applies_what_was_seen_and_what_is_thought_of_it_stand_apart() {
    let (_, told) = imported();
    assert_eq!(told.opinion.as_str(), "I think that she is afraid.");
    let facts = told.account.fields();
    assert!(facts.iter().all(|(_, text)| !text.contains("I think")));
    assert!(part1("Zoe Marsh", None).opinion.is_blank(), "nobody has to have one");
}
