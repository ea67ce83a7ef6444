//! The contact book of a large desk.

use fastrand::Rng;

use super::words::{Words, pick};
use crate::cabinet::{Result, Writer};
use crate::domain::contact::{ContactDetails, Number};
use crate::domain::entry::Entry;
use crate::domain::text::Text;

/// The numbers that are kept free for drama: 0116 496 0000 to 0116 496 0999.
const DRAMA_NUMBERS: u32 = 1_000;
const AUDIENCES: [&str; 3] = ["child", "adult", "staff"];

pub(super) fn write(writer: &mut Writer, words: &Words, rng: &mut Rng, contacts: usize) -> Result<()> {
    for _ in 0..contacts {
        let contact = writer.next_contact()?;
        let details = Box::new(details(words, rng));
        writer.append(&Entry::ContactAdded { contact, details })?;
    }
    Ok(())
}

fn details(words: &Words, rng: &mut Rng) -> ContactDetails {
    let lists = &words.contacts;
    let organisation = format!("{} {}", pick(rng, &lists.places), pick(rng, &lists.organisation_types));
    ContactDetails {
        organisation: Text::from(organisation),
        service: Text::from(pick(rng, &lists.service_names)),
        role: Text::from(pick(rng, &lists.role_names)),
        areas: rng.choice(&words.areas).map(|area| Text::from(area.id())).into_iter().collect(),
        audiences: rng.choice(AUDIENCES).map(Text::from).into_iter().collect(),
        purpose: Text::from(pick(rng, &lists.purposes)),
        numbers: vec![number(rng)],
        hours: Text::from(pick(rng, &lists.hours)),
        ..ContactDetails::default()
    }
}

fn number(rng: &mut Rng) -> Number {
    let number = Text::from(format!("0116 496 {:04}", rng.u32(..DRAMA_NUMBERS)));
    Number { number, ..Number::default() }
}
