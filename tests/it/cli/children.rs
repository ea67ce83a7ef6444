//! `dsl-desk children import`: from the first roll to the leavers of the next year.

use std::path::Path;

use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::keys::{Passphrase, Work};
use dsl_desk::desk::people::{Keeper, NewPerson};
use dsl_desk::domain::ids::{ChildId, PersonId};
use dsl_desk::domain::person::Right;
use serde_json::{Value, json};

use super::desk::{PASSPHRASE, Said, TestDesk, program, said};

const READERS: &str = "lantern walnut bicycle six";

/// The roll of one year. Niamh and Nuala are twins, and two children are called Ava Reed.
const FIRST: &str = "\
Forename,Surname,DOB,Reg Group,School,UPN
Zoë,Okonkwo,02/04/2013,8B,Weirgate,D820123415001
Niamh,O'Brien,14/09/2014,7A,Weirgate,T820123415002
Nuala,O'Brien,14/09/2014,7A,Weirgate,
Ava,Reed,01/02/2014,7B,Weirgate,
Ava,Reed,09/10/2012,8A,Weirgate,
Kofi,Osei,21/05/2011,11C,Weirgate,W820123415004
";

/// The next: Kofi has left, one Ava is called otherwise, all have other forms, and Ife is new.
const SECOND: &str = "\
Forename,Surname,DOB,Reg Group,School,UPN
Zoë,Okonkwo,02/04/2013,9B,Weirgate,D820123415001
Niamh,O'Brien,14/09/2014,8A,Weirgate,T820123415002
Nuala,O'Brien,14/09/2014,8A,Weirgate,
Ava,Reed,01/02/2014,8B,Weirgate,G820123415003
Ava,Reed,09/10/2012,9A,Weirgate,
Ife,Adeyemi-Cole,02/11/2015,7A,Weirgate,
";

/// What an import says of each row, and at the end of the file.
fn imported(desk: &TestDesk, file: &Path, more: &[&str]) -> (Said, Vec<Value>, Value) {
    let mut args = vec!["--json", "children", "import", file.to_str().unwrap()];
    args.extend(more);
    let said = desk.run(args);
    let mut items = said.items();
    let last = items.pop().unwrap_or_default();
    (said, items, last)
}

fn results(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["result"].as_str().unwrap()).collect()
}

fn entries(desk: &TestDesk) -> Value {
    let verified = desk.json(&["verify"]);
    assert_eq!(verified["ok"], true, "{verified}");
    verified["cabinets"][0]["entries"].clone()
}

/// The texts of a child's rows of these kinds.
fn told(desk: &TestDesk, child: &str, kind: &str) -> Vec<String> {
    let rows = desk.json(&["chronology", child]);
    let rows = rows.as_array().unwrap().iter().filter(|row| row["kind"] == kind);
    rows.map(|row| row["text"].as_str().unwrap().to_owned()).collect()
}

fn found(desk: &TestDesk, query: &str) -> Vec<Value> {
    desk.run(["find", query, "--in", "children", "--json"]).items()
}

#[test]
fn nothing_is_recorded_without_a_yes() {
    let desk = TestDesk::new();
    let before = entries(&desk);
    let (said, items, last) = imported(&desk, &desk.file("roll.csv", FIRST), &[]);
    said.could_not("There is no terminal on which to ask");
    assert!(said.err.contains("--yes"));
    assert_eq!(
        (results(&items), &last["recorded"], &last["new"]),
        (vec!["new"; 6], &json!(false), &json!(6))
    );
    assert_eq!(entries(&desk), before);
}

