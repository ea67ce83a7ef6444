//! What people type and what it means, on Sunday 22 November 2026 at 14:37 in London.

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;

use super::{Moment, NotUnderstood, describe, is_future, parse, parse_date_of_birth, parse_due};

const SUNDAY: &str = "2026-11-22T14:37:20Z";

/// Typed, and read: the date, or the date and London time with its offset where that is not +00:00.
const UNDERSTOOD: &[(&str, &str)] = &[
    // Named days and bare times.
    ("now", "2026-11-22T14:37"),
    (" NOW ", "2026-11-22T14:37"),
    ("today", "2026-11-22"),
    ("Today", "2026-11-22"),
    ("today 14:10", "2026-11-22T14:10"),
    ("today, 14:10", "2026-11-22T14:10"),
    ("today at 14:10", "2026-11-22T14:10"),
    ("today @ 2pm", "2026-11-22T14:00"),
    ("yesterday", "2026-11-21"),
    ("yesterday 2pm", "2026-11-21T14:00"),
    ("yesterday at 2 pm", "2026-11-21T14:00"),
    ("2pm yesterday", "2026-11-21T14:00"),
    ("at 2pm yesterday", "2026-11-21T14:00"),
    ("tomorrow", "2026-11-23"),
    ("tomorrow 9am", "2026-11-23T09:00"),
    ("tomorrow noon", "2026-11-23T12:00"),
    ("14:10", "2026-11-22T14:10"),
    ("at 14:10", "2026-11-22T14:10"),
    ("9:05", "2026-11-22T09:05"),
    ("09:05", "2026-11-22T09:05"),
    ("00:00", "2026-11-22T00:00"),
    ("23:59", "2026-11-22T23:59"),
    ("14:10:59", "2026-11-22T14:10"),
    ("2.30pm", "2026-11-22T14:30"),
    ("2.30 pm", "2026-11-22T14:30"),
    ("2:30 p.m.", "2026-11-22T14:30"),
    ("2.30", "2026-11-22T02:30"),
    ("14.10", "2026-11-22T14:10"),
    ("20.11", "2026-11-22T20:11"),
    ("9am", "2026-11-22T09:00"),
    ("9 AM", "2026-11-22T09:00"),
    ("12am", "2026-11-22T00:00"),
    ("12pm", "2026-11-22T12:00"),
    ("12.15am", "2026-11-22T00:15"),
    ("14:10pm", "2026-11-22T14:10"),
    ("noon", "2026-11-22T12:00"),
    ("12 noon", "2026-11-22T12:00"),
    ("midday", "2026-11-22T12:00"),
    ("1410", "2026-11-22T14:10"),
    ("0905", "2026-11-22T09:05"),
    ("1410hrs", "2026-11-22T14:10"),
    ("1410 hours", "2026-11-22T14:10"),
    ("2026", "2026-11-22T20:26"),
    ("930am", "2026-11-22T09:30"),
    ("1130pm", "2026-11-22T23:30"),
    ("14h10", "2026-11-22T14:10"),
    ("14h", "2026-11-22T14:00"),
    // Weekdays.
    ("sun", "2026-11-22"),
    ("fri", "2026-11-20"),
    ("friday", "2026-11-20"),
    ("Friday", "2026-11-20"),
    ("mon", "2026-11-16"),
    ("tues", "2026-11-17"),
    ("wed", "2026-11-18"),
    ("thurs", "2026-11-19"),
    ("sat", "2026-11-21"),
    ("fri 9.30", "2026-11-20T09:30"),
    ("fri 930am", "2026-11-20T09:30"),
    ("fri 2026", "2026-11-20T20:26"),
    ("9.30 fri", "2026-11-20T09:30"),
    ("last fri", "2026-11-20"),
    ("last sun", "2026-11-15"),
    ("last fri 3pm", "2026-11-20T15:00"),
    ("next fri", "2026-11-27"),
    ("next sun", "2026-11-29"),
    ("on fri", "2026-11-27"),
    ("2pm on fri", "2026-11-27T14:00"),
    ("next fri 9am", "2026-11-27T09:00"),
    // Dates in numbers.
    ("20/11", "2026-11-20"),
    ("22/11", "2026-11-22"),
    ("23/11", "2025-11-23"),
    ("3/12", "2025-12-03"),
    ("03/12", "2025-12-03"),
    ("1/2", "2026-02-01"),
    ("29/2", "2024-02-29"),
    ("20-11", "2026-11-20"),
    ("20/11/26", "2026-11-20"),
    ("20-11-26", "2026-11-20"),
    ("20.11.26", "2026-11-20"),
    ("10/05/20", "2020-05-10"),
    ("20/11/36", "2036-11-20"),
    ("20/11/37", "1937-11-20"),
    ("20/11/98", "1998-11-20"),
    ("20/11/2026", "2026-11-20"),
    ("20-11-2026", "2026-11-20"),
    ("20.11.2026", "2026-11-20"),
    ("3/12/2026", "2026-12-03"),
    ("20/11 14:10", "2026-11-20T14:10"),
    ("20/11 9.30", "2026-11-20T09:30"),
    ("20/11 1930", "2026-11-20T19:30"),
    ("on 20/11 at 2pm", "2026-11-20T14:00"),
    ("20/11/26 2pm", "2026-11-20T14:00"),
    ("20/11/2026 14h10", "2026-11-20T14:10"),
    ("20.11.2026 14.10", "2026-11-20T14:10"),
    ("14:10 20/11/2026", "2026-11-20T14:10"),
    ("14:10 on 20/11/2026", "2026-11-20T14:10"),
    ("9.30 20/11", "2026-11-20T09:30"),
    ("2026-11-20", "2026-11-20"),
    ("2026/11/20", "2026-11-20"),
    ("2026-11-20 14:10", "2026-11-20T14:10"),
    ("2026-11-20T14:10", "2026-11-20T14:10"),
    ("2026-11-20T14:10:00", "2026-11-20T14:10"),
    ("2026-11-20 2pm", "2026-11-20T14:00"),
    ("2026-11-20T14:10:00+02:00", "2026-11-20T12:10"),
    ("2026-07-01T13:10:59Z", "2026-07-01T14:10+01:00"),
    // Dates with the month's name.
    ("20 Nov", "2026-11-20"),
    ("20nov", "2026-11-20"),
    ("Nov 20", "2026-11-20"),
    ("20th Nov", "2026-11-20"),
    ("1st of November", "2026-11-01"),
    ("November 2nd", "2026-11-02"),
    ("3rd september", "2026-09-03"),
    ("3 sept", "2026-09-03"),
    ("3 Dec", "2025-12-03"),
    ("29 feb", "2024-02-29"),
    ("20 November 2026 2pm", "2026-11-20T14:00"),
    ("20 Nov 2026", "2026-11-20"),
    ("20 Nov 26", "2026-11-20"),
    ("20 Nov 26 14:10", "2026-11-20T14:10"),
    ("20-Nov-2026", "2026-11-20"),
    ("20/nov/26", "2026-11-20"),
    ("November 20, 2026", "2026-11-20"),
    ("Nov 20 2026 9am", "2026-11-20T09:00"),
    ("20 Nov 14:10", "2026-11-20T14:10"),
    ("20 Nov 14.10", "2026-11-20T14:10"),
    ("20 Nov 12 noon", "2026-11-20T12:00"),
    ("20 Nov 10 am", "2026-11-20T10:00"),
    ("20 Nov 14h10", "2026-11-20T14:10"),
    ("20 Nov 1410", "2026-11-20T14:10"),
    ("20 Nov 1930", "1930-11-20"),
    ("12 Mar 1985", "1985-03-12"),
    ("1 July 14:10", "2026-07-01T14:10+01:00"),
    ("Fri 20 Nov", "2026-11-20"),
    ("Friday 20/11", "2026-11-20"),
    ("Fri 20 Nov 2026 14:10", "2026-11-20T14:10"),
    ("Thu 3 Dec", "2026-12-03"),
    ("Wed 3 Dec", "2025-12-03"),
    // So long ago, and in so long.
    ("3 days ago", "2026-11-19"),
    ("three days ago", "2026-11-19"),
    ("a day ago", "2026-11-21"),
    ("3 days ago 2pm", "2026-11-19T14:00"),
    ("2 weeks ago", "2026-11-08"),
    ("a fortnight ago", "2026-11-08"),
    ("a month ago", "2026-10-22"),
    ("2 years ago", "2024-11-22"),
    ("an hour ago", "2026-11-22T13:37"),
    ("half an hour ago", "2026-11-22T14:07"),
    ("20 minutes ago", "2026-11-22T14:17"),
    ("20 mins ago", "2026-11-22T14:17"),
    ("15 hours ago", "2026-11-21T23:37"),
    ("+5", "2026-11-27"),
    ("+ 5", "2026-11-27"),
    ("+1w", "2026-11-29"),
    ("+2h", "2026-11-22T16:37"),
    ("-2", "2026-11-20"),
    ("in 3 days", "2026-11-25"),
    ("in 3 days at 9am", "2026-11-25T09:00"),
    ("in a week", "2026-11-29"),
    ("in 20 minutes", "2026-11-22T14:57"),
    ("5 working days", "2026-11-27"),
    ("in 6 working days", "2026-11-30"),
    ("1 working day ago", "2026-11-20"),
];

