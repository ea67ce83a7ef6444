use std::fs;

use super::desk::TestDesk;

#[test]
fn a_good_record_is_said_to_be_one() {
    let desk = TestDesk::with_zoe();
    let report = desk.json(&["verify"]);
    assert_eq!(report["ok"], true);
    let cabinet = &report["cabinets"][0];
    assert_eq!(cabinet["name"], "general");
    assert!(cabinet["entries"].as_i64().unwrap() > 20);
    assert_eq!(cabinet["head"].as_str().unwrap().split(' ').count(), 8);
    assert_eq!(cabinet["problems"].as_array().unwrap().len(), 0);
    let said = desk.run(["verify"]);
    assert!(said.out.contains("everything is as it was written"), "{}", said.out);
}

#[test]
fn the_head_changes_with_the_record() {
    let desk = TestDesk::new();
    let head = |desk: &TestDesk| desk.json(&["verify"])["cabinets"][0]["head"].clone();
    let before = head(&desk);
    assert_eq!(before, head(&desk));
    desk.takes_in(&super::desk::concern("Zoë Okonkwo"));
    assert_ne!(before, head(&desk));
}

#[test]
fn a_damaged_file_is_not_passed_over() {
    let desk = TestDesk::with_zoe();
    let path = desk.folder().join("cabinets/general.db");
    let mut bytes = fs::read(&path).unwrap();
    let place = bytes.len() - 2_000;
    bytes[place] ^= 1;
    fs::write(&path, bytes).unwrap();
    let said = desk.run(["verify", "--json"]);
    said.could_not("The record is not as it was written.");
    let report: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["ok"], false);
    let problem = report["cabinets"][0]["problems"][0].as_str().unwrap();
    assert!(problem.starts_with("The file is damaged: "), "{problem}");
}
