//! The words in which patterns are told: numbers and days, and nothing that judges.

use chrono::{Datelike as _, NaiveDate};

pub(super) fn day(on: NaiveDate) -> String {
    on.format("%-d %b %Y").to_string()
}

pub(super) fn concerns(count: usize) -> String {
    match count {
        1 => "1 concern".to_owned(),
        _ => format!("{count} concerns"),
    }
}

pub(super) fn others(count: usize) -> String {
    match count {
        1 => "1 other child".to_owned(),
        _ => format!("{count} other children"),
    }
}

/// `in 28 days: 2 Nov to 29 Nov 2026`.
pub(super) fn span(first: NaiveDate, last: NaiveDate) -> String {
    if first == last {
        return format!("on one day: {}", day(first));
    }
    let days = (last - first).num_days() + 1;
    let from = if first.year() == last.year() { first.format("%-d %b").to_string() } else { day(first) };
    format!("in {days} days: {from} to {}", day(last))
}

/// So many concerns, of which so many have a level, a low one.
pub(super) fn of_level(count: usize, levelled: usize) -> String {
    let level = match levelled {
        0 => "without a level",
        some if some == count => "of level 1 or 2",
        _ => "of level 1 or 2 or without one",
    };
    format!("{} {level}", concerns(count))
}
