use super::desk::TestDesk;

#[test]
fn a_line_for_each_hit() {
    let desk = TestDesk::with_zoe();
    let said = desk.run(["find", "zoe", "--in", "children", "--json"]);
    let items = said.items();
    assert_eq!(items.len(), 1);
    assert_eq!(items[0]["kind"], "child");
    assert_eq!(items[0]["id"], 1);
    assert_eq!(items[0]["name"], "Zoë Okonkwo");
    for key in ["detail", "why", "score"] {
        assert!(items[0].get(key).is_some(), "{key}");
    }
}

#[test]
fn places_and_limits_hold() {
    let desk = TestDesk::with_zoe();
    let kinds = |place: &str, query: &str| -> Vec<String> {
        let said = desk.run(["find", query, "--in", place, "--json"]);
        said.items().iter().map(|item| item["kind"].as_str().unwrap().to_owned()).collect()
    };
    assert!(kinds("contacts", "police").iter().all(|kind| kind == "contact"));
    assert!(!kinds("contacts", "police").is_empty());
    assert_eq!(kinds("chronology", "hungry"), ["entry"]);
    assert_eq!(desk.run(["find", "police", "--limit", "2", "--json"]).items().len(), 2);
}

#[test]
fn a_list_of_names_is_checked_in_its_order() {
    let desk = TestDesk::with_zoe();
    let said = desk.run_with_input(
        &["find", "--batch", "--in", "children", "--json"],
        "zoe\r\nXiuying Qiu\n\u{202e}zoe",
    );
    let items = said.items();
    assert_eq!(items.len(), 3);
    assert_eq!(items[0]["query"], "zoe");
    assert_eq!(items[0]["hits"][0]["id"], 1);
    assert_eq!(items[1]["hits"].as_array().unwrap().len(), 0);
    assert_eq!(items[2]["query"], "\u{202e}zoe");
    assert!(!said.out.contains('\u{202e}'));
}

#[test]
fn in_words() {
    let desk = TestDesk::with_zoe();
    let said = desk.run(["find", "okonkwo", "--in", "children"]);
    assert!(said.out.lines().nth(1).unwrap().starts_with("child  1    Zoë Okonkwo  "), "{}", said.out);
    let nothing = desk.run(["find", "xiuying qiu", "--in", "children"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (0, "Nothing was found.\n"));
}
