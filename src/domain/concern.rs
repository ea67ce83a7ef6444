//! Part 1: what a member of staff reported (form F1), under the field names of the concern file.
//!
//! Sealed on arrival. Nothing here changes a Part 1; corrections are entries of their own.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::area::Area;
use super::category;
use super::field::Part1Field;
use super::moment::Moment;
use super::text::Text;

/// The format line of a concern file.
pub const FORMAT: &str = "dsl-desk.concern/1";

/// The most children that one report may name: a class and a half, and each is looked for and linked.
pub const MOST_CHILDREN: usize = 50;

/// Whom a concern is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    #[default]
    Child,
    Adult,
    Staff,
}

impl About {
    pub const ALL: [Self; 3] = [Self::Child, Self::Adult, Self::Staff];

    pub fn label(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Adult => "adult",
            Self::Staff => "staff",
        }
    }

    /// By its label, whatever its capitals.
    pub fn read(words: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|about| about.label().eq_ignore_ascii_case(words))
    }
}

/// A child as the reporter named them; which child of the desk that is, is a link and another entry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedChild {
    pub name: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_of_birth: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<Text>,
}

/// What people write where they know no name, in letters alone.
const NOBODY: [&str; 9] =
    ["", "notknown", "unknown", "namenotknown", "nameunknown", "notgiven", "notsure", "nk", "na"];

impl NamedChild {
    /// Whether the reporter could not name the child. Two such reports need not be of the same child.
    pub fn is_not_known(&self) -> bool {
        names_nobody(&self.name)
    }
}

/// Whether a name says that there is none.
pub fn names_nobody(name: &str) -> bool {
    let letters: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    NOBODY.contains(&letters.as_str())
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedStaff {
    pub name: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_title: Option<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_dsl: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reporter {
    pub name: Text,
    #[serde(default)]
    pub job_title: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Text>,
}

/// "Record the following factually." The child's own words are kept as they were said (R11).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Account {
    pub who: Text,
    pub what: Text,
    pub child_words: Text,
    #[serde(rename = "where")]
    pub place: Text,
    pub when: Text,
    pub witnesses: Text,
}

impl Account {
    /// In the order of the form.
    pub fn fields(&self) -> [(Part1Field, &Text); 6] {
        [
            (Part1Field::Who, &self.who),
            (Part1Field::What, &self.what),
            (Part1Field::ChildWords, &self.child_words),
            (Part1Field::Where, &self.place),
            (Part1Field::When, &self.when),
            (Part1Field::Witnesses, &self.witnesses),
        ]
    }

    pub fn is_empty(&self) -> bool {
        self.fields().iter().all(|(_, text)| text.is_blank())
    }
}

/// Form F1 as data: the concern file without its format line.
///
/// Three answers are kept apart: yes, no, and not said (`None`).
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Part1 {
    pub about: About,
    pub children: Vec<NamedChild>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff: Option<NamedStaff>,
    pub area: Option<Area>,
    pub immediate_danger: Option<bool>,
    pub told_dsl_in_person: Option<bool>,
    /// The reporter asks that somebody else than the DSL receives it (R18).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_for_dsl: Option<bool>,
    pub incident_at: Option<Moment>,
    pub written_at: Option<Moment>,
    pub reporter: Reporter,
    pub reasons: Text,
    pub account: Account,
    /// Opinion, apart from fact (R24).
    pub opinion: Text,
    pub actions: Text,
    pub told: Vec<Text>,
    pub other_information: Text,
    pub categories: Vec<Text>,
    /// Fields that the format does not know: kept and shown as other information, never dropped.
    #[serde(flatten)]
    pub unknown: BTreeMap<String, Value>,
}

/// Says whom it is about and how many, and none of the report's words.
impl fmt::Debug for Part1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part1")
            .field("about", &self.about)
            .field("children", &self.children.len())
            .finish_non_exhaustive()
    }
}

/// Part 1 as a concern file holds it.
#[derive(Serialize)]
pub struct ConcernFile<'p> {
    format: &'static str,
    #[serde(flatten)]
    part1: &'p Part1,
}

impl<'p> ConcernFile<'p> {
    pub fn of(part1: &'p Part1) -> Self {
        Self { format: FORMAT, part1 }
    }
}

/// Why a report cannot be taken in as Part 1. Says what is missing, never what was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Incomplete {
    #[error("no child is named; put at least one name under `children`")]
    NoChild,
    #[error("more than {MOST_CHILDREN} children are named; divide it into several reports")]
    TooManyChildren,
    #[error("a child's name is empty; fill it in, or write \"not known\"")]
    UnnamedChild,
    #[error("the member of staff is not named; fill in `staff`")]
    NoStaff,
    #[error("the account is empty; say at least who, what, where or when")]
    NoAccount,
    #[error("the reporter is not named; fill in `reporter`")]
    NoReporter,
}

/// The category of an allegation against somebody who works with children.
pub(super) const ALLEGATION: &str = "staff-allegation";

impl Part1 {
    /// Whether it is about somebody who works here, or the reporter called it so by its category.
    pub fn is_about_staff(&self) -> bool {
        self.about == About::Staff || category::is_among(ALLEGATION, &self.categories)
    }

    /// What the concern file asks of every report (design: the concern file).
    pub fn check(&self) -> Result<(), Incomplete> {
        match self.about {
            About::Child if self.children.is_empty() => return Err(Incomplete::NoChild),
            About::Staff if self.staff.as_ref().is_none_or(|staff| staff.name.is_blank()) => {
                return Err(Incomplete::NoStaff);
            }
            About::Child | About::Adult | About::Staff => {}
        }
        if self.children.len() > MOST_CHILDREN {
            return Err(Incomplete::TooManyChildren);
        }
        if self.children.iter().any(|child| child.name.is_blank()) {
            return Err(Incomplete::UnnamedChild);
        }
        if self.account.is_empty() {
            return Err(Incomplete::NoAccount);
        }
        if self.reporter.name.is_blank() {
            return Err(Incomplete::NoReporter);
        }
        Ok(())
    }

    /// The date by which the concern stands in a chronology: when it happened, or else when it was written.
    pub fn happened(&self) -> Option<Moment> {
        self.incident_at.or(self.written_at)
    }

    /// One line for a list: the reasons, or the first words of the account where none were given.
    pub fn gist(&self) -> String {
        let first = std::iter::once(&self.reasons).chain(self.account.fields().map(|(_, text)| text));
        first.map(Text::one_line).find(|line| !line.is_empty()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::NamedChild;

    #[test]
    fn who_is_not_known_is_nobody_in_particular() {
        let named = |name: &str| NamedChild { name: name.into(), ..NamedChild::default() };
        for name in ["not known", "Not known.", "UNKNOWN", "n/k", "?", "N/A"] {
            assert!(named(name).is_not_known(), "{name}");
        }
        for name in ["Na Li", "Zoë Marsh", "Nka"] {
            assert!(!named(name).is_not_known(), "{name}");
        }
    }
}
