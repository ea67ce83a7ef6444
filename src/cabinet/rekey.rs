//! A cabinet under another key, for when somebody has left who knows the one before.
//!
//! | step | lies there afterwards | what opens |
//! | --- | --- | --- |
//! | [`prepare`] | `general.changed`: the record once more, under the new key | the old file with the old keys |
//! | [`set_aside`] | `old-general-<time>/`: the old file and the old keys under other names | the same |
//! | the keys are sealed | `general.keys` with the new key and the one before | the old file with the one before |
//! | [`put_in_place`] | `general.changed` has become `general.db` | the new file with the new key |
//! | the keys are sealed | `general.keys` with the new key alone | the same |
//! | [`forget`] | nothing else | the same |
//!
//! Two files cannot be renamed at once. The key file that knows both keys is what makes it one step: whenever the
//! program is killed, a pair that opens lies in place. The names are those of the general cabinet; the other's are alike.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use chrono::{DateTime, Utc};

use super::error::{Error, Result};
use super::files::{self, Folder};
use super::keys::CabinetKeys;
use super::{Cabinet, Journal, sqlite, verify};

/// What the names of folders begin with that hold a file and keys from before.
fn prefix(folder: &Folder) -> String {
    format!("old-{}-", folder.cabinet().label())
}

/// Writes the record under a new key beside its place. The cabinet must be closed, by everybody.
pub fn prepare(folder: &Folder, from: &CabinetKeys) -> Result<CabinetKeys> {
    // Whoever has it open keeps a journal beside it, and would go on writing into a file that is no longer there.
    if sqlite::journal(&folder.database()).exists() {
        return Err(Error::OpenElsewhere);
    }
    forget_unfinished(folder);
    let to = from.changed()?;
    files::copy_private(&folder.database(), &folder.changed_database())?;
    sqlite::change_key(&folder.changed_database(), from, &to)?;
    Ok(to)
}

/// Closes a cabinet whose file is to be moved: a journal does not move with it.
pub fn close(cabinet: Cabinet) -> Result<()> {
    let folded = cabinet.settle();
    drop(cabinet);
    match folded? {
        Journal::Folded => Ok(()),
        Journal::Kept => Err(Error::Busy),
    }
}

/// Whether every page can be read with the key, and holds what SQLite expects there.
pub fn is_sound(cabinet: &Cabinet) -> Result<()> {
    let said: String = cabinet.db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if said == "ok" && verify::damaged_pages(cabinet)?.is_empty() { Ok(()) } else { Err(Error::NotACabinet) }
}

/// Keeps the old pair by other names until the new one is proven.
pub fn set_aside(folder: &Folder, now: DateTime<Utc>) -> Result<()> {
    let aside = folder.cabinets().join(format!("{}{}", prefix(folder), files::stamp(now)));
    files::private_folder(&aside)?;
    for path in [folder.database(), folder.keys()] {
        let Some(name) = path.file_name() else { continue };
        let kept = aside.join(name);
        drop(fs::remove_file(&kept));
        // A second name costs nothing; where a file cannot have two, it is copied.
        if fs::hard_link(&path, &kept).is_err() {
            files::copy_private(&path, &kept)?;
        }
    }
    files::sync_folder(&aside)
}

/// From here on the new key opens the cabinet.
pub fn put_in_place(folder: &Folder) -> Result<()> {
    files::put_in_place(&folder.changed_database(), &folder.database())
}

/// Whether a change of the key was cut off.
pub fn has_left_something(folder: &Folder) -> bool {
    folder.changed_database().exists() || aside(folder).next().is_some()
}

/// Removes what a change of the key leaves behind. Only for a pair in place that was opened and found sound.
pub fn forget(folder: &Folder) -> Result<()> {
    forget_unfinished(folder);
    for old in aside(folder) {
        fs::remove_dir_all(&old).map_err(Error::file("The folder", "removed", &old))?;
    }
    Ok(())
}

/// Removes a new file that never came into its place, and what SQLite keeps beside it.
pub fn forget_unfinished(folder: &Folder) {
    let changed = folder.changed_database();
    for path in [sqlite::journal(&changed), sqlite::journal_index(&changed), changed] {
        drop(fs::remove_file(path));
    }
}

fn aside(folder: &Folder) -> impl Iterator<Item = PathBuf> + use<> {
    let prefix = prefix(folder);
    let listed = fs::read_dir(folder.cabinets()).into_iter().flatten().flatten();
    listed.map(|entry| entry.path()).filter(move |path| {
        let name = path.file_name().map(OsStr::to_string_lossy);
        name.is_some_and(|name| name.starts_with(&prefix)) && path.is_dir()
    })
}
