//! A file of somebody's address book becomes contacts, each of them whole or with what was lost of it in plain words.
//!
//! ```text
//! bytes ─▶ decode ─▶ vcard ────────▶ a Card each: contact details or a Refusal, and what was lost
//!                 └▶ contacts_csv ─▶ the same for each row
//! ```
//!
//! Nothing here knows the book. No [`Refusal`] repeats what a card says.

use std::path::Path;

use super::decode;
use super::drop_folder::read_named;
use super::{Reason, contacts_csv, refuse_foreign, vcard};
use crate::domain::card;
use crate::domain::contact::{ContactDetails, Number};
use crate::domain::emergency;
use crate::domain::text::Text;

/// The most cards that one file may hold.
const MAX_CARDS: usize = 10_000;
/// The longest text of a card, in characters.
const MAX_TEXT: usize = 10_000;
/// The most numbers of one contact, and the most addresses.
const MAX_WAYS: usize = 50;

/// What a file holds, card by card. It has no `Debug` form: people are in it.
#[derive(Default)]
pub struct Cards {
    pub cards: Vec<Card>,
    /// What of the whole file has no place in the book, such as columns that are not known.
    pub lost: Vec<Text>,
}

/// One contact of a file.
pub struct Card {
    /// From 1; of a table, the row as a spreadsheet counts it.
    pub place: u32,
    pub result: Result<ContactDetails, Refusal>,
    /// What the card says and the book has no place for.
    pub lost: Vec<Text>,
}

/// Why a file, or one card of it, cannot be taken in: what happened, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("The file is empty. Export the contacts again.")]
    Empty,
    #[error("The file is larger than 25 MB. Export the contacts without photographs, or in smaller files.")]
    TooLarge,
    #[error("The file is a workbook or another packed file. Open it, save it as CSV, and import that.")]
    Workbook,
    #[error("The file is a document or a picture. Export the contacts as vCard (.vcf) or as CSV.")]
    Document,
    #[error("There is no such file. Check its name and its folder.")]
    Missing,
    #[error("The file may not be read. Change its permissions, or copy it to where it can be read.")]
    Forbidden,
    #[error("This is not a file that can be read. Name a plain file: vCard (.vcf) or CSV.")]
    NotAFile,
    #[error("The file holds no contact. Check that it is a vCard file or a CSV of contacts.")]
    NoCards,
    #[error("The file holds more than 10,000 contacts. Divide it into several files.")]
    TooMany,
    #[error("No row with the names of columns was found. Export the CSV with its first row.")]
    NoHeader,
    #[error("A quotation mark that opens in row {row} is never closed. Export the table again.")]
    OpenQuote { row: u32 },
    #[error("The card was cut short: its end is missing. Export it again.")]
    CutShort,
    #[error("The card could not be read as a vCard. Export it again, as version 3.0 or 4.0.")]
    NotACard,
    #[error(
        "The card does not say who it is: it has no name, no organisation and no role. Fill one of them in."
    )]
    NoName,
    #[error("A text of the card is longer than 10,000 characters. Shorten it.")]
    TooLong,
    #[error("The card calls itself what the program calls 999. Give it another name.")]
    Emergency,
    #[error(
        "The card has more fields, numbers or addresses than a contact has. Divide it into several contacts."
    )]
    TooManyWays,
}

/// Reads a file that somebody named.
pub fn read_file(path: &Path) -> Result<Cards, Refusal> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    read(&read_named(path).map_err(|reason| refusal(&reason))?, &name)
}

/// Reads a file by what is in it; `name` only helps where the content does not tell, and is never a path.
pub fn read(bytes: &[u8], name: &str) -> Result<Cards, Refusal> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > super::MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    refuse_foreign(bytes).map_err(|reason| refusal(&reason))?;
    let text = decode::decode(&vcard::with_whole_letters(bytes)).text;
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let cards = if vcard::is_one(&text, name) { vcard::read(&text)? } else { contacts_csv::read(&text)? };
    if cards.cards.is_empty() { Err(Refusal::NoCards) } else { Ok(cards) }
}

