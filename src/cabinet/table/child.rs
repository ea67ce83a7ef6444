//! Children known to the desk.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params};

use super::super::error::{Error, Result};
use super::super::project::At;
use super::restriction::{HIDDEN, Reader};
use super::{from_json, merged, to_json};
use crate::domain::child::ChildDetails;
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::domain::text::Text;
use crate::search::fold;

const SECONDS_IN_A_DAY: i64 = 24 * 60 * 60;

/// A child with the number by which the desk knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    pub id: ChildId,
    pub details: ChildDetails,
    /// The school on whose roll the child stands, or stood last, as the list said that came in; blank where it did not
    /// say, none where the child was on no list.
    pub roll: Option<Text>,
    /// The day on which the child left that roll; none of whoever has not left.
    pub left: Option<NaiveDate>,
}

impl Child {
    /// A child whom no roll has named.
    pub fn new(id: ChildId, details: ChildDetails) -> Self {
        Self { id, details, roll: None, left: None }
    }

    /// As one with their other entries: whoever is on a roll by any of them is here.
    pub fn and(mut self, others: &[Self]) -> Self {
        let all = || others.iter().map(|other| (&other.roll, other.left));
        let is_here = |(roll, left): (&Option<Text>, Option<NaiveDate>)| roll.is_some() && left.is_none();
        let left = if is_here((&self.roll, self.left)) || all().any(is_here) {
            None
        } else {
            all().map(|(_, left)| left).fold(self.left, Option::max)
        };
        if self.roll.is_none() {
            self.roll = all().find_map(|(roll, _)| roll.clone());
        }
        Self { left, ..self }
    }

    /// That they have left, in words for a list; none of whoever has not.
    pub fn left_in_words(&self) -> Option<String> {
        self.left.map(|on| format!("left {}", on.format("%-d %b %Y")))
    }
}

pub(in crate::cabinet) fn insert(at: &At, child: ChildId, details: &ChildDetails) -> Result<()> {
    at.db
        .prepare_cached("INSERT INTO child (id, seq, filed_under, details) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![child.0, at.seq.0, filed_under(details), to_json(details, at.seq)?])?;
    Ok(())
}

pub(in crate::cabinet) fn update(at: &At, child: ChildId, details: &ChildDetails) -> Result<()> {
    at.db
        .prepare_cached("UPDATE child SET seq = ?2, filed_under = ?3, details = ?4 WHERE id = ?1")?
        .execute(params![child.0, at.seq.0, filed_under(details), to_json(details, at.seq)?])?;
    Ok(())
}

/// These children stand on that school's roll.
pub(in crate::cabinet) fn on_the_roll(at: &At, school: &Text, children: &[ChildId]) -> Result<()> {
    let mut statement = at.db.prepare_cached("UPDATE child SET roll = ?2 WHERE id = ?1")?;
    for child in children {
        statement.execute(params![child.0, school.as_str()])?;
    }
    Ok(())
}

/// Says when a child left; none where they are here again.
pub(in crate::cabinet) fn left(at: &At, child: ChildId, on: Option<NaiveDate>) -> Result<()> {
    at.db
        .prepare_cached("UPDATE child SET left_on = ?2 WHERE id = ?1")?
        .execute(params![child.0, on.map(|on| on.to_string())])?;
    Ok(())
}

fn filed_under(details: &ChildDetails) -> String {
    filed(&details.name)
}

/// Where a roll has the name: its last word first, without accents, so that Ł stands with L.
fn filed(name: &Text) -> String {
    let name = fold(name);
    let (others, surname) = name.rsplit_once(' ').unwrap_or(("", &name));
    format!("{surname} {others}")
}

const COLUMNS: &str = "c.id, c.seq, c.details, c.roll, c.left_on";

type Raw = (i64, i64, String, Option<String>, Option<String>);

fn read(row: &Row) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn parse((id, seq, details, roll, left): Raw) -> Result<Child> {
    let left = left.map(|on| on.parse().map_err(|_| Error::Unreadable { seq })).transpose()?;
    let (id, details) = (ChildId(id), from_json(&details, Seq(seq))?);
    Ok(Child { id, details, roll: roll.map(Text::from), left })
}

pub fn get(db: &Connection, child: ChildId) -> Result<Child> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM child c WHERE id = ?1"))?
        .query_row([child.0], read)
        .optional()?
        .map_or(Err(Error::NoSuch("child", child.0)), parse)
}

/// The child as whom this one is read: themselves, unless they were entered twice.
pub fn kept(db: &Connection, child: ChildId) -> Result<Child> {
    let kept = merged::kept(db, child)?;
    Ok(get(db, kept)?.and(&also(db, kept)?))
}

/// Under what else a child is entered, in the order of the numbers.
pub fn also(db: &Connection, child: ChildId) -> Result<Vec<Child>> {
    merged::numbers(db, child)?.into_iter().skip(1).map(|other| get(db, other)).collect()
}

