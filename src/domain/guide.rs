//! "What next?": the flow chart (S3:405-443) walked for one concern, from danger to closing. Each step says what is asked,
//! why, by which rule, how it stands, and what answers it.
//!
//! Nothing is decided or held up here: a step that waits may be answered all the same.

pub mod baby;
mod clock;
mod mutilation;
mod staff;
mod steps;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use super::case::Case;
use super::category::Demand;
use super::concern::{About, Part1};
use super::decision::DecisionKind;
use super::part2::SectionKind;
use super::triage::State;

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// It is answered.
    Done,
    /// It can be answered, and is not.
    Now,
    /// Something else comes first.
    Later,
    NotNeeded,
}

impl Stands {
    /// The word in front of the step.
    pub fn label(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Later => "later",
            Self::NotNeeded => "no need",
        }
    }
}

/// What answers a step. Two steps of a concern are never answered by the same thing about the same child, so that this is
/// also by which a step is known again when the concern has moved on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    Danger,
    Decision(DecisionKind),
    /// The part of one child, by their place in Part 1.
    PartOf(u32),
    Section(SectionKind),
    /// The referral of a baby with a mark: the same form as the course, asked on its own.
    BabyReferred,
    /// A call to the designated officer.
    Lado,
    /// The police are told of mutilation that is known.
    Police,
    /// A school at which a child is on roll is told, by its place among those that are told.
    OnRollSchool(usize),
    Closing,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub opens: Opens,
    pub asks: String,
    /// One short sentence or two.
    pub why: String,
    /// The rule with its source and edition; several parted by semicolons.
    pub cited: String,
    pub stands: Stands,
    /// The answer in words, what the step waits for, or why it is not needed.
    pub says: String,
    /// Whether what runs until it is answered has run out.
    pub is_overdue: bool,
    /// What the kind of concern asks for beyond the usual.
    pub demands: Vec<&'static Demand>,
}

/// Every step of a concern, in the order of the flow chart.
pub fn steps(case: &Case, now: DateTime<Utc>) -> Vec<Step> {
    let mut steps = vec![steps::danger(case)];
    steps.extend(staff::first(case));
    steps.extend(steps::seriousness(case));
    steps.extend(mutilation::steps(case, now));
    steps.extend(baby::step(case, now));
    steps.extend(steps::consulting(case));
    steps.push(steps::course(case, now));
    steps.extend(steps::following(case, now));
    steps.extend(staff::outcome(case));
    steps.extend(steps::ending(case));
    for step in &mut steps {
        hold_back(step, case);
        clock::mark(step, case, now);
    }
    steps
}

/// The first question about every concern (R1).
pub fn about_danger(part1: &Part1) -> &'static str {
    match part1.about {
        About::Child | About::Staff => "Is a child in danger now?",
        About::Adult => "Is anybody in danger now?",
    }
}

/// The place of the next one that can be answered: danger, then what is overdue, then the first.
pub fn next(steps: &[Step]) -> Option<usize> {
    let next =
        |is_it: fn(&Step) -> bool| steps.iter().position(|step| step.stands == Stands::Now && is_it(step));
    next(|step| step.opens == Opens::Danger)
        .or_else(|| next(|step| step.is_overdue))
        .or_else(|| next(|_| true))
}

/// Danger comes before everything (R1), and a closed concern is reopened before anything is added.
fn hold_back(step: &mut Step, case: &Case) {
    let waits_for = match step.opens {
        Opens::Danger => return,
        _ if case.state == State::Closed => "the concern is closed",
        _ if case.danger().is_none() => "first: is there danger?",
        _ => return,
    };
    if matches!(step.stands, Stands::Now | Stands::Later) {
        (step.stands, step.says) = (Stands::Later, waits_for.to_owned());
    }
}
