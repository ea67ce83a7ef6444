//! What arrives: a file's reports become concerns, each with the original bytes kept beside it.
//!
//! The same report twice is one concern, and says so: in the same file, or in a longer export of the same sheet. A file leaves the drop folder only when everything in it
//! is in the record or has its reason written beside it.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Utc};

use super::answer::{ArrivalOutcome, ArrivalResult};
use super::{Desk, linking};
use crate::cabinet::table::{original, report};
use crate::cabinet::{Error, Result};
use crate::domain::concern::Part1;
use crate::domain::entry::Source;
use crate::domain::text::Text;
use crate::intake::drop_folder::{self, DropFolder, Found};
use crate::intake::{self, Reason, Rejection};

impl Desk {
    /// Takes in what lies in the drop folder and is no longer being written.
    pub fn look(&mut self, now: DateTime<Utc>) -> Result<Vec<ArrivalOutcome>> {
        let found = self.drop_folder.scan(now).map_err(|fault| Error::Refused(fault.to_string()))?;
        let mut outcomes = Vec::new();
        for file in found {
            match self.take_file(&file, now) {
                Ok(came) => outcomes.extend(came),
                Err(error) => {
                    // It stays in the folder: forget that it was seen, and it is tried again.
                    self.drop_folder = DropFolder::new(self.folder.incoming());
                    return Err(error);
                }
            }
        }
        Ok(outcomes)
    }

    fn take_file(&mut self, file: &Found, now: DateTime<Utc>) -> Result<Vec<ArrivalOutcome>> {
        let name = file.name();
        let (mut outcomes, rejections) = match &file.content {
            Ok(bytes) => self.receive(bytes, &name, now)?,
            Err(reason) => refused(&name, reason),
        };
        let filed = if rejections.is_empty() {
            self.drop_folder.accept(file)
        } else {
            self.drop_folder.reject(file, &rejections).map(drop)
        };
        if let Err(fault) = filed {
            let result = ArrivalResult::Rejected(fault.to_string());
            outcomes.push(ArrivalOutcome { file: name, row: None, result });
        }
        Ok(outcomes)
    }

    /// Takes a named file in, wherever it lies; it stays where it is.
    pub fn import(&mut self, path: &Path, now: DateTime<Utc>) -> Result<Vec<ArrivalOutcome>> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        match drop_folder::read_named(path) {
            Ok(bytes) => Ok(self.receive(&bytes, &name, now)?.0),
            Err(reason) => Ok(refused(&name, &reason).0),
        }
    }

    /// What became of each report of a file, and the reasons for those that were not taken in.
    fn receive(
        &mut self,
        bytes: &[u8],
        name: &str,
        now: DateTime<Utc>,
    ) -> Result<(Vec<ArrivalOutcome>, Vec<Rejection>)> {
        let reading = match intake::read(bytes, name) {
            Ok(reading) => reading,
            Err(reason) => return Ok(refused(name, &reason)),
        };
        let rejections = reading.rejections();
        let mut file = File::new(name, bytes);
        let mut outcomes = Vec::new();
        for outcome in reading.rows {
            let result = match outcome.result {
                Ok(part1) => self.take_in(&mut file, outcome.row, &part1, now)?,
                Err(reason) => ArrivalResult::Rejected(reason.to_string()),
            };
            outcomes.push(ArrivalOutcome { file: file.name.clone(), row: outcome.row, result });
        }
        Ok((outcomes, rejections))
    }

    fn take_in(
        &mut self,
        file: &mut File,
        row: Option<u32>,
        part1: &Part1,
        now: DateTime<Utc>,
    ) -> Result<ArrivalResult> {
        let digest = report::digest(part1)?;
        let nth = file.count(&digest);
        let finder = &mut self.finder;
        self.cabinet.record(now, |writer| {
            // Asked inside the transaction: another desk may be taking in the same file.
            let known = match original::concern_of(writer.db(), &file.sha256, row)? {
                None => report::concern_of(writer.db(), &digest, nth)?,
                known => known,
            };
            if let Some(first) = known {
                return Ok(ArrivalResult::DuplicateOf(first));
            }
            original::keep(writer, &file.sha256, file.bytes)?;
            let source = Source::File { name: file.name.clone(), sha256: file.sha256.clone(), row };
            let saved = linking::receive(writer, finder, part1, source)?;
            let concern = saved.concern.ok_or_else(|| Error::Refused("Nothing was recorded.".to_owned()))?;
            Ok(ArrivalResult::Accepted(concern))
        })
    }
}

/// The file that is being taken in.
struct File<'a> {
    name: Text,
    sha256: String,
    bytes: &'a [u8],
    /// How often each report has been met in it: what it says twice may have happened twice.
    met: BTreeMap<String, u32>,
}

impl<'a> File<'a> {
    fn new(name: &str, bytes: &'a [u8]) -> Self {
        Self { name: Text::new(name), sha256: original::sha256(bytes), bytes, met: BTreeMap::new() }
    }

    /// How often the report was met before.
    fn count(&mut self, digest: &str) -> u32 {
        let met = self.met.entry(digest.to_owned()).or_default();
        *met += 1;
        *met - 1
    }
}

fn refused(name: &str, reason: &Reason) -> (Vec<ArrivalOutcome>, Vec<Rejection>) {
    let result = ArrivalResult::Rejected(reason.to_string());
    let outcome = ArrivalOutcome { file: Text::new(name), row: None, result };
    (vec![outcome], vec![Rejection::from(reason.clone())])
}
