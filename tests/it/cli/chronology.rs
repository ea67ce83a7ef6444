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
