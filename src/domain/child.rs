//! A child known to the desk: the head of a chronology sheet (F3).

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use super::area::Area;
use super::concern::NamedChild;
use super::text::Text;
use super::upn::Upn;

/// How old somebody is on a day, as people say it: `15 years`, `5 months`, `12 days`; none before they are born.
pub fn age(born: NaiveDate, today: NaiveDate) -> Option<String> {
    let months_of = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
    let days = (today - born).num_days();
    let years = i64::from(today.years_since(born)?);
    let months = months_of(today) - months_of(born) - i64::from(today.day() < born.day());
    let counted = [(years, "year"), (months, "month"), (days, "day")];
    let (count, unit) = counted.into_iter().find(|(count, _)| *count > 0).unwrap_or((0, "day"));
    Some(format!("{count} {unit}{}", if count == 1 { "" } else { "s" }))
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildDetails {
    pub name: Text,
    /// Full names by which the child is known as well: the legal one, one with every middle name, one of before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub other_names: Vec<Text>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_of_birth: Option<NaiveDate>,
    #[serde(default)]
    pub form: Text,
    #[serde(default)]
    pub school: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upn: Option<Upn>,
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
            ..Self::default()
        }
    }

    /// Every full name by which the child is known, the first of them first.
    pub fn names(&self) -> impl Iterator<Item = &Text> {
        std::iter::once(&self.name).chain(&self.other_names)
    }

    /// The other names in one line, as they are typed.
    pub fn other_names_in_line(&self) -> String {
        self.other_names.iter().map(Text::one_line).collect::<Vec<_>>().join("; ")
    }

    /// What is different in the details that replace these: the old and the new of each, in sentences.
    pub fn changes(&self, now: &Self) -> String {
        self.told()
            .into_iter()
            .zip(now.told())
            .filter(|(old, new)| old != new)
            .map(|((label, old), (_, new))| format!("{label}: {}, now {}.", or_absent(&old), or_absent(&new)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Each detail under its label, as a line of the record tells it.
    pub fn told(&self) -> [(&'static str, String); 7] {
        let born = self.date_of_birth.map(|date| date.format("%-d %b %Y").to_string());
        [
            ("Name", self.name.one_line()),
            ("Other names", self.other_names_in_line()),
            ("Date of birth", born.unwrap_or_default()),
            ("Form", self.form.one_line()),
            ("School", self.school.one_line()),
            ("Area", self.area.as_ref().map_or("", Area::name).to_owned()),
            ("UPN", self.upn.as_ref().map_or("", Upn::as_str).to_owned()),
        ]
    }
}

fn or_absent(told: &str) -> &str {
    if told.is_empty() { "not given" } else { told }
}

/// Whether day and month of one date are the month and day of the other.
pub fn is_exchanged(one: NaiveDate, other: NaiveDate) -> bool {
    (one.year(), one.month(), one.day()) == (other.year(), other.day(), other.month())
}

/// Whether one date of birth may have been written for the other: a digit is another, or day and month are exchanged.
pub fn is_slip(one: NaiveDate, other: NaiveDate) -> bool {
    let digits = |date: NaiveDate| date.format("%Y%m%d").to_string().into_bytes();
    let off = digits(one).iter().zip(&digits(other)).filter(|(a, b)| a != b).count();
    is_exchanged(one, other) || off == 1
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_of_before_is_written_as_it_was() {
        let body = r#"{"name":"Zoë Marsh","date_of_birth":"2012-03-03","form":"5B","school":""}"#;
        let details: ChildDetails = serde_json::from_str(body).unwrap();
        assert_eq!(serde_json::to_string(&details).unwrap(), body);
        assert_eq!(details.names().count(), 1);
    }

    #[test]
    fn an_age_is_told_in_the_largest_unit_that_says_something() {
        let today = "2026-11-20".parse().unwrap();
        for (born, expected) in [
            ("2011-03-04", Some("15 years")),
            ("2025-11-20", Some("1 year")),
            ("2025-11-21", Some("11 months")),
            ("2026-06-20", Some("5 months")),
            ("2026-06-21", Some("4 months")),
            ("2026-10-20", Some("1 month")),
            ("2026-10-21", Some("30 days")),
            ("2026-11-19", Some("1 day")),
            ("2026-11-20", Some("0 days")),
            ("2026-11-21", None),
        ] {
            assert_eq!(age(born.parse().unwrap(), today).as_deref(), expected, "{born}");
        }
    }

    #[test]
    fn only_what_is_different_is_told_with_the_old_and_the_new() {
        let old = ChildDetails {
            name: "Zoë Marsh".into(),
            date_of_birth: "2012-03-03".parse().ok(),
            form: "5B".into(),
            ..ChildDetails::default()
        };
        let new = ChildDetails {
            date_of_birth: "2012-03-05".parse().ok(),
            form: Text::default(),
            area: Area::read("Rutland"),
            other_names: vec!["Zoë Finch".into(), "Zoë Anne Marsh".into()],
            upn: Upn::read("D820123415001"),
            ..old.clone()
        };
        assert_eq!(
            old.changes(&new),
            "Other names: not given, now Zoë Finch; Zoë Anne Marsh. Date of birth: 3 Mar 2012, now 5 Mar 2012. \
             Form: 5B, now not given. Area: not given, now Rutland. UPN: not given, now D820123415001."
        );
        assert_eq!(old.changes(&old), "");
    }
}
