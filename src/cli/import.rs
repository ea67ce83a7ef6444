//! `dsl-desk import`: files become concerns, wherever they lie; they stay where they are.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::failure::{Failure, Result};
use super::out::{Form, Out};
use crate::desk::Desk;
use crate::desk::answer::{ArrivalOutcome, ArrivalResult};
use crate::domain::ids::ConcernId;
use crate::domain::text::Text;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Reports as JSON (dsl-desk.concern/1) or as CSV from a form service.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// What became of one report.
#[derive(Serialize)]
struct Line {
    file: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u32>,
    result: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    concern: Option<ConcernId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duplicate_of: Option<ConcernId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Each report is in the record, or known to be there, or has its reason printed. One bad file stops no other.
pub(super) fn run(args: &Args, desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let (mut given, mut rejected, mut known) = (0, 0, 0);
    for path in &args.files {
        let file = Text::from(path.to_string_lossy().into_owned());
        let taken = desk.import(path, now);
        for outcome in taken.arrived {
            given += 1;
            rejected += usize::from(matches!(outcome.result, ArrivalResult::Rejected(_)));
            known += usize::from(matches!(outcome.result, ArrivalResult::DuplicateOf(_)));
            print(out, &line(&file, outcome))?;
        }
        if let Some(trouble) = taken.trouble {
            return Err(Failure::Said(trouble));
        }
    }
    match rejected {
        0 => Ok(()),
        rejected => Err(Failure::Said(format!(
            "Of {given} reports {rejected} could not be taken in. The reasons are printed above; {} came in, and {known} were here already.",
            given - rejected - known
        ))),
    }
}

fn line(file: &Text, outcome: ArrivalOutcome) -> Line {
    let blank = Line {
        file: file.clone(),
        row: outcome.row,
        result: "",
        concern: None,
        duplicate_of: None,
        reason: None,
    };
    match outcome.result {
        ArrivalResult::Accepted(concern) => Line { result: "accepted", concern: Some(concern), ..blank },
        ArrivalResult::DuplicateOf(first) => Line { result: "duplicate", duplicate_of: Some(first), ..blank },
        ArrivalResult::Rejected(reason) => Line { result: "rejected", reason: Some(reason), ..blank },
    }
}

fn print(out: &mut Out, line: &Line) -> Result<()> {
    match out.form() {
        Form::Json => out.item(line),
        Form::Plain => out.wrapped(&plain(line)),
    }
}

fn plain(line: &Line) -> String {
    let row = line.row.map(|row| format!(", row {row}")).unwrap_or_default();
    let became = match (line.concern, line.duplicate_of, &line.reason) {
        (Some(concern), _, _) => format!("accepted as concern {concern}"),
        (_, Some(first), _) => format!("here already as concern {first}"),
        (_, _, reason) => format!("rejected. {}", reason.as_deref().unwrap_or_default()),
    };
    format!("{}{row}: {became}", line.file.one_line())
}
