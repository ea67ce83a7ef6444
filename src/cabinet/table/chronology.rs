//! A child's chronology: rows that the desk writes itself for every concern (R23) and rows added by hand. Here they are
//! written, each under the number by which the child was entered; [`read`] reads them. What is told
//! of the roll is [`roll`]'s.

mod read;
mod roll;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::super::error::{Error, Result};
use super::super::ledger::Line;
use super::super::project::At;
use super::{child, concern, person, restriction};
use crate::domain::call::Tried;
use crate::domain::child::ChildDetails;
use crate::domain::chronology::RowKind;
use crate::domain::concern::Part1;
use crate::domain::entry::{Entry, NoteKind};
use crate::domain::field::CorrectedField;
use crate::domain::follow_up::Step;
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::domain::moment::Moment;
use crate::domain::text::{Text, sentence};
pub use read::{count, entries_of, months, newest, of_entry, page};

pub(in crate::cabinet) use roll::{left, returned};

/// One row of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChronologyRow {
    pub seq: Seq,
    pub happened_at: Moment,
    pub recorded_at: DateTime<Utc>,
    pub kind: RowKind,
    pub concern: Option<ConcernId>,
    /// Full name and role as they were when it was recorded.
    pub by: Text,
    pub text: Text,
}

/// What an entry of a concern says in a chronology.
struct Saying {
    kind: RowKind,
    happened_at: Option<Moment>,
    text: String,
}

fn saying(concern: ConcernId, entry: &Entry) -> Option<Saying> {
    let (kind, happened_at, text) = match entry {
        Entry::ConcernReceived { part1, .. } => {
            let (gist, reporter) = (sentence(&part1.gist()), reporter(part1));
            let text = format!("Concern {concern}: {gist} Reported by {reporter}.");
            (RowKind::Concern, part1.happened(), text)
        }
        Entry::Part2 { section, .. } => {
            let text = format!("Concern {concern}. {}", section.sentence());
            (section.kind().into(), section.happened(), text)
        }
        Entry::Decided { decision, .. } => {
            let text = format!("Concern {concern}. {}", decision.sentence());
            (RowKind::Decision, decision.happened(), text)
        }
        Entry::FollowUpMoved { what, step, .. } => {
            let text = format!("Concern {concern}. {}: {}", what.one_line(), step.sentence());
            (RowKind::FollowUp, step.happened(), text)
        }
        Entry::Corrected { field, instead, reason, .. } => {
            let (field, instead, reason) = (field.label(), sentence(instead), sentence(reason));
            let text = format!("Concern {concern}. Correction of \"{field}\": {instead} Reason: {reason}");
            (RowKind::Correction, None, text)
        }
        Entry::CallTried { call, .. } => {
            (RowKind::Call, Some(call.at), format!("Concern {concern}. {}", call.sentence()))
        }
        Entry::CabinetOpened { .. }
        | Entry::PersonAdmitted(_)
        | Entry::RightChanged { .. }
        | Entry::PersonRemoved { .. }
        | Entry::PersonRecovered(_)
        | Entry::RecoveryKeyMade(_)
        | Entry::ReceiverNamed(_)
        | Entry::SeniorCabinetMade { .. }
        | Entry::FileRepeated { .. }
        | Entry::ChildAdded { .. }
        | Entry::ChildCorrected { .. }
        | Entry::RollTaken { .. }
        | Entry::ChildLeft { .. }
        | Entry::ChildReturned { .. }
        | Entry::ChildrenMerged { .. }
        | Entry::ChildrenParted { .. }
        | Entry::ChildrenToldApart { .. }
        | Entry::ChildLinked { .. }
        | Entry::ConcernRestricted { .. }
        | Entry::FollowUpSet { .. }
        | Entry::ChildFlagged { .. }
        | Entry::ChildUnflagged { .. }
        | Entry::ChronologyNoted { .. }
        | Entry::NoteCorrected { .. }
        | Entry::ContactAdded { .. }
        | Entry::ContactCorrected { .. }
        | Entry::ContactRetired { .. }
        | Entry::CallNoted { .. }
        | Entry::CallPlaced { .. }
        | Entry::Seen { .. }
        | Entry::RecordWentBack { .. } => return None,
    };
    Some(Saying { kind, happened_at, text })
}

