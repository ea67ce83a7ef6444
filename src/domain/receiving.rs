//! Which cabinet a report goes to: nobody reads a concern about themselves (R14), and whoever would rather not tell the
//! DSL need not (R18).

use std::fmt;

use serde_json::Value;

use super::cabinet::CabinetName;
use super::concern::{About, NamedStaff, Part1};
use super::text::Text;
use super::triage::says_yes;

/// What of a report says who may receive it. It is read also where the rest of the report cannot be.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Markings {
    /// Whom it is about, where that is no child.
    pub staff: Option<NamedStaff>,
    /// It is about a member of staff, and says of none who that is.
    pub is_of_nobody_named: bool,
    pub not_for_dsl: Option<bool>,
}

/// A name may be in it.
impl fmt::Debug for Markings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Markings").field("not_for_dsl", &self.not_for_dsl).finish_non_exhaustive()
    }
}

/// How a name compares with those of the DSLs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamesDsl {
    Yes,
    /// A surname alone, or a letter wrong.
    Perhaps,
    No,
}

impl Markings {
    pub fn of(part1: &Part1) -> Self {
        // No field names an adult: the first line of those involved does.
        let adult = || part1.account.who.lines().next().filter(|_| part1.about == About::Adult);
        let adult = || adult().map(|name| NamedStaff { name: Text::new(name), ..NamedStaff::default() });
        let asks = part1.unknown.iter().any(|(field, answer)| asks_by_another_name(field, answer));
        Self {
            staff: part1.staff.clone().or_else(adult),
            is_of_nobody_named: false,
            not_for_dsl: if asks { Some(true) } else { part1.not_for_dsl },
        }
    }

    pub fn is_about_staff(&self) -> bool {
        self.staff.is_some() || self.is_of_nobody_named
    }

    /// In doubt it goes to the senior cabinet: what is read there by mistake can be passed on, and not the other way
    /// round.
    pub fn cabinet(&self, compare: impl Fn(&Text) -> NamesDsl) -> CabinetName {
        let about_dsl = self.staff.as_ref().is_some_and(|staff| is_dsl(staff, compare));
        if self.not_for_dsl == Some(true) || about_dsl || self.is_of_nobody_named {
            CabinetName::Senior
        } else {
            CabinetName::General
        }
    }
}

fn is_dsl(staff: &NamedStaff, compare: impl Fn(&Text) -> NamesDsl) -> bool {
    match (compare(&staff.name), staff.is_dsl) {
        (NamesDsl::Yes, _) | (_, Some(true)) | (NamesDsl::Perhaps, None) => true,
        // The reporter knows of two people with that name.
        (NamesDsl::Perhaps, Some(false)) => false,
        (NamesDsl::No, _) => {
            is_dsls_job(&staff.name) || staff.job_title.as_ref().is_some_and(|job| is_dsls_job(job))
        }
    }
}

/// `notForDsl`, `account.Not-For-DSL`, `staff.isDsl`: whoever wrote it meant it.
fn asks_by_another_name(field: &str, answer: &Value) -> bool {
    let last = field.rsplit('.').next().unwrap_or(field);
    let letters: String = last.chars().filter(char::is_ascii_alphabetic).collect();
    let is_ours = ["notfordsl", "isdsl"].iter().any(|ours| letters.eq_ignore_ascii_case(ours));
    is_ours && says(answer) == Some(true)
}

/// Whether a file that cannot be read at all asks it, by the name of a field with a yes behind it.
pub fn asks_in(text: &str) -> bool {
    let text = text.to_lowercase();
    let says_yes = |after: &str| {
        let answer = after.trim_start_matches(|c: char| !c.is_alphanumeric());
        ["true", "yes"].iter().any(|yes| answer.starts_with(yes))
    };
    ["not_for_dsl", "is_dsl"].iter().any(|field| text.split(field).skip(1).any(says_yes))
}

