//! Which concern cannot wait: the order of the inbox; and Part 1 as it stands once it was put right.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::area::Area;
use super::category;
use super::concern::{About, Part1};
use super::field::{ChildField, CorrectedField, Part1Field};
use super::moment::Moment;
use super::text::Text;
use super::when;

/// How soon somebody must look. Ordered: the most urgent is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Urgency {
    Routine,
    /// A category that the data marks as urgent, a member of staff (D13: the LADO hears within one working day), or
    /// nobody said whether there is danger: not said is not no.
    Soon,
    /// Said to be in immediate danger (R1), if only in answer to a question of somebody else's form.
    Danger,
}

impl Urgency {
    pub const ALL: [Self; 3] = [Self::Danger, Self::Soon, Self::Routine];

    /// The word that stands beside the colour.
    pub fn label(self) -> &'static str {
        match self {
            Self::Danger => "DANGER",
            Self::Soon => "soon",
            Self::Routine => "routine",
        }
    }

    /// Reads the urgency off Part 1. `is_urgent` says whether the data marks a category so.
    pub fn of(part1: &Part1, is_urgent: impl Fn(&Text) -> bool) -> Self {
        if part1.immediate_danger.unwrap_or_else(|| speaks_of_danger(part1)) {
            Self::Danger
        } else if part1.immediate_danger.is_none()
            || part1.is_about_staff()
            || part1.categories.iter().any(is_urgent)
        {
            Self::Soon
        } else {
            Self::Routine
        }
    }

    /// As it becomes when somebody decides what a concern is about, which stands in `part1` then. Danger is a question of
    /// its own, and is neither raised nor talked down by that.
    pub fn by_categories(self, part1: &Part1, is_urgent: impl Fn(&Text) -> bool) -> Self {
        match self {
            Self::Danger => Self::Danger,
            Self::Soon | Self::Routine => Self::of(part1, is_urgent).min(Self::Soon),
        }
    }

    /// As it becomes by a correction of a field, which stands in `part1` then. What was answered at the desk about danger
    /// goes before the report, but for a report that is put right in just that.
    pub fn corrected(
        part1: &Part1,
        field: &CorrectedField,
        answered: Option<bool>,
        is_urgent: impl Fn(&Text) -> bool,
    ) -> Self {
        let reported = Self::of(part1, is_urgent);
        match answered {
            Some(true) => Self::Danger,
            Some(false) if !is_of_danger(field) => reported.min(Self::Soon),
            Some(false) | None => reported,
        }
    }

    /// Whether it is read off this field, so that a correction of the field can change it.
    pub fn hangs_on(field: &CorrectedField) -> bool {
        match field {
            CorrectedField::Part1(field) => {
                matches!(field, Part1Field::ImmediateDanger | Part1Field::About | Part1Field::Categories)
            }
            CorrectedField::Unknown(question) => asks_about_danger(question),
            CorrectedField::Child(..) | CorrectedField::Section(_) => false,
        }
    }
}

/// Part 1 as a correction makes it, in whatever a rule reads. Words that answer nothing change nothing.
pub fn put_right(part1: &mut Part1, field: &CorrectedField, instead: &Text) {
    let words = instead.one_line();
    match field {
        CorrectedField::Part1(Part1Field::ImmediateDanger) => match words.to_lowercase().as_str() {
            "yes" => part1.immediate_danger = Some(true),
            "no" => part1.immediate_danger = Some(false),
            "not said" => part1.immediate_danger = None,
            _ => {}
        },
        CorrectedField::Part1(Part1Field::About) => {
            part1.about = About::read(&words).unwrap_or(part1.about);
        }
        CorrectedField::Part1(Part1Field::StaffJobTitle) => {
            part1.staff.get_or_insert_default().job_title = Some(instead.clone());
        }
        CorrectedField::Part1(Part1Field::Area) => part1.area = Area::read(&words).or(part1.area.take()),
        CorrectedField::Part1(Part1Field::Categories) => {
            part1.categories = category::parted(instead);
        }
        CorrectedField::Part1(Part1Field::Who) => part1.account.who = instead.clone(),
        CorrectedField::Part1(Part1Field::What) => part1.account.what = instead.clone(),
        CorrectedField::Part1(Part1Field::ChildWords) => part1.account.child_words = instead.clone(),
        CorrectedField::Part1(Part1Field::Where) => part1.account.place = instead.clone(),
        CorrectedField::Part1(Part1Field::When) => part1.account.when = instead.clone(),
        CorrectedField::Part1(Part1Field::Witnesses) => part1.account.witnesses = instead.clone(),
        CorrectedField::Part1(Part1Field::Reasons) => part1.reasons = instead.clone(),
        CorrectedField::Part1(Part1Field::Opinion) => part1.opinion = instead.clone(),
        CorrectedField::Part1(Part1Field::OtherInformation) => part1.other_information = instead.clone(),
        CorrectedField::Part1(Part1Field::StaffName) => {
            part1.staff.get_or_insert_default().name = instead.clone();
        }
        CorrectedField::Unknown(question) => {
            part1.unknown.insert(question.to_string(), Value::from(instead.as_str()));
        }
        CorrectedField::Child(place, field) => child_put_right(part1, *place, *field, instead),
        CorrectedField::Part1(_) | CorrectedField::Section(_) => {}
    }
}

