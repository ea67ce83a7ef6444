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

/// How far down a header row is looked for.
const ROWS_SEARCHED: usize = 20;
/// One known label may be chance; this many are a header.
const LABELS_NEEDED: usize = 2;

/// Finds the row, and with it the delimiter: the one that yields the most labels.
pub(super) fn find(text: &str) -> Result<Header, Reason> {
    let mut best: Option<(usize, Header)> = None;
    for delimiter in Delimiter::ALL {
        for row in table::rows(text, delimiter).take(ROWS_SEARCHED).map_while(Result::ok) {
            let known = known_labels(&row.cells);
            if known >= LABELS_NEEDED && best.as_ref().is_none_or(|(most, _)| known > *most) {
                best = Some((known, Header::new(delimiter, row)));
            }
        }
    }
    match best {
        Some((_, header)) => Ok(header),
        None => Err(table::rows(text, Delimiter::Comma).find_map(Result::err).unwrap_or(Reason::NoHeader)),
    }
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
        let date = if has(Label::Field(Field::IncidentAt)) { Field::WrittenAt } else { Field::IncidentAt };
        Self { children: BTreeMap::new(), names, date }
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
fn undressed(cell: &str) -> [Vec<String>; 4] {
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

fn phrase_in(words: &[String]) -> Option<Label> {
    let text = format!(" {} ", words.join(" "));
    let found = PHRASES.iter().filter(|(phrase, _)| text.contains(phrase.as_str()));
    found.max_by_key(|(phrase, _)| phrase.len()).map(|(_, label)| *label)
}

static BY_TEXT: LazyLock<BTreeMap<String, Label>> =
    LazyLock::new(|| wordings().map(|(label, words)| (words.concat(), label)).collect());

/// The labels of running text that have two words or more, between spaces.
static PHRASES: LazyLock<Vec<(String, Label)>> = LazyLock::new(|| {
    let prose = |label: &Label| matches!(label, Label::Field(Field::Prose(_) | Field::Worry | Field::Told));
    let phrases = wordings().filter(|(label, words)| prose(label) && words.len() > 1);
    phrases.map(|(label, words)| (format!(" {} ", words.join(" ")), label)).collect()
});

fn wordings() -> impl Iterator<Item = (Label, Vec<String>)> {
    LABELS.iter().flat_map(|(label, texts)| texts.split('|').map(|text| (*label, words(text))))
}

#[cfg(test)]
mod tests {
    use super::{Header, Maker, Role, find};
    use crate::domain::field::ChildField;
    use crate::intake::Reason;
    use crate::intake::labels::{Field, Prose};
    use crate::intake::table::Delimiter;

    fn header(text: &str) -> Header {
        find(text).unwrap()
    }

    fn roles(labels: &[&str]) -> Vec<Role> {
        let row: Vec<String> = labels.iter().map(|label| format!("\"{label}\"")).collect();
        header(&row.join(",")).columns.into_iter().map(|column| column.role).collect()
    }

    /// The role of a label beside two that make a header of it.
    fn role(label: &str) -> Role {
        *roles(&["Witnesses", "Job title", label]).last().unwrap()
    }

    fn child(place: usize, field: ChildField) -> Role {
        Role::Child { place, field }
    }

    fn check(field: Field, labels: &[&str]) {
        for label in labels {
            assert_eq!(role(label), Role::Field(field), "{label}");
        }
    }

    #[test]
    fn a_childs_name_in_many_words() {
        for label in [
            "Pupil's Name",
            "PUPIL NAME",
            "pupil_name",
            "PupilName",
            "Name of child",
            "Child’s name:",
            "1. Child's name",
            "Q3) Name of the student",
            "Name(s) of pupil(s)",
            "Child's full name (first name and surname)",
        ] {
            assert_eq!(role(label), child(0, ChildField::Name), "{label}");
        }
    }

    #[test]
    fn birthdays_and_forms() {
        for label in ["DOB", "D.O.B.", "Date of Birth:", "Pupil's date of birth", "date-of-birth"] {
            assert_eq!(role(label), child(0, ChildField::DateOfBirth), "{label}");
        }
        for label in ["FORM:", "Form/Class", "Tutor group", "Year group", "Class"] {
            assert_eq!(role(label), child(0, ChildField::Form), "{label}");
        }
    }

    #[test]
    fn anothers_birthday_is_not_the_childs() {
        assert_eq!(role("Mother's date of birth"), Role::Kept);
        assert_eq!(role("Name of parent"), Role::Kept);
    }

    #[test]
    fn the_reporter() {
        check(
            Field::ReporterName,
            &["Your name", "Name (print)", "Name: Print", "Completed by", "Staff name"],
        );
        check(Field::ReporterJob, &["Job Title:", "Your role"]);
        check(Field::ReporterEmail, &["Email", "E-mail", "Email Address"]);
    }

    #[test]
    fn the_account() {
        check(Field::Prose(Prose::Who), &["Who?", "Who was involved?"]);
        check(
            Field::Prose(Prose::What),
            &["What happened", "Record the following factually: Who? What? Where?"],
        );
        check(
            Field::Prose(Prose::ChildWords),
            &["Child's words", "In the child's own words", "What did the pupil say?"],
        );
        check(Field::Prose(Prose::Where), &["Where", "Location"]);
        check(Field::Prose(Prose::When), &["When", "When (date and time of incident)?"]);
        check(Field::Prose(Prose::Witnesses), &["Any witnesses?"]);
    }

    #[test]
    fn a_worry_is_whatever_the_other_columns_leave_to_it() {
        check(
            Field::Worry,
            &[
                "What are you worried about?",
                "What is your concern?",
                "Your concern",
                "Please describe your concern (facts only)",
                "In a few words, what are you worried about today?",
            ],
        );
        check(Field::Prose(Prose::What), &["Tell us what happened", "What has happened?"]);
        check(Field::Prose(Prose::Reasons), &["Reason for concern", "Why are you worried?"]);
    }

    #[test]
    fn the_rest_of_the_form() {
        check(
            Field::Prose(Prose::Reasons),
            &["Reason(s) for recording", "Note the reasons for recording the incident."],
        );
        check(
            Field::Prose(Prose::Opinion),
            &["Professional opinion where relevant (how and why might this have happened?)"],
        );
        check(
            Field::Prose(Prose::Actions),
            &["Actions", "Note actions, including names of anyone to whom your information was passed."],
        );
        check(Field::Told, &["To whom was this passed", "Who have you told?"]);
        check(
            Field::Prose(Prose::Other),
            &["Any other relevant information (distinguish between fact and opinion)."],
        );
    }

    #[test]
    fn yes_and_no_questions_dates_and_choices() {
        check(
            Field::Danger,
            &["Is the child in immediate danger?", "Is the pupil in immediate danger? (If yes, ring 999)"],
        );
        check(Field::ToldDsl, &["Have you told the DSL in person?"]);
        check(Field::Area, &["Area/council", "Local authority"]);
        check(Field::Categories, &["Category", "Type of concern"]);
        check(Field::IncidentAt, &["Date and Time of Incident:", "Date of incident"]);
        check(Field::IncidentTime, &["Time of incident"]);
        check(Field::WrittenAt, &["Date and Time (of writing)"]);
        check(Field::SentAt, &["Timestamp", "Completion time"]);
    }

    #[test]
    fn a_phrase_is_enough_for_running_text_only() {
        check(Field::Prose(Prose::What), &["Please tell us in your own way what happened and how it ended"]);
        assert_eq!(role("If the child is in immediate danger, have you rung 999?"), Role::Kept);
    }

    #[test]
    fn numbered_columns_are_further_children() {
        let name = |place| child(place, ChildField::Name);
        assert_eq!(
            roles(&["Pupil's name", "Pupil 2 name", "Third pupil's name", "Name of child 4", "DOB", "DOB2"]),
            [
                name(0),
                name(1),
                name(2),
                name(3),
                child(0, ChildField::DateOfBirth),
                child(1, ChildField::DateOfBirth)
            ]
        );
    }

    #[test]
    fn repeated_columns_are_further_children() {
        assert_eq!(
            roles(&["Child's name", "DOB", "Child's name", "DOB"]),
            [
                child(0, ChildField::Name),
                child(0, ChildField::DateOfBirth),
                child(1, ChildField::Name),
                child(1, ChildField::DateOfBirth)
            ]
        );
    }

    #[test]
    fn a_name_alone_is_whose_it_must_be() {
        let reporter = Role::Field(Field::ReporterName);
        let name = child(0, ChildField::Name);
        assert_eq!(roles(&["Pupil's name", "Name"]), [name, reporter]);
        assert_eq!(roles(&["Name", "Your name"]), [name, reporter]);
        assert_eq!(roles(&["Name", "What happened", "Name"]).last(), Some(&reporter));
    }

    #[test]
    fn microsofts_name_is_the_account() {
        let header = header("ID,Start time,Completion time,Email,Name,Name2,What happened");
        assert_eq!(header.maker, Maker::Microsoft);
        assert_eq!(header.columns[4].role, Role::Field(Field::ReporterName));
        assert_eq!(header.columns[5].role, child(0, ChildField::Name));
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_sense() {
        assert_eq!(header("Your name;What happened, and where;DOB").delimiter, Delimiter::Semicolon);
        assert_eq!(header("Your name\tWhat happened").delimiter, Delimiter::Tab);
        assert_eq!(header("Your name,\"Who?; Where?\",DOB").delimiter, Delimiter::Comma);
    }

    #[test]
    fn titles_above_the_header_are_passed_over() {
        assert_eq!(header("sep=,\nConcerns this week,\n\nYour name,What happened").row, 4);
    }

    #[test]
    fn a_table_of_something_else_is_not_ours() {
        assert_eq!(find("Item,Price\nPens,2.50").err(), Some(Reason::NoHeader));
        assert_eq!(find("Dear Ms Lal,\nI am worried.").err(), Some(Reason::NoHeader));
    }

    #[test]
    fn a_column_without_a_name_gets_its_place() {
        assert_eq!(header("Your name,,What happened").columns[1].label, "column 2");
    }
}
