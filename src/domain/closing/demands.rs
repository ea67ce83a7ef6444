//! What a kind of concern asks for beyond the usual, and neither what was decided nor what was written answers: the
//! demands of `data/signs.toml`.
//!
//! Those that a gate, a clock or another gap asks for already are not asked for here.

use super::record::Record;
use super::{Gap, Mend, cited};
use crate::domain::case::Case;
use crate::domain::category::{self, Answered, Category, Demand};
use crate::domain::concern::About;
use crate::domain::decision::{Decision, DecisionKind};
use crate::domain::guide::baby;
use crate::domain::part2::SectionKind;
use crate::domain::phrase::{Phrases, Reading};

/// A baby with a mark has a gap of its own, for it is known by more than its category.
const BABY: u8 = 2;

pub(super) fn gaps(record: &Record) -> Vec<Gap> {
    let case = record.case;
    let mut gaps: Vec<Gap> = baby(case).into_iter().chain(referral(case)).collect();
    let demands = category::demands_of(case.categories());
    gaps.extend(demands.into_iter().filter_map(|demand| match demand.answered? {
        Answered::Parts => parts(case, demand),
        Answered::BothChildren if case.part1.children.len() > 1 => None,
        Answered::BothChildren | Answered::Words => unsaid(record, demand),
        Answered::Danger
        | Answered::Gate
        | Answered::Clock
        | Answered::Threshold
        | Answered::Barring
        | Answered::Referral => None,
    }));
    gaps
}

/// By which demands the question of danger is asked, beside its own rule.
pub(super) fn of_danger(case: &Case) -> impl Iterator<Item = &'static Demand> {
    let demands = category::demands_of(case.categories()).into_iter();
    demands.filter(|demand| demand.answered == Some(Answered::Danger) && demand.rule != Some(1))
}

/// However it is explained (R2).
fn baby(case: &Case) -> Option<Gap> {
    let is_asked = case.part1.about == About::Child && baby::applies(case, case.received_at);
    (is_asked && case.referrals() == 0).then(|| Gap {
        says: "A baby with a mark was never referred.".to_owned(),
        rule: cited(BABY),
        mend: Mend::Decide(DecisionKind::Course),
    })
}

fn referral(case: &Case) -> Option<Gap> {
    let is_asked =
        |demand: &&Demand| demand.answered == Some(Answered::Referral) && demand.rule != Some(BABY);
    let known = case.categories().iter().filter_map(|text| category::by_name_or_id(text));
    let about: Vec<&Category> =
        known.filter(|known| known.demands().iter().any(|one| is_asked(&one))).collect();
    if about.is_empty() || case.part1.about != About::Child || case.referrals() > 0 {
        return None;
    }
    let mut rules: Vec<String> =
        about.iter().flat_map(|known| known.demands()).filter(is_asked).map(Demand::cited).collect();
    rules.dedup();
    let names: Vec<&str> = about.iter().map(|known| known.name.as_str()).collect();
    Some(Gap {
        says: format!("It was never referred, and is about: {}.", names.join("; ")),
        rule: rules.join("; "),
        mend: Mend::Decide(DecisionKind::Course),
    })
}

/// Of each child that is named.
fn parts(case: &Case, demand: &Demand) -> Option<Gap> {
    let has_part = |position: u32| {
        case.decisions.iter().any(|(_, decision)| match decision {
            Decision::PartOfChild(of) => of.position == position,
            _ => false,
        })
    };
    let named = (0..).zip(&case.part1.children).map(|(position, _)| position);
    let without: Vec<u32> = named.filter(|position| !has_part(*position)).collect();
    let numbers: Vec<String> = without.iter().map(|position| (position + 1).to_string()).collect();
    without.first().map(|first| Gap {
        says: match numbers.as_slice() {
            [number] => format!("The part of child {number} in it is not said."),
            _ => format!("The parts of children {} in it are not said.", numbers.join(", ")),
        },
        rule: demand.cited(),
        mend: Mend::PartOf(*first),
    })
}

/// What the record speaks of nowhere.
fn unsaid(record: &Record, demand: &Demand) -> Option<Gap> {
    let words = Phrases::new(demand.words.iter().map(|phrase| (&**phrase, ())));
    let is_said = record.written_by_us().any(|text| {
        let reading = Reading::new(&text);
        reading.places().any(|place| words.is_at(&reading, place))
    });
    (!is_said).then(|| Gap {
        says: demand.missing.clone(),
        rule: demand.cited(),
        mend: Mend::Section(SectionKind::Action),
    })
}
