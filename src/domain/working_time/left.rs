//! How a due time stands at a minute, in words that are short enough for a list: sixteen columns at most, or nine.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::London;

use super::london;

/// How far ahead a day and month are read as the next of their name.
const NEAR: TimeDelta = TimeDelta::days(180);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DueState {
    Overdue,
    Today,
    Coming,
}

impl DueState {
    pub const ALL: [Self; 3] = [Self::Overdue, Self::Today, Self::Coming];

    /// The same on the screen and in `--json`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Today => "today",
            Self::Coming => "coming",
        }
    }
}

/// What is due at an instant is not late at that instant, and is late after it.
pub fn state(due: DateTime<Utc>, now: DateTime<Utc>) -> DueState {
    if due < now {
        DueState::Overdue
    } else if london(due) == london(now) {
        DueState::Today
    } else {
        DueState::Coming
    }
}

/// `2 h left`, `tomorrow 17:00`, `Mon 30 Nov 17:00`, `overdue 3 days`. What is left is rounded down, so that nobody
/// counts on a minute that they do not have.
pub fn left(due: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match state(due, now) {
        DueState::Overdue => overdue(now - due),
        DueState::Today => today(due - now),
        DueState::Coming => coming(due, now),
    }
}

/// The same where there is little room: `late 3 d`, `due 16:30`, `tomorrow`, `by 30 Nov`.
pub fn in_brief(due: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let local = due.with_timezone(&London);
    match state(due, now) {
        DueState::Overdue => late(now - due),
        DueState::Today => local.format("due %H:%M").to_string(),
        DueState::Coming if is_tomorrow(due, now) => "tomorrow".to_owned(),
        DueState::Coming if due - now < NEAR => local.format("by %-d %b").to_string(),
        DueState::Coming => local.format("in %Y").to_string(),
    }
}

fn late(by: TimeDelta) -> String {
    match (by.num_days(), by.num_hours()) {
        (0, 0) => "just late".to_owned(),
        (0, hours) => format!("late {hours} h"),
        (days @ 1..=99, _) => format!("late {days} d"),
        (days @ 100..=999, _) => format!("late {days}d"),
        (days, _) => format!("late {} y", days / 365),
    }
}

fn is_tomorrow(due: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    london(now).succ_opt() == Some(london(due))
}

fn overdue(by: TimeDelta) -> String {
    let days = by.num_days();
    match (days, by.num_hours(), by.num_minutes()) {
        (0, 0, 0) => "just overdue".to_owned(),
        (0, 0, minutes) => format!("overdue {minutes} min"),
        (0, hours, _) => format!("overdue {hours} h"),
        (1, _, _) => "overdue 1 day".to_owned(),
        (2..=999, _, _) => format!("overdue {days} days"),
        _ => format!("overdue {} years", days / 365),
    }
}

fn today(left: TimeDelta) -> String {
    match (left.num_hours(), left.num_minutes()) {
        (0, 0) => "due now".to_owned(),
        (0, minutes) => format!("{minutes} min left"),
        (hours, _) => format!("{hours} h left"),
    }
}

fn coming(due: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let form = if is_tomorrow(due, now) {
        "tomorrow %H:%M"
    } else if due - now < NEAR {
        "%a %-d %b %H:%M"
    } else {
        "%a %-d %b %Y"
    };
    due.with_timezone(&London).format(form).to_string()
}
