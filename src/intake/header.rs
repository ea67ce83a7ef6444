//! The header row: which row it is, who exported it, and which field each column fills.
//!
//! Whole labels count, however they are dressed up. Only for running text is a phrase inside a longer question
//! enough: there a wrong guess puts words under another heading, elsewhere it would give a child another's birthday.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::LazyLock;

use csv::StringRecord;

use super::labels::{Field, LABELS, Label, words};
use super::table::{self, Delimiter};
use super::{MAX_FIELDS, Reason};
use crate::domain::field::ChildField;
use crate::domain::text::clean;

/// Who wrote the table: it decides how the machine's own times are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Maker {
    Microsoft,
    Other,
}

pub(super) struct Header {
    pub(super) delimiter: Delimiter,
    pub(super) row: u32,
    pub(super) maker: Maker,
    pub(super) columns: Vec<Column>,
    labels: StringRecord,
}

impl Header {
    /// Whether rows mean the same under both, wherever they stand.
    pub(super) fn reads_as(&self, other: &Self) -> bool {
        self.delimiter == other.delimiter && self.labels == other.labels
    }
}

pub(super) struct Column {
    /// As it is written in the file, cleaned: the name under which a cell is kept that fits no field.
    pub(super) label: String,
    pub(super) role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The `place`th child that the row has columns for, from 0.
    Child {
        place: usize,
        field: ChildField,
    },
    Field(Field),
    /// Nothing that the form has: kept under the column's name.
    Kept,
}

/// One known label may be chance; this many are a header.
const LABELS_NEEDED: usize = 2;

/// Finds the row, and with it the delimiter: the one that yields the most labels.
pub(super) fn find(text: &str) -> Result<Header, Reason> {
    let found = table::header(text, LABELS_NEEDED, known_labels);
    let Some((delimiter, row)) = found else {
        return Err(table::rows(text, Delimiter::Comma).find_map(Result::err).unwrap_or(Reason::NoHeader));
    };
    Ok(Header::new(delimiter, row))
}

fn known_labels(cells: &StringRecord) -> usize {
    cells.iter().take(MAX_FIELDS).filter_map(recognise).collect::<BTreeSet<_>>().len()
}

impl Header {
    fn new(delimiter: Delimiter, row: table::Row) -> Self {
        let maker = maker(&row.cells);
        let columns = columns(&row.cells, maker);
        Self { delimiter, row: row.number, maker, columns, labels: row.cells }
    }

    /// Two exports joined end to end repeat the header row, which is no report.
    pub(super) fn is_repeated_by(&self, cells: &StringRecord) -> bool {
        &self.labels == cells
    }
}

fn maker(cells: &StringRecord) -> Maker {
    let has = |label: &str| cells.iter().any(|cell| words(cell).join(" ") == label);
    if has("start time") && has("completion time") { Maker::Microsoft } else { Maker::Other }
}

fn columns(cells: &StringRecord, maker: Maker) -> Vec<Column> {
    let recognised: Vec<Option<Recognised>> = cells.iter().map(recognise).collect();
    let mut places = Places::new(&recognised, maker);
    let roles = recognised.into_iter().map(|known| known.map_or(Role::Kept, |known| places.role(known)));
    let labels = cells.iter().enumerate().map(|(at, cell)| label(at, cell));
    labels.zip(roles).map(|(label, role)| Column { label, role }).collect()
}

fn label(at: usize, cell: &str) -> String {
    let label = clean(cell).trim().to_owned();
    if label.is_empty() { unnamed(at) } else { label }
}

/// What a column without a name is called, at a place from 0.
pub(super) fn unnamed(at: usize) -> String {
    format!("column {}", at + 1)
}

/// Where the next column of a label belongs that occurs more than once, or means what the others leave to it.
struct Places {
    children: BTreeMap<ChildField, usize>,
    /// What the coming columns of the label "Name" hold, the last of them for all that follow.
    names: VecDeque<Label>,
    staff_member: Field,
    date: Field,
}

impl Places {
    fn new(recognised: &[Option<Recognised>], maker: Maker) -> Self {
        let has = |label: Label| recognised.iter().flatten().any(|known| known.label == label);
        let (child, reporter) = (Label::Child(ChildField::Name), Label::Field(Field::ReporterName));
        let mut names = VecDeque::from([reporter]);
        if !has(child) {
            names.push_front(child);
        }
        // Microsoft's own column comes first and names the account that sent the form.
        if maker == Maker::Microsoft {
            names.push_front(reporter);
        }
        // A form that asks whom it is about, or more of a member of staff than their name, asks that of the other one.
        let asked = [Field::About, Field::StaffJob, Field::StaffIsDsl].map(Label::Field);
        let about_staff = asked.into_iter().any(has) && has(reporter);
        let staff_member = if about_staff { Field::StaffName } else { Field::ReporterName };
        let date = if has(Label::Field(Field::IncidentAt)) { Field::WrittenAt } else { Field::IncidentAt };
        Self { children: BTreeMap::new(), names, staff_member, date }
    }

