//! What arrives: a file's reports become concerns, each with the original bytes kept beside it.
//!
//! The same report twice is one concern, and says so: in the same file, or in a longer export of the same sheet. Other
//! bytes that say nothing new are kept as well, by an entry of their own.
//! A file leaves the drop folder only when everything in it is in the record or has its reason written beside it.
//! Reports are taken in one by one and other requests come between them, so that nobody waits for a long file.

mod apart;
mod dsls;
mod file;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, VecDeque};
use std::path::Path;

use chrono::{DateTime, Utc};

use super::answer::{ArrivalResult, Looked};
use super::worker::Ready;
use super::{Desk, linking};
use crate::cabinet::table::{original, report};
use crate::cabinet::{Error, Result};
use crate::domain::cabinet::CabinetName;
use crate::domain::concern::Part1;
use crate::domain::entry::{Entry, Source};
use crate::domain::person::Doing;
use crate::domain::text::Text;
use crate::intake::drop_folder::{self, Arrival, Found, Rejected};
use crate::intake::{Reason, Rejection, RowOutcome};
use apart::{Lies, Mine};
use file::Arriving;

/// Reports that a look takes in before it answers: more than arrive at once on most days, and fewer than anybody
/// waits for.
const AT_ONCE: usize = 8;

/// What was found in the drop folder and is not in the record yet.
#[derive(Default)]
pub(super) struct Arrivals {
    waiting: VecDeque<Found>,
    /// The file whose reports are being taken in.
    open: Option<(Arrival, Arriving)>,
    /// What became of those before it, until somebody looks.
    looked: Looked,
    /// The public key to which reports for this cabinet are sealed, once it was asked for.
    intake_key: Option<String>,
    /// Digests of what was sealed to the other cabinet.
    sealed: BTreeSet<String>,
}

impl Desk {
    /// Takes in what lies in the drop folder and is no longer being written; says what has become of it since it
    /// was last asked.
    pub fn look(&mut self, now: DateTime<Utc>) -> Result<Looked> {
        self.look_without_telling(now)?;
        let mut looked = std::mem::take(&mut self.arrivals.looked);
        // It can wait until there is nothing else to tell.
        if looked == Looked::default() && self.may(Doing::Record) {
            looked.trouble = self.drop_folder.left_lying(now);
        }
        Ok(looked)
    }

    /// The same, and what has become of it is told later.
    pub(super) fn look_without_telling(&mut self, now: DateTime<Utc>) -> Result<()> {
        // What arrives waits for somebody who may record it.
        if !self.may(Doing::Record) {
            return Ok(());
        }
        if self.arrivals.waiting.is_empty() {
            let found = self.drop_folder.scan(now).map_err(|fault| Error::Refused(fault.to_string()))?;
            self.arrivals.waiting.extend(found);
        }
        for _ in 0..AT_ONCE {
            if self.receive_more(now) == Ready::Yes {
                break;
            }
        }
        Ok(())
    }

    /// The folder in which files are dropped, in full.
    pub fn incoming(&self) -> Text {
        in_full(self.drop_folder.path())
    }

    /// Where what could not be read lies, in full, and what lies there.
    pub fn rejected(&self) -> (Text, Vec<Rejected>) {
        (in_full(&self.drop_folder.rejected_path()), self.drop_folder.rejections())
    }

    /// Opens the next file, takes in the next report of it, or puts it away. What goes wrong with one file costs
    /// no other.
    pub(super) fn receive_more(&mut self, now: DateTime<Utc>) -> Ready {
        let Some((arrival, mut arriving)) = self.arrivals.open.take() else {
            let Some(Found { arrival, content }) = self.arrivals.waiting.pop_front() else {
                return Ready::Yes;
            };
            self.open_arrival(arrival, content);
            return Ready::NotYet;
        };
        if self.receive_next(&mut arriving, now) == Ready::NotYet {
            self.arrivals.open = Some((arrival, arriving));
        } else {
            let trouble = self.put_away(&arrival, &arriving).err();
            self.tell(trouble);
            let is_read_again = arrival.is_open_elsewhere() || self.keeps(&arriving);
            let mut outcomes = arriving.outcomes;
            if is_read_again {
                // It is read once more when it is let go: what else is in it is told, and put away, then.
                outcomes.retain(|outcome| matches!(outcome.result, ArrivalResult::Accepted(_)));
            }
            self.arrivals.looked.arrived.extend(outcomes);
        }
        Ready::NotYet
    }

    /// Begins to take a file in, as far as it is for this desk.
    fn open_arrival(&mut self, arrival: Arrival, content: std::result::Result<Vec<u8>, Reason>) {
        match self.mine(&arrival.name(), content, Lies::InTheFolder) {
            Ok(Mine::Nothing) => {}
            Ok(Mine::SetApart) => {
                let trouble = self.drop_folder.accept(&arrival).err().map(|fault| fault.to_string());
                self.tell(trouble);
            }
            Ok(Mine::Reports(arriving)) => self.arrivals.open = Some((arrival, *arriving)),
            Err(error) => {
                if !matches!(error, Error::DamagedReport) {
                    self.drop_folder.find_again(&arrival);
                }
                self.tell(Some(error.to_string()));
            }
        }
    }

