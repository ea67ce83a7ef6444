//! The fields of one object, taken out one by one by name and kind. Whatever nobody took is kept.
//!
//! `null` and blank text are the same as a field that is not there: many programs write all their fields.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use crate::domain::moment::Moment;
use crate::domain::text::Text;
use crate::intake::unknown::Unknown;
use crate::intake::{Reason, dates};

pub(super) struct Fields {
    /// Where this object is: nothing for the report itself, or such as `children.1.`
    path: String,
    map: Map<String, Value>,
}

impl Fields {
    pub(super) fn of_report(tree: Value) -> Result<Self, Reason> {
        match tree {
            Value::Object(map) => Ok(Self { path: String::new(), map }),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                Err(Reason::NotAnObject)
            }
        }
    }

    /// The text as it stands, where blank is an answer of its own.
    pub(super) fn required_text(&mut self, name: &str) -> Result<Option<String>, Reason> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.wrong(name, "text")),
        }
    }

    pub(super) fn text(&mut self, name: &str) -> Result<Text, Reason> {
        Ok(self.optional_text(name)?.unwrap_or_default())
    }

    pub(super) fn optional_text(&mut self, name: &str) -> Result<Option<Text>, Reason> {
        let text = self.required_text(name)?.map(Text::from);
        Ok(text.filter(|text| !text.is_blank()))
    }

    pub(super) fn texts(&mut self, name: &str) -> Result<Vec<Text>, Reason> {
        let wrong = |fields: &Self| fields.wrong(name, "a list of texts, in brackets");
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => items
                .into_iter()
                .map(|item| item.as_str().map(Text::new).ok_or_else(|| wrong(self)))
                .filter(|text| text.as_ref().map_or(true, |text| !text.is_blank()))
                .collect(),
            Some(_) => Err(wrong(self)),
        }
    }

    pub(super) fn flag(&mut self, name: &str) -> Result<Option<bool>, Reason> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(flag)),
            Some(_) => Err(self.wrong(name, "true or false, without quotation marks")),
        }
    }

    pub(super) fn choice<T: Clone>(
        &mut self,
        name: &str,
        choices: &[(&str, T)],
        allowed: &str,
    ) -> Result<Option<T>, Reason> {
        let Some(word) = self.optional_text(name)? else { return Ok(None) };
        let choice = choices.iter().find(|(label, _)| word.trim().eq_ignore_ascii_case(label));
        let not_a_choice = || Reason::NotAChoice { field: self.field(name), allowed: allowed.to_owned() };
        choice.map(|(_, choice)| Some(choice.clone())).ok_or_else(not_a_choice)
    }

    pub(super) fn moment(&mut self, name: &str) -> Result<Option<Moment>, Reason> {
        let Some(text) = self.optional_text(name)? else { return Ok(None) };
        dates::written(&text).map(Some).ok_or_else(|| Reason::NotADate { field: self.field(name) })
    }

    pub(super) fn date(&mut self, name: &str) -> Result<Option<NaiveDate>, Reason> {
        match self.moment(name)? {
            None => Ok(None),
            Some(Moment::Date(date)) => Ok(Some(date)),
            Some(Moment::At(_)) => Err(Reason::NotADate { field: self.field(name) }),
        }
    }

    pub(super) fn object(&mut self, name: &str) -> Result<Option<Self>, Reason> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Object(map)) => Ok(Some(Self { path: format!("{}{name}.", self.path), map })),
            Some(_) => Err(self.wrong(name, "named fields, in braces")),
        }
    }

    pub(super) fn objects(&mut self, name: &str) -> Result<Vec<Self>, Reason> {
        let list = match self.take(name) {
            None => Vec::new(),
            Some(Value::Array(list)) => list,
            Some(_) => return Err(self.wrong(name, "a list of named fields, in brackets")),
        };
        (1..)
            .zip(list)
            .map(|(place, item)| match item {
                Value::Object(map) => Ok(Self { path: format!("{}{name}.{place}.", self.path), map }),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                    Err(self.wrong(&format!("{name}.{place}"), "named fields, in braces"))
                }
            })
            .collect()
    }

    /// Keeps what was not taken, under its path.
    pub(super) fn rest_into(self, unknown: &mut Unknown) {
        for (name, value) in self.map {
            unknown.keep(&format!("{}{name}", self.path), value);
        }
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.map.remove(name).filter(|value| !value.is_null())
    }

    fn wrong(&self, name: &str, expected: &'static str) -> Reason {
        Reason::WrongType { field: self.field(name), expected }
    }

    fn field(&self, name: &str) -> String {
        format!("{}{name}", self.path)
    }
}
