//! Which column of a table of contacts holds what, by the labels that Google, Outlook and this desk write.

use std::collections::BTreeSet;

use csv::StringRecord;

use crate::domain::text::clean;
use crate::intake::header::unnamed;

/// A column and its label, cleaned.
pub(super) struct Column {
    pub(super) label: String,
    pub(super) field: Field,
    /// Which number or address it belongs to, where the label says so; from 0.
    pub(super) place: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Name,
    /// Title, given name, further names, family name, what follows; from 0.
    PartOfName(usize),
    Organisation,
    Service,
    Role,
    Purpose,
    /// What other programs call notes: purpose, and lines of our own.
    Note,
    Hours,
    OutOfHours,
    Caution,
    Web,
    Email,
    /// Areas, whom calls are about, and the groups of other programs.
    Categories,
    /// A number, and what kind of number such a column holds.
    Number(&'static str),
    NumberNote,
    /// Says nothing that the book does not know otherwise.
    Told,
    Unknown,
}

/// Labels without their numbers, as words.
const LABELS: [(Field, &str); 27] = [
    (Field::Name, "name|full name|display name"),
    (Field::PartOfName(0), "name prefix|prefix|courtesy title"),
    (Field::PartOfName(1), "first name|given name|forename"),
    (Field::PartOfName(2), "middle name|additional name"),
    (Field::PartOfName(3), "last name|family name|surname"),
    (Field::PartOfName(4), "name suffix|suffix"),
    (
        Field::Organisation,
        "organisation|organization|organisation name|organization name|company|company name",
    ),
    (Field::Service, "service|department|organisation department|organization department"),
    (Field::Role, "role|job title|organisation title|organization title|position"),
    (Field::Purpose, "purpose|for"),
    (Field::Note, "note|notes"),
    (Field::Hours, "hours"),
    (Field::OutOfHours, "out of hours"),
    (Field::Caution, "caution"),
    (Field::Web, "web|web page|website|website value|web address|url|personal web page|business web page"),
    (Field::Email, "e mail|email|e mail value|email value|e mail address|email address"),
    (Field::Categories, "areas|area|calls about|categories|labels|group membership"),
    (
        Field::Number(""),
        "telephone|phone|telephone number|phone number|number|phone value|other phone|primary phone",
    ),
    (Field::Number("work"), "business phone|work phone|company main phone"),
    (Field::Number("mobile"), "mobile phone|mobile|mobile number"),
    (Field::Number("home"), "home phone"),
    (Field::Number("fax"), "business fax|home fax|other fax|fax|fax number"),
    (Field::Number("pager"), "pager"),
    (Field::Number("textphone"), "tty tdd phone"),
    (Field::Number("car"), "car phone"),
    (Field::NumberNote, "telephone note|phone label|phone type|number note"),
    (
        Field::Told,
        "file as|e mail label|e mail type|email label|email type|e mail display name|e mail type|website label|priority|private|sensitivity|initials|website type|organization type|checked",
    ),
];

/// How many labels are known, each field counted once.
pub(super) fn known(cells: &StringRecord) -> usize {
    let fields = cells.iter().map(|cell| recognise(cell).0).filter(|field| *field != Field::Unknown);
    fields.collect::<BTreeSet<_>>().len()
}

pub(super) fn of(cells: &StringRecord) -> Vec<Column> {
    // Outlook calls Mr and Ms the title, and says elsewhere what the job's is; others have no other column for it.
    let has_job_title = cells.iter().any(|cell| recognise(cell).0 == Field::Role);
    let mut columns: Vec<Column> = cells.iter().enumerate().map(|(at, cell)| column(at, cell)).collect();
    for column in columns.iter_mut().filter(|column| words(&column.label) == ["title"]) {
        column.field = if has_job_title { Field::PartOfName(0) } else { Field::Role };
    }
    columns
}

fn column(at: usize, cell: &str) -> Column {
    let (field, place) = recognise(cell);
    // A number that has no place shares its note with nobody.
    let place = place.unwrap_or_else(|| u32::try_from(at).unwrap_or(u32::MAX).saturating_add(ABOVE_PLACES));
    let label = clean(cell).trim().chars().take(LONGEST).collect::<String>();
    Column { label: if label.is_empty() { unnamed(at) } else { label }, field, place }
}

/// The longest label that is repeated.
const LONGEST: usize = 60;
/// More numbers than a contact has.
const ABOVE_PLACES: u32 = 1_000;

/// As labels are compared: whatever their capitals and what stands between the words.
fn words(label: &str) -> Vec<String> {
    let label = label.to_lowercase();
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

fn recognise(cell: &str) -> (Field, Option<u32>) {
    let cell: String = cell.chars().take(LONGEST).collect();
    let words = words(&cell);
    let place = words.iter().find_map(|word| word.parse().ok()).filter(|place: &u32| *place < ABOVE_PLACES);
    let label: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    let label = label.join(" ");
    let known = LABELS.iter().find(|(_, labels)| labels.split('|').any(|one| one == label));
    let field = known.map_or(Field::Unknown, |(field, _)| *field);
    let has_place = matches!(field, Field::Number("") | Field::NumberNote);
    (field, if has_place { Some(place.unwrap_or(1)) } else { place })
}
