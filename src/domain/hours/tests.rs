//! Hours at the minutes at which they change, and in the words in which people write them.

use chrono::{DateTime, Utc};
use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};

use super::week::Week;
use super::{Hours, Span, Standing};
use crate::domain::moment::Moment;

const OFFICE: &str = "Mon-Thu 08:30-17:00, Fri 08:30-16:30, bank holidays assumed closed";
const OUT_OF_OFFICE: &str = "Mon-Thu 00:00-08:30 and 17:00-24:00, Fri 00:00-08:30 and 16:30-24:00, Sat-Sun all day, bank holidays open";

fn hours(text: &str) -> Hours {
    Hours::read(text).unwrap_or_else(|_| panic!("{text}"))
}

/// A minute of London's wall clock.
fn at(text: &str) -> DateTime<Utc> {
    match Moment::parse(text).unwrap() {
        Moment::At(at) => at,
        Moment::Date(_) => panic!("{text} has no time"),
    }
}

fn standing(text: &str, when: &str) -> Standing {
    hours(text).at(at(when))
}

fn open(until: &str) -> Standing {
    Standing::Open { until: at(until) }
}

fn closed(opens: &str) -> Standing {
    Standing::Closed { opens: Some(at(opens)), assumed: false }
}

#[test]
fn the_opening_minute_is_open_and_the_closing_minute_is_closed() {
    for (when, expected) in [
        ("2026-11-26T08:29:59", closed("2026-11-26T08:30")),
        ("2026-11-26T08:30", open("2026-11-26T17:00")),
        ("2026-11-26T16:59:59", open("2026-11-26T17:00")),
        ("2026-11-26T17:00", closed("2026-11-27T08:30")),
        ("2026-11-27T16:29", open("2026-11-27T16:30")),
        ("2026-11-27T16:30", closed("2026-11-30T08:30")),
        ("2026-11-28T12:00", closed("2026-11-30T08:30")),
    ] {
        assert_eq!(standing(OFFICE, when), expected, "{when}");
    }
}

#[test]
fn a_bank_holiday_that_nobody_speaks_of_is_assumed_to_be_closed() {
    let assumed =
        Standing::Closed { opens: Some(at("2026-08-31T08:30") + chrono::TimeDelta::days(1)), assumed: true };
    assert_eq!(standing(OFFICE, "2026-08-31T10:00"), assumed);
    // At night it would have been closed anyway.
    assert_eq!(standing(OFFICE, "2026-08-31T20:00"), closed("2026-09-01T08:30"));
    let stated = OFFICE.replace("assumed closed", "closed");
    assert_eq!(standing(&stated, "2026-08-31T10:00"), closed("2026-09-01T08:30"));
    let usual = OFFICE.replace("assumed closed", "as usual");
    assert_eq!(standing(&usual, "2026-08-31T10:00"), open("2026-08-31T17:00"));
}

#[test]
fn who_is_there_while_others_are_closed_stays_until_they_open() {
    assert_eq!(standing(OUT_OF_OFFICE, "2026-08-28T16:30"), open("2026-09-01T08:30"));
    assert_eq!(standing(OUT_OF_OFFICE, "2026-08-31T11:00"), open("2026-09-01T08:30"));
    assert_eq!(standing(OUT_OF_OFFICE, "2026-11-26T17:00"), open("2026-11-27T08:30"));
    assert_eq!(standing(OUT_OF_OFFICE, "2026-11-26T08:30"), closed("2026-11-26T17:00"));
}

#[test]
fn over_christmas_nobody_is_there_until_the_first_working_day() {
    assert_eq!(standing(OFFICE, "2026-12-24T17:00"), closed("2026-12-29T08:30"));
}

/// Both passes of the hour that comes twice are of the wall clock, and the hour that is left out opens late.
#[test]
fn the_wall_clock_counts_when_the_clocks_change() {
    let early = "Sun 01:30-03:00";
    let autumn = |utc: &str| hours(early).at(utc.parse().unwrap());
    assert_eq!(autumn("2026-10-25T00:29:00Z").is_open(), Some(false));
    assert_eq!(autumn("2026-10-25T00:30:00Z"), Standing::Open { until: at("2026-10-25T03:00") });
    // One o'clock again.
    assert_eq!(autumn("2026-10-25T01:15:00Z").is_open(), Some(false));
    assert_eq!(autumn("2026-10-25T02:59:00Z").is_open(), Some(true));
    let twice = |utc: &str| hours("Sun 01:00-01:30").at(utc.parse().unwrap());
    for (now, until) in [("00:10", "00:30"), ("01:10", "01:30")] {
        let until = format!("2026-10-25T{until}:00Z").parse().unwrap();
        assert_eq!(twice(&format!("2026-10-25T{now}:00Z")), Standing::Open { until });
    }
    let spring = |utc: &str| hours(early).at(utc.parse().unwrap());
    assert_eq!(
        spring("2026-03-29T00:59:00Z"),
        Standing::Closed { opens: Some("2026-03-29T01:00:00Z".parse().unwrap()), assumed: false }
    );
    assert_eq!(spring("2026-03-29T01:00:00Z").is_open(), Some(true));
    // Half past eight is half past eight on the Monday after either.
    assert_eq!(standing(OFFICE, "2026-03-28T12:00"), closed("2026-03-30T08:30"));
    assert_eq!(standing(OFFICE, "2026-10-24T12:00"), closed("2026-10-26T08:30"));
}

