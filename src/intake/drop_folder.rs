//! The drop folder, `incoming/`: what has arrived there whole, and where it goes afterwards.
//!
//! Nothing here waits or knows the time: whoever owns the folder calls [`DropFolder::scan`] now and then and passes
//! the moment in. A file stays in the folder until [`DropFolder::accept`] or [`DropFolder::reject`] says otherwise,
//! so that whatever goes wrong between the two, the report is still there.

mod open;
mod rejected;
mod stamp;
mod unfinished;
mod writers;

use std::collections::{BTreeMap, VecDeque};
use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use chrono::{DateTime, TimeDelta, Utc};

use super::{Reason, Rejection};
use crate::domain::text::Text;
pub use open::read_named;
pub use rejected::Rejected;
use stamp::{Kind, Stamp};
use unfinished::Unfinished;
use writers::{Departed, Writers};

/// How long a file must have stayed as it is before it is read: somebody may still be writing it (T32). A little
/// less than a second, so that looks which are meant to be a second apart are.
const STEADY: TimeDelta = TimeDelta::milliseconds(900);
/// What looks cut short gets this long to be finished, over a slow network.
const PATIENCE: TimeDelta = TimeDelta::seconds(10);
/// A file that somebody holds open and does not write to is theirs alone for so long; then it is read, and stays.
const HELD_OPEN: TimeDelta = TimeDelta::minutes(1);
/// One look brings no more bytes than this; the rest waits for the next, so that a full folder fits into memory.
const BYTES_AT_ONCE: usize = 50 * 1024 * 1024;

/// So many files are held open after they have been taken out, and no more: descriptors are few.
const MOST_WATCHED: usize = 64;

