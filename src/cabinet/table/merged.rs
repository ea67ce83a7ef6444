//! Children who were entered twice. One of the two is kept, and the other is read as that one: a column of the child's
//! row says so, and nothing else is touched, so that the two can be parted again.
//!
//! Whatever is read of a child asks here for all [`numbers`] by which they are entered; whatever is written stays
//! under the number that it was written under.

use rusqlite::{Connection, params};

use super::super::error::Result;
use super::super::project::At;
use super::child::{self, Child};
use super::chronology;
use crate::domain::ids::ChildId;
use crate::domain::text::{Text, sentence};

/// From here on the one is read as the other.
pub(in crate::cabinet) fn merge(at: &At, child: ChildId, into: ChildId, reason: &Text) -> Result<()> {
    let (from, kept) = (child::get(at.db, child)?, child::get(at.db, into)?);
    read_as(at.db, child, Some(into))?;
    let text = format!(
        "Entered twice: {} is {}, and both are read as one from here on. Reason: {}",
        called(&from),
        called(&kept),
        sentence(reason)
    );
    chronology::told_of_both(at, [child, into], &text)
}

/// They are two again, and are not asked about any more.
pub(in crate::cabinet) fn part(at: &At, child: ChildId, from: ChildId, reason: &Text) -> Result<()> {
    let (parted, kept) = (child::get(at.db, child)?, child::get(at.db, from)?);
    read_as(at.db, child, None)?;
    tell_apart(at, child, from)?;
    let text = format!(
        "{} and {} are two children after all, and have their own rows again. Reason: {}",
        called(&parted),
        called(&kept),
        sentence(reason)
    );
    chronology::told_of_both(at, [child, from], &text)
}

fn called(child: &Child) -> String {
    format!("{} (number {})", child.details.name.one_line(), child.id)
}

fn read_as(db: &Connection, child: ChildId, into: Option<ChildId>) -> Result<()> {
    db.prepare_cached("UPDATE child SET merged_into = ?2 WHERE id = ?1")?
        .execute(params![child.0, into.map(|into| into.0)])?;
    Ok(())
}

/// They are two children.
pub(in crate::cabinet) fn tell_apart(at: &At, child: ChildId, other: ChildId) -> Result<()> {
    let [child, other] = in_order(child, other);
    at.db
        .prepare_cached("INSERT OR IGNORE INTO told_apart (child, other, seq) VALUES (?1, ?2, ?3)")?
        .execute([child.0, other.0, at.seq.0])?;
    Ok(())
}

/// The lower number first.
pub fn in_order(child: ChildId, other: ChildId) -> [ChildId; 2] {
    if child <= other { [child, other] } else { [other, child] }
}

/// Whether a child was entered once, as nearly all were: asked for each row of a list, and so of two indexes alone.
fn is_alone(db: &Connection, child: ChildId) -> Result<bool> {
    let sql = "SELECT 1 FROM child WHERE id = ?1
        AND (merged_into IS NOT NULL OR EXISTS (SELECT 1 FROM child AS other WHERE other.merged_into = ?1))";
    Ok(!db.prepare_cached(sql)?.exists([child.0])?)
}

/// The number by which a child is read: their own, unless they were merged.
pub fn kept(db: &Connection, child: ChildId) -> Result<ChildId> {
    if is_alone(db, child)? {
        return Ok(child);
    }
    let mut last = child;
    let mut statement = db.prepare_cached(
        "WITH RECURSIVE up (id, next) AS (
             SELECT id, merged_into FROM child WHERE id = ?1
             UNION SELECT c.id, c.merged_into FROM up JOIN child c ON c.id = up.next
         )
         SELECT id FROM up WHERE next IS NULL",
    )?;
    for id in statement.query_map([child.0], |row| row.get(0).map(ChildId))? {
        last = id?;
    }
    Ok(last)
}

/// All numbers by which the child is entered who has this one: the one that is kept first.
pub fn numbers(db: &Connection, child: ChildId) -> Result<Vec<ChildId>> {
    if is_alone(db, child)? {
        return Ok(vec![child]);
    }
    let kept = kept(db, child)?;
    let mut statement = db.prepare_cached(
        "WITH RECURSIVE down (id) AS (
             VALUES (?1) UNION SELECT c.id FROM down JOIN child c ON c.merged_into = down.id
         )
         SELECT id FROM down ORDER BY id <> ?1, id",
    )?;
    let numbers =
        statement.query_map([kept.0], |row| row.get(0).map(ChildId))?.collect::<rusqlite::Result<_>>()?;
    Ok(numbers)
}

/// Who is read as another, and as whom: by the link that was made, which may lead on to a further one.
pub fn all(db: &Connection) -> Result<Vec<(ChildId, ChildId)>> {
    let sql = "SELECT id, merged_into FROM child WHERE merged_into IS NOT NULL ORDER BY id";
    let mut statement = db.prepare_cached(sql)?;
    let merged = statement
        .query_map([], |row| Ok((ChildId(row.get(0)?), ChildId(row.get(1)?))))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(merged)
}

/// As whom a child is read, by the link that was made; none where they are read as themselves.
pub fn into_whom(db: &Connection, child: ChildId) -> Result<Option<ChildId>> {
    let sql = "SELECT merged_into FROM child WHERE id = ?1";
    Ok(db.prepare_cached(sql)?.query_row([child.0], |row| Ok(row.get::<_, Option<i64>>(0)?.map(ChildId)))?)
}

/// The pairs of whom somebody has said that they are two children, the lower number first.
pub fn told_apart(db: &Connection) -> Result<Vec<[ChildId; 2]>> {
    let mut statement = db.prepare_cached("SELECT child, other FROM told_apart ORDER BY child, other")?;
    let pairs = statement
        .query_map([], |row| Ok([ChildId(row.get(0)?), ChildId(row.get(1)?)]))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(pairs)
}
