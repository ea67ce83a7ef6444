//! Dates as forms export them: `20/11/2026 14:10`, `11/20/26 14:10:05`, `2026/11/20 2:05:11 PM GMT`, `Fri 20th Nov 2026`.
//!
//! Only what can be meant in one way once the order of day and month is given. Nothing is guessed from "yesterday":
//! a file has no now.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};

use crate::domain::moment::{Moment, from_london};

/// Which of the two numbers comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
}

/// What a cell says about when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Exactly(Moment),
    /// A date with words after it, which have to be kept as well: "20/11/2026 after lunch".
    Partly(Moment),
    Nothing,
}

/// The written form of a concern file: `2026-11-20`, `2026-11-20T14:10`, with or without an offset.
pub(super) fn written(text: &str) -> Option<Moment> {
    Moment::parse(text).ok()
}

pub(super) fn read(text: &str, order: Order) -> Said {
    if let Some(moment) = written(text) {
        return Said::Exactly(moment);
    }
    let text = plain(text);
    let Some((date, rest)) = leading_date(&text, order) else { return Said::Nothing };
    let rest = rest.trim_start_matches('t').trim();
    match time_with_zone(rest) {
        Some((time, Some(offset))) => {
            let at = offset.from_local_datetime(&date.and_time(time)).single();
            let moment = at.map(|at: DateTime<FixedOffset>| Moment::At(at.with_timezone(&Utc)));
            moment.and_then(Moment::writable).map_or(Said::Nothing, Said::Exactly)
        }
        Some((time, None)) => Said::Exactly(Moment::At(from_london(date.and_time(time)))),
        None if rest.is_empty() => Said::Exactly(Moment::Date(date)),
        None => Said::Partly(Moment::Date(date)),
    }
}

/// A time of day on its own, London's.
pub(super) fn time(text: &str) -> Option<NaiveTime> {
    let text: String = plain(text).replace("a.m.", "am").replace("p.m.", "pm").replace('.', ":");
    let text: String = text.split_whitespace().collect();
    let text = ["hours", "hrs", "h"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text);
    let on_the_hour = format!("{}:00{}", text.trim_end_matches(['a', 'p', 'm']), suffix(text));
    TIMES
        .iter()
        .find_map(|form| NaiveTime::parse_from_str(text, form).ok())
        .or_else(|| NaiveTime::parse_from_str(&on_the_hour, "%I:%M%p").ok())
}

const TIMES: [&str; 5] = ["%H:%M:%S", "%H:%M", "%I:%M:%S%p", "%I:%M%p", "%H%M"];

fn suffix(text: &str) -> &str {
    ["am", "pm"].into_iter().find(|half| text.ends_with(half)).unwrap_or_default()
}

/// In lower case without weekdays, commas, ordinal endings and "at"; the first word's separators made slashes.
fn plain(text: &str) -> String {
    let text = text.to_lowercase().replace(',', " ");
    let mut words = text.split_whitespace().filter(|word| !FILLERS.contains(word)).map(without_ordinal);
    let first = words.next().unwrap_or_default();
    let first = if first.matches(['-', '.']).count() == 2 {
        first.replace(['-', '.'], "/")
    } else {
        first.to_owned()
    };
    std::iter::once(first.as_str()).chain(words).collect::<Vec<_>>().join(" ")
}

const FILLERS: [&str; 18] = [
    "at",
    "on",
    "of",
    "the",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

fn without_ordinal(word: &str) -> &str {
    let stem = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending));
    stem.filter(|stem| !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_digit())).unwrap_or(word)
}

fn leading_date(text: &str, order: Order) -> Option<(NaiveDate, &str)> {
    let numbers: &[&str] = match order {
        Order::DayFirst => &["%d/%m/%Y", "%d/%m/%y"],
        Order::MonthFirst => &["%m/%d/%Y", "%m/%d/%y"],
    };
    let words = ["%d/%B/%Y", "%d/%B/%y", "%d %B %Y", "%d %B %y", "%B %d %Y"];
    ["%Y/%m/%d"].iter().chain(numbers).chain(&words).find_map(|form| {
        let (date, rest) = NaiveDate::parse_and_remainder(text, form).ok()?;
        let whole = !rest.starts_with(|c: char| c.is_alphanumeric() && c != 't');
        (whole && Moment::Date(date).writable().is_some()).then_some((date, rest))
    })
}

