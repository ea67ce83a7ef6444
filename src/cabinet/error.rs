//! What can go wrong with the record, in words for the person at the desk: what happened, then what to do.
//!
//! No message quotes the record.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::domain::ids::ConcernId;

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("There is no desk in {}. Set one up with `dsl-desk setup`, or name its folder with --desk.", .0.display())]
    NoDesk(PathBuf),
    #[error("There is a desk in {} already. Nothing was changed; choose another folder with --desk.", .0.display())]
    DeskExists(PathBuf),
    #[error(
        "The folder {} lies on a network file system ({kind}), where records are lost when two people write. \
         Keep the desk on a disk of this machine, and share it by logging in to this machine; \
         --network-folder-at-my-risk opens it all the same.",
        path.display()
    )]
    NetworkFolder { path: PathBuf, kind: String },
    #[error(
        "{by} copies the folder {} elsewhere, and would copy half a record or put an old one back. \
         Keep the desk in another folder of this machine; --network-folder-at-my-risk opens it all the same.",
        path.display()
    )]
    SyncedFolder { path: PathBuf, by: &'static str },
    #[error(
        "The folder {} lies where locks do not hold, so that two desks could write over each other. \
         Keep the desk on a disk of this machine; --network-folder-at-my-risk opens it all the same.",
        .0.display()
    )]
    NoLocks(PathBuf),
    #[error(
        "The passphrase does not open this desk. Check capitals and the keyboard's language, then try again."
    )]
    WrongPassphrase,
    #[error("This person has no key to that cabinet. Ask somebody who has one to add them.")]
    NotAMember,
    #[error(
        "The record does not know this person by these keys. Put back the people file as it was, or ask the lead to add them again."
    )]
    NotKnown,
    #[error("This is not for a {0} to do, so nothing was recorded. Ask the lead to do it.")]
    NoRight(&'static str),
    #[error(
        "The desk is open elsewhere, and that cannot be done meanwhile. Ask whoever has it open to lock or close it, then try again."
    )]
    OpenElsewhere,
    #[error(
        "The people of this desk are being changed just now, or it goes back to a backup. Nothing was done; try again in a minute."
    )]
    PeopleBusy,
    #[error(
        "Word {0} is none of the words that a recovery key is made of. Check it against what was written down."
    )]
    NoSuchWord(usize),
    #[error(
        "These are not the words of a recovery key: one is missing, wrong or in another place. Check them against what was written down."
    )]
    WordsDoNotFit,
    #[error(
        "These words do not open this desk: they belong to another desk, or were replaced since. Look for the newest ones."
    )]
    WordsReplaced,
    #[error(
        "Your keys are others now than they were in that backup. Restore it beside the desk: name another folder with --desk."
    )]
    OtherKeysSince,
    #[error(
        "A sealed report in incoming/ is damaged and cannot be opened. It stays there; ask for it again."
    )]
    DamagedReport,
    #[error("The report could not be sealed to those who receive it. Nothing was changed; try again.")]
    NotSealed,
    #[error("There is nobody called {0} on this desk. Name somebody from the people folder with --as.")]
    NoPerson(String),
    #[error("Several people use this desk. Say who you are with --as: {0}.")]
    WhichPerson(String),
    #[error("The file {} cannot be read as a key file: {why}. Put back a copy from a backup.", path.display())]
    KeyFile { path: PathBuf, why: String },
    #[error(
        "The cabinet cannot be opened: the key does not fit or the file is damaged. Put back a copy from a backup, and remove general.db-wal and general.db-shm first."
    )]
    NotACabinet,
    #[error("The folder {} holds the keys of a cabinet, but not the cabinet. Put the cabinet back from a backup, or choose another folder with --desk; nothing was changed.", .0.display())]
    KeysWithoutCabinet(PathBuf),
    #[error(
        "The cabinet was written by a newer dsl-desk (format {file}, this one knows {known}). Use the newer program; nothing was changed."
    )]
    Newer { file: i64, known: i64 },
    #[error("The private keys in this person's file are damaged. Put back a copy of the file from a backup.")]
    DamagedPerson,
    #[error("The disk is full; nothing was lost, but this was not saved. Free some space, then save again.")]
    Full,
    #[error(
        "The cabinet cannot be written: the folder or disk is read-only. Your text is kept on the screen; make the folder writable, then save again."
    )]
    ReadOnly,
    #[error(
        "The disk could not be read or written: it is full, read-only or failing. \
         What is recorded is not touched; make room or make the folder writable, then try again."
    )]
    Disk,
    #[error("Somebody else is writing to the cabinet. Try again in a moment; your text is kept.")]
    Busy,
    #[error("{what} {} could not be {action}: {source}. Check the folder and try again.", path.display())]
    File { what: &'static str, action: &'static str, path: PathBuf, source: io::Error },
    #[error("{0}")]
    Refused(String),
    #[error("There is no {0} {1} on this desk. Check the number.")]
    NoSuch(&'static str, i64),
    #[error("Concern {0} is restricted to the people named on it. Ask one of them.")]
    Restricted(ConcernId),
    #[error(
        "The file holds other reports too, and concern {0} among them is restricted to the people named on it. Ask one of them to show it."
    )]
    RestrictedBeside(ConcernId),
    #[error("Entry {seq} of the ledger cannot be read. Run `dsl-desk verify`.")]
    Unreadable { seq: i64 },
    #[error(
        "This would not read back as it was written, so it was not recorded. Check its dates; your text is kept."
    )]
    NotKept,
    #[error("The cabinet reports a fault ({}). Nothing was saved; run `dsl-desk verify`.", code(.0))]
    Database(rusqlite::Error),
    #[error(
        "The cabinet was moved, removed or replaced since this desk opened it, so nothing was saved. Your text is on the screen: copy it, then lock and open the desk again."
    )]
    Moved,
    #[error(
        "The desk was opened for reading only, as its disk was full or read-only. Make room or make the folder writable, then lock and open the desk again."
    )]
    OpenedToRead,
    #[error("This is longer than an entry may be. Divide it into several; your text is kept.")]
    TooLong,
    #[error("A backup of this desk is being made already. Wait until it is done; nothing needs doing twice.")]
    BackingUp,
    #[error(
        "The backup was given up before it was whole, and nothing of it was kept. Make one with `dsl-desk backup` when there is time."
    )]
    GivenUp,
    #[error(
        "The backup does not fit: it takes {} and {} are free. Make room, or name another disk: `dsl-desk backup DIR`.",
        size(*.takes), size(*.free)
    )]
    NoRoom { takes: u64, free: u64 },
    #[error(
        "The copy that was made is not as the record is, so it is not called a backup. Run `dsl-desk verify`, and back up to another disk."
    )]
    BadCopy,
    #[error(
        "Part of the record is damaged on its disk, so no backup was made: it would not be whole. Keep the backups that there are, and run `dsl-desk verify`."
    )]
    DamagedRecord,
    #[error(
        "The backup is damaged or was changed after it was made, so nothing was restored. Choose another: `dsl-desk restore --list`."
    )]
    BadBackup,
    #[error(
        "The backup does not fit beside the present desk: it takes {} and {} are free. Nothing was changed; make room, then restore again.",
        size(*.takes), size(*.free)
    )]
    NoRoomToRestore { takes: u64, free: u64 },
    #[error(
        "A backup is being put in the place of this desk, or that was cut off. Wait until it is done, then start dsl-desk again."
    )]
    Restoring,
    #[error("A restore that was cut off cannot go on, as {} is in its way. Move that elsewhere, then start dsl-desk again.", .0.display())]
    InTheWay(PathBuf),
    #[error(
        "Random numbers are not to be had from the system, so no key can be made. Restart the computer and try again."
    )]
    Random,
}

