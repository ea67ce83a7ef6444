//! From an entry to the tables that the screens read. Looks at nothing but the ledger and those tables, so
//! that replaying the ledger gives the same tables again.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::Connection;

use super::error::{Error, Result};
use super::table::{
    self, call, child, chronology, concern, contact, follow_up, merged, named_adult, person, receiver,
    report, restriction, seen, words,
};
use crate::domain::call::Tried;
use crate::domain::child::ChildDetails;
use crate::domain::concern::Part1;
use crate::domain::entry::{Entry, Source, Subject};
use crate::domain::field::CorrectedField;
use crate::domain::flag;
use crate::domain::ids::{ChildId, ConcernId, PersonId, Seq};
use crate::domain::moment::Moment;
use crate::domain::text::{Text, sentence};
use crate::domain::triage::Urgency;

/// What every projection may use of the line around the entry.
pub(super) struct At<'a> {
    pub(super) db: &'a Connection,
    pub(super) seq: Seq,
    pub(super) recorded_at: DateTime<Utc>,
    /// The line that admitted the author: name and role as they were that day.
    pub(super) author: Seq,
}

impl At<'_> {
    pub(super) fn recorded(&self) -> Moment {
        Moment::At(self.recorded_at)
    }
}

pub(super) fn entry(
    db: &Connection,
    seq: Seq,
    recorded_at: &str,
    author: &PersonId,
    entry: &Entry,
) -> Result<()> {
    let unreadable = || Error::Unreadable { seq: seq.0 };
    let recorded_at = DateTime::parse_from_rfc3339(recorded_at).map_err(|_| unreadable())?.to_utc();
    if let Entry::PersonAdmitted(admitted) | Entry::PersonRecovered(admitted) = entry {
        person::insert(db, seq, admitted)?;
    }
    let admitted = person::at(db, author, seq)?.ok_or_else(unreadable)?;
    let at = At { db, seq, recorded_at, author: admitted };
    apply(&at, entry)?;
    words::insert(&at, author, entry)
}

fn apply(at: &At, entry: &Entry) -> Result<()> {
    match entry {
        Entry::PersonAdmitted(_)
        | Entry::PersonRecovered(_)
        | Entry::FileRepeated { .. }
        | Entry::RecordWentBack { .. } => Ok(()),
        Entry::RightChanged { person, right, .. } => person::change_right(at, person, *right),
        Entry::RecoveryKeyMade(key) => person::recovery_made(at, key),
        Entry::ReceiverNamed(receiver) => receiver::name(at, receiver),
        Entry::SeniorCabinetMade { intake_key } => receiver::cabinet_made(at, intake_key),
        Entry::PersonRemoved { person, reason } => removed(at, person, reason),
        Entry::CabinetOpened { organisation, cabinet } => person::organisation(at, organisation, cabinet),
        Entry::ConcernReceived { concern, source, urgency, part1 } => {
            received(at, *concern, source, *urgency, part1)
        }
        Entry::ChildAdded { child, details } => child::insert(at, *child, details),
        Entry::ChildCorrected { child, details, reason } => child_corrected(at, *child, details, reason),
        Entry::RollTaken { file: _, school, children } => child::on_the_roll(at, school, children),
        Entry::ChildLeft { child, on, reason } => child_left(at, *child, *on, reason),
        Entry::ChildReturned { child, on, reason } => child_returned(at, *child, *on, reason),
        Entry::ChildrenMerged { child, into, reason } => merged::merge(at, *child, *into, reason),
        Entry::ChildrenParted { child, from, reason } => merged::part(at, *child, *from, reason),
        Entry::ChildrenToldApart { child, other, reason: _ } => merged::tell_apart(at, *child, *other),
        Entry::ChildLinked { concern, position, child, how, reason: _ } => {
            let before = concern::link(at, *concern, *position, *child, *how)?;
            chronology::linked(at, *concern, before, *child)
        }
        Entry::Part2 { concern, section } => {
            told(at, *concern, entry, concern::section(at, *concern, section))
        }
        Entry::Decided { concern, decision, urgency } => {
            told(at, *concern, entry, concern::decided(at, *concern, decision, *urgency))
        }
        Entry::FollowUpSet { follow_up, subject, due } => follow_up::insert(at, *follow_up, *subject, due),
        Entry::FollowUpMoved { follow_up, subject, what, step } => {
            follow_up::step(at, *follow_up, *subject, what, step, entry)
        }
        Entry::ChildFlagged { child, flag, from, reason } => flagged(at, *child, flag, *from, reason),
        Entry::ChildUnflagged { child, flagged, flag, to, reason } => {
            unflagged(at, *child, *flagged, flag, *to, reason)
        }
        Entry::Corrected { concern, field, urgency, .. } => corrected(at, *concern, field, *urgency, entry),
        Entry::ConcernRestricted { concern, people, reason: _ } => {
            restriction::restricted(at, *concern, people)
        }
        Entry::ChronologyNoted { child, note, happened_at, text } => {
            chronology::note(at, *child, note, *happened_at, text)
        }
        Entry::NoteCorrected { child, corrects, instead, reason, happened_at } => {
            chronology::note_corrected(at, *child, *corrects, instead, reason, *happened_at)
        }
        Entry::ContactAdded { contact, details } => contact::insert(at, *contact, details),
        Entry::ContactCorrected { contact, details, reason: _ } => contact::update(at, *contact, details),
        Entry::ContactRetired { contact, reason } => contact::retire(at, *contact, reason),
        Entry::CallTried { subject, call } => tried(at, *subject, call, entry),
        Entry::CallNoted { .. } => call::insert(at),
        Entry::CallPlaced { call, subject } => placed(at, *call, *subject),
        Entry::Seen { subject } => seen::insert(at, *subject),
    }
}

