use std::fs;

use serde_json::json;

use super::desk::{TestDesk, concern};

#[test]
fn each_report_is_told_of_and_the_good_ones_are_in() {
    let desk = TestDesk::new();
    let good = desk.file("good.json", &concern("Zoë Okonkwo").to_string());
    let list =
        desk.file("list.json", &json!([concern("Ali Raza"), { "format": "dsl-desk.concern/1" }]).to_string());
    let folder = desk.folder();
    let said = desk.run([
        "import".as_ref(),
        "--json".as_ref(),
        good.as_os_str(),
        good.as_os_str(),
        list.as_os_str(),
        folder.as_os_str(),
        "nowhere.json".as_ref(),
    ]);
    said.could_not("Of 6 files or reports 3 could not be taken in");
    let items = said.items();
    let results: Vec<&str> = items.iter().map(|item| item["result"].as_str().unwrap()).collect();
    assert_eq!(results, ["accepted", "duplicate", "accepted", "rejected", "rejected", "rejected"]);
    assert_eq!(items[0]["concern"], 1);
    assert_eq!(items[0]["file"], good.to_str().unwrap());
    assert_eq!(items[0].get("row"), None);
    assert_eq!(items[1]["duplicate_of"], 1);
    assert_eq!(items[3]["row"], 2);
    assert!(items[4]["reason"].as_str().unwrap().contains("folder"));
    assert!(items[5]["reason"].as_str().unwrap().starts_with("There is no such file."));
    assert_eq!(desk.json(&["inbox"]).as_array().unwrap().len(), 2);
    assert!(fs::exists(good).unwrap());
}

#[test]
fn in_words() {
    let desk = TestDesk::new();
    let good = desk.file("good.json", &concern("Zoë Okonkwo").to_string());
    let first = desk.run(["import".as_ref(), good.as_os_str()]);
    assert_eq!((first.code, first.out), (0, format!("{}: accepted as concern 1\n", good.display())));
    let again = desk.run(["import".as_ref(), good.as_os_str()]);
    assert_eq!((again.code, again.out), (0, format!("{}: here already as concern 1\n", good.display())));
    let cut = desk.file("cut.json", "{\"format\": \"dsl-");
    let said = desk.run(["import".as_ref(), cut.as_os_str()]);
    said.could_not("Of 1 reports 1");
    assert!(said.out.contains("rejected. "), "{}", said.out);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let desk = TestDesk::new();
    let said = desk.run(["import", "--json", "/dev/zero"]);
    said.could_not("Of 1 reports 1");
    assert_eq!(said.items()[0]["result"], "rejected");
}
