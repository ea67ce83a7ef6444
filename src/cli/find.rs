//! `dsl-desk find`: a few letters, or a list of names checked against the desk.

use std::io::{self, BufRead as _};

use chrono::{DateTime, Utc};
use clap::{ValueEnum, value_parser};
use serde::Serialize;

use super::failure::{self, Failure, Result};
use super::layout::{Column, table};
use super::out::{Form, Out};
use crate::desk::Desk;
use crate::desk::answer::{Found, Scope, Target};
use crate::domain::ids::{ChildId, ConcernId};
use crate::domain::moment::Moment;
use crate::domain::text::{Text, clean};

const LIMIT: u32 = 20;

/// Below the options.
pub(super) const LANGUAGE: &str = "\
What may be asked:
  bruise nurse        entries with both words, or words that are spelt nearly so
  \"blue folder\"       these words beside each other, just so
  -camhs              without that word; -\"blue folder\" without the phrase
  child:khan          in that child's chronology: a name's beginning, or child:12
  kind:advice         one kind of entry: concern, advice, action, outcome, contact, event ...
  by:khan             recorded by somebody of that name
  from:nov to:20/11   when it happened: a day, a month, a year, \"last week\", yesterday

A filter that is not understood is left out and said on standard error. Before a query that begins with a hyphen write --.";

const HEAD: [Column; 5] = [
    Column { title: "", most: 7 },
    Column { title: "No.", most: 8 },
    Column { title: "Name", most: 28 },
    Column { title: "Why", most: 16 },
    Column { title: "What is known", most: usize::MAX },
];

#[derive(clap::Args)]
pub(super) struct Args {
    /// Letters of a name, a role, a number or of running text; more under "What may be asked".
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    query: Option<String>,
    /// Where to look; otherwise everywhere.
    #[arg(long = "in", value_name = "WHERE")]
    place: Option<Place>,
    /// How many to print at most, for each query.
    #[arg(long, value_name = "N", default_value_t = LIMIT, value_parser = value_parser!(u32).range(1..))]
    limit: u32,
    /// Read a list from standard input, a name on each line, with a date of birth if there is one; and say of each
    /// which children it may be, and why. With --in contacts or --in chronology each line is a query.
    #[arg(long)]
    batch: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Place {
    Children,
    Contacts,
    Chronology,
}

impl Args {
    pub(super) fn reads_standard_input(&self) -> bool {
        self.batch
    }

    /// What was left out of the query is said on standard error.
    fn find(&self, desk: &mut Desk, query: &str, now: DateTime<Utc>) -> Result<Vec<Found>> {
        let scope = match self.place {
            None => Scope::Everything,
            Some(Place::Children) => Scope::Children,
            Some(Place::Contacts) => Scope::Contacts,
            Some(Place::Chronology) => Scope::Chronology,
        };
        let finding = desk.look_for(query, scope, self.limit(), now)?;
        finding.notes.iter().for_each(|note| failure::complain(&format!("{note}.")));
        Ok(finding.hits)
    }

    fn limit(&self) -> usize {
        usize::try_from(self.limit).unwrap_or(usize::MAX)
    }
}

#[derive(Serialize)]
struct Hit<'f> {
    kind: &'static str,
    id: i64,
    name: &'f Text,
    detail: &'f Text,
    why: &'f str,
    score: i64,
    /// In whose chronology an entry stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    child: Option<ChildId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    concern: Option<ConcernId>,
}

#[derive(Serialize)]
struct Answer<'q> {
    query: &'q str,
    hits: Vec<Hit<'q>>,
}

pub(super) fn run(args: &Args, desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    if !matches!(args.place, Some(Place::Contacts | Place::Chronology)) {
        desk.read_for_finding()?;
    }
    let Some(query) = &args.query else { return batch(args, desk, now, out) };
    let found = args.find(desk, query, now)?;
    match out.form() {
        Form::Json => found.iter().try_for_each(|found| out.item(&hit(found))),
        Form::Plain => plain(out, &found),
    }
}

/// Answers each line as it comes, so that another program can hold a conversation.
fn batch(args: &Args, desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    for line in io::stdin().lock().split(b'\n') {
        let line = line.map_err(|error| {
            Failure::Said(format!("The queries could not be read: {error}. Give a query on each line."))
        })?;
        let line = String::from_utf8_lossy(&line);
        let query = line.trim_end_matches('\r');
        let found = match args.place {
            None | Some(Place::Children) => desk.listed(query, Moment::At(now).date(), args.limit())?,
            Some(Place::Contacts | Place::Chronology) => args.find(desk, query, now)?,
        };
        match out.form() {
            Form::Json => out.item(&Answer { query, hits: found.iter().map(hit).collect() })?,
            Form::Plain => {
                out.line(&clean(query))?;
                plain(out, &found)?;
                out.line("")?;
            }
        }
        out.flush()?;
    }
    Ok(())
}

fn hit(found: &Found) -> Hit<'_> {
    let (kind, id) = number(found.target);
    let (child, concern) = match found.target {
        Target::Entry { child, concern, .. } => (Some(child), concern),
        Target::Child(_) | Target::Contact(_) | Target::Concern(_) => (None, None),
    };
    Hit {
        kind,
        id,
        name: &found.name,
        detail: &found.detail,
        why: &found.why,
        score: found.score,
        child,
        concern,
    }
}

fn number(target: Target) -> (&'static str, i64) {
    match target {
        Target::Child(child) => ("child", child.0),
        Target::Contact(contact) => ("contact", contact.0),
        Target::Concern(concern) => ("concern", concern.0),
        Target::Entry { seq, .. } => ("entry", seq.0),
    }
}

/// What was found, a line each.
pub(super) fn plain(out: &mut Out, found: &[Found]) -> Result<()> {
    if found.is_empty() {
        return out.line("Nothing was found.");
    }
    let rows: Vec<_> = found
        .iter()
        .map(|found| {
            let (kind, id) = number(found.target);
            [
                kind.to_owned(),
                id.to_string(),
                found.name.one_line(),
                found.why.clone(),
                found.detail.one_line(),
            ]
        })
        .collect();
    table(out, HEAD, &rows)
}
