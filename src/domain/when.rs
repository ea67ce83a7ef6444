//! Dates and times as people type them: day first, London time, and always echoed in words by [`describe`].
//!
//! Pure: the clock is passed in. What cannot be read with certainty is refused, never guessed:
//!
//! - `3/12` is 3 December. Day first, whatever the numbers; the year comes first only where it has four digits.
//! - A day and month without a year, a weekday alone and `the 16th` are the latest that is not in the future, because
//!   most of what is typed here has happened. The future is taken only where a weekday typed beside the date fits no
//!   other reading (`Thu 3 Dec`). [`parse_due`] leans the other way, for what is still to come.
//! - `last fri` is before today, `next fri` after it. `fri 20 Nov` is refused if it was a Thursday.
//! - A two-digit year is at most ten years ahead, otherwise in the last century.
//! - A time alone is today's. Without am or pm the clock has 24 hours: `2.30` is the small hours. Two numbers joined
//!   by a dot are a time; a date with dots needs its year.
//! - A time in words is of the hours in which a school is open: `half past two` is 14:30, `half past seven` is 07:30.
//! - A part of the day is no time: `this morning`, `lunchtime` and `last night` are a date alone, and nobody invents
//!   when. Beside a time it settles which is meant: `2.30 this afternoon`, `9 in the morning`. `2am last night` is
//!   refused, for the night has two dates.
//! - Four digits after a month's name are its year (`20 Nov 1930`), after a day in other words a time
//!   (`yesterday 1930`). From 1900 to 2099 they may be either after `20/11`, which is refused, and alone, where they
//!   are a time only if today has had it.
//! - `midnight` is refused, which begins or ends a day; so are `about 2pm` and `a few days ago`, which would be
//!   recorded as more than was said.
//! - Working days leave out Saturdays and Sundays only. Bank holidays are for the rules that know them.
//! - Nothing is finer than the minute, so that the echo says everything that is saved.

mod clock;
mod day;
mod part;
mod shift;
mod span;
#[cfg(test)]
mod tests;
mod tokens;

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, DurationRound, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Europe::London;

use super::moment::{Moment, from_london};
use day::{Lean, Today};
use shift::Shifted;
pub use span::parse_span;
use tokens::{Reader, Token};

/// Anything outside is a slip of the keys.
const YEARS: RangeInclusive<i32> = 1900..=2100;

/// Longer than anything that is a date; a pasted page is not worth reading.
const LONGEST: usize = 80;

/// Text that is no date or time. It does not repeat the text, which may be a child's words in the wrong field.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("this is not a date or time; write it like 20/11/2026 14:10, yesterday 2pm or 3 days ago")]
pub struct NotUnderstood;

/// Reads when something happened.
pub fn parse(text: &str, now: DateTime<Utc>) -> Result<Moment, NotUnderstood> {
    read(text, now, Lean::Past).ok_or(NotUnderstood)
}

/// Reads when something is due: `fri` and `3/12` are the next, today included.
pub fn parse_due(text: &str, now: DateTime<Utc>) -> Result<Moment, NotUnderstood> {
    read(text, now, Lean::Future).ok_or(NotUnderstood)
}

/// Reads a date of birth: a whole date, not in the future; two-digit years are past.
pub fn parse_date_of_birth(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let lowered = short(text)?;
    let tokens = tokens::split(&lowered)?;
    let born = whole(Reader::new(&tokens), |reader| day::of_birth(reader, today))?;
    (born <= today && YEARS.contains(&born.year())).then_some(born)
}

/// Reads a time of day that needs no day to be settled: `8.30am`, `17:00`, `noon`; not a bare `5`.
pub fn time_of_day(text: &str) -> Option<NaiveTime> {
    let lowered = short(text)?;
    let tokens = tokens::split(&lowered)?;
    whole(Reader::new(&tokens), clock::read)?.within([None, None])
}

/// Whether the word is a month's name, whole or begun.
pub fn is_month(lowered: &str) -> bool {
    day::month(lowered).is_some()
}

/// The moment in words, to be shown beneath the field: `Fri 20 Nov 2026 14:10, 2 days ago`.
pub fn describe(moment: Moment, now: DateTime<Utc>) -> String {
    let apart = match moment {
        Moment::At(at) => hours_apart(at, now),
        Moment::Date(_) => None,
    };
    let apart = apart.unwrap_or_else(|| days_apart(moment.date(), Moment::At(now).date()));
    format!("{moment}, {apart}")
}

/// By how much two clocks, or a clock and what waited to be written, may differ without anything being wrong.
pub const CLOCKS_DIFFER: TimeDelta = TimeDelta::seconds(10);

/// Later than now; a date alone only from tomorrow.
pub fn is_future(moment: Moment, now: DateTime<Utc>) -> bool {
    match moment {
        Moment::At(at) => at > now,
        Moment::Date(date) => date > Moment::At(now).date(),
    }
}

/// So long ago that the year may be a slip.
pub fn is_long_ago(moment: Moment, now: DateTime<Utc>) -> bool {
    const YEARS: Months = Months::new(24);
    let today = Moment::At(now).date();
    today.checked_sub_months(YEARS).is_some_and(|then| moment.date() < then)
}

