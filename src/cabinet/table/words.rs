//! The words of running text: which entries hold which, kept so that the newest that hold any of them are found at once
//! however many there are, and the vocabulary that they make up.
//!
//! The text itself is not kept a second time, only its terms ([`terms`]). Of each term there is a row for every 65,536
//! entries of the ledger that has it anywhere: a bit for each entry, or its number where they are few ([`bits`]). What
//! two of a million entries have in common is so read off a few pages, whatever was looked for.
//!
//! The newest entries wait in `loose_words`, as lists of their terms, until there are [`TOGETHER`] of them: a save
//! writes one row, and not one for each of its words. What is restricted stays there for good, beside the number of its
//! concern: no term of it is among those of everybody.

mod bits;
mod looking;
mod terms;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension as _, named_params, params};

use super::super::error::{Error, Result};
use super::super::ledger::{self, Line};
use super::super::project::At;
use super::restriction::{self, HIDDEN, Reader};
use crate::domain::entry::Entry;
use crate::domain::ids::{ConcernId, PersonId, Seq};
use crate::domain::moment::Moment;
use bits::{BLOCK, Bits};
pub use looking::{Enough, Group, Loose, Wanted, newest};
use terms::{FIRST_WORD, Told};
pub use terms::{beside, between, by, of_kind};

/// So many entries of the ledger go into the index at once. A block is made of whole ones.
const TOGETHER: i64 = 512;

/// An entry as it is found.
struct Found<'p> {
    seq: Seq,
    author: &'p PersonId,
    recorded_at: Option<DateTime<Utc>>,
    concern: Option<ConcernId>,
    told: Told,
}

impl<'p> Found<'p> {
    /// None where there is nothing to find. Of an entry that cannot be read there is nothing; `verify` names it.
    fn read(line: &'p Line) -> Option<Self> {
        let entry = line.entry().ok()?;
        Self::of(line.seq, &line.author, line.recorded(), &entry)
    }

    fn of(seq: Seq, author: &'p PersonId, recorded_at: Option<DateTime<Utc>>, entry: &Entry) -> Option<Self> {
        Some(Self { seq, author, recorded_at, concern: entry.concern(), told: terms::told(entry)? })
    }

    /// The day on which it happened, as it stands now.
    fn day(&self, db: &Connection) -> Result<NaiveDate> {
        let corrected: Option<String> = db
            .prepare_cached("SELECT day FROM redated WHERE seq = ?1")?
            .query_row([self.seq.0], |row| row.get(0))
            .optional()?;
        let unreadable = || Error::Unreadable { seq: self.seq.0 };
        if let Some(day) = corrected {
            return day.parse().map_err(|_| unreadable());
        }
        let recorded = self.recorded_at.map(Moment::At);
        self.told.happened_at.or(recorded).map(Moment::date).ok_or_else(unreadable)
    }

    fn terms(&self, db: &Connection) -> Result<Vec<String>> {
        Ok(terms::of(&self.told, self.author, self.day(db)?))
    }
}

/// The running text of an entry, field by field, as far as it is found by its words.
pub fn text_of(entry: &Entry) -> Option<String> {
    terms::told(entry).map(|told| told.text)
}

/// Of the entry that was recorded last.
pub(in crate::cabinet) fn insert(at: &At, author: &PersonId, entry: &Entry) -> Result<()> {
    note_date(at.db, entry)?;
    if let Some(found) = Found::of(at.seq, author, Some(at.recorded_at), entry) {
        insert_loose(at.db, &found)?;
    }
    fold_where_due(at.db, at.seq)
}

fn insert_loose(db: &Connection, found: &Found) -> Result<()> {
    let terms = found.terms(db)?;
    if terms.is_empty() {
        return Ok(());
    }
    let restricted = match found.concern {
        Some(concern) if restriction::is_restricted(db, concern)? => Some(concern.0),
        _ => None,
    };
    db.prepare_cached("INSERT INTO loose_words (seq, concern, terms) VALUES (?1, ?2, ?3)")?
        .execute(params![found.seq.0, restricted, terms.join("\n")])?;
    Ok(())
}

/// Fills empty tables.
pub(in crate::cabinet) fn read_anew(db: &Connection) -> Result<()> {
    let sql = format!("SELECT {} FROM ledger ORDER BY seq", Line::COLUMNS);
    let mut statement = db.prepare(&sql)?;
    for line in statement.query_map([], Line::read)? {
        let line = line?;
        if let Ok(entry) = line.entry() {
            note_date(db, &entry)?;
        }
        if let Some(found) = Found::read(&line) {
            insert_loose(db, &found)?;
        }
        fold_where_due(db, line.seq)?;
    }
    Ok(())
}

/// Once a concern is restricted, nothing of it is among the words of everybody.
pub(in crate::cabinet) fn restrict(db: &Connection, seq: Seq) -> Result<()> {
    let line = ledger::line(db, seq)?;
    let Some(found) = Found::read(&line) else { return Ok(()) };
    take_out(db, seq, &found.terms(db)?)?;
    insert_loose(db, &found)
}

