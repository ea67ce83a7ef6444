//! The list of people and its keys.

use crossterm::event::KeyCode;

use super::*;
use crate::desk::people::PeopleFile;
use crate::domain::ids::PersonId;
use crate::tui::screens::testing::{HARD_NAME, asked, cx, drawn, now, press, sizes};

fn listed(name: &str, right: Right, file: PeopleFile) -> Listed {
    let person = Person {
        person: PersonId::from_name(name),
        name: name.into(),
        role: "Deputy lead".into(),
        signing_key: String::new(),
        recipient: None,
        right,
    };
    Listed { person, file, since: now() }
}

fn people(may_change: bool) -> People {
    let mut people = People::default();
    assert!(matches!(asked(people.refresh(&cx())).as_slice(), [Request::Members]));
    let listed = vec![
        listed("Amina Khan", Right::Lead, PeopleFile::AsAdmitted),
        listed("Grace Osei", Right::Senior, PeopleFile::Differs),
        listed(HARD_NAME, Right::Reader, PeopleFile::Missing),
    ];
    people.reply(&cx(), Reply::Members(Members { listed, may_change, has_recovery_key: false }));
    people
}

/// Which page a key opens.
fn opens(people: &mut People, key: char) -> Option<Layer> {
    match press(people, KeyCode::Char(key)).pop() {
        Some(Effect::Open(layer)) => Some(*layer),
        _ => None,
    }
}

#[test]
fn everybody_is_listed_with_their_right_and_their_file() {
    let screen = drawn(&mut people(true), 80, 22);
    for words in
        ["Amina Khan", "lead", "Sun 22 Nov 2026", "as admitted", "! differs", "! missing", "no recovery key"]
    {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
}

#[test]
fn each_change_has_its_page() {
    for (key, title) in [
        ('+', "Admitting somebody"),
        ('p', "Your passphrase"),
        ('e', "Changing a right"),
        ('x', "Removing somebody"),
        ('w', "Recovery key"),
    ] {
        let mut people = people(true);
        let page = opens(&mut people, key).unwrap_or_else(|| panic!("{key} opens nothing"));
        assert_eq!(page.surface().title(&cx()), title);
    }
    assert!(matches!(press(&mut people(true), KeyCode::Enter).as_slice(), [Effect::Open(choice)]
        if matches!(**choice, Layer::Choice(_))));
}

#[test]
fn whoever_may_change_nobody_changes_their_own_passphrase() {
    let mut people = people(false);
    assert!(opens(&mut people, 'p').is_some());
    for key in ['+', 'e', 'x', 'w'] {
        let effects = press(&mut people, KeyCode::Char(key));
        assert!(matches!(effects.as_slice(), [Effect::Say(said)] if said == NOT_YOURS), "{key}");
    }
}

#[test]
fn a_senior_stays_one() {
    let mut people = people(true);
    press(&mut people, KeyCode::Down);
    let effects = press(&mut people, KeyCode::Char('e'));
    assert!(matches!(effects.as_slice(), [Effect::Say(said)] if said == A_SENIOR_STAYS));
}

#[test]
fn whoever_was_selected_stays_so() {
    let mut people = people(true);
    press(&mut people, KeyCode::Down);
    let joy = listed("Beth Jones", Right::Deputy, PeopleFile::AsAdmitted);
    let mut members = people.members.clone().unwrap();
    members.listed.insert(0, joy);
    people.reply(&cx(), Reply::Members(members));
    assert_eq!(people.selected().unwrap().person.name.as_str(), "Grace Osei");
}

#[test]
fn it_can_be_drawn_at_any_size() {
    for (width, height) in sizes() {
        drawn(&mut people(true), width, height);
        drawn(&mut People::default(), width, height);
    }
}
