//! Mistakes put right: in a concern, in a row that was added by hand, in a child's details. Both versions stay.

use super::act::{Saved, one, reasoned, refused};
use super::merge::merged;
use super::{clocking, restricting};
use crate::cabinet::table::{child as children, concern, merged};
use crate::cabinet::{Result, Writer, ledger};
use crate::domain::case::Case;
use crate::domain::category;
use crate::domain::child::ChildDetails;
use crate::domain::clocks::{self, Event};
use crate::domain::concern::Part1;
use crate::domain::entry::Entry;
use crate::domain::field::CorrectedField;
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::domain::moment::Moment;
use crate::domain::text::Text;
use crate::domain::triage::{self, Urgency};

pub(super) fn correct(
    writer: &mut Writer,
    concern: ConcernId,
    corrects: Seq,
    (field, instead, reason): (&CorrectedField, &Text, &Text),
    happened_at: Option<Moment>,
) -> Result<Saved> {
    reasoned(reason, "Give the reason for the correction.")?;
    concern::holds(writer.db(), concern, corrects)?;
    let case = put_right(writer, concern, field, instead)?;
    let urgency = case.as_ref().filter(|_| Urgency::hangs_on(field)).map(|case| {
        // What was decided that it is about goes before what the report says.
        let part1 = Part1 { categories: case.categories().to_vec(), ..case.part1.clone() };
        let answered = case.danger().map(|danger| danger.in_danger);
        Urgency::corrected(&part1, field, answered, category::is_urgent)
    });
    let (field, instead, reason) = (field.clone(), instead.clone(), reason.clone());
    let entry = Entry::Corrected { concern, corrects, field, instead, reason, happened_at, urgency };
    let mut saved = one(writer, &entry)?;
    if let Some(case) = &case {
        saved.and(clocking::follows(writer, concern, Event::Corrected)?);
        saved.and(restricting::where_corrected(writer, concern, case)?);
    }
    Ok(saved)
}

/// The concern with everything put right in it, where more hangs on the field that is corrected now than its words.
fn put_right(
    writer: &Writer,
    concern: ConcernId,
    field: &CorrectedField,
    instead: &Text,
) -> Result<Option<Case>> {
    if !Urgency::hangs_on(field) && !clocks::hang_on(field) {
        return Ok(None);
    }
    let mut case = concern::get(writer.db(), &writer.reader()?, concern)?.case();
    triage::put_right(&mut case.part1, field, instead);
    Ok(Some(case))
}

pub(super) fn note(
    writer: &mut Writer,
    child: ChildId,
    corrects: Seq,
    instead: &Text,
    reason: &Text,
    happened_at: Option<Moment>,
) -> Result<Saved> {
    reasoned(instead, "Say what it should say instead.")?;
    reasoned(reason, "Give the reason for the correction.")?;
    let entry = ledger::line(writer.db(), corrects)?.entry()?;
    let not_here = || refused("Choose a row that was added by hand to this child's chronology.");
    let Entry::ChronologyNoted { child: noted, .. } = entry else { return Err(not_here()) };
    // It stays under the number that it was written under, by whichever of them it is read.
    if merged::kept(writer.db(), noted)? != merged::kept(writer.db(), child)? {
        return Err(not_here());
    }
    let (child, instead, reason) = (noted, instead.clone(), reason.clone());
    one(writer, &Entry::NoteCorrected { child, corrects, instead, reason, happened_at })
}

pub(super) fn child(
    writer: &mut Writer,
    child: ChildId,
    before: &ChildDetails,
    details: &ChildDetails,
    reason: &Text,
) -> Result<Saved> {
    reasoned(&details.name, "Give the child's name.")?;
    reasoned(reason, "Give the reason for the correction.")?;
    let known = children::get(writer.db(), child)?.details;
    let details = merged(before, details, &known)?;
    let moves = details.school != known.school;
    let mut saved = one(writer, &Entry::ChildCorrected { child, details, reason: reason.clone() })?;
    if moves {
        saved.and(clocking::of_child(writer, child)?);
    }
    Ok(saved)
}
