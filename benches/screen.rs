//! A key from outside: the real program in a pseudo-terminal of 200×60, from a key to the last change of the frame
//! that answers it.
//!
//! `cargo bench --bench screen` opens a small invented desk, or the one that `DSL_DESK_BENCH` names (`dsl-desk demo
//! --keep`), and presses its keys `DSL_DESK_ROUNDS` times over. `DSL_DESK_PROGRAM` names another build of the desk, to
//! compare with. Beside it, in the same run and turn about with it, an echo in a terminal of the same size: what the
//! kernel and this bench cost by themselves. What a terminal takes to draw comes on top.

use std::env;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use chrono::Utc;
use dsl_desk::cabinet::files::Folder;
use dsl_desk::demo::desks::{PASSPHRASE, invented};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

const ROWS: NonZero<u16> = NonZero::new(60).unwrap();
const COLUMNS: NonZero<u16> = NonZero::new(200).unwrap();
const ROUNDS: usize = 20;
/// A frame is whole when so long nothing has come after it. Longer than a list waits for what is asked beside it.
const QUIET: Duration = Duration::from_millis(30);
/// Only a fault lasts as long.
const PATIENCE: Duration = Duration::from_mins(1);

/// What is pressed in a round, in this order, and under which name it is counted. Each key changes the screen.
const KEYS: [(&str, &[u8]); 41] = [
    (ROW, b"j"),
    (ROW, b"j"),
    (ROW, b"j"),
    (ROW, b"j"),
    (ROW, b"k"),
    (ROW, b"k"),
    (PAGE, b"\x1b[6~"),
    (PAGE, b"\x1b[5~"),
    (OPEN, b"\r"),
    (BACK, b"\x1b"),
    (FINDER, b"\x0b"),
    (LETTER, b"s"),
    (LETTER, b"a"),
    (LETTER, b"m"),
    (LETTER, b" "),
    (LETTER, b"k"),
    (LETTER, b"h"),
    (LETTER, b"a"),
    (BACK, b"\x1b"),
    (FINDER, b"\x0b"),
    (LETTER, b"b"),
    (LETTER, b"r"),
    (LETTER, b"u"),
    (LETTER, b"i"),
    (LETTER, b"s"),
    (LETTER, b"e"),
    (BACK, b"\x1b"),
    (SCREEN, b"2"),
    (ROW, b"j"),
    (ROW, b"k"),
    (PAGE, b"\x1b[6~"),
    (PAGE, b"\x1b[5~"),
    (OPEN, b"\r"),
    (ROW, b"k"),
    (PAGE, b"\x1b[5~"),
    (PAGE, b"\x1b[6~"),
    (NARROW, b"/"),
    (NARROW, b"b"),
    (NARROW, b"\x1b"),
    (BACK, b"\x1b"),
    (SCREEN, b"1"),
];
const ROW: &str = "a row up or down, with its preview";
const PAGE: &str = "a page up or down";
const OPEN: &str = "Enter: a concern, a chronology";
const BACK: &str = "Esc";
const FINDER: &str = "Ctrl-K: the finder";
const LETTER: &str = "a letter in the finder";
const SCREEN: &str = "1, 2: another list";
const NARROW: &str = "a letter that narrows a chronology";

