//! Several desks on one cabinet: eight processes that save and read as fast as they can, for a minute, and one that does
//! the same. How much each gets done, how long the slowest save took, and that nobody was told of an error; afterwards
//! every note is there and `verify` is content.
//!
//! `cargo bench --bench together`; `DSL_DESK_SECONDS` makes it shorter. The short test of the same is
//! `eight_processes_write_and_read_and_nothing_is_lost`.

use std::collections::BTreeSet;
use std::env;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{SubsecRound as _, Utc};
use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::keys::Passphrase;
use dsl_desk::cabinet::table::concern::Pile;
use dsl_desk::demo::desks::{PASSPHRASE, invented};
use dsl_desk::desk::request::Window;
use dsl_desk::desk::{Act, Desk, people};
use dsl_desk::domain::chronology::Kinds;
use dsl_desk::domain::entry::NoteKind;
use dsl_desk::domain::ids::ChildId;
use dsl_desk::domain::moment::Moment;
use dsl_desk::domain::text::Text;
use tempfile::TempDir;

const TOGETHER: usize = 8;
const SECONDS: u64 = 60;
const SCREEN: Window = Window { offset: 0, limit: 50 };
const ALL: Window = Window { offset: 0, limit: 10_000_000 };

/// What tells a process that it is one of those that save, and where.
const FOLDER: &str = "TOGETHER_FOLDER";
const NAME: &str = "TOGETHER_NAME";

fn main() {
    match (env::var_os(FOLDER), env::var(NAME)) {
        (Some(folder), Ok(name)) => {
            work(&Folder::new(folder), &name).expect("an answer to whoever started it");
        }
        _ => compare(),
    }
}

