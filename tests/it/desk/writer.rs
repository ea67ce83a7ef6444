//! A second process that writes in the same desk: this test program once more, running the one test that is here.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};
use std::{env, thread};

use dsl_desk::cabinet::files::Folder;
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::chronology::Kinds;
use dsl_desk::domain::entry::NoteKind;
use dsl_desk::domain::ids::ChildId;
use dsl_desk::domain::text::Text;

use crate::support::{ALL, Place, World, amina, moment, now, passphrase};

const FOLDER: &str = "WRITER_FOLDER";
const NAME: &str = "WRITER_NAME";
const SAVES: &str = "WRITER_SAVES";
/// Saying what is saved; everything else on its output is the test harness's.
const SAVED: &str = "saved: ";
/// A machine that is busy with other things takes its time.
const PATIENCE: Duration = Duration::from_mins(2);

/// The slot in which a writer keeps what it is about to save.
pub(super) fn slot(name: &str) -> String {
    format!("note/{name}")
}

/// Keeps a draft, saves a note about child 1, reads it back, and says so: as somebody's child process as often as that
/// asks, and otherwise three times in a desk of its own.
#[test]
fn writes_and_reads_back() {
    let mut world = World::new();
    world.concern("Zoë Marsh", Some("2014-03-02"));
    let own = world.close();
    let folder = env::var(FOLDER).map_or_else(|_| own.folder.clone(), Folder::new);
    let name = env::var(NAME).unwrap_or_else(|_| "desk".to_owned());
    let saves: usize = env::var(SAVES).map_or(3, |saves| saves.parse().unwrap());
    let mut desk = Desk::open(folder, &amina(), passphrase()).unwrap();
    let run = desk.entries().unwrap();
    // Whoever has not read a draft does not write over it.
    desk.draft(&slot(&name)).unwrap();
    for number in 0..saves {
        let text = format!("{name} says {number} since {run}");
        desk.keep_draft(&slot(&name), &text, now()).unwrap();
        let act = Act::Note {
            child: ChildId(1),
            note: NoteKind::Contact,
            happened_at: moment("2026-11-20"),
            text: Text::from(text.as_str()),
        };
        desk.act(&act, None, now()).unwrap();
        let rows = desk.chronology(ChildId(1), Kinds::Everything, &text, ALL).unwrap().rows;
        assert!(rows.iter().any(|row| &*row.text == text.as_str()));
        writeln!(std::io::stdout(), "{SAVED}{text}").unwrap();
    }
}

/// The process, and what it has said.
pub(super) struct Writer {
    process: Child,
    said: Receiver<String>,
}

impl Writer {
    /// Saves so often, or until it is killed.
    pub(super) fn start(place: &Place, name: &str, saves: usize) -> Self {
        let mut process = Command::new(env::current_exe().unwrap())
            .args(["--exact", "desk::writer::writes_and_reads_back", "--nocapture"])
            .env(FOLDER, place.folder.root())
            .env(NAME, name)
            .env(SAVES, saves.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let (says, said) = mpsc::channel();
        thread::spawn(move || {
            // The harness writes the name of the test in front of the first line.
            let acknowledged = lines.filter_map(|line| Some(line.split_once(SAVED)?.1.to_owned()));
            acknowledged.for_each(|text| drop(says.send(text)));
        });
        Self { process, said }
    }

    /// Everything that it saved, once it has ended well.
    pub(super) fn ended_well(mut self) -> Vec<String> {
        let said = self.said.iter().collect();
        assert!(self.process.wait().unwrap().success());
        said
    }

    /// Waits for one save and then so long again, and kills it; everything that it had acknowledged.
    pub(super) fn killed(mut self, after: Duration) -> Vec<String> {
        let mut said = vec![self.said.recv_timeout(PATIENCE).expect("it saves")];
        let end = Instant::now() + after;
        while let Ok(text) = self.said.recv_timeout(end.saturating_duration_since(Instant::now())) {
            said.push(text);
        }
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        // What it had written to the pipe before it died was acknowledged too.
        said.extend(self.said.iter());
        said
    }
}
