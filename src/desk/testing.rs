//! A desk in a folder of its own, for the tests beside the code.

use chrono::{DateTime, Utc};
use tempfile::TempDir;

use super::Desk;
use super::request::SetUp;
use super::setup::set_up;
use crate::cabinet::files::Folder;
use crate::cabinet::keys::{Passphrase, Work};

pub(super) fn now() -> DateTime<Utc> {
    "2026-11-20T15:30:00Z".parse().unwrap()
}

pub(super) fn passphrase() -> Passphrase {
    Passphrase::from("marzipan kettle orbit")
}

/// Amina Khan's desk, and the folder that goes when the test ends.
pub(super) fn desk() -> (Desk, TempDir) {
    let home = tempfile::tempdir().unwrap();
    let asked = SetUp {
        organisation: "Rowan School".into(),
        name: "Amina Khan".into(),
        role: "DSL".into(),
        receiver: None,
        passphrase: passphrase(),
    };
    let desk = set_up(Folder::new(home.path().join("desk")), asked, Work::Token, now()).unwrap();
    (desk, home)
}
