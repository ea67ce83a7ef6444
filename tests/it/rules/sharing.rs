//! R22, R32 and R35: what is shared, or not, with whom, and whether anybody agreed.

use dsl_desk::cabinet::Error;
use dsl_desk::desk::Act;
use dsl_desk::desk::gates::Reason;
use dsl_desk::domain::decision::{Consent, Decision, Sharing, Told, Undecided};
use dsl_desk::domain::gate::{self, Ruling};
use dsl_desk::domain::ids::ConcernId;
use dsl_desk::domain::part2::{Parents, Section};
use dsl_desk::domain::rule::Force;
use dsl_desk::domain::text::Text;

use crate::support::{World, moment, now, part1};

const ONE: ConcernId = ConcernId(1);

/// Shared with names, nobody having been asked, and everything said that there is to say.
fn sharing() -> Sharing {
    Sharing {
        is_shared: true,
        at: moment("2026-11-20T15:00"),
        what: "What was seen on Friday.".into(),
        with: "First Response, Jo Bloggs".into(),
        purpose: "A decision on the referral.".into(),
        consent: Consent::NotAsked,
        anonymised: false,
        reasons: "To keep her safe.".into(),
        without_consent: "A child is at risk.".into(),
        told: Some(Told::WillBe),
    }
}

/// One of its texts.
type Field = fn(&mut Sharing) -> &mut Text;

fn checked(sharing: Sharing) -> Result<(), Undecided> {
    Decision::Sharing(sharing).check()
}

fn world(categories: &[&str]) -> World {
    let mut world = World::new();
    let mut part1 = part1("Zoe Marsh", None);
    part1.categories = categories.iter().map(|id| (*id).into()).collect();
    world.act(&Act::TypeIn(Box::new(part1)));
    world
}

fn rulings(world: &World, sharing: Sharing) -> Vec<Ruling> {
    gate::of_decision(&world.desk.concern(ONE).unwrap().case(), &Decision::Sharing(sharing))
}

fn forces(rulings: &[Ruling]) -> Vec<(u8, Force)> {
    rulings.iter().map(|ruling| (ruling.rule, ruling.force)).collect()
}

#[test]
fn r22_applies_whether_it_is_shared_or_not() {
    let blank: [(Field, Undecided); 4] = [
        (|sharing| &mut sharing.what, Undecided::What),
        (|sharing| &mut sharing.with, Undecided::With),
        (|sharing| &mut sharing.purpose, Undecided::Purpose),
        (|sharing| &mut sharing.reasons, Undecided::Reason),
    ];
    for is_shared in [true, false] {
        for (field, missing) in blank {
            let mut without = Sharing { is_shared, ..sharing() };
            *field(&mut without) = " ".into();
            assert_eq!(checked(without), Err(missing), "{is_shared}");
        }
        assert_eq!(checked(Sharing { is_shared, ..sharing() }), Ok(()));
    }
}

#[test]
fn r22_applies_it_is_a_decision_of_the_record_and_is_told_whole() {
    let mut world = world(&["neglect"]);
    let kept_back = Sharing { is_shared: false, with: "The football club".into(), ..sharing() };
    for decision in [sharing(), kept_back].map(Decision::Sharing) {
        world.act(&Act::Decide { concern: ONE, decision });
    }
    let concern = world.desk.concern(ONE).unwrap();
    let said: Vec<String> = concern.decisions().map(|(_, decision)| decision.sentence()).collect();
    assert!(said[0].starts_with("Shared with First Response, Jo Bloggs: What was seen"), "{}", said[0]);
    for part in ["Without consent because: A child is at risk.", "they will be told", "Reasons: To keep"] {
        assert!(said[0].contains(part), "{}", said[0]);
    }
    assert!(said[1].starts_with("Not shared with The football club"));
}

#[test]
fn a_sharing_that_was_recorded_before_is_read_as_it_was() {
    let old = r#"{"is_shared":true,"at":"2026-11-20","what":"a","with":"b","purpose":"c","consent":"not-asked","anonymised":false,"reasons":"d"}"#;
    let sharing: Sharing = serde_json::from_str(old).unwrap();
    assert_eq!(serde_json::to_string(&sharing).unwrap(), old, "its hash stays what it was");
}

