//! Distinct folded words, and which of them are near a typed one.
//!
//! The cabinet keeps its inverted index over folded words and asks here which words to look up. The words
//! stand in one piece of memory with an outline each; a look-up runs over the outlines and compares only the
//! few words that may match, which is faster than any tree at the sizes that occur.

use std::collections::HashMap;

use super::closeness::{Closeness, Outline, Pattern, Reach};
use super::fold::fold;

/// Words with how often they occur.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    letters: Vec<char>,
    /// For each word, where its letters end.
    ends: Vec<usize>,
    outlines: Vec<Outline>,
    counts: Vec<u64>,
    numbers: HashMap<Box<str>, usize>,
}

impl Vocabulary {
    pub fn new() -> Self {
        Self::default()
    }

    /// How many distinct words.
    pub fn len(&self) -> usize {
        self.outlines.len()
    }

    pub fn is_empty(&self) -> bool {
        self.outlines.is_empty()
    }

    /// Counts a folded word so many times more.
    pub fn add(&mut self, word: &str, times: u64) {
        let number = self.number_of(word);
        if let Some(count) = self.counts.get_mut(number) {
            *count += times;
        }
    }

    /// The words nearest to a typed one, best first; of equally near ones the more frequent.
    pub fn expand(&self, typed: &str, limit: usize) -> Vec<(String, Closeness)> {
        let folded = fold(typed).replace(' ', "");
        if folded.is_empty() {
            return Vec::new();
        }
        let mut found = self.near(&Pattern::new(&folded), Reach::Vocabulary);
        let by_rank = |(number, closeness): &(usize, Closeness)| {
            let count = self.counts.get(*number).copied().unwrap_or(0);
            (std::cmp::Reverse(closeness.score), std::cmp::Reverse(count), *number)
        };
        if found.len() > limit {
            found.select_nth_unstable_by_key(limit, by_rank);
            found.truncate(limit);
        }
        found.sort_by_key(by_rank);
        found
            .iter()
            .map(|(number, closeness)| (self.letters_of(*number).iter().collect(), *closeness))
            .collect()
    }

    /// All words within reach of the pattern, by their numbers.
    pub(super) fn near(&self, pattern: &Pattern, reach: Reach) -> Vec<(usize, Closeness)> {
        let outlines = self.outlines.iter().enumerate();
        outlines
            .filter(|(_, outline)| pattern.may_match(**outline, reach))
            .filter_map(|(number, outline)| {
                let closeness = pattern.closeness(self.letters_of(number), *outline, reach)?;
                Some((number, closeness))
            })
            .collect()
    }

    /// The number by which a word is known here; a new one if need be.
    pub(super) fn number_of(&mut self, word: &str) -> usize {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.len();
        self.letters.extend(word.chars());
        self.ends.push(self.letters.len());
        self.outlines.push(Outline::new(self.letters_of(number)));
        self.counts.push(0);
        self.numbers.insert(word.into(), number);
        number
    }

    /// How near a word is by its letters alone, as the roll is compared.
    pub(super) fn by_letters(&self, pattern: &Pattern, number: usize) -> Option<Closeness> {
        let outline = self.outlines.get(number).copied()?;
        pattern.by_letters(self.letters_of(number), outline, Reach::Roll)
    }

    pub(super) fn known(&self, word: &str) -> Option<usize> {
        self.numbers.get(word).copied()
    }

    pub(super) fn letters_of(&self, number: usize) -> &[char] {
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(number).copied().unwrap_or(start);
        self.letters.get(start..end).unwrap_or_default()
    }
}

/// Words with how often they occur, as the cabinet keeps them.
impl<W: AsRef<str>> FromIterator<(W, u64)> for Vocabulary {
    fn from_iter<I: IntoIterator<Item = (W, u64)>>(words: I) -> Self {
        let mut vocabulary = Self::new();
        for (word, times) in words {
            vocabulary.add(word.as_ref(), times);
        }
        vocabulary
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;
    use crate::search::Why;

    fn vocabulary() -> Vocabulary {
        [("strategy", 40), ("strategies", 9), ("bruise", 7), ("bruises", 3), ("bruised", 5), ("cat", 2)]
            .into_iter()
            .collect()
    }

    fn words(typed: &str) -> Vec<String> {
        vocabulary().expand(typed, 3).into_iter().map(|(word, _)| word).collect()
    }

    #[test]
    fn the_word_itself_then_what_begins_so_then_what_is_nearly_so() {
        assert_eq!(words("bruise"), ["bruise", "bruised", "bruises"]);
        assert_eq!(words("straegty"), ["strategy"]);
        assert_eq!(words("stratigies"), ["strategies"]);
        assert_eq!(vocabulary().expand("briuse", 9).first().unwrap().1.why, Why::Misspelt);
    }

    #[test]
    fn short_words_are_taken_as_they_are() {
        assert_eq!(words("cat"), ["cat"]);
        assert!(words("cut").is_empty());
        assert!(words("").is_empty());
    }

    #[test]
    fn counts_add_up_and_order_equals() {
        let mut vocabulary = vocabulary();
        vocabulary.add("bruises", 10);
        assert_eq!(vocabulary.len(), 6);
        assert_eq!(vocabulary.expand("bruis", 2).last().unwrap().0, "bruises");
    }
}
