//! Two people at one concern: each desk says which it has open, and is told which are open at another.

use std::collections::BTreeSet;

use super::Desk;
use super::answer::OpenElsewhere;
use crate::cabinet::Result;
use crate::cabinet::table::person;
use crate::domain::ids::{ConcernId, PersonId};
use crate::domain::text::Text;

/// Who it is that has it open at a desk of their own.
const ONESELF: &str = "you";

impl Desk {
    /// These concerns are on the screens of this desk, and no others.
    pub fn open_here(&mut self, concerns: &BTreeSet<ConcernId>) -> Result<()> {
        if !self.elsewhere.has(concerns) {
            let people: Vec<PersonId> =
                person::all(self.cabinet.db())?.into_iter().map(|person| person.person).collect();
            self.elsewhere.is_open_here(concerns, &people);
        }
        Ok(())
    }

    /// Which of them somebody has open at another desk.
    pub fn open_elsewhere(&self) -> Result<Vec<OpenElsewhere>> {
        let named = |(concern, person): (ConcernId, PersonId)| {
            let who = if person == self.me.person {
                Text::from(ONESELF)
            } else {
                person::get(self.cabinet.db(), &person)?.map(|person| person.name).unwrap_or_default()
            };
            Ok(OpenElsewhere { concern, who })
        };
        self.elsewhere.elsewhere().into_iter().map(named).collect()
    }
}
