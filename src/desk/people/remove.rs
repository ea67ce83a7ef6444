//! Somebody leaves: an entry says so, and the cabinet gets another key, which is sealed to whoever stays.
//!
//! The entry is written into the file under the new key alone, so that both count from the same moment.

use std::fs;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Keeper, recipients, refused};
use crate::cabinet::files::{self, Folder, Held};
use crate::cabinet::keys::{self, CabinetKeys, Identity};
use crate::cabinet::ledger::{self, Head};
use crate::cabinet::table::person;
use crate::cabinet::{Cabinet, Db, Error, Result, rekey};
use crate::desk::Desk;
use crate::domain::cabinet::CabinetName;
use crate::domain::entry::Entry;
use crate::domain::ids::PersonId;
use crate::domain::person::{Right, must_stay};
use crate::domain::text::Text;

/// Whoever opened a desk, so that it can be opened again without their passphrase.
pub(in crate::desk) struct Again {
    folder: Folder,
    me: PersonId,
    identity: Arc<Identity>,
}

impl Again {
    pub(in crate::desk) fn open(self) -> Result<Desk> {
        let held = super::hold(&self.folder)?;
        Keeper::with_identity(self.folder, &self.me, self.identity, held).map(Keeper::into_desk)
    }
}

impl Desk {
    pub(in crate::desk) fn again(&self) -> Again {
        let (folder, me) = (self.folder.clone(), self.me.person.clone());
        Again { folder, me, identity: Arc::clone(&self.identity) }
    }

    /// Refuses, while the desk is open still, what would be refused anyway.
    pub fn may_remove(&self, person: &PersonId, reason: &Text) -> Result<()> {
        super::may_change_people(self)?;
        refuse_in_the_senior_cabinet(self)?;
        may_remove(self.cabinet.db(), person, &self.me.person, reason)
    }
}

impl Keeper {
    /// Removes somebody and gives the cabinet another key. Their entries stay as they are. Refused while another desk
    /// is open on the cabinet. Done again, it finishes what was cut off.
    pub fn remove(self, person: &PersonId, reason: &Text, now: DateTime<Utc>) -> Result<Desk> {
        self.may_change_people()?;
        refuse_in_the_senior_cabinet(&self.desk)?;
        let _alone = self.alone()?;
        self.finish(now)?;
        let db = self.desk.cabinet.db();
        if person::get(db, person)?.is_none() && person::has_left(db, person)? {
            return Ok(self.desk);
        }
        may_remove(db, person, &self.desk.me.person, reason)?;
        let senior = self.leaves_senior(person, reason, now)?;
        let (leaving, held) = Leaving::begin(self, person, reason)?;
        let only = held.alone().ok_or(Error::OpenElsewhere)?;
        // First: whoever is cut off from here is no member of this cabinet alone, and the same command goes on.
        if let Some(senior) = senior {
            senior.carry_out(now)?;
        }
        let keys = leaving.carry_out(now)?;
        drop(only);
        let held = Held::together(&leaving.folder.open_lock())?.ok_or(Error::PeopleBusy)?;
        let cabinet = leaving.opened(&keys)?;
        Desk::around(leaving.folder, cabinet, leaving.identity, held)
    }

    /// Their leaving of the senior cabinet, where they are a member.
    fn leaves_senior(&self, person: &PersonId, reason: &Text, now: DateTime<Utc>) -> Result<Option<Leaving>> {
        let known = person::get(self.desk.cabinet.db(), person)?;
        if known.is_none_or(|known| known.right != Right::Senior) || !self.desk.has_senior_cabinet()? {
            return Ok(None);
        }
        let senior = self.senior()?;
        // One that was cut off before is finished here: it is not begun again.
        senior.finish(now)?;
        let members = person::all(senior.desk.cabinet.db())?;
        if !members.iter().any(|member| member.person == *person) {
            return Ok(None);
        }
        // Nobody removes themselves, so whoever does this stays.
        Leaving::begin(senior, person, reason).map(|(leaving, _)| Some(leaving))
    }

    /// Clears away what a change of people left that was cut off; the pair in place has opened.
    pub(super) fn finish(&self, now: DateTime<Utc>) -> Result<()> {
        let folder = &self.desk.folder;
        if rekey::has_left_something(folder) {
            rekey::is_sound(&self.desk.cabinet)?;
            self.seal_with(None)?;
            rekey::forget(folder)?;
        }
        put_files_aside(folder, self.desk.cabinet.db(), now)
    }
}

/// Where its members are removed.
const IN_THE_GENERAL: &str = "Its members are those with the right `senior`. Remove them in the general cabinet: both will shut to them.";

