//! Whoever receives a concern about the DSL: what the desk still asks about it (R14, H23).

use super::Desk;
use super::answer::AskReceiver;
use crate::cabinet::Result;
use crate::cabinet::table::receiver;
use crate::domain::cabinet::CabinetName;
use crate::domain::person::Doing;

impl Desk {
    /// The public key to which a report for the senior cabinet is sealed; none before there is one.
    pub fn senior_intake_key(&self) -> Result<Option<String>> {
        receiver::intake_key(self.cabinet.db())
    }

    /// What could not be received has waited in the drop folder; somebody may have been admitted at another desk.
    pub(super) fn find_again_for_a_new_receiver(&mut self) -> Result<()> {
        let key = self.senior_intake_key()?;
        if key != self.receiver_key {
            self.receiver_key = key;
            self.drop_folder.find_all_again();
        }
        Ok(())
    }

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
