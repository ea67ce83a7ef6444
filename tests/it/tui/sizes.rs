//! Every screen at every size, and with names that are hard to draw.

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::buffer::Cell;

use super::user::User;
use crate::support::{Place, World};

/// From the inbox to every screen that is no form.
const SCREENS: [&[&str]; 18] = [
    &[],
    &["Tab"],
    &["/"],
    &["Enter"],
    &["Enter", "Esc"],
    &["Enter", "Esc", "Tab"],
    &["Enter", "Esc", "w"],
    &["Enter", "Esc", "Enter"],
    &["Enter", "Esc", "l"],
    &["Enter", "Esc", "s"],
    &["Enter", "Esc", "h"],
    &["Enter", "Esc", "h", "Enter"],
    &["2"],
    &["3"],
    &["3", "Enter"],
    &["Ctrl-K", "a"],
    &["?"],
    &["D"],
];
const SIZES: [(u16, u16); 7] = [(60, 20), (59, 19), (80, 24), (120, 40), (200, 60), (1, 1), (61, 21)];

/// Long, wide, combining, right to left, and with what would steer a terminal.
const NAMES: [&str; 7] = [
    "Zoe Marsh",
    "Bartholomew Featherstonehaugh-Cholmondeley-Marjoribanks of Wigston Magna the Younger",
    "漢字山田太郎漢字山田太郎漢字山田太郎漢字山田太郎",
    "Zoe\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307} Ma\u{308}\u{308}\u{308}rsh",
    "محمد عبد الرحمن بن خالد",
    "Zoe\u{1b}[2J\u{9b}31m \u{202e}Marsh\u{2066}\u{200f}\u{7}\r\n",
    "👩‍👩‍👧‍👦🇬🇧 Marsh",
];

fn place() -> Place {
    let mut world = World::new();
    for name in NAMES {
        world.concern(name, Some("2014-03-02"));
    }
    world.close()
}

fn at(folder: &Path, keys: &[&str]) -> User {
    let mut user = User::at(folder, 120, 40);
    user.unlocks().press(keys);
    user
}

/// Characters that move a terminal's cursor or turn its text round.
fn steers(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[track_caller]
fn is_harmless(buffer: &Buffer) {
    let steering = buffer.content.iter().find(|cell| cell.symbol().chars().any(steers));
    assert!(steering.is_none(), "{steering:?}");
}

#[test]
fn every_screen_at_every_size() {
    let place = place();
    for keys in SCREENS {
        let mut user = at(place.folder.root(), keys);
        for (width, height) in SIZES {
            user.resizes(width, height).press(&["Down", "Up"]);
            is_harmless(user.buffer());
            let says_so = user.screen().contains("larger");
            assert_eq!(says_so, (width, height) == (59, 19), "{keys:?} {width}×{height}\n{}", user.screen());
        }
    }
}

#[test]
fn opening_and_setting_up_at_every_size() {
    let place = place();
    let empty = Place::empty();
    for folder in [place.folder.root(), empty.folder.root()] {
        let mut user = User::at(folder, 120, 40);
        for (width, height) in SIZES {
            user.resizes(width, height).types("漢字").press(&["Down", "Up"]);
            is_harmless(user.buffer());
        }
    }
}

/// Where a word begins in each row that has it.
fn places_of(buffer: &Buffer, word: &str) -> Vec<usize> {
    let rows = buffer.content.chunks(buffer.area.width.into());
    let letters: Vec<String> = word.chars().map(String::from).collect();
    let place = |row: &[Cell]| {
        row.windows(letters.len()).position(|cells| cells.iter().map(Cell::symbol).eq(letters.iter()))
    };
    rows.filter_map(place).collect()
}

#[test]
fn columns_keep_their_place_beside_every_name() {
    let place = place();
    for (width, height) in [(60, 20), (80, 24), (120, 40)] {
        let mut user = User::at(place.folder.root(), width, height);
        user.unlocks();
        let beside = places_of(user.buffer(), "Came");
        assert_eq!(beside.len(), NAMES.len(), "{}", user.screen());
        assert!(beside.iter().all(|place| *place == beside[0]), "{beside:?}\n{}", user.screen());
        let born = places_of(user.press(&["2"]).buffer(), "2 Mar 2014");
        assert!(born.len() >= 2 && born.iter().all(|place| *place == born[0]), "{born:?}\n{}", user.screen());
    }
}

#[test]
fn where_nothing_can_be_read_keys_do_nothing() {
    let place = place();
    let mut user = at(place.folder.root(), &["Enter", "Esc", "i"]);
    user.types("The log is in the office.").resizes(20, 5).sees("Make the window");
    user.types(" Not this.").press(&["Ctrl-S", "Esc"]).pastes("Nor this.");
    user.resizes(120, 40).sees("The log is in the office.").does_not_see("this.").does_not_see("Recorded");
    let mut asked = at(place.folder.root(), &["Enter"]);
    assert!(asked.title().contains("in danger now?"));
    asked.resizes(59, 24).press(&["y"]).resizes(120, 40).does_not_see("IN DANGER");
    assert!(asked.title().contains("in danger now?"));
}

#[test]
fn where_nothing_can_be_read_the_desk_can_still_be_locked_and_left() {
    let place = place();
    let mut user = at(place.folder.root(), &[]);
    user.resizes(20, 5).press(&["3"]).press(&["q"]);
    assert!(user.has_left());
    let mut user = at(place.folder.root(), &["Enter", "Esc", "i"]);
    user.types("The log.").resizes(20, 5).press(&["q"]);
    assert!(!user.has_left(), "it is a letter there");
    user.press(&["Ctrl-L"]).resizes(120, 40).does_not_see("The log.").unlocks();
    user.press(&["D"]).sees("Further information");
}
