//! The questions of a new concern as the columns of a table: a form that was copied from ours is understood.

use super::super::choice::{NO, YES};
use super::super::field::{Field, Key};
use super::super::input::Input;
use super::super::part1;
use super::super::sheet::Sheet;
use super::cx;
use crate::cabinet::files::Folder;
use crate::cabinet::keys::Work;
use crate::desk::answer::ArrivalResult;
use crate::desk::request::SetUp;
use crate::desk::setup;
use crate::domain::concern::{About, Part1};

const STAFF_DSL: Key = Key::new("staff-dsl");
const ABOUT: Key = Key::new("about");

/// Label and answer of everything that is asked about two children, an adult or a member of staff.
fn columns(about: About) -> (Vec<String>, Vec<String>) {
    let mut sheet = Sheet::new(part1::questions());
    part1::add_child(&mut sheet);
    sheet.input_mut(ABOUT).unwrap().put(about.label());
    let asked = sheet.asked().filter_map(|(field, _)| Some((field.label.to_string(), answer(field)?)));
    asked.map(|(label, answer)| (format!("\"{label}\""), answer)).unzip()
}

fn answer(field: &Field) -> Option<String> {
    let answer = match &field.input {
        Input::Choice(choice) if field.key == ABOUT => choice.chosen()?,
        // A report about the DSL would be sealed to somebody else.
        Input::Choice(_) if field.key == STAFF_DSL => NO,
        Input::Choice(choice) if choice.answers().any(|answer| answer == YES) => YES,
        Input::Choice(choice) => choice.answers().last()?,
        Input::Moment(_) => "20/11/2026 14:10",
        Input::Birth(_) => "3/12/2014",
        Input::Line(_) | Input::Area(_) | Input::Categories(_) => "zoe@marsh.example",
        Input::Contact(_) | Input::Shown(_) | Input::Button(_) => return None,
    };
    Some(answer.to_owned())
}

/// What a desk makes of it.
fn taken_in(table: &str) -> Part1 {
    let home = tempfile::tempdir().unwrap();
    let asked = SetUp {
        organisation: "Maple Road School".into(),
        name: "Amina Khan".into(),
        role: "Designated Safeguarding Lead".into(),
        receiver: None,
        passphrase: "four quiet walking boots".to_owned().into(),
    };
    let folder = Folder::new(home.path().join("desk"));
    let mut desk = setup::set_up(folder, asked, Work::Token, cx().now).unwrap();
    let file = home.path().join("form.csv");
    std::fs::write(&file, table).unwrap();
    let looked = desk.import(&file, cx().now);
    let [ArrivalResult::Accepted(concern)] =
        looked.arrived.iter().map(|one| &one.result).collect::<Vec<_>>()[..]
    else {
        panic!("{:?}", looked.arrived)
    };
    desk.concern(*concern).unwrap().part1
}

#[test]
fn every_question_of_a_new_concern_is_understood_over_a_column() {
    for about in About::ALL {
        let (labels, answers) = columns(about);
        let part1 = taken_in(&format!("{}\n{}\n", labels.join(","), answers.join(",")));
        assert!(part1.unknown.is_empty(), "{:?}", part1.unknown.keys());
        assert_eq!((part1.about, part1.children.len()), (about, 2));
        assert_eq!((part1.immediate_danger, part1.told_dsl_in_person), (Some(true), Some(true)));
        assert_eq!(part1.staff.is_some(), about == About::Staff);
    }
}
