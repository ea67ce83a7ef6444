//! What is true of a child for a time: child in need, looked after, young carer … (D24), from when and until when.
//!
//! Each stands under the number that it was written under, and is read under all of the child's. Who said so and why is
//! not kept here: the entries say it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::super::error::{Error, Result};
use super::super::ledger;
use super::super::project::At;
use super::{concern, merged};
use crate::domain::chronology::RowKind;
use crate::domain::entry::Entry;
use crate::domain::flag;
use crate::domain::ids::{ChildId, Seq};
use crate::domain::moment::Moment;
use crate::domain::text::Text;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flagged {
    /// The entry that said so.
    pub seq: Seq,
    /// An id of `data/flags.toml`, or what somebody wrote.
    pub flag: Text,
    pub from: NaiveDate,
    /// The day from which it is no longer true; none where nobody has said one.
    pub to: Option<NaiveDate>,
}

impl Flagged {
    /// It may be said ahead that it begins or ends.
    pub fn is_true_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }

    /// Of what is true: `Child protection plan since 30 Jun 2026`.
    pub fn since(&self) -> String {
        let until = self.to.map(|to| format!(", until {}", written(to))).unwrap_or_default();
        format!("{} since {}{until}", flag::name(&self.flag), written(self.from))
    }

    /// Of any: `from 30 Jun 2026`, with the day until which it held.
    pub fn days(&self) -> String {
        match self.to {
            Some(to) => format!("{} to {}", written(self.from), written(to)),
            None => format!("from {}", written(self.from)),
        }
    }
}

fn written(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// One of them with the entries that said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub flagged: Flagged,
    pub began: Said,
    pub ended: Option<Said>,
}

/// Who said it, when, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Full name and role as they were then.
    pub by: Text,
    pub at: DateTime<Utc>,
    pub reason: Text,
}

pub(in crate::cabinet) fn insert(at: &At, child: ChildId, flag: &Text, from: NaiveDate) -> Result<()> {
    at.db
        .prepare_cached("INSERT INTO flag (seq, child, flag, since, until) VALUES (?1, ?2, ?3, ?4, '')")?
        .execute(params![at.seq.0, child.0, flag.as_str(), from.to_string()])?;
    Ok(())
}

pub(in crate::cabinet) fn end(at: &At, flagged: Seq, to: NaiveDate) -> Result<()> {
    at.db
        .prepare_cached("UPDATE flag SET until = ?2 WHERE seq = ?1")?
        .execute(params![flagged.0, to.to_string()])?;
    Ok(())
}

/// The number of the child for whom it was written.
pub fn holder(db: &Connection, flagged: Seq) -> Result<Option<ChildId>> {
    let mut statement = db.prepare_cached("SELECT child FROM flag WHERE seq = ?1")?;
    Ok(statement.query_row([flagged.0], |row| row.get(0).map(ChildId)).optional()?)
}

const COLUMNS: &str = "f.seq, f.flag, f.since, f.until, f.child";

fn read(row: &Row) -> Result<(ChildId, Flagged)> {
    let seq = Seq(row.get(0)?);
    let day = |text: String| text.parse().map_err(|_| Error::Unreadable { seq: seq.0 });
    let until: String = row.get(3)?;
    let to = if until.is_empty() { None } else { Some(day(until)?) };
    let (flag, from) = (Text::from(row.get::<_, String>(1)?), day(row.get(2)?)?);
    Ok((ChildId(row.get(4)?), Flagged { seq, flag, from, to }))
}

/// Everything that is or was true of a child, under all of their numbers: what has no end first, the most serious of it
/// before the rest; then what ended last.
pub fn of_child(db: &Connection, child: ChildId) -> Result<Vec<Flagged>> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM flag f WHERE f.child = ?1"))?;
    let mut flags = Vec::new();
    for number in merged::numbers(db, child)? {
        let mut rows = statement.query([number.0])?;
        while let Some(row) = rows.next()? {
            flags.push(read(row)?.1);
        }
    }
    flags.sort_by_key(|flagged| {
        let rank = if flagged.to.is_none() { flag::rank(&flagged.flag) } else { 0 };
        (flagged.to.is_some(), rank, Reverse((flagged.to, flagged.from, flagged.seq)))
    });
    Ok(flags)
}

/// The most serious of what is true on a day of each of these children, who are given by the numbers that are kept.
///
/// Asked child by child it would cost a list as much as the rest of its rows: so it is asked once, and of whoever was
/// entered twice, of whom there are few, it is looked up afterwards whose it is.
pub fn most_serious(
    db: &Connection,
    children: &[ChildId],
    day: NaiveDate,
) -> Result<BTreeMap<ChildId, Flagged>> {
    let numbers: Vec<String> = children.iter().map(ToString::to_string).collect();
    let mut statement = db.prepare(&format!(
        "SELECT {COLUMNS} FROM flag f WHERE f.child IN ({}) UNION ALL
         SELECT {COLUMNS} FROM child c CROSS JOIN flag f ON f.child = c.id WHERE c.merged_into IS NOT NULL",
        numbers.join(", ")
    ))?;
    let mut serious: BTreeMap<ChildId, Flagged> = BTreeMap::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (child, flagged) = read(row)?;
        if !flagged.is_true_on(day) {
            continue;
        }
        let child = if children.contains(&child) { child } else { merged::kept(db, child)? };
        match serious.get(&child) {
            Some(known) if flag::rank(&known.flag) <= flag::rank(&flagged.flag) => {}
            _ => drop(serious.insert(child, flagged)),
        }
    }
    Ok(serious)
}

/// The same as [`of_child`], with who said so and why.
pub fn told(db: &Connection, child: ChildId) -> Result<Vec<Told>> {
    let told = |flagged: Flagged| {
        let began = said(db, flagged.seq)?;
        let ended = flagged.to.map(|to| said(db, ending(db, flagged.seq, to)?)).transpose()?;
        Ok(Told { flagged, began, ended })
    };
    of_child(db, child)?.into_iter().map(told).collect()
}

fn said(db: &Connection, seq: Seq) -> Result<Said> {
    let unreadable = || Error::Unreadable { seq: seq.0 };
    let line = ledger::line(db, seq)?;
    let (Entry::ChildFlagged { reason, .. } | Entry::ChildUnflagged { reason, .. }) = line.entry()? else {
        return Err(unreadable());
    };
    let at = line.recorded().ok_or_else(unreadable)?;
    Ok(Said { by: concern::author_at(db, &line)?, at, reason })
}

/// The entry that ended it: the row that it wrote stands in the chronology at that day.
fn ending(db: &Connection, flagged: Seq, to: NaiveDate) -> Result<Seq> {
    let mut statement = db.prepare_cached(
        "SELECT c.seq FROM flag f JOIN chronology c ON c.child = f.child AND c.sort = ?2 AND c.seq > f.seq
         WHERE f.seq = ?1 AND c.kind = ?3 ORDER BY c.seq",
    )?;
    let at = params![flagged.0, Moment::Date(to).sort_key(), RowKind::Status.label()];
    for seq in statement.query_map(at, |row| row.get(0).map(Seq))? {
        let seq = seq?;
        match ledger::line(db, seq)?.entry()? {
            Entry::ChildUnflagged { flagged: ended, .. } if ended == flagged => return Ok(seq),
            _ => {}
        }
    }
    Err(Error::Unreadable { seq: flagged.0 })
}
