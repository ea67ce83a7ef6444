//! Where things lie in the desk's folder, and how files are written there: private, whole, and durable.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::error::{Error, Result};
use super::ground::{self, Risk, Survey};
use crate::domain::cabinet::CabinetName;
use crate::domain::ids::PersonId;

/// The desk's folder by name, and which of its cabinets is meant; nothing is opened until it is asked for.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    cabinet: CabinetName,
    survey: Survey,
    risk: Risk,
}

impl Folder {
    /// The folder, and the safeguarding team's cabinet in it.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), cabinet: CabinetName::General, survey: ground::of, risk: Risk::Refused }
    }

    /// The same folder, and that cabinet.
    pub fn with(&self, cabinet: CabinetName) -> Self {
        Self { cabinet, ..self.clone() }
    }

    /// The same folder on what that says it lies on.
    pub fn lying_on(self, survey: Survey) -> Self {
        Self { survey, ..self }
    }

    /// The same folder, whatever it lies on.
    pub fn at_own_risk(self) -> Self {
        Self { risk: Risk::Taken, ..self }
    }

    /// Refuses to open a desk, or to set one up, where its records could be lost. Backups and restores may lie anywhere:
    /// nobody else writes there.
    pub fn may_hold_a_desk(&self) -> Result<()> {
        match self.risk {
            Risk::Taken => Ok(()),
            Risk::Refused => ground::check(&self.root, &self.root.join(".probe.lock"), self.survey),
        }
    }

    pub fn cabinet(&self) -> CabinetName {
        self.cabinet
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn people(&self) -> PathBuf {
        self.root.join("people")
    }

    /// Somebody's people file.
    pub fn person(&self, person: &PersonId) -> PathBuf {
        self.people().join(format!("{person}.toml"))
    }

    /// The files of those who have left.
    pub fn removed_people(&self) -> PathBuf {
        self.people().join("removed")
    }

    pub fn cabinets(&self) -> PathBuf {
        self.root.join("cabinets")
    }

    /// A file of the cabinet.
    fn of_cabinet(&self, ending: &str) -> PathBuf {
        self.cabinets().join(format!("{}.{ending}", self.cabinet.label()))
    }

    pub fn database(&self) -> PathBuf {
        self.of_cabinet("db")
    }

    /// Where set-up writes the database until it is whole.
    pub fn unfinished_database(&self) -> PathBuf {
        self.of_cabinet("unfinished")
    }

    /// Where the database is written under another key until it is whole.
    pub fn changed_database(&self) -> PathBuf {
        self.of_cabinet("changed")
    }

    /// Held by whoever sets the desk up.
    pub fn set_up_lock(&self) -> PathBuf {
        self.cabinets().join("set-up.lock")
    }

    /// Held together by everybody who has the desk open, and alone by whoever changes the cabinet's key or puts
    /// another record in its place. It lies outside of what is set aside then.
    pub fn open_lock(&self) -> PathBuf {
        self.root.join(".open.lock")
    }

    /// Held by whoever changes the people of the desk, or goes back to those of a backup.
    pub fn people_lock(&self) -> PathBuf {
        self.root.join(".people.lock")
    }

    /// What tells other desks which concerns are open at this one.
    pub fn open_concerns(&self) -> PathBuf {
        self.root.join(".open")
    }

    /// Its keys, sealed to each member.
    pub fn keys(&self) -> PathBuf {
        self.of_cabinet("keys")
    }

    /// The drop folder.
    pub fn incoming(&self) -> PathBuf {
        self.root.join("incoming")
    }

    /// Where backups are made unless somebody names another place. Those of the senior cabinet are in no list of the
    /// others.
    pub fn backups(&self) -> PathBuf {
        let backups = self.root.join("backups");
        match self.cabinet {
            CabinetName::General => backups,
            CabinetName::Senior => backups.join(self.cabinet.label()),
        }
    }

    /// Whether the cabinet is there; with the safeguarding team's the desk is.
    pub fn exists(&self) -> bool {
        self.database().exists()
    }

    /// Makes the folders, each open to the owner alone.
    pub fn create(&self) -> Result<()> {
        for folder in [
            self.root.clone(),
            self.people(),
            self.cabinets(),
            self.incoming(),
            self.incoming().join("rejected"),
            self.backups(),
        ] {
            private_folder(&folder)?;
        }
        Ok(())
    }
}

/// A path and the file that lay there. A database that is moved or replaced goes on taking records that nobody will
/// ever find.
pub struct Place {
    path: PathBuf,
    file: Option<(u64, u64)>,
}

impl Place {
    pub fn of(path: &Path) -> Self {
        Self { path: path.to_owned(), file: identity(path) }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether an open file is the one that lay there.
    pub fn is(&self, file: &File) -> bool {
        file.metadata().is_ok_and(|file| self.file == Some(number(&file)))
    }

    pub fn is_as_it_was(&self) -> bool {
        identity(&self.path) == self.file
    }
}

/// The device and the number of a file on it; none where it is away.
fn identity(path: &Path) -> Option<(u64, u64)> {
    fs::metadata(path).ok().map(|file| number(&file))
}

/// Always the same where files have no numbers.
fn number(file: &fs::Metadata) -> (u64, u64) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        (file.dev(), file.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        (0, 0)
    }
}

/// Makes a folder (and those above it) that only its owner may enter.
pub fn private_folder(path: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(Error::file("The folder", "made", path))
}

