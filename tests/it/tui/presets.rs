//! Whatever row of `data/deadlines.toml` is offered where a follow-up is set by hand, an employer's own too, is set by keys.

use dsl_desk::cabinet::table::follow_up::Order;
use dsl_desk::domain::clocks;
use dsl_desk::domain::deadline;

use super::user::{User, friday};
use crate::support::{ALL, World};

#[test]
fn each_is_offered_in_its_place_and_counted_from_what_it_is_counted_from() {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    let place = world.close();
    let mut amina = User::at(place.folder.root(), 120, 40);
    amina.unlocks().press(&["Enter", "n"]);
    for (above, preset) in (1..).zip(deadline::presets()) {
        amina.press(&["F"]).sees("something of your own");
        amina.sees(&format!("{} ({})", preset.what, preset.edition));
        amina.press(&vec!["Down"; above]).press(&["Enter"]);
        amina.sees(&format!("When was {}?", preset.from)).sees(&preset.what).press(&["Ctrl-S"]);
        amina.sees("Part 1, sealed");
    }
    amina.press(&["4", "+", "Enter"]).sees("What is to be done?");
    drop(amina);
    let set = place.open().unwrap().due(Order::ByTime, "", ALL, friday()).unwrap().page.rows;
    assert_eq!(set.len(), deadline::presets().len());
    for preset in deadline::presets() {
        let one = set.iter().find(|due| due.set.deadline.as_str() == preset.id).unwrap();
        assert_eq!(one.set, clocks::set(preset, friday()), "{}", preset.id);
    }
}
