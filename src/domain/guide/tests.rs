//! The steps of concerns that are told in a few words.

use chrono::NaiveDate;

use super::*;
use crate::domain::allegation::{Limb, Threshold};
use crate::domain::case::{CaseChild, Running, Set};
use crate::domain::concern::{About, NamedChild, Part1};
use crate::domain::decision::{
    Categories, Course, CourseTaken, Danger, Decision, Level, PartOfChild, Sharing,
};
use crate::domain::discovery::{Discovery, Found};
use crate::domain::ids::FollowUpId;
use crate::domain::moment::Moment;
use crate::domain::part2::{Advice, FurtherInformation, Section};
use crate::domain::text::Text;

fn now() -> DateTime<Utc> {
    "2026-11-20T14:10:00Z".parse().unwrap()
}

fn case() -> Case {
    let child = NamedChild { name: "Zoë Smith".into(), ..NamedChild::default() };
    Case {
        part1: Part1 { children: vec![child], reasons: "Hungry again.".into(), ..Part1::default() },
        received_at: now(),
        state: State::New,
        is_restricted: false,
        children: vec![CaseChild::default()],
        organisation: "Weirgate School".into(),
        sections: Vec::new(),
        decisions: Vec::new(),
        running: Vec::new(),
        ever_due: Vec::new(),
    }
}

fn decided(case: Case, decision: Decision) -> Case {
    let mut decisions = case.decisions;
    decisions.push((now(), decision));
    Case { decisions, ..case }
}

fn danger(in_danger: bool) -> Decision {
    Decision::Danger(Danger { in_danger, at: Moment::At(now()), said: Text::default() })
}

fn about(categories: &[&str]) -> Decision {
    let categories = categories.iter().map(|id| Text::from(*id)).collect();
    Decision::Categories(Categories { categories, reason: Text::default() })
}

fn course(course: Course) -> Decision {
    let (at, to, reasons) = (Moment::At(now()), "First Response".into(), "Third time.".into());
    Decision::Course(CourseTaken { course, at, to, reasons, in_writing: false })
}

/// A concern of which nobody is in danger.
fn calm() -> Case {
    decided(case(), danger(false))
}

fn step(case: &Case, opens: Opens) -> Step {
    steps(case, now()).into_iter().find(|step| step.opens == opens).unwrap()
}

fn stands(case: &Case, opens: Opens) -> Stands {
    step(case, opens).stands
}

fn next_of(case: &Case) -> Opens {
    let steps = steps(case, now());
    steps[next(&steps).unwrap()].opens
}

const COURSE: Opens = Opens::Decision(DecisionKind::Course);

#[test]
fn danger_is_first_and_holds_everything_back_until_it_is_answered() {
    let steps = steps(&case(), now());
    assert_eq!((steps[0].opens, next(&steps)), (Opens::Danger, Some(0)));
    assert!(steps[1..].iter().all(|step| step.stands != Stands::Now));
    assert_eq!(next_of(&calm()), Opens::Section(SectionKind::Received));
}

#[test]
fn while_a_child_is_in_danger_that_is_what_is_asked_and_the_rest_can_be_answered() {
    let case = decided(case(), danger(true));
    assert_eq!(next_of(&case), Opens::Danger);
    assert_eq!(step(&case, Opens::Danger).says, "yes, Fri 20 Nov 2026 14:10: is it over?");
    assert_eq!(stands(&case, Opens::Section(SectionKind::Received)), Stands::Now);
}

#[test]
fn the_course_waits_for_what_it_is_about_and_how_serious_and_what_follows_waits_for_it() {
    let share = Opens::Decision(DecisionKind::Sharing);
    let case = decided(calm(), about(&["neglect"]));
    assert_eq!((stands(&case, COURSE), stands(&case, share)), (Stands::Later, Stands::Later));
    let case = decided(case, Decision::Level(Level { level: 2, reason: "Again.".into() }));
    assert_eq!((stands(&case, COURSE), stands(&case, share)), (Stands::Now, Stands::Later));
    let case = decided(case, course(Course::EarlyHelp));
    assert_eq!(step(&case, COURSE).says, "early help, no referral: Third time.");
    assert_eq!(stands(&case, share), Stands::Now);
}

