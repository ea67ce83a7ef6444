//! R3 to R6: whether parents are told, and that nothing holds up a referral. Of the domain, and of the desk that refuses;
//! and what becomes of words that R7 to R10 and R25 warn of, where they are recorded all the same.

use dsl_desk::cabinet::Error;
use dsl_desk::desk::Act;
use dsl_desk::desk::gates::Reason;
use dsl_desk::domain::case::Case;
use dsl_desk::domain::category;
use dsl_desk::domain::decision::{Categories, Consent, Course, CourseTaken, Decision, DecisionKind, Sharing};
use dsl_desk::domain::entry::Entry;
use dsl_desk::domain::field::CorrectedField;
use dsl_desk::domain::gate::{self, Ruling};
use dsl_desk::domain::guide::{self, Opens};
use dsl_desk::domain::ids::ConcernId;
use dsl_desk::domain::part2::{Action, Advice, Ground, Parents, Section, SectionKind};
use dsl_desk::domain::rule::Force;

use crate::support::{World, moment, now, part1};

const ONE: ConcernId = ConcernId(1);

/// A desk with a concern about Zoe, of these categories.
fn about(categories: &[&str]) -> World {
    let mut world = World::new();
    let mut part1 = part1("Zoe Marsh", None);
    part1.categories = categories.iter().map(|id| (*id).into()).collect();
    world.act(&Act::TypeIn(Box::new(part1)));
    world
}

fn case(world: &World) -> Case {
    world.desk.concern(ONE).unwrap().case()
}

fn advice(role: &str) -> Act {
    let section = Section::Advice(Advice {
        at: moment("2026-11-20T14:40"),
        name: "Jo Bloggs".into(),
        role: role.into(),
        organisation: "".into(),
        advice: "The mother may be told on Monday.".into(),
        contact: None,
    });
    Act::Section { concern: ONE, section }
}

fn told(parent_is_concern: Option<bool>) -> Parents {
    Parents { informed: true, reasons: "They asked.".into(), parent_is_concern, ..Parents::default() }
}

fn not_told(ground: Option<Ground>) -> Parents {
    Parents { reasons: "Not yet.".into(), ground, ..Parents::default() }
}

fn write(parents: Parents) -> Act {
    Act::Section { concern: ONE, section: Section::Parents(parents) }
}

fn despite(act: Act, rule: u8, reason: &str) -> Act {
    Act::Despite { act: Box::new(act), reasons: vec![Reason { rule, reason: reason.into() }] }
}

fn rulings(world: &World, parents: Parents, rule: u8) -> Vec<Ruling> {
    let all = gate::of_section(&case(world), &Section::Parents(parents));
    all.into_iter().filter(|ruling| ruling.rule == rule).collect()
}

/// Why the desk does not record it. Nothing of it is then in the record.
#[track_caller]
fn refused(world: &mut World, act: &Act) -> String {
    let before = world.desk.entries().unwrap().0;
    let refused = world.desk.act(act, None, now());
    assert_eq!(world.desk.entries().unwrap().0, before);
    match refused {
        Err(Error::Refused(why)) => why,
        other => panic!("it was not refused: {other:?}"),
    }
}

/// What was decided against advice: the rule and the reason.
fn overridden(world: &World) -> Vec<(String, String)> {
    let concern = world.desk.concern(ONE).unwrap();
    let all = concern.decisions().filter_map(|(_, decision)| match decision {
        Decision::Overridden(over) => Some((over.rule.to_string(), over.reason.to_string())),
        _ => None,
    });
    all.collect()
}

