//! A desk in a folder of its own, at a fixed time, and the ways to look behind its back.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, TimeZone as _, Utc};
use chrono_tz::Europe::London;
use dsl_desk::cabinet::backup::{self, Check, Go, Kept, Order, free_space};
use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::keys::{Passphrase, PersonFile, Work};
use dsl_desk::desk::act::Saved;
use dsl_desk::desk::answer::ArrivalOutcome;
use dsl_desk::desk::people::{Keeper, NewPerson};
use dsl_desk::desk::request::{SetUp, Window};
use dsl_desk::desk::{Act, Desk, setup};
use dsl_desk::domain::child::ChildDetails;
use dsl_desk::domain::closing::Gap;
use dsl_desk::domain::concern::{NamedChild, Part1, Reporter};
use dsl_desk::domain::decision::{Closed, Decision, Excused};
use dsl_desk::domain::ids::{ChildId, ConcernId, PersonId};
use dsl_desk::domain::moment::Moment;
use dsl_desk::domain::person::Right;
use dsl_desk::domain::text::Text;
use ed25519_dalek::{Signer as _, SigningKey};
use rusqlite::{Connection, params};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

pub(crate) const PASSPHRASE: &str = "copper kettle harbour nine";
/// The passphrase of everybody whom Amina admits.
pub(crate) const THEIRS: &str = "lantern walnut bicycle six";
pub(crate) const ALL: Window = Window { offset: 0, limit: 1000 };

/// Friday 20 November 2026, 15:30 in London.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-20T15:30:00Z".parse().unwrap()
}

/// The day of it.
pub(crate) fn today() -> NaiveDate {
    now().date_naive()
}

pub(crate) fn minutes(later: i64) -> DateTime<Utc> {
    now() + Duration::minutes(later)
}

pub(crate) fn amina() -> PersonId {
    PersonId("amina-khan".to_owned())
}

pub(crate) fn passphrase() -> Passphrase {
    Passphrase::from(PASSPHRASE)
}

pub(crate) fn theirs() -> Passphrase {
    Passphrase::from(THEIRS)
}

pub(crate) fn asked() -> SetUp {
    SetUp {
        organisation: Text::from("Abbey Fields School"),
        name: Text::from("Amina Khan"),
        role: Text::from("Designated Safeguarding Lead"),
        receiver: None,
        passphrase: passphrase(),
    }
}

/// A new desk and the folder that goes when the test ends.
pub(crate) struct World {
    pub(crate) desk: Desk,
    pub(crate) at: Place,
}

/// Where a desk lies.
pub(crate) struct Place {
    pub(crate) folder: Folder,
    dir: tempfile::TempDir,
}

impl World {
    pub(crate) fn new() -> Self {
        let at = Place::empty();
        let desk = setup::set_up(at.folder.clone(), asked(), Work::Token, now()).unwrap();
        Self { desk, at }
    }

    /// Closes the desk and leaves its folder.
    pub(crate) fn close(self) -> Place {
        drop(self.desk);
        self.at
    }

    pub(crate) fn act(&mut self, act: &Act) -> Saved {
        self.desk.act(act, None, now()).unwrap()
    }

    /// Takes a concern about one child in; gives its number.
    pub(crate) fn concern(&mut self, name: &str, born: Option<&str>) -> i64 {
        self.act(&Act::TypeIn(Box::new(part1(name, born)))).concern.unwrap().0
    }

    /// Opens a child's details as they stand and puts others in their place.
    pub(crate) fn corrects_child(&mut self, child: ChildId, details: ChildDetails, reason: &str) {
        let before = Box::new(self.desk.sheet(child).unwrap().child.details);
        let (details, reason) = (Box::new(details), reason.into());
        self.act(&Act::CorrectChild { child, before, details, reason });
    }

    pub(crate) fn import(&mut self, name: &str, contents: &str) -> Vec<ArrivalOutcome> {
        let path = self.at.dir.path().join(name);
        fs::write(&path, contents).unwrap();
        self.desk.import(&path, now()).arrived
    }

