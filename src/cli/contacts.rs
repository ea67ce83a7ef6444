//! `dsl-desk contacts`: the book, 999 first.

use serde::Serialize;

use super::failure::Result;
use super::layout::{Column, table};
use super::out::{Form, Out};
use crate::desk::Desk;
use crate::desk::request::Window;
use crate::domain::contact::{ContactDetails, Number};
use crate::domain::emergency;
use crate::domain::ids::ContactId;
use crate::domain::text::Text;

const ALL: Window = Window { offset: 0, limit: i64::MAX.unsigned_abs() };

const HEAD: [Column; 4] = [
    Column { title: "No.", most: 6 },
    Column { title: "Number", most: 20 },
    Column { title: "Who", most: 36 },
    Column { title: "Hours", most: usize::MAX },
];

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
        Form::Plain => table(out, HEAD, &rows.iter().map(cells).collect::<Vec<_>>()),
    }
}

fn emergency_row() -> Row {
    let details = ContactDetails {
        service: Text::from(emergency::SERVICE),
        purpose: Text::from(emergency::PURPOSE),
        numbers: vec![Number { number: Text::from(emergency::NUMBER), note: Text::default() }],
        hours: Text::from("day and night"),
        sources: emergency::SOURCES.map(Text::from).to_vec(),
        caution: Text::from(emergency::REJECTED),
        checked: true,
        ..ContactDetails::default()
    };
    Row { contact: None, details, retired: None }
}

fn cells(row: &Row) -> [String; 4] {
    let details = &row.details;
    let number = details.numbers.first().map(|number| number.number.one_line());
    let way = number.or_else(|| details.emails.first().map(Text::one_line));
    let retired = row.retired.as_ref().map(|reason| format!("retired: {}", reason.one_line()));
    let unchecked = if details.checked { "" } else { ", not yet checked" };
    [
        row.contact.map(|contact| contact.to_string()).unwrap_or_default(),
        way.unwrap_or_else(|| details.web.one_line()),
        who(details),
        retired.unwrap_or_else(|| format!("{}{unchecked}", details.hours.one_line())),
    ]
}

fn who(details: &ContactDetails) -> String {
    let title = Text::from(details.title()).one_line();
    let organisation = details.organisation.one_line();
    if organisation.is_empty() || organisation == title { title } else { format!("{title}, {organisation}") }
}