fn main() {
    let (folder, made) = find_or_make();
    let rounds = env::var("DSL_DESK_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(ROUNDS);
    let mut desk = open(&folder);
    let mut echo = echo();
    let mut taken: Vec<(&str, Duration)> = Vec::new();
    let mut floor = Vec::new();
    for round in 0..=rounds {
        for (what, key) in KEYS {
            let echoed = echo.press(b"x");
            let answered = desk.press(key);
            // The first round makes the program's caches and ours.
            if round > 0 {
                floor.extend(echoed);
                taken.extend(answered.map(|time| (what, time)));
            }
        }
    }
    println!("{:<44} {:>9} {:>9} {:>9} {:>7}", "milliseconds, 200 x 60", "p50", "p99", "max", "times");
    print("peer: an echo of the terminal itself", floor);
    for what in [ROW, PAGE, OPEN, BACK, FINDER, LETTER, SCREEN, NARROW] {
        print(what, taken.iter().filter(|(of, _)| *of == what).map(|(_, time)| *time).collect());
    }
    print("every key", taken.into_iter().map(|(_, time)| time).collect());
    drop((desk, made));
}

fn print(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |percent: usize| {
        let place = times.len().saturating_sub(1) * percent / 100;
        times.get(place).copied().unwrap_or_default().as_secs_f64() * 1e3
    };
    println!("{what:<44} {:>9.3} {:>9.3} {:>9.3} {:>7}", at(50), at(99), at(100), times.len());
}

/// The folder is thrown away with what is returned beside it.
fn find_or_make() -> (Folder, Option<TempDir>) {
    if let Some(there) = env::var_os("DSL_DESK_BENCH") {
        return (Folder::new(there), None);
    }
    let made = TempDir::with_prefix("dsl-desk-bench-").expect("a folder for the desk");
    let folder = Folder::new(made.path());
    drop(invented(folder.clone(), Utc::now()).expect("the invented desk"));
    (folder, Some(made))
}

/// The desk with its inbox on the screen and everything ready that it gets ready by itself.
fn open(folder: &Folder) -> Program {
    let program = env::var_os("DSL_DESK_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_dsl-desk").into());
    let mut command = CommandBuilder::new(program);
    command.args([Path::new("--desk"), folder.root()]);
    let mut desk = Program::start(command);
    desk.until("Passphrase");
    desk.send(PASSPHRASE.as_bytes());
    desk.send(b"\r");
    desk.until("· Inbox ");
    // The finder answers once its index is whole.
    desk.send(b"\x0bsam");
    desk.until("1 of ");
    desk.send(b"\x1b");
    desk.until("· Inbox ");
    desk.settle();
    desk
}

fn echo() -> Program {
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", "stty raw -echo; printf ready; exec cat"]);
    let mut echo = Program::start(command);
    echo.until("ready");
    echo
}

/// A program in a terminal of its own.
struct Program {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    terminal: vt100::Parser,
    /// Closed, it would take the program with it.
    _master: Box<dyn MasterPty + Send>,
}

impl Program {
    fn start(mut command: CommandBuilder) -> Self {
        let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let output = read(pair.master.try_clone_reader().expect("its output"));
        let keyboard = pair.master.take_writer().expect("its keyboard");
        let terminal = vt100::Parser::new(ROWS, COLUMNS, 0);
        Self { child, keyboard, output, terminal, _master: pair.master }
    }

    fn send(&mut self, bytes: &[u8]) {
        self.keyboard.write_all(bytes).and_then(|()| self.keyboard.flush()).expect("it takes keys");
    }

    fn until(&mut self, text: &str) {
        while !self.terminal.screen().contents().contains(text) {
            let (_, bytes) = self.output.recv_timeout(PATIENCE).unwrap_or_else(|_| {
                panic!("waited in vain for {text:?}:\n{}", self.terminal.screen().contents())
            });
            self.terminal.process(&bytes);
        }
    }

    fn settle(&mut self) {
        while let Ok((_, bytes)) = self.output.recv_timeout(QUIET) {
            self.terminal.process(&bytes);
        }
    }

    /// How long after a key the screen last changed. What came is looked at when the screen is still again: the
    /// looking must not hold up what is measured.
    fn press(&mut self, key: &[u8]) -> Option<Duration> {
        self.settle();
        let pressed = Instant::now();
        self.send(key);
        let mut came = Vec::new();
        let mut patience = PATIENCE;
        while let Ok(piece) = self.output.recv_timeout(patience) {
            came.push(piece);
            patience = QUIET;
        }
        let mut last = None;
        for (at, bytes) in came {
            let before = self.shown();
            self.terminal.process(&bytes);
            if self.shown() != before {
                last = Some(at.duration_since(pressed));
            }
        }
        last
    }

    fn shown(&self) -> (String, (u16, u16)) {
        let screen = self.terminal.screen();
        (screen.contents_formatted(), screen.cursor_position())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Pieces of what is written to the terminal, each with the time at which it came.
fn read(mut output: Box<dyn Read + Send>) -> Receiver<(Instant, Vec<u8>)> {
    let (pieces, received) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = vec![0; 1 << 16];
        // Linux reports the end of a terminal as an error.
        while let Some(read) = output.read(&mut bytes).ok().filter(|read| *read > 0) {
            let at = Instant::now();
            if pieces.send((at, bytes.iter().copied().take(read).collect())).is_err() {
                return;
            }
        }
    });
    received
}
