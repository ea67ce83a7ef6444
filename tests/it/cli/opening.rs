use std::fs;

use tempfile::TempDir;

use super::desk::{PASSPHRASE, TestDesk, program, said};

#[test]
fn a_passphrase_keeps_its_spaces_and_loses_one_newline() {
    let desk = TestDesk::new();
    let run = |passphrase: &str| {
        said(program().arg("--desk").arg(desk.folder()).args(["inbox", "--passphrase-file", "-"]), passphrase)
    };
    assert_eq!(run(&format!("{PASSPHRASE}\n")).code, 0);
    assert_eq!(run(PASSPHRASE).code, 0);
    run(PASSPHRASE.trim()).could_not("The passphrase does not open this desk.");
    run(&format!("{PASSPHRASE}\n\n")).could_not("The passphrase does not open this desk.");
}

#[test]
fn somebody_is_named_by_file_or_in_full() {
    let desk = TestDesk::new();
    assert_eq!(desk.run(["inbox", "--as", "amina-khan"]).code, 0);
    assert_eq!(desk.run(["inbox", "--as", "Amina Khan"]).code, 0);
    desk.run(["inbox", "--as", "../../amina"]).could_not("There is nobody called amina on this desk.");
    let people = desk.folder().join("people");
    fs::copy(people.join("amina-khan.toml"), people.join("dilys-prosser.toml")).unwrap();
    desk.run(["inbox"]).could_not("Say who you are with --as: amina-khan, dilys-prosser.");
}

#[test]
fn no_desk_no_file_no_terminal() {
    let root = TempDir::new().unwrap();
    let nowhere = said(program().arg("--desk").arg(root.path()).arg("inbox"), "");
    nowhere.could_not("There is no desk in");
    let desk = TestDesk::new();
    let file =
        said(program().arg("--desk").arg(desk.folder()).args(["inbox", "--passphrase-file", "nowhere"]), "");
    file.could_not("The passphrase file could not be read");
    desk.run(Vec::<&str>::new()).could_not("The desk opens on a terminal, and this is none.");
}

#[test]
fn an_answer_that_nobody_reads_is_no_fault() {
    let desk = TestDesk::new();
    let mut child =
        desk.command().args(["contacts", "--json"]).stdout(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}
