//! The senior cabinet by command: what the lead's account is told of it, and what its members are.

use serde_json::{Value, json};

use super::desk::{Said, TestDesk, program, said};

const THEIRS: &str = "lantern walnut bicycle six";
/// Stands in the report about the lead, and must stand in nothing that the lead's account prints.
const WORD: &str = "Quillfeather";

/// A desk with a chief executive and a concern about the lead, given to the lead's own `import`.
fn desk() -> TestDesk {
    let desk = TestDesk::with_zoe();
    let args =
        ["people", "add", "--name", "Rosalind Amery", "--role", "Chief executive", "--right", "senior"];
    let added = desk.run_with_input(&[args.as_slice(), &["--new-passphrase-file", "-"]].concat(), THEIRS);
    assert_eq!(added.code, 0, "{}", added.err);
    let report = json!({
        "format": "dsl-desk.concern/1", "about": "staff", "staff": {"name": "Amina Khan", "is_dsl": true},
        "reporter": {"name": WORD}, "account": {"what": WORD},
    });
    let file = desk.file("report.json", &report.to_string());
    let imported = lead(&desk, &["import", file.to_str().unwrap()]);
    assert_eq!((imported.code, imported.out.as_str(), imported.err.as_str()), (0, "", ""));
    desk
}

fn lead(desk: &TestDesk, args: &[&str]) -> Said {
    desk.run(args.iter().copied().chain(["--as", "amina-khan"]))
}

fn chief(desk: &TestDesk, args: &[&str]) -> Said {
    let mut command = program();
    command.arg("--desk").arg(desk.folder()).args(["--passphrase-file", "-", "--as", "rosalind-amery"]);
    said(command.args(args), THEIRS)
}

#[test]
fn no_command_of_the_lead_tells_of_it() {
    let desk = desk();
    let all = [
        "inbox",
        "show 1",
        "show 2",
        "chronology 1",
        "find quillfeather",
        "find amina",
        "contacts",
        "verify",
        "people list",
        "backup",
        "restore --list",
        "import",
    ];
    for command in all {
        for json in [&[] as &[&str], &["--json"]] {
            let args: Vec<&str> = command.split(' ').chain(json.iter().copied()).collect();
            let said = lead(&desk, &args);
            let told = format!("{}{}", said.out, said.err).to_lowercase();
            assert!(!told.contains("quillfeather"), "{command}");
            // The senior cabinet is no secret to those who list people; what is in it is.
            let may_name_it = ["people list", "find amina"].contains(&command);
            assert!(may_name_it || !told.contains("senior"), "{command}: {told}");
        }
    }
    let inbox: Value = serde_json::from_str(&lead(&desk, &["inbox", "--json"]).out).unwrap();
    assert_eq!(inbox.as_array().unwrap().len(), 1);
    let verified: Value = serde_json::from_str(&lead(&desk, &["verify", "--json"]).out).unwrap();
    assert_eq!(verified["cabinets"].as_array().unwrap().len(), 1);
    for command in ["inbox", "verify", "people list", "backup", "find x", "show 1"] {
        let args: Vec<&str> = command.split(' ').chain(["--cabinet", "senior"]).collect();
        lead(&desk, &args).could_not("This person has no key to that cabinet.");
    }
}

#[test]
fn its_members_read_and_check_both() {
    let desk = desk();
    let senior = ["--cabinet", "senior"];
    let mut lying =
        std::fs::read_dir(desk.folder().join("incoming")).unwrap().map(|entry| entry.unwrap().path());
    let sealed = lying.find(|path| path.extension().is_some_and(|end| end == "sealed")).unwrap();
    let sealed = sealed.to_str().unwrap();
    assert_eq!(lead(&desk, &["import", sealed]).out, "");
    let taken_in = chief(&desk, &[&["import", sealed], senior.as_slice()].concat());
    assert!(taken_in.out.contains("accepted as concern 1"), "{}", taken_in.err);
    let inbox = chief(&desk, &[&["inbox", "--json"], senior.as_slice()].concat());
    let rows: Value = serde_json::from_str(&inbox.out).unwrap();
    assert_eq!(rows[0]["reporter"]["name"].as_str().or(rows[0]["reporter"].as_str()), Some(WORD));
    assert!(chief(&desk, &[&["show", "1"], senior.as_slice()].concat()).out.contains(WORD));
    let general: Value = serde_json::from_str(&chief(&desk, &["inbox", "--json"]).out).unwrap();
    assert_eq!(general.as_array().unwrap().len(), 1, "and the other one, without it");
    assert!(!general.to_string().contains(WORD));
    let verified: Value = serde_json::from_str(&chief(&desk, &["verify", "--json"]).out).unwrap();
    let names: Vec<_> =
        verified["cabinets"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert_eq!((names, &verified["ok"]), (vec![json!("general"), json!("senior")], &json!(true)));
    // The words of one cabinet are looked for in both.
    let head = verified["cabinets"][1]["head"].as_str().unwrap().to_owned();
    let words: Vec<&str> = head.split(' ').collect();
    let against = chief(&desk, &[&["verify", "--against"], words.as_slice()].concat());
    assert_eq!(against.code, 0, "{}{}", against.out, against.err);
}

#[test]
fn set_up_and_the_demo_make_no_senior_cabinet() {
    for command in ["setup --org X --name Y --role Z", "demo"] {
        let args = command.split(' ').chain(["--cabinet", "senior"]);
        assert_eq!(said(program().args(args), "").code, 2, "{command}");
    }
}
