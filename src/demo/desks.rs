//! Throw-away desks, set up with a passphrase that everybody may know and filled.

use chrono::{DateTime, Utc};

use super::{Size, fill, fill_large, large, opened_at};
use crate::cabinet::Result;
use crate::cabinet::files::Folder;
use crate::cabinet::keys::{Passphrase, Work};
use crate::desk::request::SetUp;
use crate::desk::{Desk, setup};
use crate::domain::text::Text;

/// Protects nothing: everybody in these desks is invented.
pub const PASSPHRASE: &str = "invented desk";

/// The invented school of `data/demo/school.toml`, with its last year.
pub fn invented(folder: Folder, now: DateTime<Utc>) -> Result<Desk> {
    let mut desk = set_up(folder, opened_at(now)?)?;
    fill(desk.cabinet_mut(), now)?;
    Ok(desk)
}

/// A large desk for measuring; the same seed makes the same one.
pub fn of_size(
    folder: Folder,
    size: Size,
    seed: u64,
    now: DateTime<Utc>,
    progress: impl FnMut(u64, u64),
) -> Result<Desk> {
    let mut desk = set_up(folder, large::opened_at(now))?;
    fill_large(desk.cabinet_mut(), now, size, seed, progress)?;
    Ok(desk)
}

fn set_up(folder: Folder, opened: DateTime<Utc>) -> Result<Desk> {
    let asked = SetUp {
        organisation: Text::from("Weirgate Community School and The Boathouse"),
        name: Text::from("Amina Khan"),
        role: Text::from("Designated Safeguarding Lead"),
        receiver: None,
        passphrase: Passphrase::from(PASSPHRASE),
    };
    setup::set_up(folder, asked, Work::Token, opened)
}
