//! Reports by what they say: form services export the whole sheet each time, and a report is known again in it.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::super::error::{Error, Result};
use super::super::ledger;
use super::super::project::At;
use super::original;
use crate::domain::concern::Part1;
use crate::domain::ids::ConcernId;

/// The SHA-256 of a Part 1 as canonical JSON.
pub fn digest(part1: &Part1) -> Result<String> {
    let value = serde_json::to_value(part1).map_err(|_| Error::NotKept)?;
    Ok(original::sha256(ledger::canonical(value).to_string().as_bytes()))
}

pub(in crate::cabinet) fn insert(at: &At, concern: ConcernId, part1: &Part1) -> Result<()> {
    at.db
        .prepare_cached("INSERT INTO report (digest, concern) VALUES (?1, ?2)")?
        .execute(params![digest(part1)?, concern.0])?;
    Ok(())
}

/// Every concern that says this.
pub fn concerns_of(db: &Connection, digest: &str) -> Result<Vec<ConcernId>> {
    let mut statement = db.prepare_cached("SELECT concern FROM report WHERE digest = ?1 ORDER BY concern")?;
    let concerns =
        statement.query_map([digest], |row| row.get(0).map(ConcernId))?.collect::<rusqlite::Result<_>>()?;
    Ok(concerns)
}

/// The concern that a report became: the first that says the same, or the second where it is there twice, and so on.
pub fn concern_of(db: &Connection, digest: &str, nth: u32) -> Result<Option<ConcernId>> {
    Ok(db
        .prepare_cached("SELECT concern FROM report WHERE digest = ?1 ORDER BY concern LIMIT 1 OFFSET ?2")?
        .query_row(params![digest, nth], |row| row.get(0).map(ConcernId))
        .optional()?)
}
