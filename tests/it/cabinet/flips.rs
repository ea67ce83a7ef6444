//! Bytes that change on the disk by themselves: each is told, or changes no word that anybody reads.
//!
//! What is held to, file by file: a changed byte of the database is told by an error or by `verify`; of a key file, by
//! an error, or it opens the same desk; of `general.seen`, by what stands on every screen, or it says the same. A byte
//! of the journal takes with it what was written after it, as a crash does: the record is then one of its own earlier
//! moments, whole, and that is told where the moment lies before the one noted in `general.seen`, and not after it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use dsl_desk::cabinet::keys::Work;
use dsl_desk::cabinet::last_seen::LastSeen;
use dsl_desk::cabinet::table::chronology::ChronologyRow;
use dsl_desk::cabinet::table::concern::{InboxRow, Pile};
use dsl_desk::cabinet::table::contact::Contact;
use dsl_desk::cabinet::table::draft::Draft;
use dsl_desk::cabinet::table::seen::Sighting;
use dsl_desk::cabinet::{Error, Result};
use dsl_desk::desk::answer::{ChildSheet, Found, Page, Scope, Subject};
use dsl_desk::desk::request::{Reply, Request};
use dsl_desk::desk::worker::{Clock, Service};
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::chronology::Kinds;
use dsl_desk::domain::concern::Part1;
use dsl_desk::domain::entry::{Entry, NoteKind, Source};
use dsl_desk::domain::ids::{ChildId, ConcernId, Seq};
use dsl_desk::domain::part2::{Advice, Section};
use dsl_desk::domain::person::Right;
use dsl_desk::domain::text::Text;
use fastrand::Rng;

use super::keys::is_plain;
use crate::support::{ALL, Place, World, amina, moment, now, part1, passphrase, today};

const OF_THE_DATABASE: usize = 1_200;
const PAGE: usize = 4096;
const OF_THE_JOURNAL: usize = 500;
const OF_THE_KEYS: usize = 200;
const OF_EACH_PERSON: usize = 150;
const OF_THE_NOTE: usize = 200;

/// All that the screens read.
#[derive(PartialEq)]
struct Words {
    title: [Text; 3],
    piles: [Page<InboxRow>; 2],
    concerns: Vec<WholeConcern>,
    children: Vec<(ChildSheet, Page<ChronologyRow>, Vec<Sighting>)>,
    contacts: Page<Contact>,
    drafts: Vec<Draft>,
    found: Vec<Vec<Found>>,
}

#[derive(PartialEq)]
struct WholeConcern {
    row: InboxRow,
    by: Text,
    source: Source,
    part1: Part1,
    lines: Vec<(Seq, DateTime<Utc>, Text, Entry)>,
    original: Option<(Text, Text)>,
}

fn words(desk: &mut Desk) -> Result<Words> {
    let info = desk.info()?;
    let piles = [desk.inbox(Pile::Waiting, "", ALL, now())?, desk.inbox(Pile::Closed, "", ALL, now())?];
    let rows = piles.iter().flat_map(|pile| &pile.rows);
    let concerns = rows.map(|row| concern(desk, row.concern)).collect::<Result<_>>()?;
    let mut children = Vec::new();
    for number in 1..=i64::try_from(desk.children("", ALL, today())?.total).unwrap() {
        let child = ChildId(number);
        let rows = desk.chronology(child, Kinds::Everything, "", ALL)?;
        children.push((desk.sheet(child)?, rows, desk.seen_by(Subject::Child(child))?));
    }
    let queries = ["zoe", "lukasz", "bruise", "police", "refer"];
    let found = queries.iter().map(|query| desk.find(query, Scope::Everything, 20)).collect::<Result<_>>()?;
    let (contacts, drafts) = (desk.contacts("", ALL)?, desk.drafts()?);
    Ok(Words {
        title: [info.organisation, info.name, info.role],
        piles,
        concerns,
        children,
        contacts,
        drafts,
        found,
    })
}

fn concern(desk: &Desk, number: ConcernId) -> Result<WholeConcern> {
    let whole = desk.concern(number)?;
    let original = match &whole.source {
        Source::Typed => None,
        Source::File { .. } => Some(desk.original(number)?),
    };
    let lines =
        whole.lines.into_iter().map(|line| (line.seq, line.recorded_at, line.by, line.entry)).collect();
    let (row, by, source, part1) = (whole.row, whole.received_by, whole.source, whole.part1);
    Ok(WholeConcern { row, by, source, part1, lines, original })
}

/// A small desk with something of every kind in it, closed.
fn full() -> Place {
    let mut world = World::new();
    world.import(
        "note.csv",
        "Child's name,What happened?,Reported by\nZoë Marsh,A bruise on the arm,Grace Osei\n",
    );
    world.concern("Łukasz Nowak", Some("2013-05-06"));
    world.concern("Hassan Ali", None);
    for act in acts() {
        world.act(&act);
    }
    world.desk.saw(Subject::Child(ChildId(1)), now()).unwrap();
    world.desk.keep_draft("part1", "{\"reasons\":\"Came in without a coat\"}", now()).unwrap();
    let place = world.close();
    place.admit("Grace Osei", Right::Deputy);
    place
}