#[test]
fn the_answers_are_those_that_were_given_last() {
    let about = |categories: &[&str]| decided(calm(), about(categories));
    let kind = Opens::Decision(DecisionKind::Categories);
    assert_eq!(step(&about(&["neglect"]), kind).says, "Neglect");
    let mut reported = calm();
    reported.part1.categories = vec!["neglect".into()];
    let asked = step(&reported, kind);
    assert_eq!((asked.stands, asked.says.as_str()), (Stands::Now, "the report says: Neglect"));
}

#[test]
fn the_parts_of_children_are_asked_where_there_are_several_or_it_is_between_them() {
    let parts =
        |case: &Case| steps(case, now()).iter().filter(|step| matches!(step.opens, Opens::PartOf(_))).count();
    assert_eq!(parts(&decided(calm(), about(&["neglect"]))), 0);
    assert_eq!(parts(&decided(calm(), about(&["hazing"]))), 1);
    let mut two = calm();
    two.part1.children.push(NamedChild { name: "Ava Reed".into(), ..NamedChild::default() });
    assert_eq!(parts(&two), 2);
    let part = crate::domain::child_part::ChildPart::SawOrHeardIt;
    let one = decided(two, Decision::PartOfChild(PartOfChild { position: 1, part, reason: Text::default() }));
    assert_eq!(
        [stands(&one, Opens::PartOf(0)), stands(&one, Opens::PartOf(1))],
        [Stands::Now, Stands::Done],
        "one child's part says nothing of another"
    );
}

#[test]
fn of_staff_the_threshold_and_the_designated_officer_come_before_everything_but_danger() {
    let mut staff = calm();
    staff.part1.about = About::Staff;
    let order: Vec<Opens> = steps(&staff, now()).iter().map(|step| step.opens).take(3).collect();
    assert_eq!(order, [Opens::Danger, Opens::Decision(DecisionKind::Threshold), Opens::Lado]);
    let threshold = |limbs: &[Limb]| {
        Decision::Threshold(Threshold { limbs: limbs.to_vec(), reason: "So.".into(), position: None })
    };
    let met = decided(staff.clone(), threshold(&[Limb::Harmed]));
    assert_eq!(next_of(&met), Opens::Lado);
    assert_eq!(stands(&decided(staff, threshold(&[])), Opens::Lado), Stands::NotNeeded);
    let advice = Advice {
        at: Moment::At(now()),
        name: "Jo Bloggs".into(),
        role: "LADO".into(),
        organisation: Text::default(),
        advice: "Do not speak to him yet.".into(),
        contact: None,
    };
    let told = Case { sections: vec![(now(), Section::Advice(advice))], ..met.clone() };
    assert_eq!(step(&told, Opens::Lado).says, "Do not speak to him yet.");
    let set = Set { deadline: "lado".into(), is_answered: true, ..Set::default() };
    let answered = Case { ever_due: vec![set.clone()], ..met.clone() };
    assert_eq!(stands(&answered, Opens::Lado), Stands::Done);
    let dropped = Set { is_answered: false, dropped: Some("The police have it.".into()), ..set };
    let dropped = step(&Case { ever_due: vec![dropped], ..met }, Opens::Lado);
    assert_eq!(
        (dropped.stands, dropped.says.as_str()),
        (Stands::NotNeeded, "due no longer: The police have it.")
    );
}

fn born(case: Case, on: &str) -> Case {
    let date_of_birth = NaiveDate::parse_from_str(on, "%Y-%m-%d").ok();
    Case { children: vec![CaseChild { date_of_birth, ..CaseChild::default() }], ..case }
}

fn with_reasons(case: Case, reasons: &str) -> Case {
    Case { part1: Part1 { reasons: reasons.into(), ..case.part1.clone() }, ..case }
}

