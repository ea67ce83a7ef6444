//! What a locked desk leaves in memory: a second process (this test program once more, running the one test that opens
//! a desk and locks it) is read from outside by way of `/proc/<pid>/mem`.
//!
//! A secret is looked for in pieces, because whoever frees memory writes over its first bytes.

mod memory;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::keys::{Passphrase, Work};
use dsl_desk::cabinet::table::concern::Pile;
use dsl_desk::desk::request::SetUp;
use dsl_desk::desk::worker::{self, Clock, Service, Ticket};
use dsl_desk::desk::{Act, Reply, Request};
use dsl_desk::domain::cabinet::CabinetName;
use dsl_desk::domain::contact::{ContactDetails, Number};
use dsl_desk::domain::ids::PersonId;
use dsl_desk::domain::person::Right;
use zeroize::Zeroizing;

use crate::support::{ALL, PASSPHRASE, Place, THEIRS, World, amina, asked, minutes, passphrase};
use memory::Secrets;

const FOLDER: &str = "WIPED_FOLDER";
const PERSON: &str = "WIPED_PERSON";
/// Everything else on its output is the test harness's.
const SAYS: &str = "the desk is ";
/// A machine that is busy with other things takes its time.
const PATIENCE: Duration = Duration::from_mins(2);
/// The entries of the desk are older than this, so that a backup is due and runs beside the work.
const TWO_DAYS: i64 = 2 * 24 * 60;

/// The desk of somebody's child process, who gives the passphrase and says when to go on; otherwise one of its own.
#[test]
fn opens_and_locks() {
    let Some(folder) = env::var_os(FOLDER) else {
        let place = World::new().close();
        let mut asks = Asks::of(place.folder.clone());
        asks.opens_and_works(&amina(), passphrase());
        return asks.locks();
    };
    let mut asks = Asks::of(Folder::new(folder));
    let mut told = File::from(io::stdin().as_fd().try_clone_to_owned().unwrap());
    asks.opens_and_works(&PersonId(env::var(PERSON).unwrap()), read_passphrase(&mut told));
    says("open");
    read_passphrase(&mut told);
    asks.locks();
    says("locked");
    read_passphrase(&mut told);
}

/// Straight from the pipe, with no buffer in between that would keep a copy.
fn read_passphrase(from: &mut File) -> Passphrase {
    let mut line = Zeroizing::new([0; 128]);
    let length = from.read(line.as_mut_slice()).unwrap();
    Passphrase::new(Box::from(str::from_utf8(&line[..length]).unwrap()))
}

fn says(what: &str) {
    println!("{SAYS}{what}");
}

/// A worker as the screens have one.
struct Asks {
    requests: Sender<(Ticket, Request)>,
    replies: Receiver<Reply>,
}

impl Asks {
    fn of(folder: Folder) -> Self {
        let minute = AtomicI64::new(TWO_DAYS);
        let clock = Clock::new(move || minutes(minute.fetch_add(1, Ordering::Relaxed)));
        let (says, replies) = mpsc::channel();
        let service = Service::new(folder, Work::Token, clock);
        let (requests, _) = worker::spawn(service, move |_, reply| drop(says.send(reply)), || {}, || {});
        Self { requests, replies }
    }

    fn is_told(&mut self, request: Request) -> Reply {
        self.requests.send((Ticket(0), request)).unwrap();
        self.replies.recv_timeout(PATIENCE).unwrap()
    }

    fn asks(&mut self, request: Request) -> Reply {
        match self.is_told(request) {
            Reply::Failed(why) => panic!("{why}"),
            reply => reply,
        }
    }

    fn opens_and_works(&mut self, person: &PersonId, passphrase: Passphrase) {
        if matches!(self.asks(Request::Who), Reply::NoDesk) {
            // Nothing comes after it that would take the places of what is left.
            let set_up = self.asks(Request::SetUp(Box::new(SetUp { passphrase, ..asked() })));
            return assert!(matches!(set_up, Reply::Open(_)));
        }
        let opened = self.asks(Request::Unlock { person: person.clone(), passphrase: passphrase.clone() });
        let Reply::Open(info) = opened else { panic!("it opens") };
        self.works();
        if info.opens_both {
            self.asks(Request::OtherCabinet);
            let turned = self.asks(Request::Who);
            assert!(matches!(turned, Reply::Open(info) if info.cabinet == CabinetName::Senior));
            self.works();
            let inbox = self.asks(Request::Inbox { pile: Pile::Waiting, narrow: String::new(), window: ALL });
            assert!(matches!(inbox, Reply::Inbox(page) if page.total == 1), "the sealed report was opened");
        } else {
            self.changes_every_key(person, passphrase);
        }
    }

