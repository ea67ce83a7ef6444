//! The words of running text: which entries hold which, newest first, and the vocabulary that they make up.
//!
//! The text itself is not kept a second time; the full-text table is contentless and holds folded words only.

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

use super::super::error::Result;
use super::super::ledger;
use crate::domain::concern::Part1;
use crate::domain::entry::Entry;
use crate::domain::ids::Seq;
use crate::domain::text::Text;
use crate::search;

/// The folded words of an entry's running text.
pub fn of_entry(entry: &Entry) -> Vec<String> {
    search::tokens(&searchable(entry))
}

pub(in crate::cabinet) fn insert(db: &Connection, seq: Seq, entry: &Entry) -> Result<()> {
    let words = of_entry(entry);
    if words.is_empty() {
        return Ok(());
    }
    db.prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?
        .execute(params![seq.0, words.join(" ")])?;
    let mut keep = db.prepare_cached("INSERT OR IGNORE INTO word (word) VALUES (?1)")?;
    for word in &words {
        keep.execute([word])?;
    }
    Ok(())
}

/// Takes an entry's words out, and out of the vocabulary those that no other entry holds.
pub(in crate::cabinet) fn remove(db: &Connection, seq: Seq, entry: &Entry) -> Result<()> {
    let mut words = of_entry(entry);
    if words.is_empty() {
        return Ok(());
    }
    // What the index has is told again, as it does not keep the text itself.
    db.prepare_cached("INSERT INTO words (words, rowid, text) VALUES ('delete', ?1, ?2)")?
        .execute(params![seq.0, words.join(" ")])?;
    words.sort_unstable();
    words.dedup();
    for word in words {
        if entries_with(db, &[vec![word.clone()]], 1)?.is_empty() {
            db.prepare_cached("DELETE FROM word WHERE word = ?1")?.execute([word])?;
        }
    }
    Ok(())
}

/// Fills empty tables. Of an entry that cannot be read there are no words; `verify` names it.
pub(in crate::cabinet) fn read_anew(db: &Connection) -> Result<()> {
    let mut statement = db.prepare("SELECT seq, kind, body FROM ledger ORDER BY seq")?;
    let mut lines = statement.query([])?;
    while let Some(line) = lines.next()? {
        let (kind, body): (String, String) = (line.get(1)?, line.get(2)?);
        if let Some(entry) = ledger::decode(&kind, &body) {
            insert(db, Seq(line.get(0)?), &entry)?;
        }
    }
    Ok(())
}

/// The words that the cabinet knows, in their order, after one of them.
pub fn after(db: &Connection, word: &str, limit: u64) -> Result<Vec<String>> {
    let mut statement = db.prepare_cached("SELECT word FROM word WHERE word > ?1 ORDER BY word LIMIT ?2")?;
    let words =
        statement.query_map(params![word, limit], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(words)
}

/// The newest entries that hold, for each of the groups, at least one of its words.
pub fn entries_with(db: &Connection, groups: &[Vec<String>], limit: u64) -> Result<Vec<Seq>> {
    if groups.is_empty() || groups.iter().any(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let mut statement =
        db.prepare_cached("SELECT rowid FROM words WHERE words MATCH ?1 ORDER BY rowid DESC LIMIT ?2")?;
    let wanted =
        [Value::from(match_expression(groups)), Value::from(i64::try_from(limit).unwrap_or(i64::MAX))];
    let found = statement
        .query_map(params_from_iter(wanted), |row| row.get(0).map(Seq))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

/// `("a" OR "b") AND ("c")`; a quote inside a word is doubled, as FTS5 wants it.
fn match_expression(groups: &[Vec<String>]) -> String {
    let group = |words: &Vec<String>| {
        let quoted: Vec<String> =
            words.iter().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
        format!("({})", quoted.join(" OR "))
    };
    groups.iter().map(group).collect::<Vec<_>>().join(" AND ")
}

/// The running text of an entry by which it is found. Names of children and contacts have an index of their own.
fn searchable(entry: &Entry) -> String {
    match entry {
        Entry::ConcernReceived { part1, .. } => part1_text(part1),
        Entry::Part2 { section, .. } => section.sentence(),
        Entry::Corrected { instead, reason, .. } | Entry::NoteCorrected { instead, reason, .. } => {
            format!("{instead} {reason}")
        }
        Entry::ChronologyNoted { text, .. } => text.to_string(),
        Entry::CabinetOpened { .. }
        | Entry::PersonAdmitted(_)
        | Entry::RightChanged { .. }
        | Entry::PersonRemoved { .. }
        | Entry::PersonRecovered(_)
        | Entry::RecoveryKeyMade(_)
        | Entry::ReceiverNamed(_)
        | Entry::SeniorCabinetMade { .. }
        | Entry::FileRepeated { .. }
        | Entry::Seen { .. }
        | Entry::ChildAdded { .. }
        | Entry::ChildCorrected { .. }
        | Entry::RollTaken { .. }
        | Entry::ChildLeft { .. }
        | Entry::ChildReturned { .. }
        | Entry::ChildLinked { .. }
        | Entry::ConcernRestricted { .. }
        | Entry::ContactAdded { .. }
        | Entry::ContactCorrected { .. }
        | Entry::ContactRetired { .. }
        | Entry::CallTried { .. }
        | Entry::CallNoted { .. }
        | Entry::CallPlaced { .. }
        | Entry::RecordWentBack { .. } => String::new(),
    }
}

fn part1_text(part1: &Part1) -> String {
    let account = part1.account.fields();
    let mut texts: Vec<&str> = vec![&part1.reasons, &part1.opinion, &part1.actions, &part1.other_information];
    texts.extend(account.iter().map(|(_, text)| text.as_str()));
    texts.extend(part1.told.iter().map(Text::as_str));
    texts.extend(part1.children.iter().map(|child| child.name.as_str()));
    texts.extend([part1.reporter.name.as_str(), part1.reporter.job_title.as_str()]);
    texts.extend(part1.staff.iter().map(|staff| staff.name.as_str()));
    texts.join("\n")
}
