//! Reading a chronology. A child who was entered twice has one: the rows of all their numbers in one order. What a
//! concern says of a child whom it names under two of them is one row.

use std::collections::BTreeMap;

use chrono::DateTime;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::ChronologyRow;
use crate::cabinet::error::{Error, Result};
use crate::cabinet::table::merged;
use crate::domain::chronology::{Kinds, RowKind};
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::domain::moment::Moment;
use crate::domain::text::Text;

const COLUMNS: &str = "c.seq, c.happened_at, c.recorded_at, c.kind, c.concern, p.name, p.role, c.text";

type Raw = (i64, String, String, String, Option<i64>, String, String, String);

fn read(row: &Row) -> rusqlite::Result<Raw> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
        row.get(7)?,
    ))
}

fn parse((seq, happened, recorded, kind, concern, name, role, text): Raw) -> Result<ChronologyRow> {
    let unreadable = || Error::Unreadable { seq };
    Ok(ChronologyRow {
        seq: Seq(seq),
        happened_at: Moment::parse(&happened).map_err(|_| unreadable())?,
        recorded_at: DateTime::parse_from_rfc3339(&recorded).map_err(|_| unreadable())?.to_utc(),
        kind: RowKind::from_label(&kind).ok_or_else(unreadable)?,
        concern: concern.map(ConcernId),
        by: Text::from(format!("{name}, {role}")),
        text: Text::from(text),
    })
}

/// ` AND kind IN (…)` for a reader's choice; the labels are our own words.
fn kinds_sql(kinds: Kinds) -> String {
    if kinds == Kinds::Everything {
        return String::new();
    }
    let labels: Vec<String> = RowKind::ALL
        .into_iter()
        .filter(|kind| kinds.includes(*kind))
        .map(|kind| format!("'{}'", kind.label()))
        .collect();
    format!(" AND kind IN ({})", labels.join(", "))
}

/// The numbers by which a child is entered, for a query: the one that is kept is `?1`, and so on.
struct Numbers(Vec<ChildId>);

impl Numbers {
    fn of(db: &Connection, child: ChildId) -> Result<Self> {
        Ok(Self(merged::numbers(db, child)?))
    }

    /// Columns of each of the rows, read off the index alone. Of several numbers the parts stand in order already, and
    /// SQLite merges them; of one there is nothing to merge.
    fn rows(&self, columns: &str, kinds: Kinds) -> String {
        self.parts(columns, kinds).join(" UNION ")
    }

    fn parts(&self, columns: &str, kinds: Kinds) -> Vec<String> {
        let kinds = kinds_sql(kinds);
        let part = |place| {
            format!(
                "SELECT {columns} FROM chronology INDEXED BY chronology_order WHERE child = ?{place}{kinds}"
            )
        };
        (1..=self.0.len()).map(part).collect()
    }

    /// Under which of the numbers a row is read. Where a concern was moved from one to the other, the row that says
    /// where it is now counts.
    fn holder(&self) -> String {
        let [_] = self.0.as_slice() else {
            let all: Vec<String> = (1..=self.0.len()).map(|place| format!("?{place}")).collect();
            return format!(
                "(SELECT o.child FROM chronology o
                  WHERE o.child IN ({}) AND o.sort = shown.sort AND o.seq = shown.seq AND o.kind = shown.kind
                  ORDER BY EXISTS (SELECT 1 FROM link l WHERE l.child = o.child AND l.concern = o.concern) DESC,
                           o.child <> ?1, o.child
                  LIMIT 1)",
                all.join(", ")
            );
        };
        "?1".to_owned()
    }

    /// What is bound: the numbers, and then these.
    fn and(&self, more: &[u64]) -> Vec<Value> {
        let more = more.iter().map(|value| i64::try_from(*value).unwrap_or(i64::MAX));
        self.0.iter().map(|child| child.0).chain(more).map(Value::from).collect()
    }
}