#[test]
fn r2_overridden_not_to_refer_a_baby_with_a_mark_is_recorded_with_the_reason_that_was_given_for_it() {
    let Decision::Course(refers) = referral() else { unreachable!() };
    let watched = Decision::Course(CourseTaken { course: Course::Monitor, ..refers });
    let mut world = about(&["non-mobile-baby-mark"]);
    let rulings = gate::of_decision(&case(&world), &watched);
    assert_eq!((rulings[0].rule, rulings[0].force), (2, Force::AsksForAReason));
    let act = Act::Decide { concern: ONE, decision: watched.clone() };
    world.act(&despite(act, 2, "The GP says it is a birthmark."));
    assert_eq!(overridden(&world), [("R2".to_owned(), "The GP says it is a birthmark.".to_owned())]);
    world.act(&Act::Decide { concern: ONE, decision: referral() });
    assert_eq!(overridden(&world).len(), 1, "a referral is what it asks for");
    assert!(gate::of_decision(&case(&about(&["neglect"])), &watched).is_empty());
}

#[test]
fn r3_applies_parents_are_not_told_before_social_care_or_the_police_advise_it() {
    let mut world = about(&["fabricated-illness"]);
    assert_eq!(rulings(&world, told(None), 3)[0].force, Force::Blocks);
    let why = refused(&mut world, &write(told(Some(true))));
    assert!(why.contains("R3 · S1:163 · S1, 2024") && why.contains("write it down as advice"), "{why}");
}

#[test]
fn r3_overridden_by_no_reason_and_by_no_advice_but_theirs() {
    let mut world = about(&["fabricated-illness"]);
    refused(&mut world, &despite(write(told(Some(false))), 3, "They were kind."));
    world.act(&advice("consultant paediatrician"));
    refused(&mut world, &write(told(Some(true))));
    world.act(&advice("duty social worker"));
    assert!(rulings(&world, told(None), 3)[0].says.contains("Jo Bloggs, duty social worker"));
    world.act(&write(told(Some(true))));
    assert!(case(&world).parents().unwrap().informed);
}

#[test]
fn r3_does_not_apply_to_other_concerns_or_to_not_telling() {
    let mut world = about(&["physical-abuse", "neglect"]);
    assert!(rulings(&world, told(Some(false)), 3).is_empty());
    world.act(&write(told(Some(false))));
    let mut world = about(&["Fabricated or induced illness"]);
    assert!(rulings(&world, not_told(Some(Ground::Harm)), 3).is_empty());
    world.act(&write(not_told(Some(Ground::Harm))));
    let named = category::by_id("fabricated-illness").unwrap().name.as_str();
    assert_eq!(rulings(&about(&[named]), told(None), 3).len(), 1, "a report may have the name");
}

#[test]
fn r3_applies_and_is_opened_by_nobody_who_only_speaks_of_social_care_or_the_police() {
    let mut world = about(&["fabricated-illness"]);
    for role in
        ["Parent; not social worker", "mother, a police officer", "head, quoting the duty social worker"]
    {
        world.act(&advice(role));
        refused(&mut world, &write(told(Some(false))));
    }
    world.act(&advice("the mother's social worker"));
    world.act(&write(told(Some(false))));
}

#[test]
fn r3_applies_to_what_is_shared_with_the_family_by_another_form() {
    let world = about(&["fabricated-illness"]);
    let shared = |with: &str| {
        let sharing = Sharing {
            is_shared: true,
            at: moment("2026-11-20T14:40"),
            what: "What the school saw".into(),
            with: with.into(),
            purpose: "To be open".into(),
            consent: Consent::Given,
            anonymised: false,
            reasons: "She asked".into(),
            without_consent: "".into(),
            told: None,
        };
        let rulings = gate::of_decision(&case(&world), &Decision::Sharing(sharing));
        rulings.iter().any(|ruling| ruling.rule == 3 && ruling.force == Force::AsksForAReason)
    };
    assert!(shared("Her mother") && shared("mum and dad"));
    assert!(!shared("Jo Bloggs, the mother's social worker") && !shared("The hospital"));
}

