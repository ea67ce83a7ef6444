//! The recovery key: what its words open, and what else does not pass for them.

use std::fs;

use dsl_desk::cabinet::keys::{Passphrase, Work, recovery};
use dsl_desk::cabinet::{Cabinet, Error};
use dsl_desk::desk::people::Keeper;
use dsl_desk::desk::people::recovery::Recovering;
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::ids::PersonId;
use dsl_desk::domain::person::Right;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use crate::support::{Place, World, amina, hex, minutes, now, part1, passphrase, theirs};

/// A desk and the words of its recovery key.
fn recoverable() -> (Place, SecretString) {
    let mut world = World::new();
    world.concern("Zoë Marsh", Some("2014-03-02"));
    let place = world.close();
    let words = place.keeper().make_recovery_key(now()).unwrap();
    (place, words)
}

fn anew() -> Passphrase {
    Passphrase::from("thistle orbit marzipan two")
}

fn recover(place: &Place, person: &PersonId, words: &SecretString) -> Result<(), Error> {
    Recovering::open(place.folder.clone(), person, words.expose_secret())?.recover(
        anew(),
        Work::Token,
        minutes(10),
    )
}

fn opens_anew(place: &Place, person: &PersonId) -> Desk {
    let desk = Desk::open(place.folder.clone(), person, anew()).unwrap();
    assert_eq!(desk.verify().unwrap().problems, Vec::<String>::new());
    desk
}

#[test]
fn a_forgotten_passphrase_is_replaced() {
    let (place, words) = recoverable();
    recover(&place, &amina(), &words).unwrap();
    assert!(matches!(place.open().err(), Some(Error::WrongPassphrase)));
    let mut desk = opens_anew(&place, &amina());
    assert_eq!(desk.me().name.as_str(), "Amina Khan");
    desk.act(&Act::TypeIn(Box::new(part1("Łukasz Nowak", None))), None, minutes(11)).unwrap();
    drop(desk);
    recover(&place, &amina(), &words).unwrap();
    drop(opens_anew(&place, &amina()));
}

#[test]
fn whoever_has_the_words_gets_no_other_right() {
    let (place, words) = recoverable();
    let reader = place.admit("Grace Osei", Right::Reader);
    recover(&place, &reader, &words).unwrap();
    let mut desk = opens_anew(&place, &reader);
    let report = Act::TypeIn(Box::new(part1("Łukasz Nowak", None)));
    assert!(matches!(desk.act(&report, None, now()).err(), Some(Error::NoRight("reader"))));
    assert!(place.open().is_ok(), "the others are as they were");
}

#[test]
fn the_words_outlast_admissions_and_removals() {
    let (place, words) = recoverable();
    let grace = place.admit("Grace Osei", Right::Deputy);
    drop(place.keeper().remove(&grace, &"Left".into(), minutes(1)).unwrap());
    let gone = recover(&place, &grace, &words).err().unwrap().to_string();
    assert!(gone.contains("nobody of that name"), "{gone}");
    place.keeper().change_passphrase(theirs(), Work::Token).unwrap();
    recover(&place, &amina(), &words).unwrap();
    drop(opens_anew(&place, &amina()));
}

#[test]
fn other_words_open_nothing() {
    let (place, words) = recoverable();
    let other = recoverable().1;
    let before = fs::read(place.person_file()).unwrap();
    assert!(matches!(recover(&place, &amina(), &other), Err(Error::WordsReplaced)));
    let newer = place.keeper().make_recovery_key(minutes(1)).unwrap();
    assert!(matches!(recover(&place, &amina(), &words), Err(Error::WordsReplaced)));
    assert_eq!(fs::read(place.person_file()).unwrap(), before);
    recover(&place, &amina(), &newer).unwrap();
    drop(opens_anew(&place, &amina()));
}

