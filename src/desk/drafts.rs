//! The drafts of whoever opened the desk. Several people may share a cabinet and write in the same form at the same
//! time: each has drafts of her own, and sees nobody else's.
//!
//! One person may have two desks open, too. A desk remembers what it has read or kept in each slot, and writes over
//! nothing else: of two desks in one form, the second to write is told.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::Desk;
use crate::cabinet::table::draft::{self, Draft, Stands};
use crate::cabinet::{Error, Result};
use crate::domain::ids::PersonId;

/// What this desk knows to stand in each slot, to the byte. It has no `Debug` form.
#[derive(Default)]
pub(super) struct Known(BTreeMap<String, String>);

impl Known {
    pub(super) fn get(&self, slot: &str) -> Option<&str> {
        self.0.get(slot).map(String::as_str)
    }

    pub(super) fn forget(&mut self, slot: &str) {
        self.0.remove(slot);
    }
}

impl Desk {
    /// The newest first.
    pub fn drafts(&self) -> Result<Vec<Draft>> {
        let all = draft::all(self.cabinet.db())?;
        Ok(all.into_iter().filter_map(|draft| mine(&self.me.person, draft)).collect())
    }

    pub fn draft(&mut self, slot: &str) -> Result<Option<Draft>> {
        let Some((draft, body)) = draft::get(self.cabinet.db(), &owned(&self.me.person, slot))? else {
            self.known_drafts.forget(slot);
            return Ok(None);
        };
        self.known_drafts.0.insert(slot.to_owned(), body);
        Ok(mine(&self.me.person, draft))
    }

    pub fn keep_draft(&mut self, slot: &str, body: &str, now: DateTime<Utc>) -> Result<()> {
        self.cabinet.may_write()?;
        let owned = owned(&self.me.person, slot);
        match draft::keep(self.cabinet.db(), &owned, self.known_drafts.get(slot), body, now)? {
            Stands::AsThought => {
                self.known_drafts.0.insert(slot.to_owned(), body.to_owned());
                Ok(())
            }
            Stands::Otherwise => Err(Error::Refused(
                "You have this form open at another desk too, and wrote there since. Copy your text, discard it here \
                 and open the form again."
                    .to_owned(),
            )),
        }
    }

    pub fn discard_draft(&mut self, slot: &str) -> Result<()> {
        self.cabinet.may_write()?;
        let owned = owned(&self.me.person, slot);
        draft::discard(self.cabinet.db(), &owned, self.known_drafts.get(slot))?;
        self.known_drafts.forget(slot);
        Ok(())
    }
}

/// The slot as the cabinet has it. A person's id is the name of her file and holds no `/`.
pub(super) fn owned(person: &PersonId, slot: &str) -> String {
    format!("{person}/{slot}")
}

/// A draft under the name by which its form knows it; none where it is somebody else's.
fn mine(person: &PersonId, draft: Draft) -> Option<Draft> {
    let slot = draft.slot.strip_prefix(&owned(person, ""))?.to_owned();
    Some(Draft { slot, ..draft })
}
