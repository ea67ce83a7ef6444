//! A text cut into words: where each stands, which sentence it is of, and whether somebody is quoted.

use std::ops::Range;

/// The words of a text in their order. Not `Debug`: they are somebody's.
#[derive(Default)]
pub struct Reading {
    /// All words in small letters, one behind the other: no word has an allocation of its own.
    small: String,
    words: Vec<Word>,
}

pub struct Word {
    /// Where it stands in the text.
    pub at: Range<usize>,
    pub is_capital: bool,
    /// Between quotation marks. Where the closing one is missing, to the end of the line.
    pub is_quoted: bool,
    small: Range<usize>,
    sentence: usize,
}

impl Reading {
    pub fn new(text: &str) -> Self {
        let mut reading = Self { small: String::with_capacity(text.len()), words: Vec::new() };
        let mut marks = Marks::default();
        let (mut before, mut is_inside) = (None, false);
        let mut chars = text.char_indices().peekable();
        while let Some((at, letter)) = chars.next() {
            let next = chars.peek().map(|(_, next)| *next);
            let continues = is_inside && is_between(letter) && next.is_some_and(char::is_alphanumeric);
            if letter.is_alphanumeric() || continues {
                if !is_inside {
                    reading.begin(at, letter, &marks);
                }
                reading.push(at, letter);
                is_inside = true;
            } else {
                is_inside = false;
                marks.pass(letter, before, next);
            }
            before = Some(letter);
        }
        reading
    }

    /// Every word, counted from 0.
    pub fn places(&self) -> Range<usize> {
        0..self.words.len()
    }

    pub fn word(&self, place: usize) -> Option<&Word> {
        self.words.get(place)
    }

    /// A word in small letters, with a straight apostrophe.
    pub fn text(&self, place: usize) -> Option<&str> {
        self.small.get(self.word(place)?.small.clone())
    }

    pub fn get(&self, place: usize) -> Option<(&str, &Word)> {
        Some((self.text(place)?, self.word(place)?))
    }

    pub fn is_one_sentence(&self, one: usize, other: usize) -> bool {
        let sentence = |place| self.word(place).map(|word| word.sentence);
        sentence(one).is_some() && sentence(one) == sentence(other)
    }

    /// Where some words stand in the text.
    pub fn range(&self, places: &Range<usize>) -> Range<usize> {
        let words = self.words.get(places.clone()).unwrap_or_default();
        let start = words.first().map_or(0, |word| word.at.start);
        start..words.last().map_or(start, |word| word.at.end)
    }

    fn begin(&mut self, at: usize, letter: char, marks: &Marks) {
        self.words.push(Word {
            at: at..at,
            is_capital: letter.is_uppercase(),
            is_quoted: marks.is_double || marks.is_single,
            small: self.small.len()..self.small.len(),
            sentence: marks.sentence,
        });
    }

    fn push(&mut self, at: usize, letter: char) {
        match letter {
            '’' => self.small.push('\''),
            letter if letter.is_ascii() => self.small.push(letter.to_ascii_lowercase()),
            letter => self.small.extend(letter.to_lowercase()),
        }
        if let Some(word) = self.words.last_mut() {
            word.at.end = at + letter.len_utf8();
            word.small.end = self.small.len();
        }
    }
}

/// What is part of a word between two letters: `child's`, `A&E`.
fn is_between(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '&')
}

/// What stands open between words.
#[derive(Default)]
struct Marks {
    is_double: bool,
    is_single: bool,
    sentence: usize,
}

impl Marks {
    fn pass(&mut self, letter: char, before: Option<char>, next: Option<char>) {
        let follows_word = before.is_some_and(char::is_alphanumeric);
        let precedes_word = next.is_some_and(char::is_alphanumeric);
        match letter {
            '"' => self.is_double = !self.is_double,
            '“' => self.is_double = true,
            '”' => self.is_double = false,
            '‘' | '\'' if !follows_word && precedes_word => self.is_single = true,
            '’' | '\'' => self.is_single = false,
            '!' | '?' | ';' => self.sentence += 1,
            // Not that of a time or of initials.
            '.' if !precedes_word => self.sentence += 1,
            '\n' => *self = Self { sentence: self.sentence + 1, ..Self::default() },
            _ => {}
        }
    }
}
