//! Backups by command, and the way back.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::desk::{PASSPHRASE, TestDesk, concern, program, said};

fn path_of(made: &Value) -> PathBuf {
    PathBuf::from(made["backup"].as_str().unwrap())
}

fn head(desk: &TestDesk) -> Value {
    desk.json(&["verify"])["cabinets"][0]["head"].clone()
}

#[test]
fn a_backup_is_made_and_says_what_it_holds() {
    let desk = TestDesk::with_zoe();
    let made = desk.json(&["backup"]);
    let verified = desk.json(&["verify"]);
    assert_eq!(made["entries"], verified["cabinets"][0]["entries"]);
    assert_eq!(made["head"], verified["cabinets"][0]["head"]);
    assert_eq!(made["checked"], "opened");
    assert!(path_of(&made).starts_with(desk.folder().join("backups")));
    assert_eq!(made["bytes"], path_of(&made).join("cabinets/general.db").metadata().unwrap().len());
    assert_eq!(desk.json(&["backup", "--verify"])["checked"], "replayed");
    let plain = desk.run(["backup"]);
    assert!(plain.out.contains("its keys open it") && !plain.out.contains("Zoë"), "{}", plain.out);
}

#[test]
fn a_backup_opens_as_a_desk_of_its_own() {
    let desk = TestDesk::with_zoe();
    let made = desk.json(&["backup"]);
    let inbox = said(
        program().arg("--desk").arg(path_of(&made)).args(["inbox", "--passphrase-file", "-"]),
        PASSPHRASE,
    );
    assert!(inbox.out.contains("Zoë Okonkwo"), "{}{}", inbox.out, inbox.err);
}

#[test]
fn backups_are_listed_without_a_passphrase_the_newest_first() {
    let desk = TestDesk::new();
    let list = |args: &[&str]| {
        said(program().arg("--desk").arg(desk.folder()).args(["restore", "--list"]).args(args), "")
    };
    assert!(list(&[]).out.starts_with("There are no backups here."));
    assert_eq!(list(&["--json"]).out, "[]\n");
    let first = desk.json(&["backup"]);
    desk.takes_in(&concern("Zoë Okonkwo"));
    let stick = desk.folder().with_file_name("stick");
    let second = desk.json(&["backup"]);
    let elsewhere = desk.json(&["backup", stick.to_str().unwrap()]);
    let listed: Vec<Value> = serde_json::from_str(&list(&["--json"]).out).unwrap();
    let paths: Vec<&Value> = listed.iter().map(|one| &one["path"]).collect();
    assert_eq!(paths, [&second["backup"], &first["backup"]]);
    for field in ["made_at", "entries"] {
        assert_eq!(listed[0][field], second[field]);
    }
    let listed: Vec<Value> = serde_json::from_str(&list(&[stick.to_str().unwrap(), "--json"]).out).unwrap();
    assert_eq!(listed[0]["path"], elsewhere["backup"]);
    assert!(list(&[]).out.lines().count() == 3, "a line each under the titles");
}

#[test]
fn going_back_sets_the_present_desk_aside() {
    let desk = TestDesk::new();
    let before = head(&desk);
    let name = path_of(&desk.json(&["backup"]));
    let name = name.file_name().unwrap().to_str().unwrap();
    desk.takes_in(&concern("Zoë Okonkwo"));
    let after = head(&desk);
    desk.run(["restore", name]).could_not("There is no terminal on which to ask");
    assert_eq!(head(&desk), after);
    let done = desk.json(&["restore", name, "--yes"]);
    assert_eq!((&done["restored"], &done["present"]), (&Value::from(true), &Value::from("same")));
    assert!(done["lost_entries"].as_i64().unwrap() > 0);
    assert_eq!((head(&desk), &done["head"]), (before.clone(), &before));
    let aside = done["set_aside"].as_str().unwrap();
    let back = desk.run(["restore", aside, "--yes"]);
    assert!(back.out.contains("nothing would be lost") && back.out.contains("The old desk"), "{}", back.out);
    assert_eq!(head(&desk), after);
}

#[test]
fn it_is_asked_first() {
    let desk = TestDesk::new();
    let backup = desk.json(&["backup"])["backup"].as_str().unwrap().to_owned();
    desk.takes_in(&concern("Zoë Okonkwo"));
    let after = head(&desk);
    for answer in ["no\n", "\n", "maybe\n"] {
        let shown = desk.on_a_terminal(&["restore", &backup], 200, answer);
        assert!(shown.contains("are not in the backup") && shown.contains("Nothing was changed."), "{shown}");
        assert!(!shown.contains("Zoë") && !shown.contains("Okonkwo"), "{shown}");
        assert_eq!(head(&desk), after);
    }
    let shown = desk.on_a_terminal(&["restore", &backup], 200, "Yes\n");
    assert!(shown.contains("The backup is in place."), "{shown}");
    assert_ne!(head(&desk), after);
}

#[test]
fn what_is_no_backup_is_not_gone_back_to() {
    let desk = TestDesk::with_zoe();
    desk.run(["restore", "2026-01-01T0000", "--yes"]).could_not("There is no backup of that name.");
    let backup = path_of(&desk.json(&["backup"]));
    let database = backup.join("cabinets/general.db");
    let mut bytes = fs::read(&database).unwrap();
    let place = bytes.len() - 2_000;
    bytes[place] ^= 1;
    fs::write(&database, bytes).unwrap();
    desk.run(["restore".as_ref(), backup.as_os_str(), "--yes".as_ref()])
        .could_not("so nothing was restored. Choose another");
    let in_the_way = desk.file("in the way", "");
    desk.run(["backup".as_ref(), in_the_way.as_os_str()]).could_not("could not be made");
    assert_eq!(desk.run(["restore"]).code, 2);
    assert_eq!(desk.run(["restore", "--list", "--yes"]).code, 2);
}

#[test]
fn a_restore_that_was_cut_off_is_finished_by_the_next_command() {
    let desk = TestDesk::new();
    let before = head(&desk);
    let backup = path_of(&desk.json(&["backup"]));
    desk.takes_in(&concern("Zoë Okonkwo"));
    let root = desk.folder();
    let (wanted, aside) = (root.join("restoring-2026-11-20T1530"), root.join("set-aside-2026-11-20T1530"));
    fs::create_dir(&wanted).unwrap();
    fs::create_dir(&aside).unwrap();
    fs::rename(backup.join("people"), wanted.join("people")).unwrap();
    fs::rename(backup.join("cabinets"), wanted.join("cabinets")).unwrap();
    fs::rename(root.join("people"), aside.join("people")).unwrap();
    let verified = desk.run(["verify", "--json"]);
    assert_eq!(
        verified.err,
        "A cut-off restore is finished; the old desk is in set-aside-2026-11-20T1530.\n"
    );
    let report: Value = serde_json::from_str(&verified.out).unwrap();
    assert_eq!(report["cabinets"][0]["head"], before);
    assert_eq!(desk.run(["verify"]).err, "");
}
