//! Who may open the desk, and how that is changed.
//!
//! The ledger says who they are: a people file that was edited, exchanged or planted changes nothing in it. The entry
//! is always the last step; whatever came before it is done again when the command is, and opens nothing by itself.

pub mod recovery;
mod remove;
mod right;
mod senior;

use std::fs::File;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::answer::PersonChoice;
use super::setup;
use super::{Desk, refuse_where_none_is};
use crate::cabinet::files::{self, Folder, Held};
use crate::cabinet::keys::{CabinetKeys, Identity, Passphrase, PersonFile, Work};
use crate::cabinet::table::person;
use crate::cabinet::{Cabinet, Db, Error, Result, restore};
use crate::domain::entry::Entry;
use crate::domain::ids::PersonId;
use crate::domain::person::{Doing, Person, Right};
use crate::domain::text::Text;

/// An open desk with the cabinet's keys still in hand, which changing its people takes. They go as soon as that is done.
pub struct Keeper {
    desk: Desk,
    keys: CabinetKeys,
}

/// Somebody who is to be admitted.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub name: Text,
    pub role: Text,
    pub right: Right,
}

/// A person of the desk, and whether their file is the one that the ledger speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub person: Person,
    pub file: PeopleFile,
    /// When they were admitted.
    pub since: DateTime<Utc>,
}

/// Everybody, as the screens show them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Members {
    pub listed: Vec<Listed>,
    /// Whether whoever is at the desk may change more than their own passphrase.
    pub may_change: bool,
    pub has_recovery_key: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeopleFile {
    AsAdmitted,
    /// Name, role or keys are others than the ledger's.
    Differs,
    /// There is none, or it cannot be read.
    Missing,
}

impl Desk {
    /// Everybody whom the ledger names as a person of the desk.
    pub fn members(&self) -> Result<Vec<Listed>> {
        let db = self.cabinet.db();
        let listed = |person: Person| {
            let since = person::since(db, &person.person)?;
            Ok(Listed { file: file_of(&self.folder, &person), person, since })
        };
        person::all(db)?.into_iter().map(listed).collect()
    }

    pub fn people(&self) -> Result<Members> {
        Ok(Members {
            listed: self.members()?,
            may_change: self.cabinet.me()?.right.may(Doing::ChangePeople),
            has_recovery_key: self.has_recovery_key()?,
        })
    }

    /// Refuses before anybody has typed a passphrase what would be refused afterwards.
    pub fn may_admit(&self, new: &NewPerson) -> Result<PersonId> {
        may_change_people(self)?;
        self.may_admit_with(new.right)?;
        setup::check_person(&new.name, &new.role)?;
        let id = PersonId::from_name(&new.name);
        match person::get(self.cabinet.db(), &id)? {
            Some(_) => Err(refused(
                "Somebody of that name is a person of this desk already. Give a longer name, with a middle name perhaps.",
            )),
            None => Ok(id),
        }
    }

    /// What the file of keys holds, for the intake key: that one is never changed.
    pub(super) fn sealed_keys(&self) -> Result<CabinetKeys> {
        CabinetKeys::unseal(&self.folder.keys(), &self.identity)
    }

    /// The cabinet's keys, unsealed once more with the keys of whoever opened the desk. Where a change was cut off, the
    /// file of keys holds two, and only the cabinet can say which of them is its own.
    pub(super) fn unsealed(&self) -> Result<CabinetKeys> {
        let keys = self.sealed_keys()?;
        open_cabinet(&self.folder, &keys, &self.identity, &self.me.person).map(|(_, keys)| keys)
    }
}

/// A lock on the people of a desk: one change after the other, whoever makes it.
fn alone(folder: &Folder, cabinet: &Cabinet) -> Result<File> {
    cabinet.may_write()?;
    files::lock(&folder.people_lock())?.ok_or(Error::PeopleBusy)
}

/// That the desk is open. From then on nobody changes its key or puts another record in its place, so this comes
/// before the keys are read.
fn hold(folder: &Folder) -> Result<Held> {
    restore::refuse_between(folder)?;
    refuse_where_none_is(folder)?;
    folder.may_hold_a_desk()?;
    let held = Held::together(&folder.open_lock())?.ok_or(Error::PeopleBusy)?;
    // A restore that was cut off just before holds nothing any more.
    restore::refuse_between(folder)?;
    Ok(held)
}

fn file_of(folder: &Folder, person: &Person) -> PeopleFile {
    match PersonFile::load(folder, &person.person) {
        Ok(file) if is_as_admitted(&file, person) => PeopleFile::AsAdmitted,
        Ok(_) => PeopleFile::Differs,
        Err(_) => PeopleFile::Missing,
    }
}

fn is_as_admitted(file: &PersonFile, person: &Person) -> bool {
    let admitted = file.person(&person.person, person.right);
    // An entry from before the recipient was recorded says nothing about it.
    let recipient = person.recipient.clone().or_else(|| admitted.recipient.clone());
    admitted == Person { recipient, ..person.clone() }
}

