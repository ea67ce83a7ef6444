//! What stands beside a backup, so that it can be listed without a key: `backup.toml`. Nothing of the record is in it.
//!
//! Entries are named as in `general.seen`, by a digest that says something only to whoever has the record: with the
//! hashes of two backups, somebody without the key could try guesses of what was written between them.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Europe::London;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::cabinet::error::{Error, Result};
use crate::cabinet::files::{self, Folder};
use crate::cabinet::last_seen::named;
use crate::cabinet::ledger;
use crate::domain::cabinet::CabinetName;
use crate::domain::ids::Seq;

const FORMAT: &str = "dsl-desk.backup/1";
const FILE: &str = "backup.toml";
/// London's clock, and no character that a stick's file system refuses.
const NAME: &str = "%Y-%m-%dT%H%M";
/// How long that is.
const NAME_LENGTH: usize = "2026-11-26T1405".len();
/// Letters of the desk's name that tell its unfinished copies from another's.
const MARK_LENGTH: usize = 8;

/// Which record a backup holds, and how far it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    format: String,
    pub made_at: DateTime<Utc>,
    /// Names the first entry: no two desks have the same.
    desk: String,
    /// How many entries; the number of the newest.
    pub entries: Seq,
    /// Names the newest.
    head: String,
    /// How large the database is.
    pub bytes: u64,
}

/// A good backup and where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub path: PathBuf,
    pub note: Note,
}

impl Note {
    pub(super) fn of(record: &Connection, now: DateTime<Utc>) -> Result<Self> {
        let entries = ledger::head(record)?.seq;
        let desk = named(&ledger::line(record, Seq(1))?);
        let head = named(&ledger::line(record, entries)?);
        Ok(Self { format: FORMAT.to_owned(), made_at: now, desk, entries, head, bytes: 0 })
    }

    pub(super) fn with_size_of(self, database: &Path) -> Result<Self> {
        let bytes = fs::metadata(database).map_err(Error::file("The file", "read", database))?.len();
        Ok(Self { bytes, ..self })
    }

    pub(super) fn write(&self, backup: &Path) -> Result<()> {
        let path = backup.join(FILE);
        let text = toml::to_string(self).map_err(|_| Error::BadCopy)?;
        files::write_private(&path, text.as_bytes())
    }

    /// The note of what may be a backup; none where it cannot be read.
    pub fn read(backup: &Path) -> Option<Self> {
        let path = backup.join(FILE);
        // A pipe of that name would be waited for.
        let is_file = fs::symlink_metadata(&path).is_ok_and(|file| file.is_file());
        let text = is_file.then(|| fs::read_to_string(&path).ok()).flatten()?;
        toml::from_str(&text).ok().filter(|note: &Self| note.format == FORMAT)
    }

    /// Whether a record ends with the very entry that the backup ends with.
    pub(super) fn is_head_of(&self, record: &Connection) -> Result<bool> {
        Ok(ledger::head(record)?.seq == self.entries && self.is_of(record)?)
    }

    /// Whether a record has, at its place, the very entry that the backup ends with.
    pub fn is_of(&self, record: &Connection) -> Result<bool> {
        match ledger::line(record, self.entries) {
            Ok(line) => Ok(named(&line) == self.head),
            Err(Error::NoSuch(..)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub(super) fn is_of_the_desk_of(&self, other: &Self) -> bool {
        self.desk == other.desk
    }

    /// The name that it gets when it is good.
    pub fn name(&self) -> String {
        name(self.made_at)
    }

    /// What all unfinished copies of this desk begin with.
    pub(super) fn unfinished_mark(&self) -> String {
        format!("unfinished-{}-", self.desk.get(..MARK_LENGTH).unwrap_or_default())
    }

    pub(super) fn unfinished_name(&self) -> String {
        format!("{}{}", self.unfinished_mark(), self.name())
    }
}

/// A moment as the name of a folder.
pub fn name(at: DateTime<Utc>) -> String {
    at.with_timezone(&London).format(NAME).to_string()
}

/// A moment, and a number where several fell into the same minute.
fn is_good_name(name: &str) -> bool {
    let (Some(moment), Some(rest)) = (name.get(..NAME_LENGTH), name.get(NAME_LENGTH..)) else { return false };
    let is_number = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    NaiveDateTime::parse_from_str(moment, NAME).is_ok()
        && (rest.is_empty() || rest.strip_prefix('-').is_some_and(is_number))
}

/// The good backups of a folder, the newest first. Nothing else that lies there is one.
pub fn kept(folder: &Path) -> Vec<Kept> {
    let Ok(listed) = fs::read_dir(folder) else { return Vec::new() };
    let mut kept: Vec<Kept> = listed
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter(|entry| entry.file_name().to_str().is_some_and(is_good_name))
        .filter_map(|entry| is_kept(entry.path()))
        .collect();
    kept.sort_by(|a, b| (b.note.made_at, &b.path).cmp(&(a.note.made_at, &a.path)));
    kept
}

fn is_kept(path: PathBuf) -> Option<Kept> {
    let note = Note::read(&path)?;
    let backup = Folder::new(&path);
    let database = |cabinet| fs::symlink_metadata(backup.with(cabinet).database()).ok();
    let database = CabinetName::ALL.into_iter().find_map(database)?;
    (database.is_file() && database.len() == note.bytes).then_some(Kept { path, note })
}

#[cfg(test)]
mod tests {
    use super::{is_good_name, name};

    #[test]
    fn a_backup_is_named_by_londons_clock() {
        assert_eq!(name("2026-07-01T23:30:00Z".parse().unwrap()), "2026-07-02T0030");
        assert_eq!(name("2026-11-26T14:05:59Z".parse().unwrap()), "2026-11-26T1405");
    }

    #[test]
    fn only_what_a_backup_is_called_is_a_good_name() {
        assert!(is_good_name("2026-11-26T1405") && is_good_name("2026-11-26T1405-2"));
        for name in ["", "2026-11-26", "2026-13-26T1405", "2026-11-26T1405-", "2026-11-26T1405-x", "é026-11"]
        {
            assert!(!is_good_name(name), "{name}");
        }
        assert!(
            !is_good_name("unfinished-0123abcd-2026-11-26T1405") && !is_good_name("2026-11-26T1405 copy")
        );
    }
}
