//! Two desks on one cabinet, and a desk that is killed while it saves.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::thread;

use dsl_desk::desk::Act;
use dsl_desk::desk::answer::Scope;
use dsl_desk::domain::entry::NoteKind;
use dsl_desk::domain::ids::ChildId;
use dsl_desk::domain::text::Text;

use crate::support::{Place, World, amina, moment, now, part1, passphrase};

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

/// What the child process of the next test does: saves, and says so, until it is killed.
#[test]
#[ignore = "run by `a_killed_desk_keeps_what_it_acknowledged` in a process of its own"]
fn save_until_killed() {
    let folder = std::env::var("DSL_DESK_TEST_FOLDER").unwrap();
    let folder = dsl_desk::cabinet::files::Folder::new(folder);
    let mut desk = dsl_desk::desk::Desk::open(folder, &amina(), passphrase()).unwrap();
    let mut out = std::io::stdout();
    loop {
        let saved = desk.act(&note("saved"), None, now()).unwrap();
        desk.keep_draft("part1", &saved.entries[0].to_string(), now()).unwrap();
        writeln!(out, "\nsaved {}", saved.entries[0]).unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn a_killed_desk_keeps_what_it_acknowledged() {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    let place = world.close();
    for round in 1..=6 {
        let acknowledged = killed_after(&place, round * 3);
        let desk = place.open().unwrap();
        assert!(desk.entries().unwrap().0 >= acknowledged, "round {round}");
        let draft: i64 = desk.draft("part1").unwrap().unwrap().body.parse().unwrap();
        assert!(draft >= acknowledged, "round {round}");
        assert!(desk.verify().unwrap().is_content(), "round {round}");
    }
}

/// Kills a saving desk after some saves; gives the last one that it acknowledged.
fn killed_after(place: &Place, rounds: usize) -> i64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "desk::together::save_until_killed", "--nocapture"])
        .env("DSL_DESK_TEST_FOLDER", place.folder.root())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut saved = lines.by_ref().filter_map(|line| line.strip_prefix("saved ")?.parse().ok());
    let mut acknowledged = saved.nth(rounds - 1).expect("the child saves");
    child.kill().unwrap();
    child.wait().unwrap();
    acknowledged = saved.last().unwrap_or(acknowledged);
    acknowledged
}