#[test]
fn r3_applies_by_what_the_lead_says_it_is_about() {
    let mut world = about(&["neglect"]);
    let categories = vec!["fabricated-illness".into()];
    let decision = Decision::Categories(Categories { categories, reason: "The hospital's letter.".into() });
    world.act(&Act::Decide { concern: ONE, decision });
    refused(&mut world, &write(told(Some(false))));
}

fn now_about(categories: &[&str], reason: &str) -> Act {
    let categories = categories.iter().map(|id| (*id).into()).collect();
    Act::Decide {
        concern: ONE,
        decision: Decision::Categories(Categories { categories, reason: reason.into() }),
    }
}

#[test]
fn r3_overridden_by_no_category_that_is_taken_away_in_silence() {
    let mut world = about(&["Fabricated/induced illness", "Bullying at lunch"]);
    let why = refused(&mut world, &now_about(&["neglect"], " "));
    assert!(why.contains("Say why it is no longer about"), "{why}");
    world.act(&now_about(&["neglect", "fabricated-illness"], ""));
    refused(&mut world, &now_about(&["neglect"], ""));
    refused(&mut world, &write(told(Some(false))));
    world.act(&now_about(&["neglect"], "The hospital says that he is ill."));
    world.act(&write(told(Some(false))));
    let mut first = about(&[]);
    first.act(&now_about(&["neglect"], ""));
}

/// Advice of social care, and what the desk makes of telling the parents then.
fn advised(at: &str, text: &str) -> Act {
    let section = Section::Advice(Advice {
        at: moment(at),
        name: "Jo Bloggs".into(),
        role: "duty social worker".into(),
        organisation: "".into(),
        advice: text.into(),
        contact: None,
    });
    Act::Section { concern: ONE, section }
}

fn told_at(at: &str) -> Act {
    write(Parents { at: Some(moment(at)), ..told(Some(false)) })
}

#[test]
fn r3_applies_advice_that_came_after_they_were_told_or_years_before_is_asked_about() {
    let mut world = about(&["fabricated-illness"]);
    world.act(&advised("2023-11-20", "They may be told."));
    let why = refused(&mut world, &told_at("2026-11-20T14:50"));
    assert!(why.contains("from long before this concern") && why.contains("reason for R3"), "{why}");
    let mut world = about(&["fabricated-illness"]);
    world.act(&advised("2026-11-20T14:40", "They may be told."));
    let why = refused(&mut world, &told_at("2026-11-20T09:00"));
    assert!(why.contains("the advice is later than when they were told"), "{why}");
    world.act(&despite(told_at("2026-11-20T09:00"), 3, "They rang the hospital themselves."));
    assert_eq!(overridden(&world)[0].0, "R3");
    world.act(&told_at("2026-11-20T14:50"));
    world.act(&told_at("2026-11-20"));
}

#[test]
fn r3_applies_advice_not_to_tell_is_no_leave_to_tell() {
    let mut world = about(&["fabricated-illness"]);
    world.act(&advised("2026-11-20T14:40", "Refer today. Do not tell the mother."));
    let why = refused(&mut world, &told_at("2026-11-20T14:50"));
    assert!(why.contains("Jo Bloggs, duty social worker is not to tell"), "{why}");
    world.act(&despite(told_at("2026-11-20T14:50"), 3, "She had read it."));
    world.act(&advised("2026-11-20T14:55", "The mother may be told now."));
    world.act(&told_at("2026-11-20T14:58"));
}

