//! A name on somebody else's list against the children of the desk: which of them it might be, and why.
//!
//! A list (a police notification, a school's leavers) is written by others: middle names are added or left out, a
//! surname has changed, day and month are swapped. Whoever shares enough is offered, and the line says what is shared.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Desk;
use super::answer::Found;
use super::find::{child_line, within_reason};
use super::finder::Finder;
use super::linking;
use crate::cabinet::Result;
use crate::cabinet::table::child::{self, Child};
use crate::domain::child::{ChildDetails, is_exchanged, is_slip};
use crate::domain::ids::ChildId;
use crate::domain::text::Text;
use crate::domain::when;
use crate::search::{Agreement, Hit, Query, fold};

/// What the same date of birth adds to a name's score, and what another one takes away.
const SAME_DATE: i64 = 300;
const NEAR_DATE: i64 = 150;
const OTHER_DATE: i64 = -200;
/// What the whole name adds, which a search finds no better than a name with more words.
const SAME_NAME: u32 = 20;
/// What a name scores that shares words with the one on the list but does not hold all of them.
const SHARES_WORDS: u32 = 500;
/// What stands beside names on lists.
const NO_NAMES: [&str; 9] = ["dob", "born", "mr", "mrs", "ms", "miss", "master", "male", "female"];
/// Whoever is found by what begins so or is short for it, where the names do not agree.
const BY_EVERY_WORD: u32 = 650;
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
    /// `Khan, Amina; 3.3.2012`, `"Khan","Amina",F,03/03/2012,10A` and `MISS A KHAN (dob 3 Mar 2012)`: whatever reads as a
    /// date is the date of birth; titles, forms and the letter for the sex are no part of a name.
    fn read(line: &str, today: NaiveDate) -> Self {
        let plain = line.replace([',', ';', '\t', '(', ')', '[', ']', '"'], " ");
        let mut words: Vec<&str> = plain.split_whitespace().collect();
        let born = take_date(&mut words, today);
        let is_of_the_name = |word: &&str| {
            let folded = fold(word);
            !folded.bytes().any(|byte| byte.is_ascii_digit()) && !NO_NAMES.contains(&folded.as_str())
        };
        let mut name: Vec<&str> = words.iter().copied().filter(is_of_the_name).collect();
        if name.len() > 2 {
            name.retain(|word| !matches!(fold(word).as_str(), "m" | "f"));
        }
        Self { name: name.join(" "), born }
    }
}

/// The longest run of words that reads as a date, taken out.
fn take_date(words: &mut Vec<&str>, today: NaiveDate) -> Option<NaiveDate> {
    for count in (1..=words.len().min(3)).rev() {
        for from in 0..=words.len().saturating_sub(count) {
            let run = words.get(from..from + count)?.join(" ");
            if let Some(born) = when::parse_date_of_birth(&run, today) {
                words.drain(from..from + count);
                return Some(born);
            }
        }
    }
    None
}