fn acts() -> [Act; 3] {
    let at = moment("2026-11-20T15:20");
    let (name, role, organisation) =
        (Text::default(), "Duty social worker".into(), "Rutland County Council".into());
    let section = Advice { at, name, role, organisation, advice: "Refer today".into(), contact: None };
    let note = |text: &str| Act::Note {
        child: ChildId(1),
        note: NoteKind::Contact,
        happened_at: at,
        text: text.into(),
    };
    [
        Act::Section { concern: ConcernId(1), section: Section::Advice(section) },
        note("Mother rang the office"),
        note("Aunt came to the gate"),
    ]
}

/// A closed desk of which one file has a byte changed again and again.
struct Flipped {
    place: Place,
    file: PathBuf,
    whole: Vec<u8>,
    words: Words,
    dice: Rng,
}

impl Flipped {
    fn new(file: impl FnOnce(&Place) -> PathBuf) -> Self {
        let place = full();
        let words = words(&mut place.open().unwrap()).unwrap();
        let file = file(&place);
        let whole = fs::read(&file).unwrap();
        Self { dice: Rng::with_seed(whole.len() as u64), place, file, whole, words }
    }

    /// Changes so many bytes, one after the other; says how often the desk did not open with the same words.
    fn flip(mut self, times: usize, unharmed: impl Fn(&Place, &Desk, usize)) -> usize {
        let mut told = 0;
        for _ in 0..times {
            let at = self.dice.usize(..self.whole.len());
            fs::write(&self.file, changed(&self.whole, at, &mut self.dice)).unwrap();
            match self.place.open().and_then(|mut desk| Ok((words(&mut desk)?, desk))) {
                Ok((read, desk)) => {
                    assert!(read == self.words, "byte {at} shows other words");
                    unharmed(&self.place, &desk, at);
                }
                Err(error) => {
                    is_plain(&error);
                    assert!(!matches!(error, Error::Database(_)), "byte {at}: {error}");
                    told += 1;
                }
            }
        }
        fs::write(&self.file, &self.whole).unwrap();
        let mut desk = self.place.open().unwrap();
        assert!(words(&mut desk).unwrap() == self.words && desk.verify().unwrap().is_content());
        told
    }
}

fn changed(whole: &[u8], at: usize, dice: &mut Rng) -> Vec<u8> {
    let mut bytes = whole.to_owned();
    bytes[at] ^= dice.u8(1..);
    bytes
}

#[test]
fn of_the_database() {
    let verified = Mutex::new(BTreeSet::new());
    let told = Flipped::new(|place| place.folder.database()).flip(OF_THE_DATABASE, |_, desk, at| {
        // No screen has read that page. A page is authenticated as a whole, so one byte of each is enough to verify.
        if verified.lock().unwrap().insert(at / PAGE) {
            assert!(
                desk.verify().map_or(true, |report| !report.is_content()),
                "byte {at} is told by nothing"
            );
        }
    });
    assert!(told > OF_THE_DATABASE / 2, "{told}");
}

#[test]
fn of_the_key_file() {
    let told = Flipped::new(|place| place.folder.keys()).flip(OF_THE_KEYS, |_, _, _| ());
    assert!(told > OF_THE_KEYS / 2, "{told}");
}

/// Names and roles on the screen are those of the record: only who is offered before the passphrase stands in the file.
#[test]
fn of_a_people_file() {
    let told = Flipped::new(Place::person_file).flip(OF_EACH_PERSON, |_, _, _| ());
    assert!(told > OF_EACH_PERSON / 2, "{told}");
}

#[test]
fn of_somebody_elses_people_file() {
    let grace = |place: &Place| place.folder.people().join("grace-osei.toml");
    let told = Flipped::new(grace).flip(OF_EACH_PERSON, |_, desk, _| {
        let members = desk.members().unwrap();
        let names: Vec<&str> = members.iter().map(|listed| listed.person.name.as_str()).collect();
        assert_eq!(names, ["Amina Khan", "Grace Osei"]);
    });
    assert_eq!(told, 0, "it is no business of Amina's");
}

#[test]
fn of_the_note_of_what_was_last_seen() {
    let seen = |place: &Place| place.folder.database().with_extension("seen");
    let whole: toml::Table = fs::read_to_string(seen(&full())).unwrap().parse().unwrap();
    let fields: Vec<&String> = whole.keys().collect();
    let told = Mutex::new(0);
    let refused = Flipped::new(seen).flip(OF_THE_NOTE, |place, desk, at| {
        if desk.last_seen() == LastSeen::Same {
            let read: toml::Table = fs::read_to_string(seen(place)).unwrap().parse().unwrap();
            assert_eq!(read.keys().collect::<Vec<_>>(), fields, "byte {at}");
        } else {
            *told.lock().unwrap() += 1;
        }
    });
    assert_eq!(refused, 0, "it is a warning, and no reason not to open");
    assert!(told.into_inner().unwrap() > OF_THE_NOTE / 2);
}

