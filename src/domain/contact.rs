//! A service or somebody to ring, with numbers and their hours, and where all that was read. How old that is, is
//! [`freshness`](super::freshness)'s.
//!
//! The services shipped with the program come from `data/contacts.toml` and are written into the ledger at
//! set-up; from then on the book belongs to the desk. 999 is not in it: see `emergency`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::hours::Hours;
use super::ids::ChildId;
use super::text::Text;

/// The words for whom a call is about, and for who may ring where that is not anybody.
pub const AUDIENCES: [&str; 5] = ["child", "adult", "staff", "young-person", "professional"];

/// Somebody at the desk has rung the number and reached whom they wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// The day in London.
    pub on: NaiveDate,
    /// Their full name.
    pub by: Text,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Number {
    /// As it was written; never reformatted.
    pub number: Text,
    pub note: Text,
    /// When it is answered.
    #[serde(skip_serializing_if = "is_default")]
    pub hours: Hours,
    /// Whom to ring while it is closed: the [`key`](ContactDetails::key) of a contact, or its number in the book.
    #[serde(skip_serializing_if = "is_default")]
    pub instead: Text,
    /// Where this number was read, where that is not where the rest of the contact was.
    #[serde(skip_serializing_if = "is_default")]
    pub sources: Vec<Text>,
    #[serde(skip_serializing_if = "is_default")]
    pub checked: Option<Checked>,
    /// Never offered by itself, such as a text relay: it is for whoever opens the contact.
    #[serde(skip_serializing_if = "is_default")]
    pub aside: bool,
}

/// Where somebody may come without ringing, and when, which are other hours than the telephone's (H7).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WalkIn {
    pub place: Text,
    pub hours: Hours,
}

/// Two sources that disagree. Listed until a person settles it, by an entry with a reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conflict {
    /// What each says, in a sentence.
    pub says: Text,
    pub sources: Vec<Text>,
    /// How it was settled; blank while it is not.
    #[serde(skip_serializing_if = "is_default")]
    pub settled: Text,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactDetails {
    /// What the routing knows it by. Several contacts may share one: each child's own social worker is a
    /// `social-worker`.
    #[serde(skip_serializing_if = "is_default")]
    pub key: Text,
    /// Whose contact it is, where it is one child's: their social worker, the lead of the school they are on roll at.
    #[serde(skip_serializing_if = "is_default")]
    pub of_child: Option<ChildId>,
    pub organisation: Text,
    pub service: Text,
    /// Who answers: a role.
    pub role: Text,
    /// Who that is at present, in a contact of the desk's own; nobody is named in what is shipped (H15, H34).
    #[serde(skip_serializing_if = "Text::is_blank")]
    pub name: Text,
    /// Of [`super::area::words`]; none for somebody of the desk's own organisation.
    pub areas: Vec<Text>,
    /// Of [`AUDIENCES`].
    pub audiences: Vec<Text>,
    pub purpose: Text,
    pub numbers: Vec<Number>,
    pub emails: Vec<Text>,
    pub web: Text,
    /// What is said of the hours, in words: what the hours of the numbers leave out.
    pub hours: Text,
    /// What is said of the time when it is closed, in words.
    pub out_of_hours: Text,
    #[serde(skip_serializing_if = "is_default")]
    pub walk_in: Option<WalkIn>,
    /// Document and line, such as `S1:186`; empty for the desk's own.
    pub sources: Vec<Text>,
    /// Where sources conflict or the number is doubtful, to be read with the telephone in the hand (H4–H12).
    pub caution: Text,
    #[serde(skip_serializing_if = "is_default")]
    pub conflicts: Vec<Conflict>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A contact that nobody could recognise.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Say who it is: an organisation, a service, a role or a name.")]
pub struct NoName;

impl ContactDetails {
    /// What it is known by.
    pub fn title(&self) -> &str {
        [&self.service, &self.role, &self.name, &self.organisation]
            .into_iter()
            .find(|text| !text.is_blank())
            .map_or("", |t| t)
    }

    /// Its title, and who that is at present: two practices are told apart by whom one knows there.
    pub fn called(&self) -> Text {
        let name = if self.name.as_str() == self.title() { "" } else { &self.name };
        let parts = [self.title(), name].into_iter().filter(|part| !part.trim().is_empty());
        Text::from(parts.collect::<Vec<_>>().join(", "))
    }

    /// Where a number was read.
    pub fn sources_of<'a>(&'a self, number: &'a Number) -> &'a [Text] {
        if number.sources.is_empty() { &self.sources } else { &number.sources }
    }

    /// The numbers that can be dialled.
    pub fn dialled(&self) -> impl Iterator<Item = &Number> {
        self.numbers.iter().filter(|number| !number.number.is_blank())
    }

    /// Whether somebody at the desk has rung every number that is offered.
    pub fn is_checked(&self) -> bool {
        self.dialled().filter(|number| !number.aside).all(|number| number.checked.is_some())
    }

    /// What two sources disagree about, and nobody has settled.
    pub fn open_conflicts(&self) -> impl Iterator<Item = &Conflict> {
        self.conflicts.iter().filter(|conflict| conflict.settled.is_blank())
    }

    /// May this be saved? A number may still be missing: several sources name a service and give none.
    pub fn check(&self) -> Result<(), NoName> {
        if self.title().is_empty() { Err(NoName) } else { Ok(()) }
    }
}
