//! `dsl-desk contacts`: the book, 999 first.

use serde::Serialize;

use super::failure::Result;
use super::layout::{beneath, field};
use super::out::{Form, Out};
use crate::desk::Desk;
use crate::desk::request::Window;
use crate::domain::contact::{ContactDetails, Number};
use crate::domain::emergency;
use crate::domain::ids::ContactId;
use crate::domain::source;
use crate::domain::text::Text;

const ALL: Window = Window { offset: 0, limit: i64::MAX.unsigned_abs() };

#[derive(Serialize)]
struct Row {
    /// None for the emergency number, which is the program's own and not the book's.
    contact: Option<ContactId>,
    #[serde(flatten)]
    details: ContactDetails,
    /// Why it is no longer to be rung.
    retired: Option<Text>,
}

pub(super) fn run(desk: &mut Desk, out: &mut Out) -> Result<()> {
    let book = desk.contacts("", ALL)?.rows.into_iter().map(|contact| Row {
        contact: Some(contact.id),
        details: contact.details,
        retired: Some(contact.retired).filter(|reason| !reason.is_blank()),
    });
    let rows: Vec<Row> = std::iter::once(emergency_row()).chain(book).collect();
    match out.form() {
        Form::Json => out.document(&rows),
        Form::Plain => rows.iter().try_for_each(|row| plain(out, row)),
    }
}

fn emergency_row() -> Row {
    let details = ContactDetails {
        service: Text::from(emergency::SERVICE),
        purpose: Text::from(emergency::PURPOSE),
        numbers: vec![Number { number: Text::from(emergency::NUMBER), ..Number::default() }],
        hours: Text::from("day and night"),
        sources: emergency::SOURCES.map(Text::from).to_vec(),
        caution: Text::from(emergency::REJECTED),
        ..ContactDetails::default()
    };
    Row { contact: None, details, retired: None }
}

fn plain(out: &mut Out, row: &Row) -> Result<()> {
    let details = &row.details;
    let label = row.contact.map_or_else(|| "Emergency".to_owned(), |contact| format!("Contact {contact}"));
    field(out, &label, &who(details))?;
    for line in ways(details) {
        beneath(out, &line)?;
    }
    let retired = row.retired.clone().unwrap_or_default();
    let listed = |texts: &[Text]| Text::from(texts.iter().map(Text::one_line).collect::<Vec<_>>().join(", "));
    let [areas, audiences] = [&details.areas, &details.audiences].map(|texts| listed(texts));
    let sources = Text::from(source::listed(&details.sources));
    let told = [
        ("Name", &details.name),
        ("For", &details.purpose),
        ("Area", &areas),
        ("Calls about", &audiences),
        ("Hours", &details.hours),
        ("Out of hours", &details.out_of_hours),
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

/// How to reach them, a line each; nothing of a number is ever cut.
fn ways(details: &ContactDetails) -> Vec<String> {
    let numbers = details.numbers.iter().map(|number| match number.note.one_line() {
        note if note.is_empty() => number.number.one_line(),
        note => format!("{} ({note})", number.number.one_line()),
    });
    let others = details.emails.iter().chain([&details.web]).map(Text::one_line);
    numbers.chain(others).filter(|way| !way.is_empty()).collect()
}

fn who(details: &ContactDetails) -> String {
    let title = Text::from(details.title()).one_line();
    let organisation = details.organisation.one_line();
    if organisation.is_empty() || organisation == title { title } else { format!("{title}, {organisation}") }
}