const REFUSED: &[&str] = &[
    "",
    "   ",
    "soon",
    "midnight",
    "half past two",
    "quarter past 2",
    "2",
    "at 2",
    "930",
    "24:00",
    "14:60",
    "9:5",
    "14:10am",
    "0:10pm",
    "13am",
    "999",
    "31/2",
    "29/2/2025",
    "12/31/2026",
    "13/13",
    "0/1",
    "31.12",
    "20/11/126",
    "20/11/1899",
    "20/11/2101",
    "2026-13-01",
    "Nov",
    "Nov 2026",
    "20 No",
    "thu 20 Nov",
    "Thu 20/11/2026",
    "fri fri",
    "fri 20",
    "next",
    "next week",
    "3 days",
    "3 days ago yesterday",
    "in 3 days ago",
    "in an hour at 2pm",
    "99999 days ago",
    "in 9999 years",
    "+",
    "14:10 14:10",
    "today today",
    "20/11/2026 extra",
    "²⁰/11",
    "٢٠/١١",
    "99999999999999999999",
];

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The moment as the table writes it.
fn written(moment: Moment) -> String {
    let json = serde_json::to_string(&moment).unwrap();
    json.trim_matches('"').replace(":00+00:00", "").replace(":00+01:00", "+01:00")
}

