//! One file on its way into the record: its reports that are still to come, and what became of the others.

use std::collections::BTreeMap;
use std::vec;

use crate::cabinet::Error;
use crate::cabinet::table::original;
use crate::desk::answer::{ArrivalOutcome, ArrivalResult};
use crate::domain::concern::{About, Account, NamedStaff, Part1, Reporter};
use crate::domain::receiving::Markings;
use crate::domain::text::Text;
use crate::intake::{self, Reason, Rejection, RowOutcome};

pub(super) struct Arriving {
    pub(super) name: Text,
    pub(super) bytes: Vec<u8>,
    pub(super) sha256: String,
    pub(super) outcomes: Vec<ArrivalOutcome>,
    pub(super) rejections: Vec<Rejection>,
    /// It was sealed to this cabinet: nothing of it is written openly anywhere.
    pub(super) was_sealed: bool,
    /// The file that lies there holds more than this, which is not for everybody to see.
    pub(super) is_cut: bool,
    /// Why the reports after these could not be asked about; not for anything that is in the file.
    pub(super) cut_short: Option<Error>,
    rows: vec::IntoIter<RowOutcome>,
    /// How often each report has been met in it: what it says twice may have happened twice.
    met: BTreeMap<String, u32>,
}

impl Arriving {
    /// Reads the file. What cannot be read is rejected whole.
    pub(super) fn new(name: &Text, content: Result<Vec<u8>, Reason>) -> Self {
        let (bytes, reading) = match content {
            Ok(bytes) => {
                let reading = intake::read(&bytes, name);
                (bytes, reading)
            }
            Err(reason) => (Vec::new(), Err(reason)),
        };
        let mut arriving = Self {
            name: name.clone(),
            sha256: original::sha256(&bytes),
            bytes,
            outcomes: Vec::new(),
            rejections: Vec::new(),
            was_sealed: false,
            is_cut: false,
            cut_short: None,
            rows: vec::IntoIter::default(),
            met: BTreeMap::new(),
        };
        match reading {
            Ok(reading) => arriving.rows = reading.rows.into_iter(),
            Err(reason) => arriving.reject(None, reason),
        }
        arriving
    }

    /// The reports that are still to come.
    pub(super) fn rows(&self) -> &[RowOutcome] {
        self.rows.as_slice()
    }

    pub(super) fn next(&mut self) -> Option<RowOutcome> {
        self.rows.next()
    }

    /// How often the report was met before.
    pub(super) fn count(&mut self, digest: &str) -> u32 {
        let met = self.met.entry(digest.to_owned()).or_default();
        *met += 1;
        *met - 1
    }

    pub(super) fn tell(&mut self, row: Option<u32>, result: ArrivalResult) {
        self.outcomes.push(ArrivalOutcome { file: self.name.clone(), row, result });
    }

    pub(super) fn reject(&mut self, row: Option<u32>, reason: Reason) {
        self.tell(row, ArrivalResult::Rejected(reason.to_string()));
        self.rejections.push(Rejection { row, reason });
    }

    /// A file that cannot be read is one report, of which nothing is understood.
    pub(super) fn or_one_report(mut self) -> Self {
        if let Some(Rejection { row: None, reason }) = self.rejections.pop() {
            self.outcomes.clear();
            let report = RowOutcome { row: None, result: Err(reason), markings: Markings::default() };
            self.rows = vec![report].into_iter();
        }
        self
    }

    /// Whether nothing of it can be read.
    pub(super) fn is_unread(&self) -> bool {
        self.rows.len() == 0 && !self.rejections.is_empty()
    }

    /// A report that is no form, as its receiver reads it: nobody else will ever open it and ask for another.
    pub(super) fn as_written(&self, row: Option<u32>, reason: &Reason) -> Part1 {
        let whole = || String::from_utf8_lossy(&self.bytes).into_owned();
        let words = row.and_then(|row| intake::cut(&self.bytes, &self.name, &[row])).unwrap_or_else(whole);
        let not_known = || Text::from("Not known");
        Part1 {
            about: About::Staff,
            staff: Some(NamedStaff { name: not_known(), ..NamedStaff::default() }),
            reporter: Reporter { name: not_known(), ..Reporter::default() },
            reasons: Text::from(format!("This came in a form that cannot be read: {reason}")),
            account: Account { what: Text::new(words.trim_start_matches('\u{feff}')), ..Account::default() },
            ..Part1::default()
        }
    }

    /// No more of it can be taken in for now.
    pub(super) fn cut_short(&mut self, error: Error) {
        self.cut_short = Some(error);
        self.rows = vec::IntoIter::default();
    }

    /// Something of it was here before, and nothing of it came in. Its bytes may be new all the same.
    pub(super) fn is_repeated(&self) -> bool {
        let results = || self.outcomes.iter().map(|outcome| &outcome.result);
        self.cut_short.is_none()
            && results().any(|result| matches!(result, ArrivalResult::DuplicateOf(_)))
            && !results().any(|result| matches!(result, ArrivalResult::Accepted(_)))
    }

    /// The rows that were rejected as a file of their own, where others are in the record, or set apart.
    pub(super) fn rest(&self) -> Option<String> {
        if self.rejections.len() == self.outcomes.len() {
            return self.is_cut.then(|| self.whole());
        }
        let rows: Vec<u32> = self.rejections.iter().filter_map(|rejection| rejection.row).collect();
        let rest = intake::only(&self.bytes, &self.name, &rows);
        rest.or_else(|| self.is_cut.then(|| self.whole()))
    }

    fn whole(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}