/// `14:10`, or with what Google writes after it: `GMT`, `GMT+1`, `UTC`, `Z`. `BST` is what London's clock says anyway.
fn time_with_zone(text: &str) -> Option<(NaiveTime, Option<FixedOffset>)> {
    let text = text.trim_end_matches("bst");
    let (clock, zone) = ["gmt", "utc", "z"]
        .iter()
        .find_map(|zone| text.rsplit_once(zone))
        .map_or((text, None), |(clock, offset)| (clock, Some(offset)));
    let offset = match zone {
        Some(offset) => Some(offset_of(offset.trim())?),
        None => None,
    };
    Some((time(clock)?, offset))
}

fn offset_of(text: &str) -> Option<FixedOffset> {
    if text.is_empty() {
        return FixedOffset::east_opt(0);
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let sensible = (0..=14).contains(&hours) && (0..60).contains(&minutes);
    sensible.then(|| FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60))).flatten()
}

#[cfg(test)]
mod tests {
    use super::{Order, Said, read, time};

    fn check(order: Order, text: &str, expected: &str) {
        let Said::Exactly(moment) = read(text, order) else { panic!("not exact: {text}") };
        assert_eq!(serde_json::to_value(moment).unwrap(), expected, "{text}");
    }

    #[test]
    fn the_day_comes_first_however_it_is_written() {
        for text in [
            "20/11/2026",
            "20/11/26",
            "20-11-2026",
            "20.11.2026",
            "2026-11-20",
            "2026/11/20",
            "20 Nov 2026",
            "20th November 2026",
            "Fri 20 Nov 2026",
            "Friday, 20 November 26",
            "20-Nov-26",
            "November 20, 2026",
        ] {
            check(Order::DayFirst, text, "2026-11-20");
        }
    }

    #[test]
    fn times_however_they_are_written() {
        for text in [
            "20/11/2026 14:10",
            "20/11/2026 14:10:00",
            "20/11/26 2.10pm",
            "20 Nov 2026 at 2:10 p.m.",
            "20/11/2026, 1410hrs",
            "2026-11-20T14:10",
            "2026/11/20 2:10:00 PM GMT",
            "2026/11/20 3:10 pm GMT+1",
            "20/11/2026 14:10 UTC",
        ] {
            check(Order::DayFirst, text, "2026-11-20T14:10:00+00:00");
        }
    }

    #[test]
    fn summer_is_an_hour_ahead() {
        check(Order::DayFirst, "1/7/2026 9am", "2026-07-01T09:00:00+01:00");
        check(Order::DayFirst, "1/7/2026 9am BST", "2026-07-01T09:00:00+01:00");
        check(Order::DayFirst, "2026/07/01 8:00:00 AM GMT", "2026-07-01T09:00:00+01:00");
    }

    #[test]
    fn microsoft_puts_the_month_first() {
        check(Order::MonthFirst, "11/3/26 14:05:11", "2026-11-03T14:05:11+00:00");
        assert_eq!(read("20/11/26", Order::MonthFirst), Said::Nothing);
    }

    #[test]
    fn words_after_a_date_leave_the_date() {
        assert!(matches!(read("20/11/2026 after lunch", Order::DayFirst), Said::Partly(_)));
        assert!(matches!(read("20/11/2026 25:10", Order::DayFirst), Said::Partly(_)));
    }

    #[test]
    fn what_could_mean_anything_means_nothing() {
        for text in [
            "",
            "yesterday",
            "1/1/1900 00:30 GMT+1",
            "31/12/2199 23:30 GMT-1",
            "20/13/2026",
            "31/2/2026",
            "20/11",
            "1/1/0026",
            "12/12/20265",
            "N/A",
            "2026",
        ] {
            assert_eq!(read(text, Order::DayFirst), Said::Nothing, "{text}");
        }
    }

    #[test]
    fn a_time_alone() {
        for text in ["14:10", "2.10 pm", "2:10PM", "1410", "14.10 hrs"] {
            assert_eq!(time(text).unwrap().to_string(), "14:10:00", "{text}");
        }
        assert_eq!(time("2pm").unwrap().to_string(), "14:00:00");
        assert_eq!(time("lunch"), None);
        assert_eq!(time("13pm"), None);
    }
}
