use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::desk::{program, said};

#[test]
fn a_kept_demo_says_how_to_open_it() {
    let root = TempDir::new().unwrap();
    let folder = root.path().join("demo");
    let made = said(program().args(["demo", "--json", "--keep"]).arg(&folder), "");
    assert_eq!(made.code, 0, "{}", made.err);
    let json: Value = serde_json::from_str(&made.out).unwrap();
    assert_eq!(json["desk"], folder.to_str().unwrap());
    let passphrase = json["passphrase"].as_str().unwrap();
    let verified =
        said(program().args(["verify", "--passphrase-file", "-", "--desk"]).arg(&folder), passphrase);
    assert_eq!(verified.code, 0, "{}", verified.err);
    let again = said(program().args(["demo", "--keep"]).arg(&folder), "");
    again.could_not("There is a desk in");
}

#[test]
fn without_a_terminal_the_desk_stays_to_be_opened() {
    let root = TempDir::new().unwrap();
    let made = said(program().args(["demo", "--children", "3"]).env("TMPDIR", root.path()), "");
    assert_eq!(made.code, 0, "{}", made.err);
    assert!(made.out.starts_with("Desk        "), "{}", made.out);
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
}
