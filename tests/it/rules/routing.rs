//! Rules that decide who is rung, and in which order.

use chrono::{DateTime, Utc};
use dsl_desk::desk::{Act, shipped};
use dsl_desk::domain::area::Area;
use dsl_desk::domain::contact::{ContactDetails, Number};
use dsl_desk::domain::hours::Hours;
use dsl_desk::domain::ids::ContactId;
use dsl_desk::domain::routing::{About, Purpose, Question, Route, route};
use dsl_desk::domain::text::Text;

use crate::support::{World, now};

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
fn r1_in_danger_it_is_999_before_everybody() {
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
fn r13_the_designated_officer_is_rung_before_the_person_is_spoken_to() {
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
fn r16_members_go_to_the_monitoring_officer_and_staff_to_personnel() {
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
fn r33_the_police_are_not_rung_for_a_report_unless_there_is_danger() {
    let is_police = |number: &&str| matches!(*number, "999" | "101");
    let first = |question: &Question| everywhere(question).iter().all(|given| is_police(&numbers(given)[0]));
    let report = Question::at(now());
    for given in everywhere(&report) {
        let numbers = numbers(&given);
        assert!(!is_police(&numbers[0]) && !numbers.contains(&"101"), "social care brings them in");
    }
    assert!(first(&Question { danger: true, ..report.clone() }));
    assert!(first(&Question { purpose: Purpose::Crime, ..report }), "a crime that is over");
}

#[test]
fn r36_whoever_acts_for_the_lead_can_be_rung_and_at_night_somebody_is_there() {
    assert!(numbers(&with("cover", About::Child, Purpose::Report)).contains(&OURS));
    assert!(!numbers(&with("cover", About::Staff, Purpose::Allegation)).contains(&OURS));
    for given in everywhere(&Question::at(saturday_night())) {
        assert_eq!(given.steps[0].standing.is_open(), Some(true));
        assert!(numbers(&given).contains(&"0808 800 5000"), "the NSPCC");
    }
}
