//! Every command that writes, on a disk that is full or read-only: it says so, changes nothing, and works once there
//! is room.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::desk::{PASSPHRASE, Said, TestDesk, concern, program, said};
use crate::small_disk::SmallDisk;

const THEIRS: &str = "lantern walnut bicycle six";

/// A desk on a small disk, and beside it, on another, what its commands are given.
struct OnDisk<'d> {
    small: &'d SmallDisk,
    desk: TestDesk,
    writing: Vec<Vec<String>>,
}

impl<'d> OnDisk<'d> {
    fn new(small: &'d SmallDisk) -> Self {
        let desk = TestDesk::in_folder(small.path().join("desk"));
        desk.takes_in(&concern("Zoë Okonkwo"));
        let theirs = desk.file("theirs", THEIRS);
        let add = |name: &str| {
            words(&[
                "people",
                "add",
                "--name",
                name,
                "--role",
                "Deputy",
                "--new-passphrase-file",
                at(&theirs),
            ])
        };
        assert_eq!(desk.run(add("Grace Osei")).code, 0);
        let recovery = amina(&desk, &words(&["people", "recovery", "--json"]));
        let recovery: Value = serde_json::from_str(&recovery.out).unwrap();
        let recovery = desk.file("words", recovery["recovery"].as_str().unwrap());
        let backup = desk.file("x", "").with_file_name("stick");
        let backup = amina(&desk, &words(&["backup", at(&backup), "--json"]));
        let backup: Value = serde_json::from_str(&backup.out).unwrap();
        // Nobody has signed this one: there is something to accept.
        fs::write(desk.folder().join("cabinets/general.seen"), "not a note").unwrap();
        let report = desk.file("later.json", &concern("Łukasz Nowak").to_string());
        let part2 = json!({ "advice": [{ "at": "2026-11-20", "name": "Dr Patel", "advice": "Weigh her." }] });
        let part2 = desk.file("part2.json", &part2.to_string());
        let own = desk.file("passphrase", PASSPHRASE);
        let new = small.path().join("new");
        let writing = vec![
            words(&["import", at(&report)]),
            words(&["annotate", "1", "--from", at(&part2)]),
            add("Kit Moss"),
            words(&["people", "passphrase", "--new-passphrase-file", at(&own)]),
            words(&["people", "recover", "--words-file", at(&recovery), "--new-passphrase-file", at(&own)]),
            words(&["people", "recovery"]),
            words(&["people", "remove", "Grace Osei", "--reason", "Left the school"]),
            words(&["verify", "--accept-older", "--reason", "The note was lost"]),
            words(&["backup"]),
            words(&["restore", backup["backup"].as_str().unwrap(), "--yes"]),
            words(&["demo", "--no-open", "--keep", at(&new.join("demo"))]),
            words(&["setup", "--org", "Weirgate", "--name", "Amina Khan", "--role", "DSL"]),
        ];
        Self { small, desk, writing }
    }

    fn run(&self, args: &[String]) -> Said {
        let elsewhere = args.first().is_some_and(|command| command == "setup");
        if elsewhere {
            let mut command = program();
            command.arg("--desk").arg(self.small.path().join("new/desk")).args(args);
            return said(command.args(["--passphrase-file", "-"]), PASSPHRASE);
        }
        amina(&self.desk, args)
    }

    /// Everything but who has opened it: to look is recorded, too, where it can be.
    fn everything(&self) -> Vec<String> {
        let read = |args: &[&str]| {
            let said = self.run(&words(args));
            assert_eq!(said.code, 0, "{args:?} can be read all the same: {}", said.err);
            said.out.split("WHO HAS OPENED IT").next().unwrap_or_default().to_owned()
        };
        [&["inbox"][..], &["show", "1"], &["chronology", "1"], &["contacts"], &["people", "list"]]
            .map(read)
            .into()
    }

    fn entries(&self) -> Value {
        let said = amina(&self.desk, &words(&["verify", "--json"]));
        let proof: Value = serde_json::from_str(&said.out).unwrap();
        // All that is wrong is the note that is to be accepted.
        let problems = proof["cabinets"][0]["problems"].as_array().unwrap();
        assert!(
            matches!(problems.as_slice(), [one] if one.as_str().unwrap().contains("general.seen")),
            "{problems:?}"
        );
        proof["cabinets"][0]["entries"].clone()
    }
}

fn words(args: &[&str]) -> Vec<String> {
    args.iter().map(|&arg| arg.to_owned()).collect()
}

fn at(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn amina(desk: &TestDesk, args: &[String]) -> Said {
    desk.run(args.iter().map(String::as_str).chain(["--as", "amina-khan"]))
}

/// One of the sentences that say what is wrong with the disk.
fn blames_the_disk(said: &Said, args: &[String], sentences: &[&str]) {
    let fits = sentences.iter().find(|sentence| said.err.contains(**sentence));
    said.could_not(fits.unwrap_or_else(|| panic!("{args:?} says {} {}", said.code, said.err)));
}

fn nothing_is_lost(on: &OnDisk, sentences: &[&str], break_it: fn(&SmallDisk), mend_it: fn(&SmallDisk)) {
    let (before, entries) = (on.everything(), on.entries());
    break_it(on.small);
    for args in &on.writing {
        blames_the_disk(&on.run(args), args, sentences);
    }
    assert!(on.everything() == before);
    mend_it(on.small);
    assert_eq!(on.entries(), entries);
    assert!(on.everything() == before);
    for args in &on.writing {
        let said = on.run(args);
        assert_eq!(said.code, 0, "{args:?}: {}", said.err);
    }
}

#[test]
fn on_a_full_disk_nothing_is_changed_and_afterwards_everything_works() {
    SmallDisk::with(
        "cli::full_disk::on_a_full_disk_nothing_is_changed_and_afterwards_everything_works",
        |small| {
            let full = ["The disk is full", "does not fit", "its disk was full"];
            nothing_is_lost(&OnDisk::new(small), &full, SmallDisk::fill, SmallDisk::make_room);
        },
    );
}

#[test]
fn on_a_read_only_disk_nothing_is_changed_and_afterwards_everything_works() {
    SmallDisk::with(
        "cli::full_disk::on_a_read_only_disk_nothing_is_changed_and_afterwards_everything_works",
        |small| {
            let told = ["read-only"];
            nothing_is_lost(&OnDisk::new(small), &told, SmallDisk::make_read_only, SmallDisk::make_writable);
        },
    );
}
