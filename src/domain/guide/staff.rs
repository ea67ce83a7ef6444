//! What comes first where a concern is about somebody who works with children: the harm threshold, and the designated
//! officer before anybody speaks to the person (D14, D15).

use super::steps::{cited, says, written};
use super::{Opens, Step, clock};
use crate::domain::allegation::Threshold;
use crate::domain::case::{Case, Set};
use crate::domain::decision::{Decision, DecisionKind};
use crate::domain::gate;
use crate::domain::part2::{Section, SectionKind};

const LOW_LEVEL: &str = "a low-level concern";

/// Before what every concern has.
pub(super) fn first(case: &Case) -> Vec<Step> {
    if case.is_about_staff() { vec![threshold(case), lado(case)] } else { Vec::new() }
}

fn threshold(case: &Case) -> Step {
    let why = "One of four is enough. Below all of them it is a low-level concern, and is recorded as well.";
    let says = case.threshold().map(|threshold| match threshold.limbs.first() {
        None => LOW_LEVEL.to_owned(),
        Some(limb) => format!("yes: {}", limb.label()),
    });
    let cited = format!("D14, D16 · KCSIE 2025, part four; {}", cited(&[13]));
    Step::new(Opens::Decision(DecisionKind::Threshold), "Does it meet the harm threshold?", why, cited)
        .done(says)
}

fn lado(case: &Case) -> Step {
    let why = format!("{} Within one working day.", says(&[13]));
    let cited = format!("D13, D15 · KCSIE 2025, part four; {}", cited(&[13]));
    Step::new(Opens::Lado, "Has the LADO been told?", why, cited)
        .done(told(case))
        .not_needed(clock::let_go(ever_due(case)).as_deref())
        .not_needed(is_low_level(case).then_some(LOW_LEVEL))
}

/// The clocks of telling them, where none runs.
fn ever_due(case: &Case) -> impl Iterator<Item = &Set> {
    case.ever_due(clock::LADO).filter(|_| !case.is_due(clock::LADO))
}

fn is_low_level(case: &Case) -> bool {
    case.threshold().is_some_and(Threshold::is_low_level)
}

/// What they advised, or that the clock of telling them was answered.
fn told(case: &Case) -> Option<String> {
    let advised = case.sections.iter().rev().find_map(|(_, section)| match section {
        Section::Advice(advice) if gate::is_of_lado(advice) => Some(advice.advice.one_line()),
        _ => None,
    });
    advised.or_else(|| ever_due(case).any(|set| set.is_answered).then(|| "answered".to_owned()))
}

/// How an allegation ended, in the words of the guidance.
pub(super) fn outcome(case: &Case) -> Option<Step> {
    if !case.is_about_staff() {
        return None;
    }
    let ended = case.latest(DecisionKind::Allegation).and_then(|decision| match decision {
        Decision::Allegation(ended) => Some(ended.outcome.label().to_owned()),
        _ => None,
    });
    let why = "In the words of the guidance: what they mean is said in the form.";
    let waits = written(case, SectionKind::Outcome).is_none().then_some("first: what came of it");
    let step = Step::new(
        Opens::Decision(DecisionKind::Allegation),
        "How did the allegation end?",
        why,
        "D14 · KCSIE 2025, part four".to_owned(),
    );
    Some(step.done(ended).after(waits).not_needed(is_low_level(case).then_some(LOW_LEVEL)))
}