#[test]
fn a_year_later() {
    let desk = TestDesk::with_zoe();
    let (said, items, last) = imported(&desk, &desk.file("2025.csv", FIRST), &["--yes"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(results(&items), ["changed", "new", "new", "new", "new", "new"], "Zoë came with a concern");
    assert_eq!(
        items[0]["differences"],
        json!([
            { "field": "school", "desk": "", "roll": "Weirgate" },
            { "field": "UPN", "desk": "", "roll": "D820123415001" },
        ])
    );
    assert_eq!(last["entries"].as_array().unwrap().len(), 7, "one for each, and who stands on the roll");

    let (said, items, last) = imported(&desk, &desk.file("2026.csv", SECOND), &["--yes"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let expected = ["changed", "changed", "changed", "changed", "changed", "new", "left"];
    assert_eq!(results(&items), expected);
    let kofi = &items[6];
    assert_eq!(
        (&kofi["row"], &kofi["name"], &kofi["form"]),
        (&Value::Null, &json!("Kofi Osei"), &json!("11C"))
    );
    assert_eq!(last["missing"], json!([{ "school": "Weirgate", "children": 1, "marked": true }]));
    assert_eq!((&last["left"], &last["recorded"]), (&json!(1), &json!(true)));
    let corrected = told(&desk, "1", "correction");
    assert!(
        corrected.iter().any(|text| text.contains("Form: 8B, now 9B. Reason: The roll in 2026.csv.")),
        "{corrected:?}"
    );
    let kofi = kofi["child"].to_string();
    assert_eq!(told(&desk, &kofi, "roll"), ["Left the roll. Not named on the roll in 2026.csv."]);
    assert!(found(&desk, "kofi osei")[0]["detail"].as_str().unwrap().contains(", left "));
    assert!(desk.run(["chronology", &kofi]).out.contains(", left "));
    entries(&desk);
}

#[test]
fn the_same_file_again_changes_nothing() {
    let desk = TestDesk::new();
    for roll in [FIRST, SECOND] {
        let file = desk.file("roll.csv", roll);
        imported(&desk, &file, &["--yes"]);
        let before = entries(&desk);
        let (said, items, last) = imported(&desk, &file, &[]);
        assert_eq!((said.code, results(&items)), (0, vec!["same"; 6]), "and nothing is asked");
        assert_eq!(
            (&last["recorded"], &last["entries"], &last["same"]),
            (&json!(false), &json!([]), &json!(6))
        );
        assert_eq!(entries(&desk), before);
    }
}

#[test]
fn whoever_comes_back_is_marked_so() {
    let desk = TestDesk::new();
    for (name, roll) in [("2025.csv", FIRST), ("2026.csv", SECOND)] {
        imported(&desk, &desk.file(name, roll), &["--yes"]);
    }
    let back = format!("{SECOND}Kofi,Osei,21/05/2011,11C,Weirgate,W820123415004\n");
    let (_, items, last) = imported(&desk, &desk.file("back.csv", &back), &["--yes"]);
    assert_eq!((results(&items)[6], &last["returned"]), ("returned", &json!(1)));
    let kofi = items[6]["child"].to_string();
    assert_eq!(told(&desk, &kofi, "roll")[1], "On the roll again. Named on the roll in back.csv.");
    assert!(!desk.run(["chronology", &kofi]).out.lines().next().unwrap().contains("left"));
    entries(&desk);
}

#[test]
fn a_leaving_date_is_the_day_on_which_the_child_left() {
    let desk = TestDesk::new();
    imported(&desk, &desk.file("2025.csv", FIRST), &["--yes"]);
    let left = "Name,DOB,UPN,Date of leaving\n\"Osei, Kofi\",21/05/2011,W820123415004,17/07/2026\n";
    let (said, items, last) = imported(&desk, &desk.file("left.csv", left), &["--yes", "--no-leavers"]);
    assert_eq!((said.code, results(&items), &items[0]["left"]), (0, vec!["left"], &json!("2026-07-17")));
    assert_eq!(last["missing"][0]["marked"], json!(false));
    let kofi = items[0]["child"].to_string();
    let rows = desk.json(&["chronology", &kofi]);
    assert_eq!(rows[0]["happened_at"], json!("2026-07-17"));
    assert_eq!(found(&desk, "kofi")[0]["detail"], json!("b. 21 May 2011, left 17 Jul 2026, 11C, Weirgate"));
    assert_eq!(
        desk.open().sheet(ChildId(kofi.parse().unwrap())).unwrap().child.left,
        "2026-07-17".parse().ok()
    );
}

#[test]
fn one_class_makes_nobody_a_leaver_unless_that_is_asked_for() {
    let desk = TestDesk::new();
    imported(&desk, &desk.file("2025.csv", FIRST), &["--yes"]);
    let class =
        desk.file("class.csv", "Name,DOB,Form\nNiamh O'Brien,14/09/2014,7A\nNuala O'Brien,14/09/2014,7A\n");
    let (said, items, last) = imported(&desk, &class, &["--yes"]);
    assert_eq!((said.code, results(&items)), (0, vec!["same"; 2]));
    let missing = &last["missing"][0];
    assert_eq!(
        (&missing["children"], &missing["marked"], &last["left"]),
        (&json!(4), &json!(false), &json!(0))
    );
    assert!(missing["reason"].as_str().unwrap().contains("part of the roll"));
    let plain = desk.run(["children", "import", class.to_str().unwrap()]);
    assert!(
        plain.out.starts_with("Of the roll of Weirgate, 4 children are not in the file. "),
        "{}",
        plain.out
    );
    let (_, _, last) = imported(&desk, &class, &["--yes", "--leavers"]);
    assert_eq!((&last["left"], &last["missing"][0]["marked"]), (&json!(4), &json!(true)));
    assert_eq!(desk.run(["children", "import", "--leavers", "--no-leavers", "a.csv"]).code, 2);
}

#[test]
fn an_unsure_row_lists_whom_it_may_be_until_somebody_says_it() {
    let desk = TestDesk::with_zoe();
    let file = desk.file("roll.csv", "Name,DOB,Form\nZoe Okonkwo,,8B\nKofi Osei,21/05/2011,11C\n");
    let (said, items, last) = imported(&desk, &file, &["--yes"]);
    assert_eq!((said.code, results(&items), &last["unsure"]), (0, vec!["unsure", "new"], &json!(1)));
    let candidate = json!({
        "child": 1, "name": "Zoë Okonkwo", "date_of_birth": "2013-04-02", "form": "8B",
        "why": "same name; a date of birth is not known",
    });
    assert_eq!(items[0]["candidates"], json!([candidate]));
    assert!(items[0]["reason"].as_str().unwrap().contains("--is ROW=CHILD"));
    let plain = desk.run(["children", "import", file.to_str().unwrap()]);
    assert!(plain.out.contains("Child 1: Zoë Okonkwo, b. 2 Apr 2013, 8B (same name;"), "{}", plain.out);

    let (_, items, last) = imported(&desk, &file, &["--new", "2"]);
    assert_eq!((results(&items), &last["new"]), (vec!["new", "same"], &json!(1)));
    let (_, items, last) = imported(&desk, &file, &["--yes", "--is", "2=1"]);
    assert_eq!((results(&items), &items[0]["child"]), (vec!["same", "same"], &json!(1)));
    assert_eq!(last["entries"][0]["child"], Value::Null, "she stands on the roll");
    imported(&desk, &file, &["--new", "7"]).0.could_not("is not in the file");
    assert_eq!(desk.run(["children", "import", "--is", "2", "a.csv"]).code, 2);
    entries(&desk);
}

#[test]
fn a_preview_in_words() {
    let desk = TestDesk::with_zoe();
    let file = desk.file(
        "roll.csv",
        "Name,DOB,Form,UPN,House\nZoë Okonkwo,2/4/2013,9B,D820123415001,Red\n,,7A,,\nAva Reed,soon,7B,X1,\n",
    );
    let said = desk.run(["children", "import", "--yes", file.to_str().unwrap()]);
    said.could_not("Of 3 rows 1 could not be taken in.");
    for line in [
        "Row 2, changed         Zoë Okonkwo, b. 2 Apr 2013, 9B (child 1)\n",
        "form: 8B → 9B\n",
        "UPN: + D820123415001\n",
        "Row 4, new             Ava Reed, 7B\n",
        "Not taken in: a date of birth that could not be read, a UPN whose check letter is wrong.\n",
        "It does not say who it is.",
        "Not taken in of the file: the column “House”.\n",
        "1 new, 1 changed, 0 left, 0 back, 0 the same, 0 not sure, 1 rejected.\n3 entries were recorded.\n",
    ] {
        assert!(said.out.contains(line), "{line}\n{}", said.out);
    }
}

#[test]
fn a_question_on_the_terminal_counts_what_would_happen() {
    let desk = TestDesk::new();
    imported(&desk, &desk.file("2025.csv", FIRST), &["--yes"]);
    let file = desk.file("2026.csv", SECOND);
    let asked = ["children", "import", file.to_str().unwrap()];
    let shown = desk.on_a_terminal(&asked, 100, "no\n");
    let question = "Of the children, add 1, change 5, mark as left 1? (yes or no)";
    assert!(shown.contains(question) && shown.contains("Nothing was recorded."), "{shown}");
    let shown = desk.on_a_terminal(&asked, 100, "yes\n");
    assert!(shown.contains("Not in it, left") && shown.contains("8 entries were recorded."), "{shown}");
}

#[test]
fn a_common_transfer_file() {
    let desk = TestDesk::new();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/roll/ctf_20.xml");
    let (said, items, _) = imported(&desk, &file, &["--yes"]);
    assert_eq!((said.code, results(&items)), (0, vec!["new", "new"]), "{}", said.err);
    assert_eq!(items[1]["left"], json!("2026-10-23"));
    let found = found(&desk, "zoe finch");
    assert_eq!(found[0]["name"], json!("Zoë Marsh"), "by the name of before");
    assert_eq!(results(&imported(&desk, &file, &[]).1), ["same", "same"]);
    let text = std::fs::read_to_string(&file).unwrap();
    let cut = desk.file("cut.xml", text.trim_end().trim_end_matches("</CTfile>"));
    imported(&desk, &cut, &["--yes"]).0.could_not("The file was cut short");
    let declared = desk.file("declared.xml", &text.replace("<CTfile>", "<!DOCTYPE CTfile><CTfile>"));
    imported(&desk, &declared, &["--yes"]).0.could_not("declares a document type");
    entries(&desk);
}

#[test]
fn a_reader_may_not_and_no_path_is_in_the_record() {
    let desk = TestDesk::new();
    imported(&desk, &desk.file("2025.csv", FIRST), &["--yes"]);
    let file = desk.file("2026.csv", SECOND);
    let amina = PersonId("amina-khan".to_owned());
    let mut keeper = Keeper::open(Folder::new(desk.folder()), &amina, Passphrase::from(PASSPHRASE)).unwrap();
    let new = NewPerson { name: "Grace Osei".into(), role: "Governor".into(), right: Right::Reader };
    keeper
        .add(&new, Passphrase::from(READERS), Work::Token, "2026-11-20T09:00:00Z".parse().unwrap())
        .unwrap();
    drop(keeper);
    let mut command = program();
    command.arg("--desk").arg(desk.folder()).args(["--passphrase-file", "-", "--as", "Grace Osei"]);
    let refused = said(command.args(["children", "import", "--yes", file.to_str().unwrap()]), READERS);
    assert_eq!((refused.code, refused.out.as_str()), (1, ""));
    let args = ["children", "import", "--yes", "--as", "amina-khan", file.to_str().unwrap()];
    assert_eq!(desk.run(args).code, 0);
    let rows = desk.json(&["chronology", "1", "--as", "amina-khan"]).to_string();
    assert!(rows.contains("The roll in 2026.csv.") && !rows.contains('/'), "{rows}");
}

#[test]
fn nobody_is_two_at_once() {
    let desk = TestDesk::new();
    let file = desk.file("roll.csv", FIRST);
    imported(&desk, &file, &["--yes"]);
    let before = entries(&desk);
    let (said, ..) = imported(&desk, &file, &["--yes", "--is", "2=1", "--is", "2=2"]);
    said.could_not("said to be of two");
    let (said, ..) = imported(&desk, &file, &["--yes", "--new", "2"]);
    said.could_not("has the unique pupil number of child");
    assert_eq!(entries(&desk), before);
}

#[test]
fn marks_that_nobody_sees_are_no_part_of_a_name_and_nobody_is_not_yet_born() {
    let desk = TestDesk::new();
    let rows = "Name,DOB,Form\nZoe Mar\u{200e}sh\u{ad},14/12/2012,9A\nMira Testa,3/2/2114,9A\n";
    let (said, items, _) = imported(&desk, &desk.file("roll.csv", rows), &["--yes"]);
    assert_eq!(results(&items), ["new", "rejected"], "{}", said.err);
    assert_eq!(items[0]["name"], "Zoe Marsh");
}
