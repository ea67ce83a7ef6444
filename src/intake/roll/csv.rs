//! A roll as a table, as SIMS, Arbor, Bromcom and plain spreadsheets export it. Which column holds what is told by its
//! label, compared as the labels of concerns are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use csv::StringRecord;

use super::names::Names;
use super::{Kind, Pupil, Refusal, Roll, Row, day, few_enough, year};
use crate::domain::field::ChildField;
use crate::domain::text::{Text, clean};
use crate::domain::upn::Upn;
use crate::intake::contacts::Losses;
use crate::intake::header::{self, Role, undressed, unnamed};
use crate::intake::labels::{self, LABELS as CONCERN_LABELS, Label, Prose, words};
use crate::intake::table::{self, Delimiter, with_plain_lines};
use crate::intake::{MAX_FIELDS, Reason};

/// One known label may be chance; this many are a header.
const LABELS_NEEDED: usize = 2;
/// The longest label that is looked at or repeated.
const LONGEST_LABEL: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    FullName,
    Forename,
    Middle,
    Surname,
    PreferredForename,
    PreferredSurname,
    FormerSurname,
    Born,
    Form,
    Year,
    School,
    Upn,
    Left,
}

/// Labels that no report of a concern has, or that mean something else there.
const LABELS: [(Field, &str); 11] = [
    (
        Field::FullName,
        "name | full name | legal name | legal full name | display name | child full name | surname forename | \
         forename surname | name surname first | list name",
    ),
    (
        Field::Forename,
        "forename | forename(s) | forenames | first name | first names | given name | given names | legal forename | \
         legal first name | legal given name | child forename | child first name | firstname",
    ),
    (
        Field::Middle,
        "middle name | middle name(s) | middle names | legal middle name | legal middle names | other forenames | \
         additional names",
    ),
    (
        Field::Surname,
        "surname | last name | family name | legal surname | legal last name | legal family name | child surname | \
         child last name | lastname",
    ),
    (
        Field::PreferredForename,
        "preferred forename | preferred first name | preferred name | preferred given name | chosen name | chosen \
         forename | chosen first name | known as | known as forename | goes by",
    ),
    (
        Field::PreferredSurname,
        "preferred surname | preferred last name | preferred family name | chosen surname | known as surname",
    ),
    (Field::FormerSurname, "former surname | previous surname | former last name | former family name"),
    (
        Field::Form,
        "registration class | registration | reg | tutor | reg class | current form | current registration group | \
         current tutor group | tutor group name | registration form name | main registration group",
    ),
    (
        Field::Year,
        "year | year group | nc year | ncy | ncyear | nc year actual | year taught in | national curriculum year | \
         curriculum year | current year group | current nc year | year group name",
    ),
    (Field::Upn, "upn | unique child number | child upn | current upn"),
    (
        Field::Left,
        "leaving date | date of leaving | dol | date left | left on | left | leave date | school leaving date | \
         enrolment end date | end date | off roll date | date off roll | removal date | date of removal",
    ),
];

static BY_TEXT: LazyLock<BTreeMap<String, Field>> = LazyLock::new(|| {
    let of_concerns = CONCERN_LABELS.iter().filter_map(|(label, texts)| Some((of_concern(*label)?, *texts)));
    let all = of_concerns.chain(LABELS);
    all.flat_map(|(field, texts)| texts.split('|').map(move |text| (words(text).concat(), field))).collect()
});

/// What the columns of a report say of its child.
fn of_concern(label: Label) -> Option<Field> {
    match label {
        Label::Child(ChildField::Name) => Some(Field::FullName),
        Label::Child(ChildField::DateOfBirth) => Some(Field::Born),
        Label::Child(ChildField::Form) => Some(Field::Form),
        Label::Child(ChildField::School) => Some(Field::School),
        Label::Field(_) | Label::Name | Label::StaffMember | Label::Date => None,
    }
}

fn recognise(cell: &str) -> Option<Field> {
    let cell: String = cell.chars().take(LONGEST_LABEL).collect();
    undressed(&cell).iter().find_map(|label| BY_TEXT.get(&label.concat()).copied())
}

fn known(cells: &StringRecord) -> usize {
    cells.iter().take(MAX_FIELDS).filter_map(recognise).collect::<BTreeSet<_>>().len()
}

/// A column, by its label.
struct Column {
    label: String,
    field: Option<Field>,
    /// Whether anything stands in it.
    is_used: bool,
}

