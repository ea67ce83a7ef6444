//! Backups that nobody asked for, and the nagging where there are none.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use dsl_desk::cabinet::backup::{Kept, kept};

use super::day::Hands as _;
use super::pty::Terminal;
use super::user::User;
use crate::support::{PASSPHRASE, Place, World};

const DAY: i64 = 24 * 60 * 60;

/// A backup beside the work takes its own time: looks until it is so.
#[track_caller]
fn until(user: &mut User, what: &str, is_so: impl Fn(&User) -> bool) {
    let deadline = Instant::now() + Duration::from_mins(1);
    while !is_so(user) {
        assert!(Instant::now() < deadline, "waited in vain for {what}\n{}", user.screen());
        user.waits(1);
    }
}

fn backups(place: &Place) -> Vec<Kept> {
    kept(&place.folder.backups())
}

fn with_concern() -> Place {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    world.close()
}

#[test]
fn an_open_desk_is_backed_up_once_a_day() {
    let place = with_concern();
    let mut amina = User::at(place.folder.root(), 120, 40);
    amina.unlocks().waits(1);
    assert_eq!(backups(&place), [], "there is time until the day is over");
    // Another hand comes to a desk that nobody has closed: it is due at once, and nobody worries.
    let mut beth = User::at(place.folder.root(), 120, 40);
    beth.waits(2 * DAY).unlocks().does_not_see("no backup");
    until(&mut beth, "a backup", |_| backups(&place).len() == 1);
    beth.waits(1).does_not_see("no backup");
    until(&mut beth, "the time of it", |beth| beth.title().contains("backup 14:10 · "));
    let mut cai = User::at(place.folder.root(), 120, 40);
    cai.waits(7 * DAY).unlocks().waits(1).does_not_see("no backup");
    assert_eq!(backups(&place).len(), 1, "nothing was recorded since");
}

#[test]
fn a_desk_without_a_backup_says_so_on_every_screen() {
    let place = with_concern();
    let folder = place.folder.backups();
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    let mut amina = User::at(place.folder.root(), 80, 24);
    amina.waits(DAY / 2).unlocks().waits(1).does_not_see("no backup").press(&["Ctrl-L"]);
    amina.waits(4 * DAY).unlocks();
    until(&mut amina, "the nagging", |amina| amina.title().contains(" no backup for 4 days "));
    for screen in ["1", "2", "3", "?"] {
        amina.press(&[screen]);
        assert!(amina.title().starts_with(" no backup for 4 days "), "{}", amina.title());
        assert!(amina.title().contains("Wed 25 Nov 2026"), "{}", amina.title());
        amina.press(&["Esc"]);
    }
    fs::remove_file(&folder).unwrap();
    amina.waits(60 * 60).unlocks();
    until(&mut amina, "the end of it", |amina| !amina.title().contains("no backup"));
    assert_eq!(backups(&place).len(), 1);
}

#[test]
fn a_backup_that_fails_is_told_and_stops_nobody() {
    let place = with_concern();
    fs::remove_dir_all(place.folder.backups()).unwrap();
    fs::write(place.folder.backups(), "in the way").unwrap();
    let mut amina = User::at(place.folder.root(), 120, 40);
    amina.waits(2 * DAY).unlocks();
    until(&mut amina, "the reason", |amina| amina.screen().contains("could not be made"));
    amina.press(&["Enter", "Esc"]).sees("Part 1").does_not_see("could not be made");
}

#[test]
fn locking_backs_up_what_is_not_backed_up_today() {
    let place = with_concern();
    let mut amina = User::at(place.folder.root(), 120, 40);
    amina.unlocks().press(&["Ctrl-L"]).sees("locked");
    assert_eq!(backups(&place).len(), 1);
    amina.unlocks().press(&["Ctrl-L"]);
    assert_eq!(backups(&place).len(), 1, "one of today is enough");
}

#[test]
fn leaving_backs_up_what_was_recorded_since() {
    let place = with_concern();
    leaves(place.folder.root());
    let first = backups(&place);
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].note.entries, place.open().unwrap().entries().unwrap());
    leaves(place.folder.root());
    assert_eq!(backups(&place), first, "nothing was recorded since");
}

fn leaves(desk: &Path) {
    let (mut terminal, _) = Terminal::open(desk);
    terminal
        .sees("Amina Khan")
        .types(PASSPHRASE)
        .press(&["Enter"])
        .puts_off()
        .is_at("Inbox")
        .press(&["q"])
        .ends();
    terminal.look(|shown| assert_eq!(shown.parser.screen().contents().trim(), ""));
}

#[test]
fn leaving_says_on_the_terminal_what_went_wrong() {
    let place = with_concern();
    fs::remove_dir_all(place.folder.backups()).unwrap();
    fs::write(place.folder.backups(), "in the way").unwrap();
    let (mut terminal, _) = Terminal::open(place.folder.root());
    terminal
        .sees("Amina Khan")
        .types(PASSPHRASE)
        .press(&["Enter"])
        .puts_off()
        .is_at("Inbox")
        .press(&["q"])
        .ends();
    terminal.look(|shown| {
        let left = shown.parser.screen().contents();
        assert!(left.contains("could not be made") && !left.contains("Zoë"), "{left}");
    });
}
