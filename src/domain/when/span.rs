//! Days from one to another, as they are said in one piece: a day, `last week`, `nov 2026`, `2025`.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

use super::day::{beside_this, month};
use super::tokens::{self, Reader, Token};
use super::{NotUnderstood, YEARS, parse, short, to_the_minute, whole};
use crate::domain::moment::Moment;

/// Reads which days are meant. A month without its year is the latest that has begun; a week begins on its Monday.
/// Whatever [`parse`] reads is that one day.
pub fn parse_span(text: &str, now: DateTime<Utc>) -> Result<RangeInclusive<NaiveDate>, NotUnderstood> {
    read(text, now).or_else(|| parse(text, now).ok().map(|at| at.date()..=at.date())).ok_or(NotUnderstood)
}

fn read(text: &str, now: DateTime<Utc>) -> Option<RangeInclusive<NaiveDate>> {
    let lowered = short(text)?;
    let tokens = tokens::split(&lowered)?;
    let today = Moment::At(to_the_minute(now)?).date();
    let reader = Reader::new(&tokens);
    whole(reader, full_year)
        .and_then(days_of_year)
        .or_else(|| whole(reader, |reader| written_month(reader, today)).and_then(days_of_month))
        .or_else(|| whole(reader, |reader| beside_today(reader, today)))
}

/// `2026`.
fn full_year(reader: &mut Reader) -> Option<i32> {
    let number = reader.number().filter(|number| number.digits == 4)?;
    i32::try_from(number.value).ok().filter(|year| YEARS.contains(year))
}

/// `2026-11`, `11/2026`, `nov`, `November 2026`, `nov last year`.
fn written_month(reader: &mut Reader, today: NaiveDate) -> Option<(i32, u32)> {
    let mark = |reader: &mut Reader| match reader.peek()? {
        Token::Mark(mark @ ('-' | '/' | '.')) => reader.mark(mark),
        Token::Mark(_) | Token::Number(_) | Token::Word(_) => None,
    };
    reader
        .attempt(|reader| {
            let year = full_year(reader)?;
            mark(reader)?;
            Some((year, reader.short_number()?))
        })
        .or_else(|| {
            reader.attempt(|reader| {
                let month = reader.short_number()?;
                mark(reader)?;
                Some((full_year(reader)?, month))
            })
        })
        .or_else(|| named_month(reader, today))
}

fn named_month(reader: &mut Reader, today: NaiveDate) -> Option<(i32, u32)> {
    let month = reader.word(month)?;
    let latest = if month <= today.month() { today.year() } else { today.year() - 1 };
    let year = reader
        .attempt(full_year)
        .or_else(|| beside_this(reader, "year").map(|towards| today.year() + towards))
        .unwrap_or(latest);
    Some((year, month))
}

/// `last week`, `this month`, `next year`.
fn beside_today(reader: &mut Reader, today: NaiveDate) -> Option<RangeInclusive<NaiveDate>> {
    if let Some(weeks) = beside_this(reader, "week") {
        let monday = today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into()))?;
        let monday = monday.checked_add_signed(chrono::TimeDelta::weeks(weeks.into()))?;
        return Some(monday..=monday.checked_add_days(Days::new(6))?);
    }
    if let Some(months) = beside_this(reader, "month") {
        let month = today.year() * 12 + i32::try_from(today.month0()).ok()? + months;
        return days_of_month((month.div_euclid(12), u32::try_from(month.rem_euclid(12)).ok()? + 1));
    }
    beside_this(reader, "year").and_then(|years| days_of_year(today.year() + years))
}

fn days_of_month((year, month): (i32, u32)) -> Option<RangeInclusive<NaiveDate>> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let next = first.checked_add_months(chrono::Months::new(1))?;
    Some(first..=next.pred_opt()?)
}

fn days_of_year(year: i32) -> Option<RangeInclusive<NaiveDate>> {
    Some(NaiveDate::from_ymd_opt(year, 1, 1)?..=NaiveDate::from_ymd_opt(year, 12, 31)?)
}

#[cfg(test)]
mod tests {
    use super::parse_span;

    #[test]
    fn days_as_they_are_said() {
        // A Friday.
        let now = "2026-11-20T14:10:00Z".parse().unwrap();
        for (said, first, last) in [
            ("2025", "2025-01-01", "2025-12-31"),
            ("2026-11", "2026-11-01", "2026-11-30"),
            ("02/2024", "2024-02-01", "2024-02-29"),
            ("nov", "2026-11-01", "2026-11-30"),
            ("December", "2025-12-01", "2025-12-31"),
            ("Nov 2024", "2024-11-01", "2024-11-30"),
            ("nov last year", "2025-11-01", "2025-11-30"),
            ("last week", "2026-11-09", "2026-11-15"),
            ("this week", "2026-11-16", "2026-11-22"),
            ("last month", "2026-10-01", "2026-10-31"),
            ("last year", "2025-01-01", "2025-12-31"),
            ("20/11/2026", "2026-11-20", "2026-11-20"),
            ("monday", "2026-11-16", "2026-11-16"),
            ("3 days ago", "2026-11-17", "2026-11-17"),
        ] {
            let days = parse_span(said, now).expect(said);
            assert_eq!(
                (days.start().to_string(), days.end().to_string()),
                (first.into(), last.into()),
                "{said}"
            );
        }
        for nonsense in ["", "13/2026", "2026-13", "soon", "1066", "nov 2026 knife"] {
            assert!(parse_span(nonsense, now).is_err(), "{nonsense}");
        }
    }
}
