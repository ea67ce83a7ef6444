//! Part 2 in JSON: the shape that `show` prints and `annotate` reads.
//!
//! Reading names a section and its place and never repeats what is in it. A field that is not known is refused:
//! left out in silence, it would be something written down and lost.

use serde::Serialize;
use serde_json::{Map, Value};

use super::failure::{Failure, Result};
use crate::cabinet::table::concern::Concern;
use crate::domain::moment::{Moment, rfc3339};
use crate::domain::part2::{
    Action, Advice, FileCommenced, FurtherInformation, Outcome, Received, Section, Signature,
};
use crate::domain::text::Text;

/// Every key is there: null or empty where nothing is written.
#[derive(Default, Serialize)]
pub(super) struct Part2<'c> {
    received: Option<&'c Received>,
    advice: Vec<&'c Advice>,
    actions: Vec<&'c Action>,
    parents_informed: Option<Parents<'c>>,
    outcome: Vec<&'c Outcome>,
    further_information: Option<&'c Text>,
    file_commenced: Option<&'c FileCommenced>,
    signed: Option<Signed<'c>>,
}

#[derive(Serialize)]
struct Parents<'c> {
    informed: bool,
    reasons: &'c Text,
    at: Option<Moment>,
}

#[derive(Serialize)]
struct Signed<'c> {
    name: &'c Text,
    role: &'c Text,
    /// When it was recorded: nobody signs for another time.
    at: String,
}

/// What is written of Part 2; of a section that there is once, the latest.
pub(super) fn of(concern: &Concern) -> Part2<'_> {
    let mut part2 = Part2::default();
    for (line, section) in concern.sections() {
        match section {
            Section::Received(received) => part2.received = Some(received),
            Section::Advice(advice) => part2.advice.push(advice),
            Section::Action(action) => part2.actions.push(action),
            Section::Parents(parents) => {
                let (informed, reasons, at) = (parents.informed, &parents.reasons, parents.at);
                part2.parents_informed = Some(Parents { informed, reasons, at });
            }
            Section::Outcome(outcome) => part2.outcome.push(outcome),
            Section::FurtherInformation(further) => part2.further_information = Some(&further.text),
            Section::FileCommenced(file) => part2.file_commenced = Some(file),
            Section::Signed(signature) => {
                let (name, role, at) = (&signature.name, &signature.role, rfc3339(line.recorded_at));
                part2.signed = Some(Signed { name, role, at });
            }
        }
    }
    part2
}

/// A section as it may be written in a file.
struct Shape {
    key: &'static str,
    /// The fields that it may have; none where it is text alone.
    fields: &'static [&'static str],
    read: fn(Value) -> serde_json::Result<Section>,
}

/// In the order of the form, which is the order in which they are recorded.
const SHAPES: [Shape; 8] = [
    Shape {
        key: "received",
        fields: &["at", "from"],
        read: |v| serde_json::from_value(v).map(Section::Received),
    },
    Shape {
        key: "advice",
        fields: &["at", "name", "role", "organisation", "advice", "contact"],
        read: |v| serde_json::from_value(v).map(Section::Advice),
    },
    Shape {
        key: "actions",
        fields: &["at", "what", "reasons", "shared_with"],
        read: |v| serde_json::from_value(v).map(Section::Action),
    },
    Shape {
        key: "parents_informed",
        fields: &["informed", "reasons", "at"],
        read: |v| serde_json::from_value(v).map(Section::Parents),
    },
    Shape {
        key: "outcome",
        fields: &["at", "from", "text"],
        read: |v| serde_json::from_value(v).map(Section::Outcome),
    },
    Shape {
        key: "further_information",
        fields: &[],
        read: |v| {
            serde_json::from_value(v).map(|text| Section::FurtherInformation(FurtherInformation { text }))
        },
    },
    Shape {
        key: "file_commenced",
        fields: &["commence", "why"],
        read: |v| serde_json::from_value(v).map(Section::FileCommenced),
    },
    Shape {
        key: "signed",
        // `show` prints when it was signed; here it is always signed now.
        fields: &["name", "role", "at"],
        read: |v| serde_json::from_value::<Signature>(v).map(Section::Signed),
    },
];

impl Shape {
    fn takes_many(&self) -> bool {
        matches!(self.key, "advice" | "actions" | "outcome")
    }

    fn section(&self, place: usize, value: Value) -> Result<Section> {
        let named =
            if self.takes_many() { format!("`{}` {place}", self.key) } else { format!("`{}`", self.key) };
        let known = match &value {
            Value::Object(fields) => fields.keys().all(|field| self.fields.contains(&field.as_str())),
            _ => self.fields.is_empty(),
        };
        let section = if known { (self.read)(value).ok() } else { None };
        let section = section.ok_or_else(|| Failure::Said(self.misread(&named)))?;
        section.check().map_err(|unfinished| {
            Failure::Said(format!("In {named} something is missing, so nothing was recorded. {unfinished}"))
        })?;
        Ok(section)
    }

    fn misread(&self, named: &str) -> String {
        let takes = if self.fields.is_empty() { "text".to_owned() } else { self.fields.join(", ") };
        format!(
            "In {named} a field is missing, not known or of the wrong kind, so nothing was recorded. \
             It takes {takes}; times are written as 2026-11-20 or 2026-11-20T14:10."
        )
    }
}

/// Reads what `annotate` is given. All of it is good, or none of it is taken.
pub(super) fn read(json: &[u8]) -> Result<Vec<Section>> {
    let mut given: Map<String, Value> = serde_json::from_slice(json).map_err(|error| {
        Failure::Said(format!(
            "The file is not a JSON object; it goes wrong in line {}, column {}. Write it in the shape that \
             `dsl-desk show --json` prints under part2.",
            error.line(),
            error.column()
        ))
    })?;
    let mut sections = Vec::new();
    for shape in SHAPES {
        for (place, value) in (1..).zip(values(&shape, given.remove(shape.key))?) {
            sections.push(shape.section(place, value)?);
        }
    }
    if !given.is_empty() {
        let known = SHAPES.map(|shape| shape.key).join(", ");
        return Err(Failure::Said(format!(
            "The file has a field that Part 2 does not know, so nothing was recorded. It may have {known}."
        )));
    }
    if sections.is_empty() {
        return Err(Failure::said("The file holds nothing of Part 2. Write at least one of its sections."));
    }
    Ok(sections)
}

/// What stands under a key, one value or several; null is nothing, as `show` prints it.
fn values(shape: &Shape, value: Option<Value>) -> Result<Vec<Value>> {
    match value {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(values)) if shape.takes_many() => Ok(values),
        Some(_) if shape.takes_many() => Err(Failure::Said(format!(
            "The field `{}` takes a list, so nothing was recorded. Put what it holds between square brackets.",
            shape.key
        ))),
        Some(value) => Ok(vec![value]),
    }
}
