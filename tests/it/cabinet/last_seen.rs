//! An old file that is put back in the place of the newer one is noticed on opening, and nobody is stopped by it.

use std::fs;
use std::path::PathBuf;
use std::thread;

use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::last_seen::LastSeen;
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::entry::NoteKind;
use dsl_desk::domain::ids::{ChildId, Seq};

use super::witness::{cut_off_the_tail, rewritten};
use crate::support::{Place, World, amina, minutes, moment, now, passphrase};

fn sings(desk: &mut Desk) {
    let (note, happened_at) = (NoteKind::Event, moment("2026-11-01"));
    let act = Act::Note { child: ChildId(1), note, happened_at, text: "Sang in assembly".into() };
    desk.act(&act, None, now()).unwrap();
}

/// A desk with a child who once sang, closed; and how many entries it has.
fn sung() -> (Place, i64) {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    sings(&mut world.desk);
    let entries = world.desk.entries().unwrap().0;
    (world.close(), entries)
}

fn note(place: &Place) -> PathBuf {
    place.folder.cabinets().join("general.seen")
}

fn on_opening(place: &Place) -> LastSeen {
    place.open().unwrap().last_seen()
}

/// Writes on, then puts the file back as it was before.
fn put_back() -> (Place, i64) {
    let (place, entries) = sung();
    let old = place.folder.cabinets().join("old");
    fs::copy(place.folder.database(), &old).unwrap();
    let mut desk = place.open().unwrap();
    (0..3).for_each(|_| sings(&mut desk));
    drop(desk);
    fs::rename(old, place.folder.database()).unwrap();
    (place, entries)
}

#[test]
fn an_old_file_put_back_is_told_until_somebody_accepts_it() {
    let (place, found) = put_back();
    let older = LastSeen::Older { entries: Seq(found + 3), of: now(), found: Seq(found) };
    assert_eq!(on_opening(&place), older);
    let said = older.sentences().unwrap();
    let what = format!("(entry {} of 20 Nov 2026; the record ends at {found}).", found + 3);
    assert!(said.contains(&what), "{said}");
    // Neither opening nor writing makes it forgotten.
    let mut desk = place.open().unwrap();
    sings(&mut desk);
    drop(desk);
    let mut desk = place.open().unwrap();
    assert!(matches!(desk.standing().unwrap().last_seen, LastSeen::Older { .. }));
    assert!(desk.accept_last_seen(&" ".into(), now()).is_err(), "without a reason");
    let seq = desk.accept_last_seen(&"The backup of Monday".into(), now()).unwrap();
    assert_eq!((seq, desk.standing().unwrap().last_seen), (Seq(found + 2), LastSeen::Same));
    assert!(desk.accept_last_seen(&"Again".into(), now()).is_err(), "nothing is left to accept");
    drop(desk);
    let desk = place.open().unwrap();
    assert_eq!(desk.last_seen(), LastSeen::Same);
    let report = desk.verify().unwrap();
    assert!(report.is_content(), "{:?}", report.problems);
    let noted = format!(
        "Entry {seq} says that {} entries had been seen here, and the record ended at {}.",
        found + 3,
        found + 1
    );
    assert_eq!(report.notes, [noted], "it stays known");
}

#[test]
fn what_was_accepted_stays_accepted_where_the_note_could_not_be_written() {
    let (place, _) = put_back();
    let before = fs::read(note(&place)).unwrap();
    place.open().unwrap().accept_last_seen(&"The backup of Monday".into(), now()).unwrap();
    fs::write(note(&place), before).unwrap();
    assert_eq!(on_opening(&place), LastSeen::Same);
}

#[test]
fn a_file_without_its_newest_entries_and_all_their_traces_is_told() {
    let (place, entries) = sung();
    cut_off_the_tail(&place);
    assert!(place.open().unwrap().verify().unwrap().is_content(), "nothing else shows it");
    let older = LastSeen::Older { entries: Seq(entries), of: now(), found: Seq(entries - 1) };
    assert_eq!(on_opening(&place), older);
    // Whatever is written in its place.
    sings(&mut place.open().unwrap());
    assert_eq!(on_opening(&place), LastSeen::Same, "the same act at the same minute is the same entry");
}

#[test]
fn other_entries_in_the_place_of_those_cut_off_are_told() {
    let (place, entries) = sung();
    cut_off_the_tail(&place);
    let mut desk = place.open().unwrap();
    let act = Act::Note {
        child: ChildId(1),
        note: NoteKind::Event,
        happened_at: moment("2026-11-01"),
        text: "Cried in assembly".into(),
    };
    desk.act(&act, None, minutes(1)).unwrap();
    drop(desk);
    assert_eq!(on_opening(&place), LastSeen::Other { entries: Seq(entries), of: now() });
}

#[test]
fn a_ledger_rewritten_with_every_key_is_told_where_the_note_was_forgotten() {
    use dsl_desk::domain::entry::Entry;

    let (place, entries) = sung();
    rewritten(&place, |_| None);
    assert_eq!(on_opening(&place), LastSeen::Same, "it says the same");
    rewritten(&place, |entry| match entry {
        Entry::CabinetOpened { cabinet, .. } => {
            Some(Entry::CabinetOpened { organisation: "Elsewhere".into(), cabinet: cabinet.clone() })
        }
        _ => None,
    });
    assert_eq!(on_opening(&place), LastSeen::Other { entries: Seq(entries), of: now() });
}