#[test]
fn a_baby_with_a_mark_is_a_step_of_its_own_and_the_referral_waits_for_nothing() {
    let baby = with_reasons(born(calm(), "2025-11-21"), "A bruise on his cheek.");
    assert_eq!((stands(&baby, Opens::BabyReferred), stands(&baby, COURSE)), (Stands::Now, Stands::Now));
    let unmarked = with_reasons(baby.clone(), "He was left alone.");
    assert_eq!(stands(&unmarked, Opens::BabyReferred), Stands::NotNeeded);
    // On the first birthday, and later.
    for on in ["2025-11-20", "2020-01-01"] {
        let older = born(baby.clone(), on);
        assert!(steps(&older, now()).iter().all(|step| step.opens != Opens::BabyReferred), "{on}");
    }
    let said = decided(with_reasons(calm(), "He was left alone."), about(&["non-mobile-baby-mark"]));
    assert_eq!(stands(&said, Opens::BabyReferred), Stands::Now);
    assert_eq!(step(&decided(said, course(Course::Refer)), Opens::BabyReferred).stands, Stands::Done);
}

#[test]
fn an_answer_that_is_awaited_is_nothing_to_be_done_until_it_is_there() {
    let referred = decided(calm(), course(Course::Refer));
    let outcome = Opens::Section(SectionKind::Outcome);
    assert_eq!(stands(&referred, outcome), Stands::Now);
    let due = now() + chrono::Duration::hours(2);
    let running = Running {
        id: FollowUpId(1),
        deadline: "la-decision".into(),
        about: Text::default(),
        what: "The decision".into(),
        who: "local authority".into(),
        due,
    };
    let awaited = Case { running: vec![running], ..referred };
    let step = step(&awaited, outcome);
    assert_eq!((step.stands, step.says.as_str()), (Stands::Later, "awaited: 2 h left"));
    let later = now() + chrono::Duration::hours(4);
    let late = steps(&awaited, later).into_iter().find(|step| step.opens == outcome).unwrap();
    assert_eq!((late.stands, late.says.as_str()), (Stands::Now, "awaited: overdue 2 h"));
    assert_eq!(stands(&decided(calm(), course(Course::Monitor)), outcome), Stands::NotNeeded);
}

#[test]
fn the_school_where_a_child_is_on_roll_is_told_and_this_one_is_not() {
    let at = |school: &str| Case {
        children: vec![CaseChild { school: school.into(), ..CaseChild::default() }],
        ..decided(calm(), course(Course::Refer))
    };
    let asks = |case: &Case| steps(case, now()).iter().any(|step| step.opens == Opens::OnRollSchool(0));
    assert!(!asks(&at("")) && !asks(&at("weirgate school ")));
    let elsewhere = at("Abbey Fields");
    assert_eq!(stands(&elsewhere, Opens::OnRollSchool(0)), Stands::Now);
    let sharing = |with: &str| {
        Decision::Sharing(Sharing {
            is_shared: true,
            at: Moment::At(now()),
            what: "The concern".into(),
            with: with.into(),
            purpose: "To keep an eye on him".into(),
            consent: crate::domain::decision::Consent::NotAsked,
            anonymised: false,
            reasons: "R20".into(),
            without_consent: "A child is at risk".into(),
            told: None,
        })
    };
    assert_eq!(
        stands(&decided(elsewhere.clone(), sharing("First Response")), Opens::OnRollSchool(0)),
        Stands::Now
    );
    let told = decided(elsewhere, sharing("Jo Bloggs, DSL of Abbey Fields"));
    assert_eq!(stands(&told, Opens::OnRollSchool(0)), Stands::Done);
}

