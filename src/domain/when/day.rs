//! A day: named, counted from today, a weekday, or written with its month. Times of day are `clock`'s.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::shift::{self, Shifted};
use super::tokens::{Number, Reader};
use super::{YEARS, clock};

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

/// A date as it was written; `20/11` has no year.
struct Written {
    day: u32,
    month: u32,
    year: Option<Number>,
}

/// 29 February comes at least once in so many years.
const LEAP_YEARS_APART: i32 = 8;

/// A two-digit year further ahead than this is of the last century.
const AHEAD: i32 = 10;

pub(super) fn read(reader: &mut Reader, today: Today) -> Option<NaiveDate> {
    reader
        .attempt(|reader| named(reader, today))
        .or_else(|| reader.attempt(|reader| counted(reader, today)))
        .or_else(|| reader.attempt(|reader| dated(reader, today)))
        .or_else(|| reader.attempt(|reader| weekday_alone(reader, today)))
}

pub(super) fn of_birth(reader: &mut Reader, today: NaiveDate) -> Option<NaiveDate> {
    let weekday = reader.word(weekday);
    let written = written(reader)?;
    let year = written.year?;
    let date = match year.digits {
        2 => [2000, 1900]
            .iter()
            .find_map(|century| written.in_year(century + signed(year)?).filter(|date| *date <= today)),
        _ => written.in_year(signed(year)?),
    };
    date.filter(|date| agrees(*date, weekday))
}

fn named(reader: &mut Reader, today: Today) -> Option<NaiveDate> {
    reader.word(|word| match word {
        "today" => Some(today.date),
        "yesterday" => today.date.pred_opt(),
        "tomorrow" => today.date.succ_opt(),
        _ => None,
    })
}

fn counted(reader: &mut Reader, today: Today) -> Option<NaiveDate> {
    match shift::read(reader)? {
        Shifted::Calendar(shift) => shift.from(today.date),
        Shifted::Clock(_) => None,
    }
}

/// `20/11`, `Fri 20 Nov 2026`, `on 20 November`.
fn dated(reader: &mut Reader, today: Today) -> Option<NaiveDate> {
    let _on = reader.word_in(&["on"]);
    let weekday = reader.word(weekday);
    let written = written(reader)?;
    match written.year {
        Some(year) if year.digits == 2 => {
            let this_century = 2000 + signed(year)?;
            let late = this_century > today.date.year() + AHEAD;
            written.in_year(if late { this_century - 100 } else { this_century })
        }
        Some(year) => written.in_year(signed(year)?),
        None => return written.nearest(today, weekday),
    }
    .filter(|date| agrees(*date, weekday))
}

fn weekday_alone(reader: &mut Reader, today: Today) -> Option<NaiveDate> {
    let towards = reader.word(|word| match word {
        "last" => Some((today.date.pred_opt()?, Lean::Past)),
        "next" | "on" => Some((today.date.succ_opt()?, Lean::Future)),
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

fn signed(year: Number) -> Option<i32> {
    year.value.try_into().ok()
}

impl Written {
    fn in_year(&self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }

    /// The nearest on the side that today leans to; on the other where only that one has the weekday.
    fn nearest(&self, today: Today, weekday: Option<Weekday>) -> Option<NaiveDate> {
        let year = today.date.year();
        let before = (0..=LEAP_YEARS_APART)
            .filter_map(|back| self.in_year(year - back))
            .find(|date| *date <= today.date);
        let after =
            (0..=LEAP_YEARS_APART).filter_map(|on| self.in_year(year + on)).find(|date| *date >= today.date);
        let in_order = match today.lean {
            Lean::Past => [before, after],
            Lean::Future => [after, before],
        };
        in_order.into_iter().flatten().find(|date| agrees(*date, weekday))
    }
}

fn written(reader: &mut Reader) -> Option<Written> {
    reader
        .attempt(year_first)
        .or_else(|| reader.attempt(in_numbers))
        .or_else(|| reader.attempt(day_then_month))
        .or_else(|| reader.attempt(month_then_day))
}

fn year_first(reader: &mut Reader) -> Option<Written> {
    let year = reader.number().filter(|year| year.digits == 4)?;
    let mark = separator(reader, &['-', '/'])?;
    let month = reader.short_number()?;
    reader.mark(mark)?;
    let day = reader.short_number()?;
    Some(Written { day, month, year: Some(year) })
}

fn in_numbers(reader: &mut Reader) -> Option<Written> {
    let day = reader.short_number()?;
    let mark = separator(reader, &['/', '-', '.'])?;
    let month = reader.short_number()?;
    let year = reader.attempt(|reader| {
        reader.mark(mark)?;
        reader.number().filter(|year| matches!(year.digits, 2 | 4))
    });
    // `9.30` is a time.
    (mark != '.' || year.is_some()).then_some(Written { day, month, year })
}

/// `20 Nov`, `20th of November 2026`, `20-Nov-26`.
fn day_then_month(reader: &mut Reader) -> Option<Written> {
    let day = day_of_month(reader)?;
    let _of = reader.word_in(&["of"]).or_else(|| separator(reader, &['-', '/']).map(|_| ()));
    let month = reader.word(month)?;
    Some(Written { day, month, year: reader.attempt(trailing_year) })
}

/// `Nov 20`, `November 20th, 2026`.
fn month_then_day(reader: &mut Reader) -> Option<Written> {
    let month = reader.word(month)?;
    let day = day_of_month(reader)?;
    Some(Written { day, month, year: reader.attempt(trailing_year) })
}

fn day_of_month(reader: &mut Reader) -> Option<u32> {
    let day = reader.short_number()?;
    let _ordinal = reader.word_in(&["st", "nd", "rd", "th"]);
    Some(day)
}

/// The year after a month's name, unless the number turns out to be an hour: `20 Nov 12 noon`, `20 Nov 1410`.
fn trailing_year(reader: &mut Reader) -> Option<Number> {
    let _mark = separator(reader, &['-', '/']);
    let year = reader.number()?;
    let plausible = match year.digits {
        2 => true,
        4 => YEARS.contains(&signed(year)?),
        _ => false,
    };
    (plausible && !reader.peek().is_some_and(clock::goes_on_with)).then_some(year)
}

fn separator(reader: &mut Reader, marks: &[char]) -> Option<char> {
    marks.iter().copied().find(|mark| reader.mark(*mark).is_some())
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

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let enough = word.chars().count() >= 3;
    enough
        .then(|| MONTHS.iter().zip(1..).find_map(|(name, month)| name.starts_with(word).then_some(month)))?
}
