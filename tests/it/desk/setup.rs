//! A new desk, and what set-up may never do: take the keys from a record that is there.

use std::fs;
use std::thread;

use dsl_desk::cabinet::Error;
use dsl_desk::cabinet::keys::Work;
use dsl_desk::desk::request::SetUp;
use dsl_desk::desk::{Desk, setup};
use dsl_desk::domain::ids::PersonId;

use crate::support::{Place, World, asked, now};

fn set_up(place: &Place) -> dsl_desk::cabinet::Result<Desk> {
    setup::set_up(place.folder.clone(), asked(), Work::Token, now())
}

#[test]
fn a_desk_that_is_there_stays() {
    let place = World::new().close();
    assert!(matches!(set_up(&place).err(), Some(Error::DeskExists(_))));
    assert!(place.open().is_ok());
}

#[test]
fn keys_without_their_cabinet_are_kept() {
    // The cabinet is away (being restored, say); its keys are the only ones that will ever open it.
    let place = World::new().close();
    let away = place.folder.root().join("away.db");
    fs::rename(place.folder.database(), &away).unwrap();
    assert!(set_up(&place).is_err());
    fs::rename(&away, place.folder.database()).unwrap();
    assert!(place.open().is_ok());
}

#[test]
fn a_set_up_that_was_cut_off_is_done_again() {
    // What a kill before the last step leaves: keys, an unfinished cabinet and its journal.
    let place = Place::empty();
    let mut other = World::new();
    other.concern("Zoë Marsh", None);
    place.folder.create().unwrap();
    fs::copy(other.at.folder.keys(), place.folder.keys()).unwrap();
    for (from, to) in [("general.db", "general.unfinished"), ("general.db-wal", "general.unfinished-wal")] {
        fs::copy(other.at.folder.cabinets().join(from), place.folder.cabinets().join(to)).unwrap();
    }
    drop(set_up(&place).unwrap());
    let desk = place.open().unwrap();
    assert!(desk.verify().unwrap().is_content());
    let mut left: Vec<_> =
        fs::read_dir(place.folder.cabinets()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.retain(|name| name.to_string_lossy().contains("unfinished"));
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn empty_answers_are_sent_back() {
    for blank in 0..3 {
        let mut asked = asked();
        *[&mut asked.organisation, &mut asked.name, &mut asked.role][blank] = "  ".into();
        let place = Place::empty();
        let refused = setup::set_up(place.folder.clone(), asked, Work::Token, now()).err();
        assert!(matches!(refused, Some(Error::Refused(_))));
        assert!(!place.folder.root().exists());
    }
}

#[test]
fn the_shipped_book_is_in_the_first_ledger() {
    let mut world = World::new();
    let book = world.desk.contacts("", crate::support::ALL).unwrap();
    assert_eq!(book.total, dsl_desk::desk::shipped::contacts().len() as u64);
}

#[test]
fn of_several_who_set_up_at_once_one_does() {
    let place = Place::empty();
    let names = ["Amina Khan", "Grace Osei", "Joy Marsh", "Siân Bevan"];
    let done: Vec<_> = thread::scope(|scope| {
        let threads = names.map(|name| {
            let folder = place.folder.clone();
            scope.spawn(move || {
                let asked = SetUp { name: name.into(), ..asked() };
                setup::set_up(folder, asked, Work::Token, now()).is_ok()
            })
        });
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(done.iter().filter(|done| **done).count(), 1);
    let winner = names.iter().zip(&done).find(|(_, done)| **done).unwrap().0;
    let desk = Desk::open(place.folder.clone(), &PersonId::from_name(winner), crate::support::passphrase());
    assert!(desk.unwrap().verify().unwrap().is_content());
}

#[test]
fn a_name_that_is_very_long_is_the_name_of_a_file_all_the_same() {
    let place = Place::empty();
    let asked = SetUp { name: format!("Zoë {}", "Marsh ".repeat(90)).as_str().into(), ..asked() };
    assert!(setup::set_up(place.folder.clone(), asked, Work::Token, now()).is_ok());
}
