//! Running text as words, and phrases that are looked for in it: what cautions and the reader's check have in common.
//!
//! Knows nothing of what a phrase means. How a phrase is written is said at the head of `data/cautions.toml`.

mod reading;

use std::collections::HashMap;

pub use reading::{Reading, Word};

/// What `..` steps over at most.
const GAP: usize = 3;

/// Phrases, each with what it stands for.
#[derive(Default)]
pub struct Phrases<T> {
    all: Vec<(Vec<Slot>, T)>,
    /// Which may begin with a word: nearly every word of a text begins none, and is looked up once.
    by_first: HashMap<String, Vec<usize>>,
}

/// A place in a phrase.
enum Slot {
    OneOf { words: Vec<String>, is_optional: bool },
    Capital,
    Gap,
}

impl Slot {
    fn parse(written: &str) -> Self {
        match written {
            "^" => Self::Capital,
            ".." => Self::Gap,
            words => Self::OneOf {
                is_optional: words.ends_with('?'),
                // `him|her|^`: a name is one of them as well.
                words: words.trim_end_matches('?').split('|').map(str::to_owned).collect(),
            },
        }
    }

    fn takes(&self, text: &str, word: &Word) -> bool {
        match self {
            Self::OneOf { words, .. } => {
                words.iter().any(|known| known == text || known == "^" && word.is_capital)
            }
            Self::Capital => word.is_capital,
            Self::Gap => true,
        }
    }
}

impl<T: Copy> Phrases<T> {
    pub fn new<'p>(written: impl IntoIterator<Item = (&'p str, T)>) -> Self {
        let mut phrases = Self { all: Vec::new(), by_first: HashMap::new() };
        for (phrase, tag) in written {
            let slots: Vec<Slot> = phrase.split_whitespace().map(Slot::parse).collect();
            // A slot that may be missing leaves the first word to the next one.
            let needed = slots.iter().position(|slot| !matches!(slot, Slot::OneOf { is_optional: true, .. }));
            let place = phrases.all.len();
            for slot in slots.iter().take(needed.map_or(0, |last| last + 1)) {
                let Slot::OneOf { words, .. } = slot else { continue };
                for word in words {
                    phrases.by_first.entry(word.clone()).or_default().push(place);
                }
            }
            phrases.all.push((slots, tag));
        }
        phrases
    }

    /// Every phrase that begins at a word: behind which word it ends, and what it stands for.
    pub fn at(&self, reading: &Reading, place: usize) -> impl Iterator<Item = (usize, T)> {
        let first = reading.text(place).and_then(|word| self.by_first.get(word));
        let phrases = first.into_iter().flatten().filter_map(|nth| self.all.get(*nth));
        phrases.filter_map(move |(slots, tag)| Some((end(slots, reading, place, place)?, *tag)))
    }

    pub fn is_at(&self, reading: &Reading, place: usize) -> bool {
        self.at(reading, place).next().is_some()
    }
}

/// Behind which word the slots end that begin at `place`, all within the sentence of `first`.
fn end(slots: &[Slot], reading: &Reading, first: usize, place: usize) -> Option<usize> {
    let Some((slot, rest)) = slots.split_first() else { return Some(place) };
    let within = |place: usize| reading.is_one_sentence(first, place);
    if matches!(slot, Slot::Gap) {
        let inside = (place..=place + GAP).take_while(|next| *next == place || within(*next - 1));
        return inside.into_iter().find_map(|next| end(rest, reading, first, next));
    }
    let taken = reading.get(place).filter(|(text, word)| within(place) && slot.takes(text, word));
    let after = taken.and_then(|_| end(rest, reading, first, place + 1));
    match slot {
        Slot::OneOf { is_optional: true, .. } => after.or_else(|| end(rest, reading, first, place)),
        Slot::OneOf { .. } | Slot::Capital | Slot::Gap => after,
    }
}

#[cfg(test)]
mod tests;