fn read(text: &str) -> String {
    parse(text, at(SUNDAY)).map_or_else(|_| "refused".to_owned(), written)
}

fn due(text: &str) -> String {
    parse_due(text, at(SUNDAY)).map_or_else(|_| "refused".to_owned(), written)
}

fn born(text: &str) -> Option<String> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    parse_date_of_birth(text, today).map(|date| date.to_string())
}

#[test]
fn what_people_type_is_understood() {
    assert!(UNDERSTOOD.len() >= 120);
    let wrong: Vec<_> = UNDERSTOOD
        .iter()
        .map(|(typed, meant)| (typed, meant, read(typed)))
        .filter(|(_, meant, read)| **meant != read)
        .collect();
    assert!(wrong.is_empty(), "typed, meant, read: {wrong:#?}");
}

#[test]
fn what_is_unclear_is_refused() {
    let taken: Vec<_> =
        REFUSED.iter().map(|typed| (typed, read(typed))).filter(|(_, read)| read != "refused").collect();
    assert!(taken.is_empty(), "typed, read: {taken:#?}");
    assert_eq!(parse("Zara said so", at(SUNDAY)), Err(NotUnderstood));
}

#[test]
fn what_is_due_lies_ahead() {
    assert_eq!(due("fri"), "2026-11-27");
    assert_eq!(due("sun"), "2026-11-22");
    assert_eq!(due("3/12"), "2026-12-03");
    assert_eq!(due("20/11"), "2027-11-20");
    assert_eq!(due("29 feb"), "2028-02-29");
    assert_eq!(due("Fri 20 Nov"), "2026-11-20");
    assert_eq!(due("last fri"), "2026-11-20");
    assert_eq!(due("20/11/2026"), "2026-11-20");
}

#[test]
fn the_clocks_going_back_give_the_earlier_of_two() {
    let after = at("2026-10-25T09:00:00Z");
    assert_eq!(written(parse("today 01:30", after).unwrap()), "2026-10-25T01:30+01:00");
    assert_eq!(written(parse("today 02:00", after).unwrap()), "2026-10-25T02:00");
    assert_eq!(written(parse("9 hours ago", after).unwrap()), "2026-10-25T01:00+01:00");
}

#[test]
fn the_clocks_going_forward_move_the_missing_hour_on() {
    let after = at("2027-03-28T08:00:00Z");
    assert_eq!(written(parse("1.30am", after).unwrap()), "2027-03-28T02:30+01:00");
    assert_eq!(written(parse("00:59", after).unwrap()), "2027-03-28T00:59");
    assert_eq!(written(parse("8 hours ago", after).unwrap()), "2027-03-28T00:00");
}

