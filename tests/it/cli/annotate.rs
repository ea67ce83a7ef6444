use serde_json::{Value, json};

use super::desk::{Said, TestDesk, concern};

fn everything() -> Value {
    json!({
        "received": { "at": "2026-11-20T14:20", "from": "Kathleen O'Brien" },
        "advice": [
            { "at": "2026-11-20T14:40", "role": "duty worker", "organisation": "First Response",
              "advice": "Offer early help.", "contact": 1 },
            { "at": "2026-11-20", "name": "Dr Patel", "advice": "Weigh her on Monday." },
        ],
        "actions": [{ "at": "2026-11-20T15:00", "what": "Breakfast club.", "reasons": "Hunger.", "shared_with": "Tutor" }],
        "parents_informed": { "informed": true, "reasons": "To help.", "at": "2026-11-20T15:30:00+01:00",
                              "parent_is_concern": false },
        "outcome": [{ "at": "2026-11-23", "from": "First Response", "text": "Early help agreed." }],
        "further_information": "Pupil file",
        "file_commenced": { "commence": false, "why": "There is one." },
        "signed": { "name": "Amina Khan", "role": "DSL" },
    })
}

fn annotate(desk: &TestDesk, part2: &Value) -> Said {
    desk.run_with_input(&["annotate", "1", "--from", "-", "--json"], &part2.to_string())
}

#[test]
fn what_goes_in_comes_out() {
    let desk = TestDesk::with_zoe();
    let said = annotate(&desk, &everything());
    assert_eq!(said.code, 0, "{}", said.err);
    let added: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(added.as_array().unwrap().len(), 9);
    assert_eq!(added[1]["section"], "advice");
    let shown = desk.json(&["show", "1"]);
    assert_eq!(shown["state"], "signed");
    let part2 = &shown["part2"];
    assert_eq!(part2["received"], json!({ "at": "2026-11-20T14:20:00+00:00", "from": "Kathleen O'Brien" }));
    assert_eq!(part2["advice"][0]["contact"], 1);
    assert_eq!(part2["advice"][1]["at"], "2026-11-20");
    assert_eq!(part2["actions"][0]["shared_with"], "Tutor");
    assert_eq!(
        part2["parents_informed"],
        json!({
            "informed": true, "reasons": "To help.", "at": "2026-11-20T14:30:00+00:00",
            "ground": null, "parent_is_concern": false,
        })
    );
    assert_eq!(part2["outcome"][0]["text"], "Early help agreed.");
    assert_eq!(part2["further_information"], "Pupil file");
    assert_eq!(part2["file_commenced"], json!({ "commence": false, "why": "There is one." }));
    assert_eq!(part2["signed"]["name"], "Amina Khan");
    assert!(part2["signed"]["at"].is_string());
}

#[test]
fn what_show_prints_can_be_read_again() {
    let desk = TestDesk::with_zoe();
    annotate(&desk, &everything());
    let mut part2 = desk.json(&["show", "1"])["part2"].clone();
    part2.as_object_mut().unwrap().remove("signed");
    let said = annotate(&desk, &part2);
    assert_eq!(said.code, 0, "{}", said.err);
    let entries = desk.json(&["show", "1"])["entries"].clone();
    assert_eq!(entries.as_array().unwrap().last().unwrap()["after_signing"], true);
}

#[test]
fn it_is_signed_once_and_with_ones_own_name() {
    let desk = TestDesk::with_zoe();
    let signed = |name: &str| json!({ "signed": { "name": name, "role": "DSL" } });
    annotate(&desk, &signed("Grace Osei")).could_not("Sign with your own name");
    assert_eq!(annotate(&desk, &signed(" Amina  Khan ")).code, 0);
    annotate(&desk, &signed("Amina Khan")).could_not("signed already");
}

#[test]
fn the_latest_counts_where_there_is_one() {
    let desk = TestDesk::with_zoe();
    annotate(&desk, &json!({ "further_information": "Pupil file" }));
    annotate(&desk, &json!({ "further_information": "Blue folder" }));
    assert_eq!(desk.json(&["show", "1"])["part2"]["further_information"], "Blue folder");
}

