//! vCards of the versions 2.1, 3.0 and 4.0, as address books write them. What their fields mean is `vcard::fields`'s.
//!
//! The crate `calcard` parses a card. Before it comes `lines`, which finds where a card begins and ends and mends what
//! the crate passes over or takes for something else: a letter that was cut in two, quoted-printable without its
//! character set, a letter written as two surrogates, a line that is no field, a card without an end.

mod fields;
mod letters;
mod lines;
mod lost;

use std::path::Path;

use calcard::{Entry, Parser};

use super::contacts::{Card, Cards, Losses, Refusal, few_enough};
use super::table::with_plain_lines;
use crate::domain::text::Text;
pub(super) use letters::with_whole_letters;
use lines::RawCard;

const BEGIN: &str = "BEGIN:VCARD";
const END: &str = "END:VCARD";

/// The most fields of one card.
const MOST_FIELDS: usize = 1_000;

/// Whether a text is vCards, by how it begins; a name decides where it begins otherwise.
pub(super) fn is_one(text: &str, name: &str) -> bool {
    let begins =
        lines::is_mark(text.trim_start_matches('\u{feff}').trim_start().lines().next().unwrap_or(""), BEGIN);
    let ending =
        |ending: &str| Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case(ending));
    begins || ending("vcf") || ending("vcard")
}

/// Reads every card, each on its own: one that is damaged costs no other.
pub(super) fn read(text: &str) -> Result<Cards, Refusal> {
    let (raw, outside) = lines::cards(&with_plain_lines(text));
    few_enough(raw.len())?;
    let cards = (1..).zip(raw).map(|(place, raw)| card(place, raw)).collect();
    let lost = if outside { vec![Text::from("lines outside of any card")] } else { Vec::new() };
    Ok(Cards { cards, lost })
}

fn card(place: u32, raw: Result<RawCard, Refusal>) -> Card {
    let RawCard { text, lost } = match raw {
        Ok(raw) => raw,
        Err(refusal) => return Card::refused(place, refusal),
    };
    let Entry::VCard(card) = Parser::new(&text).entry() else {
        return Card::refused(place, Refusal::NotACard);
    };
    // What is looked for in the whole of a card is looked for once for each of its fields.
    if card.entries.len() > MOST_FIELDS {
        return Card::refused(place, Refusal::TooManyWays);
    }
    let mut losses = Losses::default();
    for what in lost {
        losses.add(what);
    }
    let details = fields::read(&card, &mut losses);
    Card::new(place, details, losses.into_texts())
}

#[cfg(test)]
mod tests;
