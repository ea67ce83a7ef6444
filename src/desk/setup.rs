//! A new desk: folders, the first person, the cabinet's keys, the cabinet, and the shipped book.

use std::fs;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::people::Keeper;
use super::request::SetUp;
use super::{Desk, shipped};
use crate::cabinet::files::{self, Folder, Held};
use crate::cabinet::keys::{CabinetKeys, Identity, PersonFile, Work};
use crate::cabinet::{Cabinet, Error, Journal, Result, restore};
use crate::domain::entry::Entry;
use crate::domain::ids::PersonId;
use crate::domain::person::{Person, Receiver, Right, is_full_name};
use crate::domain::text::Text;
use crate::search::{Agreement, names_agree};

/// Sets a desk up and opens it. Until the last step the folder holds no desk, so a set-up that was cut off can
/// simply be done again. Keys whose cabinet is away are never written over: no other keys will ever open it.
pub fn set_up(folder: Folder, asked: SetUp, work: Work, now: DateTime<Utc>) -> Result<Desk> {
    set_up_to_keep(folder, asked, work, now).map(Keeper::into_desk)
}

/// The same with the keys still in hand, for whoever makes a recovery key next.
pub fn set_up_to_keep(folder: Folder, asked: SetUp, work: Work, now: DateTime<Utc>) -> Result<Keeper> {
    may_begin(&folder)?;
    check(&asked)?;
    folder.create()?;
    let _alone = files::lock(&folder.set_up_lock())?.ok_or_else(|| {
        Error::Refused(
            "Somebody else is setting this desk up just now. Nothing was changed; wait for them.".to_owned(),
        )
    })?;
    let held = Held::together(&folder.open_lock())?.ok_or(Error::PeopleBusy)?;
    // Whoever held one of the locks before may have finished.
    may_begin(&folder)?;
    let person = PersonId::from_name(&asked.name);
    let (file, identity) = PersonFile::make(&asked.name, &asked.role, asked.passphrase, work)?;
    file.save(&folder, &person)?;
    let founder = Founder {
        person: file.person(&person, Right::Lead),
        organisation: asked.organisation,
        receiver: asked.receiver,
    };
    let keys = found(&folder, &identity, founder, now)?;
    let cabinet = Cabinet::open(&folder.database(), &keys, identity.signer(person))?;
    Ok(Keeper::new(Desk::around(folder, cabinet, Arc::new(identity), held)?, keys))
}

/// Makes a cabinet whose one member is its founder. Its file comes into its place last: until then there is none.
pub(super) fn found(
    folder: &Folder,
    identity: &Identity,
    founder: Founder,
    now: DateTime<Utc>,
) -> Result<CabinetKeys> {
    let keys = CabinetKeys::generate()?;
    let members: Vec<String> = founder.person.recipient.iter().cloned().collect();
    first_entries(folder, &keys, identity, founder, now)?;
    keys.seal(&folder.keys(), &members)?;
    files::put_in_place(&folder.unfinished_database(), &folder.database())?;
    Ok(keys)
}

fn may_begin(folder: &Folder) -> Result<()> {
    restore::refuse_between(folder)?;
    if folder.exists() {
        return Err(Error::DeskExists(folder.root().to_owned()));
    }
    if has_keys_alone(folder) {
        return Err(Error::KeysWithoutCabinet(folder.cabinets()));
    }
    folder.may_hold_a_desk()
}

/// The cabinet is begun before its keys are written, so keys that a set-up has left have it beside them.
pub(super) fn has_keys_alone(folder: &Folder) -> bool {
    folder.keys().exists() && !folder.unfinished_database().exists()
}

fn check(asked: &SetUp) -> Result<()> {
    if asked.organisation.is_blank() {
        return Err(Error::Refused(
            "The organisation's name is empty. Give the name of the school, charity or council.".to_owned(),
        ));
    }
    check_person(&asked.name, &asked.role)?;
    asked.receiver.as_ref().map_or(Ok(()), |receiver| check_receiver(receiver, &asked.name))
}

/// What is wrong with whoever is to receive a concern about the DSL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiverFault {
    /// No full name is given.
    NotNamed,
    /// It is the DSL herself: a concern about somebody goes to somebody else (R14).
    Oneself,
    NoRole,
}

impl ReceiverFault {
    /// The first of them; none where they will do.
    pub fn of(name: &str, role: &str, dsl: &str) -> Option<Self> {
        if !is_full_name(name) {
            Some(Self::NotNamed)
        } else if names_agree(name, dsl) == Agreement::Same {
            Some(Self::Oneself)
        } else if role.trim().is_empty() {
            Some(Self::NoRole)
        } else {
            None
        }
    }

    fn sentences(self) -> &'static str {
        match self {
            Self::NotNamed => {
                "Whoever receives a concern about you is not named. Give their full name, not initials."
            }
            Self::Oneself => "A concern about you cannot come to you. Name somebody else.",
            Self::NoRole => "The role of whoever receives a concern about you is empty. Give their job.",
        }
    }
}

pub(super) fn check_receiver(receiver: &Receiver, dsl: &Text) -> Result<()> {
    match ReceiverFault::of(&receiver.name, &receiver.role, dsl) {
        Some(fault) => Err(Error::Refused(fault.sentences().to_owned())),
        None => Ok(()),
    }
}

/// What somebody signs with.
pub(super) fn check_person(name: &Text, role: &Text) -> Result<()> {
    let refused = |sentences: &str| Err(Error::Refused(sentences.to_owned()));
    if name.is_blank() {
        return refused("Your name is empty. Give your full name as you sign it.");
    }
    if role.is_blank() {
        return refused("Your role is empty. Give your job as it stands under your signature.");
    }
    if !is_full_name(name) {
        return refused(
            "Your name is given in initials. Give your full name: it stands beside all that you write.",
        );
    }
    Ok(())
}

/// What the first entries say.
pub(super) struct Founder {
    pub(super) person: Person,
    pub(super) organisation: Text,
    pub(super) receiver: Option<Receiver>,
}

/// Writes the cabinet beside its place.
fn first_entries(
    folder: &Folder,
    keys: &CabinetKeys,
    identity: &Identity,
    founder: Founder,
    now: DateTime<Utc>,
) -> Result<()> {
    let unfinished = folder.unfinished_database();
    // What an earlier set-up that was cut off has left; nobody ever saw a record in it. SQLite throws away a journal
    // that it finds beside a new file.
    drop(fs::remove_file(&unfinished));
    let mut cabinet = Cabinet::create(
        &unfinished,
        keys,
        identity.signer(founder.person.person.clone()),
        &founder.person,
        now,
    )?;
    cabinet.record(now, |writer| {
        writer.append(&Entry::CabinetOpened {
            organisation: founder.organisation,
            cabinet: folder.cabinet().label().to_owned(),
        })?;
        if let Some(receiver) = founder.receiver {
            writer.append(&Entry::ReceiverNamed(receiver))?;
        }
        for shipped in shipped::contacts() {
            let contact = writer.next_contact()?;
            writer.append(&Entry::ContactAdded { contact, details: Box::new(shipped.clone()) })?;
        }
        Ok(())
    })?;
    match cabinet.settle()? {
        Journal::Folded => Ok(()),
        // The file is about to be moved, and a journal does not move with it.
        Journal::Kept => Err(Error::Busy),
    }
}
