//! What the gates read off words: who gave advice, what they said not to do, and that somebody was spoken to. The lists of
//! `data/gates.toml`, which are part of the program.
//!
//! No word that is looked for stands here, and no rule.

mod advisers;
mod kept;
mod spoken;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::phrase::{Phrases, Reading};

pub use advisers::{is_of_lado, reached_somebody};
pub(super) use advisers::{is_of_social_care_or_police, is_of_the_family};
pub(super) use kept::{KeptFrom, kept_from};
pub(super) use spoken::Person;

const SHIPPED: &str = include_str!("../../../data/gates.toml");

/// How far before words a denial is looked for.
const NEAR: usize = 6;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    advisers: Advisers,
    unreached: Unreached,
    kept: Kept,
    spoken: Spoken,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Advisers {
    social_care: Vec<String>,
    police: Vec<String>,
    lado: Vec<String>,
    in_capitals: Vec<String>,
    ranks: Vec<String>,
    first_names: Vec<String>,
    after_rank: Vec<String>,
    not: Vec<String>,
    denied: Vec<String>,
    related: Vec<String>,
    pet_names: Vec<String>,
    for_them: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unreached {
    said: Vec<String>,
    short: Vec<String>,
    brief: Vec<String>,
    adviser: Vec<String>,
    not: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    telling: Vec<String>,
    not: Vec<String>,
    turns: Vec<String>,
    keeping: Vec<String>,
    home: Vec<String>,
    children: Vec<String>,
    them: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spoken {
    called: Vec<String>,
    words: Vec<String>,
    not: Vec<String>,
}

/// A test reads the file, so that it is never empty in a release.
fn shipped() -> &'static File {
    static FILE: LazyLock<File> = LazyLock::new(|| toml::from_str(SHIPPED).unwrap_or_default());
    &FILE
}

fn phrases<'p>(written: impl IntoIterator<Item = &'p String>) -> Phrases<()> {
    Phrases::new(written.into_iter().map(|phrase| (&**phrase, ())))
}

/// Whether one of these, or a short not, stands a little before in the same sentence.
fn is_denied(reading: &Reading, place: usize, by: &Phrases<()>) -> bool {
    before(reading, place).any(|before| denies(reading, before, by))
}

fn denies(reading: &Reading, place: usize, by: &Phrases<()>) -> bool {
    by.is_at(reading, place) || reading.text(place).is_some_and(|word| word.ends_with("n't"))
}

/// The places a little before in the same sentence, the nearest first.
fn before(reading: &Reading, place: usize) -> impl Iterator<Item = usize> {
    let near = (place.saturating_sub(NEAR)..place).rev();
    near.take_while(move |before| reading.is_one_sentence(*before, place))
}
