//! Older files brought up to this edition: what each step leaves behind.

use super::{Connection, STEPS, run};
use crate::cabinet::sqlite;
use crate::cabinet::table::restriction::Reader;
use crate::cabinet::table::words::{self, Enough, Group, Wanted};
use crate::cabinet::table::{child, contact, restriction};
use crate::domain::ids::{ChildId, ConcernId, ContactId, PersonId, Seq};
use crate::domain::person::Right;

fn found(db: &Connection, reader: &Reader, word: &str) -> Vec<Seq> {
    let wanted = Wanted { all: vec![Group::Terms(vec![word.to_owned()])], none: Vec::new() };
    let mut found = Vec::new();
    let take = |seq| {
        found.push(seq);
        Ok(Enough::NotYet)
    };
    words::newest(db, &words::loose(db, reader).unwrap(), &wanted, take).unwrap();
    found
}

#[test]
fn what_is_about_staff_in_an_older_file_is_restricted() {
    let mut db = sqlite::in_memory().unwrap();
    for step in STEPS.iter().take(6) {
        step.take(&db).unwrap();
    }
    db.execute_batch(
        r#"INSERT INTO ledger VALUES
            (1, '2026-11-20T10:00:00.000Z', 'amina-khan', 'part2', '{"concern":1,"section":"further-information","text":"blue folder"}', '', '', ''),
            (2, '2026-11-20T10:00:00.000Z', 'amina-khan', 'part2', '{"concern":2,"section":"further-information","text":"red folder"}', '', '', '');
        INSERT INTO concern VALUES (1, 1, 0, 0, 'child', '', '', '', '', '', 0, 0, 0),
            (2, 2, 0, 0, 'staff', '', '', '', '', '', 0, 0, 0);
        INSERT INTO concern_entry VALUES (1, 1, 'part2'), (2, 2, 'part2');
        INSERT INTO chronology VALUES (1, 0, 1, '', '', '', 1, 1, ''), (1, 0, 2, '', '', '', 2, 1, '');
        PRAGMA user_version = 6;"#,
    )
    .unwrap();
    run(&mut db).unwrap();
    let reader = |right| Reader::new(&db, PersonId("amina-khan".to_owned()), right).unwrap();
    let found = |right, word: &str| found(&db, &reader(right), word);
    assert_eq!(found(Right::Deputy, "folder"), [Seq(1)]);
    assert_eq!(found(Right::Lead, "folder"), [Seq(2), Seq(1)]);
    assert!(found(Right::Deputy, "red").is_empty());
    let concerns = "SELECT group_concat(concern) FROM chronology";
    assert_eq!(db.query_row(concerns, [], |row| row.get(0)), Ok("1".to_owned()));
    let opened = |right, concern| restriction::may_open(&db, &reader(right), ConcernId(concern)).is_ok();
    assert!(opened(Right::Deputy, 1) && opened(Right::Lead, 2) && !opened(Right::Deputy, 2));
    assert!(opened(Right::Senior, 2), "as nobody leads");
}

#[test]
fn the_book_of_an_older_file_stands_as_this_edition_writes_it() {
    let mut db = sqlite::in_memory().unwrap();
    for step in STEPS.iter().take(7) {
        step.take(&db).unwrap();
    }
    db.execute_batch(
        r#"INSERT INTO contact VALUES (1, 4, 'Duty', '{"service":"Duty","checked":true,"numbers":[{"number":"101","note":""}]}', '');
        PRAGMA user_version = 7;"#,
    )
    .unwrap();
    run(&mut db).unwrap();
    let standing = contact::get(&db, ContactId(1)).unwrap();
    assert_eq!(standing.details.numbers[0].number.as_str(), "101");
    let written: String = db.query_row("SELECT details FROM contact", [], |row| row.get(0)).unwrap();
    assert!(!written.contains("checked"), "{written}");
    assert!(contact::with_keys(&db).unwrap().is_empty());
}

#[test]
fn a_child_of_an_older_file_is_on_no_roll_and_has_not_left() {
    let mut db = sqlite::in_memory().unwrap();
    for step in STEPS.iter().take(9) {
        step.take(&db).unwrap();
    }
    db.execute_batch(
        r#"INSERT INTO child VALUES (1, 4, 'marsh zoe', '{"name":"Zoë Marsh","form":"5B","school":""}');
        PRAGMA user_version = 9;"#,
    )
    .unwrap();
    run(&mut db).unwrap();
    let zoe = child::get(&db, ChildId(1)).unwrap();
    assert_eq!((zoe.details.form.as_str(), zoe.roll, zoe.left), ("5B", None, None));
}

#[test]
fn the_adults_whom_an_older_file_names_are_read_anew() {
    let mut db = sqlite::in_memory().unwrap();
    for step in STEPS.iter().take(12) {
        step.take(&db).unwrap();
    }
    db.execute_batch(
        r#"INSERT INTO ledger VALUES
            (1, '', 'amina-khan', 'concern-received', '{"concern":1,"source":{"via":"typed"},"urgency":"soon","part1":{"account":{"who":"Her uncle, Darren Cole"}}}', '', '', ''),
            (2, '', 'amina-khan', 'unheard-of', '{}', '', '', '');
        INSERT INTO concern VALUES (1, 1, 0, 0, 'child', '', '', '', '', '', 0, 0, 0),
            (2, 2, 0, 0, 'child', '', '', '', '', '', 0, 0, 0);
        INSERT INTO concern_entry VALUES (1, 1, 'concern-received'), (2, 2, 'concern-received');
        PRAGMA user_version = 12;"#,
    )
    .unwrap();
    run(&mut db).unwrap();
    let named = "SELECT group_concat(concern || ': ' || name || ' as ' || folded) FROM named_adult";
    let named: String = db.query_row(named, [], |row| row.get(0)).unwrap();
    assert_eq!(named, "1: Darren Cole as cole darren");
}

#[test]
fn the_words_of_an_older_file_are_read_anew() {
    let mut db = sqlite::in_memory().unwrap();
    for step in STEPS.iter().take(3) {
        step.take(&db).unwrap();
    }
    db.execute_batch(
        r#"INSERT INTO ledger VALUES (1, '', '', 'chronology-noted',
            '{"child":1,"happened_at":"2026-11-01","note":"event","text":"To A&E"}', '', '', '');
        INSERT INTO ledger VALUES (2, '', '', 'unheard-of', '{}', '', '', '');
        INSERT INTO word VALUES ('a'), ('e'), ('to');
        INSERT INTO words (rowid, text) VALUES (1, 'to a e');
        PRAGMA user_version = 3;"#,
    )
    .unwrap();
    run(&mut db).unwrap();
    let reader = Reader::new(&db, PersonId("amina-khan".to_owned()), Right::Reader).unwrap();
    assert_eq!(found(&db, &reader, "a&e"), [Seq(1)]);
    assert!(found(&db, &reader, "e").is_empty());
}
