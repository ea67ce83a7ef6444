//! The senior cabinet: who is a member of it, and how it is made for the first of them (R14, H23).
//!
//! Whoever has the right `senior` is a member of both cabinets. The first one founds the senior cabinet with keys that
//! nobody else has; from then on only its members admit others to it, and only they remove one.

use std::fs;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Keeper, hold, refused};
use crate::cabinet::files::{self, Folder};
use crate::cabinet::keys::Identity;
use crate::cabinet::table::person;
use crate::cabinet::{Error, Result};
use crate::desk::Desk;
use crate::desk::setup::{self, Founder};
use crate::domain::cabinet::CabinetName;
use crate::domain::entry::Entry;
use crate::domain::person::{Person, Right};

/// What is left of a senior cabinet when another begins, by the ending.
const FILES: [&str; 7] = ["db", "db-wal", "db-shm", "keys", "seen", "unfinished", "changed"];

impl Desk {
    /// The other cabinet, as whoever is at this desk opens it; none where they are no member of it.
    pub fn beside(&self) -> Result<Option<Self>> {
        let folder = self.folder.with(self.folder.cabinet().other());
        Ok(member(&folder, self)?.map(Keeper::into_desk))
    }

    /// Whether there is a senior cabinet whose keys lie in the folder.
    pub(in crate::desk) fn has_senior_cabinet(&self) -> Result<bool> {
        Ok(self.senior_intake_key()?.is_some() && self.folder.with(CabinetName::Senior).keys().exists())
    }

    /// Whether the senior cabinet is another than the one to which reports are sealed, for whoever should open it: it
    /// does not open with their keys, or has another intake key.
    pub(in crate::desk) fn senior_cabinet_is_replaced(&self, beside: Option<&Self>) -> Result<bool> {
        let key = self.senior_intake_key()?;
        if self.right != Right::Senior || self.folder.cabinet() != CabinetName::General || key.is_none() {
            return Ok(false);
        }
        Ok(match beside {
            Some(senior) => key != Some(senior.sealed_keys()?.intake_key()?),
            None => true,
        })
    }

    /// Whether one of the two cabinets of whoever opened this one is not the one to which reports are sealed.
    pub fn is_opened_beside_another(&self) -> Result<bool> {
        match (self.folder.cabinet(), self.beside()?) {
            (CabinetName::General, beside) => self.senior_cabinet_is_replaced(beside.as_ref()),
            (CabinetName::Senior, Some(general)) => general.senior_cabinet_is_replaced(Some(self)),
            (CabinetName::Senior, None) => Ok(false),
        }
    }

    /// Refuses whom this desk cannot admit under that right.
    pub(super) fn may_admit_with(&self, right: Right) -> Result<()> {
        if self.folder.cabinet() == CabinetName::Senior {
            return Err(refused(
                "Its members are those with the right `senior`. Add them in the general cabinet: both will open to them.",
            ));
        }
        if right != Right::Senior || !self.has_senior_cabinet()? || self.beside()?.is_some() {
            return Ok(());
        }
        Err(refused(
            "Only somebody who opens the senior cabinet admits another to it. Ask one of those with the right `senior`.",
        ))
    }
}

impl Keeper {
    /// The public key to which a report for the cabinet that is open is sealed.
    pub fn intake_key(&self) -> Result<String> {
        self.keys.intake_key()
    }

    /// The senior cabinet with its keys in hand; refused to whoever is no member.
    pub(super) fn senior(&self) -> Result<Self> {
        member(&self.desk.folder.with(CabinetName::Senior), &self.desk)?.ok_or_else(|| {
            refused(
                "They receive concerns about the DSL. Only somebody who opens the senior cabinet, too, can remove them.",
            )
        })
    }

    /// Makes somebody a member of the senior cabinet, or the senior cabinet for them: then its public intake key is
    /// given, which the record has still to be told.
    pub(super) fn admit_to_senior(
        &self,
        new: &Person,
        identity: &Identity,
        now: DateTime<Utc>,
    ) -> Result<Option<String>> {
        if self.desk.has_senior_cabinet()? {
            let mut senior = self.senior()?;
            senior.finish(now)?;
            senior.seal_with(Some(new))?;
            senior.desk.cabinet.record(now, |writer| writer.append(&Entry::PersonAdmitted(new.clone())))?;
            return Ok(None);
        }
        let folder = self.desk.folder.with(CabinetName::Senior);
        set_aside(&folder, now)?;
        let organisation = person::organisation_name(self.desk.cabinet.db())?;
        let founder = Founder { person: new.clone(), organisation, receiver: None };
        setup::found(&folder, identity, founder, now)?.intake_key().map(Some)
    }
}

fn member(folder: &Folder, desk: &Desk) -> Result<Option<Keeper>> {
    // Nobody else is in the way of a damaged one, or learns that it is.
    if desk.right != Right::Senior || !folder.exists() {
        return Ok(None);
    }
    let held = hold(folder)?;
    match Keeper::with_identity(folder.clone(), &desk.me.person, Arc::clone(&desk.identity), held) {
        Err(Error::NotAMember | Error::NotKnown) => Ok(None),
        keeper => keeper.map(Some),
    }
}

/// Files of a senior cabinet that the record does not know, or whose keys are away: an attempt that was cut off, or
/// one from before going back. They are kept, and open where they lie when they are put back.
fn set_aside(folder: &Folder, now: DateTime<Utc>) -> Result<()> {
    let aside = folder.cabinets().join(format!("set-aside-senior-{}", files::stamp(now)));
    for file in FILES.map(|ending| folder.database().with_extension(ending)) {
        let Some(name) = file.file_name().filter(|_| file.exists()) else { continue };
        files::private_folder(&aside)?;
        fs::rename(&file, aside.join(name)).map_err(Error::file("The file", "put aside", &file))?;
    }
    Ok(())
}
