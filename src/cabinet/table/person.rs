//! Who wrote: name and role as they were when the entry was signed; and the organisation's name.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::super::error::Result;
use super::super::project::At;
use crate::domain::ids::{PersonId, Seq};
use crate::domain::person::Person;
use crate::domain::text::Text;

pub(in crate::cabinet) fn insert(db: &Connection, seq: Seq, person: &Person) -> Result<()> {
    db.execute(
        "INSERT INTO person (seq, person, name, role, signing_key) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![seq.0, person.person.0, person.name.as_str(), person.role.as_str(), person.signing_key],
    )?;
    Ok(())
}

/// The line that admitted somebody under the name and role that they had at a given entry.
pub(in crate::cabinet) fn at(db: &Connection, person: &PersonId, seq: Seq) -> Result<Option<Seq>> {
    Ok(db
        .prepare_cached("SELECT max(seq) FROM person WHERE person = ?1 AND seq <= ?2")?
        .query_row(params![person.0, seq.0], |row| row.get::<_, Option<i64>>(0))?
        .map(Seq))
}

pub(in crate::cabinet) fn organisation(at: &At, name: &Text, cabinet: &str) -> Result<()> {
    at.db.execute(
        "INSERT INTO organisation (seq, name, cabinet) VALUES (?1, ?2, ?3)",
        params![at.seq.0, name.as_str(), cabinet],
    )?;
    Ok(())
}

/// Full name and role of whoever is known under that name of a people file.
pub fn get(db: &Connection, person: &PersonId) -> Result<Option<Person>> {
    Ok(db
        .prepare_cached(
            "SELECT person, name, role, signing_key FROM person WHERE person = ?1 ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([&person.0], |row| {
            Ok(Person {
                person: PersonId(row.get(0)?),
                name: Text::from(row.get::<_, String>(1)?),
                role: Text::from(row.get::<_, String>(2)?),
                signing_key: row.get(3)?,
            })
        })
        .optional()?)
}

/// Every key with which somebody ever signed.
pub(in crate::cabinet) fn signing_keys(db: &Connection, person: &PersonId) -> Result<Vec<String>> {
    let mut statement = db.prepare_cached("SELECT signing_key FROM person WHERE person = ?1")?;
    let keys = statement.query_map([&person.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(keys)
}

/// The organisation's name, empty before set-up has ended.
pub fn organisation_name(db: &Connection) -> Result<Text> {
    let name: Option<String> = db
        .query_row("SELECT name FROM organisation ORDER BY seq DESC LIMIT 1", [], |row| row.get(0))
        .optional()?;
    Ok(Text::from(name.unwrap_or_default()))
}