/// An answer, however it was written; none where it is neither.
pub fn says(answer: &Value) -> Option<bool> {
    match answer {
        Value::Bool(answer) => Some(*answer),
        Value::Number(number) => Some(number.as_f64() != Some(0.0)),
        Value::String(word) => Some(says_yes(word)),
        Value::Array(items) => items.first().and_then(says),
        Value::Null | Value::Object(_) => None,
    }
}

/// "DSL", "Senior Designated Safeguarding Lead"; not a deputy's.
fn is_dsls_job(job: &str) -> bool {
    let job = job.to_lowercase().replace('.', "").split_whitespace().collect::<Vec<_>>().join(" ");
    let is_word = |word: &str| job.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
    let is_lead =
        is_word("dsl") || ["safeguarding lead", "head of safeguarding"].iter().any(|lead| job.contains(lead));
    is_lead && !is_word("deputy") && !is_word("assistant") && !is_word("ddsl")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(name: &str, job: &str, is_dsl: Option<bool>) -> CabinetName {
        let staff = NamedStaff { name: name.into(), job_title: Some(job.into()), is_dsl };
        let compare = |name: &Text| match name.as_str() {
            "Amina Khan" => NamesDsl::Yes,
            "Mrs Khan" => NamesDsl::Perhaps,
            _ => NamesDsl::No,
        };
        Markings { staff: Some(staff), ..Markings::default() }.cabinet(compare)
    }

    #[test]
    fn nobody_receives_a_concern_about_themselves() {
        use CabinetName::{General, Senior};
        for (name, job, is_dsl, goes_to) in [
            ("Amina Khan", "", None, Senior),
            ("Amina Khan", "", Some(false), Senior),
            ("Mrs Khan", "", None, Senior),
            ("Mrs Khan", "", Some(false), General),
            ("the lead", "", Some(true), Senior),
            ("Mr V", "Caretaker", None, General),
            ("Mr V", "Senior Designated Safeguarding Lead", None, Senior),
            ("Mr V", "DSL and head of Year 9", None, Senior),
            ("Our safeguarding lead", "", None, Senior),
            ("the DSL", "", None, Senior),
            ("Mr V", "D.S.L.", None, Senior),
            ("Mr V", "Designated  Safeguarding\nLead", None, Senior),
            ("Mr V", "Head of Safeguarding", None, Senior),
            ("Mr V", "Deputy DSL", None, General),
            ("Mr V", "Handsler", None, General),
        ] {
            assert_eq!(about(name, job, is_dsl), goes_to, "{name}, {job}, {is_dsl:?}");
        }
    }

    #[test]
    fn a_field_that_is_written_otherwise_is_meant_all_the_same() {
        for (field, answer, is_meant) in [
            ("notForDsl", Value::from(true), true),
            ("account.Not-For-DSL", Value::from("yes"), true),
            ("staff.isDsl", Value::from(1), true),
            ("notForDsl", Value::from("no"), false),
            ("notForDsl", Value::from(false), false),
            ("bus", Value::from(true), false),
        ] {
            let mut part1 = Part1::default();
            part1.unknown.insert(field.to_owned(), answer);
            assert_eq!(Markings::of(&part1).not_for_dsl == Some(true), is_meant, "{field}");
        }
    }

    #[test]
    fn an_adult_who_is_the_dsl_is_found_too() {
        let mut part1 = Part1 { about: About::Adult, ..Part1::default() };
        part1.account.who = "Amina Khan\nand a child".into();
        let compare = |name: &Text| if name.as_str() == "Amina Khan" { NamesDsl::Yes } else { NamesDsl::No };
        assert_eq!(Markings::of(&part1).cabinet(compare), CabinetName::Senior);
        part1.account.who = "Mr Marsh".into();
        assert_eq!(Markings::of(&part1).cabinet(compare), CabinetName::General);
    }

    #[test]
    fn whoever_asks_need_not_tell_the_dsl() {
        for (asked, goes_to) in [
            (Some(true), CabinetName::Senior),
            (Some(false), CabinetName::General),
            (None, CabinetName::General),
        ] {
            let markings = Markings { not_for_dsl: asked, ..Markings::default() };
            assert_eq!(markings.cabinet(|_| NamesDsl::No), goes_to);
        }
    }
}
