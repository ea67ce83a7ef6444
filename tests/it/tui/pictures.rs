//! The screens as pictures: of the invented school, on the Friday of the tests, at two sizes. The README shows them,
//! and a screen that looks different fails here.

use std::path::Path;

use dsl_desk::cabinet::backup::Check;
use dsl_desk::cabinet::files::Folder;
use dsl_desk::demo::desks;
use dsl_desk::desk::Desk;
use dsl_desk::desk::answer::{ChildRow, Target};
use dsl_desk::domain::chronology::Kinds;
use dsl_desk::domain::person::Right;

use super::picture::assert_picture;
use super::user::{User, friday};
use crate::support::{ALL, PASSPHRASE, Place, World, today};

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

#[test]
fn of_the_invented_school() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desks::invented(Folder::new(folder.path()), friday()).unwrap();
    let child = the_fullest_chronology(&mut desk);
    // Otherwise one is made beside the work, and the title tells of it as soon as it is there.
    desk.back_up(None, Check::Opened, friday()).unwrap();
    drop(desk);
    for (width, height) in SIZES {
        let taken = |name: &str, keys: &[&str]| {
            let mut amina = sits_down(folder.path(), width, height);
            amina.press(keys).waits(1);
            picture(name, &amina);
        };
        picture("unlock", &User::at(folder.path(), width, height));
        taken("inbox", &[]);
        taken("concern", &["Enter", "Esc"]);
        taken("ring", &["Down", "Enter", "r"]);
        taken("contacts", &["3"]);
        taken("due", &["4"]);
        taken("danger", &["Enter"]);
        under_way(&mut sits_down(folder.path(), width, height));
        taken("help", &["?"]);
        taken("menu", &["Enter", "Esc", "F10"]);
        taken("part2", &["Down", "Enter", "Right", "Down", "Down"]);
        taken("new-concern", &["n"]);
        taken("contact", &["3", "Enter"]);
        taken("sign", &["Down", "Enter", "s"]);
        which_child(&mut sits_down(folder.path(), width, height));
        advice(&mut sits_down(folder.path(), width, height));
        let mut finding = sits_down(folder.path(), width, height);
        finding.press(&["Ctrl-K"]).types("zoe");
        picture("finder", &finding);
        let mut reading = sits_down(folder.path(), width, height);
        reading.press(&["Ctrl-K", "Tab"]).types(&child).press(&["Enter"]);
        picture("child", &reading);
    }
}

#[test]
fn of_the_first_run() {
    for (width, height) in SIZES {
        let mut amina = User::at(Place::empty().folder.root(), width, height);
        amina.types("Weirgate Community School and The Boathouse").press(&["Enter"]).types("Amina Khan");
        amina.press(&["Enter", "Enter"]).types("Fiona Grant").press(&["Enter", "Enter"]);
        amina.types("marzipan kettle orbit thistle");
        picture("set-up", &amina);
    }
}

/// The keyboard is handed over, everybody is listed, somebody leaves.
#[test]
fn of_people() {
    for (width, height) in SIZES {
        let place = World::new().close();
        let mut asked = User::at(place.folder.root(), width, height);
        asked.types(PASSPHRASE).press(&["Enter"]).types("Fiona Grant").press(&["Enter", "Enter"]);
        picture("hand-over", asked.types("lantern walnut bicycle six"));
    }
    let place = World::new().close();
    place.admit("Grace Osei", Right::Senior);
    place.admit("Beth Jones", Right::Deputy);
    place.admit("Callum Wright", Right::Reader);
    for (width, height) in SIZES {
        let mut amina = User::at(place.folder.root(), width, height);
        amina.unlocks().press(&["P"]);
        picture("people", &amina);
        amina.press(&["Down", "x"]).types("Left the school");
        picture("remove", &amina);
    }
}

fn sits_down(folder: &Path, width: u16, height: u16) -> User {
    let mut amina = User::at(folder, width, height);
    amina.types(desks::PASSPHRASE).press(&["Enter"]).puts_off();
    amina
}

/// A concern that was referred and waits for an answer: what comes next, and what would be missing if it were closed.
fn under_way(amina: &mut User) {
    amina.press(&["/"]).types("farid").press(&["Enter", "Enter", "w"]);
    picture("guide", amina);
    picture("closing", amina.press(&["Esc", "x"]));
}

/// In the middle of a call: the number stays in view.
fn advice(amina: &mut User) {
    amina.press(&["Enter", "Esc", "a"]).types("duty").press(&["Enter"]).types("Jo Bloggs").press(&["Enter"]);
    amina.types(
        "Refer today. Tell the parents only after the strategy discussion; ring back if anything changes.",
    );
    picture("advice", amina);
}

/// A report that names somebody nearly as a child of the desk is called.
fn which_child(amina: &mut User) {
    amina.press(&["/"]).types("solomia").press(&["Enter", "Enter", "Esc", "l"]);
    picture("which-child", amina);
}

#[track_caller]
fn picture(name: &str, user: &User) {
    let area = user.buffer().area;
    assert_picture(&format!("{name}-{}x{}", area.width, area.height), user.buffer());
}

/// The name of the child of whom most is written.
fn the_fullest_chronology(desk: &mut Desk) -> String {
    let children = desk.children("", ALL, today()).unwrap().rows;
    let mut length = |child: &ChildRow| match child.found.target {
        Target::Child(id) => desk.chronology(id, Kinds::default(), "", ALL).unwrap().total,
        _ => 0,
    };
    children.iter().max_by_key(|child| length(child)).unwrap().found.name.to_string()
}
