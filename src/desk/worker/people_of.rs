//! What the screens ask about people. Most changes take the cabinet's keys, which an open desk does not hold: they
//! are unsealed again with the keys of whoever opened it, and let go of as soon as the change is made.

use secrecy::ExposeSecret as _;

use super::{Reply, Request, Result, Service, locked};
use crate::cabinet::keys::{Passphrase, PersonFile};
use crate::desk::Desk;
use crate::desk::people::Keeper;
use crate::domain::ids::PersonId;
use crate::domain::text::Text;

impl Service {
    pub(super) fn about_people(&mut self, request: Request) -> Result<Reply> {
        let (work, now) = (self.work, self.clock.now());
        match request {
            Request::Members => Ok(Reply::Members(self.open_desk()?.people()?)),
            Request::MayAdmit(new) => self.open_desk()?.may_admit(&new).map(|_| Reply::PeopleChanged),
            Request::ChangeRight { person, right, reason } => {
                self.written = Some(now);
                self.open_desk()?.change_right(&person, right, &reason, now)?;
                Ok(Reply::PeopleChanged)
            }
            Request::DrawRecoveryWords => Ok(Reply::RecoveryWords(self.open_desk()?.draw_recovery_words()?)),
            Request::AdmitPerson { new, passphrase } => {
                self.with_keys(|keeper| keeper.add(&new, passphrase, work, now).map(drop))
            }
            Request::ChangePassphrase { old, new } => {
                self.is_mine(old)?;
                self.with_keys(|keeper| keeper.change_passphrase(new, work))
            }
            Request::MakeRecoveryKey(words) => {
                self.with_keys(|keeper| keeper.make_recovery_key_of(words.expose_secret(), now))
            }
            Request::RemovePerson { person, reason } => self.remove(&person, &reason),
            request => self.ask_open_desk(request),
        }
    }

    fn open_desk(&mut self) -> Result<&mut Desk> {
        self.desk.as_mut().ok_or_else(locked)
    }

    fn with_keys(&mut self, change: impl FnOnce(&mut Keeper) -> Result<()>) -> Result<Reply> {
        let keys = self.open_desk()?.unsealed()?;
        let desk = self.desk.take().ok_or_else(locked)?;
        let mut keeper = Keeper::new(desk, keys);
        let changed = change(&mut keeper);
        self.desk = Some(keeper.into_desk());
        self.written = Some(self.clock.now());
        changed.map(|()| Reply::PeopleChanged)
    }

    /// Whoever left the desk open for a moment finds their passphrase as it was.
    fn is_mine(&mut self, passphrase: Passphrase) -> Result<()> {
        let me = self.open_desk()?.me().person.clone();
        let file = PersonFile::load(&self.folder, &me)?;
        self.guessed(|| file.unlock(passphrase)).map(drop)
    }

    /// The cabinet is closed and opened anew meanwhile, under its other key; where that failed, under the one before.
    fn remove(&mut self, person: &PersonId, reason: &Text) -> Result<Reply> {
        let now = self.clock.now();
        let keys = self.open_desk()?.unsealed()?;
        let mut desk = self.desk.take().ok_or_else(locked)?;
        if let Err(refused) = desk.may_remove(person, reason) {
            self.desk = Some(desk);
            return Err(refused);
        }
        // Nobody else may have a cabinet open while its key is changed: neither the other desk nor a backup beside it.
        self.lock_aside(now);
        if let Some(backups) = &mut self.backups {
            backups.stop(&desk, now);
        }
        let (again, known) = (desk.again(), desk.take_known());
        let (mut desk, done) = match Keeper::new(desk, keys).remove(person, reason, now) {
            Ok(desk) => (desk, Ok(Reply::PeopleChanged)),
            Err(error) => (again.open()?, Err(error)),
        };
        desk.knows(known);
        desk.noticed_change()?;
        self.find_aside(&desk);
        self.desk = Some(desk);
        self.written = Some(now);
        done
    }
}
