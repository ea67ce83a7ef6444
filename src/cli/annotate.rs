//! `dsl-desk annotate`: Part 2 entries from a JSON file, all of them or none.

use std::fs;
use std::io;
use std::path::PathBuf;

use chrono::{DateTime, Utc};

use super::failure::{Failure, Result};
use super::opening::is_standard_input;
use super::out::{Form, Out};
use super::part2;
use super::show::{self, EntryLine};
use crate::desk::Desk;
use crate::domain::ids::ConcernId;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The number of the concern.
    concern: ConcernId,
    /// The JSON file, in the shape of `show --json` under part2; - reads standard input.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
}

impl Args {
    pub(super) fn reads_standard_input(&self) -> bool {
        is_standard_input(&self.from)
    }

    fn read(&self) -> Result<String> {
        let read = if self.reads_standard_input() {
            io::read_to_string(io::stdin())
        } else {
            fs::read_to_string(&self.from)
        };
        // Some editors begin a file with a mark of its encoding.
        let read = read.map(|text| text.trim_start_matches('\u{feff}').to_owned());
        read.map_err(|error| {
            Failure::Said(format!("The file could not be read: {error}. Check what --from names."))
        })
    }
}

pub(super) fn run(args: &Args, desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let (sections, reasons) = part2::read(&args.read()?, now)?;
    let saved = desk.annotate(args.concern, &sections, &reasons, now)?;
    let concern = desk.concern(args.concern)?;
    let added: Vec<EntryLine> =
        show::entries(&concern).filter(|entry| saved.entries.contains(&entry.seq)).collect();
    match out.form() {
        Form::Json => out.document(&added),
        Form::Plain => {
            added.iter().try_for_each(|entry| out.line(&format!("Entry {}: {}", entry.seq, entry.what())))
        }
    }
}
