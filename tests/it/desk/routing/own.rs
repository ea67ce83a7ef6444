//! Whom to ring where the desk has contacts of its own beside the shipped ones.

use dsl_desk::desk::Act;
use dsl_desk::desk::answer::Subject;
use dsl_desk::domain::area::Area;
use dsl_desk::domain::contact::{ContactDetails, Number};
use dsl_desk::domain::hours::Hours;
use dsl_desk::domain::ids::{ChildId, ConcernId, ContactId};
use dsl_desk::domain::routing::{About, Purpose, Question, Route};

use super::minute;
use crate::support::{World, now};

/// Invented, of the numbers that are kept for inventions.
const THEIRS: &str = "0116 496 0111";
const ANOTHERS: &str = "0116 496 0222";

fn own(key: &str, number: &str, hours: &str) -> ContactDetails {
    let number = Number { number: number.into(), hours: Hours::read(hours).unwrap(), ..Number::default() };
    ContactDetails {
        key: key.into(),
        role: "Of our own".into(),
        numbers: vec![number],
        ..ContactDetails::default()
    }
}

fn of(child: ChildId, details: ContactDetails) -> ContactDetails {
    ContactDetails { of_child: Some(child), ..details }
}

fn add(world: &mut World, details: ContactDetails) -> ContactId {
    world.act(&Act::AddContact(Box::new(details))).contact.unwrap()
}

/// A concern about a child of its own, and the child.
fn concern(world: &mut World, name: &str) -> (Subject, ChildId) {
    let concern = Subject::Concern(ConcernId(world.concern(name, Some("2014-03-02"))));
    let children = world.desk.ring_about(Some(concern), now()).unwrap().question.children;
    (concern, children[0])
}

/// The answer for somebody in the county, on Friday 20 November 2026 at half past three.
fn rung(world: &World, subject: Option<Subject>, about: About, purpose: Purpose) -> Route {
    let question = world.desk.ring_about(subject, now()).unwrap().question;
    let area = Some(Area::by_id("leicestershire").unwrap().clone());
    world.desk.ring(&Question { area, about, purpose, ..question }).unwrap()
}

/// The numbers, first to last; `-` where there is none.
fn numbers(route: &Route) -> Vec<&str> {
    route.steps.iter().map(|step| step.number.as_ref().map_or("-", |number| number.as_str())).collect()
}

#[test]
fn a_child_who_has_a_social_worker_is_theirs_first() {
    let mut world = World::new();
    let (marsh, child) = concern(&mut world, "Zoe Marsh");
    let (oduya, _) = concern(&mut world, "Ife Oduya");
    add(&mut world, of(child, own("social-worker", THEIRS, "not stated")));
    let theirs = rung(&world, Some(marsh), About::Child, Purpose::Report);
    assert_eq!(numbers(&theirs)[..2], [THEIRS, "0116 305 0005"], "S3:341");
    let crime = rung(&world, Some(marsh), About::Child, Purpose::Crime);
    assert_eq!(numbers(&crime)[..3], ["101", THEIRS, "0116 305 0005"]);
    let others = rung(&world, Some(oduya), About::Child, Purpose::Report);
    assert!(!numbers(&others).contains(&THEIRS), "it is another child's");
    let nobodys = rung(&world, None, About::Child, Purpose::Report);
    assert!(!numbers(&nobodys).contains(&THEIRS));
}

#[test]
fn a_social_worker_who_has_gone_home_comes_after_whoever_is_there() {
    let mut world = World::new();
    let (marsh, child) = concern(&mut world, "Zoe Marsh");
    add(&mut world, of(child, own("social-worker", THEIRS, "Mon-Fri 09:00-15:30")));
    let theirs = rung(&world, Some(marsh), About::Child, Purpose::Report);
    let numbers = numbers(&theirs);
    assert_eq!(numbers[0], "0116 305 0005", "half past three is closed");
    let (emergency, closed) = (place(&numbers, "999"), place(&numbers, THEIRS));
    assert!(emergency < closed, "{numbers:?}");
}

fn place(numbers: &[&str], number: &str) -> usize {
    numbers.iter().position(|known| *known == number).unwrap_or_else(|| panic!("{number} is not rung"))
}

#[test]
fn the_lead_of_the_school_on_whose_roll_the_child_is_comes_after_the_council() {
    let mut world = World::new();
    let (marsh, child) = concern(&mut world, "Zoe Marsh");
    let asked = rung(&world, Some(marsh), About::Child, Purpose::Report);
    let titles = |route: &Route| route.steps.iter().map(|step| step.called.to_string()).collect::<Vec<_>>();
    let shipped = "School's designated safeguarding lead".to_owned();
    assert!(titles(&asked).contains(&shipped), "the desk asks for it: S3:77");
    add(&mut world, of(child, own("on-roll-school-lead", THEIRS, "not stated")));
    add(&mut world, of(child, own("commissioner-lead", ANOTHERS, "not stated")));
    let told = rung(&world, Some(marsh), About::Child, Purpose::Report);
    let numbers = numbers(&told);
    assert!(place(&numbers, "0116 305 0005") < place(&numbers, THEIRS), "S3:77 in addition");
    assert!(place(&numbers, "0116 305 0005") < place(&numbers, ANOTHERS), "S3:422");
    assert!(place(&numbers, ANOTHERS) < place(&numbers, "999"));
    assert!(!titles(&told).contains(&shipped), "it has done its work");
}

