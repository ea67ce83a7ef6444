//! The ledger: numbered lines, each holding the hash of the one before and its author's signature.
//!
//! A line's hash is the SHA-256 of these six lines of text, each ended by a newline, so that anybody can
//! recompute it with a shell: number, time, author, kind, body, previous hash (64 zeros for the first).
//! The body is canonical JSON: keys sorted, no white space.

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::error::{Error, Result};
use super::keys::{self, Signer};
use super::signature;
use crate::domain::entry::Entry;
use crate::domain::ids::{PersonId, Seq};

/// The hash that stands before the first line.
pub(super) const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The newest line: what the next one is chained to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub seq: Seq,
    pub hash: String,
}

/// One line as it stands in the table.
#[derive(Clone, Debug)]
pub struct Line {
    pub seq: Seq,
    /// UTC, RFC 3339 with milliseconds.
    pub recorded_at: String,
    pub author: PersonId,
    pub kind: String,
    pub body: String,
    pub prev: String,
    pub hash: String,
    pub signature: String,
}

impl Line {
    pub(super) const COLUMNS: &'static str = "seq, recorded_at, author, kind, body, prev, hash, signature";

    pub(super) fn read(row: &Row) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: Seq(row.get(0)?),
            recorded_at: row.get(1)?,
            author: PersonId(row.get(2)?),
            kind: row.get(3)?,
            body: row.get(4)?,
            prev: row.get(5)?,
            hash: row.get(6)?,
            signature: row.get(7)?,
        })
    }

    /// The entry that the line records.
    pub fn entry(&self) -> Result<Entry> {
        decode(&self.kind, &self.body).ok_or(Error::Unreadable { seq: self.seq.0 })
    }

    /// When it was recorded; none where that was changed to something that is no time.
    pub fn recorded(&self) -> Option<DateTime<Utc>> {
        DateTime::parse_from_rfc3339(&self.recorded_at).ok().map(|at| at.to_utc())
    }

    pub(super) fn computed_hash(&self) -> String {
        let mut sha = Sha256::new();
        for field in
            [&self.seq.to_string(), &self.recorded_at, &self.author.0, &self.kind, &self.body, &self.prev]
        {
            sha.update(field.as_bytes());
            sha.update(b"\n");
        }
        keys::hex(&sha.finalize())
    }

    pub(super) fn is_signed_by(&self, key: &str) -> bool {
        signature::key(key).is_some_and(|key| signature::is_of(&key, &self.hash, &self.signature))
    }
}

/// The newest line, or what stands before the first.
pub fn head(db: &Connection) -> Result<Head> {
    let newest = db
        .prepare_cached("SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok(Head { seq: Seq(row.get(0)?), hash: row.get(1)? }))
        .optional()?;
    Ok(newest.unwrap_or_else(|| Head { seq: Seq(0), hash: GENESIS.to_owned() }))
}

/// One line by its number.
pub fn line(db: &Connection, seq: Seq) -> Result<Line> {
    let sql = format!("SELECT {} FROM ledger WHERE seq = ?1", Line::COLUMNS);
    db.prepare_cached(&sql)?.query_row([seq.0], Line::read).optional()?.ok_or(Error::NoSuch("entry", seq.0))
}

/// The hash of a line and when it was recorded, where there is such a line.
pub(super) fn mark(db: &Connection, seq: Seq) -> Result<Option<(String, DateTime<Utc>)>> {
    let mut statement = db.prepare_cached("SELECT hash, recorded_at FROM ledger WHERE seq = ?1")?;
    let mark = statement.query_row([seq.0], |row| Ok((row.get(0)?, row.get::<_, String>(1)?))).optional()?;
    let Some((hash, recorded_at)) = mark else { return Ok(None) };
    let at = DateTime::parse_from_rfc3339(&recorded_at).map_err(|_| Error::Unreadable { seq: seq.0 })?;
    Ok(Some((hash, at.to_utc())))
}

/// The entries after a line, oldest first.
pub fn since(db: &Connection, seq: Seq) -> Result<Vec<(Seq, Entry)>> {
    let sql = format!("SELECT {} FROM ledger WHERE seq > ?1 ORDER BY seq", Line::COLUMNS);
    let mut statement = db.prepare_cached(&sql)?;
    let lines = statement.query_map([seq.0], Line::read)?;
    lines
        .map(|line| {
            let line = line?;
            Ok((line.seq, line.entry()?))
        })
        .collect()
}

/// The longest body of an entry, in bytes: ten times the longest report that is taken in.
const LONGEST: usize = 5_000_000;

pub(super) fn append(
    db: &Connection,
    head: &Head,
    signer: &Signer,
    now: DateTime<Utc>,
    entry: &Entry,
) -> Result<Line> {
    let seq = Seq(head.seq.0 + 1);
    let (kind, body) = encode(entry).ok_or(Error::NotKept)?;
    if body.len() > LONGEST {
        return Err(Error::TooLong);
    }
    // What is in the ledger stays: nothing goes in that would not come out as it is.
    if decode(&kind, &body).as_ref() != Some(entry) {
        return Err(Error::NotKept);
    }
    let mut line = Line {
        seq,
        recorded_at: now.to_rfc3339_opts(SecondsFormat::Millis, true),
        author: signer.person.clone(),
        kind,
        body,
        prev: head.hash.clone(),
        hash: String::new(),
        signature: String::new(),
    };
    line.hash = line.computed_hash();
    line.signature = signature::sign(signer, &line.hash);
    copy(db, &line)?;
    Ok(line)
}

/// Writes a line as it is.
pub(super) fn copy(db: &Connection, line: &Line) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO ledger (seq, recorded_at, author, kind, body, prev, hash, signature)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(rusqlite::params![
        line.seq.0,
        line.recorded_at,
        line.author.0,
        line.kind,
        line.body,
        line.prev,
        line.hash,
        line.signature
    ])?;
    Ok(())
}

/// An entry as the two columns that hold it.
fn encode(entry: &Entry) -> Option<(String, String)> {
    let mut value = serde_json::to_value(entry).ok()?;
    let kind = value.get("kind")?.as_str()?.to_owned();
    let body = canonical(value.get_mut("body")?.take());
    Some((kind, serde_json::to_string(&body).ok()?))
}

pub(super) fn decode(kind: &str, body: &str) -> Option<Entry> {
    let body: Value = serde_json::from_str(body).ok()?;
    serde_json::from_value(serde_json::json!({ "kind": kind, "body": body })).ok()
}

/// Sorts the keys, whatever order the JSON library keeps them in.
pub(super) fn canonical(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut fields: Vec<(String, Value)> =
                map.into_iter().map(|(key, value)| (key, canonical(value))).collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(fields.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(canonical).collect()),
        other => other,
    }
}
