//! The recovery key: made, replaced, and used by somebody who has forgotten their passphrase.

use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Keeper, alone, hold, open_cabinet, recipients, refused};
use crate::cabinet::files::{Folder, Held};
use crate::cabinet::keys::{CabinetKeys, Passphrase, PersonFile, Work, recovery};
use crate::cabinet::table::person;
use crate::cabinet::{Cabinet, Error, Result};
use crate::desk::Desk;
use crate::domain::cabinet::CabinetName;
use crate::domain::entry::Entry;
use crate::domain::ids::PersonId;
use crate::domain::person::Person;
use crate::domain::text::Text;

impl Desk {
    pub fn has_recovery_key(&self) -> Result<bool> {
        Ok(person::recovery(self.cabinet.db())?.is_some())
    }
}

/// Words of which a recovery key can be made, and no key yet.
pub struct Drawn {
    pub words: SecretString,
    /// The places, from 0, of two of them that are asked back.
    pub ask: [usize; 2],
}

impl Desk {
    /// Draws words for a recovery key. Nothing is changed by it: they open nothing before
    /// [`Keeper::make_recovery_key_of`].
    pub fn draw_recovery_words(&self) -> Result<Drawn> {
        super::may_change_people(self)?;
        let (words, _) = recovery::make()?;
        Ok(Drawn { words, ask: recovery::two_places()? })
    }
}

impl Keeper {
    /// Makes a recovery key, in place of the one before, and gives its words. Nobody can ask for them again.
    pub fn make_recovery_key(&mut self, now: DateTime<Utc>) -> Result<SecretString> {
        let words = self.desk.draw_recovery_words()?.words;
        self.make_recovery_key_of(words.expose_secret(), now)?;
        Ok(words)
    }

    /// Makes the recovery key that belongs to words, in place of the one before.
    pub fn make_recovery_key_of(&mut self, words: &str, now: DateTime<Utc>) -> Result<()> {
        let _alone = self.alone()?;
        self.may_change_people()?;
        self.finish(now)?;
        let key = recovery::heard(words)?.recovery_key();
        let keys = self.desk.folder.keys();
        // To the old one as well, until the ledger has the new one: a kill in between leaves words that open.
        let mut both = recipients(&self.desk.folder, self.desk.cabinet.db(), None)?;
        both.push(key.recipient.clone());
        self.keys.seal(&keys, &both)?;
        self.desk.cabinet.record(now, |writer| writer.append(&Entry::RecoveryKeyMade(key)))?;
        self.seal_with(None)
    }
}

/// A desk opened with the words of its recovery key, in the name of somebody who has forgotten their passphrase.
pub struct Recovering {
    folder: Folder,
    cabinet: Cabinet,
    keys: CabinetKeys,
    person: Person,
    /// Let go of when the cabinet is closed.
    _held: Held,
}

impl Recovering {
    pub fn open(folder: Folder, person: &PersonId, words: &str) -> Result<Self> {
        let held = hold(&folder)?;
        let identity = recovery::heard(words)?;
        let keys = CabinetKeys::unseal(&folder.keys(), &identity).map_err(|error| match error {
            Error::NotAMember => Error::WordsReplaced,
            error => error,
        })?;
        let (cabinet, keys) = open_cabinet(&folder, &keys, &identity, person)?;
        if !cabinet.is_opened_to_recover()? {
            return Err(Error::WordsReplaced);
        }
        let known = person::get(cabinet.db(), person)?;
        let person = known.ok_or_else(|| {
            refused("There is nobody of that name on this desk. Give the full name of somebody who opens it.")
        })?;
        Ok(Self { folder, cabinet, keys, person, _held: held })
    }

    /// Whose keys are made anew.
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The organisation's name.
    pub fn organisation(&self) -> Result<Text> {
        person::organisation_name(self.cabinet.db())
    }

    /// Makes their keys anew under another passphrase. The entry comes last: until it is there, the words open the
    /// desk, and all of it can be done again.
    pub fn recover(mut self, passphrase: Passphrase, work: Work, now: DateTime<Utc>) -> Result<()> {
        let _alone = alone(&self.folder, &self.cabinet)?;
        let anew = match self.folder.cabinet() {
            CabinetName::General => self.with_new_keys(passphrase, work, now)?,
            CabinetName::Senior => self.with_their_keys(passphrase)?,
        };
        let recipients = recipients(&self.folder, self.cabinet.db(), Some(&anew))?;
        self.keys.seal(&self.folder.keys(), &recipients)?;
        self.cabinet.recover(now, &anew)
    }

    /// The keys from before are put aside: they may open another cabinet still.
    fn with_new_keys(&self, passphrase: Passphrase, work: Work, now: DateTime<Utc>) -> Result<Person> {
        let Person { person, name, role, right, .. } = &self.person;
        let (file, _) = PersonFile::make(name, role, passphrase, work)?;
        super::remove::put_file_aside(&self.folder, person, now)?;
        file.save(&self.folder, person)?;
        Ok(file.person(person, *right))
    }

    /// The keys with which they open the general cabinet: somebody has one people file.
    fn with_their_keys(&self, passphrase: Passphrase) -> Result<Person> {
        let Person { person, right, .. } = &self.person;
        let file = PersonFile::load(&self.folder, person)?;
        file.unlock(passphrase)?;
        Ok(file.person(person, *right))
    }
}
