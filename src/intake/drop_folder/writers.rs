//! Whether somebody still writes to a file that has arrived (T32). A report that is taken half and sealed is worse than
//! one that is late.
//!
//! Where the system tells who has a file open, that decides. Elsewhere only time does; and a file that has been taken
//! out of the folder is watched for a while longer, so that what a slow writer adds is not lost with it.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;

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

/// Who has the file open to write. Linux shows it for the processes of one's own user, and for all to root.
#[cfg(target_os = "linux")]
pub(super) fn of(path: &Path) -> Writers {
    use std::fs;
    use std::os::unix::fs::MetadataExt as _;

    let Ok(file) = fs::symlink_metadata(path) else { return Writers::Unknown };
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
pub(super) fn of(_: &Path) -> Writers {
    Writers::Unknown
}

/// A file that was taken out of the folder and is still held, in case somebody goes on writing to it.
pub(super) struct Departed {
    name: OsString,
    file: File,
    size: u64,
    /// Since when it has had that size; none before it was first looked at.
    since: Option<DateTime<Utc>>,
    grew: bool,
}

impl Departed {
    pub(super) fn new(name: &OsString, file: File) -> Option<Self> {
        let size = file.metadata().ok()?.len();
        Some(Self { name: name.clone(), file, size, since: None, grew: false })
    }

    /// Whether it is to be watched on. Once nothing has been added for `patience`, it is let go; what has grown is put
    /// back into `folder` first, whole, as another arrival.
    pub(super) fn watch(&mut self, folder: &Path, patience: TimeDelta, now: DateTime<Utc>) -> bool {
        let Ok(size) = self.file.metadata().map(|file| file.len()) else { return false };
        if size != self.size {
            self.grew = true;
            self.size = size;
            self.since = Some(now);
        }
        let since = *self.since.get_or_insert(now);
        if now - since < patience {
            return true;
        }
        // Where it cannot be put back, it is tried again at the next look.
        self.grew && self.put_back(folder).is_err()
    }

    fn put_back(&mut self, folder: &Path) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.file.rewind()?;
        self.file.read_to_end(&mut bytes)?;
        let mut name = OsString::from("again ");
        name.push(&self.name);
        let mut again = open::create_private_file(&folder.join(name))?;
        again.write_all(&bytes).and_then(|()| again.sync_all())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

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
        let mut departed = Departed::new(&"a.csv".into(), File::open(&path).unwrap()).unwrap();
        fs::remove_file(&path).unwrap();
        let patience = TimeDelta::seconds(10);
        let at = |seconds: i64| DateTime::from_timestamp(1_795_000_000 + seconds, 0).unwrap();
        assert!(departed.watch(home.path(), patience, at(0)));
        writing.write_all(b" and the rest").unwrap();
        assert!(departed.watch(home.path(), patience, at(9)));
        assert!(departed.watch(home.path(), patience, at(18)), "it may go on");
        assert!(!departed.watch(home.path(), patience, at(19)));
        assert_eq!(fs::read(home.path().join("again a.csv")).unwrap(), b"half and the rest");
    }

    #[test]
    fn what_nobody_wrote_to_is_let_go() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a.csv");
        fs::write(&path, "whole").unwrap();
        let mut departed = Departed::new(&"a.csv".into(), File::open(&path).unwrap()).unwrap();
        fs::remove_file(&path).unwrap();
        let at = |seconds: i64| DateTime::from_timestamp(1_795_000_000 + seconds, 0).unwrap();
        assert!(departed.watch(home.path(), TimeDelta::seconds(10), at(0)));
        assert!(!departed.watch(home.path(), TimeDelta::seconds(10), at(10)));
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }
}
