//! The invented desk: a school that does not exist, and large desks made from a seed for measuring.
//!
//! Everything goes through the ledger like anybody's work: signed, chained and dated, oldest first. The words are
//! in `data/demo`; nothing here reads a file or a clock, and nothing else of the program depends on it.

mod arrival;
mod calendar;
pub mod desks;
pub mod large;
mod material;
mod play;
mod script;

use chrono::{DateTime, Utc};

use crate::cabinet::{Cabinet, Result};
use calendar::Calendar;
use material::Material;
use play::Player;

pub use large::{Size, fill_large};

/// When the invented school set its desk up. To be used as the clock of set-up, so that the ledger begins there.
pub fn opened_at(now: DateTime<Utc>) -> Result<DateTime<Utc>> {
    Ok(script::opening(&Material::read()?, &Calendar::new(now)))
}

/// Plays the invented school's last year on a desk that was set up at [`opened_at`] with the shipped contacts.
///
/// One transaction, whose clock goes on with the story: half a school would be no use to anybody.
pub fn fill(cabinet: &mut Cabinet, now: DateTime<Utc>) -> Result<()> {
    let material = Material::read()?;
    let calendar = Calendar::new(now);
    cabinet.record(script::opening(&material, &calendar), |writer| {
        let mut player = Player::new(&material);
        for act in script::acts(&material, &calendar) {
            player.carry_out(writer, act)?;
        }
        Ok(())
    })
}

#[cfg(test)]
pub(crate) mod tests;
