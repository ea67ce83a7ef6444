//! Large desks, made small.

use super::{Size, fill_large, opened_at};
use crate::cabinet::table::{chronology, contact};
use crate::cabinet::{Cabinet, verify};
use crate::demo::tests::{cabinet, children, recorded_at, sunday};
use crate::domain::chronology::Kinds;

const SIZE: Size = Size { children: 200, entries: 3_000, contacts: 40 };

fn desk(seed: u64) -> (tempfile::TempDir, Cabinet) {
    let (folder, mut cabinet) = cabinet(opened_at(sunday()));
    let mut reached = (0, 0);
    fill_large(&mut cabinet, sunday(), SIZE, seed, |done, all| reached = (done, all)).unwrap();
    assert_eq!(reached, (SIZE.entries, SIZE.entries));
    (folder, cabinet)
}

fn rows(cabinet: &Cabinet) -> Vec<u64> {
    let count = |child| chronology::count(cabinet.db(), child, Kinds::Everything).unwrap();
    children(cabinet).iter().map(|child| count(child.id)).collect()
}

/// The whole of what is told, without the signatures that no seed decides.
fn told(cabinet: &Cabinet) -> Vec<(String, String)> {
    let mut statement = cabinet
        .db()
        .prepare("SELECT recorded_at, body FROM ledger WHERE kind <> 'person-admitted' ORDER BY seq")
        .unwrap();
    let lines = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    lines.collect::<Result<_, _>>().unwrap()
}

#[test]
fn it_is_as_large_as_asked_and_proves_itself() {
    let (_folder, cabinet) = desk(1);
    assert_eq!(children(&cabinet).len(), SIZE.children);
    assert_eq!(contact::count(cabinet.db()).unwrap(), 40);
    assert_eq!(rows(&cabinet).iter().sum::<u64>(), SIZE.entries);
    assert_eq!(verify::verify(&cabinet).unwrap().problems, Vec::<String>::new());
    assert!(recorded_at(&cabinet).is_sorted());
}

#[test]
fn most_children_have_few_rows_and_one_has_many() {
    let (_folder, cabinet) = desk(1);
    let mut rows = rows(&cabinet);
    rows.sort_unstable();
    assert!(rows[SIZE.children / 2] <= 15, "half of them have at most {}", rows[SIZE.children / 2]);
    assert!((300..307).contains(rows.last().unwrap()));
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let (first, again, other) = (desk(7), desk(7), desk(8));
    assert!(told(&first.1) == told(&again.1));
    assert!(told(&first.1) != told(&other.1));
}

#[test]
fn no_slot_is_left_open() {
    let (_folder, cabinet) = desk(3);
    let open: u64 = cabinet
        .db()
        .query_row("SELECT count(*) FROM chronology WHERE text LIKE '%{%'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(open, 0);
}

#[test]
fn contacts_follow_from_the_children() {
    assert_eq!(Size::new(50_000, 1_000_000).contacts, 10_000);
    assert_eq!(Size::new(100, 1_000).contacts, 20);
}
