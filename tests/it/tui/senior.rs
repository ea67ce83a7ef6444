//! Both cabinets on the screen: the lead sees one and nothing of the other, and its members go between them.

use std::fs;

use dsl_desk::domain::person::Right;
use serde_json::json;

use super::user::User;
use crate::support::{Place, THEIRS, World};

/// In the report about the lead.
const WORD: &str = "Quillfeather";

/// A desk with a chief executive; a report about the lead and one about a child lie in its drop folder.
fn place() -> Place {
    let place = World::new().close();
    place.admit("Rosalind Amery", Right::Senior);
    let (account, reporter) = (json!({"what": WORD}), json!({"name": WORD}));
    let about_lead = json!({
        "format": "dsl-desk.concern/1", "about": "staff", "staff": {"name": "Amina Khan", "is_dsl": true},
        "reporter": reporter, "account": account, "immediate_danger": true,
    });
    let about_child = json!({
        "format": "dsl-desk.concern/1", "about": "child", "children": [{"name": "Zoe Marsh"}],
        "reporter": {"name": "Pat Tester"}, "account": {"what": "No coat"},
    });
    for (name, report) in [("lead.json", about_lead), ("child.json", about_child)] {
        fs::write(place.folder.incoming().join(name), report.to_string()).unwrap();
    }
    place
}

/// Opens the desk as the second in the list.
fn chief_unlocks(user: &mut User) {
    user.press(&["Down"]).types(THEIRS).press(&["Enter"]);
}

#[test]
fn the_lead_sees_nothing_of_what_is_about_her_on_any_screen() {
    let place = place();
    let mut user = User::at(place.folder.root(), 120, 40);
    user.unlocks().waits(1).waits(1).waits(1).sees("Zoe Marsh").does_not_see("IN DANGER");
    let screens: &[&[&str]] = &[
        &["1"],
        &["1", "Tab"],
        &["1", "Enter"],
        &["2"],
        &["2", "Enter"],
        &["3"],
        &["D"],
        &["1", "v"],
        &["P"],
        &["Ctrl-K"],
        &["?"],
        &["F10"],
        &["F9"],
        &["1", "Enter", "n", "W"],
    ];
    for keys in screens {
        user.press(keys);
        user.does_not_see(WORD).does_not_see("SENIOR CABINET").does_not_see("new in the senior");
        user.press(&["Esc", "Esc"]);
    }
    user.press(&["Ctrl-K"]).types("quillf").does_not_see(WORD).press(&["Esc"]);
    user.press(&["1", "/"]).types("quillf").does_not_see(WORD);
}

#[test]
fn its_member_goes_between_the_two() {
    let place = place();
    let mut lead = User::at(place.folder.root(), 100, 30);
    lead.unlocks().waits(1).waits(1).waits(1);
    drop(lead);
    let mut user = User::at(place.folder.root(), 100, 30);
    chief_unlocks(&mut user);
    user.waits(1).waits(1).waits(1).sees("1 new in the senior cabinet").sees("Zoe Marsh").does_not_see(WORD);
    user.press(&["F9"]).sees("SENIOR CABINET").sees("Amina Khan").does_not_see("Zoe Marsh");
    user.press(&["Enter", "n"]).sees(WORD);
    // What is written here stays here.
    user.press(&["a"]).types("Of Quill").waits(1).press(&["Esc"]).sees("Kept as a draft");
    user.press(&["Esc", "F9"]).sees("Zoe Marsh").does_not_see("SENIOR CABINET");
    user.press(&["D"]).does_not_see("Quill").press(&["Esc"]);
    user.press(&["F9"]).sees("Advice").press(&["Esc"]).sees("SENIOR CABINET");
    user.press(&["Ctrl-L"]).does_not_see("SENIOR CABINET");
    chief_unlocks(&mut user);
    user.does_not_see("SENIOR CABINET").does_not_see(WORD);
}
