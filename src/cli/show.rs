//! `dsl-desk show`: one concern whole. Part 1 as it came, Part 2 as far as it is written, and who recorded what.

mod plain;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::failure::Result;
use super::inbox::{Child, children};
use super::out::{Form, Out};
use super::part2::{self, Part2};
use crate::cabinet::table::concern::{Concern, ConcernLine};
use crate::cabinet::table::follow_up::Due;
use crate::cabinet::table::restriction::{self, Presence, Restriction};
use crate::cabinet::table::seen::Sighting;
use crate::desk::Desk;
use crate::desk::answer::Subject;
use crate::domain::concern::ConcernFile;
use crate::domain::decision::Decision;
use crate::domain::entry::Entry;
use crate::domain::field::CorrectedField;
use crate::domain::ids::{ConcernId, FollowUpId, PersonId, Seq};
use crate::domain::moment::rfc3339;
use crate::domain::part2::SectionKind;
use crate::domain::text::Text;
use crate::domain::triage::{State, Urgency};
use crate::domain::working_time;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The number of the concern.
    concern: ConcernId,
}

#[derive(Serialize)]
struct Document<'c> {
    concern: ConcernId,
    state: State,
    urgency: Urgency,
    /// By `data/levels.toml`; null where nobody has said.
    level: Option<u8>,
    received_at: String,
    children: Vec<Child>,
    #[serde(skip_serializing_if = "Option::is_none")]
    restricted: Option<Restricted<'c>>,
    part1: ConcernFile<'c>,
    part2: Part2<'c>,
    decisions: Vec<Decided<'c>>,
    /// What is not answered yet, the soonest first.
    due: Vec<DueLine<'c>>,
    corrections: Vec<Correction<'c>>,
    entries: Vec<EntryLine<'c>>,
    /// For whoever may read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    seen: Option<Vec<Seen<'c>>>,
}

/// Who may open it where not everybody may; with nobody of them here, the leads.
#[derive(Serialize)]
struct Restricted<'c> {
    people: Vec<Named<'c>>,
    reason: &'c Text,
    by: &'c Text,
    at: String,
}

#[derive(Serialize)]
struct Named<'c> {
    person: &'c PersonId,
    name: &'c Text,
    /// They are no person of the desk any more.
    left: bool,
}

/// Who has opened it, the newest first.
#[derive(Serialize)]
struct Seen<'c> {
    by: &'c Text,
    at: String,
}

/// Something decided: which, and its own fields beside these.
#[derive(Serialize)]
struct Decided<'c> {
    seq: Seq,
    recorded_at: String,
    by: &'c Text,
    #[serde(flatten)]
    decision: &'c Decision,
}

#[derive(Serialize)]
struct DueLine<'c> {
    follow_up: FollowUpId,
    what: &'c Text,
    who: &'c Text,
    due_at: String,
    state: &'static str,
}

/// A mistake put right: what it corrects stands where it stood.
#[derive(Serialize)]
struct Correction<'c> {
    seq: Seq,
    corrects: Seq,
    field: &'c CorrectedField,
    instead: &'c Text,
    reason: &'c Text,
    recorded_at: String,
    by: &'c Text,
}

/// An entry of a concern, without what it says.
#[derive(Serialize)]
pub(super) struct EntryLine<'c> {
    pub(super) seq: Seq,
    kind: &'static str,
    /// Which section of Part 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<SectionKind>,
    recorded_at: String,
    by: &'c Text,
    after_signing: bool,
    after_closing: bool,
}

impl EntryLine<'_> {
    /// The section by the words of the form, or the kind.
    pub(super) fn what(&self) -> &'static str {
        self.section.map_or(self.kind, SectionKind::label)
    }
}

pub(super) fn run(args: &Args, desk: &mut Desk, now: DateTime<Utc>, out: &mut Out) -> Result<()> {
    let concern = desk.concern(args.concern)?;
    let subject = Subject::Concern(args.concern);
    let noted = desk.saw(subject, now);
    let seen = if desk.may_read_who_looked() { Some(desk.seen_by(subject)?) } else { None };
    match out.form() {
        Form::Json => out.document(&document(&concern, seen.as_deref(), now)),
        Form::Plain => plain::concern(out, &concern, seen.as_deref(), now),
    }?;
    // On a full disk it can still be read.
    Ok(noted?)
}

fn document<'c>(concern: &'c Concern, seen: Option<&'c [Sighting]>, now: DateTime<Utc>) -> Document<'c> {
    let looked = |seen: &'c Sighting| Seen { by: &seen.by, at: rfc3339(seen.at) };
    Document {
        concern: concern.row.concern,
        state: concern.row.state,
        urgency: concern.row.urgency,
        level: Some(concern.row.level).filter(|level| *level > 0),
        received_at: rfc3339(concern.row.received_at),
        children: children(concern),
        restricted: concern.restriction.as_ref().map(restricted),
        part1: ConcernFile::of(&concern.part1),
        part2: part2::of(concern),
        decisions: concern.decisions().map(decided).collect(),
        due: waiting(concern).map(|due| due_line(due, now)).collect(),
        corrections: concern.lines.iter().filter_map(correction).collect(),
        entries: entries(concern).collect(),
        seen: seen.map(|seen| seen.iter().map(looked).collect()),
    }
}

