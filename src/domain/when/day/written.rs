//! A day as it stands on paper: in numbers, or with the month's name. Which year is meant is `day`'s to say.

use super::super::{YEARS, clock};
use crate::domain::when::tokens::{Number, Reader};

/// A date as it was written; `20/11` has no year.
pub(super) struct Written {
    pub(super) day: u32,
    pub(super) month: u32,
    pub(super) year: Option<Year>,
}

#[derive(Clone, Copy)]
pub(super) enum Year {
    /// `26`, without its century.
    Short(i32),
    Full(i32),
    /// `last year` is one before this one.
    FromThis(i32),
}

pub(super) fn read(reader: &mut Reader) -> Option<Written> {
    reader
        .attempt(year_first)
        .or_else(|| reader.attempt(in_numbers))
        .or_else(|| reader.attempt(between_spaces))
        .or_else(|| reader.attempt(day_then_month))
        .or_else(|| reader.attempt(month_then_day))
}

/// `16th`; a number without its ending may be an hour.
pub(super) fn ordinal(reader: &mut Reader) -> Option<u32> {
    let day = reader.short_number()?;
    reader.word_in(&ORDINALS).map(|()| day)
}

/// `last week`, `this month`, `next year`: how many on from the one that it is.
pub(in crate::domain::when) fn beside_this(reader: &mut Reader, unit: &str) -> Option<i32> {
    reader.attempt(|reader| {
        let towards = reader.one_of(&[("last", -1), ("this", 0), ("next", 1)])?;
        reader.word_in(&[unit]).map(|()| towards)
    })
}

fn year_first(reader: &mut Reader) -> Option<Written> {
    let year = full_year(reader)?;
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
    let year = reader
        .attempt(|reader| {
            reader.mark(mark)?;
            reader.number().and_then(year)
        })
        .or_else(|| beside_this(reader, "year").map(Year::FromThis));
    // `9.30` is a time, and `20/11 2024` that day of 2024 as well as a time of this year's.
    let is_date = year.is_some() || (mark != '.' && !clock::may_be_a_year(reader));
    is_date.then_some(Written { day, month, year })
}

/// `20 11 2026`.
fn between_spaces(reader: &mut Reader) -> Option<Written> {
    let day = reader.short_number()?;
    let month = reader.short_number()?;
    let year = full_year(reader).filter(|_| !reader.peek().is_some_and(clock::goes_on_with))?;
    Some(Written { day, month, year: Some(year) })
}

/// `20 Nov`, `20th of November 2026`, `20-Nov-26`.
fn day_then_month(reader: &mut Reader) -> Option<Written> {
    let day = day_of_month(reader)?;
    let _of = reader.word_in(&["of"]).or_else(|| separator(reader, &['-', '/']).map(|_| ()));
    let month = reader.word(month)?;
    Some(Written { day, month, year: trailing_year(reader) })
}

/// `Nov 20`, `November 20th, 2026`.
fn month_then_day(reader: &mut Reader) -> Option<Written> {
    let month = reader.word(month)?;
    let day = day_of_month(reader)?;
    Some(Written { day, month, year: trailing_year(reader) })
}

const ORDINALS: [&str; 4] = ["st", "nd", "rd", "th"];

fn day_of_month(reader: &mut Reader) -> Option<u32> {
    let day = reader.short_number()?;
    let _ordinal = reader.word_in(&ORDINALS);
    Some(day)
}

/// The year after a month's name, unless the number turns out to be an hour: `20 Nov 12 noon`, `20 Nov 1410`.
fn trailing_year(reader: &mut Reader) -> Option<Year> {
    let in_numbers = reader.attempt(|reader| {
        let _mark = separator(reader, &['-', '/']);
        let year = reader.number().and_then(year).filter(|year| year.is_likely())?;
        (!reader.peek().is_some_and(clock::goes_on_with)).then_some(year)
    });
    in_numbers.or_else(|| beside_this(reader, "year").map(Year::FromThis))
}

impl Year {
    fn is_likely(self) -> bool {
        match self {
            Self::Full(year) => YEARS.contains(&year),
            Self::Short(_) | Self::FromThis(_) => true,
        }
    }
}

fn year(number: Number) -> Option<Year> {
    let year = number.value.try_into().ok()?;
    match number.digits {
        2 => Some(Year::Short(year)),
        4 => Some(Year::Full(year)),
        _ => None,
    }
}

fn full_year(reader: &mut Reader) -> Option<Year> {
    reader.number().and_then(year).filter(|year| matches!(year, Year::Full(_)))
}

fn separator(reader: &mut Reader, marks: &[char]) -> Option<char> {
    marks.iter().copied().find(|mark| reader.mark(*mark).is_some())
}

pub(in crate::domain::when) fn month(word: &str) -> Option<u32> {
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