fn reporter(part1: &Part1) -> String {
    match part1.reporter.job_title.one_line() {
        job if job.is_empty() => part1.reporter.name.one_line(),
        job => format!("{}, {job}", part1.reporter.name.one_line()),
    }
}

/// A row into the chronology of each child that the concern is linked to; none of one that is restricted.
pub(in crate::cabinet) fn add_for_concern(at: &At, concern: ConcernId, entry: &Entry) -> Result<()> {
    if restriction::is_restricted(at.db, concern)? {
        return Ok(());
    }
    children_of(at.db, concern)?.into_iter().try_for_each(|child| tell(at, child, concern, entry))
}

/// What an entry of a concern puts into one child's chronology: a row of its own, and for a correction a word
/// beside what it corrects, so that nobody reads the mistake alone.
fn tell(at: &At, child: ChildId, concern: ConcernId, entry: &Entry) -> Result<()> {
    let Some(saying) = saying(concern, entry) else { return Ok(()) };
    if let Entry::Corrected { corrects, field, instead, happened_at, .. } = entry {
        let of = match field {
            // The row of a section has nothing else in it.
            CorrectedField::Section(_) => String::new(),
            field => format!(", {}", field.label()),
        };
        if !says(at.db, child, *corrects, &format!("Concern {concern}. {instead}"))? {
            mark_corrected(at.db, child, *corrects, &format!("[Corrected{of}: {instead}] "))?;
        }
        move_to(at.db, child, *corrects, *happened_at)?;
    }
    insert(at, child, Some(concern), &saying)
}

/// Says before a row's own words what they should have been, so that nobody reads the mistake first or alone.
fn mark_corrected(db: &Connection, child: ChildId, corrects: Seq, mark: &str) -> Result<()> {
    db.prepare_cached("UPDATE chronology SET text = ?3 || text WHERE seq = ?2 AND child = ?1")?
        .execute(params![child.0, corrects.0, mark])?;
    Ok(())
}

/// What a row says now: its latest correction stands before its own words.
pub fn standing(text: &str) -> &str {
    let undated = match text.strip_prefix("[Date corrected") {
        Some(rest) => rest.split_once("] ").map_or(rest, |(_, words)| words),
        None => text,
    };
    let corrected = undated.strip_prefix("[Corrected: ").and_then(|rest| rest.split_once("] "));
    corrected.map_or(undated, |(instead, _)| instead)
}

/// A row whose date was wrong stands where it belongs, and says where it stood.
fn move_to(db: &Connection, child: ChildId, corrects: Seq, happened_at: Option<Moment>) -> Result<()> {
    let Some(happened_at) = happened_at else { return Ok(()) };
    if let Some(stood) = stands_at(db, child, corrects)? {
        mark_corrected(db, child, corrects, &format!("[Date corrected; it stood at {stood}.] "))?;
    }
    db.prepare_cached("UPDATE chronology SET sort = ?3, happened_at = ?4 WHERE seq = ?2 AND child = ?1")?
        .execute(params![child.0, corrects.0, happened_at.sort_key(), written(happened_at)])?;
    Ok(())
}

/// Whether the row of an entry says these words now: then its date alone was wrong.
fn says(db: &Connection, child: ChildId, seq: Seq, words: &str) -> Result<bool> {
    let text: Option<String> = db
        .prepare_cached("SELECT text FROM chronology WHERE seq = ?2 AND child = ?1")?
        .query_row([child.0, seq.0], |row| row.get(0))
        .optional()?;
    Ok(text.is_some_and(|text| standing(&text).trim() == words.trim()))
}

