use std::fs;

use serde_json::{Value, json};

use super::desk::{Said, TestDesk, program, said};

const THEIRS: &str = "lantern walnut bicycle six";

/// Runs the program as somebody else, whose passphrase comes by standard input.
fn as_person(desk: &TestDesk, person: &str, passphrase: &str, args: &[&str]) -> Said {
    let mut command = program();
    command.arg("--desk").arg(desk.folder()).args(["--passphrase-file", "-", "--as", person]);
    said(command.args(args), passphrase)
}

fn add(desk: &TestDesk, name: &str, more: &[&str]) -> Said {
    let mut args = vec!["people", "add", "--name", name, "--role", "Deputy lead", "--as", "amina-khan"];
    args.extend(["--new-passphrase-file", "-"]);
    args.extend(more);
    desk.run_with_input(&args, THEIRS)
}

#[test]
fn somebody_is_added_listed_and_opens_the_desk() {
    let desk = TestDesk::with_zoe();
    let added = add(&desk, "Grace Osei", &["--json"]);
    assert_eq!(added.code, 0, "{}", added.err);
    let json: Value = serde_json::from_str(&added.out).unwrap();
    let expected =
        json!({ "person": "grace-osei", "name": "Grace Osei", "role": "Deputy lead", "right": "deputy" });
    assert_eq!(json, expected);
    let inbox = as_person(&desk, "Grace Osei", THEIRS, &["inbox"]);
    assert_eq!(inbox.code, 0, "{}", inbox.err);
    assert!(inbox.out.contains("Zoë Okonkwo"));
    let listed = desk.json(&["people", "list", "--as", "amina-khan"]);
    assert_eq!(listed[0]["right"], "lead");
    assert_eq!(listed[1]["person"], "grace-osei");
    assert_eq!(listed[1]["file"], "as admitted");
    let plain = desk.run(["people", "list", "--as", "amina-khan"]);
    assert!(plain.out.contains("grace-osei  Grace Osei  deputy"), "{}", plain.out);
    assert_eq!(desk.json(&["verify", "--as", "amina-khan"])["ok"], true);
}

#[test]
fn a_weak_passphrase_a_known_name_and_no_right_are_refused() {
    let desk = TestDesk::new();
    let name = ["people", "add", "--name", "Grace Osei", "--role", "Deputy", "--new-passphrase-file", "-"];
    desk.run_with_input(&name, "Grace Osei").could_not("The passphrase is too weak.");
    desk.run_with_input(&name, "\n").could_not("The passphrase is empty.");
    assert!(!desk.folder().join("people/grace-osei.toml").exists());
    add(&desk, "Amina Khan", &[]).could_not("Give a longer name");
    assert_eq!(add(&desk, "Grace Osei", &["--right", "reader"]).code, 0);
    let refused =
        as_person(&desk, "grace-osei", THEIRS, &["people", "add", "--name", "Kit Moss", "--role", "R"]);
    refused.could_not("This is not for a reader to do");
    let file = desk.file("report.json", &super::desk::concern("Zoë Okonkwo").to_string());
    let import = as_person(&desk, "grace-osei", THEIRS, &["import", file.to_str().unwrap()]);
    import.could_not("This is not for a reader to do");
}

