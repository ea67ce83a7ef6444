//! Proof: every hash and signature checked, and every projection rebuilt in memory and compared.
//!
//! Reads only. A fault is reported by the number of the first bad entry, never by what the entry says.
//!
//! Whoever holds every key can still do unseen, with a program of their own: write the ledger anew, in part or whole,
//! and sign it; cut off its end and all that came of it; add entries in the name of anybody whose key they have, under
//! any date. All but the last is noticed against words that were noted before it ([`against`]), and none of it without.

pub mod against;
mod times;

use std::collections::{BTreeMap, BTreeSet};
use std::thread;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::error::Result;
use super::ledger::{self, Line};
use super::table::original;
use super::{Access, Cabinet, migrations, project, sqlite};
use crate::domain::entry::Entry;
use crate::domain::ids::{PersonId, Seq};
use crate::domain::person::{Person, RecoveryKey};
use against::{Answer, Search, Witness};
use times::Times;

/// The projections and the order in which their rows are compared.
const PROJECTIONS: [(&str, &str); 26] = [
    // A trigger that was dropped or planted changes what will be recorded from then on.
    ("schema", "SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY type, name"),
    ("person", "SELECT * FROM person ORDER BY seq"),
    ("departure", "SELECT * FROM departure ORDER BY seq"),
    ("recovery", "SELECT * FROM recovery ORDER BY seq"),
    ("receiver", "SELECT * FROM receiver ORDER BY seq"),
    ("senior_cabinet", "SELECT * FROM senior_cabinet ORDER BY seq"),
    ("organisation", "SELECT * FROM organisation ORDER BY seq"),
    ("child", "SELECT * FROM child ORDER BY id"),
    ("told_apart", "SELECT * FROM told_apart ORDER BY child, other"),
    ("concern", "SELECT * FROM concern ORDER BY id"),
    ("restriction", "SELECT * FROM restriction ORDER BY concern"),
    ("named", "SELECT * FROM named ORDER BY concern, person"),
    ("named_adult", "SELECT * FROM named_adult ORDER BY concern, folded"),
    ("source", "SELECT * FROM source ORDER BY sha256, row"),
    ("report", "SELECT * FROM report ORDER BY digest, concern"),
    ("concern_entry", "SELECT * FROM concern_entry ORDER BY concern, seq"),
    ("link", "SELECT * FROM link ORDER BY concern, position"),
    ("chronology", "SELECT * FROM chronology ORDER BY child, sort, seq, kind"),
    ("contact", "SELECT * FROM contact ORDER BY id"),
    ("loose_call", "SELECT * FROM loose_call ORDER BY seq"),
    ("seen", "SELECT * FROM seen ORDER BY what, id, seq"),
    ("redated", "SELECT * FROM redated ORDER BY seq"),
    ("loose_words", "SELECT * FROM loose_words ORDER BY seq"),
    // Words are numbered as they come, and those that went leave gaps: the numbers need not be the same.
    ("word", "SELECT word FROM word ORDER BY word"),
    ("posting", POSTINGS),
    // None of them belongs to no word.
    ("posting", "SELECT count(*) FROM posting"),
];

/// Each word with its entries. The CROSS keeps SQLite from sorting what stands in order.
const POSTINGS: &str = "SELECT word, place & 65535, seqs FROM word CROSS JOIN posting
    ON place >= id << 16 AND place < (id + 1) << 16 ORDER BY word, place";

/// How many milliseconds it is waited before a damaged page is looked at again, each time. A desk that is stopped in the
/// middle of writing a page, on a busy machine, has gone on by then.
const SECOND_LOOKS: [u64; 7] = [1, 2, 4, 8, 16, 32, 64];

/// What is asked beside whether all is well.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What time it is: entries of the future are noted.
    pub now: Option<DateTime<Utc>>,
    /// What was noted elsewhere.
    pub against: Option<Witness>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub entries: i64,
    /// The hash of the newest entry that is good.
    pub head: String,
    /// The first bad entry, where the chain is broken.
    pub first_bad: Option<Seq>,
    /// In words for the person at the desk; empty where all is well.
    pub problems: Vec<String>,
    /// What is no fault and should be known: a clock that went back, an older record that somebody put back and said so.
    pub notes: Vec<String>,
    /// What became of what was noted elsewhere, where that was asked.
    pub against: Option<Answer>,
}

