//! `dsl-desk due`: what is overdue, due today, coming; or its dates for a calendar.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

use super::failure::Result;
use super::layout::{Column, field, table};
use super::opening::is_standard_input;
use super::out::{Form, Out};
use super::private_file;
use crate::cabinet::table::follow_up::{Due, Order};
use crate::desk::Desk;
use crate::desk::answer::Subject;
use crate::desk::request::Window;
use crate::domain::ids::{ChildId, ConcernId, FollowUpId};
use crate::domain::moment::rfc3339;
use crate::domain::text::Text;
use crate::domain::working_time::{left, state};
use crate::paper::ics::{self, Dated};

pub(super) const SHAPE: &str = "\
With --json:
  [ { follow_up, concern?, child?, what, who, due_at, state: \"overdue\" | \"today\" | \"coming\" } ]
and with --ics: { file, format: \"icalendar\", follow_ups, text? }
where text is what was written, if it went to standard output.

A calendar has dates and what is due by them, as the program calls it; no names, and nothing that somebody wrote.";

/// Every row of the list.
const ALL: Window = Window { offset: 0, limit: i64::MAX.unsigned_abs() };

const HEAD: [Column; 6] = [
    Column { title: "No.", most: 6 },
    Column { title: "State", most: 7 },
    Column { title: "Due", most: 16 },
    Column { title: "About", most: 24 },
    Column { title: "Who", most: 20 },
    Column { title: "What", most: usize::MAX },
];

#[derive(clap::Args)]
pub(super) struct Args {
    /// Write the dates to a calendar file; one of an earlier day is replaced. - writes to standard output.
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,
}

#[derive(Serialize)]
struct Row {
    follow_up: FollowUpId,
    #[serde(skip_serializing_if = "Option::is_none")]
    concern: Option<ConcernId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    child: Option<ChildId>,
    what: Text,
    who: Text,
    due_at: String,
    state: &'static str,
}

pub(super) fn run(args: &Args, desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let due = desk.due(Order::ByTime, "", ALL, now)?.page.rows;
    if let Some(path) = &args.ics {
        return calendar(path, &due, desk, now, out);
    }
    match out.form() {
        Form::Json => out.document(&due.into_iter().map(|due| json(due, now)).collect::<Vec<Row>>()),
        Form::Plain if due.is_empty() => out.line("Nothing is due."),
        Form::Plain => {
            let cells: Vec<_> = due.iter().map(|due| cells(due, now)).collect();
            table(out, HEAD, &cells)
        }
    }
}

fn json(due: Due, now: DateTime<Utc>) -> Row {
    let (concern, child) = match due.subject {
        Subject::Concern(concern) => (Some(concern), None),
        Subject::Child(child) => (None, Some(child)),
    };
    Row {
        follow_up: due.id,
        concern,
        child,
        what: due.set.what,
        who: due.set.who,
        due_at: rfc3339(due.due),
        state: state(due.due, now).label(),
    }
}

fn cells(due: &Due, now: DateTime<Utc>) -> [String; 6] {
    let about = match due.subject {
        Subject::Concern(concern) => format!("concern {concern}, {}", due.named.one_line()),
        Subject::Child(child) => format!("child {child}, {}", due.named.one_line()),
    };
    [
        due.id.to_string(),
        state(due.due, now).label().to_owned(),
        left(due.due, now),
        about,
        due.set.who.one_line(),
        due.set.what.one_line(),
    ]
}

fn calendar(path: &Path, due: &[Due], desk: &Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let dated: Vec<Dated> = due.iter().map(dated).collect();
    let text = ics::written(&dated, &desk.fingerprint()?, now);
    let to_standard_output = is_standard_input(path);
    if !to_standard_output {
        private_file::write_over(desk.folder(), path, &text, ics::BEGINS)?;
    }
    let file = Text::from(path.to_string_lossy().into_owned());
    let (format, follow_ups) = ("icalendar", dated.len());
    match (out.form(), to_standard_output) {
        (Form::Json, true) => {
            out.document(&json!({ "file": file, "format": format, "follow_ups": follow_ups, "text": text }))
        }
        (Form::Json, false) => {
            out.document(&json!({ "file": file, "format": format, "follow_ups": follow_ups }))
        }
        (Form::Plain, true) => out.verbatim(&text),
        (Form::Plain, false) => field(out, "Written", &format!("{follow_ups} dates to {file}")),
    }
}

fn dated(due: &Due) -> Dated {
    Dated { follow_up: due.id, subject: due.subject, due: due.due, deadline: due.set.deadline.clone() }
}
