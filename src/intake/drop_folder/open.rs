//! Opening what strangers may have put there: never through a link, never waiting on a pipe, never more than the cap.
//!
//! Everything is asked of the open file and not of its name, which may mean something else a moment later (T31).

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use super::stamp::{Kind, Stamp};
use crate::intake::{MAX_BYTES, Reason};

/// Reads a file that somebody named on the command line; a link is followed, since they named it.
pub fn read_named(path: &Path) -> Result<Vec<u8>, Reason> {
    let (file, metadata) = open(options(Links::Followed).open(path))?;
    plain(&metadata)?;
    capped(&file)
}

/// Reads a file of the drop folder; nothing where it has changed since it was stamped, or changes meanwhile, or cannot
/// be opened at this moment.
pub(super) fn read_steady(path: &Path, stamp: &Stamp) -> Option<Result<Vec<u8>, Reason>> {
    let opened = refuse_kind(stamp.kind()).map(|()| options(Links::Refused).open(path));
    if let Ok(Err(error)) = &opened
        && too_many_open(error)
    {
        return None;
    }
    let (file, metadata) = match opened.and_then(open) {
        Ok(opened) => opened,
        Err(reason) => return Stamp::of(path).is_ok_and(|now| now == *stamp).then_some(Err(reason)),
    };
    if Stamp::from(&metadata) != *stamp {
        return None;
    }
    let content = plain(&metadata).and_then(|()| one_name(&metadata)).and_then(|()| capped(&file));
    let after = file.metadata().ok()?;
    (Stamp::from(&after) == *stamp).then_some(content)
}

/// Keeps a file of the drop folder open after its name has gone; none where it is no plain file.
pub(super) fn hold(path: &Path) -> Option<File> {
    let (file, metadata) = open(options(Links::Refused).open(path)).ok()?;
    metadata.is_file().then_some(file)
}

/// As many files are open as may be: that passes, and no file is to blame.
#[cfg(unix)]
pub(super) fn too_many_open(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::EMFILE | libc::ENFILE))
}

#[cfg(windows)]
pub(super) fn too_many_open(error: &io::Error) -> bool {
    const ERROR_TOO_MANY_OPEN_FILES: i32 = 4;
    error.raw_os_error() == Some(ERROR_TOO_MANY_OPEN_FILES)
}

fn refuse_kind(kind: Kind) -> Result<(), Reason> {
    match kind {
        Kind::File => Ok(()),
        Kind::Folder => Err(Reason::Folder),
        Kind::Link => Err(Reason::Link),
        Kind::Special => Err(Reason::NotAFile),
    }
}

fn open(opened: io::Result<File>) -> Result<(File, Metadata), Reason> {
    let file = opened.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Reason::Missing,
        io::ErrorKind::PermissionDenied => Reason::Forbidden,
        _ => Reason::Unreadable,
    })?;
    let metadata = file.metadata().map_err(|_| Reason::Unreadable)?;
    Ok((file, metadata))
}

fn plain(metadata: &Metadata) -> Result<(), Reason> {
    refuse_kind(Stamp::from(metadata).kind())?;
    if metadata.len() > MAX_BYTES { Err(Reason::TooLarge) } else { Ok(()) }
}

/// The size was asked before; a file that grows under the reading is cut off one byte past the cap and refused.
fn capped(file: &File) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|_| Reason::Unreadable)?;
    if bytes.len() as u64 > MAX_BYTES { Err(Reason::TooLarge) } else { Ok(bytes) }
}

#[derive(Clone, Copy)]
enum Links {
    Followed,
    Refused,
}

#[cfg(unix)]
fn options(links: Links) -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = match links {
        Links::Followed => libc::O_NONBLOCK,
        Links::Refused => libc::O_NONBLOCK | libc::O_NOFOLLOW,
    };
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(flags);
    options
}

#[cfg(windows)]
fn options(links: Links) -> OpenOptions {
    use std::os::windows::fs::OpenOptionsExt;
    const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
    let mut options = OpenOptions::new();
    options.read(true);
    match links {
        Links::Followed => {}
        Links::Refused => {
            options.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
        }
    }
    options
}

/// A second name is how a file from elsewhere gets into a folder without a copy (T31).
#[cfg(unix)]
fn one_name(metadata: &Metadata) -> Result<(), Reason> {
    use std::os::unix::fs::MetadataExt;
    if metadata.nlink() == 1 { Ok(()) } else { Err(Reason::SecondName) }
}

#[cfg(not(unix))]
fn one_name(_: &Metadata) -> Result<(), Reason> {
    Ok(())
}

/// A folder that only its owner may enter.
pub(super) fn create_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes a new name durable, where folders can be synced.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match File::open(path)?.sync_all() {
        // Some sticks and shares know no such thing.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        synced => synced,
    }
}

/// A new file that only its owner may read; an error where there is one of that name.
pub(super) fn create_private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Takes other people's right to read a file away, where it is a plain file of ours. Being unable to is no failure:
/// the folder around it is private.
#[cfg(unix)]
pub(super) fn make_private(path: &Path) {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;
    let Ok((file, metadata)) = open(options(Links::Refused).open(path)) else { return };
    if metadata.is_file() && one_name(&metadata).is_ok() {
        let _ = file.set_permissions(Permissions::from_mode(0o600));
    }
}

#[cfg(not(unix))]
pub(super) fn make_private(_: &Path) {}
