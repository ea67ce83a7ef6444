//! The register of low-level concerns: by person, and for whoever opens those concerns.

use dsl_desk::desk::Act;
use dsl_desk::desk::register::OnRegister;
use dsl_desk::domain::allegation::{Limb, Threshold};
use dsl_desk::domain::concern::{About, NamedStaff, Part1};
use dsl_desk::domain::decision::Decision;
use dsl_desk::domain::ids::{ConcernId, PersonId};
use dsl_desk::domain::low_level::Pattern;
use dsl_desk::domain::person::Right;

use crate::support::{World, moment, part1};

/// A concern about somebody; none of the limbs, unless it meets the threshold by one.
fn concern(world: &mut World, name: &str, day: &str, category: &str, limbs: &[Limb]) -> ConcernId {
    let concern = undecided(world, name, day, category);
    let decision = Decision::Threshold(Threshold {
        limbs: limbs.to_vec(),
        reason: "As the code has it.".into(),
        position: None,
    });
    world.act(&Act::Decide { concern, decision });
    concern
}

fn undecided(world: &mut World, name: &str, day: &str, category: &str) -> ConcernId {
    let staff = NamedStaff { name: name.into(), job_title: Some("Coach".into()), is_dsl: None };
    let report = Part1 {
        about: About::Staff,
        staff: Some(staff),
        incident_at: Some(moment(day)),
        categories: vec!["low-level-concern".into(), category.into()],
        ..part1("Zoe Marsh", None)
    };
    world.act(&Act::TypeIn(Box::new(report))).concern.unwrap()
}

fn register(world: &World) -> Vec<OnRegister> {
    world.desk.low_level_register().unwrap()
}

#[test]
fn those_of_one_person_stand_together_however_they_were_called() {
    let mut world = World::new();
    assert!(register(&world).is_empty());
    let first = concern(&mut world, "Peregrine Quillfeather", "2026-09-01", "online-safety", &[]);
    let second = concern(&mut world, "Mr Peregrine Quillfeather", "2026-10-02", "bullying", &[]);
    let third = concern(&mut world, "quillfeather, peregrine", "2026-11-03", "online-safety", &[]);
    concern(&mut world, "Mr Quillfeather", "2026-11-04", "bullying", &[]);
    let people = register(&world);
    let counts: Vec<usize> = people.iter().map(OnRegister::count).collect();
    assert_eq!(counts, [3, 1], "a surname alone is not taken for anybody");
    let kept: Vec<ConcernId> = people[0].kept.iter().map(|kept| kept.concern).collect();
    assert_eq!(kept, [third, second, first], "the newest first");
    assert_eq!(people[0].alike.len(), 1);
    assert!(matches!(&people[0].patterns()[0], Pattern::Several { concerns, .. } if *concerns == kept));
    assert!(
        matches!(&people[0].patterns()[1], Pattern::SameKind { concerns, .. } if *concerns == [third, first])
    );
}

#[test]
fn whoever_met_the_threshold_stands_first_and_is_marked() {
    let mut world = World::new();
    for day in ["2026-09-01", "2026-09-02"] {
        concern(&mut world, "Peregrine Quillfeather", day, "online-safety", &[]);
    }
    let met = concern(&mut world, "Kit Moss", "2026-09-01", "bullying", &[Limb::Harmed]);
    let people = register(&world);
    let counts: Vec<_> =
        people.iter().map(|person| (person.name.as_str(), person.count(), person.met())).collect();
    assert_eq!(counts, [("Kit Moss", 0, 1), ("Peregrine Quillfeather", 2, 0)]);
    concern(&mut world, "Kit Moss", "2026-10-01", "bullying", &[]);
    let people = register(&world);
    assert_eq!((people[0].count(), people[0].met(), people[0].kept.len()), (1, 1, 2));
    assert_eq!(people[0].patterns(), [Pattern::MetThreshold { concerns: vec![met] }]);
}

#[test]
fn what_is_not_decided_stands_there_from_its_arrival() {
    let mut world = World::new();
    concern(&mut world, "Peregrine Quillfeather", "2026-09-01", "bullying", &[]);
    concern(&mut world, "Peregrine Quillfeather", "2026-09-02", "bullying", &[]);
    let open = undecided(&mut world, "Kit Moss", "2026-09-03", "bullying");
    world.concern("Zoe Marsh", None);
    let people = register(&world);
    let counts: Vec<_> =
        people.iter().map(|person| (person.name.as_str(), person.count(), person.not_decided())).collect();
    assert_eq!(counts, [("Kit Moss", 0, 1), ("Peregrine Quillfeather", 2, 0)]);
    assert_eq!(people[0].patterns(), [Pattern::NotDecided { concerns: vec![open] }]);
}

#[test]
fn what_is_decided_otherwise_later_stays_on_it_as_what_it_is_now() {
    let mut world = World::new();
    let kept = concern(&mut world, "Kit Moss", "2026-09-01", "bullying", &[]);
    assert_eq!((register(&world)[0].count(), register(&world)[0].met()), (1, 0));
    let (limbs, reason) = (vec![Limb::Risk], "More was heard.".into());
    let decision = Decision::Threshold(Threshold { limbs, reason, position: None });
    world.act(&Act::Decide { concern: kept, decision });
    assert_eq!((register(&world)[0].count(), register(&world)[0].met()), (0, 1));
}

#[test]
fn what_was_put_right_in_the_report_counts() {
    use dsl_desk::domain::field::{CorrectedField, Part1Field};
    let mut world = World::new();
    let kept = concern(&mut world, "Kit Moss", "2026-09-01", "bullying", &[]);
    let corrects = world.desk.concern(kept).unwrap().seq;
    world.act(&Act::Correct {
        concern: kept,
        corrects,
        field: CorrectedField::Part1(Part1Field::StaffName),
        instead: "Kit Marsh".into(),
        reason: "A slip.".into(),
        happened_at: None,
    });
    assert_eq!(register(&world)[0].name.as_str(), "Kit Marsh");
}

#[test]
fn it_is_for_whoever_opens_those_concerns() {
    let mut world = World::new();
    let kept = concern(&mut world, "Peregrine Quillfeather", "2026-09-01", "bullying", &[]);
    let place = world.close();
    place.admit("Grace Osei", Right::Deputy);
    let grace = || place.open_as(&PersonId::from_name("Grace Osei")).unwrap();
    assert!(grace().low_level_register().unwrap().is_empty());
    let mut amina = place.open().unwrap();
    let people = vec![PersonId::from_name("Grace Osei")];
    let act = Act::Restrict { concern: kept, people, reason: "He is my neighbour".into() };
    amina.act(&act, None, crate::support::now()).unwrap();
    assert_eq!(grace().low_level_register().unwrap().len(), 1);
    assert!(amina.low_level_register().unwrap().is_empty());
}
