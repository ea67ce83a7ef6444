use chrono::Utc;
use dsl_desk::desk::Act;
use dsl_desk::domain::field::{ChildField, CorrectedField};
use dsl_desk::domain::ids::ConcernId;
use serde_json::json;

use super::desk::TestDesk;

#[test]
fn part_1_is_the_concern_file() {
    let desk = TestDesk::with_zoe();
    let shown = desk.json(&["show", "1"]);
    let part1 = &shown["part1"];
    assert_eq!(part1["format"], "dsl-desk.concern/1");
    assert_eq!(part1["children"][0]["name"], "Zoë Okonkwo");
    assert_eq!(part1["incident_at"], "2026-11-20");
    assert_eq!(part1["written_at"], "2026-11-20T14:10:00+00:00");
    assert_eq!(part1["account"]["child_words"], "There's none left at ours.");
    assert_eq!(part1["colour of the form"], "yellow");
    assert_eq!(shown["state"], "new");
}

#[test]
fn an_empty_part_2_has_all_its_keys() {
    let desk = TestDesk::with_zoe();
    assert_eq!(
        desk.json(&["show", "1"])["part2"],
        json!({
            "received": null, "advice": [], "actions": [], "parents_informed": null, "outcome": [],
            "further_information": null, "file_commenced": null, "signed": null,
        })
    );
}

#[test]
fn entries_begin_with_the_one_that_came() {
    let desk = TestDesk::with_zoe();
    let entries = &desk.json(&["show", "1"])["entries"];
    assert_eq!(entries[0]["kind"], "concern-received");
    assert_eq!(entries[1]["kind"], "child-linked");
    assert_eq!(entries[0]["by"], "Amina Khan, Designated Safeguarding Lead");
    assert!(entries[0]["seq"].as_i64().unwrap() < entries[1]["seq"].as_i64().unwrap());
    assert!(entries[0]["recorded_at"].is_string());
}

#[test]
fn in_words() {
    let desk = TestDesk::with_zoe();
    let said = desk.run(["show", "1"]);
    for part in [
        "Concern 1, new, routine, about: child\n",
        "Zoë Okonkwo, b. 2 Apr 2013, 8B (child 1 of the desk)",
        "In the child's own words\n                       There's none left at ours.\n",
        "Other information: colour of the form\n                       yellow",
        "Not written yet        Received, Advice sought",
    ] {
        assert!(said.out.contains(part), "{part}\n{}", said.out);
    }
}

#[test]
fn a_correction_of_part_1_stands_beneath_what_was_wrong() {
    let desk = TestDesk::with_zoe();
    let mut open = desk.open();
    let part1 = open.concern(ConcernId(1)).unwrap().seq;
    let correct = Act::Correct {
        concern: ConcernId(1),
        corrects: part1,
        field: CorrectedField::Child(0, ChildField::DateOfBirth),
        instead: "Wed 3 Apr 2013".into(),
        reason: "Birth certificate".into(),
        happened_at: None,
    };
    open.act(&correct, None, Utc::now()).unwrap();
    drop(open);
    let said = desk.run(["show", "1"]).out;
    let (part1, part2) = said.split_once("PART 2").unwrap();
    assert!(part1.contains("Date of birth corrected: Wed 3 Apr 2013 Reason: Birth certificate"), "{said}");
    assert!(!part2.contains("Birth certificate"), "{said}");
}

#[test]
fn a_concern_that_is_not_there() {
    TestDesk::new().run(["show", "7"]).could_not("There is no concern 7 on this desk.");
}
