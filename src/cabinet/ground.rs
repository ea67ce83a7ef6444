//! What a desk's folder lies on (R7). A cabinet that several people write needs locks that hold between processes, and
//! a journal index that they share in memory: a network file system has neither for certain, and what copies a folder
//! elsewhere copies half a record.
//!
//! The kind of file system is asked of the kernel, on Linux. Then two descriptors of one file are locked, the second
//! of which must be refused: that is the lock by which desks know of each other (`flock`). The locks that SQLite takes
//! itself (POSIX, by byte) are not tried: they never stand in the way of the process that holds them, and so cannot be
//! tried by one process alone.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::error::{Error, Result};
use super::files;

/// What a folder lies on, as far as that can be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ground {
    /// A disk of this machine, or nothing that is known to be anything else.
    Local,
    /// Another machine's disk, by the name of the file system.
    Network(String),
    /// A folder that a program copies elsewhere.
    Synced(&'static str),
}

/// Asks what a folder lies on. Passed in, so that a test can say.
pub type Survey = fn(&Path) -> Ground;

/// What is done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Risk {
    Refused,
    /// Somebody said that they take it.
    Taken,
}

/// By what the folders are known that a program copies elsewhere.
const SYNCED: [(&str, &str); 6] = [
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("nextcloud", "Nextcloud"),
    ("mobile documents", "iCloud"),
];

/// Refuses a folder on which records could be lost. One that is not there yet is judged by where it will be.
pub(super) fn check(root: &Path, probe: &Path, survey: Survey) -> Result<()> {
    let there = root.ancestors().find(|path| path.exists()).unwrap_or(root);
    match survey(there) {
        Ground::Network(kind) => return Err(Error::NetworkFolder { path: root.to_owned(), kind }),
        Ground::Synced(by) => return Err(Error::SyncedFolder { path: root.to_owned(), by }),
        Ground::Local => {}
    }
    if root.is_dir() && !keeps_locks(probe) {
        return Err(Error::NoLocks(root.to_owned()));
    }
    Ok(())
}

/// Whether a lock that is held is refused to somebody else.
fn keeps_locks(probe: &Path) -> bool {
    // Where nothing can be written, nobody can write over anybody.
    let (Ok(one), Ok(other)) = (opened(probe), opened(probe)) else { return true };
    match one.try_lock() {
        // Another program that starts just now holds it: it was refused to us.
        Err(TryLockError::WouldBlock) => true,
        Ok(()) => matches!(other.try_lock(), Err(TryLockError::WouldBlock)),
        Err(TryLockError::Error(_)) => false,
    }
}

fn opened(probe: &Path) -> std::io::Result<File> {
    files::private().create(true).truncate(false).open(probe)
}

/// What the kernel says, and the names of the folders.
pub fn of(path: &Path) -> Ground {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if let Some(by) = synced(&path) {
        return Ground::Synced(by);
    }
    kernel(&path).map_or(Ground::Local, Ground::Network)
}

fn synced(path: &Path) -> Option<&'static str> {
    path.components().find_map(|component| {
        let name = component.as_os_str().to_string_lossy().to_lowercase();
        // `OneDrive - Weirgate School`, `Dropbox (Personal)`
        let begins = |known: &str| {
            let rest = name.strip_prefix(known)?;
            rest.chars().next().is_none_or(|next| !next.is_alphanumeric()).then_some(())
        };
        SYNCED.into_iter().find(|(known, _)| begins(known).is_some()).map(|(_, by)| by)
    })
}

#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
use linux::kernel;

/// Other systems are not asked.
#[cfg(not(all(target_os = "linux", target_pointer_width = "64")))]
fn kernel(_path: &Path) -> Option<String> {
    None
}

#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
mod linux {
    use std::fs;
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;

    use rustix::fs::{major, minor};

