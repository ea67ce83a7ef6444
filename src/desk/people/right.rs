//! What somebody may do is changed: an entry says so, and no key does.

use chrono::{DateTime, Utc};

use super::refused;
use crate::cabinet::Result;
use crate::cabinet::table::person;
use crate::desk::Desk;
use crate::domain::entry::Entry;
use crate::domain::ids::PersonId;
use crate::domain::person::{Right, must_keep_right};
use crate::domain::text::Text;

impl Desk {
    /// Gives somebody another right, from their next entry on.
    pub fn change_right(
        &mut self,
        person: &PersonId,
        to: Right,
        reason: &Text,
        now: DateTime<Utc>,
    ) -> Result<()> {
        super::may_change_people(self)?;
        let _alone = super::alone(&self.folder, &self.cabinet)?;
        if let Some(sentences) =
            must_keep_right(person, to, &self.me.person, &person::all(self.cabinet.db())?)
        {
            return Err(refused(sentences));
        }
        if reason.is_blank() {
            return Err(refused(
                "The reason is empty. Say why their right changes: it stands in the record.",
            ));
        }
        let (person, reason) = (person.clone(), reason.clone());
        let entry = Entry::RightChanged { person, right: to, reason };
        self.cabinet.record(now, |writer| writer.append(&entry))?;
        Ok(())
    }
}
