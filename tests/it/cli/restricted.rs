//! A restricted concern through every command, by somebody who is not named on it.

use std::path::Path;

use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::keys::{Passphrase, Work};
use dsl_desk::desk::people::{Keeper, NewPerson};
use dsl_desk::domain::ids::PersonId;
use dsl_desk::domain::person::Right;
use serde_json::{Value, json};

use super::desk::{PASSPHRASE, Said, TestDesk, concern, program, said};

const THEIRS: &str = "lantern walnut bicycle six";
/// What stands in the concern and nowhere else.
const SECRETS: [&str; 3] = ["Quillfeather", "quillfeather", "xylophone"];

/// Concern 1 is about Zoë Okonkwo, concern 2 about staff and Zoë. Grace Osei is a deputy.
fn desk() -> TestDesk {
    let desk = TestDesk::with_zoe();
    desk.takes_in(&about_staff());
    let amina = PersonId("amina-khan".to_owned());
    let mut keeper = Keeper::open(Folder::new(desk.folder()), &amina, Passphrase::from(PASSPHRASE)).unwrap();
    let grace = NewPerson { name: "Grace Osei".into(), role: "Deputy lead".into(), right: Right::Deputy };
    let at = "2026-11-20T09:00:00Z".parse().unwrap();
    keeper.add(&grace, Passphrase::from(THEIRS), Work::Token, at).unwrap();
    desk
}

fn about_staff() -> Value {
    let mut report = concern("Zoë Okonkwo");
    report["about"] = json!("staff");
    report["staff"] = json!({ "name": "Peregrine Quillfeather" });
    report["reasons"] = json!("Threw a xylophone");
    report["immediate_danger"] = json!(true);
    report
}

fn grace(desk: &TestDesk, args: &[&str]) -> Said {
    let mut command = program();
    command.arg("--desk").arg(desk.folder()).args(["--passphrase-file", "-", "--as", "Grace Osei"]);
    said(command.args(args), THEIRS)
}

fn amina(desk: &TestDesk, args: &[&str]) -> Said {
    desk.run(args.iter().copied().chain(["--as", "amina-khan"]))
}

#[track_caller]
fn says_nothing_of_it(args: &[&str], said: &Said) {
    for secret in SECRETS {
        let told = said.out.contains(secret) || said.err.contains(secret);
        // Whoever types the word has it already.
        assert!(!told, "{args:?} tells {secret}:\n{}{}", said.out, said.err);
    }
}

/// The commands that the program has, by its own help.
fn commands(desk: &TestDesk) -> Vec<String> {
    let help = desk.run(["--help"]).out;
    let listed = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    listed
        .take_while(|line| line.starts_with("  "))
        .filter(|line| !line.starts_with("   "))
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .collect()
}

fn path(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

#[test]
fn no_command_tells_of_it_to_somebody_who_is_not_named() {
    let desk = desk();
    let part2 = path(&desk.file("part2.json", r#"{ "further_information": "The blue folder" }"#));
    let again = path(&desk.file("again.json", &about_staff().to_string()));
    let queries = path(&desk.file("queries", "peregrine\nconcern 2\nthrew\n"));
    let roll = path(&desk.file("roll.csv", "Name,Form\nPeregrine Quayle,7B\n"));
    let copies = path(&desk.folder().with_file_name("copies"));
    let walked: &[&[&str]] = &[
        &["inbox"],
        &["show", "2"],
        &["chronology", "1"],
        &["children", "duplicates"],
        &["find", "peregrine"],
        &["find", "threw"],
        &["find", "2"],
        &["find", "threw", "--in", "chronology"],
        &["find", "--batch", &queries],
        &["annotate", "2", "--from", &part2],
        &["ring", "--concern", "2"],
        &["ring", "--concern", "1"],
        &["restrict", "2", "--to", "Grace Osei", "--reason", "Mine"],
        &["import", &again],
        &["contacts"],
        &["ring"],
        &["ring", "--concern", "2"],
        &["people", "list"],
        &["verify"],
        &["due"],
        &["due", "--ics", "-"],
        &["backup", &copies],
        &["children", "import", "--yes", &roll],
    ];
    for args in walked {
        for json in [&[][..], &["--json"]] {
            let args = [*args, json].concat();
            says_nothing_of_it(&args, &grace(&desk, &args));
        }
    }
    let not_walked = ["demo", "setup", "restore"];
    for command in commands(&desk) {
        let is_walked = walked.iter().any(|args| args[0] == command);
        assert!(is_walked || not_walked.contains(&command.as_str()), "{command} is not walked");
    }
    for args in [&["show", "2"][..], &["annotate", "2", "--from", &part2], &["ring", "--concern", "2"]] {
        grace(&desk, args).could_not("Concern 2 is restricted to the people named on it. Ask one of them.");
    }
    assert_eq!(amina(&desk, &["verify"]).code, 0);
}

#[test]
fn whoever_is_named_reads_it_and_names_others() {
    let desk = desk();
    let inbox: Value = serde_json::from_str(&amina(&desk, &["inbox", "--json"]).out).unwrap();
    assert_eq!((&inbox[0]["restricted"], &inbox[1]["restricted"]), (&json!(true), &json!(false)));
    assert!(amina(&desk, &["inbox"]).out.contains("restricted: Threw a xylophone"));
    let shown = amina(&desk, &["show", "2"]).out;
    assert!(shown.contains("Restricted to Amina Khan") && shown.contains("Quillfeather"), "{shown}");
    let show = |number: &str| -> Value {
        serde_json::from_str(&amina(&desk, &["show", number, "--json"]).out).unwrap()
    };
    assert_eq!(show("1").get("restricted"), None);
    let restricted = &show("2")["restricted"];
    let people = json!([{ "person": "amina-khan", "name": "Amina Khan", "left": false }]);
    assert_eq!(
        (&restricted["people"], &restricted["by"]),
        (&people, &json!("Amina Khan, Designated Safeguarding Lead"))
    );
    assert_eq!(restricted["reason"], "It is about a member of staff.");
    let both = ["--to", "Amina Khan", "--to", "grace-osei", "--reason", "She knows the family", "--json"];
    let named = amina(&desk, &[&["restrict", "2"][..], &both].concat());
    let named: Value = serde_json::from_str(&named.out).unwrap();
    let people = json!([
        { "person": "amina-khan", "name": "Amina Khan" },
        { "person": "grace-osei", "name": "Grace Osei" },
    ]);
    assert_eq!((&named["concern"], &named["people"]), (&json!(2), &people));
    assert!(grace(&desk, &["show", "2"]).out.contains("She knows the family"));
    amina(&desk, &["restrict", "1", "--to", "Kit Moss", "--reason", "No"])
        .could_not("not a person of this desk");
    assert_eq!(amina(&desk, &["restrict", "1", "--reason", "No"]).code, 2);
    assert_eq!(amina(&desk, &["verify"]).code, 0);
}
