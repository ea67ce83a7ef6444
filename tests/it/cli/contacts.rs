use super::desk::TestDesk;

#[test]
fn the_emergency_number_comes_first_and_everything_is_there() {
    let desk = TestDesk::new();
    let book = desk.json(&["contacts"]);
    assert_eq!(book[0]["numbers"][0]["number"], "999");
    assert!(book[0]["contact"].is_null());
    assert!(book.as_array().unwrap().len() > 20);
    let shipped = &book[1];
    assert!(shipped["contact"].is_i64());
    assert_eq!(shipped["checked"], false);
    assert!(shipped["retired"].is_null());
    for key in [
        "organisation",
        "service",
        "role",
        "areas",
        "audiences",
        "purpose",
        "emails",
        "web",
        "hours",
        "out_of_hours",
        "sources",
        "caution",
    ] {
        assert!(shipped.get(key).is_some(), "{key}");
    }
}

#[test]
fn in_words() {
    let said = TestDesk::new().run(["contacts"]);
    assert!(said.out.starts_with("Emergency              Police"), "{}", said.out);
    assert_eq!(said.out.lines().nth(1).unwrap().trim(), "999: always");
    assert!(said.out.contains("Caution: Ring 999 for a child at immediate risk, never 101"), "{}", said.out);
    assert!(said.out.contains("Not yet checked: nobody here has rung it."));
    assert!(
        said.out
            .contains("0116 305 0004: Mon-Thu 08:30-17:00, Fri 08:30-16:30, bank holidays assumed closed")
    );
}

#[test]
fn sources_are_in_words_for_people_and_codes_for_programs() {
    let desk = TestDesk::new();
    let said = desk.run(["contacts"]);
    assert!(said.out.contains("Police and Crime Commissioner's policy, line 186 (S1:186); "), "{}", said.out);
    let book = desk.json(&["contacts"]);
    let sources = |contact: &serde_json::Value| contact["sources"].as_array().unwrap().clone();
    assert!(book.as_array().unwrap().iter().any(|contact| sources(contact).contains(&"S1:186".into())));
}
