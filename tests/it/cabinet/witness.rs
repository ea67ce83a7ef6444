//! Words that were noted of the head stand against whoever holds every key; and clocks that were set wrong.

use std::fs;

use chrono::{DateTime, Utc};
use dsl_desk::cabinet::keys::{CabinetKeys, PersonFile};
use dsl_desk::cabinet::verify::against::{Answer, Near, Witness};
use dsl_desk::cabinet::verify::{Asked, Report};
use dsl_desk::cabinet::{Cabinet, ledger};
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::entry::{Entry, NoteKind};
use dsl_desk::domain::headwords::{self, Noted};
use dsl_desk::domain::ids::{ChildId, Seq};

use crate::support::{Place, World, amina, minutes, moment, now, passphrase};

/// The words and the number that somebody writes into a paper book.
struct Paper {
    words: String,
    entries: i64,
}

impl Paper {
    fn of(desk: &Desk) -> Self {
        let report = desk.verify().unwrap();
        Self { words: headwords::of(&report.head), entries: report.entries }
    }

    fn shown(&self, desk: &Desk) -> Answer {
        against(desk, &self.words, None)
    }
}

fn against(desk: &Desk, words: &str, at: Option<Seq>) -> Answer {
    let noted = Noted::parse(&[words]).unwrap();
    let asked = Asked { now: Some(minutes(60)), against: Some(Witness { noted, at }) };
    desk.check(asked).unwrap().against.unwrap()
}

fn sings(desk: &mut Desk, now: DateTime<Utc>) {
    let (note, happened_at) = (NoteKind::Event, moment("2026-11-01"));
    let act = Act::Note { child: ChildId(1), note, happened_at, text: "Sang in assembly".into() };
    desk.act(&act, None, now).unwrap();
}

/// A desk with a child who once sang, and what was noted then.
fn noted() -> (World, Paper) {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    sings(&mut world.desk, now());
    let paper = Paper::of(&world.desk);
    (world, paper)
}

#[test]
fn what_was_noted_is_found_again_whatever_was_added_since() {
    let (mut world, paper) = noted();
    let found = paper.shown(&world.desk);
    let nothing =
        format!("Entry {} of 20 Nov 2026 15:30 is as it was noted; nothing was added", paper.entries);
    assert!(found.is_found() && found.sentences()[0].starts_with(&nothing), "{:?}", found.sentences());
    sings(&mut world.desk, now());
    sings(&mut world.desk, now());
    let found = paper.shown(&world.desk);
    assert!(found.sentences()[0].ends_with("noted; 2 entries were added since."), "{:?}", found.sentences());
    let Report { head, entries, .. } = world.desk.verify().unwrap();
    assert!(against(&world.desk, &head, Some(Seq(entries))).is_found(), "the whole hash");
}

#[test]
fn a_tail_cut_off_with_all_its_traces_is_missed_by_whoever_noted_it() {
    let (world, paper) = noted();
    let place = world.close();
    cut_off_the_tail(&place);
    let desk = place.open().unwrap();
    let found = paper.shown(&desk);
    assert!(!found.is_found() && found.near.is_empty());
    assert!(found.sentences()[0].starts_with("No entry has what was noted"), "{:?}", found.sentences());
    let found = against(&desk, &paper.words, Some(Seq(paper.entries)));
    let end = format!("whole only as far as entry {}.", paper.entries - 1);
    assert!(found.sentences()[0].ends_with(&end), "{:?}", found.sentences());
}

/// With all that came of the newest entry, and the trigger as it was.
pub(super) fn cut_off_the_tail(place: &Place) {
    let last = "(SELECT max(seq) FROM ledger)";
    let db = place.bare();
    let trigger = "SELECT sql FROM sqlite_schema WHERE name = 'ledger_is_not_deleted'";
    let trigger: String = db.query_row(trigger, [], |row| row.get(0)).unwrap();
    db.execute_batch(&format!(
        "DROP TRIGGER ledger_is_not_deleted;
         DELETE FROM chronology WHERE seq = {last};
         DELETE FROM loose_words WHERE seq = {last};
         DELETE FROM ledger WHERE seq = {last};
         {trigger}"
    ))
    .unwrap();
}

