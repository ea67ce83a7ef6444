//! Going back: nothing is overwritten, and a kill leaves the old desk or the new one.

use std::fs;
use std::path::{Path, PathBuf};

use dsl_desk::cabinet::Error;
use dsl_desk::cabinet::backup::{self, Go, Kept, free_space};
use dsl_desk::cabinet::files::{self, Folder};
use dsl_desk::cabinet::keys::{Passphrase, Work};
use dsl_desk::cabinet::restore::{Checked, Present, finish};
use dsl_desk::desk::{Desk, people, setup};
use dsl_desk::domain::ids::Seq;

use crate::support::{Place, World, amina, asked, minutes, now, passphrase};

/// A desk with a backup, and what was recorded since.
struct Gone {
    place: Place,
    backup: Kept,
    since: i64,
}

impl Gone {
    fn on() -> Self {
        let mut world = World::new();
        world.concern("Zoë Marsh", Some("2014-03-02"));
        let backup = world.at.backed_up(now());
        world.concern("Hassan Ali", None);
        let since = world.desk.entries().unwrap().0 - backup.note.entries.0;
        assert!(since > 0);
        Self { place: world.close(), backup, since }
    }

    fn checked(&self) -> Checked {
        checked(&self.place.folder, &self.backup.path).unwrap()
    }

    fn is_as_before(&self) {
        let desk = self.place.open().unwrap();
        assert_eq!(desk.entries().unwrap(), Seq(self.backup.note.entries.0 + self.since));
    }

    /// The backup is in place, the old desk can be opened where it lies, and both are whole.
    fn is_restored(&self, aside: &Path) {
        let desk = self.place.open().unwrap();
        assert_eq!(desk.entries().unwrap(), self.backup.note.entries);
        assert!(desk.verify().unwrap().is_content());
        let old = Desk::open(Folder::new(aside), &amina(), passphrase()).unwrap();
        assert_eq!(old.entries().unwrap(), Seq(self.backup.note.entries.0 + self.since));
        assert!(old.verify().unwrap().is_content());
        assert!(folders(self.place.folder.root(), "rest").is_empty());
    }
}

fn checked(desk: &Folder, backup: &Path) -> dsl_desk::cabinet::Result<Checked> {
    Checked::of(desk, &Folder::new(backup), &amina(), passphrase(), free_space)
}

fn folders(root: &Path, beginning: &str) -> Vec<PathBuf> {
    let listed = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    listed.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(beginning)).collect()
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_all(&path, &to);
        } else {
            fs::copy(path, to).unwrap();
        }
    }
}

#[test]
fn the_present_desk_is_set_aside_and_can_be_gone_back_to() {
    let gone = Gone::on();
    let checked_backup = gone.checked();
    assert_eq!(checked_backup.present, Present::Further(gone.since));
    assert_eq!(checked_backup.entries, gone.backup.note.entries);
    let aside = checked_backup.put_in_place(minutes(5)).unwrap().unwrap();
    assert!(aside.ends_with("set-aside-2026-11-20T1535"));
    gone.is_restored(&aside);
    let back = checked(&gone.place.folder, &aside).unwrap();
    assert_eq!(back.present, Present::Behind(gone.since));
    let second = back.put_in_place(minutes(5)).unwrap().unwrap();
    assert!(second.ends_with("set-aside-2026-11-20T1535-2"), "nothing is overwritten");
    gone.is_as_before();
}

#[test]
fn looking_at_a_backup_changes_nothing() {
    let gone = Gone::on();
    drop(gone.checked());
    assert!(folders(gone.place.folder.root(), "rest").is_empty());
    assert!(folders(gone.place.folder.root(), "set").is_empty());
    gone.is_as_before();
    assert_eq!(backup::kept(&gone.place.folder.backups()), [gone.backup]);
}

#[test]
fn a_damaged_backup_is_refused_wherever_the_damage_is() {
    let gone = Gone::on();
    let database = gone.backup.path.join("cabinets/general.db");
    let whole = fs::read(&database).unwrap();
    for page in (0..whole.len() / 4096).step_by(5) {
        let mut bytes = whole.clone();
        bytes[page * 4096 + 2000] ^= 1;
        fs::write(&database, bytes).unwrap();
        let refused = checked(&gone.place.folder, &gone.backup.path).err();
        assert!(matches!(refused, Some(Error::BadBackup)), "page {page}");
    }
    fs::write(&database, b"").unwrap();
    assert!(matches!(checked(&gone.place.folder, &gone.backup.path).err(), Some(Error::BadBackup)));
    gone.is_as_before();
}

