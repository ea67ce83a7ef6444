//! Concerns that only the people named on them open (R13, R17).
//!
//! A concern about staff is restricted from the moment that it is received. While nobody is named, because a record
//! from before named nobody or because everybody named has left, the leads open it: somebody must be able to.
//!
//! Whatever reads a concern asks with a [`Reader`]. The restriction is kept by the program and not by a key: whoever
//! reads the database with other tools reads these concerns too.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, named_params, params};

use super::super::error::{Error, Result};
use super::super::ledger::{self, Line};
use super::super::project::At;
use super::{chronology, concern, person, words};
use crate::domain::concern::About;
use crate::domain::entry::Entry;
use crate::domain::ids::{ChildId, ConcernId, PersonId, Seq};
use crate::domain::person::Right;
use crate::domain::text::Text;

/// Why a concern about staff is restricted; nobody has to say so.
pub const ABOUT_STAFF: &str = "It is about a member of staff.";

/// Whoever is at the desk, as far as it decides what they may open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    person: PersonId,
    leads: bool,
}

impl Reader {
    /// Where a cabinet has no leads, its seniors stand for them.
    pub fn new(db: &Connection, person: PersonId, right: Right) -> Result<Self> {
        let leads = match right {
            Right::Lead => true,
            Right::Senior => !person::all(db)?.iter().any(|member| member.right == Right::Lead),
            Right::Deputy | Right::Reader => false,
        };
        Ok(Self { person, leads })
    }

    /// The value of `:reader`.
    pub(super) fn person(&self) -> &str {
        &self.person.0
    }

    /// The value of `:leads`.
    pub(super) fn leads(&self) -> bool {
        self.leads
    }
}

/// The concerns that a reader does not open. There are few beside all the others: they are looked up once for a query.
pub(super) const HIDDEN: &str = "
    SELECT concern FROM restriction AS kept
    WHERE NOT EXISTS (SELECT 1 FROM named WHERE concern = kept.concern AND person = :reader)
    AND NOT (:leads AND NOT EXISTS (SELECT 1 FROM named WHERE concern = kept.concern))";

/// What was recorded of a child's restricted concerns that the reader opens: it stands in no chronology.
pub fn entries_of(db: &Connection, reader: &Reader, child: ChildId) -> Result<Vec<Seq>> {
    let sql = format!(
        "SELECT e.seq FROM link l JOIN restriction r ON r.concern = l.concern
         JOIN concern_entry e ON e.concern = l.concern
         WHERE l.child = :child AND l.concern NOT IN ({HIDDEN})"
    );
    let asked = named_params! { ":child": child.0, ":reader": reader.person(), ":leads": reader.leads() };
    let mut statement = db.prepare_cached(&sql)?;
    Ok(statement.query_map(asked, |row| row.get(0).map(Seq))?.collect::<rusqlite::Result<_>>()?)
}

/// Refuses a concern that is restricted to others.
pub fn may_open(db: &Connection, reader: &Reader, concern: ConcernId) -> Result<()> {
    if opens(db, reader, concern)? { Ok(()) } else { Err(Error::Restricted(concern)) }
}

pub(super) fn opens(db: &Connection, reader: &Reader, concern: ConcernId) -> Result<bool> {
    let sql = format!("SELECT NOT EXISTS (SELECT 1 FROM ({HIDDEN}) WHERE concern = :concern)");
    let asked = named_params! { ":concern": concern.0, ":reader": reader.person(), ":leads": reader.leads() };
    Ok(db.prepare_cached(&sql)?.query_row(asked, |row| row.get(0))?)
}

/// The restricted concerns that a reader opens, the oldest first.
pub fn open_to(db: &Connection, reader: &Reader) -> Result<Vec<ConcernId>> {
    let sql = format!("SELECT concern FROM restriction WHERE concern NOT IN ({HIDDEN}) ORDER BY concern");
    let asked = named_params! { ":reader": reader.person(), ":leads": reader.leads() };
    let mut statement = db.prepare_cached(&sql)?;
    Ok(statement.query_map(asked, |row| row.get(0).map(ConcernId))?.collect::<rusqlite::Result<_>>()?)
}

/// Whether only some people open it.
pub fn is_restricted(db: &Connection, concern: ConcernId) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM restriction WHERE concern = ?1")?.exists([concern.0])?)
}

/// From a concern's first entry.
pub(in crate::cabinet) fn received(at: &At, concern: ConcernId, about: About) -> Result<()> {
    if about == About::Staff { keep(at.db, concern, at.seq) } else { Ok(()) }
}