    pub(crate) fn problems(&self) -> Vec<String> {
        self.desk.verify().unwrap().problems
    }
}

impl Place {
    pub(crate) fn empty() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { folder: Folder::new(dir.path().join("desk")), dir }
    }

    pub(crate) fn open(&self) -> dsl_desk::cabinet::Result<Desk> {
        Desk::open(self.folder.clone(), &amina(), passphrase())
    }

    /// Another desk with the same files.
    pub(crate) fn copied(&self) -> Self {
        let copy = Self::empty();
        copy.folder.create().unwrap();
        for folder in ["people", "cabinets"] {
            for entry in fs::read_dir(self.folder.root().join(folder)).unwrap() {
                let path = entry.unwrap().path();
                fs::copy(&path, copy.folder.root().join(folder).join(path.file_name().unwrap())).unwrap();
            }
        }
        copy
    }

    pub(crate) fn keeper(&self) -> Keeper {
        Keeper::open(self.folder.clone(), &amina(), passphrase()).unwrap()
    }

    /// Opens the desk as somebody whom [`Self::admit`] admitted.
    pub(crate) fn open_as(&self, person: &PersonId) -> dsl_desk::cabinet::Result<Desk> {
        Desk::open(self.folder.clone(), person, theirs())
    }

    /// Amina admits somebody, whose passphrase is [`THEIRS`].
    pub(crate) fn admit(&self, name: &str, right: Right) -> PersonId {
        let new = NewPerson { name: name.into(), role: "Colleague".into(), right };
        self.keeper().add(&new, theirs(), Work::Token, now()).unwrap().person
    }

    pub(crate) fn person_file(&self) -> PathBuf {
        self.folder.people().join("amina-khan.toml")
    }

    /// The database with nothing but rusqlite, and the key as stock `age` gives it.
    pub(crate) fn bare(&self) -> Connection {
        let db = Connection::open(self.folder.database()).unwrap();
        db.pragma_update(None, "key", format!("x'{}'", self.raw_key())).unwrap();
        db
    }

    /// Appends a line as somebody with a program of their own can, who has the cabinet's key and some signing key.
    pub(crate) fn forge(&self, author: &PersonId, kind: &str, body: &Value, signed_with: &SigningKey) -> i64 {
        let db = self.bare();
        let newest = "SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1";
        let (seq, prev): (i64, String) =
            db.query_row(newest, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let (seq, at) = (seq + 1, "2026-11-20T16:00:00.000Z");
        let lines = format!("{seq}\n{at}\n{author}\n{kind}\n{body}\n{prev}\n");
        let hash = hex(&Sha256::digest(lines.as_bytes()));
        let signature = hex(&signed_with.sign(hash.as_bytes()).to_bytes());
        let line = params![seq, at, author.0, kind, body.to_string(), prev, hash, signature];
        db.execute("INSERT INTO ledger VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", line).unwrap();
        seq
    }

    /// Somebody's signing key, as stock `age` and their passphrase give it.
    pub(crate) fn signing_key(&self, person: &PersonId, passphrase: Passphrase) -> SigningKey {
        let identity = identity(&self.folder, person, passphrase);
        let seed = identity.lines().find_map(|line| line.strip_prefix("# ed25519 signing key: ")).unwrap();
        let seed: Vec<u8> =
            (0..64).step_by(2).map(|at| u8::from_str_radix(&seed[at..at + 2], 16).unwrap()).collect();
        SigningKey::from_bytes(&seed.try_into().unwrap())
    }

    pub(crate) fn raw_key(&self) -> String {
        raw_key(&self.folder)
    }

    pub(crate) fn keys_in_the_clear(&self) -> String {
        keys_in_the_clear(&self.folder, &amina(), passphrase())
    }

    /// What a backup is made of.
    pub(crate) fn order(&self, at: DateTime<Utc>) -> Order {
        let identity = PersonFile::load(&self.folder, &amina()).unwrap().unlock(passphrase()).unwrap();
        Order {
            folder: self.folder.clone(),
            person: amina(),
            identity: Arc::new(identity),
            into: None,
            now: at,
            room: free_space,
            check: Check::Opened,
        }
    }

    /// A good backup of the desk as it is, among its own.
    pub(crate) fn backed_up(&self, at: DateTime<Utc>) -> Kept {
        backup::make(&self.order(at), || Go::On).unwrap()
    }

    /// A folder beside the desk.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
}