/// A number and its name. SQLite's own sentences can quote what was asked of it, down to the words of the record.
fn code(error: &rusqlite::Error) -> String {
    match error.sqlite_error() {
        Some(fault) => format!("{:?}, number {}", fault.code, fault.extended_code),
        None => "not what was expected of SQLite".to_owned(),
    }
}

/// Bytes as people say them.
pub fn size(bytes: u64) -> String {
    const KIB: u64 = 1024;
    match bytes {
        0..MIB => format!("{} KB", bytes.div_ceil(KIB)),
        MIB..GIB => format!("{}.{} MB", bytes / MIB, bytes % MIB * 10 / MIB),
        GIB.. => format!("{}.{} GB", bytes / GIB, bytes % GIB * 10 / GIB),
    }
}

const MIB: u64 = 1024 * 1024;
const GIB: u64 = 1024 * MIB;

impl Error {
    /// For `map_err`: what could not be done to which file, told apart from a full or read-only disk.
    pub(crate) fn file(
        what: &'static str,
        action: &'static str,
        path: &Path,
    ) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| match source.kind() {
            io::ErrorKind::StorageFull => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::File { what, action, path, source },
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => Self::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::NotACabinet,
            Some(ErrorCode::SystemIoFailure) => Self::Disk,
            _ => Self::Database(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{GIB, MIB, size};

    #[test]
    fn bytes_are_said_in_the_unit_that_people_know() {
        assert_eq!([0, 1, 1024 * 1024 - 1].map(size), ["0 KB", "1 KB", "1024 KB"]);
        assert_eq!([MIB, 15 * MIB / 10, GIB - 1].map(size), ["1.0 MB", "1.5 MB", "1023.9 MB"]);
        assert_eq!(size(21 * GIB / 10), "2.0 GB");
    }
}
