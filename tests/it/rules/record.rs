//! Rules about what is written down, and that it stays.

use dsl_desk::domain::chronology::{Kinds, RowKind};
use dsl_desk::domain::concern::Part1;
use dsl_desk::domain::ids::{ChildId, ConcernId};

use crate::support::{ALL, World, part1};

const ZOE: ChildId = ChildId(1);
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
fn r11_the_very_words_are_kept_and_when_they_were_written() {
    let (world, part1) = imported();
    assert!(part1.account.child_words.contains("he got well mad n lamped me, innit"));
    assert!(part1.written_at.is_some());
    let again = world.desk.concern(ConcernId(1)).unwrap();
    assert!(again.part1 == part1, "nothing rewords them later");
    assert!(!part1.account.what.contains("innit"), "they are nobody else's words");
}

#[test]
fn r12_what_arrived_is_kept_as_it_was_and_cannot_be_destroyed() {
    let (world, _) = imported();
    assert!(world.desk.original(ConcernId(1)).unwrap().1.contains("  he got well mad n lamped me, innit "));
    let place = world.close();
    let db = place.bare();
    for sql in ["DELETE FROM ledger", "UPDATE ledger SET body = '{}'", "DELETE FROM original"] {
        assert!(db.execute(sql, []).is_err(), "{sql}");
    }
}

#[test]
fn r23_every_concern_has_its_row_and_a_child_without_one_has_none() {
    let mut world = World::new();
    let first = world.concern("Zoe Marsh", Some("2014-03-02"));
    let second = world.concern("Zoe Marsh", Some("2014-03-02"));
    let other = world.concern("Ava Reed", Some("2013-05-05"));
    let page = world.desk.chronology(ZOE, Kinds::Everything, "", ALL).unwrap();
    let reports = page.rows.iter().filter(|row| row.kind == RowKind::Concern);
    let mut concerns: Vec<i64> = reports.filter_map(|row| row.concern).map(|concern| concern.0).collect();
    concerns.sort_unstable();
    assert_eq!(concerns, [first, second]);
    assert!(!concerns.contains(&other));
}

#[test]
fn r24_what_was_seen_and_what_is_thought_of_it_stand_apart() {
    let (_, told) = imported();
    assert_eq!(told.opinion.as_str(), "I think that she is afraid.");
    let facts = told.account.fields();
    assert!(facts.iter().all(|(_, text)| !text.contains("I think")));
    assert!(part1("Zoe Marsh", None).opinion.is_blank(), "nobody has to have one");
}
