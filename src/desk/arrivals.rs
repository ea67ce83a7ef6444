//! What arrives: a file's reports become concerns, each with the original bytes kept beside it.
//!
//! The same report twice is one concern, and says so: in the same file, or in a longer export of the same sheet.
//! A file leaves the drop folder only when everything in it is in the record or has its reason written beside it.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Utc};

use super::answer::{ArrivalOutcome, ArrivalResult, Looked};
use super::{Desk, linking};
use crate::cabinet::table::{original, report};
use crate::cabinet::{Error, Result};
use crate::domain::concern::Part1;
use crate::domain::entry::Source;
use crate::domain::text::Text;
use crate::intake::drop_folder::{self, Found};
use crate::intake::{self, Reason, Rejection, RowOutcome};

impl Desk {
    /// Takes in what lies in the drop folder and is no longer being written.
    pub fn look(&mut self, now: DateTime<Utc>) -> Result<Looked> {
        let found = self.drop_folder.scan(now).map_err(|fault| Error::Refused(fault.to_string()))?;
        Ok(self.take_files(&found, now))
    }

    /// What goes wrong with one file costs no other.
    fn take_files(&mut self, found: &[Found], now: DateTime<Utc>) -> Looked {
        let mut looked = Looked::default();
        for file in found {
            let came = match &file.content {
                Ok(bytes) => self.receive(bytes, &file.name(), now),
                Err(reason) => Came::refused(&file.name(), reason.clone()),
            };
            let trouble = self.put_away(file, &came).err();
            looked.trouble = looked.trouble.or(trouble);
            looked.arrived.extend(came.outcomes);
        }
        looked
    }

    fn put_away(&mut self, file: &Found, came: &Came) -> std::result::Result<(), String> {
        if let Some(error) = &came.cut_short {
            // It stays in the folder, and is tried again.
            self.drop_folder.find_again(file);
            return Err(error.to_string());
        }
        let rest = came.rest_of(file);
        let done = match (came.rejections.as_slice(), rest) {
            ([], _) => self.drop_folder.accept(file),
            (reasons, Some(rest)) => self.drop_folder.reject_rest(file, &rest, reasons),
            (reasons, None) => self.drop_folder.reject(file, reasons),
        };
        done.map_err(|fault| fault.to_string())
    }

    /// Takes a named file in, wherever it lies; it stays where it is.
    pub fn import(&mut self, path: &Path, now: DateTime<Utc>) -> Looked {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let came = match drop_folder::read_named(path) {
            Ok(bytes) => self.receive(&bytes, &name, now),
            Err(reason) => Came::refused(&name, reason),
        };
        Looked { arrived: came.outcomes, trouble: came.cut_short.map(|error| error.to_string()) }
    }

    /// What becomes of each report of a file.
    fn receive(&mut self, bytes: &[u8], name: &str, now: DateTime<Utc>) -> Came {
        let reading = match intake::read(bytes, name) {
            Ok(reading) => reading,
            Err(reason) => return Came::refused(name, reason),
        };
        let mut file = File::new(name, bytes);
        let mut came = Came::default();
        for RowOutcome { row, result } in reading.rows {
            let taken = match result {
                Ok(part1) => self.take_in(&mut file, row, &part1, now),
                Err(reason) => {
                    came.reject(&file.name, row, reason);
                    continue;
                }
            };
            match taken {
                Ok(result) => came.tell(&file.name, row, result),
                Err(Error::NotKept) => came.reject(&file.name, row, Reason::NotKept),
                Err(error) => return Came { cut_short: Some(error), ..came },
            }
        }
        came
    }

    fn take_in(
        &mut self,
        file: &mut File,
        row: Option<u32>,
        part1: &Part1,
        now: DateTime<Utc>,
    ) -> Result<ArrivalResult> {
        let digest = report::digest(part1)?;
        let nth = file.count(&digest);
        let finder = &mut self.finder;
        self.cabinet.record(now, |writer| {
            // Asked inside the transaction: another desk may be taking in the same file.
            let known = match original::concern_of(writer.db(), &file.sha256, row)? {
                None => report::concern_of(writer.db(), &digest, nth)?,
                known => known,
            };
            if let Some(first) = known {
                return Ok(ArrivalResult::DuplicateOf(first));
            }
            original::keep(writer, &file.sha256, file.bytes)?;
            let source = Source::File { name: file.name.clone(), sha256: file.sha256.clone(), row };
            let saved = linking::receive(writer, finder, part1, source)?;
            let concern = saved.concern.ok_or_else(|| Error::Refused("Nothing was recorded.".to_owned()))?;
            Ok(ArrivalResult::Accepted(concern))
        })
    }
}

/// The file that is being taken in.
struct File<'a> {
    name: Text,
    sha256: String,
    bytes: &'a [u8],
    /// How often each report has been met in it: what it says twice may have happened twice.
    met: BTreeMap<String, u32>,
}

impl<'a> File<'a> {
    fn new(name: &str, bytes: &'a [u8]) -> Self {
        Self { name: Text::new(name), sha256: original::sha256(bytes), bytes, met: BTreeMap::new() }
    }

    /// How often the report was met before.
    fn count(&mut self, digest: &str) -> u32 {
        let met = self.met.entry(digest.to_owned()).or_default();
        *met += 1;
        *met - 1
    }
}