/// The date of the row of an entry.
fn stands_at(db: &Connection, child: ChildId, seq: Seq) -> Result<Option<Moment>> {
    let written: Option<String> = db
        .prepare_cached("SELECT happened_at FROM chronology WHERE seq = ?2 AND child = ?1")?
        .query_row([child.0, seq.0], |row| row.get(0))
        .optional()?;
    written.map(|at| Moment::parse(&at).map_err(|_| Error::Unreadable { seq: seq.0 })).transpose()
}

/// A moment as its column has it.
fn written(moment: Moment) -> String {
    let value = serde_json::to_value(moment).ok();
    value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn children_of(db: &Connection, concern: ConcernId) -> Result<Vec<ChildId>> {
    let mut statement =
        db.prepare_cached("SELECT DISTINCT child FROM link WHERE concern = ?1 ORDER BY child")?;
    let children =
        statement.query_map([concern.0], |row| row.get(0).map(ChildId))?.collect::<rusqlite::Result<_>>()?;
    Ok(children)
}

/// Brings the chronologies up to a link; `before` is who was taken for that child until now.
pub(in crate::cabinet) fn linked(
    at: &At,
    concern: ConcernId,
    before: Option<ChildId>,
    child: ChildId,
) -> Result<()> {
    if restriction::is_restricted(at.db, concern)? {
        return Ok(());
    }
    match before {
        None if has_rows(at.db, concern, child)? => rewrite(at.db, concern),
        None => add_child(at.db, concern, child),
        Some(before) if before == child => Ok(()),
        Some(_) => rewrite(at.db, concern),
    }
}

/// Whether the child has rows of the concern already: it is linked in another place too, or was moved away from them.
fn has_rows(db: &Connection, concern: ConcernId, child: ChildId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM chronology WHERE concern = ?1 AND child = ?2)";
    Ok(db.prepare_cached(sql)?.query_row([concern.0, child.0], |row| row.get(0))?)
}

/// Gives one more child the rows of a concern.
fn add_child(db: &Connection, concern: ConcernId, child: ChildId) -> Result<()> {
    for (line, entry) in concern::told_entries(db, concern)? {
        tell(&as_recorded(db, &line)?, child, concern, &entry)?;
    }
    Ok(())
}

/// Takes a concern's rows out of every chronology.
pub(super) fn withdraw(db: &Connection, concern: ConcernId) -> Result<()> {
    db.prepare_cached("DELETE FROM chronology WHERE concern = ?1")?.execute([concern.0])?;
    Ok(())
}

/// Writes a concern's rows anew after a link was changed. The child before and the child after have a row each that
/// says so, whatever comes later: nothing leaves a chronology, or comes into it, in silence.
fn rewrite(db: &Connection, concern: ConcernId) -> Result<()> {
    withdraw(db, concern)?;
    let linked = children_of(db, concern)?;
    let mut taken_for = BTreeMap::new();
    for (line, entry) in concern::entries(db, concern)? {
        let then = as_recorded(db, &line)?;
        linked.iter().try_for_each(|child| tell(&then, *child, concern, &entry))?;
        if let Entry::ChildLinked { position, child, reason, .. } = &entry
            && let Some(before) = taken_for.insert(*position, *child)
            && before != *child
        {
            moved(&then, concern, before, "was taken for this child's and is not", reason)?;
            moved(&then, concern, *child, "was taken for another child's and is this one's", reason)?;
        }
    }
    Ok(())
}

/// A child's row about a link that was changed: said by whoever put it right.
fn moved(then: &At, concern: ConcernId, child: ChildId, how: &str, reason: &Text) -> Result<()> {
    let text = format!("Concern {concern} {how}. Reason: {reason}");
    insert(then, child, Some(concern), &Saying { kind: RowKind::Moved, happened_at: None, text })
}

fn as_recorded<'a>(db: &'a Connection, line: &Line) -> Result<At<'a>> {
    let unreadable = || Error::Unreadable { seq: line.seq.0 };
    let recorded_at = DateTime::parse_from_rfc3339(&line.recorded_at).map_err(|_| unreadable())?.to_utc();
    let author = person::at(db, &line.author, line.seq)?.ok_or_else(unreadable)?;
    Ok(At { db, seq: line.seq, recorded_at, author })
}

