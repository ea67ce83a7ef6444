//! Rules about what is decided, in which order, and why: R1, R2, R6, R21, R35 and D2, as the guide walks them and the
//! record keeps them.

use dsl_desk::desk::Act;
use dsl_desk::domain::chronology::{Kinds, RowKind};
use dsl_desk::domain::decision::{
    Categories, Consent, Course, CourseTaken, Danger, Decision, DecisionKind, Level, Sharing,
};
use dsl_desk::domain::guide::{self, Opens, Stands, Step};
use dsl_desk::domain::ids::{ChildId, ConcernId};
use dsl_desk::domain::moment::Moment;
use dsl_desk::domain::part2::SectionKind;
use dsl_desk::domain::rule;
use dsl_desk::domain::text::Text;
use dsl_desk::domain::triage::Urgency;

use crate::support::{ALL, World, now, part1};

const CONCERN: ConcernId = ConcernId(1);
const COURSE: Opens = Opens::Decision(DecisionKind::Course);

/// A desk with one concern about a child who was born on that day.
fn desk(born: &str, reasons: &str) -> World {
    let mut world = World::new();
    let mut told = part1("Zoe Marsh", Some(born));
    told.reasons = reasons.into();
    world.act(&Act::TypeIn(Box::new(told)));
    world
}

fn decide(decision: Decision) -> Act {
    Act::Decide { concern: CONCERN, decision }
}

fn danger(in_danger: bool) -> Act {
    decide(Decision::Danger(Danger { in_danger, at: Moment::At(now()), said: Text::default() }))
}

fn about(category: &str) -> Act {
    decide(Decision::Categories(Categories { categories: vec![category.into()], reason: Text::default() }))
}

fn course(course: Course, reasons: &str) -> Act {
    let (at, to) = (Moment::At(now()), Text::from("First Response"));
    decide(Decision::Course(CourseTaken { course, at, to, reasons: reasons.into(), in_writing: false }))
}

fn steps(world: &World) -> Vec<Step> {
    guide::steps(&world.desk.concern(CONCERN).unwrap().case(), now())
}

fn step(world: &World, opens: Opens) -> Step {
    steps(world).into_iter().find(|step| step.opens == opens).unwrap()
}

fn is_refused(world: &mut World, act: &Act) -> bool {
    world.desk.act(act, None, now()).is_err()
}

#[test]
fn r1_whether_a_child_is_in_danger_comes_before_every_other_step() {
    let mut world = desk("2014-03-02", "Hungry again");
    let first = steps(&world);
    assert_eq!((first[0].opens, first[0].stands), (Opens::Danger, Stands::Now));
    assert!(first[0].why.contains("999") && first[0].cited.contains("S1:168"));
    assert!(first[1..].iter().all(|step| step.stands != Stands::Now));
    world.act(&danger(false));
    assert!(step(&world, Opens::Danger).says.starts_with("no, "), "with the time");
    assert!(guide::next(&steps(&world)).is_some_and(|place| place > 0));
}

#[test]
fn r1_a_later_answer_is_another_entry_and_the_urgency_follows_it() {
    let mut world = desk("2014-03-02", "Hungry again");
    let urgency = |world: &World| world.desk.concern(CONCERN).unwrap().row.urgency;
    for (in_danger, becomes) in [(true, Urgency::Danger), (false, Urgency::Soon)] {
        world.act(&danger(in_danger));
        assert_eq!(urgency(&world), becomes);
    }
    assert_eq!(world.desk.concern(CONCERN).unwrap().decisions().count(), 2);
}

#[test]
fn r2_a_baby_with_a_mark_is_asked_about_on_its_own_and_an_older_child_is_not() {
    let asked = |born: &str, reasons: &str| {
        let mut world = desk(born, reasons);
        world.act(&danger(false));
        steps(&world).into_iter().find(|step| step.opens == Opens::BabyReferred).map(|step| step.stands)
    };
    assert_eq!(asked("2026-08-01", "Bruising on her leg"), Some(Stands::Now));
    assert_eq!(asked("2026-08-01", "Left alone"), Some(Stands::NotNeeded));
    assert_eq!(asked("2014-03-02", "Bruising on her leg"), None);
}

