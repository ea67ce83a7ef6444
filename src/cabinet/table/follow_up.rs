//! What is due: set once, moved step by step, and gone from the list when it is answered or dropped; never gone from the record.

use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params};

use super::super::error::{Error, Result};
use super::super::project::At;
use super::restriction::{HIDDEN, Reader};
use super::{child, chronology, concern, from_json, merged, restriction, to_json};
use crate::domain::entry::{Entry, Subject};
use crate::domain::follow_up::{FollowUp, Step};
use crate::domain::ids::{ChildId, ConcernId, FollowUpId, Seq};
use crate::domain::moment::Moment;
use crate::domain::text::Text;

/// Something due, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub id: FollowUpId,
    /// The entry that set it.
    pub seq: Seq,
    pub subject: Subject,
    /// Whom it is about, as the inbox or the roll names them.
    pub named: Text,
    /// As it was set; `due` is when it is due now.
    pub set: FollowUp,
    pub due: DateTime<Utc>,
    /// How often somebody was tried in vain.
    pub tried: u32,
    /// When that was last.
    pub tried_at: Option<DateTime<Utc>>,
    /// How far up the ladder that was; 0 where it was on no rung.
    pub rung: u32,
    pub is_settled: bool,
}

/// In which order. A concern's or a person's own stay together, and whoever has the soonest comes first: what is overdue
/// is never further down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    #[default]
    ByTime,
    ByConcern,
    ByWho,
}

impl Order {
    pub const ALL: [Self; 3] = [Self::ByTime, Self::ByConcern, Self::ByWho];

    /// In a line that says how a list is sorted.
    pub fn label(self) -> &'static str {
        match self {
            Self::ByTime => "by time",
            Self::ByConcern => "by concern",
            Self::ByWho => "by who must act",
        }
    }

    /// The one after it, and round again.
    pub fn next(self) -> Self {
        match self {
            Self::ByTime => Self::ByConcern,
            Self::ByConcern => Self::ByWho,
            Self::ByWho => Self::ByTime,
        }
    }

    /// What the rows of a group have in common, and the order in which an index has them: group by group, the soonest
    /// first.
    fn groups(self) -> (&'static str, &'static str) {
        match self {
            Self::ByTime => ("NULL", "f.due, f.id"),
            Self::ByConcern => {
                ("coalesce(f.concern, -f.child)", "f.concern IS NULL, f.concern, f.child, f.due, f.id")
            }
            Self::ByWho => ("lower(f.who)", "f.who COLLATE NOCASE, f.due, f.id"),
        }
    }
}

pub(in crate::cabinet) fn insert(at: &At, id: FollowUpId, subject: Subject, set: &FollowUp) -> Result<()> {
    let (concern, child) = columns(subject);
    at.db
        .prepare_cached(
            "INSERT INTO follow_up (id, seq, concern, child, due, settled, tried, rung, who, details)
             VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0, ?6, ?7)",
        )?
        .execute(params![
            id.0,
            at.seq.0,
            concern,
            child,
            set.due.timestamp(),
            set.who.one_line(),
            to_json(set, at.seq)?
        ])?;
    match subject {
        Subject::Concern(concern) => concern::belongs(at, concern, "follow-up-set"),
        Subject::Child(_) => Ok(()),
    }
}

fn columns(subject: Subject) -> (Option<i64>, Option<i64>) {
    match subject {
        Subject::Concern(concern) => (Some(concern.0), None),
        Subject::Child(child) => (None, Some(child.0)),
    }
}

