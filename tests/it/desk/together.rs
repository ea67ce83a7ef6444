//! Several desks on one cabinet.

use std::collections::BTreeSet;
use std::thread;

use dsl_desk::desk::Act;
use dsl_desk::desk::answer::Scope;
use dsl_desk::domain::chronology::Kinds;
use dsl_desk::domain::contact::{ContactDetails, Number};
use dsl_desk::domain::entry::NoteKind;
use dsl_desk::domain::ids::ChildId;
use dsl_desk::domain::text::Text;

use super::writer::{Writer, slot};
use crate::support::{ALL, World, amina, moment, now, part1, passphrase, today};

fn note(text: &str) -> Act {
    Act::Note {
        child: ChildId(1),
        note: NoteKind::Contact,
        happened_at: moment("2026-11-20"),
        text: Text::from(text),
    }
}

#[test]
fn both_write_and_both_see() {
    let mut here = World::new();
    let mut there = here.at.open().unwrap();
    here.desk.noticed_change().unwrap();
    there.noticed_change().unwrap();
    assert!(!there.noticed_change().unwrap());
    here.concern("Zoë Marsh", Some("2014-03-02"));
    assert!(there.noticed_change().unwrap());
    assert!(!there.noticed_change().unwrap());
    assert_eq!(there.find("zoe", Scope::Children, 5).unwrap().len(), 1);
    // The other desk knows the child that it has not made itself.
    there.act(&Act::TypeIn(Box::new(part1("Zoe Marsh", Some("2014-03-02")))), None, now()).unwrap();
    assert!(here.desk.noticed_change().unwrap());
    assert_eq!(here.desk.children("", ALL, today()).unwrap().total, 1);
    assert_eq!(here.problems(), Vec::<String>::new());
}

#[test]
fn a_number_that_a_colleague_has_corrected_is_not_put_back() {
    let mut here = World::new();
    let added = here.act(&Act::AddContact(Box::new(book_entry("0116 496 0001", "office")))).contact.unwrap();
    let before = || Box::new(book_entry("0116 496 0001", "office"));
    let corrected = |details: ContactDetails| Act::CorrectContact {
        contact: added,
        before: before(),
        details: Box::new(details),
        reason: "Rang them".into(),
    };
    here.act(&corrected(book_entry("0116 496 0002", "office")));
    let mut there = here.at.open().unwrap();
    there.act(&corrected(book_entry("0116 496 0001", "days")), None, now()).unwrap();
    let both = there.contact(added).unwrap().details;
    assert_eq!((both.numbers[0].number.as_str(), both.hours.as_str()), ("0116 496 0002", "days"));
    let overruling = corrected(book_entry("0116 496 0003", "office"));
    assert!(there.act(&overruling, None, now()).is_err(), "somebody must look");
}

fn book_entry(number: &str, hours: &str) -> ContactDetails {
    ContactDetails {
        service: "Early help".into(),
        numbers: vec![Number { number: number.into(), ..Number::default() }],
        hours: hours.into(),
        ..ContactDetails::default()
    }
}

#[test]
fn a_proof_is_of_one_moment_while_another_desk_writes() {
    let mut here = World::new();
    here.concern("Zoë Marsh", None);
    let place = here.at.folder.clone();
    let writer = thread::spawn(move || {
        let mut there = dsl_desk::desk::Desk::open(place, &amina(), passphrase()).unwrap();
        for number in 0..200 {
            there.act(&note(&format!("word{number}")), None, now()).unwrap();
        }
    });
    while !writer.is_finished() {
        assert_eq!(here.problems(), Vec::<String>::new());
    }
    writer.join().unwrap();
}

#[test]
fn eight_processes_write_and_read_and_nothing_is_lost() {
    let mut world = World::new();
    world.concern("Zoë Marsh", Some("2014-03-02"));
    let place = world.close();
    let names: Vec<String> = (0..8).map(|number| format!("desk{number}")).collect();
    let writers: Vec<Writer> = names.iter().map(|name| Writer::start(&place, name, 40)).collect();
    let said: Vec<String> = writers.into_iter().flat_map(Writer::ended_well).collect();
    assert_eq!(said.len(), 8 * 40);
    let mut desk = place.open().unwrap();
    let rows = desk.chronology(ChildId(1), Kinds::Everything, "", ALL).unwrap().rows;
    let written: BTreeSet<&str> = rows.iter().map(|row| &*row.text).collect();
    for text in &said {
        assert!(written.contains(text.as_str()), "{text}");
    }
    for name in &names {
        let draft = desk.draft(&slot(name)).unwrap().unwrap();
        assert!(draft.body.starts_with(&format!("{name} says 39 ")), "{}", draft.body);
    }
    assert!(desk.verify().unwrap().is_content());
}
