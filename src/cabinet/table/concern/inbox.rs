//! The inbox's rows: two piles, as far as whoever reads may open what is in them.

use std::cmp::Ordering;
use std::ops::Range;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params};

use super::super::merged;
use super::super::restriction::{self, HIDDEN, Reader};
use super::{state_of, urgency_number, urgency_of};
use crate::cabinet::error::{Error, Result};
use crate::domain::concern::About;
use crate::domain::ids::{ChildId, ConcernId};
use crate::domain::text::Text;
use crate::domain::triage::{State, Urgency};

/// A concern as the inbox lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxRow {
    pub concern: ConcernId,
    pub received_at: DateTime<Utc>,
    pub urgency: Urgency,
    pub about: About,
    /// Children, or the member of staff, as the reporter named them.
    pub named: Text,
    pub form: Text,
    pub gist: Text,
    pub reporter: Text,
    pub job_title: Text,
    pub state: State,
    /// How many of the children named are not yet linked to a child of the desk.
    pub unlinked: u64,
    /// Only the people named on it open it.
    pub restricted: bool,
    /// By `data/levels.toml`; 0 where nobody has said.
    pub level: u8,
    /// What is due next, and when.
    pub due: Option<NextDue>,
}

/// The nearest clock of a concern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextDue {
    pub at: DateTime<Utc>,
    pub what: Text,
}

impl InboxRow {
    /// The gist of what was reported; what not everybody at the desk sees says so first.
    pub fn reason(&self) -> String {
        let gist = self.gist.one_line();
        if self.restricted { format!("restricted: {gist}") } else { gist }
    }

    /// In danger, and nobody has said that it is over: a signature does not say it.
    pub fn is_in_danger(&self) -> bool {
        self.urgency == Urgency::Danger
    }

    /// To the second, as the record keeps it.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.due.as_ref().is_some_and(|due| due.at.timestamp() < now.timestamp())
    }

    /// When its nearest clock ran out; what is not overdue comes after all that is.
    fn overdue_since(&self, now: DateTime<Utc>) -> i64 {
        let late = self.due.as_ref().filter(|_| self.is_overdue(now));
        late.map_or(i64::MAX, |due| due.at.timestamp())
    }
}

/// Which concerns a list holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pile {
    /// Not closed yet: what the inbox is for. What is in danger first; then whatever has a clock that is overdue, the
    /// longest first; then what is not signed, and last what is: of each the most urgent, then the oldest.
    #[default]
    Waiting,
    /// Closed: the newest first.
    Closed,
}

impl Pile {
    pub fn holds(self, row: &InboxRow) -> bool {
        (row.state == State::Closed) == (self == Self::Closed)
    }

    /// Where two rows of it stand to each other at a minute: the order in which [`page_at`] gives them.
    pub fn order(self, a: &InboxRow, b: &InboxRow, now: DateTime<Utc>) -> Ordering {
        match self {
            Self::Waiting => (b.is_in_danger().cmp(&a.is_in_danger()))
                .then(a.overdue_since(now).cmp(&b.overdue_since(now)))
                .then((a.state == State::Signed).cmp(&(b.state == State::Signed)))
                .then(b.urgency.cmp(&a.urgency))
                .then(a.received_at.cmp(&b.received_at))
                .then(a.concern.cmp(&b.concern)),
            Self::Closed => b.received_at.cmp(&a.received_at).then(b.concern.cmp(&a.concern)),
        }
    }
}

/// [`Pile::order`] of what waits, of concerns that are not read yet; `?3` is now.
const WAITING: &str = "(urgency = 2) DESC,
    coalesce((SELECT due FROM follow_up f WHERE f.concern = concern.id AND settled = 0 AND due < ?3
              ORDER BY due LIMIT 1), 9223372036854775807),
    (state = 2), urgency DESC, received_at, id";
const CLOSED: &str = "received_at DESC, id DESC";

const INBOX_COLUMNS: &str =
    "id, received_at, urgency, about, named, form, gist, reporter, job_title, state, unlinked,
     EXISTS (SELECT 1 FROM restriction WHERE concern = id), level,
     (SELECT due FROM follow_up f WHERE f.concern = concern.id AND settled = 0 ORDER BY due LIMIT 1),
     (SELECT details ->> 'what' FROM follow_up f WHERE f.concern = concern.id AND settled = 0
      ORDER BY due LIMIT 1)";

fn read_inbox(row: &Row) -> rusqlite::Result<InboxRow> {
    let text = |column: usize| row.get::<_, String>(column).map(Text::from);
    let about: String = row.get(3)?;
    Ok(InboxRow {
        concern: ConcernId(row.get(0)?),
        received_at: DateTime::from_timestamp(row.get(1)?, 0).unwrap_or_default(),
        urgency: urgency_of(row.get(2)?),
        about: About::ALL.into_iter().find(|kind| kind.label() == about).unwrap_or_default(),
        named: text(4)?,
        form: text(5)?,
        gist: text(6)?,
        reporter: text(7)?,
        job_title: text(8)?,
        state: state_of(row.get(9)?),
        unlinked: row.get(10)?,
        restricted: row.get(11)?,
        level: row.get(12)?,
        due: next_due(row)?,
    })
}

fn next_due(row: &Row) -> rusqlite::Result<Option<NextDue>> {
    let (at, what): (Option<i64>, Option<String>) = (row.get(13)?, row.get(14)?);
    let at = at.and_then(|at| DateTime::from_timestamp(at, 0));
    Ok(at.zip(what).map(|(at, what)| NextDue { at, what: Text::from(what) }))
}

