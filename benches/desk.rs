//! A whole desk: from the passphrase to the inbox, lists, every key in the finder, a save on the disk, the proof.
//!
//! `cargo bench --bench desk` makes a desk of 2,000 children and 40,000 chronology rows, or of `DSL_DESK_CHILDREN`
//! with twenty rows each. `DSL_DESK_BENCH` names one that is there already (`dsl-desk demo --keep`); it gets a few
//! hundred notes more. What is felt key by key comes first, as a table with the slowest in it; the rest is divan's.

use std::env;
use std::fmt::Display;
use std::fs::{self, File};
use std::io::Write as _;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use chrono::{SubsecRound as _, Utc};
use divan::Bencher;
use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::keys::Passphrase;
use dsl_desk::cabinet::table::concern::Pile;
use dsl_desk::demo::Size;
use dsl_desk::demo::desks::{PASSPHRASE, of_size};
use dsl_desk::desk::answer::{Scope, Subject};
use dsl_desk::desk::request::Window;
use dsl_desk::desk::worker::Ready;
use dsl_desk::desk::{Act, Desk, people};
use dsl_desk::domain::chronology::Kinds;
use dsl_desk::domain::entry::NoteKind;
use dsl_desk::domain::ids::{ChildId, ConcernId};
use dsl_desk::domain::moment::Moment;
use dsl_desk::domain::text::Text;
use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;
use tempfile::TempDir;

const CHILDREN: usize = 2_000;
const ENTRIES_TO_A_CHILD: u64 = 20;
/// What a screen of sixty lines asks for.
const SCREEN: Window = Window { offset: 0, limit: 184 };
const HITS: usize = 50;
const SAVES: usize = 300;
const FIRST_LETTERS: usize = 20;

static FOLDER: OnceLock<Folder> = OnceLock::new();

fn main() {
    let made = find_or_make();
    key_by_key();
    divan::main();
    drop(made);
}

/// The folder is thrown away with what is returned.
fn find_or_make() -> Option<TempDir> {
    if let Some(there) = env::var_os("DSL_DESK_BENCH") {
        FOLDER.get_or_init(|| Folder::new(there));
        return None;
    }
    let made = TempDir::with_prefix("dsl-desk-bench-").expect("a folder for the desk");
    let folder = FOLDER.get_or_init(|| Folder::new(made.path()));
    let children = env::var("DSL_DESK_CHILDREN").ok().and_then(|n| n.parse().ok()).unwrap_or(CHILDREN);
    let size = Size::new(children, children as u64 * ENTRIES_TO_A_CHILD);
    of_size(folder.clone(), size, 1, Utc::now(), |_, _| {}).expect("a large desk");
    Some(made)
}

fn open() -> Desk {
    let folder = FOLDER.get().expect("main has named the folder").clone();
    let someone = people(&folder).expect("a desk").first().expect("somebody who may open it").person.clone();
    Desk::open(folder, &someone, Passphrase::from(PASSPHRASE)).expect("the demo's passphrase opens it")
}

/// The child with the longest chronology: a large desk gets to know it among the first.
fn busiest(desk: &mut Desk) -> ChildId {
    let mut rows = |child| {
        desk.chronology(child, Kinds::Everything, "", Window { offset: 0, limit: 1 }).map(|page| page.total)
    };
    (1..20).map(ChildId).max_by_key(|child| rows(*child).unwrap_or(0)).expect("children")
}

/// Where the newest rows are, which is where a chronology opens.
fn newest(desk: &mut Desk, child: ChildId) -> Window {
    let total = desk.chronology(child, Kinds::Everything, "", SCREEN).expect("a chronology").total;
    Window { offset: total.saturating_sub(SCREEN.limit), ..SCREEN }
}

/// Durations of one kind of thing, for the percentiles that divan does not print.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        self.0.push(started.elapsed());
        done
    }

    /// In milliseconds.
    fn at(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let place = sorted.len().saturating_sub(1) * percent / 100;
        sorted.get(place).copied().unwrap_or_default().as_secs_f64() * 1e3
    }

    fn print(&self, what: &str) {
        let [p50, p99, most] = [50, 99, 100].map(|percent| self.at(percent));
        println!("{what:<46} {p50:>9.3} {p99:>9.3} {most:>9.3} {:>7}", self.0.len());
    }
}

