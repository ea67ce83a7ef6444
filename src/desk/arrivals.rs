//! What arrives: a file's reports become concerns, each with the original bytes kept beside it.
//!
//! The same report twice is one concern, and says so. A file leaves the drop folder only when everything in it
//! is in the record or has its reason written beside it.

use std::path::Path;

use chrono::{DateTime, Utc};

use super::answer::{ArrivalOutcome, ArrivalResult};
use super::{Desk, linking};
use crate::cabinet::table::original;
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
        let file = File { name: Text::new(name), sha256: original::sha256(bytes), bytes };
        let mut outcomes = Vec::new();
        for outcome in reading.rows {
            let result = match outcome.result {
                Ok(part1) => self.take_in(&file, outcome.row, &part1, now)?,
                Err(reason) => ArrivalResult::Rejected(reason.to_string()),
            };
            outcomes.push(ArrivalOutcome { file: file.name.clone(), row: outcome.row, result });
        }
        Ok((outcomes, rejections))
    }

    fn take_in(
        &mut self,
        file: &File,
        row: Option<u32>,
        part1: &Part1,
        now: DateTime<Utc>,
    ) -> Result<ArrivalResult> {
        let finder = &mut self.finder;
        self.cabinet.record(now, |writer| {
            // Asked inside the transaction: another desk may be taking in the same file.
            if let Some(first) = original::concern_of(writer.db(), &file.sha256, row)? {
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
}

fn refused(name: &str, reason: &Reason) -> (Vec<ArrivalOutcome>, Vec<Rejection>) {
    let result = ArrivalResult::Rejected(reason.to_string());
    let outcome = ArrivalOutcome { file: Text::new(name), row: None, result };
    (vec![outcome], vec![Rejection::from(reason.clone())])
}
