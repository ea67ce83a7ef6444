//! Calls that belong to no child and no concern yet.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::super::error::{Error, Result};
use super::super::ledger;
use super::super::project::At;
use super::restriction::Reader;
use crate::domain::call::Call;
use crate::domain::entry::Entry;
use crate::domain::ids::Seq;

/// A call, and when it was recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct LooseCall {
    pub seq: Seq,
    pub recorded_at: DateTime<Utc>,
    pub call: Call,
}

pub(in crate::cabinet) fn insert(at: &At) -> Result<()> {
    at.db.prepare_cached("INSERT INTO loose_call (seq) VALUES (?1)")?.execute([at.seq.0])?;
    Ok(())
}

pub(in crate::cabinet) fn place(at: &At, call: Seq) -> Result<()> {
    at.db.prepare_cached("DELETE FROM loose_call WHERE seq = ?1")?.execute([call.0])?;
    Ok(())
}

/// How many of them there are.
pub fn count(db: &Connection, reader: &Reader) -> Result<u64> {
    let sql = "SELECT count(*) FROM loose_call c JOIN ledger l ON l.seq = c.seq WHERE l.author = ?1 OR ?2";
    Ok(db.prepare_cached(sql)?.query_row(params![reader.person(), reader.leads()], |row| row.get(0))?)
}

/// One that belongs to nothing yet, for whoever may see it.
pub fn get(db: &Connection, reader: &Reader, seq: Seq) -> Result<LooseCall> {
    let found = all(db, reader)?.into_iter().find(|call| call.seq == seq);
    found.ok_or_else(|| {
        Error::Refused("Somebody has placed this call already. Look at it where it is.".to_owned())
    })
}

/// Those of whoever asks, the newest first; of everybody for whoever leads. Nobody knows yet whom they are about.
pub fn all(db: &Connection, reader: &Reader) -> Result<Vec<LooseCall>> {
    let mut statement = db.prepare_cached(
        "SELECT c.seq FROM loose_call c JOIN ledger l ON l.seq = c.seq
         WHERE l.author = ?1 OR ?2 ORDER BY c.seq DESC",
    )?;
    let found: Vec<Seq> = statement
        .query_map(params![reader.person(), reader.leads()], |row| row.get(0).map(Seq))?
        .collect::<rusqlite::Result<_>>()?;
    found.into_iter().map(|seq| read(db, seq)).collect()
}

fn read(db: &Connection, seq: Seq) -> Result<LooseCall> {
    let unreadable = || Error::Unreadable { seq: seq.0 };
    let line = ledger::line(db, seq)?;
    let recorded_at = DateTime::parse_from_rfc3339(&line.recorded_at).map_err(|_| unreadable())?.to_utc();
    let call = match line.entry()? {
        Entry::CallTried { call, .. } => Call::Tried(call),
        Entry::CallNoted { advice } => Call::Noted(advice),
        _ => return Err(unreadable()),
    };
    Ok(LooseCall { seq, recorded_at, call })
}
