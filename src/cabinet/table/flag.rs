//! What is true of a child for a time: child in need, looked after, young carer … (D24), from when and until when.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::super::error::{Error, Result};
use super::super::project::At;
use super::merged;
use crate::domain::ids::{ChildId, Seq};
use crate::domain::text::Text;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flagged {
    /// The entry that said so.
    pub seq: Seq,
    /// An id of `data/flags.toml`, or what somebody wrote.
    pub flag: Text,
    pub from: NaiveDate,
    /// None as long as it is true.
    pub to: Option<NaiveDate>,
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

/// Everything that is or was true of a child, under all of their numbers: what is true now first, then the newest.
pub fn of_child(db: &Connection, child: ChildId) -> Result<Vec<Flagged>> {
    let mut statement = db.prepare_cached("SELECT seq, flag, since, until FROM flag WHERE child = ?1")?;
    let mut flags = Vec::new();
    for number in merged::numbers(db, child)? {
        let mut rows = statement.query([number.0])?;
        while let Some(row) = rows.next()? {
            let seq = Seq(row.get(0)?);
            let day = |text: String| text.parse().map_err(|_| Error::Unreadable { seq: seq.0 });
            let until: String = row.get(3)?;
            flags.push(Flagged {
                seq,
                flag: Text::from(row.get::<_, String>(1)?),
                from: day(row.get(2)?)?,
                to: if until.is_empty() { None } else { Some(day(until)?) },
            });
        }
    }
    flags.sort_by_key(|flag| (flag.to.is_some(), std::cmp::Reverse((flag.from, flag.seq))));
    Ok(flags)
}
