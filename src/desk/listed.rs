//! A name on somebody else's list against the children of the desk: which of them it might be, and why.
//!
//! A list (a police notification, a school's leavers) is written by others: middle names are added or left out, a
//! surname has changed, day and month are swapped. Whoever shares enough is offered, and the line says what is shared.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use super::Desk;
use super::answer::Found;
use super::find::child_line;
use super::finder::Finder;
use crate::cabinet::Result;
use crate::cabinet::table::child;
use crate::domain::child::ChildDetails;
use crate::domain::ids::ChildId;
use crate::domain::when;
use crate::search::{Agreement, Hit, Query, UNSUPPORTED, fold, names_agree};

/// What the same date of birth adds to a name's score, and what another one takes away.
const SAME_DATE: i64 = 300;
const NEAR_DATE: i64 = 150;
const OTHER_DATE: i64 = -200;
/// What a name scores that shares words with the one on the list but does not hold all of them.
const SHARES_WORDS: u32 = 500;
/// Shorter words are initials and particles.
const WHOLE_WORD: usize = 3;
/// A name, and not a page of text.
const MOST_WORDS: usize = 8;

/// A line of the list.
struct Listed {
    name: String,
    born: Option<NaiveDate>,
}

impl Listed {
    /// `Khan, Amina; 3.3.2012` and `Amina Khan 3 Mar 2012`: whatever part reads as a date is the date of birth.
    fn read(line: &str, today: NaiveDate) -> Self {
        let parts: Vec<&str> = line.split([',', ';', '\t']).map(str::trim).collect();
        let is_date = |text: &str| when::parse_date_of_birth(text, today);
        if let Some((at, born)) = parts.iter().enumerate().find_map(|(at, part)| Some((at, is_date(part)?))) {
            let others = parts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, part)| *part);
            return Self { name: others.collect::<Vec<_>>().join(" "), born: Some(born) };
        }
        let words: Vec<&str> = line.split([',', ';', '\t', ' ']).filter(|word| !word.is_empty()).collect();
        // A date is written in three words at most, and a name in one at least.
        let dated = (1..=3).filter_map(|count| words.len().checked_sub(count).filter(|from| *from > 0));
        let found = dated.rev().find_map(|from| {
            let (name, date) = words.split_at(from);
            Some(Self { name: name.join(" "), born: Some(is_date(&date.join(" "))?) })
        });
        found.unwrap_or_else(|| Self { name: words.join(" "), born: None })
    }
}

impl Desk {
    /// The children whom a line of a list may mean, the likeliest first.
    pub fn listed(&mut self, line: &str, today: NaiveDate, limit: usize) -> Result<Vec<Found>> {
        let db = self.cabinet.db();
        let finder = self.finder.ready(db)?;
        let listed = Listed::read(line, today);
        let mut found = Vec::new();
        for (id, hit) in likely(finder, line, &listed, limit) {
            let child = child::get(db, id)?;
            if let Some((score, why)) = judged(&listed, &child.details, hit) {
                found.push(child_line(db, child, &why, score)?);
            }
        }
        found.sort_by_key(|found| std::cmp::Reverse(found.score));
        found.truncate(limit);
        Ok(found)
    }
}

/// Whoever is found by the line or by a part of the name, with the best that speaks for them; and whoever shares the
/// date of birth and no more than a part of the name.
fn likely(
    finder: &Finder,
    line: &str,
    listed: &Listed,
    limit: usize,
) -> BTreeMap<ChildId, Option<Hit<ChildId>>> {
    let mut likely: BTreeMap<ChildId, Option<Hit<ChildId>>> = BTreeMap::new();
    let shared = finder.children_like(&listed.name, listed.born);
    // The date is compared by itself: it must not count twice.
    let named = finder.children(&Query::parse(&listed.name), limit);
    let typed = if listed.born.is_none() { finder.children(&Query::parse(line), limit) } else { Vec::new() };
    for hit in shared.into_iter().chain(named).chain(typed) {
        let known = likely.entry(hit.id).or_default();
        if hit.score > u32::from(UNSUPPORTED) && known.is_none_or(|known| known.score < hit.score) {
            *known = Some(hit);
        }
    }
    if let Some(born) = listed.born {
        for id in born_on_that_day(finder, &listed.name, born, limit) {
            likely.entry(id).or_default();
        }
    }
    likely
}

