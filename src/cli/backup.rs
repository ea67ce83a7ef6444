//! `dsl-desk backup`: a copy of the record with its key files, opened and checked.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::failure::Result;
use super::layout::field;
use super::out::{Form, Out};
use crate::cabinet::backup::{Check, Kept};
use crate::cabinet::error::size;
use crate::desk::Desk;
use crate::domain::headwords;
use crate::domain::ids::Seq;
use crate::domain::moment::{Moment, rfc3339};
use crate::domain::text::clean;

pub(super) const SHAPE: &str = "\
With --json:
  { backup, made_at, entries, head: \"eight words\", bytes, checked: \"opened\" | \"replayed\" }";

#[derive(clap::Args)]
pub(super) struct Args {
    /// The folder to put it into, such as one on a stick; otherwise the desk's own.
    #[arg(value_name = "DIR")]
    into: Option<PathBuf>,
    /// Replay every entry of the copy, too. A large desk takes minutes.
    #[arg(long)]
    verify: bool,
}

#[derive(Serialize)]
struct Document {
    backup: String,
    made_at: String,
    entries: Seq,
    /// The words that `verify` prints.
    head: String,
    bytes: u64,
    checked: &'static str,
}

pub(super) fn run(args: &Args, desk: &Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let check = if args.verify { Check::Replayed } else { Check::Opened };
    let Kept { path, note } = desk.back_up(args.into.clone(), check, now)?;
    let backup = clean(&path.to_string_lossy());
    let head = headwords::of(&desk.hash_of(note.entries)?);
    match out.form() {
        Form::Json => out.document(&Document {
            backup,
            made_at: rfc3339(note.made_at),
            entries: note.entries,
            head,
            bytes: note.bytes,
            checked: match check {
                Check::Opened => "opened",
                Check::Replayed => "replayed",
            },
        }),
        Form::Plain => {
            field(out, "Backup", &backup)?;
            field(out, "Made", &Moment::At(note.made_at).to_string())?;
            field(out, "Entries", &note.entries.to_string())?;
            field(out, "Head", &head)?;
            field(out, "Size", &size(note.bytes))?;
            field(out, "Checked", said(check))
        }
    }
}

fn said(check: Check) -> &'static str {
    match check {
        Check::Opened => "its keys open it, every page is authentic, the newest entry is in it",
        Check::Replayed => "its keys open it, every page is authentic, every entry was replayed",
    }
}
