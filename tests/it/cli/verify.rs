use std::fs;

use super::desk::TestDesk;

#[test]
fn a_good_record_is_said_to_be_one() {
    let desk = TestDesk::with_zoe();
    let report = desk.json(&["verify"]);
    assert_eq!(report["ok"], true);
    let cabinet = &report["cabinets"][0];
    assert_eq!(cabinet["name"], "general");
    assert!(cabinet["entries"].as_i64().unwrap() > 20);
    assert_eq!(cabinet["head"].as_str().unwrap().split(' ').count(), 8);
    for nothing in ["problems", "notes"] {
        assert_eq!(cabinet[nothing].as_array().unwrap().len(), 0, "{nothing}");
    }
    assert_eq!(cabinet["hash"].as_str().unwrap().len(), 64);
    assert!(cabinet["against"].is_null(), "nothing was asked");
    let said = desk.run(["verify"]);
    assert!(said.out.contains("everything is as it was written"), "{}", said.out);
}

#[test]
fn the_head_changes_with_the_record() {
    let desk = TestDesk::new();
    let head = |desk: &TestDesk| desk.json(&["verify"])["cabinets"][0]["head"].clone();
    let before = head(&desk);
    assert_eq!(before, head(&desk));
    desk.takes_in(&super::desk::concern("Zoë Okonkwo"));
    assert_ne!(before, head(&desk));
}

/// Which page holds what is not ours to say: those that are read on opening keep the desk shut, the others are reported.
#[test]
fn a_damaged_file_is_not_passed_over() {
    const PAGE: usize = 4_096;
    let desk = TestDesk::with_zoe();
    let path = desk.folder().join("cabinets/general.db");
    let whole = fs::read(&path).unwrap();
    let mut reported = 0;
    for page in (0..whole.len() / PAGE).step_by(3) {
        let mut bytes = whole.clone();
        bytes[page * PAGE + 2_000] ^= 1;
        fs::write(&path, bytes).unwrap();
        let said = desk.run(["verify", "--json"]);
        if said.out.is_empty() {
            said.could_not("The cabinet cannot be opened: the key does not fit or the file is damaged.");
            continue;
        }
        said.could_not("The record is not as it was written.");
        let report: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(report["ok"], false);
        let problem = report["cabinets"][0]["problems"][0].as_str().unwrap();
        assert!(problem.starts_with("The file is damaged: "), "{problem}");
        reported += 1;
    }
    assert!(reported > 0, "every damaged page kept the desk shut");
}

/// The words, and how many entries there are.
fn noted(desk: &TestDesk) -> (String, String) {
    let report = desk.json(&["verify"]);
    let cabinet = &report["cabinets"][0];
    (cabinet["head"].as_str().unwrap().to_owned(), cabinet["entries"].to_string())
}

#[test]
fn what_was_noted_is_found_in_any_hand() {
    let desk = TestDesk::new();
    let (words, entries) = noted(&desk);
    desk.takes_in(&super::desk::concern("Zoë Okonkwo"));
    let apart: Vec<String> = words.split(' ').map(str::to_uppercase).collect();
    let apart: Vec<&str> =
        ["verify", "--against"].into_iter().chain(apart.iter().map(String::as_str)).collect();
    let hyphens = words.replace(' ', "-");
    let hands =
        [vec!["verify", "--against", &words], vec!["verify", "--against", &hyphens, "--at", &entries], apart];
    for hand in hands {
        let said = desk.run(&hand);
        assert_eq!(said.code, 0, "{}", said.err);
        let found = format!("Entry {entries} of 20 Nov 2026 08:00 is as it was noted; ");
        assert!(said.out.contains(&found) && said.out.contains(" were added since."), "{}", said.out);
    }
    let report = desk.json(&["verify", "--against", &words]);
    let against = &report["cabinets"][0]["against"];
    assert_eq!((&report["ok"], &against["found"]), (&true.into(), &true.into()));
    assert_eq!(against["entries"][0]["seq"].to_string(), entries);
    assert_eq!(against["entries"][0]["recorded_at"], "2026-11-20T08:00:00+00:00");
    assert!(against["entries"][0]["added_since"].as_i64().unwrap() > 0);
    assert_eq!(against["misread"].as_array().unwrap().len(), 0);
}

