//! How SQLCipher is opened: the pragmas, in their order, with the reason for each.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use super::error::{Error, Result};
use super::files;
use super::keys::{self, CabinetKeys};

/// How long a save waits for other desks' saves before it says so, at the least: so many tries, so far apart.
const TRIES: i32 = 5_000;
const APART: Duration = Duration::from_millis(1);

/// SQLite's own waiting tries ever more rarely, so that of several desks the one that has waited longest is the last to
/// have its turn: of eight that saved without a pause, one waited for all of the five seconds.
fn has_patience(tries: i32) -> bool {
    thread::park_timeout(APART);
    tries < TRIES
}

/// Pages that stay decrypted in memory. SQLite's own 2 MiB do not hold one long chronology, and every page that is
/// read again is decrypted and authenticated again.
const PAGES_KEPT_KIB: i64 = 32 * 1024;

/// Where the newest records are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Journal {
    /// In the file: a copy of it is whole.
    Folded,
    /// Some of them still beside it.
    Kept,
}

/// What can be done with an open cabinet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Write,
    Read,
}

pub(super) fn create(path: &Path, keys: &CabinetKeys) -> Result<Connection> {
    // Made first, so that the file is private before SQLite writes to it.
    files::create_private(path)?;
    connect(path, keys).map(|(db, _)| db)
}

pub(super) fn open(path: &Path, keys: &CabinetKeys) -> Result<(Connection, Access)> {
    let opened = match connect(path, keys) {
        Err(Error::Full | Error::ReadOnly | Error::Disk) if is_folded(path) => {
            (connect_to_read(path, keys)?, Access::Read)
        }
        opened => (opened?, Access::Write),
    };
    match opened {
        // An empty file opens with any key: it is what a failed copy leaves, and no cabinet.
        ((_, 0), _) => Err(Error::NotACabinet),
        ((db, _), access) => Ok((db, access)),
    }
}

/// Whether all records are in the file itself: a journal beside it cannot be read without writing.
fn is_folded(path: &Path) -> bool {
    std::fs::metadata(journal(path)).map_or(true, |journal| journal.len() == 0)
}

/// Where SQLite keeps what is not in the file yet; it goes when the last desk is closed.
pub(super) fn journal(path: &Path) -> PathBuf {
    beside(path, "-wal")
}

/// What it knows of the journal.
pub(super) fn journal_index(path: &Path) -> PathBuf {
    beside(path, "-shm")
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Encrypts every page of a file anew. Nobody else may have it open.
pub(super) fn change_key(path: &Path, from: &CabinetKeys, to: &CabinetKeys) -> Result<()> {
    let (db, _) = connect(path, from)?;
    give_key(&db, "rekey", to)?;
    match checkpoint(&db)? {
        Journal::Folded => Ok(()),
        Journal::Kept => Err(Error::Busy),
    }
}

/// The connection, and how many tables and indices the file holds.
fn connect(path: &Path, keys: &CabinetKeys) -> Result<(Connection, i64)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let (db, tables) = unlock(Connection::open_with_flags(path, flags)?, keys)?;
    db.pragma_update(None, "journal_mode", "wal")?;
    Ok((db, tables))
}

/// A connection to a new file that takes a backup. Nothing lies beside the file, and nothing is waited for: a copy that
/// is cut off is thrown away, and a whole one is synced in the end.
pub(super) fn create_copy(path: &Path, keys: &CabinetKeys) -> Result<Connection> {
    files::create_private(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let (db, _) = unlock(Connection::open_with_flags(path, flags)?, keys)?;
    db.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")?;
    keep_few_pages(&db)?;
    Ok(db)
}

/// For whoever reads each page once.
pub(super) fn keep_few_pages(db: &Connection) -> Result<()> {
    const FEW_KIB: i64 = 2 * 1024;
    Ok(db.pragma_update(None, "cache_size", -FEW_KIB)?)
}

/// A finished copy, which is not touched by being looked at.
pub(super) fn open_copy(path: &Path, keys: &CabinetKeys) -> Result<Connection> {
    match connect_to_read(path, keys)? {
        (_, 0) => Err(Error::NotACabinet),
        (db, _) => Ok(db),
    }
}

/// The same of a file that cannot be written: nobody else can write it either, so nothing is locked.
fn connect_to_read(path: &Path, keys: &CabinetKeys) -> Result<(Connection, i64)> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        // Writing to a string cannot fail.
        let _ = write!(uri, "%{byte:02x}");
    }
    uri.push_str("?immutable=1");
    unlock(Connection::open_with_flags(uri, flags)?, keys)
}

fn unlock(mut db: Connection, keys: &CabinetKeys) -> Result<(Connection, i64)> {
    // Before anything else: SQLCipher would print its troubles over the screen.
    db.execute_batch("PRAGMA cipher_log_level = NONE")?;
    give_key(&db, "key", keys)?;
    // The first read is where a wrong key or a damaged file shows itself.
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    prepare(&mut db)?;
    Ok((db, tables))
}

/// `pragma_update` would put the key into a string of its own, and leave it there.
///
/// SQLite copies a statement more than once while it prepares it, and frees the copies as they are. They are small, so
/// they come from the connection's own store of memory, which gives out first what was given back last: as many others
/// of the same length, all there at once, take all those places. (`cipher_memory_security` would wipe them too, but locks
/// and wipes every page that is ever read, for the whole of the program, and slows a cold chronology down by half and more.)
fn give_key(db: &Connection, pragma: &str, keys: &CabinetKeys) -> Result<()> {
    let key = keys::secret_hex(&keys.database);
    db.execute_batch(&pragma_of(pragma, &key))?;
    // One that SQLite does not know does nothing.
    let blank = pragma_of("blank", &"0".repeat(key.len()));
    let blanks: rusqlite::Result<Vec<_>> = (0..BLANKS).map(|_| db.prepare(&blank)).collect();
    blanks.map(drop)?;
    Ok(())
}

/// More places than a pragma takes, and fewer than there are.
const BLANKS: usize = 32;

fn pragma_of(pragma: &str, key: &str) -> Zeroizing<String> {
    keys::joined(["PRAGMA ", pragma, " = \"x'", key, "'\""])
}

/// A database in memory with the same schema, for rebuilding projections. Never written anywhere.
pub(super) fn in_memory() -> Result<Connection> {
    let mut db = Connection::open_in_memory()?;
    prepare(&mut db)?;
    Ok(db)
}

fn prepare(db: &mut Connection) -> Result<()> {
    db.busy_handler(Some(has_patience))?;
    // Nothing but SQLite itself writes to its own tables (T40).
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // FULL: an acknowledged save survives a power cut. MEMORY: no plain text in temporary files. The last two
    // keep a planted schema from running code of its own (T40).
    db.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;",
    )?;
    db.pragma_update(None, "cache_size", -PAGES_KEPT_KIB)?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Another desk that is reading keeps its part of the journal; that is no fault of this one.
pub(super) fn checkpoint(db: &Connection) -> Result<Journal> {
    let busy: bool = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(if busy { Journal::Kept } else { Journal::Folded })
}

/// The same without waiting for whoever is in the way.
pub(super) fn checkpoint_if_free(db: &mut Connection) -> Result<Journal> {
    db.busy_timeout(Duration::ZERO)?;
    let journal = checkpoint(db);
    db.busy_handler(Some(has_patience))?;
    journal
}
