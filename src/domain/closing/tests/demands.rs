//! What a kind of concern asks for beyond the usual.

use chrono::NaiveDate;
use serde_json::json;

use super::super::{Mend, missing};
use super::{decided, further, now, only, parents, said, whole};
use crate::domain::allegation::AllegationOutcome;
use crate::domain::case::Case;
use crate::domain::category::{self, Answered, Demand};
use crate::domain::clocks::{self, Event};
use crate::domain::concern::{About, NamedChild};
use crate::domain::decision::{Course, Decision, DecisionKind};
use crate::domain::gate;
use crate::domain::part2::SectionKind;
use crate::domain::rule::Force;

fn about(id: &str) -> Case {
    let mut case = whole();
    add(&mut case, json!({ "decision": "categories", "categories": [id] }));
    case
}

fn add(case: &mut Case, decision: serde_json::Value) {
    case.decisions.push((now(), decided(decision)));
}

/// Of what there is nothing but the report and what it is about.
fn bare(id: &str) -> Case {
    let mut case = about(id);
    case.sections.clear();
    case.decisions.retain(|(_, decision)| decision.kind() == DecisionKind::Categories);
    if ["low-level-concern", "staff-allegation"].contains(&id) {
        case.part1.about = About::Staff;
    }
    case
}

fn not_referred(case: &mut Case) {
    for (_, decision) in &mut case.decisions {
        if let Decision::Course(taken) = decision {
            (taken.course, taken.to) = (Course::Monitor, "".into());
        }
    }
}

fn is_asked(case: &Case, demand: &Demand) -> bool {
    let number = demand.rule.unwrap();
    let cites = |rule: &str| rule.contains(&format!("R{number} · "));
    let gaps = missing(case, &[]);
    match demand.answered.unwrap() {
        Answered::Gate => {
            let rulings = gate::of_section(case, &parents());
            rulings.iter().any(|ruling| ruling.rule == number && ruling.force == Force::AsksForAReason)
        }
        Answered::Clock => {
            let set = clocks::turn(Event::Arrived, case, now()).set;
            set.iter().any(|due| due.rule.contains(&format!("R{number}:")))
        }
        Answered::Threshold => gaps.iter().any(|gap| gap.mend == Mend::Decide(DecisionKind::Threshold)),
        Answered::Barring => {
            let mut met = super::staff(AllegationOutcome::Substantiated);
            met.decisions.retain(|(_, decision)| decision.kind() != DecisionKind::Allegation);
            missing(&met, &[]).iter().any(|gap| cites(&gap.rule))
        }
        Answered::Danger
        | Answered::Referral
        | Answered::Parts
        | Answered::BothChildren
        | Answered::Words => gaps.iter().any(|gap| cites(&gap.rule)),
    }
}

#[test]
fn every_demand_that_asks_is_asked_for_where_it_says() {
    let mut asked = 0;
    for category in category::all() {
        for demand in category.demands().iter().filter(|demand| demand.force == Force::AsksForAReason) {
            assert!(is_asked(&bare(&category.id), demand), "{}: {}", category.id, demand.says);
            asked += 1;
        }
    }
    assert!(asked > 20, "the file was not read");
}

#[test]
fn what_is_to_be_referred_and_never_was_is_asked_about_once() {
    assert_eq!(said(&about("county-lines")), [""; 0], "it was referred");
    let mut case = about("county-lines");
    add(&mut case, json!({ "decision": "categories", "categories": ["county-lines", "fgm", "neglect"] }));
    let at = "2026-11-20T09:00:00+00:00";
    add(&mut case, json!({ "decision": "discovery", "found": "suspected", "at": at, "reason": "Her aunt." }));
    not_referred(&mut case);
    case.sections.retain(|(_, section)| section.kind() != SectionKind::Outcome);
    let name = |id: &str| category::by_id(id).unwrap().name.as_str();
    let says = format!("It was never referred, and is about: {}; {}.", name("county-lines"), name("fgm"));
    let gap = only(&case, &says, &Mend::Decide(DecisionKind::Course));
    assert!(gap.rule.contains("R29 · S3:313") && gap.rule.contains("R28 · "), "{}", gap.rule);
    let mut adult = case.clone();
    adult.part1.about = About::Adult;
    assert_eq!(said(&adult), [""; 0], "children are referred");
    case.decisions.splice(0..0, about("neglect").decisions);
    assert_eq!(said(&case), [""; 0], "an earlier referral is one");
}

