//! How far a number of the book can be relied on: whether anybody has rung it, and how old what it rests on is.

use chrono::{Days, NaiveDate};

use super::contact::{Checked, ContactDetails, Number};
use super::source;

/// For how long a number that was rung counts as checked.
const YEAR: Days = Days::new(365);

/// How far a number can be relied on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Rung from this desk within the year.
    Checked(Checked),
    /// Rung from this desk, and more than a year ago.
    CheckedLongAgo(Checked),
    /// Nobody has rung it, and every document in which it stands and that says when, was due for review before today
    /// (H27). The latest of those days.
    SourceOutOfDate(NaiveDate),
    /// Nobody has rung it.
    Unchecked,
}

impl Freshness {
    /// A check is newer than every document, so that it alone counts where there is one.
    pub fn of(contact: &ContactDetails, number: &Number, today: NaiveDate) -> Self {
        if let Some(checked) = number.checked.clone() {
            let is_recent = checked.on.checked_add_days(YEAR).is_none_or(|until| today <= until);
            return if is_recent { Self::Checked(checked) } else { Self::CheckedLongAgo(checked) };
        }
        let documents = contact.sources_of(number).iter().filter_map(source::document);
        match documents.filter_map(|document| document.review).max() {
            Some(review) if review < today => Self::SourceOutOfDate(review),
            Some(_) | None => Self::Unchecked,
        }
    }

    /// Whether it carries the badge.
    pub fn is_stale(&self) -> bool {
        match self {
            Self::CheckedLongAgo(_) | Self::SourceOutOfDate(_) => true,
            Self::Checked(_) | Self::Unchecked => false,
        }
    }

    /// The higher, the less it can be relied on.
    fn doubt(&self) -> u8 {
        match self {
            Self::Checked(_) => 0,
            Self::Unchecked => 1,
            Self::CheckedLongAgo(_) | Self::SourceOutOfDate(_) => 2,
        }
    }

    /// In one or two words, for a list; blank where there is nothing to say.
    pub fn badge(&self) -> &'static str {
        match self {
            Self::Checked(_) => "",
            Self::Unchecked => "unchecked",
            Self::CheckedLongAgo(_) | Self::SourceOutOfDate(_) => "stale",
        }
    }

    /// In a sentence without its full stop.
    pub fn sentence(&self) -> String {
        let day = |date: &NaiveDate| date.format("%-d %b %Y").to_string();
        match self {
            Self::Checked(Checked { on, by }) => format!("Checked {} by {}", day(on), by.one_line()),
            Self::CheckedLongAgo(Checked { on, by }) => {
                format!("Stale: last checked {} by {}", day(on), by.one_line())
            }
            Self::SourceOutOfDate(review) => {
                format!("Stale: not yet checked, and its source was due for review by {}", day(review))
            }
            Self::Unchecked => "Not yet checked: nobody here has rung it".to_owned(),
        }
    }
}

/// How far the least reliable of the numbers that are offered can be relied on; none where there is no number.
pub fn worst(contact: &ContactDetails, today: NaiveDate) -> Option<Freshness> {
    let offered = contact.dialled().filter(|number| !number.aside);
    offered.map(|number| Freshness::of(contact, number, today)).max_by_key(Freshness::doubt)
}

/// Whether somebody has to see to it: a number is stale, or its sources disagree and nobody has settled it.
pub fn is_doubtful(contact: &ContactDetails, today: NaiveDate) -> bool {
    contact.open_conflicts().next().is_some() || has_stale(contact, today)
}

/// Whether a number of it is stale.
pub fn has_stale(contact: &ContactDetails, today: NaiveDate) -> bool {
    contact.dialled().any(|number| Freshness::of(contact, number, today).is_stale())
}

#[cfg(test)]
mod tests {
    use super::{Checked, ContactDetails, Freshness, NaiveDate, Number, worst};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn of(sources: &[&str], checked: Option<&str>, today: &str) -> Freshness {
        let sources = sources.iter().copied().map(Into::into).collect();
        let details = ContactDetails { sources, ..ContactDetails::default() };
        let checked = checked.map(|on| Checked { on: date(on), by: "Amina Khan".into() });
        Freshness::of(&details, &Number { checked, ..Number::default() }, date(today))
    }

    #[test]
    fn a_check_counts_for_a_year_and_no_longer() {
        let on = |today| of(&["S1:186"], Some("2025-11-26"), today);
        assert_eq!(on("2026-11-26").badge(), "");
        assert_eq!(on("2026-11-27").badge(), "stale");
        assert_eq!(on("2026-11-27").sentence(), "Stale: last checked 26 Nov 2025 by Amina Khan");
    }

    #[test]
    fn a_document_that_is_past_its_own_review_makes_stale_what_nobody_has_rung() {
        assert_eq!(of(&["S1:186"], None, "2025-02-01"), Freshness::Unchecked);
        assert_eq!(of(&["S1:186"], None, "2025-02-02"), Freshness::SourceOutOfDate(date("2025-02-01")));
        // The newest document counts; one without a date says nothing, and neither does a page.
        assert_eq!(of(&["S1:186", "S4:9", "S2:2"], None, "2025-12-31"), Freshness::Unchecked);
        assert!(of(&["S1:186", "S2:2", "lrsb.org.uk"], None, "2026-01-01").is_stale());
        for undated in [&["S2:2", "lrsb.org.uk"][..], &[]] {
            assert_eq!(of(undated, None, "2030-01-01").badge(), "unchecked");
        }
    }

    #[test]
    fn the_least_reliable_number_speaks_for_the_contact() {
        let checked = Some(Checked { on: date("2026-11-20"), by: "Amina Khan".into() });
        let numbers = vec![
            Number { number: "101".into(), checked, ..Number::default() },
            Number { number: "102".into(), ..Number::default() },
        ];
        let mut details =
            ContactDetails { numbers, sources: vec!["S1:186".into()], ..ContactDetails::default() };
        assert_eq!(worst(&details, date("2026-11-26")).map(|worst| worst.badge()), Some("stale"));
        details.numbers[1].aside = true;
        assert_eq!(worst(&details, date("2026-11-26")).map(|worst| worst.badge()), Some(""));
        assert_eq!(worst(&ContactDetails::default(), date("2026-11-26")), None);
    }

    #[test]
    fn a_number_s_own_sources_count_before_those_of_the_contact() {
        let details = ContactDetails { sources: vec!["S1:186".into()], ..ContactDetails::default() };
        let number = Number { sources: vec!["example.org".into()], ..Number::default() };
        assert_eq!(Freshness::of(&details, &number, date("2026-11-26")), Freshness::Unchecked);
    }
}
