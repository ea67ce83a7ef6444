//! Concern files, `dsl-desk.concern/1`: strict about what it knows, and keeps what it does not.
//!
//! A file is first taken apart into reports without looking inside, so that one bad report of an array costs no other.

mod fields;
mod tree;

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::unknown::Unknown;
use super::{MAX_REPORT, MAX_REPORTS, Reason, RowOutcome};
use crate::domain::area::Area;
use crate::domain::category;
use crate::domain::concern::{About, Account, FORMAT, NamedChild, NamedStaff, Part1, Reporter};
use crate::domain::receiving::{Markings, says};
use crate::domain::text::Text;
use fields::Fields;

pub(super) fn read(text: &str) -> Result<Vec<RowOutcome>, Reason> {
    if text.trim_start().starts_with('[') {
        let rows = (1..).zip(reports(text)?);
        return Ok(rows.map(|(row, raw)| outcome(Some(row), raw)).collect());
    }
    let whole: &RawValue = serde_json::from_str(text).map_err(|error| broken(&error))?;
    Ok(vec![outcome(None, whole)])
}

fn outcome(row: Option<u32>, raw: &RawValue) -> RowOutcome {
    let result = report(raw);
    let markings = match &result {
        Ok(part1) => Markings::of(part1),
        Err(_) => markings(raw),
    };
    RowOutcome { row, result, markings }
}

/// Who may receive a report that cannot be taken in as it is. What else is wrong with it makes no difference.
fn markings(raw: &RawValue) -> Markings {
    let Ok(report) = serde_json::from_str::<Value>(raw.get()) else { return Markings::default() };
    let staff = report.get("staff");
    let text = |name| staff.and_then(|staff| staff.get(name)).and_then(Value::as_str).map(Text::new);
    let name = text("name").or_else(|| staff.and_then(Value::as_str).map(Text::new)).unwrap_or_default();
    let is_about_staff =
        report.get("about").and_then(Value::as_str).is_some_and(|about| about.trim() == "staff");
    Markings {
        is_of_nobody_named: is_about_staff && name.is_blank(),
        staff: staff.map(|staff| NamedStaff {
            name,
            job_title: text("job_title"),
            is_dsl: staff.get("is_dsl").and_then(says),
        }),
        not_for_dsl: report.get("not_for_dsl").and_then(says),
    }
}

/// The items of an array as they were written; none in a file that is one report.
pub(super) fn items(text: &str) -> Result<Vec<&str>, Reason> {
    if !text.trim_start().starts_with('[') {
        return Ok(Vec::new());
    }
    Ok(reports(text)?.into_iter().map(RawValue::get).collect())
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
    if raw.get().len() > MAX_REPORT {
        return Err(Reason::ReportTooLong);
    }
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
        area: area(&mut fields)?,
        immediate_danger: fields.flag("immediate_danger")?,
        told_dsl_in_person: fields.flag("told_dsl_in_person")?,
        not_for_dsl: fields.flag("not_for_dsl")?,
        incident_at: fields.moment("incident_at")?,
        written_at: fields.moment("written_at")?,
        reporter: reporter.map(|who| reported_by(who, &mut unknown)).transpose()?.unwrap_or_default(),
        reasons: fields.text("reasons")?,
        account: account.map(|text| account_of(text, &mut unknown)).transpose()?.unwrap_or_default(),
        opinion: fields.text("opinion")?,
        actions: fields.text("actions")?,
        told: fields.texts("told")?,
        other_information: fields.text("other_information")?,
        categories: fields.texts("categories")?.iter().flat_map(|text| category::parted(text)).collect(),
        ..Part1::default()
    };
    fields.rest_into(&mut unknown);
    part1.unknown = unknown.into_map()?;
    Ok(part1)
}

const ABOUT: [(&str, About); 3] = [("child", About::Child), ("adult", About::Adult), ("staff", About::Staff)];

