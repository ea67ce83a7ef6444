//! The children of a large desk: no two with the same name and date of birth.

use std::collections::HashSet;

use chrono::{Datelike, Days, Months, NaiveDate};
use fastrand::Rng;

use super::words::Words;
use crate::domain::child::ChildDetails;
use crate::domain::text::Text;

const YOUNGEST: u32 = 3;
const OLDEST: u32 = 18;
const DAYS_OF_AGES: u64 = 365 * (OLDEST - YOUNGEST) as u64;
/// One learner in so many is at the alternative provision.
const PROVISION: &str = "BH";
const ONE_IN_PROVISION: u32 = 40;
/// The age on 1 September at which a child begins Year 1.
const AGE_OF_YEAR_1: i32 = 5;
const SEPTEMBER: u32 = 9;

/// A child who may not yet be known to the desk.
pub(super) struct Learner {
    pub(super) details: ChildDetails,
    pub(super) given: String,
    pub(super) born: NaiveDate,
}

impl Learner {
    /// Old enough to be known to anybody on a day.
    pub(super) fn is_known_by(&self, day: NaiveDate) -> bool {
        self.born + Months::new(12 * YOUNGEST) <= day
    }
}

/// The children, the oldest first and the others as they were drawn.
pub(super) fn children(words: &Words, rng: &mut Rng, count: usize, today: NaiveDate) -> Vec<Learner> {
    let mut seen = HashSet::with_capacity(count);
    let mut children = Vec::with_capacity(count);
    while children.len() < count {
        let learner = learner(words, rng, today);
        if seen.insert((learner.details.name.clone(), learner.born)) {
            children.push(learner);
        }
    }
    if let Some(oldest) = (0..children.len()).min_by_key(|place| children.get(*place).map(|l| l.born)) {
        children.swap(0, oldest);
    }
    children
}

fn learner(words: &Words, rng: &mut Rng, today: NaiveDate) -> Learner {
    let name = words.name(rng);
    let born = today - Months::new(12 * YOUNGEST) - Days::new(rng.u64(1..DAYS_OF_AGES));
    let details = ChildDetails {
        name: name.full(),
        date_of_birth: Some(born),
        form: form(words, rng, school_year(today) - school_year(born) - AGE_OF_YEAR_1),
        school: Text::default(),
        area: rng.choice(&words.areas).cloned(),
        ..ChildDetails::default()
    };
    Learner { details, given: name.given, born }
}

/// The year in which the school year of a day began.
fn school_year(day: NaiveDate) -> i32 {
    if day.month() < SEPTEMBER { day.year() - 1 } else { day.year() }
}

/// A form of the year group; those who are too young or too old for the school's forms have none.
fn form(words: &Words, rng: &mut Rng, year: i32) -> Text {
    if rng.u32(..ONE_IN_PROVISION) == 0 {
        return Text::from(PROVISION);
    }
    let year = year.to_string();
    let forms = words.forms.iter().filter(|form| form.trim_end_matches(char::is_alphabetic) == year);
    Text::from(rng.choice(forms.collect::<Vec<_>>()).map_or("", String::as_str))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use fastrand::Rng;

    use super::super::words::Words;
    use super::{children, school_year};

    #[test]
    fn no_child_appears_twice_and_forms_fit_the_age() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let children = children(&Words::read().unwrap(), &mut Rng::with_seed(7), 5_000, today);
        let mut seen: Vec<_> = children.iter().map(|child| (&child.details.name, child.born)).collect();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 5_000);
        for child in &children {
            assert!((3..=18).contains(&today.years_since(child.born).unwrap()));
            if child.details.form.starts_with('7') {
                assert_eq!(school_year(child.born), 2014);
            }
        }
        assert!(children.iter().all(|child| children[0].born <= child.born));
    }
}
