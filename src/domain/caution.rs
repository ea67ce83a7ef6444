//! What is warned of where it is typed: words of `data/cautions.toml`, which is part of the program.
//!
//! A caution is for a person and decides nothing. It is modest: what was not done, what those did whose work it is, and
//! what somebody else said in their own words raises none. No word that is looked for stands here.

mod data;
pub mod standing;

use std::ops::Range;

use serde::Deserialize;

use super::phrase::Reading;
use data::{Book, Rule, shipped};

/// What kind of field words stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// What was seen and heard.
    Facts,
    /// The child's.
    OwnWords,
    Opinion,
    /// What the desk did.
    Action,
    /// What somebody else told the desk to do.
    Advice,
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caution {
    /// 7 for R7.
    pub rule: u8,
    /// Where the rule was read: `S3:344`.
    pub source: &'static str,
    /// What to do instead.
    pub says: &'static str,
    /// Where the words stand in the text, in bytes.
    pub words: Range<usize>,
}

/// How far before the words a denial is looked for.
const NEAR: usize = 5;
/// How far before and behind them stands who did it.
const FAR: usize = 8;
/// The longest beginning of what is meant otherwise.
const LEAD: usize = 5;

/// The cautions for a text in the order of their words; the same words have one from each rule.
pub fn cautions(text: &str, of: Place) -> Vec<Caution> {
    let (book, reading) = (shipped(), Reading::new(text));
    let mut found: Vec<Caution> = Vec::new();
    for place in reading.places() {
        for (end, nth) in book.words.at(&reading, place) {
            let Some(rule) = book.rules.get(nth).filter(|rule| rule.places.contains(&of)) else { continue };
            let words = reading.range(&(place..end));
            let mut over = found.iter().rev().take_while(|known| known.words.end > words.start);
            let is_known = over.any(|known| known.rule == rule.rule);
            let here = Found { book, reading: &reading, rule, words: place..end };
            if !is_known && here.is_meant() {
                found.push(Caution { rule: rule.rule, source: &rule.source, says: &rule.says, words });
            }
        }
    }
    found
}

/// Words that a rule speaks of, and what stands around them.
struct Found<'f> {
    book: &'f Book,
    reading: &'f Reading,
    rule: &'f Rule,
    /// Which words, counted from 0.
    words: Range<usize>,
}

impl Found<'_> {
    fn is_meant(&self) -> bool {
        let is_quoted = self.reading.word(self.words.start).is_some_and(|word| word.is_quoted);
        (self.rule.quoted || !is_quoted)
            && !self.is_denied()
            && !self.is_otherwise()
            && !(self.rule.others_may && (self.is_done_by_others() || self.is_by_others()))
    }

    /// The words of the same thought before these, the nearest first.
    fn before(&self, most: usize) -> impl Iterator<Item = usize> {
        let first = self.words.start;
        let near = (first.saturating_sub(most)..first).rev();
        let same = near.take_while(move |place| self.reading.is_one_sentence(*place, first));
        same.take_while(|place| !self.book.turns.is_at(self.reading, *place))
    }

    fn is_denied(&self) -> bool {
        let denies = |place: usize| {
            let is_short = self.reading.text(place).is_some_and(|word| word.ends_with("n't"));
            is_short || self.book.not.is_at(self.reading, place)
        };
        self.before(NEAR).any(denies)
    }

    fn is_otherwise(&self) -> bool {
        let starts = self.words.start.saturating_sub(LEAD)..self.words.end;
        let lies_over =
            |place: usize| self.rule.unless.at(self.reading, place).any(|(end, ())| end > self.words.start);
        starts.into_iter().any(lies_over)
    }

    /// "The police interviewed him", but not "I rang the police and interviewed him".
    fn is_done_by_others(&self) -> bool {
        let is =
            |place: usize, words: &[&str]| self.reading.text(place).is_some_and(|word| words.contains(&word));
        let is_second = self.before(1).any(|place| is(place, &["and"]));
        let mut before = self.before(FAR);
        let others = before.any(|place| self.book.others.is_at(self.reading, place));
        others && !(is_second && before.any(|place| is(place, &["i", "we"])))
    }

    /// "Interviewed by the police".
    fn is_by_others(&self) -> bool {
        let behind = (self.words.end..self.words.end + FAR)
            .take_while(|place| self.reading.is_one_sentence(self.words.start, *place));
        let mut behind = behind.skip_while(|place| self.reading.text(*place) != Some("by"));
        behind.any(|place| self.book.others.is_at(self.reading, place))
    }
}

#[cfg(test)]
mod tests;
