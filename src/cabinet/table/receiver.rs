//! Who receives a concern about the DSL, and the key of the cabinet to which it is sealed (R14).

use rusqlite::{Connection, OptionalExtension as _, params};

use super::super::error::Result;
use super::super::project::At;
use crate::domain::person::Receiver;
use crate::domain::text::Text;

pub(in crate::cabinet) fn name(at: &At, receiver: &Receiver) -> Result<()> {
    at.db.execute(
        "INSERT INTO receiver (seq, name, role) VALUES (?1, ?2, ?3)",
        params![at.seq.0, receiver.name.as_str(), receiver.role.as_str()],
    )?;
    Ok(())
}

pub(in crate::cabinet) fn cabinet_made(at: &At, intake_key: &str) -> Result<()> {
    at.db.execute(
        "INSERT INTO senior_cabinet (seq, intake_key) VALUES (?1, ?2)",
        params![at.seq.0, intake_key],
    )?;
    Ok(())
}

/// Whoever was named last.
pub fn get(db: &Connection) -> Result<Option<Receiver>> {
    let newest = "SELECT name, role FROM receiver ORDER BY seq DESC LIMIT 1";
    let text = |row: &rusqlite::Row, column| row.get::<_, String>(column).map(Text::from);
    Ok(db
        .prepare_cached(newest)?
        .query_row([], |row| Ok(Receiver { name: text(row, 0)?, role: text(row, 1)? }))
        .optional()?)
}

/// The public key to which reports for the senior cabinet are sealed; none before there is one.
pub fn intake_key(db: &Connection) -> Result<Option<String>> {
    let newest = "SELECT intake_key FROM senior_cabinet ORDER BY seq DESC LIMIT 1";
    Ok(db.prepare_cached(newest)?.query_row([], |row| row.get(0)).optional()?)
}
