//! The real program in a pseudo-terminal: what is typed goes in as bytes, and what comes out is read as a terminal
//! reads it. Nothing here waits for a time; it waits for something on the screen, and gives up in the end.

use std::io::{Read as _, Write};
use std::num::NonZero;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use dsl_desk::tui::keymap::chord::{Chord, Named};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::day::Hands;

/// Far longer than anything takes: only a fault lasts as long.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often something that is not on the screen is looked at.
const AGAIN: Duration = Duration::from_millis(20);

pub(super) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    shown: Mutex<Shown>,
    changed: Condvar,
}

pub(super) struct Shown {
    pub(super) parser: vt100::Parser,
    /// All that was written to it.
    bytes: Vec<u8>,
    /// The terminal was closed by everybody who wrote to it.
    ended: bool,
}

impl Default for Shown {
    fn default() -> Self {
        Self { parser: vt100::Parser::new(ROWS, COLUMNS, SCROLLBACK), bytes: Vec::new(), ended: false }
    }
}

const ROWS: NonZero<u16> = NonZero::new(40).unwrap();
const COLUMNS: NonZero<u16> = NonZero::new(120).unwrap();
const SCROLLBACK: usize = 10_000;

impl Terminal {
    /// Starts the desk in a folder; says how the terminal was set before.
    pub(super) fn open(folder: &Path) -> (Self, String) {
        Self::open_with(folder, &[])
    }

    /// The same with more in the environment.
    pub(super) fn open_with(folder: &Path, variables: &[(&str, &str)]) -> (Self, String) {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dsl-desk"));
        command.arg("--desk");
        command.arg(folder);
        for (name, value) in variables {
            command.env(name, value);
        }
        Self::run(command)
    }

    /// The invented desk, as the README starts it.
    pub(super) fn demo() -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dsl-desk"));
        command.arg("demo");
        Self::run(command).0
    }

    fn run(mut command: CommandBuilder) -> (Self, String) {
        let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env("TERM", "xterm-256color");
        let before = discipline(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen = Arc::new(Seen::default());
        read(pair.master.try_clone_reader().unwrap(), Arc::clone(&seen));
        let keyboard = pair.master.take_writer().unwrap();
        (Self { child, keyboard, master: pair.master, seen }, before)
    }

    /// Answers another day who receives a concern about the lead: the tests' desks ask at each opening.
    pub(super) fn puts_off(&mut self) -> &mut Self {
        self.is_at("Who receives it").press(&["Esc"]).does_not_see("Who receives it")
    }

    fn send(&mut self, bytes: &[u8]) {
        self.keyboard.write_all(bytes).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// What the terminal's line discipline is set to: raw while the desk has it.
    pub(super) fn discipline(&self) -> String {
        discipline(self.master.as_ref())
    }

    /// A signal by its name, as `kill` knows it.
    pub(super) fn signal(&self, name: &str) {
        let number = self.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args(["-s", name, &number]).status().unwrap().success());
    }

    pub(super) fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits until the program has ended and all that it wrote is read.
    #[track_caller]
    pub(super) fn ends(&mut self) -> &mut Self {
        self.until("the end of the program", |shown| shown.ended);
        self.child.wait().unwrap();
        self
    }

    /// Waits until something is so that the screen does not show.
    #[track_caller]
    pub(super) fn waits_for(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        self.until(what, |_| is_so());
    }

    /// All that was written to the terminal so far.
    pub(super) fn bytes(&self) -> Vec<u8> {
        self.look(|shown| shown.bytes.clone())
    }

    pub(super) fn look<T>(&self, look: impl FnOnce(&mut Shown) -> T) -> T {
        look(&mut lock(&self.seen))
    }

    #[track_caller]
    fn until(&self, what: &str, mut is_so: impl FnMut(&Shown) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut shown = lock(&self.seen);
        while !is_so(&shown) {
            assert!(
                Instant::now() < deadline,
                "waited in vain for {what:?}\n{}",
                shown.parser.screen().contents()
            );
            shown = self.seen.changed.wait_timeout(shown, AGAIN).unwrap().0;
        }
    }
}

fn discipline(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

/// A test that failed leaves no program behind.
impl Drop for Terminal {
    fn drop(&mut self) {
        drop(self.child.kill());
    }
}

fn read(mut output: Box<dyn std::io::Read + Send>, seen: Arc<Seen>) {
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        // Linux reports the end of a terminal as an error.
        while let Some(read) = output.read(&mut bytes).ok().filter(|read| *read > 0) {
            let mut shown = lock(&seen);
            shown.parser.process(&bytes[..read]);
            shown.bytes.extend(&bytes[..read]);
            drop(shown);
            seen.changed.notify_all();
        }
        lock(&seen).ended = true;
        seen.changed.notify_all();
    });
}

/// A test that gave up while it looked must not take the reader with it.
fn lock(seen: &Seen) -> MutexGuard<'_, Shown> {
    seen.shown.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Hands for Terminal {
    fn press(&mut self, keys: &[&str]) -> &mut Self {
        for key in keys {
            self.send(&bytes_of(key.parse().unwrap()));
        }
        self
    }

    fn types(&mut self, text: &str) -> &mut Self {
        self.send(text.as_bytes());
        self
    }

    fn sees(&mut self, text: &str) -> &mut Self {
        self.until(text, |shown| shown.parser.screen().contents().contains(text));
        self
    }

    fn does_not_see(&mut self, text: &str) -> &mut Self {
        self.until("the end of it", |shown| !shown.parser.screen().contents().contains(text));
        self
    }

    fn waits(&mut self) -> &mut Self {
        self
    }

    fn is_at(&mut self, title: &str) -> &mut Self {
        let title = format!("· {title} ");
        self.until(&title, |shown| {
            shown.parser.screen().rows(0, COLUMNS.get()).next().is_some_and(|bar| bar.contains(&title))
        });
        self
    }
}

/// What a terminal sends for a key.
fn bytes_of(chord: Chord) -> Vec<u8> {
    match chord {
        Chord::Char(c) => c.to_string().into_bytes(),
        Chord::Ctrl(c) => vec![c.to_ascii_lowercase() as u8 & 0x1f],
        Chord::F(n) => panic!("F{n} is not sent by these tests"),
        Chord::Named(named) => match named {
            Named::Enter => b"\r".to_vec(),
            Named::Esc | Named::Other => b"\x1b".to_vec(),
            Named::Tab => b"\t".to_vec(),
            Named::BackTab => b"\x1b[Z".to_vec(),
            Named::Backspace => b"\x7f".to_vec(),
            Named::Delete => b"\x1b[3~".to_vec(),
            Named::Up => b"\x1b[A".to_vec(),
            Named::Down => b"\x1b[B".to_vec(),
            Named::Right => b"\x1b[C".to_vec(),
            Named::Left => b"\x1b[D".to_vec(),
            Named::Home => b"\x1b[H".to_vec(),
            Named::End => b"\x1b[F".to_vec(),
            Named::PageUp => b"\x1b[5~".to_vec(),
            Named::PageDown => b"\x1b[6~".to_vec(),
        },
    }
}