/// Where an entry says that another happened on another day, that one is found under it from here on.
fn note_date(db: &Connection, entry: &Entry) -> Result<()> {
    let (Entry::Corrected { corrects, happened_at: Some(at), .. }
    | Entry::NoteCorrected { corrects, happened_at: Some(at), .. }) = entry
    else {
        return Ok(());
    };
    let line = ledger::line(db, *corrects)?;
    let Some(found) = Found::read(&line) else { return Ok(()) };
    let before = found.terms(db)?;
    db.prepare_cached("INSERT OR REPLACE INTO redated (seq, day) VALUES (?1, ?2)")?
        .execute(params![corrects.0, at.date().to_string()])?;
    if is_loose(db, *corrects)? {
        db.prepare_cached("DELETE FROM loose_words WHERE seq = ?1")?.execute([corrects.0])?;
        return insert_loose(db, &found);
    }
    let now = found.terms(db)?;
    let gone: Vec<String> = before.iter().filter(|term| !now.contains(term)).cloned().collect();
    take_out(db, *corrects, &gone)?;
    now.iter().filter(|term| !before.contains(term)).try_for_each(|term| add(db, term, &[*corrects]))
}

fn is_loose(db: &Connection, seq: Seq) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM loose_words WHERE seq = ?1")?.exists([seq.0])?)
}

/// Takes an entry from under these terms, wherever it is, and lets go of words that no other entry holds.
fn take_out(db: &Connection, seq: Seq, terms: &[String]) -> Result<()> {
    if db.prepare_cached("DELETE FROM loose_words WHERE seq = ?1")?.execute([seq.0])? > 0 {
        return Ok(());
    }
    for term in terms {
        let Some(id) = id_of(db, term)? else { continue };
        let mut bits = kept(db, id, seq)?;
        bits.clear(within(seq));
        if !bits.is_empty() {
            keep(db, id, seq, &bits)?;
            continue;
        }
        db.prepare_cached("DELETE FROM posting WHERE place = ?1")?.execute([place(id, seq)])?;
        db.prepare_cached(
            "DELETE FROM word WHERE id = ?1
             AND NOT EXISTS (SELECT 1 FROM posting WHERE place >= ?1 << 16 AND place < (?1 + 1) << 16)",
        )?
        .execute([id])?;
    }
    Ok(())
}

/// Puts what waits into the index, once there is enough of it.
fn fold_where_due(db: &Connection, seq: Seq) -> Result<()> {
    if seq.0 % TOGETHER != TOGETHER - 1 {
        return Ok(());
    }
    let mut of: BTreeMap<String, Vec<Seq>> = BTreeMap::new();
    let mut statement =
        db.prepare_cached("SELECT seq, terms FROM loose_words WHERE concern IS NULL ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let terms: String = row.get(1)?;
        let seq = Seq(row.get(0)?);
        terms.split('\n').for_each(|term| of.entry(term.to_owned()).or_default().push(seq));
    }
    db.prepare_cached("DELETE FROM loose_words WHERE concern IS NULL")?.execute([])?;
    of.iter().try_for_each(|(term, seqs)| add(db, term, seqs))
}

/// Puts entries of one block under a term.
fn add(db: &Connection, term: &str, seqs: &[Seq]) -> Result<()> {
    let Some(first) = seqs.first() else { return Ok(()) };
    let id = match id_of(db, term)? {
        Some(id) => id,
        None => db.prepare_cached("INSERT INTO word (word) VALUES (?1)")?.insert([term])?,
    };
    let mut bits = kept(db, id, *first)?;
    for seq in seqs {
        bits.set(within(*seq));
    }
    keep(db, id, *first, &bits)
}

fn id_of(db: &Connection, term: &str) -> Result<Option<i64>> {
    let mut id = db.prepare_cached("SELECT id FROM word WHERE word = ?1")?;
    Ok(id.query_row([term], |row| row.get(0)).optional()?)
}

/// The entries under a term in the block of one.
fn kept(db: &Connection, id: i64, seq: Seq) -> Result<Bits> {
    let mut bits = Bits::default();
    let mut statement = db.prepare_cached("SELECT seqs FROM posting WHERE place = ?1")?;
    let mut rows = statement.query([place(id, seq)])?;
    if let Some(row) = rows.next()? {
        bits.add_packed(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?);
    }
    Ok(bits)
}

fn keep(db: &Connection, id: i64, seq: Seq, bits: &Bits) -> Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO posting (place, seqs) VALUES (?1, ?2)")?
        .execute(params![place(id, seq), bits.packed()])?;
    Ok(())
}

/// Where the row of a term and a block stands: those of one term beside each other.
fn place(id: i64, seq: Seq) -> i64 {
    id * BLOCK + seq.0 / BLOCK
}

/// Where an entry stands in its block.
fn within(seq: Seq) -> u16 {
    u16::try_from(seq.0 % BLOCK).unwrap_or_default()
}

/// Words of the index with their numbers, in the order in which they came, after one of them; those of what waits are
/// in [`Loose`].
pub fn vocabulary(db: &Connection, after: i64, limit: u64) -> Result<Vec<(i64, String)>> {
    let mut statement =
        db.prepare_cached("SELECT id, word FROM word WHERE id > ?1 AND word >= ?2 ORDER BY id LIMIT ?3")?;
    let words = statement
        .query_map(params![after, FIRST_WORD, limit], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(words)
}

/// What is not in the index and may be opened by whoever asks: the newest entries, and what is restricted.
pub fn loose(db: &Connection, reader: &Reader) -> Result<Loose> {
    let sql = format!(
        "SELECT seq, terms FROM loose_words
         WHERE concern IS NULL OR concern NOT IN ({HIDDEN}) ORDER BY seq"
    );
    let asked = named_params! { ":reader": reader.person(), ":leads": reader.leads() };
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(asked)?;
    let mut loose = Loose::default();
    while let Some(row) = rows.next()? {
        let terms = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        loose.insert(Seq(row.get(0)?), terms.split('\n'));
    }
    Ok(loose)
}
