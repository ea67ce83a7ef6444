//! Working days: when something is due, in London time, with England's bank holidays and a council's office hours.
//!
//! Which clocks there are is [`deadline`](super::deadline)'s; whether a number answers is [`hours`](super::hours)'. How
//! each [`Span`] is counted, and why so:
//!
//! - *Working days* run from the moment to the same time on the next working day: what was said at ten is due at ten.
//!   They end within the office hours of the day on which they end, since nobody is there later: Thursday 16:45 runs
//!   to Friday 16:30. What begins while the offices are closed counts as begun when they open next, and a whole
//!   working day from their opening ends at that day's close and not at the next opening: it is the same working time,
//!   and the earlier clock time. So what is sent at night never waits longer than what is sent the next morning.
//! - *Hours* are hours as they pass: 24 of them end an hour earlier by the wall on the night on which the clocks go
//!   back, and an hour later when they go forward. Whoever wrote "hours" did not mean office hours.
//! - *Days* and *months* end with the calendar day in London on which the last of them ends: where a source says days
//!   and not working days (D18), weekends count.
//! - *The close of the next working day* is that of the first working day after the date: on a Monday before the
//!   offices open it is Tuesday's.
//!
//! The opening minute is within office hours and the closing minute is not, as with [`Hours`](super::hours::Hours).

mod left;
mod office;

use std::fmt;

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::bank_holiday;
use super::moment::{Moment, from_london};
pub use left::{DueState, in_brief, left, state};
use office::Office;
pub use office::is_working_day;

/// How long somebody has. In the data `{ working_days = 1 }`, `{ hours = 24 }`, or the words of a close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// None of them is at once.
    Hours(u32),
    Days(u32),
    /// To the same date of a later month, or its last day where it has no such date.
    Months(u32),
    WorkingDays(u32),
    /// Of the day itself where the offices have not closed yet, otherwise of the next on which they open.
    #[serde(rename = "close of the same working day")]
    CloseOfWorkingDay,
    #[serde(rename = "close of the next working day")]
    CloseOfNextWorkingDay,
}

impl Span {
    /// When it is due.
    pub fn from(self, start: DateTime<Utc>) -> DateTime<Utc> {
        let date = london(start);
        match self {
            Self::Hours(hours) => start
                .checked_add_signed(TimeDelta::hours(i64::from(hours)))
                .unwrap_or(DateTime::<Utc>::MAX_UTC),
            Self::Days(days) => end_of(later(date, days)),
            Self::Months(months) => {
                end_of(date.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX))
            }
            Self::WorkingDays(days) => working_days(start, days),
            Self::CloseOfWorkingDay => Office::at_or_after(start).map_or(start, |office| office.closes),
            Self::CloseOfNextWorkingDay => Office::after(date).map_or(start, |office| office.closes),
        }
    }

    /// What to know about a due time for which the bank holidays are not known. Without them it comes out too early,
    /// never too late.
    pub fn warning(self, start: DateTime<Utc>) -> Option<String> {
        let due = london(self.from(start));
        let year = (london(start).year()..=due.year()).find(|year| !bank_holiday::are_known(*year))?;
        match self {
            Self::Hours(_) | Self::Days(_) | Self::Months(_) => None,
            Self::WorkingDays(_) | Self::CloseOfWorkingDay | Self::CloseOfNextWorkingDay => Some(format!(
                "The bank holidays of {year} are not known, so this may be due a working day later. {}",
                bank_holiday::remedy()
            )),
        }
    }
}

/// In the words of a sentence: `within one working day`.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::Hours(0) | Self::WorkingDays(0) => "at once".to_owned(),
            Self::Days(0) | Self::Months(0) => "by the end of the day".to_owned(),
            Self::Hours(hours) => within(*hours, "hour"),
            Self::Days(days) => within(*days, "day"),
            Self::Months(months) => within(*months, "month"),
            Self::WorkingDays(days) => within(*days, "working day"),
            Self::CloseOfWorkingDay => "by the close of the same working day".to_owned(),
            Self::CloseOfNextWorkingDay => "by the close of the next working day".to_owned(),
        };
        f.pad(&words)
    }
}

fn within(count: u32, what: &str) -> String {
    let small = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let number = usize::try_from(count).ok().and_then(|count| small.get(count));
    let number = number.map_or_else(|| count.to_string(), |word| (*word).to_owned());
    format!("within {number} {what}{}", if count == 1 { "" } else { "s" })
}

/// A number of days that a source does not call working days, counted in both ways: the calendar's is the earlier one,
/// and counts; the other says how the same words may have been meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BothWays {
    pub calendar: NaiveDate,
    pub working: NaiveDate,
}

pub fn due_days(start: NaiveDate, days: u32) -> BothWays {
    let working = (0..days).try_fold(start, |date, _| Office::after(date).map(|office| office.date));
    BothWays { calendar: later(start, days), working: working.unwrap_or(NaiveDate::MAX) }
}

fn working_days(start: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    let Some(first) = Office::at_or_after(start) else { return start };
    if first.opens <= start {
        let last = (0..days).try_fold(first, |office, _| Office::after(office.date));
        return last.map_or(start, |last| last.hold(london_time(start)));
    }
    // Begun with the opening of the first day, which is therefore one of them.
    let Some(further) = days.checked_sub(1) else { return first.opens };
    let last = (0..further).try_fold(first, |office, _| Office::after(office.date));
    last.map_or(start, |last| last.closes)
}

fn london(at: DateTime<Utc>) -> NaiveDate {
    Moment::At(at).date()
}

fn london_time(at: DateTime<Utc>) -> NaiveTime {
    at.with_timezone(&chrono_tz::Europe::London).time()
}

fn later(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

/// The last second of a day in London: the next one has the wrong date.
fn end_of(date: NaiveDate) -> DateTime<Utc> {
    let last = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default();
    from_london(date.and_time(last))
}

#[cfg(test)]
mod tests;