/// Options for a file that only its owner may read.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// A lock that lasts as long as what is given back; none where somebody else holds it. It goes with the process, so
/// that nobody is ever locked out by one that was killed.
pub fn lock(path: &Path) -> Result<Option<File>> {
    locked(path, |file| patiently(|| file.try_lock()))
}

/// The same for whoever has another choice, and waits for nobody.
pub(super) fn lock_at_once(path: &Path) -> Result<Option<File>> {
    locked(path, File::try_lock)
}

fn locked(
    path: &Path,
    lock: impl Fn(&File) -> std::result::Result<(), TryLockError>,
) -> Result<Option<File>> {
    let file = private().create(true).truncate(false).open(path);
    let file = file.map_err(Error::file("The file", "made", path))?;
    match lock(&file) {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(Error::file("The file", "locked", path)(error)),
    }
}

/// How long a lock is tried that somebody holds. One that is let go may be held a moment longer by a program that was
/// started meanwhile, until it is its own.
const PATIENCE: Duration = Duration::from_millis(300);
const BETWEEN_TRIES: Duration = Duration::from_millis(5);

fn patiently(
    lock: impl Fn() -> std::result::Result<(), TryLockError>,
) -> std::result::Result<(), TryLockError> {
    let end = Instant::now() + PATIENCE;
    loop {
        match lock() {
            Err(TryLockError::WouldBlock) if Instant::now() < end => thread::park_timeout(BETWEEN_TRIES),
            tried => return tried,
        }
    }
}

/// That a desk is open, as long as this lasts. Where the system has no such locks it says nothing.
pub struct Held(Option<File>);

impl Held {
    pub fn nothing() -> Self {
        Self(None)
    }

    /// Waits for nobody: none where somebody holds it alone.
    pub fn together(path: &Path) -> Result<Option<Self>> {
        // A disk that cannot be written is no reason not to read, and nobody can change anything there.
        let made = private().create(true).truncate(false).open(path).or_else(|_| File::open(path));
        let Ok(file) = made else { return Ok(Some(Self::nothing())) };
        match patiently(|| file.try_lock_shared()) {
            Ok(()) => Ok(Some(Self(Some(file)))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(_)) => Ok(Some(Self::nothing())),
        }
    }

    /// The same alone; none where somebody else holds it too, or where that cannot be known.
    pub fn alone(self) -> Option<Self> {
        let file = self.0?;
        // Not every system turns one lock into the other.
        file.unlock().ok()?;
        patiently(|| file.try_lock()).ok()?;
        Some(Self(Some(file)))
    }
}

/// A moment as part of a file's name.
pub fn stamp(moment: DateTime<Utc>) -> String {
    moment.format("%Y%m%dT%H%M%S%3fZ").to_string()
}

/// Makes an empty private file and fails where one is there already.
pub fn create_private(path: &Path) -> Result<()> {
    private().create_new(true).open(path).map(drop).map_err(Error::file("The file", "made", path))
}

/// Writes a private file so that a crash leaves either the old one or the new one, never half of it.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    let fault = || Error::file("The file", "written", path);
    let new = path.with_extension("new");
    let mut file = private().create(true).truncate(true).open(&new).map_err(fault())?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(fault())?;
    put_in_place(&new, path)
}

/// The same where several desks may write the file at once: each writes one of its own, and the last one stays. What
/// is lost to a power cut is only that it was the last.
pub fn replace_private(path: &Path, bytes: &[u8]) -> Result<()> {
    let fault = || Error::file("The file", "written", path);
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".seen-").tempfile_in(folder).map_err(fault())?;
    new.write_all(bytes).and_then(|()| new.as_file().sync_all()).map_err(fault())?;
    new.persist(path).map(drop).map_err(|error| fault()(error.error))
}

/// Moves a finished file to its place for good.
pub fn put_in_place(finished: &Path, place: &Path) -> Result<()> {
    fs::rename(finished, place).map_err(Error::file("The file", "put in its place", place))?;
    place.parent().map_or(Ok(()), sync_folder)
}

/// Makes a rename durable. Folders cannot be synced everywhere; where they cannot, the file itself was.
pub fn sync_folder(folder: &Path) -> Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // Some sticks and shares know no such thing.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        synced => synced.map_err(Error::file("The folder", "written", folder)),
    }
}

/// Waits until a finished file is on the disk.
pub fn sync_file(path: &Path) -> Result<()> {
    let file = OpenOptions::new().write(true).open(path);
    file.and_then(|file| file.sync_all()).map_err(Error::file("The file", "written", path))
}

/// Copies a file to where there is none, private and durable whatever the other one is.
pub fn copy_private(from: &Path, to: &Path) -> Result<()> {
    let mut source = File::open(from).map_err(Error::file("The file", "read", from))?;
    let mut file = private().create_new(true).open(to).map_err(Error::file("The file", "made", to))?;
    let copied = io::copy(&mut source, &mut file).and_then(|_| file.sync_all());
    copied.map_err(Error::file("The file", "copied", to))
}

/// The plain files of a folder with a given ending, by name. Nothing that is only a link to one.
pub fn plain_files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let listed = fs::read_dir(folder).map_err(Error::file("The folder", "read", folder))?;
    let mut found: Vec<PathBuf> = listed
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    found.sort();
    Ok(found)
}