#[test]
fn who_acts_while_the_lead_is_away_can_be_rung() {
    let mut world = World::new();
    add(&mut world, own("cover", THEIRS, "always"));
    for (about, purpose) in [(About::Child, Purpose::Advice), (About::Adult, Purpose::Report)] {
        let given = rung(&world, None, about, purpose);
        let numbers = numbers(&given);
        assert!(place(&numbers, THEIRS) < place(&numbers, "999"), "S2:708, S3:419");
    }
}

#[test]
fn nobody_rings_who_is_retired() {
    let mut world = World::new();
    let cover = add(&mut world, own("cover", THEIRS, "always"));
    world.act(&Act::RetireContact { contact: cover, reason: "Left in July".into() });
    let given = rung(&world, None, About::Child, Purpose::Report);
    assert!(!numbers(&given).contains(&THEIRS));
    let council = given.steps[0].whom;
    let dsl_desk::domain::routing::Whom::Contact(council) = council else { panic!("not in danger") };
    world.act(&Act::RetireContact { contact: council, reason: "By mistake".into() });
    let without = rung(&world, None, About::Child, Purpose::Report);
    assert!(!numbers(&without).contains(&"0116 305 0005"));
    assert!(
        without.warnings.iter().any(|warning| warning.contains("retired: first-response.")),
        "and it is said"
    );
}

#[test]
fn whoever_is_rung_instead_may_be_named_by_their_number_in_the_book() {
    let mut world = World::new();
    let second = add(&mut world, own("", ANOTHERS, "always"));
    let mut cover = own("cover", THEIRS, "Mon-Thu 09:00-15:00");
    cover.numbers[0].instead = second.to_string().into();
    add(&mut world, cover);
    let given = rung(&world, None, About::Child, Purpose::Report);
    let listed = numbers(&given);
    assert!(place(&listed, ANOTHERS) < place(&listed, "999"));
    assert!(place(&listed, "999") < place(&listed, THEIRS));
    let step = &given.steps[place(&listed, ANOTHERS)];
    assert_eq!(step.why, "In place of Of our own, which is closed.");
    world.act(&Act::RetireContact { contact: second, reason: "Left".into() });
    let given = rung(&world, None, About::Child, Purpose::Report);
    assert!(!numbers(&given).contains(&ANOTHERS));
}

#[test]
fn inside_the_organisation_each_is_told_in_their_turn() {
    let mut world = World::new();
    let keys = ["own-chief-executive", "own-hr", "own-monitoring-officer", "own-lead-trustee"];
    let number = |key: &str| {
        let place = keys.iter().position(|known| *known == key).unwrap();
        format!("0116 496 000{place}")
    };
    for key in keys {
        add(&mut world, own(key, &number(key), "not stated"));
    }
    let [chief, hr, monitoring, trustee] = keys.map(number);
    let lado = "0116 305 4141".to_owned();
    // The lead herself: R14 before everybody. An elected member: R16. Staff: the LADO, and personnel after.
    let cases = [
        (About::Dsl, Purpose::Allegation, vec![&chief, &lado, &trustee, &hr]),
        (About::Member, Purpose::Allegation, vec![&monitoring, &lado]),
        (About::Staff, Purpose::Allegation, vec![&lado, &hr, &chief]),
    ];
    for (about, purpose, expected) in cases {
        let given = rung(&world, None, about, purpose);
        assert_eq!(numbers(&given)[..expected.len()], expected, "{about:?}");
    }
    for about in [About::Staff, About::Dsl] {
        let given = rung(&world, None, about, Purpose::Whistleblowing);
        for number in [&trustee, &hr] {
            assert!(numbers(&given).contains(&number.as_str()), "{about:?}: S0:49-50");
        }
    }
}

#[test]
fn a_concern_about_staff_is_an_allegation_whatever_its_categories() {
    use dsl_desk::domain::concern::{self, Part1};
    let part1 =
        |about, category: &str| Part1 { about, categories: vec![category.into()], ..Part1::default() };
    let of = |about, category| Purpose::of(&part1(about, category));
    for category in ["domestic-abuse", "radicalisation", "fgm", "staff-allegation", "other"] {
        assert_eq!(of(concern::About::Staff, category), Purpose::Allegation, "S1:240-249: {category}");
    }
    assert_eq!(of(concern::About::Child, "domestic-abuse"), Purpose::DomesticAbuse);
    assert_eq!(of(concern::About::Child, "staff-allegation"), Purpose::Allegation);
    assert_eq!(of(concern::About::Adult, "neglect"), Purpose::Report);
}

#[test]
fn danger_that_was_reported_is_999_until_somebody_has_begun() {
    let mut world = World::new();
    let mut part1 = crate::support::part1("Zoe Marsh", Some("2014-03-02"));
    part1.immediate_danger = Some(true);
    let concern = world.act(&Act::TypeIn(Box::new(part1))).concern.unwrap();
    let given =
        world.desk.ring_about(Some(Subject::Concern(concern)), minute("Sat 28 Nov 2026 10:00")).unwrap();
    assert!(given.question.danger);
    assert_eq!(numbers(&given.route)[0], "999");
}
