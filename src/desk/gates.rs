//! The rules at the moment of recording: what they block is refused, and what they ask a reason for is recorded with it, in
//! the same transaction as what it is about. What the rules say is the domain's ([`crate::domain::gate`]).

use serde::{Deserialize, Serialize};

use super::act::{Saved, refused};
use crate::cabinet::table::concern::{self, InboxRow};
use crate::cabinet::{Result, Writer};
use crate::domain::case::Case;
use crate::domain::concern::About;
use crate::domain::decision::{Course, Decision, Overridden};
use crate::domain::entry::Entry;
use crate::domain::gate::{self, Ruling};
use crate::domain::ids::ConcernId;
use crate::domain::part2::Section;
use crate::domain::rule::Force;
use crate::domain::text::Text;

/// Why something is so, although a rule advised otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// 4 for R4.
    pub rule: u8,
    pub reason: Text,
}

/// What goes beside a section: what it was advised against, with the reason.
pub(super) fn before_annotating(
    writer: &Writer,
    row: &InboxRow,
    section: &Section,
    reasons: &[Reason],
) -> Result<Vec<Overridden>> {
    let may_be_held_up = match section {
        Section::Parents(_) => true,
        Section::Action(_) | Section::Advice(_) => row.restricted || row.about == About::Staff,
        Section::Received(_)
        | Section::Outcome(_)
        | Section::FurtherInformation(_)
        | Section::FileCommenced(_)
        | Section::Signed(_) => false,
    };
    if !may_be_held_up {
        return Ok(Vec::new());
    }
    answered(gate::of_section(&case(writer, row.concern)?, section), reasons)
}

/// The same of a decision. Not to refer is never without reasons: where none was given for the rule, they are for it, too.
pub(super) fn before_deciding(
    writer: &Writer,
    concern: ConcernId,
    decision: &Decision,
    reasons: &[Reason],
) -> Result<Vec<Overridden>> {
    let mut reasons = reasons.to_vec();
    if let Decision::Course(taken) = decision
        && taken.course != Course::Refer
    {
        reasons.push(Reason { rule: 2, reason: taken.reasons.clone() });
    } else if !matches!(decision, Decision::Sharing(_)) {
        return Ok(Vec::new());
    }
    answered(gate::of_decision(&case(writer, concern)?, decision), &reasons)
}

fn case(writer: &Writer, concern: ConcernId) -> Result<Case> {
    Ok(concern::get(writer.db(), &writer.reader()?, concern)?.case())
}

/// What blocks goes first: no reason is asked for what cannot be.
fn answered(rulings: Vec<Ruling>, reasons: &[Reason]) -> Result<Vec<Overridden>> {
    if let Some(blocking) = rulings.iter().find(|ruling| ruling.force == Force::Blocks) {
        return Err(refused(format!("{blocking} Nothing was recorded.")));
    }
    let asking = rulings.into_iter().filter(|ruling| ruling.force == Force::AsksForAReason);
    asking.map(|ruling| overridden(&ruling, reasons)).collect()
}

fn overridden(ruling: &Ruling, reasons: &[Reason]) -> Result<Overridden> {
    let given = reasons.iter().find(|given| given.rule == ruling.rule && !given.reason.is_blank());
    let given = given.ok_or_else(|| {
        refused(format!("{ruling} Nothing was recorded: give the reason for R{} as well.", ruling.rule))
    })?;
    Ok(Overridden {
        rule: Text::from(format!("R{}", ruling.rule)),
        advised: Text::from(ruling.says.as_str()),
        reason: given.reason.clone(),
    })
}

/// Whether every reason that was given is one of the record, from now or from before. What `show` prints of a concern
/// has those of before, and can be read again.
pub(super) fn all_stand(writer: &Writer, concern: ConcernId, reasons: &[Reason]) -> Result<()> {
    let given = reasons.iter().filter(|given| !given.reason.is_blank());
    let whole = concern::get(writer.db(), &writer.reader()?, concern)?;
    let stands = |given: &Reason| {
        let rule = format!("R{}", given.rule);
        whole.decisions().any(|(_, decision)| match decision {
            Decision::Overridden(known) => *known.rule == rule && known.reason == given.reason,
            _ => false,
        })
    };
    let idle: Vec<String> =
        given.filter(|given| !stands(given)).map(|given| format!("R{}", given.rule)).collect();
    if idle.is_empty() {
        return Ok(());
    }
    Err(refused(format!(
        "A reason is given that nothing here asks for: {}. Nothing was recorded: leave it out, or write it where it \
         belongs, such as among the reasons of the section.",
        idle.join(", ")
    )))
}

/// Beside what has just been recorded.
pub(super) fn noted(
    writer: &mut Writer,
    concern: Option<ConcernId>,
    against: impl IntoIterator<Item = Overridden>,
    mut saved: Saved,
) -> Result<Saved> {
    let Some(concern) = concern else { return Ok(saved) };
    for overridden in against {
        let decision = Decision::Overridden(overridden);
        saved.entries.push(writer.append(&Entry::Decided { concern, decision, urgency: None })?);
    }
    Ok(saved)
}
