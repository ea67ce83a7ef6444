//! `dsl-desk verify`: every hash, signature and table checked; and what was noted elsewhere, found again.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::failure::{Failure, Result};
use super::layout::field;
use super::out::{Form, Out};
use crate::cabinet::verify::against::{Answer, Near, Place, Witness};
use crate::cabinet::verify::{Asked, Report};
use crate::desk::Desk;
use crate::domain::cabinet::CabinetName;
use crate::domain::headwords::{self, Noted};
use crate::domain::ids::Seq;
use crate::domain::moment::rfc3339;
use crate::domain::text::Text;

pub(super) const SHAPE: &str = "\
With --json:
  { ok, cabinets: [ { name, entries, head, hash, first_bad, problems, notes, accepted?,
    against?: { found, said, entries: [ { seq, recorded_at, added_since } ],
                misread: [ { seq, recorded_at, word, reads } ] } } ] }
Problems, notes and what is said are sentences; notes are no faults. The exit code is 1 where there is a problem, or
where what was noted is not found.";

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
    /// Go on with a record that is not the one last seen here; recorded in your name.
    #[arg(long, requires = "reason")]
    accept_older: bool,
    /// Where that record comes from.
    #[arg(long, requires = "accept_older", value_name = "TEXT")]
    reason: Option<Text>,
}

#[derive(Serialize)]
struct Document<'r> {
    ok: bool,
    cabinets: Vec<Checked<'r>>,
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
    problems: Vec<String>,
    notes: &'r [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Against>,
    /// The entry by which an older record was accepted just now.
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<Seq>,
}

/// What is told of a cabinet in either form.
struct Findings {
    name: CabinetName,
    report: Report,
    /// That the record is not the one last seen here, and what to do.
    seen: Option<String>,
    accepted: Option<Seq>,
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

/// Every cabinet that the person opens, the one that was asked for first.
pub(super) fn run(args: &Args, desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let asked = Asked { now: Some(now), against: args.witness()? };
    let accepted = match (args.accept_older, &args.reason) {
        (true, Some(reason)) => Some(desk.accept_last_seen(reason, now)?),
        (_, _) => None,
    };
    let mut findings = vec![Findings { accepted, ..Findings::of(desk, asked.clone())? }];
    if let Some(other) = desk.beside()? {
        findings.push(Findings::of(&other, asked)?);
    }
    let failure = failure(&findings);
    match out.form() {
        Form::Json => out.document(&Document {
            ok: failure.is_none(),
            cabinets: findings.iter().map(Findings::document).collect(),
        })?,
        Form::Plain => findings.iter().try_for_each(|one| one.plain(out))?,
    }
    failure.map_or(Ok(()), |sentences| Err(Failure::Said(sentences)))
}

/// Why the record cannot be relied on; the gravest. Words are noted of one cabinet, so one that has them is enough.
fn failure(findings: &[Findings]) -> Option<String> {
    let is_found = findings.iter().any(|one| one.report.against.as_ref().is_none_or(Answer::is_found));
    if findings.iter().any(|one| !one.report.is_content()) {
        Some(NOT_AS_WRITTEN.to_owned())
    } else if !is_found {
        Some(NOT_AS_NOTED.to_owned())
    } else {
        findings.iter().find_map(|one| one.seen.clone())
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

impl Findings {
    fn of(desk: &Desk, asked: Asked) -> Result<Self> {
        let name = desk.folder().cabinet();
        let report = desk.check(asked)?;
        Ok(Self { name, report, seen: desk.last_seen().sentences(), accepted: None })
    }

    fn problems(&self) -> impl Iterator<Item = &String> {
        self.report.problems.iter().chain(&self.seen)
    }

    fn document(&self) -> Checked<'_> {
        let report = &self.report;
        Checked {
            name: self.name.label(),
            entries: report.entries,
            head: headwords::of(&report.head),
            hash: &report.head,
            first_bad: report.first_bad,
            problems: self.problems().cloned().collect(),
            notes: &report.notes,
            against: report.against.as_ref().map(against),
            accepted: self.accepted,
        }
    }

    fn plain(&self, out: &mut Out) -> Result<()> {
        let report = &self.report;
        field(out, "Cabinet", self.name.label())?;
        field(out, "Entries", &report.entries.to_string())?;
        field(out, "Head", &headwords::of(&report.head))?;
        if self.problems().next().is_none() {
            field(out, "Found", "everything is as it was written")?;
        }
        self.problems().try_for_each(|problem| field(out, "Problem", problem))?;
        report.notes.iter().try_for_each(|note| field(out, "Note", note))?;
        if let Some(seq) = self.accepted {
            field(out, "Accepted", &format!("by entry {seq}"))?;
        }
        let noted = report.against.iter().flat_map(Answer::sentences);
        noted.into_iter().try_for_each(|sentence| field(out, "Noted", &sentence))
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
