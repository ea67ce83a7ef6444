//! Who has looked (R19).

use dsl_desk::desk::answer::Subject;
use dsl_desk::domain::ids::{ChildId, ConcernId};

use dsl_desk::domain::person::Right;

use crate::support::{Place, World, minutes, now};

const CONCERN: Subject = Subject::Concern(ConcernId(1));
const CHILD: Subject = Subject::Child(ChildId(1));

fn place() -> Place {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    world.close()
}

#[test]
fn opening_is_recorded_once_for_each_time_the_desk_was_unlocked() {
    let place = place();
    let mut desk = place.open().unwrap();
    assert!(desk.seen_by(CONCERN).unwrap().is_empty(), "typing it in is no looking");
    let before = desk.entries().unwrap();
    desk.saw(CONCERN, now()).unwrap();
    desk.saw(CONCERN, minutes(3)).unwrap();
    assert_eq!(desk.entries().unwrap().0, before.0 + 1);
    assert!(desk.seen_by(CHILD).unwrap().is_empty(), "another subject with the same number");
    drop(desk);
    let mut desk = place.open().unwrap();
    desk.saw(CONCERN, minutes(9)).unwrap();
    let seen = desk.seen_by(CONCERN).unwrap();
    let times: Vec<_> = seen.iter().map(|sighting| sighting.at).collect();
    assert_eq!(times, [minutes(9), now()]);
    assert_eq!(&*seen[0].by, "Amina Khan, Designated Safeguarding Lead");
    assert!(desk.verify().unwrap().problems.is_empty());
}

#[test]
fn who_has_looked_is_for_leads_and_seniors_to_read() {
    let place = place();
    for (name, right, may) in [
        ("Grace Osei", Right::Deputy, false),
        ("Kit Moss", Right::Reader, false),
        ("Rosalind Amery", Right::Senior, true),
    ] {
        let person = place.admit(name, right);
        assert_eq!(place.open_as(&person).unwrap().seen_by(CONCERN).is_ok(), may, "{name}");
    }
}

#[test]
fn a_sighting_can_be_neither_changed_nor_taken_away() {
    let place = place();
    let mut desk = place.open().unwrap();
    desk.saw(CHILD, now()).unwrap();
    let entry = desk.entries().unwrap().0;
    drop(desk);
    let db = place.bare();
    for sql in ["UPDATE ledger SET body = '{}' WHERE seq = ?1", "DELETE FROM ledger WHERE seq = ?1"] {
        assert!(db.execute(sql, [entry]).is_err(), "{sql}");
    }
}