#[test]
fn one_bad_section_and_nothing_is_recorded() {
    let desk = TestDesk::with_zoe();
    let before = desk.json(&["show", "1"])["entries"].clone();
    let advice = json!({ "at": "2026-11-20", "name": "Zoë Okonkwo", "advice": "Wait." });
    let bad = [
        (
            json!({ "advice": [advice, { "at": "2026-11-20", "name": "x" }] }),
            "In `advice` 2 a field is missing",
        ),
        (
            json!({ "advice": [advice, { "at": "2026-11-20", "name": "x", "advice": " " }] }),
            "Write down what they advised.",
        ),
        (json!({ "advice": [{ "at": "Zoë", "name": "Zoë", "advice": "Zoë" }] }), "In `advice` 1 a field"),
        (
            json!({ "advice": [{ "at": "2026-11-20", "name": "x", "advise": "y", "advice": "z" }] }),
            "not known",
        ),
        (json!({ "advice": advice }), "takes a list"),
        (json!({ "advice": [advice], "Zoë Okonkwo": 1 }), "a field that Part 2 does not know"),
        (json!({ "parents_informed": { "informed": false, "reasons": "" } }), "Give the reasons"),
        (json!({ "further_information": ["Zoë"] }), "`further_information`"),
        (
            json!({ "advice": [{ "at": "2026-11-20", "advice": "Wait.", "contact": 1 }] }),
            "Say who gave the advice",
        ),
        (
            json!({ "further_information": "x", "advice": [{ "at": "2026-11-20", "name": "x", "advice": "y", "contact": 999 }] }),
            "There is no contact 999",
        ),
        (json!({ "advice": [] }), "nothing of Part 2"),
        (json!(["Zoë"]), "not a JSON object"),
    ];
    for (part2, reason) in bad {
        annotate(&desk, &part2).could_not(reason);
    }
    assert_eq!(desk.json(&["show", "1"])["entries"], before);
}

#[test]
fn a_field_that_is_there_twice_is_refused() {
    let desk = TestDesk::with_zoe();
    let twice = [
        r#"{"further_information": "a", "further_information": "b"}"#,
        r#"{"advice": [{"at": "2026-11-20", "name": "x", "advice": "a", "advice": "b"}]}"#,
    ];
    for part2 in twice {
        desk.run_with_input(&["annotate", "1", "--from", "-"], part2).could_not("twice");
    }
}

#[test]
fn from_a_file_and_in_words() {
    let desk = TestDesk::with_zoe();
    let file = desk.file("part2.json", &json!({ "further_information": "Pupil file" }).to_string());
    let said = desk.run(["annotate".as_ref(), "1".as_ref(), "--from".as_ref(), file.as_os_str()]);
    assert!(said.out.starts_with("Entry ") && said.out.ends_with(": Further information\n"), "{}", said.out);
    desk.run(["annotate", "1", "--from", "nowhere.json"]).could_not("could not be read");
    let missing = ["annotate".as_ref(), "9".as_ref(), "--from".as_ref(), file.as_os_str()];
    desk.run(missing).could_not("There is no concern 9");
}

fn made_up() -> TestDesk {
    let desk = TestDesk::new();
    let mut report = concern("Zoë Okonkwo");
    report["categories"] = json!(["fabricated-illness"]);
    desk.takes_in(&report);
    desk
}

#[test]
fn a_file_does_not_get_past_a_block() {
    let desk = made_up();
    let before = desk.json(&["show", "1"])["entries"].clone();
    let told = json!({ "informed": true, "reasons": "They asked.", "parent_is_concern": true });
    annotate(&desk, &json!({ "parents_informed": told })).could_not("R3 · S1:163");
    let reasons = json!({ "parents_informed": told, "despite": { "R3": "They were kind." } });
    annotate(&desk, &reasons).could_not("R3 · S1:163");
    assert_eq!(desk.json(&["show", "1"])["entries"], before);
    let advice = json!([{ "at": "2026-11-20", "role": "duty social worker", "advice": "They may be told." }]);
    assert_eq!(annotate(&desk, &json!({ "advice": advice, "parents_informed": told })).code, 0);
}

#[test]
fn what_a_rule_asks_is_answered_in_the_file() {
    let desk = TestDesk::with_zoe();
    let told = json!({ "informed": true, "reasons": "She came in.", "parent_is_concern": true });
    annotate(&desk, &json!({ "parents_informed": told })).could_not("give the reason for R4");
    let despite = json!({ "parents_informed": told, "despite": { "R4": "It is the father." } });
    let said = annotate(&desk, &despite);
    assert_eq!(said.code, 0, "{}", said.err);
    let added: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(added.as_array().unwrap().len(), 2);
    let part2 = desk.json(&["show", "1"])["part2"].clone();
    assert_eq!(part2["despite"], json!({ "R4": "It is the father." }));
    assert_eq!(part2["parents_informed"]["parent_is_concern"], true);
    assert_eq!(annotate(&desk, &part2).code, 0, "what was printed can be read again");
}

