//! Rules about concerns of which somebody who works here is the subject.

use dsl_desk::cabinet::Error;
use dsl_desk::desk::Act;
use dsl_desk::domain::cabinet::CabinetName;
use dsl_desk::domain::concern::{About, NamedStaff, Part1};
use dsl_desk::domain::ids::{ConcernId, PersonId};
use dsl_desk::domain::person::Right;
use dsl_desk::domain::receiving::{Markings, NamesDsl};
use dsl_desk::domain::text::Text;

use crate::support::{Place, World, now, part1};

const KEPT: ConcernId = ConcernId(1);

fn about(name: &str, is_dsl: Option<bool>) -> Part1 {
    let staff = NamedStaff { name: name.into(), is_dsl, ..NamedStaff::default() };
    Part1 { about: About::Staff, staff: Some(staff), ..part1("Zoe Marsh", None) }
}

/// A desk with one concern about a member of staff; Grace is a deputy, Kit a senior.
fn place() -> Place {
    let mut world = World::new();
    world.act(&Act::TypeIn(Box::new(about("Peregrine Quillfeather", None))));
    let place = world.close();
    place.admit("Grace Osei", Right::Deputy);
    place.admit("Kit Moss", Right::Senior);
    place
}

fn may_open(place: &Place, name: &str) -> bool {
    match place.open_as(&PersonId::from_name(name)).unwrap().concern(KEPT) {
        Ok(_) => true,
        Err(Error::Restricted(_)) => false,
        Err(error) => panic!("{error}"),
    }
}

fn cabinet(part1: &Part1) -> CabinetName {
    Markings::of(part1).cabinet(|name| match name.as_str() {
        "Amina Khan" => NamesDsl::Yes,
        "Mrs Khan" => NamesDsl::Perhaps,
        _ => NamesDsl::No,
    })
}

#[test]
fn r13_a_concern_about_staff_is_kept_to_the_leads_and_one_about_a_child_is_not() {
    let place = place();
    assert!(place.open().unwrap().concern(KEPT).is_ok());
    assert!(!may_open(&place, "Grace Osei"));
    let typed = Act::TypeIn(Box::new(part1("Zoe Marsh", None)));
    let mut grace = place.open_as(&PersonId::from_name("Grace Osei")).unwrap();
    let child = grace.act(&typed, None, now()).unwrap().concern.unwrap();
    assert!(grace.concern(child).is_ok());
}

#[test]
fn r14_the_lead_does_not_open_a_concern_about_herself() {
    assert_eq!(cabinet(&about("Amina Khan", None)), CabinetName::Senior);
    assert_eq!(cabinet(&about("the lead", Some(true))), CabinetName::Senior);
    assert_eq!(cabinet(&about("Peregrine Quillfeather", None)), CabinetName::General);
    // A surname alone is in doubt; the reporter can say that it is another's, and not where it is hers in full.
    assert_eq!(cabinet(&about("Mrs Khan", None)), CabinetName::Senior);
    assert_eq!(cabinet(&about("Mrs Khan", Some(false))), CabinetName::General);
    assert_eq!(cabinet(&about("Amina Khan", Some(false))), CabinetName::Senior);
}

#[test]
fn r17_others_are_named_with_a_reason_and_whoever_is_involved_is_left_out() {
    let place = place();
    let restrict = |reason: &str| Act::Restrict {
        concern: KEPT,
        people: vec![PersonId::from_name("Kit Moss")],
        reason: reason.into(),
    };
    let mut amina = place.open().unwrap();
    assert!(amina.act(&restrict(" "), None, now()).is_err(), "no reason is given");
    assert!(!may_open(&place, "Kit Moss"));
    amina.act(&restrict("He is my neighbour"), None, now()).unwrap();
    assert!(may_open(&place, "Kit Moss"));
    assert!(matches!(amina.concern(KEPT), Err(Error::Restricted(_))));
}

#[test]
fn r18_whoever_would_rather_not_tell_the_lead_need_not() {
    let asks = |not_for_dsl| Part1 { not_for_dsl, ..part1("Zoe Marsh", None) };
    assert_eq!(cabinet(&asks(Some(true))), CabinetName::Senior);
    for answer in [Some(false), None] {
        assert_eq!(cabinet(&asks(answer)), CabinetName::General);
    }
}

#[test]
fn r19_who_has_looked_is_recorded_and_not_for_everybody_to_read() {
    use dsl_desk::desk::answer::Subject::Concern;
    let place = place();
    let mut amina = place.open().unwrap();
    assert!(amina.seen_by(Concern(KEPT)).unwrap().is_empty(), "typing it in is no looking");
    amina.saw(Concern(KEPT), now()).unwrap();
    let seen = amina.seen_by(Concern(KEPT)).unwrap();
    let by: Vec<&Text> = seen.iter().map(|sighting| &sighting.by).collect();
    assert_eq!(by, [&Text::from("Amina Khan, Designated Safeguarding Lead")]);
    let open = amina.act(&Act::TypeIn(Box::new(part1("Ava Reed", None))), None, now()).unwrap();
    let grace = place.open_as(&PersonId::from_name("Grace Osei")).unwrap();
    assert!(grace.seen_by(Concern(open.concern.unwrap())).is_err(), "a deputy");
}
