//! What an act sets going or stops by itself, recorded with it in the same transaction. When that is, and why, is
//! `domain::clocks`'s.

use chrono::NaiveDate;

use super::act::{Saved, one};
use crate::cabinet::table::follow_up::{self, Due};
use crate::cabinet::table::{concern, person};
use crate::cabinet::{Error, Result, Writer};
use crate::domain::case::{Case, CaseChild};
use crate::domain::clocks::{self, Event, Turn};
use crate::domain::concern::Part1;
use crate::domain::entry::{Entry, Subject};
use crate::domain::follow_up::{FollowUp, Step};
use crate::domain::ids::{ChildId, ConcernId, FollowUpId, Seq};
use crate::domain::text::Text;
use crate::domain::triage::State;

/// Of a concern that has just come in: its own author may not be among those who open it.
pub(crate) fn arrived(
    writer: &mut Writer,
    concern: ConcernId,
    part1: &Part1,
    children: Vec<CaseChild>,
) -> Result<Saved> {
    let organisation = person::organisation_name(writer.db())?;
    let case = Case::on_arrival(part1.clone(), writer.now(), children, organisation);
    let turn = clocks::turn(Event::Arrived, &case, writer.now());
    take(writer, concern, turn)
}

/// Of what has just been recorded on a concern that is open to its author.
pub(crate) fn follows(writer: &mut Writer, concern: ConcernId, event: Event) -> Result<Saved> {
    let case = concern::get(writer.db(), &writer.reader()?, concern)?.case();
    let turn = clocks::turn(event, &case, writer.now());
    take(writer, concern, turn)
}

/// Another school is told of a child's concerns that are open, where whoever learned of it may open them; of others it
/// is set with what is next recorded of them.
pub(super) fn of_child(writer: &mut Writer, child: ChildId) -> Result<Saved> {
    let mut saved = Saved::default();
    for (concern, _) in concern::all_of_child(writer.db(), child)? {
        match concern::inbox_row(writer.db(), &writer.reader()?, concern) {
            Ok(row) if row.state == State::Closed => {}
            Ok(_) => saved.and(follows(writer, concern, Event::Linked)?),
            Err(Error::Restricted(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(saved)
}

fn take(writer: &mut Writer, concern: ConcernId, turn: Turn) -> Result<Saved> {
    let subject = Subject::Concern(concern);
    let mut saved = Saved::default();
    for (running, step) in turn.stopped {
        saved.entries.push(step_on(writer, running.id, subject, running.what, step)?);
    }
    for due in turn.set {
        saved.and(set(writer, subject, due)?);
    }
    Ok(saved)
}

fn set(writer: &mut Writer, subject: Subject, due: FollowUp) -> Result<Saved> {
    let follow_up = writer.next_follow_up()?;
    one(writer, &Entry::FollowUpSet { follow_up, subject, due })
}

fn step_on(
    writer: &mut Writer,
    follow_up: FollowUpId,
    subject: Subject,
    what: Text,
    step: Step,
) -> Result<Seq> {
    writer.append(&Entry::FollowUpMoved { follow_up, subject, what, step })
}

/// What is awaited next, once something is answered.
pub(crate) fn moved(writer: &mut Writer, due: &Due, step: &Step) -> Result<Saved> {
    match clocks::after(&due.set, step, writer.now()) {
        Some(next) => set(writer, due.subject, next),
        None => Ok(Saved::default()),
    }
}

/// A child has left. That there is a file is nobody's business who may open none of its concerns: where all of them are
/// kept to some, it is due about those.
pub(super) fn left(writer: &mut Writer, child: ChildId, on: NaiveDate) -> Result<Vec<Seq>> {
    let concerns = concern::all_of_child(writer.db(), child)?;
    let subjects: Vec<Subject> = if concerns.iter().any(|(_, is_kept)| !is_kept) {
        vec![Subject::Child(child)]
    } else {
        concerns.into_iter().map(|(concern, _)| Subject::Concern(concern)).collect()
    };
    let mut entries = Vec::new();
    for subject in subjects {
        if transfers(writer, subject)?.is_empty()
            && let Some(due) = clocks::left(on)
        {
            entries.extend(set(writer, subject, due)?.entries);
        }
    }
    Ok(entries)
}

/// A child is back, and their file stays.
pub(super) fn returned(writer: &mut Writer, child: ChildId) -> Result<Vec<Seq>> {
    let concerns = concern::all_of_child(writer.db(), child)?;
    let concerns = concerns.into_iter().map(|(concern, _)| Subject::Concern(concern));
    let mut entries = Vec::new();
    for subject in std::iter::once(Subject::Child(child)).chain(concerns) {
        for due in transfers(writer, subject)? {
            entries.push(step_on(writer, due.id, due.subject, due.set.what, clocks::returned())?);
        }
    }
    Ok(entries)
}

/// The sending of a file that is due about somebody and not done.
fn transfers(writer: &Writer, subject: Subject) -> Result<Vec<Due>> {
    let mut due = match subject {
        Subject::Concern(concern) => follow_up::of_concern(writer.db(), concern)?,
        Subject::Child(child) => follow_up::of_child(writer.db(), child)?,
    };
    due.retain(|due| !due.is_settled && due.set.deadline.as_str() == "file-transfer");
    Ok(due)
}
