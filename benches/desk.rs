//! A whole desk: from the passphrase to the inbox, lists, keys that narrow them, a save on the disk, the proof. The keys
//! of the finder are measured in `typing.rs`.
//!
//! `cargo bench --bench desk` makes a desk of 2,000 children and 40,000 chronology rows, or of `DSL_DESK_CHILDREN`
//! with twenty rows each. `DSL_DESK_BENCH` names one that is there already (`dsl-desk demo --keep`); it gets a few
//! hundred notes more. What is felt key by key comes first, as a table with the slowest in it; the rest is divan's.

use std::fs::{self, File};
use std::io::Write as _;

use chrono::{SubsecRound as _, Utc};
use divan::Bencher;
use dsl_desk::cabinet::table::concern::Pile;
use dsl_desk::desk::answer::{Scope, Subject};
use dsl_desk::desk::request::Window;
use dsl_desk::desk::worker::Ready;
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::chronology::Kinds;
use dsl_desk::domain::entry::NoteKind;
use dsl_desk::domain::ids::{ChildId, ConcernId};
use dsl_desk::domain::moment::Moment;
use dsl_desk::domain::text::Text;

mod measured {
    pub(crate) mod large;
    pub(crate) mod times;
}

use measured::large::{find_or_make, open, today};
use measured::times::{Times, beginnings, forget_peak_memory, peak_memory};

/// What a screen of sixty lines asks for.
const SCREEN: Window = Window { offset: 0, limit: 184 };
const SAVES: usize = 300;
const FIRST_LETTERS: usize = 20;
/// As many as the finder asks for.
const HITS: usize = 50;

fn main() {
    let made = find_or_make();
    key_by_key();
    divan::main();
    drop(made);
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

fn key_by_key() {
    // Forget how much making the desk took.
    forget_peak_memory();
    let mut desk = open();
    Times::print_head();
    word_keys(&mut desk);
    get_ready(&mut desk, "idle: a slice of the finder's index");
    pile_keys(&mut desk);
    chronology_keys(&mut desk);
    contact_keys(&mut desk);
    if let Some(peak) = peak_memory() {
        println!("memory, everything open: {peak}");
    }
    saves(&mut desk);
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
}

/// The first letter meets what was read of the pile while nobody asked; before each, something was recorded.
fn pile_keys(desk: &mut Desk) {
    let child = busiest(desk);
    let mut slices = Times::default();
    for (pile, name) in [(Pile::Waiting, "the inbox"), (Pile::Closed, "the signed pile")] {
        let (mut first, mut next) = (Times::default(), Times::default());
        for _ in 0..FIRST_LETTERS {
            desk.act(&note(child, 0), None, Utc::now()).expect("a save");
            desk.inbox(pile, "", SCREEN, Utc::now()).expect("the pile");
            while slices.take(|| desk.get_ready(Utc::now()).expect("a slice")) == Ready::NotYet {}
            first.take(|| desk.inbox(pile, "b", SCREEN, Utc::now()).expect("rows"));
            for key in beginnings("bruise 9b").skip(1) {
                next.take(|| desk.inbox(pile, key, SCREEN, Utc::now()).expect("rows"));
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

fn contact_keys(desk: &mut Desk) {
    let mut keys = Times::default();
    for key in ["duty", "school nurse", "0116 305", "camhs"].into_iter().flat_map(beginnings) {
        keys.take(|| desk.contacts(key, SCREEN).expect("contacts"));
    }
    keys.print("key narrowing the contacts");
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
    saves.print_ratio(&syncs, "save to fsync");
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
        (desk.info().expect("who"), desk.inbox(Pile::Waiting, "", SCREEN, Utc::now()).expect("the inbox"))
    });
}

#[divan::bench]
fn inbox(bencher: Bencher) {
    let mut desk = open();
    bencher.bench_local(|| desk.inbox(Pile::Waiting, "", SCREEN, Utc::now()).expect("the inbox"));
}

#[divan::bench]
fn inbox_narrowed(bencher: Bencher) {
    let mut desk = open();
    bencher.bench_local(|| desk.inbox(Pile::Waiting, "bruise 9b", SCREEN, Utc::now()).expect("the inbox"));
}

#[divan::bench]
fn signed_pile(bencher: Bencher) {
    let mut desk = open();
    bencher.bench_local(|| desk.inbox(Pile::Closed, "", SCREEN, Utc::now()).expect("the pile"));
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
    bencher.bench_local(|| desk.doubtful_contacts("", SCREEN, today()).expect("contacts"));
}

#[divan::bench]
fn children_by_name(bencher: Bencher) {
    let mut desk = open();
    let total = desk.children("", SCREEN, today()).expect("children").total;
    let middle = Window { offset: total / 2, ..SCREEN };
    bencher.bench_local(|| desk.children("", middle, today()).expect("children"));
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