fn key_by_key() {
    // Forget how much making the desk took. Only Linux knows; elsewhere no memory is printed.
    drop(fs::write("/proc/self/clear_refs", "5"));
    let mut desk = open();
    println!("{:<46} {:>9} {:>9} {:>9} {:>7}", "milliseconds", "p50", "p99", "max", "times");
    word_keys(&mut desk);
    get_ready(&mut desk, "idle: a slice of the finder's index");
    pile_keys(&mut desk);
    chronology_keys(&mut desk);
    let typed = queries(&mut desk);
    let found = finder_keys(&mut desk, &typed);
    contact_keys(&mut desk);
    if let Some(peak) = peak_memory() {
        println!("memory, everything open: {peak}");
    }
    peer_keys(&mut desk, &typed, &found);
    saves(&mut desk);
}

fn peak_memory() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    Some(status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().to_owned())
}

/// Every beginning of what is typed, as the keys make it.
fn beginnings(typed: &str) -> impl Iterator<Item = &str> {
    typed.char_indices().filter_map(|(at, letter)| typed.get(..at + letter.len_utf8()))
}

/// What the worker does while nothing is asked.
fn get_ready(desk: &mut Desk, what: &str) {
    let mut slices = Times::default();
    while slices.take(|| desk.get_ready(Utc::now()).expect("a slice")) == Ready::NotYet {}
    slices.print(what);
}

/// Words of long text, asked before anything was read; then what an index finds hard: common words that never meet,
/// phrases that nobody wrote, and what is rare behind what is common.
const HARD: [&str; 14] = [
    "the",
    "the was",
    "absent certificate",
    "graze timetable examination",
    "\"the was\"",
    "\"was late\"",
    "\"absent certificate\"",
    "the -was",
    "the kind:outcome",
    "the kind:moved",
    "was kind:concern to:2020",
    "the from:2021-02-03 to:2021-02-03",
    "the child:12",
    "xqzv the",
];

fn word_keys(desk: &mut Desk) {
    let find = |desk: &mut Desk, key: &str| {
        desk.look_for(key, Scope::Chronology, HITS, Utc::now()).expect("hits").hits.len()
    };
    let mut first = Times::default();
    first.take(|| find(desk, "certifcate"));
    first.print("a misspelt word, asked as soon as it is open");
    for typed in HARD {
        let mut keys = Times::default();
        let found = (0..40).map(|_| keys.take(|| find(desk, typed))).max().unwrap_or(0);
        keys.print(&format!("{typed} ({found})"));
    }
    let child = busiest(desk);
    let rows = desk.chronology(child, Kinds::Everything, "", SCREEN).expect("rows").rows;
    let mut keys = Times::default();
    let typed = rows.iter().flat_map(|row| {
        let words: Vec<&str> = row.text.split_whitespace().skip(2).collect();
        let pair =
            |from: usize| words.iter().skip(from).step_by(3).take(2).copied().collect::<Vec<_>>().join(" ");
        [pair(0), swapped(&pair(1))]
    });
    let typed: Vec<String> = typed.collect();
    for key in typed.iter().flat_map(|typed| beginnings(typed)) {
        keys.take(|| find(desk, key));
    }
    keys.print(&format!("finder over the chronology, {} queries", typed.len()));
}

/// The first letter meets what was read of the pile while nobody asked; before each, something was recorded.
fn pile_keys(desk: &mut Desk) {
    let child = busiest(desk);
    let mut slices = Times::default();
    for (pile, name) in [(Pile::Waiting, "the inbox"), (Pile::Signed, "the signed pile")] {
        let (mut first, mut next) = (Times::default(), Times::default());
        for _ in 0..FIRST_LETTERS {
            desk.act(&note(child, 0), None, Utc::now()).expect("a save");
            desk.inbox(pile, "", SCREEN).expect("the pile");
            while slices.take(|| desk.get_ready(Utc::now()).expect("a slice")) == Ready::NotYet {}
            first.take(|| desk.inbox(pile, "b", SCREEN).expect("rows"));
            for key in beginnings("bruise 9b").skip(1) {
                next.take(|| desk.inbox(pile, key, SCREEN).expect("rows"));
            }
        }
        first.print(&format!("first key narrowing {name}"));
        next.print(&format!("key narrowing {name} further"));
    }
    slices.print("idle: a slice of a pile");
}

fn chronology_keys(desk: &mut Desk) {
    let child = busiest(desk);
    newest(desk, child);
    get_ready(desk, "idle: a slice of the longest chronology");
    let mut narrowing = Times::default();
    for typed in ["bruise arm", "mother rang", "late registration", "police", "14:10", "xqzv"] {
        for key in beginnings(typed) {
            narrowing.take(|| desk.chronology(child, Kinds::Everything, key, SCREEN).expect("rows"));
        }
    }
    narrowing.print("key narrowing the longest chronology");
    let total = newest(desk, child).offset + SCREEN.limit;
    let mut paging = Times::default();
    for offset in (0..total).step_by(64) {
        let window = Window { offset, ..SCREEN };
        paging.take(|| desk.chronology(child, Kinds::Everything, "", window).expect("rows"));
    }
    paging.print(&format!("window of its {total} rows"));
}