    /// File systems of other machines, by the number that the kernel knows them by (`statfs(2)`).
    const NETWORK: [(i64, &str); 12] = [
        (0x6969, "NFS"),
        (0x517B, "SMB"),
        (0xFF53_4D42, "CIFS"),
        (0xFE53_4D42, "SMB2"),
        (0x0102_1997, "9p"),
        (0x5346_414F, "AFS"),
        (0x6B41_4653, "AFS"),
        (0x7375_7245, "Coda"),
        (0x00C3_6400, "Ceph"),
        (0x0BD0_0BD0, "Lustre"),
        (0x786F_4256, "VirtualBox shared folder"),
        (0x564C, "NCP"),
    ];

    /// What a program in between calls itself. Others of its kind lie on a disk of this machine: encrypted folders, NTFS.
    const FUSE: i64 = 0x6573_5546;
    const NETWORK_BY_FUSE: [&str; 16] = [
        "sshfs",
        "rclone",
        "s3fs",
        "gcsfuse",
        "davfs",
        "curlftpfs",
        "smbnetfs",
        "glusterfs",
        "ceph",
        "gvfsd",
        "onedrive",
        "google-drive",
        "mfs",
        "vmhgfs",
        "grpcfuse",
        "virtiofs",
    ];

    pub(super) fn kernel(path: &Path) -> Option<String> {
        let number = rustix::fs::statfs(path).ok()?.f_type;
        if number == FUSE {
            return fuse(path);
        }
        let known = NETWORK.into_iter().find(|(known, _)| *known == number);
        known.map(|(_, name)| name.to_owned())
    }

    /// The mount says which program it is.
    fn fuse(path: &Path) -> Option<String> {
        let device = fs::metadata(path).ok()?.dev();
        let mounts = fs::read_to_string("/proc/self/mountinfo").ok()?;
        network_by_fuse(&mounts, &format!("{}:{}", major(device), minor(device)))
    }

    /// The kind of a mount in the kernel's list, where it is one of another machine's.
    pub(super) fn network_by_fuse(mounts: &str, device: &str) -> Option<String> {
        let kind = mounts.lines().find_map(|mount| {
            let (before, after) = mount.split_once(" - ")?;
            (before.split(' ').nth(2)? == device).then(|| after.split(' ').next())?
        })?;
        let program = kind.strip_prefix("fuse.").unwrap_or(kind);
        NETWORK_BY_FUSE.iter().any(|known| program.starts_with(known)).then(|| kind.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_copied_elsewhere_is_known_by_its_name() {
        for (path, by) in [
            ("/home/amina/OneDrive - Weirgate School/desk", Some("OneDrive")),
            ("/home/amina/Dropbox (Personal)/desk", Some("Dropbox")),
            ("/home/amina/dropbox", Some("Dropbox")),
            ("/home/amina/dropboxes/desk", None),
            ("/home/amina/.local/share/dsl-desk", None),
        ] {
            assert_eq!(synced(Path::new(path)), by, "{path}");
        }
    }

    #[cfg(all(target_os = "linux", target_pointer_width = "64"))]
    #[test]
    fn what_lies_behind_fuse_is_known_by_its_program() {
        let mounts = "24 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw\n\
                      61 24 0:52 / /mnt/a rw,nosuid - fuse.sshfs amina@host:/ rw\n\
                      62 24 0:53 / /mnt/b rw master:2 shared:9 - fuse.gocryptfs /home/amina/b rw\n";
        let kind = |device| linux::network_by_fuse(mounts, device);
        assert_eq!(kind("0:52").as_deref(), Some("fuse.sshfs"));
        assert_eq!([kind("0:53"), kind("254:1"), kind("9:9")], [None, None, None]);
    }

    #[test]
    fn this_disk_keeps_locks_and_one_that_is_held_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let probe = folder.path().join("probe");
        assert!(keeps_locks(&probe) && keeps_locks(&probe));
        let held = opened(&probe).unwrap();
        held.lock().unwrap();
        assert!(keeps_locks(&probe), "somebody else is trying it");
        assert!(keeps_locks(Path::new("/proc/nowhere/probe")), "nothing can be written there");
    }
}