/// A window of a pile as it stands while no clock has run out: for whoever reads all of it.
pub fn page(db: &Connection, reader: &Reader, pile: Pile, offset: u64, limit: u64) -> Result<Vec<InboxRow>> {
    page_at(db, reader, pile, NO_CLOCK_YET, offset..offset.saturating_add(limit))
}

/// Before anything can be overdue.
pub const NO_CLOCK_YET: DateTime<Utc> = DateTime::<Utc>::MIN_UTC;

/// A window of a pile as it stands at a minute, of what the reader may open.
///
/// What they may not is few, and asking each of the rows above the window would cost more than stepping over them: it
/// is asked where the first row of the window stands among the hidden ones, and which of the rows read are hidden.
pub fn page_at(
    db: &Connection,
    reader: &Reader,
    pile: Pile,
    now: DateTime<Utc>,
    window: Range<u64>,
) -> Result<Vec<InboxRow>> {
    let hidden = hidden(db, reader, pile)?;
    let limit = window.end.saturating_sub(window.start);
    let rows = page_of_all(db, pile, now, window.start, limit.saturating_add(hidden.len() as u64))?;
    let is_above =
        |row: &&InboxRow| rows.first().is_some_and(|first| pile.order(row, first, now) == Ordering::Less);
    let mut above = hidden.iter().filter(is_above).count();
    let mut shown = Vec::new();
    for row in rows {
        if row.restricted && !restriction::opens(db, reader, row.concern)? {
            continue;
        }
        // As many as stand hidden above the window belong above it themselves.
        if above > 0 {
            above -= 1;
        } else if (shown.len() as u64) < limit {
            shown.push(row);
        }
    }
    Ok(shown)
}

/// Which concerns they are is settled first, so that what a row shows is read of those alone.
fn page_of_all(
    db: &Connection,
    pile: Pile,
    now: DateTime<Utc>,
    offset: u64,
    limit: u64,
) -> Result<Vec<InboxRow>> {
    let (closed, order) = match pile {
        Pile::Waiting => (0, WAITING),
        Pile::Closed => (1, CLOSED),
    };
    let sql = format!(
        "SELECT {INBOX_COLUMNS} FROM concern WHERE id IN (
             SELECT id FROM concern WHERE (state = 3) = {closed} ORDER BY {order} LIMIT ?1 OFFSET ?2)"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = db.prepare_cached(&sql)?;
    let rows = match pile {
        Pile::Waiting => statement.query_map(params![limit, offset, now.timestamp()], read_inbox)?,
        Pile::Closed => statement.query_map(params![limit, offset], read_inbox)?,
    };
    let mut rows = rows.collect::<rusqlite::Result<Vec<InboxRow>>>()?;
    rows.sort_by(|a, b| pile.order(a, b, now));
    Ok(rows)
}

/// What of a pile the reader may not open.
fn hidden(db: &Connection, reader: &Reader, pile: Pile) -> Result<Vec<InboxRow>> {
    let closed = i64::from(pile == Pile::Closed);
    let sql = format!(
        "SELECT {INBOX_COLUMNS} FROM ({HIDDEN}) AS hidden CROSS JOIN concern ON concern.id = hidden.concern
         WHERE (state = 3) = {closed}"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let asked = named_params! { ":reader": reader.person(), ":leads": reader.leads() };
    let rows = statement.query_map(asked, read_inbox)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// How long a pile is, of what the reader may open.
pub fn count(db: &Connection, reader: &Reader, pile: Pile) -> Result<u64> {
    let closed = i64::from(pile == Pile::Closed);
    let all: u64 = db
        .prepare_cached("SELECT count(*) FROM concern WHERE (state = 3) = ?1")?
        .query_row([closed], |row| row.get(0))?;
    Ok(all.saturating_sub(hidden(db, reader, pile)?.len() as u64))
}

/// Refuses one that is restricted to others.
pub fn inbox_row(db: &Connection, reader: &Reader, concern: ConcernId) -> Result<InboxRow> {
    restriction::may_open(db, reader, concern)?;
    let sql = format!("SELECT {INBOX_COLUMNS} FROM concern WHERE id = ?1");
    db.prepare_cached(&sql)?
        .query_row([concern.0], read_inbox)
        .optional()?
        .ok_or(Error::NoSuch("concern", concern.0))
}

/// How many concerns of that urgency or a greater one wait for somebody to begin Part 2.
pub fn new(db: &Connection, reader: &Reader, least: Urgency) -> Result<u64> {
    let sql = format!(
        "SELECT count(*) FROM concern
         WHERE (state = 3) = 0 AND (state = 2) = 0 AND urgency >= :urgency
         AND NOT EXISTS (SELECT 1 FROM concern_entry e WHERE e.concern = concern.id AND e.kind = 'part2')
         AND id NOT IN ({HIDDEN})"
    );
    let asked = named_params! {
        ":urgency": urgency_number(least),
        ":reader": reader.person(),
        ":leads": reader.leads(),
    };
    Ok(db.prepare_cached(&sql)?.query_row(asked, |row| row.get(0))?)
}

/// The highest level of a child's concerns that are not closed, of what the reader may open; none where nobody has said.
pub fn highest_level(db: &Connection, reader: &Reader, child: ChildId) -> Result<Option<u8>> {
    let sql = format!(
        "SELECT coalesce(max(c.level), 0) FROM link l JOIN concern c ON c.id = l.concern
         WHERE l.child = :child AND c.state <> 3 AND l.concern NOT IN ({HIDDEN})"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut highest: u8 = 0;
    for number in merged::numbers(db, child)? {
        let asked =
            named_params! { ":child": number.0, ":reader": reader.person(), ":leads": reader.leads() };
        highest = highest.max(statement.query_row(asked, |row| row.get(0))?);
    }
    Ok((highest > 0).then_some(highest))
}