/// One step on; the chronology of whom it is about tells of it.
pub(in crate::cabinet) fn step(
    at: &At,
    id: FollowUpId,
    subject: Subject,
    what: &Text,
    step: &Step,
    entry: &Entry,
) -> Result<()> {
    let change = match step {
        Step::Answered { .. } | Step::Dropped { .. } => "settled = ?2",
        Step::Tried { .. } => {
            "tried = tried + 1, tried_at = max(coalesce(tried_at, ?2), ?2), rung = max(rung, ?3)"
        }
        Step::Postponed { .. } => "due = ?2",
    };
    let sql = format!("UPDATE follow_up SET {change} WHERE id = ?1");
    let mut update = at.db.prepare_cached(&sql)?;
    match step {
        Step::Answered { .. } | Step::Dropped { .. } => update.execute(params![id.0, at.seq.0])?,
        Step::Tried { at: Moment::At(tried), rung, .. } => {
            update.execute(params![id.0, tried.timestamp(), rung])?
        }
        Step::Tried { at: Moment::Date(_), rung, .. } => {
            update.execute(params![id.0, at.recorded_at.timestamp(), rung])?
        }
        Step::Postponed { to, .. } => update.execute(params![id.0, to.timestamp()])?,
    };
    match subject {
        Subject::Concern(concern) => {
            concern::belongs(at, concern, "follow-up-moved")?;
            chronology::add_for_concern(at, concern, entry)
        }
        Subject::Child(child) => chronology::follow_up(at, child, what, step),
    }
}

const COLUMNS: &str = "f.id, f.seq, f.concern, f.child, f.due, f.settled, f.tried, f.details,
    (SELECT named FROM concern WHERE id = f.concern), f.tried_at, f.rung";

fn read(db: &Connection, row: &Row) -> Result<Due> {
    let seq = Seq(row.get(1)?);
    let (concern, child): (Option<i64>, Option<i64>) = (row.get(2)?, row.get(3)?);
    let subject = match (concern, child) {
        (Some(concern), _) => Subject::Concern(ConcernId(concern)),
        (None, Some(child)) => Subject::Child(ChildId(child)),
        (None, None) => return Err(Error::Unreadable { seq: seq.0 }),
    };
    let named = match subject {
        Subject::Concern(_) => Text::from(row.get::<_, String>(8)?),
        Subject::Child(child) => child::kept(db, child)?.details.name,
    };
    let details: String = row.get(7)?;
    Ok(Due {
        id: FollowUpId(row.get(0)?),
        seq,
        subject,
        named,
        set: from_json(&details, seq)?,
        due: DateTime::from_timestamp(row.get(4)?, 0).unwrap_or_default(),
        is_settled: row.get::<_, i64>(5)? != 0,
        tried: row.get(6)?,
        tried_at: row.get::<_, Option<i64>>(9)?.and_then(|at| DateTime::from_timestamp(at, 0)),
        rung: row.get(10)?,
    })
}

/// Of a follow-up `f`: that it is not about a concern that the reader may not open.
fn may_be_read() -> String {
    format!("(f.concern IS NULL OR f.concern NOT IN ({HIDDEN}))")
}

/// A window of what is due, of what the reader may open.
pub fn page(db: &Connection, reader: &Reader, order: Order, offset: u64, limit: u64) -> Result<Vec<Due>> {
    let sql = format!("SELECT {COLUMNS} FROM follow_up f WHERE f.id = ?1");
    let mut statement = db.prepare_cached(&sql)?;
    let mut due = Vec::new();
    for id in window(db, reader, order, offset, limit)? {
        let mut rows = statement.query([id])?;
        if let Some(row) = rows.next()? {
            due.push(read(db, row)?);
        }
    }
    Ok(due)
}