#[test]
fn each_school_is_a_step_of_its_own() {
    let child = |school: &str| CaseChild { school: school.into(), ..CaseChild::default() };
    let mut two = Case { children: vec![child("Abbey Fields"), child("Beacon School")], ..calm() };
    two.part1.children.push(two.part1.children[0].clone());
    let referred = decided(two, course(Course::Refer));
    for (place, school) in ["Abbey Fields", "Beacon School"].into_iter().enumerate() {
        let step = step(&referred, Opens::OnRollSchool(place));
        assert_eq!((step.stands, step.asks), (Stands::Now, format!("On-roll school told? {school}")));
    }
    let set = Set { deadline: "on-roll-school".into(), about: "Beacon School".into(), ..Set::default() };
    let dropped = Set { dropped: Some("He has left it.".into()), ..set.clone() };
    let dropped = Case { ever_due: vec![dropped], ..referred.clone() };
    assert_eq!(stands(&dropped, Opens::OnRollSchool(0)), Stands::Now);
    let second = step(&dropped, Opens::OnRollSchool(1));
    assert_eq!((second.stands, second.says.as_str()), (Stands::NotNeeded, "due no longer: He has left it."));
    let again = Case { running: vec![runs("on-roll-school", "Beacon School", 2)], ..dropped };
    assert_eq!(stands(&again, Opens::OnRollSchool(1)), Stands::Now, "it is due again");
    let answered = Case { ever_due: vec![Set { is_answered: true, ..set }], ..referred };
    assert_eq!(stands(&answered, Opens::OnRollSchool(1)), Stands::Done);
}

/// A clock that runs out so many hours from now, or ran out so many ago.
fn runs(deadline: &str, about: &str, hours: i64) -> Running {
    Running {
        id: FollowUpId(1),
        deadline: deadline.into(),
        about: about.into(),
        what: "What is due".into(),
        who: "Grace Osei, teacher".into(),
        due: now() + chrono::Duration::hours(hours),
    }
}

#[test]
fn the_school_is_told_whatever_else_is_decided() {
    let child = CaseChild { school: "Abbey Fields".into(), ..CaseChild::default() };
    let with = |case: Case| Case { children: vec![child.clone()], ..case };
    assert_eq!(stands(&with(calm()), Opens::OnRollSchool(0)), Stands::Now);
    assert_eq!(stands(&with(case()), Opens::OnRollSchool(0)), Stands::Later, "danger comes first");
}

#[test]
fn what_is_overdue_says_so_and_is_next_after_danger() {
    let child = CaseChild { school: "Abbey Fields".into(), ..CaseChild::default() };
    let with = |case: Case, running: &[Running]| Case {
        children: vec![child.clone()],
        running: running.to_vec(),
        ..case
    };
    let first = Opens::Section(SectionKind::Received);
    let school = Opens::OnRollSchool(0);
    assert_eq!(next_of(&with(calm(), &[runs("on-roll-school", "Abbey Fields", 2)])), first);
    let other = with(calm(), &[runs("on-roll-school", "Beacon School", -18)]);
    assert_eq!((next_of(&other), step(&other, school).is_overdue), (first, false));
    let late = [runs("on-roll-school", "Abbey Fields", -18)];
    assert_eq!(next_of(&with(calm(), &late)), school);
    assert_eq!(step(&with(calm(), &late), school).says, "overdue 18 h");
    assert_eq!(next_of(&with(decided(case(), danger(true)), &late)), Opens::Danger);
    let mut staff = with(calm(), &[runs("lado", "", -3)]);
    staff.part1.about = About::Staff;
    assert_eq!((next_of(&staff), step(&staff, Opens::Lado).says.as_str()), (Opens::Lado, "overdue 3 h"));
    let found = Discovery { found: Found::Told, at: Moment::At(now()), reason: "She told her tutor.".into() };
    let known = decided(calm(), Decision::Discovery(found));
    let known = Case { running: vec![runs("fgm", "", -48)], ..known };
    assert_eq!(next_of(&known), Opens::Police);
    assert_eq!(step(&known, Opens::Police).says, "overdue 2 days · Grace Osei, teacher");
    let referred = decided(calm(), course(Course::Refer));
    let referred = Case { running: vec![runs("la-decision", "", -2)], ..referred };
    assert_eq!(next_of(&referred), Opens::Section(SectionKind::Outcome));
}

