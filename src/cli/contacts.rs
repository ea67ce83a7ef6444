//! `dsl-desk contacts`: the book, 999 first; and its two ways in and out.

mod export;
mod import;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Subcommand;
use serde::Serialize;

use super::failure::Result;
use super::layout::{beneath, field};
use super::out::{Form, Out};
use crate::cabinet::table::contact::Contact;
use crate::desk::Desk;
use crate::desk::request::Window;
use crate::domain::contact::{ContactDetails, Number};
use crate::domain::emergency;
use crate::domain::freshness::{Freshness, has_stale};
use crate::domain::hours::Hours;
use crate::domain::ids::ContactId;
use crate::domain::moment::Moment;
use crate::domain::number::read_aloud;
use crate::domain::source;
use crate::domain::text::Text;

pub(super) const SHAPE: &str = "\
With --json and nothing else, one document:
  [ { contact, organisation, service, role, name?, areas: [text], audiences: [text], purpose, emails: [text], web,
      numbers: [ { number, note, hours?, instead?, sources?: [text], checked?: { on, by }, aside? } ],
      hours, out_of_hours, walk_in?: { place, hours }, sources: [text], caution,
      conflicts?: [ { says, sources: [text], settled? } ], key?, of_child?, checked, stale, retired } ]
`contact` is none for 999. Hours that are not there are not stated.";

const ALL: Window = Window { offset: 0, limit: i64::MAX.unsigned_abs() };

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// Take contacts in from another address book: vCard or CSV. Shows first what is new, the same or different.
    #[command(after_long_help = import::SHAPE)]
    Import(import::Args),
    /// Write the book out as vCards or, where the file's name ends in .csv, as a table.
    #[command(after_long_help = export::SHAPE)]
    Export(export::Args),
}

pub(super) fn run(args: &Args, desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    match &args.what {
        None => list(desk, now, out),
        Some(What::Import(args)) => import::run(args, desk, now, out),
        Some(What::Export(args)) => export::run(args, desk, out),
    }
}

#[derive(Serialize)]
struct Row {
    /// None for the emergency number, which is the program's own and not the book's.
    contact: Option<ContactId>,
    #[serde(flatten)]
    details: ContactDetails,
    /// Whether somebody at this desk has rung every number.
    checked: bool,
    /// Whether a number is stale.
    stale: bool,
    /// Why it is no longer to be rung.
    retired: Option<Text>,
}

fn list(desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let today = Moment::At(now).date();
    let book = desk.contacts("", ALL)?.rows.into_iter().map(|contact| row(contact, today));
    let rows: Vec<Row> = std::iter::once(emergency_row()).chain(book).collect();
    match out.form() {
        Form::Json => out.document(&rows),
        Form::Plain => rows.iter().try_for_each(|row| plain(out, row, now)),
    }
}

fn row(contact: Contact, today: NaiveDate) -> Row {
    let Contact { id, details, retired } = contact;
    Row {
        contact: Some(id),
        checked: details.is_checked(),
        stale: has_stale(&details, today),
        retired: Some(retired).filter(|reason| !reason.is_blank()),
        details,
    }
}

fn emergency_row() -> Row {
    let details = ContactDetails {
        service: Text::from(emergency::SERVICE),
        purpose: Text::from(emergency::PURPOSE),
        numbers: vec![Number {
            number: Text::from(emergency::NUMBER),
            hours: Hours::Always,
            ..Number::default()
        }],
        sources: emergency::SOURCES.map(Text::from).to_vec(),
        caution: Text::from(emergency::REJECTED),
        ..ContactDetails::default()
    };
    Row { contact: None, details, checked: true, stale: false, retired: None }
}

fn plain(out: &mut Out, row: &Row, now: DateTime<Utc>) -> Result<()> {
    let details = &row.details;
    let label = row.contact.map_or_else(|| "Emergency".to_owned(), |contact| format!("Contact {contact}"));
    field(out, &label, &who(details))?;
    for number in details.dialled() {
        beneath(out, &format!("{}: {}", written(number), number.hours))?;
        let freshness = Freshness::of(details, number, Moment::At(now).date());
        if row.contact.is_some() && !freshness.badge().is_empty() {
            beneath(out, &format!("  {}.", freshness.sentence()))?;
        }
    }
    for line in ways(details) {
        beneath(out, &line)?;
    }
    let retired = row.retired.clone().unwrap_or_default();
    let listed = |texts: &[Text]| Text::from(texts.iter().map(Text::one_line).collect::<Vec<_>>().join(", "));
    let [areas, audiences] = [&details.areas, &details.audiences].map(|texts| listed(texts));
    let sources = Text::from(source::listed(&details.sources));
    let walk_in = details.walk_in.as_ref();
    let walk_in =
        walk_in.map(|walk_in| Text::from(format!("{} ({})", walk_in.place.one_line(), walk_in.hours)));
    let walk_in = walk_in.unwrap_or_default();
    let told = [
        ("Name", &details.name),
        ("For", &details.purpose),
        ("Area", &areas),
        ("Calls about", &audiences),
        ("About hours", &details.hours),
        ("Out of hours", &details.out_of_hours),
        ("Walk in", &walk_in),
        ("Caution", &details.caution),
        ("Source", &sources),
        ("Retired", &retired),
    ];
    for (name, text) in told.into_iter().filter(|(_, text)| !text.is_blank()) {
        beneath(out, &format!("{name}: {}", text.one_line()))?;
    }
    for conflict in details.open_conflicts() {
        beneath(out, &format!("Sources disagree: {}", conflict.says.one_line()))?;
    }
    out.line("")
}

/// A number with its note, grouped for reading aloud; nothing of it is ever cut.
fn written(number: &Number) -> String {
    let grouped = read_aloud(&number.number);
    match number.note.one_line() {
        note if note.is_empty() => grouped,
        note => format!("{grouped} ({note})"),
    }
}

/// How to reach them without a telephone, a line each.
fn ways(details: &ContactDetails) -> Vec<String> {
    let ways = details.emails.iter().chain([&details.web]).map(Text::one_line);
    ways.filter(|way| !way.is_empty()).collect()
}

fn who(details: &ContactDetails) -> String {
    let title = Text::from(details.title()).one_line();
    let organisation = details.organisation.one_line();
    if organisation.is_empty() || organisation == title { title } else { format!("{title}, {organisation}") }
}