#[test]
fn r3_applies_to_advice_as_it_was_put_right() {
    let mut world = about(&["fabricated-illness"]);
    world.act(&advised("2026-11-20T14:40", "They may be told."));
    let corrects = world.desk.concern(ONE).unwrap().sections().last().unwrap().0.seq;
    let correct = |instead: &str| Act::Correct {
        concern: ONE,
        corrects,
        field: CorrectedField::Section(SectionKind::Advice),
        instead: instead.into(),
        reason: "A slip.".into(),
        happened_at: None,
    };
    let begins = "Advice sought from Jo Bloggs, duty social worker:";
    world.act(&correct(&format!("{begins} They may be told on Monday.")));
    assert_eq!(rulings(&world, told(None), 3)[0].force, Force::Advises);
    world.act(&correct(&format!("{begins} They are not to be told.")));
    assert_eq!(rulings(&world, told(None), 3)[0].force, Force::AsksForAReason);
    world.act(&correct("Advice sought from the child's mother, nobody from the police."));
    refused(&mut world, &write(told(Some(false))));
    assert!(world.problems().is_empty());
}

#[test]
fn r3_overridden_by_nobody_who_was_not_reached() {
    let mut world = about(&["fabricated-illness"]);
    world.act(&advised("2026-11-20T14:40", "No answer. Will try again."));
    let why = refused(&mut world, &write(told(Some(false))));
    assert!(why.contains("a call that reached nobody is none"), "{why}");
}

#[test]
fn r3_does_not_apply_to_what_has_happened_already() {
    let mut world = about(&["fabricated-illness"]);
    let section = Section::Action(Action {
        at: moment("2026-11-20T15:00"),
        what: "The mother was told at the gate, before anybody knew.".into(),
        reasons: "A mistake. Social care are being rung.".into(),
        shared_with: "".into(),
    });
    world.act(&Act::Section { concern: ONE, section });
}

#[test]
fn r4_applies_a_parent_who_is_the_concern_is_not_told_without_a_reason() {
    let mut world = about(&["physical-abuse"]);
    assert_eq!(rulings(&world, told(Some(true)), 4)[0].force, Force::AsksForAReason);
    let why = refused(&mut world, &write(told(Some(true))));
    assert!(why.contains("R4 · S2:182") && why.contains("give the reason for R4"), "{why}");
}

#[test]
fn r4_overridden_with_a_reason_of_its_own_which_is_recorded() {
    let mut world = about(&["physical-abuse"]);
    refused(&mut world, &despite(write(told(Some(true))), 5, "Another rule's."));
    refused(&mut world, &despite(write(told(Some(true))), 4, " "));
    let saved = world.act(&despite(write(told(Some(true))), 4, "The social worker asked us to."));
    assert_eq!(saved.entries.len(), 2, "the section, and what it was advised against");
    assert_eq!(overridden(&world), [("R4".to_owned(), "The social worker asked us to.".to_owned())]);
    assert!(world.problems().is_empty());
}

#[test]
fn r4_does_not_apply_where_no_parent_is_the_concern_or_none_was_told() {
    let mut world = about(&["bullying"]);
    for parents in [told(Some(false)), told(None), not_told(Some(Ground::Delay))] {
        assert!(rulings(&world, parents.clone(), 4).is_empty());
        world.act(&write(parents));
    }
    assert!(overridden(&world).is_empty());
    // A reason that nothing asked for is none.
    world.act(&despite(write(told(Some(false))), 4, "Of no use."));
    assert!(overridden(&world).is_empty());
}

#[test]
fn r4_applies_where_the_family_may_be_part_of_it_whatever_the_answer() {
    for id in ["forced-marriage", "honour-based-abuse", "fgm"] {
        let mut world = about(&[id]);
        let why = refused(&mut world, &write(told(Some(false))));
        assert!(why.contains("the family may be part of it"), "{why}");
        world.act(&despite(write(told(Some(false))), 4, "The police asked us to tell her aunt."));
    }
}

#[test]
fn r5_applies_parents_are_told_unless_on_one_of_three_grounds() {
    let labels = Ground::ALL.map(Ground::label).join("; ");
    for part in ["serious harm", "serious crime", "delay", "another reason"] {
        assert!(labels.contains(part), "{labels}");
    }
    let world = about(&["neglect"]);
    let ruling = rulings(&world, not_told(None), 5).remove(0);
    assert!(ruling.says.contains("one of three grounds") && ruling.cited().contains("S2:148-154"));
}