/// A window of a child's chronology in the order in which it happened, the newest last. Which rows these are is read
/// off the index: the text is read of no others. The CROSS keeps SQLite from going through the chronology instead.
pub fn page(
    db: &Connection,
    child: ChildId,
    kinds: Kinds,
    offset: u64,
    limit: u64,
) -> Result<Vec<ChronologyRow>> {
    let numbers = Numbers::of(db, child)?;
    let (limit_at, offset_at) = (numbers.0.len() + 1, numbers.0.len() + 2);
    let sql = format!(
        "WITH shown AS (
             {} ORDER BY sort, seq, kind LIMIT ?{limit_at} OFFSET ?{offset_at}
         )
         SELECT {COLUMNS} FROM shown
         CROSS JOIN chronology c
             ON c.child = {} AND c.sort = shown.sort AND c.seq = shown.seq AND c.kind = shown.kind
         JOIN person p ON p.seq = c.author
         ORDER BY shown.sort, shown.seq, shown.kind",
        numbers.rows("sort, seq, kind", kinds),
        numbers.holder(),
    );
    let mut statement = db.prepare_cached(&sql)?;
    let bound = params_from_iter(numbers.and(&[limit, offset]));
    statement.query_map(bound, read)?.map(|row| parse(row?)).collect()
}

/// How many rows of these kinds the chronology has.
pub fn count(db: &Connection, child: ChildId, kinds: Kinds) -> Result<u64> {
    let numbers = Numbers::of(db, child)?;
    let sql = format!("SELECT count(*) FROM ({})", numbers.rows("sort, seq, kind", kinds));
    Ok(db.prepare_cached(&sql)?.query_row(params_from_iter(numbers.and(&[])), |row| row.get(0))?)
}

/// The entries that stand there, in no order.
pub fn entries_of(db: &Connection, child: ChildId) -> Result<Vec<Seq>> {
    let numbers = Numbers::of(db, child)?;
    let mut statement = db.prepare_cached(&numbers.rows("DISTINCT seq", Kinds::Everything))?;
    let seqs = statement.query_map(params_from_iter(numbers.and(&[])), |row| row.get(0).map(Seq))?;
    Ok(seqs.collect::<rusqlite::Result<_>>()?)
}

/// The entry that was recorded last; 0 where there is none.
pub fn newest(db: &Connection, child: ChildId) -> Result<Seq> {
    let numbers = Numbers::of(db, child)?;
    let parts = numbers.parts("seq", Kinds::Everything).join(" UNION ALL ");
    let sql = format!("SELECT coalesce(max(seq), 0) FROM ({parts})");
    let mut statement = db.prepare_cached(&sql)?;
    Ok(statement.query_row(params_from_iter(numbers.and(&[])), |row| row.get(0).map(Seq))?)
}

/// `2026-11`, with which a time begins as it is kept.
const MONTH: usize = 7;

/// How many rows each month holds, as `2026-11` (London), oldest first: the strip of activity.
pub fn months(db: &Connection, child: ChildId) -> Result<Vec<(String, u64)>> {
    let numbers = Numbers::of(db, child)?;
    let rows = numbers.rows("sort, seq, kind, happened_at", Kinds::Everything);
    let mut statement = db.prepare_cached(&format!("SELECT happened_at FROM ({rows} ORDER BY sort)"))?;
    let mut rows = statement.query(params_from_iter(numbers.and(&[])))?;
    let mut months = BTreeMap::new();
    // Neighbours are of the same month: they are counted before they are looked up.
    let mut run = (String::new(), 0);
    while let Some(row) = rows.next()? {
        let happened = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let month = happened.get(..MONTH).unwrap_or_default();
        if run.0 != month {
            let (done, count) = std::mem::replace(&mut run, (month.to_owned(), 0));
            *months.entry(done).or_insert(0) += count;
        }
        run.1 += 1;
    }
    *months.entry(run.0).or_insert(0) += run.1;
    Ok(months.into_iter().filter(|(_, count)| *count > 0).collect())
}

/// The rows that an entry wrote, with the children in whose chronologies they stand: one for each child, by the number
/// that is kept.
pub fn of_entry(db: &Connection, seq: Seq) -> Result<Vec<(ChildId, ChronologyRow)>> {
    let sql = format!(
        "SELECT {COLUMNS}, c.child FROM chronology c JOIN person p ON p.seq = c.author WHERE c.seq = ?1
         ORDER BY c.child, c.kind"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut found: Vec<(ChildId, ChronologyRow)> = Vec::new();
    for row in statement.query_map([seq.0], |row| Ok((read(row)?, row.get(8).map(ChildId)?)))? {
        let (raw, child) = row?;
        let (child, row) = (merged::kept(db, child)?, parse(raw)?);
        if !found.iter().any(|(other, known)| *other == child && known.kind == row.kind) {
            found.push((child, row));
        }
    }
    Ok(found)
}