/// Names in full, misspelt and with a form; services, numbers, and words of running text.
fn queries(desk: &mut Desk) -> Vec<String> {
    let one = |offset| Window { offset, limit: 1 };
    let mut typed = Vec::new();
    let children = desk.children("", one(0)).expect("children").total;
    for nth in 0..120 {
        let page = desk.children("", one(nth * children / 120)).expect("a child");
        for child in page.rows {
            typed.push(match nth % 3 {
                0 => child.name.to_string(),
                1 => swapped(&child.name),
                _ => format!("{} {}", child.name, child.detail.split(", ").nth(1).unwrap_or_default()),
            });
        }
    }
    let contacts = desk.contacts("", one(0)).expect("contacts").total;
    for nth in 0..40 {
        for contact in desk.contacts("", one(nth * contacts / 40)).expect("a contact").rows {
            typed.push(contact.details.title().to_owned());
            typed.extend(contact.details.numbers.first().map(|number| number.number.to_string()));
        }
    }
    let child = busiest(desk);
    let rows = desk.chronology(child, Kinds::Everything, "", SCREEN).expect("rows").rows;
    for row in rows.iter().step_by(4) {
        typed.push(row.text.split_whitespace().skip(3).take(2).collect::<Vec<_>>().join(" "));
    }
    typed
}

/// The second letter before the first.
fn swapped(name: &str) -> String {
    let mut letters: Vec<char> = name.to_lowercase().chars().collect();
    if letters.len() > 2 {
        letters.swap(0, 1);
    }
    letters.into_iter().collect()
}

fn finder_keys(desk: &mut Desk, typed: &[String]) -> Times {
    let mut keys = Times::default();
    for key in typed.iter().flat_map(|typed| beginnings(typed)) {
        keys.take(|| desk.find(key, Scope::Everything, HITS).expect("hits"));
    }
    keys.print(&format!("finder over everything, {} queries", typed.len()));
    keys
}

fn contact_keys(desk: &mut Desk) {
    let mut keys = Times::default();
    for key in ["duty", "school nurse", "0116 305", "camhs"].into_iter().flat_map(beginnings) {
        keys.take(|| desk.contacts(key, SCREEN).expect("contacts"));
    }
    keys.print("key narrowing the contacts");
}

/// fuzzy-matcher alone over the names, which is what a finder without an index does.
fn peer_keys(desk: &mut Desk, typed: &[String], ours: &Times) {
    let all = Window { offset: 0, limit: u64::MAX >> 1 };
    let children = desk.children("", all).expect("children").rows;
    let contacts = desk.contacts("", all).expect("contacts").rows;
    let mut lines: Vec<String> =
        children.iter().map(|child| format!("{} {}", child.name, child.detail)).collect();
    lines.extend(contacts.iter().map(|contact| contact.details.title().to_owned()));
    let matcher = SkimMatcherV2::default().ignore_case();
    let mut keys = Times::default();
    for key in typed.iter().flat_map(|typed| beginnings(typed)).step_by(20) {
        keys.take(|| lines.iter().filter_map(|line| matcher.fuzzy_match(line, key)).max());
    }
    keys.print("peer: fuzzy-matcher over names alone");
    print_ratio("finder to peer", ours, &keys);
}

fn print_ratio(what: impl Display, ours: &Times, theirs: &Times) {
    let [p50, p99] = [50, 99].map(|percent| ours.at(percent) / theirs.at(percent));
    println!("{what:<46} {p50:>8.2}x {p99:>8.2}x");
}

/// Turn about with one fsync of the same disk, so that both have the same neighbours.
fn saves(desk: &mut Desk) {
    let child = busiest(desk);
    let path = desk.folder().root().join("fsync");
    let mut file = File::create(&path).expect("a file beside the desk");
    let (mut saves, mut drafts, mut syncs) = (Times::default(), Times::default(), Times::default());
    for nth in 0..SAVES {
        let now = Utc::now();
        let act = note(child, nth);
        syncs.take(|| file.write_all(&[0; 4096]).and_then(|()| file.sync_all()).expect("a write"));
        saves.take(|| desk.act(&act, None, now).expect("a save"));
        drafts.take(|| {
            desk.keep_draft("note/1", &format!("{{\"text\":\"Mother {nth}\"}}"), now).expect("a draft");
        });
    }
    desk.discard_draft("note/1").expect("the draft goes");
    drop(fs::remove_file(path));
    saves.print("save of one entry");
    drafts.print("draft kept");
    syncs.print("peer: 4 KiB appended and one fsync");
    print_ratio("save to fsync", &saves, &syncs);
}

