//! The adults whom each concern names in full, so that the concerns that name the same one are read off an index.
//!
//! A name is kept as its folded words in order: two are one where they agree to the letter, whatever their case,
//! accents and order. Those that merely nearly agree may well be two people, and are not put together.

use rusqlite::{Connection, named_params, params};

use super::super::error::{Error, Result};
use super::super::project::At;
use super::concern;
use super::restriction::{HIDDEN, Reader};
use crate::domain::concern::Part1;
use crate::domain::field::{CorrectedField, Part1Field};
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::domain::pattern::named_adults;
use crate::domain::text::Text;
use crate::search::fold;

/// Those whom a concern names on arrival.
pub(in crate::cabinet) fn received(at: &At, concern: ConcernId, part1: &Part1) -> Result<()> {
    insert(at.db, concern, part1)
}

/// Those whom it names now, where what was put right may have named somebody.
pub(in crate::cabinet) fn corrected(at: &At, concern: ConcernId, field: &CorrectedField) -> Result<()> {
    match field {
        CorrectedField::Part1(Part1Field::Who | Part1Field::StaffName) => {
            at.db.prepare_cached("DELETE FROM named_adult WHERE concern = ?1")?.execute([concern.0])?;
            insert_standing(at.db, concern)
        }
        CorrectedField::Part1(_)
        | CorrectedField::Unknown(_)
        | CorrectedField::Child(..)
        | CorrectedField::Section(_) => Ok(()),
    }
}

/// Fills the empty table in a file from before there was one. Of an entry that cannot be read there is nothing;
/// `verify` names it.
pub(in crate::cabinet) fn read_anew(db: &Connection) -> Result<()> {
    let mut statement = db.prepare("SELECT id FROM concern ORDER BY id")?;
    let concerns =
        statement.query_map([], |row| row.get(0).map(ConcernId))?.collect::<rusqlite::Result<Vec<_>>>()?;
    for concern in concerns {
        match insert_standing(db, concern) {
            Err(Error::Unreadable { .. }) => {}
            done => done?,
        }
    }
    Ok(())
}

fn insert_standing(db: &Connection, concern: ConcernId) -> Result<()> {
    concern::standing(db, concern)?.map_or(Ok(()), |part1| insert(db, concern, &part1))
}

fn insert(db: &Connection, concern: ConcernId, part1: &Part1) -> Result<()> {
    let mut statement =
        db.prepare_cached("INSERT OR IGNORE INTO named_adult (concern, folded, name) VALUES (?1, ?2, ?3)")?;
    for adult in named_adults(part1) {
        statement.execute(params![concern.0, in_order(&fold(&adult)), adult.as_str()])?;
    }
    Ok(())
}

fn in_order(folded: &str) -> String {
    let mut words: Vec<&str> = folded.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

/// An adult whom a concern names.
pub(super) struct NamedAdult {
    pub(super) concern: ConcernId,
    pub(super) folded: String,
    pub(super) name: Text,
}

/// Those whom the concerns of a child name, under one of their numbers, of what the reader opens.
pub(super) fn of_child(db: &Connection, reader: &Reader, child: ChildId) -> Result<Vec<NamedAdult>> {
    let sql = format!(
        "SELECT DISTINCT n.concern, n.folded, n.name FROM link l JOIN named_adult n ON n.concern = l.concern
         WHERE l.child = :child AND l.concern NOT IN ({HIDDEN}) ORDER BY n.concern, n.folded"
    );
    let asked = named_params! { ":child": child.0, ":reader": reader.person(), ":leads": reader.leads() };
    let mut statement = db.prepare_cached(&sql)?;
    let named = statement.query_map(asked, |row| {
        let name: String = row.get(2)?;
        Ok(NamedAdult { concern: ConcernId(row.get(0)?), folded: row.get(1)?, name: Text::from(name) })
    })?;
    Ok(named.collect::<rusqlite::Result<_>>()?)
}

/// A child of a concern that names an adult, with the entry that began it.
pub(super) struct Naming {
    pub(super) concern: ConcernId,
    pub(super) child: ChildId,
    pub(super) seq: Seq,
}

/// The concerns that name an adult and that the reader opens, with the child in each place; so many at most.
pub(super) fn naming(db: &Connection, reader: &Reader, folded: &str, most: usize) -> Result<Vec<Naming>> {
    let sql = format!(
        "SELECT n.concern, l.child, c.seq FROM named_adult n
         JOIN link l ON l.concern = n.concern JOIN concern c ON c.id = n.concern
         WHERE n.folded = :folded AND n.concern NOT IN ({HIDDEN}) ORDER BY n.concern, l.position LIMIT :most"
    );
    let asked = named_params! {
        ":folded": folded, ":reader": reader.person(), ":leads": reader.leads(), ":most": most
    };
    let mut statement = db.prepare_cached(&sql)?;
    let named = statement.query_map(asked, |row| {
        Ok(Naming { concern: ConcernId(row.get(0)?), child: ChildId(row.get(1)?), seq: Seq(row.get(2)?) })
    })?;
    Ok(named.collect::<rusqlite::Result<_>>()?)
}