    /// Seals her own keys anew, and removes whoever else is a person of the desk: the cabinet gets another key.
    fn changes_every_key(&mut self, me: &PersonId, passphrase: Passphrase) {
        let passphrases = Request::ChangePassphrase { old: passphrase.clone(), new: passphrase };
        assert!(matches!(self.asks(passphrases), Reply::PeopleChanged));
        let Reply::Members(members) = self.asks(Request::Members) else { panic!("there are people") };
        for other in members.listed.into_iter().map(|listed| listed.person.person).filter(|other| other != me)
        {
            let removal = || Request::RemovePerson { person: other.clone(), reason: "Has left".into() };
            // Not while a backup is made.
            let end = Instant::now() + PATIENCE;
            while let Reply::Failed(why) = self.is_told(removal()) {
                assert!(Instant::now() < end, "{why}");
            }
        }
    }

    fn works(&mut self) {
        for _ in 0..4 {
            self.asks(Request::Look);
        }
        let details = ContactDetails {
            service: "Early help".into(),
            numbers: vec![Number { number: "0116 496 0001".into(), ..Number::default() }],
            ..ContactDetails::default()
        };
        let saved = self.asks(Request::Act { act: Act::AddContact(Box::new(details)), draft: None });
        assert!(matches!(saved, Reply::Saved(_)));
    }

    fn locks(&mut self) {
        assert!(matches!(self.asks(Request::Lock), Reply::Locked));
    }
}

/// The process that [`opens_and_locks`].
struct Desk {
    process: Child,
    tells: ChildStdin,
    said: Receiver<String>,
}

impl Desk {
    fn open(place: &Place, person: &PersonId, passphrase: &str) -> Self {
        let mut process = Command::new(env::current_exe().unwrap())
            .args(["--exact", "desk::wiped::opens_and_locks", "--nocapture"])
            .env(FOLDER, place.folder.root())
            .env(PERSON, &person.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let (says, said) = mpsc::channel();
        thread::spawn(move || {
            let said = lines.filter_map(|line| Some(line.split_once(SAYS)?.1.to_owned()));
            said.for_each(|what| drop(says.send(what)));
        });
        let tells = process.stdin.take().unwrap();
        let mut desk = Self { process, tells, said };
        desk.goes_on(passphrase, "open");
        desk
    }

    fn lock(&mut self) {
        self.goes_on("go on", "locked");
    }

    fn goes_on(&mut self, told: &str, until: &str) {
        self.tells.write_all(told.as_bytes()).unwrap();
        assert_eq!(self.said.recv_timeout(PATIENCE).expect("it goes on"), until);
    }

    /// What of all that can be found in its memory.
    fn holds(&self, secrets: &Secrets) -> BTreeSet<String> {
        secrets.held_by(self.process.id())
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// The database key is not among them: SQLCipher itself keeps it masked.
fn is_open(held: &BTreeSet<String>) -> bool {
    ["age key, raw", "signing key, raw"].iter().all(|key| held.iter().any(|found| found.starts_with(key)))
}

#[test]
fn a_locked_desk_holds_no_key() {
    let mut world = World::new();
    world.concern("Zoë Marsh", Some("2014-03-02"));
    let place = world.close();
    place.admit("Grace Osei", Right::Deputy);
    let before = Secrets::of(&[&place.folder], &amina(), PASSPHRASE);
    let mut desk = Desk::open(&place, &amina(), PASSPHRASE);
    assert!(is_open(&desk.holds(&before)));
    let after = Secrets::of(&[&place.folder], &amina(), PASSPHRASE);
    assert!(before != after, "the cabinet has another key");
    desk.lock();
    assert_eq!(desk.holds(&before), BTreeSet::new());
    assert_eq!(desk.holds(&after), BTreeSet::new());
}

#[test]
fn nor_does_one_that_was_just_set_up() {
    let place = Place::empty();
    let mut desk = Desk::open(&place, &amina(), PASSPHRASE);
    let secrets = Secrets::of(&[&place.folder], &amina(), PASSPHRASE);
    desk.lock();
    assert_eq!(desk.holds(&secrets), BTreeSet::new());
}

#[test]
fn nor_does_one_of_two_cabinets() {
    let place = World::new().close();
    let chief = place.admit("Rosalind Amery", Right::Senior);
    let report = serde_json::json!({
        "format": "dsl-desk.concern/1", "about": "staff", "staff": {"name": "Amina Khan", "is_dsl": true},
        "reporter": {"name": "Pat Tester"}, "account": {"what": "Something that was seen"},
    });
    fs::write(place.folder.incoming().join("report.json"), report.to_string()).unwrap();
    let senior = place.folder.with(CabinetName::Senior);
    let secrets = Secrets::of(&[&place.folder, &senior], &chief, THEIRS);
    let mut desk = Desk::open(&place, &chief, THEIRS);
    assert!(is_open(&desk.holds(&secrets)));
    desk.lock();
    assert_eq!(desk.holds(&secrets), BTreeSet::new());
}
