//! Part 2 in JSON: the shape that `show` prints and `annotate` reads.
//!
//! Reading names a section and its place and never repeats what is in it. A field that is not known is refused:
//! left out in silence, it would be something written down and lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::failure::{Failure, Result};
use crate::cabinet::table::concern::Concern;
use crate::desk::gates::Reason;
use crate::domain::decision::Decision;
use crate::domain::moment::{Moment, rfc3339};
use crate::domain::part2::{
    self, Action, Advice, FileCommenced, FurtherInformation, Ground, Outcome, Received, Section, Signature,
};
use crate::domain::rule;
use crate::domain::text::Text;
use crate::domain::when;

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
    /// Why something is so although a rule advised otherwise, by the rule.
    despite: BTreeMap<String, &'c Text>,
}

#[derive(Serialize)]
struct Parents<'c> {
    informed: bool,
    reasons: &'c Text,
    at: Option<Moment>,
    ground: Option<Ground>,
    parent_is_concern: Option<bool>,
}

impl<'c> Parents<'c> {
    fn of(parents: &'c part2::Parents) -> Self {
        let part2::Parents { informed, reasons, at, ground, parent_is_concern } = parents;
        Self { informed: *informed, reasons, at: *at, ground: *ground, parent_is_concern: *parent_is_concern }
    }
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
            Section::Parents(parents) => part2.parents_informed = Some(Parents::of(parents)),
            Section::Outcome(outcome) => part2.outcome.push(outcome),
            Section::FurtherInformation(further) => part2.further_information = Some(&further.text),
            Section::FileCommenced(file) => part2.file_commenced = Some(file),
            Section::Signed(signature) => {
                let (name, role, at) = (&signature.name, &signature.role, rfc3339(line.recorded_at));
                part2.signed = Some(Signed { name, role, at });
            }
        }
    }
    // What was written although several rules warned of its words is of no single one.
    for (_, decision) in concern.decisions() {
        if let Decision::Overridden(overridden) = decision
            && rule::number(&overridden.rule).is_some()
        {
            part2.despite.insert(overridden.rule.to_string(), &overridden.reason);
        }
    }
    part2
}

/// A section as it may be written in a file.
struct Shape {
    key: &'static str,
    /// The fields that it may have; none where it is text alone.
    fields: &'static [&'static str],
    read: fn(&str) -> serde_json::Result<Section>,
}

/// In the order of the form, which is the order in which they are recorded.
const SHAPES: [Shape; 8] = [
    Shape {
        key: "received",
        fields: &["at", "from"],
        read: |v| serde_json::from_str(v).map(Section::Received),
    },
    Shape {
        key: "advice",
        fields: &["at", "name", "role", "organisation", "advice", "contact"],
        read: |v| serde_json::from_str(v).map(Section::Advice),
    },
    Shape {
        key: "actions",
        fields: &["at", "what", "reasons", "shared_with"],
        read: |v| serde_json::from_str(v).map(Section::Action),
    },
    Shape {
        key: "parents_informed",
        fields: &["informed", "reasons", "at", "ground", "parent_is_concern"],
        read: |v| serde_json::from_str(v).map(Section::Parents),
    },
    Shape {
        key: "outcome",
        fields: &["at", "from", "text"],
        read: |v| serde_json::from_str(v).map(Section::Outcome),
    },
    Shape {
        key: "further_information",
        fields: &[],
        read: |v| {
            serde_json::from_str(v).map(|text| Section::FurtherInformation(FurtherInformation { text }))
        },
    },
    Shape {
        key: "file_commenced",
        fields: &["commence", "why"],
        read: |v| serde_json::from_str(v).map(Section::FileCommenced),
    },
    Shape {
        key: "signed",
        // `show` prints when it was signed; here it is always signed now.
        fields: &["name", "role", "at"],
        read: |v| serde_json::from_str::<Signature>(v).map(Section::Signed),
    },
];

impl Shape {
    fn takes_many(&self) -> bool {
        matches!(self.key, "advice" | "actions" | "outcome")
    }

    fn section(&self, place: usize, json: &str, now: DateTime<Utc>) -> Result<Section> {
        let named =
            if self.takes_many() { format!("`{}` {place}", self.key) } else { format!("`{}`", self.key) };
        let known =
            self.fields.is_empty() || Fields::of(json).is_ok_and(|fields| fields.are_once_of(self.fields));
        let section = if known { (self.read)(json).ok() } else { None };
        let section = section.ok_or_else(|| Failure::Said(self.misread(&named)))?;
        section.check().map_err(|unfinished| {
            Failure::Said(format!("In {named} something is missing, so nothing was recorded. {unfinished}"))
        })?;
        match section.happened().filter(|at| when::is_future(*at, now + when::CLOCKS_DIFFER)) {
            Some(at) => Err(Failure::Said(format!(
                "In {named} `at` is still to come, {at}, so nothing was recorded. Write when it happened, or wait until \
                 it has; where it has, put the clock of this computer right."
            ))),
            None => Ok(section),
        }
    }