/// By its id: a program writes these files, and the format has no other names.
fn area(fields: &mut Fields) -> Result<Option<Area>, Reason> {
    let choices: Vec<(&str, Area)> = Area::all().iter().map(|area| (area.id(), area.clone())).collect();
    let ids: Vec<&str> = Area::all().iter().map(Area::id).collect();
    fields.choice("area", &choices, &format!("{} or null", ids.join(", ")))
}

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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::read;
    use crate::domain::area::Area;
    use crate::domain::concern::Part1;
    use crate::intake::Reason;

    fn whole() -> Value {
        json!({
            "format": "dsl-desk.concern/1",
            "children": [{"name": "A Child"}],
            "reporter": {"name": "A Teacher"},
            "account": {"what": "Something"},
        })
    }

    /// A whole report in which the field at a pointer is another.
    fn with(pointer: &str, value: Value) -> Result<Part1, Reason> {
        let mut report = whole();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        report.pointer_mut(parent).unwrap()[name] = value;
        one(&report.to_string())
    }

    fn one(text: &str) -> Result<Part1, Reason> {
        read(text).and_then(|mut rows| rows.remove(0).result)
    }

    fn wrong(field: &str, result: Result<Part1, Reason>) {
        match result.err() {
            Some(Reason::WrongType { field: named, .. }) => assert_eq!(named, field),
            other => panic!("{field}: {other:?}"),
        }
    }

    #[test]
    fn the_format_line_is_asked_for() {
        assert_eq!(with("/format", Value::Null).err(), Some(Reason::NoFormat));
        assert_eq!(with("/format", json!("dsl-desk.concern/2")).err(), Some(Reason::OtherFormat));
    }

    #[test]
    fn a_wrong_kind_names_its_field() {
        wrong("children.1.name", with("/children", json!([{"name": 7}])));
        wrong("children", with("/children", json!("A Child")));
        wrong("children.1", with("/children", json!(["A Child"])));
        wrong("immediate_danger", with("/immediate_danger", json!("yes")));
        wrong("account.where", with("/account/where", json!([])));
        wrong("reporter", with("/reporter", json!("A Teacher")));
        wrong("told", with("/told", json!([1])));
        wrong("incident_at", with("/incident_at", json!(20_261_120)));
        wrong("format", with("/format", json!(1)));
    }

    #[test]
    fn a_bad_date_names_its_field() {
        let field = |name: &str| Some(Reason::NotADate { field: name.to_owned() });
        assert_eq!(with("/incident_at", json!("yesterday")).err(), field("incident_at"));
        assert_eq!(with("/written_at", json!("+262142-12-31T23:30")).err(), field("written_at"));
        assert_eq!(
            with("/children", json!([{"name": "A", "date_of_birth": "1/2/2013"}])).err(),
            field("children.1.date_of_birth")
        );
    }

    #[test]
    fn a_word_that_the_format_does_not_have() {
        let allowed = "leicester, leicestershire, rutland or null".to_owned();
        let refused = Some(Reason::NotAChoice { field: "area".to_owned(), allowed });
        assert_eq!(with("/area", json!("derby")).err(), refused);
        assert_eq!(with("/area", json!("Leicester City Council")).err(), refused);
        assert!(matches!(with("/about", json!("pet")).err(), Some(Reason::NotAChoice { .. })));
        assert!(with("/area", Value::Null).is_ok_and(|part1| part1.area.is_none()));
        assert!(with("/area", json!(" Rutland")).is_ok_and(|part1| part1.area == Area::read("Rutland")));
    }

    #[test]
    fn the_necessary() {
        assert_eq!(with("/children", json!([])).err(), Some(Reason::NoChild));
        assert_eq!(with("/children", json!([{"name": " "}])).err(), Some(Reason::UnnamedChild));
        assert_eq!(with("/account", json!({})).err(), Some(Reason::NoAccount));
        assert_eq!(with("/reporter", Value::Null).err(), Some(Reason::NoReporter));
        assert_eq!(with("/about", json!("staff")).err(), Some(Reason::NoStaff));
    }

    #[test]
    fn fifty_children_and_no_more() {
        let children = |many: usize| with("/children", json!(vec![json!({"name": "A Child"}); many]));
        assert_eq!(children(50).unwrap().children.len(), 50);
        assert_eq!(children(51).err(), Some(Reason::TooManyChildren));
    }

    #[test]
    fn unknown_fields_are_kept_at_every_depth() {
        let mut report = whole();
        report["bus"] = json!({"line": 42});
        report["children"][0]["upn"] = json!("A1");
        report["reporter"]["extension"] = json!(12);
        report["account"]["mood"] = json!("\u{1b}low");
        let unknown = one(&report.to_string()).unwrap().unknown;
        let kept = json!({"account.mood": "␛low", "bus": {"line": 42}, "children.1.upn": "A1", "reporter.extension": 12});
        assert!(serde_json::to_value(unknown).unwrap() == kept);
    }

    #[test]
    fn one_bad_item_costs_no_other() {
        let array = format!("[{0}, 7, {{\"format\": 1, \"format\": 1}}, {0}, \"\\ud83d\"]", whole());
        let rows = read(&array).unwrap();
        let reasons: Vec<_> = rows.iter().map(|row| (row.row.unwrap(), row.result.as_ref().err())).collect();
        assert_eq!(
            reasons,
            [
                (1, None),
                (2, Some(&Reason::NotAnObject)),
                (3, Some(&Reason::Twice)),
                (4, None),
                (5, Some(&Reason::BrokenValue))
            ]
        );
    }

    #[test]
    fn where_the_writing_is_wrong_or_ends() {
        assert_eq!(read("{\n \"a\": x}").err(), Some(Reason::NotJson { line: 2, column: 7 }));
        assert_eq!(read("[{}, {").err(), Some(Reason::CutShort { line: 1 }));
        assert!(matches!(read("{} {}").err(), Some(Reason::NotJson { .. })));
    }

    #[test]
    fn an_array_without_end() {
        let array = format!("[{}0]", "0,".repeat(10_000));
        assert_eq!(read(&array).err(), Some(Reason::TooMany));
    }

    #[test]
    fn fractions_of_a_second_are_not_kept() {
        let part1 = with("/written_at", json!("2026-11-20T14:10:00.75Z")).unwrap();
        assert_eq!(serde_json::to_value(part1.written_at).unwrap(), "2026-11-20T14:10:00+00:00");
    }
}
