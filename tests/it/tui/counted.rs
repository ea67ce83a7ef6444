//! What the README says of keys is true: the table of all of them, and how many a call takes.
//!
//! A chord is one key. The letters of what is said on the telephone are not counted: they are the record itself.

use std::fs;
use std::path::PathBuf;

use dsl_desk::desk::Act;
use dsl_desk::domain::area::Area;
use dsl_desk::domain::concern::Part1;
use dsl_desk::domain::ids::ConcernId;
use dsl_desk::domain::part2::Section;
use dsl_desk::tui::keymap::{Keymap, table};

use super::user::User;
use crate::support::{Place, World, part1};

fn readme() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

const BEGIN: &str = "<!-- keys -->\n";
const END: &str = "<!-- /keys -->";

/// `UPDATE_README=1 cargo test` writes it.
#[test]
fn the_table_of_keys() {
    let text = fs::read_to_string(readme()).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (kept, after) = rest.split_once(END).unwrap();
    let table = table::markdown(&Keymap::default());
    if std::env::var_os("UPDATE_README").is_some() {
        return fs::write(readme(), format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
    }
    assert!(kept == table, "the keys in README.md are not those of the desk: UPDATE_README=1 cargo test");
}

/// Somebody whose keys are counted.
struct Counted {
    user: User,
    keys: usize,
}

impl Counted {
    fn new(place: &Place) -> Self {
        let mut user = User::at(place.folder.root(), 80, 24);
        user.unlocks();
        Self { user, keys: 0 }
    }

    fn press(&mut self, keys: &[&str]) -> &mut Self {
        self.keys += keys.len();
        self.user.press(keys);
        self
    }

    /// Letters by which something is found.
    fn searches(&mut self, letters: &str) -> &mut Self {
        self.keys += letters.chars().count();
        self.user.types(letters);
        self
    }

    /// What goes into the record.
    fn writes(&mut self, text: &str) -> &mut Self {
        self.user.types(text);
        self
    }
}

fn place() -> Place {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    world.close()
}

/// The number in the last cell of the README's row.
#[track_caller]
fn is_said_of(row: &str, keys: usize) {
    let text = fs::read_to_string(readme()).unwrap();
    let line = text.lines().find(|line| line.contains(row)).unwrap();
    let said = line.trim_end_matches([' ', '|']).rsplit('|').next().unwrap().trim();
    assert!(
        said.split(|c: char| !c.is_ascii_digit()).next() == Some(&keys.to_string()),
        "{keys} keys, and the README says: {said}"
    );
}

#[test]
fn from_the_inbox_to_a_saved_advice_entry() {
    let place = place();
    let mut amina = Counted::new(&place);
    amina.press(&["Enter", "n", "a"]).searches("dut").press(&["Enter"]);
    amina.writes("Jo Bloggs").press(&["Tab"]).writes("Refer today.").press(&["Ctrl-S"]);
    is_said_of("a saved advice entry", amina.keys);
    drop(amina);
    let concern = place.open().unwrap().concern(ConcernId(1)).unwrap();
    let (_, Section::Advice(advice)) = concern.sections().next().unwrap() else { panic!("no advice") };
    assert_eq!((advice.name.as_str(), advice.advice.as_str()), ("Jo Bloggs", "Refer today."));
    assert!(advice.contact.is_some());
}

#[test]
fn from_a_concern_to_a_number_that_is_rung_with_the_form_open() {
    let mut world = World::new();
    let known = Part1 { area: Area::read("rutland"), ..part1("Zoe Marsh", Some("2014-03-02")) };
    world.act(&Act::TypeIn(Box::new(known)));
    let place = world.close();
    let mut amina = Counted::new(&place);
    amina.user.press(&["Enter", "n"]);
    amina.press(&["r", "Enter"]);
    amina.user.sees("Ring 01572 758 407").sees("Rutland County Council").sees("Call begun");
    is_said_of("with the advice form open", amina.keys);
}

#[test]
fn from_anywhere_to_a_number() {
    let place = place();
    for anywhere in [&["Enter", "n"][..], &["2", "Enter"], &["1", "Enter", "a"]] {
        let mut amina = Counted::new(&place);
        amina.user.press(anywhere);
        amina.press(&["Ctrl-K"]).searches("dut");
        amina.user.sees("0116 305 0005");
        is_said_of("a contact's number", amina.keys);
    }
}

#[test]
fn a_number_is_copied_with_one_key() {
    let place = place();
    let mut amina = Counted::new(&place);
    amina.press(&["3"]).press(&["/"]).searches("duty team").press(&["Enter", "c"]);
    assert_eq!(amina.user.clipboard(), ["0116 305 0005"]);
}