impl Desk {
    /// The children whom a line of a list may mean, the likeliest first.
    pub fn listed(&mut self, line: &str, today: NaiveDate, limit: usize) -> Result<Vec<Found>> {
        let line = within_reason(line).trim_start_matches('\u{feff}');
        let db = self.cabinet.db();
        let finder = self.finder.ready(db)?;
        let listed = Listed::read(line, today);
        let mut found = Vec::new();
        for (id, hit) in likely(finder, line, &listed, limit) {
            let mut entered = vec![child::get(db, id)?];
            entered.extend(child::also(db, id)?);
            if let Some((score, why)) = judged(&listed, &entered, hit) {
                found.push(child_line(db, entered.swap_remove(0), &why, score)?);
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
    let typed = if listed.born.is_none() { line } else { &listed.name };
    for hit in shared.into_iter().chain(finder.children(&Query::parse(typed), limit)) {
        let known = likely.entry(hit.id).or_default();
        if hit.is_supported() && known.is_none_or(|known| known.score < hit.score) {
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

/// How well a child fits by the best of their entries, and what is shared. None for whoever only shares a few words.
fn judged(listed: &Listed, entered: &[Child], hit: Option<Hit<ChildId>>) -> Option<(i64, String)> {
    let judged = entered.iter().filter_map(|child| judged_by(listed, &child.details, hit));
    judged.max_by_key(|(score, _)| *score)
}

fn judged_by(listed: &Listed, details: &ChildDetails, hit: Option<Hit<ChildId>>) -> Option<(i64, String)> {
    let agreement = linking::agreement(details, &Text::from(listed.name.clone()));
    let (by_date, date) = compare(listed.born, details.date_of_birth);
    let is_found = hit.is_some_and(|hit| hit.score >= BY_EVERY_WORD);
    let name = match (agreement, hit.map(|hit| hit.why.label())) {
        (Agreement::Same, _) => "same name",
        (Agreement::Near, Some(label)) if !label.is_empty() => label,
        (Agreement::Near, _) => "nearly the same name",
        (Agreement::Different, _) if by_date > 0 => "part of the name",
        (Agreement::Different, Some(label)) if is_found && by_date == 0 => label,
        (Agreement::Different, _) => return None,
    };
    let by_name =
        hit.map_or(SHARES_WORDS, |hit| hit.score) + if agreement == Agreement::Same { SAME_NAME } else { 0 };
    let why: Vec<&str> = [name, date].into_iter().filter(|part| !part.is_empty()).collect();
    Some((i64::from(by_name) + by_date, why.join(", ")))
}

/// What two dates of birth add to a score, and in words; nothing where the list has none.
fn compare(listed: Option<NaiveDate>, known: Option<NaiveDate>) -> (i64, &'static str) {
    match (listed, known) {
        (None, _) => (0, ""),
        (Some(_), None) => (0, "date of birth not known here"),
        (Some(listed), Some(known)) if listed == known => (SAME_DATE, "same date of birth"),
        (Some(listed), Some(known)) if is_exchanged(listed, known) => {
            (NEAR_DATE, "day and month of birth swapped")
        }
        (Some(listed), Some(known)) if is_slip(listed, known) => {
            (NEAR_DATE, "a digit of the date of birth is another")
        }
        (Some(_), Some(_)) => (OTHER_DATE, "another date of birth"),
    }
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
            "\"Amina\",\"Khan\",F,03/03/2012,10A",
            "Miss Amina Khan (DOB 3 Mar 2012)",
            "DOB 03/03/2012 Amina Khan",
        ] {
            assert_eq!(read(line), ("Amina Khan".to_owned(), Some("2012-03-03".to_owned())), "{line}");
        }
        assert_eq!(read("Khan, Amina"), ("Khan Amina".to_owned(), None));
        assert_eq!(read("khan 10b"), ("khan".to_owned(), None));
        assert_eq!(read("smith 2011"), ("smith".to_owned(), None));
        assert_eq!(read("A Khan").0, "A Khan");
        assert_eq!(read("2012-03-03").1.as_deref(), Some("2012-03-03"));
        assert_eq!(read(""), (String::new(), None));
    }

    #[test]
    fn dates_are_compared_as_people_mistake_them() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let said = |listed: &str, known: &str| compare(day(listed), day(known)).1;
        assert_eq!(said("2012-03-04", "2012-03-04"), "same date of birth");
        assert_eq!(said("2012-03-04", "2012-04-03"), "day and month of birth swapped");
        assert_eq!(said("2012-03-04", "2013-03-04"), "a digit of the date of birth is another");
        assert_eq!(said("2012-03-04", "2012-03-28"), "another date of birth");
        assert_eq!(said("2012-03-04", "2013-04-04"), "another date of birth");
        assert_eq!(said("2012-03-04", ""), "date of birth not known here");
        assert_eq!(said("", "2012-03-04"), "");
    }
}
