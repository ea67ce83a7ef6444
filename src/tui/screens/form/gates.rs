//! What the rules say to a form as it stands: shown beneath the field that they speak of, with the question for a reason
//! where they ask for one. What they say is the domain's ([`crate::domain::gate`]); the desk asks them once more.

use chrono::{DateTime, Utc};

use super::decision::Given;
use super::field::{Field, Key};
use super::sheet::{Sheet, Trouble};
use super::{Form, FormKind, Keeping, Stage, decision, part2, sharing, staff};
use crate::cabinet::table::concern::Concern;
use crate::desk::Act;
use crate::desk::answer::Subject;
use crate::desk::gates::Reason;
use crate::domain::allegation::{self, AllegationEnded};
use crate::domain::case::Case;
use crate::domain::decision::{Decision, DecisionKind};
use crate::domain::gate::{self, Ruling};
use crate::domain::part2::SectionKind;
use crate::domain::rule::Force;
use crate::domain::staff_route::Leg;
use crate::domain::text::Text;

/// Why something is so all the same, for each rule that may ask it.
const DESPITE: Key = Key::new("despite");

/// Something said beneath a field.
pub(super) struct Word {
    pub(super) key: Key,
    pub(super) force: Force,
    pub(super) says: String,
    /// The rule, where it was read, and the edition.
    pub(super) cited: String,
}

/// Asks for the reason where a rule does.
pub(super) fn despite(rule: u8) -> Field {
    Field::area(
        DESPITE.nth(rule.into()),
        format!("R{rule} asks: why is it so all the same?"),
        "What the rule advised is recorded beside it, with your reason. Or change the answer.",
    )
    .where_ruled()
}

/// The section that a form writes.
fn section(kind: &FormKind) -> Option<SectionKind> {
    match kind {
        FormKind::Section { section, .. } => Some(*section),
        FormKind::Call { subject: Some(Subject::Concern(_)), .. } => Some(SectionKind::Advice),
        _ => None,
    }
}

fn decides(kind: &FormKind) -> Option<(DecisionKind, &Given)> {
    match kind {
        FormKind::Decision { kind, given, .. } => Some((*kind, given)),
        _ => None,
    }
}

/// What the rules say to what is answered so far, each with the field that it speaks of.
fn rulings(kind: &FormKind, case: &Case, sheet: &Sheet, now: DateTime<Utc>) -> Vec<(Key, Ruling)> {
    let so_far = section(kind).and_then(|kind| Some((kind, part2::so_far(kind, sheet, now)?)));
    if let Some((kind, section)) = so_far {
        let rulings = gate::of_section(case, &section).into_iter();
        return rulings.map(|ruling| (part2::spoken_at(kind, ruling.rule), ruling)).collect();
    }
    let (decision, spoken_at): (_, fn(u8) -> Key) = match decides(kind) {
        Some((DecisionKind::Course, given)) => {
            let taken = decision::course_so_far(given.about, sheet, now);
            (taken.map(Decision::Course), |_| decision::COURSE)
        }
        Some((DecisionKind::Sharing, _)) => (sharing::so_far(sheet).map(Decision::Sharing), shared_at),
        Some((DecisionKind::Allegation, _)) => {
            let ended = |outcome| {
                let (from, reasons) = (Text::default(), Text::default());
                Decision::Allegation(AllegationEnded { outcome, from, reasons })
            };
            (staff::outcome(sheet).map(ended), |_| staff::OUTCOME)
        }
        _ => return Vec::new(),
    };
    let rulings = decision.map(|decision| gate::of_decision(case, &decision)).unwrap_or_default();
    rulings.into_iter().map(|ruling| (spoken_at(ruling.rule), ruling)).collect()
}

fn shared_at(rule: u8) -> Key {
    match rule {
        35 => sharing::SHARED,
        13 => decision::WITH,
        32 => sharing::CONSENT,
        _ => sharing::TOLD,
    }
}