    fn role(&mut self, known: Recognised) -> Role {
        match known.label {
            Label::Child(field) => {
                let next = self.children.entry(field).or_default();
                let place = known.place.unwrap_or(*next);
                *next = place + 1;
                Role::Child { place, field }
            }
            Label::Field(field) => Role::Field(field),
            Label::StaffMember => Role::Field(self.staff_member),
            Label::Date => Role::Field(self.date),
            Label::Name => {
                let label = self.next_name();
                self.role(Recognised { label, place: None })
            }
        }
    }

    fn next_name(&mut self) -> Label {
        let last = self.names.len() == 1;
        let next = if last { self.names.front().copied() } else { self.names.pop_front() };
        next.unwrap_or(Label::Field(Field::ReporterName))
    }
}

/// A label that is known, and the place that it numbers ("Pupil 2 name"), from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Recognised {
    label: Label,
    place: Option<usize>,
}

/// Longer headings are somebody's letter. Nothing useful stands behind this many characters.
const LABEL_LENGTH: usize = 400;

fn recognise(cell: &str) -> Option<Recognised> {
    let cell: String = cell.chars().take(LABEL_LENGTH).collect();
    undressed(&cell).iter().find_map(|label| whole(label)).or_else(|| {
        let label = phrase_in(&words(&cell))?;
        Some(Recognised { label, place: None })
    })
}

/// The label as it is and without its explanations: in brackets, after a colon or question mark, on further lines.
pub(super) fn undressed(cell: &str) -> [Vec<String>; 4] {
    let first_line = cell.trim().lines().next().unwrap_or_default();
    let before = |marks: &[char]| first_line.split(marks).next().unwrap_or_default();
    [
        words(cell),
        words(&without_brackets(cell)),
        words(first_line),
        words(before(&['?', ':', '(', '[', '*', '.'])),
    ]
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let mut outside = String::new();
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside
}

fn whole(words: &[String]) -> Option<Recognised> {
    let known = |text: &str, place| BY_TEXT.get(text).map(|label| Recognised { label: *label, place });
    known(&words.concat(), None).or_else(|| {
        let (text, place) = without_number(words)?;
        known(&text, Some(place))
    })
}

/// "Pupil 2 name", "second pupil's name", "2nd pupil's name", and "Name2", as Microsoft tells two questions apart.
fn without_number(words: &[String]) -> Option<(String, usize)> {
    let (label, number) = numbered_word(words).or_else(|| numbered_end(&words.concat()))?;
    (1..=MAX_PLACES).contains(&number).then(|| (label, number - 1))
}

fn numbered_word(words: &[String]) -> Option<(String, usize)> {
    let (at, number) = words.iter().enumerate().find_map(|(at, word)| Some((at, number(word)?)))?;
    let others = words.iter().enumerate().filter(|(index, _)| *index != at);
    Some((others.map(|(_, word)| word.as_str()).collect(), number))
}

fn numbered_end(label: &str) -> Option<(String, usize)> {
    let stem = label.trim_end_matches(|c: char| c.is_ascii_digit());
    Some((stem.to_owned(), label.strip_prefix(stem)?.parse().ok()?))
}

/// More children than a form has places for.
const MAX_PLACES: usize = 50;

fn number(word: &str) -> Option<usize> {
    const ORDINALS: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "sixth"];
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    digits.parse().ok().or_else(|| ORDINALS.iter().position(|ordinal| *ordinal == word).map(|at| at + 1))
}

/// The longest that stands anywhere among the words.
fn phrase_in(words: &[String]) -> Option<Label> {
    let from = |at: usize| words.get(at..).unwrap_or_default();
    let here = |at: usize| from(at).first().and_then(|first| PHRASES.get(first)).into_iter().flatten();
    let found =
        (0..words.len()).flat_map(|at| here(at).filter(move |phrase| from(at).starts_with(&phrase.words)));
    found.max_by_key(|phrase| (phrase.length, phrase.order)).map(|phrase| phrase.label)
}

static BY_TEXT: LazyLock<BTreeMap<String, Label>> =
    LazyLock::new(|| wordings().map(|(label, words)| (words.concat(), label)).collect());

/// A label of running text that has two words or more.
struct Phrase {
    words: Vec<String>,
    /// In bytes, with a space between its words.
    length: usize,
    /// Of two that are as long, the later is meant.
    order: usize,
    label: Label,
}

/// By their first word: a sheet may have a thousand columns, and all of their cells may be letters of many words.
static PHRASES: LazyLock<BTreeMap<String, Vec<Phrase>>> = LazyLock::new(|| {
    let prose = |label: &Label| matches!(label, Label::Field(Field::Prose(_) | Field::Worry | Field::Told));
    let mut phrases: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
    for (order, (label, words)) in
        wordings().filter(|(label, words)| prose(label) && words.len() > 1).enumerate()
    {
        let (first, length) = (words.first().cloned().unwrap_or_default(), words.join(" ").len());
        phrases.entry(first).or_default().push(Phrase { words, length, order, label });
    }
    phrases
});

fn wordings() -> impl Iterator<Item = (Label, Vec<String>)> {
    LABELS.iter().flat_map(|(label, texts)| texts.split('|').map(|text| (*label, words(text))))
}

#[cfg(test)]
mod tests;
