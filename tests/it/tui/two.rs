//! Two people, or one person twice, with the same desk open.

use super::user::User;
use crate::support::World;

#[test]
fn an_old_draft_puts_nothing_back_that_was_changed_since() {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2013-03-01"));
    let place = world.close();
    let open = || {
        let mut user = User::at(place.folder.root(), 80, 24);
        user.unlocks().press(&["2", "Enter"]).sees("b. 1 Mar 2013");
        user
    };
    let (mut early, mut late) = (open(), open());
    late.press(&["e", "Tab"]);
    early.press(&["e", "Tab", "Tab"]).types("9B").waits(1).press(&["Esc"]).sees("Kept as a draft");
    late.press(&["Backspace"; 10]).types("7/7/2013");
    late.press(&["Tab", "Tab", "Tab", "Tab"]).types("Birth certificate").press(&["Ctrl-S"]);
    late.sees("b. 7 Jul 2013");
    early.press(&["e"]).sees("Restored").press(&["Tab", "Tab", "Tab"]).types("Moved up").press(&["Ctrl-S"]);
    early.sees("b. 7 Jul 2013").sees("9B");
}
