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
    assert_eq!(said.out.lines().nth(1).unwrap().trim(), "999");
    assert!(said.out.contains("Not yet checked."));
}
