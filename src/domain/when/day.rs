//! A day: named, counted from today, a weekday, or written with its month. Times of day are `clock`'s.

mod written;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::clock;
use super::shift::{self, Shifted};
use super::tokens::Reader;
use written::{Written, Year};
pub(super) use written::{beside_this, month};

/// The day it is, and which way to look for a day that was not written in full.
#[derive(Clone, Copy)]
pub(super) struct Today {
    pub(super) date: NaiveDate,
    pub(super) lean: Lean,
}

#[derive(Clone, Copy)]
pub(super) enum Lean {
    Past,
    Future,
}

/// 29 February comes at least once in so many years.
const LEAP_YEARS_APART: i32 = 8;

/// The 31st comes at least once in so many months.
const LONG_MONTHS_APART: i32 = 2;

/// A two-digit year further ahead than this is of the last century.
const AHEAD: i32 = 10;

pub(super) fn read(reader: &mut Reader, today: Today) -> Option<NaiveDate> {
    reader
        .attempt(|reader| named(reader, today))
        .or_else(|| reader.attempt(|reader| counted(reader, today)))
        .or_else(|| reader.attempt(|reader| dated(reader, today)))
        .or_else(|| reader.attempt(|reader| day_of_month(reader, today)))
        .or_else(|| reader.attempt(|reader| weekday_of_week(reader, today)))
        .or_else(|| reader.attempt(|reader| weekday_alone(reader, today)))
}

pub(super) fn of_birth(reader: &mut Reader, today: NaiveDate) -> Option<NaiveDate> {
    let weekday = reader.word(weekday);
    let written = written::read(reader)?;
    let date = match written.year? {
        Year::Short(year) => [2000, 1900]
            .iter()
            .find_map(|century| written.in_year(century + year).filter(|date| *date <= today)),
        Year::Full(year) => written.in_year(year),
        Year::FromThis(_) => None,
    };
    date.filter(|date| agrees(*date, weekday))
}

fn named(reader: &mut Reader, today: Today) -> Option<NaiveDate> {
    let _the = reader.word_in(&["the"]);
    let days = reader.one_of(&[
        ("today", 0),
        ("yesterday", -1),
        ("yest", -1),
        ("tomorrow", 1),
        ("day before yesterday", -2),
        ("day after tomorrow", 2),
    ])?;
    today.date.checked_add_signed(chrono::TimeDelta::days(days))
}

fn counted(reader: &mut Reader, today: Today) -> Option<NaiveDate> {
    match shift::read(reader)? {
        Shifted::Calendar(shift) => shift.from(today.date),
        Shifted::Clock(_) => None,
    }
}

/// `on`, and the weekday that stands before a date.
fn leading_weekday(reader: &mut Reader) -> Option<Weekday> {
    let _on = reader.word_in(&["on"]);
    let weekday = reader.word(weekday);
    let _the = reader.word_in(&["the"]);
    weekday
}

/// `20/11`, `Fri 20 Nov 2026`, `on 20 November`.
fn dated(reader: &mut Reader, today: Today) -> Option<NaiveDate> {
    let weekday = leading_weekday(reader);
    let written = written::read(reader)?;
    let this_year = today.date.year();
    match written.year {
        Some(Year::Short(year)) => {
            let late = 2000 + year > this_year + AHEAD;
            written.in_year(if late { 1900 + year } else { 2000 + year })
        }
        Some(Year::Full(year)) => written.in_year(year),
        Some(Year::FromThis(years)) => written.in_year(this_year + years),
        None => return written.nearest(today, weekday),
    }
    .filter(|date| agrees(*date, weekday))
}

/// `the 16th`, `Mon 16th`, `16th of last month`.
fn day_of_month(reader: &mut Reader, today: Today) -> Option<NaiveDate> {
    let weekday = leading_weekday(reader);
    let day = written::ordinal(reader)?;
    let month = reader.attempt(|reader| {
        let _of = reader.word_in(&["of"]);
        beside_this(reader, "month")
    });
    let date = match month {
        Some(months) => in_month(today.date, months, day),
        // Something of this date was left out.
        None if clock::may_be_a_year(reader) => None,
        None => {
            let apart = 0..=LONG_MONTHS_APART;
            let before = apart.clone().filter_map(|back| in_month(today.date, -back, day));
            let after = apart.filter_map(|on| in_month(today.date, on, day));
            return nearest(today, weekday, before, after);
        }
    };
    date.filter(|date| agrees(*date, weekday))
}

