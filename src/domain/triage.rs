//! Which concern cannot wait: the order of the inbox.

use serde::{Deserialize, Serialize};

use super::concern::{About, Part1};
use super::field::{CorrectedField, Part1Field};
use super::text::Text;

/// How soon somebody must look. Ordered: the most urgent is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Urgency {
    Routine,
    /// A category that the data marks as urgent, a member of staff (D13: the LADO hears within one working day), or
    /// nobody said whether there is danger: not said is not no.
    Soon,
    /// Said to be in immediate danger (R1).
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
        if part1.immediate_danger == Some(true) {
            Self::Danger
        } else if part1.immediate_danger.is_none()
            || part1.about == About::Staff
            || part1.categories.iter().any(is_urgent)
        {
            Self::Soon
        } else {
            Self::Routine
        }
    }

    /// Whether it is read off this field, so that a correction of the field can change it.
    pub fn hangs_on(field: &CorrectedField) -> bool {
        matches!(
            field,
            CorrectedField::Part1(Part1Field::ImmediateDanger | Part1Field::About | Part1Field::Categories)
        )
    }
}

/// Part 1 as a correction makes it, in the fields that [`Urgency`] is read off. Words that answer nothing change
/// nothing.
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
            let known = About::ALL.into_iter().find(|about| about.label().eq_ignore_ascii_case(&words));
            part1.about = known.unwrap_or(part1.about);
        }
        CorrectedField::Part1(Part1Field::Categories) => {
            let named = instead.split([';', ',', '\n']).map(str::trim).filter(|name| !name.is_empty());
            part1.categories = named.map(Text::from).collect();
        }
        CorrectedField::Part1(_)
        | CorrectedField::Child(..)
        | CorrectedField::Unknown(_)
        | CorrectedField::Section(_) => {}
    }
}

/// Where a concern stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Nothing of Part 2 is written.
    New,
    /// Part 2 is begun.
    Open,
    /// Part 2 is signed; whatever comes later is marked as added after signing.
    Signed,
}

impl State {
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::Signed => "signed",
        }
    }
}

#[cfg(test)]
mod tests {
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
}
