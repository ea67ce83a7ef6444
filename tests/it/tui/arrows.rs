//! A day's journeys with the arrows, Tab, Enter and Esc alone, beside what is written: nobody has to know a letter.

use super::user::User;
use crate::support::{Place, World};

fn amina(place: &Place) -> User {
    let mut user = User::at(place.folder.root(), 80, 24);
    user.unlocks();
    user
}

fn place() -> Place {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    world.close()
}

/// Opens the menu and goes down to what is wanted.
#[track_caller]
fn chooses(user: &mut User, wanted: &str) {
    user.press(&["Left"]);
    if !user.screen().contains("What can be done here") {
        // In Part 2 it leads to Part 1 first.
        user.press(&["Left"]);
    }
    for _ in 0..40 {
        if user.screen().lines().any(|line| line.contains(&format!("> {wanted}"))) {
            user.press(&["Enter"]);
            return;
        }
        user.press(&["Down"]);
    }
    panic!("not in the menu: {wanted}\n{}", user.screen());
}

#[test]
fn a_section_is_written_corrected_and_read() {
    let place = place();
    let mut user = amina(&place);
    user.press(&["Enter", "Esc"]).sees("Part 1, sealed");
    chooses(&mut user, "Where further information is kept");
    // To the button that records, and nothing but Enter on it does.
    user.types("In the pupil file.").press(&["Tab", "Enter"]).sees("Recorded at").sees("In the pupil file.");
    chooses(&mut user, "Put a mistake right");
    user.sees("correction of").press(&["Esc"]);
    chooses(&mut user, "Open the child's chronology");
    user.sees("Concern 1. Further").press(&["Esc", "Esc"]).sees("urgent first");
}

#[test]
fn every_screen_is_reached_and_the_desk_is_left() {
    let place = place();
    let mut user = amina(&place);
    for (wanted, title) in [
        ("Go to the children", "Children"),
        ("Go to the contacts", "Contacts"),
        ("Go to the inbox", "Inbox"),
        ("What you were writing", "Drafts"),
        ("Find a child", "Find"),
        ("Type a new concern", "New concern"),
        ("The keys that work here", "keys"),
    ] {
        chooses(&mut user, wanted);
        assert!(user.title().contains(title), "{title}:\n{}", user.screen());
        if !["Children", "Contacts", "Inbox"].contains(&title) {
            user.press(&["Esc"]);
        }
    }
    chooses(&mut user, "Leave the desk");
    assert!(user.has_left());
}

#[test]
fn enter_alone_records_nothing() {
    let place = place();
    let mut user = amina(&place);
    user.press(&["Enter", "n", "e"]).types("Pat");
    for _ in 0..12 {
        user.press(&["Enter"]);
    }
    user.sees("That was the last question.").press(&["Esc"]);
    drop(user);
    let desk = place.open().unwrap();
    assert_eq!(desk.concern(dsl_desk::domain::ids::ConcernId(1)).unwrap().sections().count(), 0);
}

#[test]
fn a_locked_screen_shows_nothing_of_the_record() {
    let place = place();
    let mut user = amina(&place);
    user.press(&["Enter", "n", "a"]).types("Marsh family").press(&["F12"]);
    for words in ["Zoe", "Marsh", "Concern", "coat"] {
        user.does_not_see(words);
    }
    user.sees("The desk is locked.");
}
