//! What people type and what it means, on Sunday 22 November 2026 at 14:37 in London.

mod table;

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;

use super::{Moment, NotUnderstood, describe, is_future, parse, parse_date_of_birth, parse_due};
use table::{REFUSED, UNDERSTOOD};

const SUNDAY: &str = "2026-11-22T14:37:20Z";

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
    assert!(UNDERSTOOD.len() + REFUSED.len() >= 300);
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
fn a_number_like_a_year_is_a_time_only_once_today_has_had_it() {
    let evening = at("2026-11-22T21:00:00Z");
    assert_eq!(written(parse("1930", evening).unwrap()), "2026-11-22T19:30");
    assert_eq!(parse("2130", evening).map(written).as_deref(), Ok("2026-11-22T21:30"));
    assert_eq!(parse("2050", at("2026-11-22T20:49:59Z")), Err(NotUnderstood));
    assert_eq!(parse_due("1930", evening), Err(NotUnderstood));
    assert_eq!(due("1930hrs"), "2026-11-22T19:30");
}

#[test]
fn what_was_not_told_is_not_invented() {
    for typed in
        ["this morning", "lunchtime", "tonight", "last night", "fri pm", "20/11 after school", "period 3"]
    {
        assert!(matches!(parse(typed, at(SUNDAY)), Ok(Moment::Date(_))), "{typed}");
    }
}

#[test]
fn what_is_due_may_be_tomorrows() {
    for unclear in ["lunchtime", "after school", "period 3"] {
        assert_eq!(due(unclear), "refused", "{unclear}");
    }
    assert_eq!(due("tomorrow lunchtime"), "2026-11-23");
    assert_eq!(due("on fri at 2pm"), "2026-11-27T14:00");
    assert_eq!(due("the 20th"), "2026-12-20");
    assert_eq!(due("within 24 hours"), "2026-11-23T14:37");
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
        words in "([a-z]{1,4}|[0-9]{1,5}|ago|in|last|fri|half|past|to|this|morning|night|nine|th|[ ]){0,8}",
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
