//! The designated officer (LADO): who must tell them by when, and what counts as told (D13).

use dsl_desk::cabinet::table::follow_up::Order;
use dsl_desk::desk::Act;
use dsl_desk::domain::allegation::Limb;
use dsl_desk::domain::concern::Part1;
use dsl_desk::domain::decision::{Categories, Course, Decision};
use dsl_desk::domain::entry::Subject;
use dsl_desk::domain::field::{CorrectedField, Part1Field};
use dsl_desk::domain::follow_up::Step;
use dsl_desk::domain::ids::FollowUpId;
use dsl_desk::domain::moment::Moment;
use dsl_desk::domain::part2::{Advice, Section};
use dsl_desk::domain::person::Right;

use super::{answered, course, decide, one, running, staff, step, threshold, type_in, with_zoe, zoe};
use crate::support::{ALL, World, minute, now};

#[test]
fn d13_a_concern_about_staff_is_the_designated_officer_s_within_a_working_day() {
    let (mut world, _) = with_zoe();
    assert!(running(&mut world).is_empty(), "it is about a child");
    let concern = type_in(&mut world, staff());
    let report = one(&mut world, "lado");
    assert_eq!(report.due, minute("Mon 23 Nov 2026 15:30"));
    step(&mut world, report.id, answered("Reported by form."));
    let answer = one(&mut world, "lado-answer");
    assert_eq!((answer.due, answer.subject), (minute("Sat 21 Nov 2026 15:30"), Subject::Concern(concern)));
    assert_eq!(answer.set.who.as_str(), "LADO");
}

#[test]
fn d13_below_the_threshold_nobody_waits_and_above_it_somebody_does() {
    let mut world = World::new();
    let concern = type_in(&mut world, staff());
    decide(&mut world, concern, threshold(&[]));
    assert!(running(&mut world).is_empty());
    let told = world.desk.concern(concern).unwrap();
    let moved = told.lines.iter().filter(|line| line.entry.concern() == Some(concern));
    assert!(moved.count() >= 4, "it stopped by an entry");
    decide(&mut world, concern, threshold(&[Limb::Risk]));
    assert_eq!(running(&mut world), ["lado"]);
    let note = one(&mut world, "lado").set.note;
    assert!(note.contains("from the decision that it meets the threshold"), "{note}");
    assert!(note.ends_with("From its arrival it was due Mon 23 Nov 2026 15:30."), "{note}");
    decide(&mut world, concern, threshold(&[Limb::Risk, Limb::Harmed]));
    assert_eq!(running(&mut world), ["lado"]);
}

fn lado_said(organisation: &str) -> Advice {
    Advice {
        at: Moment::At(now()),
        name: "Ruth Ames".into(),
        role: "LADO".into(),
        organisation: organisation.into(),
        advice: "Do not speak to him yet.".into(),
        contact: None,
    }
}

#[test]
fn d13_whoever_has_the_officer_s_advice_has_told_them_and_waits_no_more() {
    let mut world = World::new();
    let concern = type_in(&mut world, staff());
    let elsewhere = Advice { role: "head of house".into(), ..lado_said("Abbey Fields School") };
    world.act(&Act::Section { concern, section: Section::Advice(elsewhere) });
    assert_eq!(running(&mut world), ["lado"]);
    world
        .act(&Act::Section { concern, section: Section::Advice(lado_said("Leicestershire County Council")) });
    assert!(running(&mut world).is_empty());
    let whole = world.desk.concern(concern).unwrap();
    assert!(whole.case().ever_due("lado").all(|set| set.is_answered));
    // The same of a call that finds its place later, and of an answer that was awaited.
    let concern = type_in(&mut world, staff());
    let report = one(&mut world, "lado").id;
    step(&mut world, report, answered("Reported by form."));
    assert_eq!(running(&mut world), ["lado-answer"]);
    let call = world.act(&Act::NoteCall { child: None, advice: lado_said("") }).entries[0];
    world.act(&Act::PlaceCall { call, subject: Subject::Concern(concern) });
    assert!(running(&mut world).is_empty());
    assert!(world.problems().is_empty());
}

#[test]
fn d13_the_clock_of_a_concern_about_staff_is_for_those_who_open_it() {
    let mut world = World::new();
    type_in(&mut world, staff());
    let place = world.close();
    place.admit("Grace Osei", Right::Deputy);
    let mut grace = place.open_as(&dsl_desk::domain::ids::PersonId::from_name("Grace Osei")).unwrap();
    let hers = grace.due(Order::ByTime, "", ALL, now()).unwrap();
    assert_eq!((hers.page.total, hers.overdue + hers.today), (0, 0));
    assert!(grace.due(Order::ByWho, "officer", ALL, now()).unwrap().page.rows.is_empty());
    let step = Step::Dropped { reason: "I am curious.".into() };
    assert!(grace.act(&Act::MoveFollowUp { follow_up: FollowUpId(1), step }, None, now()).is_err());
    // What a deputy takes in herself is recorded, clock and all, and kept from her.
    grace.act(&Act::TypeIn(Box::new(staff())), None, now()).unwrap();
    assert_eq!(grace.due(Order::ByTime, "", ALL, now()).unwrap().page.total, 0);
    drop(grace);
    assert_eq!(place.open().unwrap().due(Order::ByTime, "", ALL, now()).unwrap().page.total, 2);
}

#[test]
fn d13_an_allegation_in_a_report_about_a_child_is_one_about_staff() {
    let mut world = World::new();
    let concern = type_in(&mut world, Part1 { categories: vec!["staff-allegation".into()], ..zoe() });
    assert_eq!(running(&mut world), ["lado"]);
    let is_kept = |world: &World, concern| world.desk.concern(concern).unwrap().restriction.is_some();
    assert!(is_kept(&world, concern));
    decide(&mut world, concern, threshold(&[Limb::Risk]));
    let listed = world.desk.low_level_register().unwrap();
    assert_eq!(listed.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["(not named)"]);
    let put_right = Act::Correct {
        concern,
        corrects: world.desk.concern(concern).unwrap().seq,
        field: CorrectedField::Part1(Part1Field::StaffName),
        instead: "Trevor Fearon".into(),
        reason: "She says that it was he".into(),
        happened_at: None,
    };
    world.act(&put_right);
    assert_eq!(world.desk.low_level_register().unwrap()[0].name.as_str(), "Trevor Fearon");
    let later = type_in(&mut world, zoe());
    assert!(!is_kept(&world, later));
    let called =
        Categories { categories: vec!["staff-allegation".into()], reason: "By her own words".into() };
    decide(&mut world, later, Decision::Categories(called));
    assert!(is_kept(&world, later));
    assert_eq!(running(&mut world), ["lado", "lado"]);
    assert!(world.problems().is_empty());
}

#[test]
fn r15_does_not_apply_to_a_head_however_they_are_called() {
    for job in ["CEO", "Head teacher", "Principal"] {
        let mut world = World::new();
        let mut about = staff();
        about.staff.as_mut().unwrap().job_title = Some(job.into());
        let concern = type_in(&mut world, about);
        decide(&mut world, concern, course(Course::Refer, true));
        assert!(!running(&mut world).contains(&"chief-executive".to_owned()), "{job}");
    }
    let mut world = World::new();
    let mut about = staff();
    about.staff.as_mut().unwrap().job_title = Some("Assistant Principal".into());
    let concern = type_in(&mut world, about);
    decide(&mut world, concern, course(Course::Refer, true));
    assert!(running(&mut world).contains(&"chief-executive".to_owned()));
}
