//! Which backups stay: the last fourteen, and the newest of each month. Only what is known as a good backup of this
//! desk is ever removed, and never the one that was just made.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono_tz::Europe::London;

use super::note::{Kept, Note, kept};

/// How many of the newest stay.
const LAST: usize = 14;

/// Those of a list, the newest first, that are one too many.
fn surplus(kept: &[Kept]) -> Vec<&Kept> {
    let mut months = BTreeSet::new();
    let mut stays = |(place, kept): &(usize, &Kept)| {
        // Asked of every one, those that stay anyhow too: they are the newest of their months.
        let month = kept.note.made_at.with_timezone(&London).format("%Y-%m").to_string();
        let is_newest_of_month = months.insert(month);
        is_newest_of_month || *place < LAST
    };
    let (_, surplus): (Vec<_>, Vec<_>) = kept.iter().enumerate().partition(|one| stays(one));
    surplus.into_iter().map(|(_, kept)| kept).collect()
}

/// Removes what is one too many. What cannot be removed today is one too many tomorrow.
pub(super) fn remove_surplus(folder: &Path, made: &Kept) {
    let mut own = kept(folder);
    own.retain(|kept| kept.note.is_of_the_desk_of(&made.note));
    for one in surplus(&own).into_iter().filter(|one| one.path != made.path) {
        // A backup that is removed in part must not have a good name.
        let away = folder.join(one.note.unfinished_name());
        if fs::rename(&one.path, &away).is_ok() {
            drop(fs::remove_dir_all(&away));
        }
    }
}

/// Clears away what a backup of this desk that was killed has left. Whoever calls it is the only one who makes any.
pub(super) fn clear_unfinished(folder: &Path, note: &Note) {
    let Ok(listed) = fs::read_dir(folder) else { return };
    let mark = note.unfinished_mark();
    let unfinished = listed
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .filter(|entry| entry.file_name().to_str().is_some_and(|name| name.starts_with(&mark)));
    for entry in unfinished {
        drop(fs::remove_dir_all(entry.path()));
    }
}

/// The name of a new backup; with a number where that minute has one already.
pub(super) fn free_name(folder: &Path, note: &Note) -> PathBuf {
    let name = folder.join(note.name());
    let numbered = (2_u32..).map(|number| folder.join(format!("{}-{number}", note.name())));
    let is_free = |path: &PathBuf| fs::symlink_metadata(path).is_err();
    std::iter::once(name.clone()).chain(numbered).find(is_free).unwrap_or(name)
}
