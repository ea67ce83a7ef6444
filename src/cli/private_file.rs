//! Files for whoever asked, which only they may read. What could not be written whole is taken away again.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use super::failure::{Failure, Result};

const THERE: &str = "There is a file of that name already. Nothing was written; name another file.";

/// A new file; one that is there already stays as it is.
pub(super) fn write_new(path: &Path, text: &str) -> Result<()> {
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
pub(super) fn write_over(path: &Path, text: &str, begins: &str) -> Result<()> {
    // A pipe would be waited for without end.
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return Err(Failure::said(THERE));
    }
    match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return write_new(path, text),
        Err(error) => return Err(not_written(&error)),
        Ok(file) => {
            let mut first = Vec::new();
            let read = file.take(begins.len() as u64).read_to_end(&mut first);
            if read.is_err() || first != begins.as_bytes() {
                return Err(Failure::said(THERE));
            }
        }
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = Path::new(&beside);
    write_new(beside, text)?;
    fs::rename(beside, path).map_err(|error| {
        drop(fs::remove_file(beside));
        not_written(&error)
    })
}

fn not_written(error: &io::Error) -> Failure {
    if error.kind() == io::ErrorKind::AlreadyExists {
        return Failure::said(THERE);
    }
    Failure::Said(format!("The file could not be written: {error}. Check its folder, or name another file."))
}
