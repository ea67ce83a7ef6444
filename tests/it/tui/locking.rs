//! A desk that nobody is at: it locks, and what was copied and typed is dealt with.

use super::day::Hands as _;
use super::pty::Terminal;
use super::user::User;
use crate::support::{PASSPHRASE, Place, World};

fn place() -> Place {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    world.close()
}

fn amina(place: &Place) -> User {
    let mut user = User::at(place.folder.root(), 80, 24);
    user.unlocks();
    user
}

#[test]
fn ten_minutes_without_a_key_lock_the_desk_and_keep_the_text() {
    let place = place();
    let mut user = amina(&place);
    user.press(&["Enter", "n", "i"]).types("In the pupil file");
    user.waits(590).sees("In the pupil file").press(&["Right"]);
    user.waits(590).sees("In the pupil file");
    user.waits(11).sees("The desk is locked.").does_not_see("pupil");
    user.unlocks().sees("In the pupil file");
}

#[test]
fn a_clock_that_is_put_back_puts_off_neither_the_lock_nor_the_clipboard() {
    let place = place();
    let mut user = amina(&place);
    user.press(&["3", "/"]).types("duty team");
    user.press(&["Enter", "c"]);
    assert_eq!(user.clipboard().len(), 1);
    user.waits(-3600).waits(60);
    assert_eq!(user.clipboard(), [""]);
    user.waits(540).sees("The desk is locked.");
}

#[test]
fn a_number_is_on_the_clipboard_for_a_minute() {
    let place = place();
    let mut user = amina(&place);
    user.press(&["3", "/"]).types("duty team");
    user.press(&["Enter", "c"]);
    assert_eq!(user.clipboard(), ["0116 305 0005"]);
    user.waits(59);
    assert!(user.clipboard().is_empty());
    user.waits(1);
    assert_eq!(user.clipboard(), [""]);
    user.waits(60);
    assert!(user.clipboard().is_empty(), "once");
    user.press(&["c"]).press(&["F12"]);
    assert_eq!(user.clipboard(), ["0116 305 0005", ""], "nor is it left behind by a lock");
}

#[test]
fn wrong_passphrases_wait_longer_each_time() {
    let place = place();
    let mut user = User::at(place.folder.root(), 80, 24);
    let tries = |user: &mut User, passphrase: &str| {
        user.types(passphrase).press(&["Enter"]);
    };
    tries(&mut user, "wrong");
    user.sees("The passphrase does not open this desk.");
    tries(&mut user, "wrong again");
    user.sees("The passphrase does not open this desk.");
    tries(&mut user, PASSPHRASE);
    user.sees("so this one was not looked at");
    user.waits(1);
    tries(&mut user, PASSPHRASE);
    user.puts_off().sees("urgent first");
}

/// Whoever may read every process's memory may read this one's, so only the core dump is asked about.
#[cfg(target_os = "linux")]
#[test]
fn no_core_is_dumped() {
    let place = place();
    let (mut terminal, _) = Terminal::open(place.folder.root());
    terminal.sees("Amina Khan");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", terminal.process())).unwrap();
    let core: Vec<&str> = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"))
        .unwrap()
        .split_whitespace()
        .collect();
    assert_eq!(core[4..6], ["0", "0"]);
}