impl Card {
    /// A card that can be shown and recorded.
    pub(super) fn new(place: u32, mut details: ContactDetails, mut lost: Vec<Text>) -> Self {
        card::read_hours(&mut details);
        let numbers = details.numbers.len();
        details.numbers.retain(|number| number.number.chars().any(|c| c.is_ascii_digit()));
        if details.numbers.len() < numbers {
            lost.push("a telephone number without digits".into());
        }
        Self { place, result: whole(details), lost }
    }

    pub(super) fn refused(place: u32, refusal: Refusal) -> Self {
        Self { place, result: Err(refusal), lost: Vec::new() }
    }
}

fn whole(details: ContactDetails) -> Result<ContactDetails, Refusal> {
    details.check().map_err(|_| Refusal::NoName)?;
    if poses_as_999(&details) {
        return Err(Refusal::Emergency);
    }
    if details.numbers.len() > MAX_WAYS || details.emails.len() > MAX_WAYS {
        return Err(Refusal::TooManyWays);
    }
    let one = [&details.organisation, &details.service, &details.role, &details.name, &details.purpose];
    let more = [&details.web, &details.hours, &details.out_of_hours, &details.caution];
    let numbers = details.numbers.iter().flat_map(|number| [&number.number, &number.note]);
    let mut texts = one.into_iter().chain(more).chain(numbers).chain(&details.emails);
    let is_too_long = texts.any(|text| text.chars().nth(MAX_TEXT).is_some());
    drop(texts);
    if is_too_long { Err(Refusal::TooLong) } else { Ok(details) }
}

/// 999 is the program's own: nothing of the book stands beside it under its name (H1).
fn poses_as_999(details: &ContactDetails) -> bool {
    let names = [&details.service, &details.name, &details.role, &details.organisation].map(Text::one_line);
    let digits = |name: &String| name.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_number = |name: &String| {
        !name.contains(char::is_alphabetic) && ["999", "112"].contains(&digits(name).as_str())
    };
    names.iter().any(|name| name.eq_ignore_ascii_case(emergency::SERVICE) || is_number(name))
}

/// Refuses a file of more cards than anybody looks through.
pub(super) fn few_enough(cards: usize) -> Result<(), Refusal> {
    if cards > MAX_CARDS { Err(Refusal::TooMany) } else { Ok(()) }
}

/// The same, said of contacts instead of reports.
fn refusal(reason: &Reason) -> Refusal {
    match reason {
        Reason::TooLarge => Refusal::TooLarge,
        Reason::Workbook => Refusal::Workbook,
        Reason::Document => Refusal::Document,
        Reason::Missing => Refusal::Missing,
        Reason::Forbidden => Refusal::Forbidden,
        Reason::OpenQuote { row } => Refusal::OpenQuote { row: *row },
        Reason::NoHeader => Refusal::NoHeader,
        _ => Refusal::NotAFile,
    }
}

/// More kinds of things than anybody reads that they were lost.
const MAX_LOSSES: usize = 40;
const OTHERS: &str = "other fields";

/// What was lost, in the order in which it was met, each once and with how often that was.
#[derive(Default)]
pub(super) struct Losses(Vec<(String, u32)>);

impl Losses {
    pub(super) fn add(&mut self, what: impl Into<String>) {
        let what = what.into();
        let full = self.0.len() >= MAX_LOSSES;
        match self.0.iter_mut().find(|(known, _)| *known == what || full && known == OTHERS) {
            Some((_, times)) => *times += 1,
            None if full => self.0.push((OTHERS.to_owned(), 1)),
            None => self.0.push((what, 1)),
        }
    }

    pub(super) fn into_texts(self) -> Vec<Text> {
        let told = |(what, times)| {
            if times == 1 { Text::from(what) } else { Text::from(format!("{what} ({times} times)")) }
        };
        self.0.into_iter().map(told).collect()
    }
}

/// A number of a card, of which nobody at this desk knows anything else.
pub(super) fn telephone(number: Text, note: Text) -> Number {
    Number { number, note, ..Number::default() }
}

/// Adds to a text that may hold something already.
pub(super) fn append(text: &mut Text, more: &str, between: &str) {
    let more = more.trim();
    if more.is_empty() {
        return;
    }
    *text = if text.is_blank() { Text::from(more) } else { Text::from(format!("{text}{between}{more}")) };
}
