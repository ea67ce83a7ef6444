//! The drop folder, `incoming/`: what has arrived there whole, and where it goes afterwards.
//!
//! Nothing here waits or knows the time: whoever owns the folder calls [`DropFolder::scan`] now and then and passes
//! the moment in. A file stays in the folder until [`DropFolder::accept`] or [`DropFolder::reject`] says otherwise,
//! so that whatever goes wrong between the two, the report is still there.

mod open;
mod rejected;
mod stamp;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io};

use super::{Reason, Rejection};
use crate::domain::text::Text;
pub use open::read_named;
pub use rejected::Filed;
use stamp::Stamp;

/// How long a file must have stayed as it is before it is read: somebody may still be writing it (T32).
const STEADY: Duration = Duration::from_secs(1);
/// What looks cut short gets this long to be finished, over a slow network.
const PATIENCE: Duration = Duration::from_secs(10);
/// One look brings no more bytes than this; the rest waits for the next, so that a full folder fits into memory.
const BYTES_AT_ONCE: usize = 50 * 1024 * 1024;

/// Why the drop folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("The folder for arrivals cannot be read. Check that incoming/ is a folder and that it is yours.")]
    Incoming(#[source] io::Error),
    #[error("A report was taken in but its file cannot be removed. Delete it from incoming/ by hand.")]
    Removing(#[source] io::Error),
    #[error(
        "The folder incoming/rejected/ cannot be written. Check that it is yours and that the disk is not full."
    )]
    Rejected(#[source] io::Error),
}

pub struct DropFolder {
    path: PathBuf,
    seen: BTreeMap<OsString, Sighting>,
}

struct Sighting {
    stamp: Stamp,
    state: State,
}

#[derive(Clone, Copy)]
enum State {
    /// Unchanged since that moment.
    Waiting(Instant),
    /// Handed out. It is not handed out again unless it changes, even where it cannot be moved away.
    Found,
}

/// Something that has arrived. It has no `Debug` form: a report is in it, and often a name in its name.
pub struct Found {
    name: OsString,
    stamp: Stamp,
    pub content: Result<Vec<u8>, Reason>,
}

impl Found {
    /// The file's name, to be shown and stored.
    pub fn name(&self) -> Text {
        Text::new(&self.name.to_string_lossy())
    }
}

impl DropFolder {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), seen: BTreeMap::new() }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What has arrived and has stayed as it is since an earlier look; the oldest first, everything once.
    pub fn scan(&mut self, now: Instant) -> Result<Vec<Found>, FolderError> {
        let entries = self.entries().map_err(FolderError::Incoming)?;
        self.seen.retain(|name, _| entries.contains_key(name));
        for (name, stamp) in entries {
            let waiting = Sighting { stamp, state: State::Waiting(now) };
            let sighting = self.seen.entry(name).or_insert(waiting);
            if sighting.stamp != stamp {
                *sighting = Sighting { stamp, state: State::Waiting(now) };
            }
        }
        Ok(self.take_steady(now))
    }

    /// Takes an arrival out of the folder, once its bytes are in the cabinet. A file that has meanwhile taken its
    /// place, or grown, is another arrival and stays.
    pub fn accept(&self, found: &Found) -> Result<(), FolderError> {
        if !self.is_still(found) {
            return Ok(());
        }
        match fs::remove_file(self.path.join(&found.name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(FolderError::Removing(error)),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Moves an arrival to `rejected/`, with the reasons beside it. Where rows are named, the others have come in.
    pub fn reject(&self, found: &Found, reasons: &[Rejection]) -> Result<Filed, FolderError> {
        let file = self.is_still(found).then(|| self.path.join(&found.name));
        rejected::file(&self.path.join(REJECTED), &found.name, file.as_deref(), reasons)
            .map_err(FolderError::Rejected)
    }

    fn entries(&self) -> io::Result<BTreeMap<OsString, Stamp>> {
        let listing = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                open::create_private_folder(&self.path)?;
                fs::read_dir(&self.path)?
            }
            listing => listing?,
        };
        let mut entries = BTreeMap::new();
        for entry in listing {
            let name = entry?.file_name();
            if is_arrival(&name)
                // What has gone since the listing did not arrive.
                && let Ok(stamp) = Stamp::of(&self.path.join(&name))
            {
                entries.insert(name, stamp);
            }
        }
        Ok(entries)
    }

    fn take_steady(&mut self, now: Instant) -> Vec<Found> {
        let mut steady: Vec<(&OsString, &mut Sighting, Duration)> = self
            .seen
            .iter_mut()
            .filter_map(|(name, sighting)| sighting.waited(now).map(|waited| (name, sighting, waited)))
            .filter(|(_, _, waited)| *waited >= STEADY)
            .collect();
        steady.sort_by_key(|(_, sighting, _)| sighting.stamp.modified());
        let mut bytes = 0;
        let mut found = Vec::new();
        for (name, sighting, waited) in steady {
            if bytes >= BYTES_AT_ONCE {
                break;
            }
            match open::read_steady(&self.path.join(name), &sighting.stamp) {
                Some(content) if waited < PATIENCE && looks_unfinished(&content) => {}
                Some(content) => {
                    bytes += content.as_ref().map_or(0, Vec::len);
                    sighting.state = State::Found;
                    found.push(Found { name: name.clone(), stamp: sighting.stamp, content });
                }
                None => sighting.state = State::Waiting(now),
            }
        }
        found
    }

    fn is_still(&self, found: &Found) -> bool {
        Stamp::of(&self.path.join(&found.name)).is_ok_and(|stamp| stamp == found.stamp)
    }
}

impl Sighting {
    fn waited(&self, now: Instant) -> Option<Duration> {
        match self.state {
            State::Waiting(since) => Some(now.saturating_duration_since(since)),
            State::Found => None,
        }
    }
}

/// A writer that pauses leaves the same traces as a file that was cut short for good; only time tells.
fn looks_unfinished(content: &Result<Vec<u8>, Reason>) -> bool {
    let Ok(bytes) = content else { return false };
    match super::read(bytes, "") {
        Err(reason) => matches!(reason, Reason::Empty | Reason::CutShort { .. } | Reason::OpenQuote { .. }),
        Ok(_) => false,
    }
}

const REJECTED: &str = "rejected";

/// Leaves out our own folder, what is hidden, and what programs write while they are not finished.
fn is_arrival(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    let unfinished = [".part", ".tmp", ".crdownload"].iter().any(|end| name.ends_with(end));
    let litter =
        name.starts_with('.') || name.starts_with("~$") || name == "desktop.ini" || name == "thumbs.db";
    !(name == REJECTED || unfinished || litter)
}
