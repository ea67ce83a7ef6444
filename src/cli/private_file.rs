//! Files for whoever asked, which only they may read. What could not be written whole is taken away again, and nothing
//! goes where the desk keeps its own: a file in `incoming/` would be read as a report.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use super::failure::{Failure, Result};
use crate::cabinet::files::Folder;

const THERE: &str = "There is a file of that name already. Nothing was written; name another file.";
const LINK: &str =
    "That name is only a link. Nothing was written; name the file that it leads to, or another.";
const INSIDE: &str = "That is inside the desk's own folder. Nothing was written; name a file somewhere else.";

/// A new file; one that is there already stays as it is.
pub(super) fn write_new(desk: &Folder, path: &Path, text: &str) -> Result<()> {
    refuse_inside(desk, path)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|error| not_written(&error))?;
    let done = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    done.map_err(|error| {
        drop(fs::remove_file(path));
        not_written(&error)
    })
}

/// The same in place of an earlier one, which is known by what it begins with; anything else stays as it is.
pub(super) fn write_over(desk: &Folder, path: &Path, text: &str, begins: &str) -> Result<()> {
    refuse_inside(desk, path)?;
    match fs::symlink_metadata(path) {
        // The rename below would put an end to the link, and leave what it leads to as it was.
        Ok(there) if there.is_symlink() => return Err(Failure::said(LINK)),
        // A pipe would be waited for without end.
        Ok(there) if !there.is_file() => return Err(Failure::said(THERE)),
        Ok(_) if !begins_with(path, begins)? => return Err(Failure::said(THERE)),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return write_new(desk, path, text),
        Err(error) => return Err(not_written(&error)),
    }
    put_over(path, text).map_err(|error| not_written(&error))
}

/// Under a name of its own until it is whole, so that what another run left behind is in nobody's way.
fn put_over(path: &Path, text: &str) -> io::Result<()> {
    let mut new = tempfile::Builder::new().prefix(".dsl-desk-").tempfile_in(folder_of(path))?;
    new.write_all(text.as_bytes()).and_then(|()| new.as_file().sync_all())?;
    new.persist(path).map(drop).map_err(|error| error.error)
}

fn begins_with(path: &Path, begins: &str) -> Result<bool> {
    let file = File::open(path).map_err(|error| not_written(&error))?;
    let mut first = Vec::new();
    let read = file.take(begins.len() as u64).read_to_end(&mut first);
    Ok(read.is_ok() && first == begins.as_bytes())
}

/// By whatever way it is named. Where there is no such folder, nothing can be written there.
fn refuse_inside(desk: &Folder, path: &Path) -> Result<()> {
    match (fs::canonicalize(folder_of(path)), fs::canonicalize(desk.root())) {
        (Ok(folder), Ok(root)) if folder.starts_with(&root) => Err(Failure::said(INSIDE)),
        _ => Ok(()),
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn not_written(error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::AlreadyExists {
        return Failure::said(THERE);
    }
    Failure::Said(format!("The file could not be written: {error}. Check its folder, or name another file."))
}
