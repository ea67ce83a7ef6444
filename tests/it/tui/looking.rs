//! Opening a concern or a child leaves a mark, and `W` lists the marks.

use super::user::User;
use crate::support::World;

#[test]
fn capital_w_says_who_has_opened_a_concern_and_a_child() {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    let place = world.close();
    let mut user = User::at(place.folder.root(), 100, 30);
    user.unlocks();
    for (keys, title) in [
        (&["1", "Enter", "n"][..], "Who has opened concern 1"),
        (&["2", "Enter"], "Who has opened this child"),
    ] {
        user.press(keys).press(&["W"]).sees(title).sees("Amina Khan, Designated Safeguarding Lead");
        assert_eq!(user.screen().matches("Amina Khan, Designated").count(), 1, "{}", user.screen());
        user.press(&["Esc", "Esc"]);
    }
    user.press(&["F12"]).unlocks().press(&["1", "Enter", "W"]);
    assert_eq!(user.screen().matches("Amina Khan, Designated").count(), 2, "{}", user.screen());
    drop(user);
    assert!(place.open().unwrap().verify().unwrap().problems.is_empty());
}