    fn tell(&mut self, trouble: Option<String>) {
        let looked = &mut self.arrivals.looked;
        looked.trouble = looked.trouble.take().or(trouble);
    }

    fn put_away(&mut self, arrival: &Arrival, arriving: &Arriving) -> std::result::Result<(), String> {
        if let Some(error) = &arriving.cut_short {
            // It stays in the folder, and is tried again.
            self.drop_folder.find_again(arrival);
            return Err(error.to_string());
        }
        if self.keeps(arriving)
            && let Some(Rejection { reason, .. }) = arriving.rejections.first()
        {
            return Err(format!("A sealed report in incoming/ cannot be taken in and stays there: {reason}"));
        }
        let done = match (arriving.rejections.as_slice(), arriving.rest()) {
            ([], _) => self.drop_folder.accept(arrival),
            (reasons, Some(rest)) if !arriving.was_sealed => {
                self.drop_folder.reject_rest(arrival, &rest, reasons)
            }
            (reasons, _) => self.drop_folder.reject(arrival, reasons),
        };
        done.map_err(|fault| fault.to_string())
    }

    /// Takes a named file in, wherever it lies; it stays where it is.
    pub fn import(&mut self, path: &Path, now: DateTime<Utc>) -> Looked {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut arriving = match self.mine(&name.into(), drop_folder::read_named(path), Lies::Elsewhere) {
            Ok(Mine::Reports(arriving)) => *arriving,
            Ok(Mine::Nothing | Mine::SetApart) => return Looked::default(),
            Err(error) => return Looked { trouble: Some(error.to_string()), ..Looked::default() },
        };
        while self.receive_next(&mut arriving, now) == Ready::NotYet {}
        Looked { arrived: arriving.outcomes, trouble: arriving.cut_short.map(|error| error.to_string()) }
    }

    /// What becomes of the next report of a file; whether all of it is dealt with.
    fn receive_next(&mut self, arriving: &mut Arriving, now: DateTime<Utc>) -> Ready {
        let Some(RowOutcome { row, result, .. }) = arriving.next() else {
            if let Err(error) = self.keep_repeated(arriving, now) {
                arriving.cut_short(error);
            }
            return Ready::Yes;
        };
        let taken = match result {
            Ok(part1) => self.take_in(arriving, row, &part1, now),
            Err(reason) if arriving.was_sealed && self.folder.cabinet() == CabinetName::Senior => {
                let part1 = arriving.as_written(row, &reason);
                self.take_in(arriving, row, &part1, now)
            }
            Err(reason) => {
                arriving.reject(row, reason);
                return Ready::NotYet;
            }
        };
        match taken {
            Ok(result) => arriving.tell(row, result),
            Err(Error::NotKept) => arriving.reject(row, Reason::NotKept),
            Err(error) => arriving.cut_short(error),
        }
        Ready::NotYet
    }

    fn take_in(
        &mut self,
        arriving: &mut Arriving,
        row: Option<u32>,
        part1: &Part1,
        now: DateTime<Utc>,
    ) -> Result<ArrivalResult> {
        let digest = report::digest(part1)?;
        let nth = arriving.count(&digest);
        let finder = &mut self.finder;
        // The index may have to be made: before the transaction, in which every other desk waits.
        finder.ready(self.cabinet.db())?;
        self.cabinet.record(now, |writer| {
            // Asked inside the transaction: another desk may be taking in the same file.
            let known = match original::concern_of(writer.db(), &arriving.sha256, row)? {
                None => report::concern_of(writer.db(), &digest, nth)?,
                known => known,
            };
            if let Some(first) = known {
                return Ok(ArrivalResult::DuplicateOf(first));
            }
            original::keep(writer, &arriving.sha256, &arriving.bytes)?;
            let source = Source::File { name: arriving.name.clone(), sha256: arriving.sha256.clone(), row };
            let saved = linking::receive(writer, finder, part1, source)?;
            let concern = saved.concern.ok_or_else(|| Error::Refused("Nothing was recorded.".to_owned()))?;
            Ok(ArrivalResult::Accepted(concern))
        })
    }

    /// Keeps the bytes of a file that brought nothing new: other bytes than before, though they say the same. An
    /// entry vouches for them, as the entry of a concern does for those that it came in.
    fn keep_repeated(&mut self, arriving: &Arriving, now: DateTime<Utc>) -> Result<()> {
        if !arriving.is_repeated() {
            return Ok(());
        }
        let Arriving { name, sha256, bytes, .. } = arriving;
        self.cabinet.record(now, |writer| {
            if !original::is_kept(writer.db(), sha256)? {
                original::keep(writer, sha256, bytes)?;
                writer.append(&Entry::FileRepeated { name: name.clone(), sha256: sha256.clone() })?;
            }
            Ok(())
        })
    }
}

/// As somebody has to type it who stands elsewhere.
fn in_full(path: &Path) -> Text {
    let full = std::path::absolute(path);
    Text::new(&full.as_deref().unwrap_or(path).to_string_lossy())
}
