//! What is called a backup is one: whole, private, opened before it gets its name, and kept long enough.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Duration, Utc};
use dsl_desk::cabinet::Error;
use dsl_desk::cabinet::backup::{self, Check, Go, Order, kept, newest_of};
use dsl_desk::cabinet::files::{self, Folder};
use dsl_desk::desk::{Act, Desk};
use rusqlite::Connection;

use crate::support::{Place, World, amina, everything_under, minutes, now, part1, passphrase, raw_key};

/// A record of more pages than are copied at once.
fn large() -> World {
    let mut world = World::new();
    for number in 0..5 {
        let mut part1 = part1(&format!("Zephaniah Marchbanks{number}"), None);
        part1.account.what = "no coat ".repeat(20_000).into();
        world.act(&Act::TypeIn(Box::new(part1)));
    }
    world
}

fn names(folder: &Path) -> BTreeSet<String> {
    let listed = fs::read_dir(folder).unwrap();
    listed.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The copy that is being made.
fn unfinished(folder: &Path) -> Option<String> {
    names(folder).into_iter().find(|name| name.starts_with("unfinished-"))
}

/// Nothing was called good, and nothing is left.
fn nothing_is_there(place: &Place) {
    assert_eq!(names(&place.folder.backups()), BTreeSet::from([".lock".to_owned()]));
}

fn opened(backup: &Path) -> Desk {
    Desk::open(Folder::new(backup), &amina(), passphrase()).unwrap()
}

#[test]
fn a_backup_of_a_hot_desk_has_the_newest_acknowledged_entry() {
    let mut world = World::new();
    for number in 0..20 {
        world.concern(&format!("Child Number{number}"), None);
        let journal = world.at.folder.cabinets().join("general.db-wal");
        assert!(fs::metadata(journal).unwrap().len() > 0, "the newest records are not in the file");
        let made = world.desk.back_up(None, Check::Replayed, minutes(number)).unwrap();
        assert_eq!(made.note.entries, world.desk.entries().unwrap());
        assert!(!made.path.join("cabinets/general.db-wal").exists(), "the copy needs no journal");
        let copy = opened(&made.path);
        assert_eq!(copy.entries().unwrap(), world.desk.entries().unwrap());
        assert!(copy.verify().unwrap().is_content());
    }
}

#[test]
fn a_stock_age_and_a_stock_sqlcipher_open_a_backup() {
    let mut world = World::new();
    world.concern("Zoë Marsh", Some("2014-03-02"));
    let place = world.close();
    let copy = Folder::new(place.backed_up(now()).path);
    let db = Connection::open(copy.database()).unwrap();
    db.pragma_update(None, "key", format!("x'{}'", raw_key(&copy))).unwrap();
    let name: String = db.query_row("SELECT details ->> 'name' FROM child", [], |row| row.get(0)).unwrap();
    assert_eq!(name, "Zoë Marsh");
}

#[test]
fn only_the_owner_may_look_and_nothing_is_readable() {
    let mut world = World::new();
    world.concern("Zephaniah Marchbanks", None);
    let made = world.at.backed_up(now());
    let elsewhere = world.at.beside("stick");
    let order = Order { into: Some(elsewhere.clone()), ..world.at.order(now()) };
    backup::make(&order, || Go::On).unwrap();
    for path in everything_under(&made.path).into_iter().chain(everything_under(&elsewhere)) {
        let bits = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(bits, if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
        assert!(!path.display().to_string().contains("Zephaniah"));
        if path.is_file() {
            let bytes = fs::read(&path).unwrap();
            assert!(!bytes.windows(9).any(|window| window == b"Zephaniah"), "{}", path.display());
        }
    }
    assert!(made.path.ends_with("backups/2026-11-20T1530"));
    let hash = world.desk.hash_of(made.note.entries).unwrap();
    assert!(
        !fs::read_to_string(made.path.join("backup.toml")).unwrap().contains(&hash),
        "nothing to guess by"
    );
    assert_eq!(names(&made.path), ["backup.toml", "cabinets", "people"].map(str::to_owned).into());
}

#[test]
fn a_backup_is_of_one_moment_whatever_is_written_meanwhile() {
    let world = RefCell::new(large());
    let (before, order) = {
        let world = world.borrow();
        (world.desk.entries().unwrap(), world.at.order(now()))
    };
    let mut written = 0;
    let made = backup::make(&order, || {
        written += 1;
        world.borrow_mut().concern(&format!("Child Number{written}"), None);
        Go::On
    });
    let made = made.unwrap();
    assert!(written > 1, "it was copied in pieces");
    assert_eq!((made.note.entries, opened(&made.path).entries().unwrap()), (before, before));
    assert!(world.borrow().desk.entries().unwrap() > before);
    assert!(opened(&made.path).verify().unwrap().is_content());
}

#[test]
fn a_damaged_record_or_key_is_no_backup() {
    let place = large().close();
    let order = place.order(now());
    let database = fs::read(place.folder.database()).unwrap();
    let damage = |path: PathBuf, at: usize| {
        let mut bytes = fs::read(&path).unwrap();
        bytes[at] ^= 1;
        fs::write(path, bytes).unwrap();
    };
    for page in (1..database.len() / 4096).step_by(20) {
        damage(place.folder.database(), page * 4096 + 2000);
        let refused = backup::make(&order, || Go::On).err();
        assert!(
            matches!(refused, Some(Error::DamagedRecord | Error::NotACabinet)),
            "page {page}: {refused:?}"
        );
        fs::write(place.folder.database(), &database).unwrap();
        nothing_is_there(&place);
    }
    let person = fs::read(place.person_file()).unwrap();
    fs::write(place.person_file(), "name = ").unwrap();
    assert!(matches!(backup::make(&order, || Go::On), Err(Error::KeyFile { .. })));
    fs::write(place.person_file(), person).unwrap();
    damage(place.folder.keys(), 300);
    assert!(backup::make(&order, || Go::On).is_err());
    nothing_is_there(&place);
}

#[test]
fn a_copy_whose_keys_do_not_open_it_is_not_called_good() {
    let world = large();
    let order = world.at.order(now());
    let folder = world.at.folder.backups();
    let spoil = || {
        if let Some(name) = unfinished(&folder) {
            fs::write(folder.join(name).join("cabinets/general.keys"), "spoilt").unwrap();
        }
        Go::On
    };
    assert!(matches!(backup::make(&order, spoil), Err(Error::KeyFile { .. })));
    nothing_is_there(&world.at);
}

#[test]
fn no_room_is_said_before_anything_is_written() {
    let world = large();
    let order = Order { room: |_| Ok(1_200_000), ..world.at.order(now()) };
    let error = backup::make(&order, || unreachable!("nothing is copied")).unwrap_err();
    assert!(matches!(error, Error::NoRoom { free: 1_200_000, .. }));
    let said = error.to_string();
    assert!(said.contains(" MB and 1.1 MB are free. Make room, or"), "{said}");
    nothing_is_there(&world.at);
    let unknown = Order { room: |_| Err(std::io::ErrorKind::Unsupported.into()), ..world.at.order(now()) };
    assert!(backup::make(&unknown, || Go::On).is_ok(), "where nobody knows, the disk says it");
}

#[test]
fn what_is_given_up_leaves_nothing() {
    let world = large();
    let mut asked = 0;
    let done = backup::make(&world.at.order(now()), || {
        asked += 1;
        if asked < 3 { Go::On } else { Go::Stop }
    });
    assert!(matches!(done, Err(Error::GivenUp)));
    nothing_is_there(&world.at);
}

#[test]
fn what_a_kill_has_left_is_no_backup_and_is_cleared_away() {
    let world = large();
    let folder = world.at.folder.backups();
    // Half a copy, as it lies there at the moment of a kill.
    let killed = world.at.beside("killed");
    let mut name = String::new();
    let look = || {
        let Some(found) = unfinished(&folder) else { return Go::On };
        name = found;
        drop(fs::create_dir_all(killed.join("cabinets")));
        fs::copy(folder.join(&name).join("cabinets/general.db"), killed.join("cabinets/general.db")).unwrap();
        Go::Stop
    };
    assert!(backup::make(&world.at.order(now()), look).is_err());
    fs::rename(&killed, folder.join(&name)).unwrap();
    let of_another = "unfinished-0123abcd-2026-11-20T1530";
    fs::create_dir(folder.join(of_another)).unwrap();
    assert_eq!(kept(&folder), []);
    world.at.backed_up(minutes(1));
    let left = [".lock", "2026-11-20T1531", of_another].map(str::to_owned);
    assert_eq!(names(&folder), left.into());
}

#[test]
fn one_at_a_time() {
    let world = World::new();
    let lock = files::lock(&world.at.folder.backups().join(".lock")).unwrap();
    let refused = world.desk.back_up(None, Check::Opened, now());
    assert!(matches!(refused, Err(Error::BackingUp)));
    drop(lock);
    world.desk.back_up(None, Check::Opened, now()).unwrap();
    let second = world.desk.back_up(None, Check::Opened, now()).unwrap();
    assert!(second.path.ends_with("2026-11-20T1530-2"), "the same minute");
}

#[test]
fn a_stick_takes_a_backup_where_the_desk_can_take_none() {
    let world = World::new();
    fs::remove_dir_all(world.at.folder.backups()).unwrap();
    fs::write(world.at.folder.backups(), "in the way").unwrap();
    assert!(matches!(world.desk.back_up(None, Check::Opened, now()), Err(Error::File { .. })));
    let stick = world.at.beside("stick");
    let made = world.desk.back_up(Some(stick.clone()), Check::Opened, now()).unwrap();
    assert_eq!(made.path, stick.join("2026-11-20T1530"));
    assert_eq!(kept(&stick), [made]);
}

#[test]
fn the_last_fourteen_and_the_newest_of_each_month_stay() {
    let place = World::new().close();
    let folder = place.folder.backups();
    fs::create_dir_all(folder.join("2025-01-01T0000")).unwrap();
    fs::write(folder.join("2025-01-01T0000/mine.txt"), "no backup").unwrap();
    let other = World::new();
    let of_another = other.at.backed_up(now() - Duration::days(400)).path;
    fs::rename(&of_another, folder.join(of_another.file_name().unwrap())).unwrap();
    let first: DateTime<Utc> = "2026-09-10T12:00:00Z".parse().unwrap();
    for place_in_time in 0..10 {
        place.backed_up(first + Duration::days(10 * place_in_time));
    }
    for minute in 0..12 {
        place.backed_up("2026-12-20T12:00:00Z".parse::<DateTime<Utc>>().unwrap() + Duration::minutes(minute));
    }
    let own: Vec<String> = names(&folder).into_iter().filter(|name| name.starts_with("2026-")).collect();
    let days: Vec<&str> = own.iter().map(|name| &name[..10]).collect();
    let mut expected = vec!["2026-09-30", "2026-10-30", "2026-11-29", "2026-12-09"];
    expected.extend(["2026-12-20"; 12]);
    assert_eq!(days, expected);
    assert!(folder.join("2025-01-01T0000/mine.txt").exists(), "no backup of ours");
    assert!(names(&folder).iter().any(|name| name.starts_with("2025-10-")), "another desk's");
    assert!(kept(&folder).iter().all(|kept| Folder::new(&kept.path).database().exists()));
}

#[test]
fn nothing_is_removed_where_somebody_has_chosen_the_folder() {
    let place = World::new().close();
    let stick = place.beside("stick");
    for minute in 0..17 {
        let order = Order { into: Some(stick.clone()), ..place.order(minutes(minute)) };
        backup::make(&order, || Go::On).unwrap();
    }
    assert_eq!(kept(&stick).len(), 17);
}

#[test]
fn a_clock_that_was_wrong_does_not_remove_what_was_just_made() {
    let place = World::new().close();
    for day in 0..15 {
        place.backed_up(now() + Duration::days(day));
    }
    let made = place.backed_up(now() - Duration::days(3));
    assert!(kept(&place.folder.backups()).contains(&made));
}

#[test]
fn a_backup_that_was_changed_is_not_listed() {
    let mut world = World::new();
    let made = world.at.backed_up(now());
    let folder = world.at.folder.backups();
    let database = made.path.join("cabinets/general.db");
    let whole = fs::read(&database).unwrap();
    fs::write(&database, &whole[..whole.len() - 4096]).unwrap();
    assert_eq!(kept(&folder), [], "half a database");
    fs::write(&database, &whole).unwrap();
    let note = fs::read_to_string(made.path.join("backup.toml")).unwrap();
    for broken in ["", "format = \"x\"", &note.replace("backup/1", "backup/9"), &note.replace("entries", "e")]
    {
        fs::write(made.path.join("backup.toml"), broken).unwrap();
        assert_eq!(kept(&folder), []);
    }
    fs::write(made.path.join("backup.toml"), note).unwrap();
    assert_eq!(kept(&folder), [made]);
    world.concern("Zoë Marsh", None);
    let newest = world.at.backed_up(minutes(1));
    let listed = kept(&folder);
    assert_eq!(listed.first(), Some(&newest), "the newest first");
    assert_eq!(newest_of_this(&world), Some(newest.note));
}

fn newest_of_this(world: &World) -> Option<backup::Note> {
    let identity = world.at.order(now()).identity;
    let keys = dsl_desk::cabinet::keys::CabinetKeys::unseal(&world.at.folder.keys(), &identity).unwrap();
    let path = world.at.folder.database();
    let cabinet = dsl_desk::cabinet::Cabinet::open(&path, &keys, identity.signer(amina())).unwrap();
    newest_of(&world.at.folder.backups(), &cabinet).unwrap()
}
