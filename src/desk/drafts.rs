//! The drafts of whoever opened the desk. Several people may share a cabinet and write in the same form at the same
//! time: each has drafts of her own, and sees nobody else's.

use chrono::{DateTime, Utc};

use super::Desk;
use crate::cabinet::Result;
use crate::cabinet::table::draft::{self, Draft};
use crate::domain::ids::PersonId;

impl Desk {
    /// The newest first.
    pub fn drafts(&self) -> Result<Vec<Draft>> {
        let all = draft::all(self.cabinet.db())?;
        Ok(all.into_iter().filter_map(|draft| mine(&self.me.person, draft)).collect())
    }

    pub fn draft(&self, slot: &str) -> Result<Option<Draft>> {
        let kept = draft::get(self.cabinet.db(), &owned(&self.me.person, slot))?;
        Ok(kept.and_then(|draft| mine(&self.me.person, draft)))
    }

    pub fn keep_draft(&self, slot: &str, body: &str, now: DateTime<Utc>) -> Result<()> {
        draft::keep(self.cabinet.db(), &owned(&self.me.person, slot), body, now)
    }

    pub fn discard_draft(&self, slot: &str) -> Result<()> {
        draft::discard(self.cabinet.db(), &owned(&self.me.person, slot))
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
