//! Who receives what arrives. What is for the senior cabinet is sealed to it before anything of it is recorded, and its
//! own desk takes it in; to every other desk a sealed report is a file like none (R14, R18).
//!
//! ```text
//!  a file in incoming/                    general desk                          senior desk
//!  ├─ sealed to this cabinet              opened, taken in                      opened, taken in
//!  ├─ sealed to another                   passed over                           passed over
//!  └─ open: reports for the team          taken in                              passed over
//!           reports for the senior one    sealed into incoming/, one file each
//!                                         (no senior cabinet yet: they wait, in a file of their own)
//! ```

use zeroize::Zeroizing;

use super::dsls;
use super::file::Arriving;
use crate::cabinet::sealed::Sealed;
use crate::cabinet::table::{original, person};
use crate::cabinet::{Error, Result};
use crate::desk::{Desk, Saved};
use crate::domain::cabinet::CabinetName;
use crate::domain::concern::{ConcernFile, Part1};
use crate::domain::person::{Doing, Right};
use crate::domain::receiving::{self, Markings};
use crate::domain::text::Text;
use crate::intake::{self, MAX_BYTES, Reason, RowOutcome};

/// Letters of a digest that keep two files apart.
const MARK: usize = 16;

/// A longer report grows beyond what is read when it is sealed.
const LARGEST: u64 = MAX_BYTES / 4 * 3 - 4096;

/// What of a file is for this desk.
pub(super) enum Mine {
    /// It stays where it is, and nobody here hears of it.
    Nothing,
    /// All of it was put where its receivers find it.
    SetApart,
    Reports(Box<Arriving>),
}

impl Desk {
    /// What of a file is for this desk; the rest is set apart. What lies openly in the drop folder is for the
    /// safeguarding team's desk alone; a file that somebody named may be taken in by either.
    pub(super) fn mine(
        &mut self,
        name: &Text,
        content: std::result::Result<Vec<u8>, Reason>,
        lies: Lies,
    ) -> Result<Mine> {
        if let Some(sealed) = content.as_ref().ok().and_then(|bytes| Sealed::read(bytes)) {
            return self.open_sealed(name, &sealed);
        }
        match (self.folder.cabinet(), lies) {
            (CabinetName::General, _) => self.without_what_is_set_apart(name, content, lies),
            (CabinetName::Senior, Lies::Elsewhere) => {
                Ok(Mine::Reports(Box::new(Arriving::new(name, content))))
            }
            (CabinetName::Senior, Lies::InTheFolder | Lies::Sealed) => Ok(Mine::Nothing),
        }
    }

    fn open_sealed(&mut self, name: &Text, sealed: &Sealed) -> Result<Mine> {
        if !sealed.is_to(self.intake_key()?) {
            return Ok(Mine::Nothing);
        }
        let report = sealed.open(&self.sealed_keys()?)?.to_vec();
        let mine = match self.folder.cabinet() {
            CabinetName::Senior => Mine::Reports(Box::new(Arriving::new(name, Ok(report)).or_one_report())),
            // Whoever sealed it need not have known whom it is about.
            CabinetName::General => self.without_what_is_set_apart(name, Ok(report), Lies::Sealed)?,
        };
        Ok(match mine {
            Mine::Reports(mut arriving) => {
                arriving.was_sealed = true;
                Mine::Reports(arriving)
            }
            other => other,
        })
    }

    /// The public half of this cabinet's own; asked for once.
    fn intake_key(&mut self) -> Result<&str> {
        if self.arrivals.intake_key.is_none() {
            self.arrivals.intake_key = Some(self.sealed_keys()?.intake_key()?);
        }
        Ok(self.arrivals.intake_key.as_deref().unwrap_or_default())
    }

    /// A sealed file that cannot be taken in whole stays as it is: openly it would lie where everybody reads it.
    pub(super) fn keeps(&self, arriving: &Arriving) -> bool {
        arriving.was_sealed && self.folder.cabinet() == CabinetName::Senior && !arriving.rejections.is_empty()
    }

    fn without_what_is_set_apart(
        &mut self,
        name: &Text,
        content: std::result::Result<Vec<u8>, Reason>,
        lies: Lies,
    ) -> Result<Mine> {
        let arriving = Arriving::new(name, content);
        let dsls = self.dsls()?;
        let is_apart: Vec<bool> =
            arriving.rows().iter().map(|row| is_for_the_seniors(&row.markings, &dsls)).collect();
        if arriving.is_unread() && receiving::asks_in(&String::from_utf8_lossy(&arriving.bytes)) {
            return self.set_apart(&arriving.or_one_report(), &[true], lies);
        }
        if !is_apart.contains(&true) {
            return Ok(Mine::Reports(Box::new(arriving)));
        }
        self.set_apart(&arriving, &is_apart, lies)
    }

    fn set_apart(&mut self, arriving: &Arriving, is_apart: &[bool], lies: Lies) -> Result<Mine> {
        let of = |wanted: bool| {
            let rows = arriving.rows().iter().zip(is_apart);
            rows.filter(move |(_, is_apart)| **is_apart == wanted).map(|(row, _)| row).collect::<Vec<_>>()
        };
        let (apart, rest) = (of(true), of(false));
        match (self.senior_intake_key()?, lies) {
            (Some(key), _) => {
                for row in &apart {
                    let report = alone(arriving, row)?;
                    // Sealed as it is it would be too large to be read again.
                    if u64::try_from(report.len()).unwrap_or(u64::MAX) > LARGEST {
                        return Ok(Mine::Nothing);
                    }
                    self.put_sealed(&key, &report)?;
                }
            }
            // Nobody can receive it yet.
            (None, Lies::Sealed) => return Ok(Mine::Nothing),
            (None, Lies::InTheFolder) if rest.is_empty() => return Ok(Mine::Nothing),
            (None, _) => {
                for row in &apart {
                    let report = alone(arriving, row)?;
                    self.put(&waiting_name(&report), &report)?;
                }
            }
        }
        self.rest(arriving, &rest)
    }