#[test]
fn a_right_that_is_none_and_standard_input_twice_are_wrong_usage() {
    let desk = TestDesk::new();
    let wrong = add(&desk, "Grace Osei", &["--right", "king"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("it takes lead, deputy, senior, reader"), "{}", wrong.err);
    let args = ["people", "passphrase", "--new-passphrase-file", "-"];
    let twice = as_person(&desk, "amina-khan", "x", &args);
    assert_eq!(twice.code, 2);
}

#[test]
fn a_right_is_changed_with_its_reason() {
    let desk = TestDesk::with_zoe();
    add(&desk, "Grace Osei", &[]);
    let right = |person: &str, right: &str, reason: &str| {
        let args = ["people", "right", person, "--right", right, "--reason", reason, "--as", "amina-khan"];
        desk.run(args.iter().chain(&["--json"]))
    };
    let changed = right("Grace Osei", "reader", "On leave");
    assert_eq!(changed.code, 0, "{}", changed.err);
    assert_eq!(changed.out.parse::<Value>().unwrap(), json!({ "person": "grace-osei", "right": "reader" }));
    assert_eq!(desk.json(&["people", "list", "--as", "amina-khan"])[1]["right"], "reader");
    let file = desk.file("report.json", &super::desk::concern("Łukasz Nowak").to_string());
    as_person(&desk, "grace-osei", THEIRS, &["import", file.to_str().unwrap()])
        .could_not("for a reader to do");
    right("Amina Khan", "reader", "Tired").could_not("Nobody changes their own right.");
    right("Grace Osei", "senior", "Promoted").could_not("A senior belongs to another cabinet too");
    right("Kit Moss", "reader", "Who?").could_not("There is nobody of that name");
    right("Grace Osei", "deputy", " ").could_not("The reason is empty.");
    assert_eq!(desk.json(&["verify", "--as", "amina-khan"])["ok"], true);
}

#[test]
fn a_passphrase_is_changed() {
    let desk = TestDesk::new();
    let new = desk.file("new", "thistle orbit marzipan two\n");
    let weak = desk.file("weak", "weirgate community school\n");
    let args = |file: &std::path::Path| {
        ["people", "passphrase", "--new-passphrase-file", file.to_str().unwrap()].map(str::to_owned)
    };
    let before = fs::read(desk.folder().join("people/amina-khan.toml")).unwrap();
    desk.run(args(&weak)).could_not("The passphrase is too weak.");
    assert_eq!(fs::read(desk.folder().join("people/amina-khan.toml")).unwrap(), before);
    let changed = desk.run(args(&new));
    assert_eq!(changed.code, 0, "{}", changed.err);
    assert!(!changed.out.contains("thistle"));
    desk.run(["inbox"]).could_not("The passphrase does not open this desk.");
    assert_eq!(as_person(&desk, "amina-khan", "thistle orbit marzipan two", &["inbox"]).code, 0);
}

#[test]
fn whoever_was_removed_opens_nothing() {
    let desk = TestDesk::with_zoe();
    assert_eq!(add(&desk, "Grace Osei", &[]).code, 0);
    let remove = ["people", "remove", "Grace Osei", "--reason", "Left the school", "--as", "amina-khan"];
    let removed = desk.json(&remove);
    assert_eq!(removed, json!({ "person": "grace-osei", "removed": true }));
    as_person(&desk, "grace-osei", THEIRS, &["inbox"]).could_not("There is nobody called grace-osei");
    assert_eq!(desk.json(&["verify"])["ok"], true);
    assert_eq!(desk.json(&["people", "list"]).as_array().unwrap().len(), 1);
    let again = desk.run(remove);
    assert_eq!(again.code, 0, "{}", again.err);
    desk.run(["people", "remove", "Amina Khan", "--reason", "x"]).could_not("Nobody removes themselves.");
    assert_eq!(desk.run(["people", "remove", "Amina Khan"]).code, 2);
}

#[test]
fn words_open_a_desk_whose_passphrase_is_forgotten() {
    let desk = TestDesk::with_zoe();
    assert!(desk.run(["people", "list"]).out.contains("There is no recovery key"));
    let made = desk.json(&["people", "recovery"]);
    let words = desk.file("words", made["recovery"].as_str().unwrap());
    let new = desk.file("new", "thistle orbit marzipan two");
    assert!(!desk.run(["people", "list"]).out.contains("There is no recovery key"));
    let recover = |person: &str, words: &str| {
        let args = ["people", "recover", "--words-file", words, "--as", person, "--new-passphrase-file"];
        said(program().arg("--desk").arg(desk.folder()).args(args).arg(&new), "")
    };
    let wrong = desk.file("wrong", "apple apron");
    recover("amina-khan", wrong.to_str().unwrap()).could_not("These are not the words of a recovery key");
    let recovered = recover("Amina Khan", words.to_str().unwrap());
    assert_eq!(recovered.code, 0, "{}", recovered.err);
    desk.run(["inbox"]).could_not("The passphrase does not open this desk.");
    let inbox = as_person(&desk, "amina-khan", "thistle orbit marzipan two", &["inbox"]);
    assert!(inbox.out.contains("Zoë Okonkwo"), "{}", inbox.err);
}

#[test]
fn set_up_shows_the_words_only_where_somebody_reads_them() {
    let root = tempfile::TempDir::new().unwrap();
    let set_up = |name: &str, more: &[&str]| {
        let args = ["setup", "--org", "Weirgate", "--name", "Amina Khan", "--role", "DSL"];
        let mut command = program();
        command.args(args).args(more).arg("--desk").arg(root.path().join(name));
        said(command.args(["--passphrase-file", "-"]), "seven kettles, no lids")
    };
    let json: Value = serde_json::from_str(&set_up("a", &["--json"]).out).unwrap();
    assert_eq!(json.get("recovery"), None);
    let json: Value = serde_json::from_str(&set_up("b", &["--json", "--show-recovery"]).out).unwrap();
    assert_eq!(json["recovery"].as_str().unwrap().split(' ').count(), 17);
    assert!(set_up("c", &[]).out.contains("No recovery key was made"));
    let plain = set_up("d", &["--show-recovery"]).out;
    assert!(plain.contains("nobody can show them again") && plain.contains("17 "), "{plain}");
}