fn restricted(restriction: &Restriction) -> Restricted<'_> {
    let Restriction { people, reason, by, at } = restriction;
    Restricted { people: people.iter().map(named).collect(), reason, by, at: rfc3339(*at) }
}

fn named(named: &restriction::Named) -> Named<'_> {
    Named { person: &named.person, name: &named.name, left: named.presence == Presence::Left }
}

fn decided<'c>((line, decision): (&'c ConcernLine, &'c Decision)) -> Decided<'c> {
    Decided { seq: line.seq, recorded_at: rfc3339(line.recorded_at), by: &line.by, decision }
}

/// What of everything that was ever due is not answered.
fn waiting(concern: &Concern) -> impl Iterator<Item = &Due> {
    concern.due.iter().filter(|due| !due.is_settled)
}

fn due_line(due: &Due, now: DateTime<Utc>) -> DueLine<'_> {
    let (due_at, state) = (rfc3339(due.due), working_time::state(due.due, now).label());
    DueLine { follow_up: due.id, what: &due.set.what, who: &due.set.who, due_at, state }
}

fn correction(line: &ConcernLine) -> Option<Correction<'_>> {
    let Entry::Corrected { corrects, field, instead, reason, .. } = &line.entry else { return None };
    Some(Correction {
        seq: line.seq,
        corrects: *corrects,
        field,
        instead,
        reason,
        recorded_at: rfc3339(line.recorded_at),
        by: &line.by,
    })
}

/// The entries of a concern in their order, the one with which it came first.
pub(super) fn entries(concern: &Concern) -> impl Iterator<Item = EntryLine<'_>> {
    let came = EntryLine {
        seq: concern.seq,
        kind: "concern-received",
        section: None,
        recorded_at: rfc3339(concern.row.received_at),
        by: &concern.received_by,
        after_signing: false,
        after_closing: false,
    };
    let since = concern.lines.iter().map(|line| {
        let (kind, section) = kind(&line.entry);
        let recorded_at = rfc3339(line.recorded_at);
        EntryLine {
            seq: line.seq,
            kind,
            section,
            recorded_at,
            by: &line.by,
            after_signing: line.added_after_signing,
            after_closing: concern.is_added_after_closing(line),
        }
    });
    std::iter::once(came).chain(since)
}

/// The names by which the ledger knows its entries.
fn kind(entry: &Entry) -> (&'static str, Option<SectionKind>) {
    match entry {
        Entry::CabinetOpened { .. } => ("cabinet-opened", None),
        Entry::PersonAdmitted(_) => ("person-admitted", None),
        Entry::RightChanged { .. } => ("right-changed", None),
        Entry::PersonRemoved { .. } => ("person-removed", None),
        Entry::PersonRecovered(_) => ("person-recovered", None),
        Entry::RecoveryKeyMade(_) => ("recovery-key-made", None),
        Entry::ReceiverNamed(_) => ("receiver-named", None),
        Entry::SeniorCabinetMade { .. } => ("senior-cabinet-made", None),
        Entry::ConcernReceived { .. } => ("concern-received", None),
        Entry::FileRepeated { .. } => ("file-repeated", None),
        Entry::Seen { .. } => ("seen", None),
        Entry::ChildAdded { .. } => ("child-added", None),
        Entry::ChildCorrected { .. } => ("child-corrected", None),
        Entry::RollTaken { .. } => ("roll-taken", None),
        Entry::ChildLeft { .. } => ("child-left", None),
        Entry::ChildReturned { .. } => ("child-returned", None),
        Entry::ChildrenMerged { .. } => ("children-merged", None),
        Entry::ChildrenParted { .. } => ("children-parted", None),
        Entry::ChildrenToldApart { .. } => ("children-told-apart", None),
        Entry::ChildLinked { .. } => ("child-linked", None),
        Entry::Part2 { section, .. } => ("part2", Some(section.kind())),
        Entry::Decided { .. } => ("decided", None),
        Entry::FollowUpSet { .. } => ("follow-up-set", None),
        Entry::FollowUpMoved { .. } => ("follow-up-moved", None),
        Entry::ChildFlagged { .. } => ("child-flagged", None),
        Entry::ChildUnflagged { .. } => ("child-unflagged", None),
        Entry::Corrected { .. } => ("corrected", None),
        Entry::ConcernRestricted { .. } => ("concern-restricted", None),
        Entry::ChronologyNoted { .. } => ("chronology-noted", None),
        Entry::NoteCorrected { .. } => ("note-corrected", None),
        Entry::ContactAdded { .. } => ("contact-added", None),
        Entry::ContactCorrected { .. } => ("contact-corrected", None),
        Entry::ContactRetired { .. } => ("contact-retired", None),
        Entry::CallTried { .. } => ("call-tried", None),
        Entry::CallNoted { .. } => ("call-noted", None),
        Entry::CallPlaced { .. } => ("call-placed", None),
        Entry::RecordWentBack { .. } => ("record-went-back", None),
    }
}
