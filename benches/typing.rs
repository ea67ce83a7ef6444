//! Every key of typed queries, from the key to ranked results: names, contacts, running text, each in every scope of the
//! finder; beside `fzf --filter` and nucleo over the same lines. Memory, and how soon after unlocking something is found.
//!
//! `cargo bench --bench typing` on a small desk that it makes, or on the one that `DSL_DESK_BENCH` names (`dsl-desk demo
//! --keep`). The others take seconds for a key, so they are asked a sample of the keys, spread evenly over the queries;
//! their ratios are to our times for the same keys. nucleo has one thread and every line in memory; fzf has all
//! processors, and reads the lines from a file that lies in the system's memory. Where there is no fzf, that is said.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use chrono::Utc;
use dsl_desk::desk::Desk;
use dsl_desk::desk::answer::Scope;
use dsl_desk::desk::request::Window;
use dsl_desk::desk::worker::Ready;
use dsl_desk::domain::chronology::Kinds;
use dsl_desk::domain::ids::ChildId;
use dsl_desk::search::fold;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32String};
use tempfile::TempDir;

mod measured {
    pub(crate) mod large;
    pub(crate) mod times;
}

use measured::large::{find_or_make, open, today};
use measured::times::{Times, beginnings, forget_peak_memory, peak_memory};

const ALL: Window = Window { offset: 0, limit: u64::MAX >> 1 };
/// What the finder asks for.
const HITS: usize = 50;
const NAMES: u64 = 120;
const CONTACTS: u64 = 60;
const TEXTS: u64 = 100;
/// What everybody types, and what is in every second entry.
const COMMON: [&str; 8] =
    ["the", "mother", "school", "police", "bruise on arm", "rang mum", "late again", "no reply"];
/// Keys that the others are asked: of names and contacts, and of the chronology.
const SAMPLE: usize = 100;
const SAMPLE_OF_CHRONOLOGY: usize = 30;
const OPENINGS: usize = 5;

fn main() {
    let made = find_or_make();
    Times::print_head();
    from_unlocking();
    forget_peak_memory();
    let mut desk = open();
    while desk.get_ready(Utc::now()).expect("a slice") == Ready::NotYet {}
    let queries = Queries::new(&mut desk);
    for (scope, name) in [
        (Scope::Everything, "everything"),
        (Scope::Children, "children"),
        (Scope::Contacts, "contacts"),
        (Scope::Chronology, "the chronology"),
    ] {
        for (kind, typed) in queries.kinds() {
            let mut times = Times::default();
            find(&mut desk, scope, typed.iter().flat_map(|typed| beginnings(typed)), &mut times);
            times.print(&format!("{kind} in {name}, {} queries", typed.len()));
        }
    }
    if let Some(peak) = peak_memory() {
        println!("memory, everything found in every scope: {peak}");
    }
    others(&mut desk, &queries);
    drop(made);
}

fn find<'a>(desk: &mut Desk, scope: Scope, keys: impl Iterator<Item = &'a str>, times: &mut Times) {
    for key in keys {
        times.take(|| desk.find(key, scope, HITS).expect("hits"));
    }
}

/// From the passphrase to the first rows, with nothing in memory; the demo's scrypt is a token.
fn from_unlocking() {
    for (scope, typed, what) in [
        (Scope::Children, "a", "unlocked to the first child found"),
        (Scope::Chronology, "mother", "unlocked to the first entry found"),
        (Scope::Everything, "a", "unlocked to the first found of everything"),
    ] {
        let mut times = Times::default();
        for _ in 0..OPENINGS {
            times.take(|| open().find(typed, scope, HITS).expect("hits"));
        }
        times.print(what);
    }
}

/// What is typed, by what it is after.
struct Queries {
    names: Vec<String>,
    contacts: Vec<String>,
    texts: Vec<String>,
}

impl Queries {
    fn new(desk: &mut Desk) -> Self {
        Self { names: names(desk), contacts: contacts(desk), texts: texts(desk) }
    }

