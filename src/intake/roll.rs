//! A school's list of its children becomes pupils, each of them whole or with what was lost of it in plain words.
//!
//! ```text
//! bytes ─▶ decode ─▶ roll::csv ─▶ a Row each: a Pupil or a Refusal, and what was lost
//!                 └▶ roll::ctf ─▶ the same for each pupil of a Common Transfer File
//! ```
//!
//! Nothing here knows the children of the desk. No [`Refusal`] repeats what a row says.

mod csv;
mod ctf;
mod names;

use std::path::Path;

use chrono::NaiveDate;

use super::dates::{self, Order, Said};
use super::decode;
use super::drop_folder::read_named;
use super::{Reason, refuse_foreign};
use crate::domain::concern::NamedChild;
use crate::domain::text::Text;
use crate::domain::upn::Upn;

/// The most children that one file may hold.
const MAX_PUPILS: usize = 100_000;
/// The longest text of a child, in characters.
const MAX_TEXT: usize = 1_000;

const NO_BIRTHDAY: &str = "a date of birth that could not be read";
const NO_UPN: &str = "a UPN whose check letter is wrong";
const NO_LEAVING_DATE: &str = "a leaving date that could not be read";

/// What a file holds, child by child. It has no `Debug` form: children are in it.
pub struct Roll {
    pub kind: Kind,
    pub rows: Vec<Row>,
    /// What of the whole file has no place at the desk, such as columns that are not known.
    pub lost: Vec<Text>,
}

/// What sort of list it is.
pub enum Kind {
    /// A table, whose school stands in each row or nowhere.
    Table,
    /// A Common Transfer File.
    Transfer {
        /// The school that sent it; blank where the file does not name it.
        from: Text,
        /// The school to which the children go, blank where the file has only its number; none where the file is for an
        /// authority or for nobody in particular, and so is of the children of the school that sent it.
        to: Option<Text>,
        /// It calls itself partial, so it says nothing of those who are not in it.
        is_partial: bool,
    },
}

/// One child of a file.
pub struct Row {
    /// From 1; of a table, the row as a spreadsheet counts it.
    pub place: u32,
    pub result: Result<Pupil, Refusal>,
    /// What the row says and the desk has no place for, or what could not be read.
    pub lost: Vec<Text>,
}

/// A child as the list has them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pupil {
    /// As the child is known.
    pub name: Text,
    /// The legal name, the one with every middle name, one of before; none that is the first one again.
    pub other_names: Vec<Text>,
    pub date_of_birth: Option<NaiveDate>,
    /// The form, class or tutor group.
    pub form: Text,
    /// The year group, which says less than a form does.
    pub year: Text,
    /// On whose roll, where the row says so; of a transfer, the whole file does.
    pub school: Text,
    pub upn: Option<Upn>,
    /// When they left; of a transfer, the school that sent it.
    pub left: Option<NaiveDate>,
}

