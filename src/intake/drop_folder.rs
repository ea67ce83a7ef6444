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
use std::{fs, io};

use chrono::{DateTime, TimeDelta, Utc};

use super::{Reason, Rejection};
use crate::domain::text::Text;
pub use open::read_named;
use stamp::Stamp;

/// How long a file must have stayed as it is before it is read: somebody may still be writing it (T32). A little
/// less than a second, so that looks which are meant to be a second apart are.
const STEADY: TimeDelta = TimeDelta::milliseconds(900);
/// What looks cut short gets this long to be finished, over a slow network.
const PATIENCE: TimeDelta = TimeDelta::seconds(10);
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
    Waiting(DateTime<Utc>),
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

    /// What has arrived and has stayed as it is since an earlier look; the oldest first, everything once. Looking
    /// twice a second finds a file within two.
    pub fn scan(&mut self, now: DateTime<Utc>) -> Result<Vec<Found>, FolderError> {
        let entries = self.entries().map_err(FolderError::Incoming)?;
        self.seen.retain(|name, _| entries.contains_key(name));
        for (name, stamp) in entries {
            let waiting = Sighting { stamp, state: State::Waiting(now) };
            let sighting = self.seen.entry(name).or_insert(waiting);
            if sighting.stamp != stamp || sighting.is_after(now) {
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

    /// Moves an arrival of which nothing came in to `rejected/`, with the reasons beside it.
    pub fn reject(&self, found: &Found, reasons: &[Rejection]) -> Result<(), FolderError> {
        let file = self.is_still(found).then(|| self.path.join(&found.name));
        rejected::file(&self.path.join(REJECTED), &found.name, file.as_deref(), reasons)
            .map_err(FolderError::Rejected)
    }

    /// Takes an arrival out of the folder and leaves the rest of it in `rejected/`, with the reasons beside it:
    /// nothing that is in the record stays outside it in plain text.
    pub fn reject_rest(&self, found: &Found, rest: &str, reasons: &[Rejection]) -> Result<(), FolderError> {
        rejected::rest(&self.path.join(REJECTED), &found.name, rest, reasons)
            .map_err(FolderError::Rejected)?;
        self.accept(found)
    }

    /// Lets an arrival be found again, once it has stayed as it is a second time: it could not be dealt with.
    pub fn find_again(&mut self, found: &Found) {
        self.seen.remove(&found.name);
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
    fn waited(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        match self.state {
            State::Waiting(since) => Some(now - since),
            State::Found => None,
        }
    }

    /// The clock was put back since: waiting for it to catch up could take an hour.
    fn is_after(&self, now: DateTime<Utc>) -> bool {
        self.waited(now).is_some_and(|waited| waited < TimeDelta::zero())
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use chrono::{DateTime, TimeDelta, Utc};

    use super::{DropFolder, Found};
    use crate::intake::{Reason, Rejection};

    /// A drop folder with its own clock.
    struct Desk {
        folder: DropFolder,
        now: DateTime<Utc>,
        _home: tempfile::TempDir,
    }

    impl Desk {
        fn new() -> Self {
            let home = tempfile::tempdir().unwrap();
            let folder = DropFolder::new(home.path().join("incoming"));
            let mut desk = Self { folder, now: "2026-11-20T14:10:00Z".parse().unwrap(), _home: home };
            assert!(desk.look().is_empty());
            desk
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn drop_in(&self, name: &str, content: &str) {
            fs::write(self.path(name), content).unwrap();
        }

        fn look(&mut self) -> Vec<Found> {
            self.now += TimeDelta::seconds(1);
            self.folder.scan(self.now).unwrap()
        }

        /// What is found at the second of two looks.
        fn look_twice(&mut self) -> Vec<Found> {
            assert!(self.look().is_empty());
            self.look()
        }

        fn rejected(&self) -> Vec<String> {
            let mut names: Vec<_> = fs::read_dir(self.path("rejected"))
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        }
    }

    fn names(found: &[Found]) -> Vec<String> {
        found.iter().map(|found| found.name().to_string()).collect()
    }

    fn reason(found: &[Found]) -> Option<&Reason> {
        found.first().unwrap().content.as_ref().err()
    }

    fn whole(reason: Reason) -> [Rejection; 1] {
        [Rejection { row: None, reason }]
    }

    #[test]
    fn a_file_is_found_once_it_has_stayed_as_it_is() {
        let mut desk = Desk::new();
        desk.drop_in("a.csv", "one");
        assert!(desk.look().is_empty());
        desk.drop_in("a.csv", "one and more");
        assert!(desk.look().is_empty());
        let found = desk.look();
        assert_eq!(found[0].content.as_deref(), Ok(b"one and more".as_slice()));
        assert!(desk.look().is_empty());
    }

    #[test]
    fn two_looks_in_the_same_second_are_one() {
        let mut desk = Desk::new();
        desk.drop_in("a.csv", "one");
        assert!(desk.look().is_empty());
        assert!(desk.folder.scan(desk.now + TimeDelta::milliseconds(300)).unwrap().is_empty());
    }

    #[test]
    fn a_clock_that_is_put_back_costs_a_second_and_not_an_hour() {
        let mut desk = Desk::new();
        desk.drop_in("a.csv", "one");
        assert!(desk.look().is_empty());
        desk.now -= TimeDelta::hours(1);
        assert_eq!(desk.look_twice().len(), 1);
    }

    #[test]
    fn what_looks_cut_short_gets_longer() {
        let mut desk = Desk::new();
        desk.drop_in("a.json", "{\"format\":");
        desk.drop_in("b.json", "");
        assert!(desk.look_twice().is_empty());
        desk.now += TimeDelta::seconds(8);
        assert_eq!(desk.look().len(), 2);
    }

    #[test]
    fn unfinished_and_hidden_names_are_left_alone() {
        let mut desk = Desk::new();
        for name in [".hidden", "a.csv.part", "b.TMP", "c.crdownload", "~$d.csv", "desktop.ini"] {
            desk.drop_in(name, "x");
        }
        fs::create_dir(desk.path("rejected")).unwrap();
        assert!(desk.look_twice().is_empty());
    }

    #[test]
    fn accepting_takes_the_file_away() {
        let mut desk = Desk::new();
        desk.drop_in("a.csv", "one");
        let found = desk.look_twice();
        desk.folder.accept(&found[0]).unwrap();
        assert!(!desk.path("a.csv").exists());
    }

    #[test]
    fn accepting_spares_what_has_taken_its_place() {
        let mut desk = Desk::new();
        desk.drop_in("a.csv", "one");
        let found = desk.look_twice();
        desk.drop_in("a.csv", "another");
        desk.folder.accept(&found[0]).unwrap();
        assert_eq!(names(&desk.look_twice()), ["a.csv"]);
    }

    #[test]
    fn rejecting_files_it_with_its_reason_and_overwrites_nothing() {
        let mut desk = Desk::new();
        for content in ["one", "other"] {
            desk.drop_in("a.csv", content);
            let found = desk.look_twice();
            desk.folder.reject(&found[0], &whole(Reason::NoHeader)).unwrap();
        }
        assert_eq!(desk.rejected(), ["a (2).csv", "a (2).csv.reason.txt", "a.csv", "a.csv.reason.txt"]);
        let said = fs::read_to_string(desk.path("rejected/a.csv.reason.txt")).unwrap();
        assert!(said.contains(&Reason::NoHeader.to_string()));
        assert_eq!(fs::read(desk.path("rejected/a.csv")).unwrap(), b"one");
    }

    #[test]
    fn the_rest_of_a_file_is_left_and_the_file_goes() {
        let mut desk = Desk::new();
        desk.drop_in("a.csv", "good and bad");
        let found = desk.look_twice();
        let reasons = [Rejection { row: Some(7), reason: Reason::NoChild }];
        desk.folder.reject_rest(&found[0], "bad", &reasons).unwrap();
        assert_eq!(desk.rejected(), ["a.csv", "a.csv.reason.txt"]);
        assert_eq!(fs::read_to_string(desk.path("rejected/a.csv")).unwrap(), "bad");
        assert!(!desk.path("a.csv").exists());
    }

    #[test]
    fn what_could_not_be_dealt_with_is_found_again() {
        let mut desk = Desk::new();
        desk.drop_in("a.csv", "one");
        let found = desk.look_twice();
        desk.folder.find_again(&found[0]);
        assert_eq!(names(&desk.look_twice()), ["a.csv"]);
    }

    #[test]
    fn a_folder_is_rejected_and_moved() {
        let mut desk = Desk::new();
        fs::create_dir(desk.path("more")).unwrap();
        let found = desk.look_twice();
        assert_eq!(reason(&found), Some(&Reason::Folder));
        desk.folder.reject(&found[0], &whole(Reason::Folder)).unwrap();
        assert!(desk.path("rejected/more").is_dir());
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let mut desk = Desk::new();
        fs::File::create(desk.path("a.csv")).unwrap().set_len(50 * 1024 * 1024).unwrap();
        assert_eq!(reason(&desk.look_twice()), Some(&Reason::TooLarge));
    }

    #[test]
    fn a_rejected_folder_that_cannot_be_written_is_said() {
        let mut desk = Desk::new();
        desk.drop_in("rejected", "in the way");
        desk.drop_in("a.csv", "one");
        let found = desk.look_twice();
        assert!(desk.folder.reject(&found[0], &whole(Reason::NoHeader)).is_err());
        assert!(desk.path("a.csv").exists());
        assert!(desk.look().is_empty(), "what stays is not reported again");
    }

    #[test]
    fn what_has_gone_leaves_a_reason_without_a_file() {
        let mut desk = Desk::new();
        desk.drop_in("a.csv", "one");
        let found = desk.look_twice();
        fs::remove_file(desk.path("a.csv")).unwrap();
        for _ in 0..2 {
            desk.folder.reject(&found[0], &whole(Reason::NoHeader)).unwrap();
        }
        assert_eq!(desk.rejected(), ["a.csv.reason.txt"]);
    }

    #[cfg(unix)]
    mod unix {
        use std::fs::{self, Permissions};
        use std::os::unix::fs::{PermissionsExt, symlink};
        use std::os::unix::net::UnixListener;
        use std::process::Command;

        use super::{Desk, Reason, reason, whole};
        use crate::intake::drop_folder::read_named;

        #[test]
        fn a_link_is_not_followed() {
            let mut desk = Desk::new();
            symlink("/etc/passwd", desk.path("a.csv")).unwrap();
            let found = desk.look_twice();
            assert_eq!(reason(&found), Some(&Reason::Link));
            desk.folder.reject(&found[0], &whole(Reason::Link)).unwrap();
            assert!(desk.path("rejected/a.csv").is_symlink());
            assert!(desk.look().is_empty());
        }

        #[test]
        fn a_second_name_is_refused() {
            let mut desk = Desk::new();
            let elsewhere = desk.folder.path().parent().unwrap().join("elsewhere.csv");
            fs::write(&elsewhere, "x").unwrap();
            fs::hard_link(&elsewhere, desk.path("a.csv")).unwrap();
            assert_eq!(reason(&desk.look_twice()), Some(&Reason::SecondName));
        }

        #[test]
        fn a_socket_is_not_a_file() {
            let mut desk = Desk::new();
            let _socket = UnixListener::bind(desk.path("a.csv")).unwrap();
            assert_eq!(reason(&desk.look_twice()), Some(&Reason::NotAFile));
        }

        #[test]
        fn a_pipe_keeps_nobody_waiting() {
            let mut desk = Desk::new();
            let made = Command::new("mkfifo").arg(desk.path("a.csv")).status();
            assert!(made.is_ok_and(|status| status.success()));
            assert_eq!(read_named(&desk.path("a.csv")), Err(Reason::NotAFile));
            assert_eq!(reason(&desk.look_twice()), Some(&Reason::NotAFile));
        }

        #[test]
        fn what_was_named_may_be_a_link_but_not_a_folder() {
            let desk = Desk::new();
            desk.drop_in("a.csv", "one");
            symlink(desk.path("a.csv"), desk.path("b.csv")).unwrap();
            assert_eq!(read_named(&desk.path("b.csv")).as_deref(), Ok(b"one".as_slice()));
            assert_eq!(read_named(&desk.path("")), Err(Reason::Folder));
        }

        #[test]
        fn files_and_folders_are_private() {
            let mut desk = Desk::new();
            desk.drop_in("a.csv", "one");
            fs::set_permissions(desk.path("a.csv"), Permissions::from_mode(0o644)).unwrap();
            let found = desk.look_twice();
            desk.folder.reject(&found[0], &whole(Reason::NoHeader)).unwrap();
            let mode = |name: &str| fs::metadata(desk.path(name)).unwrap().permissions().mode() & 0o777;
            assert_eq!([mode(""), mode("rejected")], [0o700, 0o700]);
            assert_eq!([mode("rejected/a.csv"), mode("rejected/a.csv.reason.txt")], [0o600, 0o600]);
        }

        /// Whoever may read everything may read this too, and then there is nothing to refuse.
        #[test]
        fn a_file_that_may_not_be_read_is_refused_and_moved() {
            let mut desk = Desk::new();
            desk.drop_in("a.csv", "one");
            fs::set_permissions(desk.path("a.csv"), Permissions::from_mode(0o000)).unwrap();
            let superuser = fs::read(desk.path("a.csv")).is_ok();
            let found = desk.look_twice();
            assert_eq!(reason(&found), (!superuser).then_some(&Reason::Forbidden));
            desk.folder.reject(&found[0], &whole(Reason::Forbidden)).unwrap();
            assert_eq!(desk.rejected().len(), 2);
        }
    }
}
