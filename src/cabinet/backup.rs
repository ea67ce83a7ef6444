//! Backups: copies of the record that are whole, with the key files beside them.
//!
//! ```text
//! backups/2026-11-26T1405/    shaped like a desk: whatever opens a desk opens a backup
//!   people/*.toml             who may open it, under their passphrases of then
//!   cabinets/general.keys     its keys, sealed to them
//!   cabinets/general.db       a whole SQLCipher file, its journal folded in
//!   backup.toml               when it was made, of which record, and how far that went
//! ```
//!
//! A backup is of one cabinet. Those of the senior cabinet lie in `backups/senior/`, and only its members make them.
//!
//! SQLCipher's backup interface copies a page that is not authentic as an empty one, and says nothing; the copy of it
//! is authentic. So every page of the record is checked before it is copied, and every page of the copy after it.
//!
//! A copy is made under the name `unfinished-…`. It gets its good name when it has been opened by its own key files,
//! every page of it is authentic, its head is the record's, and all of it is on the disk. Whoever is killed before
//! leaves an unfinished one, which the next backup clears away.

mod keeping;
pub mod note;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::error::{Error, Result};
use super::files::{self, Folder, Held};
use super::keys::{CabinetKeys, Identity, PersonFile};
use super::{Access, Cabinet, ledger, sqlite, verify};
use crate::domain::cabinet::CabinetName;
use crate::domain::ids::PersonId;
pub use note::{Kept, Note, kept};

/// Says how many bytes are free where a folder lies. Passed in, so that a test can have a full disk.
pub type Room = fn(&Path) -> io::Result<u64>;

/// What the system says.
pub fn free_space(folder: &Path) -> io::Result<u64> {
    fs4::available_space(folder)
}

/// Pages that are copied between two questions whether to go on: less than half a megabyte.
const PAGES: std::ffi::c_int = 100;

/// What key files, folders and the note take beside the database, and more.
const BESIDE: u64 = 1024 * 1024;

/// A backup that somebody wants.
pub struct Order {
    pub folder: Folder,
    pub person: PersonId,
    pub identity: Arc<Identity>,
    /// Where; otherwise among the desk's own.
    pub into: Option<PathBuf>,
    pub now: DateTime<Utc>,
    pub room: Room,
    pub check: Check,
}

impl Order {
    /// Backups of the two cabinets never stand in one list.
    fn place(&self) -> PathBuf {
        match (&self.into, self.folder.cabinet()) {
            (None, _) => self.folder.backups(),
            (Some(into), CabinetName::General) => into.clone(),
            (Some(into), CabinetName::Senior) => into.join(CabinetName::Senior.label()),
        }
    }
}

/// How a copy is checked before it is called good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// It opens, every page is authentic, and its head is the record's.
    Opened,
    /// Besides, every entry is replayed. A large desk takes minutes.
    Replayed,
}

/// Whether to go on with a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    On,
    Stop,
}

/// Makes a backup, and removes those among the desk's own that are one too many. `go` is asked every few pages. The
/// record is read through a connection of its own and at one moment: nobody who writes meanwhile waits for it.
pub fn make(order: &Order, mut go: impl FnMut() -> Go) -> Result<Kept> {
    // The key files that are copied must be those of the record, for as long as that takes.
    let _held = Held::together(&order.folder.open_lock())?.ok_or(Error::PeopleBusy)?;
    let keys = CabinetKeys::unseal(&order.folder.keys(), &order.identity)?;
    let ((mut db, access), keys) = keys.fit(|keys| sqlite::open(&order.folder.database(), keys))?;
    sqlite::keep_few_pages(&db)?;
    let into = &order.place();
    files::private_folder(into)?;
    let alone = alone(order)?;
    // What is folded into the file is checked with it, and stays as it is while this moment is read.
    if access == Access::Write {
        sqlite::checkpoint_if_free(&mut db)?;
    }
    let moment = db.unchecked_transaction()?;
    let note = Note::of(&moment, order.now)?;
    if alone.is_some() {
        keeping::clear_unfinished(into, &note);
    }
    fits(order.room, into, &moment)?;
    if !is_authentic(&moment)? {
        return Err(Error::DamagedRecord);
    }
    if go() == Go::Stop {
        return Err(Error::GivenUp);
    }
    let unfinished = Unfinished::begin(into, order.folder.cabinet(), &note)?;
    let note = unfinished.fill(order, &moment, &keys, note, go)?;
    let kept = unfinished.call_good(into, note)?;
    if order.into.is_none() {
        keeping::remove_surplus(into, &kept);
    }
    Ok(kept)
}