/// What became of a file.
#[derive(Default)]
struct Came {
    outcomes: Vec<ArrivalOutcome>,
    rejections: Vec<Rejection>,
    /// Why the reports after these could not be asked about; not for anything that is in the file.
    cut_short: Option<Error>,
}

impl Came {
    fn refused(name: &str, reason: Reason) -> Self {
        let mut came = Self::default();
        came.reject(&Text::new(name), None, reason);
        came
    }

    fn reject(&mut self, file: &Text, row: Option<u32>, reason: Reason) {
        self.tell(file, row, ArrivalResult::Rejected(reason.to_string()));
        self.rejections.push(Rejection { row, reason });
    }

    fn tell(&mut self, file: &Text, row: Option<u32>, result: ArrivalResult) {
        self.outcomes.push(ArrivalOutcome { file: file.clone(), row, result });
    }

    /// The rows that were rejected as a file of their own, where others are in the record.
    fn rest_of(&self, file: &Found) -> Option<String> {
        let rows: Vec<u32> = self.rejections.iter().filter_map(|rejection| rejection.row).collect();
        let bytes = file.content.as_deref().ok().filter(|_| self.rejections.len() < self.outcomes.len())?;
        intake::only(bytes, &file.name(), &rows)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use chrono::TimeDelta;

    use super::*;
    use crate::desk::testing;

    const HEADER: &str = "Child's name,What happened?,Reported by\n";

    struct Place {
        desk: Desk,
        now: DateTime<Utc>,
        _home: tempfile::TempDir,
    }

    fn desk() -> Place {
        let (desk, home) = testing::desk();
        Place { desk, now: testing::now(), _home: home }
    }

    impl Place {
        fn drop_in(&self, name: &str, content: &str) {
            fs::write(self.desk.folder.incoming().join(name), content).unwrap();
        }

        /// What is taken in once it has stayed as it is.
        fn look(&mut self) -> Looked {
            let mut found = Vec::new();
            for _ in 0..2 {
                self.now += TimeDelta::seconds(1);
                found = self.desk.drop_folder.scan(self.now).unwrap();
            }
            self.desk.take_files(&found, testing::now())
        }

        fn incoming(&self, name: &str) -> Option<String> {
            fs::read_to_string(self.desk.folder.incoming().join(name)).ok()
        }
    }

    fn results(looked: &Looked) -> Vec<&ArrivalResult> {
        looked.arrived.iter().map(|outcome| &outcome.result).collect()
    }

    #[test]
    fn of_a_partly_bad_file_only_the_bad_rows_stay_on_disk() {
        let mut place = desk();
        place.drop_in("a.csv", &format!("{HEADER}Zoë Marsh,No coat,Grace Osei\nHassan Ali,,Grace Osei\n"));
        let looked = place.look();
        let results = results(&looked);
        assert!(
            matches!(results.as_slice(), [ArrivalResult::Accepted(_), ArrivalResult::Rejected(_)]),
            "{results:?}"
        );
        assert_eq!(place.incoming("a.csv"), None);
        let left = place.incoming("rejected/a.csv").unwrap();
        assert_eq!(left, format!("\u{feff}{HEADER}Hassan Ali,,Grace Osei\n"));
        assert!(
            place.incoming("rejected/a.csv.reason.txt").unwrap().contains("Row 3: The account is empty.")
        );
    }

    #[test]
    fn a_file_that_fails_costs_no_other_and_is_tried_again() {
        let mut place = desk();
        for (name, child) in [("a.csv", "Zoë Marsh"), ("b.csv", "Hassan Ali"), ("c.csv", "Ngozi Okafor")] {
            place.drop_in(name, &format!("{HEADER}{child},No coat,Grace Osei\n"));
        }
        let fault = "CREATE TRIGGER fault BEFORE INSERT ON concern WHEN NEW.named = 'Hassan Ali'
                     BEGIN SELECT RAISE(ABORT, 'fault'); END";
        place.desk.cabinet.db().execute_batch(fault).unwrap();
        for came in [2, 0] {
            let looked = place.look();
            assert_eq!(looked.arrived.len(), came);
            assert!(looked.arrived.iter().all(|one| matches!(one.result, ArrivalResult::Accepted(_))));
            assert!(looked.trouble.unwrap().starts_with("The cabinet reports a fault"));
            assert!(place.incoming("b.csv").is_some() && place.incoming("a.csv").is_none());
        }
        place.desk.cabinet.db().execute_batch("DROP TRIGGER fault").unwrap();
        assert_eq!(place.look().arrived.len(), 1);
    }

    /// Whoever may write everything can remove the file, and then there is nothing amiss.
    #[cfg(unix)]
    #[test]
    fn a_file_that_cannot_be_removed_is_no_rejected_report() {
        use std::fs::Permissions;
        use std::os::unix::fs::PermissionsExt as _;
        let mut place = desk();
        place.drop_in("a.csv", &format!("{HEADER}Zoë Marsh,No coat,Grace Osei\n"));
        let incoming = place.desk.folder.incoming();
        fs::set_permissions(&incoming, Permissions::from_mode(0o500)).unwrap();
        let looked = place.look();
        fs::set_permissions(&incoming, Permissions::from_mode(0o700)).unwrap();
        assert!(matches!(results(&looked).as_slice(), [ArrivalResult::Accepted(_)]));
        assert_eq!(looked.trouble.is_some(), place.incoming("a.csv").is_some());
    }
}