fn child_put_right(part1: &mut Part1, place: u32, field: ChildField, instead: &Text) {
    // A year of two digits is one of before the report.
    let written = part1.written_at.or(part1.incident_at).map_or(NaiveDate::MAX, Moment::date);
    let place = usize::try_from(place).unwrap_or(usize::MAX);
    let Some(child) = part1.children.get_mut(place) else { return };
    match field {
        ChildField::Name => child.name = instead.clone(),
        ChildField::Form => child.form = Some(instead.clone()),
        ChildField::School => child.school = Some(instead.clone()),
        ChildField::DateOfBirth => {
            let born = when::parse_date_of_birth(&instead.one_line(), written);
            child.date_of_birth = born.or(child.date_of_birth);
        }
    }
}

fn is_of_danger(field: &CorrectedField) -> bool {
    match field {
        CorrectedField::Part1(field) => *field == Part1Field::ImmediateDanger,
        CorrectedField::Unknown(question) => asks_about_danger(question),
        CorrectedField::Child(..) | CorrectedField::Section(_) => false,
    }
}

/// Whether a yes was given to a question about danger that is none of ours. Danger is never talked down: a false alarm
/// costs a look.
fn speaks_of_danger(part1: &Part1) -> bool {
    part1.unknown.iter().any(|(question, answer)| {
        let yes = match answer {
            Value::Bool(yes) => *yes,
            Value::String(answer) => says_yes(answer),
            Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
        };
        yes && asks_about_danger(question)
    })
}

/// The word alone, or at the end of another as in `isInDanger`: "dangerous" is another matter.
fn asks_about_danger(question: &str) -> bool {
    let question = question.to_lowercase();
    let has = |part: &str| question.contains(part);
    question.split(|c: char| !c.is_alphanumeric()).any(|word| word.ends_with("danger"))
        || has("immediate") && (has("risk") || has("harm"))
}

/// Whether an answer is a yes, with or without words after it: "Yes - he is outside", but not "Yesterday".
pub fn says_yes(answer: &str) -> bool {
    let answer = answer.trim().to_lowercase();
    let word = answer.split(|c: char| !c.is_alphanumeric()).next();
    matches!(word, Some("yes" | "y" | "true")) || answer == "1"
}

/// Where a concern stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Nothing of Part 2 is written.
    New,
    /// Part 2 is begun, or something is decided.
    Open,
    /// Part 2 is signed; whatever comes later is marked as added after signing.
    Signed,
    /// It was decided that nothing more is to be done; it can be reopened.
    Closed,
}

impl State {
    pub const ALL: [Self; 4] = [Self::New, Self::Open, Self::Signed, Self::Closed];

