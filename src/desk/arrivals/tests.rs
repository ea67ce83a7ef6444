//! Files on their way from the drop folder into the record.

use std::fmt::Write as _;
use std::fs;

use chrono::TimeDelta;

use super::*;
use crate::cabinet::table::concern::Pile;
use crate::desk::request::Window;
use crate::desk::testing;
use crate::intake::drop_folder::DropFolder;

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
            found.extend(self.desk.drop_folder.scan(self.now).unwrap());
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
    assert!(place.incoming("rejected/a.csv.reason.txt").unwrap().contains("Row 3: The account is empty."));
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

/// A sheet of so many rows.
fn long(rows: usize) -> String {
    let mut sheet = HEADER.to_owned();
    for n in 0..rows {
        // Writing to a string cannot fail.
        let _ = writeln!(sheet, "Child {n},No coat on day {n},Grace Osei");
    }
    sheet
}

#[test]
fn nobody_waits_for_a_long_file() {
    let mut place = desk();
    place.drop_in("long.csv", &long(3 * AT_ONCE));
    let second = TimeDelta::seconds(1);
    place.desk.look(place.now).unwrap();
    place.desk.look(place.now + second).unwrap();
    let some = place.desk.inbox(Pile::Waiting, "", Window::default(), place.now).unwrap().total;
    assert!((1..3 * AT_ONCE as u64).contains(&some), "{some} of {}", 3 * AT_ONCE);
    assert!(place.incoming("long.csv").is_some(), "it stays until all of it is in the record");
    while place.desk.receive_more(testing::now()) == Ready::NotYet {}
    let looked = place.desk.look(place.now + second * 2).unwrap();
    assert_eq!((looked.arrived.len(), place.incoming("long.csv")), (3 * AT_ONCE, None));
}

#[test]
fn a_desk_that_closes_in_the_middle_of_a_file_goes_on_with_it() {
    let mut place = desk();
    place.drop_in("long.csv", &long(20));
    let second = TimeDelta::seconds(1);
    place.desk.look(place.now).unwrap();
    place.desk.look(place.now + second).unwrap();
    place.desk.arrivals = Arrivals::default();
    place.desk.drop_folder = DropFolder::new(place.desk.folder.incoming());
    let looked = place.look();
    let accepted =
        results(&looked).iter().filter(|result| matches!(result, ArrivalResult::Accepted(_))).count();
    assert!(accepted < 20 && looked.arrived.len() == 20, "the others were here already");
    assert_eq!(place.desk.inbox(Pile::Waiting, "", Window::default(), place.now).unwrap().total, 20);
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

#[test]
fn a_file_that_says_the_same_in_other_bytes_is_kept_and_vouched_for() {
    let mut place = desk();
    let sheet = format!("{HEADER}Zoë Marsh,No coat,Grace Osei\n");
    let exported_anew = format!("Our concerns\n\n{HEADER}Zoë Marsh,No coat,Grace Osei\n\n");
    let with_a_bad_row = format!("{HEADER}Zoë Marsh,No coat,Grace Osei\n,,Grace Osei\n");
    place.drop_in("a.csv", &sheet);
    place.look();
    for (name, sheet) in [("b.csv", &exported_anew), ("c.csv", &with_a_bad_row), ("d.csv", &exported_anew)] {
        let entries = place.desk.verify().unwrap().entries;
        place.drop_in(name, sheet);
        let looked = place.look();
        assert!(matches!(results(&looked).first(), Some(ArrivalResult::DuplicateOf(_))), "{name}");
        assert_eq!(place.incoming(name), None);
        let kept = original::get(place.desk.cabinet.db(), &original::sha256(sheet.as_bytes())).unwrap();
        assert!(kept.as_deref() == Some(sheet.as_bytes()), "{name}");
        let report = place.desk.verify().unwrap();
        assert!(report.is_content(), "{:?}", report.problems);
        assert_eq!(report.entries - entries, i64::from(name != "d.csv"), "the same bytes are kept once");
    }
}

#[test]
fn what_is_left_lying_is_told_when_there_is_nothing_else_to_tell() {
    let mut place = desk();
    place.drop_in("a.csv.part", "x");
    place.desk.look(place.now).unwrap();
    place.now += TimeDelta::minutes(10) - TimeDelta::seconds(1);
    place.drop_in("b.csv", &format!("{HEADER}Zoë Marsh,No coat,Grace Osei\n"));
    let mut told = Vec::new();
    for _ in 0..4 {
        let looked = place.desk.look(place.now).unwrap();
        told.push((looked.arrived.len(), looked.trouble.is_some()));
        place.now += TimeDelta::seconds(1);
    }
    assert_eq!(told, [(0, false), (1, false), (0, true), (0, false)]);
    assert!(place.incoming("a.csv.part").is_some());
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_added_to_a_file_that_stays_open_comes_in() {
    use std::io::Write as _;
    let mut place = desk();
    let mut log = fs::File::create(place.desk.folder.incoming().join("log.csv")).unwrap();
    let mut told = Vec::new();
    for row in [HEADER, "Zoë Marsh,No coat,Grace Osei\n", "Hassan Ali,No lunch,Grace Osei\n"] {
        log.write_all(row.as_bytes()).unwrap();
        assert!(place.look() == Looked::default(), "it may be written");
        place.now += TimeDelta::minutes(1);
        let looked = place.look();
        assert!(results(&looked).iter().all(|result| matches!(result, ArrivalResult::Accepted(_))));
        told.push((looked.arrived.len(), looked.trouble.is_some()));
    }
    assert_eq!(told, [(0, true), (1, false), (1, false)], "no reports; the first; only the new one");
    assert!(place.incoming("log.csv").is_some() && place.incoming("rejected").is_none());
    drop(log);
    let looked = place.look();
    assert!(results(&looked).iter().all(|result| matches!(result, ArrivalResult::DuplicateOf(_))));
    assert_eq!((looked.arrived.len(), place.incoming("log.csv")), (2, None));
}
