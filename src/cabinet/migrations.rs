//! The schema, as an ordered list of steps. A released step is never edited; the next change is a new one.
//!
//! Each step runs in a transaction of its own together with the number that says it was taken (R9).

use rusqlite::{Connection, TransactionBehavior};

use super::error::{Error, Result};
use super::table::{contact, named_adult, restriction, words};

const STEPS: [Step; 14] = [
    Step::Schema(FIRST),
    Step::Schema(CHRONOLOGY_ORDER),
    Step::Schema(SEEN),
    Step::Schema(WORDS_WITH_AND),
    Step::Schema(PEOPLE),
    Step::Schema(RECEIVER),
    Step::Restrictions(RESTRICTIONS),
    Step::Contacts(CONTACTS),
    Step::Schema(LOOSE_CALLS),
    Step::Schema(ROLL),
    Step::Words(POSTINGS),
    Step::Schema(ENTERED_TWICE),
    Step::Schema(DECIDED),
    Step::Adults(NAMED_ADULTS),
];

/// What is done to a file.
enum Step {
    Schema(&'static str),
    /// Makes the tables of the words of running text, and reads them from the ledger.
    Words(&'static str),
    /// Makes the tables, and restricts what is about staff.
    Restrictions(&'static str),
    /// Makes the columns, and writes each contact's details as this edition does.
    Contacts(&'static str),
    /// Makes the table of the adults whom concerns name, and reads them from the ledger.
    Adults(&'static str),
}

impl Step {
    fn take(&self, db: &Connection) -> Result<()> {
        match self {
            Self::Schema(sql) => Ok(db.execute_batch(sql)?),
            Self::Words(sql) => {
                db.execute_batch(sql)?;
                words::read_anew(db)
            }
            Self::Restrictions(sql) => {
                db.execute_batch(sql)?;
                restriction::read_anew(db)
            }
            Self::Contacts(sql) => {
                db.execute_batch(sql)?;
                contact::read_anew(db)
            }
            Self::Adults(sql) => {
                db.execute_batch(sql)?;
                named_adult::read_anew(db)
            }
        }
    }
}

/// The record (`ledger`, `original`), unsaved text (`draft`), and the projections: everything below `draft` can
/// be rebuilt from the ledger, and `verify` does so.
const FIRST: &str = "
CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY NOT NULL CHECK (seq > 0),
    recorded_at TEXT NOT NULL,
    author TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL,
    signature TEXT NOT NULL
) STRICT;
CREATE TRIGGER ledger_is_not_updated BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
CREATE TRIGGER ledger_is_not_deleted BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END;
CREATE TRIGGER ledger_has_no_gaps BEFORE INSERT ON ledger
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ledger)
BEGIN SELECT RAISE(ABORT, 'the ledger has no gaps'); END;

CREATE TABLE original (
    sha256 TEXT PRIMARY KEY NOT NULL,
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER original_is_not_updated BEFORE UPDATE ON original
BEGIN SELECT RAISE(ABORT, 'originals are only added to'); END;
CREATE TRIGGER original_is_not_deleted BEFORE DELETE ON original
BEGIN SELECT RAISE(ABORT, 'originals are only added to'); END;
-- REPLACE deletes without the trigger above.
CREATE TRIGGER original_is_not_replaced BEFORE INSERT ON original
WHEN EXISTS (SELECT 1 FROM original WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'originals are only added to'); END;

CREATE TABLE draft (
    slot TEXT PRIMARY KEY NOT NULL,
    body TEXT NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    seq INTEGER PRIMARY KEY NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    signing_key TEXT NOT NULL
) STRICT;
CREATE INDEX person_by_name ON person (person, seq);

CREATE TABLE organisation (
    seq INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    cabinet TEXT NOT NULL
) STRICT;

CREATE TABLE child (
    id INTEGER PRIMARY KEY NOT NULL,
    seq INTEGER NOT NULL,
    filed_under TEXT NOT NULL,
    details TEXT NOT NULL
) STRICT;
CREATE INDEX child_by_name ON child (filed_under, id);

CREATE TABLE concern (
    id INTEGER PRIMARY KEY NOT NULL,
    seq INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    urgency INTEGER NOT NULL,
    about TEXT NOT NULL,
    named TEXT NOT NULL,
    form TEXT NOT NULL,
    gist TEXT NOT NULL,
    reporter TEXT NOT NULL,
    job_title TEXT NOT NULL,
    state INTEGER NOT NULL,
    unlinked INTEGER NOT NULL,
    signed_seq INTEGER NOT NULL
) STRICT;
CREATE INDEX concern_inbox ON concern (state = 2, urgency DESC, received_at, id);
CREATE INDEX concern_signed ON concern (state = 2, received_at DESC, id DESC);

CREATE TABLE source (
    sha256 TEXT NOT NULL,
    row INTEGER NOT NULL,
    concern INTEGER NOT NULL,
    PRIMARY KEY (sha256, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE report (
    digest TEXT NOT NULL,
    concern INTEGER NOT NULL,
    PRIMARY KEY (digest, concern)
) STRICT, WITHOUT ROWID;

CREATE TABLE concern_entry (
    concern INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (concern, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX concern_entry_by_entry ON concern_entry (seq);

CREATE TABLE link (
    concern INTEGER NOT NULL,
    position INTEGER NOT NULL,
    child INTEGER NOT NULL,
    how TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (concern, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_by_child ON link (child, concern);

CREATE TABLE chronology (
    child INTEGER NOT NULL,
    sort INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    happened_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    kind TEXT NOT NULL,
    concern INTEGER,
    author INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (child, sort, seq, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX chronology_by_entry ON chronology (seq);
CREATE INDEX chronology_by_concern ON chronology (concern) WHERE concern IS NOT NULL;

CREATE TABLE contact (
    id INTEGER PRIMARY KEY NOT NULL,
    seq INTEGER NOT NULL,
    title TEXT NOT NULL,
    details TEXT NOT NULL,
    retired TEXT NOT NULL
) STRICT;
CREATE INDEX contact_by_title ON contact (retired <> '', title COLLATE NOCASE, id);

CREATE TABLE word (
    word TEXT PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;
-- The words are folded already: nothing but the spaces between them may part them again.
CREATE VIRTUAL TABLE words USING fts5 (text, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
";

/// The order of each chronology without its text. Counting rows and stepping over those above the screen would
/// otherwise read, decrypt and authenticate every word of it.
const CHRONOLOGY_ORDER: &str =
    "CREATE INDEX chronology_order ON chronology (child, sort, seq, kind, happened_at);";

/// Who has opened what, and when: a projection like the others.
const SEEN: &str = "
CREATE TABLE seen (
    what TEXT NOT NULL,
    id INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    recorded_at TEXT NOT NULL,
    author INTEGER NOT NULL,
    PRIMARY KEY (what, id, seq)
) STRICT, WITHOUT ROWID;
";

/// `a&e` is one word. A later step reads the words.
const WORDS_WITH_AND: &str = "
DELETE FROM word;
DROP TABLE words;
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = '', columnsize = 0, detail = none, tokenize = \"ascii tokenchars '&'\"
);
";

/// What each person may do, the key to which the cabinet's keys are sealed for them, who has left,
/// and the public half of the recovery keys.
const PEOPLE: &str = "
ALTER TABLE person ADD COLUMN recipient TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN may TEXT NOT NULL DEFAULT 'lead';

CREATE TABLE departure (
    seq INTEGER PRIMARY KEY NOT NULL,
    person TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX departure_by_name ON departure (person, seq);

CREATE TABLE recovery (
    seq INTEGER PRIMARY KEY NOT NULL,
    recipient TEXT NOT NULL,
    signing_key TEXT NOT NULL
) STRICT;
";

/// Who receives a concern about the DSL, and the key to which it is sealed.
const RECEIVER: &str = "
CREATE TABLE receiver (
    seq INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL
) STRICT;

CREATE TABLE senior_cabinet (
    seq INTEGER PRIMARY KEY NOT NULL,
    intake_key TEXT NOT NULL
) STRICT;
";

/// Concerns that only some people open, by the entry that said so last; and who they are, as long as they are there.
const RESTRICTIONS: &str = "
CREATE TABLE restriction (
    concern INTEGER PRIMARY KEY NOT NULL,
    seq INTEGER NOT NULL
) STRICT;
CREATE TABLE named (
    concern INTEGER NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (concern, person)
) STRICT, WITHOUT ROWID;
";

/// By which the routing finds whom to ring.
const CONTACTS: &str = "
ALTER TABLE contact ADD COLUMN key TEXT NOT NULL DEFAULT '';
CREATE INDEX contact_by_key ON contact (key, id) WHERE key <> '';
";

/// Calls that belong to no child and no concern yet.
const LOOSE_CALLS: &str = "
CREATE TABLE loose_call (seq INTEGER PRIMARY KEY NOT NULL) STRICT;
";

/// On whose roll a child stands, and when they left it; none where no list has said so.
const ROLL: &str = "
ALTER TABLE child ADD COLUMN roll TEXT;
ALTER TABLE child ADD COLUMN left_on TEXT;
";

/// Which entries hold which words, by blocks of the ledger; what is not among them yet, or never will be; and the days
/// of what happened on another day than its entry says. AUTOINCREMENT: whoever has read the words up to one has read them.
const POSTINGS: &str = "
DROP TABLE words;
DROP TABLE word;
CREATE TABLE word (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    word TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE posting (
    place INTEGER PRIMARY KEY NOT NULL,
    seqs BLOB NOT NULL
) STRICT;
CREATE TABLE loose_words (
    seq INTEGER PRIMARY KEY NOT NULL,
    concern INTEGER,
    terms TEXT NOT NULL
) STRICT;
CREATE TABLE redated (
    seq INTEGER PRIMARY KEY NOT NULL,
    day TEXT NOT NULL
) STRICT;
";

/// Children who are read as another, whom no list has a row of their own for; and those who are alike and are two.
const ENTERED_TWICE: &str = "
ALTER TABLE child ADD COLUMN merged_into INTEGER;
CREATE INDEX child_merged ON child (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX child_listed ON child (filed_under, id) WHERE merged_into IS NULL;
DROP INDEX child_by_name;

CREATE TABLE told_apart (
    child INTEGER NOT NULL,
    other INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (child, other)
) STRICT, WITHOUT ROWID;
";

/// What is due, what is true of a child for a time, and concerns that are closed.
const DECIDED: &str = "
CREATE TABLE follow_up (
    id INTEGER PRIMARY KEY NOT NULL,
    seq INTEGER NOT NULL,
    concern INTEGER,
    child INTEGER,
    due INTEGER NOT NULL,
    settled INTEGER NOT NULL,
    tried INTEGER NOT NULL,
    tried_at INTEGER,
    rung INTEGER NOT NULL,
    who TEXT NOT NULL,
    details TEXT NOT NULL
) STRICT;
CREATE INDEX follow_up_by_time ON follow_up (settled, due, id, concern);
CREATE INDEX follow_up_by_who ON follow_up (settled, who COLLATE NOCASE, due, id, concern);
CREATE INDEX follow_up_by_concern ON follow_up (settled, concern IS NULL, concern, child, due, id);
CREATE INDEX follow_up_of_concern ON follow_up (concern, settled, due, id) WHERE concern IS NOT NULL;
CREATE INDEX follow_up_of_child ON follow_up (child, due, id) WHERE child IS NOT NULL;

CREATE TABLE flag (
    seq INTEGER PRIMARY KEY NOT NULL,
    child INTEGER NOT NULL,
    flag TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT NOT NULL
) STRICT;
CREATE INDEX flag_of_child ON flag (child);

ALTER TABLE concern ADD COLUMN level INTEGER NOT NULL DEFAULT 0;
DROP INDEX concern_inbox;
DROP INDEX concern_signed;
CREATE INDEX concern_inbox ON concern (state = 3, state = 2, urgency DESC, received_at, id);
CREATE INDEX concern_closed ON concern (state = 3, received_at DESC, id DESC);
";

/// The adults whom each concern names in full, by their folded words in order.
const NAMED_ADULTS: &str = "
CREATE TABLE named_adult (
    concern INTEGER NOT NULL,
    folded TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (concern, folded)
) STRICT, WITHOUT ROWID;
CREATE INDEX named_adult_by_name ON named_adult (folded, concern);
";

/// Brings a database up to date, or refuses one that a newer program wrote (R10).
pub(super) fn run(db: &mut Connection) -> Result<()> {
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    let file: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if file > known {
        return Err(Error::Newer { file, known });
    }
    for (number, step) in (1_i64..).zip(&STEPS).skip(usize::try_from(file).unwrap_or(0)) {
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let taken: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        // Another desk may have taken the step while this one waited for its turn.
        if taken < number {
            step.take(&tx)?;
            tx.pragma_update(None, "user_version", number)?;
        }
        tx.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