fn seconds() -> u64 {
    env::var("DSL_DESK_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(SECONDS)
}

fn open(folder: &Folder) -> Desk {
    let someone = people(folder).expect("a desk").first().expect("somebody who may open it").person.clone();
    Desk::open(folder.clone(), &someone, Passphrase::from(PASSPHRASE))
        .expect("the demo's passphrase opens it")
}

/// Each saves notes about the same child, and reads what the screens read.
fn work(folder: &Folder, name: &str) -> io::Result<()> {
    let mut desk = open(folder);
    let end = Instant::now() + Duration::from_secs(seconds());
    let (mut saves, mut reads, mut errors) = (Vec::new(), 0_u64, Vec::new());
    while Instant::now() < end {
        let started = Instant::now();
        match desk.act(&note(name, saves.len()), None, Utc::now()) {
            Ok(_) => saves.push(started.elapsed()),
            Err(error) => errors.push(error.to_string()),
        }
        match read(&mut desk) {
            Ok(()) => reads += 1,
            Err(error) => errors.push(error.to_string()),
        }
    }
    saves.sort_unstable();
    let at = |percent: usize| {
        saves.get(saves.len().saturating_sub(1) * percent / 100).copied().unwrap_or_default()
    };
    let [p50, p99, slowest] = [50, 99, 100].map(|percent| at(percent).as_micros());
    let mut out = io::stdout();
    writeln!(out, "{} {reads} {p50} {p99} {slowest} {}", saves.len(), errors.len())?;
    errors.iter().try_for_each(|error| writeln!(out, "{error}"))
}

fn note(name: &str, number: usize) -> Act {
    Act::Note {
        child: ChildId(1),
        note: NoteKind::Contact,
        happened_at: Moment::At(Utc::now().trunc_subsecs(0)),
        text: Text::from(text(name, number)),
    }
}

fn text(name: &str, number: usize) -> String {
    format!("{name} writes number {number}")
}

/// The inbox, and the sheet of a child as it opens.
fn read(desk: &mut Desk) -> dsl_desk::cabinet::Result<()> {
    desk.inbox(Pile::Waiting, "", SCREEN, Utc::now())?;
    desk.noticed_change()?;
    desk.chronology(ChildId(2), Kinds::Everything, "", SCREEN)?;
    Ok(())
}

/// What one of them did; times in microseconds.
struct Done {
    name: String,
    saves: usize,
    reads: u64,
    p50: u64,
    p99: u64,
    slowest: u64,
}

fn compare() {
    println!("{:<12} {:>9} {:>9} {:>9} {:>9} {:>11}", "", "saves", "reads", "p50 ms", "p99 ms", "slowest ms");
    let alone = measured(1);
    let together = measured(TOGETHER);
    println!("{TOGETHER} together save {} for every 100 of one alone", together * 100 / alone.max(1));
}

/// So many processes on a desk of their own, and what they left there; how often they saved.
fn measured(how_many: usize) -> usize {
    let home = TempDir::with_prefix("dsl-desk-bench-").expect("a folder for the desk");
    let folder = Folder::new(home.path().join("desk"));
    let entries = invented(folder.clone(), Utc::now()).expect("an invented desk").entries().expect("entries");
    let processes: Vec<_> = (1..=how_many).map(|number| start(&folder, &format!("desk{number}"))).collect();
    let done: Vec<Done> = processes.into_iter().map(|(name, process)| ended(name, process)).collect();
    done.iter().for_each(print);
    let sum = Done {
        name: format!("all {how_many}"),
        saves: done.iter().map(|done| done.saves).sum(),
        reads: done.iter().map(|done| done.reads).sum(),
        p50: most(&done, |done| done.p50),
        p99: most(&done, |done| done.p99),
        slowest: most(&done, |done| done.slowest),
    };
    print(&sum);
    nothing_is_lost(&folder, &done, entries.0 + i64::try_from(sum.saves).expect("a number of saves"));
    sum.saves
}

fn most(done: &[Done], of: impl Fn(&Done) -> u64) -> u64 {
    done.iter().map(of).max().unwrap_or_default()
}

fn start(folder: &Folder, name: &str) -> (String, std::process::Child) {
    let mut command = Command::new(env::current_exe().expect("this program"));
    command.env(FOLDER, folder.root()).env(NAME, name).stdout(Stdio::piped());
    (name.to_owned(), command.spawn().expect("a process"))
}

/// Nobody is told of an error, whoever else is writing.
fn ended(name: String, process: std::process::Child) -> Done {
    let output = process.wait_with_output().expect("its end");
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success(), "{name}: {said}");
    let mut lines = said.lines();
    let numbers: Vec<u64> =
        lines.next().unwrap_or_default().split(' ').map(|number| number.parse().expect("a number")).collect();
    let [saves, reads, p50, p99, slowest, errors] = numbers.try_into().expect("six numbers");
    assert!(errors == 0, "{name} was told {errors} times: {}", lines.next().unwrap_or_default());
    Done { name, saves: usize::try_from(saves).expect("a number"), reads, p50, p99, slowest }
}

fn print(done: &Done) {
    let Done { name, saves, reads, p50, p99, slowest } = done;
    let ms = |micros: &u64| Duration::from_micros(*micros).as_secs_f64() * 1e3;
    println!("{name:<12} {saves:>9} {reads:>9} {:>9.2} {:>9.2} {:>11.1}", ms(p50), ms(p99), ms(slowest));
}

fn nothing_is_lost(folder: &Folder, done: &[Done], entries: i64) {
    let mut desk = open(folder);
    assert_eq!(desk.entries().expect("entries").0, entries, "no more and no fewer than were saved");
    let rows = desk.chronology(ChildId(1), Kinds::Everything, "", ALL).expect("a chronology").rows;
    let written: BTreeSet<&str> = rows.iter().map(|row| row.text.as_str()).collect();
    let saved = |done: &Done| (0..done.saves).map(|number| text(&done.name, number)).collect::<Vec<_>>();
    assert!(done.iter().flat_map(saved).all(|text| written.contains(text.as_str())), "every note is there");
    assert!(desk.verify().expect("a proof").is_content(), "the chain is whole");
}