/// The note as it lies there, with something in it put otherwise.
fn forged(place: &Place, from: &str, to: &str) -> Vec<u8> {
    let text = fs::read_to_string(note(place)).unwrap();
    assert!(text.contains(from), "{text}");
    text.replace(from, to).into_bytes()
}

#[test]
fn a_note_that_is_forged_or_unreadable_is_told_and_stops_nobody() {
    let (place, entries) = sung();
    let signed = |text: &str| text.split("signature = \"").nth(1).unwrap()[..6].to_owned();
    let signature = signed(&fs::read_to_string(note(&place)).unwrap());
    let ends = format!("entries = {entries}");
    let notes = [
        (forged(&place, &ends, "entries = 9000"), LastSeen::NotSigned),
        (forged(&place, &ends, "entries = -1"), LastSeen::NotSigned),
        (forged(&place, &signature, "000000"), LastSeen::NotSigned),
        (forged(&place, "amina-khan", "../amina-khan"), LastSeen::NotSigned),
        (forged(&place, "seen/1", "seen/2"), LastSeen::Unreadable),
        (forged(&place, "\"general\"", "\"senior\""), LastSeen::Unreadable),
        (Vec::new(), LastSeen::Unreadable),
        (b"nonsense \xff".to_vec(), LastSeen::Unreadable),
        (b"# ".repeat(100_000), LastSeen::Unreadable),
    ];
    for (bytes, seen) in notes {
        fs::write(note(&place), &bytes).unwrap();
        sings(&mut place.open().unwrap());
        assert_eq!(fs::read(note(&place)).unwrap(), bytes, "it stays for whoever looks into it");
        let mut desk = place.open().unwrap();
        assert_eq!(desk.last_seen(), seen);
        assert!(seen.sentences().unwrap().contains("general.seen"));
        desk.accept_last_seen(&"I looked into it".into(), now()).unwrap();
        drop(desk);
        assert_eq!(on_opening(&place), LastSeen::Same);
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_waited_for() {
    let (place, _) = sung();
    fs::remove_file(note(&place)).unwrap();
    let made = std::process::Command::new("mkfifo").arg(note(&place)).status().unwrap();
    assert!(made.success());
    assert_eq!(on_opening(&place), LastSeen::Unreadable);
    fs::remove_file(note(&place)).unwrap();
    fs::create_dir(note(&place)).unwrap();
    assert_eq!(on_opening(&place), LastSeen::Unreadable);
}

#[test]
fn a_note_that_is_missing_or_lags_behind_is_brought_up() {
    let (place, entries) = sung();
    let newest = format!("entries = {entries}\n");
    let text = || fs::read_to_string(note(&place)).unwrap();
    assert!(text().contains(&newest), "{}", text());
    fs::remove_file(note(&place)).unwrap();
    assert_eq!(on_opening(&place), LastSeen::Same);
    let behind = text();
    assert!(behind.contains(&newest));
    sings(&mut place.open().unwrap());
    assert!(!text().contains(&newest));
    fs::write(note(&place), behind).unwrap();
    assert_eq!(on_opening(&place), LastSeen::Same);
    assert!(text().contains(&format!("entries = {}\n", entries + 1)));
}

#[test]
fn the_note_is_private_and_says_nothing_of_what_was_written() {
    let (place, _) = sung();
    let desk = place.open().unwrap();
    let hash = desk.verify().unwrap().head;
    let text = fs::read_to_string(note(&place)).unwrap();
    // With two hashes of the ledger, guesses of what was written between them could be tried.
    assert!(!text.contains(&hash) && !text.contains("Zo"), "{text}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(note(&place)).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_second_desk_in_the_folder_of_a_lost_one_is_told() {
    let (place, _) = sung();
    for file in [place.folder.database(), place.folder.keys()] {
        fs::remove_file(file).unwrap();
    }
    let work = dsl_desk::cabinet::keys::Work::Token;
    let asked = crate::support::asked();
    let desk = dsl_desk::desk::setup::set_up(place.folder.clone(), asked, work, now()).unwrap();
    assert_eq!(desk.last_seen(), LastSeen::NotSigned);
}

#[test]
fn desks_that_write_at_once_raise_no_false_alarm() {
    let (place, entries) = sung();
    let write = |folder: Folder| {
        for _ in 0..20 {
            let mut desk = Desk::open(folder.clone(), &amina(), passphrase()).unwrap();
            assert_eq!(desk.last_seen(), LastSeen::Same);
            sings(&mut desk);
        }
    };
    let desks: Vec<_> = (0..3)
        .map(|_| {
            let folder = place.folder.clone();
            thread::spawn(move || write(folder))
        })
        .collect();
    for desk in desks {
        desk.join().unwrap();
    }
    assert_eq!(on_opening(&place), LastSeen::Same);
    let text = fs::read_to_string(note(&place)).unwrap();
    assert!(text.contains(&format!("entries = {}\n", entries + 60)), "{text}");
    let left = fs::read_dir(place.folder.cabinets()).unwrap().flatten();
    let left: Vec<_> =
        left.map(|file| file.file_name()).filter(|name| name.to_string_lossy().starts_with('.')).collect();
    assert!(left.is_empty(), "{left:?}");
}
