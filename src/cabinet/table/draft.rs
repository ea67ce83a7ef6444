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

/// Whether a draft was as it was thought to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    AsThought,
    /// Another desk has written there since.
    Otherwise,
}

/// Keeps a draft in place of what was there before, as far as that is known. Not an act of the record, so it takes the
/// connection and not a writer.
pub fn keep(
    db: &Connection,
    slot: &str,
    before: Option<&str>,
    body: &str,
    now: DateTime<Utc>,
) -> Result<Stands> {
    let kept = db
        .prepare_cached(
            "INSERT INTO draft (slot, body, saved_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (slot) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at
             WHERE draft.body = ?4",
        )?
        .execute(params![slot, body, now.timestamp(), before])?;
    Ok(if kept == 1 { Stands::AsThought } else { Stands::Otherwise })
}

/// Discards a draft, unless another desk has written there since.
pub fn discard(db: &Connection, slot: &str, before: Option<&str>) -> Result<()> {
    db.execute("DELETE FROM draft WHERE slot = ?1 AND body = ?2", params![slot, before])?;
    Ok(())
}

/// Discards a draft in the same transaction that saves what it became.
pub fn became_saved(writer: &Writer, slot: &str, before: Option<&str>) -> Result<()> {
    discard(writer.db(), slot, before)
}

const COLUMNS: &str = "slot, body, saved_at";

fn read(row: &rusqlite::Row) -> rusqlite::Result<Draft> {
    Ok(Draft {
        slot: row.get(0)?,
        body: Text::from(row.get::<_, String>(1)?),
        saved_at: DateTime::from_timestamp(row.get(2)?, 0).unwrap_or_default(),
    })
}

/// A draft, and its body as it is kept, to the byte.
pub fn get(db: &Connection, slot: &str) -> Result<Option<(Draft, String)>> {
    let sql = format!("SELECT {COLUMNS} FROM draft WHERE slot = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([slot], |row| Ok((read(row)?, row.get(1)?))).optional()?)
}

/// All drafts, the newest first.
pub fn all(db: &Connection) -> Result<Vec<Draft>> {
    let sql = format!("SELECT {COLUMNS} FROM draft ORDER BY saved_at DESC, slot");
    let mut statement = db.prepare_cached(&sql)?;
    let drafts = statement.query_map([], read)?.collect::<rusqlite::Result<_>>()?;
    Ok(drafts)
}
