//! A restricted concern on the screens, for whoever is named on it and for whoever is not.

use dsl_desk::desk::Act;
use dsl_desk::domain::concern::{About, NamedStaff, Part1};
use dsl_desk::domain::ids::ConcernId;
use dsl_desk::domain::person::Right;

use super::user::User;
use crate::support::{Place, THEIRS, World, named, part1};

const REFUSED: &str = "is restricted to the people named on it. Ask one of them.";

/// Concern 1 is about Zoe Marsh, concern 2 about staff, Zoe and Ava. Grace Osei is a deputy.
fn place() -> Place {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2013-03-01"));
    let mut about_staff = Part1 {
        about: About::Staff,
        staff: Some(NamedStaff { name: "Peregrine Quillfeather".into(), ..NamedStaff::default() }),
        immediate_danger: Some(true),
        reasons: "He threw a xylophone".into(),
        ..part1("Zoe Marsh", Some("2013-03-01"))
    };
    about_staff.children.push(named("Ava Reed", Some("2013-05-05")));
    world.act(&Act::TypeIn(Box::new(about_staff)));
    let place = world.close();
    place.admit("Grace Osei", Right::Deputy);
    place
}

fn grace(place: &Place, width: u16, height: u16) -> User {
    let mut user = User::at(place.folder.root(), width, height);
    user.press(&["Down"]).types(THEIRS).press(&["Enter"]).sees("Inbox");
    user
}

fn amina(place: &Place) -> User {
    let mut user = User::at(place.folder.root(), 80, 24);
    user.unlocks();
    user
}

#[track_caller]
fn sees_nothing_of_it(user: &mut User) {
    user.does_not_see("Quillfeather").does_not_see("xylophone").does_not_see("restricted");
}

#[test]
fn no_screen_shows_it_to_somebody_who_is_not_named() {
    let place = place();
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        let mut user = grace(&place, width, height);
        user.sees("Zoe Marsh").does_not_see("danger");
        sees_nothing_of_it(&mut user);
        user.press(&["Tab"]).sees("Nothing is closed yet");
        user.press(&["Tab", "/"]).types("quill").sees("Nothing here is like");
        user.press(&["Esc", "Esc"]);
        for typed in ["peregrine", "2", "threw"] {
            user.press(&["Ctrl-K"]).types(typed);
            sees_nothing_of_it(&mut user);
            user.press(&["Tab", "Tab", "Tab"]);
            sees_nothing_of_it(&mut user);
            user.press(&["Esc"]);
        }
        user.press(&["2"]).sees("Ava Reed");
        sees_nothing_of_it(&mut user);
        user.press(&["Enter"]).sees("Zoe Marsh").does_not_see("Named together").does_not_see("2 concerns");
        sees_nothing_of_it(&mut user);
        user.press(&["D"]).sees("No drafts");
    }
    assert!(place.open().unwrap().verify().unwrap().is_content());
}

#[test]
fn a_draft_does_not_name_whom_a_concern_is_about_that_is_kept_for_others_since() {
    let place = place();
    let mut user = grace(&place, 80, 24);
    user.press(&["Enter", "n", "i"])
        .types("The blue folder")
        .waits(1)
        .press(&["Esc"])
        .sees("Kept as a draft");
    user.press(&["Esc", "D"]).sees("Concern 1, Zoe Marsh: Further information").press(&["Esc"]);
    let mut desk = place.open().unwrap();
    let (people, reason) = (vec![desk.me().person.clone()], "Her neighbour".into());
    desk.act(&Act::Restrict { concern: ConcernId(1), people, reason }, None, super::user::friday()).unwrap();
    user.press(&["D"]).sees("Concern 1: Further information").does_not_see("Zoe Marsh");
    user.press(&["Enter"]).sees(REFUSED).does_not_see("Zoe Marsh");
    user.press(&["Ctrl-S"]).does_not_see("Recorded");
}

#[test]
fn whoever_is_named_sees_who_and_why_and_names_others() {
    let place = place();
    let mut user = amina(&place);
    user.sees("restricted:").press(&["Enter", "Esc"]);
    user.sees("Restricted to Amina Khan. It is about a member of staff.")
        .press(&["End"])
        .sees("Who may open it");
    user.press(&["R"]).sees("Who may open this concern?").sees("Grace Osei, Colleague");
    user.press(&["Ctrl-S"]).sees("Say why these people");
    user.types("She knows the family")
        .press(&["Shift-Tab", "y", "Ctrl-S"])
        .sees("Restricted to Amina Khan, Grace Osei.");
    user.sees("She knows the family.");
    grace(&place, 80, 24).press(&["Enter", "Esc"]).sees("Restricted to Amina Khan, Grace Osei.");
    assert!(place.open().unwrap().verify().unwrap().is_content());
}

#[test]
fn whoever_leaves_herself_out_is_asked_and_sees_nothing_of_it_then() {
    let place = place();
    let mut user = amina(&place);
    user.press(&["Enter", "Esc", "R", "n", "Down", "y", "Tab"]).types("I know him").press(&["Ctrl-S"]);
    user.sees("Leave yourself out?").press(&["Enter"]).press(&["Ctrl-S", "Right", "Enter"]);
    // What she has done herself stands at the foot until the next key.
    user.sees(REFUSED)
        .press(&["Down"])
        .does_not_see("Quillfeather")
        .press(&["Esc"])
        .does_not_see("Quillfeather");
    let mut grace = grace(&place, 120, 40);
    grace.sees("Peregrine").press(&["Enter", "Esc"]).sees("Quillfeather").sees("I know him");
}