impl Report {
    pub fn is_content(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Checks a cabinet whole.
pub fn verify(cabinet: &Cabinet) -> Result<Report> {
    check(cabinet, Asked::default())
}

/// The same, and answers what else is asked.
pub fn check(cabinet: &Cabinet, asked: Asked) -> Result<Report> {
    let mut problems = damaged_pages(cabinet)?;
    // One moment of the record, whatever another desk writes meanwhile.
    let snapshot = cabinet.db().unchecked_transaction()?;
    let db: &Connection = &snapshot;
    let mut fresh = sqlite::in_memory()?;
    migrations::run(&mut fresh)?;
    // Nothing of it is kept. Statement by statement, the full-text index would be written out with each entry.
    fresh.execute_batch("BEGIN")?;
    let mut replay = Replay::new(fresh, asked);
    let mut entries = 0;
    let broken = each_line(db, |line| {
        entries = line.seq.0;
        replay.line(db, line)
    })?;
    if let Some((seq, what)) = &broken {
        problems.push(format!("Entry {seq} {what}"));
    } else {
        problems.extend(differences(db, &replay.fresh));
        problems.extend(strays(db, &replay.originals)?);
    }
    let Replay { prev: head, mut notes, times, search, .. } = replay;
    notes.extend(times.notes());
    let first_bad = broken.map(|(seq, _)| seq);
    Ok(Report { entries, head, first_bad, problems, notes, against: search.map(Search::answer) })
}

/// Pages whose authentication fails, as SQLCipher names them.
///
/// It reads the file past all locks, so a page that another desk is folding in just then looks damaged too. Where one
/// does, it is looked at again while nobody may write: the folding ends, and only what is damaged stays so.
pub(super) fn damaged_pages(cabinet: &Cabinet) -> Result<Vec<String>> {
    let db = cabinet.db();
    let faults = failing_pages(db)?;
    if !faults.is_empty() && cabinet.access() == Access::Write {
        fold_in(db);
    }
    // On a file that cannot be written nobody is folding anything in.
    let alone = match cabinet.access() {
        Access::Write if !faults.is_empty() => {
            Some(Transaction::new_unchecked(db, TransactionBehavior::Immediate)?)
        }
        Access::Write | Access::Read => None,
    };
    let faults = failing_still(db, faults)?;
    drop(alone);
    Ok(faults.into_iter().map(|fault| format!("The file is damaged: {fault}. Put back a backup.")).collect())
}

/// A page that is new may stand in the log alone while those behind it are in the file already: its place there is a
/// hole until the log is folded in. Where somebody is at it, they fold it in.
fn fold_in(db: &Connection) {
    drop(db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())));
}

/// Which of them fail however often they are looked at.
pub(super) fn failing_still(db: &Connection, mut faults: Vec<String>) -> Result<Vec<String>> {
    for wait in SECOND_LOOKS {
        if faults.is_empty() {
            break;
        }
        thread::park_timeout(Duration::from_millis(wait));
        let again = failing_pages(db)?;
        faults.retain(|fault| again.contains(fault));
    }
    Ok(faults)
}

pub(super) fn failing_pages(db: &Connection) -> Result<Vec<String>> {
    let mut statement = db.prepare("PRAGMA cipher_integrity_check")?;
    let faults = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(faults)
}

type Fault = &'static str;

/// Walks the ledger in order and stops at the first line that is not good.
fn each_line(
    db: &Connection,
    mut check: impl FnMut(&Line) -> Result<Option<Fault>>,
) -> Result<Option<(Seq, Fault)>> {
    let sql = format!("SELECT {} FROM ledger ORDER BY seq", Line::COLUMNS);
    let mut statement = db.prepare(&sql)?;
    let mut expected = Seq(1);
    for line in statement.query_map([], Line::read)? {
        // A value of another type than its column's is a changed value too.
        let Ok(line) = line else { return Ok(Some((expected, "cannot be read."))) };
        if line.seq != expected {
            return Ok(Some((expected, "is missing.")));
        }
        if let Some(fault) = check(&line)? {
            return Ok(Some((line.seq, fault)));
        }
        expected = Seq(line.seq.0 + 1);
    }
    Ok(None)
}

/// Goes through the ledger once: checks each line and projects it into a fresh database.
struct Replay {
    fresh: Connection,
    prev: String,
    /// Everybody whom the ledger has admitted so far.
    people: BTreeMap<PersonId, Person>,
    recovery: Option<RecoveryKey>,
    /// The files that some entry came from.
    originals: BTreeSet<String>,
    notes: Vec<String>,
    times: Times,
    search: Option<Search>,
}

impl Replay {
    fn new(fresh: Connection, asked: Asked) -> Self {
        Self {
            fresh,
            prev: ledger::GENESIS.to_owned(),
            people: BTreeMap::new(),
            recovery: None,
            originals: BTreeSet::new(),
            notes: Vec::new(),
            times: Times::until(asked.now),
            search: asked.against.map(Search::new),
        }
    }

    fn line(&mut self, db: &Connection, line: &Line) -> Result<Option<Fault>> {
        if line.prev != self.prev {
            return Ok(Some("does not follow from the entry before it."));
        }
        if line.computed_hash() != line.hash {
            return Ok(Some("was changed after it was recorded: its hash does not fit."));
        }
        let Ok(entry) = line.entry() else {
            return Ok(Some("cannot be read."));
        };
        if let Some(fault) = self.unwarranted(line, &entry) {
            return Ok(Some(fault));
        }
        if let Some(fault) = missing_original(db, &entry)? {
            return Ok(Some(fault));
        }
        ledger::copy(&self.fresh, line)?;
        if project::entry(&self.fresh, line.seq, &line.recorded_at, &line.author, &entry).is_err() {
            return Ok(Some("cannot be carried out again."));
        }
        self.originals.extend(entry.original().map(str::to_owned));
        self.notes.extend(went_back(line.seq, &entry));
        self.learn(entry);
        self.prev.clone_from(&line.hash);
        self.times.look(line);
        if let Some(search) = &mut self.search {
            search.look(line);
        }
        Ok(None)
    }