#[test]
fn r5_does_not_apply_where_they_are_told_or_one_of_the_grounds_is_given() {
    let mut world = about(&["neglect"]);
    for ground in [Ground::Harm, Ground::Crime, Ground::Delay] {
        assert!(rulings(&world, not_told(Some(ground)), 5).is_empty());
        world.act(&write(not_told(Some(ground))));
        assert_eq!(case(&world).parents().unwrap().ground, Some(ground));
    }
    assert!(rulings(&world, told(Some(false)), 5).is_empty());
    assert!(overridden(&world).is_empty());
}

#[test]
fn r5_overridden_on_a_ground_of_ones_own_the_reasons_say_which() {
    let mut world = about(&["neglect"]);
    let another = || not_told(Some(Ground::Other));
    assert_eq!(rulings(&world, another(), 5)[0].force, Force::Advises);
    refused(&mut world, &write(Parents { reasons: " ".into(), ..another() }));
    world.act(&write(another()));
    let stands = case(&world).parents().unwrap().clone();
    assert_eq!((stands.ground, stands.reasons.as_str()), (Some(Ground::Other), "Not yet."));
}

#[test]
fn r5_applies_either_answer_needs_its_reasons() {
    let mut world = about(&["neglect"]);
    for parents in [told(Some(false)), not_told(Some(Ground::Harm))] {
        let why = refused(&mut world, &write(Parents { reasons: " ".into(), ..parents }));
        assert!(why.contains("Give the reasons"), "{why}");
    }
}

#[test]
fn parents_that_were_recorded_before_grounds_were_asked_are_read_as_they_were() {
    let old = r#"{"informed":false,"reasons":"Not yet."}"#;
    let parents: Parents = serde_json::from_str(old).unwrap();
    assert_eq!((parents.ground, parents.parent_is_concern), (None, None));
    assert_eq!(serde_json::to_string(&parents).unwrap(), old, "its hash stays what it was");
}

fn referral() -> Decision {
    Decision::Course(CourseTaken {
        course: Course::Refer,
        at: moment("2026-11-20T15:00"),
        to: "First Response, Jo Bloggs".into(),
        reasons: "A child is not safe.".into(),
        in_writing: false,
    })
}

/// Concerns of every category, about children and about staff.
fn every_case() -> Vec<World> {
    let ids: Vec<&str> = category::all().iter().map(|category| category.id.as_str()).collect();
    let mut worlds = vec![about(&[]), about(&ids)];
    worlds
        .extend(ids.iter().filter(|id| id.contains("ill") || id.contains("marriage")).map(|id| about(&[id])));
    worlds.push(super::staff::with_a_concern());
    worlds
}

#[test]
fn r6_applies_no_gate_stands_before_a_referral() {
    for mut world in every_case() {
        let rulings = gate::of_decision(&case(&world), &referral());
        assert!(rulings.iter().all(|ruling| ruling.force == Force::Advises), "{rulings:?}");
        assert_eq!(rulings[0].rule, 6);
        world.act(&Act::Decide { concern: ONE, decision: referral() });
        assert_eq!(case(&world).course().unwrap().course, Course::Refer);
    }
}

#[test]
fn r6_applies_where_parents_were_not_told_or_were_refused() {
    let mut world = about(&["fabricated-illness"]);
    refused(&mut world, &write(told(Some(true))));
    world.act(&write(not_told(Some(Ground::Other))));
    world.act(&Act::Decide { concern: ONE, decision: referral() });
}

#[test]
fn r6_does_not_apply_to_not_referring_which_meets_no_gate_either() {
    let world = about(&["fabricated-illness"]);
    for course in [Course::EarlyHelp, Course::Monitor] {
        let Decision::Course(taken) = referral() else { unreachable!() };
        let decision = Decision::Course(CourseTaken { course, ..taken });
        assert!(gate::of_decision(&case(&world), &decision).is_empty());
    }
}