/// Names the people who open it from here on. What it said where everybody reads is taken out.
pub(in crate::cabinet) fn restricted(at: &At, concern: ConcernId, people: &[PersonId]) -> Result<()> {
    let was_open = !is_restricted(at.db, concern)?;
    concern::belongs(at, concern, "concern-restricted")?;
    keep(at.db, concern, at.seq)?;
    at.db.prepare_cached("DELETE FROM named WHERE concern = ?1")?.execute([concern.0])?;
    let mut name = at.db.prepare_cached("INSERT OR IGNORE INTO named (concern, person) VALUES (?1, ?2)")?;
    for person in people {
        name.execute(params![concern.0, person.0])?;
    }
    if was_open { withdraw(at.db, concern) } else { Ok(()) }
}

/// Whoever has left is named on nothing any more, though they come back under the same name.
pub(in crate::cabinet) fn departed(at: &At, person: &PersonId) -> Result<()> {
    at.db.execute("DELETE FROM named WHERE person = ?1", [&person.0])?;
    Ok(())
}

fn keep(db: &Connection, concern: ConcernId, seq: Seq) -> Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO restriction (concern, seq) VALUES (?1, ?2)")?
        .execute([concern.0, seq.0])?;
    Ok(())
}

/// Takes a concern out of the chronologies and out of what everybody finds.
fn withdraw(db: &Connection, concern: ConcernId) -> Result<()> {
    chronology::withdraw(db, concern)?;
    concern::seqs(db, concern)?.into_iter().try_for_each(|seq| words::restrict(db, seq))
}

/// Fills the empty table in a file from before there were restrictions. Its words are read anew by a later step.
pub(in crate::cabinet) fn read_anew(db: &Connection) -> Result<()> {
    let mut statement = db.prepare("SELECT id, seq FROM concern WHERE about = ?1 ORDER BY id")?;
    let about_staff = statement
        .query_map([About::Staff.label()], |row| Ok((ConcernId(row.get(0)?), Seq(row.get(1)?))))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    for (concern, seq) in about_staff {
        keep(db, concern, seq)?;
        chronology::withdraw(db, concern)?;
    }
    Ok(())
}

/// Who opens a restricted concern, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// Those whom the latest entry names; nobody in a record from before.
    pub people: Vec<Named>,
    pub reason: Text,
    /// Full name and role of whoever said so, as they were then.
    pub by: Text,
    pub at: DateTime<Utc>,
}

impl Restriction {
    /// In words, after "restricted to".
    pub fn who(&self) -> String {
        let name = |named: &Named| match named.presence {
            Presence::Here => named.name.one_line(),
            Presence::Left => format!("{} (left)", named.name.one_line()),
        };
        let names = self.people.iter().map(name).collect::<Vec<_>>().join(", ");
        match (self.is_with_the_leads(), names.is_empty()) {
            (true, true) => "the leads".to_owned(),
            (true, false) => format!("the leads, as nobody else is left: {names}"),
            (false, _) => names,
        }
    }

    /// Whether nobody who is named is a person of the desk any more.
    pub fn is_with_the_leads(&self) -> bool {
        !self.people.iter().any(|named| named.presence == Presence::Here)
    }
}

/// Somebody who is named on a concern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub person: PersonId,
    pub name: Text,
    pub presence: Presence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    Here,
    /// They left the desk after they had been named.
    Left,
}

/// Who opens it; none where everybody does.
pub(super) fn of(db: &Connection, concern: ConcernId) -> Result<Option<Restriction>> {
    let seq = db
        .prepare_cached("SELECT seq FROM restriction WHERE concern = ?1")?
        .query_row([concern.0], |row| row.get(0).map(Seq))
        .optional()?;
    seq.map(|seq| read(db, concern, &ledger::line(db, seq)?)).transpose()
}

fn read(db: &Connection, concern: ConcernId, line: &Line) -> Result<Restriction> {
    let (people, reason) = match line.entry()? {
        Entry::ConcernRestricted { people, reason, .. } => (people, reason),
        _ => (Vec::new(), Text::from(ABOUT_STAFF)),
    };
    let people = people.into_iter().map(|person| named(db, concern, person)).collect::<Result<_>>()?;
    let at = line.recorded().ok_or(Error::Unreadable { seq: line.seq.0 })?;
    Ok(Restriction { people, reason, by: concern::author_at(db, line)?, at })
}

fn named(db: &Connection, concern: ConcernId, person: PersonId) -> Result<Named> {
    let mut here = db.prepare_cached("SELECT 1 FROM named WHERE concern = ?1 AND person = ?2")?;
    let presence = if here.exists(params![concern.0, person.0])? { Presence::Here } else { Presence::Left };
    Ok(Named { name: person::called(db, &person)?, person, presence })
}
