//! Who has looked (R19): opening a concern or a child is recorded, once for each time that the desk was unlocked.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::Desk;
use super::answer::Subject;
use crate::cabinet::table::restriction::{self, Reader};
use crate::cabinet::table::seen::{self, Sighting};
use crate::cabinet::{Access, Db, Error, Result};
use crate::domain::entry::Entry;
use crate::domain::person::Doing;

/// What has been opened since the desk was.
pub(super) type Opened = BTreeSet<Subject>;

impl Desk {
    /// Records that somebody has opened it. A desk that can only be read cannot say so.
    pub fn saw(&mut self, subject: Subject, now: DateTime<Utc>) -> Result<()> {
        if self.opened.contains(&subject) || self.cabinet.access() == Access::Read {
            return Ok(());
        }
        self.cabinet.record(now, |writer| {
            may_see(writer.db(), &writer.reader()?, subject)?;
            writer.append(&Entry::Seen { subject })
        })?;
        self.opened.insert(subject);
        Ok(())
    }

    /// Whether whoever is at the desk may read who has looked.
    pub fn may_read_who_looked(&self) -> bool {
        self.may(Doing::ReadWhoLooked)
    }

    /// Everybody who has opened it, the newest first.
    pub fn seen_by(&self, subject: Subject) -> Result<Vec<Sighting>> {
        let db = self.cabinet.db();
        may_see(db, &self.reader, subject)?;
        if !self.may_read_who_looked() {
            let sentence = "Who has looked is for a lead or a senior to read. Ask one of them.";
            return Err(Error::Refused(sentence.to_owned()));
        }
        seen::of(db, subject)
    }
}

fn may_see(db: &Db, reader: &Reader, subject: Subject) -> Result<()> {
    match subject {
        Subject::Concern(concern) => restriction::may_open(db, reader, concern),
        Subject::Child(_) => Ok(()),
    }
}
