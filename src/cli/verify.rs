//! `dsl-desk verify`: every hash, signature and table checked.

use serde::Serialize;

use super::failure::{Failure, Result};
use super::layout::field;
use super::out::{Form, Out};
use crate::cabinet::verify::Report;
use crate::desk::Desk;
use crate::domain::headwords;
use crate::domain::ids::Seq;

/// The one cabinet that there is so far.
const GENERAL: &str = "general";

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
    first_bad: Option<Seq>,
    problems: &'r [String],
}

pub(super) fn run(desk: &Desk, out: &mut Out) -> Result<()> {
    let report = desk.verify()?;
    let head = headwords::of(&report.head);
    match out.form() {
        Form::Json => out.document(&document(&report, head))?,
        Form::Plain => plain(out, &report, &head)?,
    }
    if report.is_content() {
        Ok(())
    } else {
        Err(Failure::said(
            "The record is not as it was written. Keep a copy of the folder as it is, then put back a backup.",
        ))
    }
}

fn document(report: &Report, head: String) -> Document<'_> {
    Document {
        ok: report.is_content(),
        cabinets: [Checked {
            name: GENERAL,
            entries: report.entries,
            head,
            first_bad: report.first_bad,
            problems: &report.problems,
        }],
    }
}

fn plain(out: &mut Out, report: &Report, head: &str) -> Result<()> {
    field(out, "Cabinet", GENERAL)?;
    field(out, "Entries", &report.entries.to_string())?;
    field(out, "Head", head)?;
    if report.is_content() {
        return field(out, "Found", "everything is as it was written");
    }
    report.problems.iter().try_for_each(|problem| field(out, "Problem", problem))
}