pub(in crate::cabinet) fn note(
    at: &At,
    child: ChildId,
    note: &NoteKind,
    happened_at: Moment,
    text: &Text,
) -> Result<()> {
    let kind = match note {
        NoteKind::Contact => RowKind::Contact,
        NoteKind::Event => RowKind::Event,
    };
    insert(at, child, None, &Saying { kind, happened_at: Some(happened_at), text: text.to_string() })
}

/// A call about one child that nobody answered.
pub(in crate::cabinet) fn tried(at: &At, child: ChildId, call: &Tried) -> Result<()> {
    let saying = Saying { kind: RowKind::Call, happened_at: Some(call.at), text: call.sentence() };
    insert(at, child, None, &saying)
}

/// What became of something that was due about a child.
pub(in crate::cabinet) fn follow_up(at: &At, child: ChildId, what: &Text, step: &Step) -> Result<()> {
    let text = format!("{}: {}", what.one_line(), step.sentence());
    insert(at, child, None, &Saying { kind: RowKind::FollowUp, happened_at: step.happened(), text })
}

/// Something is true of a child from a day on, or until one.
pub(in crate::cabinet) fn status(at: &At, child: ChildId, on: NaiveDate, text: String) -> Result<()> {
    let happened_at = Some(Moment::Date(on));
    insert(at, child, None, &Saying { kind: RowKind::Status, happened_at, text })
}

/// A row added by hand is put right: said beside it, and in a row of its own.
pub(in crate::cabinet) fn note_corrected(
    at: &At,
    child: ChildId,
    corrects: Seq,
    instead: &Text,
    reason: &Text,
    happened_at: Option<Moment>,
) -> Result<()> {
    let row = stands_at(at.db, child, corrects)?.map_or_else(String::new, |stood| format!(" of {stood}"));
    let words = if says(at.db, child, corrects, instead)? {
        String::new()
    } else {
        mark_corrected(at.db, child, corrects, &format!("[Corrected: {instead}] "))?;
        format!(" {}", sentence(instead))
    };
    move_to(at.db, child, corrects, happened_at)?;
    let date = happened_at.map_or_else(String::new, |at| format!(" It happened {at}."));
    let text = format!("Correction of the row{row}:{words}{date} Reason: {}", sentence(reason));
    insert(at, child, None, &Saying { kind: RowKind::Correction, happened_at: None, text })
}

/// A change to the head of the sheet is told in the sheet: what stood there, and what stands there now. Asks for
/// the old details, so it comes before they are replaced.
pub(in crate::cabinet) fn child_corrected(
    at: &At,
    id: ChildId,
    now: &ChildDetails,
    reason: &Text,
) -> Result<()> {
    let changes = match child::get(at.db, id)?.details.changes(now) {
        none if none.is_empty() => none,
        some => format!(" {some}"),
    };
    let text = format!("The child's details were corrected.{changes} Reason: {reason}");
    insert(at, id, None, &Saying { kind: RowKind::Correction, happened_at: None, text })
}

/// That two children are read as one, or are not any more, stands in the chronology of both.
pub(in crate::cabinet) fn told_of_both(at: &At, children: [ChildId; 2], text: &str) -> Result<()> {
    children.into_iter().try_for_each(|child| {
        let saying = Saying { kind: RowKind::Correction, happened_at: None, text: text.to_owned() };
        insert(at, child, None, &saying)
    })
}

fn insert(at: &At, child: ChildId, concern: Option<ConcernId>, saying: &Saying) -> Result<()> {
    let happened = saying.happened_at.unwrap_or_else(|| at.recorded());
    at.db
        .prepare_cached(
            "INSERT OR REPLACE INTO chronology
                 (child, sort, seq, happened_at, recorded_at, kind, concern, author, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            child.0,
            happened.sort_key(),
            at.seq.0,
            written(happened),
            at.recorded_at.to_rfc3339(),
            saying.kind.label(),
            concern.map(|concern| concern.0),
            at.author.0,
            saying.text,
        ])?;
    Ok(())
}
