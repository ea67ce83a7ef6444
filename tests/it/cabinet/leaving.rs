//! Somebody leaves: what they can open afterwards, what stays of theirs, and what a kill on the way leaves.

use std::fs;
use std::path::{Path, PathBuf};

use dsl_desk::cabinet::backup::{self, Go, Kept, free_space};
use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::keys::{CabinetKeys, PersonFile, Work};
use dsl_desk::cabinet::restore::{Checked, Present};
use dsl_desk::cabinet::{Cabinet, Error, rekey};
use dsl_desk::desk::people::{Keeper, NewPerson};
use dsl_desk::desk::worker::{Clock, Service};
use dsl_desk::desk::{Act, Desk, Reply, Request};
use dsl_desk::domain::entry::Entry;
use dsl_desk::domain::ids::PersonId;
use dsl_desk::domain::person::Right;
use rusqlite::Connection;

use crate::support::{Place, World, amina, minutes, now, part1, passphrase, theirs};

/// A desk of Amina's and Grace's, in which both have written.
fn shared() -> (Place, PersonId) {
    let mut world = World::new();
    world.concern("Zoë Marsh", Some("2014-03-02"));
    let place = world.close();
    let grace = place.admit("Grace Osei", Right::Deputy);
    let report = Act::TypeIn(Box::new(part1("Łukasz Nowak", None)));
    place.open_as(&grace).unwrap().act(&report, None, minutes(1)).unwrap();
    (place, grace)
}

fn remove(place: &Place, person: &PersonId) -> Result<Desk, Error> {
    place.keeper().remove(person, &"Left the school".into(), minutes(10))
}

fn is_content(desk: &Desk) {
    assert_eq!(desk.verify().unwrap().problems, Vec::<String>::new());
}

