//! Whatever is changed behind the desk's back, `verify` notices, and names the first bad entry.
//!
//! The changes are made with the raw key and the triggers dropped: as somebody with the key and a tool can.

use dsl_desk::cabinet::verify::Report;
use dsl_desk::desk::Act;
use dsl_desk::desk::answer::Subject;
use dsl_desk::domain::ids::{ChildId, ConcernId, Seq};
use rusqlite::{Connection, params};

use crate::support::{Place, World, moment, now};

const DROP_TRIGGERS: &str = "
    DROP TRIGGER ledger_is_not_updated; DROP TRIGGER ledger_is_not_deleted; DROP TRIGGER ledger_has_no_gaps;
    DROP TRIGGER original_is_not_updated; DROP TRIGGER original_is_not_deleted;";

/// Nothing can be changed before the triggers are dropped, and that is noticed by itself.
const WITHOUT_TRIGGERS: &str = "The table \"schema\" differs from what the ledger says.";

/// A desk with an entry of most kinds, closed.
fn written() -> Place {
    let mut world = World::new();
    world.import("note.csv", "Child's name,What happened?,Reported by\nZoë Marsh,No coat,Grace Osei\n");
    world.desk.saw(Subject::Concern(ConcernId(1)), now()).unwrap();
    world.concern("Łukasz Nowak", Some("2013-05-06"));
    world.act(&Act::Note {
        child: ChildId(1),
        note: dsl_desk::domain::entry::NoteKind::Event,
        happened_at: moment("2026-11-01"),
        text: "Sang in assembly".into(),
    });
    assert_eq!(world.problems(), Vec::<String>::new());
    world.close()
}

fn tampered(place: &Place, change: impl FnOnce(&Connection)) {
    let db = place.bare();
    db.execute_batch(DROP_TRIGGERS).unwrap();
    change(&db);
}

fn verified(place: &Place) -> Report {
    place.open().unwrap().verify().unwrap()
}

fn first_bad_after(sql: &str) -> Option<Seq> {
    let place = written();
    tampered(&place, |db| db.execute_batch(sql).unwrap());
    let report = verified(&place);
    assert!(!report.is_content(), "not noticed: {sql}");
    report.first_bad
}

#[test]
fn any_byte_of_any_column_names_its_entry() {
    let place = written();
    tampered(&place, |_| ());
    let db = place.bare();
    let desk = place.open().unwrap();
    let newest: i64 = db.query_row("SELECT max(seq) FROM ledger", [], |row| row.get(0)).unwrap();
    for column in ["recorded_at", "author", "kind", "body", "prev", "hash", "signature"] {
        for seq in [1, 2, newest - 1, newest] {
            let read = format!("SELECT CAST({column} AS BLOB) FROM ledger WHERE seq = ?1");
            let write = format!("UPDATE ledger SET {column} = CAST(?2 AS TEXT) WHERE seq = ?1");
            let bytes: Vec<u8> = db.query_row(&read, [seq], |row| row.get(0)).unwrap();
            for at in places(bytes.len()) {
                for flip in [1, 0x20] {
                    let mut changed = bytes.clone();
                    changed[at] ^= flip;
                    db.execute(&write, params![seq, changed]).unwrap();
                    let report = desk.verify().unwrap();
                    assert_eq!(
                        report.first_bad,
                        Some(Seq(seq)),
                        "byte {at} of {column} of {seq} ^ {flip:#x}"
                    );
                }
            }
            db.execute(&write, params![seq, bytes]).unwrap();
        }
    }
    assert_eq!(desk.verify().unwrap().problems, [WITHOUT_TRIGGERS]);
}

/// The first, the last and some between.
fn places(length: usize) -> Vec<usize> {
    let mut places = vec![0, 1, length / 3, length / 2, length - 1];
    places.dedup();
    places
}

#[test]
fn a_signature_written_otherwise_is_a_changed_signature() {
    assert_eq!(first_bad_after("UPDATE ledger SET signature = upper(signature) WHERE seq = 5"), Some(Seq(5)));
    assert_eq!(first_bad_after("UPDATE ledger SET signature = signature || ' ' WHERE seq = 5"), Some(Seq(5)));
}

#[test]
fn a_number_changed_a_row_gone_and_a_pair_swapped_are_named() {
    assert_eq!(first_bad_after("UPDATE ledger SET seq = 900 WHERE seq = 5"), Some(Seq(5)));
    assert_eq!(first_bad_after("DELETE FROM ledger WHERE seq = 5"), Some(Seq(5)));
    assert_eq!(first_bad_after("DELETE FROM ledger WHERE seq = 1"), Some(Seq(1)));
    let swap = "UPDATE ledger SET seq = 900 WHERE seq = 5; UPDATE ledger SET seq = 5 WHERE seq = 6;
                UPDATE ledger SET seq = 6 WHERE seq = 900;";
    assert_eq!(first_bad_after(swap), Some(Seq(5)));
}

