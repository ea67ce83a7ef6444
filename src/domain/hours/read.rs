//! Hours as a person writes them: `Mon to Thu 8.30am to 5pm, Fri 8.30am-4.30pm, bank holidays closed`.
//!
//! A comma begins other days. What cannot be read with certainty is refused, never guessed: a number that is rung at
//! the wrong hour is not answered.

use chrono::Timelike as _;

use super::write::{ALL_DAY, ALWAYS, NOT_STATED};
use super::{Hours, OnBankHolidays, Span, Week};
use crate::domain::when;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "these hours cannot be read; write them like \"Mon-Thu 08:30-17:00, Fri 08:30-16:30, bank holidays closed\", or \"always\", or \"not stated\""
)]
pub struct NotHours;

const ALWAYS_TOO: [&str; 6] =
    [ALWAYS, "24/7", "24 hours", "day and night", "24 hours a day", "24 hours a day, 7 days a week"];

pub(super) fn hours(text: &str) -> Result<Hours, NotHours> {
    let text = plain(text);
    if text.is_empty() || text == NOT_STATED {
        return Ok(Hours::NotStated);
    }
    if ALWAYS_TOO.contains(&text.as_str()) {
        return Ok(Hours::Always);
    }
    let mut week = Week::default();
    for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        add(&mut week, part).ok_or(NotHours)?;
    }
    // Whoever wrote only what happens on bank holidays has forgotten the rest.
    if week.days.iter().all(Vec::is_empty) { Err(NotHours) } else { Ok(Hours::Weekly(week)) }
}

/// One case, one dash, one space.
fn plain(text: &str) -> String {
    let dashed = text.to_lowercase().replace(['–', '—'], "-");
    let words: Vec<&str> = dashed.split_whitespace().collect();
    words.join(" ").replace(" to ", "-").replace(" - ", "-").replace("- ", "-").replace(" -", "-")
}

fn add(week: &mut Week, part: &str) -> Option<()> {
    if let Some(what) = part.strip_prefix("bank holidays ").or_else(|| part.strip_prefix("bank holiday ")) {
        week.bank_holidays = OnBankHolidays::ALL.into_iter().find(|on| on.words() == what.trim())?;
        return Some(());
    }
    let (which, when) = days_and_times(part)?;
    let spans = spans(when)?;
    for day in which {
        let standing = week.days.get_mut(day)?;
        // A day that is written twice is a slip, of which nobody knows which is meant.
        if !standing.is_empty() {
            return None;
        }
        standing.clone_from(&spans);
    }
    Some(())
}

const GROUPS: [(&str, [usize; 2]); 6] = [
    ("every day", [0, 6]),
    ("daily", [0, 6]),
    ("weekdays", [0, 4]),
    ("weekday", [0, 4]),
    ("weekends", [5, 6]),
    ("weekend", [5, 6]),
];

fn days_and_times(part: &str) -> Option<(Vec<usize>, &str)> {
    let group = GROUPS.iter().find_map(|(words, days)| Some((*days, part.strip_prefix(words)?)));
    let ([first, last], rest) = if let Some(found) = group {
        found
    } else {
        let (days, rest) = part.split_once(' ')?;
        let (first, last) = days.split_once('-').unwrap_or((days, days));
        ([day(first)?, day(last)?], rest)
    };
    // From Saturday to Monday goes through the end of the week.
    let count = (last + 7 - first) % 7 + 1;
    Some(((0..count).map(|ahead| (first + ahead) % 7).collect(), rest.trim()))
}

const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Three letters tell the days apart, and are the fewest that anybody writes.
fn day(word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.');
    DAYS.iter().position(|name| word.len() >= 3 && name.starts_with(word))
}

fn spans(when: &str) -> Option<Vec<Span>> {
    if when == ALL_DAY {
        return Some(Span::WHOLE_DAY.to_vec());
    }
    let mut spans = when.split(" and ").map(span).collect::<Option<Vec<Span>>>()?;
    spans.sort_unstable();
    let apart = spans.iter().zip(spans.iter().skip(1)).all(|(before, after)| before.closes < after.opens);
    apart.then_some(spans)
}

/// A night is of two days: it goes to 24:00 on one and on from 00:00 on the next.
fn span(text: &str) -> Option<Span> {
    let (opens, closes) = text.trim().split_once('-')?;
    let opens = if opens == "midnight" { 0 } else { minute(opens)? };
    let closes = if closes == "midnight" || closes == "24:00" { Span::DAY } else { minute(closes)? };
    (opens < closes).then_some(Span { opens, closes })
}

fn minute(text: &str) -> Option<u16> {
    let time = when::time_of_day(text)?;
    u16::try_from(time.hour() * 60 + time.minute()).ok()
}
