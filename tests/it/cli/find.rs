use super::desk::{TestDesk, concern};

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
fn phrases_and_filters_and_what_was_left_out() {
    let desk = TestDesk::with_zoe();
    let ids = |query: &str| desk.run(["find", query, "--in", "chronology", "--json"]).items().len();
    assert_eq!(ids("hungry kind:concern child:zoe"), 1);
    assert_eq!((ids("hungry kind:outcome"), ids("hungry to:2001")), (0, 0));
    let said = desk.run(["find", "hungry kind:zebra", "--in", "chronology", "--json"]);
    assert_eq!((said.code, said.items().len()), (0, 1));
    assert!(said.err.contains("\"kind:zebra\" is no kind of entry, so it was left out."), "{}", said.err);
}

#[test]
fn in_words() {
    let desk = TestDesk::with_zoe();
    let said = desk.run(["find", "okonkwo", "--in", "children"]);
    assert!(said.out.lines().nth(1).unwrap().starts_with("child  1    Zoë Okonkwo  "), "{}", said.out);
    let nothing = desk.run(["find", "xiuying qiu", "--in", "children"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (0, "Nothing was found.\n"));
}

#[test]
fn a_list_with_dates_of_birth_says_whom_it_may_mean_and_why() {
    let desk = TestDesk::with_zoe();
    let born = |name: &str, born: &str| {
        let mut report = concern(name);
        report["children"][0]["date_of_birth"] = born.into();
        desk.takes_in(&report);
    };
    born("Mohammed Khan", "2012-03-04");
    born("Mohamad Khan", "2013-09-21");
    born("Amina Shah", "2011-05-17");
    let list = "Khan, Muhammad; 04/03/2012\nMohammed Khan 3 Apr 2012\nAmina Jane Khan\t17 May 2011\nBill Nobody, 1.1.2011\n";
    let said = desk.run_with_input(&["find", "--batch", "--json"], list);
    let items = said.items();
    let hits = |line: usize| -> Vec<(String, String)> {
        let hits = items[line]["hits"].as_array().unwrap().iter();
        let text = |hit: &serde_json::Value, key: &str| hit[key].as_str().unwrap().to_owned();
        hits.map(|hit| (text(hit, "detail"), text(hit, "why"))).collect()
    };
    let first = hits(0);
    assert!(first[0].0.contains("4 Mar 2012") && first[0].1.ends_with("same date of birth"), "{first:?}");
    assert!(first[1].0.contains("21 Sep 2013") && first[1].1.ends_with("another date of birth"), "{first:?}");
    assert_eq!(hits(1)[0].1, "same name, day and month of birth swapped");
    let changed = hits(2);
    assert!(
        changed.iter().any(|(detail, why)| {
            detail.contains("17 May 2011") && why == "part of the name, same date of birth"
        }),
        "{changed:?}"
    );
    assert!(hits(3).is_empty(), "{:?}", hits(3));
    let in_words = desk.run_with_input(&["find", "--batch"], "Mohammed Khan 4/3/2012\n");
    assert!(in_words.out.contains("same name, same date of birth"), "{}", in_words.out);
}
