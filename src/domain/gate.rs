//! The gates: what the rules say to something that is about to be recorded. They advise, ask for a reason, or block.
//!
//! Pure, and the same for a form that shows it, for the act that refuses, and for a file. No gate stands before a
//! referral (R6). Who may record at all is not asked here.

mod illness;
mod words;

use std::fmt;

use super::allegation::{AllegationOutcome, Limb};
use super::case::Case;
use super::category;
use super::decision::{Consent, Course, Decision, Sharing, Told};
use super::guide::baby;
use super::part2::{Action, Advice, Ground, Parents, Section};
use super::rule::{self, Force, Rule};
use illness::{FABRICATED, Word};
use words::{KeptFrom, Person, kept_from};
pub use words::{is_of_lado, reached_somebody};

/// What a rule says to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// 3 for R3.
    pub rule: u8,
    pub force: Force,
    pub says: String,
}

impl Ruling {
    fn new(rule: u8, force: Force, says: impl Into<String>) -> Self {
        Self { rule, force, says: says.into() }
    }

    /// `R3 · S1:163 · S1, 2024`.
    pub fn cited(&self) -> String {
        rule::get(self.rule).map(Rule::cited).unwrap_or_default()
    }
}

/// With its source, as a form shows it.
impl fmt::Display for Ruling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.says, self.cited())
    }
}

/// In these the family may be part of it, whoever is named.
const OF_THE_FAMILY: [&str; 3] = ["honour-based-abuse", "forced-marriage", "fgm"];
const DOMESTIC: &str = "domestic-abuse";

/// To a section of Part 2, as it stands.
pub fn of_section(case: &Case, section: &Section) -> Vec<Ruling> {
    match section {
        Section::Parents(parents) => of_parents(case, parents),
        Section::Action(action) => of_action(case, action),
        Section::Advice(advice) => of_advice(case, advice),
        Section::Received(_)
        | Section::Outcome(_)
        | Section::FurtherInformation(_)
        | Section::FileCommenced(_)
        | Section::Signed(_) => Vec::new(),
    }
}

/// To a decision, as it stands. A referral meets nothing that holds it up.
pub fn of_decision(case: &Case, decision: &Decision) -> Vec<Ruling> {
    match decision {
        Decision::Course(taken) if taken.course == Course::Refer => {
            vec![Ruling::new(6, Force::Advises, "A referral needs nobody's consent.")]
        }
        Decision::Course(_) => of_no_referral(case).into_iter().collect(),
        Decision::Sharing(sharing) => of_sharing(case, sharing),
        Decision::Allegation(ended) => of_outcome(case, ended.outcome),
        Decision::Danger(_)
        | Decision::Level(_)
        | Decision::Categories(_)
        | Decision::PartOfChild(_)
        | Decision::Overridden(_)
        | Decision::Threshold(_)
        | Decision::Discovery(_)
        | Decision::Replied(_)
        | Decision::Closed(_)
        | Decision::Reopened(_) => Vec::new(),
    }
}

/// A baby with a mark is referred, however it is explained (R2).
fn of_no_referral(case: &Case) -> Option<Ruling> {
    let rule = rule::get(2).filter(|_| baby::applies(case, case.received_at))?;
    Some(Ruling::new(2, Force::AsksForAReason, rule.says))
}

fn of_parents(case: &Case, parents: &Parents) -> Vec<Ruling> {
    if parents.informed { told(case, parents) } else { not_told(parents).into_iter().collect() }
}

fn told(case: &Case, parents: &Parents) -> Vec<Ruling> {
    let mut rulings: Vec<Ruling> = illness::of_telling(case, parents.at).into_iter().collect();
    rulings.extend(of_the_family(case, parents.parent_is_concern));
    if case.is_about(DOMESTIC) {
        let says = "Never in front of a partner or the family, and never by a message that others read.";
        rulings.push(Ruling::new(26, Force::Advises, says));
    }
    if is_before_lado(case) {
        let says = "Nobody has recorded what the designated officer (LADO) says. Ask first whether the parents may be told.";
        rulings.push(Ruling::new(13, Force::AsksForAReason, says));
    } else if case.is_about_staff() && lado_keeps_from(case, None, &[KeptFrom::Family]) {
        let says = "The designated officer (LADO) advised that the parents are not told.";
        rulings.push(Ruling::new(13, Force::AsksForAReason, says));
    }
    rulings
}

/// Social care or the police will tell them (R4).
fn of_the_family(case: &Case, parent_is_concern: Option<bool>) -> Option<Ruling> {
    let says = "Where a parent or carer is the concern, do not contact them about it: social care or the police will.";
    let asks = |says: &str| Some(Ruling::new(4, Force::AsksForAReason, says));
    let of_the_family = OF_THE_FAMILY.into_iter().find(|id| case.is_about(id)).and_then(category::by_id);
    match (parent_is_concern, of_the_family) {
        // On the advice that R3 asks for, which says it already.
        (_, _) if case.is_about(FABRICATED) => None,
        (Some(true), _) => asks(says),
        (_, Some(about)) => {
            asks(&format!("{}: the family may be part of it. Do not speak to them first.", about.name))
        }
        (_, None) => None,
    }
}

