//! Large desks for measuring: the same seed at the same time gives the same children, contacts and texts.
//!
//! Six years of rows, oldest first, in big transactions. Skewed as real desks are: most children have a few rows,
//! some have hundreds, and one has as many as a chronology may ever be asked to hold.

mod book;
mod history;
mod report;
mod roll;
mod words;

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use fastrand::Rng;

use super::calendar::{self, Calendar, NINE, is_school_day};
use crate::cabinet::table::person;
use crate::cabinet::{Cabinet, Result};
use crate::domain::part2::Signature;
use history::History;
use words::Words;

/// How far back the record reaches.
const YEARS_IN_MONTHS: u32 = 72;
/// Entries to a transaction: enough that waiting for the disk costs nothing.
const TOGETHER: u64 = 2_000;
/// As many of the children as there is one contact for, and the most contacts of all.
const CHILDREN_TO_A_CONTACT: usize = 5;
const MOST_CONTACTS: usize = 10_000;

/// How large a desk is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub children: usize,
    /// Rows of all chronologies together, the desk's own among them.
    pub entries: u64,
    /// Contacts beside the shipped ones.
    pub contacts: usize,
}

impl Size {
    pub fn new(children: usize, entries: u64) -> Self {
        Self { children, entries, contacts: (children / CHILDREN_TO_A_CONTACT).min(MOST_CONTACTS) }
    }
}

/// When a large desk was set up. To be used as the clock of set-up, so that the ledger begins there.
pub fn opened_at(now: DateTime<Utc>) -> DateTime<Utc> {
    calendar::at(first_day(now), NINE)
}

fn first_day(now: DateTime<Utc>) -> NaiveDate {
    Calendar::new(now).today() - Months::new(YEARS_IN_MONTHS)
}

/// Fills a desk that was set up at [`opened_at`]. `progress` is told how many rows there are, and of how many.
pub fn fill_large(
    cabinet: &mut Cabinet,
    now: DateTime<Utc>,
    size: Size,
    seed: u64,
    mut progress: impl FnMut(u64, u64),
) -> Result<()> {
    let mut rng = Rng::with_seed(seed);
    let setting = Setting::read(cabinet, now)?;
    cabinet.record(opened_at(now), |writer| book::write(writer, &setting.words, &mut rng, size.contacts))?;
    let children = roll::children(&setting.words, &mut rng, size.children, Calendar::new(now).today());
    let mut history = History::new(&setting, rng, children, size.entries);
    while !history.is_full() {
        cabinet.record(history.time(), |writer| history.go_on(writer, TOGETHER))?;
        progress(history.rows(), size.entries);
    }
    cabinet.record(history.time(), |writer| history.admit_the_rest(writer))
}

/// What every row of a large desk is made from.
struct Setting {
    words: Words,
    /// The days on which something was recorded, oldest first; today is not among them.
    days: Vec<NaiveDate>,
    /// How the person at the desk signs.
    signature: Signature,
}

impl Setting {
    fn read(cabinet: &Cabinet, now: DateTime<Utc>) -> Result<Self> {
        let today = Calendar::new(now).today();
        let days = (first_day(now) + Days::new(1)).iter_days().take_while(|day| *day < today);
        let author = person::get(cabinet.db(), cabinet.author())?;
        let (name, role) = author.map(|author| (author.name, author.role)).unwrap_or_default();
        Ok(Self {
            words: Words::read()?,
            days: days.filter(|day| is_school_day(*day)).collect(),
            signature: Signature { name, role },
        })
    }
}

#[cfg(test)]
mod tests;
