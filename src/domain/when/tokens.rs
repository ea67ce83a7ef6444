//! What was typed, cut into numbers, words and marks, and a reader that can step back. Knows nothing about dates.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Number(Number),
    Word(&'t str),
    Mark(char),
}

/// A number and how many digits it was typed with: `09` is not `9`, and `26` is not `2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: u32,
    pub(super) digits: usize,
}

/// Cuts lower-case text into tokens; white space and commas only separate, and so does the stop after a word (`Nov.`)
/// or at the end. None where a number is too long.
pub(super) fn split(text: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_end().trim_end_matches('.');
    while let Some(first) = rest.chars().next() {
        let kind = Kind::of(first);
        let end = match kind {
            Kind::Digit | Kind::Letter => rest.find(|c| Kind::of(c) != kind).unwrap_or(rest.len()),
            Kind::Gap | Kind::Mark => first.len_utf8(),
        };
        let (run, after) = rest.split_at(end);
        match kind {
            Kind::Gap => {}
            Kind::Mark if first == '.' && matches!(tokens.last(), Some(Token::Word(_))) => {}
            Kind::Mark => tokens.push(Token::Mark(first)),
            Kind::Letter => tokens.push(Token::Word(run)),
            Kind::Digit => tokens.push(Token::Number(Number { value: run.parse().ok()?, digits: run.len() })),
        }
        rest = after;
    }
    Some(tokens)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gap,
    Digit,
    Letter,
    Mark,
}

impl Kind {
    fn of(c: char) -> Self {
        match c {
            ',' => Self::Gap,
            c if c.is_whitespace() => Self::Gap,
            c if c.is_ascii_digit() => Self::Digit,
            c if c.is_alphabetic() => Self::Letter,
            _ => Self::Mark,
        }
    }
}

/// The tokens that are still to be read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    rest: &'t [Token<'t>],
}

impl<'t> Reader<'t> {
    pub(super) fn new(tokens: &'t [Token<'t>]) -> Self {
        Self { rest: tokens }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn peek(&self) -> Option<Token<'t>> {
        self.rest.first().copied()
    }

    /// Reads on, or stays where it was if `read` finds nothing.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let value = read(&mut ahead)?;
        *self = ahead;
        Some(value)
    }

    pub(super) fn number(&mut self) -> Option<Number> {
        let Token::Number(number) = self.peek()? else { return None };
        self.step();
        Some(number)
    }

    /// A number of one or two digits: a day, a month or an hour.
    pub(super) fn short_number(&mut self) -> Option<u32> {
        self.attempt(|reader| reader.number().filter(|number| number.digits <= 2)).map(|number| number.value)
    }

    /// A word for which `meaning` has an answer.
    pub(super) fn word<T>(&mut self, meaning: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let Token::Word(word) = self.peek()? else { return None };
        let value = meaning(word)?;
        self.step();
        Some(value)
    }

    pub(super) fn word_in(&mut self, words: &[&str]) -> Option<()> {
        self.word(|word| words.contains(&word).then_some(()))
    }

    /// All the words of a phrase, one after the other.
    pub(super) fn phrase(&mut self, phrase: &str) -> Option<()> {
        self.attempt(|reader| phrase.split(' ').try_for_each(|word| reader.word_in(&[word])))
    }

    pub(super) fn phrase_in(&mut self, phrases: &[&str]) -> Option<()> {
        phrases.iter().find_map(|phrase| self.phrase(phrase))
    }

    /// The first of a table whose phrase comes next.
    pub(super) fn one_of<T: Copy>(&mut self, table: &[(&str, T)]) -> Option<T> {
        table.iter().find_map(|(phrase, meaning)| self.phrase(phrase).map(|()| *meaning))
    }

    pub(super) fn mark(&mut self, mark: char) -> Option<()> {
        (self.peek()? == Token::Mark(mark)).then(|| self.step())
    }

    /// As they are typed on one keyboard or another.
    pub(super) fn apostrophe(&mut self) -> Option<()> {
        ['\'', '’', '‘', '`'].iter().find_map(|mark| self.mark(*mark))
    }

    fn step(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
    }
}

/// `one` to `twelve`, the numbers that people write out.
pub(super) fn spelt(word: &str) -> Option<u32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.iter().zip(1..).find_map(|(known, number)| (*known == word).then_some(number))
}
