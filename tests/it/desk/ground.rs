//! What a desk's folder lies on, and what is refused there.

use dsl_desk::cabinet::Error;
use dsl_desk::cabinet::files::Folder;
use dsl_desk::cabinet::ground::Ground;
use dsl_desk::cabinet::keys::Work;
use dsl_desk::cabinet::restore::Checked;
use dsl_desk::desk::worker::{Clock, Service};
use dsl_desk::desk::{self, Desk, Reply, Request, setup};

use crate::support::{Place, World, amina, asked, now, passphrase};

fn on_nfs(place: &Place) -> Folder {
    place.folder.clone().lying_on(|_| Ground::Network("NFS".to_owned()))
}

fn is_refused(refused: Option<Error>) {
    let said = refused.expect("it was opened").to_string();
    assert!(said.contains("network file system (NFS)") && said.contains("by logging in"), "{said}");
}

#[test]
fn a_desk_on_a_network_folder_is_neither_opened_nor_set_up() {
    let place = World::new().close();
    is_refused(Desk::open(on_nfs(&place), &amina(), passphrase()).err());
    is_refused(desk::people(&on_nfs(&place)).err());
    let empty = Place::empty();
    is_refused(setup::set_up(on_nfs(&empty), asked(), Work::Token, now()).err());
    assert!(!empty.folder.root().exists(), "nothing was made there");
}

#[test]
fn the_screens_say_so_and_set_nothing_up() {
    let mut service = Service::new(on_nfs(&Place::empty()), Work::Token, Clock::new(now));
    let said = service.answer(Request::Who);
    assert!(matches!(said, Reply::Failed(said) if said.contains("Keep the desk on a disk of this machine")));
}

#[test]
fn whoever_takes_the_risk_opens_it() {
    let place = World::new().close();
    assert!(Desk::open(on_nfs(&place).at_own_risk(), &amina(), passphrase()).is_ok());
    assert!(place.open().is_ok(), "a disk of this machine needs no word");
}

#[test]
fn a_synced_folder_is_refused_by_the_name_of_what_copies_it() {
    let place = World::new().close();
    let folder = place.folder.clone().lying_on(|_| Ground::Synced("OneDrive"));
    let said = Desk::open(folder, &amina(), passphrase()).err().unwrap().to_string();
    assert!(said.starts_with("OneDrive copies the folder"), "{said}");
}

#[test]
fn a_backup_goes_to_a_share_and_comes_back_from_it() {
    let place = World::new().close();
    let share = place.beside("share");
    let desk = place.open().unwrap();
    let kept = desk.back_up(Some(share), dsl_desk::cabinet::backup::Check::Opened, now()).unwrap();
    drop(desk);
    let from = Folder::new(&kept.path).lying_on(|_| Ground::Network("SMB2".to_owned()));
    let new = Place::empty();
    let checked =
        Checked::of(&on_nfs(&new), &from, &amina(), passphrase(), dsl_desk::cabinet::backup::free_space);
    checked.unwrap().put_in_place(now()).unwrap();
    assert!(new.open().is_ok());
    is_refused(Desk::open(on_nfs(&new), &amina(), passphrase()).err());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_of_this_machine_is_one() {
    assert_eq!(dsl_desk::cabinet::ground::of(Place::empty().beside("").as_path()), Ground::Local);
}