fn not_told(parents: &Parents) -> Option<Ruling> {
    match parents.ground {
        Some(Ground::Harm | Ground::Crime | Ground::Delay) => None,
        Some(Ground::Other) => {
            let says = "The policy gives three grounds. Yours is another: let the reasons say which.";
            Some(Ruling::new(5, Force::Advises, says))
        }
        None => Some(Ruling::new(5, Force::Advises, "Parents are told, unless on one of three grounds.")),
    }
}

fn of_action(case: &Case, action: &Action) -> Vec<Ruling> {
    let says_so = |person: &Person| {
        let is_spoken_to =
            [&action.what, &action.reasons].into_iter().any(|text| person.is_spoken_to_in(text));
        is_spoken_to || person.is_named_in(&action.shared_with)
    };
    before_lado(case, says_so).into_iter().collect()
}

/// Advice may speak of the person as much as it likes, but is not to be theirs.
fn of_advice(case: &Case, advice: &Advice) -> Vec<Ruling> {
    before_lado(case, |person| person.is_named_in(&advice.name)).into_iter().collect()
}

fn of_sharing(case: &Case, sharing: &Sharing) -> Vec<Ruling> {
    let mut rulings = Vec::new();
    if !sharing.is_shared {
        let says = "Data protection law does not stop you from sharing what keeps a child safe.";
        rulings.push(Ruling::new(35, Force::Advises, says));
        return rulings;
    }
    rulings.extend(before_lado(case, |person| person.is_named_in(&sharing.with)));
    if sharing.is_without_consent() {
        let says = match sharing.consent {
            Consent::Refused => {
                "It may be shared all the same, where a child would not be safe otherwise. Weigh the risk, and say why."
            }
            Consent::Given | Consent::NotAsked => {
                "No consent is needed to keep a child safe. Say why nobody was asked; tell them where that is safe."
            }
        };
        rulings.push(Ruling::new(32, Force::Advises, says));
    }
    rulings.extend(unsafe_to_tell(case, sharing));
    rulings
}

/// That whoever did not agree is told is never dearer than a child (H18), nor is what is shared with the family itself.
fn unsafe_to_tell(case: &Case, sharing: &Sharing) -> Option<Ruling> {
    let is_told = matches!(sharing.told, Some(Told::Told | Told::WillBe)) && sharing.is_without_consent();
    let is_told = is_told || words::is_of_the_family(&sharing.with);
    let has_their_word = || matches!(illness::word(case, None), Word::Given(_));
    let (rule, why) = if case.is_about(FABRICATED) && !has_their_word() {
        (3, "Illness may be made up or brought about")
    } else if case.parents().is_some_and(|parents| parents.parent_is_concern == Some(true)) {
        (4, "A parent or carer is the concern")
    } else {
        return None;
    };
    let says =
        format!("{why}: tell nobody at home that it was shared before social care or the police agree.");
    is_told.then(|| Ruling::new(rule, Force::AsksForAReason, says))
}

/// Of somebody who is not suitable, or who did it.
fn of_outcome(case: &Case, outcome: AllegationOutcome) -> Vec<Ruling> {
    let is_unsuitable =
        || case.threshold().is_some_and(|threshold| threshold.limbs.contains(&Limb::Unsuitable));
    let is_for_dbs = match outcome {
        AllegationOutcome::Substantiated => true,
        AllegationOutcome::Unsubstantiated => is_unsuitable(),
        AllegationOutcome::Malicious | AllegationOutcome::False | AllegationOutcome::Unfounded => false,
    };
    let says = "Ask human resources whether the Disclosure and Barring Service has to be told, and write down the answer.";
    is_for_dbs.then(|| Ruling::new(34, Force::Advises, says)).into_iter().collect()
}

/// That the person was spoken to is asked about where the designated officer was not asked first, or said not to.
fn before_lado(case: &Case, says_so: impl Fn(&Person) -> bool) -> Option<Ruling> {
    let staff = case.part1.staff.as_ref()?;
    let person = Person::of(&staff.name);
    let says = if is_before_lado(case) {
        "It says that the person was spoken to or told. Nobody has recorded what the designated officer (LADO) says, who is asked before."
    } else if lado_keeps_from(case, Some(&person), &[KeptFrom::Person, KeptFrom::Unsaid]) {
        "It says that the person was spoken to or told. The designated officer (LADO) advised not to."
    } else {
        return None;
    };
    says_so(&person).then(|| Ruling::new(13, Force::AsksForAReason, says))
}

/// Whether what the designated officer said last is not to tell somebody, or not to speak to them.
fn lado_keeps_from(case: &Case, person: Option<&Person>, whom: &[KeptFrom]) -> bool {
    let last = advice(case).filter(|advice| is_of_lado(advice)).max_by_key(|advice| advice.at.sort_key());
    last.is_some_and(|last| kept_from(&last.advice, person).iter().any(|from| whom.contains(from)))
}

/// Whether the designated officer is still to be asked. A low-level concern is not for them (D16).
pub fn is_before_lado(case: &Case) -> bool {
    let is_low_level = case.threshold().is_some_and(super::allegation::Threshold::is_low_level);
    case.is_about_staff() && !is_low_level && !advice(case).any(is_of_lado)
}

fn advice(case: &Case) -> impl Iterator<Item = &Advice> {
    case.sections.iter().filter_map(|(_, section)| match section {
        Section::Advice(advice) => Some(advice),
        _ => None,
    })
}
