//! Whether somebody still writes to a file that has arrived (T32). A report that is taken half and sealed is worse than
//! one that is late.
//!
//! Where the system tells who has a file open, that decides: one that is held open may be read, but it stays where it is
//! until its writer lets go. Elsewhere only time does; and a file that has been taken out of the folder is watched for a
//! while longer, so that what a slow writer adds is not lost with it.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};

use super::open;

/// What is known of the writers of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writers {
    Some,
    None,
    /// The system does not say, or not of whoever may be writing.
    Unknown,
}

/// Who has the file at a path open to write.
pub(super) fn of(path: &Path) -> Writers {
    fs::symlink_metadata(path).map_or(Writers::Unknown, |file| of_file(&file))
}

/// Linux shows it for the processes of one's own user, and for all to root.
#[cfg(target_os = "linux")]
fn of_file(file: &Metadata) -> Writers {
    use std::os::unix::fs::MetadataExt as _;

    // Not asked of /proc/self: whatever keeps its memory to itself belongs to root there.
    let me = rustix::process::geteuid().as_raw();
    let is_ours = |process: &fs::DirEntry| process.metadata().is_ok_and(|of| me == 0 || of.uid() == me);
    let Ok(processes) = fs::read_dir("/proc") else { return Writers::Unknown };
    for process in processes.flatten().filter(is_ours) {
        let Ok(descriptors) = fs::read_dir(process.path().join("fd")) else { continue };
        for descriptor in descriptors.flatten() {
            let is_it = fs::metadata(descriptor.path())
                .is_ok_and(|open| (open.dev(), open.ino()) == (file.dev(), file.ino()));
            let about = process.path().join("fdinfo").join(descriptor.file_name());
            if is_it && fs::read_to_string(about).is_ok_and(|about| is_for_writing(&about)) {
                return Writers::Some;
            }
        }
    }
    if me == 0 || file.uid() == me { Writers::None } else { Writers::Unknown }
}

/// The last octal digit of the flags is how it was opened: 1 to write, 2 to read and write.
#[cfg(target_os = "linux")]
fn is_for_writing(about: &str) -> bool {
    let flags = about.lines().find_map(|line| line.strip_prefix("flags:"));
    flags.is_some_and(|flags| flags.trim().ends_with(['1', '2']))
}

#[cfg(not(target_os = "linux"))]
fn of_file(_: &Metadata) -> Writers {
    Writers::Unknown
}

/// A file that was taken out of the folder and is still held, in case somebody goes on writing to it.
pub(super) struct Departed {
    name: OsString,
    file: File,
    /// How much of it has been read, or put back to be.
    taken: u64,
    size: u64,
    /// Since when it has had that size; none before it was first looked at.
    since: Option<DateTime<Utc>>,
}

impl Departed {
    /// A file of which so many bytes are in the record.
    pub(super) fn new(name: &OsString, file: File, taken: u64) -> Self {
        Self { name: name.clone(), file, taken, size: taken, since: None }
    }

    /// Whether it is to be watched on. What has grown is put back into `folder` once nothing has been added for
    /// `patience`; then it is let go, unless somebody still has it open to write.
    pub(super) fn watch(&mut self, folder: &Path, patience: TimeDelta, now: DateTime<Utc>) -> bool {
        let Ok(file) = self.file.metadata() else { return false };
        if file.len() != self.size {
            self.size = file.len();
            self.since = Some(now);
        }
        let since = *self.since.get_or_insert(now);
        if now - since < patience {
            return true;
        }
        // Where it cannot be put back, it is tried again at the next look.
        self.put_back(folder).is_err() || of_file(&file) == Writers::Some
    }

    /// Puts it back into `folder` if anything of it is unread: whole, as another arrival.
    pub(super) fn put_back(&mut self, folder: &Path) -> io::Result<()> {
        if self.file.metadata()?.len() == self.taken {
            return Ok(());
        }
        let mut bytes = Vec::new();
        self.file.rewind()?;
        self.file.read_to_end(&mut bytes)?;
        let (mut again, path) = self.create_again(folder)?;
        let written = again.write_all(&bytes).and_then(|()| again.sync_all());
        written.inspect_err(|_| drop(fs::remove_file(&path)))?;
        self.taken = bytes.len() as u64;
        Ok(())
    }

    /// What was put back before may still lie there under the same name.
    fn create_again(&self, folder: &Path) -> io::Result<(File, PathBuf)> {
        let mut name = self.name.clone();
        loop {
            let mut again = OsString::from("again ");
            again.push(&name);
            let path = folder.join(&again);
            match open::create_private_file(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => name = again,
                created => return created.map(|file| (file, path)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000 + seconds, 0).unwrap()
    }

    const PATIENCE: TimeDelta = TimeDelta::seconds(10);

    #[cfg(target_os = "linux")]
    #[test]
    fn whoever_writes_is_seen_until_they_close() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a.csv");
        let mut writing = File::create(&path).unwrap();
        writing.write_all(b"half").unwrap();
        assert_eq!(of(&path), Writers::Some);
        drop(writing);
        assert_eq!(of(&path), Writers::None);
        let _reading = File::open(&path).unwrap();
        assert_eq!(of(&path), Writers::None);
    }

    #[test]
    fn what_is_written_after_the_file_has_gone_comes_back() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a.csv");
        let mut writing = File::create(&path).unwrap();
        writing.write_all(b"half").unwrap();
        let mut departed = Departed::new(&"a.csv".into(), File::open(&path).unwrap(), 4);
        fs::remove_file(&path).unwrap();
        assert!(departed.watch(home.path(), PATIENCE, at(0)));
        writing.write_all(b" and the rest").unwrap();
        drop(writing);
        assert!(departed.watch(home.path(), PATIENCE, at(9)));
        assert!(departed.watch(home.path(), PATIENCE, at(18)), "it may go on");
        assert!(!departed.watch(home.path(), PATIENCE, at(19)));
        assert_eq!(fs::read(home.path().join("again a.csv")).unwrap(), b"half and the rest");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn it_is_watched_for_as_long_as_somebody_may_write() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a.csv");
        let mut writing = File::create(&path).unwrap();
        let mut departed = Departed::new(&"a.csv".into(), File::open(&path).unwrap(), 0);
        fs::remove_file(&path).unwrap();
        for hour in 0..4 {
            assert!(departed.watch(home.path(), PATIENCE, at(hour * 3600)));
            assert!(departed.watch(home.path(), PATIENCE, at(hour * 3600 + 10)));
            writing.write_all(b"more ").unwrap();
        }
        drop(writing);
        assert!(departed.watch(home.path(), PATIENCE, at(4 * 3600)));
        assert!(!departed.watch(home.path(), PATIENCE, at(4 * 3600 + 10)));
        for (name, held) in
            [("again a.csv", "more "), ("again again again again a.csv", "more more more more ")]
        {
            assert_eq!(fs::read_to_string(home.path().join(name)).unwrap(), held);
        }
    }

    #[test]
    fn what_nobody_wrote_to_is_let_go() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a.csv");
        fs::write(&path, "whole").unwrap();
        let mut departed = Departed::new(&"a.csv".into(), File::open(&path).unwrap(), 5);
        fs::remove_file(&path).unwrap();
        assert!(departed.watch(home.path(), PATIENCE, at(0)));
        assert!(!departed.watch(home.path(), PATIENCE, at(10)));
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }
}
