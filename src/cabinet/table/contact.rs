//! The book: services and people to ring.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::super::error::{Error, Result};
use super::super::project::At;
use super::{from_json, to_json};
use crate::domain::contact::ContactDetails;
use crate::domain::ids::{ContactId, Seq};
use crate::domain::text::Text;

/// A contact with the number by which the desk knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub id: ContactId,
    pub details: ContactDetails,
    /// Why it is no longer to be rung; blank while it is.
    pub retired: Text,
}

pub(in crate::cabinet) fn insert(at: &At, contact: ContactId, details: &ContactDetails) -> Result<()> {
    at.db
        .prepare_cached("INSERT INTO contact (id, seq, title, details, retired) VALUES (?1, ?2, '', '', '')")?
        .execute(params![contact.0, at.seq.0])?;
    update(at, contact, details)
}

pub(in crate::cabinet) fn update(at: &At, contact: ContactId, details: &ContactDetails) -> Result<()> {
    write(at.db, at.seq, contact, details)
}

fn write(db: &Connection, seq: Seq, contact: ContactId, details: &ContactDetails) -> Result<()> {
    db.prepare_cached("UPDATE contact SET seq = ?2, title = ?3, details = ?4, key = ?5 WHERE id = ?1")?
        .execute(params![contact.0, seq.0, details.title(), to_json(details, seq)?, details.key.as_str(),])?;
    Ok(())
}

/// Writes every contact as this edition does; what it says is what it said.
pub(in crate::cabinet) fn read_anew(db: &Connection) -> Result<()> {
    let mut statement = db.prepare("SELECT id, seq, details FROM contact ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (contact, seq) = (ContactId(row.get(0)?), Seq(row.get(1)?));
        let details = from_json(&row.get::<_, String>(2)?, seq)?;
        write(db, seq, contact, &details)?;
    }
    Ok(())
}

pub(in crate::cabinet) fn retire(at: &At, contact: ContactId, reason: &Text) -> Result<()> {
    at.db.execute(
        "UPDATE contact SET retired = ?2 WHERE id = ?1",
        params![contact.0, if reason.is_blank() { "retired" } else { reason.as_str() }],
    )?;
    Ok(())
}

type Raw = (i64, i64, String, String);

fn read(row: &Row) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn parse((id, seq, details, retired): Raw) -> Result<Contact> {
    Ok(Contact { id: ContactId(id), details: from_json(&details, Seq(seq))?, retired: Text::from(retired) })
}

pub fn get(db: &Connection, contact: ContactId) -> Result<Contact> {
    db.prepare_cached("SELECT id, seq, details, retired FROM contact WHERE id = ?1")?
        .query_row([contact.0], read)
        .optional()?
        .map_or(Err(Error::NoSuch("contact", contact.0)), parse)
}

/// Whoever the routing may send her to: those with a key, in the order in which they became known.
pub fn with_keys(db: &Connection) -> Result<Vec<Contact>> {
    let mut statement = db.prepare_cached(
        "SELECT id, seq, details, retired FROM contact WHERE key <> '' AND retired = '' ORDER BY id",
    )?;
    statement.query_map([], read)?.map(|row| parse(row?)).collect()
}

/// A window of the book by title, the retired ones last.
pub fn page(db: &Connection, offset: u64, limit: u64) -> Result<Vec<Contact>> {
    let mut statement = db.prepare_cached(
        "SELECT id, seq, details, retired FROM contact
         ORDER BY retired <> '', title COLLATE NOCASE, id LIMIT ?1 OFFSET ?2",
    )?;
    statement.query_map(params![limit, offset], read)?.map(|row| parse(row?)).collect()
}

/// Contacts in the order in which they became known, retired or not, after one of them; for the finder's index.
pub fn after(db: &Connection, contact: ContactId, limit: u64) -> Result<Vec<Contact>> {
    let mut statement = db
        .prepare_cached("SELECT id, seq, details, retired FROM contact WHERE id > ?1 ORDER BY id LIMIT ?2")?;
    statement.query_map(params![contact.0, limit], read)?.map(|row| parse(row?)).collect()
}

pub fn count(db: &Connection) -> Result<u64> {
    Ok(db.query_row("SELECT count(*) FROM contact", [], |row| row.get(0))?)
}
