//! What was typed, as words. Their order does not matter, and each may be only the beginning of a word.

use super::closeness::Pattern;
use super::fold::fold;

/// More words than anybody types; those beyond exclude nothing.
const MOST_WORDS: usize = 8;

/// A folded query. How its words are read together is decided against each record.
#[derive(Clone, Debug, Default)]
pub struct Query {
    words: Vec<Pattern>,
    /// Each word joined with the next: `o brien` may be one name.
    pairs: Vec<Pattern>,
}

impl Query {
    pub fn parse(typed: &str) -> Self {
        let folded = fold(typed);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
        let pairs = words.iter().zip(words.iter().skip(1)).map(|(a, b)| Self::pair(a, b));
        Self { pairs: pairs.collect(), words: words.iter().map(|word| Pattern::new(word)).collect() }
    }

    /// The first and the second of February are not the twelfth.
    fn pair(a: &str, b: &str) -> Pattern {
        let is_of_a_date = |word: &str| word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
        if is_of_a_date(a) && is_of_a_date(b) { Pattern::nothing() } else { Pattern::new(&format!("{a}{b}")) }
    }

    /// What begins so, and no other form of it: for whoever narrows by a name.
    pub fn beginnings(typed: &str) -> Self {
        let folded = fold(typed);
        let words = folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS);
        Self { words: words.map(Pattern::literal).collect(), pairs: Vec::new() }
    }

    /// Nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether what was typed before is all still meant, each word of it as it was or longer.
    pub(super) fn goes_on_from(&self, before: &Self) -> bool {
        let mut words = self.typed().map(Pattern::letters);
        before.typed().all(|before| words.next().is_some_and(|word| word.starts_with(before.letters())))
    }

    /// The folded words, in order.
    pub fn words(&self) -> impl Iterator<Item = String> + '_ {
        self.words.iter().map(|word| word.letters().iter().collect())
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn typed(&self) -> impl Iterator<Item = &Pattern> {
        self.words.iter()
    }

    /// One fewer than there are words.
    pub(super) fn pairs(&self) -> impl Iterator<Item = &Pattern> {
        self.pairs.iter()
    }

    /// All that a reading may ask for: the single words first, then the pairs.
    pub(super) fn units(&self) -> impl Iterator<Item = &Pattern> {
        self.typed().chain(self.pairs())
    }
}