#[test]
fn mutilation_is_known_or_suspected_before_anybody_asks_for_the_police() {
    let known = Opens::Decision(DecisionKind::Discovery);
    let asks =
        |case: &Case| steps(case, now()).iter().any(|step| [known, Opens::Police].contains(&step.opens));
    assert!(!asks(&calm()));
    let about = decided(calm(), about(&["fgm"]));
    assert_eq!(stands(&about, known), Stands::Now);
    let found = |found| {
        let discovery = Discovery { found, at: Moment::At(now()), reason: "She told her tutor.".into() };
        decided(about.clone(), Decision::Discovery(discovery))
    };
    let suspected = found(Found::Suspected);
    assert_eq!(
        (stands(&suspected, known), stands(&suspected, Opens::Police)),
        (Stands::Done, Stands::NotNeeded)
    );
    let running = Running {
        id: FollowUpId(1),
        deadline: "fgm".into(),
        about: Text::default(),
        what: "Report".into(),
        who: "Grace Osei, teacher".into(),
        due: now() + chrono::Duration::hours(2),
    };
    let due = Case { running: vec![running], ..found(Found::Told) };
    let police = step(&due, Opens::Police);
    assert_eq!((police.stands, police.says.as_str()), (Stands::Now, "Grace Osei, teacher: 2 h left"));
    let set = Set { deadline: "fgm".into(), is_answered: true, ..Set::default() };
    let told = Case { ever_due: vec![set], ..found(Found::Seen) };
    assert_eq!(stands(&told, Opens::Police), Stands::Done);
}

#[test]
fn a_try_that_reached_nobody_is_no_advice() {
    let asked = |role: &str, advice: &str| {
        let advice = Advice {
            at: Moment::At(now()),
            name: Text::default(),
            role: role.into(),
            organisation: Text::default(),
            advice: advice.into(),
            contact: None,
        };
        let case = Case { sections: vec![(now(), Section::Advice(advice))], ..calm() };
        step(&case, Opens::Section(SectionKind::Advice))
    };
    assert_eq!(asked("duty social worker", "No answer. Will try again.").stands, Stands::Now);
    let given = asked("duty social worker", "Refer today.");
    assert_eq!((given.stands, given.says.as_str()), (Stands::Done, "duty social worker: Refer today."));
}

#[test]
fn the_signature_waits_for_what_is_empty_and_says_which() {
    let further = Section::FurtherInformation(FurtherInformation { text: "Pupil file".into() });
    let case = Case { sections: vec![(now(), further)], ..calm() };
    let sign = step(&case, Opens::Section(SectionKind::Signed));
    assert_eq!(sign.stands, Stands::Later);
    assert!(sign.says.contains("Outcome") && !sign.says.contains("Further"), "{}", sign.says);
}

#[test]
fn an_adult_is_asked_about_as_one_and_no_parents_are() {
    let mut adult = calm();
    adult.part1.about = About::Adult;
    let steps = steps(&adult, now());
    assert_eq!(steps[0].asks, "Is anybody in danger now?");
    assert!(steps.iter().all(|step| step.opens != Opens::Section(SectionKind::Parents)));
    let referred = decided(adult, course(Course::Refer));
    assert_eq!(step(&referred, COURSE).says, "refer to adult social care: Third time.");
    for opens in [COURSE, Opens::Closing] {
        let step = step(&referred, opens);
        let said = format!("{} {} {}", step.asks, step.why, step.says);
        assert!(!said.contains("child") && !said.contains("early help"), "{said}");
    }
}

#[test]
fn a_closed_concern_asks_for_nothing_more() {
    let closed = Case { state: State::Closed, ..calm() };
    assert_eq!(next(&steps(&closed, now())), None);
}

#[test]
fn every_step_is_known_by_what_it_opens_and_says_why_and_by_which_source() {
    let mut case = born(decided(calm(), about(&["hazing"])), "2026-06-01");
    (case.part1.about, case.children[0].school) = (About::Staff, "Abbey Fields".into());
    let steps = steps(&case, now());
    for (place, step) in steps.iter().enumerate() {
        assert!(steps[..place].iter().all(|other| other.opens != step.opens), "{}", step.asks);
        assert!(step.why.ends_with('.') || step.why.ends_with('?'), "{}", step.why);
        assert!(step.cited.contains(" · "), "{}", step.cited);
        assert!(step.asks.chars().count() <= 45, "{}", step.asks);
    }
}
