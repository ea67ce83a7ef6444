//! A service or somebody to ring, with numbers, hours as text, and where all that was read.
//!
//! The services shipped with the program come from `data/contacts.toml` and are written into the ledger at
//! set-up; from then on the book belongs to the desk. 999 is not in it: see `emergency`.

use serde::{Deserialize, Serialize};

use super::text::Text;

/// The words for where a service answers.
pub const AREAS: [&str; 4] = ["leicester", "leicestershire", "rutland", "national"];
/// The words for whom a call is about, and for who may ring where that is not anybody.
pub const AUDIENCES: [&str; 5] = ["child", "adult", "staff", "young-person", "professional"];

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// As it was written; never reformatted.
    pub number: Text,
    #[serde(default)]
    pub note: Text,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactDetails {
    pub organisation: Text,
    pub service: Text,
    /// Who answers: a role.
    pub role: Text,
    /// Who that is at present, in a contact of the desk's own; nobody is named in what is shipped (H15, H34).
    #[serde(skip_serializing_if = "Text::is_blank")]
    pub name: Text,
    /// Of [`AREAS`]; none for somebody of the desk's own organisation.
    pub areas: Vec<Text>,
    /// Of [`AUDIENCES`].
    pub audiences: Vec<Text>,
    pub purpose: Text,
    pub numbers: Vec<Number>,
    pub emails: Vec<Text>,
    pub web: Text,
    /// Hours as text, `not stated` where no source says (H16: never guessed).
    pub hours: Text,
    pub out_of_hours: Text,
    /// Document and line, such as `S1:186`; empty for the desk's own.
    pub sources: Vec<Text>,
    /// Where sources conflict or the number is doubtful (H4–H12).
    pub caution: Text,
    /// Whether a person at the desk has rung the number.
    pub checked: bool,
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

    /// May this be saved? A number may still be missing: several sources name a service and give none.
    pub fn check(&self) -> Result<(), NoName> {
        if self.title().is_empty() { Err(NoName) } else { Ok(()) }
    }
}