/// Everything that is said beneath the fields.
pub(super) fn words(form: &Form, now: DateTime<Utc>) -> Vec<Word> {
    let rulings = form.case.as_ref().map(|case| rulings(&form.kind, case, &form.sheet, now));
    let ruled = rulings.unwrap_or_default().into_iter().map(|(key, ruling)| Word {
        key,
        force: ruling.force,
        cited: ruling.cited(),
        says: ruling.says,
    });
    let advised = |key: Key| {
        move |leg: &Leg| Word { key, force: Force::Advises, says: leg.says.to_owned(), cited: leg.cited() }
    };
    let legs: Vec<Word> = match decides(&form.kind) {
        Some((DecisionKind::Threshold, _)) => {
            staff::legs(&form.sheet).iter().map(advised(staff::POSITION)).collect()
        }
        Some((DecisionKind::Allegation, _)) => {
            let kept = staff::outcome(&form.sheet).map(allegation::kept).unwrap_or_default();
            kept.iter().map(advised(staff::OUTCOME)).collect()
        }
        _ => Vec::new(),
    };
    ruled.chain(legs).collect()
}

impl Form {
    /// What the concern says already is not asked again. What somebody has typed stays.
    pub(super) fn lies_beside(&mut self, concern: Box<Concern>, now: DateTime<Utc>) {
        self.whom = concern.row.named.clone();
        let is_untouched = self.stage == Stage::Writing && !self.keeping.is_worth_keeping(self.values());
        if is_untouched && self.kind.is_receipt() {
            part2::fill_from_report(&mut self.sheet, &concern);
            self.keeping = Keeping::begin(self.kind.slot(), self.values());
        }
        self.case = self.is_gated().then(|| Box::new(concern.case()));
        self.beside = Some(concern);
        self.settle(now);
    }

    /// Whether the rules have anything to say here.
    pub(super) fn is_gated(&self) -> bool {
        let is_section = matches!(
            section(&self.kind),
            Some(SectionKind::Parents | SectionKind::Action | SectionKind::Advice)
        );
        let is_decision = matches!(
            decides(&self.kind),
            Some((DecisionKind::Course | DecisionKind::Sharing | DecisionKind::Allegation, _))
        );
        is_section || is_decision
    }

    /// What is asked, after something was answered.
    pub(super) fn settle(&mut self, now: DateTime<Utc>) {
        let rulings = self.case.as_ref().map(|case| rulings(&self.kind, case, &self.sheet, now));
        let asking: Vec<Key> = rulings
            .unwrap_or_default()
            .into_iter()
            .filter(|(_, ruling)| ruling.force == Force::AsksForAReason)
            .map(|(_, ruling)| DESPITE.nth(ruling.rule.into()))
            .chain(sharing::ASKED_WHERE.into_iter().filter(|key| sharing::is_asked(&self.sheet, *key)))
            .collect();
        self.sheet.ask_where(|key| asking.contains(&key));
    }

    /// The act with the reasons that the rules ask for; or the field in which something holds it up.
    pub(super) fn through_the_gates(&self, act: Act, now: DateTime<Utc>) -> Result<Act, Trouble> {
        let Some(case) = &self.case else { return Ok(act) };
        let rulings = rulings(&self.kind, case, &self.sheet, now);
        if let Some((key, ruling)) = rulings.iter().find(|(_, ruling)| ruling.force == Force::Blocks) {
            let says =
                format!("This cannot be recorded so: R{} stands against it. See beneath.", ruling.rule);
            return Err(Trouble::new(*key, says));
        }
        let asking = rulings.iter().filter(|(_, ruling)| ruling.force == Force::AsksForAReason);
        let reasons: Vec<Reason> = asking
            .map(|(_, ruling)| {
                let key = DESPITE.nth(ruling.rule.into());
                let reason = self.sheet.needed(key, "Give the reason, or change the answer.")?;
                Ok(Reason { rule: ruling.rule, reason })
            })
            .collect::<Result<_, _>>()?;
        Ok(if reasons.is_empty() { act } else { Act::Despite { act: Box::new(act), reasons } })
    }
}
