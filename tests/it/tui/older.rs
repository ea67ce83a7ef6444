//! An old file in the place of the newer one is told on opening, and stands on the screen until it is accepted.

use std::fs;

use super::user::User;
use crate::support::{Place, World, now};

/// Concern 2 was in the file that is gone.
fn put_back() -> Place {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    let place = world.close();
    let (file, old) = (place.folder.database(), place.folder.root().join("old"));
    fs::copy(&file, &old).unwrap();
    let mut world = World { desk: place.open().unwrap(), at: place };
    world.concern("Łukasz Nowak", Some("2013-05-06"));
    let place = world.close();
    fs::rename(old, file).unwrap();
    place
}

#[test]
fn it_stands_on_every_screen_until_somebody_accepts_it() {
    let place = put_back();
    let mut user = User::at(place.folder.root(), 80, 24);
    user.unlocks().sees("This record is older than the one last seen here").sees("--accept-older");
    user.press(&["Enter"]).puts_off().sees("Zoe Marsh").sees("This is not the record last seen here");
    for screen in ["2", "3", "1"] {
        user.press(&[screen]).sees("OLDER RECORD");
    }
    user.waits(1).sees("OLDER RECORD");
    place.open().unwrap().accept_last_seen(&"The backup of Monday".into(), now()).unwrap();
    user.waits(1).does_not_see("OLDER RECORD").does_not_see("not the record last seen");
}

#[test]
fn a_record_that_is_as_it_was_is_not_spoken_of() {
    let place = World::new().close();
    let mut user = User::at(place.folder.root(), 80, 24);
    user.unlocks().does_not_see("RECORD").does_not_see("last seen");
}
