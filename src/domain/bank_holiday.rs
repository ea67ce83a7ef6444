//! The bank holidays of `data/bank-holidays.toml`, which is part of the program, and until when they are known.
//!
//! What a service does on such a day is [`hours`](super::hours)'.

use std::cmp::Ordering;
use std::sync::LazyLock;

use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;

const SHIPPED: &str = include_str!("../../data/bank-holidays.toml");

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct BankHoliday {
    pub on: NaiveDate,
    pub name: String,
}

#[derive(Default, Deserialize)]
struct Shipped {
    nation: String,
    source: String,
    day: Vec<BankHoliday>,
}

fn shipped() -> &'static Shipped {
    // A test reads the file, so that it is never empty in a release.
    static SHIPPED_DAYS: LazyLock<Shipped> = LazyLock::new(|| toml::from_str(SHIPPED).unwrap_or_default());
    &SHIPPED_DAYS
}

/// Every bank holiday that is known, in the order of the file, which is that of the calendar.
pub fn all() -> &'static [BankHoliday] {
    &shipped().day
}

/// The bank holiday of a day in London.
pub fn of(date: NaiveDate) -> Option<&'static BankHoliday> {
    all().binary_search_by_key(&date, |day| day.on).ok().and_then(|place| all().get(place))
}

/// Whether the bank holidays of a year are in the file.
pub fn are_known(year: i32) -> bool {
    let year_of = |day: &BankHoliday| day.on.year();
    let (first, last) = (all().first().map(year_of), all().last().map(year_of));
    first.is_some_and(|first| first <= year) && last.is_some_and(|last| year <= last)
}

/// Where dates that are not known come from.
pub fn remedy() -> String {
    format!("Get a newer edition of the program, or add the dates from {}.", shipped().source)
}

/// What to know about the dates themselves: in the last year of the file that it runs out, and later that it has.
pub fn warning(date: NaiveDate) -> Option<String> {
    let last = all().last()?.on.year();
    let nation = &shipped().nation;
    let what = match date.year().cmp(&last) {
        Ordering::Less => return None,
        Ordering::Equal => format!("{nation}'s bank holidays are known to the end of {last} only."),
        Ordering::Greater => {
            format!(
                "{nation}'s bank holidays of {} are not known: a service may be closed today.",
                date.year()
            )
        }
    };
    Some(format!("{what} {}", remedy()))
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn five_years_of_eight_working_days_each_are_known_in_order() {
        for year in 2024..=2028 {
            assert_eq!(all().iter().filter(|day| day.on.year() == year).count(), 8, "{year}");
        }
        assert!(all().is_sorted_by(|before, after| before.on < after.on));
        let is_weekend = |day: &BankHoliday| matches!(day.on.weekday(), Weekday::Sat | Weekday::Sun);
        assert!(!all().iter().any(is_weekend));
        assert!(shipped().source.starts_with("https://"));
    }

    /// The rules by which the dates come about, beside the dates.
    #[test]
    fn each_day_is_where_the_rules_put_it() {
        for day in all() {
            let (on, name) = (day.on, day.name.as_str());
            let is_monday = on.weekday() == Weekday::Mon;
            let fits = match name {
                "Good Friday" => on.weekday() == Weekday::Fri && of(on + chrono::Days::new(3)).is_some(),
                "Easter Monday" => is_monday && of(on - chrono::Days::new(3)).is_some(),
                "Early May bank holiday" => is_monday && on.month() == 5 && on.day() <= 7,
                "Spring bank holiday" => is_monday && on.month() == 5 && on.day() >= 25,
                "Summer bank holiday" => is_monday && on.month() == 8 && on.day() >= 25,
                "New Year's Day" => on.ordinal() == 1,
                "Christmas Day" => (on.month(), on.day()) == (12, 25),
                "Boxing Day" => (on.month(), on.day()) == (12, 26),
                _ => name.contains("in place of"),
            };
            assert!(fits, "{on} {name}");
        }
    }

    #[test]
    fn a_day_is_found_and_the_day_beside_it_is_not() {
        assert_eq!(of(date("2026-12-28")).map(|day| day.on), Some(date("2026-12-28")));
        assert_eq!(of(date("2026-12-26")), None);
        assert_eq!(of(date("2026-12-29")), None);
    }

    #[test]
    fn the_last_year_warns_and_the_years_after_it_do_so_louder() {
        assert_eq!(warning(date("2027-12-31")), None);
        assert!(
            warning(date("2028-01-01")).unwrap().contains("to the end of 2028 only. Get a newer edition")
        );
        assert!(warning(date("2029-01-01")).unwrap().contains("of 2029 are not known"));
    }

    #[test]
    fn the_years_of_the_file_are_known_and_no_others() {
        assert_eq!([2023, 2024, 2028, 2029].map(are_known), [false, true, true, false]);
    }
}