fn removed(at: &At, person: &PersonId, reason: &Text) -> Result<()> {
    person::depart(at, person, reason)?;
    restriction::departed(at, person)
}

fn received(at: &At, concern: ConcernId, source: &Source, urgency: Urgency, part1: &Part1) -> Result<()> {
    concern::insert(at, concern, source, urgency, part1)?;
    restriction::received(at, concern, part1.about)?;
    named_adult::received(at, concern, part1)?;
    report::insert(at, concern, part1)
}

fn corrected(
    at: &At,
    concern: ConcernId,
    field: &CorrectedField,
    urgency: Option<Urgency>,
    entry: &Entry,
) -> Result<()> {
    concern::correction(at, concern, urgency)?;
    named_adult::corrected(at, concern, field)?;
    chronology::add_for_concern(at, concern, entry)
}

/// The sheet tells what stood there before, so it comes first.
fn child_corrected(at: &At, child: ChildId, details: &ChildDetails, reason: &Text) -> Result<()> {
    chronology::child_corrected(at, child, details, reason)?;
    child::update(at, child, details)
}

fn child_left(at: &At, child: ChildId, on: NaiveDate, reason: &Text) -> Result<()> {
    chronology::left(at, child, on, reason)?;
    child::left(at, child, Some(on))
}

fn child_returned(at: &At, child: ChildId, on: NaiveDate, reason: &Text) -> Result<()> {
    chronology::returned(at, child, on, reason)?;
    child::left(at, child, None)
}

/// Once the concern's own tables have it, the chronologies tell of it.
fn told(at: &At, concern: ConcernId, entry: &Entry, done: Result<()>) -> Result<()> {
    done?;
    chronology::add_for_concern(at, concern, entry)
}

fn flagged(at: &At, child: ChildId, flag: &Text, from: NaiveDate, reason: &Text) -> Result<()> {
    let reason = if reason.is_blank() { String::new() } else { format!(" Reason: {}", sentence(reason)) };
    chronology::status(at, child, from, format!("From this day: {}.{reason}", flag::name(flag)))?;
    table::flag::insert(at, child, flag, from)
}

fn unflagged(at: &At, child: ChildId, flagged: Seq, flag: &Text, to: NaiveDate, reason: &Text) -> Result<()> {
    let text = format!("No longer from this day: {}. Reason: {}", flag::name(flag), sentence(reason));
    chronology::status(at, child, to, text)?;
    table::flag::end(at, flagged, to)
}

/// Nobody answered: under what it was about, or among the calls that are about nothing yet.
fn tried(at: &At, subject: Option<Subject>, call: &Tried, entry: &Entry) -> Result<()> {
    match subject {
        Some(Subject::Concern(concern)) => {
            concern::belongs(at, concern, "call-tried")?;
            chronology::add_for_concern(at, concern, entry)
        }
        Some(Subject::Child(child)) => chronology::tried(at, child, call),
        None => call::insert(at),
    }
}

fn placed(at: &At, call: Seq, subject: Subject) -> Result<()> {
    if let Subject::Concern(concern) = subject {
        concern::belongs(at, concern, "call-placed")?;
    }
    call::place(at, call)
}
