//! Two desks on one cabinet, and a desk that is killed while it saves.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

use dsl_desk::desk::Act;
use dsl_desk::desk::answer::Scope;
use dsl_desk::domain::contact::{ContactDetails, Number};
use dsl_desk::domain::entry::NoteKind;
use dsl_desk::domain::ids::{ChildId, ConcernId};
use dsl_desk::domain::text::Text;

use crate::support::{PASSPHRASE, Place, World, amina, moment, now, part1, passphrase};

fn note(text: &str) -> Act {
    Act::Note {
        child: ChildId(1),
        note: NoteKind::Contact,
        happened_at: moment("2026-11-20"),
        text: Text::from(text),
    }
}

#[test]
fn both_write_and_both_see() {
    let mut here = World::new();
    let mut there = here.at.open().unwrap();
    here.desk.noticed_change().unwrap();
    there.noticed_change().unwrap();
    assert!(!there.noticed_change().unwrap());
    here.concern("Zoë Marsh", Some("2014-03-02"));
    assert!(there.noticed_change().unwrap());
    assert!(!there.noticed_change().unwrap());
    assert_eq!(there.find("zoe", Scope::Children, 5).unwrap().len(), 1);
    // The other desk knows the child that it has not made itself.
    there.act(&Act::TypeIn(Box::new(part1("Zoe Marsh", Some("2014-03-02")))), None, now()).unwrap();
    assert!(here.desk.noticed_change().unwrap());
    assert_eq!(here.desk.children("", crate::support::ALL).unwrap().total, 1);
    assert_eq!(here.problems(), Vec::<String>::new());
}

#[test]
fn a_number_that_a_colleague_has_corrected_is_not_put_back() {
    let mut here = World::new();
    let added = here.act(&Act::AddContact(Box::new(book_entry("0116 496 0001", "office")))).contact.unwrap();
    let before = || Box::new(book_entry("0116 496 0001", "office"));
    let corrected = |details: ContactDetails| Act::CorrectContact {
        contact: added,
        before: before(),
        details: Box::new(details),
        reason: "Rang them".into(),
    };
    here.act(&corrected(book_entry("0116 496 0002", "office")));
    let mut there = here.at.open().unwrap();
    there.act(&corrected(book_entry("0116 496 0001", "days")), None, now()).unwrap();
    let both = there.contact(added).unwrap().details;
    assert_eq!((both.numbers[0].number.as_str(), both.hours.as_str()), ("0116 496 0002", "days"));
    let overruling = corrected(book_entry("0116 496 0003", "office"));
    assert!(there.act(&overruling, None, now()).is_err(), "somebody must look");
}

fn book_entry(number: &str, hours: &str) -> ContactDetails {
    ContactDetails {
        service: "Early help".into(),
        numbers: vec![Number { number: number.into(), note: Text::default() }],
        hours: hours.into(),
        ..ContactDetails::default()
    }
}

#[test]
fn a_proof_is_of_one_moment_while_another_desk_writes() {
    let mut here = World::new();
    here.concern("Zoë Marsh", None);
    let place = here.at.folder.clone();
    let writer = thread::spawn(move || {
        let mut there = dsl_desk::desk::Desk::open(place, &amina(), passphrase()).unwrap();
        for number in 0..200 {
            there.act(&note(&format!("word{number}")), None, now()).unwrap();
        }
    });
    while !writer.is_finished() {
        assert_eq!(here.problems(), Vec::<String>::new());
    }
    writer.join().unwrap();
}

#[test]
fn a_killed_desk_keeps_what_it_acknowledged() {
    let place = World::new().close();
    let reports: Vec<PathBuf> = (0..400).map(|number| report(&place, number)).collect();
    for round in 1..=6 {
        let acknowledged = killed_after(&place, &reports, round * 5);
        let desk = place.open().unwrap();
        for concern in &acknowledged {
            desk.concern(ConcernId(*concern)).unwrap();
        }
        assert!(desk.verify().unwrap().is_content(), "round {round}");
    }
}

fn report(place: &Place, number: usize) -> PathBuf {
    let path = place.folder.root().join(format!("report-{number}.json"));
    let report = serde_json::json!({
        "format": "dsl-desk.concern/1",
        "children": [{ "name": format!("Child {number}"), "date_of_birth": "2014-03-02" }],
        "reporter": { "name": "Pat Tester" },
        "account": { "what": "Something that was seen" },
    });
    fs::write(&path, report.to_string()).unwrap();
    path
}

/// Kills the real program while it takes reports in, after so many new ones; gives those that it acknowledged.
fn killed_after(place: &Place, reports: &[PathBuf], new: usize) -> Vec<i64> {
    let secret = place.folder.root().join("passphrase");
    fs::write(&secret, PASSPHRASE).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_dsl-desk"))
        .arg("--desk")
        .arg(place.folder.root())
        .arg("--passphrase-file")
        .arg(secret)
        .args(["--json", "import"])
        .args(reports)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut accepted = lines.filter_map(|line| {
        let line: serde_json::Value = serde_json::from_str(&line).ok()?;
        line["concern"].as_i64()
    });
    let mut acknowledged: Vec<i64> = accepted.by_ref().take(new).collect();
    assert_eq!(acknowledged.len(), new, "the program takes reports in");
    child.kill().unwrap();
    child.wait().unwrap();
    // What it had written to the pipe before it died was acknowledged too.
    acknowledged.extend(accepted);
    acknowledged
}
