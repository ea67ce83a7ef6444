//! So long ago, or in so long: `3 days ago`, `an hour ago`, `+5`, `in 2 weeks`, `5 working days`.

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta, Weekday};

use super::tokens::{self, Number, Reader};

/// How far from now: by the clock, which gives a time, or by the calendar, which gives a date.
pub(super) enum Shifted {
    Clock(TimeDelta),
    Calendar(Shift),
}

pub(super) struct Shift {
    span: Span,
    direction: Direction,
}

#[derive(Clone, Copy)]
enum Direction {
    Ago,
    Ahead,
}

#[derive(Clone, Copy)]
enum Span {
    Days(u32),
    WorkingDays(u32),
    Months(u32),
}

#[derive(Clone, Copy)]
enum Unit {
    Minutes(u32),
    Days(u32),
    WorkingDays,
    Months(u32),
}

pub(super) fn read(reader: &mut Reader) -> Option<Shifted> {
    reader
        .attempt(signed)
        .or_else(|| reader.attempt(ahead))
        .or_else(|| reader.attempt(ago))
        .or_else(|| reader.attempt(working_days))
}

impl Shift {
    pub(super) fn from(self, today: NaiveDate) -> Option<NaiveDate> {
        match (self.span, self.direction) {
            (Span::Days(days), Direction::Ago) => today.checked_sub_days(Days::new(days.into())),
            (Span::Days(days), Direction::Ahead) => today.checked_add_days(Days::new(days.into())),
            (Span::Months(months), Direction::Ago) => today.checked_sub_months(Months::new(months)),
            (Span::Months(months), Direction::Ahead) => today.checked_add_months(Months::new(months)),
            (Span::WorkingDays(days), direction) => working_days_from(today, days, direction),
        }
    }
}

/// `+5`, `+2w`, `-3`: days where no unit is given.
fn signed(reader: &mut Reader) -> Option<Shifted> {
    let direction = match reader.mark('+') {
        Some(()) => Direction::Ahead,
        None => reader.mark('-').map(|()| Direction::Ago)?,
    };
    let count = count(reader.number()?)?;
    let unit = reader.attempt(unit).unwrap_or(Unit::Days(1));
    shifted(count, unit, direction)
}

/// `in 3 days`, `within 24 hours`, `in two weeks' time`, `a week from now`.
fn ahead(reader: &mut Reader) -> Option<Shifted> {
    let within = reader.word_in(&["in", "within"]);
    let (count, unit) = span(reader)?;
    match within {
        Some(()) => {
            let _time = reader.attempt(s_time);
        }
        None => reader.phrase_in(&["from now", "from today"])?,
    }
    shifted(count, unit, Direction::Ahead)
}

/// The end of `a week's time`.
fn s_time(reader: &mut Reader) -> Option<()> {
    let _apostrophe = reader.apostrophe();
    let _s = reader.word_in(&["s"]);
    reader.word_in(&["time"])
}

fn ago(reader: &mut Reader) -> Option<Shifted> {
    let (count, unit) = span(reader)?;
    reader.word_in(&["ago"])?;
    shifted(count, unit, Direction::Ago)
}

/// Nobody counts backwards in working days, so they need no `in`; other spans do.
fn working_days(reader: &mut Reader) -> Option<Shifted> {
    let (count, unit) = span(reader)?;
    match unit {
        Unit::WorkingDays => shifted(count, unit, Direction::Ahead),
        Unit::Minutes(_) | Unit::Days(_) | Unit::Months(_) => None,
    }
}

fn span(reader: &mut Reader) -> Option<(u32, Unit)> {
    if let Some(minutes) = reader.one_of(&PARTS_OF_AN_HOUR) {
        return Some((minutes, Unit::Minutes(1)));
    }
    let count = match reader.attempt(Reader::number) {
        Some(number) => count(number)?,
        None => reader.word(spelt)?,
    };
    Some((count, unit(reader)?))
}

/// Before the numbers, which some of them begin like.
const PARTS_OF_AN_HOUR: [(&str, u32); 7] = [
    ("half an hour", 30),
    ("half hour", 30),
    ("a quarter of an hour", 15),
    ("quarter of an hour", 15),
    ("three quarters of an hour", 45),
    ("an hour and a half", 90),
    ("one and a half hours", 90),
];

/// Four digits are more than anybody counts in.
fn count(number: Number) -> Option<u32> {
    (number.digits <= 4).then_some(number.value)
}

fn spelt(word: &str) -> Option<u32> {
    match word {
        "a" | "an" => Some(1),
        word => tokens::spelt(word),
    }
}

fn unit(reader: &mut Reader) -> Option<Unit> {
    if reader.word_in(&["working"]).is_some() {
        return reader.word_in(&["day", "days"]).map(|()| Unit::WorkingDays);
    }
    reader.word(|word| match word {
        "minute" | "minutes" | "min" | "mins" => Some(Unit::Minutes(1)),
        "hour" | "hours" | "hr" | "hrs" | "h" => Some(Unit::Minutes(60)),
        "day" | "days" | "d" => Some(Unit::Days(1)),
        "week" | "weeks" | "wk" | "wks" | "w" => Some(Unit::Days(7)),
        "fortnight" | "fortnights" => Some(Unit::Days(14)),
        "month" | "months" => Some(Unit::Months(1)),
        "year" | "years" => Some(Unit::Months(12)),
        _ => None,
    })
}

fn shifted(count: u32, unit: Unit, direction: Direction) -> Option<Shifted> {
    let span = match unit {
        Unit::Minutes(each) => {
            let delta = TimeDelta::try_minutes((count * each).into())?;
            return Some(Shifted::Clock(match direction {
                Direction::Ago => -delta,
                Direction::Ahead => delta,
            }));
        }
        Unit::Days(each) => Span::Days(count * each),
        Unit::WorkingDays => Span::WorkingDays(count),
        Unit::Months(each) => Span::Months(count * each),
    };
    Some(Shifted::Calendar(Shift { span, direction }))
}

fn working_days_from(today: NaiveDate, days: u32, direction: Direction) -> Option<NaiveDate> {
    let mut date = today;
    let mut left = days;
    while left > 0 {
        date = match direction {
            Direction::Ago => date.pred_opt()?,
            Direction::Ahead => date.succ_opt()?,
        };
        if !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
            left -= 1;
        }
    }
    Some(date)
}