#[test]
fn a_baby_with_a_mark_that_was_never_referred_is_asked_about() {
    let mut case = whole();
    case.part1.children[0].date_of_birth = NaiveDate::from_ymd_opt(2026, 6, 1);
    case.part1.reasons = "A bruise on his cheek.".into();
    assert_eq!(said(&case), [""; 0], "it was referred");
    not_referred(&mut case);
    case.sections.retain(|(_, section)| section.kind() != SectionKind::Outcome);
    let says = "A baby with a mark was never referred.";
    let gap = only(&case, says, &Mend::Decide(DecisionKind::Course));
    assert!(gap.rule.starts_with("R2 · S1:115 · "), "{}", gap.rule);
    add(&mut case, json!({ "decision": "categories", "categories": ["non-mobile-baby-mark"] }));
    only(&case, says, &Mend::Decide(DecisionKind::Course));
    case.part1.children[0].date_of_birth = NaiveDate::from_ymd_opt(2016, 6, 1);
    add(&mut case, json!({ "decision": "categories", "categories": ["neglect"] }));
    assert_eq!(said(&case), [""; 0], "no baby");
}

#[test]
fn between_children_each_has_a_part_and_both_are_thought_of() {
    let part = |position: u32| json!({ "decision": "part-of-child", "position": position, "part": "saw-or-heard-it" });
    let mut case = about("child-on-child");
    let two = "Zoë Marsh and Ava Reed".split(" and ");
    case.part1.children = two.map(|name| NamedChild { name: name.into(), ..NamedChild::default() }).collect();
    only(&case, "The parts of children 1, 2 in it are not said.", &Mend::PartOf(0));
    add(&mut case, part(0));
    let gap = only(&case, "The part of child 2 in it is not said.", &Mend::PartOf(1));
    assert_eq!(gap.rule, "R25 · S3:269 · S3, 2023-2024");
    add(&mut case, part(1));
    assert_eq!(said(&case), [""; 0]);
    case.part1.children.truncate(1);
    let says = "One child is named, and there is no word on the other: both are to be thought of.";
    only(&case, says, &Mend::Section(SectionKind::Action));
    case.sections.push((now(), further("The other child's school was rung.")));
    assert_eq!(said(&case), [""; 0]);
    // Where nobody is thought to have done it, nobody is looked for.
    let mut hazing = about("hazing");
    add(&mut hazing, part(0));
    assert_eq!(said(&hazing), [""; 0]);
}

#[test]
fn what_is_to_be_thought_of_is_answered_by_a_word_of_ours_and_not_of_the_programs() {
    for (id, says, words) in [
        (
            "domestic-abuse",
            "Nothing says whether a DASH risk assessment was thought of, or is not needed.",
            "No DASH: nobody lives with him any more.",
        ),
        (
            "radicalisation",
            "Nothing says whether Channel was thought of, or why it is not for this child.",
            "Channel was asked, and does not take it.",
        ),
    ] {
        let mut case = about(id);
        only(&case, says, &Mend::Section(SectionKind::Action));
        add(
            &mut case,
            json!({ "decision": "overridden", "rule": "R26, R27", "advised": "DASH. Channel.", "reason": "No." }),
        );
        let excused = json!([{ "missing": says, "reason": "No." }]);
        add(
            &mut case,
            json!({ "decision": "closed", "reason": "Over.", "review": "2027-01-01", "excused": excused }),
        );
        only(&case, says, &Mend::Section(SectionKind::Action));
        case.sections.push((now(), further(words)));
        assert_eq!(said(&case), [""; 0], "{id}");
    }
    let mut fostered = about("privately-fostered");
    assert_eq!(said(&fostered), [""; 0], "the referral is a word on it");
    not_referred(&mut fostered);
    fostered
        .sections
        .retain(|(_, section)| !matches!(section.kind(), SectionKind::Outcome | SectionKind::Advice));
    assert!(
        said(&fostered).contains(
            &"Nothing says that children's social care was told of the private fostering.".to_owned()
        )
    );
}
