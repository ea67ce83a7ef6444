//! The open desk: the one place where the cabinet, the drop folder and the index meet.
//!
//! Commands call the methods of [`Desk`] directly. Screens put the same calls as [`Request`]s to the
//! [`worker`], which owns the desk on a thread of its own, and get [`Reply`]s back. Nothing here draws or prints.

pub mod act;
pub mod answer;
pub mod arrivals;
mod backups;
mod book;
mod calls;
pub(crate) mod clocking;
pub mod contacts_import;
mod correcting;
pub(crate) mod deciding;
mod drafts;
mod elsewhere;
mod find;
mod finder;
pub mod gates;
mod guessing;
mod linking;
mod listed;
mod lists;
mod merge;
mod merging;
mod narrowing;
mod noticing;
mod originals;
pub mod passphrase;
pub mod people;
mod receiver;
pub mod register;
pub mod request;
pub(crate) mod restricting;
pub mod ringing;
pub mod roll_import;
mod seeing;
pub mod setup;
pub mod shipped;
#[cfg(test)]
mod testing;
mod twins;
mod wording;
pub mod worker;

pub use act::{Act, Saved};
pub use request::{Reply, Request};

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::cabinet::elsewhere::Elsewhere;
use crate::cabinet::files::{Folder, Held};
use crate::cabinet::keys::{self, Identity, Passphrase, PersonFile};
use crate::cabinet::last_seen::LastSeen;
use crate::cabinet::table::restriction::Reader;
use crate::cabinet::table::{call, child, chronology, concern, contact, flag, person};
use crate::cabinet::{Cabinet, Error, Journal, Result, ledger, restore, verify};
use crate::domain::cabinet::CabinetName;
use crate::domain::ids::{ChildId, ConcernId, ContactId, PersonId, Seq};
use crate::domain::person::{Doing, Person, Right};
use crate::domain::text::Text;
use crate::domain::triage::Urgency;
use crate::intake::drop_folder::DropFolder;
use answer::{ChildSheet, DeskInfo, PersonChoice, Standing};
use people::Keeper;

/// A desk of which one cabinet is open.
pub struct Desk {
    folder: Folder,
    cabinet: Cabinet,
    me: PersonChoice,
    right: Right,
    /// The same, as far as it decides what they may open.
    reader: Reader,
    /// A backup is opened by its own key files before it is called good.
    identity: Arc<Identity>,
    drop_folder: DropFolder,
    /// To whose key a report about the DSL was sealed last, as far as this desk knows.
    receiver_key: Option<String>,
    arrivals: arrivals::Arrivals,
    finder: finder::Finder,
    twins: twins::Twins,
    wording: wording::Wording,
    lists: narrowing::Lists,
    known_drafts: drafts::Known,
    opened: seeing::Opened,
    /// What another desk would change: see [`Desk::noticed_change`].
    noticed: Noticed,
    /// Whether the record is the one that was last seen here.
    last_seen: LastSeen,
    /// Which concerns are open here, and at other desks.
    elsewhere: Elsewhere,
    /// Let go of when the cabinet is closed.
    held: Held,
}

/// Which drafts it has read, and what it has noted that somebody opened.
struct Known {
    drafts: drafts::Known,
    opened: seeing::Opened,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Noticed {
    data_version: i64,
    head: i64,
}

/// Who may open the desk in a folder.
pub fn people(folder: &Folder) -> Result<Vec<PersonChoice>> {
    restore::refuse_between(folder)?;
    folder.may_hold_a_desk()?;
    if !folder.exists() && setup::has_keys_alone(folder) {
        return Err(Error::KeysWithoutCabinet(folder.cabinets()));
    }
    refuse_where_none_is(folder)?;
    let (listed, unreadable): (Vec<_>, Vec<_>) =
        keys::people(folder)?.into_iter().map(|person| choice(folder, person)).partition(Result::is_ok);
    // One damaged file locks nobody else out; where all are, the first fault is told.
    match unreadable.into_iter().next() {
        Some(fault) if listed.is_empty() => Err(fault.err().unwrap_or(Error::DamagedPerson)),
        _ => listed.into_iter().collect(),
    }
}

fn refuse_where_none_is(folder: &Folder) -> Result<()> {
    match (folder.exists(), folder.cabinet()) {
        (true, _) => Ok(()),
        (false, CabinetName::General) => Err(Error::NoDesk(folder.root().to_owned())),
        // A desk without one opens all the same.
        (false, CabinetName::Senior) => Err(Error::NotAMember),
    }
}

fn choice(folder: &Folder, person: PersonId) -> Result<PersonChoice> {
    let file = PersonFile::load(folder, &person)?;
    Ok(PersonChoice { person, name: file.name, role: file.role })
}

impl Desk {
    /// Opens the desk as one of its people. Takes as long as the passphrase's scrypt, about half a second.
    pub fn open(folder: Folder, person: &PersonId, passphrase: Passphrase) -> Result<Self> {
        Keeper::open(folder, person, passphrase).map(Keeper::into_desk)
    }