    /// Who may sign the lines after this one.
    fn learn(&mut self, entry: Entry) {
        match entry {
            Entry::PersonAdmitted(person) | Entry::PersonRecovered(person) => {
                self.people.insert(person.person.clone(), person);
            }
            Entry::RightChanged { person, right, .. } => {
                self.people.entry(person).and_modify(|person| person.right = right);
            }
            Entry::PersonRemoved { person, .. } => {
                self.people.remove(&person);
            }
            Entry::RecoveryKeyMade(key) => self.recovery = Some(key),
            _ => {}
        }
    }

    /// Other keys for a person of the desk, who is otherwise as before; the recovery key vouches for them.
    fn is_recovered(&self, line: &Line, with: &Person) -> bool {
        let known = self.people.get(&line.author).cloned();
        let same = known.map(|known| Person {
            signing_key: with.signing_key.clone(),
            recipient: with.recipient.clone(),
            ..known
        });
        let signed = self.recovery.as_ref().is_some_and(|key| line.is_signed_by(&key.signing_key));
        signed && same.as_ref() == Some(with)
    }

    /// Only the founder vouches for herself; every later line is signed with a key that was known before it, by
    /// somebody who might do that.
    fn unwarranted(&self, line: &Line, entry: &Entry) -> Option<Fault> {
        if let Entry::PersonRecovered(person) = entry {
            let recovered = self.is_recovered(line, person);
            return (!recovered).then_some("gives a person keys that the recovery key does not vouch for.");
        }
        let author = match entry {
            Entry::PersonAdmitted(founder) if line.seq == Seq(1) => Some(founder),
            _ => self.people.get(&line.author),
        };
        match author {
            Some(author) if !line.is_signed_by(&author.signing_key) => Some("is not signed by its author."),
            Some(author) if !author.right.may(entry.doing()) => {
                Some("was recorded by somebody who had no right to it.")
            }
            Some(_) => None,
            None => Some("is not signed by a person of the desk."),
        }
    }
}

/// What was lost when an older record was put back stays known.
fn went_back(seq: Seq, entry: &Entry) -> Option<String> {
    let Entry::RecordWentBack { seen_entries, found_entries, .. } = entry else { return None };
    let seen = seen_entries.map_or("what was not known".to_owned(), |seen| format!("{seen} entries"));
    Some(format!("Entry {seq} says that {seen} had been seen here, and the record ended at {found_entries}."))
}

/// Kept files that no entry came from: somebody put them there.
fn strays(db: &Connection, known: &BTreeSet<String>) -> Result<Option<String>> {
    let mut statement = db.prepare("SELECT sha256 FROM original")?;
    let mut kept = statement.query_map([], |row| row.get::<_, String>(0))?;
    let stray = kept.any(|sha256| !sha256.is_ok_and(|sha256| known.contains(&sha256)));
    Ok(stray.then(|| "The table \"original\" holds a file that no entry came from.".to_owned()))
}

fn missing_original(db: &Connection, entry: &Entry) -> Result<Option<Fault>> {
    let Some(sha256) = entry.original() else { return Ok(None) };
    Ok(match original::get(db, sha256)? {
        None => Some("lacks the original file it came from."),
        Some(bytes) if original::sha256(&bytes) != sha256 => {
            Some("came from a file whose kept original was changed.")
        }
        Some(_) => None,
    })
}

/// Which of the tables that the screens read differ from what the ledger says.
fn differences(db: &Connection, fresh: &Connection) -> Vec<String> {
    let mut found = Vec::new();
    for (table, sql) in PROJECTIONS {
        // A table that cannot be read does not say what the ledger says either.
        if !same_rows(db, fresh, sql).unwrap_or(false) {
            found.push(format!("The table \"{table}\" differs from what the ledger says."));
            found.dedup();
        }
    }
    found
}

fn same_rows(a: &Connection, b: &Connection, sql: &str) -> Result<bool> {
    let (mut a, mut b) = (a.prepare(sql)?, b.prepare(sql)?);
    let columns = a.column_count();
    if columns != b.column_count() {
        return Ok(false);
    }
    let (mut a, mut b) = (a.query([])?, b.query([])?);
    loop {
        match (a.next()?, b.next()?) {
            (None, None) => return Ok(true),
            (Some(a), Some(b)) => {
                for column in 0..columns {
                    if a.get::<_, Value>(column)? != b.get::<_, Value>(column)? {
                        return Ok(false);
                    }
                }
            }
            _ => return Ok(false),
        }
    }
}
