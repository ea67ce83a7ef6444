//! The newest entry, noted beside the database, so that an older file that is put in its place is noticed on opening.
//!
//! `cabinets/general.seen` is TOML, signed by whoever was at the desk. It may lag behind the record and never runs
//! ahead of it: it is written after what it speaks of is committed, and read before the record is. So two desks that
//! write at once raise no false alarm.
//!
//! What it holds of the newest entry is no hash of the ledger but the SHA-256 over that hash and its signature: with two
//! such hashes, somebody without the key could try guesses of what was written between them.
//!
//! It is a warning and no proof: whoever puts the note of that day back as well, or removes it, is not noticed. That is
//! what [`against`](super::verify::against) is for.

use std::fs::{self, File};
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use ed25519_dalek::VerifyingKey;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::error::{Error, Result};
use super::ledger::{self, Line};
use super::table::person;
use super::{Cabinet, files, keys, signature};
use crate::domain::entry::Entry;
use crate::domain::ids::{PersonId, Seq};
use crate::domain::moment::spoken_day;
use crate::domain::text::Text;

const FORMAT: &str = "dsl-desk.seen/1";
/// More than such a file ever is.
const LONGEST: u64 = 4096;

/// Whether the record is the one that was last seen here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LastSeen {
    /// As far as anything was noted.
    #[default]
    Same,
    /// It has fewer entries than were seen.
    Older {
        entries: Seq,
        of: DateTime<Utc>,
        found: Seq,
    },
    /// It has another entry in the place of the one that was seen.
    Other {
        entries: Seq,
        of: DateTime<Utc>,
    },
    /// The note is signed by nobody whom the record knows.
    NotSigned,
    Unreadable,
}

impl LastSeen {
    /// What happened and what to do, where something is to be done.
    pub fn sentences(self) -> Option<String> {
        let what = match self {
            Self::Same => return None,
            Self::Older { entries, of, found } => format!(
                "This record is older than the one last seen here (entry {entries} of {}; the record ends at {found}).",
                spoken_day(of)
            ),
            Self::Other { entries, of } => format!(
                "This record is not the one last seen here (entry {entries} of {} is another one).",
                spoken_day(of)
            ),
            Self::NotSigned => {
                "The note of what was last seen here (general.seen) is signed by nobody whom this \
                                record knows: it was changed, or the record is older than they are."
                    .to_owned()
            }
            Self::Unreadable => {
                "The note of what was last seen here (general.seen) cannot be read.".to_owned()
            }
        };
        let then = match self {
            Self::Older { .. } | Self::Other { .. } => {
                "Somebody may have put an old file back: find the newer one, or note it and go on \
                 (`dsl-desk verify --accept-older --reason …`)."
            }
            Self::Same | Self::NotSigned | Self::Unreadable => {
                "Compare the record with words that were noted (`dsl-desk verify --against …`), or note it and go on \
                 (`dsl-desk verify --accept-older --reason …`)."
            }
        };
        Some(format!("{what} {then}"))
    }
}

/// `cabinets/general.seen`.
#[derive(Serialize, Deserialize)]
struct Note {
    format: String,
    cabinet: String,
    entries: i64,
    /// SHA-256 over the newest entry's hash and signature, hexadecimal.
    head: String,
    /// When the newest entry was recorded.
    recorded_at: DateTime<Utc>,
    author: PersonId,
    signature: String,
}

/// What lies beside the database.
enum Beside {
    Nothing,
    Unreadable,
    Note(Note),
}

impl Note {
    /// What is signed: a line for each field.
    fn text(&self) -> String {
        let Self { format, cabinet, entries, head, recorded_at, author, signature: _ } = self;
        let recorded_at = recorded_at.to_rfc3339();
        format!("{format}\n{cabinet}\n{entries}\n{head}\n{recorded_at}\n{author}\n")
    }

    fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        signature::is_of(key, &self.text(), &self.signature)
    }
}

/// Names an entry to whoever has the record, and says nothing to anybody else.
pub(super) fn named(line: &Line) -> String {
    keys::hex(&Sha256::digest(format!("{}\n{}\n", line.hash, line.signature)))
}

impl Cabinet {
    /// Compares the record with what was last seen of it here.
    pub fn last_seen(&self) -> Result<LastSeen> {
        // In this order: what another desk records meanwhile is in the record and not yet in the note.
        let beside = self.beside();
        self.compare(&beside)
    }

    /// Notes the newest entry, where the record is the one that was last seen and has gone on since.
    pub fn keep_last_seen(&self) -> Result<()> {
        self.may_write()?;
        let beside = self.beside();
        let has_gone_on = match &beside {
            Beside::Nothing => true,
            Beside::Unreadable => false,
            Beside::Note(note) => {
                self.compare(&beside)? == LastSeen::Same && note.entries != ledger::head(self.db())?.seq.0
            }
        };
        if has_gone_on { self.note_newest() } else { Ok(()) }
    }

