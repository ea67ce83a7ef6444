//! The record: an encrypted database whose ledger is only ever added to, and what the screens read from it.
//!
//! [`Cabinet::record`] is the one way in: it opens a transaction, hands out a [`Writer`], and whatever the writer
//! appends is signed, chained and projected together or not at all. Everything else here reads.
//!
//! The only place that names `rusqlite`, `age` or `hpke`. It knows nothing of files that arrive, screens or commands, and
//! it takes the time of day as an argument.

pub mod backup;
pub mod elsewhere;
pub mod error;
pub mod files;
pub mod ground;
pub mod keys;
pub mod last_seen;
pub mod ledger;
mod migrations;
mod project;
pub mod rekey;
pub mod restore;
pub mod sealed;
mod signature;
mod sqlite;
pub mod table;
pub mod verify;

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::domain::entry::Entry;
use crate::domain::ids::{ChildId, ConcernId, ContactId, FollowUpId, Seq};
use crate::domain::person::{Doing, Person, Right};

pub use error::{Error, Result};
use keys::{CabinetKeys, Signer};
pub use sqlite::{Access, Journal};
use table::restriction::Reader;

/// The database as the tables' functions take it. Other rooms pass it on and never name `rusqlite`.
pub type Db = Connection;

/// An open cabinet and the person who is at it.
pub struct Cabinet {
    db: Connection,
    signer: Signer,
    /// Where it lies, and which file that was.
    place: files::Place,
    access: Access,
}

impl Cabinet {
    /// Makes a new cabinet whose first entry admits its founder.
    pub fn create(
        path: &Path,
        keys: &CabinetKeys,
        signer: Signer,
        founder: &Person,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let mut db = sqlite::create(path, keys)?;
        migrations::run(&mut db)?;
        let mut cabinet = Self { db, signer, place: files::Place::of(path), access: Access::Write };
        cabinet.record(now, |writer| writer.append(&Entry::PersonAdmitted(founder.clone())))?;
        Ok(cabinet)
    }

    /// Opens a cabinet; a file of a newer program is refused, an older one is brought up to date. On a full or
    /// read-only disk it is opened to be read: the numbers to ring are in it.
    pub fn open(path: &Path, keys: &CabinetKeys, signer: Signer) -> Result<Self> {
        // Before it is opened: another that is put in its place meanwhile is another.
        let place = files::Place::of(path);
        let (mut db, access) = sqlite::open(path, keys)?;
        migrations::run(&mut db)?;
        Ok(Self { db, signer, place, access })
    }

    /// Opens a finished copy to be looked at, and leaves it as it is.
    fn open_copy(path: &Path, keys: &CabinetKeys, signer: Signer) -> Result<Self> {
        let db = sqlite::open_copy(path, keys)?;
        Ok(Self { db, signer, place: files::Place::of(path), access: Access::Read })
    }

    pub fn access(&self) -> Access {
        self.access
    }

    /// Refuses to write into a file that nobody will find again.
    pub fn may_write(&self) -> Result<()> {
        match self.access {
            Access::Read => Err(Error::OpenedToRead),
            Access::Write if self.place.is_as_it_was() => Ok(()),
            Access::Write => Err(Error::Moved),
        }
    }

    /// One act of the person at the desk: everything that `write` appends is recorded together, or nothing is.
    pub fn record<T>(
        &mut self,
        now: DateTime<Utc>,
        write: impl FnOnce(&mut Writer) -> Result<T>,
    ) -> Result<T> {
        self.may_write()?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let head = ledger::head(&tx)?;
        // Nobody is known before the founder's own entry.
        let right = if head.seq == Seq(0) { Right::Lead } else { who(&tx, &self.signer)?.right };
        let mut writer = Writer { tx, signer: &self.signer, right, now, head };
        let done = write(&mut writer)?;
        writer.tx.commit()?;
        Ok(done)
    }

    /// Gives a person of the desk other keys. Signed with the recovery key, for whoever has its words.
    pub fn recover(&mut self, now: DateTime<Utc>, person: &Person) -> Result<()> {
        self.may_write()?;
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !is_recovery(&tx, &self.signer)? {
            return Err(Error::WordsReplaced);
        }
        let head = ledger::head(&tx)?;
        let mut writer = Writer { tx, signer: &self.signer, right: Right::Reader, now, head };
        writer.put(&Entry::PersonRecovered(person.clone()))?;
        Ok(writer.tx.commit()?)
    }