fn names(folder: PathBuf) -> Vec<String> {
    let listed = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = listed.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Nothing lies about but what always does.
fn is_tidy(folder: &Folder) {
    let mut left = names(folder.cabinets());
    left.retain(|name| !["general.seen", "set-up.lock"].contains(&name.as_str()));
    assert_eq!(left, ["general.db", "general.keys"]);
    assert_eq!(names(folder.people()), ["amina-khan.toml", "removed"]);
}

fn opens_with(key: &str, place: &Place) -> bool {
    let db = Connection::open(place.folder.database()).unwrap();
    db.pragma_update(None, "key", format!("x'{key}'")).unwrap();
    db.query_row("SELECT count(*) FROM ledger", [], |row| row.get::<_, i64>(0)).is_ok()
}

#[test]
fn whoever_has_left_opens_nothing_and_what_they_wrote_stays() {
    let (place, grace) = shared();
    let (her_file, old_key) = (fs::read(place.folder.person(&grace)).unwrap(), place.raw_key());
    assert!(opens_with(&old_key, &place));
    let desk = remove(&place, &grace).unwrap();
    is_content(&desk);
    assert_eq!(desk.members().unwrap().len(), 1);
    drop(desk);
    is_tidy(&place.folder);
    assert!(!opens_with(&old_key, &place), "the old key still opens the file");
    assert!(opens_with(&place.raw_key(), &place));
    assert!(matches!(place.open_as(&grace).err(), Some(Error::NoPerson(_))));
    fs::write(place.folder.person(&grace), her_file).unwrap();
    assert!(matches!(place.open_as(&grace).err(), Some(Error::NotAMember)));
    let newest = "SELECT author FROM ledger WHERE kind = 'concern-received' ORDER BY seq DESC LIMIT 1";
    let by: String = place.bare().query_row(newest, [], |row| row.get(0)).unwrap();
    assert_eq!(by, "grace-osei");
}

#[test]
fn a_line_of_somebody_who_has_left_is_named() {
    let (place, grace) = shared();
    let key = place.signing_key(&grace, theirs());
    drop(remove(&place, &grace).unwrap());
    let note =
        serde_json::json!({ "child": 1, "happened_at": "2026-11-01", "note": "event", "text": "Sang" });
    let seq = place.forge(&grace, "chronology-noted", &note, &key);
    assert_eq!(place.open().unwrap().verify().unwrap().first_bad.map(|seq| seq.0), Some(seq));
}

#[test]
fn somebody_comes_back_with_other_keys() {
    let (place, grace) = shared();
    drop(remove(&place, &grace).unwrap());
    assert_eq!(place.admit("Grace Osei", Right::Reader), grace);
    is_content(&place.open_as(&grace).unwrap());
    drop(remove(&place, &grace).unwrap());
    is_content(&place.open().unwrap());
}

#[test]
fn a_removal_needs_a_right_a_reason_and_somebody_else() {
    let (place, grace) = shared();
    let joy = place.admit("Joy Marsh", Right::Senior);
    let by = |who: &PersonId, secret, whom: &PersonId, reason: &str| {
        let keeper = Keeper::open(place.folder.clone(), who, secret).unwrap();
        keeper.remove(whom, &reason.into(), now()).err().map(|error| error.to_string()).unwrap()
    };
    assert!(by(&grace, theirs(), &joy, "Left").contains("not for a deputy"));
    assert!(by(&amina(), passphrase(), &grace, "  ").contains("The reason is empty"));
    assert!(by(&amina(), passphrase(), &amina(), "Left").contains("Nobody removes themselves"));
    assert!(by(&joy, theirs(), &amina(), "Left").contains("the last lead"));
    let nobody = PersonId::from_name("Kit Moss");
    assert!(by(&amina(), passphrase(), &nobody, "Left").contains("nobody of that name"));
    assert!(place.open_as(&grace).is_ok() && place.open_as(&joy).is_ok());
}

#[test]
fn nothing_is_changed_while_another_desk_is_open() {
    let (place, grace) = shared();
    let key = place.raw_key();
    let mut hers = place.open_as(&grace).unwrap();
    assert!(matches!(remove(&place, &grace).err(), Some(Error::OpenElsewhere)));
    // Even where the lock that tells has been lost.
    fs::remove_file(place.folder.open_lock()).unwrap();
    assert!(matches!(remove(&place, &grace).err(), Some(Error::OpenElsewhere)));
    assert_eq!(place.raw_key(), key);
    hers.act(&Act::TypeIn(Box::new(part1("Ada Byrne", None))), None, minutes(2)).unwrap();
    is_content(&hers);
    drop(hers);
    is_content(&remove(&place, &grace).unwrap());
}

#[test]
fn a_desk_whose_file_was_replaced_writes_nothing_more() {
    let (place, grace) = shared();
    let mut hers = place.open_as(&grace).unwrap();
    let folder = &place.folder;
    fs::copy(folder.database(), folder.changed_database()).unwrap();
    fs::rename(folder.changed_database(), folder.database()).unwrap();
    let refused = hers.act(&Act::TypeIn(Box::new(part1("Ada Byrne", None))), None, minutes(2)).err();
    assert!(matches!(refused, Some(Error::Moved)));
    assert!(matches!(hers.keep_draft("part1", "{}", now()).err(), Some(Error::Moved)));
}

#[test]
fn the_desk_is_not_opened_while_its_key_is_being_changed() {
    let (place, grace) = shared();
    let held = dsl_desk::cabinet::files::Held::together(&place.folder.open_lock()).unwrap().unwrap();
    let _alone = held.alone().unwrap();
    assert!(matches!(place.open_as(&grace).err(), Some(Error::PeopleBusy)));
}

/// Takes so many steps of a removal, and no more.
fn cut_off_after(steps: usize, place: &Place, leaves: &PersonId) {
    let folder = &place.folder;
    let identity = PersonFile::load(folder, &amina()).unwrap().unlock(passphrase()).unwrap();
    let keys = CabinetKeys::unseal(&folder.keys(), &identity).unwrap();
    let mine: toml::Table = fs::read_to_string(place.person_file()).unwrap().parse().unwrap();
    let mine = [mine["recipient"].as_str().unwrap().to_owned()];
    let to = rekey::prepare(folder, &keys).unwrap();
    let taken = |step: usize, take: &dyn Fn()| {
        if step <= steps {
            take();
        }
    };
    taken(1, &|| {
        let mut cabinet = Cabinet::open(&folder.changed_database(), &to, identity.signer(amina())).unwrap();
        let entry = Entry::PersonRemoved { person: leaves.clone(), reason: "Left".into() };
        cabinet.record(minutes(3), |writer| writer.append(&entry)).unwrap();
        rekey::close(cabinet).unwrap();
    });
    taken(2, &|| rekey::set_aside(folder, minutes(3)).unwrap());
    taken(3, &|| to.seal(&folder.keys(), &mine).unwrap());
    taken(4, &|| rekey::put_in_place(folder).unwrap());
    taken(5, &|| to.alone().seal(&folder.keys(), &mine).unwrap());
}

#[test]
fn a_removal_that_was_cut_off_leaves_a_pair_that_opens_and_is_done_again() {
    for steps in 0..=5 {
        let (place, grace) = shared();
        cut_off_after(steps, &place, &grace);
        let desk = place.open().unwrap();
        is_content(&desk);
        assert_eq!(desk.members().unwrap().len(), if steps < 4 { 2 } else { 1 }, "after step {steps}");
        drop(desk);
        if steps >= 4 {
            assert!(matches!(place.open_as(&grace).err(), Some(Error::NotAMember)), "after step {steps}");
        }
        is_content(&remove(&place, &grace).unwrap());
        is_tidy(&place.folder);
        assert!(!place.keys_in_the_clear().contains("previous"), "after step {steps}");
        is_content(&place.open().unwrap());
    }
}

/// How many people a backup has, gone back to on a new machine.
fn people_gone_back_to(backup: &Path) -> usize {
    let new = Place::empty();
    let from = Folder::new(backup);
    Checked::of(&new.folder, &from, &amina(), passphrase(), free_space).unwrap().put_in_place(now()).unwrap();
    let desk = new.open().unwrap();
    is_content(&desk);
    desk.members().unwrap().len()
}

#[test]
fn a_backup_after_a_removal_that_was_cut_off_can_be_gone_back_to() {
    for steps in 0..=5 {
        let (place, grace) = shared();
        cut_off_after(steps, &place, &grace);
        let backup = place.backed_up(minutes(4));
        let people = people_gone_back_to(&backup.path);
        assert_eq!(people, if steps < 4 { 2 } else { 1 }, "after step {steps}");
        let present =
            Checked::of(&place.folder, &Folder::new(&backup.path), &amina(), passphrase(), free_space);
        assert_eq!(present.unwrap().present, Present::Further(0), "after step {steps}");
    }
}

#[test]
fn nobody_is_removed_while_a_backup_is_made() {
    let (place, grace) = shared();
    let mut asked = 0;
    backup::make(&place.order(now()), || {
        assert!(matches!(remove(&place, &grace).err(), Some(Error::OpenElsewhere)));
        asked += 1;
        Go::On
    })
    .unwrap();
    assert!(asked > 0);
    is_content(&remove(&place, &grace).unwrap());
}

#[test]
fn a_backup_from_before_still_opens_for_whoever_has_left_and_one_from_after_does_not() {
    let (place, grace) = shared();
    let before = place.backed_up(minutes(1));
    drop(remove(&place, &grace).unwrap());
    let after = place.backed_up(minutes(11));
    let opens = |backup: &Kept| Desk::open(Folder::new(&backup.path), &grace, theirs());
    is_content(&opens(&before).unwrap());
    assert!(matches!(opens(&after).err(), Some(Error::NoPerson(_))));
}

#[test]
fn a_removal_that_was_cut_off_does_not_stop_an_admission() {
    for steps in 0..=5 {
        let (place, grace) = shared();
        cut_off_after(steps, &place, &grace);
        let joy = place.admit("Joy Marsh", Right::Reader);
        is_content(&place.open_as(&joy).unwrap());
        assert_eq!(place.open_as(&grace).is_ok(), steps < 4, "after step {steps}");
    }
}

#[test]
fn nor_does_it_stop_one_on_the_screens() {
    for steps in 0..=5 {
        let (place, grace) = shared();
        cut_off_after(steps, &place, &grace);
        let mut service = Service::new(place.folder.clone(), Work::Token, Clock::new(|| minutes(5)));
        let opened = service.answer(Request::Unlock { person: amina(), passphrase: passphrase() });
        assert!(matches!(opened, Reply::Open(_)), "after step {steps}");
        let new = NewPerson { name: "Joy Marsh".into(), role: "Governor".into(), right: Right::Reader };
        let admitted = service.answer(Request::AdmitPerson { new, passphrase: theirs() });
        assert!(matches!(admitted, Reply::PeopleChanged), "after step {steps}");
        drop(service);
        is_content(&place.open_as(&PersonId::from_name("Joy Marsh")).unwrap());
        is_content(&place.open().unwrap());
        assert_eq!(place.open_as(&grace).is_ok(), steps < 4, "after step {steps}");
    }
}

#[test]
fn a_record_that_cannot_be_read_whole_keeps_its_key() {
    let (place, grace) = shared();
    let path = place.folder.database();
    let whole = fs::read(&path).unwrap();
    // A page that is read only where all of it is.
    let damaged = (1..whole.len() / 4096).rev().find_map(|page| {
        let mut bytes = whole.clone();
        bytes[page * 4096 + 100] ^= 1;
        fs::write(&path, &bytes).unwrap();
        let opens = place.open_as(&grace).is_ok() && place.open().is_ok();
        (opens && remove(&place, &grace).is_err()).then_some(bytes)
    });
    assert_eq!(Some(fs::read(&path).unwrap()), damaged, "some page is read on removing alone");
    assert!(!place.folder.changed_database().exists());
    assert!(place.open_as(&grace).is_ok());
}

#[test]
fn of_those_who_stay_everybody_opens_it_afterwards() {
    let (place, grace) = shared();
    let joy = place.admit("Joy Marsh", Right::Lead);
    let new = NewPerson { name: "Kit Moss".into(), role: "Head".into(), right: Right::Senior };
    let kit = Keeper::open(place.folder.clone(), &joy, theirs())
        .unwrap()
        .add(&new, theirs(), Work::Token, now())
        .unwrap()
        .person;
    drop(remove(&place, &grace).unwrap());
    for person in [&joy, &kit] {
        is_content(&place.open_as(person).unwrap());
    }
    let by_joy = Keeper::open(place.folder.clone(), &joy, theirs()).unwrap();
    is_content(&by_joy.remove(&amina(), &"Retired".into(), minutes(20)).unwrap());
    assert!(place.open().is_err());
}
