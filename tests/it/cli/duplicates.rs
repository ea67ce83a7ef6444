//! `dsl-desk children duplicates`, and a number that was merged into another.

use dsl_desk::desk::Act;
use dsl_desk::desk::act::LinkTo;
use dsl_desk::domain::ids::{ChildId, ConcernId};
use serde_json::json;

use super::desk::{TestDesk, concern};

/// Zoë, and the same girl a second time.
fn twice() -> TestDesk {
    let desk = TestDesk::with_zoe();
    let mut again = concern("Zoe Okonkow");
    again["children"] = json!([{ "name": "Zoe Okonkow", "date_of_birth": "2013-04-02" }]);
    desk.takes_in(&again);
    let link = Act::Link { concern: ConcernId(2), position: 0, to: LinkTo::New, reason: "".into() };
    desk.open().act(&link, None, chrono::Utc::now()).unwrap();
    desk
}

#[test]
fn pairs_have_the_names_of_the_shape() {
    let desk = twice();
    let pairs = desk.json(&["children", "duplicates"]);
    let zoe = json!({ "child": 1, "name": "Zoë Okonkwo", "date_of_birth": "2013-04-02", "form": "8B" });
    let again = json!({ "child": 2, "name": "Zoe Okonkow", "date_of_birth": "2013-04-02" });
    let why = "nearly the same name, born the same day";
    assert_eq!(pairs, json!([{ "children": [zoe, again], "why": why }]));
    let said = desk.run(["children", "duplicates"]);
    assert!(said.out.lines().nth(1).unwrap().starts_with("1 Zoë Okonkwo, b. 2 Apr 2013"), "{}", said.out);
}

#[test]
fn nobody_alike_is_an_answer_too() {
    let desk = TestDesk::with_zoe();
    assert_eq!(desk.json(&["children", "duplicates"]), json!([]));
    assert_eq!(desk.run(["children", "duplicates"]).out, "No two children are alike.\n");
}

#[test]
fn a_merged_number_prints_the_chronology_of_the_one_that_is_kept() {
    let desk = twice();
    let merge = Act::MergeChildren { child: ChildId(2), into: ChildId(1), reason: "One girl".into() };
    desk.open().act(&merge, None, chrono::Utc::now()).unwrap();
    assert_eq!(desk.json(&["children", "duplicates"]), json!([]));
    assert_eq!(desk.json(&["chronology", "2"]), desk.json(&["chronology", "1"]));
    let said = desk.run(["chronology", "2"]);
    let head = "Child 1: Zoë Okonkwo, b. 2 Apr 2013, 8B, also entered as Zoe Okonkow (number 2)\n";
    assert!(said.out.starts_with(head), "{}", said.out);
    assert!(said.out.contains("Concern 1: ") && said.out.contains("Concern 2: "), "{}", said.out);
}
