use serde_json::{Value, json};

use super::desk::{TestDesk, concern};

#[test]
fn every_name_of_the_shape_is_there() {
    let desk = TestDesk::with_zoe();
    let inbox = desk.json(&["inbox"]);
    let row = &inbox[0];
    assert_eq!(row["concern"], 1);
    assert_eq!(row["state"], "new");
    assert_eq!(row["urgency"], "routine");
    assert_eq!(row["about"], "child");
    assert_eq!(
        row["children"],
        json!([{ "child": 1, "name": "Zoë Okonkwo", "date_of_birth": "2013-04-02", "form": "8B" }])
    );
    assert_eq!(row["reporter"], "Kathleen O'Brien");
    assert_eq!(row["reasons"], "Hungry and tired for the third week.");
    let received = row["received_at"].as_str().unwrap();
    assert!(received.ends_with("+00:00") || received.ends_with("+01:00"), "{received}");
}

#[test]
fn danger_comes_first_and_a_signature_does_not_end_it() {
    let desk = TestDesk::with_zoe();
    let mut urgent = concern("Ali Raza");
    urgent["immediate_danger"] = Value::Bool(true);
    desk.takes_in(&urgent);
    let said = desk.run(["inbox"]);
    let lines: Vec<&str> = said.out.lines().collect();
    assert!(lines[0].starts_with("No.  Urgency"), "{}", said.out);
    assert!(lines[1].starts_with("2    DANGER"), "{}", said.out);
    assert!(lines[2].contains("Zoë Okonkwo, 8B"), "{}", said.out);
    let signed = desk.run_with_input(
        &["annotate", "2", "--from", "-"],
        r#"{"signed": {"name": "Amina Khan", "role": "DSL"}}"#,
    );
    assert_eq!(signed.code, 0, "{}", signed.err);
    let inbox = desk.json(&["inbox"]);
    let states: Vec<_> = inbox.as_array().unwrap().iter().map(|row| row["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["signed", "new"], "nobody has said that it is over");
}

#[test]
fn nothing_is_an_answer() {
    let desk = TestDesk::new();
    assert_eq!(desk.run(["inbox"]).out, "Nothing is waiting.\n");
    assert_eq!(desk.json(&["inbox"]), json!([]));
}

#[test]
fn somebody_who_is_not_named_is_said_to_be_an_adult() {
    let desk = TestDesk::new();
    let mut report = concern("nobody");
    report["about"] = Value::from("adult");
    report["children"] = json!([]);
    desk.takes_in(&report);
    let said = desk.run(["inbox"]);
    assert!(said.out.contains("  (adult)  "), "{}", said.out);
}