/// Somebody's private keys, by way of their file and stock `age` alone.
pub(crate) fn identity(folder: &Folder, person: &PersonId, passphrase: Passphrase) -> String {
    let file: toml::Table = fs::read_to_string(folder.person(person)).unwrap().parse().unwrap();
    let passphrase = age::scrypt::Identity::new(passphrase);
    let identity = age::decrypt(&passphrase, file["sealed"].as_str().unwrap().as_bytes()).unwrap();
    String::from_utf8(identity).unwrap()
}

/// The key file, unsealed in the same way.
pub(crate) fn keys_in_the_clear(folder: &Folder, person: &PersonId, passphrase: Passphrase) -> String {
    let identity = identity(folder, person, passphrase);
    let key = identity.lines().find(|line| line.starts_with("AGE-SECRET-KEY-")).unwrap();
    let key: age::x25519::Identity = key.parse().unwrap();
    let keys = age::decrypt(&key, &fs::read(folder.keys()).unwrap()).unwrap();
    String::from_utf8(keys).unwrap()
}

/// The raw key of a desk's database, by way of the key files and stock `age` alone.
pub(crate) fn raw_key(folder: &Folder) -> String {
    let keys: toml::Table = keys_in_the_clear(folder, &amina(), passphrase()).parse().unwrap();
    keys["database"].as_str().unwrap().to_owned()
}

/// All that lies in a folder, and the folder itself.
pub(crate) fn everything_under(path: &Path) -> Vec<PathBuf> {
    let mut found = vec![path.to_owned()];
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            found.extend(everything_under(&entry.unwrap().path()));
        }
    }
    found
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let pair = |byte: &u8| format!("{byte:02x}");
    bytes.iter().map(pair).collect::<Vec<_>>().concat()
}

/// The least that a report says, about one child.
pub(crate) fn part1(name: &str, born: Option<&str>) -> Part1 {
    let mut part1 = Part1 {
        children: vec![named(name, born)],
        incident_at: Some(moment("2026-11-20T09:10")),
        reporter: Reporter { name: "Grace Osei".into(), job_title: "Class teacher".into(), email: None },
        reasons: "Came in without a coat again".into(),
        ..Part1::default()
    };
    part1.account.what = "No coat and no lunch for the third day".into();
    part1
}

/// A concern is closed, with a reason for whatever is missing in it now; nobody looks at it again before the spring.
pub(crate) fn closed(desk: &Desk, concern: ConcernId) -> Act {
    let excuse = |gap: Gap| Excused { missing: gap.says.into(), reason: "It is of long ago.".into() };
    let excused = desk.concern(concern).unwrap().missing().into_iter().map(excuse).collect();
    let (reason, review) = ("Support is in place.".into(), "2027-02-22".parse().unwrap());
    Act::Decide { concern, decision: Decision::Closed(Closed { reason, review, excused }) }
}

pub(crate) fn named(name: &str, born: Option<&str>) -> NamedChild {
    NamedChild {
        name: name.into(),
        date_of_birth: born.map(|day| day.parse().unwrap()),
        form: None,
        school: None,
    }
}

pub(crate) fn moment(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

/// `Fri 27 Nov 2026 16:30` on the wall in London, with a `Z` behind it in UTC.
pub(crate) fn minute(written: &str) -> DateTime<Utc> {
    let (written, is_utc) = written.strip_suffix(" Z").map_or((written, false), |written| (written, true));
    let read = NaiveDateTime::parse_from_str(written, "%a %d %b %Y %H:%M");
    let read = read.unwrap_or_else(|_| panic!("{written} is no minute, or on another weekday"));
    let once = || London.from_local_datetime(&read).single();
    if is_utc { read.and_utc() } else { once().expect("it comes once").with_timezone(&Utc) }
}
