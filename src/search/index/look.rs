//! One unit of the query over all records.

use std::collections::HashMap;

use super::{Index, Record, weighed};
use crate::search::card::Field;
use crate::search::closeness::{Closeness, Pattern, Reach, Why};
use crate::search::names;

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
    /// Of those that merely sound so, how near they are by their letters. That is what counts outside names: a role is
    /// not spelt by ear.
    by_letters: HashMap<usize, Option<Closeness>>,
    /// Other forms of what was typed, where the vocabulary has them: in names only.
    kin: HashMap<usize, Closeness>,
    /// Slots of names that have it as several words, and the first of those.
    joined: HashMap<usize, (usize, Closeness)>,
}

impl Found {
    pub(super) fn is_anywhere(&self) -> bool {
        self.open || !self.joined.is_empty() || !self.kin.is_empty() || self.words.iter().any(Option::is_some)
    }

    /// How near a word of the vocabulary is where it stands in such a field.
    pub(super) fn closeness(&self, word: usize, field: Field) -> Option<Closeness> {
        if field != Field::Name
            && let Some(by_letters) = self.by_letters.get(&word)
        {
            return *by_letters;
        }
        let kin = self.kin.get(&word).filter(|_| field == Field::Name);
        kin.copied().or_else(|| self.words.get(word).copied().flatten())
    }

    pub(super) fn joined_at(&self, slot: usize) -> Option<(usize, Closeness)> {
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
            by_letters: HashMap::new(),
            kin: HashMap::new(),
            joined: HashMap::new(),
        };
        for (word, closeness) in self.vocabulary.near(pattern, Reach::Roll) {
            if closeness.why == Why::Alike {
                found.by_letters.insert(word, self.vocabulary.by_letters(pattern, word));
            }
            self.spread(word, closeness, &mut found);
        }
        if origin == Origin::Typed {
            self.look_for_joined(pattern.letters(), Closeness::JOINED, &mut found);
        }
        self.look_for_kin(pattern, &mut found);
        found
    }

    /// Names that are another form of what was typed.
    fn look_for_kin(&self, pattern: &Pattern, found: &mut Found) {
        for group in pattern.kin().groups() {
            for (word, name) in self.names.get(group).into_iter().flatten() {
                if let Some(other) = pattern.kin_closeness(*name, Reach::Roll) {
                    self.take_kin(*word, other, found);
                }
            }
        }
        // Abdul Rahman is a form of Abdirahman.
        for (name, other) in pattern.kin().two_words() {
            self.look_for_joined(name, other, found);
        }
    }

    fn take_kin(&self, word: usize, other: Closeness, found: &mut Found) {
        // Of what excludes nobody only a whole short form says anything: `mo`.
        if found.open && other.score < names::WHOLE {
            return;
        }
        let both = found.words.get(word).copied().flatten().map_or(other, |letters| other.beside(letters));
        let known = found.kin.entry(word).or_insert(both);
        if known.score < both.score {
            *known = both;
        }
        let score = weighed(both, Field::Name);
        let postings = self.postings.get(word).into_iter().flatten();
        for posting in postings.filter(|posting| posting.field == Field::Name) {
            found.raise(posting.slot(), score);
        }
    }

    fn spread(&self, word: usize, closeness: Closeness, found: &mut Found) {
        if let Some(entry) = found.words.get_mut(word) {
            *entry = Some(closeness);
        }
        let weights = Field::ALL.map(|field| {
            let closeness = found.closeness(word, field);
            (field, closeness.map_or(0, |closeness| weighed(closeness, field)))
        });
        for posting in self.postings.get(word).into_iter().flatten() {
            let score = weights.iter().find(|(field, _)| *field == posting.field).map_or(0, |(_, s)| *s);
            found.raise(posting.slot(), score);
        }
    }

    /// Names in which the typed letters run over the end of a word into the next.
    fn look_for_joined(&self, typed: &[char], closeness: Closeness, found: &mut Found) {
        let mut first = String::new();
        for (at, letter) in typed.iter().enumerate() {
            let word = self.vocabulary.known(&first).filter(|_| at > 0);
            let postings = word.and_then(|word| self.postings.get(word)).into_iter().flatten();
            for posting in postings.filter(|posting| posting.field == Field::Name) {
                let slot = posting.slot();
                let Some(target) = self.record(slot).and_then(|r| self.joined_in(r, word?, typed)) else {
                    continue;
                };
                found.joined.entry(slot).or_insert((target, closeness));
                found.raise(slot, weighed(closeness, Field::Name));
            }
            first.push(*letter);
        }
    }

    /// Which word of the name is the first of those that together begin as was typed. Middle names may be left out.
    fn joined_in(&self, record: &Record<Id>, first: usize, typed: &[char]) -> Option<usize> {
        let name: Vec<&[char]> = record
            .words
            .iter()
            .take_while(|placed| placed.field == Field::Name)
            .map(|placed| self.vocabulary.letters_of(placed.word))
            .collect();
        let first = self.vocabulary.letters_of(first);
        let rest = typed.strip_prefix(first)?;
        let begins = |at: &usize| name.get(*at) == Some(&first) && runs_over(rest, name.get(at + 1..));
        (0..name.len()).find(begins)
    }
}

/// Whether the letters are made of some of the words, in their order, the last of which they may leave unfinished.
fn runs_over(letters: &[char], words: Option<&[&[char]]>) -> bool {
    let words = words.unwrap_or_default();
    words.iter().enumerate().any(|(at, word)| {
        word.starts_with(letters)
            || letters.strip_prefix(*word).is_some_and(|rest| runs_over(rest, words.get(at + 1..)))
    })
}
