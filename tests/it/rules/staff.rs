//! Rules about concerns of which somebody who works here is the subject.

use dsl_desk::cabinet::Error;
use dsl_desk::cabinet::table::concern::Pile;
use dsl_desk::desk::answer::Subject;
use dsl_desk::desk::gates::Reason;
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::allegation::{AllegationEnded, AllegationOutcome, Limb, Threshold};
use dsl_desk::domain::cabinet::CabinetName;
use dsl_desk::domain::case::Case;
use dsl_desk::domain::concern::{About, NamedStaff, Part1};
use dsl_desk::domain::decision::{Consent, Decision, Sharing};
use dsl_desk::domain::entry::Entry;
use dsl_desk::domain::gate;
use dsl_desk::domain::ids::{ConcernId, PersonId};
use dsl_desk::domain::part2::{Action, Advice, Parents, Section};
use dsl_desk::domain::person::Right;
use dsl_desk::domain::receiving::{Markings, NamesDsl};
use dsl_desk::domain::routing;
use dsl_desk::domain::rule::Force;
use dsl_desk::domain::staff_route::{Position, route};

use crate::support::{ALL, Place, World, minutes, moment, now, part1};

const KEPT: ConcernId = ConcernId(1);

fn about(name: &str, is_dsl: Option<bool>) -> Part1 {
    let staff = NamedStaff { name: name.into(), is_dsl, ..NamedStaff::default() };
    Part1 { about: About::Staff, staff: Some(staff), ..part1("Zoe Marsh", None) }
}

/// A desk with one concern about a member of staff.
pub(crate) fn with_a_concern() -> World {
    let mut world = World::new();
    world.act(&Act::TypeIn(Box::new(about("Peregrine Quillfeather", None))));
    world
}

