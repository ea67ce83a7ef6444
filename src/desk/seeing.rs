//! Who has looked (R19): opening a concern or a child is recorded, once for each time that the desk was unlocked.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::Desk;
use super::answer::Subject;
use crate::cabinet::table::seen::{self, Sighting};
use crate::cabinet::{Access, Result};
use crate::domain::entry::Entry;

/// What has been opened since the desk was.
pub(super) type Opened = BTreeSet<Subject>;

impl Desk {
    /// Records that somebody has opened it. A desk that can only be read cannot say so.
    pub fn saw(&mut self, subject: Subject, now: DateTime<Utc>) -> Result<()> {
        if self.opened.contains(&subject) || self.cabinet.access() == Access::Read {
            return Ok(());
        }
        self.cabinet.record(now, |writer| writer.append(&Entry::Seen { subject }))?;
        self.opened.insert(subject);
        Ok(())
    }

    /// Everybody who has opened it, the newest first.
    pub fn seen_by(&self, subject: Subject) -> Result<Vec<Sighting>> {
        seen::of(self.cabinet.db(), subject)
    }
}