fn in_month(today: NaiveDate, months: i32, day: u32) -> Option<NaiveDate> {
    let first = today.with_day(1)?;
    let apart = Months::new(months.unsigned_abs());
    let first = if months < 0 { first.checked_sub_months(apart) } else { first.checked_add_months(apart) };
    first?.with_day(day)
}

/// `last week Tuesday`, `Friday of this week`. Weeks begin on Mondays.
fn weekday_of_week(reader: &mut Reader, today: Today) -> Option<NaiveDate> {
    let _on = reader.word_in(&["on"]);
    let before = beside_this(reader, "week");
    if before.is_some() {
        let _on = reader.word_in(&["on"]);
    }
    let weekday = reader.word(weekday)?;
    let weeks = before.or_else(|| {
        let _of = reader.word_in(&["of"]);
        beside_this(reader, "week")
    })?;
    let days = 7 * weeks + signed(weekday.num_days_from_monday())?
        - signed(today.date.weekday().num_days_from_monday())?;
    today.date.checked_add_signed(chrono::TimeDelta::days(days.into()))
}

fn signed(days: u32) -> Option<i32> {
    days.try_into().ok()
}

fn weekday_alone(reader: &mut Reader, today: Today) -> Option<NaiveDate> {
    let towards = reader.word(|word| match word {
        "last" => Some((today.date.pred_opt()?, Lean::Past)),
        "next" => Some((today.date.succ_opt()?, Lean::Future)),
        "on" => Some((today.date, today.lean)),
        _ => None,
    });
    let (from, lean) = towards.unwrap_or((today.date, today.lean));
    let weekday = reader.word(weekday)?;
    match lean {
        Lean::Past => from.checked_sub_days(Days::new(from.weekday().days_since(weekday).into())),
        Lean::Future => from.checked_add_days(Days::new(weekday.days_since(from.weekday()).into())),
    }
}

fn agrees(date: NaiveDate, weekday: Option<Weekday>) -> bool {
    weekday.is_none_or(|weekday| weekday == date.weekday())
}

impl Written {
    fn in_year(&self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }

    fn nearest(&self, today: Today, weekday: Option<Weekday>) -> Option<NaiveDate> {
        let year = today.date.year();
        let before = (0..=LEAP_YEARS_APART).filter_map(|back| self.in_year(year - back));
        let after = (0..=LEAP_YEARS_APART).filter_map(|on| self.in_year(year + on));
        nearest(today, weekday, before, after)
    }
}

/// The nearest on the side that today leans to; on the other where only that one has the weekday.
fn nearest(
    today: Today,
    weekday: Option<Weekday>,
    mut before: impl Iterator<Item = NaiveDate>,
    mut after: impl Iterator<Item = NaiveDate>,
) -> Option<NaiveDate> {
    let before = before.find(|date| *date <= today.date);
    let after = after.find(|date| *date >= today.date);
    let in_order = match today.lean {
        Lean::Past => [before, after],
        Lean::Future => [after, before],
    };
    in_order.into_iter().flatten().find(|date| agrees(*date, weekday))
}

fn weekday(word: &str) -> Option<Weekday> {
    match word {
        "mon" | "monday" => Some(Weekday::Mon),
        "tue" | "tues" | "tuesday" => Some(Weekday::Tue),
        "wed" | "weds" | "wednesday" => Some(Weekday::Wed),
        "thu" | "thur" | "thurs" | "thursday" => Some(Weekday::Thu),
        "fri" | "friday" => Some(Weekday::Fri),
        "sat" | "saturday" => Some(Weekday::Sat),
        "sun" | "sunday" => Some(Weekday::Sun),
        _ => None,
    }
}