#[test]
fn a_tail_cut_off_shows_in_what_the_screens_read() {
    let place = written();
    let before = verified(&place).entries;
    tampered(&place, |db| {
        db.execute("DELETE FROM ledger WHERE seq = (SELECT max(seq) FROM ledger)", []).unwrap();
    });
    let report = verified(&place);
    // A chain cannot miss its own tail: only the count, and the tables that still hold what it said, do.
    assert_eq!((report.first_bad, report.entries), (None, before - 1));
    assert!(report.problems.iter().any(|problem| problem.contains("chronology")));
}

#[test]
fn a_tail_cut_off_with_all_its_traces_shows_only_in_the_head() {
    let place = written();
    let before = verified(&place);
    tampered(&place, |db| {
        let last = "(SELECT max(seq) FROM ledger)";
        db.execute_batch(&format!(
            "DELETE FROM chronology WHERE seq = {last};
             DELETE FROM loose_words WHERE seq = {last};
             DELETE FROM ledger WHERE seq = {last};"
        ))
        .unwrap();
    });
    let report = verified(&place);
    // The limit of a chain without a witness: compare the head with one on paper.
    assert_eq!(report.problems, [WITHOUT_TRIGGERS]);
    assert_ne!(report.head, before.head);
}

#[test]
fn every_projection_is_compared() {
    for sql in [
        "UPDATE person SET role = 'Cook'",
        "UPDATE organisation SET name = 'Elsewhere'",
        "UPDATE child SET filed_under = 'nobody' WHERE id = 1",
        "DELETE FROM child WHERE id = 2",
        "UPDATE concern SET urgency = 0, gist = '' WHERE id = 1",
        "UPDATE concern SET state = 2 WHERE id = 2",
        "DELETE FROM source",
        "DELETE FROM concern_entry WHERE concern = 2",
        "DELETE FROM report WHERE concern = 2",
        "UPDATE link SET child = 2 WHERE concern = 1",
        "UPDATE chronology SET text = 'All is well' WHERE child = 1",
        "UPDATE chronology SET happened_at = '2026-01-01' WHERE child = 1",
        "DELETE FROM chronology WHERE child = 2",
        "UPDATE contact SET retired = 'gone' WHERE id = 3",
        "UPDATE contact SET key = 'nobody' WHERE id = 3",
        "INSERT INTO loose_call VALUES (3)",
        "DELETE FROM seen",
        "UPDATE seen SET recorded_at = '2026-01-01T00:00:00+00:00'",
        "INSERT INTO word (word) VALUES ('zzz')",
        "INSERT INTO posting VALUES (65536, x'0200')",
        "DELETE FROM loose_words WHERE seq = (SELECT max(seq) FROM loose_words)",
        "UPDATE loose_words SET terms = replace(terms, 'assembly', 'asembly')",
        "UPDATE loose_words SET concern = 1",
        "INSERT INTO redated VALUES (5, '2026-01-01')",
    ] {
        assert_eq!(first_bad_after(sql), None, "{sql}");
    }
}

#[test]
fn an_original_that_was_changed_or_lost_names_its_entry() {
    let received = "SELECT seq FROM ledger WHERE kind = 'concern-received' ORDER BY seq LIMIT 1";
    for sql in ["UPDATE original SET bytes = CAST(bytes || x'20' AS BLOB)", "DELETE FROM original"] {
        let place = written();
        let seq: i64 = place.bare().query_row(received, [], |row| row.get(0)).unwrap();
        tampered(&place, |db| db.execute_batch(sql).unwrap());
        assert_eq!(verified(&place).first_bad, Some(Seq(seq)), "{sql}");
    }
}

#[test]
fn a_file_that_nothing_came_from_is_noticed() {
    let place = written();
    tampered(&place, |db| {
        db.execute("INSERT INTO original (sha256, bytes) VALUES ('00', x'00')", []).unwrap();
    });
    assert!(verified(&place).problems.iter().any(|problem| problem.contains("no entry came from")));
}

#[test]
fn a_fault_says_nothing_of_what_was_asked() {
    let place = written();
    tampered(&place, |db| db.execute_batch("PRAGMA user_version = 0").unwrap());
    let told = place.open().err().unwrap().to_string();
    assert!(told.len() < 200 && !told.contains("CREATE"), "{told}");
}

#[test]
fn a_table_that_is_gone_is_a_problem_and_not_an_error() {
    let place = written();
    tampered(&place, |db| db.execute_batch("DROP TABLE contact").unwrap());
    assert!(verified(&place).problems.iter().any(|problem| problem.contains("contact")));
}
