//! A child who was entered twice, by hand: noticed, merged, read as one, parted again.

use super::user::User;
use crate::support::{Place, World};

/// Zoë and, not settled yet, somebody who is named nearly like her.
fn place() -> Place {
    let mut world = World::new();
    world.concern("Zoë Marsh", Some("2013-03-01"));
    world.concern("Zoe Mrash", Some("2013-03-01"));
    world.close()
}

/// Says that the second concern is about somebody new.
fn enters_again(user: &mut User) {
    user.press(&["Down", "Enter", "n", "l"]).sees("A new child: Zoe Mrash").press(&["Home", "Enter"]);
}

#[test]
fn whoever_enters_a_child_again_is_asked_and_both_become_one() {
    let place = place();
    let mut user = User::at(place.folder.root(), 80, 24);
    enters_again(user.unlocks());
    user.sees("Is that a child who is here already?").sees("Zoe Mrash (b. 1 Mar 2013) may be Zoë Marsh");
    user.press(&["Right", "Enter"]).sees("Are these one child").sees("Zoë Marsh");
    // Zoë was first, and is on the right; she is kept.
    user.press(&["Right", "m"]).sees("Why is it one child?").press(&["Ctrl-S"]).sees("Say how you know");
    user.types("Asked mother").press(&["Ctrl-S"]).sees("Recorded at 14:10: Zoë Marsh: entered twice.");

    user.press(&["2"]).sees("1 of 1").press(&["/"]).types("mrash");
    user.resizes(200, 60).sees("also entered as Zoe Mrash").resizes(80, 24);
    user.press(&["Enter", "Enter"]).sees("Also entered as Zoe Mrash (number 2");
    user.sees("Concern 1: ").sees("Concern 2: ").sees("2 concerns: 2, 1");

    user.press(&["u"]).sees("Why are they two?").types("Cousins").press(&["Ctrl-S"]);
    user.sees("concern 1").does_not_see("Also entered").does_not_see("Concern 2: ");
    user.press(&["2"]).sees("1 of 2").press(&["m"]).sees("No two children are alike.");
    assert_eq!(place.open().unwrap().verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_pair_that_was_told_apart_is_gone_from_the_list() {
    let place = place();
    let mut user = User::at(place.folder.root(), 200, 60);
    enters_again(user.unlocks());
    user.press(&["Enter", "2", "m"]).sees("nearly the same name, born the same day").sees("1 of 1");
    user.press(&["Enter"]).sees("≠ Name").press(&["x"]).types("Cousins, asked at home").press(&["Ctrl-S"]);
    user.sees("No two children are alike.");
    user.press(&["2", "Enter", "m"]).sees("Nobody is like this child.");
}

#[test]
fn the_number_that_is_not_kept_leads_to_the_one_that_is() {
    let place = place();
    let mut user = User::at(place.folder.root(), 80, 24);
    enters_again(user.unlocks());
    user.press(&["Enter", "2", "Down", "Enter"]).sees("Zoe Mrash").does_not_see("Concern 1: ");
    // From her own screen she is merged into the other, who is kept.
    user.press(&["m", "Enter"]).sees("Are these one child").press(&["Right", "m"]).types("One girl");
    user.press(&["Ctrl-S", "Esc"]).sees("Zoe Mrash was entered twice, and is read as Zoë Marsh");
    user.sees("Concern 1: ").sees("Concern 2: ");
    // What is written here is written of the one who is kept.
    user.press(&["+"]).sees("Zoë Marsh: a row of the chronology");
}

#[test]
fn a_typed_report_about_somebody_nearly_known_offers_the_question() {
    let place = place();
    let mut user = User::at(place.folder.root(), 80, 24);
    user.unlocks().press(&["n", "n", "Tab", "Tab"]).types("Zoe Mrash").press(&["Tab"]).types("1/3/2013");
    user.press(&["Ctrl-S"]).sees("Answer yes, no or not said").press(&["n", "Ctrl-S"]);
    user.sees("Say at least who").types("No lunch again").press(&["Ctrl-S"]);
    user.sees("Say who reported it").types("Pat Gate").press(&["Ctrl-S"]);
    user.sees("Concern 3 names Zoe Mrash, who may be Zoë Marsh").sees("> Later");
    user.press(&["Right", "Enter"]).sees("Which child?").sees("Zoë Marsh").press(&["Enter"]);
    user.sees("Taken for: Zoë Marsh.").does_not_see("Is that a child who is here already?");
}
