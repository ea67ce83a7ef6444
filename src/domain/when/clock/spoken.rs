//! A time as it is said: `half past nine`, `quarter to 3`, `ten past 2`, `9 o'clock`.
//!
//! Nobody says these of the clock of 24 hours. Where no part of the day settles it, it is of the hours in which a
//! school is open, and the echo shows which.

use std::ops::RangeInclusive;

use chrono::Timelike as _;

use super::{HANDS, Told, both};
use crate::domain::when::tokens::{self, Reader};

/// The first and last hours of which somebody speaks without saying morning or evening: breakfast club, a parents'
/// evening that begins.
const OPEN: RangeInclusive<u32> = 7..=18;
/// The minutes of half a turn of the hour hand.
const TURN: u32 = 12 * 60;

enum Beside {
    Past,
    To,
}

pub(super) fn read(reader: &mut Reader) -> Option<Told> {
    reader.attempt(o_clock).or_else(|| reader.attempt(half_past)).or_else(|| reader.attempt(minutes_beside))
}

fn o_clock(reader: &mut Reader) -> Option<Told> {
    let hour = hour(reader)?;
    reader.word_in(&["oclock"]).or_else(|| {
        reader.word_in(&["o"])?;
        let _apostrophe = reader.apostrophe();
        reader.word_in(&["clock"])
    })?;
    at(hour, 0, &Beside::Past)
}

/// `half nine` is half past nine, in England.
fn half_past(reader: &mut Reader) -> Option<Told> {
    reader.word_in(&["half"])?;
    let _past = reader.word_in(&["past"]);
    at(hour(reader)?, 30, &Beside::Past)
}

fn minutes_beside(reader: &mut Reader) -> Option<Told> {
    let hours_too = hours_too(reader);
    let minutes = reader.attempt(quarter).or_else(|| reader.attempt(minutes))?;
    let said = reader.word_in(&["minutes", "mins", "min"]).is_some();
    let beside = reader.word(|word| match word {
        "past" => Some(Beside::Past),
        // "10 to 12" may as well be two hours.
        "to" if said || !hours_too => Some(Beside::To),
        _ => None,
    })?;
    at(hour(reader)?, minutes, &beside)
}

fn hours_too(reader: &Reader) -> bool {
    let mut ahead = *reader;
    ahead.short_number().is_some_and(|number| HANDS.contains(&number))
}

fn quarter(reader: &mut Reader) -> Option<u32> {
    let _a = reader.word_in(&["a"]);
    reader.word_in(&["quarter"]).map(|()| 15)
}

fn minutes(reader: &mut Reader) -> Option<u32> {
    let number = reader.short_number().or_else(|| reader.attempt(spelt))?;
    (1..60).contains(&number).then_some(number)
}

/// `ten`, `twenty`, `twenty-five`.
fn spelt(reader: &mut Reader) -> Option<u32> {
    if reader.word_in(&["twenty"]).is_none() {
        return reader.word(tokens::spelt);
    }
    let five = reader.attempt(|reader| {
        let _hyphen = reader.mark('-');
        reader.word_in(&["five"])
    });
    Some(if five.is_some() { 25 } else { 20 })
}

fn hour(reader: &mut Reader) -> Option<u32> {
    let hour = reader.short_number().or_else(|| reader.word(tokens::spelt))?;
    HANDS.contains(&hour).then_some(hour)
}

fn at(hour: u32, minutes: u32, beside: &Beside) -> Option<Told> {
    let turned = match beside {
        Beside::Past => hour * 60 + minutes,
        Beside::To => hour * 60 - minutes,
    } % TURN;
    let hour = if turned < 60 { 12 } else { turned / 60 };
    let either = both(hour, turned % 60);
    let alone = either.into_iter().flatten().find(|time| OPEN.contains(&time.hour()))?;
    Some(Told { alone: Some(alone), either, like_a_year: false })
}
