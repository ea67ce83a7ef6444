//! The fields of the form, as corrections name them: by a name that never changes in the ledger, and by the form's
//! words on the screen.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::part2::SectionKind;
use super::text::Text;

/// A field of Part 1, its children apart, in the order of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part1Field {
    About,
    StaffName,
    StaffJobTitle,
    StaffIsDsl,
    ImmediateDanger,
    IncidentAt,
    WrittenAt,
    ReporterName,
    ReporterJobTitle,
    ReporterEmail,
    ToldDslInPerson,
    NotForDsl,
    Area,
    Reasons,
    Who,
    What,
    ChildWords,
    Where,
    When,
    Witnesses,
    Opinion,
    Actions,
    Told,
    OtherInformation,
    Categories,
}

impl Part1Field {
    pub const ALL: [Self; 25] = [
        Self::About,
        Self::StaffName,
        Self::StaffJobTitle,
        Self::StaffIsDsl,
        Self::ImmediateDanger,
        Self::IncidentAt,
        Self::WrittenAt,
        Self::ReporterName,
        Self::ReporterJobTitle,
        Self::ReporterEmail,
        Self::ToldDslInPerson,
        Self::NotForDsl,
        Self::Area,
        Self::Reasons,
        Self::Who,
        Self::What,
        Self::ChildWords,
        Self::Where,
        Self::When,
        Self::Witnesses,
        Self::Opinion,
        Self::Actions,
        Self::Told,
        Self::OtherInformation,
        Self::Categories,
    ];

    /// In the ledger and in `--json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::StaffName => "staff-name",
            Self::StaffJobTitle => "staff-job-title",
            Self::StaffIsDsl => "staff-is-dsl",
            Self::ImmediateDanger => "immediate-danger",
            Self::IncidentAt => "incident-at",
            Self::WrittenAt => "written-at",
            Self::ReporterName => "reporter-name",
            Self::ReporterJobTitle => "reporter-job-title",
            Self::ReporterEmail => "reporter-email",
            Self::ToldDslInPerson => "told-dsl-in-person",
            Self::NotForDsl => "not-for-dsl",
            Self::Area => "area",
            Self::Reasons => "reasons",
            Self::Who => "who",
            Self::What => "what",
            Self::ChildWords => "child-words",
            Self::Where => "where",
            Self::When => "when",
            Self::Witnesses => "witnesses",
            Self::Opinion => "opinion",
            Self::Actions => "actions",
            Self::Told => "told",
            Self::OtherInformation => "other-information",
            Self::Categories => "categories",
        }
    }

    /// The form's words, shortened.
    pub fn label(self) -> &'static str {
        match self {
            Self::About => "About",
            Self::StaffName => "Member of staff",
            Self::StaffJobTitle => "Their job title",
            Self::StaffIsDsl => "Is the DSL",
            Self::ImmediateDanger => "Immediate danger",
            Self::IncidentAt => "Date and time of incident",
            Self::WrittenAt => "Date and time of writing",
            Self::ReporterName => "Reported by",
            Self::ReporterJobTitle => "Job title",
            Self::ReporterEmail => "E-mail",
            Self::ToldDslInPerson => "Told you in person",
            Self::NotForDsl => "Not for the DSL to see",
            Self::Area => "Area where the child lives",
            Self::Reasons => "Reason for recording",
            Self::Who => "Who?",
            Self::What => "What?",
            Self::ChildWords => "In the child's own words",
            Self::Where => "Where?",
            Self::When => "When?",
            Self::Witnesses => "Any witnesses?",
            Self::Opinion => "Professional opinion",
            Self::Actions => "Actions",
            Self::Told => "Passed to",
            Self::OtherInformation => "Any other relevant information",
            Self::Categories => "Categories",
        }
    }
}

/// What the form asks of each child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChildField {
    Name,
    DateOfBirth,
    Form,
    School,
}

impl ChildField {
    pub const ALL: [Self; 4] = [Self::Name, Self::DateOfBirth, Self::Form, Self::School];

    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::DateOfBirth => "date-of-birth",
            Self::Form => "form",
            Self::School => "school",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "Pupil's name",
            Self::DateOfBirth => "Date of birth",
            Self::Form => "Form",
            Self::School => "School",
        }
    }
}