    fn kinds(&self) -> [(&'static str, &[String]); 3] {
        [("names", &self.names), ("contacts", &self.contacts), ("running text", &self.texts)]
    }
}

/// Names as they stand, misspelt, turned round, by beginnings, with a form, with a year of birth.
fn names(desk: &mut Desk) -> Vec<String> {
    let one = |offset| Window { offset, limit: 1 };
    let total = desk.children("", one(0), today()).expect("children").total;
    let mut typed = Vec::new();
    for nth in 0..NAMES {
        for row in desk.children("", one(nth * total / NAMES), today()).expect("a child").rows {
            let child = row.found;
            let name = fold(&child.name);
            let (first, last) = name.split_once(' ').unwrap_or((&name, ""));
            let mut details = child.detail.split(", ");
            let (born, form) = (details.next().unwrap_or_default(), details.next().unwrap_or_default());
            typed.push(match nth % 8 {
                0 => child.name.to_string(),
                1 => swapped(&name),
                2 => without_second(&name),
                3 => format!("{last} {first}"),
                4 => format!("{} {last}", start(first, 1)),
                5 => format!("{} {}", start(first, 3), start(last, 3)),
                6 => format!("{last} {form}"),
                _ => format!("{first} {}", born.rsplit(' ').next().unwrap_or_default()),
            });
        }
    }
    typed
}

/// By title, by role, and by the last digits of a number or all of them.
fn contacts(desk: &mut Desk) -> Vec<String> {
    let one = |offset| Window { offset, limit: 1 };
    let total = desk.contacts("", one(0)).expect("contacts").total;
    let mut typed = Vec::new();
    for nth in 0..CONTACTS {
        for contact in desk.contacts("", one(nth * total / CONTACTS)).expect("a contact").rows {
            typed.push(contact.details.title().to_owned());
            typed.push(swapped(&contact.details.role));
            typed.extend(contact.details.numbers.first().map(|number| number.number.to_string()));
        }
    }
    typed.retain(|typed| !typed.trim().is_empty());
    typed
}

/// One to three words of what was written, every third misspelt, and the commonest words.
fn texts(desk: &mut Desk) -> Vec<String> {
    let children = desk.children("", Window { offset: 0, limit: 1 }, today()).expect("children").total;
    let mut typed: Vec<String> = COMMON.map(str::to_owned).to_vec();
    for nth in 0..TEXTS {
        let child = child_at(nth * children / TEXTS);
        let rows = desk.chronology(child, Kinds::Everything, "", ALL).expect("rows").rows;
        let skipped = usize::try_from(nth).unwrap_or_default();
        let Some(row) = rows.get(skipped % rows.len().max(1)) else { continue };
        let words: Vec<&str> = row.text.split_whitespace().skip(skipped % 7).take(1 + skipped % 3).collect();
        let words = fold(&words.join(" "));
        typed.push(if nth % 3 == 0 { without_second(&words) } else { words });
    }
    typed.retain(|typed| !typed.is_empty());
    typed
}

fn child_at(place: u64) -> ChildId {
    ChildId(i64::try_from(place).expect("so many children") + 1)
}

fn start(word: &str, letters: usize) -> String {
    word.chars().take(letters).collect()
}

/// The second letter before the first.
fn swapped(name: &str) -> String {
    let mut letters: Vec<char> = fold(name).chars().collect();
    if letters.len() > 2 {
        letters.swap(0, 1);
    }
    letters.into_iter().collect()
}

fn without_second(name: &str) -> String {
    name.chars().enumerate().filter(|(place, _)| *place != 1).map(|(_, letter)| letter).collect()
}

/// The same keys, asked of us and of the others over the same lines.
fn others(desk: &mut Desk, queries: &Queries) {
    println!("\na sample of the keys, the others beside it; ratios are how many times as long they take");
    // By another connection: a million lines read by this one would leave nothing else in its memory.
    let mut aside = open();
    let children = children_lines(&mut aside);
    compare(desk, Scope::Children, "children", &children, &sample(&queries.names, SAMPLE));
    let contacts = contact_lines(&mut aside);
    compare(desk, Scope::Contacts, "contacts", &contacts, &sample(&queries.contacts, SAMPLE));
    let chronology = chronology_lines(&mut aside);
    let keys = sample(&queries.texts, SAMPLE_OF_CHRONOLOGY);
    compare(desk, Scope::Chronology, "the chronology", &chronology, &keys);
}

/// So many of the keys, spread evenly; the empty query is none.
fn sample(typed: &[String], count: usize) -> Vec<&str> {
    let keys: Vec<&str> = typed.iter().flat_map(|typed| beginnings(typed)).collect();
    let step = (keys.len() / count).max(1);
    keys.into_iter().step_by(step).take(count).filter(|key| !key.trim().is_empty()).collect()
}

fn children_lines(desk: &mut Desk) -> Vec<String> {
    let rows = desk.children("", ALL, today()).expect("children").rows;
    rows.iter().map(|row| fold(&format!("{} {}", row.found.name, row.found.detail))).collect()
}

fn contact_lines(desk: &mut Desk) -> Vec<String> {
    let line = |contact: &dsl_desk::cabinet::table::contact::Contact| {
        let details = &contact.details;
        let numbers = details.numbers.iter().map(|number| number.number.as_str());
        let words = [details.title(), &details.role, &details.organisation];
        fold(&words.into_iter().chain(numbers).collect::<Vec<_>>().join(" "))
    };
    desk.contacts("", ALL).expect("contacts").rows.iter().map(line).collect()
}

/// A row that stands with several children is one line.
fn chronology_lines(desk: &mut Desk) -> Vec<String> {
    let children = desk.children("", Window { offset: 0, limit: 1 }, today()).expect("children").total;
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for place in 0..children {
        let rows = desk.chronology(child_at(place), Kinds::Everything, "", ALL).expect("rows").rows;
        lines.extend(rows.iter().filter(|row| seen.insert(row.seq)).map(|row| fold(&row.text)));
    }
    lines
}

fn compare(desk: &mut Desk, scope: Scope, name: &str, lines: &[String], keys: &[&str]) {
    println!("{} lines of {name}", lines.len());
    let mut ours = Times::default();
    find(desk, scope, keys.iter().copied(), &mut ours);
    ours.print(&format!("  ours in {name}"));
    let nucleo = nucleo(lines, keys);
    nucleo.print("  nucleo");
    nucleo.print_ratio(&ours, "  nucleo to ours");
    match fzf(lines, keys) {
        Some(fzf) => {
            fzf.print("  fzf --filter");
            fzf.print_ratio(&ours, "  fzf to ours");
        }
        None => println!("  no fzf on this machine"),
    }
}

/// Every line scored, the best kept.
fn nucleo(lines: &[String], keys: &[&str]) -> Times {
    let lines: Vec<Utf32String> = lines.iter().map(|line| Utf32String::from(line.as_str())).collect();
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut times = Times::default();
    for key in keys {
        times.take(|| {
            let key = fold(key);
            let pattern = Pattern::new(&key, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
            let scored = lines.iter().enumerate();
            let mut hits: Vec<(u32, usize)> = scored
                .filter_map(|(place, line)| Some((pattern.score(line.slice(..), &mut matcher)?, place)))
                .collect();
            hits.sort_unstable_by(|a, b| b.cmp(a));
            hits.truncate(HITS);
            hits
        });
    }
    times
}

/// A process for each key, its answer thrown away; none where it cannot be started.
fn fzf(lines: &[String], keys: &[&str]) -> Option<Times> {
    Command::new("fzf").arg("--version").stdout(Stdio::null()).status().ok()?;
    let home = TempDir::with_prefix("dsl-desk-bench-").expect("a folder for the lines");
    let path = home.path().join("lines");
    write_lines(&path, lines).expect("the lines in a file");
    let mut times = Times::default();
    for key in keys {
        let mut command = Command::new("fzf");
        command.arg("--filter").arg(fold(key));
        command.stdin(File::open(&path).expect("the lines")).stdout(Stdio::null());
        times.take(|| command.status().expect("an answer"));
    }
    Some(times)
}

fn write_lines(path: &Path, lines: &[String]) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    lines.iter().try_for_each(|line| writeln!(file, "{line}"))?;
    file.flush()
}