#[test]
fn an_older_database_under_a_newer_note_is_refused() {
    let gone = Gone::on();
    let newer = gone.place.backed_up(minutes(1));
    fs::copy(gone.backup.path.join("cabinets/general.db"), newer.path.join("cabinets/general.db")).unwrap();
    assert!(matches!(checked(&gone.place.folder, &newer.path).err(), Some(Error::BadBackup)));
}

#[test]
fn a_wrong_passphrase_opens_no_backup() {
    let gone = Gone::on();
    let wrong = Passphrase::from("copper kettle harbour ten");
    let backup = Folder::new(&gone.backup.path);
    let refused = Checked::of(&gone.place.folder, &backup, &amina(), wrong, free_space).err();
    assert!(matches!(refused, Some(Error::WrongPassphrase)));
}

#[test]
fn no_room_is_said_before_anything_is_copied() {
    let gone = Gone::on();
    let backup = Folder::new(&gone.backup.path);
    let refused = Checked::of(&gone.place.folder, &backup, &amina(), passphrase(), |_| Ok(4096)).err();
    assert!(matches!(refused, Some(Error::NoRoomToRestore { free: 4096, .. })));
    gone.is_as_before();
}

#[test]
fn a_new_machine_gets_its_desk_from_a_backup() {
    let gone = Gone::on();
    let new = Place::empty();
    let checked = checked(&new.folder, &gone.backup.path).unwrap();
    assert_eq!(checked.present, Present::Nothing);
    assert_eq!(checked.put_in_place(now()).unwrap(), None);
    let desk = new.open().unwrap();
    assert_eq!(desk.entries().unwrap(), gone.backup.note.entries);
    assert!(desk.verify().unwrap().is_content());
}

#[test]
fn another_desk_and_a_damaged_one_are_said_to_be_so() {
    let gone = Gone::on();
    let other = World::new().close();
    let at = |place: &Place| checked(&place.folder, &gone.backup.path).unwrap();
    assert_eq!(at(&other).present, Present::Closed, "other keys");
    for (from, to) in [("people", other.folder.people()), ("cabinets", other.folder.cabinets())] {
        fs::remove_dir_all(&to).unwrap();
        copy_all(&gone.backup.path.join(from), &to);
    }
    let mut other = World { desk: other.open().unwrap(), at: other };
    other.concern("Another Way", None);
    let further = checked(&gone.place.folder, &other.at.backed_up(minutes(2)).path).unwrap();
    assert_eq!(further.present, Present::Another, "the same beginning, and then another way");
    drop(further);
    fs::write(gone.place.folder.database(), "damaged").unwrap();
    assert_eq!(gone.checked().present, Present::Closed);
    let aside = gone.checked().put_in_place(now()).unwrap().unwrap();
    assert_eq!(fs::read(aside.join("cabinets/general.db")).unwrap(), b"damaged", "kept as it was");
}

#[test]
fn the_journal_beside_a_copied_desk_is_taken_along() {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    let copied = world.at.beside("copied");
    copy_all(world.at.folder.root(), &copied);
    assert!(fs::metadata(copied.join("cabinets/general.db-wal")).unwrap().len() > 0);
    let new = Place::empty();
    let checked = checked(&new.folder, &copied).unwrap();
    assert_eq!(checked.entries, world.desk.entries().unwrap());
}

#[test]
fn nobody_goes_back_under_an_open_desk_and_nobody_opens_it_meanwhile() {
    let mut world = World::new();
    let backup = world.at.backed_up(now());
    let refused = || checked(&world.at.folder, &backup.path).err();
    assert!(matches!(refused(), Some(Error::OpenElsewhere)));
    world.concern("Zoë Marsh", None);
    let place = world.close();
    let checked = checked(&place.folder, &backup.path).unwrap();
    assert!(matches!(place.open().err(), Some(Error::PeopleBusy)));
    assert!(matches!(backup::make(&place.order(now()), || Go::On).err(), Some(Error::PeopleBusy)));
    checked.put_in_place(now()).unwrap();
    assert_eq!(place.open().unwrap().entries().unwrap(), backup.note.entries);
}

