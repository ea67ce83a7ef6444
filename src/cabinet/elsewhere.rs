//! Which concerns are open at other desks of this folder: a note, and no part of the record.
//!
//! Whoever has a concern open holds a lock on an empty file in `.open/`. Its name is drawn from the cabinet's first
//! entry, whose hash nobody knows without the cabinet's key, so that the folder tells neither which concern it is nor
//! who has it open. A lock goes with its process, however that ends; nothing is written into the cabinet, so that no
//! other desk is woken and no disk waited for; and no clock is asked.
//!
//! Each person has a few names for a concern, one for each desk at which they have it open.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use hkdf::Hkdf;
use sha2::Sha256;

use super::files::{self, Folder, Place};
use super::keys::hex;
use super::{Db, ledger};
use crate::domain::ids::{ConcernId, PersonId, Seq};

/// At how many desks one person is seen to have a concern open.
const DESKS_EACH: u8 = 3;
/// Bytes of a name: nobody finds two that are the same.
const NAME: usize = 16;

/// What one desk has open, and where it looks for the others.
pub struct Elsewhere {
    folder: PathBuf,
    /// What the names are drawn from; none in a damaged record, which opens to be looked at, and nobody is told.
    first: Option<String>,
    me: PersonId,
    open: BTreeMap<ConcernId, Open>,
}

/// A concern that is open here.
struct Open {
    /// None where no lock can be made: nobody is told.
    _here: Option<Here>,
    /// The names that others would hold, and who.
    theirs: Vec<(PathBuf, PersonId)>,
}

/// The lock of this desk, and its file.
struct Here {
    path: PathBuf,
    _lock: File,
}

impl Drop for Here {
    fn drop(&mut self) {
        // Still locked: whoever takes the name meanwhile sees that the file is another.
        drop(fs::remove_file(&self.path));
    }
}

impl Elsewhere {
    pub fn new(folder: &Folder, db: &Db, me: &PersonId) -> Self {
        Self {
            folder: folder.open_concerns(),
            first: ledger::line(db, Seq(1)).ok().map(|line| line.hash),
            me: me.clone(),
            open: BTreeMap::new(),
        }
    }

    /// These concerns are open here and no others; `people` is everybody who could have them open, too.
    pub fn is_open_here(&mut self, concerns: &BTreeSet<ConcernId>, people: &[PersonId]) {
        self.open.retain(|concern, _| concerns.contains(concern));
        for concern in concerns {
            if !self.open.contains_key(concern) {
                let open = self.opened(*concern, people);
                self.open.insert(*concern, open);
            }
        }
    }

    /// Whether these and no others are said to be open here.
    pub fn has(&self, concerns: &BTreeSet<ConcernId>) -> bool {
        self.open.keys().eq(concerns)
    }

    /// Who has one of them open at another desk.
    pub fn elsewhere(&self) -> Vec<(ConcernId, PersonId)> {
        let mut found = Vec::new();
        for (concern, open) in &self.open {
            let mut people: Vec<&PersonId> =
                open.theirs.iter().filter(|(path, _)| is_held(path)).map(|(_, person)| person).collect();
            people.dedup();
            found.extend(people.into_iter().map(|person| (*concern, person.clone())));
        }
        found
    }

    fn opened(&self, concern: ConcernId, people: &[PersonId]) -> Open {
        let here = self.names(concern, &self.me).into_iter().find_map(|path| self.held(path));
        let mine = here.as_ref().map(|here| here.path.clone());
        let names = |person: &PersonId| {
            let names = self.names(concern, person).into_iter();
            names.map(|path| (path, person.clone())).collect::<Vec<_>>()
        };
        let theirs = people.iter().flat_map(names).filter(|(path, _)| Some(path) != mine.as_ref()).collect();
        Open { _here: here, theirs }
    }

    /// Takes a name, where no other desk of mine has it.
    fn held(&self, path: PathBuf) -> Option<Here> {
        files::private_folder(&self.folder).ok()?;
        let lock = files::lock_at_once(&path).ok()??;
        // Whoever held it before may have removed the file between our opening and our locking it.
        Place::of(&path).is(&lock).then_some(Here { path, _lock: lock })
    }

    fn names(&self, concern: ConcernId, person: &PersonId) -> Vec<PathBuf> {
        let Some(first) = &self.first else { return Vec::new() };
        let drawn = Hkdf::<Sha256>::new(None, first.as_bytes());
        let name = |desk: u8| {
            let mut name = [0; NAME];
            let purpose = format!("dsl-desk open, concern {concern}, desk {desk}, {person}");
            drawn.expand(purpose.as_bytes(), &mut name).ok()?;
            Some(self.folder.join(hex(&name)))
        };
        (0..DESKS_EACH).filter_map(name).collect()
    }
}

/// Whether somebody holds it. Those who only look are in nobody's way.
fn is_held(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}