#[test]
fn what_is_not_there_or_was_misread_is_said() {
    let desk = TestDesk::new();
    let (words, _) = noted(&desk);
    let first = words.split(' ').next().unwrap();
    let wrong = if first == "zebra" { "acorn" } else { "zebra" };
    let misread = words.replacen(first, wrong, 1);
    let said = desk.run(["verify", "--json", "--against", &misread]);
    said.could_not("What was noted is not in the record.");
    let report: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(report["ok"], false);
    let against = &report["cabinets"][0]["against"];
    assert_eq!((&against["found"], &against["misread"][0]["word"]), (&false.into(), &1.into()));
    assert_eq!(against["misread"][0]["reads"], first);
    let others = ["acorn"; 8].join(" ");
    let said = desk.run(["verify", "--against", &others]);
    said.could_not("What was noted is not in the record.");
    assert!(said.out.contains("No entry has what was noted"), "{}", said.out);
}

/// A desk whose file is the one of before Zoë's concern came in.
fn with_an_old_file() -> TestDesk {
    let desk = TestDesk::new();
    let (file, old) = (desk.folder().join("cabinets/general.db"), desk.folder().join("old"));
    fs::copy(&file, &old).unwrap();
    desk.takes_in(&super::desk::concern("Zoë Okonkwo"));
    fs::rename(old, file).unwrap();
    desk
}

#[test]
fn every_command_says_that_the_record_is_an_old_one() {
    let desk = with_an_old_file();
    let older = "This record is older than the one last seen here (entry ";
    for command in ["inbox", "contacts"] {
        let said = desk.run([command]);
        assert_eq!(said.code, 0, "it is still answered");
        assert!(said.err.starts_with(older), "{}", said.err);
    }
    let said = desk.run(["verify", "--json"]);
    said.could_not(older);
    assert_eq!(said.err.matches(older).count(), 1);
    let report: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&report["ok"], &report["cabinets"][0]["first_bad"]), (&false.into(), &().into()));
    assert!(report["cabinets"][0]["problems"][0].as_str().unwrap().starts_with(older));
    let plain = desk.run(["verify"]).out;
    assert!(plain.contains(older) && !plain.contains("everything is as it was written"), "{plain}");
}

#[test]
fn an_old_record_is_accepted_with_a_reason_and_once() {
    let desk = with_an_old_file();
    assert_eq!(desk.run(["verify", "--accept-older"]).code, 2, "a reason is wanted");
    let report: serde_json::Value = serde_json::from_str(&desk.run(["verify", "--json"]).out).unwrap();
    let entries = report["cabinets"][0]["entries"].as_i64().unwrap();
    let accept = ["verify", "--accept-older", "--reason", "Restored the backup of Monday, Zoë knows"];
    let report = desk.json(&accept);
    let cabinet = &report["cabinets"][0];
    assert_eq!((&report["ok"], cabinet["accepted"].as_i64()), (&true.into(), Some(entries + 1)));
    let note = cabinet["notes"][0].as_str().unwrap();
    assert!(
        note.starts_with(&format!("Entry {} says that ", entries + 1)) && !note.contains("Zoë"),
        "{note}"
    );
    let said = desk.run(["inbox"]);
    assert!(said.err.is_empty(), "{}", said.err);
    desk.run(accept).could_not("There is nothing to accept.");
}

#[test]
fn what_cannot_have_been_noted_is_refused_and_not_repeated() {
    let desk = TestDesk::new();
    desk.run(["verify", "--against", "acorn Zoë"]).could_not("eight words, and 2 were given");
    let said = desk.run(["verify", "--at", "3"]);
    assert_eq!(said.code, 2, "{}", said.err);
}
