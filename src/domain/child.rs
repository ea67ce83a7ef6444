//! A child known to the desk: the head of a chronology sheet (F3).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::concern::{Area, NamedChild};
use super::text::Text;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildDetails {
    pub name: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_of_birth: Option<NaiveDate>,
    #[serde(default)]
    pub form: Text,
    #[serde(default)]
    pub school: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
}

impl ChildDetails {
    /// A new child, as far as the report names them.
    pub fn as_reported(named: &NamedChild, area: Option<Area>) -> Self {
        Self {
            name: named.name.clone(),
            date_of_birth: named.date_of_birth,
            form: named.form.clone().unwrap_or_default(),
            school: named.school.clone().unwrap_or_default(),
            area,
        }
    }
}

/// How a child named in a report came to be taken for a child of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkHow {
    /// Same folded name and same date of birth: linked by the desk.
    Exact,
    /// Nobody like that was known: a new child.
    New,
    /// Chosen by the person at the desk.
    Chosen,
}