/// Whoever shares the date of birth and one of the names: a surname may have changed.
fn born_on_that_day(finder: &Finder, name: &str, born: NaiveDate, limit: usize) -> Vec<ChildId> {
    let folded = fold(name);
    let words = folded.split(' ').filter(|word| word.chars().count() >= WHOLE_WORD).take(MOST_WORDS);
    let found = words.flat_map(|word| {
        let typed = format!("{word} {}", born.format("%-d %-m %Y"));
        finder.children(&Query::parse(&typed), limit)
    });
    found.map(|hit| hit.id).collect()
}

/// How well a child fits, and what is shared. None for whoever only shares a few words.
fn judged(listed: &Listed, details: &ChildDetails, hit: Option<Hit<ChildId>>) -> Option<(i64, String)> {
    let agreement = names_agree(&listed.name, &details.name);
    let (by_date, date) = compare(listed.born, details.date_of_birth);
    let name = match (agreement, hit.map(|hit| hit.why.label())) {
        (Agreement::Same, _) => "same name",
        (_, Some(label)) if !label.is_empty() => label,
        (Agreement::Near, _) => "nearly the same name",
        (Agreement::Different, Some(_)) => "",
        (Agreement::Different, None) if by_date > 0 => "part of the name",
        (Agreement::Different, None) => return None,
    };
    let by_name = hit.map_or(SHARES_WORDS, |hit| hit.score);
    let why: Vec<&str> = [name, date].into_iter().filter(|part| !part.is_empty()).collect();
    Some((i64::from(by_name) + by_date, why.join(", ")))
}

/// What two dates of birth add to a score, and in words; nothing where the list has none.
fn compare(listed: Option<NaiveDate>, known: Option<NaiveDate>) -> (i64, &'static str) {
    match (listed, known) {
        (None, _) => (0, ""),
        (Some(_), None) => (0, "date of birth not known here"),
        (Some(listed), Some(known)) if listed == known => (SAME_DATE, "same date of birth"),
        (Some(listed), Some(known)) if is_swapped(listed, known) => {
            (NEAR_DATE, "day and month of birth swapped")
        }
        (Some(listed), Some(known)) if is_one_off(listed, known) => {
            (NEAR_DATE, "date of birth nearly the same")
        }
        (Some(_), Some(_)) => (OTHER_DATE, "another date of birth"),
    }
}

fn is_swapped(a: NaiveDate, b: NaiveDate) -> bool {
    a.year() == b.year() && a.day() == b.month() && a.month() == b.day()
}

/// Day, month or year alone is another one.
fn is_one_off(a: NaiveDate, b: NaiveDate) -> bool {
    let same = [a.year() == b.year(), a.month() == b.month(), a.day() == b.day()];
    same.into_iter().filter(|same| *same).count() == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> (String, Option<String>) {
        let listed = Listed::read(line, NaiveDate::from_ymd_opt(2026, 11, 20).unwrap());
        (listed.name, listed.born.map(|born| born.to_string()))
    }

    #[test]
    fn a_name_with_a_date_of_birth_however_it_is_listed() {
        for line in [
            "Amina Khan 3 Mar 2012",
            "Amina Khan, 03/03/2012",
            "Amina\tKhan\t2012-03-03",
            "2012-03-03;Amina;Khan",
            "Amina Khan 3.3.2012",
        ] {
            assert_eq!(read(line), ("Amina Khan".to_owned(), Some("2012-03-03".to_owned())), "{line}");
        }
        assert_eq!(read("Khan, Amina"), ("Khan Amina".to_owned(), None));
        assert_eq!(read("khan 10b").1, None);
        assert_eq!(read("smith 2011").1, None);
        assert_eq!(read("2012-03-03").1.as_deref(), Some("2012-03-03"));
        assert_eq!(read(""), (String::new(), None));
    }

    #[test]
    fn dates_are_compared_as_people_mistake_them() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let said = |listed: &str, known: &str| compare(day(listed), day(known)).1;
        assert_eq!(said("2012-03-04", "2012-03-04"), "same date of birth");
        assert_eq!(said("2012-03-04", "2012-04-03"), "day and month of birth swapped");
        assert_eq!(said("2012-03-04", "2013-03-04"), "date of birth nearly the same");
        assert_eq!(said("2012-03-04", "2013-04-04"), "another date of birth");
        assert_eq!(said("2012-03-04", ""), "date of birth not known here");
        assert_eq!(said("", "2012-03-04"), "");
    }
}
