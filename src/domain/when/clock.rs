//! A time of day: `14:10`, `2.30pm`, `9am`, `1410`, `14h10`, `noon`. Days are `day`'s.

use chrono::NaiveTime;

use super::tokens::{Reader, Token};

/// The halves of the twelve-hour clock.
#[derive(Clone, Copy)]
enum Half {
    Am,
    Pm,
}

const HOURS: [&str; 3] = ["h", "hrs", "hours"];
const NOON: [&str; 2] = ["noon", "midday"];

pub(super) fn read(reader: &mut Reader) -> Option<NaiveTime> {
    reader
        .attempt(noon)
        .or_else(|| reader.attempt(hour_and_minutes))
        .or_else(|| reader.attempt(run_together))
        .or_else(|| reader.attempt(whole_hour))
}

/// Whether the number before this token was an hour, so that it is not taken for a year.
pub(super) fn goes_on_with(token: Token) -> bool {
    match token {
        Token::Mark(mark) => matches!(mark, ':' | '.'),
        Token::Word(word) => half(word).is_some() || HOURS.contains(&word) || NOON.contains(&word),
        Token::Number(_) => false,
    }
}

fn noon(reader: &mut Reader) -> Option<NaiveTime> {
    let _twelve = reader.attempt(|reader| reader.number().filter(|number| number.value == 12));
    reader.word_in(&NOON)?;
    NaiveTime::from_hms_opt(12, 0, 0)
}

fn hour_and_minutes(reader: &mut Reader) -> Option<NaiveTime> {
    let hour = reader.short_number()?;
    reader.mark(':').or_else(|| reader.mark('.')).or_else(|| reader.word_in(&["h"]))?;
    let minute = two_digits(reader)?;
    let _seconds = reader.attempt(|reader| {
        reader.mark(':')?;
        two_digits(reader)
    });
    on_the_clock(hour, minute, reader.word(half))
}

/// `1410`, `1410 hrs`, `930am`. Three digits alone are more likely a telephone number.
fn run_together(reader: &mut Reader) -> Option<NaiveTime> {
    let number = reader.number()?;
    let half = reader.word(half);
    let enough = if half.is_some() { 3..=4 } else { 4..=4 };
    if half.is_none() {
        let _hours = reader.word_in(&HOURS);
    }
    enough.contains(&number.digits).then(|| on_the_clock(number.value / 100, number.value % 100, half))?
}

fn whole_hour(reader: &mut Reader) -> Option<NaiveTime> {
    let hour = reader.short_number()?;
    if reader.word_in(&["h"]).is_some() {
        return on_the_clock(hour, 0, None);
    }
    let half = reader.word(half)?;
    on_the_clock(hour, 0, Some(half))
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
fn on_the_clock(hour: u32, minute: u32, half: Option<Half>) -> Option<NaiveTime> {
    let hour = match (half, hour) {
        (None, hour) => hour,
        (Some(Half::Am), 0..=11) | (Some(Half::Pm), 12..=23) => hour,
        (Some(Half::Am), 12) => 0,
        (Some(Half::Pm), 1..=11) => hour + 12,
        (Some(Half::Am | Half::Pm), _) => return None,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}
