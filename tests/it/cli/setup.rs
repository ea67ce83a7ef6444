use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::desk::{TestDesk, program, said};

#[test]
fn a_desk_is_set_up_and_opens() {
    let root = TempDir::new().unwrap();
    let folder = root.path().join("desk");
    let set_up = ["setup", "--org", "Weirgate", "--name", "Amina Khan", "--role", "DSL", "--json"];
    let first = said(
        program().args(set_up).arg("--desk").arg(&folder).args(["--passphrase-file", "-"]),
        "seven kettles, no lids\n",
    );
    assert_eq!(first.code, 0, "{}", first.err);
    let json: Value = serde_json::from_str(&first.out).unwrap();
    assert_eq!(json["person"], "amina-khan");
    assert!(!first.out.contains("kettles") && !first.err.contains("kettles"));
    let inbox = said(
        program().args(["inbox", "--passphrase-file", "-"]).env("DSL_DESK_DIR", &folder),
        "seven kettles, no lids",
    );
    assert_eq!((inbox.code, inbox.out.as_str()), (0, "Nothing is waiting.\n"), "{}", inbox.err);
    let again = said(
        program().args(set_up).arg("--desk").arg(&folder).args(["--passphrase-file", "-"]),
        "another one altogether",
    );
    again.could_not("There is a desk in");
}

#[test]
fn a_weak_passphrase_and_initials_are_refused() {
    let root = TempDir::new().unwrap();
    let folder = root.path().join("desk");
    let run = |name: &str, passphrase: &str| {
        let args = ["setup", "--org", "W", "--role", "DSL", "--passphrase-file", "-", "--name", name];
        said(program().args(args).arg("--desk").arg(&folder), passphrase)
    };
    run("Amina Khan", "\n").could_not("The passphrase is empty.");
    run("Amina Khan", "password123\n").could_not("The passphrase is too weak.");
    run("Amina Khan", "Amina Khan").could_not("The passphrase is too weak.");
    run(" ", "seven kettles, no lids").could_not("Your name is empty.");
    run("A. K.", "seven kettles, no lids").could_not("in initials");
    assert!(!fs::exists(&folder).unwrap());
}

#[test]
fn a_desk_is_not_set_up_over_another() {
    let desk = TestDesk::new();
    desk.run(["setup", "--org", "W", "--name", "A", "--role", "B"]).could_not("Nothing was changed");
}