#[test]
fn r2_not_to_refer_one_is_recorded_against_the_advice_with_the_reason() {
    let overridden = |world: &World| {
        let concern = world.desk.concern(CONCERN).unwrap();
        concern.decisions().find_map(|(_, decision)| match decision {
            Decision::Overridden(overridden) => Some(overridden.clone()),
            _ => None,
        })
    };
    let mut world = desk("2014-03-02", "Hungry again");
    world.act(&course(Course::Monitor, "Seen by the GP today"));
    assert_eq!(overridden(&world), None, "no baby");
    world.act(&about("non-mobile-baby-mark"));
    world.act(&course(Course::Refer, "The policy"));
    assert_eq!(overridden(&world), None);
    world.act(&course(Course::Monitor, "Seen by the GP today"));
    let recorded = overridden(&world).unwrap();
    assert_eq!((recorded.rule.as_str(), recorded.reason.as_str()), ("R2", "Seen by the GP today"));
    assert_eq!(recorded.advised.as_str(), rule::get(2).unwrap().says);
    assert!(step(&world, Opens::BabyReferred).says.starts_with("no: Seen by the GP"));
}

#[test]
fn r6_a_referral_needs_no_consent_and_waits_for_no_parents() {
    let mut world = desk("2014-03-02", "Hungry again");
    world.act(&course(Course::Refer, "The third week"));
    let asked = step(&world, COURSE);
    assert!(asked.why.contains("needs nobody's consent"));
    assert_eq!(asked.stands, Stands::Done);
    assert_ne!(step(&world, Opens::Section(SectionKind::Parents)).stands, Stands::Done);
}

#[test]
fn r21_no_decision_is_recorded_without_its_reason() {
    let mut world = desk("2014-03-02", "Hungry again");
    let level = |reason: &str| decide(Decision::Level(Level { level: 2, reason: reason.into() }));
    let sharing = |reasons: &str| {
        decide(Decision::Sharing(Sharing {
            is_shared: false,
            at: Moment::At(now()),
            what: "The report".into(),
            with: "The club".into(),
            purpose: "None".into(),
            consent: Consent::NotAsked,
            anonymised: false,
            reasons: reasons.into(),
            without_consent: "".into(),
            told: None,
        }))
    };
    for (without, with) in [
        (level(" "), level("The third week")),
        (course(Course::Refer, ""), course(Course::Refer, "The third week")),
        (sharing(""), sharing("They need not know")),
    ] {
        assert!(is_refused(&mut world, &without));
        assert!(!is_refused(&mut world, &with));
    }
}

#[test]
fn r21_each_decision_and_its_reason_stand_in_the_chronology() {
    let mut world = desk("2014-03-02", "Hungry again");
    world.act(&decide(Decision::Level(Level { level: 2, reason: "The third week".into() })));
    world.act(&decide(Decision::Level(Level { level: 3, reason: "Now the brother too".into() })));
    let rows = world.desk.chronology(ChildId(1), Kinds::Everything, "", ALL).unwrap().rows;
    let told: Vec<String> =
        rows.iter().filter(|row| row.kind == RowKind::Decision).map(|row| row.text.to_string()).collect();
    assert_eq!(told.len(), 2);
    assert!(
        told.iter().any(|text| text.contains("Level 3") && text.contains("Now the brother too")),
        "{told:?}"
    );
}

#[test]
fn d2_not_referring_needs_reasons_as_much_as_referring_does() {
    let mut world = desk("2014-03-02", "Hungry again");
    for way in Course::ALL {
        assert!(is_refused(&mut world, &course(way, "  ")), "{way:?}");
        assert!(!is_refused(&mut world, &course(way, "Because")), "{way:?}");
    }
    let asked = step(&world, COURSE);
    assert!(asked.why.contains("Not referring needs reasons") && asked.cited.starts_with("D2"));
}

#[test]
fn r35_where_something_is_shared_it_is_said_that_the_law_does_not_forbid_it() {
    let mut world = desk("2014-03-02", "Hungry again");
    let why = step(&world, Opens::Decision(DecisionKind::Sharing)).why;
    assert!(why.contains(rule::get(35).unwrap().says), "{why}");
    world.act(&danger(false));
    assert!(steps(&world).iter().filter(|step| step.why.contains("Data protection law")).count() == 1);
}

#[test]
fn what_a_category_asks_for_stands_beneath_its_step() {
    let asked = |category: &str| {
        let mut world = desk("2014-03-02", "Hungry again");
        world.act(&about(category));
        let step = step(&world, Opens::Decision(DecisionKind::Categories));
        step.demands.iter().filter_map(|demand| demand.rule).collect::<Vec<u8>>()
    };
    for (category, rule) in [("fgm", 28), ("radicalisation", 27), ("domestic-abuse", 26), ("hazing", 25)] {
        assert!(asked(category).contains(&rule), "{category}");
    }
    assert!(asked("neglect").is_empty());
}
