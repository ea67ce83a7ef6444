//! Concern files, `dsl-desk.concern/1`: strict about what it knows, and keeps what it does not.
//!
//! A file is first taken apart into reports without looking inside, so that one bad report of an array costs no other.

mod fields;
mod tree;

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::unknown::Unknown;
use super::{MAX_REPORTS, Reason, RowOutcome};
use crate::domain::concern::{About, Account, Area, FORMAT, NamedChild, NamedStaff, Part1, Reporter};
use fields::Fields;

pub(super) fn read(text: &str) -> Result<Vec<RowOutcome>, Reason> {
    if text.trim_start().starts_with('[') {
        let rows = (1..).zip(reports(text)?);
        return Ok(rows.map(|(row, raw)| RowOutcome { row: Some(row), result: report(raw) }).collect());
    }
    let whole: &RawValue = serde_json::from_str(text).map_err(|error| broken(&error))?;
    Ok(vec![RowOutcome { row: None, result: Ok(report(whole)?) }])
}

fn reports(text: &str) -> Result<Vec<&RawValue>, Reason> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let reports = Reports.deserialize(&mut reader);
    reports.and_then(|reports| reader.end().map(|()| reports)).map_err(|error| broken(&error))
}

fn broken(error: &serde_json::Error) -> Reason {
    match error.classify() {
        serde_json::error::Category::Eof => Reason::CutShort { line: error.line() },
        // The only data that these readers refuse is an array without end.
        serde_json::error::Category::Data => Reason::TooMany,
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => {
            Reason::NotJson { line: error.line(), column: error.column() }
        }
    }
}

/// An array's items unread, and no more of them than a file may hold.
struct Reports;

impl<'de> DeserializeSeed<'de> for Reports {
    type Value = Vec<&'de RawValue>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Reports {
    type Value = Vec<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of reports")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut reports = Vec::new();
        while let Some(raw) = items.next_element()? {
            if reports.len() == MAX_REPORTS {
                return Err(A::Error::custom("too many"));
            }
            reports.push(raw);
        }
        Ok(reports)
    }
}

fn report(raw: &RawValue) -> Result<Part1, Reason> {
    let mut fields = Fields::of_report(tree::read(raw.get())?)?;
    match fields.required_text("format")?.as_deref() {
        None => return Err(Reason::NoFormat),
        Some(FORMAT) => {}
        Some(_) => return Err(Reason::OtherFormat),
    }
    let part1 = part1(fields)?;
    part1.check()?;
    Ok(part1)
}

fn part1(mut fields: Fields) -> Result<Part1, Reason> {
    let mut unknown = Unknown::default();
    let children = fields.objects("children")?;
    let staff = fields.object("staff")?;
    let reporter = fields.object("reporter")?;
    let account = fields.object("account")?;
    let mut part1 = Part1 {
        about: fields.choice("about", &ABOUT, "child, adult or staff")?.unwrap_or_default(),
        children: children
            .into_iter()
            .map(|child| named_child(child, &mut unknown))
            .collect::<Result<_, _>>()?,
        staff: staff.map(|staff| named_staff(staff, &mut unknown)).transpose()?,
        area: fields.choice("area", &AREA, "leicester, leicestershire, rutland or null")?,
        immediate_danger: fields.flag("immediate_danger")?,
        told_dsl_in_person: fields.flag("told_dsl_in_person")?,
        incident_at: fields.moment("incident_at")?,
        written_at: fields.moment("written_at")?,
        reporter: reporter.map(|who| reported_by(who, &mut unknown)).transpose()?.unwrap_or_default(),
        reasons: fields.text("reasons")?,
        account: account.map(|text| account_of(text, &mut unknown)).transpose()?.unwrap_or_default(),
        opinion: fields.text("opinion")?,
        actions: fields.text("actions")?,
        told: fields.texts("told")?,
        other_information: fields.text("other_information")?,
        categories: fields.texts("categories")?,
        ..Part1::default()
    };
    fields.rest_into(&mut unknown);
    part1.unknown = unknown.into_map()?;
    Ok(part1)
}

const ABOUT: [(&str, About); 3] = [("child", About::Child), ("adult", About::Adult), ("staff", About::Staff)];
const AREA: [(&str, Area); 3] =
    [("leicester", Area::Leicester), ("leicestershire", Area::Leicestershire), ("rutland", Area::Rutland)];

fn named_child(mut fields: Fields, unknown: &mut Unknown) -> Result<NamedChild, Reason> {
    let child = NamedChild {
        name: fields.text("name")?,
        date_of_birth: fields.date("date_of_birth")?,
        form: fields.optional_text("form")?,
        school: fields.optional_text("school")?,
    };
    fields.rest_into(unknown);
    Ok(child)
}

fn named_staff(mut fields: Fields, unknown: &mut Unknown) -> Result<NamedStaff, Reason> {
    let staff = NamedStaff {
        name: fields.text("name")?,
        job_title: fields.optional_text("job_title")?,
        is_dsl: fields.flag("is_dsl")?,
    };
    fields.rest_into(unknown);
    Ok(staff)
}

fn reported_by(mut fields: Fields, unknown: &mut Unknown) -> Result<Reporter, Reason> {
    let reporter = Reporter {
        name: fields.text("name")?,
        job_title: fields.text("job_title")?,
        email: fields.optional_text("email")?,
    };
    fields.rest_into(unknown);
    Ok(reporter)
}

fn account_of(mut fields: Fields, unknown: &mut Unknown) -> Result<Account, Reason> {
    let account = Account {
        who: fields.text("who")?,
        what: fields.text("what")?,
        child_words: fields.text("child_words")?,
        place: fields.text("where")?,
        when: fields.text("when")?,
        witnesses: fields.text("witnesses")?,
    };
    fields.rest_into(unknown);
    Ok(account)
}
