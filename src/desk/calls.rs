//! Calls: those that nobody answered, and those that belong to nothing yet.

use super::act::Saved;
use super::answer::Subject;
use super::clocking;
use crate::cabinet::table::call::{self, LooseCall};
use crate::cabinet::table::concern::{self, Concern, ConcernLine};
use crate::cabinet::table::{child, contact};
use crate::cabinet::{Error, Result, Writer};
use crate::domain::call::{Call, Tried, noted};
use crate::domain::clocks::Event;
use crate::domain::entry::{Entry, NoteKind};
use crate::domain::ids::{ChildId, Seq};
use crate::domain::part2::{Advice, Section};

impl super::Desk {
    /// Calls that belong to no child and no concern yet, the newest first.
    pub fn loose_calls(&self) -> Result<Vec<LooseCall>> {
        call::all(self.cabinet.db(), &self.reader)
    }
}

/// Nobody answered.
pub(super) fn tried(writer: &mut Writer, subject: Option<Subject>, call: &Tried) -> Result<Saved> {
    if let Some(contact) = call.contact {
        contact::get(writer.db(), contact)?;
    }
    match subject {
        Some(Subject::Child(child)) => drop(child::get(writer.db(), child)?),
        Some(Subject::Concern(concern)) => {
            once(&concern::get(writer.db(), &writer.reader()?, concern)?, call)?;
        }
        None => {}
    }
    Ok(Saved::of(writer.append(&Entry::CallTried { subject, call: call.clone() })?))
}

/// Within so many seconds two attempts on one number are one, recorded from two screens.
const ONE_CALL: i64 = 120;

fn once(concern: &Concern, call: &Tried) -> Result<()> {
    let is_it = |line: &ConcernLine| match &line.entry {
        Entry::CallTried { call: before, .. } => {
            let apart = before.at.sort_key() - call.at.sort_key();
            (before.contact, &before.number) == (call.contact, &call.number) && apart.abs() < ONE_CALL
        }
        _ => false,
    };
    if concern.lines.iter().any(is_it) {
        return Err(Error::Refused(
            "That nobody answered is recorded already. Ring the next, or once more.".to_owned(),
        ));
    }
    Ok(())
}

/// Advice about a child, or about nobody yet. Of a concern it is a section of Part 2.
pub(super) fn advised(writer: &mut Writer, child: Option<ChildId>, advice: &Advice) -> Result<Saved> {
    Section::Advice(advice.clone()).check().map_err(|missing| Error::Refused(missing.to_string()))?;
    match child {
        None => Ok(Saved::of(writer.append(&Entry::CallNoted { advice: advice.clone() })?)),
        Some(child) => {
            child::get(writer.db(), child)?;
            Ok(Saved::of(writer.append(&in_chronology(child, advice))?))
        }
    }
}

fn in_chronology(child: ChildId, advice: &Advice) -> Entry {
    Entry::ChronologyNoted { child, note: NoteKind::Contact, happened_at: advice.at, text: noted(advice) }
}

/// A call finds its place: what was said on it is recorded there, as if it had been from the beginning.
pub(super) fn placed(writer: &mut Writer, call: Seq, subject: Subject) -> Result<Saved> {
    let there = match (call::get(writer.db(), &writer.reader()?, call)?.call, subject) {
        (Call::Noted(advice), Subject::Concern(concern)) => {
            Entry::Part2 { concern, section: Section::Advice(advice) }
        }
        (Call::Noted(advice), Subject::Child(child)) => in_chronology(child, &advice),
        (Call::Tried(call), subject) => Entry::CallTried { subject: Some(subject), call },
    };
    if let Subject::Child(child) = subject {
        child::get(writer.db(), child)?;
    }
    let recorded = writer.append(&there)?;
    let placed = writer.append(&Entry::CallPlaced { call, subject })?;
    let mut saved = Saved { entries: vec![recorded, placed], ..Saved::default() };
    if let Entry::Part2 { concern, section } = &there {
        saved.and(clocking::follows(writer, *concern, Event::Written(section))?);
    }
    Ok(saved)
}