impl Keeper {
    /// Opens the desk as one of its people. Takes as long as the passphrase's scrypt, about half a second.
    pub fn open(folder: Folder, person: &PersonId, passphrase: Passphrase) -> Result<Self> {
        let held = hold(&folder)?;
        let identity = PersonFile::load(&folder, person)?.unlock(passphrase)?;
        Self::with_identity(folder, person, Arc::new(identity), held)
    }

    /// The same with keys that are unsealed already.
    fn with_identity(folder: Folder, person: &PersonId, identity: Arc<Identity>, held: Held) -> Result<Self> {
        let keys = CabinetKeys::unseal(&folder.keys(), &identity)?;
        let (cabinet, keys) = open_cabinet(&folder, &keys, &identity, person)?;
        let desk = Desk::around(folder, cabinet, identity, held)?;
        Ok(Self { desk, keys })
    }

    pub(super) fn new(desk: Desk, keys: CabinetKeys) -> Self {
        Self { desk, keys }
    }

    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Lets go of the keys.
    pub fn into_desk(self) -> Desk {
        self.desk
    }

    /// Refuses before anybody has typed a passphrase what would be refused afterwards.
    pub fn may_add(&self, new: &NewPerson) -> Result<PersonId> {
        self.desk.may_admit(new)
    }

    /// Makes somebody's keys under the passphrase that they typed, and admits them. A file of theirs that is there
    /// already was left by an attempt that was cut off: the ledger does not know them.
    pub fn add(
        &mut self,
        new: &NewPerson,
        passphrase: Passphrase,
        work: Work,
        now: DateTime<Utc>,
    ) -> Result<PersonChoice> {
        let _alone = self.alone()?;
        let id = self.may_add(new)?;
        self.finish(now)?;
        let (file, identity) = PersonFile::make(&new.name, &new.role, passphrase, work)?;
        let admitted = file.person(&id, new.right);
        remove::put_file_aside(&self.desk.folder, &id, now)?;
        file.save(&self.desk.folder, &id)?;
        let intake_key = match new.right {
            Right::Senior => self.admit_to_senior(&admitted, &identity, now)?,
            Right::Lead | Right::Deputy | Right::Reader => None,
        };
        self.seal_with(Some(&admitted))?;
        self.desk.cabinet.record(now, |writer| {
            if let Some(intake_key) = intake_key {
                writer.append(&Entry::SeniorCabinetMade { intake_key })?;
            }
            writer.append(&Entry::PersonAdmitted(admitted))
        })?;
        // What has waited for its receiver is for them now.
        self.desk.drop_folder.find_all_again();
        Ok(PersonChoice { person: id, name: new.name.clone(), role: new.role.clone() })
    }

    /// Puts one's own keys under another passphrase. The keys stay the same, and so does all else of the desk.
    pub fn change_passphrase(&mut self, passphrase: Passphrase, work: Work) -> Result<()> {
        let _alone = self.alone()?;
        let person = &self.desk.me.person;
        let mut file = PersonFile::load(&self.desk.folder, person)?;
        file.seal(&self.desk.identity, passphrase, work)?;
        file.save(&self.desk.folder, person)
    }

    fn may_change_people(&self) -> Result<()> {
        may_change_people(&self.desk)
    }

    fn alone(&self) -> Result<File> {
        alone(&self.desk.folder, &self.desk.cabinet)
    }

    /// Seals the cabinet's keys to everybody whom the ledger vouches for, and to somebody who is being admitted.
    fn seal_with(&self, new: Option<&Person>) -> Result<()> {
        let folder = &self.desk.folder;
        self.keys.seal(&folder.keys(), &recipients(folder, self.desk.cabinet.db(), new)?)
    }
}

fn may_change_people(desk: &Desk) -> Result<()> {
    let me = desk.cabinet.me()?;
    if me.right.may(Doing::ChangePeople) { Ok(()) } else { Err(Error::NoRight(me.right.label())) }
}

/// Everybody whom the ledger vouches for, the recovery key, and somebody with keys that are new.
fn recipients(folder: &Folder, db: &Db, new: Option<&Person>) -> Result<Vec<String>> {
    let mut people = person::all(db)?;
    people.retain(|person| new.is_none_or(|new| new.person != person.person));
    people.extend(new.cloned());
    let recovery = person::recovery(db)?.map(|key| key.recipient);
    let people = people.iter().map(|person| recipient(folder, person));
    people.chain(recovery.map(Ok)).collect()
}

/// Opens the cabinet, and gives the keys that fit.
fn open_cabinet(
    folder: &Folder,
    keys: &CabinetKeys,
    identity: &Identity,
    person: &PersonId,
) -> Result<(Cabinet, CabinetKeys)> {
    keys.fit(|keys| Cabinet::open(&folder.database(), keys, identity.signer(person.clone())))
}

/// The ledger's word, never the file's, except for a founder from before the ledger said it.
fn recipient(folder: &Folder, person: &Person) -> Result<String> {
    match &person.recipient {
        Some(recipient) => Ok(recipient.clone()),
        None => PersonFile::load(folder, &person.person).map(|file| file.recipient),
    }
}

fn refused(sentences: &str) -> Error {
    Error::Refused(sentences.to_owned())
}
