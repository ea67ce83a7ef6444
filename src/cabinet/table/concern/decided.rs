//! What was decided last of a concern, without reading all of it.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::standing;
use crate::cabinet::error::Result;
use crate::cabinet::ledger;
use crate::domain::decision::{Decision, DecisionKind};
use crate::domain::entry::Entry;
use crate::domain::ids::{ConcernId, Seq};
use crate::domain::text::Text;

/// By `data/levels.toml`; none where nobody has said.
pub fn level(db: &Connection, concern: ConcernId) -> Result<Option<u8>> {
    let level: Option<u8> = db
        .prepare_cached("SELECT level FROM concern WHERE id = ?1")?
        .query_row([concern.0], |row| row.get(0))
        .optional()?;
    Ok(level.filter(|level| *level > 0))
}

/// What it is about: as was decided last, or else as the reporter said and was put right.
pub fn categories(db: &Connection, concern: ConcernId) -> Result<Vec<Text>> {
    let last: Option<i64> = db
        .prepare_cached("SELECT max(seq) FROM concern_entry WHERE concern = ?1 AND kind = ?2")?
        .query_row(params![concern.0, DecisionKind::Categories.name()], |row| row.get(0))?;
    if let Some(seq) = last
        && let Entry::Decided { decision: Decision::Categories(about), .. } =
            ledger::line(db, Seq(seq))?.entry()?
    {
        return Ok(about.categories);
    }
    Ok(standing(db, concern)?.map(|part1| part1.categories).unwrap_or_default())
}
