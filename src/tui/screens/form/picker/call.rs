//! What stays in view while she is on the telephone: a contact in a few lines, the numbers first.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::area::{self, Area};
use crate::domain::contact::ContactDetails;
use crate::domain::freshness::Freshness;
use crate::domain::moment::Moment;
use crate::domain::number::read_aloud;
use crate::domain::source;
use crate::domain::text::Text;

pub(super) fn lines(details: &ContactDetails, now: DateTime<Utc>) -> Vec<String> {
    let mut lines = reached(details);
    if let Some(first) = details.dialled().next() {
        lines.push(format!("Now: {}", first.hours.at(now).words(now)));
    }
    // A line each: whom to ring instead is never what is cut off.
    let told = [
        ("About hours", &details.hours),
        ("Out of hours", &details.out_of_hours),
        ("Careful", &details.caution),
    ];
    let told = told.into_iter().filter(|(_, text)| !text.is_blank());
    lines.extend(told.map(|(label, text)| format!("{label}: {}", text.one_line())));
    lines.push(provenance(details, Moment::At(now).date()));
    lines
}

/// How they are reached: by telephone, or else by whatever the book has.
fn reached(details: &ContactDetails) -> Vec<String> {
    let numbers = numbers(details);
    if !numbers.is_empty() {
        return vec![format!("Ring {}: {}", numbers.join(" or "), details.title())];
    }
    let mut lines = vec![format!("No number in the book: {}", details.title())];
    let emails: Vec<String> = details.emails.iter().map(Text::one_line).collect();
    let others = [("E-mail", emails.join(", ")), ("Web", details.web.one_line())];
    let others = others.into_iter().filter(|(_, way)| !way.is_empty());
    lines.extend(others.map(|(label, way)| format!("{label}: {way}")));
    lines
}

fn numbers(details: &ContactDetails) -> Vec<String> {
    details.dialled().map(|number| noted(&number.number, &number.note)).collect()
}

/// `0116 496 0005 (day and night)`.
fn noted(number: &Text, note: &Text) -> String {
    let number = read_aloud(number);
    if note.is_blank() { number } else { format!("{number} ({})", note.one_line()) }
}

/// A service of another council than the one in whose area the child lives (H2).
pub(super) fn elsewhere(details: &ContactDetails, home: &Area) -> Option<String> {
    let councils = area::served(&details.areas);
    // Whoever serves the country, or is of the desk's own organisation, is rung from everywhere.
    let is_elsewhere = !area::is_national(&details.areas) && !councils.contains(home);
    let named: Vec<&str> = councils.iter().map(Area::name).collect();
    (is_elsewhere && !named.is_empty())
        .then(|| format!("This is for {}; the child lives in {}.", named.join(" and "), home.name()))
}

/// Whether the number can be relied on, and where it is from (H5, H27). Where the line is too short for both, the
/// source gives way.
fn provenance(details: &ContactDetails, today: NaiveDate) -> String {
    let from = match details.sources.as_slice() {
        [] => "this desk".to_owned(),
        [only] => source::in_short(only),
        [first, others @ ..] => format!("{} and {} more", source::in_short(first), others.len()),
    };
    let Some(first) = details.dialled().next() else { return format!("From {from}.") };
    let relied_on = match Freshness::of(details, first, today) {
        Freshness::Checked(checked) => checked.on.format("checked %-d %b %Y").to_string(),
        Freshness::CheckedLongAgo(checked) => checked.on.format("stale, rung %Y").to_string(),
        Freshness::SourceOutOfDate(_) => "stale, unchecked".to_owned(),
        Freshness::Unchecked => "not yet checked".to_owned(),
    };
    format!("Number {relied_on}; from {from}.")
}

/// The parts that are not blank.
pub(super) fn joined(parts: &[&Text], between: &str) -> String {
    let known: Vec<String> =
        parts.iter().filter(|part| !part.is_blank()).map(|part| part.one_line()).collect();
    known.join(between)
}

