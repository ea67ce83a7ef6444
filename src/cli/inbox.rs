//! `dsl-desk inbox`: what is not closed yet, what cannot wait first.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::failure::Result;
use super::layout::{Column, table};
use super::out::{Form, Out};
use crate::cabinet::table::concern::{Concern, InboxRow, Pile};
use crate::desk::Desk;
use crate::desk::request::Window;
use crate::domain::concern::About;
use crate::domain::ids::{ChildId, ConcernId};
use crate::domain::moment::{Moment, rfc3339, short_date};
use crate::domain::text::Text;
use crate::domain::triage::{State, Urgency};
use crate::domain::working_time::left;

/// Every row of the list.
const ALL: Window = Window { offset: 0, limit: i64::MAX.unsigned_abs() };

const HEAD: [Column; 7] = [
    Column { title: "No.", most: 6 },
    Column { title: "Urgency", most: 7 },
    Column { title: "Came", most: 11 },
    Column { title: "State", most: 6 },
    Column { title: "Due", most: 16 },
    Column { title: "About", most: 20 },
    Column { title: "Reasons", most: usize::MAX },
];

#[derive(Serialize)]
struct Row {
    concern: ConcernId,
    state: State,
    urgency: Urgency,
    about: About,
    children: Vec<Child>,
    reporter: Text,
    job_title: Text,
    received_at: String,
    reasons: Text,
    /// Whether only some people open it.
    restricted: bool,
    /// When the next thing of it is due, and what that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_what: Option<Text>,
}

/// A child as the reporter named them, with the number of the child of the desk that they are.
#[derive(Serialize)]
pub(super) struct Child {
    child: Option<ChildId>,
    name: Text,
    date_of_birth: Option<NaiveDate>,
    form: Option<Text>,
}

pub(super) fn run(desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let rows = desk.inbox(Pile::Waiting, "", ALL, now)?.rows;
    match out.form() {
        Form::Json => {
            let whole = rows.iter().map(|row| Ok(json(desk.concern(row.concern)?)));
            out.document(&whole.collect::<Result<Vec<Row>>>()?)
        }
        Form::Plain if rows.is_empty() => out.line("Nothing is waiting."),
        Form::Plain => {
            let cells: Vec<_> = rows.iter().map(|row| cells(row, now)).collect();
            table(out, HEAD, &cells)
        }
    }
}

fn json(concern: Concern) -> Row {
    let next = concern.row.due.as_ref();
    Row {
        concern: concern.row.concern,
        state: concern.row.state,
        urgency: concern.row.urgency,
        about: concern.row.about,
        children: children(&concern),
        due: next.map(|next| rfc3339(next.at)),
        due_what: next.map(|next| next.what.clone()),
        received_at: rfc3339(concern.row.received_at),
        reporter: concern.part1.reporter.name,
        job_title: concern.part1.reporter.job_title,
        reasons: concern.part1.reasons,
        restricted: concern.restriction.is_some(),
    }
}

/// The children of a concern; what the reporter left out is taken from the desk's child.
pub(super) fn children(concern: &Concern) -> Vec<Child> {
    let places = concern.part1.children.iter().zip(&concern.children);
    places
        .map(|(named, known)| Child {
            child: known.as_ref().map(|known| known.id),
            name: named.name.clone(),
            date_of_birth: named
                .date_of_birth
                .or_else(|| known.as_ref().and_then(|known| known.details.date_of_birth)),
            form: named
                .form
                .clone()
                .or_else(|| known.as_ref().map(|known| known.details.form.clone()))
                .filter(|form| !form.is_blank()),
        })
        .collect()
}

fn cells(row: &InboxRow, now: DateTime<Utc>) -> [String; 7] {
    [
        row.concern.to_string(),
        row.urgency.label().to_owned(),
        short_date(Moment::At(row.received_at).date(), Moment::At(now).date()),
        row.state.label().to_owned(),
        row.due.as_ref().map_or_else(String::new, |due| left(due.at, now)),
        about(row),
        row.reason(),
    ]
}

/// Whom it is about, as far as they are named: nobody names an adult.
fn about(row: &InboxRow) -> String {
    match (row.named.one_line(), row.form.one_line()) {
        (named, _) if named.is_empty() => format!("({})", row.about.label()),
        (named, form) if form.is_empty() => named,
        (named, form) => format!("{named}, {form}"),
    }
}