fn refuse_in_the_senior_cabinet(desk: &Desk) -> Result<()> {
    match desk.folder.cabinet() {
        CabinetName::General => Ok(()),
        CabinetName::Senior => Err(refused(IN_THE_GENERAL)),
    }
}

fn may_remove(db: &Db, person: &PersonId, me: &PersonId, reason: &Text) -> Result<()> {
    let members = person::all(db)?;
    if !members.iter().any(|member| member.person == *person) {
        return Err(refused(
            "There is nobody of that name on this desk. `dsl-desk people list` names everybody.",
        ));
    }
    if reason.is_blank() {
        return Err(refused("The reason is empty. Say why they are removed: it stands in the record."));
    }
    must_stay(person, me, &members).map_or(Ok(()), |sentences| Err(refused(sentences)))
}

/// A removal on its way, with the cabinet closed.
struct Leaving {
    folder: Folder,
    /// The newest line before it.
    head: Head,
    me: PersonId,
    entry: Entry,
    keys: CabinetKeys,
    identity: Arc<Identity>,
}

impl Leaving {
    /// Closes the cabinet.
    fn begin(keeper: Keeper, person: &PersonId, reason: &Text) -> Result<(Self, Held)> {
        let Keeper { mut desk, keys } = keeper;
        let leaving = Self {
            folder: desk.folder.clone(),
            head: ledger::head(desk.cabinet.db())?,
            me: desk.me.person.clone(),
            entry: Entry::PersonRemoved { person: person.clone(), reason: reason.clone() },
            keys,
            identity: Arc::clone(&desk.identity),
        };
        let held = std::mem::replace(&mut desk.held, Held::nothing());
        Ok((leaving, held))
    }

    /// See [`rekey`] for the steps. Gives the keys that open the cabinet afterwards.
    fn carry_out(&self, now: DateTime<Utc>) -> Result<CabinetKeys> {
        let folder = &self.folder;
        let to = self.written(now).inspect_err(|_| rekey::forget_unfinished(folder))?;
        let changed = Cabinet::open(&folder.changed_database(), &to, self.identity.signer(self.me.clone()))?;
        let recipients = recipients(folder, changed.db(), None)?;
        let newest = ledger::head(changed.db())?;
        rekey::close(changed)?;
        rekey::set_aside(folder, now)?;
        to.seal(&folder.keys(), &recipients)?;
        rekey::put_in_place(folder)?;
        let to = to.alone();
        let cabinet = self.opened(&to)?;
        rekey::is_sound(&cabinet)?;
        if ledger::head(cabinet.db())? != newest {
            return Err(Error::NotACabinet);
        }
        to.seal(&folder.keys(), &recipients)?;
        put_files_aside(folder, cabinet.db(), now)?;
        rekey::forget(folder)?;
        Ok(to)
    }

    /// The record under a new key, with the entry at its end.
    fn written(&self, now: DateTime<Utc>) -> Result<CabinetKeys> {
        let to = rekey::prepare(&self.folder, &self.keys)?;
        let signer = self.identity.signer(self.me.clone());
        let mut cabinet = Cabinet::open(&self.folder.changed_database(), &to, signer)?;
        if ledger::head(cabinet.db())? != self.head {
            // Somebody wrote after the desk was closed.
            return Err(Error::OpenElsewhere);
        }
        cabinet.record(now, |writer| writer.append(&self.entry))?;
        rekey::is_sound(&cabinet)?;
        rekey::close(cabinet)?;
        Ok(to)
    }

    fn opened(&self, keys: &CabinetKeys) -> Result<Cabinet> {
        Cabinet::open(&self.folder.database(), keys, self.identity.signer(self.me.clone()))
    }
}

/// The files of whoever has left, out of the list of those who may open the desk.
fn put_files_aside(folder: &Folder, db: &Db, now: DateTime<Utc>) -> Result<()> {
    // Whoever has left the senior cabinet alone may open the other: its ledger says who has a file.
    if folder.cabinet() == CabinetName::Senior {
        return Ok(());
    }
    for person in keys::people(folder)? {
        if person::get(db, &person)?.is_none() && person::has_left(db, &person)? {
            put_file_aside(folder, &person, now)?;
        }
    }
    Ok(())
}

/// Whatever file there is of that name: its keys may open something that nobody has thought of.
pub(super) fn put_file_aside(folder: &Folder, person: &PersonId, now: DateTime<Utc>) -> Result<()> {
    let file = folder.person(person);
    if !file.exists() {
        return Ok(());
    }
    files::private_folder(&folder.removed_people())?;
    let aside = folder.removed_people().join(format!("{person}-{}.toml", files::stamp(now)));
    fs::rename(&file, &aside).map_err(Error::file("The file", "put aside", &file))
}