/// Why the drop folder cannot be used: what is wrong first, in a sentence that the foot of the screen has room for.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    #[error("incoming/ cannot be read. Check that it is a folder and that it is yours.")]
    Incoming(#[source] io::Error),
    #[error("Too many files are open to look into incoming/. It is tried again by itself.")]
    TooManyOpen(#[source] io::Error),
    #[error("A file in incoming/ is not read whole yet and is open elsewhere: close it.")]
    StillOpen,
    #[error("A file in incoming/ cannot be removed. Its reports are in: delete it by hand.")]
    Removing(#[source] io::Error),
    #[error("incoming/rejected is a link or no folder. Move it away, then lock and unlock.")]
    RejectedNoFolder(#[source] io::Error),
    #[error("The disk is full, so rejected reports stay in incoming/. Make room on it.")]
    DiskFull(#[source] io::Error),
    #[error("incoming/rejected cannot be written to. Check that it is yours to write to.")]
    Rejected(#[source] io::Error),
    #[error("incoming/ cannot be written to, so a file waits there. Make room, and check that it is yours.")]
    Putting(#[source] io::Error),
}

impl FolderError {
    fn reading(error: io::Error) -> Self {
        if open::too_many_open(&error) { Self::TooManyOpen(error) } else { Self::Incoming(error) }
    }

    fn rejecting(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotADirectory => Self::RejectedNoFolder(error),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(error),
            _ => Self::Rejected(error),
        }
    }
}

pub struct DropFolder {
    path: PathBuf,
    seen: BTreeMap<OsString, Sighting>,
    unfinished: Unfinished,
    departed: Vec<Departed>,
    /// In the record, and to be taken out as soon as they can be watched.
    leaving: VecDeque<Arrival>,
}

struct Sighting {
    stamp: Stamp,
    state: State,
}

#[derive(Clone, Copy)]
enum State {
    /// Unchanged since that moment.
    Waiting(DateTime<Utc>),
    /// Handed out. It is not handed out again unless it changes, even where it cannot be moved away.
    Found,
    /// Handed out while somebody had it open to write. It is handed out again when it has changed, and when they have
    /// let it go.
    FoundOpen,
}

/// Something that has arrived, and what is in it. It has no `Debug` form: a report is in it, and often a name in its
/// name.
pub struct Found {
    pub arrival: Arrival,
    pub content: Result<Vec<u8>, Reason>,
}

/// What lay in the folder, as it was when it was read.
#[derive(Clone)]
pub struct Arrival {
    name: OsString,
    stamp: Stamp,
    writers: Writers,
}

impl Arrival {
    /// The file's name, to be shown and stored.
    pub fn name(&self) -> Text {
        Text::new(&self.name.to_string_lossy())
    }

    /// Somebody still has it open to write, so that more may come: it stays in the folder until they let it go, and
    /// is an arrival once more then.
    pub fn is_open_elsewhere(&self) -> bool {
        self.writers == Writers::Some
    }
}

impl DropFolder {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            seen: BTreeMap::new(),
            unfinished: Unfinished::default(),
            departed: Vec::new(),
            leaving: VecDeque::new(),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What has arrived and has stayed as it is since an earlier look; the oldest first, everything once. Looking
    /// twice a second finds a file within two.
    pub fn scan(&mut self, now: DateTime<Utc>) -> Result<Vec<Found>, FolderError> {
        let (path, departed) = (&self.path, &mut self.departed);
        departed.retain_mut(|departed| departed.watch(path, PATIENCE, now));
        self.remove_leaving()?;
        let Entries { arrivals: entries, unfinished } = self.entries().map_err(FolderError::reading)?;
        self.unfinished.look(unfinished, now);
        self.seen.retain(|name, _| entries.contains_key(name));
        for (name, stamp) in entries {
            let waiting = Sighting { stamp, state: State::Waiting(now) };
            let file = self.path.join(&name);
            let sighting = self.seen.entry(name).or_insert(waiting);
            if sighting.stamp != stamp || sighting.is_after(now) || sighting.was_let_go(&file) {
                *sighting = Sighting { stamp, state: State::Waiting(now) };
            }
        }
        Ok(self.take_steady(now))
    }

    /// What has long lain there under a name that is not read, in a sentence to be shown; everything once.
    pub fn left_lying(&mut self, now: DateTime<Utc>) -> Option<String> {
        self.unfinished.say(now)
    }

    /// Takes an arrival out of the folder, once its bytes are in the cabinet. A file that has meanwhile taken its
    /// place, or grown, is another arrival and stays; so does one that is open elsewhere. Where many leave at once,
    /// the last of them are gone some looks later.
    pub fn accept(&mut self, arrival: &Arrival) -> Result<(), FolderError> {
        if arrival.is_open_elsewhere() {
            return Ok(());
        }
        self.leaving.push_back(arrival.clone());
        self.remove_leaving()
    }

    fn remove_leaving(&mut self) -> Result<(), FolderError> {
        while self.departed.len() < MOST_WATCHED {
            let Some(arrival) = self.leaving.pop_front() else { break };
            self.remove(&arrival)?;
        }
        Ok(())
    }

    fn remove(&mut self, arrival: &Arrival) -> Result<(), FolderError> {
        if !self.is_still(arrival) {
            return Ok(());
        }
        let path = self.path.join(&arrival.name);
        let file = open::hold(&path);
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(FolderError::Removing(error)),
            Ok(()) | Err(_) => {
                let departed = file.map(|file| Departed::new(&arrival.name, file, arrival.stamp.size()));
                self.departed.extend(departed);
                Ok(())
            }
        }
    }

    /// Puts a file into the folder, whole and private, in place of one of that name.
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<(), FolderError> {
        let put = || {
            open::create_private_folder(&self.path)?;
            // The ending tells every desk that looks that it is not finished.
            let mut file = tempfile::Builder::new().prefix(".").suffix(".part").tempfile_in(&self.path)?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            file.persist(self.path.join(name))?;
            open::sync_folder(&self.path)
        };
        put().map_err(FolderError::Putting)
    }

    /// Lets everything be found again that lies there: what nobody here could receive may have its receiver now.
    pub fn find_all_again(&mut self) {
        self.seen.clear();
    }

    /// Moves an arrival of which nothing came in to `rejected/`, with the reasons beside it.
    pub fn reject(&self, arrival: &Arrival, reasons: &[Rejection]) -> Result<(), FolderError> {
        if arrival.is_open_elsewhere() {
            return Err(FolderError::StillOpen);
        }
        let file = self.is_still(arrival).then(|| self.path.join(&arrival.name));
        rejected::file(&self.rejected_path(), &arrival.name, file.as_deref(), reasons)
            .map_err(FolderError::rejecting)
    }

    /// Takes an arrival out of the folder and leaves the rest of it in `rejected/`, with the reasons beside it:
    /// nothing that is in the record stays outside it in plain text.
    pub fn reject_rest(
        &mut self,
        arrival: &Arrival,
        rest: &str,
        reasons: &[Rejection],
    ) -> Result<(), FolderError> {
        if arrival.is_open_elsewhere() {
            return Err(FolderError::StillOpen);
        }
        rejected::rest(&self.rejected_path(), &arrival.name, rest, reasons)
            .map_err(FolderError::rejecting)?;
        self.accept(arrival)
    }

    /// How many arrivals lie in `rejected/`, each with its reason; none where that cannot be seen.
    pub fn rejected(&self) -> usize {
        rejected::count(&self.rejected_path())
    }

    /// The same, the newest first.
    pub fn rejections(&self) -> Vec<Rejected> {
        rejected::all(&self.rejected_path())
    }

    pub fn rejected_path(&self) -> PathBuf {
        self.path.join(REJECTED)
    }

    /// Lets an arrival be found again, once it has stayed as it is a second time: it could not be dealt with.
    pub fn find_again(&mut self, arrival: &Arrival) {
        self.seen.remove(&arrival.name);
    }

    fn entries(&self) -> io::Result<Entries> {
        let listing = match fs::read_dir(&self.path) {
            // Where the desk itself is gone, no folder of that name is left behind.
            Err(error)
                if error.kind() == io::ErrorKind::NotFound
                    && self.path.parent().is_some_and(Path::exists) =>
            {
                open::create_private_folder(&self.path)?;
                fs::read_dir(&self.path)?
            }
            listing => listing?,
        };
        let mut entries = Entries::default();
        for entry in listing {
            let name = entry?.file_name();
            // What has gone since the listing did not arrive.
            let Ok(stamp) = Stamp::of(&self.path.join(&name)) else { continue };
            match Named::as_a(&name, &stamp) {
                Named::Arrival => drop(entries.arrivals.insert(name, stamp)),
                Named::Unfinished => drop(entries.unfinished.insert(name, stamp)),
                Named::Litter => {}
            }
        }
        Ok(entries)
    }

    fn take_steady(&mut self, now: DateTime<Utc>) -> Vec<Found> {
        let mut steady: Vec<(&OsString, &mut Sighting, TimeDelta)> = self
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
            let path = self.path.join(name);
            let writers = writers::of(&path);
            if writers == Writers::Some && waited < HELD_OPEN {
                continue;
            }
            match open::read_steady(&path, &sighting.stamp) {
                Some(content) if waited < PATIENCE && looks_unfinished(&content, writers) => {}
                Some(content) => {
                    bytes += content.as_ref().map_or(0, Vec::len);
                    let arrival = Arrival { name: name.clone(), stamp: sighting.stamp, writers };
                    sighting.state =
                        if arrival.is_open_elsewhere() { State::FoundOpen } else { State::Found };
                    found.push(Found { arrival, content });
                }
                None => sighting.state = State::Waiting(now),
            }
        }
        found
    }

    fn is_still(&self, arrival: &Arrival) -> bool {
        Stamp::of(&self.path.join(&arrival.name)).is_ok_and(|stamp| stamp == arrival.stamp)
    }
}

impl Sighting {
    fn waited(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        match self.state {
            State::Waiting(since) => Some(now - since),
            State::Found | State::FoundOpen => None,
        }
    }

    fn was_let_go(&self, path: &Path) -> bool {
        matches!(self.state, State::FoundOpen) && writers::of(path) != Writers::Some
    }

    /// The clock was put back since: waiting for it to catch up could take an hour.
    fn is_after(&self, now: DateTime<Utc>) -> bool {
        self.waited(now).is_some_and(|waited| waited < TimeDelta::zero())
    }
}

/// A writer that pauses leaves the same traces as a file that was cut short for good; only time tells. A table may end
/// anywhere, so where nobody knows whether it is being written, one that does not end with its line gets time as well.
fn looks_unfinished(content: &Result<Vec<u8>, Reason>, writers: Writers) -> bool {
    let Ok(bytes) = content else { return false };
    let ends = bytes.ends_with(b"\n") || bytes.ends_with(b"\r") || bytes.trim_ascii_end().ends_with(b"}");
    if writers == Writers::Unknown && !ends && !bytes.trim_ascii_end().ends_with(b"]") {
        return true;
    }
    match super::read(bytes, "") {
        Err(reason) => matches!(reason, Reason::Empty | Reason::CutShort { .. } | Reason::OpenQuote { .. }),
        Ok(_) => false,
    }
}

impl Drop for DropFolder {
    /// Nobody will look after what has departed any more: what was added to it is put back. What is in the record does
    /// not stay beside it.
    fn drop(&mut self) {
        loop {
            for mut departed in self.departed.drain(..) {
                drop(departed.put_back(&self.path));
            }
            if self.leaving.is_empty() {
                break;
            }
            drop(self.remove_leaving());
        }
    }
}

const REJECTED: &str = "rejected";

#[derive(Default)]
struct Entries {
    arrivals: BTreeMap<OsString, Stamp>,
    unfinished: BTreeMap<OsString, Stamp>,
}

/// What a name says of the file.
enum Named {
    Arrival,
    Unfinished,
    /// Our own folder, and what systems leave wherever they have been.
    Litter,
}

impl Named {
    fn as_a(name: &OsStr, stamp: &Stamp) -> Self {
        const LITTER: [&str; 3] = ["desktop.ini", "thumbs.db", ".ds_store"];
        let name = name.to_string_lossy().to_lowercase();
        let is_our_folder = name == REJECTED && stamp.kind() == Kind::Folder;
        if is_our_folder || LITTER.contains(&name.as_str()) {
            Self::Litter
        } else if unfinished::is_unfinished(&name) {
            Self::Unfinished
        } else {
            Self::Arrival
        }
    }
}

#[cfg(test)]
mod tests;
