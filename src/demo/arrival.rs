//! How an invented report comes in: typed at the desk, or as a concern file whose bytes are kept.

use crate::cabinet::table::original;
use crate::cabinet::{Error, Result, Writer};
use crate::domain::concern::{ConcernFile, Part1};
use crate::domain::entry::Source;
use crate::domain::text::Text;

/// Keeps a report as the file in which it came.
pub(super) fn as_file(writer: &Writer, name: String, part1: &Part1) -> Result<Source> {
    let unwritable = |_| Error::Refused("An invented report cannot be written as a file.".to_owned());
    let bytes = serde_json::to_vec_pretty(&ConcernFile::of(part1)).map_err(unwritable)?;
    let sha256 = original::sha256(&bytes);
    original::keep(writer, &sha256, &bytes)?;
    Ok(Source::File { name: Text::from(name), sha256, row: None })
}
