//! The decisions about a concern about somebody who works here: what the forms ask, and what the answers make.

use super::choice::Choice;
use super::decision::{FROM, REASON, WHY, chosen};
use super::field::{Field, Key};
use super::sheet::{Sheet, Trouble};
use crate::domain::allegation::{AllegationEnded, AllegationOutcome, Limb, Threshold};
use crate::domain::staff_route::{Leg, Position, route};
use crate::domain::text::Text;

const LIMB: Key = Key::new("limb");
pub(super) const POSITION: Key = Key::new("position");
pub(super) const OUTCOME: Key = Key::new("outcome");

pub(super) fn threshold_questions() -> Vec<Field> {
    let limb = |(place, limb): (usize, Limb)| {
        let help = "One yes is enough: the LADO is told within one working day, before anybody speaks to the person. Without any it is a low-level concern.";
        Field::choice(LIMB.nth(place), format!("The person {}?", limb.label()), help, Choice::yes_no())
    };
    let mut fields: Vec<Field> = Limb::ALL.into_iter().enumerate().map(limb).collect();
    fields.push(Field::choice(
        POSITION,
        "What is the person?",
        "Whom else it goes to hangs on it; that is shown beneath.",
        Choice::among(Position::ALL.map(Position::label)),
    ));
    fields.push(Field::area(REASON, "Why?", WHY));
    fields
}

pub(super) fn allegation_questions() -> Vec<Field> {
    vec![
        Field::choice(
            OUTCOME,
            "How did it end?",
            "Substantiated: enough evidence that it happened. Malicious: enough that it did not, and that somebody meant to deceive. False: enough that it did not. Unsubstantiated: not enough either way. Unfounded: nothing supports it.",
            Choice::among(AllegationOutcome::ALL.map(AllegationOutcome::label)),
        ),
        Field::line(FROM, "Who decided it?", "Name and role; who told you, and when."),
        Field::area(REASON, "Reasons", WHY),
    ]
}

pub(super) fn threshold(sheet: &Sheet, reason: Text) -> Result<Threshold, Trouble> {
    let limbs = limbs(sheet)?;
    let position = Some(chosen(sheet, POSITION, Position::ALL, |position| position.label())?);
    Ok(Threshold { limbs, reason, position })
}

pub(super) fn ended(sheet: &Sheet, reasons: Text) -> Result<AllegationEnded, Trouble> {
    let outcome = chosen(sheet, OUTCOME, AllegationOutcome::ALL, |outcome| outcome.label())?;
    Ok(AllegationEnded { outcome, from: sheet.text(FROM), reasons })
}

/// Those to which the answer is yes; every one of them is asked.
fn limbs(sheet: &Sheet) -> Result<Vec<Limb>, Trouble> {
    let mut limbs = Vec::new();
    for (place, limb) in Limb::ALL.into_iter().enumerate() {
        if sheet.answered(LIMB.nth(place))? {
            limbs.push(limb);
        }
    }
    Ok(limbs)
}

/// Where the concern goes, as far as it is said what the person is.
pub(super) fn legs(sheet: &Sheet) -> Vec<Leg> {
    let position = Position::ALL.into_iter().find(|position| Some(position.label()) == sheet.word(POSITION));
    let is_low_level = limbs(sheet).ok().map(|limbs| limbs.is_empty());
    position.map(|position| route(position, is_low_level)).unwrap_or_default()
}

pub(super) fn outcome(sheet: &Sheet) -> Option<AllegationOutcome> {
    AllegationOutcome::ALL.into_iter().find(|outcome| Some(outcome.label()) == sheet.word(OUTCOME))
}
