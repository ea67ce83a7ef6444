use chrono::Utc;
use dsl_desk::desk::Act;
use dsl_desk::domain::ids::ChildId;
use serde_json::json;

use super::desk::{TestDesk, concern};

#[test]
fn rows_have_the_names_of_the_shape() {
    let desk = TestDesk::with_zoe();
    let rows = desk.json(&["chronology", "1"]);
    assert_eq!(rows[0]["kind"], "concern");
    assert_eq!(rows[0]["happened_at"], "2026-11-20");
    assert_eq!(rows[0]["concern"], 1);
    assert_eq!(rows[0]["by"], "Amina Khan, Designated Safeguarding Lead");
    assert!(rows[0]["text"].as_str().unwrap().contains("Hungry and tired"));
    assert!(rows[0]["seq"].is_i64() && rows[0]["recorded_at"].is_string());
}

#[test]
fn a_name_that_one_child_has() {
    let desk = TestDesk::with_zoe();
    let said = desk.run(["chronology", "zoe okonkwo"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.starts_with("Child 1: Zoë Okonkwo, b. 2 Apr 2013, 8B\n"), "{}", said.out);
    assert!(said.out.contains("\nFri 20 Nov 2026        Concern 1: Hungry"), "{}", said.out);
}

#[test]
fn a_name_that_several_may_have_is_a_question() {
    let desk = TestDesk::with_zoe();
    let mut other = concern("Zoë Okonkwo");
    other["children"] = json!([{ "name": "Zoë Marsh", "date_of_birth": "2015-01-09" }]);
    desk.takes_in(&other);
    let said = desk.run(["chronology", "zoe"]);
    said.could_not("It is not certain which child is meant.");
    assert!(said.out.contains("Zoë Okonkwo") && said.out.contains("Zoë Marsh"), "{}", said.out);
    let json = desk.run(["chronology", "zoe", "--json"]);
    json.could_not("It is not certain which child is meant.");
    assert_eq!(json.out, "");
}

#[test]
fn a_name_that_is_only_like_it_is_a_question_and_its_beginning_is_not() {
    let desk = TestDesk::with_zoe();
    let misspelt = desk.run(["chronology", "okonwko"]);
    misspelt.could_not("It is not certain which child is meant.");
    assert!(misspelt.out.contains("Zoë Okonkwo"), "{}", misspelt.out);
    assert_eq!(desk.run(["chronology", "okon"]).code, 0);
}

#[test]
fn nobody_and_no_such_number() {
    let desk = TestDesk::with_zoe();
    desk.run(["chronology", "Xiuying Qiu"]).could_not("No child of this desk is called like that.");
    desk.run(["chronology", "44"]).could_not("There is no child 44 on this desk.");
}

#[test]
fn what_is_noticed_stands_at_the_end_and_not_in_the_json() {
    let desk = TestDesk::with_zoe();
    for what in ["Came without a coat", "Came without lunch"] {
        let mut other = concern("Zoë Okonkwo");
        other["account"]["what"] = json!(what);
        desk.takes_in(&other);
    }
    let said = desk.run(["chronology", "1"]);
    let (_, noticed) = said.out.split_once("\nNoticed\n").unwrap();
    assert!(noticed.contains("3 concerns on one day: 20 Nov 2026 (D23:"), "{noticed}");
    assert!(noticed.contains("20 Nov 2026 concern 2;"), "{noticed}");
    assert_eq!(desk.json(&["chronology", "1"]).as_array().unwrap().len(), 3);
}

#[test]
fn what_is_true_now_stands_at_the_head_and_what_has_ended_among_the_rows() {
    let desk = TestDesk::with_zoe();
    assert!(!desk.run(["chronology", "1"]).out.contains("Now:"));
    let mut open = desk.open();
    let mut flags = |flag: &str, from: &str| {
        let act = Act::Flag {
            child: ChildId(1),
            flag: flag.into(),
            from: from.parse().unwrap(),
            reason: "".into(),
        };
        open.act(&act, None, Utc::now()).unwrap().entries[0]
    };
    flags("young-carer", "2025-09-01");
    flags("child-protection-plan", "2026-06-30");
    let ended = flags("missing", "2025-03-02");
    let to = "2025-03-03".parse().unwrap();
    let act = Act::Unflag { child: ChildId(1), flagged: ended, to, reason: "Came home".into() };
    open.act(&act, None, Utc::now()).unwrap();
    drop(open);
    let said = desk.run(["chronology", "1"]);
    let now = said.out.lines().nth(1).unwrap();
    assert_eq!(now, "Now: Child protection plan since 30 Jun 2026; Young carer since 1 Sep 2025.");
    assert!(said.out.contains("No longer from this day: Goes missing. Reason: Came home."), "{}", said.out);
}
