//! Initials where a name should stand: nobody can tell in five years who `J.S.`, `AB` or `Mr K` was.

use std::collections::HashSet;

use super::{File, note, shipped};
use crate::domain::phrase::Reading;

/// More capitals than that are an abbreviation and nobody's name.
const MOST: usize = 3;
/// A word in capitals that is longer is a word and no abbreviation.
const LONGEST_ABBREVIATION: usize = 5;

/// Initials as they are written, each once. What belongs together is asked about in one text: who child B is, another
/// sentence says.
pub fn initials(text: &str) -> Vec<String> {
    let reader = Reader::new(text);
    let mut found = Vec::new();
    let mut place = 0;
    while reader.reading.places().contains(&place) {
        let end = reader.end(place);
        if let Some(end) = end {
            note(&mut found, reader.as_written(place, end));
        }
        place = end.unwrap_or(place + 1);
    }
    found
}

struct Reader<'t> {
    text: &'t str,
    reading: Reading,
    lists: &'static File,
    /// The letters that somewhere are child B.
    roles: HashSet<&'t str>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        let mut reader = Self { text, reading: Reading::new(text), lists: shipped(), roles: HashSet::new() };
        let roles =
            reader.reading.places().filter(|place| reader.is_letter(*place) && reader.is_labelled(*place));
        reader.roles = roles.filter_map(|place| reader.written(place)).collect();
        reader
    }

    /// Behind which word the initials end that begin at this one.
    fn end(&self, place: usize) -> Option<usize> {
        if self.is_in(&self.lists.titles, place) && self.is_letter(place + 1) && !self.is_name(place + 2) {
            return Some(place + 2);
        }
        let letters = self.dotted(place);
        if letters > 1 {
            let joined: String = (place..place + letters).filter_map(|place| self.written(place)).collect();
            return self.is_nobody(&joined).then_some(place + letters);
        }
        let is_named = if self.is_letter(place) {
            self.is_in(&self.lists.verbs, place + 1)
                && self.is_nobody(self.written(place)?)
                && !self.roles.contains(self.written(place)?)
        } else {
            let capitals = self.written(place)?;
            let length = capitals.chars().count();
            (2..=MOST).contains(&length)
                && capitals.chars().all(char::is_uppercase)
                && self.is_nobody(capitals)
                && !self.is_shouted(place)
                && !self.is_compound(place)
        };
        (is_named && !self.is_labelled(place)).then_some(place + 1)
    }

    /// With the full stop of the last letter, where the first had one.
    fn as_written(&self, first: usize, end: usize) -> &'t str {
        let range = self.reading.range(&(first..end));
        let text = self.text.get(range.clone()).unwrap_or_default();
        let stopped = self.text.get(range.start..=range.end).filter(|stopped| stopped.ends_with('.'));
        stopped.filter(|_| text.contains('.')).unwrap_or(text)
    }

    /// As it is written, without the `'s`.
    fn written(&self, place: usize) -> Option<&'t str> {
        let word = self.text.get(self.reading.word(place)?.at.clone())?;
        Some(word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word))
    }

    fn is_in(&self, list: &[String], place: usize) -> bool {
        self.reading.text(place).is_some_and(|word| list.iter().any(|known| known == word))
    }

    /// A single capital.
    fn is_letter(&self, place: usize) -> bool {
        let mut letters = self.written(place).unwrap_or_default().chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    }

    /// `Mr K Osei` says who it was.
    fn is_name(&self, place: usize) -> bool {
        let is_there = self.reading.is_one_sentence(place, place.saturating_sub(1));
        is_there && self.reading.word(place).is_some_and(|word| word.is_capital)
    }

    /// No abbreviation and no word.
    fn is_nobody(&self, capitals: &str) -> bool {
        let lists = self.lists.abbreviations.iter().chain(&self.lists.words);
        !lists.into_iter().any(|known| known == capitals)
    }

    /// How many single capitals follow one another, with full stops between them.
    fn dotted(&self, first: usize) -> usize {
        // "It was child B. A left" has two sentences.
        let is_sentence = self.is_labelled(first);
        let place_of = |place: usize| self.reading.range(&(place..place + 1));
        let follows = |place: usize| match self.text.get(place_of(place - 1).end..place_of(place).start) {
            Some(".") => true,
            Some(". ") => !is_sentence,
            Some(_) | None => false,
        };
        let is_more = |place: &usize| self.is_letter(*place) && (*place == first || follows(*place));
        (first..first + MOST).take_while(is_more).count()
    }

    /// `child A and B`, `form JS`; but child JS is a name.
    fn is_labelled(&self, place: usize) -> bool {
        let is_label = |back: usize| {
            let before = place.checked_sub(back);
            before.is_some_and(|at| {
                self.is_in(&self.lists.things, at)
                    || self.is_letter(place) && self.is_in(&self.lists.people, at)
            })
        };
        let is_second = place.checked_sub(1).is_some_and(|before| self.reading.text(before) == Some("and"));
        is_label(1) || is_second && is_label(3)
    }

    /// A part of an address or of a longer word.
    fn is_compound(&self, place: usize) -> bool {
        let at = self.reading.range(&(place..place + 1));
        let joins = |letter: char| matches!(letter, '-' | '@' | '_');
        let before = self.text.get(..at.start).is_some_and(|before| before.ends_with(joins));
        before || self.text.get(at.end..).is_some_and(|behind| behind.starts_with(joins))
    }

    /// Beside a word in capitals: no name, but somebody's loud voice.
    fn is_shouted(&self, place: usize) -> bool {
        let is_loud = |place: usize| {
            let word = self.written(place).unwrap_or_default();
            let is_word =
                word.len() > LONGEST_ABBREVIATION || self.lists.words.iter().any(|known| known == word);
            word.len() > 1 && is_word && word.chars().all(char::is_uppercase)
        };
        is_loud(place + 1) || place.checked_sub(1).is_some_and(is_loud)
    }
}