/// One backup of a desk at a time. A disk on which no lock can be made is full or read-only: that is when somebody
/// names another.
fn alone(order: &Order) -> Result<Option<fs::File>> {
    match files::lock(&order.folder.backups().join(".lock")) {
        Ok(Some(lock)) => Ok(Some(lock)),
        Ok(None) => Err(Error::BackingUp),
        Err(_) if order.into.is_some() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Where the room is not known, the disk itself will say.
fn fits(room: Room, into: &Path, db: &Connection) -> Result<()> {
    let pages: u64 = db.query_row("PRAGMA page_count", [], |row| row.get(0))?;
    // SQLCipher gives the number as text; one that cannot be read is the usual one.
    let page: String = db.query_row("PRAGMA cipher_page_size", [], |row| row.get(0))?;
    let takes = pages * page.parse().unwrap_or(4096) + BESIDE;
    match room(into) {
        Ok(free) if free < takes => Err(Error::NoRoom { takes, free }),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Whether every page is. One that another desk is folding in just then looks damaged too, but not the next time.
fn is_authentic(record: &Connection) -> Result<bool> {
    let faults = verify::failing_pages(record)?;
    Ok(verify::failing_still(record, faults)?.is_empty())
}

/// A copy that is not good yet. Dropped, it is gone.
struct Unfinished {
    at: Folder,
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // One that got its good name is not here any more; what cannot be removed is removed next time.
        drop(fs::remove_dir_all(self.at.root()));
    }
}

impl Unfinished {
    fn begin(into: &Path, cabinet: CabinetName, note: &Note) -> Result<Self> {
        let at = Self { at: Folder::new(into.join(note.unfinished_name())).with(cabinet) };
        for folder in [at.at.root(), &at.at.people(), &at.at.cabinets()] {
            files::private_folder(folder)?;
        }
        Ok(at)
    }

    /// Copies everything, and checks it.
    fn fill(
        &self,
        order: &Order,
        record: &Connection,
        keys: &CabinetKeys,
        note: Note,
        go: impl FnMut() -> Go,
    ) -> Result<Note> {
        let (from, to) = (&order.folder, &self.at);
        for file in files::plain_files(&from.people(), "toml")? {
            if let Some(name) = file.file_name() {
                files::copy_private(&file, &to.people().join(name))?;
            }
        }
        files::copy_private(&from.keys(), &to.keys())?;
        copy(record, &to.database(), keys, go)?;
        let note = note.with_size_of(&to.database())?;
        note.write(to.root())?;
        for folder in [to.people(), to.cabinets(), to.root().to_owned()] {
            files::sync_folder(&folder)?;
        }
        check(order, to, &note)?;
        Ok(note)
    }

    fn call_good(self, into: &Path, note: Note) -> Result<Kept> {
        let path = keeping::free_name(into, &note);
        files::put_in_place(self.at.root(), &path)?;
        Ok(Kept { path, note })
    }
}

fn copy(from: &Connection, to: &Path, keys: &CabinetKeys, mut go: impl FnMut() -> Go) -> Result<()> {
    let mut copy = sqlite::create_copy(to, keys)?;
    let backup = Backup::new(from, &mut copy)?;
    loop {
        match backup.step(PAGES)? {
            StepResult::Done => break,
            StepResult::More if go() == Go::On => {}
            StepResult::More => return Err(Error::GivenUp),
            // Nobody else knows the copy, and the record is read at one moment.
            _ => return Err(Error::Busy),
        }
    }
    drop(backup);
    copy.close().map_err(|(_, error)| error)?;
    files::sync_file(to)
}

/// Opens a copy by nothing but what lies in it. Where it is not good, neither are the key files that were copied.
fn check(order: &Order, copy: &Folder, note: &Note) -> Result<()> {
    PersonFile::load(copy, &order.person)?;
    let keys = CabinetKeys::unseal(&copy.keys(), &order.identity)?;
    let (db, keys) = keys.fit(|keys| sqlite::open_copy(&copy.database(), keys))?;
    sqlite::keep_few_pages(&db)?;
    if !note.is_head_of(&db)? || !verify::failing_pages(&db)?.is_empty() {
        return Err(Error::BadCopy);
    }
    drop(db);
    if order.check == Check::Opened {
        return Ok(());
    }
    let signer = order.identity.signer(order.person.clone());
    let cabinet = Cabinet::open_copy(&copy.database(), &keys, signer)?;
    if verify::verify(&cabinet)?.is_content() { Ok(()) } else { Err(Error::BadCopy) }
}

/// The newest backup of this very record among those of a folder. One of another desk, or of entries that this record
/// has lost by going back, keeps nothing of it.
pub fn newest_of(folder: &Path, cabinet: &Cabinet) -> Result<Option<Note>> {
    let mut newest: Option<Note> = None;
    // The newest come first, and the first of several that go equally far is the one.
    for Kept { note, .. } in kept(folder) {
        let further = newest.as_ref().is_none_or(|other| note.entries > other.entries);
        if further && note.is_of(cabinet.db())? {
            newest = Some(note);
        }
    }
    Ok(newest)
}

/// When the first entry was recorded that a backup does not have.
pub fn unsaved_since(cabinet: &Cabinet, note: Option<&Note>) -> Result<Option<DateTime<Utc>>> {
    let next = note.map_or(1, |note| note.entries.0 + 1);
    Ok(ledger::mark(cabinet.db(), crate::domain::ids::Seq(next))?.map(|(_, at)| at))
}
