//! What is put right shows wherever the mistake would have misled somebody.

use dsl_desk::domain::ids::{ChildId, ConcernId};
use dsl_desk::domain::triage::Urgency;

use super::user::User;
use crate::support::{Place, World};

fn place() -> Place {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2013-03-01"));
    world.close()
}

fn amina(place: &Place) -> User {
    let mut user = User::at(place.folder.root(), 100, 40);
    user.unlocks();
    user
}

/// Down to the line of Part 1 that begins so, and opens the form that corrects it.
fn corrects(user: &mut User, line: &str) {
    for _ in 0..20 {
        if user.screen().lines().any(|row| row.starts_with(&format!("> {line}"))) {
            user.press(&["c"]).sees("What should it say instead?");
            return;
        }
        user.press(&["Down"]);
    }
    panic!("{line} is not in Part 1:\n{}", user.screen());
}

#[test]
fn danger_that_was_overheard_is_danger_from_then_on_and_back() {
    let place = place();
    let mut user = amina(&place);
    user.press(&["Enter", "Esc"]).does_not_see("ring 999 first");
    corrects(&mut user, "Immediate danger");
    user.press(&["y", "Tab"]).types("I misread the form").press(&["Ctrl-S"]);
    user.sees("ring 999 first").sees("DANGER").sees("Corrected: yes").press(&["1"]).sees("1 in danger");
    assert_eq!(place.open().unwrap().concern(ConcernId(1)).unwrap().row.urgency, Urgency::Danger);
    user.press(&["Enter", "Esc"]);
    corrects(&mut user, "Immediate danger");
    user.press(&["n", "Tab"]).types("He is safe").press(&["Ctrl-S"]).does_not_see("ring 999 first");
    assert_eq!(place.open().unwrap().concern(ConcernId(1)).unwrap().row.urgency, Urgency::Routine);
    assert!(place.open().unwrap().verify().unwrap().is_content());
}

#[test]
fn a_date_of_birth_put_right_says_that_the_childs_details_are_not() {
    let place = place();
    let mut user = amina(&place);
    user.press(&["Enter", "Esc"]);
    corrects(&mut user, "Date of birth");
    user.types("5 mar")
        .press(&["Tab"])
        .types("Certificate")
        .press(&["Ctrl-S"])
        .sees("This is not a date of birth");
    user.press(&["Backspace"; 5]).types("5/3/2013").press(&["Ctrl-S"]);
    user.sees("Corrected: Tue 5 Mar 2013").sees("own details still say Fri 1 Mar 2013");
    user.press(&["h", "e", "Tab"]).press(&["Backspace"; 10]).types("5/3/2013");
    user.press(&["Tab"; 6]).types("Certificate").press(&["Ctrl-S", "Esc"]);
    user.sees("Corrected: Tue 5 Mar 2013").does_not_see("own details still say");
}

#[test]
fn what_is_written_and_not_recorded_is_said_before_signing() {
    let place = place();
    let mut user = amina(&place);
    user.press(&["Enter", "n", "t"]).types("Rang home").press(&["Esc"]).sees("Kept as a draft");
    user.press(&["s"]).sees("You have written under Action taken");
}

#[test]
fn a_concern_about_an_adult_stands_in_the_chronology_of_the_child_it_touches() {
    let place = place();
    let mut user = amina(&place);
    user.press(&["n", "n", "Tab", "Right", "Tab"]).types("Mrs Gill").press(&["Tab"]).types("Zoe Marsh");
    user.press(&["Tab"]).types("1/3/2013").press(&["Ctrl-S"]).sees("Answer yes, no or not said");
    user.press(&["n", "Ctrl-S"]).sees("Say who reported it").types("Pat Gate").press(&["Ctrl-S"]);
    user.sees("Recorded").press(&["2", "Enter"]).sees("Concern 2");
    let concern = place.open().unwrap().concern(ConcernId(2)).unwrap();
    assert_eq!(concern.children[0].as_ref().unwrap().id, ChildId(1));
    assert_eq!(&*concern.row.named, "Mrs Gill, Zoe Marsh");
}