fn read(text: &str, now: DateTime<Utc>, lean: Lean) -> Option<Moment> {
    let lowered = short(text)?;
    let now = to_the_minute(now)?;
    let today = Today { date: Moment::At(now).date(), lean };
    let moment = match DateTime::parse_from_rfc3339(text.trim()) {
        Ok(at) => Moment::At(to_the_minute(at.with_timezone(&Utc))?),
        Err(_) => typed(Reader::new(&tokens::split(&lowered)?), now, today)?,
    };
    YEARS.contains(&moment.date().year()).then_some(moment)
}

fn to_the_minute(at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    at.duration_trunc(TimeDelta::minutes(1)).ok()
}

fn short(text: &str) -> Option<String> {
    (text.len() <= LONGEST).then(|| text.to_lowercase().replace("a.m", "am").replace("p.m", "pm"))
}

fn typed(reader: Reader, now: DateTime<Utc>, today: Today) -> Option<Moment> {
    whole(reader, |reader| instant(reader, now))
        .or_else(|| whole(reader, |reader| day_then_time(reader, today)))
        .or_else(|| whole(reader, |reader| time_then_day(reader, today)))
        .or_else(|| whole(reader, |reader| time_of_today(reader, now, today)))
}

/// What `read` makes of the text, if it leaves nothing over.
fn whole<'t, T>(mut reader: Reader<'t>, read: impl FnOnce(&mut Reader<'t>) -> Option<T>) -> Option<T> {
    let value = read(&mut reader)?;
    reader.is_at_end().then_some(value)
}

/// `just now`, `an hour ago`, `in 20 minutes`.
fn instant(reader: &mut Reader, now: DateTime<Utc>) -> Option<Moment> {
    if reader.phrase_in(&["now", "just now", "right now", "a moment ago"]).is_some() {
        return Some(Moment::At(now));
    }
    match shift::read(reader)? {
        Shifted::Clock(delta) => now.checked_add_signed(delta).map(Moment::At),
        Shifted::Calendar(_) => None,
    }
}

fn day_then_time(reader: &mut Reader, today: Today) -> Option<Moment> {
    let (date, part) = part::of_day(reader, today)?;
    if reader.is_at_end() {
        return Some(Moment::Date(date));
    }
    // The T of `2026-11-20T14:10` is in lower case by now.
    let _joined = reader.word_in(&["at", "t"]).or_else(|| reader.mark('@')).or_else(|| reader.mark('-'));
    let told = clock::read(reader)?;
    let time = told.within([part, part::read(reader)])?;
    Some(Moment::At(from_london(date.and_time(time))))
}

fn time_then_day(reader: &mut Reader, today: Today) -> Option<Moment> {
    let told = time(reader)?;
    let settled = part::read(reader);
    // `9am-10am` is a lesson, and not nine o'clock ten days ago.
    if matches!(reader.peek(), Some(Token::Mark('-' | '+'))) {
        return None;
    }
    let (date, part) = part::of_day(reader, today)?;
    let time = told.within([settled, part])?;
    Some(Moment::At(from_london(date.and_time(time))))
}

fn time_of_today(reader: &mut Reader, now: DateTime<Utc>, today: Today) -> Option<Moment> {
    let told = time(reader)?;
    let time = told.within([part::read(reader), None])?;
    let at = from_london(today.date.and_time(time));
    let is_time = match today.lean {
        Lean::Past => at <= now,
        Lean::Future => false,
    };
    (is_time || !told.like_a_year).then_some(Moment::At(at))
}

fn time(reader: &mut Reader) -> Option<clock::Told> {
    let _joined = reader.word_in(&["at"]).or_else(|| reader.mark('@'));
    clock::read(reader)
}

/// Minutes within the hour, and hours within the day; none where days say it better.
fn hours_apart(at: DateTime<Utc>, now: DateTime<Utc>) -> Option<String> {
    let minutes = at.signed_duration_since(now).num_minutes();
    match minutes {
        0 => Some("now".to_owned()),
        -59..=59 => Some(apart(minutes, "minute")),
        _ if same_day(at, now) => Some(apart(minutes / 60, "hour")),
        _ => None,
    }
}

fn same_day(one: DateTime<Utc>, other: DateTime<Utc>) -> bool {
    one.with_timezone(&London).date_naive() == other.with_timezone(&London).date_naive()
}

fn days_apart(date: NaiveDate, today: NaiveDate) -> String {
    let days = date.signed_duration_since(today).num_days();
    let months = whole_months(today, date);
    match days {
        0 => "today".to_owned(),
        -1 => "yesterday".to_owned(),
        1 => "tomorrow".to_owned(),
        -60..=60 => apart(days, "day"),
        _ if months.abs() < 24 => apart(months, "month"),
        _ => apart(months / 12, "year"),
    }
}

/// Months that have passed in full, negative where `to` is earlier.
fn whole_months(from: NaiveDate, to: NaiveDate) -> i64 {
    if to < from {
        return -whole_months(to, from);
    }
    let months = i64::from(to.year() - from.year()) * 12 + i64::from(to.month()) - i64::from(from.month());
    if to.day() < from.day() { months - 1 } else { months }
}

fn apart(count: i64, unit: &str) -> String {
    let plural = if count.abs() == 1 { "" } else { "s" };
    let size = count.abs();
    if count < 0 { format!("{size} {unit}{plural} ago") } else { format!("in {size} {unit}{plural}") }
}
