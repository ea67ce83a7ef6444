//! Going back to a backup. The present record is set aside and never overwritten.
//!
//! ```text
//! restore-unfinished/           a copy of the backup while it is checked; the backup itself is only read
//! restoring-2026-11-26T1405/    checked and wanted: from here on the next start finishes what was cut off
//! set-aside-2026-11-26T1405/    the people/ and cabinets/ that were there; shaped like a desk, so they can be opened
//! ```

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::backup::{Note, Room, note};
use super::error::{Error, Result};
use super::files::{self, Folder};
use super::keys::{CabinetKeys, Identity, Passphrase, PersonFile};
use super::{Cabinet, Journal, ledger, sqlite, verify};
use crate::domain::cabinet::CabinetName;
use crate::domain::ids::{PersonId, Seq};

const UNFINISHED: &str = "restore-unfinished";
const WANTED: &str = "restoring-";
const ASIDE: &str = "set-aside-";
/// What a desk is made of, apart from what arrives and its backups.
const PARTS: [&str; 2] = ["people", "cabinets"];
/// What is copied of a cabinet, by the ending. A journal that lies beside a database holds its newest records (R6).
const CABINET: [&str; 3] = ["keys", "db", "db-wal"];
/// What else stays with the cabinet that is not gone back with.
const STAYS: [&str; 4] = ["keys", "db", "db-wal", "seen"];
/// What key files and folders take beside the database, and more.
const BESIDE: u64 = 1024 * 1024;

/// What is there now, beside the backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Present {
    /// No desk.
    Nothing,
    /// The same record, gone on for so many entries.
    Further(i64),
    /// The same record, which the backup has so many entries more of.
    Behind(i64),
    /// Another record.
    Another,
    /// The keys of the backup do not open it, or it is damaged.
    Closed,
}

/// A backup that was checked and can be put in place. Dropped, it is gone and nothing was changed.
pub struct Checked {
    desk: Folder,
    copy: Folder,
    pub made_at: Option<DateTime<Utc>>,
    pub entries: Seq,
    pub head: String,
    pub present: Present,
    _alone: [File; 3],
}

impl Drop for Checked {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(self.copy.root()));
    }
}

impl Checked {
    /// Opens a copy of the backup as one of its people and replays every entry. Refused while anybody has the desk
    /// open, and nobody opens it until this is dropped: what is said of the present record stays true.
    pub fn of(
        desk: &Folder,
        backup: &Folder,
        person: &PersonId,
        passphrase: Passphrase,
        room: Room,
    ) -> Result<Self> {
        let identity = PersonFile::load(backup, person)?.unlock(passphrase)?;
        files::private_folder(desk.root())?;
        let alone = alone(desk)?;
        refuse_between(desk)?;
        let copy = Folder::new(desk.root().join(UNFINISHED)).with(desk.cabinet());
        drop(fs::remove_dir_all(copy.root()));
        let mut checked = Self {
            desk: desk.clone(),
            copy,
            made_at: None,
            entries: Seq(0),
            head: String::new(),
            present: Present::Nothing,
            _alone: alone,
        };
        checked.fill(backup, room)?;
        checked.check(backup, &identity, person).map_err(|error| match error {
            Error::NotACabinet => Error::BadBackup,
            error => error,
        })?;
        Ok(checked)
    }

    fn fill(&self, backup: &Folder, room: Room) -> Result<()> {
        let wanted = self.wanted(backup);
        let takes = BESIDE + wanted.values().filter_map(|file| size(file)).sum::<u64>();
        match room(self.desk.root()) {
            Ok(free) if free < takes => return Err(Error::NoRoomToRestore { takes, free }),
            Ok(_) | Err(_) => {}
        }
        for folder in [self.copy.people(), self.copy.cabinets()] {
            files::private_folder(&folder)?;
        }
        wanted.iter().try_for_each(|(to, from)| files::copy_private(from, to))
    }

