//! What arrives: a file's reports become concerns, each with the original bytes kept beside it.
//!
//! The same report twice is one concern, and says so: in the same file, or in a longer export of the same sheet.
//! A file leaves the drop folder only when everything in it is in the record or has its reason written beside it.
//! Reports are taken in one by one and other requests come between them, so that nobody waits for a long file.

mod file;

use std::collections::VecDeque;
use std::path::Path;

use chrono::{DateTime, Utc};

use super::answer::{ArrivalResult, Looked};
use super::worker::Ready;
use super::{Desk, linking};
use crate::cabinet::table::{original, report};
use crate::cabinet::{Error, Result};
use crate::domain::concern::Part1;
use crate::domain::entry::Source;
use crate::intake::drop_folder::{self, Arrival, Found};
use crate::intake::{Reason, RowOutcome};
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
}

impl Desk {
    /// Takes in what lies in the drop folder and is no longer being written; says what has become of it since it
    /// was last asked.
    pub fn look(&mut self, now: DateTime<Utc>) -> Result<Looked> {
        if self.arrivals.waiting.is_empty() {
            let found = self.drop_folder.scan(now).map_err(|fault| Error::Refused(fault.to_string()))?;
            self.arrivals.waiting.extend(found);
        }
        for _ in 0..AT_ONCE {
            if self.receive_more(now) == Ready::Yes {
                break;
            }
        }
        Ok(std::mem::take(&mut self.arrivals.looked))
    }

    /// Opens the next file, takes in the next report of it, or puts it away. What goes wrong with one file costs
    /// no other.
    pub(super) fn receive_more(&mut self, now: DateTime<Utc>) -> Ready {
        let Some((arrival, mut arriving)) = self.arrivals.open.take() else {
            let Some(Found { arrival, content }) = self.arrivals.waiting.pop_front() else {
                return Ready::Yes;
            };
            let arriving = Arriving::new(&arrival.name(), content);
            self.arrivals.open = Some((arrival, arriving));
            return Ready::NotYet;
        };
        if self.receive_next(&mut arriving, now) == Ready::NotYet {
            self.arrivals.open = Some((arrival, arriving));
        } else {
            let trouble = self.put_away(&arrival, &arriving).err();
            let looked = &mut self.arrivals.looked;
            looked.trouble = looked.trouble.take().or(trouble);
            looked.arrived.extend(arriving.outcomes);
        }
        Ready::NotYet
    }

    fn put_away(&mut self, arrival: &Arrival, arriving: &Arriving) -> std::result::Result<(), String> {
        if let Some(error) = &arriving.cut_short {
            // It stays in the folder, and is tried again.
            self.drop_folder.find_again(arrival);
            return Err(error.to_string());
        }
        let done = match (arriving.rejections.as_slice(), arriving.rest()) {
            ([], _) => self.drop_folder.accept(arrival),
            (reasons, Some(rest)) => self.drop_folder.reject_rest(arrival, &rest, reasons),
            (reasons, None) => self.drop_folder.reject(arrival, reasons),
        };
        done.map_err(|fault| fault.to_string())
    }

    /// Takes a named file in, wherever it lies; it stays where it is.
    pub fn import(&mut self, path: &Path, now: DateTime<Utc>) -> Looked {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut arriving = Arriving::new(&name.into(), drop_folder::read_named(path));
        while self.receive_next(&mut arriving, now) == Ready::NotYet {}
        Looked { arrived: arriving.outcomes, trouble: arriving.cut_short.map(|error| error.to_string()) }
    }

    /// What becomes of the next report of a file; whether all of it is dealt with.
    fn receive_next(&mut self, arriving: &mut Arriving, now: DateTime<Utc>) -> Ready {
        let Some(RowOutcome { row, result }) = arriving.next() else { return Ready::Yes };
        let taken = match result {
            Ok(part1) => self.take_in(arriving, row, &part1, now),
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
}

#[cfg(test)]
mod tests {
    use std::fs;

    use chrono::TimeDelta;

    use super::*;
    use crate::cabinet::table::concern::Pile;
    use crate::desk::request::Window;
    use crate::desk::testing;
    use crate::intake::drop_folder::DropFolder;

    const HEADER: &str = "Child's name,What happened?,Reported by\n";

    /// A sheet of so many reports.
    fn reports(count: usize) -> String {
        (0..count)
            .fold(HEADER.to_owned(), |sheet, n| sheet + &format!("Child {n},No coat on day {n},Grace Osei\n"))
    }

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
            self.desk.arrivals.waiting.extend(found);
            while self.desk.receive_more(testing::now()) == Ready::NotYet {}
            std::mem::take(&mut self.desk.arrivals.looked)
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

    #[test]
    fn nobody_waits_for_a_long_file() {
        let mut place = desk();
        place.drop_in("long.csv", &reports(3 * AT_ONCE));
        let second = TimeDelta::seconds(1);
        place.desk.look(place.now).unwrap();
        place.desk.look(place.now + second).unwrap();
        let some = place.desk.inbox(Pile::Waiting, "", Window::default()).unwrap().total;
        assert!((1..3 * AT_ONCE as u64).contains(&some), "{some} of {}", 3 * AT_ONCE);
        assert!(place.incoming("long.csv").is_some(), "it stays until all of it is in the record");
        while place.desk.receive_more(testing::now()) == Ready::NotYet {}
        let looked = place.desk.look(place.now + second * 2).unwrap();
        assert_eq!((looked.arrived.len(), place.incoming("long.csv")), (3 * AT_ONCE, None));
    }

    #[test]
    fn a_desk_that_closes_in_the_middle_of_a_file_goes_on_with_it() {
        let mut place = desk();
        place.drop_in("long.csv", &reports(20));
        let second = TimeDelta::seconds(1);
        place.desk.look(place.now).unwrap();
        place.desk.look(place.now + second).unwrap();
        place.desk.arrivals = Arrivals::default();
        place.desk.drop_folder = DropFolder::new(place.desk.folder.incoming());
        let looked = place.look();
        let accepted =
            results(&looked).iter().filter(|result| matches!(result, ArrivalResult::Accepted(_))).count();
        assert!(accepted < 20 && looked.arrived.len() == 20, "the others were here already");
        assert_eq!(place.desk.inbox(Pile::Waiting, "", Window::default()).unwrap().total, 20);
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