/// The numbers in a window. Of groups all are read, out of an index alone, and put in order here: sorting 5,000 rows by
/// the soonest of each group takes SQL twice as long.
fn window(db: &Connection, reader: &Reader, order: Order, offset: u64, limit: u64) -> Result<Vec<i64>> {
    let (group, by) = order.groups();
    let sql = format!(
        "SELECT f.id, f.due, {group} FROM follow_up f WHERE f.settled = 0 AND {}
         ORDER BY {by} LIMIT :limit OFFSET :offset",
        may_be_read()
    );
    let is_read_whole = order != Order::ByTime;
    // SQLite takes less than nothing for no limit.
    let (most, above) =
        if is_read_whole { (-1, 0) } else { (i64::try_from(limit).unwrap_or(i64::MAX), offset) };
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! {
        ":reader": reader.person(), ":leads": reader.leads(), ":limit": most, ":offset": above,
    })?;
    // Each group with when its soonest is due.
    let mut groups: Vec<(i64, Value, Vec<i64>)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, due, group) = (row.get(0)?, row.get(1)?, row.get(2)?);
        match groups.last_mut() {
            Some((_, of, ids)) if *of == group => ids.push(id),
            Some(_) | None => groups.push((due, group, vec![id])),
        }
    }
    groups.sort_by_key(|(soonest, ..)| *soonest);
    let skipped = if is_read_whole { usize::try_from(offset).unwrap_or(usize::MAX) } else { 0 };
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    Ok(groups.into_iter().flat_map(|(_, _, ids)| ids).skip(skipped).take(most).collect())
}

/// How many are due at all, of what the reader may open.
pub fn count(db: &Connection, reader: &Reader) -> Result<u64> {
    count_until(db, reader, DateTime::<Utc>::MAX_UTC)
}

/// How many are due before a moment.
pub fn count_until(db: &Connection, reader: &Reader, until: DateTime<Utc>) -> Result<u64> {
    let all: u64 = db
        .prepare_cached("SELECT count(*) FROM follow_up WHERE settled = 0 AND due < ?1")?
        .query_row([until.timestamp()], |row| row.get(0))?;
    // Few are hidden, and asking each of the others would cost more.
    let sql = format!(
        "SELECT count(*) FROM ({HIDDEN}) AS hidden CROSS JOIN follow_up f ON f.concern = hidden.concern
         WHERE f.settled = 0 AND f.due < :until"
    );
    let asked = named_params! {
        ":reader": reader.person(), ":leads": reader.leads(), ":until": until.timestamp(),
    };
    let hidden: u64 = db.prepare_cached(&sql)?.query_row(asked, |row| row.get(0))?;
    Ok(all.saturating_sub(hidden))
}

/// One of them; refuses one of a concern that is restricted to others.
pub fn get(db: &Connection, reader: &Reader, id: FollowUpId) -> Result<Due> {
    let sql = format!("SELECT {COLUMNS} FROM follow_up f WHERE f.id = ?1");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([id.0])?;
    let due = match rows.next()? {
        Some(row) => read(db, row)?,
        None => return Err(Error::NoSuch("follow-up", id.0)),
    };
    if let Subject::Concern(concern) = due.subject {
        restriction::may_open(db, reader, concern)?;
    }
    Ok(due)
}

/// Everything that was ever due about a concern, the soonest first.
pub fn of_concern(db: &Connection, concern: ConcernId) -> Result<Vec<Due>> {
    let sql = format!("SELECT {COLUMNS} FROM follow_up f WHERE f.concern = ?1 ORDER BY f.due, f.id");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([concern.0])?;
    let mut due = Vec::new();
    while let Some(row) = rows.next()? {
        due.push(read(db, row)?);
    }
    Ok(due)
}

/// Everything that was ever due about a child apart from their concerns.
pub fn of_child(db: &Connection, child: ChildId) -> Result<Vec<Due>> {
    let sql = format!("SELECT {COLUMNS} FROM follow_up f WHERE f.child = ?1 ORDER BY f.due, f.id");
    let mut statement = db.prepare_cached(&sql)?;
    let mut due = Vec::new();
    for number in merged::numbers(db, child)? {
        let mut rows = statement.query([number.0])?;
        while let Some(row) = rows.next()? {
            due.push(read(db, row)?);
        }
    }
    due.sort_by_key(|due| (due.due, due.id));
    Ok(due)
}

/// The number for the next one.
pub(in crate::cabinet) fn next(db: &Connection) -> Result<FollowUpId> {
    let next = db
        .prepare_cached("SELECT max(id) FROM follow_up")?
        .query_row([], |row| row.get::<_, Option<i64>>(0))
        .optional()?
        .flatten();
    Ok(FollowUpId(next.unwrap_or(0) + 1))
}