#[test]
fn a_new_key_that_was_cut_off_leaves_the_words_from_before() {
    let (place, words) = recoverable();
    // What a kill before the entry leaves: keys that are sealed to one recipient more.
    let (_, never_shown) = recovery::make().unwrap();
    let mine: toml::Table = fs::read_to_string(place.person_file()).unwrap().parse().unwrap();
    let in_ledger = recovery::heard(words.expose_secret()).unwrap().recovery_key();
    let sealed_to =
        [mine["recipient"].as_str().unwrap(), &in_ledger.recipient, &never_shown.recovery_key().recipient]
            .map(str::to_owned);
    let identity = dsl_desk::cabinet::keys::PersonFile::load(&place.folder, &amina()).unwrap();
    let identity = identity.unlock(passphrase()).unwrap();
    let keys = dsl_desk::cabinet::keys::CabinetKeys::unseal(&place.folder.keys(), &identity).unwrap();
    keys.seal(&place.folder.keys(), &sealed_to).unwrap();
    recover(&place, &amina(), &words).unwrap();
    drop(opens_anew(&place, &amina()));
}

#[test]
fn a_recovery_that_was_cut_off_is_done_again() {
    let (place, words) = recoverable();
    // Her file is another already, and the ledger does not know it.
    let (file, _) = dsl_desk::cabinet::keys::PersonFile::make(
        &"Amina Khan".into(),
        &"Designated Safeguarding Lead".into(),
        theirs(),
        Work::Token,
    )
    .unwrap();
    file.save(&place.folder, &amina()).unwrap();
    assert!(place.open_as(&amina()).is_err());
    recover(&place, &amina(), &words).unwrap();
    drop(opens_anew(&place, &amina()));
}

#[test]
fn only_somebody_who_may_makes_words() {
    let (place, words) = recoverable();
    let deputy = place.admit("Grace Osei", Right::Deputy);
    let mut keeper = Keeper::open(place.folder.clone(), &deputy, theirs()).unwrap();
    assert!(matches!(keeper.make_recovery_key(now()).err(), Some(Error::NoRight("deputy"))));
    drop(keeper);
    recover(&place, &amina(), &words).unwrap();
}

#[test]
fn nobody_records_a_recovery_without_the_words() {
    let (place, _) = recoverable();
    let lead = place.admit("Grace Osei", Right::Lead);
    let body: String =
        place.bare().query_row("SELECT body FROM ledger WHERE seq = 1", [], |row| row.get(0)).unwrap();
    let body: Value = serde_json::from_str(&body).unwrap();
    let key = place.signing_key(&lead, theirs());
    let mut hers = body.clone();
    hers["signing_key"] = json!(hex(key.verifying_key().as_bytes()));
    for (author, with) in [(&amina(), &hers), (&lead, &hers), (&lead, &body)] {
        let place = place.copied();
        let seq = place.forge(author, "person-recovered", with, &key);
        assert_eq!(place.open().unwrap().verify().unwrap().first_bad.map(|seq| seq.0), Some(seq));
    }
    // Nor by the cabinet's own door.
    let identity = dsl_desk::cabinet::keys::PersonFile::load(&place.folder, &lead).unwrap();
    let identity = identity.unlock(theirs()).unwrap();
    let keys = dsl_desk::cabinet::keys::CabinetKeys::unseal(&place.folder.keys(), &identity).unwrap();
    let mut cabinet = Cabinet::open(&place.folder.database(), &keys, identity.signer(lead)).unwrap();
    let anew = serde_json::from_value(hers).unwrap();
    assert!(matches!(cabinet.recover(now(), &anew), Err(Error::WordsReplaced)));
}

#[test]
fn words_give_no_right_that_the_person_did_not_have() {
    let (place, words) = recoverable();
    let reader = place.admit("Grace Osei", Right::Reader);
    let newest = "SELECT body FROM ledger WHERE kind = 'person-admitted' ORDER BY seq DESC LIMIT 1";
    let body: String = place.bare().query_row(newest, [], |row| row.get(0)).unwrap();
    let mut person: dsl_desk::domain::person::Person = serde_json::from_str(&body).unwrap();
    person.right = Right::Lead;
    let recovery = recovery::heard(words.expose_secret()).unwrap();
    let keys = dsl_desk::cabinet::keys::CabinetKeys::unseal(&place.folder.keys(), &recovery).unwrap();
    let signer = recovery.signer(reader);
    let mut cabinet = Cabinet::open(&place.folder.database(), &keys, signer).unwrap();
    // A program of one's own may write it; the proof does not pass it.
    cabinet.recover(now(), &person).unwrap();
    drop(cabinet);
    assert!(place.open().unwrap().verify().unwrap().first_bad.is_some());
}
