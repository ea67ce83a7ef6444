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
    said.could_not("Of 6 reports 3 could not be taken in.");
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

#[cfg(unix)]
mod unix {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt as _, chown};
    use std::os::unix::process::CommandExt as _;
    use std::path::Path;
    use std::process::Command;

    use tempfile::TempDir;

    use super::super::desk::{concern, program, said};

    /// The user of whom nothing is.
    const NOBODY: u32 = 65534;

    /// The program as somebody who may not read everything. Where this test may, it is run by nobody, and a copy of
    /// it, for the folder it was built in may be closed to others.
    fn unprivileged(root: &Path) -> Command {
        if chown(root, Some(NOBODY), Some(NOBODY)).is_err() {
            return program();
        }
        let copy = root.join("dsl-desk");
        fs::copy(program().get_program(), &copy).unwrap();
        fs::set_permissions(&copy, Permissions::from_mode(0o755)).unwrap();
        let mut command = Command::new(copy);
        command.env_clear().current_dir(root).uid(NOBODY).gid(NOBODY);
        command
    }

    #[test]
    fn a_file_that_may_not_be_read_is_rejected_with_its_reason() {
        let root = TempDir::new().unwrap();
        let run = |args: &[&str]| {
            let mut command = unprivileged(root.path());
            command.arg("--desk").arg(root.path().join("desk")).args(["--passphrase-file", "-"]).args(args);
            said(&mut command, "seven kettles, no lids\n")
        };
        let set_up = run(&["setup", "--org", "Weirgate", "--name", "Amina Khan", "--role", "DSL"]);
        assert_eq!(set_up.code, 0, "{}", set_up.err);
        let (closed, open) = (root.path().join("closed.json"), root.path().join("open.json"));
        for (file, child, mode) in [(&closed, "Zoë Okonkwo", 0o000), (&open, "Ali Raza", 0o644)] {
            fs::write(file, concern(child).to_string()).unwrap();
            fs::set_permissions(file, Permissions::from_mode(mode)).unwrap();
        }
        let taken = run(&["import", "--json", closed.to_str().unwrap(), open.to_str().unwrap()]);
        taken.could_not("Of 2 reports 1 could not be taken in.");
        let items = taken.items();
        assert_eq!(items[0]["result"], "rejected");
        let reason =
            "The desk is not allowed to read the file. Change its permissions, and drop it here again.";
        assert_eq!(items[0]["reason"], reason);
        assert_eq!(items[1]["result"], "accepted");
        assert!(closed.exists(), "it stays where it is");
    }
}
