//! A time of day: `14:10`, `2.30pm`, `9am`, `1410`, `14h10`, `noon`, `half past nine`. Days are `day`'s.

mod spoken;

use std::ops::RangeInclusive;

use chrono::NaiveTime;

use super::part::Part;
use super::tokens::{self, Reader, Token};

/// The halves of the twelve-hour clock.
#[derive(Clone, Copy)]
enum Half {
    Am,
    Pm,
}

/// A time as it was told, which a part of the day may settle: `2.30 this afternoon`, `9 in the morning`.
pub(super) struct Told {
    /// What it is where nothing settles it; none for a bare `9`.
    alone: Option<NaiveTime>,
    /// What it may be.
    either: [Option<NaiveTime>; 2],
    /// `2024` is a year to most readers.
    pub(super) like_a_year: bool,
}

impl Told {
    fn settled(time: NaiveTime) -> Self {
        Self { alone: Some(time), either: [Some(time), None], like_a_year: false }
    }

    /// By the clock of 24 hours, unless the part of the day makes an afternoon of it.
    fn in_digits(hour: u32, minute: u32) -> Option<Self> {
        let time = NaiveTime::from_hms_opt(hour, minute, 0)?;
        Some(Self { alone: Some(time), either: both(hour, minute), like_a_year: false })
    }

    /// None where none of the times that it may be is in every part.
    pub(super) fn within(&self, parts: [Option<Part>; 2]) -> Option<NaiveTime> {
        let mut parts = parts.into_iter().flatten().peekable();
        if parts.peek().is_none() {
            return self.alone;
        }
        let parts: Vec<Part> = parts.collect();
        self.either.into_iter().flatten().find(|time| parts.iter().all(|part| part.has(*time)))
    }
}

/// The same hands in the morning and in the evening. Twelve is noon: the other one belongs to two days.
fn both(hour: u32, minute: u32) -> [Option<NaiveTime>; 2] {
    let later = (1..12).contains(&hour).then_some(hour + 12);
    [
        NaiveTime::from_hms_opt(hour, minute, 0),
        later.and_then(|hour| NaiveTime::from_hms_opt(hour, minute, 0)),
    ]
}

const HOURS: [&str; 4] = ["h", "hr", "hrs", "hours"];
const NOON: [&str; 2] = ["noon", "midday"];
/// The hours of a clock with hands.
const HANDS: RangeInclusive<u32> = 1..=12;
/// Four digits that are read as a year, and as a time only where something says so.
const LIKE_A_YEAR: RangeInclusive<u32> = 1900..=2099;

pub(super) fn read(reader: &mut Reader) -> Option<Told> {
    reader
        .attempt(noon)
        .or_else(|| reader.attempt(hour_and_minutes))
        .or_else(|| reader.attempt(run_together))
        .or_else(|| reader.attempt(whole_hour))
        .or_else(|| reader.attempt(spoken::read))
        .or_else(|| reader.attempt(hour_alone))
}

/// Whether the number before this token was an hour, so that it is not taken for a year.
pub(super) fn goes_on_with(token: Token) -> bool {
    match token {
        Token::Mark(mark) => matches!(mark, ':' | '.'),
        Token::Word(word) => half(word).is_some() || HOURS.contains(&word) || NOON.contains(&word),
        Token::Number(_) => false,
    }
}

/// A number that may be a year as well as a time comes next, and nothing says which.
pub(super) fn may_be_a_year(reader: &Reader) -> bool {
    let mut ahead = *reader;
    let like_a_year = ahead.number().is_some_and(|number| LIKE_A_YEAR.contains(&number.value));
    like_a_year && !ahead.peek().is_some_and(goes_on_with)
}

fn noon(reader: &mut Reader) -> Option<Told> {
    let _twelve = reader.attempt(|reader| reader.number().filter(|number| number.value == 12));
    reader.word_in(&NOON)?;
    NaiveTime::from_hms_opt(12, 0, 0).map(Told::settled)
}

fn hour_and_minutes(reader: &mut Reader) -> Option<Told> {
    let hour = reader.short_number()?;
    reader.mark(':').or_else(|| reader.mark('.')).or_else(|| reader.word_in(&["h"]))?;
    let minute = two_digits(reader)?;
    let _seconds = reader.attempt(|reader| {
        reader.mark(':')?;
        two_digits(reader)
    });
    let half = reader.word(half);
    if half.is_none() {
        let _hours = reader.word_in(&HOURS);
    }
    on_the_clock(hour, minute, half)
}

/// `1410`, `1410 hrs`, `930am`. Three digits alone are more likely a telephone number.
fn run_together(reader: &mut Reader) -> Option<Told> {
    let like_a_year = may_be_a_year(reader);
    let number = reader.number()?;
    let half = reader.word(half);
    let enough = if half.is_some() { 3..=4 } else { 4..=4 };
    if half.is_none() {
        let _hours = reader.word_in(&HOURS);
    }
    let told = enough
        .contains(&number.digits)
        .then(|| on_the_clock(number.value / 100, number.value % 100, half))??;
    Some(Told { like_a_year, ..told })
}

fn whole_hour(reader: &mut Reader) -> Option<Told> {
    let hour = reader.short_number()?;
    if reader.word_in(&["h"]).is_some() {
        return on_the_clock(hour, 0, None);
    }
    let half = reader.word(half)?;
    on_the_clock(hour, 0, Some(half))
}

/// `9 this morning`: an hour that only the part of the day makes a time.
fn hour_alone(reader: &mut Reader) -> Option<Told> {
    let hour = reader.short_number().or_else(|| reader.word(tokens::spelt))?;
    HANDS.contains(&hour).then(|| Told { alone: None, either: both(hour, 0), like_a_year: false })
}

fn two_digits(reader: &mut Reader) -> Option<u32> {
    reader.number().filter(|number| number.digits == 2 && number.value < 60).map(|number| number.value)
}

fn half(word: &str) -> Option<Half> {
    match word {
        "am" => Some(Half::Am),
        "pm" => Some(Half::Pm),
        _ => None,
    }
}

/// `14:10pm` is only tautology; `14:10am` is a contradiction, and so is `0:10pm`.
fn on_the_clock(hour: u32, minute: u32, half: Option<Half>) -> Option<Told> {
    let hour = match (half, hour) {
        (None, hour) => return Told::in_digits(hour, minute),
        (Some(Half::Am), 0..=11) | (Some(Half::Pm), 12..=23) => hour,
        (Some(Half::Am), 12) => 0,
        (Some(Half::Pm), 1..=11) => hour + 12,
        (Some(Half::Am | Half::Pm), _) => return None,
    };
    NaiveTime::from_hms_opt(hour, minute, 0).map(Told::settled)
}