#[test]
fn nobody_goes_back_while_people_are_being_changed() {
    let gone = Gone::on();
    let changing = files::lock(&gone.place.folder.people_lock()).unwrap().unwrap();
    assert!(matches!(checked(&gone.place.folder, &gone.backup.path).err(), Some(Error::PeopleBusy)));
    drop(changing);
    drop(gone.checked());
}

#[test]
fn no_desk_is_set_up_where_a_backup_is_being_put_in_place() {
    let gone = Gone::on();
    let new = Place::empty();
    let checked = checked(&new.folder, &gone.backup.path).unwrap();
    let again = setup::set_up(new.folder.clone(), asked(), Work::Token, now());
    assert!(matches!(again.err(), Some(Error::PeopleBusy)));
    assert!(!new.folder.keys().exists());
    checked.put_in_place(now()).unwrap();
    assert_eq!(new.open().unwrap().entries().unwrap(), gone.backup.note.entries);
}

/// The renames of a restore in their order, so that a test can stop after any of them.
fn steps(root: &Path) -> [(PathBuf, PathBuf); 4] {
    let (wanted, aside) = (root.join("restoring-2026-11-20T1530"), root.join("set-aside-2026-11-20T1530"));
    [
        (root.join("people"), aside.join("people")),
        (wanted.join("people"), root.join("people")),
        (root.join("cabinets"), aside.join("cabinets")),
        (wanted.join("cabinets"), root.join("cabinets")),
    ]
}

#[test]
fn a_kill_at_any_moment_leaves_the_old_desk_or_the_new_one() {
    for done in 0..=4 {
        let gone = Gone::on();
        let root = gone.place.folder.root();
        let checked = gone.checked();
        let copy = root.join("copy");
        copy_all(&root.join("restore-unfinished"), &copy);
        drop(checked);
        fs::rename(copy, root.join("restoring-2026-11-20T1530")).unwrap();
        fs::create_dir(root.join("set-aside-2026-11-20T1530")).unwrap();
        for (from, to) in steps(root).iter().take(done) {
            fs::rename(from, to).unwrap();
        }
        assert!(matches!(gone.place.open().err(), Some(Error::Restoring)), "after {done}");
        assert!(matches!(people(&gone.place.folder).err(), Some(Error::Restoring)));
        let again = setup::set_up(gone.place.folder.clone(), asked(), Work::Token, now());
        assert!(matches!(again.err(), Some(Error::Restoring)), "after {done}");
        let aside = finish(&gone.place.folder).unwrap().unwrap().unwrap();
        gone.is_restored(&aside);
        assert_eq!(finish(&gone.place.folder).unwrap(), None, "once");
    }
}

#[test]
fn a_kill_before_it_was_wanted_leaves_the_old_desk() {
    let gone = Gone::on();
    let root = gone.place.folder.root();
    fs::create_dir_all(root.join("restore-unfinished/cabinets")).unwrap();
    fs::write(root.join("restore-unfinished/cabinets/general.db"), "half").unwrap();
    assert_eq!(finish(&gone.place.folder).unwrap(), None);
    gone.is_as_before();
    let aside = gone.checked().put_in_place(now()).unwrap().unwrap();
    gone.is_restored(&aside);
}

#[test]
fn what_is_in_the_way_is_not_overwritten() {
    let gone = Gone::on();
    let root = gone.place.folder.root();
    let checked = gone.checked();
    copy_all(&root.join("restore-unfinished"), &root.join("copy"));
    drop(checked);
    fs::rename(root.join("copy"), root.join("restoring-2026-11-20T1530")).unwrap();
    fs::create_dir(root.join("set-aside-2026-11-20T1530")).unwrap();
    let [(place, aside), ..] = steps(root);
    fs::rename(&place, aside).unwrap();
    fs::create_dir(&place).unwrap();
    assert!(matches!(finish(&gone.place.folder), Err(Error::InTheWay(path)) if path == place));
    fs::remove_dir(&place).unwrap();
    assert!(finish(&gone.place.folder).unwrap().is_some());
}