    /// Records that the person at the desk knows of it and goes on with the record as it is; gives the entry.
    pub fn accept_last_seen(&mut self, reason: &Text, now: DateTime<Utc>) -> Result<Seq> {
        let beside = self.beside();
        let known = match (self.compare(&beside)?, beside) {
            (LastSeen::Same, _) => {
                let sentence = "The record is the one last seen here. There is nothing to accept.";
                return Err(Error::Refused(sentence.to_owned()));
            }
            (LastSeen::Older { .. } | LastSeen::Other { .. }, Beside::Note(note)) => Some(note),
            (_, _) => None,
        };
        let seq = self.record(now, |writer| {
            let found_entries = ledger::head(writer.db())?.seq.0;
            let (seen_entries, seen_head) = known.map(|note| (note.entries, note.head)).unzip();
            writer.append(&Entry::RecordWentBack {
                seen_entries,
                seen_head,
                found_entries,
                reason: reason.clone(),
            })
        })?;
        self.note_newest()?;
        Ok(seq)
    }

    fn compare(&self, beside: &Beside) -> Result<LastSeen> {
        let note = match beside {
            Beside::Nothing => return Ok(LastSeen::Same),
            Beside::Unreadable => return Ok(LastSeen::Unreadable),
            Beside::Note(note) => note,
        };
        if !self.knows_signer(note)? {
            return Ok(LastSeen::NotSigned);
        }
        let (entries, of, found) = (Seq(note.entries), note.recorded_at, ledger::head(self.db())?.seq);
        let seen = match ledger::line(self.db(), entries) {
            Ok(line) if named(&line) == note.head => return Ok(LastSeen::Same),
            Err(Error::NoSuch(..)) if entries > found => LastSeen::Older { entries, of, found },
            Ok(_) | Err(Error::NoSuch(..)) => LastSeen::Other { entries, of },
            Err(error) => return Err(error),
        };
        Ok(if is_accepted(self.db(), note)? { LastSeen::Same } else { seen })
    }

    /// Whoever is at the desk knows her own key, however old the record is.
    fn knows_signer(&self, note: &Note) -> Result<bool> {
        let mine = (note.author == self.signer.person).then(|| self.signer.key.verifying_key());
        let known = person::signing_keys(self.db(), &note.author)?;
        let known = known.iter().filter_map(|key| signature::key(key));
        Ok(mine.into_iter().chain(known).any(|key| note.is_signed_by(&key)))
    }

    fn note_newest(&self) -> Result<()> {
        let newest = ledger::line(self.db(), ledger::head(self.db())?.seq)?;
        let mut note = Note {
            format: FORMAT.to_owned(),
            cabinet: self.name(),
            entries: newest.seq.0,
            head: named(&newest),
            recorded_at: newest.recorded().ok_or(Error::Unreadable { seq: newest.seq.0 })?,
            author: self.signer.person.clone(),
            signature: String::new(),
        };
        note.signature = signature::sign(&self.signer, &note.text());
        let text = toml::to_string(&note).map_err(|_| Error::NotKept)?;
        files::replace_private(&self.note_path(), text.as_bytes())
    }

    fn beside(&self) -> Beside {
        match read(&self.note_path()) {
            Ok(None) => Beside::Nothing,
            Ok(Some(text)) => match toml::from_str::<Note>(&text) {
                Ok(note) if note.format == FORMAT && note.cabinet == self.name() => Beside::Note(note),
                Ok(_) | Err(_) => Beside::Unreadable,
            },
            Err(_) => Beside::Unreadable,
        }
    }

    fn note_path(&self) -> PathBuf {
        self.place.path().with_extension("seen")
    }

    /// The name of its file.
    fn name(&self) -> String {
        self.place.path().file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// A pipe of that name would be waited for, and a file without end read for ever.
fn read(path: &Path) -> std::io::Result<Option<String>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Ok(file) if file.is_file() => {}
        Ok(_) | Err(_) => return Err(ErrorKind::InvalidData.into()),
    }
    let mut text = String::new();
    File::open(path)?.take(LONGEST).read_to_string(&mut text)?;
    Ok(Some(text))
}

/// Whether an entry says that this note is known and the record goes on without what it speaks of.
fn is_accepted(db: &Connection, note: &Note) -> Result<bool> {
    let mut statement = db.prepare("SELECT body FROM ledger WHERE kind = 'record-went-back'")?;
    let mut bodies = statement.query_map([], |row| row.get::<_, String>(0))?;
    Ok(bodies.any(|body| {
        let entry = body.ok().and_then(|body| ledger::decode("record-went-back", &body));
        matches!(entry, Some(Entry::RecordWentBack { seen_head: Some(head), .. }) if head == note.head)
    }))
}