#[test]
fn r32_applies_without_consent_it_is_said_why_and_whether_they_hear_of_it() {
    for consent in [Consent::NotAsked, Consent::Refused] {
        let shared = || Sharing { consent, ..sharing() };
        assert_eq!(checked(shared()), Ok(()));
        assert_eq!(
            checked(Sharing { without_consent: " ".into(), ..shared() }),
            Err(Undecided::WithoutConsent)
        );
        assert_eq!(checked(Sharing { told: None, ..shared() }), Err(Undecided::Told));
        assert_eq!(checked(Sharing { told: Some(Told::NotSafe), ..shared() }), Ok(()));
        assert_eq!(forces(&rulings(&world(&["neglect"]), shared())), [(32, Force::Advises)]);
    }
}

#[test]
fn r32_does_not_apply_with_consent_without_names_or_where_nothing_was_shared() {
    let bare = || Sharing { without_consent: "".into(), told: None, ..sharing() };
    for sharing in [
        Sharing { consent: Consent::Given, ..bare() },
        Sharing { anonymised: true, ..bare() },
        Sharing { is_shared: false, ..bare() },
    ] {
        assert_eq!(checked(sharing.clone()), Ok(()));
        assert!(rulings(&world(&["neglect"]), sharing).iter().all(|ruling| ruling.rule != 32));
    }
}

#[test]
fn r32_overridden_they_are_told_although_it_is_not_safe_with_the_reason() {
    let mut world = world(&["fabricated-illness"]);
    for told in [Told::Told, Told::WillBe] {
        let found = forces(&rulings(&world, Sharing { told: Some(told), ..sharing() }));
        assert_eq!(found, [(32, Force::Advises), (3, Force::AsksForAReason)]);
    }
    let not_safe = Sharing { told: Some(Told::NotSafe), ..sharing() };
    assert_eq!(forces(&rulings(&world, not_safe.clone())), [(32, Force::Advises)]);
    let decide = |sharing| Act::Decide { concern: ONE, decision: Decision::Sharing(sharing) };
    assert!(matches!(world.desk.act(&decide(sharing()), None, now()), Err(Error::Refused(_))));
    world.act(&decide(not_safe));
    let reasons = vec![Reason { rule: 3, reason: "It is her grandmother who is told.".into() }];
    let saved = world.act(&Act::Despite { act: Box::new(decide(sharing())), reasons });
    assert_eq!(saved.entries.len(), 2);
}

#[test]
fn r32_applies_a_parent_who_is_the_concern_does_not_hear_of_it_without_a_reason() {
    let mut world = world(&["neglect"]);
    let parents = Parents {
        informed: true,
        reasons: "The mother came in.".into(),
        parent_is_concern: Some(true),
        ..Parents::default()
    };
    let act = Act::Section { concern: ONE, section: Section::Parents(parents) };
    let reasons = vec![Reason { rule: 4, reason: "It is the father.".into() }];
    world.act(&Act::Despite { act: Box::new(act), reasons });
    assert_eq!(forces(&rulings(&world, sharing()))[1], (4, Force::AsksForAReason));
}

#[test]
fn r35_applies_where_something_is_kept_back() {
    let kept_back = rulings(&world(&["neglect"]), Sharing { is_shared: false, ..sharing() });
    assert_eq!(forces(&kept_back), [(35, Force::Advises)]);
    assert!(kept_back[0].says.contains("does not stop you") && kept_back[0].cited().contains("S1:296"));
}

#[test]
fn r35_does_not_apply_where_it_is_shared() {
    assert!(rulings(&world(&["neglect"]), sharing()).iter().all(|ruling| ruling.rule != 35));
}

#[test]
fn r35_overridden_it_is_kept_back_with_its_own_reasons_and_no_other() {
    let mut world = world(&["neglect"]);
    let kept_back = Sharing { is_shared: false, reasons: "They need not know.".into(), ..sharing() };
    assert_eq!(checked(Sharing { reasons: " ".into(), ..kept_back.clone() }), Err(Undecided::Reason));
    let decision = Decision::Sharing(kept_back);
    assert_eq!(world.act(&Act::Decide { concern: ONE, decision }).entries.len(), 1);
    let concern = world.desk.concern(ONE).unwrap();
    let (_, recorded) = concern.decisions().last().unwrap();
    assert!(recorded.sentence().contains("They need not know."), "{}", recorded.sentence());
}

#[test]
fn no_rule_on_sharing_blocks() {
    for number in [22, 32, 35] {
        let rule = dsl_desk::domain::rule::get(number).unwrap();
        assert_ne!(rule.force, Force::Blocks, "R{number}");
    }
}