#[cfg(test)]
mod tests {
    use super::{Area, ContactDetails, DateTime, Utc, elsewhere, lines, provenance};
    use crate::desk::shipped;
    use crate::domain::contact::{Checked, Number};
    use crate::domain::text::Text;
    use crate::tui::widgets::columns::columns;

    fn now() -> DateTime<Utc> {
        "2026-11-20T14:10:00Z".parse().unwrap()
    }

    /// What a form has on the smallest usual screen.
    const WIDTH: usize = 78;

    #[test]
    fn the_number_comes_first_and_whom_to_ring_instead_has_a_line() {
        let details = ContactDetails {
            service: "First Response".into(),
            numbers: vec![Number {
                number: "0116 496 0005".into(),
                note: "day and night".into(),
                ..Number::default()
            }],
            out_of_hours: "The same number".into(),
            caution: "Sources differ.".into(),
            ..ContactDetails::default()
        };
        assert_eq!(
            lines(&details, now()),
            [
                "Ring 0116 496 0005 (day and night): First Response",
                "Now: hours not stated",
                "Out of hours: The same number",
                "Careful: Sources differ.",
                "Number not yet checked; from this desk.",
            ]
        );
    }

    #[test]
    fn another_councils_service_is_said_to_be_one() {
        let of = |areas: &[&str]| {
            let areas = areas.iter().copied().map(Text::from).collect();
            elsewhere(
                &ContactDetails { areas, ..ContactDetails::default() },
                &Area::read("Leicester").unwrap(),
            )
        };
        let said = "This is for Leicestershire and Rutland; the child lives in Leicester.";
        assert_eq!(of(&["leicestershire", "rutland"]).as_deref(), Some(said));
        assert_eq!(of(&["leicester", "leicestershire"]), None);
        assert_eq!(of(&["leicestershire", "national"]), None);
        assert_eq!(of(&["derby"]).as_deref(), Some("This is for derby; the child lives in Leicester."));
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn without_a_number_the_other_ways_are_shown() {
        let details = ContactDetails {
            service: "Helpline".into(),
            numbers: vec![Number::default()],
            emails: vec!["help@example.org".into()],
            web: "https://example.org".into(),
            ..ContactDetails::default()
        };
        assert_eq!(
            lines(&details, now()),
            [
                "No number in the book: Helpline",
                "E-mail: help@example.org",
                "Web: https://example.org",
                "From this desk.",
            ]
        );
    }

    #[test]
    fn the_source_is_named_and_the_others_are_counted() {
        let from = |sources: &[&str], checked: Option<&str>| {
            let sources = sources.iter().copied().map(Text::from).collect();
            let checked = checked.map(|on| Checked { on: on.parse().unwrap(), by: "Amina Khan".into() });
            let numbers = vec![Number { number: "101".into(), checked, ..Number::default() }];
            let details = ContactDetails { numbers, sources, ..ContactDetails::default() };
            provenance(&details, now().date_naive())
        };
        assert_eq!(from(&["S2:3"], None), "Number not yet checked; from NW Leicestershire, line 3.");
        assert_eq!(from(&["S1:186"], None), "Number stale, unchecked; from the PCC's policy, line 186.");
        assert_eq!(
            from(&["S2:226-227", "S3:63", "S3:67"], Some("2026-11-02")),
            "Number checked 2 Nov 2026; from NW Leicestershire, lines 226 to 227 and 2 more."
        );
    }

    #[test]
    fn where_a_number_is_from_fits_one_line() {
        for contact in shipped::contacts() {
            for by in [None, Some("Amina Khan")] {
                let mut contact = contact.clone();
                for number in &mut contact.numbers {
                    number.checked =
                        by.map(|by| Checked { on: "2024-11-02".parse().unwrap(), by: by.into() });
                }
                let line = provenance(&contact, now().date_naive());
                assert!(columns(&line) <= WIDTH, "{line}");
            }
        }
    }
}
