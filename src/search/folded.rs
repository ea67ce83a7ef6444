//! Folded text that remembers where each of its letters stood in the original.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::closeness::{Initials, Outline, Reach};
use super::letters::{self, Piece};
use super::names::Membership;

/// The words of one line. Their letters stand one after the other without gaps, so that neighbouring words can be
/// read as one.
#[derive(Default)]
pub(super) struct Words {
    letters: Vec<char>,
    words: Vec<Word>,
    /// The names among the words, each with the place of its word; empty where names mean nothing.
    names: Vec<(usize, Membership)>,
}

/// The texts of one line, column by column, and where each of their letters stood.
#[derive(Default)]
pub(super) struct Folded {
    words: Words,
    /// For each letter, the bytes of what a reader calls a letter in the original.
    origins: Vec<Range<usize>>,
    columns: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) letters: Range<usize>,
    pub(super) outline: Outline,
    pub(super) column: usize,
}

impl Words {
    /// Texts, without what is only needed for marking them.
    pub(super) fn new(columns: &[&str], reach: Reach) -> Self {
        let mut words = Self::default();
        for (column, text) in columns.iter().enumerate() {
            letters::read(text, &mut |_, piece| match piece {
                Piece::Letter(plain) => words.letters.push(plain),
                Piece::Gap => words.end(column),
            });
            words.end(column);
        }
        if reach == Reach::Line {
            words.look_for_names();
        }
        // Kept by the ten thousand.
        words.names.shrink_to_fit();
        words.letters.shrink_to_fit();
        words.words.shrink_to_fit();
        words
    }

    /// The letters with which something begins that was typed for these words, on one line.
    pub(super) fn initials(&self) -> Initials {
        let mut initials = Initials::default();
        self.words.iter().for_each(|word| initials.add(self.letters(word.letters.clone())));
        self.names.iter().for_each(|(_, name)| initials.join(name.initials()));
        initials
    }

    /// Which names the word at a place is a form of.
    pub(super) fn names_at(&self, place: usize) -> impl Iterator<Item = Membership> {
        self.names.iter().filter(move |(at, _)| *at == place).map(|(_, name)| *name)
    }

    fn look_for_names(&mut self) {
        for (at, word) in self.words.iter().enumerate() {
            let names = Membership::of(self.letters(word.letters.clone()));
            self.names.extend(names.into_iter().map(|name| (at, name)));
        }
    }

    fn end(&mut self, column: usize) {
        let start = self.words.last().map_or(0, |word| word.letters.end);
        if start < self.letters.len() {
            let letters = start..self.letters.len();
            let outline = Outline::new(self.letters(letters.clone()));
            self.words.push(Word { letters, outline, column });
        }
    }

    pub(super) fn all(&self) -> &[Word] {
        &self.words
    }

    pub(super) fn letters(&self, range: Range<usize>) -> &[char] {
        self.letters.get(range).unwrap_or_default()
    }
}

impl Folded {
    pub(super) fn new(columns: &[&str]) -> Self {
        let mut folded = Self { columns: columns.len(), ..Self::default() };
        for (column, text) in columns.iter().enumerate() {
            folded.take(text, column);
            folded.words.end(column);
        }
        folded.words.look_for_names();
        folded
    }

    fn take(&mut self, text: &str, column: usize) {
        let mut seen = text.grapheme_indices(true).map(|(at, letter)| at..at + letter.len()).peekable();
        letters::read(text, &mut |at, piece| match piece {
            Piece::Letter(plain) => {
                while seen.next_if(|letter| letter.end <= at).is_some() {}
                self.words.letters.push(plain);
                self.origins.push(seen.peek().cloned().unwrap_or(at..at));
            }
            Piece::Gap => self.words.end(column),
        });
    }

    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// Where these letters stood, for each column, in order: neighbours of one word as one range, with the
    /// apostrophe between them.
    pub(super) fn origins(&self, mut letters: Vec<usize>) -> Vec<Vec<Range<usize>>> {
        letters.sort_unstable();
        letters.dedup();
        let mut marks = vec![Vec::new(); self.columns];
        for word in &self.words.words {
            let first = letters.partition_point(|at| *at < word.letters.start);
            let end = letters.partition_point(|at| *at < word.letters.end);
            if let (Some(column), Some(within)) = (marks.get_mut(word.column), letters.get(first..end)) {
                self.mark_word(within, column);
            }
        }
        marks
    }

    fn mark_word(&self, letters: &[usize], marks: &mut Vec<Range<usize>>) {
        let mut before = None;
        for at in letters {
            let Some(origin) = self.origins.get(*at) else { continue };
            let follows = before.is_some_and(|before| before + 1 == *at);
            match marks.last_mut() {
                Some(last) if follows || origin.start < last.end => last.end = last.end.max(origin.end),
                Some(_) | None => marks.push(origin.clone()),
            }
            before = Some(*at);
        }
    }
}
