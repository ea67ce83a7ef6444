//! A child's chronology: rows that the desk writes itself for every concern (R23) and rows added by hand. What is told
//! of the roll is `chronology::roll`'s.

mod roll;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::super::error::{Error, Result};
use super::super::ledger::Line;
use super::super::project::At;
use super::{child, concern, person, restriction};
use crate::domain::call::Tried;
use crate::domain::child::ChildDetails;
use crate::domain::chronology::{Kinds, RowKind};
use crate::domain::concern::Part1;
use crate::domain::entry::{Entry, NoteKind};
use crate::domain::field::CorrectedField;
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::domain::moment::Moment;
use crate::domain::text::{Text, sentence};

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
    match entry {
        Entry::ConcernReceived { part1, .. } => Some(Saying {
            kind: RowKind::Concern,
            happened_at: part1.happened(),
            text: format!("Concern {concern}: {} Reported by {}.", sentence(&part1.gist()), reporter(part1)),
        }),
        Entry::Part2 { section, .. } => Some(Saying {
            kind: section.kind().into(),
            happened_at: section.happened(),
            text: format!("Concern {concern}. {}", section.sentence()),
        }),
        Entry::Corrected { field, instead, reason, .. } => Some(Saying {
            kind: RowKind::Correction,
            happened_at: None,
            text: format!(
                "Concern {concern}. Correction of \"{}\": {} Reason: {}",
                field.label(),
                sentence(instead),
                sentence(reason)
            ),
        }),
        Entry::CallTried { call, .. } => Some(Saying {
            kind: RowKind::Call,
            happened_at: Some(call.at),
            text: format!("Concern {concern}. {}", call.sentence()),
        }),
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
        | Entry::ChildLinked { .. }
        | Entry::ConcernRestricted { .. }
        | Entry::ChronologyNoted { .. }
        | Entry::NoteCorrected { .. }
        | Entry::ContactAdded { .. }
        | Entry::ContactCorrected { .. }
        | Entry::ContactRetired { .. }
        | Entry::CallNoted { .. }
        | Entry::CallPlaced { .. }
        | Entry::Seen { .. }
        | Entry::RecordWentBack { .. } => None,
    }
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

const COLUMNS: &str = "c.seq, c.happened_at, c.recorded_at, c.kind, c.concern, p.name, p.role, c.text";

type Raw = (i64, String, String, String, Option<i64>, String, String, String);

fn read(row: &Row) -> rusqlite::Result<Raw> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
        row.get(7)?,
    ))
}

fn parse((seq, happened, recorded, kind, concern, name, role, text): Raw) -> Result<ChronologyRow> {
    let unreadable = || Error::Unreadable { seq };
    Ok(ChronologyRow {
        seq: Seq(seq),
        happened_at: Moment::parse(&happened).map_err(|_| unreadable())?,
        recorded_at: DateTime::parse_from_rfc3339(&recorded).map_err(|_| unreadable())?.to_utc(),
        kind: RowKind::from_label(&kind).ok_or_else(unreadable)?,
        concern: concern.map(ConcernId),
        by: Text::from(format!("{name}, {role}")),
        text: Text::from(text),
    })
}

/// ` AND kind IN (…)` for a reader's choice; the labels are our own words.
fn kinds_sql(kinds: Kinds) -> String {
    if kinds == Kinds::Everything {
        return String::new();
    }
    let labels: Vec<String> = RowKind::ALL
        .into_iter()
        .filter(|kind| kinds.includes(*kind))
        .map(|kind| format!("'{}'", kind.label()))
        .collect();
    format!(" AND kind IN ({})", labels.join(", "))
}

/// A window of a child's chronology in the order in which it happened, the newest last. Which rows these are is read
/// off the index: the text is read of no others. The CROSS keeps SQLite from going through the chronology instead.
pub fn page(
    db: &Connection,
    child: ChildId,
    kinds: Kinds,
    offset: u64,
    limit: u64,
) -> Result<Vec<ChronologyRow>> {
    let sql = format!(
        "WITH shown AS (
             SELECT sort, seq, kind FROM chronology INDEXED BY chronology_order WHERE child = ?1{}
             ORDER BY sort, seq, kind LIMIT ?2 OFFSET ?3
         )
         SELECT {COLUMNS} FROM shown
         CROSS JOIN chronology c
             ON c.child = ?1 AND c.sort = shown.sort AND c.seq = shown.seq AND c.kind = shown.kind
         JOIN person p ON p.seq = c.author
         ORDER BY shown.sort, shown.seq, shown.kind",
        kinds_sql(kinds)
    );
    let mut statement = db.prepare_cached(&sql)?;
    statement.query_map(params![child.0, limit, offset], read)?.map(|row| parse(row?)).collect()
}

pub fn count(db: &Connection, child: ChildId, kinds: Kinds) -> Result<u64> {
    let sql = format!(
        "SELECT count(*) FROM chronology INDEXED BY chronology_order WHERE child = ?1{}",
        kinds_sql(kinds)
    );
    Ok(db.prepare_cached(&sql)?.query_row([child.0], |row| row.get(0))?)
}

/// The entries that stand there, in no order.
pub fn entries_of(db: &Connection, child: ChildId) -> Result<Vec<Seq>> {
    let sql = "SELECT DISTINCT seq FROM chronology INDEXED BY chronology_order WHERE child = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let seqs = statement.query_map([child.0], |row| row.get(0).map(Seq))?;
    Ok(seqs.collect::<rusqlite::Result<_>>()?)
}

/// The entry that was recorded last; 0 where there is none.
pub fn newest(db: &Connection, child: ChildId) -> Result<Seq> {
    let sql = "SELECT coalesce(max(seq), 0) FROM chronology INDEXED BY chronology_order WHERE child = ?1";
    Ok(db.prepare_cached(sql)?.query_row([child.0], |row| row.get(0).map(Seq))?)
}

/// `2026-11`, with which a time begins as it is kept.
const MONTH: usize = 7;

/// How many rows each month holds, as `2026-11` (London), oldest first: the strip of activity.
pub fn months(db: &Connection, child: ChildId) -> Result<Vec<(String, u64)>> {
    let mut statement = db.prepare_cached(
        "SELECT happened_at FROM chronology INDEXED BY chronology_order WHERE child = ?1 ORDER BY sort",
    )?;
    let mut rows = statement.query([child.0])?;
    let mut months = BTreeMap::new();
    // Neighbours are of the same month: they are counted before they are looked up.
    let mut run = (String::new(), 0);
    while let Some(row) = rows.next()? {
        let happened = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let month = happened.get(..MONTH).unwrap_or_default();
        if run.0 != month {
            let (done, count) = std::mem::replace(&mut run, (month.to_owned(), 0));
            *months.entry(done).or_insert(0) += count;
        }
        run.1 += 1;
    }
    *months.entry(run.0).or_insert(0) += run.1;
    Ok(months.into_iter().filter(|(_, count)| *count > 0).collect())
}

/// The rows that an entry wrote, with the children in whose chronologies they stand.
pub fn of_entry(db: &Connection, seq: Seq) -> Result<Vec<(ChildId, ChronologyRow)>> {
    let sql = format!(
        "SELECT {COLUMNS}, c.child FROM chronology c JOIN person p ON p.seq = c.author WHERE c.seq = ?1
         ORDER BY c.child, c.kind"
    );
    let mut statement = db.prepare_cached(&sql)?;
    statement
        .query_map([seq.0], |row| Ok((read(row)?, row.get::<_, i64>(8)?)))?
        .map(|found| {
            let (raw, child) = found?;
            Ok((ChildId(child), parse(raw)?))
        })
        .collect()
}