/// A moment of a record that is being written.
struct Earlier {
    entries: Seq,
    words: Words,
}

/// A desk that was left without being closed: all its moments since the journal was begun, the newest last, and the
/// entry that was noted at one of them.
struct Left {
    place: Place,
    moments: Vec<Earlier>,
    noted: Seq,
}

impl Left {
    fn new() -> Self {
        let there = full();
        let at = Arc::new(Mutex::new(now()));
        let shown = Arc::clone(&at);
        let clock = Clock::new(move || *shown.lock().unwrap());
        let mut service = Service::new(there.folder.clone(), Work::Token, clock).without_backups();
        let (person, passphrase) = (amina(), passphrase());
        assert!(matches!(service.answer(Request::Unlock { person, passphrase }), Reply::Open(_)));
        let mut beside = there.open().unwrap();
        // Somebody reads what was there in the beginning, so that the journal is not folded.
        let reader = there.bare();
        reader.execute_batch("BEGIN; SELECT count(*) FROM ledger;").unwrap();
        let mut moments =
            vec![Earlier { entries: beside.entries().unwrap(), words: words(&mut beside).unwrap() }];
        let mut noted = Seq(0);
        for (step, request) in (1..).zip(requests()) {
            assert!(matches!(service.answer(request), Reply::Saved(_) | Reply::DraftKept));
            beside.noticed_change().unwrap();
            moments.push(Earlier { entries: beside.entries().unwrap(), words: words(&mut beside).unwrap() });
            if step == NOTED_AT {
                // What has changed is looked at once, and noted when nothing has changed since.
                for _ in 0..2 {
                    assert!(matches!(service.answer(Request::Look), Reply::Looked { .. }));
                    *at.lock().unwrap() += TimeDelta::minutes(1);
                }
                noted = beside.entries().unwrap();
            }
        }
        let place = there.copied();
        let note = fs::read_to_string(place.folder.database().with_extension("seen")).unwrap();
        assert_eq!(note.parse::<toml::Table>().unwrap()["entries"].as_integer(), Some(noted.0));
        Self { place, moments, noted }
    }
}

const NOTED_AT: usize = 3;

fn requests() -> impl Iterator<Item = Request> {
    let typed = Act::TypeIn(Box::new(part1("Zoe Marsh", Some("2014-03-02"))));
    let acts = acts().into_iter().chain([typed]).chain(acts());
    let acts = acts.map(|act| Request::Act { act, draft: None });
    acts.chain([Request::KeepDraft { slot: "a".to_owned(), body: "Came in late".to_owned() }])
}

/// Puts back what a desk consists of, without what SQLite knows of the journal.
fn put_back(cabinets: &Path, files: &[(PathBuf, Vec<u8>)]) {
    drop(fs::remove_file(cabinets.join("general.db-shm")));
    for (path, bytes) in files {
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn of_the_journal() {
    let left = Left::new();
    let cabinets = left.place.folder.cabinets();
    let path = |name: &str| cabinets.join(name);
    let journal = fs::read(path("general.db-wal")).unwrap();
    let others = ["general.db", "general.seen"].map(|name| (path(name), fs::read(path(name)).unwrap()));
    let mut dice = Rng::with_seed(journal.len() as u64);
    let (mut told, mut untold) = (0, 0);
    for _ in 0..OF_THE_JOURNAL {
        let at = dice.usize(..journal.len());
        put_back(&cabinets, &others);
        fs::write(path("general.db-wal"), changed(&journal, at, &mut dice)).unwrap();
        let Ok(mut desk) = left.place.open() else { continue };
        let Ok(read) = words(&mut desk) else { continue };
        let earlier = left.moments.iter().rposition(|moment| moment.words == read);
        let earlier =
            &left.moments[earlier.unwrap_or_else(|| panic!("byte {at} makes a moment that never was"))];
        assert_eq!(desk.entries().unwrap(), earlier.entries);
        let is_told = matches!(desk.last_seen(), LastSeen::Older { .. });
        assert_eq!(is_told, earlier.entries < left.noted, "byte {at}");
        if is_told {
            told += 1;
        } else {
            untold += 1;
        }
        if at.is_multiple_of(8) {
            assert!(desk.verify().unwrap().is_content(), "byte {at}");
        }
    }
    // What was lost before the note and what was lost after it.
    assert!(told > OF_THE_JOURNAL / 10 && untold > OF_THE_JOURNAL / 10, "{told} {untold}");
}
