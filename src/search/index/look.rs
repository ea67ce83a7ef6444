//! One unit of the query over all records.

use std::collections::HashMap;

use super::{Index, Record, weighed};
use crate::search::card::Field;
use crate::search::closeness::{Closeness, Pattern, Reach};

/// How a unit of the query came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A word as it was typed. It may be several words of a name: `jeanluc`.
    Typed,
    /// Two typed words that are tried as one: `o brien`.
    Joined,
}

/// Where a unit of the query was found.
pub(super) struct Found {
    /// Too little was typed to exclude anybody.
    pub(super) open: bool,
    /// For each slot, the best weighed score; 0 where it is not.
    pub(super) scores: Vec<u32>,
    /// For each word of the vocabulary.
    words: Vec<Option<Closeness>>,
    /// Slots of names that have it as several words, and the first of those.
    joined: HashMap<usize, usize>,
}

impl Found {
    pub(super) fn is_anywhere(&self) -> bool {
        self.open || !self.joined.is_empty() || self.words.iter().any(Option::is_some)
    }

    pub(super) fn closeness(&self, word: usize) -> Option<Closeness> {
        self.words.get(word).copied().flatten()
    }

    pub(super) fn joined_at(&self, slot: usize) -> Option<usize> {
        self.joined.get(&slot).copied()
    }

    fn raise(&mut self, slot: usize, score: u32) {
        if let Some(known) = self.scores.get_mut(slot) {
            *known = score.max(*known);
        }
    }
}

impl<Id> Index<Id> {
    pub(super) fn look(&self, pattern: &Pattern, origin: Origin) -> Found {
        let open = origin == Origin::Typed && pattern.is_open();
        let floor = if open { weighed(Closeness::OPEN, Field::Name) } else { 0 };
        let mut found = Found {
            open,
            scores: vec![floor; self.records.len()],
            words: vec![None; self.vocabulary.len()],
            joined: HashMap::new(),
        };
        for (word, closeness) in self.vocabulary.near(pattern, Reach::Roll) {
            self.spread(word, closeness, &mut found);
        }
        if origin == Origin::Typed {
            self.look_for_joined(pattern.letters(), &mut found);
        }
        found
    }

    fn spread(&self, word: usize, closeness: Closeness, found: &mut Found) {
        if let Some(entry) = found.words.get_mut(word) {
            *entry = Some(closeness);
        }
        let weights = Field::ALL.map(|field| (field, weighed(closeness, field)));
        for posting in self.postings.get(word).into_iter().flatten() {
            let score = weights.iter().find(|(field, _)| *field == posting.field).map_or(0, |(_, s)| *s);
            found.raise(posting.slot(), score);
        }
    }

    /// Names in which the typed letters run over the end of a word into the next.
    fn look_for_joined(&self, typed: &[char], found: &mut Found) {
        let mut first = String::new();
        for (at, letter) in typed.iter().enumerate() {
            let word = self.vocabulary.known(&first).filter(|_| at > 0);
            let postings = word.and_then(|word| self.postings.get(word)).into_iter().flatten();
            for posting in postings.filter(|posting| posting.field == Field::Name) {
                let slot = posting.slot();
                let Some(target) = self.record(slot).and_then(|r| self.joined_in(r, word?, typed)) else {
                    continue;
                };
                found.joined.insert(slot, target);
                found.raise(slot, weighed(Closeness::JOINED, Field::Name));
            }
            first.push(*letter);
        }
    }

    /// Which word of the name is the first of those that together begin as was typed.
    fn joined_in(&self, record: &Record<Id>, first: usize, typed: &[char]) -> Option<usize> {
        let name: Vec<usize> = record
            .words
            .iter()
            .take_while(|placed| placed.field == Field::Name)
            .map(|placed| placed.word)
            .collect();
        let begins = |at: &usize| {
            let rest = name.get(*at..).unwrap_or_default();
            let mut letters = rest.iter().flat_map(|word| self.vocabulary.letters_of(*word));
            rest.first() == Some(&first) && typed.iter().all(|letter| letters.next() == Some(letter))
        };
        (0..name.len()).find(begins)
    }
}
