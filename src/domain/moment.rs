//! When something happened: a date alone, or a date and time; always told and shown in London time.
//!
//! Reading what people type is `when`'s; this file knows only the written form (RFC 3339, or `2026-11-20`).

use std::fmt;
use std::ops::RangeInclusive;

use chrono::{
    DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, SubsecRound as _,
    TimeZone, Utc,
};
use chrono_tz::Europe::London;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Years that a report can speak of; others are slips of the pen, and the written form has only four digits.
const YEARS: RangeInclusive<i32> = 1900..=2199;

/// A moment as it was told. A date without a time stays one: nobody invents a midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    Date(NaiveDate),
    At(DateTime<Utc>),
}

/// A moment that could not be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the date or time cannot be read; write it as 2026-11-20 or 2026-11-20T14:10")]
pub struct NotAMoment;

impl Moment {
    /// Reads a date, a date and time with an offset, or a date and time that is taken as London's.
    pub fn parse(text: &str) -> Result<Self, NotAMoment> {
        read(text.trim()).and_then(Self::writable).ok_or(NotAMoment)
    }

    /// The moment as it is written and read again: in whole seconds. None where the year cannot be meant.
    pub fn writable(self) -> Option<Self> {
        let whole = match self {
            Self::Date(date) => Self::Date(date),
            Self::At(at) => Self::At(at.trunc_subsecs(0)),
        };
        YEARS.contains(&whole.date().year()).then_some(whole)
    }

    /// The day in London.
    pub fn date(self) -> NaiveDate {
        match self {
            Self::Date(date) => date,
            Self::At(at) => at.with_timezone(&London).date_naive(),
        }
    }

    /// The instant by which a chronology sorts: a date alone comes before the timed rows of its day.
    pub fn sort_key(self) -> i64 {
        match self {
            Self::Date(date) => from_london(date.and_time(NaiveTime::MIN)).timestamp(),
            Self::At(at) => at.timestamp(),
        }
    }

    /// Whether it was before another. Of a date without a time and a time on that day nobody knows.
    pub fn is_surely_before(self, other: Self) -> bool {
        match (self, other) {
            (Self::At(one), Self::At(other)) => one < other,
            (Self::Date(_), _) | (_, Self::Date(_)) => self.date() < other.date(),
        }
    }
}

fn read(text: &str) -> Option<Moment> {
    // `%Y` would take fewer digits, and put "20-11-26" into the first century.
    if text.chars().take_while(char::is_ascii_digit).count() != 4 {
        return None;
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(Moment::At(at.with_timezone(&Utc)));
    }
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(Moment::Date(date));
    }
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S%.f"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .map(|local| Moment::At(from_london(local)))
}

/// London's wall clock as an instant: the earlier of the two when the clocks go back, an hour later in the gap
/// when they go forward.
pub fn from_london(local: NaiveDateTime) -> DateTime<Utc> {
    London
        .from_local_datetime(&local)
        .earliest()
        .or_else(|| London.from_local_datetime(&(local + Duration::hours(1))).earliest())
        .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
}

/// `Fri 20 Nov 2026 14:10`, or without the time where none was told.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Date(date) => date.format("%a %-d %b %Y").to_string(),
            Self::At(at) => at.with_timezone(&London).format("%a %-d %b %Y %H:%M").to_string(),
        };
        f.pad(&text)
    }
}

/// RFC 3339 with London's offset: the form that is written to files and to `--json`.
pub fn rfc3339(at: DateTime<Utc>) -> String {
    at.with_timezone(&London).to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// `20 Nov 2026`: the day in London, in a sentence.
pub fn spoken_day(at: DateTime<Utc>) -> String {
    at.with_timezone(&London).format("%-d %b %Y").to_string()
}

/// `20 Nov 2026 14:10`: the minute in London, in a sentence.
pub fn spoken_minute(at: DateTime<Utc>) -> String {
    at.with_timezone(&London).format("%-d %b %Y %H:%M").to_string()
}

/// `Mon 30 Nov 2026`.
pub fn short_day(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

/// `20 Nov`, with the year where it is not this one: short enough for a list.
pub fn short_date(date: NaiveDate, today: NaiveDate) -> String {
    let form = if date.year() == today.year() { "%-d %b" } else { "%-d %b %Y" };
    date.format(form).to_string()
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Date(date) => serializer.collect_str(&date.format("%Y-%m-%d")),
            Self::At(at) => serializer.serialize_str(&rfc3339(*at)),
        }
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    fn written(text: &str) -> String {
        serde_json::to_string(&Moment::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn a_date_stays_a_date() {
        assert_eq!(written("2026-11-20"), "\"2026-11-20\"");
    }

    #[test]
    fn without_an_offset_it_is_london() {
        assert_eq!(written("2026-07-01T14:10"), "\"2026-07-01T14:10:00+01:00\"");
        assert_eq!(written("2026-11-20 14:10"), "\"2026-11-20T14:10:00+00:00\"");
    }

    #[test]
    fn an_offset_is_honoured() {
        assert_eq!(written("2026-11-20T14:10:00+02:00"), "\"2026-11-20T12:10:00+00:00\"");
    }

    #[test]
    fn the_hour_that_comes_twice_is_its_first_and_the_missing_one_moves_on() {
        assert_eq!(written("2026-10-25T01:30"), "\"2026-10-25T01:30:00+01:00\"");
        assert_eq!(written("2027-03-28T01:30"), "\"2027-03-28T02:30:00+01:00\"");
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(Moment::parse("2026-02-30").is_err());
        assert!(Moment::parse("soon").is_err());
        assert!(Moment::parse("20-11-26").is_err());
    }

    #[test]
    fn years_that_no_report_can_speak_of_are_refused() {
        for text in [
            "9999-12-31T23:59:59-12:00",
            "0000-01-01T00:00:00+05:00",
            "1899-12-31",
            "2200-01-01T00:00",
            "2199-12-31T23:30:00-01:00",
        ] {
            assert!(Moment::parse(text).is_err(), "{text}");
        }
        assert!(Moment::parse("1900-01-01").is_ok() && Moment::parse("2199-12-31T23:59:59").is_ok());
    }

    #[test]
    fn what_is_read_can_be_written_and_read_again() {
        for text in ["2026-11-20T14:10:00.75Z", "2026-11-20T14:10:60.5", "1900-01-01T00:00", "2026-11-20"] {
            let moment = Moment::parse(text).unwrap();
            assert_eq!(serde_json::from_str::<Moment>(&written(text)).unwrap(), moment, "{text}");
        }
    }
}
