//! The rules beside the book that is shipped with them: neither names what the other does not have.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use dsl_desk::desk::shipped::contacts;
use dsl_desk::domain::area::{self, Area};
use dsl_desk::domain::contact::ContactDetails;
use dsl_desk::domain::routing::{About, Purpose, Question, Step, Whom, part, route};
use dsl_desk::domain::text::Text;
use dsl_desk::domain::{deadline, escalation, source};

use super::{Case, book, minute};

/// Whom no rule rings, and why.
const NOT_RUNG: [(&str, &str); 8] = [
    ("police-old-switchboard", "perhaps dead (H9)"),
    ("lado-leicestershire-older", "perhaps superseded (H4)"),
    ("dbs", "a referral in writing"),
    ("partnership-procedures", "a place to read"),
    ("seips-partnership", "a place to read"),
    ("childline", "a number to give to a child (H13)"),
    ("everyday-advice-line", "one employer's own staff"),
    ("safelives", "a place to read"),
];

fn every_question() -> impl Iterator<Item = Question> {
    let areas = || Area::all().iter().cloned().map(Some).chain([None]);
    // Everybody is open, or closed.
    let minutes = || ["Mon 23 Nov 2026 10:00", "Sat 28 Nov 2026 10:00"].map(minute).into_iter();
    let asked = |area: Option<Area>, about, purpose, at: DateTime<Utc>| Question {
        area,
        about,
        purpose,
        ..Question::at(at)
    };
    minutes().flat_map(move |at| {
        About::ALL.into_iter().flat_map(move |about| {
            Purpose::ALL
                .into_iter()
                .flat_map(move |purpose| areas().map(move |area| asked(area, about, purpose, at)))
        })
    })
}

fn details<'b>(
    step: &Step,
    book: &[(dsl_desk::domain::ids::ContactId, &'b ContactDetails)],
) -> Option<&'b ContactDetails> {
    book.iter().find(|(id, _)| step.whom == Whom::Contact(*id)).map(|(_, details)| *details)
}

#[test]
fn every_key_that_the_rules_ring_is_in_the_book() {
    let book = book();
    for question in every_question() {
        assert_eq!(route(&question, &book).warnings.iter().find(|said| said.contains("nobody under")), None);
    }
    for contact in contacts().iter().filter(|contact| part(&contact.key).is_some()) {
        assert!(contact.areas.is_empty() && contact.numbers.is_empty(), "{} is somebody's own", contact.key);
    }
}

#[test]
fn everybody_in_the_book_is_rung_or_is_known_not_to_be() {
    let book = book();
    let mut rung = BTreeSet::new();
    for question in every_question() {
        let steps = route(&question, &book).steps;
        rung.extend(steps.iter().filter_map(|step| details(step, &book)).map(|known| known.key.to_string()));
    }
    for contact in contacts() {
        let key = contact.key.as_str();
        let is_not = NOT_RUNG.iter().any(|(known, _)| *known == key);
        assert_eq!(rung.contains(key), !is_not, "{key}");
    }
}

#[test]
fn whom_to_ring_instead_is_in_the_book_and_is_there() {
    for contact in contacts() {
        for number in contact.dialled().filter(|number| !number.instead.is_blank()) {
            let stand_in = contacts().iter().find(|known| known.key == number.instead);
            let stand_in = stand_in.unwrap_or_else(|| panic!("{}: {}", contact.key, number.instead));
            assert!(stand_in.dialled().next().is_some() && stand_in.key != contact.key, "{}", contact.key);
        }
    }
}

/// Whoever stands in for another may be from elsewhere.
#[test]
fn nobody_is_rung_for_an_area_that_they_do_not_serve() {
    let book = book();
    for question in every_question() {
        let Some(home) = &question.area else { continue };
        for step in route(&question, &book).steps {
            let Some(known) = details(&step, &book) else { continue };
            let serves = known.areas.is_empty()
                || area::is_national(&known.areas)
                || area::served(&known.areas).contains(home);
            assert!(serves || step.why.starts_with("In place of"), "{} for {}", known.key, home.id());
        }
    }
}

#[test]
fn every_code_names_a_line_that_its_document_has() {
    let of_the_book = contacts().iter().flat_map(|contact| {
        let numbers = contact.numbers.iter().flat_map(|number| &number.sources);
        let conflicts = contact.conflicts.iter().flat_map(|conflict| &conflict.sources);
        contact.sources.iter().chain(numbers).chain(conflicts).cloned()
    });
    let of_the_clocks = deadline::all().iter().flat_map(|deadline| &deadline.sources);
    let of_the_ladder = escalation::ladder().iter().flat_map(|rung| &rung.sources);
    let of_clocks = of_the_clocks.chain(&deadline::office_hours().sources).chain(of_the_ladder).cloned();
    let of_the_table = Case::all().into_iter().flat_map(|case| {
        let words = case
            .why
            .split_whitespace()
            .map(|word| Text::from(word.trim_matches(|c: char| !c.is_alphanumeric())));
        words.collect::<Vec<_>>()
    });
    let mut found = 0;
    for code in of_the_book.chain(of_clocks).chain(of_the_table) {
        let Some(document) = source::document(&code) else { continue };
        let last: usize = code.rsplit([':', '-']).next().unwrap().parse().unwrap();
        assert!(document.lines.is_none_or(|lines| (1..=lines).contains(&last)), "{code}");
        found += 1;
    }
    assert!(found >= Case::all().len(), "{found}: each case has a line at least");
}
