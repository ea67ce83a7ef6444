//! A disk of its own: a small one that can be filled, and made read-only for whoever may write everything, too.
//!
//! Mounting one takes a right that not everybody has. Who has it not gets it in a namespace of their own, where this
//! test program runs the same test once more; where the system grants neither, as in some containers, there is no such
//! disk and nothing can be tested on it.

use std::env;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Room for a desk, a backup of it, and a restore beside both.
const SIZE: &str = "size=24m,mode=700";
/// Says that this is the second run.
const INSIDE: &str = "SMALL_DISK_INSIDE";
const NAMESPACE: [&str; 3] = ["--user", "--map-root-user", "--mount"];

pub(crate) struct SmallDisk {
    dir: TempDir,
}

impl SmallDisk {
    /// Calls `test`, whose full name is given, with such a disk.
    pub(crate) fn with(name: &str, test: impl FnOnce(&Self)) {
        match Self::mounted() {
            Some(disk) => test(&disk),
            None if env::var_os(INSIDE).is_none() && can_do("unshare", &NAMESPACE, &["true"]) => inside(name),
            None => drop(writeln!(
                std::io::stderr(),
                "{name}: nobody may mount a disk here, so nothing was tested"
            )),
        }
    }

    fn mounted() -> Option<Self> {
        let disk = Self { dir: tempfile::tempdir().unwrap() };
        can_do("mount", &["-t", "tmpfs", "-o", SIZE, "tmpfs"], &[disk.path().to_str()?]).then_some(disk)
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    fn filler(&self) -> PathBuf {
        self.path().join("filler")
    }

    /// Until not one more byte fits.
    pub(crate) fn fill(&self) {
        let mut file = File::create(self.filler()).unwrap();
        let mut block = vec![7; 1024 * 1024];
        while !block.is_empty() {
            if let Err(error) = file.write_all(&block) {
                assert_eq!(error.kind(), ErrorKind::StorageFull);
                block.truncate(block.len() / 2);
            }
        }
    }

    pub(crate) fn make_room(&self) {
        fs::remove_file(self.filler()).unwrap();
    }

    pub(crate) fn make_read_only(&self) {
        self.remount("remount,ro");
    }

    pub(crate) fn make_writable(&self) {
        self.remount("remount,rw");
    }

    fn remount(&self, how: &str) {
        assert!(can_do("mount", &["-o", how], &[self.path().to_str().unwrap()]), "{how}");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Whatever a test that failed has left open on it.
        can_do("umount", &["--lazy"], &[self.path().to_str().unwrap_or_default()]);
    }
}

fn can_do(program: &str, options: &[&str], more: &[&str]) -> bool {
    Command::new(program).args(options).args(more).output().is_ok_and(|done| done.status.success())
}

/// The same test in a namespace in which disks can be mounted.
fn inside(name: &str) {
    let mut again = Command::new("unshare");
    again
        .args(NAMESPACE)
        .arg(env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(INSIDE, "1");
    assert!(again.status().unwrap().success(), "{name}, in a namespace of its own");
}
