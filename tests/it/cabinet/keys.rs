//! Who can open a desk, and what they are told when they cannot.

use std::fs;
use std::path::Path;

use dsl_desk::cabinet::Error;
use dsl_desk::cabinet::keys::Passphrase;
use dsl_desk::desk::{Desk, people};
use dsl_desk::domain::ids::PersonId;

use crate::support::{Place, World, amina};

fn refusal(place: &Place) -> Error {
    place.open().err().expect("the desk opened")
}

/// Two sentences at least, and no word of the library's own.
pub(super) fn is_plain(error: &Error) {
    let text = error.to_string();
    assert!(text.matches(". ").count() >= 1 && text.ends_with('.'), "{text}");
    assert!(!text.contains("NotADatabase") && !text.contains("sqlite"), "{text}");
}

fn damage(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_wrong_passphrase_is_said_to_be_one() {
    let place = World::new().close();
    let refused = Desk::open(place.folder, &amina(), Passphrase::from("copper kettle harbour ten")).err();
    assert!(matches!(refused, Some(Error::WrongPassphrase)));
}

#[test]
fn a_damaged_person_file_is_not_called_a_wrong_passphrase() {
    let place = World::new().close();
    let text = fs::read_to_string(place.person_file()).unwrap();
    let cut = text.replace("-----END AGE", "-----AGE");
    for damaged in
        [cut.as_str(), &text.replace("format = \"dsl-desk.person/1\"", "format = \"x/9\""), "", "name = "]
    {
        fs::write(place.person_file(), damaged).unwrap();
        let error = refusal(&place);
        assert!(matches!(error, Error::KeyFile { .. } | Error::DamagedPerson), "{error}");
        is_plain(&error);
    }
    fs::write(place.person_file(), b"name = \"\xff\"").unwrap();
    assert!(matches!(refusal(&place), Error::KeyFile { .. }));
    fs::remove_file(place.person_file()).unwrap();
    assert!(matches!(refusal(&place), Error::NoPerson(_)));
}

#[test]
fn one_damaged_person_file_locks_nobody_else_out() {
    let place = World::new().close();
    fs::write(place.folder.people().join("beth-cole.toml"), "name = ").unwrap();
    let listed = people(&place.folder).unwrap();
    assert_eq!(listed.iter().map(|choice| choice.person.0.as_str()).collect::<Vec<_>>(), ["amina-khan"]);
    fs::remove_file(place.person_file()).unwrap();
    assert!(matches!(people(&place.folder).err(), Some(Error::KeyFile { .. })));
}

#[test]
fn a_name_that_leads_out_of_the_folder_is_nobody() {
    let place = World::new().close();
    fs::copy(place.person_file(), place.folder.root().join("out.toml")).unwrap();
    let refused =
        Desk::open(place.folder, &PersonId("../out".to_owned()), crate::support::passphrase()).err();
    assert!(matches!(refused, Some(Error::NoPerson(_))));
}

#[test]
fn a_missing_cabinet_key_is_named() {
    let place = World::new().close();
    fs::remove_file(place.folder.keys()).unwrap();
    assert!(matches!(refusal(&place), Error::File { .. }));
}

#[test]
fn a_damaged_cabinet_is_refused_wherever_the_damage_is() {
    let place = World::new().close();
    let path = place.folder.database();
    let whole = fs::read(&path).unwrap();
    for at in [0, 15, 16, 100, 4000, 4095] {
        damage(&path, at);
        let error = refusal(&place);
        assert!(matches!(error, Error::NotACabinet), "byte {at}: {error}");
        is_plain(&error);
        fs::write(&path, &whole).unwrap();
    }
    fs::write(&path, b"").unwrap();
    assert!(matches!(refusal(&place), Error::NotACabinet), "an empty file");
    fs::remove_file(&path).unwrap();
    assert!(matches!(refusal(&place), Error::NoDesk(_)));
}

#[test]
fn damage_further_in_is_reported_by_verify() {
    let place = World::new().close();
    let path = place.folder.database();
    let whole = fs::read(&path).unwrap();
    for page in 2..whole.len() / 4096 {
        damage(&path, page * 4096 + 2000);
        match place.open() {
            Err(error) => is_plain(&error),
            Ok(desk) => {
                let report = desk.verify().unwrap();
                let page = format!("page {}", page + 1);
                assert!(
                    report.problems.iter().any(|problem| problem.contains(&page)),
                    "{page} {:?}",
                    report.problems
                );
            }
        }
        fs::write(&path, &whole).unwrap();
    }
}

#[test]
fn a_cabinet_of_a_newer_program_is_refused_and_left_alone() {
    let place = World::new().close();
    place.bare().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(place.folder.database()).unwrap();
    let error = refusal(&place);
    assert!(matches!(error, Error::Newer { file: 99, .. }));
    is_plain(&error);
    assert_eq!(fs::read(place.folder.database()).unwrap(), before);
}