/// Children who are named together with this one in a concern that the reader may open.
pub fn named_together(db: &Connection, reader: &Reader, child: ChildId) -> Result<Vec<Child>> {
    let sql = format!(
        "SELECT DISTINCT c.id FROM link mine
         JOIN link theirs ON theirs.concern = mine.concern AND theirs.child <> mine.child
         JOIN child c ON c.id = theirs.child
         WHERE mine.child = :child AND mine.concern NOT IN ({HIDDEN}) ORDER BY c.filed_under, c.id"
    );
    let numbers = merged::numbers(db, child)?;
    let mut statement = db.prepare_cached(&sql)?;
    let mut together: Vec<Child> = Vec::new();
    for number in &numbers {
        let asked =
            named_params! { ":child": number.0, ":reader": reader.person(), ":leads": reader.leads() };
        for other in statement.query_map(asked, |row| row.get(0).map(ChildId))? {
            let other = merged::kept(db, other?)?;
            if !numbers.contains(&other) && !together.iter().any(|known| known.id == other) {
                together.push(get(db, other)?);
            }
        }
    }
    together.sort_by_cached_key(|child| (filed_under(&child.details), child.id));
    Ok(together)
}

/// A window of the children by surname. Whoever is read as another has no row.
pub fn page(db: &Connection, offset: u64, limit: u64) -> Result<Vec<Child>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM child c WHERE merged_into IS NULL ORDER BY filed_under, id LIMIT ?1 OFFSET ?2"
    );
    let mut statement = db.prepare_cached(&sql)?;
    statement.query_map(params![limit, offset], read)?.map(|row| parse(row?)).collect()
}

/// Children in the order in which they became known, after one of them, whoever is read as another included; for
/// building the finder's index.
pub fn after(db: &Connection, child: ChildId, limit: u64) -> Result<Vec<Child>> {
    let sql = format!("SELECT {COLUMNS} FROM child c WHERE id > ?1 ORDER BY id LIMIT ?2");
    let mut statement = db.prepare_cached(&sql)?;
    statement.query_map(params![child.0, limit], read)?.map(|row| parse(row?)).collect()
}

/// What goes on with a child, as far as everybody at the desk may know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activity {
    pub has_left: bool,
    pub has_open_concern: bool,
    /// Days from the latest row of the chronology to the newest entry of the record; none where there is no row.
    pub quiet_days: Option<i64>,
}

pub fn activity(db: &Connection, child: ChildId) -> Result<Activity> {
    let sql = "SELECT
        EXISTS (SELECT 1 FROM link JOIN concern ON concern.id = link.concern
            WHERE link.child = ?1 AND concern.state <> 2
            AND NOT EXISTS (SELECT 1 FROM restriction WHERE restriction.concern = link.concern)),
        (SELECT unixepoch(recorded_at) FROM ledger ORDER BY seq DESC LIMIT 1),
        (SELECT max(sort) FROM chronology INDEXED BY chronology_order WHERE child = ?1),
        (SELECT left_on IS NOT NULL FROM child WHERE id = ?1)";
    let activity = db.prepare_cached(sql)?.query_row([child.0], |row| {
        let (newest, latest): (Option<i64>, Option<i64>) = (row.get(1)?, row.get(2)?);
        let quiet_days = newest.zip(latest).map(|(newest, latest)| (newest - latest) / SECONDS_IN_A_DAY);
        let has_left: Option<bool> = row.get(3)?;
        Ok(Activity { has_left: has_left == Some(true), has_open_concern: row.get(0)?, quiet_days })
    })?;
    Ok(activity)
}

/// Whether a child of the desk is called so.
pub(super) fn is_called(db: &Connection, name: &Text) -> Result<bool> {
    let sql = "SELECT 1 FROM child WHERE filed_under = ?1 AND merged_into IS NULL";
    Ok(db.prepare_cached(sql)?.exists([filed(name)])?)
}

/// All of them in that order.
pub fn all(db: &Connection) -> Result<Vec<Child>> {
    after(db, ChildId(0), i64::MAX.unsigned_abs())
}

/// The children who became known after one of them.
pub fn ids_after(db: &Connection, child: ChildId, limit: u64) -> Result<Vec<ChildId>> {
    let mut statement = db.prepare_cached("SELECT id FROM child WHERE id > ?1 ORDER BY id LIMIT ?2")?;
    Ok(statement
        .query_map(params![child.0, limit], |row| row.get(0).map(ChildId))?
        .collect::<rusqlite::Result<_>>()?)
}

/// The children whom a concern is linked to, or was once.
pub fn of_concern(db: &Connection, concern: ConcernId) -> Result<Vec<ChildId>> {
    let mut statement = db.prepare_cached(
        "SELECT child FROM link WHERE concern = ?1 UNION SELECT child FROM chronology WHERE concern = ?1",
    )?;
    Ok(statement.query_map([concern.0], |row| row.get(0).map(ChildId))?.collect::<rusqlite::Result<_>>()?)
}

/// How many children there are; one who was entered twice is one.
pub fn count(db: &Connection) -> Result<u64> {
    let sql = "SELECT count(*) FROM child WHERE merged_into IS NULL";
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}