/// Reads every row under the names of the columns.
pub(super) fn read(text: &str) -> Result<Roll, Refusal> {
    let text = with_plain_lines(text);
    let (delimiter, header) = table::header(&text, LABELS_NEEDED, known).ok_or_else(|| no_header(&text))?;
    if header.cells.len() > MAX_FIELDS {
        return Err(Refusal::NoHeader);
    }
    let mut columns = columns(&header.cells);
    is_a_roll(&columns)?;
    refuse_concerns(&text)?;
    let mut rows = Vec::new();
    for row in table::rows(&text, delimiter) {
        let row = match row {
            Ok(row) => row,
            // Who stands below it is not known, so nobody may be taken for missing.
            Err(Reason::OpenQuote { row }) => return Err(Refusal::OpenQuote { row }),
            Err(_) => return Err(Refusal::Damaged),
        };
        if row.number <= header.number || row.cells == header.cells {
            continue;
        }
        few_enough(rows.len() + 1)?;
        rows.push(row_of(row.number, &row.cells, &mut columns));
    }
    let mut lost = Losses::default();
    for column in columns.iter().filter(|column| column.is_used && column.field.is_none()) {
        lost.add(format!("the column “{}”", column.label));
    }
    Ok(Roll { kind: Kind::Table, rows, lost: lost.into_texts() })
}

fn no_header(text: &str) -> Refusal {
    match table::rows(text, Delimiter::Comma).find_map(Result::err) {
        Some(Reason::OpenQuote { row }) => Refusal::OpenQuote { row },
        _ => Refusal::NoHeader,
    }
}

/// Each field is the first column's that has its label: what follows may be the parents'.
fn columns(cells: &StringRecord) -> Vec<Column> {
    let mut taken = BTreeSet::new();
    let column = |(at, cell): (usize, &str)| {
        let label: String = clean(cell).trim().chars().take(LONGEST_LABEL).collect();
        let label = if label.is_empty() { unnamed(at) } else { label };
        Column { label, field: recognise(cell).filter(|field| taken.insert(*field)), is_used: false }
    };
    cells.iter().enumerate().map(column).collect()
}

/// An address book has names as well: a roll says more of a child than that.
fn is_a_roll(columns: &[Column]) -> Result<(), Refusal> {
    let has = |fields: &[Field]| {
        columns.iter().any(|column| column.field.is_some_and(|field| fields.contains(&field)))
    };
    let name = [Field::FullName, Field::Forename, Field::Surname, Field::PreferredForename];
    let more = [Field::Born, Field::Form, Field::Year, Field::Upn, Field::Left];
    if has(&name) && has(&more) { Ok(()) } else { Err(Refusal::NoHeader) }
}

/// Reports have the same columns for their child, and an account of what happened beside them.
fn refuse_concerns(text: &str) -> Result<(), Refusal> {
    let Ok(header) = header::find(text) else { return Ok(()) };
    let is_account = |role: Role| {
        use labels::Field::{Prose as Running, Worry};
        matches!(role, Role::Field(Worry | Running(Prose::What | Prose::ChildWords)))
    };
    if header.columns.iter().any(|column| is_account(column.role)) { Err(Refusal::Concerns) } else { Ok(()) }
}

fn row_of(place: u32, cells: &StringRecord, columns: &mut [Column]) -> Row {
    let mut pupil = Pupil::default();
    let mut names = Names::default();
    let mut losses = Losses::default();
    for (cell, column) in cells.iter().zip(columns.iter_mut()) {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        column.is_used = true;
        if let Some(field) = column.field
            && let Err(what) = take(&mut pupil, &mut names, field, cell)
        {
            losses.add(what);
        }
    }
    if cells.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty()) {
        losses.add("cells without a column");
    }
    names.put_into(&mut pupil);
    Row { place, result: pupil.whole(), lost: losses.into_texts() }
}

/// What a cell says; an error is what cannot be read of it.
fn take(pupil: &mut Pupil, names: &mut Names, field: Field, cell: &str) -> Result<(), &'static str> {
    match field {
        Field::FullName => cell.clone_into(&mut names.full),
        Field::Forename => cell.clone_into(&mut names.forename),
        Field::Middle => cell.clone_into(&mut names.middle),
        Field::Surname => cell.clone_into(&mut names.surname),
        Field::PreferredForename => cell.clone_into(&mut names.preferred_forename),
        Field::PreferredSurname => cell.clone_into(&mut names.preferred_surname),
        Field::FormerSurname => cell.clone_into(&mut names.former_surname),
        Field::Born => pupil.date_of_birth = Some(day(cell).ok_or(super::NO_BIRTHDAY)?),
        Field::Form => pupil.form = Text::from(cell),
        Field::Year => pupil.year = year(cell),
        Field::School => pupil.school = Text::from(cell),
        Field::Upn => pupil.upn = Some(Upn::read(cell).ok_or(super::NO_UPN)?),
        Field::Left => pupil.left = Some(day(cell).ok_or(super::NO_LEAVING_DATE)?),
    }
    Ok(())
}
