//! Rules that decide who is rung, and in which order.

use chrono::{DateTime, Utc};
use dsl_desk::desk::answer::Subject;
use dsl_desk::desk::{Act, shipped};
use dsl_desk::domain::area::Area;
use dsl_desk::domain::contact::{ContactDetails, Number};
use dsl_desk::domain::hours::Hours;
use dsl_desk::domain::ids::{ConcernId, ContactId};
use dsl_desk::domain::moment::Moment;
use dsl_desk::domain::part2::{Advice, Section};
use dsl_desk::domain::routing::{About, Purpose, Question, Route, route};
use dsl_desk::domain::text::Text;

use crate::support::{ALL, World, now};

/// Invented, of the numbers that are kept for inventions.
const OURS: &str = "0116 496 0111";

/// Saturday, 28 November 2026, ten o'clock at night.
fn saturday_night() -> DateTime<Utc> {
    "2026-11-28T22:00:00Z".parse().unwrap()
}

/// The shipped book's answer, for each of the areas.
fn everywhere(question: &Question) -> Vec<Route> {
    let book: Vec<(ContactId, &ContactDetails)> = (1..).map(ContactId).zip(shipped::contacts()).collect();
    let of = |area: &Area| route(&Question { area: Some(area.clone()), ..question.clone() }, &book);
    Area::all().iter().map(of).collect()
}

fn numbers(route: &Route) -> Vec<&str> {
    route.steps.iter().filter_map(|step| step.number.as_ref()).map(Text::as_str).collect()
}

/// A desk with somebody of its own under a key of the rules, and its answer for somebody in the county.
fn with(key: &str, about: About, purpose: Purpose) -> Route {
    let mut world = World::new();
    let number = Number { number: OURS.into(), hours: Hours::read("always").unwrap(), ..Number::default() };
    let ours = ContactDetails {
        key: key.into(),
        role: "Of our own".into(),
        numbers: vec![number],
        ..ContactDetails::default()
    };
    world.act(&Act::AddContact(Box::new(ours)));
    let area = Area::by_id("leicestershire").cloned();
    world.desk.ring(&Question { area, about, purpose, ..Question::at(now()) }).unwrap()
}

#[test]
fn r1_applies_in_danger_it_is_999_before_everybody() {
    for about in About::ALL {
        for at in [now(), saturday_night()] {
            let asked = Question { about, danger: true, ..Question::at(at) };
            assert!(everywhere(&asked).iter().all(|given| numbers(given)[0] == "999"), "{about:?}");
            let calm = everywhere(&Question { danger: false, ..asked });
            assert!(calm.iter().all(|given| numbers(given)[0] != "999"), "{about:?}");
        }
    }
}

#[test]
fn r13_applies_the_designated_officer_is_rung_before_the_person_is_spoken_to() {
    let said = |about, purpose| {
        let given = everywhere(&Question { about, purpose, ..Question::at(now()) });
        given
            .iter()
            .all(|route| route.first.iter().any(|first| first.contains("before you speak to the person")))
    };
    assert!(said(About::Staff, Purpose::Allegation) && said(About::Child, Purpose::Allegation));
    assert!(!said(About::Child, Purpose::Report));
}

#[test]
fn r16_applies_members_go_to_the_monitoring_officer_and_staff_to_personnel() {
    for (key, about, is_rung) in [
        ("own-monitoring-officer", About::Member, true),
        ("own-monitoring-officer", About::Staff, false),
        ("own-hr", About::Staff, true),
        ("own-hr", About::Child, false),
    ] {
        let given = with(key, about, Purpose::usual_for(about));
        assert_eq!(numbers(&given).contains(&OURS), is_rung, "{key} {about:?}");
    }
}

#[test]
fn r18_applies_what_the_organisation_does_not_deal_with_goes_past_the_lead() {
    for (key, about) in [("own-lead-trustee", About::Child), ("own-hr", About::Staff)] {
        assert!(numbers(&with(key, about, Purpose::Whistleblowing)).contains(&OURS), "{key}");
    }
}

#[test]
fn r18_does_not_apply_to_what_is_reported_as_usual() {
    assert!(!numbers(&with("own-lead-trustee", About::Child, Purpose::Report)).contains(&OURS));
    assert!(!numbers(&with("own-lead-trustee", About::Child, Purpose::Advice)).contains(&OURS));
}

/// The police's own numbers.
fn is_police(number: &str) -> bool {
    matches!(number, "999" | "101")
}

#[test]
fn r33_applies_the_police_are_not_rung_for_a_report() {
    for given in everywhere(&Question::at(now())) {
        let numbers = numbers(&given);
        assert!(!is_police(numbers[0]) && !numbers.contains(&"101"), "social care brings them in");
    }
}

#[test]
fn r33_does_not_apply_in_danger_or_to_a_crime_that_is_over() {
    for question in [
        Question { danger: true, ..Question::at(now()) },
        Question { purpose: Purpose::Crime, ..Question::at(now()) },
    ] {
        assert!(everywhere(&question).iter().all(|given| is_police(numbers(given)[0])));
    }
}

#[test]
fn r36_applies_whoever_acts_for_the_lead_can_be_rung_and_at_night_somebody_is_there() {
    assert!(numbers(&with("cover", About::Child, Purpose::Report)).contains(&OURS));
    for given in everywhere(&Question::at(saturday_night())) {
        assert_eq!(given.steps[0].standing.is_open(), Some(true));
        assert!(numbers(&given).contains(&"0808 800 5000"), "the NSPCC");
    }
}

#[test]
fn r36_does_not_apply_to_an_allegation_which_nobody_covers() {
    assert!(!numbers(&with("cover", About::Staff, Purpose::Allegation)).contains(&OURS));
}

/// Somebody of the book is rung and gives advice about a concern that came in on Saturday night: it is recorded without
/// a reason, and whom the rules name is what it was.
fn rung_all_the_same(key: &str) {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    let (concern, at) = (ConcernId(1), saturday_night());
    let asked = |world: &World| world.desk.ring_about(Some(Subject::Concern(concern)), at).unwrap();
    let before = asked(&world).route;
    let book = world.desk.contacts("", ALL).unwrap().rows;
    let contact = book.iter().find(|contact| contact.details.key.as_str() == key).unwrap();
    let advice = Advice {
        at: Moment::At(at),
        name: "Jo Bloggs".into(),
        role: contact.details.role.clone(),
        organisation: contact.details.organisation.clone(),
        advice: "Ring social care.".into(),
        contact: Some(contact.id),
    };
    let act = Act::Section { concern, section: Section::Advice(advice) };
    assert_eq!(world.desk.act(&act, None, at).unwrap().entries.len(), 1, "no reason is asked");
    assert_eq!(asked(&world).route, before);
    assert!(!numbers(&before).contains(&contact.details.numbers[0].number.as_str()), "it was not advised");
    assert!(world.problems().is_empty());
}

#[test]
fn r33_overridden_the_police_are_rung_first_and_what_they_said_is_recorded() {
    rung_all_the_same("police-non-emergency");
}

#[test]
fn r36_overridden_somebody_else_is_rung_at_night_and_what_they_said_is_recorded() {
    rung_all_the_same("everyday-advice-line");
}