    /// What is left of a file, as a file of its own. Rows that mean something by others of the file alone are taken in
    /// as they were read; what cannot be taken in lies in the folder as it was written, and is told of there.
    fn rest(&self, arriving: &Arriving, rows: &[&RowOutcome]) -> Result<Mine> {
        let (bytes, name) = (&arriving.bytes, &arriving.name);
        let numbers: Vec<u32> = rows.iter().filter_map(|row| row.row).collect();
        if numbers.is_empty() {
            return Ok(Mine::SetApart);
        }
        let rest = if let Some(rest) = intake::only(bytes, name, &numbers) {
            rest.into_bytes()
        } else {
            let unread = rows.iter().filter(|row| row.result.is_err()).filter_map(|row| row.row);
            if let Some(unread) = intake::cut(bytes, name, &unread.collect::<Vec<_>>()) {
                self.put(&waiting_name(unread.as_bytes()), unread.as_bytes())?;
            }
            let read = rows.iter().filter_map(|row| row.result.as_ref().ok());
            let read: Vec<ConcernFile> = read.map(ConcernFile::of).collect();
            if read.is_empty() {
                return Ok(Mine::SetApart);
            }
            serde_json::to_vec(&read).map_err(|_| Error::NotKept)?
        };
        let mut arriving = Box::new(Arriving::new(name, Ok(rest)));
        arriving.is_cut = true;
        Ok(Mine::Reports(arriving))
    }

    /// Once, however often the file that it came in has to be read.
    fn put_sealed(&mut self, to: &str, report: &[u8]) -> Result<()> {
        let digest = original::sha256(report);
        if self.arrivals.sealed.contains(&digest) {
            return Ok(());
        }
        let file = Sealed::seal(to, report)?.to_file()?;
        self.put(&format!("{}.sealed", mark(&file)), &file)?;
        self.arrivals.sealed.insert(digest);
        Ok(())
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.drop_folder.put(name, bytes).map_err(|fault| Error::Refused(fault.to_string()))
    }

    /// Whether what was typed here is for the other cabinet.
    pub(in crate::desk) fn goes_elsewhere(&self, part1: &Part1) -> Result<bool> {
        if self.folder.cabinet() == CabinetName::Senior {
            return Ok(false);
        }
        Ok(is_for_the_seniors(&Markings::of(part1), &self.dsls()?))
    }

    /// Seals it, and lets go of the draft. There is no entry of it in this record.
    pub(in crate::desk) fn seal_what_was_typed(
        &mut self,
        part1: &Part1,
        draft: Option<&str>,
    ) -> Result<Saved> {
        part1.check().map_err(|why| Error::Refused(why.to_string()))?;
        if !self.may(Doing::Record) {
            return Err(Error::NoRight(self.right.label()));
        }
        let key = self.senior_intake_key()?.ok_or_else(|| {
            Error::Refused(
                "Nobody can receive a concern about the DSL yet. Your text is kept: add somebody with the right \
                 `senior` on the screen of people, then save it."
                    .to_owned(),
            )
        })?;
        let report = serde_json::to_vec(&ConcernFile::of(part1)).map(Zeroizing::new);
        let report = report.map_err(|_| Error::NotKept)?;
        self.put_sealed(&key, &report)?;
        if let Some(slot) = draft {
            self.discard_draft(slot)?;
        }
        Ok(Saved::default())
    }

    /// The names of the DSLs: whoever leads this desk.
    fn dsls(&self) -> Result<Vec<Text>> {
        let people = person::all(self.cabinet.db())?;
        Ok(people
            .into_iter()
            .filter(|person| person.right == Right::Lead)
            .map(|person| person.name)
            .collect())
    }
}

/// Where a file is that is taken in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lies {
    InTheFolder,
    /// The same, sealed to this cabinet.
    Sealed,
    /// Where somebody named it.
    Elsewhere,
}

fn is_for_the_seniors(markings: &Markings, dsls: &[Text]) -> bool {
    markings.cabinet(|name| dsls::compare(dsls, name)) == CabinetName::Senior
}

fn mark(bytes: &[u8]) -> String {
    original::sha256(bytes).chars().take(MARK).collect()
}

/// One report of a file as it would be dropped alone.
fn alone(arriving: &Arriving, row: &RowOutcome) -> Result<Vec<u8>> {
    let (bytes, name) = (&arriving.bytes, &arriving.name);
    let Some(number) = row.row else { return Ok(bytes.trim_ascii().to_vec()) };
    if let Some(alone) = intake::only(bytes, name, &[number]) {
        return Ok(alone.into_bytes());
    }
    match &row.result {
        Ok(part1) => serde_json::to_vec(&ConcernFile::of(part1)).map_err(|_| Error::NotKept),
        Err(_) => intake::cut(bytes, name, &[number]).map(String::into_bytes).ok_or(Error::NotKept),
    }
}

/// The same whenever it is written, so that one that is written again lies there once.
fn waiting_name(bytes: &[u8]) -> String {
    let ending = if bytes.starts_with(b"{") || bytes.starts_with(b"[") { "json" } else { "csv" };
    format!("{}.{ending}", mark(bytes))
}