#[test]
fn r6_overridden_whoever_writes_nothing_of_consent_refers_all_the_same() {
    let mut world = about(&["neglect"]);
    world.act(&Act::Decide { concern: ONE, decision: referral() });
    let concern = world.desk.concern(ONE).unwrap();
    assert_eq!(concern.case().course().unwrap().course, Course::Refer);
    assert!(concern.decisions().all(|(_, decision)| decision.kind() != DecisionKind::Sharing));
    assert!(overridden(&world).is_empty(), "no reason is asked");
    let mut steps = guide::steps(&concern.case(), now()).into_iter();
    let course = steps.find(|step| step.opens == Opens::Decision(DecisionKind::Course)).unwrap();
    assert!(course.cited.contains("R6 · S1:163"), "it is said all the same: {}", course.cited);
}

/// What was done, as it is written in an action.
fn done(what: &str) -> Act {
    let at = moment("2026-11-20T15:00");
    let (reasons, shared_with) = ("To be recorded.".into(), "".into());
    let section = Section::Action(Action { at, what: what.into(), reasons, shared_with });
    Act::Section { concern: ONE, section }
}

/// What is warned of where it is typed may be recorded as it is. That it was advised against is then an entry beside it,
/// with the rule, and without the words.
#[track_caller]
fn recorded_as_written(number: u8, what: &str) {
    let mut world = about(&["neglect"]);
    assert_eq!(world.act(&done(what)).entries.len(), 2);
    assert_eq!(overridden(&world), [(format!("R{number}"), "Recorded as it was written.".to_owned())]);
    let concern = world.desk.concern(ONE).unwrap();
    let (_, noted) = concern.decisions().last().unwrap();
    assert!(noted.sentence().starts_with(&format!("R{number} advised: ")), "{}", noted.sentence());
    assert!(!noted.sentence().contains("Zoe"), "{}", noted.sentence());
}

#[test]
fn r8_overridden_a_leading_question_is_recorded_as_it_was_asked() {
    recorded_as_written(8, "I asked Zoe \"did he touch you?\"");
}

#[test]
fn r10_overridden_that_the_child_wrote_it_down_is_recorded() {
    recorded_as_written(10, "I asked her to write it down. The note was signed by the child.");
}

#[test]
fn r25_overridden_another_word_for_a_child_is_recorded_as_it_was_written() {
    recorded_as_written(25, "Zoe is the victim.");
}

#[test]
fn r7_overridden_words_are_recorded_as_written_and_noted_once_without_them() {
    let mut world = about(&["neglect"]);
    let written = "I interviewed Zoe. I interviewed him. She wrote a statement. The victim was crying.";
    let saved = world.act(&done(written));
    assert_eq!(saved.entries.len(), 2);
    assert_eq!(overridden(&world), [("R7, R10, R25".to_owned(), "Recorded as it was written.".to_owned())]);
    let entry = world.desk.concern(ONE).unwrap().lines.pop().unwrap().entry;
    let Entry::Decided { decision, .. } = entry else { panic!("it stands last") };
    assert!(!decision.sentence().contains("Zoe") && decision.sentence().contains("R7, R10, R25 advised"));
    let calm = Parents { reasons: "She was told what happens next.".into(), ..told(Some(false)) };
    assert_eq!(world.act(&write(calm)).entries.len(), 1);
}

#[test]
fn r9_overridden_in_a_report_it_is_noted_and_the_concern_stays_new() {
    let mut world = World::new();
    let mut typed = part1("Zoe Marsh", None);
    typed.account.what = "I promised not to tell.".into();
    world.act(&Act::TypeIn(Box::new(typed)));
    assert_eq!(overridden(&world)[0].0, "R9");
    assert_eq!(case(&world).state, dsl_desk::domain::triage::State::New);
    assert!(world.problems().is_empty());
}
