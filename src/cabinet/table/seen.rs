//! Who has opened a concern or a child, and when.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::super::error::{Error, Result};
use super::super::project::At;
use super::merged;
use crate::domain::entry::Subject;
use crate::domain::text::Text;

/// Somebody who opened it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// Full name and role as they were then.
    pub by: Text,
    pub at: DateTime<Utc>,
}

pub(in crate::cabinet) fn insert(at: &At, subject: Subject) -> Result<()> {
    let (what, id) = key(subject);
    at.db
        .prepare_cached("INSERT INTO seen (what, id, seq, recorded_at, author) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![what, id, at.seq.0, at.recorded_at.to_rfc3339(), at.author.0])?;
    Ok(())
}

/// Everybody who has opened it, the newest first; a child, under whichever of the numbers that they are entered by.
pub fn of(db: &Connection, subject: Subject) -> Result<Vec<Sighting>> {
    let subjects = match subject {
        Subject::Concern(_) => vec![subject],
        Subject::Child(child) => merged::numbers(db, child)?.into_iter().map(Subject::Child).collect(),
    };
    let mut seen = Vec::new();
    for subject in subjects {
        seen.extend(of_one(db, subject)?);
    }
    seen.sort_by_key(|(seq, _)| std::cmp::Reverse(*seq));
    Ok(seen.into_iter().map(|(_, sighting)| sighting).collect())
}

fn of_one(db: &Connection, subject: Subject) -> Result<Vec<(i64, Sighting)>> {
    let (what, id) = key(subject);
    let mut statement = db.prepare_cached(
        "SELECT s.seq, p.name, p.role, s.recorded_at FROM seen s JOIN person p ON p.seq = s.author
         WHERE s.what = ?1 AND s.id = ?2 ORDER BY s.seq DESC",
    )?;
    let rows = statement.query_map(params![what, id], |row| {
        Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?))
    })?;
    rows.map(|row| {
        let (seq, name, role, at) = row?;
        let at = DateTime::parse_from_rfc3339(&at).map_err(|_| Error::Unreadable { seq })?.to_utc();
        Ok((seq, Sighting { by: Text::from(format!("{name}, {role}")), at }))
    })
    .collect()
}

fn key(subject: Subject) -> (&'static str, i64) {
    match subject {
        Subject::Concern(concern) => ("concern", concern.0),
        Subject::Child(child) => ("child", child.0),
    }
}
