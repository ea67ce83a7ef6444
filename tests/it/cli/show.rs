use chrono::{DateTime, TimeDelta, Utc};
use dsl_desk::desk::Act;
use dsl_desk::desk::answer::Subject;
use dsl_desk::domain::decision::{Decision, Level};
use dsl_desk::domain::field::{ChildField, CorrectedField};
use dsl_desk::domain::follow_up::FollowUp;
use dsl_desk::domain::ids::ConcernId;
use dsl_desk::domain::part2::{FurtherInformation, Section};
use serde_json::json;

use super::desk::TestDesk;
use crate::support;

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
            "further_information": null, "file_commenced": null, "signed": null, "despite": {},
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

/// What happened to concern 1: a level, something due, closed, and a word added since.
fn closed() -> TestDesk {
    let desk = TestDesk::with_zoe();
    let (mut open, concern) = (desk.open(), ConcernId(1));
    let at: DateTime<Utc> = "2026-11-20T15:00:00Z".parse().unwrap();
    let level = Decision::Level(Level { level: 2, reason: "Twice in a week.".into() });
    let due = FollowUp {
        what: "Ring the school nurse".into(),
        who: "you".into(),
        due: at + TimeDelta::hours(1),
        ..FollowUp::default()
    };
    open.act(&Act::Decide { concern, decision: level }, None, at).unwrap();
    open.act(&Act::SetFollowUp { subject: Subject::Concern(concern), due }, None, at).unwrap();
    let act = support::closed(&open, concern);
    open.act(&act, None, at).unwrap();
    let section = Section::FurtherInformation(FurtherInformation { text: "Pupil file".into() });
    open.act(&Act::Section { concern, section }, None, at).unwrap();
    desk
}

#[test]
fn decisions_and_what_is_due_have_stable_names() {
    let shown = closed().json(&["show", "1"]);
    assert_eq!((&shown["state"], &shown["level"]), (&json!("closed"), &json!(2)));
    let level = &shown["decisions"][0];
    assert_eq!((&level["decision"], &level["level"]), (&json!("level"), &json!(2)));
    assert_eq!(level["reason"], "Twice in a week.");
    assert_eq!(level["recorded_at"], "2026-11-20T15:00:00+00:00");
    assert_eq!(level["by"], "Amina Khan, Designated Safeguarding Lead");
    assert!(level["seq"].is_i64());
    let closed = &shown["decisions"][1];
    assert_eq!((&closed["decision"], &closed["review"]), (&json!("closed"), &json!("2027-02-22")));
    assert!(closed["excused"][0]["missing"].is_string() && closed["excused"][0]["reason"].is_string());
    let due = shown["due"].as_array().unwrap();
    let own = due.iter().find(|due| due["what"] == "Ring the school nurse").unwrap();
    assert_eq!((&own["who"], &own["state"]), (&json!("you"), &json!("overdue")));
    assert_eq!((&own["due_at"], &own["follow_up"]), (&json!("2026-11-20T16:00:00+00:00"), &json!(1)));
    let added = shown["entries"].as_array().unwrap().iter().filter(|entry| entry["after_closing"] == true);
    assert_eq!(added.map(|entry| &entry["section"]).collect::<Vec<_>>(), [&json!("further-information")]);
}

#[test]
fn nobody_has_decided_anything_yet() {
    let shown = TestDesk::with_zoe().json(&["show", "1"]);
    assert_eq!((&shown["decisions"], &shown["level"]), (&json!([]), &json!(null)));
}

#[test]
fn decisions_and_what_is_due_in_words() {
    let said = closed().run(["show", "1"]).out;
    for part in [
        "Concern 1, closed, routine, about: child\n",
        "\nLevel 2\n",
        "Level 2. Reason: Twice in a week.",
        "Closed. Reason: Support is in place.",
        "\nDUE\nFri 20 Nov 2026 16:00  Ring the school nurse (you; overdue)\n",
        "by Amina Khan, Designated Safeguarding Lead, added after closing\n",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
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