#[test]
fn today_is_londons() {
    let just_after_midnight = at("2026-06-30T23:30:00Z");
    assert_eq!(written(parse("today", just_after_midnight).unwrap()), "2026-07-01");
}

#[test]
fn the_echo_is_in_words() {
    let echo = |text| describe(parse(text, at(SUNDAY)).unwrap(), at(SUNDAY));
    assert_eq!(echo("20/11 14:10"), "Fri 20 Nov 2026 14:10, 2 days ago");
    assert_eq!(echo("3/12/26"), "Thu 3 Dec 2026, in 11 days");
    assert_eq!(echo("today"), "Sun 22 Nov 2026, today");
    assert_eq!(echo("yesterday"), "Sat 21 Nov 2026, yesterday");
    assert_eq!(echo("tomorrow 9am"), "Mon 23 Nov 2026 09:00, tomorrow");
    assert_eq!(echo("now"), "Sun 22 Nov 2026 14:37, now");
    assert_eq!(echo("14:38"), "Sun 22 Nov 2026 14:38, now");
    assert_eq!(echo("14:17"), "Sun 22 Nov 2026 14:17, 20 minutes ago");
    assert_eq!(echo("9am"), "Sun 22 Nov 2026 09:00, 5 hours ago");
    assert_eq!(echo("22/9/26"), "Tue 22 Sep 2026, 2 months ago");
    assert_eq!(echo("23/8/2026"), "Sun 23 Aug 2026, 2 months ago");
    assert_eq!(echo("20 Nov 1930"), "Thu 20 Nov 1930, 96 years ago");
}

#[test]
fn minutes_are_counted_across_midnight() {
    let now = at("2026-11-22T00:10:00Z");
    let late = parse("yesterday 23:50", now).unwrap();
    assert_eq!(describe(late, now), "Sat 21 Nov 2026 23:50, 20 minutes ago");
}

#[test]
fn the_future_is_known() {
    let future = |text| is_future(parse(text, at(SUNDAY)).unwrap(), at(SUNDAY));
    assert!(future("14:38"));
    assert!(future("tomorrow"));
    assert!(!future("today"));
    assert!(!future("now"));
    assert!(!future("14:37"));
}

#[test]
fn dates_of_birth_are_whole_and_past() {
    assert_eq!(born("20/11/2014").as_deref(), Some("2014-11-20"));
    assert_eq!(born("3.9.14").as_deref(), Some("2014-09-03"));
    assert_eq!(born("22/11/26").as_deref(), Some("2026-11-22"));
    assert_eq!(born("23/11/26").as_deref(), Some("1926-11-23"));
    assert_eq!(born("29/2/00").as_deref(), Some("2000-02-29"));
    assert_eq!(born("1st of March 2011").as_deref(), Some("2011-03-01"));
    assert_eq!(born("2014-11-20").as_deref(), Some("2014-11-20"));
    assert_eq!(born("Thu 20 Nov 2014").as_deref(), Some("2014-11-20"));
    for unclear in
        ["", "20/11", "20 Nov", "yesterday", "23/11/2026", "Fri 20 Nov 2014", "1/1/1899", "20/11/2014 9am"]
    {
        assert_eq!(born(unclear), None, "{unclear}");
    }
}

proptest! {
    #[test]
    fn nothing_typed_is_a_panic(
        text in "\\PC{0,40}",
        date in "[0-9/.: -]{0,20}",
        words in "([a-z]{1,4}|[0-9]{1,5}|ago|in|last|fri|[ ]){0,8}",
    ) {
        for typed in [&text, &date, &words] {
            for moment in [parse(typed, at(SUNDAY)), parse_due(typed, at(SUNDAY))].into_iter().flatten() {
                let _ = describe(moment, at(SUNDAY));
            }
            let _ = parse_date_of_birth(typed, at(SUNDAY).date_naive());
        }
    }

    #[test]
    fn what_is_shown_can_be_typed_again(minutes in -30_000_000_i64..30_000_000, date_alone: bool) {
        let moved = Moment::At(at("2026-11-22T14:37:00Z") + chrono::TimeDelta::minutes(minutes));
        let moment = if date_alone { Moment::Date(moved.date()) } else { moved };
        let again = parse(&moment.to_string(), at(SUNDAY)).unwrap();
        prop_assert_eq!(again.to_string(), moment.to_string());
    }
}