#[test]
fn how_it_stands_is_said_with_no_more_than_is_needed() {
    let said = |text: &str, when: &str| standing(text, when).words(at(when));
    assert_eq!(said(OFFICE, "2026-11-26T10:00"), "open until 17:00");
    assert_eq!(said(OFFICE, "2026-11-26T08:00"), "closed, opens 08:30");
    assert_eq!(said(OFFICE, "2026-11-27T16:30"), "closed, opens Mon 30 Nov 08:30");
    assert_eq!(said(OFFICE, "2026-08-31T10:00"), "assumed closed (bank holiday), opens Tue 1 Sep 08:30");
    assert_eq!(said(OUT_OF_OFFICE, "2026-11-27T17:00"), "open until Mon 30 Nov 08:30");
    assert_eq!(said("always", "2026-11-27T17:00"), "always open");
    assert_eq!(said("not stated", "2026-11-27T17:00"), "hours not stated");
}

#[test]
fn what_people_write_is_read() {
    let office = hours(OFFICE);
    for same in [
        "monday to thursday 8.30am to 5pm, friday 8.30am to 4.30pm",
        "Mon–Thu 8:30–17:00; Fri 0830 - 1630; bank holidays assumed closed",
        "fri 8.30am-4.30pm, mon - thu 8.30am - 5pm",
    ] {
        assert_eq!(hours(same), office, "{same}");
    }
    for always in ["24/7", "Always", "24 hours a day, 7 days a week"] {
        assert_eq!(hours(always), Hours::Always);
    }
    for nothing in ["", "  ", "Not stated"] {
        assert_eq!(hours(nothing), Hours::NotStated);
    }
    assert_eq!(hours("weekdays 9am-noon and 1pm-midnight"), hours("Mon-Fri 09:00-12:00 and 13:00-24:00"));
    assert_eq!(hours("sat-mon all day"), hours("Sat all day, Sun all day, Mon all day"));
    assert_eq!(standing("every day all day, bank holidays as usual", "2026-11-26T12:00"), Standing::Always);
}

#[test]
fn what_is_not_certain_is_refused() {
    for doubtful in [
        "office hours",
        "9-5",
        "Mon-Fri 9-5",
        "Mon-Fri 9am-5",
        "Mon-Fri 17:00-08:30",
        "Mon-Fri 08:30-17:00, Fri 08:30-16:30",
        "Mon 09:00-12:00 and 12:00-17:00",
        "Mon 09:00-09:00",
        "bank holidays closed",
        "Mon-Fri 08:30-17:00, bank holidays perhaps",
        "M-F 08:30-17:00",
        "Mon-Fri 08:30-25:00",
    ] {
        assert!(Hours::read(doubtful).is_err(), "{doubtful}");
    }
}

#[test]
fn the_words_are_the_same_in_a_file() {
    let json = serde_json::to_string(&hours(OFFICE)).unwrap();
    assert_eq!(json, format!("\"{OFFICE}\""));
    assert_eq!(serde_json::from_str::<Hours>(&json).unwrap(), hours(OFFICE));
    assert!(serde_json::from_str::<Hours>("\"whenever\"").is_err());
}

fn any_week() -> impl Strategy<Value = Hours> {
    let span = (0..Span::DAY, 1..=Span::DAY).prop_map(|(opens, closes)| {
        let (opens, closes) = (opens.min(closes - 1), closes.max(opens + 1));
        vec![Span { opens, closes }]
    });
    let day = proptest::option::of(span).prop_map(Option::unwrap_or_default);
    let bank_holidays = proptest::sample::select(super::OnBankHolidays::ALL.to_vec());
    (proptest::array::uniform7(day), bank_holidays)
        .prop_map(|(days, bank_holidays)| Hours::Weekly(Week { days, bank_holidays }))
        .prop_filter(
            "a week with no hour in it is none",
            |hours| !matches!(hours, Hours::Weekly(week) if week.days.iter().all(Vec::is_empty)),
        )
}

/// Every minute of 2024 to 2028.
fn any_minute() -> impl Strategy<Value = DateTime<Utc>> {
    (0..=5_i64 * 366 * 1_440).prop_map(|minutes| at("2024-01-01T00:00") + chrono::TimeDelta::minutes(minutes))
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(hours in any_week()) {
        prop_assert_eq!(Hours::read(&hours.to_string()), Ok(hours));
    }

    #[test]
    fn nothing_that_is_typed_is_a_crash(text in any::<String>()) {
        drop(Hours::read(&text));
    }

    /// It is open to the minute before it closes, and closed to the minute before it opens.
    #[test]
    fn until_is_the_first_minute_that_is_otherwise(hours in any_week(), now in any_minute()) {
        let is_open = |at| hours.at(at).is_open();
        match hours.at(now) {
            Standing::Open { until } => {
                prop_assert_eq!(is_open(until), Some(false));
                prop_assert_eq!(is_open(until - chrono::TimeDelta::minutes(1)), Some(true));
            }
            Standing::Closed { opens: Some(opens), .. } => {
                prop_assert_eq!(is_open(opens), Some(true));
                prop_assert_eq!(is_open(opens - chrono::TimeDelta::minutes(1)), Some(false));
            }
            Standing::Closed { opens: None, .. } | Standing::Always | Standing::NotStated => {}
        }
    }
}
