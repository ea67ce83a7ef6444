//! Who wrote: name and role as they were when the entry was signed; and the organisation's name.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::super::error::{Error, Result};
use super::super::project::At;
use crate::domain::cabinet::CabinetName;
use crate::domain::ids::{PersonId, Seq};
use crate::domain::person::{Person, RecoveryKey, Right};
use crate::domain::text::Text;

pub(in crate::cabinet) fn insert(db: &Connection, seq: Seq, person: &Person) -> Result<()> {
    db.execute(
        "INSERT INTO person (seq, person, name, role, signing_key, recipient, may)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            seq.0,
            person.person.0,
            person.name.as_str(),
            person.role.as_str(),
            person.signing_key,
            person.recipient.as_deref().unwrap_or_default(),
            person.right.label()
        ],
    )?;
    Ok(())
}

/// The same person under the same name and with the same keys.
pub(in crate::cabinet) fn change_right(at: &At, person: &PersonId, right: Right) -> Result<()> {
    let known = get(at.db, person)?.ok_or_else(|| Error::NoPerson(person.to_string()))?;
    insert(at.db, at.seq, &Person { right, ..known })
}

/// The line that admitted somebody under the name and role that they had at a given entry.
pub(in crate::cabinet) fn at(db: &Connection, person: &PersonId, seq: Seq) -> Result<Option<Seq>> {
    Ok(db
        .prepare_cached("SELECT max(seq) FROM person WHERE person = ?1 AND seq <= ?2")?
        .query_row(params![person.0, seq.0], |row| row.get::<_, Option<i64>>(0))?
        .map(Seq))
}

pub(in crate::cabinet) fn depart(at: &At, person: &PersonId, reason: &Text) -> Result<()> {
    at.db.execute(
        "INSERT INTO departure (seq, person, reason) VALUES (?1, ?2, ?3)",
        params![at.seq.0, person.0, reason.as_str()],
    )?;
    Ok(())
}

pub(in crate::cabinet) fn recovery_made(at: &At, key: &RecoveryKey) -> Result<()> {
    at.db.execute(
        "INSERT INTO recovery (seq, recipient, signing_key) VALUES (?1, ?2, ?3)",
        params![at.seq.0, key.recipient, key.signing_key],
    )?;
    Ok(())
}

/// The recovery key that counts; none where none was made.
pub fn recovery(db: &Connection) -> Result<Option<RecoveryKey>> {
    let newest = "SELECT recipient, signing_key FROM recovery ORDER BY seq DESC LIMIT 1";
    let key = |row: &Row| Ok(RecoveryKey { recipient: row.get(0)?, signing_key: row.get(1)? });
    Ok(db.prepare_cached(newest)?.query_row([], key).optional()?)
}

/// Whether somebody of that name was ever removed.
pub fn has_left(db: &Connection, person: &PersonId) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM departure WHERE person = ?1")?.exists([&person.0])?)
}

pub(in crate::cabinet) fn organisation(at: &At, name: &Text, cabinet: &str) -> Result<()> {
    at.db.execute(
        "INSERT INTO organisation (seq, name, cabinet) VALUES (?1, ?2, ?3)",
        params![at.seq.0, name.as_str(), cabinet],
    )?;
    Ok(())
}

/// A person of the desk, by the name of their file.
pub fn get(db: &Connection, person: &PersonId) -> Result<Option<Person>> {
    let sql = format!("{MEMBERS} AND person = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([&person.0], read).optional()?)
}

/// The name under which somebody was admitted the last time, whether they have left since or not.
pub(super) fn called(db: &Connection, person: &PersonId) -> Result<Text> {
    let name: Option<String> = db
        .prepare_cached("SELECT name FROM person WHERE person = ?1 ORDER BY seq DESC LIMIT 1")?
        .query_row([&person.0], |row| row.get(0))
        .optional()?;
    Ok(Text::from(name.unwrap_or_else(|| person.0.clone())))
}

/// Under which names everybody has recorded, whether they have left since or not.
pub fn names(db: &Connection) -> Result<Vec<(PersonId, String)>> {
    let mut statement =
        db.prepare_cached("SELECT DISTINCT person, name FROM person ORDER BY name, person")?;
    let names = statement.query_map([], |row| Ok((PersonId(row.get(0)?), row.get(1)?)))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

/// Everybody who is a person of the desk, by the names of their files.
pub fn all(db: &Connection) -> Result<Vec<Person>> {
    let sql = format!("{MEMBERS} ORDER BY person");
    let mut statement = db.prepare_cached(&sql)?;
    let people = statement.query_map([], read)?;
    Ok(people.collect::<rusqlite::Result<_>>()?)
}

/// As each was admitted the last time, and has not left since.
const MEMBERS: &str = "
    SELECT person, name, role, signing_key, recipient, may FROM person AS this
    WHERE seq = (SELECT max(seq) FROM person WHERE person = this.person)
    AND NOT EXISTS (SELECT 1 FROM departure WHERE person = this.person AND seq > this.seq)";

fn read(row: &Row) -> rusqlite::Result<Person> {
    let may: String = row.get(5)?;
    Ok(Person {
        person: PersonId(row.get(0)?),
        name: Text::from(row.get::<_, String>(1)?),
        role: Text::from(row.get::<_, String>(2)?),
        signing_key: row.get(3)?,
        recipient: Some(row.get(4)?).filter(|recipient: &String| !recipient.is_empty()),
        // A word that stands for no right gives the least of them.
        right: Right::from_label(&may).unwrap_or(Right::Reader),
    })
}

/// Since when a person of the desk has been one, whatever was changed about them since.
pub fn since(db: &Connection, person: &PersonId) -> Result<DateTime<Utc>> {
    let recorded_at: String = db
        .prepare_cached(
            "SELECT recorded_at FROM ledger WHERE seq = (
                SELECT min(seq) FROM person WHERE person = ?1
                AND seq > (SELECT coalesce(max(seq), 0) FROM departure WHERE person = ?1))",
        )?
        .query_row([&person.0], |row| row.get(0))?;
    Ok(DateTime::parse_from_rfc3339(&recorded_at).unwrap_or_default().to_utc())
}

/// Every key with which somebody ever signed.
pub(in crate::cabinet) fn signing_keys(db: &Connection, person: &PersonId) -> Result<Vec<String>> {
    let mut statement = db.prepare_cached("SELECT signing_key FROM person WHERE person = ?1")?;
    let keys = statement.query_map([&person.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(keys)
}

/// Whether the cabinet is the one of whoever receives concerns about the DSL.
pub fn is_senior_cabinet(db: &Connection) -> Result<bool> {
    let newest = "SELECT cabinet FROM organisation ORDER BY seq DESC LIMIT 1";
    let name: Option<String> = db.prepare_cached(newest)?.query_row([], |row| row.get(0)).optional()?;
    Ok(name.as_deref() == Some(CabinetName::Senior.label()))
}

/// The organisation's name, empty before set-up has ended.
pub fn organisation_name(db: &Connection) -> Result<Text> {
    let name: Option<String> = db
        .query_row("SELECT name FROM organisation ORDER BY seq DESC LIMIT 1", [], |row| row.get(0))
        .optional()?;
    Ok(Text::from(name.unwrap_or_default()))
}
