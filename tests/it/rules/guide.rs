//! Rules about what is decided, in which order, and why, as the guide walks them and the record keeps them: R1, R2, R6, R21,
//! R35 and D2, and what R22 and R26 to R29 say to a kind of concern.

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
fn r1_applies_before_every_other_step() {
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
fn r1_does_not_apply_once_it_is_over_and_each_answer_is_an_entry() {
    let mut world = desk("2014-03-02", "Hungry again");
    let urgency = |world: &World| world.desk.concern(CONCERN).unwrap().row.urgency;
    for (in_danger, becomes) in [(true, Urgency::Danger), (false, Urgency::Soon)] {
        world.act(&danger(in_danger));
        assert_eq!(urgency(&world), becomes);
    }
    assert_eq!(world.desk.concern(CONCERN).unwrap().decisions().count(), 2);
}

/// How the question about a baby with a mark stands.
fn baby(born: &str, reasons: &str) -> Option<Stands> {
    let mut world = desk(born, reasons);
    world.act(&danger(false));
    steps(&world).into_iter().find(|step| step.opens == Opens::BabyReferred).map(|step| step.stands)
}

#[test]
fn r2_applies_a_baby_with_a_mark_is_asked_about_on_its_own() {
    assert_eq!(baby("2026-08-01", "Bruising on her leg"), Some(Stands::Now));
}

#[test]
fn r2_does_not_apply_without_a_mark_or_to_an_older_child() {
    assert_eq!(baby("2026-08-01", "Left alone"), Some(Stands::NotNeeded));
    assert_eq!(baby("2014-03-02", "Bruising on her leg"), None);
}

#[test]
fn r2_overridden_not_to_refer_one_is_recorded_with_the_reason() {
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
fn r6_applies_a_referral_waits_for_no_parents() {
    let mut world = desk("2014-03-02", "Hungry again");
    world.act(&course(Course::Refer, "The third week"));
    let asked = step(&world, COURSE);
    assert!(asked.why.contains("needs nobody's consent"));
    assert_eq!(asked.stands, Stands::Done);
    assert_ne!(step(&world, Opens::Section(SectionKind::Parents)).stands, Stands::Done);
}

#[test]
fn r21_applies_no_decision_is_recorded_without_its_reason() {
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
fn r21_applies_each_decision_and_its_reason_stand_in_the_chronology() {
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
fn r35_applies_it_is_said_where_sharing_is_asked_about() {
    let world = desk("2014-03-02", "Hungry again");
    let why = step(&world, Opens::Decision(DecisionKind::Sharing)).why;
    assert!(why.contains(rule::get(35).unwrap().says), "{why}");
}

fn demands(world: &World) -> Vec<u8> {
    let about = step(world, Opens::Decision(DecisionKind::Categories));
    about.demands.iter().filter_map(|demand| demand.rule).collect()
}

/// What a kind of concern asks for beyond the usual is not done: she goes on, and what was advised stands where it
/// stood. The reason is asked for when the concern is closed.
#[track_caller]
fn goes_on(category: &str, rule: u8) {
    let mut world = desk("2014-03-02", "Hungry again");
    world.act(&about(category));
    assert!(demands(&world).contains(&rule), "{category}");
    world.act(&danger(false));
    world.act(&course(Course::Monitor, "Her tutor sees her every day."));
    let concern = world.desk.concern(CONCERN).unwrap();
    assert_eq!(concern.case().course().unwrap().course, Course::Monitor);
    assert!(concern.decisions().all(|(_, decision)| decision.kind() != DecisionKind::Overridden));
    assert!(demands(&world).contains(&rule), "{category}");
}

#[test]
fn r26_applies_without_an_assessment_she_goes_on_and_it_stays_advised() {
    goes_on("domestic-abuse", 26);
}

#[test]
fn r27_applies_without_channel_she_goes_on_and_it_stays_advised() {
    goes_on("radicalisation", 27);
}

#[test]
fn r29_applies_what_the_category_asks_for_is_left_undone_and_stays_advised() {
    goes_on("county-lines", 29);
}

#[test]
fn r22_does_not_apply_to_what_stays_here() {
    let mut world = desk("2014-03-02", "Hungry again");
    let Act::Decide { decision: Decision::Course(taken), .. } = course(Course::Monitor, "Breakfast club")
    else {
        panic!("it is a course")
    };
    world.act(&decide(Decision::Course(CourseTaken { to: Text::default(), ..taken })));
    let missing = world.desk.concern(CONCERN).unwrap().missing();
    assert!(missing.iter().all(|gap| !gap.rule.contains("R22")), "nobody has to be told");
}

#[test]
fn r22_overridden_she_refers_without_a_word_on_what_was_shared_and_is_still_asked() {
    let mut world = desk("2014-03-02", "Hungry again");
    world.act(&danger(false));
    world.act(&course(Course::Refer, "The third week"));
    let shared = step(&world, Opens::Decision(DecisionKind::Sharing));
    assert_eq!(shared.stands, Stands::Now);
    assert!(shared.cited.contains("R22 · S1:342") && shared.why.contains(rule::get(22).unwrap().says));
    let concern = world.desk.concern(CONCERN).unwrap();
    assert!(concern.decisions().all(|(_, decision)| decision.kind() != DecisionKind::Overridden));
}

#[test]
fn r35_does_not_apply_to_steps_in_which_nothing_is_shared() {
    let mut world = desk("2014-03-02", "Hungry again");
    world.act(&danger(false));
    let speaking = steps(&world).into_iter().filter(|step| step.why.contains(rule::get(35).unwrap().says));
    let opened: Vec<Opens> = speaking.map(|step| step.opens).collect();
    assert_eq!(opened, [Opens::Decision(DecisionKind::Sharing)]);
}

#[test]
fn what_a_category_asks_for_stands_beneath_its_step() {
    let asked = |category: &str| {
        let mut world = desk("2014-03-02", "Hungry again");
        world.act(&about(category));
        demands(&world)
    };
    for (category, rule) in [("fgm", 28), ("radicalisation", 27), ("domestic-abuse", 26), ("hazing", 25)] {
        assert!(asked(category).contains(&rule), "{category}");
    }
    assert!(asked("neglect").is_empty());
}
