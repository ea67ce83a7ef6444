//! Text that is not saved yet: the one table that is neither record nor projection.
//!
//! A draft is written while it is typed, and is gone once it was saved or knowingly discarded.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::super::Writer;
use super::super::error::Result;
use crate::domain::text::Text;

/// Where a draft belongs (such as `part2/7/advice`) and when it was last typed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub slot: String,
    /// The form's fields as JSON; a `Text`, so that it is never printed.
    pub body: Text,
    pub saved_at: DateTime<Utc>,
}

/// Keeps a draft. Not an act of the record, so it takes the connection and not a writer.
pub fn keep(db: &Connection, slot: &str, body: &str, now: DateTime<Utc>) -> Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO draft (slot, body, saved_at) VALUES (?1, ?2, ?3)")?
        .execute(params![slot, body, now.timestamp()])?;
    Ok(())
}

pub fn discard(db: &Connection, slot: &str) -> Result<()> {
    db.execute("DELETE FROM draft WHERE slot = ?1", [slot])?;
    Ok(())
}

/// Discards a draft in the same transaction that saves what it became.
pub fn became_saved(writer: &Writer, slot: &str) -> Result<()> {
    discard(writer.db(), slot)
}

const COLUMNS: &str = "slot, body, saved_at";

fn read(row: &rusqlite::Row) -> rusqlite::Result<Draft> {
    Ok(Draft {
        slot: row.get(0)?,
        body: Text::from(row.get::<_, String>(1)?),
        saved_at: DateTime::from_timestamp(row.get(2)?, 0).unwrap_or_default(),
    })
}

pub fn get(db: &Connection, slot: &str) -> Result<Option<Draft>> {
    let sql = format!("SELECT {COLUMNS} FROM draft WHERE slot = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([slot], read).optional()?)
}

/// All drafts, the newest first.
pub fn all(db: &Connection) -> Result<Vec<Draft>> {
    let sql = format!("SELECT {COLUMNS} FROM draft ORDER BY saved_at DESC, slot");
    let mut statement = db.prepare_cached(&sql)?;
    let drafts = statement.query_map([], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(drafts)
}