/// The same, closed; Grace is a deputy, Kit a senior.
fn place() -> Place {
    let place = with_a_concern().close();
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
fn r13_applies_a_concern_about_staff_is_kept_to_the_leads_and_no_other() {
    let place = place();
    assert!(place.open().unwrap().concern(KEPT).is_ok());
    assert!(!may_open(&place, "Grace Osei"));
    let typed = Act::TypeIn(Box::new(part1("Zoe Marsh", None)));
    let mut grace = place.open_as(&PersonId::from_name("Grace Osei")).unwrap();
    let child = grace.act(&typed, None, now()).unwrap().concern.unwrap();
    assert!(grace.concern(child).is_ok());
}

#[test]
fn r14_applies_the_lead_does_not_open_a_concern_about_herself() {
    assert_eq!(cabinet(&about("Amina Khan", None)), CabinetName::Senior);
    assert_eq!(cabinet(&about("the lead", Some(true))), CabinetName::Senior);
    // A surname alone is in doubt.
    assert_eq!(cabinet(&about("Mrs Khan", None)), CabinetName::Senior);
}

#[test]
fn r14_does_not_apply_to_others_or_to_a_namesake() {
    assert_eq!(cabinet(&about("Peregrine Quillfeather", None)), CabinetName::General);
    assert_eq!(cabinet(&about("Mrs Khan", Some(false))), CabinetName::General);
}

/// What the lead herself takes in, at a desk with a senior whose own cabinet lies beside hers: the two desks after it.
fn taken_in(part1: Part1) -> (Place, Desk, Desk) {
    let place = World::new().close();
    let kit = place.admit("Kit Moss", Right::Senior);
    let mut amina = place.open().unwrap();
    amina.act(&Act::TypeIn(Box::new(part1)), None, now()).unwrap();
    let mut senior = place.open_as(&kit).unwrap().beside().unwrap().unwrap();
    // A file is taken in once it has been steady for a while.
    for minute in 1..5 {
        senior.look(minutes(minute)).unwrap();
    }
    (place, amina, senior)
}

fn waiting(desk: &mut Desk) -> usize {
    desk.inbox(Pile::Waiting, "", ALL, now()).unwrap().rows.len()
}

#[test]
fn r14_overridden_by_no_word_that_it_is_another_and_by_no_typing_of_her_own() {
    let her_word = about("Amina Khan", Some(false));
    assert_eq!(cabinet(&her_word), CabinetName::Senior);
    let (_place, mut amina, mut senior) = taken_in(her_word);
    assert_eq!((waiting(&mut amina), waiting(&mut senior)), (0, 1));
    assert!(amina.concern(KEPT).is_err());
}

#[test]
fn r17_applies_others_are_named_with_a_reason_and_whoever_is_involved_is_left_out() {
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
fn r17_does_not_apply_to_a_concern_about_a_child_which_the_whole_team_opens() {
    let place = place();
    let child = place.open().unwrap().act(&typed("Ava Reed"), None, now()).unwrap().concern.unwrap();
    let grace = place.open_as(&PersonId::from_name("Grace Osei")).unwrap();
    let concern = grace.concern(child).unwrap();
    assert!(!concern.row.restricted);
    assert!(concern.lines.iter().all(|line| !matches!(line.entry, Entry::ConcernRestricted { .. })));
}

#[test]
fn r17_overridden_more_than_the_leads_are_named_with_the_reason_in_the_record() {
    let place = place();
    let named = |reason: &str| Act::Restrict {
        concern: KEPT,
        people: ["Amina Khan", "Grace Osei"].map(PersonId::from_name).to_vec(),
        reason: reason.into(),
    };
    let mut amina = place.open().unwrap();
    assert!(amina.act(&named(""), None, now()).is_err() && !may_open(&place, "Grace Osei"));
    amina.act(&named("She took the call"), None, now()).unwrap();
    assert!(may_open(&place, "Grace Osei") && !may_open(&place, "Kit Moss"));
    let mut reasons = amina.concern(KEPT).unwrap().lines.into_iter().filter_map(|line| match line.entry {
        Entry::ConcernRestricted { reason, .. } => Some(reason),
        _ => None,
    });
    assert_eq!(reasons.next_back().unwrap().as_str(), "She took the call");
}

fn asks_for_another(not_for_dsl: Option<bool>) -> Part1 {
    Part1 { not_for_dsl, ..part1("Zoe Marsh", None) }
}

#[test]
fn r18_applies_whoever_would_rather_not_tell_the_lead_need_not() {
    assert_eq!(cabinet(&asks_for_another(Some(true))), CabinetName::Senior);
    let (_place, mut amina, mut senior) = taken_in(asks_for_another(Some(true)));
    assert_eq!((waiting(&mut amina), waiting(&mut senior)), (0, 1));
}

#[test]
fn r18_does_not_apply_where_nobody_asks_for_it() {
    for answer in [Some(false), None] {
        assert_eq!(cabinet(&asks_for_another(answer)), CabinetName::General);
        let (_place, mut amina, mut senior) = taken_in(asks_for_another(answer));
        assert_eq!((waiting(&mut amina), waiting(&mut senior)), (1, 0));
    }
}

#[test]
fn r18_overridden_whoever_received_it_passes_it_on_to_the_lead_and_keeps_it() {
    let (place, mut amina, mut senior) = taken_in(asks_for_another(Some(true)));
    let read = senior.concern(KEPT).unwrap().part1;
    let mut kit = place.open_as(&PersonId::from_name("Kit Moss")).unwrap();
    let passed_on = Act::TypeIn(Box::new(Part1 { not_for_dsl: None, ..read }));
    let received = kit.act(&passed_on, None, minutes(9)).unwrap().concern.unwrap();
    assert_eq!(amina.concern(received).unwrap().decisions().count(), 0, "no reason is asked");
    assert_eq!((waiting(&mut amina), waiting(&mut senior)), (1, 1));
}

#[test]
fn r19_applies_who_has_looked_is_recorded_and_not_for_everybody_to_read() {
    let place = place();
    let mut amina = place.open().unwrap();
    amina.saw(Subject::Concern(KEPT), now()).unwrap();
    assert_eq!(who_looked(&amina, KEPT), ["Amina Khan, Designated Safeguarding Lead"]);
    let open = amina.act(&typed("Ava Reed"), None, now()).unwrap();
    let grace = place.open_as(&PersonId::from_name("Grace Osei")).unwrap();
    assert!(grace.seen_by(Subject::Concern(open.concern.unwrap())).is_err(), "a deputy");
}

#[test]
fn r19_does_not_apply_to_whoever_takes_it_in() {
    assert!(who_looked(&place().open().unwrap(), KEPT).is_empty(), "typing it in is no looking");
}

#[test]
fn r19_overridden_whoever_looks_without_a_need_is_asked_for_no_reason_and_stands_there() {
    let place = place();
    let child = place.open().unwrap().act(&typed("Ava Reed"), None, now()).unwrap().concern.unwrap();
    let mut grace = place.open_as(&PersonId::from_name("Grace Osei")).unwrap();
    grace.saw(Subject::Concern(child), minutes(1)).unwrap();
    assert!(grace.saw(Subject::Concern(KEPT), minutes(1)).is_err(), "what is not hers she does not open");
    let amina = place.open().unwrap();
    assert_eq!(who_looked(&amina, child), ["Grace Osei, Colleague"]);
    assert!(who_looked(&amina, KEPT).is_empty());
}

fn who_looked(desk: &Desk, concern: ConcernId) -> Vec<String> {
    let seen = desk.seen_by(Subject::Concern(concern)).unwrap();
    seen.into_iter().map(|sighting| sighting.by.to_string()).collect()
}

fn typed(child: &str) -> Act {
    Act::TypeIn(Box::new(part1(child, None)))
}

fn case(world: &World) -> Case {
    world.desk.concern(KEPT).unwrap().case()
}

fn action(what: &str, shared_with: &str) -> Act {
    let section = Section::Action(Action {
        at: moment("2026-11-20T15:00"),
        what: what.into(),
        reasons: "The code of conduct.".into(),
        shared_with: shared_with.into(),
    });
    Act::Section { concern: KEPT, section }
}

fn advice(name: &str, role: &str) -> Act {
    advised(name, role, "A meeting is called for Monday.")
}

fn advised(name: &str, role: &str, text: &str) -> Act {
    let section = Section::Advice(Advice {
        at: moment("2026-11-20T15:00"),
        name: name.into(),
        role: role.into(),
        organisation: "".into(),
        advice: text.into(),
        contact: None,
    });
    Act::Section { concern: KEPT, section }
}

fn shared(with: &str) -> Act {
    let decision = Decision::Sharing(Sharing {
        is_shared: true,
        at: moment("2026-11-20T15:00"),
        what: "What was seen.".into(),
        with: with.into(),
        purpose: "A decision.".into(),
        consent: Consent::Given,
        anonymised: false,
        reasons: "They need it.".into(),
        without_consent: "".into(),
        told: None,
    });
    Act::Decide { concern: KEPT, decision }
}

fn parents_told() -> Act {
    let section = Section::Parents(Parents {
        informed: true,
        reasons: "They asked.".into(),
        parent_is_concern: Some(false),
        ..Parents::default()
    });
    Act::Section { concern: KEPT, section }
}

fn threshold(limbs: &[Limb], position: Position) -> Act {
    let decision = Decision::Threshold(Threshold {
        limbs: limbs.to_vec(),
        reason: "As the code has it.".into(),
        position: Some(position),
    });
    Act::Decide { concern: KEPT, decision }
}

fn before_the_lado(world: &World, act: &Act) -> bool {
    let rulings = match act {
        Act::Section { section, .. } => gate::of_section(&case(world), section),
        Act::Decide { decision, .. } => gate::of_decision(&case(world), decision),
        _ => Vec::new(),
    };
    rulings.iter().any(|ruling| (ruling.rule, ruling.force) == (13, Force::AsksForAReason))
}

#[test]
fn r13_applies_that_the_person_was_spoken_to_before_the_lado_asks_for_a_reason() {
    let mut world = with_a_concern();
    for act in [
        action("Spoke to Mr Quillfeather in the office.", ""),
        action("The head met with Peregrine.", ""),
        action("Risk looked at.", "The head; Mr Quillfeather"),
        advice("Peregrine Quillfeather", "himself"),
        shared("Peregrine Quillfeather"),
        parents_told(),
    ] {
        assert!(before_the_lado(&world, &act), "{act:?}");
        let refused = world.desk.act(&act, None, now());
        let Err(Error::Refused(why)) = refused else { panic!("it was recorded") };
        assert!(why.contains("R13 · S1:240-249") && !why.contains("Quillfeather"), "{why}");
    }
}

#[test]
fn r13_overridden_with_the_reason_which_is_recorded() {
    let mut world = with_a_concern();
    let reasons = vec![Reason { rule: 13, reason: "He came to us himself.".into() }];
    let act = Box::new(action("Spoke to Mr Quillfeather in the office.", ""));
    assert_eq!(world.act(&Act::Despite { act, reasons }).entries.len(), 2);
    let concern = world.desk.concern(KEPT).unwrap();
    let Some((_, Decision::Overridden(over))) = concern.decisions().last() else { panic!("not noted") };
    assert_eq!((&*over.rule, &*over.reason), ("R13", "He came to us himself."));
    assert!(world.problems().is_empty());
}

#[test]
fn r13_does_not_apply_to_what_says_nothing_of_it() {
    let world = with_a_concern();
    for act in [
        action("Rang the LADO before anybody spoke to Mr Quillfeather.", "the head"),
        action("Nobody has told Mr Quillfeather.", ""),
        action("Spoke to him.", ""),
        advice("Jo Bloggs", "LADO"),
        shared("The head"),
    ] {
        assert!(!before_the_lado(&world, &act), "{act:?}");
    }
}

#[test]
fn r13_does_not_apply_once_the_lado_has_advised_or_it_is_low_level() {
    let spoken = action("Spoke to Mr Quillfeather in the office.", "");
    let mut world = with_a_concern();
    world.act(&advice("Jo Bloggs", "Designated Safeguarding Officer"));
    assert!(before_the_lado(&world, &spoken), "that is another officer");
    world.act(&advice("Jo Bloggs", "LADO"));
    for act in [spoken.clone(), parents_told()] {
        world.act(&act);
    }
    let mut world = with_a_concern();
    world.act(&threshold(&[Limb::Risk], Position::Staff));
    assert!(before_the_lado(&world, &spoken), "it meets the threshold");
    world.act(&threshold(&[], Position::Staff));
    world.act(&spoken);
    let mut world = World::new();
    world.act(&Act::TypeIn(Box::new(part1("Zoe Marsh", None))));
    world.act(&spoken);
}

#[test]
fn r13_applies_what_the_lado_said_not_to_do_asks_for_a_reason() {
    let spoken = action("Spoke to Mr Quillfeather in the office.", "");
    for text in
        ["Do not speak to him yet.", "Mr Quillfeather is not to be told.", "Don't talk to the person."]
    {
        let mut world = with_a_concern();
        world.act(&advised("Jo Bloggs", "LADO", text));
        assert!(before_the_lado(&world, &spoken) && !before_the_lado(&world, &parents_told()), "{text}");
        let Err(Error::Refused(why)) = world.desk.act(&spoken, None, now()) else {
            panic!("it was recorded")
        };
        assert!(why.contains("(LADO) advised not to"), "{why}");
        world.act(&advised("Jo Bloggs", "LADO", "You may speak to him now."));
        world.act(&spoken);
    }
    let mut world = with_a_concern();
    world.act(&advised("Jo Bloggs", "LADO", "Do not tell the parents."));
    assert!(before_the_lado(&world, &parents_told()) && !before_the_lado(&world, &spoken));
}

#[test]
fn r13_overridden_by_no_call_that_reached_nobody() {
    let mut world = with_a_concern();
    world.act(&advised("", "LADO - line engaged, left voicemail", "No answer. Will try again."));
    assert!(before_the_lado(&world, &action("Spoke to Mr Quillfeather.", "")));
    let case = case(&world);
    assert!(case.is_due("lado") && case.ever_due("lado").all(|set| !set.is_answered));
}

#[test]
fn r14_applies_about_the_lead_the_head_is_told_and_about_the_head_the_governors() {
    let says = |position, part: &str| route(position, None).iter().any(|leg| leg.says.contains(part));
    assert!(says(Position::Lead, "the head of the organisation at once"));
    assert!(says(Position::Head, "chair of governors") && !says(Position::Staff, "chair of governors"));
    assert!(route(Position::Lead, None).iter().any(|leg| leg.cited() == "R14 · S1:250 · S1, 2024"));
}

#[test]
fn r14_applies_nobody_is_sent_to_the_head_about_the_head() {
    let mut world = with_a_concern();
    let doubts = |world: &World| world.desk.ring_about(Some(Subject::Concern(KEPT)), now()).unwrap().doubts;
    assert!(doubts(&world).is_empty());
    world.act(&threshold(&[], Position::Head));
    assert!(doubts(&world)[0].contains("do not ring them"));
}

#[test]
fn r16_applies_supply_staff_volunteers_and_elected_members_have_their_own_way() {
    let says = |position, part: &str| route(position, Some(false)).iter().any(|leg| leg.says.contains(part));
    assert!(says(Position::Supply, "agency") && says(Position::Supply, "human resources"));
    assert!(says(Position::Volunteer, "human resources") && !says(Position::Volunteer, "agency"));
    assert!(says(Position::Member, "monitoring officer") && !says(Position::Member, "human resources"));
    for position in Position::ALL {
        assert!(route(position, Some(false))[0].says.contains("LADO"), "{}", position.label());
        assert!(route(position, Some(true))[0].says.contains("register"), "{}", position.label());
    }
}

fn rung_about(world: &World) -> routing::About {
    world.desk.ring_about(Some(Subject::Concern(KEPT)), now()).unwrap().question.about
}

#[test]
fn r16_applies_an_elected_member_is_rung_about_as_one() {
    let mut world = with_a_concern();
    world.act(&threshold(&[Limb::Harmed], Position::Member));
    assert_eq!(rung_about(&world), routing::About::Member);
}

#[test]
fn r16_does_not_apply_before_somebody_says_that_it_is_an_elected_member() {
    let mut world = with_a_concern();
    assert_eq!(rung_about(&world), routing::About::Staff);
    world.act(&threshold(&[Limb::Harmed], Position::Volunteer));
    assert_eq!(rung_about(&world), routing::About::Staff);
}

#[test]
fn r16_overridden_human_resources_are_told_of_a_member_without_a_reason_and_the_way_stays() {
    let mut world = with_a_concern();
    world.act(&threshold(&[Limb::Harmed], Position::Member));
    assert_eq!(world.act(&shared("Human resources, and nobody else")).entries.len(), 1);
    let told = |decision: &Decision| matches!(decision, Decision::Overridden(_));
    assert!(!world.desk.concern(KEPT).unwrap().decisions().any(|(_, decision)| told(decision)));
    assert_eq!(rung_about(&world), routing::About::Member);
    assert!(route(Position::Member, Some(false)).iter().any(|leg| leg.says.contains("monitoring officer")));
}

#[test]
fn r34_applies_whoever_did_it_or_is_not_suitable_is_thought_of_for_barring() {
    let asks = |world: &World, outcome| {
        let ended = AllegationEnded { outcome, from: "LADO".into(), reasons: "Two saw it.".into() };
        let rulings = gate::of_decision(&case(world), &Decision::Allegation(ended));
        rulings.iter().any(|ruling| ruling.rule == 34)
    };
    let mut world = with_a_concern();
    assert!(asks(&world, AllegationOutcome::Substantiated));
    for outcome in [AllegationOutcome::False, AllegationOutcome::Malicious, AllegationOutcome::Unfounded] {
        assert!(!asks(&world, outcome), "{}", outcome.label());
    }
    assert!(!asks(&world, AllegationOutcome::Unsubstantiated));
    world.act(&threshold(&[Limb::Unsuitable], Position::Staff));
    assert!(asks(&world, AllegationOutcome::Unsubstantiated));
    // It is advised where it is written down, and holds up nothing.
    let ended = AllegationEnded {
        outcome: AllegationOutcome::Substantiated,
        from: "LADO".into(),
        reasons: "Two saw it.".into(),
    };
    world.act(&Act::Decide { concern: KEPT, decision: Decision::Allegation(ended) });
}