    /// Whoever is at it is named as the ledger names them, and not as their file does.
    fn around(folder: Folder, cabinet: Cabinet, identity: Arc<Identity>, held: Held) -> Result<Self> {
        let Person { person, name, role, right, .. } = cabinet.me()?;
        let elsewhere = Elsewhere::new(&folder, cabinet.db(), &person);
        let reader = cabinet.reader()?;
        let drop_folder = DropFolder::new(folder.incoming());
        // A record that cannot be read is for `verify` to tell: the desk opens.
        let last_seen = cabinet.last_seen().unwrap_or_default();
        let mut desk = Self {
            folder,
            cabinet,
            me: PersonChoice { person, name, role },
            right,
            reader,
            identity,
            drop_folder,
            receiver_key: None,
            arrivals: arrivals::Arrivals::default(),
            finder: finder::Finder::default(),
            twins: twins::Twins::default(),
            wording: wording::Wording::default(),
            lists: narrowing::Lists::default(),
            known_drafts: drafts::Known::default(),
            opened: seeing::Opened::default(),
            noticed: Noticed::default(),
            last_seen,
            elsewhere,
            held,
        };
        desk.receiver_key = desk.senior_intake_key()?;
        Ok(desk)
    }

    pub fn info(&self) -> Result<DeskInfo> {
        Ok(DeskInfo {
            organisation: person::organisation_name(self.cabinet.db())?,
            name: self.me.name.clone(),
            role: self.me.role.clone(),
            drafts: self.drafts()?.len(),
            receiver: self.ask_receiver()?,
            standing: self.standing()?,
            cabinet: self.folder.cabinet(),
            // The service knows.
            opens_both: false,
            may_record: self.may(Doing::Record),
            lacks_recovery_key: self.may(Doing::ChangePeople) && !self.has_recovery_key()?,
        })
    }

    /// What nobody may overlook.
    pub fn standing(&self) -> Result<Standing> {
        Ok(Standing {
            in_danger: self.new_concerns(Urgency::Danger)?,
            rejected: self.drop_folder.rejected(),
            loose_calls: call::count(self.cabinet.db(), &self.reader)?,
            access: self.cabinet.access(),
            last_seen: self.last_seen,
            // The rest is known to the service: backups, and the other cabinet.
            ..Standing::default()
        })
    }

    /// Concerns of that urgency or a greater one, with which nobody has begun.
    pub(in crate::desk) fn new_concerns(&self, least: Urgency) -> Result<u64> {
        concern::new(self.cabinet.db(), &self.reader, least)
    }

    /// For whoever fills a whole desk at once; screens and commands act through [`Desk::act`].
    pub(crate) fn cabinet_mut(&mut self) -> &mut Cabinet {
        &mut self.cabinet
    }

    /// What it has learned since it was opened, for another that takes its place.
    fn take_known(&mut self) -> Known {
        Known { drafts: std::mem::take(&mut self.known_drafts), opened: std::mem::take(&mut self.opened) }
    }

    fn knows(&mut self, known: Known) {
        self.known_drafts = known.drafts;
        self.opened = known.opened;
    }

    /// Whether whoever opened it may do that.
    pub(super) fn may(&self, doing: Doing) -> bool {
        self.right.may(doing)
    }

    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Whoever opened it.
    pub fn me(&self) -> &PersonChoice {
        &self.me
    }

    pub fn concern(&self, concern: ConcernId) -> Result<concern::Concern> {
        concern::get(self.cabinet.db(), &self.reader, concern)
    }

    pub fn contact(&self, contact: ContactId) -> Result<contact::Contact> {
        contact::get(self.cabinet.db(), contact)
    }

