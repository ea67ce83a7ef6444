//! The drop folder with every kind of thing in it.

use std::path::PathBuf;
use std::{fs, io};

use chrono::{DateTime, TimeDelta, Utc};

use super::{DropFolder, FolderError, Found, MOST_WATCHED, PATIENCE};
use crate::intake::{Reason, Rejection};

/// A drop folder with its own clock.
struct Desk {
    folder: DropFolder,
    now: DateTime<Utc>,
    _home: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = DropFolder::new(home.path().join("incoming"));
        let mut desk = Self { folder, now: "2026-11-20T14:10:00Z".parse().unwrap(), _home: home };
        assert!(desk.look().is_empty());
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn drop_in(&self, name: &str, content: &str) {
        fs::write(self.path(name), content).unwrap();
    }

    fn look(&mut self) -> Vec<Found> {
        self.now += TimeDelta::seconds(1);
        self.folder.scan(self.now).unwrap()
    }

    /// What is found at the second of two looks.
    fn look_twice(&mut self) -> Vec<Found> {
        assert!(self.look().is_empty());
        self.look()
    }

    /// How many lie in the folder.
    fn files(&self) -> usize {
        fs::read_dir(self.folder.path()).unwrap().count()
    }

    fn rejected(&self) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(self.path("rejected"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

fn names(found: &[Found]) -> Vec<String> {
    found.iter().map(|found| found.arrival.name().to_string()).collect()
}

fn reason(found: &[Found]) -> Option<&Reason> {
    found.first().unwrap().content.as_ref().err()
}

fn whole(reason: Reason) -> [Rejection; 1] {
    [Rejection { row: None, reason }]
}

#[test]
fn a_file_is_found_once_it_has_stayed_as_it_is() {
    let mut desk = Desk::new();
    desk.drop_in("a.csv", "one");
    assert!(desk.look().is_empty());
    desk.drop_in("a.csv", "one and more");
    assert!(desk.look().is_empty());
    let found = desk.look();
    assert_eq!(found[0].content.as_deref(), Ok(b"one and more".as_slice()));
    assert!(desk.look().is_empty());
}

#[test]
fn two_looks_in_the_same_second_are_one() {
    let mut desk = Desk::new();
    desk.drop_in("a.csv", "one");
    assert!(desk.look().is_empty());
    assert!(desk.folder.scan(desk.now + TimeDelta::milliseconds(300)).unwrap().is_empty());
}

#[test]
fn a_clock_that_is_put_back_costs_a_second_and_not_an_hour() {
    let mut desk = Desk::new();
    desk.drop_in("a.csv", "one");
    assert!(desk.look().is_empty());
    desk.now -= TimeDelta::hours(1);
    assert_eq!(desk.look_twice().len(), 1);
}

#[test]
fn what_looks_cut_short_gets_longer() {
    let mut desk = Desk::new();
    desk.drop_in("a.json", "{\"format\":");
    desk.drop_in("b.json", "");
    assert!(desk.look_twice().is_empty());
    desk.now += TimeDelta::seconds(8);
    assert_eq!(desk.look().len(), 2);
}

#[test]
fn unfinished_and_hidden_names_are_left_alone() {
    let mut desk = Desk::new();
    for name in [".hidden", "a.csv.part", "b.TMP", "c.crdownload", "~$d.csv", "desktop.ini"] {
        desk.drop_in(name, "x");
    }
    fs::create_dir(desk.path("rejected")).unwrap();
    assert!(desk.look_twice().is_empty());
}

#[test]
fn what_stays_unfinished_is_said_once() {
    let mut desk = Desk::new();
    let long = format!("{}.part", "x".repeat(80));
    for name in ["~$a\u{1b}[2J.csv", long.as_str(), ".DS_Store", "Thumbs.db"] {
        desk.drop_in(name, "x");
    }
    desk.look();
    desk.now += TimeDelta::minutes(9);
    desk.look();
    assert_eq!(desk.folder.left_lying(desk.now), None);
    desk.drop_in(&long, "still growing");
    desk.now += TimeDelta::minutes(1);
    desk.look();
    let said = desk.folder.left_lying(desk.now).unwrap();
    assert_eq!(said, "~$a␛[2J.csv in incoming/ is not read: hidden or unfinished. Rename it, or remove it.");
    assert_eq!(desk.folder.left_lying(desk.now), None);
    desk.now += TimeDelta::minutes(10);
    desk.look();
    let said = desk.folder.left_lying(desk.now).unwrap();
    assert!(said.starts_with(&format!("{}… in", "x".repeat(30))), "{said}");
}

#[test]
fn several_that_stay_unfinished_are_one_sentence() {
    let mut desk = Desk::new();
    for name in ["a.part", "b.tmp", "c.crdownload"] {
        desk.drop_in(name, "x");
    }
    desk.look();
    desk.now += TimeDelta::minutes(10);
    desk.look();
    let said = desk.folder.left_lying(desk.now).unwrap();
    assert!(said.starts_with("a.part and 2 other files in incoming/ are not read"), "{said}");
}

#[test]
fn accepting_takes_the_file_away() {
    let mut desk = Desk::new();
    desk.drop_in("a.csv", "one");
    let found = desk.look_twice();
    desk.folder.accept(&found[0].arrival).unwrap();
    assert!(!desk.path("a.csv").exists());
}

/// A desk that has taken in more files at once than it holds open.
fn flooded() -> Desk {
    let mut desk = Desk::new();
    for n in 0..MOST_WATCHED + 20 {
        desk.drop_in(&format!("{n}.csv"), "one\n");
    }
    for found in desk.look_twice() {
        desk.folder.accept(&found.arrival).unwrap();
    }
    desk
}

#[test]
fn of_many_files_only_so_many_are_held_and_the_others_go_later() {
    let mut desk = flooded();
    assert_eq!((desk.folder.departed.len(), desk.files()), (MOST_WATCHED, 20));
    assert!(desk.look().is_empty() && desk.files() == 20, "nothing is found twice");
    desk.now += PATIENCE;
    assert!(desk.look().is_empty());
    assert_eq!((desk.folder.departed.len(), desk.files()), (20, 0));
}

#[test]
fn nothing_that_is_in_the_record_stays_when_the_desk_closes() {
    let mut desk = flooded();
    desk.folder = DropFolder::new(desk.folder.path());
    assert_eq!(desk.files(), 0);
}

#[test]
fn every_fault_fits_into_one_line_of_a_small_screen() {
    let error = |kind: io::ErrorKind| io::Error::from(kind);
    let kinds = [io::ErrorKind::NotADirectory, io::ErrorKind::StorageFull, io::ErrorKind::ReadOnlyFilesystem];
    let rejecting = kinds.map(|kind| FolderError::rejecting(error(kind)));
    let others = [
        FolderError::Incoming(error(io::ErrorKind::NotFound)),
        FolderError::TooManyOpen(error(io::ErrorKind::Other)),
        FolderError::StillOpen,
        FolderError::Removing(error(io::ErrorKind::PermissionDenied)),
    ];
    for sentence in rejecting.iter().chain(&others).map(ToString::to_string) {
        assert!(sentence.len() <= 78, "{sentence}");
    }
}

#[cfg(unix)]
#[test]
fn too_many_open_files_are_not_blamed_on_the_folder() {
    for code in [libc::EMFILE, libc::ENFILE] {
        let error = FolderError::reading(io::Error::from_raw_os_error(code));
        assert!(error.to_string().starts_with("Too many files are open"), "{error}");
    }
}

#[test]
fn accepting_spares_what_has_taken_its_place() {
    let mut desk = Desk::new();
    desk.drop_in("a.csv", "one");
    let found = desk.look_twice();
    desk.drop_in("a.csv", "another");
    desk.folder.accept(&found[0].arrival).unwrap();
    assert_eq!(names(&desk.look_twice()), ["a.csv"]);
}

#[test]
fn rejecting_files_it_with_its_reason_and_overwrites_nothing() {
    let mut desk = Desk::new();
    for content in ["one", "other"] {
        desk.drop_in("a.csv", content);
        let found = desk.look_twice();
        desk.folder.reject(&found[0].arrival, &whole(Reason::NoHeader)).unwrap();
    }
    assert_eq!(desk.rejected(), ["a (2).csv", "a (2).csv.reason.txt", "a.csv", "a.csv.reason.txt"]);
    let told = desk.folder.rejections();
    let names: Vec<&str> = told.iter().map(|one| one.name.as_str()).collect();
    assert!(names.contains(&"a.csv") && names.contains(&"a (2).csv") && names.len() == 2, "{names:?}");
    assert!(
        told.iter().all(|one| one.at.is_some() && one.why.contains("No row with the form's column names"))
    );
    let said = fs::read_to_string(desk.path("rejected/a.csv.reason.txt")).unwrap();
    assert!(said.contains(&Reason::NoHeader.to_string()));
    assert_eq!(fs::read(desk.path("rejected/a.csv")).unwrap(), b"one");
}

#[test]
fn the_rest_of_a_file_is_left_and_the_file_goes() {
    let mut desk = Desk::new();
    desk.drop_in("a.csv", "good and bad");
    let found = desk.look_twice();
    let reasons = [Rejection { row: Some(7), reason: Reason::NoChild }];
    desk.folder.reject_rest(&found[0].arrival, "bad", &reasons).unwrap();
    assert_eq!(desk.rejected(), ["a.csv", "a.csv.reason.txt"]);
    assert_eq!(fs::read_to_string(desk.path("rejected/a.csv")).unwrap(), "bad");
    assert!(!desk.path("a.csv").exists());
}

#[test]
fn what_could_not_be_dealt_with_is_found_again() {
    let mut desk = Desk::new();
    desk.drop_in("a.csv", "one");
    let found = desk.look_twice();
    desk.folder.find_again(&found[0].arrival);
    assert_eq!(names(&desk.look_twice()), ["a.csv"]);
}

#[test]
fn a_folder_is_rejected_and_moved() {
    let mut desk = Desk::new();
    fs::create_dir(desk.path("more")).unwrap();
    let found = desk.look_twice();
    assert_eq!(reason(&found), Some(&Reason::Folder));
    desk.folder.reject(&found[0].arrival, &whole(Reason::Folder)).unwrap();
    assert!(desk.path("rejected/more").is_dir());
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let mut desk = Desk::new();
    fs::File::create(desk.path("a.csv")).unwrap().set_len(50 * 1024 * 1024).unwrap();
    assert_eq!(reason(&desk.look_twice()), Some(&Reason::TooLarge));
}

#[test]
fn a_rejected_folder_that_cannot_be_written_is_said() {
    let mut desk = Desk::new();
    desk.drop_in("rejected", "in the way");
    desk.drop_in("a.csv", "one");
    let found = desk.look_twice();
    let said = desk.folder.reject(&found[0].arrival, &whole(Reason::NoHeader)).unwrap_err().to_string();
    assert!(said.starts_with("incoming/rejected is a link or no folder."), "{said}");
    assert!(desk.path("a.csv").exists());
    assert!(desk.look().is_empty(), "what stays is not reported again");
}

#[test]
fn what_has_gone_leaves_a_reason_without_a_file() {
    let mut desk = Desk::new();
    desk.drop_in("a.csv", "one");
    let found = desk.look_twice();
    fs::remove_file(desk.path("a.csv")).unwrap();
    for _ in 0..2 {
        desk.folder.reject(&found[0].arrival, &whole(Reason::NoHeader)).unwrap();
    }
    assert_eq!(desk.rejected(), ["a.csv.reason.txt"]);
}

#[cfg(unix)]
mod unix {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;
    use std::process::Command;

    use super::{Desk, Reason, reason, whole};
    use crate::intake::drop_folder::read_named;

    #[test]
    fn a_link_is_not_followed() {
        let mut desk = Desk::new();
        symlink("/etc/passwd", desk.path("a.csv")).unwrap();
        let found = desk.look_twice();
        assert_eq!(reason(&found), Some(&Reason::Link));
        desk.folder.reject(&found[0].arrival, &whole(Reason::Link)).unwrap();
        assert!(desk.path("rejected/a.csv").is_symlink());
        assert!(desk.look().is_empty());
    }

    #[test]
    fn a_second_name_is_refused() {
        let mut desk = Desk::new();
        let elsewhere = desk.folder.path().parent().unwrap().join("elsewhere.csv");
        fs::write(&elsewhere, "x").unwrap();
        fs::hard_link(&elsewhere, desk.path("a.csv")).unwrap();
        assert_eq!(reason(&desk.look_twice()), Some(&Reason::SecondName));
    }

    #[test]
    fn a_socket_is_not_a_file() {
        let mut desk = Desk::new();
        let _socket = UnixListener::bind(desk.path("a.csv")).unwrap();
        assert_eq!(reason(&desk.look_twice()), Some(&Reason::NotAFile));
    }

    #[test]
    fn a_pipe_keeps_nobody_waiting() {
        let mut desk = Desk::new();
        let made = Command::new("mkfifo").arg(desk.path("a.csv")).status();
        assert!(made.is_ok_and(|status| status.success()));
        assert_eq!(read_named(&desk.path("a.csv")), Err(Reason::NotAFile));
        assert_eq!(reason(&desk.look_twice()), Some(&Reason::NotAFile));
    }

    #[test]
    fn what_was_named_may_be_a_link_but_not_a_folder() {
        let desk = Desk::new();
        desk.drop_in("a.csv", "one");
        symlink(desk.path("a.csv"), desk.path("b.csv")).unwrap();
        assert_eq!(read_named(&desk.path("b.csv")).as_deref(), Ok(b"one".as_slice()));
        assert_eq!(read_named(&desk.path("")), Err(Reason::Folder));
    }

    #[test]
    fn files_and_folders_are_private() {
        let mut desk = Desk::new();
        desk.drop_in("a.csv", "one");
        fs::set_permissions(desk.path("a.csv"), Permissions::from_mode(0o644)).unwrap();
        let found = desk.look_twice();
        desk.folder.reject(&found[0].arrival, &whole(Reason::NoHeader)).unwrap();
        let mode = |name: &str| fs::metadata(desk.path(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!([mode(""), mode("rejected")], [0o700, 0o700]);
        assert_eq!([mode("rejected/a.csv"), mode("rejected/a.csv.reason.txt")], [0o600, 0o600]);
    }

    /// Whoever may read everything may read this too, and then there is nothing to refuse.
    #[test]
    fn a_file_that_may_not_be_read_is_refused_and_moved() {
        let mut desk = Desk::new();
        desk.drop_in("a.csv", "one");
        fs::set_permissions(desk.path("a.csv"), Permissions::from_mode(0o000)).unwrap();
        let superuser = fs::read(desk.path("a.csv")).is_ok();
        let found = desk.look_twice();
        assert_eq!(reason(&found), (!superuser).then_some(&Reason::Forbidden));
        desk.folder.reject(&found[0].arrival, &whole(Reason::Forbidden)).unwrap();
        assert_eq!(desk.rejected().len(), 2);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_table_that_is_still_being_written_is_not_read_half() {
    use std::io::Write as _;
    let mut desk = Desk::new();
    let mut writing = fs::File::create(desk.path("a.csv")).unwrap();
    writing.write_all(b"Child's name,What happened?\nZo\xc3\xab Marsh,She said that her uncle").unwrap();
    for _ in 0..5 {
        assert!(desk.look().is_empty());
    }
    writing.write_all(b" hit her.\n").unwrap();
    drop(writing);
    let found = desk.look_twice();
    assert!(found[0].content.as_ref().unwrap().ends_with(b"her uncle hit her.\n"));
}

/// A file whose writer stays: a log, or a sheet that is open in a spreadsheet.
#[cfg(target_os = "linux")]
mod held_open {
    use std::fs::{self, File, OpenOptions};
    use std::io::Write as _;

    use chrono::TimeDelta;

    use super::{Desk, whole};
    use crate::intake::Reason;
    use crate::intake::drop_folder::{DropFolder, Found};

    fn written(desk: &Desk, text: &str) -> File {
        let mut writing = File::create(desk.path("log.csv")).unwrap();
        writing.write_all(text.as_bytes()).unwrap();
        writing
    }

    /// What is found once it has been left alone for a minute, and not before.
    fn look_after_a_minute(desk: &mut Desk) -> Vec<Found> {
        assert!(desk.look_twice().is_empty());
        desk.now += TimeDelta::minutes(1);
        desk.look()
    }

    #[test]
    fn it_is_read_and_stays_until_it_is_let_go() {
        let mut desk = Desk::new();
        let mut writing = written(&desk, "one\n");
        for content in ["one\n", "one\ntwo\n"] {
            let found = look_after_a_minute(&mut desk);
            assert!(found[0].content.as_deref() == Ok(content.as_bytes()));
            desk.folder.accept(&found[0].arrival).unwrap();
            assert!(desk.path("log.csv").exists() && desk.look().is_empty());
            writing.write_all(b"two\n").unwrap();
        }
        drop(writing);
        let found = desk.look_twice();
        assert!(found[0].content.as_deref() == Ok(b"one\ntwo\ntwo\n"));
        desk.folder.accept(&found[0].arrival).unwrap();
        assert!(!desk.path("log.csv").exists());
    }

    #[test]
    fn it_is_not_rejected_before_it_is_let_go() {
        let mut desk = Desk::new();
        let writing = written(&desk, "one\n");
        let found = look_after_a_minute(&mut desk);
        let arrival = &found[0].arrival;
        assert!(desk.folder.reject(arrival, &whole(Reason::NoHeader)).is_err());
        assert!(desk.folder.reject_rest(arrival, "one", &whole(Reason::NoChild)).is_err());
        assert!(desk.path("log.csv").exists() && !desk.path("rejected").exists());
        drop(writing);
        let found = desk.look_twice();
        desk.folder.reject(&found[0].arrival, &whole(Reason::NoHeader)).unwrap();
        assert_eq!(desk.rejected(), ["log.csv", "log.csv.reason.txt"]);
    }

    #[test]
    fn what_was_added_at_the_last_moment_is_put_back_when_the_desk_closes() {
        let mut desk = Desk::new();
        desk.drop_in("a.csv", "one\n");
        let found = desk.look_twice();
        let mut writing = OpenOptions::new().append(true).open(desk.path("a.csv")).unwrap();
        desk.folder.accept(&found[0].arrival).unwrap();
        assert!(!desk.path("a.csv").exists());
        writing.write_all(b"two\n").unwrap();
        desk.folder = DropFolder::new(desk.folder.path());
        assert_eq!(fs::read_to_string(desk.path("again a.csv")).unwrap(), "one\ntwo\n");
    }
}

#[test]
fn a_file_with_the_name_of_our_folder_is_an_arrival() {
    let mut desk = Desk::new();
    desk.drop_in("REJECTED", "one");
    assert_eq!(names(&desk.look_twice()), ["REJECTED"]);
}

#[cfg(unix)]
#[test]
fn no_report_leaves_the_desk_by_a_link() {
    let mut desk = Desk::new();
    let outside = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path(), desk.path("rejected")).unwrap();
    desk.drop_in("a.csv", "one");
    let found = desk.look_twice();
    let found = found.iter().find(|found| &*found.arrival.name() == "a.csv").unwrap();
    assert!(desk.folder.reject(&found.arrival, &whole(Reason::NoHeader)).is_err());
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}