    /// Whether it was opened with the words that count.
    pub fn is_opened_to_recover(&self) -> Result<bool> {
        is_recovery(&self.db, &self.signer)
    }

    /// What the tables' own files read from.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The person at the desk as the ledger knows them, whatever their file says; refuses whom it does not know.
    pub fn me(&self) -> Result<Person> {
        who(&self.db, &self.signer)
    }

    /// The same, as far as it decides what they may open.
    pub fn reader(&self) -> Result<Reader> {
        let me = self.me()?;
        Reader::new(&self.db, me.person, me.right)
    }

    /// The person at the desk, by the name of their file.
    pub fn author(&self) -> &crate::domain::ids::PersonId {
        &self.signer.person
    }

    /// Changes whenever another connection has written to the same cabinet.
    pub fn data_version(&self) -> Result<i64> {
        Ok(self.db.query_row("PRAGMA data_version", [], |row| row.get(0))?)
    }

    /// Folds the journal into the file, so that a copy of the file is a whole record (R6); says whether it could.
    pub fn settle(&self) -> Result<Journal> {
        sqlite::checkpoint(&self.db)
    }

    /// The same without waiting for another desk that is reading.
    pub fn settle_if_free(&mut self) -> Result<Journal> {
        sqlite::checkpoint_if_free(&mut self.db)
    }
}

/// The name is that of a file, which anybody can give to another file; the key tells who it is.
fn who(db: &Connection, signer: &Signer) -> Result<Person> {
    let known = table::person::get(db, &signer.person)?;
    known.filter(|known| known.signing_key == signer.public_key()).ok_or(Error::NotKnown)
}

fn is_recovery(db: &Connection, signer: &Signer) -> Result<bool> {
    Ok(table::person::recovery(db)?.is_some_and(|key| key.signing_key == signer.public_key()))
}

fn allow(right: Right, doing: Doing) -> Result<()> {
    if right.may(doing) { Ok(()) } else { Err(Error::NoRight(right.label())) }
}

/// A transaction in progress. Dropped without being committed, it leaves no trace.
pub struct Writer<'c> {
    tx: Transaction<'c>,
    signer: &'c Signer,
    right: Right,
    now: DateTime<Utc>,
    head: ledger::Head,
}

impl Writer<'_> {
    /// Appends one entry, signed and chained, and brings the tables that the screens read up to date.
    pub fn append(&mut self, entry: &Entry) -> Result<Seq> {
        allow(self.right, entry.doing())?;
        self.put(entry)
    }

    fn put(&mut self, entry: &Entry) -> Result<Seq> {
        let line = ledger::append(&self.tx, &self.head, self.signer, self.now, entry)?;
        project::entry(&self.tx, line.seq, &line.recorded_at, &line.author, entry)?;
        self.head = ledger::Head { seq: line.seq, hash: line.hash };
        Ok(line.seq)
    }

    /// Whoever is at the desk, as the ledger knows them.
    pub fn author(&self) -> Result<Person> {
        let person = &self.signer.person;
        table::person::get(&self.tx, person)?.ok_or_else(|| Error::NoPerson(person.to_string()))
    }

    /// The same, as far as it decides what they may open.
    pub fn reader(&self) -> Result<Reader> {
        Reader::new(&self.tx, self.signer.person.clone(), self.right)
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The clock goes on while the act lasts, for whoever writes down years at once; it never goes back.
    pub fn advance(&mut self, now: DateTime<Utc>) {
        self.now = self.now.max(now);
    }

    /// For reading inside the transaction.
    pub fn db(&self) -> &Db {
        &self.tx
    }

    pub fn next_concern(&self) -> Result<ConcernId> {
        self.next("SELECT coalesce(max(id), 0) + 1 FROM concern").map(ConcernId)
    }

    pub fn next_follow_up(&self) -> Result<FollowUpId> {
        table::follow_up::next(&self.tx)
    }

    pub fn next_child(&self) -> Result<ChildId> {
        self.next("SELECT coalesce(max(id), 0) + 1 FROM child").map(ChildId)
    }

    pub fn next_contact(&self) -> Result<ContactId> {
        self.next("SELECT coalesce(max(id), 0) + 1 FROM contact").map(ContactId)
    }

    fn next(&self, sql: &str) -> Result<i64> {
        Ok(self.tx.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }
}