/// Writes the whole ledger anew with the keys of its people, one entry otherwise than it was.
pub(super) fn rewritten(place: &Place, instead: impl Fn(&Entry) -> Option<Entry>) {
    let identity = PersonFile::load(&place.folder, &amina()).unwrap().unlock(passphrase()).unwrap();
    let keys = CabinetKeys::unseal(&place.folder.keys(), &identity).unwrap();
    let old = Cabinet::open(&place.folder.database(), &keys, identity.signer(amina())).unwrap();
    let entries = ledger::since(old.db(), Seq(0)).unwrap();
    let Entry::PersonAdmitted(founder) = &entries[0].1 else { panic!("the founder comes first") };
    let forged = place.folder.cabinets().join("forged.db");
    let mut cabinet = Cabinet::create(&forged, &keys, identity.signer(amina()), founder, now()).unwrap();
    for (seq, entry) in &entries[1..] {
        let at = ledger::line(old.db(), *seq).unwrap().recorded().unwrap();
        let entry = instead(entry).unwrap_or_else(|| entry.clone());
        cabinet.record(at, |writer| writer.append(&entry)).unwrap();
    }
    cabinet.settle().unwrap();
    drop((cabinet, old));
    fs::rename(forged, place.folder.database()).unwrap();
}

#[test]
fn a_ledger_rewritten_with_every_key_is_content_and_yet_not_what_was_noted() {
    let (mut world, paper) = noted();
    sings(&mut world.desk, now());
    let place = world.close();
    rewritten(&place, |entry| match entry {
        Entry::ChronologyNoted { child, note, happened_at, .. } => Some(Entry::ChronologyNoted {
            child: *child,
            note: note.clone(),
            happened_at: *happened_at,
            text: "Cried in assembly".into(),
        }),
        _ => None,
    });
    let desk = place.open().unwrap();
    assert!(desk.verify().unwrap().is_content(), "nothing else shows it");
    let found = paper.shown(&desk);
    assert!(!found.is_found() && found.near.is_empty());
    let found = against(&desk, &paper.words, Some(Seq(paper.entries)));
    assert!(found.sentences()[0].contains("is not as it was noted"), "{:?}", found.sentences());
}

#[test]
fn a_ledger_rewritten_as_it_was_is_what_was_noted() {
    let (world, paper) = noted();
    let place = world.close();
    rewritten(&place, |_| None);
    assert!(paper.shown(&place.open().unwrap()).is_found());
}

#[test]
fn a_word_and_a_number_that_were_misread_are_named() {
    let (world, paper) = noted();
    let spoken: Vec<&str> = paper.words.split(' ').collect();
    let wrong = if spoken[2] == "zebra" { "acorn" } else { "zebra" };
    for said in [wrong, "mumble"] {
        let misread: Vec<&str> =
            spoken.iter().enumerate().map(|(at, word)| if at == 2 { said } else { *word }).collect();
        let misread = misread.join(" ");
        let found = against(&world.desk, &misread, None);
        assert!(!found.is_found());
        assert!(matches!(found.near.as_slice(), [Near::AllBut(place, 2, there)]
            if place.seq == Seq(paper.entries) && *there == spoken[2]));
        assert!(found.sentences()[0].contains("number 3"), "{:?}", found.sentences());
    }
    let found = against(&world.desk, &paper.words, Some(Seq(2)));
    assert!(!found.is_found());
    assert!(matches!(found.near.as_slice(), [Near::Elsewhere(place)] if place.seq == Seq(paper.entries)));
}

#[test]
fn nothing_is_proved_by_what_comes_after_a_broken_entry() {
    let (world, paper) = noted();
    let place = world.close();
    let broken = "DROP TRIGGER ledger_is_not_updated; UPDATE ledger SET body = body || ' ' WHERE seq = 7";
    place.bare().execute_batch(broken).unwrap();
    let desk = place.open().unwrap();
    let noted = Noted::parse(&[&paper.words]).unwrap();
    let at = Some(Seq(paper.entries));
    let report = desk.check(Asked { now: None, against: Some(Witness { noted, at }) }).unwrap();
    assert_eq!(report.first_bad, Some(Seq(7)));
    let said = report.against.unwrap().sentences();
    assert!(said[0].ends_with("whole only as far as entry 6."), "{said:?}");
}

fn notes(report: &Report) -> &[String] {
    assert!(report.is_content(), "{:?}", report.problems);
    &report.notes
}

#[test]
fn a_clock_that_went_back_is_noted_and_no_fault() {
    let (mut world, paper) = noted();
    assert!(notes(&world.desk.verify().unwrap()).is_empty());
    sings(&mut world.desk, minutes(-62));
    sings(&mut world.desk, minutes(-61));
    let back = paper.entries + 1;
    let said = format!("Entry {back} was recorded earlier than the one before it (by 1 hour 2 minutes).");
    assert_eq!(notes(&world.desk.verify().unwrap()), [said]);
}

#[test]
fn an_entry_of_the_future_is_noted_and_no_fault() {
    let (mut world, paper) = noted();
    sings(&mut world.desk, minutes(180));
    let asked = |now| Asked { now: Some(now), against: None };
    let said = format!("Entry {} is dated in the future (by 3 hours).", paper.entries + 1);
    assert_eq!(notes(&world.desk.check(asked(now())).unwrap()), [said]);
    assert!(notes(&world.desk.check(asked(minutes(180))).unwrap()).is_empty());
}
