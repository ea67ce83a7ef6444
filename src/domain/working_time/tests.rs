//! What a span is called, how it is written, and what is said of what is left. When things are due, case by case, is in
//! `tests/it/rules/working-time.toml`.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Timelike as _, Utc};
use chrono_tz::Europe::London;
use proptest::prelude::{Just, Strategy, prop_assert, prop_oneof, proptest};

use super::{BothWays, DueState, Span, due_days, in_brief, is_working_day, left, state};
use crate::domain::moment::Moment;

/// A time of London's wall clock.
fn at(text: &str) -> DateTime<Utc> {
    match Moment::parse(text).unwrap() {
        Moment::At(at) => at,
        Moment::Date(_) => panic!("{text} has no time"),
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_span_is_written_so_that_a_person_can_read_it() {
    let written = "a = { working_days = 1 }\nb = { hours = 24 }\nc = { days = 5 }\nd = { months = 1 }\n\
                   e = 'close of the next working day'\nf = 'close of the same working day'";
    let read: BTreeMap<String, Span> = toml::from_str(written).unwrap();
    let expected = [
        Span::WorkingDays(1),
        Span::Hours(24),
        Span::Days(5),
        Span::Months(1),
        Span::CloseOfNextWorkingDay,
        Span::CloseOfWorkingDay,
    ];
    assert!(read.values().eq(&expected));
    assert_eq!(toml::from_str::<BTreeMap<String, Span>>(&toml::to_string(&read).unwrap()).unwrap(), read);
    for nonsense in ["a = { hours = -1 }", "a = { weeks = 1 }", "a = { hours = 1, days = 1 }", "a = 'soon'"] {
        assert!(toml::from_str::<BTreeMap<String, Span>>(nonsense).is_err(), "{nonsense}");
    }
}

#[test]
fn a_span_is_said_in_words() {
    for (span, words) in [
        (Span::Hours(0), "at once"),
        (Span::Hours(24), "within 24 hours"),
        (Span::Days(0), "by the end of the day"),
        (Span::Days(5), "within five days"),
        (Span::Months(1), "within one month"),
        (Span::WorkingDays(1), "within one working day"),
        (Span::WorkingDays(10), "within ten working days"),
        (Span::WorkingDays(45), "within 45 working days"),
        (Span::CloseOfWorkingDay, "by the close of the same working day"),
        (Span::CloseOfNextWorkingDay, "by the close of the next working day"),
    ] {
        assert_eq!(span.to_string(), words);
    }
}

#[test]
fn days_are_counted_in_both_ways() {
    let both = |calendar, working| BothWays { calendar: date(calendar), working: date(working) };
    assert_eq!(due_days(date("2026-11-23"), 5), both("2026-11-28", "2026-11-30"));
    // Christmas Day is a Friday and Boxing Day moves to Monday.
    assert_eq!(due_days(date("2026-12-23"), 5), both("2026-12-28", "2027-01-04"));
    assert_eq!(due_days(date("2026-11-21"), 1), both("2026-11-22", "2026-11-23"));
    assert_eq!(due_days(date("2026-11-21"), 0), both("2026-11-21", "2026-11-21"));
}

#[test]
fn a_day_ends_with_its_last_second_so_that_it_is_still_that_day() {
    let due = Span::Days(0).from(at("2026-11-20T09:00"));
    assert_eq!(due, at("2026-11-20T23:59:59"));
    assert_eq!(state(due, at("2026-11-20T23:59:59")), DueState::Today);
    assert_eq!(state(due, at("2026-11-21T00:00")), DueState::Overdue);
}

#[test]
fn what_no_calendar_reaches_is_due_at_its_end() {
    let start = at("2026-11-20T09:00");
    for span in [Span::Hours(u32::MAX), Span::Days(u32::MAX), Span::Months(u32::MAX)] {
        assert!(span.from(start) > at("2199-12-31T12:00"), "{span:?}");
    }
}

#[test]
fn working_days_of_a_year_without_known_holidays_are_doubted() {
    let warning = |span: Span, start: &str| span.warning(at(start));
    assert_eq!(warning(Span::WorkingDays(1), "2028-12-28T10:00"), None);
    let said = warning(Span::WorkingDays(1), "2028-12-29T10:00").unwrap();
    assert!(
        said.starts_with("The bank holidays of 2029 are not known, so this may be due a working day later.")
    );
    assert!(said.contains("Get a newer edition"));
    assert!(warning(Span::CloseOfNextWorkingDay, "2029-06-04T10:00").is_some());
    assert!(warning(Span::WorkingDays(1), "2023-12-29T10:00").is_some());
    // A calendar's days need no holidays.
    assert_eq!(warning(Span::Days(5), "2029-06-04T10:00"), None);
    assert_eq!(warning(Span::Hours(24), "2029-06-04T10:00"), None);
}

#[test]
fn a_state_is_of_the_day_in_london() {
    let summer = at("2026-07-01T00:30");
    assert_eq!(state(summer, at("2026-07-01T00:10")), DueState::Today);
    assert_eq!(state(summer, at("2026-06-30T23:50")), DueState::Coming);
    assert_eq!(state(summer, summer), DueState::Today);
    assert_eq!(state(summer, at("2026-07-01T00:31")), DueState::Overdue);
    assert_eq!(DueState::ALL.map(DueState::label), ["overdue", "today", "coming"]);
}

#[test]
fn what_is_left_is_said_shortly() {
    // A Friday.
    let now = at("2026-11-20T14:10");
    for (due, words) in [
        ("2026-11-20T14:10", "due now"),
        ("2026-11-20T14:10:59", "due now"),
        ("2026-11-20T14:11", "1 min left"),
        ("2026-11-20T15:09:59", "59 min left"),
        ("2026-11-20T15:10", "1 h left"),
        ("2026-11-20T17:00", "2 h left"),
        ("2026-11-20T23:59:59", "9 h left"),
        ("2026-11-21T00:00", "tomorrow 00:00"),
        ("2026-11-21T17:00", "tomorrow 17:00"),
        ("2026-11-22T09:00", "Sun 22 Nov 09:00"),
        ("2026-11-30T17:00", "Mon 30 Nov 17:00"),
        ("2027-01-04T17:00", "Mon 4 Jan 17:00"),
        ("2027-11-22T17:00", "Mon 22 Nov 2027"),
        ("2026-11-20T14:09:30", "just overdue"),
        ("2026-11-20T14:09", "overdue 1 min"),
        ("2026-11-20T13:10", "overdue 1 h"),
        ("2026-11-19T14:11", "overdue 23 h"),
        ("2026-11-19T14:10", "overdue 1 day"),
        ("2026-11-17T09:00", "overdue 3 days"),
        ("2020-11-17T09:00", "overdue 6 years"),
    ] {
        assert_eq!(left(at(due), now), words, "{due}");
    }
}

#[test]
fn where_there_is_little_room_it_is_said_in_nine_columns() {
    let now = at("2026-11-20T14:10");
    for (due, words) in [
        ("2026-11-20T16:30", "due 16:30"),
        ("2026-11-21T17:00", "tomorrow"),
        ("2026-11-30T17:00", "by 30 Nov"),
        ("2027-11-22T17:00", "in 2027"),
        ("2026-11-20T13:30", "just late"),
        ("2026-11-19T18:10", "late 20 h"),
        ("2026-11-17T09:00", "late 3 d"),
        ("2026-07-20T09:00", "late 123d"),
        ("2020-11-17T09:00", "late 6 y"),
    ] {
        assert_eq!(in_brief(at(due), now), words, "{due}");
    }
}

fn any_span() -> impl Strategy<Value = Span> {
    prop_oneof![
        (0..100u32).prop_map(Span::Hours),
        (0..100u32).prop_map(Span::Days),
        (0..30u32).prop_map(Span::Months),
        (0..60u32).prop_map(Span::WorkingDays),
        Just(Span::CloseOfWorkingDay),
        Just(Span::CloseOfNextWorkingDay),
    ]
}

/// From 2024 to 2028, to the second.
fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    (1_704_067_200..1_861_920_000i64).prop_map(|second| DateTime::from_timestamp(second, 0).unwrap())
}

proptest! {
    #[test]
    fn nothing_is_due_before_it_begins_and_who_begins_later_has_no_less_time(
        span in any_span(), start in any_instant(), later in 0..400_000i64,
    ) {
        let due = span.from(start);
        prop_assert!(due >= start);
        prop_assert!(span.from(start + chrono::TimeDelta::seconds(later)) >= due);
    }

    #[test]
    fn working_time_ends_while_somebody_is_there(days in 1..60u32, start in any_instant()) {
        for span in [Span::WorkingDays(days), Span::CloseOfWorkingDay, Span::CloseOfNextWorkingDay] {
            let due = span.from(start).with_timezone(&London);
            let minute = due.hour() * 60 + due.minute();
            prop_assert!(is_working_day(due.date_naive()) && (510..=1020).contains(&minute), "{span:?} {due}");
        }
    }

    #[test]
    fn what_is_left_fits_into_its_column(due in any_instant(), now in any_instant()) {
        let words = left(due, now);
        prop_assert!(words.chars().count() <= 16, "{words}");
        let words = in_brief(due, now);
        prop_assert!(words.chars().count() <= 9, "{words}");
    }
}
