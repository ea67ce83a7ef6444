//! A file becomes Part 1s, or is rejected with a reason.
//!
//! [`read`] takes bytes and says what is in them; [`drop_folder`] watches `incoming/`. What is done with a Part 1
//! (its number, its children, whether it has been here before) is the cabinet's: this room knows the `domain` only.
//!
//! ```text
//! bytes ─▶ decode ─▶ json ──────────────────────▶ Part 1, or a Reason
//!                 └▶ table ─▶ header ─▶ answers ─▶ one of the two for each row
//! ```
//!
//! Two rules hold everywhere here. Nothing that was written is dropped: what fits no field goes to
//! `Part1::unknown`. And no [`Reason`] repeats the report's words, because reasons are written to plain files.

mod answers;
mod dates;
mod decode;
pub mod drop_folder;
mod form;
mod header;
mod json;
mod labels;
mod pupils;
mod reason;
mod table;
mod unknown;

use std::path::Path;

use crate::domain::concern::Part1;
use decode::{Decoded, Encoding};

pub use reason::Reason;

/// The largest file that is read (T13).
pub const MAX_BYTES: u64 = 25 * 1024 * 1024;
/// The most reports that one file may hold.
pub const MAX_REPORTS: usize = 10_000;
/// The longest field, in characters (T13).
const MAX_FIELD: usize = 200_000;
/// The most columns of a table, and the most unknown fields of one report.
const MAX_FIELDS: usize = 1_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `dsl-desk.concern/1`.
    Json,
    /// What form services export.
    Csv,
}

/// What a file holds, report by report. It has no `Debug` form: reports are in it.
pub struct Reading {
    pub format: Format,
    pub rows: Vec<RowOutcome>,
}

/// One report of a file.
pub struct RowOutcome {
    /// The row as a spreadsheet counts it, or the place in an array from 1; none where the file is one report.
    pub row: Option<u32>,
    pub result: Result<Part1, Reason>,
}

/// Why a file, or one row of it, was not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    pub row: Option<u32>,
    pub reason: Reason,
}

impl From<Reason> for Rejection {
    fn from(reason: Reason) -> Self {
        Self { row: None, reason }
    }
}

impl Reading {
    /// The rows that cannot be taken in, for [`drop_folder::DropFolder::reject`].
    pub fn rejections(&self) -> Vec<Rejection> {
        self.rows
            .iter()
            .filter_map(|RowOutcome { row, result }| {
                result.as_ref().err().map(|reason| Rejection { row: *row, reason: reason.clone() })
            })
            .collect()
    }
}

/// Reads a file by what is in it; `name` only helps where the content does not tell, and is never a path.
pub fn read(bytes: &[u8], name: &str) -> Result<Reading, Reason> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_BYTES {
        return Err(Reason::TooLarge);
    }
    refuse_foreign(bytes)?;
    let Decoded { text, encoding } = decode::decode(bytes);
    if text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    let format = format_of(&text, name);
    let rows = match (format, encoding) {
        (Format::Json, Encoding::Utf8) => json::read(&text)?,
        (Format::Json, Encoding::Other) => return Err(Reason::NotUtf8),
        (Format::Csv, Encoding::Utf8 | Encoding::Other) => answers::read(&text)?,
    };
    if rows.is_empty() { Err(Reason::NoReports) } else { Ok(Reading { format, rows }) }
}

/// Files that people send instead, known by how they begin: they deserve better advice than "no column names".
fn refuse_foreign(bytes: &[u8]) -> Result<(), Reason> {
    const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];
    const DOCUMENTS: [&[u8]; 6] = [b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"<?xml", b"<!DOCTYPE"];
    let begins = |starts: &[&[u8]]| starts.iter().any(|start| bytes.starts_with(start));
    if begins(&WORKBOOKS) {
        Err(Reason::Workbook)
    } else if begins(&DOCUMENTS) {
        Err(Reason::Document)
    } else {
        Ok(())
    }
}

fn format_of(text: &str, name: &str) -> Format {
    let json_name = Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    if json_name || text.trim_start().starts_with(['{', '[']) { Format::Json } else { Format::Csv }
}
