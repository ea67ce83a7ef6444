//! Two people, or one person twice, with the same desk open.

use std::fs;

use dsl_desk::domain::person::Right;

use super::day::Hands as _;
use super::pty::Terminal;
use super::user::User;
use crate::support::{Place, THEIRS, World, everything_under, now};

#[test]
fn an_old_draft_puts_nothing_back_that_was_changed_since() {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2013-03-01"));
    let place = world.close();
    let open = || {
        let mut user = User::at(place.folder.root(), 80, 24);
        user.unlocks().press(&["2", "Enter"]).sees("b. 1 Mar 2013");
        user
    };
    let (mut early, mut late) = (open(), open());
    late.press(&["e", "Tab"]);
    early.press(&["e", "Tab", "Tab"]).types("9B").waits(1).press(&["Esc"]).sees("Kept as a draft");
    late.press(&["Backspace"; 10]).types("7/7/2013");
    late.press(&["Tab"; 6]).types("Birth certificate").press(&["Ctrl-S"]);
    late.sees("b. 7 Jul 2013");
    early.press(&["e"]).sees("Restored").press(&["Tab"; 5]).types("Moved up").press(&["Ctrl-S"]);
    early.sees("b. 7 Jul 2013").sees("9B");
}

/// A desk with two concerns, and Grace, who writes in it too.
fn shared() -> Place {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2013-03-01"));
    world.concern("Leo Okonkwo", Some("2014-03-02"));
    let place = world.close();
    place.admit("Grace Osei", Right::Deputy);
    place
}

fn grace(place: &Place, width: u16) -> User {
    let mut grace = User::at(place.folder.root(), width, 40);
    grace.press(&["Down"]).types(THEIRS).press(&["Enter"]).sees("Zoe Marsh");
    grace
}

fn amina(place: &Place) -> User {
    let mut amina = User::at(place.folder.root(), 80, 24);
    amina.unlocks();
    amina
}

const BY_GRACE: &str = "Open at another desk: Grace Osei.";

#[test]
fn each_sees_that_the_other_has_the_same_concern_open() {
    let place = shared();
    let (mut grace, mut amina) = (grace(&place, 120), amina(&place));
    amina.press(&["Enter", "Esc"]).waits(1).does_not_see("another desk");
    grace.press(&["Enter", "Esc"]).waits(1).sees("Open at another desk: Amina Khan.");
    // In the pane that shows, and over each form.
    amina.waits(1).sees(BY_GRACE).press(&["Right"]).sees(BY_GRACE).press(&["i"]).sees(BY_GRACE);
    amina.resizes(200, 60).sees(BY_GRACE).resizes(60, 20).sees("Open at another desk");
    // She goes on to the other concern, then locks.
    grace.press(&["Esc", "Down", "Enter", "Esc"]).waits(1).does_not_see("another desk");
    amina.resizes(80, 24).waits(1).does_not_see("another desk");
    grace.press(&["Esc", "Up", "Enter", "Esc"]).waits(1);
    amina.waits(1).sees(BY_GRACE);
    grace.press(&["Ctrl-L"]);
    amina.waits(1).does_not_see("another desk");
    assert_eq!(place.open().unwrap().verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn one_person_at_two_desks_is_told_so() {
    let place = shared();
    let (mut here, mut there) = (amina(&place), amina(&place));
    here.press(&["Enter", "Esc"]).waits(1);
    there.press(&["Enter", "Esc"]).waits(1).sees("Open at another desk: you.");
    here.waits(1).sees("Open at another desk: you.");
    drop(there);
    here.waits(1).does_not_see("another desk");
}

#[test]
fn what_the_others_write_stands_beside_the_note() {
    let place = shared();
    let (mut grace, mut amina) = (grace(&place, 80), amina(&place));
    amina.press(&["Enter", "Esc", "Right"]).waits(1);
    grace.press(&["Enter", "Esc", "i"]).types("In the pupil file").press(&["Ctrl-S"]).waits(1);
    amina.waits(1).sees(BY_GRACE).sees("In the pupil file").sees("Grace Osei, Colleague");
}

#[test]
fn the_folder_does_not_tell_which_concern_is_open_and_nothing_is_left() {
    let place = shared();
    let names = || {
        let listed = fs::read_dir(place.folder.open_concerns()).into_iter().flatten();
        listed.map(|file| file.unwrap().file_name().into_string().unwrap()).collect::<Vec<_>>()
    };
    let mut amina = amina(&place);
    amina.press(&["Enter", "Esc"]).waits(1);
    let first = names();
    amina.press(&["Esc", "Down", "Enter", "Esc"]).waits(1);
    let second = names();
    for name in [&first, &second] {
        assert!(
            matches!(name.as_slice(), [name] if name.len() == 32 && name.chars().all(|c| c.is_ascii_hexdigit()))
        );
        assert_eq!(fs::read(place.folder.open_concerns().join(&name[0])).unwrap_or_default(), b"");
    }
    assert_ne!(first, second);
    amina.press(&["q"]);
    drop(amina);
    assert_eq!(names(), Vec::<String>::new());
    let backed_up = everything_under(&place.backed_up(now()).path);
    assert!(!backed_up.iter().any(|path| path.ends_with(".open")));
}

#[test]
fn the_note_goes_with_a_program_that_is_killed() {
    let place = shared();
    let (mut other, _) = Terminal::open(place.folder.root());
    // The list wakes up with the first of two people.
    other.sees("Grace Osei").press(&["Down"]).types(THEIRS).press(&["Enter"]).is_at("Inbox");
    other.sees("Zoe Marsh").press(&["Enter"]).is_at("Concern 1: in danger now?");
    let mut amina = amina(&place);
    amina.press(&["Enter", "Esc"]);
    other.waits_for("the note", || amina.waits(1).screen().contains(BY_GRACE));
    other.signal("KILL");
    other.ends();
    amina.waits(1).does_not_see("another desk");
}
