//! Whoever receives a concern about the DSL: what the desk still asks about it (R14, H23).

use super::Desk;
use super::answer::AskReceiver;
use crate::cabinet::Result;
use crate::cabinet::table::receiver;
use crate::domain::cabinet::CabinetName;
use crate::domain::person::Doing;

impl Desk {
    /// What is still to be answered by whoever is at the desk.
    pub(super) fn ask_receiver(&self) -> Result<Option<AskReceiver>> {
        let db = self.cabinet.db();
        let is_asked = self.folder.cabinet() == CabinetName::General && self.may(Doing::ChangePeople);
        if !is_asked || self.has_senior_cabinet()? {
            return Ok(None);
        }
        Ok(Some(receiver::get(db)?.map_or(AskReceiver::Who, AskReceiver::Passphrase)))
    }
}