    /// Where each file goes, and where it comes from. The other cabinet stays as it is, and so do the people files of
    /// whoever opens only that: the safeguarding team's backup knows nothing of either.
    fn wanted(&self, backup: &Folder) -> BTreeMap<PathBuf, PathBuf> {
        let mut wanted = BTreeMap::new();
        let cabinets = [(backup, CABINET.as_slice()), (&self.other_cabinet(), STAYS.as_slice())];
        for (from, endings) in cabinets {
            for from in endings.iter().map(|ending| from.database().with_extension(ending)) {
                let is_file = fs::symlink_metadata(&from).is_ok_and(|file| file.is_file());
                let name = from.file_name().filter(|_| is_file).map(|name| self.copy.cabinets().join(name));
                wanted.extend(name.map(|to| (to, from)));
            }
        }
        // The first to name a file has it.
        let people = match self.desk.cabinet() {
            CabinetName::General if self.other_cabinet().exists() => vec![backup, &self.desk],
            CabinetName::General => vec![backup],
            CabinetName::Senior => vec![&self.desk, backup],
        };
        for file in people.into_iter().flat_map(people_files) {
            if let Some(name) = file.file_name() {
                wanted.entry(self.copy.people().join(name)).or_insert(file);
            }
        }
        wanted
    }

    fn other_cabinet(&self) -> Folder {
        self.desk.with(self.desk.cabinet().other())
    }

    fn check(&mut self, backup: &Folder, identity: &Identity, person: &PersonId) -> Result<()> {
        // Where the people files stay as they are, they must open what comes back.
        if PersonFile::load(&self.copy, person)?.recipient != PersonFile::load(backup, person)?.recipient {
            return Err(Error::OtherKeysSince);
        }
        let keys = CabinetKeys::unseal(&self.copy.keys(), identity)?;
        let database = self.copy.database();
        // Opened as a desk, so that one of an older program is brought up to date.
        let (cabinet, _) =
            keys.fit(|keys| Cabinet::open(&database, keys, identity.signer(person.clone())))?;
        let note = Note::read(backup.root());
        let holds_what_it_held = match &note {
            Some(note) => note.is_of(cabinet.db())?,
            None => true,
        };
        if !holds_what_it_held || !verify::verify(&cabinet)?.is_content() {
            return Err(Error::BadBackup);
        }
        let head = ledger::head(cabinet.db())?;
        self.present = present(&self.desk, identity, &head, cabinet.db());
        self.made_at = note.map(|note| note.made_at);
        (self.entries, self.head) = (head.seq, head.hash);
        if cabinet.settle()? == Journal::Kept {
            return Err(Error::Busy);
        }
        drop(cabinet);
        files::sync_file(&database)?;
        PARTS.iter().try_for_each(|part| files::sync_folder(&self.copy.root().join(part)))?;
        files::sync_folder(self.copy.root())
    }

    /// Sets the present desk aside and puts the copy in its place; says where the old one is, if there was one.
    pub fn put_in_place(self, now: DateTime<Utc>) -> Result<Option<PathBuf>> {
        let root = self.desk.root();
        let wanted = root.join(format!("{WANTED}{}", free_name(root, now)));
        // From here on it is done, if not now, then at the next start.
        files::put_in_place(self.copy.root(), &wanted)?;
        go_on(root, &wanted)
    }
}

/// None where there is no desk.
fn people_files(folder: &Folder) -> Vec<PathBuf> {
    files::plain_files(&folder.people(), "toml").unwrap_or_default()
}

fn size(file: &Path) -> Option<u64> {
    fs::metadata(file).ok().map(|file| file.len())
}