    /// The head of a child's chronology.
    pub fn sheet(&self, child: ChildId) -> Result<ChildSheet> {
        let (db, reader) = (self.cabinet.db(), &self.reader);
        Ok(ChildSheet {
            child: child::kept(db, child)?,
            also: child::also(db, child)?,
            newest: chronology::newest(db, child)?,
            months: chronology::months(db, child)?,
            concerns: concern::of_child(db, reader, child)?,
            named_together: child::named_together(db, reader, child)?,
            flags: flag::of_child(db, child)?,
            level: concern::highest_level(db, reader, child)?,
        })
    }

    /// What is or was true of a child for a time, with who said so and why.
    pub fn statuses(&self, child: ChildId) -> Result<Vec<flag::Told>> {
        flag::told(self.cabinet.db(), child)
    }

    /// Whether anything was recorded since this was last asked, here or by another desk on the same cabinet.
    pub fn noticed_change(&mut self) -> Result<bool> {
        let head = ledger::head(self.cabinet.db())?.seq.0;
        let now = Noticed { data_version: self.cabinet.data_version()?, head };
        let changed = self.noticed != Noticed::default() && now != self.noticed;
        self.noticed = now;
        if changed {
            // Somebody may have changed it at another desk.
            self.right = self.cabinet.me()?.right;
            let reader = self.cabinet.reader()?;
            if reader != self.reader {
                // What was narrowed holds rows for the eyes of before.
                self.lists = narrowing::Lists::default();
            }
            self.reader = reader;
            self.find_again_for_a_new_receiver()?;
        }
        if changed && self.last_seen != LastSeen::Same {
            // Somebody may have accepted it at another desk.
            self.last_seen = self.cabinet.last_seen()?;
        }
        Ok(changed)
    }

    /// A little of what will be wanted and is not asked yet: the rest of what has arrived, then the finder's index,
    /// then the chronology and the pile on the screen.
    pub fn get_ready(&mut self, now: DateTime<Utc>) -> Result<worker::Ready> {
        if self.receive_more(now) == worker::Ready::NotYet {
            return Ok(worker::Ready::NotYet);
        }
        let (db, reader) = (self.cabinet.db(), &self.reader);
        // A few words, before thousands of children.
        if self.wording.get_ready(db)? == worker::Ready::NotYet
            || self.finder.get_ready(db)? == worker::Ready::NotYet
        {
            return Ok(worker::Ready::NotYet);
        }
        self.lists.get_ready(db, reader)
    }

    /// What tells this record from every other, for as long as there is it: the beginning of its first entry's hash.
    pub fn fingerprint(&self) -> Result<String> {
        Ok(ledger::line(self.cabinet.db(), Seq(1))?.hash.chars().take(16).collect())
    }

    /// Checks every entry and every projection.
    pub fn verify(&self) -> Result<verify::Report> {
        verify::verify(&self.cabinet)
    }

    /// The same, and answers what else is asked of the record.
    pub fn check(&self, asked: verify::Asked) -> Result<verify::Report> {
        verify::check(&self.cabinet, asked)
    }

    /// Whether the record is the one that was last seen here.
    pub fn last_seen(&self) -> LastSeen {
        self.last_seen
    }

    /// Notes the newest entry beside the record. Where that cannot be done, the note lags behind.
    pub(crate) fn keep_last_seen(&self) {
        drop(self.cabinet.keep_last_seen());
    }

    /// Records that this is known, and why the desk goes on with the record as it is.
    pub fn accept_last_seen(&mut self, reason: &Text, now: DateTime<Utc>) -> Result<Seq> {
        if reason.is_blank() {
            return Err(Error::Refused("Give the reason: where this record comes from.".to_owned()));
        }
        let seq = self.cabinet.accept_last_seen(reason, now)?;
        self.last_seen = self.cabinet.last_seen()?;
        Ok(seq)
    }

    /// How many entries the ledger holds.
    pub fn entries(&self) -> Result<Seq> {
        Ok(ledger::head(self.cabinet.db())?.seq)
    }

    /// Folds the journal into the file, where no other desk is in the way: a copy of the file is then a whole record.
    pub fn settle_if_free(&mut self) -> Result<Journal> {
        self.cabinet.settle_if_free()
    }
}

impl Drop for Desk {
    /// A desk that is closed leaves a whole file behind; where it cannot, the journal beside it still can.
    fn drop(&mut self) {
        drop(self.cabinet.settle());
        self.keep_last_seen();
    }
}