    pub fn label(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Signed => "signed",
            Self::Closed => "closed",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(part1: &Part1) -> Urgency {
        Urgency::of(part1, |category| category.as_str() == "Sexual abuse")
    }

    #[test]
    fn it_follows_what_was_put_right() {
        let mut part1 = Part1 { immediate_danger: Some(false), ..Part1::default() };
        assert_eq!(of(&part1), Urgency::Routine);
        for (field, instead, expected) in [
            (Part1Field::ImmediateDanger, "yes", Urgency::Danger),
            (Part1Field::ImmediateDanger, "perhaps", Urgency::Danger),
            (Part1Field::ImmediateDanger, "not said", Urgency::Soon),
            (Part1Field::ImmediateDanger, "No", Urgency::Routine),
            (Part1Field::Categories, "Neglect; Sexual abuse", Urgency::Soon),
            (Part1Field::Categories, "Neglect", Urgency::Routine),
            (Part1Field::What, "yes", Urgency::Routine),
            (Part1Field::About, "staff", Urgency::Soon),
        ] {
            put_right(&mut part1, &CorrectedField::Part1(field), &Text::from(instead));
            assert_eq!(of(&part1), expected, "{field:?} {instead}");
        }
    }

    #[test]
    fn what_it_is_said_to_be_about_makes_it_urgent_or_not_and_leaves_danger_alone() {
        let about = |danger, category: &str| Part1 {
            immediate_danger: danger,
            categories: vec![category.into()],
            ..Part1::default()
        };
        let becomes =
            |stands: Urgency, part1: &Part1| stands.by_categories(part1, |category| &**category == "Abuse");
        assert_eq!(becomes(Urgency::Routine, &about(Some(false), "Abuse")), Urgency::Soon);
        assert_eq!(becomes(Urgency::Soon, &about(Some(false), "Neglect")), Urgency::Routine, "a slip");
        assert_eq!(becomes(Urgency::Soon, &about(None, "Neglect")), Urgency::Soon, "not said is not no");
        assert_eq!(becomes(Urgency::Soon, &about(Some(true), "Neglect")), Urgency::Soon, "it is over");
        assert_eq!(becomes(Urgency::Danger, &about(Some(false), "Neglect")), Urgency::Danger);
    }

    fn urgency(immediate_danger: Option<bool>, question: &str, answer: Value) -> Urgency {
        let unknown = [(question.to_owned(), answer)].into();
        Urgency::of(&Part1 { immediate_danger, unknown, ..Part1::default() }, |_| false)
    }

    #[test]
    fn a_yes_to_any_question_about_danger_is_danger() {
        for question in [
            "If the child is in immediate danger, have you rung 999?",
            "DANGER",
            "isInImmediateDanger",
            "Does he face an immediate risk?",
            "Could she come to harm immediately?",
        ] {
            for answer in
                [json!("Yes"), json!(" yes - he is outside"), json!("Y"), json!("true"), json!(true)]
            {
                assert_eq!(urgency(None, question, answer), Urgency::Danger, "{question}");
            }
        }
    }

    #[test]
    fn no_other_answer_and_no_other_question_is() {
        for answer in [json!("No"), json!("Yesterday"), json!(""), json!(false), json!(null), json!(["yes"])]
        {
            assert_eq!(urgency(None, "In danger tonight?", answer), Urgency::Soon);
        }
        for question in ["Is the dog dangerous?", "Is there a risk of harm?", "Was action taken immediately?"]
        {
            assert_eq!(urgency(None, question, json!("Yes")), Urgency::Soon, "{question}");
        }
    }

    #[test]
    fn whoever_answered_the_real_question_is_believed() {
        assert_eq!(urgency(Some(false), "In danger, and 999 rung?", json!("Yes")), Urgency::Routine);
        assert_eq!(urgency(Some(true), "In danger, and 999 rung?", json!("No")), Urgency::Danger);
    }

    #[test]
    fn an_answer_about_danger_that_was_put_right_counts_as_it_stands_now() {
        let question = CorrectedField::Unknown("In danger tonight?".into());
        assert!(Urgency::hangs_on(&question) && !Urgency::hangs_on(&CorrectedField::Unknown("Bus".into())));
        let mut part1 =
            Part1 { unknown: [("In danger tonight?".to_owned(), json!(true))].into(), ..Part1::default() };
        for (instead, expected) in [("No", Urgency::Soon), ("Yes, he is outside", Urgency::Danger)] {
            put_right(&mut part1, &question, &instead.into());
            assert_eq!(of(&part1), expected, "{instead}");
        }
    }
}