/// Two restores at once would set each other aside; a change of people would be half set aside; and whoever has the
/// desk open would go on writing into what was. None of these locks lies in what is set aside.
fn alone(desk: &Folder) -> Result<[File; 3]> {
    let lock = |path: &Path, taken: Error| files::lock(path)?.ok_or(taken);
    Ok([
        lock(&desk.root().join(".restore.lock"), Error::Restoring)?,
        lock(&desk.people_lock(), Error::PeopleBusy)?,
        lock(&desk.open_lock(), Error::OpenElsewhere)?,
    ])
}

/// How the record in place and that of a backup lie to each other.
fn present(desk: &Folder, identity: &Identity, backup: &ledger::Head, copy: &Connection) -> Present {
    if !desk.exists() && !desk.keys().exists() {
        return Present::Nothing;
    }
    compare(desk, identity, backup, copy).unwrap_or(Present::Closed)
}

fn compare(desk: &Folder, identity: &Identity, backup: &ledger::Head, copy: &Connection) -> Result<Present> {
    let keys = CabinetKeys::unseal(&desk.keys(), identity)?;
    let ((db, _), _) = keys.fit(|keys| sqlite::open(&desk.database(), keys))?;
    let here = ledger::head(&db)?;
    let has = |record: &Connection, head: &ledger::Head| -> Result<bool> {
        Ok(ledger::mark(record, head.seq)?.is_some_and(|(hash, _)| hash == head.hash))
    };
    Ok(if has(&db, backup)? {
        Present::Further(here.seq.0 - backup.seq.0)
    } else if has(copy, &here)? {
        Present::Behind(backup.seq.0 - here.seq.0)
    } else {
        Present::Another
    })
}

/// The moment as a name, with a number where there is a folder of that name already.
fn free_name(root: &Path, now: DateTime<Utc>) -> String {
    let name = note::name(now);
    let is_free = |name: &String| {
        [WANTED, ASIDE].iter().all(|kind| fs::symlink_metadata(root.join(format!("{kind}{name}"))).is_err())
    };
    let numbered = (2_u32..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.clone()).chain(numbered).find(is_free).unwrap_or(name)
}

/// What was wanted and is not done yet.
fn wanted(root: &Path) -> Option<PathBuf> {
    let is_folder = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
    let folders = fs::read_dir(root).ok()?.flatten().filter(is_folder);
    folders.map(|entry| entry.path()).find(|path| name_of(path).starts_with(WANTED))
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A desk that is half put in place is neither opened nor set up.
pub fn refuse_between(desk: &Folder) -> Result<()> {
    wanted(desk.root()).map_or(Ok(()), |_| Err(Error::Restoring))
}

/// Finishes a restore that was cut off after it was wanted; says where what was there before lies, as `Some(None)`
/// where there was nothing. None where there is nothing to finish.
pub fn finish(desk: &Folder) -> Result<Option<Option<PathBuf>>> {
    if wanted(desk.root()).is_none() {
        return Ok(None);
    }
    let _alone = alone(desk)?;
    // Whoever held the lock may have finished.
    wanted(desk.root()).map(|wanted| go_on(desk.root(), &wanted)).transpose()
}

/// Each step is taken once, however often this is begun.
fn go_on(root: &Path, wanted: &Path) -> Result<Option<PathBuf>> {
    let moment = name_of(wanted);
    let aside = root.join(format!("{ASIDE}{}", moment.trim_start_matches(WANTED)));
    for part in PARTS {
        let (new, place, old) = (wanted.join(part), root.join(part), aside.join(part));
        if !new.exists() {
            continue;
        }
        if place.exists() && !old.exists() {
            files::private_folder(&aside)?;
            files::put_in_place(&place, &old)?;
            files::sync_folder(root)?;
        }
        if place.exists() {
            return Err(Error::InTheWay(place));
        }
        files::put_in_place(&new, &place)?;
    }
    // Empty now; were it not, it would stay, and the desk closed.
    fs::remove_dir(wanted).map_err(Error::file("The folder", "removed", wanted))?;
    files::sync_folder(root)?;
    Ok(aside.exists().then_some(aside))
}
