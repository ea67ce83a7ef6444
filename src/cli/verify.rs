//! `dsl-desk verify`: every hash, signature and table checked; and what was noted elsewhere, found again.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::failure::{Failure, Result};
use super::layout::field;
use super::out::{Form, Out};
use crate::cabinet::verify::against::{Answer, Near, Place, Witness};
use crate::cabinet::verify::{Asked, Report};
use crate::desk::Desk;
use crate::domain::headwords::{self, Noted};
use crate::domain::ids::Seq;
use crate::domain::moment::rfc3339;

/// The one cabinet that there is so far.
const GENERAL: &str = "general";

const NOT_AS_WRITTEN: &str =
    "The record is not as it was written. Keep a copy of the folder as it is, then put back a backup.";
const NOT_AS_NOTED: &str = "What was noted is not in the record. Read it out again; if it was read rightly, keep a copy of the folder as it is and find out who changed it.";

#[derive(clap::Args)]
pub(super) struct Args {
    /// The eight words that were noted of the head, or the hash that --json prints: proves that nothing up to there
    /// was changed or removed.
    #[arg(long, num_args = 1.., value_name = "WORDS")]
    against: Vec<String>,
    /// The number of entries that was noted with them.
    #[arg(long, requires = "against", value_name = "N")]
    at: Option<Seq>,
}

#[derive(Serialize)]
struct Document<'r> {
    ok: bool,
    cabinets: [Checked<'r>; 1],
}

#[derive(Serialize)]
struct Checked<'r> {
    name: &'static str,
    entries: i64,
    /// Eight words to compare over the telephone, or with those written down the last time.
    head: String,
    /// What they are the beginning of.
    hash: &'r str,
    first_bad: Option<Seq>,
    problems: &'r [String],
    notes: &'r [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Against>,
}

/// What became of what was noted.
#[derive(Serialize)]
struct Against {
    found: bool,
    said: Vec<String>,
    entries: Vec<Found>,
    misread: Vec<Misread>,
}

#[derive(Serialize)]
struct Found {
    seq: Seq,
    recorded_at: String,
    added_since: i64,
}

/// An entry that may have been meant.
#[derive(Serialize)]
struct Misread {
    seq: Seq,
    recorded_at: String,
    /// Which of the words, from 1, and what it is there; neither where the number alone is another.
    word: Option<usize>,
    reads: Option<&'static str>,
}

pub(super) fn run(args: &Args, desk: &Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let report = desk.check(Asked { now: Some(now), against: args.witness()? })?;
    match out.form() {
        Form::Json => out.document(&document(&report))?,
        Form::Plain => plain(out, &report)?,
    }
    match &report.against {
        _ if !report.is_content() => Err(Failure::said(NOT_AS_WRITTEN)),
        Some(answer) if !answer.is_found() => Err(Failure::said(NOT_AS_NOTED)),
        Some(_) | None => Ok(()),
    }
}

impl Args {
    fn witness(&self) -> Result<Option<Witness>> {
        if self.against.is_empty() {
            return Ok(None);
        }
        let noted = Noted::parse(&self.against).map_err(|fault| Failure::Said(fault.to_string()))?;
        Ok(Some(Witness { noted, at: self.at }))
    }
}

fn document(report: &Report) -> Document<'_> {
    let is_found = report.against.as_ref().is_none_or(Answer::is_found);
    Document {
        ok: report.is_content() && is_found,
        cabinets: [Checked {
            name: GENERAL,
            entries: report.entries,
            head: headwords::of(&report.head),
            hash: &report.head,
            first_bad: report.first_bad,
            problems: &report.problems,
            notes: &report.notes,
            against: report.against.as_ref().map(against),
        }],
    }
}

fn against(answer: &Answer) -> Against {
    let found = |place: &Place| Found {
        seq: place.seq,
        recorded_at: rfc3339(place.recorded_at),
        added_since: answer.added_since(*place),
    };
    // What may have been misread is no news once it was found.
    let near = if answer.is_found() { &[] } else { answer.near.as_slice() };
    Against {
        found: answer.is_found(),
        said: answer.sentences(),
        entries: answer.matches.iter().map(found).collect(),
        misread: near.iter().map(misread).collect(),
    }
}

fn misread(near: &Near) -> Misread {
    let (place, word, reads) = match near {
        Near::Elsewhere(place) => (place, None, None),
        Near::AllBut(place, at, reads) => (place, Some(at + 1), Some(*reads)),
    };
    Misread { seq: place.seq, recorded_at: rfc3339(place.recorded_at), word, reads }
}

fn plain(out: &mut Out, report: &Report) -> Result<()> {
    field(out, "Cabinet", GENERAL)?;
    field(out, "Entries", &report.entries.to_string())?;
    field(out, "Head", &headwords::of(&report.head))?;
    if report.is_content() {
        field(out, "Found", "everything is as it was written")?;
    }
    report.problems.iter().try_for_each(|problem| field(out, "Problem", problem))?;
    report.notes.iter().try_for_each(|note| field(out, "Note", note))?;
    let noted = report.against.iter().flat_map(Answer::sentences);
    noted.into_iter().try_for_each(|sentence| field(out, "Noted", &sentence))
}
