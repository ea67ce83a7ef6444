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

use std::path::Path;

use super::file::Arriving;
use crate::cabinet::sealed::Sealed;
use crate::cabinet::table::{original, person, receiver};
use crate::cabinet::{Error, Result};
use crate::desk::{Desk, Saved};
use crate::domain::cabinet::CabinetName;
use crate::domain::concern::{FORMAT, Part1};
use crate::domain::person::{Doing, Right};
use crate::domain::receiving::{Markings, NamesDsl};
use crate::domain::text::Text;
use crate::intake::{self, Reason};
use crate::search::{Agreement, names_agree};

/// Letters of a digest that keep two files apart.
const MARK: usize = 16;

/// What of a file is for this desk.
pub(super) enum Mine {
    /// It stays where it is, and nobody here hears of it.
    Nothing,
    /// All of it was put where its receivers find it.
    SetApart,
    Reports(Box<Arriving>),
}

impl Desk {
    /// What of a file in the drop folder is for this desk; the rest is set apart.
    pub(super) fn mine(
        &mut self,
        name: &Text,
        content: std::result::Result<Vec<u8>, Reason>,
    ) -> Result<Mine> {
        let sealed = content.as_ref().ok().and_then(|bytes| Sealed::read(bytes));
        match (sealed, self.folder.cabinet()) {
            (Some(sealed), _) => self.open_sealed(name, &sealed),
            (None, CabinetName::Senior) => Ok(Mine::Nothing),
            (None, CabinetName::General) => self.without_what_is_set_apart(name, content, Lies::InTheFolder),
        }
    }

    /// The same of a file that somebody named: whoever opens the senior cabinet may take one in that was not sealed.
    pub(super) fn mine_of_named(
        &mut self,
        name: &Text,
        content: std::result::Result<Vec<u8>, Reason>,
    ) -> Result<Mine> {
        let sealed = content.as_ref().ok().and_then(|bytes| Sealed::read(bytes));
        match (sealed, self.folder.cabinet()) {
            (Some(sealed), _) => self.open_sealed(name, &sealed),
            (None, CabinetName::Senior) => Ok(Mine::Reports(Box::new(Arriving::new(name, content)))),
            (None, CabinetName::General) => self.without_what_is_set_apart(name, content, Lies::Elsewhere),
        }
    }

    fn open_sealed(&self, name: &Text, sealed: &Sealed) -> Result<Mine> {
        let keys = self.unsealed()?;
        if !sealed.is_to(&keys.intake_key()?) {
            return Ok(Mine::Nothing);
        }
        let report = sealed.open(&keys)?;
        let mut arriving = Box::new(Arriving::new(name, Ok(report.to_vec())));
        arriving.was_sealed = true;
        Ok(Mine::Reports(arriving))
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
        let goes_to = |markings: &Markings| markings.cabinet(|name| names_one_of(&dsls, name));
        let (apart, rest): (Vec<_>, Vec<_>) =
            arriving.rows().iter().partition(|row| goes_to(&row.markings) == CabinetName::Senior);
        if apart.is_empty() {
            return Ok(Mine::Reports(Box::new(arriving)));
        }
        let numbers =
            |rows: &[&intake::RowOutcome]| rows.iter().filter_map(|row| row.row).collect::<Vec<_>>();
        let (apart, rest) = (numbers(&apart), numbers(&rest));
        self.set_apart(&arriving, &apart, &rest, lies)
    }

    fn set_apart(&self, arriving: &Arriving, apart: &[u32], rest: &[u32], lies: Lies) -> Result<Mine> {
        let (bytes, name) = (&arriving.bytes, &arriving.name);
        let part = |rows: &[u32]| intake::only(bytes, name, rows).map(String::into_bytes);
        match receiver::intake_key(self.cabinet.db())? {
            Some(key) if apart.is_empty() => self.put_sealed(&key, bytes)?,
            Some(key) => {
                for row in apart {
                    self.put_sealed(&key, &part(&[*row]).unwrap_or_else(|| bytes.clone()))?;
                }
            }
            // Nobody can receive it yet.
            None if rest.is_empty() && lies == Lies::InTheFolder => return Ok(Mine::Nothing),
            None => self.put(&waiting_name(name, bytes), &part(apart).unwrap_or_else(|| bytes.clone()))?,
        }
        Ok(match part(rest) {
            Some(rest) => Mine::Reports(Box::new(Arriving::new(name, Ok(rest)))),
            None => Mine::SetApart,
        })
    }

    fn put_sealed(&self, to: &str, report: &[u8]) -> Result<()> {
        let file = Sealed::seal(to, report)?.to_file()?;
        self.put(&format!("{}.sealed", mark(&file)), &file)
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.drop_folder.put(name, bytes).map_err(|fault| Error::Refused(fault.to_string()))
    }

    /// Whether what was typed here is for the other cabinet.
    pub(in crate::desk) fn goes_elsewhere(&self, part1: &Part1) -> Result<bool> {
        if self.folder.cabinet() == CabinetName::Senior {
            return Ok(false);
        }
        let dsls = self.dsls()?;
        Ok(Markings::of(part1).cabinet(|name| names_one_of(&dsls, name)) == CabinetName::Senior)
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
        let key = receiver::intake_key(self.cabinet.db())?.ok_or_else(|| {
            Error::Refused(
                "Nobody can receive a concern about the DSL yet. Your text is kept: add somebody with the right \
                 `senior` on the screen of people, then save it."
                    .to_owned(),
            )
        })?;
        let file = ConcernFile { format: FORMAT, part1 };
        let report = zeroize::Zeroizing::new(serde_json::to_vec(&file).map_err(|_| Error::NotKept)?);
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
enum Lies {
    InTheFolder,
    /// Where somebody named it.
    Elsewhere,
}

/// A report as it would be dropped.
#[derive(serde::Serialize)]
struct ConcernFile<'c> {
    format: &'static str,
    #[serde(flatten)]
    part1: &'c Part1,
}

fn names_one_of(dsls: &[Text], name: &Text) -> NamesDsl {
    let name = without_title(name);
    let agreements = dsls.iter().map(|dsl| names_agree(dsl, &name));
    agreements.fold(NamesDsl::No, |found, agreement| match (found, agreement) {
        (NamesDsl::Yes, _) | (_, Agreement::Same) => NamesDsl::Yes,
        (NamesDsl::Perhaps, _) | (_, Agreement::Near) => NamesDsl::Perhaps,
        (NamesDsl::No, Agreement::Different) => NamesDsl::No,
    })
}

/// "Mrs Khan" is Khan.
fn without_title(name: &str) -> String {
    const TITLES: [&str; 8] = ["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam"];
    let is_title = |word: &&str| TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    name.split_whitespace().skip_while(is_title).collect::<Vec<_>>().join(" ")
}

fn mark(bytes: &[u8]) -> String {
    original::sha256(bytes).chars().take(MARK).collect()
}

/// The same whenever it is written, so that one that is written again lies there once.
fn waiting_name(name: &str, bytes: &[u8]) -> String {
    let ending = Path::new(name).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let ending = if ending.as_deref() == Some("json") { "json" } else { "csv" };
    format!("{}.{ending}", mark(bytes))
}
