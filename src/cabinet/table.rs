//! One file per table: its SQL, its rows, and what is asked of it.

pub mod call;
pub mod child;
pub mod chronology;
pub mod concern;
pub mod contact;
pub mod draft;
pub mod flag;
pub mod follow_up;
pub mod merged;
pub mod named_adult;
pub mod noticed;
pub mod original;
pub mod person;
pub mod receiver;
pub mod report;
pub mod restriction;
pub mod seen;
pub mod words;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::{Error, Result};
use crate::domain::ids::Seq;

/// A domain value as the JSON that a projection keeps of it.
fn to_json<T: Serialize>(value: &T, seq: Seq) -> Result<String> {
    serde_json::to_string(value).map_err(|_| Error::Unreadable { seq: seq.0 })
}

fn from_json<T: DeserializeOwned>(text: &str, seq: Seq) -> Result<T> {
    serde_json::from_str(text).map_err(|_| Error::Unreadable { seq: seq.0 })
}