/// Why a file, or one row of it, cannot be taken in: what happened, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("The file is empty. Export the roll again.")]
    Empty,
    #[error("The file is larger than 25 MB. Export the roll without attendance and assessments, or as CSV.")]
    TooLarge,
    #[error("The file is a workbook or another packed file. Open it, save it as CSV, and import that.")]
    Workbook,
    #[error(
        "The file is a document or a picture. Export the roll as CSV or as a Common Transfer File (.xml)."
    )]
    Document,
    #[error("There is no such file. Check its name and its folder.")]
    Missing,
    #[error("The file may not be read. Change its permissions, or copy it to where it can be read.")]
    Forbidden,
    #[error("This is not a file that can be read. Name a plain file: CSV or a Common Transfer File (.xml).")]
    NotAFile,
    #[error(
        "No row with the names of columns was found. Export the CSV with its first row: a name, and a date of birth, a \
         form or a UPN."
    )]
    NoHeader,
    #[error(
        "This is a table of concerns and not a roll. Take it in with `dsl-desk import`, or by dropping it into the \
         incoming folder."
    )]
    Concerns,
    #[error("A quotation mark that opens in row {row} is never closed. Export the table again.")]
    OpenQuote { row: u32 },
    #[error("The file holds no child. Check that it is a roll, and export it again.")]
    NoPupils,
    #[error("The file holds more than 100,000 children. Divide it into several files.")]
    TooMany,
    #[error("This XML is not a Common Transfer File. Export one, or export the roll as CSV.")]
    NotATransfer,
    #[error("The file was cut short or is damaged, so nothing of it was taken in. Export it again.")]
    Damaged,
    #[error("The file declares a document type, which no Common Transfer File does. Export it again.")]
    DocumentType,
    #[error("A tag of the file is longer than any Common Transfer File has. Export it again.")]
    LongTag,
    #[error("The file is nested deeper than any Common Transfer File is. Export it again.")]
    TooDeep,
    #[error("It does not say who it is. Fill the name in where the list comes from, and export it again.")]
    NoName,
    #[error("What stands for the name has digits in it, so it is no name. Correct it, or leave the row out.")]
    NotAName,
    #[error("It is of somebody who is not born yet. Correct the date of birth.")]
    NotBorn,
    #[error("The leaving date is before the date of birth. Correct one of them.")]
    LeftBeforeBirth,
    #[error("A text of it is longer than 1,000 characters. Shorten it.")]
    TooLong,
}

/// Reads a file that somebody named.
pub fn read_file(path: &Path) -> Result<Roll, Refusal> {
    read(&read_named(path).map_err(|reason| refusal(&reason))?)
}

/// Reads a file by what is in it.
pub fn read(bytes: &[u8]) -> Result<Roll, Refusal> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > super::MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let mut text = decode::decode(bytes).text;
    text.retain(|c| !is_invisible(c));
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let roll = if text.trim_start().starts_with('<') {
        ctf::read(text.trim_start())?
    } else {
        refuse_foreign(bytes).map_err(|reason| refusal(&reason))?;
        csv::read(&text)?
    };
    if roll.rows.is_empty() { Err(Refusal::NoPupils) } else { Ok(roll) }
}

impl Pupil {
    /// The form or, where the list has none, the year group.
    pub fn form_or_year(&self) -> &Text {
        if self.form.is_blank() { &self.year } else { &self.form }
    }

    /// A child who can be shown and recorded.
    fn whole(self) -> Result<Self, Refusal> {
        let named = NamedChild { name: self.name.clone(), ..NamedChild::default() };
        if named.is_not_known() || !self.name.contains(char::is_alphabetic) {
            return Err(Refusal::NoName);
        }
        if self.name.contains(char::is_numeric) {
            return Err(Refusal::NotAName);
        }
        if self.left.zip(self.date_of_birth).is_some_and(|(left, born)| left < born) {
            return Err(Refusal::LeftBeforeBirth);
        }
        let texts = [&self.name, &self.form, &self.year, &self.school].into_iter().chain(&self.other_names);
        let is_too_long = texts.into_iter().any(|text| text.chars().nth(MAX_TEXT).is_some());
        if is_too_long { Err(Refusal::TooLong) } else { Ok(self) }
    }
}

/// Marks of direction and joints of words that are copied along with names from documents, and say nothing of them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\0' | '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Refuses a file of more children than anybody looks through.
fn few_enough(pupils: usize) -> Result<(), Refusal> {
    if pupils > MAX_PUPILS { Err(Refusal::TooMany) } else { Ok(()) }
}

/// A date, the day first where it is in figures; none where it can be meant in another way.
fn day(text: &str) -> Option<NaiveDate> {
    match dates::read(text, Order::DayFirst) {
        Said::Exactly(moment) => Some(moment.date()),
        Said::Partly(_) | Said::Nothing => None,
    }
}

/// A year group as it is said: a number alone could be anything.
fn year(text: &str) -> Text {
    let text = text.trim();
    match text.parse::<u32>() {
        Ok(number) => Text::from(format!("Year {number}")),
        Err(_) if text.eq_ignore_ascii_case("r") => Text::from("Reception"),
        Err(_) => Text::from(text),
    }
}

/// The same, said of a roll instead of reports.
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

#[cfg(test)]
mod tests;
