//! A desk that is killed while it saves.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use dsl_desk::desk::request::Window;
use dsl_desk::domain::chronology::Kinds;
use dsl_desk::domain::ids::{ChildId, ConcernId};

use super::writer::{Writer, slot};
use crate::support::{PASSPHRASE, Place, World};

const KILLS: u64 = 300;

#[test]
fn nothing_acknowledged_is_lost_at_whatever_moment_it_dies() {
    let mut world = World::new();
    world.concern("Zoë Marsh", Some("2014-03-02"));
    let place = world.close();
    let mut dice = fastrand::Rng::with_seed(KILLS);
    let mut acknowledged = BTreeSet::new();
    for round in 1..=KILLS {
        let moment = Duration::from_micros(dice.u64(0..20_000));
        let said = Writer::start(&place, "desk", usize::MAX).killed(moment);
        let last = said.last().unwrap().clone();
        acknowledged.extend(said);
        let mut desk = place.open().unwrap();
        let draft = desk.draft(&slot("desk")).unwrap().unwrap().body;
        assert_eq!(run(&draft), run(&last), "round {round}: the draft of this run is there");
        if round % 20 == 0 {
            let rows = desk.chronology(ChildId(1), Kinds::Everything, "", EVERYTHING).unwrap().rows;
            let written: BTreeSet<&str> = rows.iter().map(|row| &*row.text).collect();
            assert!(acknowledged.iter().all(|text| written.contains(text.as_str())), "round {round}");
            assert!(desk.verify().unwrap().is_content(), "round {round}");
        }
    }
}

const EVERYTHING: Window = Window { offset: 0, limit: 1_000_000 };

/// Which run of the writer said it.
fn run(text: &str) -> &str {
    text.rsplit_once(" since ").unwrap().1
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
