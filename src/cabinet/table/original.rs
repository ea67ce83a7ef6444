//! The files that arrived, byte for byte, each under its SHA-256; and which concern each row of them became.

use rusqlite::{Connection, OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};

use super::super::Writer;
use super::super::error::Result;
use super::super::keys;
use crate::domain::ids::ConcernId;

/// The name under which bytes are kept.
pub fn sha256(bytes: &[u8]) -> String {
    keys::hex(&Sha256::digest(bytes))
}

pub fn keep(writer: &Writer, sha256: &str, bytes: &[u8]) -> Result<()> {
    writer
        .db()
        .prepare_cached(
            "INSERT INTO original (sha256, bytes)
             SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM original WHERE sha256 = ?1)",
        )?
        .execute(params![sha256, bytes])?;
    Ok(())
}

pub fn get(db: &Connection, sha256: &str) -> Result<Option<Vec<u8>>> {
    Ok(db.query_row("SELECT bytes FROM original WHERE sha256 = ?1", [sha256], |row| row.get(0)).optional()?)
}

pub fn is_kept(db: &Connection, sha256: &str) -> Result<bool> {
    Ok(db
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM original WHERE sha256 = ?1)")?
        .query_row([sha256], |row| row.get(0))?)
}

/// The concern that a row of a file became when it first came in. `None` as the row is a file that is one concern.
pub fn concern_of(db: &Connection, sha256: &str, row: Option<u32>) -> Result<Option<ConcernId>> {
    Ok(db
        .prepare_cached("SELECT concern FROM source WHERE sha256 = ?1 AND row = ?2")?
        .query_row(params![sha256, row.unwrap_or(0)], |found| found.get(0).map(ConcernId))
        .optional()?)
}