fn note(child: ChildId, nth: usize) -> Act {
    let text = Text::from(format!("Mother rang at break; call {nth} about the trip on Friday."));
    // The record keeps whole seconds, and nothing that would not come out as it went in.
    let happened_at = Moment::At(Utc::now().trunc_subsecs(0));
    Act::Note { child, note: NoteKind::Contact, happened_at, text }
}

/// Passphrase to rows. The demo's scrypt is a token, so this is what comes after it.
#[divan::bench(sample_count = 20)]
fn unlock_to_inbox(bencher: Bencher) {
    bencher.bench_local(|| {
        let mut desk = open();
        (desk.info().expect("who"), desk.inbox(Pile::Waiting, "", SCREEN).expect("the inbox"))
    });
}

#[divan::bench]
fn inbox(bencher: Bencher) {
    let mut desk = open();
    bencher.bench_local(|| desk.inbox(Pile::Waiting, "", SCREEN).expect("the inbox"));
}

#[divan::bench]
fn inbox_narrowed(bencher: Bencher) {
    let mut desk = open();
    bencher.bench_local(|| desk.inbox(Pile::Waiting, "bruise 9b", SCREEN).expect("the inbox"));
}

#[divan::bench]
fn signed_pile(bencher: Bencher) {
    let mut desk = open();
    bencher.bench_local(|| desk.inbox(Pile::Signed, "", SCREEN).expect("the pile"));
}

#[divan::bench]
fn concern(bencher: Bencher) {
    let desk = open();
    bencher.bench_local(|| desk.concern(ConcernId(7)).expect("a concern"));
}

/// What the ring screen asks for.
#[divan::bench]
fn whom_to_ring(bencher: Bencher) {
    let desk = open();
    let about = Some(Subject::Concern(ConcernId(7)));
    bencher.bench_local(|| desk.ring_about(about, Utc::now()).expect("whom to ring"));
}

/// The whole book is looked through.
#[divan::bench(sample_count = 20)]
fn stale_and_disputed_contacts(bencher: Bencher) {
    let mut desk = open();
    let today = Utc::now().date_naive();
    bencher.bench_local(|| desk.doubtful_contacts("", SCREEN, today).expect("contacts"));
}

#[divan::bench]
fn children_by_name(bencher: Bencher) {
    let mut desk = open();
    let total = desk.children("", SCREEN).expect("children").total;
    bencher.bench_local(|| desk.children("", Window { offset: total / 2, ..SCREEN }).expect("children"));
}

/// The head of a child's screen: who it is, and how busy each month was.
#[divan::bench]
fn sheet_of_the_longest_chronology(bencher: Bencher) {
    let mut desk = open();
    let child = busiest(&mut desk);
    bencher.bench_local(|| desk.sheet(child).expect("a sheet"));
}

/// What a child's screen asks for, with nothing of the cabinet in memory.
#[divan::bench(sample_count = 20)]
fn longest_chronology_cold(bencher: Bencher) {
    let mut desk = open();
    let child = busiest(&mut desk);
    let window = newest(&mut desk, child);
    bencher.with_inputs(open).bench_local_values(|mut desk| chronology(&mut desk, child, window));
}

#[divan::bench]
fn longest_chronology_warm(bencher: Bencher) {
    let mut desk = open();
    let child = busiest(&mut desk);
    let window = newest(&mut desk, child);
    bencher.bench_local(|| chronology(&mut desk, child, window));
}

fn chronology(desk: &mut Desk, child: ChildId, window: Window) -> usize {
    let sheet = desk.sheet(child).expect("a sheet");
    let page = desk.chronology(child, Kinds::Everything, "", window).expect("rows");
    sheet.months.len() + page.rows.len()
}

/// What is asked twice a second while nothing happens.
#[divan::bench]
fn look(bencher: Bencher) {
    let mut desk = open();
    bencher.bench_local(|| {
        let arrived = desk.look(Utc::now()).expect("the drop folder");
        (arrived.arrived.len(), desk.noticed_change().expect("the head"))
    });
}

#[divan::bench(sample_count = 1, sample_size = 1)]
fn verify(bencher: Bencher) {
    let desk = open();
    bencher.bench_local(|| assert!(desk.verify().expect("a proof").is_content()));
}
