//! What a concern came from, as it arrived.

use super::Desk;
use crate::cabinet::table::{original, report, restriction};
use crate::cabinet::{Error, Result};
use crate::domain::entry::Source;
use crate::domain::ids::ConcernId;
use crate::domain::text::Text;
use crate::intake::{self, RowOutcome};

impl Desk {
    /// The name and the text of the file that a concern arrived in, safe to show. Refused where the same file holds a
    /// report that is not for whoever asks.
    pub fn original(&self, concern: ConcernId) -> Result<(Text, Text)> {
        match self.concern(concern)?.source {
            Source::Typed => {
                let sentence = format!("Concern {concern} was typed at the desk. There is no file to show.");
                Err(Error::Refused(sentence))
            }
            Source::File { name, sha256, row } => {
                let bytes = original::get(self.cabinet.db(), &sha256)?.unwrap_or_default();
                if row.is_some() {
                    self.may_open_all_of(&bytes, &name)?;
                }
                let text = String::from_utf8_lossy(&bytes);
                // The mark of an encoding at the beginning is no part of what was written.
                Ok((name, Text::new(text.trim_start_matches('\u{feff}'))))
            }
        }
    }

    /// Form services export the whole sheet: reports that came in with an earlier file are in a later one, too.
    fn may_open_all_of(&self, bytes: &[u8], name: &str) -> Result<()> {
        let (db, reader) = (self.cabinet.db(), &self.reader);
        let rows = intake::read(bytes, name).map(|reading| reading.rows).unwrap_or_default();
        // A row about staff that could not be taken in is in no record, and nobody is named on it: the leads read it.
        let is_unread = |row: &RowOutcome| row.result.is_err() && row.markings.is_about_staff();
        if rows.iter().any(is_unread) && !self.right.answers_for_the_desk() {
            return Err(Error::Refused(
                "A row of this file is about a member of staff and could not be taken in. A lead or senior may look at \
                 the file."
                    .to_owned(),
            ));
        }
        for part1 in rows.iter().filter_map(|row| row.result.as_ref().ok()) {
            for concern in report::concerns_of(db, &report::digest(part1)?)? {
                restriction::may_open(db, reader, concern).map_err(|error| match error {
                    Error::Restricted(concern) => Error::RestrictedBeside(concern),
                    error => error,
                })?;
            }
        }
        Ok(())
    }
}