/// What a correction puts right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum CorrectedField {
    Part1(Part1Field),
    /// Of the child named in that place, from 0.
    Child(u32, ChildField),
    /// What the concern file does not know, under the name that the report gave it.
    Unknown(Text),
    Section(SectionKind),
}

impl CorrectedField {
    /// In the form's words.
    pub fn label(&self) -> String {
        match self {
            Self::Part1(field) => field.label().to_owned(),
            Self::Child(0, field) => field.label().to_owned(),
            Self::Child(place, field) => format!("{} ({})", field.label(), place + 1),
            Self::Unknown(name) => format!("Other information: {name}"),
            Self::Section(kind) => kind.label().to_owned(),
        }
    }
}

/// The name that stands in the ledger: `what`, `children/2/name`, `other/Bus`, `part2/advice`.
impl fmt::Display for CorrectedField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part1(field) => f.write_str(field.name()),
            Self::Child(place, field) => write!(f, "children/{}/{}", u64::from(*place) + 1, field.name()),
            Self::Unknown(name) => write!(f, "other/{name}"),
            Self::Section(kind) => write!(f, "part2/{}", kind.name()),
        }
    }
}

/// A name that stands for no field of the form.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the form has no such field")]
pub struct NoSuchField;

impl FromStr for CorrectedField {
    type Err = NoSuchField;

    fn from_str(name: &str) -> Result<Self, NoSuchField> {
        let part1 = |name| Part1Field::ALL.into_iter().find(|field| field.name() == name).map(Self::Part1);
        let section = |name| SectionKind::ALL.into_iter().find(|kind| kind.name() == name).map(Self::Section);
        let found = match name.split_once('/') {
            None => part1(name),
            Some(("children", rest)) => child(rest),
            Some(("other", name)) => Some(Self::Unknown(Text::new(name))),
            Some(("part2", name)) => section(name),
            Some(_) => None,
        };
        found.ok_or(NoSuchField)
    }
}

fn child(rest: &str) -> Option<CorrectedField> {
    let (place, name) = rest.split_once('/')?;
    let place = place.parse::<u32>().ok()?.checked_sub(1)?;
    let field = ChildField::ALL.into_iter().find(|field| field.name() == name)?;
    Some(CorrectedField::Child(place, field))
}

impl From<CorrectedField> for String {
    fn from(field: CorrectedField) -> Self {
        field.to_string()
    }
}

impl TryFrom<String> for CorrectedField {
    type Error = NoSuchField;

    fn try_from(name: String) -> Result<Self, NoSuchField> {
        name.parse()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{ChildField, CorrectedField, Part1Field};
    use crate::domain::part2::SectionKind;

    fn every_field() -> Vec<CorrectedField> {
        let part1 = Part1Field::ALL.map(CorrectedField::Part1).into_iter();
        let children = ChildField::ALL.map(|field| CorrectedField::Child(1, field));
        let others = ["Bus", "a/b", "", "part2/advice"].map(|name| CorrectedField::Unknown(name.into()));
        part1.chain(children).chain(others).chain(SectionKind::ALL.map(CorrectedField::Section)).collect()
    }

    #[test]
    fn every_field_is_known_again_by_its_name() {
        for field in every_field() {
            assert_eq!(field.to_string().parse(), Ok(field));
        }
    }

    #[test]
    fn no_two_fields_share_a_name_or_words() {
        let fields = every_field();
        let names: BTreeSet<String> = fields.iter().map(ToString::to_string).collect();
        let labels: BTreeSet<String> = fields.iter().map(CorrectedField::label).collect();
        assert_eq!((names.len(), labels.len()), (fields.len(), fields.len()));
    }

    #[test]
    fn sections_are_named_as_in_their_own_entries() {
        for kind in SectionKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }

    #[test]
    fn names_of_nothing_are_refused() {
        for name in ["", "What?", "children/0/name", "children/1/age", "children/name", "part2/poem", "x/y"] {
            assert!(name.parse::<CorrectedField>().is_err(), "{name}");
        }
    }
}
