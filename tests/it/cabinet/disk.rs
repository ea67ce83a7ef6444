//! What lies on the disk: private, encrypted, whole once closed, and nothing on stderr.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use dsl_desk::cabinet::keys::{CabinetKeys, PersonFile, Work};
use dsl_desk::cabinet::{Access, Cabinet, Error, Journal};
use dsl_desk::desk::Act;
use dsl_desk::desk::answer::Subject;
use dsl_desk::domain::ids::ChildId;

use crate::support::{Place, World, amina, everything_under, passphrase};

#[test]
fn only_the_owner_may_look() {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    let all = everything_under(world.at.folder.root());
    assert!(all.iter().any(|path| path.ends_with("general.db-wal")), "the journal is looked at too");
    for path in all {
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
    }
}

#[test]
fn nothing_readable_lies_on_the_disk() {
    let mut world = World::new();
    world.concern("Zephaniah Marchbanks", None);
    world.desk.keep_draft("part1", "Zephaniah", crate::support::now()).unwrap();
    for path in everything_under(world.at.folder.root()).into_iter().filter(|path| path.is_file()) {
        let bytes = fs::read(&path).unwrap();
        assert!(!bytes.windows(9).any(|window| window == b"Zephaniah"), "{}", path.display());
    }
}

#[test]
fn a_copy_of_the_closed_file_alone_holds_everything() {
    let mut world = World::new();
    for number in 0..20 {
        world.concern(&format!("Child Number{number}"), None);
    }
    let entries = world.desk.entries().unwrap();
    let place = world.close();
    let journal = place.folder.cabinets().join("general.db-wal");
    assert!(fs::metadata(&journal).map_or(0, |file| file.len()) == 0);
    let copy = place.folder.root().join("copy.db");
    fs::copy(place.folder.database(), &copy).unwrap();
    fs::rename(copy, place.folder.database()).unwrap();
    let desk = place.open().unwrap();
    assert_eq!(desk.entries().unwrap(), entries);
    assert!(desk.verify().unwrap().is_content());
}

#[test]
fn a_copy_of_an_idle_open_desk_holds_everything() {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    assert_eq!(world.desk.settle_if_free().unwrap(), Journal::Folded);
    let entries = world.desk.entries().unwrap();
    let other = World::new().close();
    for (from, to) in [
        (world.at.folder.database(), other.folder.database()),
        (world.at.folder.keys(), other.folder.keys()),
        (world.at.person_file(), other.person_file()),
    ] {
        fs::copy(from, to).unwrap();
    }
    assert_eq!(other.open().unwrap().entries().unwrap(), entries);
}

#[test]
fn nothing_is_acknowledged_that_nobody_will_find() {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    assert_eq!(world.desk.settle_if_free().unwrap(), Journal::Folded);
    // Somebody puts a copy back while the desk is open.
    let copy = world.at.folder.root().join("copy.db");
    fs::copy(world.at.folder.database(), &copy).unwrap();
    fs::rename(copy, world.at.folder.database()).unwrap();
    let act = Act::TypeIn(Box::new(crate::support::part1("Hassan Ali", None)));
    let told = world.desk.act(&act, None, crate::support::now());
    assert!(matches!(told.err(), Some(Error::Moved)));
    let told = world.desk.keep_draft("part1", "{}", crate::support::now());
    assert!(matches!(told.err(), Some(Error::Moved)));
    fs::remove_dir_all(world.at.folder.root()).unwrap();
    assert!(world.desk.act(&act, None, crate::support::now()).is_err());
    assert!(world.desk.look(crate::support::now()).is_err());
    assert!(!world.at.folder.root().exists(), "no folder is made where the desk was");
}

/// Whoever may write everything can write this too, and then there is nothing to be seen.
#[test]
fn a_desk_on_a_read_only_folder_can_be_read() {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    let place = world.close();
    let cabinets = place.folder.cabinets();
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(&place.folder.database(), 0o400);
    mode(&cabinets, 0o500);
    let mut desk = place.open().unwrap();
    assert_eq!(desk.children("", crate::support::ALL, crate::support::today()).unwrap().total, 1);
    assert!(desk.verify().unwrap().is_content());
    desk.saw(Subject::Child(ChildId(1)), crate::support::now()).unwrap();
    let act = Act::TypeIn(Box::new(crate::support::part1("Hassan Ali", None)));
    let told = desk.act(&act, None, crate::support::now());
    let may_write_everything = desk.standing().unwrap().access == Access::Write;
    assert!(may_write_everything || matches!(told.err(), Some(Error::OpenedToRead)));
    let seen = desk.seen_by(Subject::Child(ChildId(1))).unwrap();
    assert_eq!(seen.len(), usize::from(may_write_everything));
    drop(desk);
    mode(&cabinets, 0o700);
}

/// What the child process of the next test does.
#[test]
fn open_with_a_wrong_key() {
    let place = World::new().close();
    let identity = PersonFile::load(&place.folder, &amina()).unwrap().unlock(passphrase()).unwrap();
    let wrong = CabinetKeys::generate().unwrap();
    let opened = Cabinet::open(&place.folder.database(), &wrong, identity.signer(amina()));
    assert!(matches!(opened.err(), Some(Error::NotACabinet)));
}

/// The test above once more, in a process whose standard error can be seen.
#[test]
fn sqlcipher_prints_nothing() {
    let ran = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "cabinet::disk::open_with_a_wrong_key", "--nocapture"])
        .output()
        .unwrap();
    assert!(ran.status.success());
    assert!(String::from_utf8_lossy(&ran.stdout).contains("1 passed"));
    assert_eq!(String::from_utf8_lossy(&ran.stderr), "");
}

#[test]
fn a_real_desk_takes_at_least_128_mib_to_guess_at() {
    // scrypt's N is 2^17 or more, as the sealed file says itself.
    let (file, _) = PersonFile::make(&"A".into(), &"B".into(), passphrase(), Work::Calibrated).unwrap();
    let place = Place::empty();
    place.folder.create().unwrap();
    file.save(&place.folder, &amina()).unwrap();
    let text = fs::read_to_string(place.person_file()).unwrap();
    let person: toml::Table = text.parse().unwrap();
    let sealed = age::armor::ArmoredReader::new(person["sealed"].as_str().unwrap().as_bytes());
    let mut header = Vec::new();
    std::io::Read::read_to_end(&mut std::io::Read::take(sealed, 90), &mut header).unwrap();
    let header = String::from_utf8_lossy(&header).into_owned();
    let stanza = header.lines().find(|line| line.starts_with("-> scrypt")).unwrap();
    let work: u8 = stanza.split(' ').next_back().unwrap().parse().unwrap();
    assert!((17..=22).contains(&work), "{work}");
}