    fn misread(&self, named: &str) -> String {
        let takes = if self.fields.is_empty() { "text".to_owned() } else { self.fields.join(", ") };
        format!(
            "In {named} a field is missing, not known, written twice or of the wrong kind, so nothing was recorded. \
             It takes {takes}; times are written as 2026-11-20 or 2026-11-20T14:10."
        )
    }
}

/// In one file. What a rule says to a section hangs on all that is written before it, so each is slower than the last.
const MOST_SECTIONS: usize = 200;

/// Beside the sections: the reasons that rules ask for.
const DESPITE: &str = "despite";

/// Reads what `annotate` is given: sections, and the reasons that rules ask for. All of it is good, or none of it is
/// taken. What has not happened by `now` is not.
pub(super) fn read(json: &str, now: DateTime<Utc>) -> Result<(Vec<Section>, Vec<Reason>)> {
    let given = Fields::of(json).map_err(|error| {
        Failure::Said(format!(
            "The file is not a JSON object; it goes wrong in line {}, column {}. Write it in the shape that \
             `dsl-desk show --json` prints under part2.",
            error.line(),
            error.column()
        ))
    })?;
    let known: Vec<&str> = SHAPES.iter().map(|shape| shape.key).chain([DESPITE]).collect();
    if !given.are_once_of(&known) {
        return Err(Failure::Said(format!(
            "The file has a field that Part 2 does not know, or one twice, so nothing was recorded. It may have {}.",
            known.join(", ")
        )));
    }
    let mut written = Vec::new();
    for shape in &SHAPES {
        let values = values(shape, given.get(shape.key))?;
        written.extend((1..).zip(values).map(|(place, value)| (shape, place, value)));
    }
    if written.len() > MOST_SECTIONS {
        return Err(Failure::Said(format!(
            "The file has {} sections, more than {MOST_SECTIONS}, so nothing was recorded. Part it into several files.",
            written.len()
        )));
    }
    let sections: Vec<Section> = written
        .iter()
        .map(|(shape, place, value)| shape.section(*place, value.get(), now))
        .collect::<Result<_>>()?;
    if sections.is_empty() {
        return Err(Failure::said("The file holds nothing of Part 2. Write at least one of its sections."));
    }
    Ok((sections, given.get(DESPITE).map(reasons).transpose()?.unwrap_or_default()))
}

/// `{"R4": "The social worker asked us to."}`
fn reasons(given: &RawValue) -> Result<Vec<Reason>> {
    let misread = || {
        Failure::said(
            "In `despite` something is not known, written twice or of the wrong kind, so nothing was recorded. It takes \
             the reason for each rule once, under its number, such as \"R4\".",
        )
    };
    let given: Option<Fields> = serde_json::from_str(given.get()).map_err(|_| misread())?;
    let given = given.map(|fields| fields.0).unwrap_or_default();
    let once: BTreeSet<&str> = given.iter().map(|(rule, _)| rule.as_str()).collect();
    if once.len() < given.len() {
        return Err(misread());
    }
    let reason = |(rule, reason): &(String, Box<RawValue>)| {
        let reason = serde_json::from_str(reason.get()).map_err(|_| misread())?;
        Ok(Reason { rule: rule::number(rule).ok_or_else(misread)?, reason })
    };
    given.iter().map(reason).collect()
}

/// What stands under a key, one value or several; null is nothing, as `show` prints it.
fn values(shape: &Shape, value: Option<&RawValue>) -> Result<Vec<Box<RawValue>>> {
    match value {
        None => Ok(Vec::new()),
        Some(value) if value.get() == "null" => Ok(Vec::new()),
        Some(value) if shape.takes_many() => serde_json::from_str(value.get()).map_err(|_| {
            Failure::Said(format!(
                "The field `{}` takes a list, so nothing was recorded. Put what it holds between square brackets.",
                shape.key
            ))
        }),
        Some(value) => Ok(vec![value.to_owned()]),
    }
}

/// The fields of a JSON object as they were written, those that are there twice among them.
struct Fields(Vec<(String, Box<RawValue>)>);

impl Fields {
    fn of(json: &str) -> serde_json::Result<Self> {
        serde_json::from_str(json)
    }

    /// Each is one of the known, and is there once.
    fn are_once_of(&self, known: &[&str]) -> bool {
        let names: BTreeSet<&str> = self.0.iter().map(|(name, _)| name.as_str()).collect();
        names.len() == self.0.len() && names.iter().all(|name| known.contains(name))
    }

    fn get(&self, name: &str) -> Option<&RawValue> {
        self.0.iter().find(|(given, _)| given == name).map(|(_, value)| &**value)
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_map(EachField)
    }
}

struct EachField;

impl<'de> Visitor<'de> for EachField {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Fields, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Fields(fields))
    }
}
