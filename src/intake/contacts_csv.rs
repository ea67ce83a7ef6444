//! Contacts as a table: what Google and Outlook export, and what this desk does. Which column holds what is
//! `contacts_csv::columns`'s.

mod columns;

use csv::StringRecord;

use super::contacts::{Card, Cards, Losses, Refusal, append, few_enough, telephone};
use super::table::{self, Delimiter, with_plain_lines};
use super::{MAX_FIELDS, Reason};
use crate::domain::card;
use crate::domain::contact::ContactDetails;
use crate::domain::text::Text;
use columns::{Column, Field};

/// One known label may be chance; this many are a header.
const LABELS_NEEDED: usize = 2;
/// Google writes several values into one cell.
const SEVERAL: &str = ":::";

/// The most values that are read of one cell: a contact that has as many is refused.
const MOST_VALUES: usize = 100;

/// Reads every row under the names of the columns.
pub(super) fn read(text: &str) -> Result<Cards, Refusal> {
    let text = with_plain_lines(text);
    let (delimiter, header) =
        table::header(&text, LABELS_NEEDED, columns::known).ok_or_else(|| no_header(&text))?;
    if header.cells.len() > MAX_FIELDS {
        return Err(Refusal::NoHeader);
    }
    let columns = columns::of(&header.cells);
    let mut cards = Vec::new();
    let mut lost = Losses::default();
    let mut seen = vec![false; columns.len()];
    for row in table::rows(&text, delimiter) {
        let row = match row {
            Ok(row) => row,
            Err(Reason::OpenQuote { row }) => {
                cards.push(Card::refused(row, Refusal::OpenQuote { row }));
                break;
            }
            Err(_) => break,
        };
        if row.number <= header.number || row.cells == header.cells {
            continue;
        }
        few_enough(cards.len() + 1)?;
        cards.push(card_of(row.number, &row.cells, &columns, &mut seen));
    }
    for (column, _) in
        columns.iter().zip(&seen).filter(|(column, seen)| **seen && column.field == Field::Unknown)
    {
        lost.add(format!("the column “{}”", column.label));
    }
    Ok(Cards { cards, lost: lost.into_texts() })
}

fn no_header(text: &str) -> Refusal {
    match table::rows(text, Delimiter::Comma).find_map(Result::err) {
        Some(Reason::OpenQuote { row }) => Refusal::OpenQuote { row },
        _ => Refusal::NoHeader,
    }
}

/// A row while it is read.
#[derive(Default)]
struct Reading {
    details: ContactDetails,
    /// What stands beside numbers in columns of their own, by the number's place.
    notes: Vec<(u32, String)>,
    /// The numbers' places.
    places: Vec<u32>,
    /// Title, given name, further names, family name, what follows.
    name: [String; 5],
    losses: Losses,
}

fn card_of(place: u32, cells: &StringRecord, columns: &[Column], seen: &mut [bool]) -> Card {
    let mut reading = Reading::default();
    for ((cell, column), seen) in cells.iter().zip(columns).zip(seen) {
        let cell = cell.trim();
        if !cell.is_empty() {
            *seen = true;
            reading.take(column, cell);
        }
    }
    if cells.len() > columns.len() {
        reading.losses.add("cells without a column");
    }
    let (details, losses) = reading.finish();
    Card::new(place, details, losses.into_texts())
}

impl Reading {
    fn take(&mut self, column: &Column, cell: &str) {
        let details = &mut self.details;
        match column.field {
            Field::Name => append(&mut details.name, cell, ", "),
            Field::PartOfName(at) => self.name.get_mut(at).into_iter().for_each(|part| cell.clone_into(part)),
            Field::Organisation => append(&mut details.organisation, cell, ", "),
            Field::Service => append(&mut details.service, cell, ", "),
            Field::Role => append(&mut details.role, cell, ", "),
            Field::Purpose => append(&mut details.purpose, cell, "\n"),
            Field::Note => card::read_note(cell, details),
            Field::Hours => append(&mut details.hours, cell, "\n"),
            Field::OutOfHours => append(&mut details.out_of_hours, cell, "\n"),
            Field::Caution => append(&mut details.caution, cell, "\n"),
            Field::Web => self.take_web(cell),
            Field::Email => self.take_emails(cell),
            Field::Categories => self.take_categories(cell),
            Field::Number(kind) => self.take_numbers(column.place, kind, cell),
            Field::NumberNote => self.notes.push((column.place, note_of(cell))),
            Field::Told | Field::Unknown => {}
        }
    }

    fn take_web(&mut self, cell: &str) {
        let mut addresses = cell.split(SEVERAL).map(str::trim);
        if self.details.web.is_blank() {
            self.details.web = Text::from(addresses.next().unwrap_or_default());
        }
        if addresses.any(|address| address != self.details.web.as_str()) {
            self.losses.add("a second web address");
        }
    }

    fn take_emails(&mut self, cell: &str) {
        let emails = cell.split(SEVERAL).map(str::trim).filter(|email| !email.is_empty());
        for email in emails.take(MOST_VALUES).map(Text::from) {
            if !self.details.emails.contains(&email) {
                self.details.emails.push(email);
            }
        }
    }

    fn take_categories(&mut self, cell: &str) {
        let groups = cell.split(SEVERAL).flat_map(|part| part.split([';', ','])).map(str::trim);
        for category in groups.filter(|one| !one.is_empty() && !one.starts_with('*')) {
            if card::read_category(category, &mut self.details).is_err() {
                self.losses.add("a category");
            }
        }
    }

    fn take_numbers(&mut self, place: u32, kind: &str, cell: &str) {
        for number in cell.split(SEVERAL).map(str::trim).filter(|number| !number.is_empty()).take(MOST_VALUES)
        {
            self.details.numbers.push(telephone(number.into(), kind.into()));
            self.places.push(place);
        }
    }

    fn finish(mut self) -> (ContactDetails, Losses) {
        for (place, note) in self.notes {
            let beside = self.places.iter().zip(&mut self.details.numbers).filter(|(of, _)| **of == place);
            beside.for_each(|(_, number)| number.note = Text::from(note.as_str()));
        }
        if self.details.name.is_blank() {
            let parts: Vec<String> = self.name.into_iter().filter(|part| !part.is_empty()).collect();
            self.details.name = Text::from(parts.join(" "));
        }
        (self.details, self.losses)
    }
}

/// Google's labels have our words where they say which kind of number it is.
fn note_of(cell: &str) -> String {
    let bare = cell.trim_start_matches("* ").trim();
    match card::kind(bare) {
        Some(kind) => kind.to_owned(),
        None if bare.eq_ignore_ascii_case("other") => String::new(),
        None => bare.to_owned(),
    }
}

#[cfg(test)]
mod tests;
