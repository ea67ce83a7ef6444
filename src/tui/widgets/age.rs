//! How long ago something was, short enough for a column.

use chrono::{DateTime, Utc};

/// `now`, `25 min`, `2 h`, `3 days`, `6 weeks`, `2 years`; a clock that runs ahead is `now` too.
pub fn age(since: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let passed = now - since;
    let counted = [
        (passed.num_days() / 365, "year", "years"),
        (Some(passed.num_weeks()).filter(|weeks| *weeks > 1).unwrap_or_default(), "week", "weeks"),
        (passed.num_days(), "day", "days"),
        (passed.num_hours(), "h", "h"),
        (passed.num_minutes(), "min", "min"),
    ];
    counted.into_iter().find(|(count, _, _)| *count > 0).map_or_else(
        || "now".to_owned(),
        |(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }),
    )
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Duration, Utc};

    use super::age;

    #[test]
    fn the_largest_unit_that_says_enough() {
        let now: DateTime<Utc> = "2026-11-22T14:00:00Z".parse().unwrap();
        for (hours, expected) in [
            (-5, "now"),
            (0, "now"),
            (2, "2 h"),
            (23, "23 h"),
            (24, "1 day"),
            (24 * 13, "13 days"),
            (24 * 14, "2 weeks"),
            (24 * 364, "52 weeks"),
            (24 * 800, "2 years"),
        ] {
            assert_eq!(age(now - Duration::hours(hours), now), expected);
        }
        assert_eq!(age(now - Duration::seconds(90), now), "1 min");
    }
}
