//! A small desk in a temporary folder, and the program run on it.

use std::ffi::OsStr;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use chrono::{DateTime, Utc};
use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::keys::{Passphrase, Work};
use dsl_desk::desk::Desk;
use dsl_desk::desk::request::SetUp;
use dsl_desk::desk::setup::set_up;
use dsl_desk::domain::ids::PersonId;
use dsl_desk::domain::text::Text;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(super) const PASSPHRASE: &str = "  seven kettles, no lids ";

pub(super) struct TestDesk {
    root: TempDir,
    folder: PathBuf,
}

/// What the program did.
pub(super) struct Said {
    pub(super) out: String,
    pub(super) err: String,
    pub(super) code: i32,
}

impl TestDesk {
    /// A desk of Amina Khan's that holds the shipped book and nothing else.
    pub(super) fn new() -> Self {
        let root = TempDir::new().unwrap();
        let folder = root.path().join("desk");
        Self::set_up(root, folder)
    }

    /// The same in a folder elsewhere.
    pub(super) fn in_folder(folder: PathBuf) -> Self {
        Self::set_up(TempDir::new().unwrap(), folder)
    }

    fn set_up(root: TempDir, folder: PathBuf) -> Self {
        let desk = Self { root, folder };
        let asked = SetUp {
            organisation: Text::from("Weirgate Community School"),
            name: Text::from("Amina Khan"),
            role: Text::from("Designated Safeguarding Lead"),
            receiver: None,
            passphrase: Passphrase::from(PASSPHRASE),
        };
        let opened: DateTime<Utc> = "2026-11-20T08:00:00Z".parse().unwrap();
        drop(set_up(Folder::new(desk.folder()), asked, Work::Token, opened).unwrap());
        desk.file("passphrase", &format!("{PASSPHRASE}\n"));
        desk
    }

    /// The desk as the screens have it.
    pub(super) fn open(&self) -> Desk {
        let amina = PersonId("amina-khan".to_owned());
        Desk::open(Folder::new(self.folder()), &amina, Passphrase::from(PASSPHRASE)).unwrap()
    }

    /// The bytes that a terminal of so many columns is sent, where this is typed ahead: a terminal keeps that.
    pub(super) fn on_a_terminal(&self, args: &[&str], columns: u16, typed: &str) -> String {
        let size = PtySize { rows: 24, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let prepared = self.command();
        let mut command = CommandBuilder::new(Path::new(prepared.get_program()));
        command.args(prepared.get_args());
        command.args(args);
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        pair.master.take_writer().unwrap().write_all(typed.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        // Linux reports the end of a terminal as an error; what was read before it is kept.
        drop(reader.read_to_end(&mut bytes));
        assert!(child.wait().unwrap().success());
        String::from_utf8(bytes).unwrap()
    }

    /// The same with one concern about Zoë Okonkwo.
    pub(super) fn with_zoe() -> Self {
        let desk = Self::new();
        desk.takes_in(&concern("Zoë Okonkwo"));
        desk
    }

    pub(super) fn takes_in(&self, concern: &Value) {
        let file = self.file("report.json", &concern.to_string());
        let said = self.run(["import".as_ref(), file.as_os_str()]);
        assert_eq!(said.code, 0, "{}", said.err);
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.folder.clone()
    }

    /// A file beside the desk.
    pub(super) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.root.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    pub(super) fn command(&self) -> Command {
        let mut command = program();
        command.arg("--desk").arg(self.folder());
        command.arg("--passphrase-file").arg(self.root.path().join("passphrase"));
        command
    }

    pub(super) fn run<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Said {
        said(self.command().args(args), "")
    }

    pub(super) fn run_with_input(&self, args: &[&str], input: &str) -> Said {
        said(self.command().args(args), input)
    }

    /// The JSON document that a command prints.
    pub(super) fn json(&self, args: &[&str]) -> Value {
        let said = self.run(args.iter().copied().chain(["--json"]));
        assert_eq!(said.code, 0, "{}", said.err);
        serde_json::from_str(&said.out).unwrap()
    }
}

impl Said {
    /// The JSON values that were printed, a line each.
    pub(super) fn items(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Could not: the reason in two sentences or so on standard error, which never names a child.
    #[track_caller]
    pub(super) fn could_not(&self, part_of_the_reason: &str) {
        assert_eq!(self.code, 1, "{}{}", self.out, self.err);
        assert!(self.err.contains(part_of_the_reason), "{}", self.err);
        assert!(self.err.trim_end().ends_with('.') && self.err.matches(". ").count() >= 1, "{}", self.err);
        assert!(!self.err.contains("Zoë") && !self.err.contains("Okonkwo"), "{}", self.err);
    }
}

/// The program, with nothing of this machine's own desk in its surroundings.
pub(super) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dsl-desk"));
    command.env_remove("DSL_DESK_DIR");
    command
}

pub(super) fn said(command: &mut Command, input: &str) -> Said {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    // A program that reads nothing may be gone already.
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    Said {
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
        code: status.code().unwrap(),
    }
}

/// A concern file about one child.
pub(super) fn concern(child: &str) -> Value {
    json!({
        "format": "dsl-desk.concern/1",
        "about": "child",
        "children": [{ "name": child, "date_of_birth": "2013-04-02", "form": "8B" }],
        "area": "leicester",
        "immediate_danger": false,
        "incident_at": "2026-11-20",
        "written_at": "2026-11-20T14:10",
        "reporter": { "name": "Kathleen O'Brien", "job_title": "Form tutor" },
        "reasons": "Hungry and tired for the third week.",
        "account": { "what": "She asked for bread at break.", "child_words": "There's none left at ours." },
        "told": ["Amina Khan, DSL"],
        "colour of the form": "yellow",
    })
}