#[test]
fn a_ground_goes_in_and_comes_out() {
    let desk = TestDesk::with_zoe();
    let not_told = json!({ "informed": false, "reasons": "He would know.", "ground": "harm" });
    assert_eq!(annotate(&desk, &json!({ "parents_informed": not_told })).code, 0);
    assert_eq!(desk.json(&["show", "1"])["part2"]["parents_informed"]["ground"], "harm");
    let none = json!({ "informed": false, "reasons": "He would know." });
    assert_eq!(annotate(&desk, &json!({ "parents_informed": none })).code, 0, "older files have none");
    let odd = json!({ "informed": false, "reasons": "x", "ground": "Zoë" });
    annotate(&desk, &json!({ "parents_informed": odd })).could_not("of the wrong kind");
    for despite in [json!({ "4": "x" }), json!(["R4"]), json!({ "R4": 4 })] {
        annotate(&desk, &json!({ "parents_informed": none, "despite": despite })).could_not("In `despite`");
    }
}

#[test]
fn a_reason_is_given_once_under_the_number_of_its_rule() {
    let desk = TestDesk::with_zoe();
    let told = r#""parents_informed": { "informed": true, "reasons": "x", "parent_is_concern": true }"#;
    for despite in
        [r#""R4": "a", "R4": "b""#, r#""R4": "a", "\u00524": "b""#, r#""R+4": "a""#, r#""R04": "a""#]
    {
        let given = format!("{{ {told}, \"despite\": {{ {despite} }} }}");
        desk.run_with_input(&["annotate", "1", "--from", "-"], &given).could_not("In `despite`");
    }
}

#[test]
fn a_file_has_no_more_sections_than_are_recorded_in_a_moment() {
    let desk = TestDesk::with_zoe();
    let before = desk.json(&["show", "1"])["entries"].clone();
    let advice = json!({ "at": "2026-11-20", "name": "Dr Patel", "advice": "Wait." });
    annotate(&desk, &json!({ "advice": vec![advice; 201] })).could_not("201 sections, more than 200");
    assert_eq!(desk.json(&["show", "1"])["entries"], before);
}

#[test]
fn a_reason_that_nothing_asks_for_is_not_lost_in_silence() {
    let desk = TestDesk::with_zoe();
    let before = desk.json(&["show", "1"])["entries"].clone();
    let told = json!({ "informed": true, "reasons": "She came in.", "parent_is_concern": false });
    for rule in ["R4", "R99"] {
        let given = json!({ "parents_informed": told, "despite": { rule: "It is the father." } });
        annotate(&desk, &given).could_not(&format!("that nothing here asks for: {rule}."));
    }
    assert_eq!(desk.json(&["show", "1"])["entries"], before);
    // One that stands in the record is not lost, whatever asked for it then.
    let concerned = json!({ "informed": true, "reasons": "She came in.", "parent_is_concern": true });
    let despite = json!({ "R4": "It is the father." });
    assert_eq!(annotate(&desk, &json!({ "parents_informed": concerned, "despite": despite })).code, 0);
    assert_eq!(annotate(&desk, &json!({ "parents_informed": told, "despite": despite })).code, 0);
}

#[test]
fn a_reason_that_nobody_can_see_is_none() {
    let desk = TestDesk::with_zoe();
    let told = json!({ "informed": true, "reasons": "She came in.", "parent_is_concern": true });
    for unseen in [" ", "\u{200b}", "\u{2060}\u{3164}", "\u{1b}"] {
        let given = json!({ "parents_informed": told, "despite": { "R4": unseen } });
        annotate(&desk, &given).could_not("give the reason for R4");
    }
}

#[test]
fn what_is_still_to_come_has_not_happened() {
    let desk = TestDesk::with_zoe();
    let before = desk.json(&["show", "1"])["entries"].clone();
    let advice = |at: &str| json!({ "at": at, "name": "Dr Patel", "advice": "Wait." });
    for at in ["2199-01-01", "2199-01-01T09:00"] {
        let given = json!({ "advice": [advice("2026-11-20"), advice(at)] });
        annotate(&desk, &given).could_not("In `advice` 2 `at` is still to come");
        let told = json!({ "informed": true, "reasons": "To help.", "at": at, "parent_is_concern": false });
        annotate(&desk, &json!({ "parents_informed": told })).could_not("In `parents_informed` `at`");
    }
    assert_eq!(desk.json(&["show", "1"])["entries"], before);
    // A clock that goes ten seconds wrong is no reason to refuse anything.
    let now = (chrono::Utc::now() + chrono::TimeDelta::seconds(2)).to_rfc3339();
    assert_eq!(annotate(&desk, &json!({ "advice": [advice(&now)] })).code, 0);
}
