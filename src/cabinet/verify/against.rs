//! What was noted elsewhere, looked for among the entries: the one proof that stands against somebody who holds every
//! key, because an entry's hash depends on all that came before it.

use chrono::{DateTime, Utc};

use super::super::ledger::Line;
use crate::domain::headwords::{self, Fit, Noted};
use crate::domain::ids::Seq;
use crate::domain::moment::spoken_minute;

/// What was noted, and the number of its entry where that was noted as well.
#[derive(Clone, Debug)]
pub struct Witness {
    pub noted: Noted,
    pub at: Option<Seq>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The entries that have what was noted, the newest first; where a number was noted, that one alone.
    pub matches: Vec<Place>,
    /// Entries that were not meant, or have all of the words but one: what was noted may have been misread.
    pub near: Vec<Near>,
    at: Option<Seq>,
    /// The word that cannot have been printed, counted from 0.
    unknown: Option<usize>,
    /// The last good entry.
    end: Seq,
}

/// An entry and when it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub seq: Seq,
    pub recorded_at: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Near {
    /// Another number than was noted.
    Elsewhere(Place),
    /// All words but one: its place, counted from 0, and the word that stands there.
    AllBut(Place, usize, &'static str),
}

/// Looks at each good entry in turn.
pub(super) struct Search {
    witness: Witness,
    answer: Answer,
}

impl Search {
    pub(super) fn new(witness: Witness) -> Self {
        let (at, unknown) = (witness.at, witness.noted.unknown());
        let answer = Answer { matches: Vec::new(), near: Vec::new(), at, unknown, end: Seq(0) };
        Self { witness, answer }
    }

    pub(super) fn look(&mut self, line: &Line) {
        self.answer.end = line.seq;
        let Some(recorded_at) = line.recorded() else { return };
        let place = Place { seq: line.seq, recorded_at };
        let is_meant = self.witness.at.is_none_or(|at| at == line.seq);
        match self.witness.noted.fit(&line.hash) {
            Fit::Whole if is_meant => self.answer.matches.push(place),
            Fit::Whole => self.answer.near.push(Near::Elsewhere(place)),
            Fit::AllBut(at) => {
                let word = headwords::word(&line.hash, at);
                self.answer.near.extend(word.map(|word| Near::AllBut(place, at, word)));
            }
            Fit::Not => {}
        }
    }

    pub(super) fn answer(self) -> Answer {
        let mut answer = self.answer;
        answer.matches.reverse();
        answer.near.reverse();
        answer
    }
}

impl Answer {
    pub fn is_found(&self) -> bool {
        !self.matches.is_empty()
    }

    /// How many entries came after one.
    pub fn added_since(&self, place: Place) -> i64 {
        self.end.0 - place.seq.0
    }

    /// In words for whoever asked.
    pub fn sentences(&self) -> Vec<String> {
        match (self.is_found(), self.near.as_slice()) {
            (true, _) => self.matches.iter().map(|place| self.as_noted(*place)).collect(),
            (false, []) => vec![self.not_found()],
            (false, near) => near.iter().map(|near| near.sentence()).collect(),
        }
    }

    fn as_noted(&self, place: Place) -> String {
        let added = match self.added_since(place) {
            0 => "nothing was added since".to_owned(),
            1 => "1 entry was added since".to_owned(),
            added => format!("{added} entries were added since"),
        };
        format!("{} is as it was noted; {added}.", named(place))
    }

    fn not_found(&self) -> String {
        let unknown = self.unknown.map(|place| format!(" Word {} is never printed.", place + 1));
        let unknown = unknown.unwrap_or_default();
        match self.at {
            Some(at) if at > self.end => {
                format!(
                    "Entry {at} was noted, and the record is whole only as far as entry {}.{unknown}",
                    self.end
                )
            }
            Some(at) => format!(
                "Entry {at} is not as it was noted: it or something before it was changed, or what was noted was misread.{unknown}"
            ),
            None => format!(
                "No entry has what was noted: the record was changed before that point, or the words were misread.{unknown}"
            ),
        }
    }
}

impl Near {
    fn sentence(self) -> String {
        match self {
            Self::Elsewhere(place) => format!("{} has what was noted: was its number misread?", named(place)),
            Self::AllBut(place, at, word) => {
                let (entry, nth) = (named(place), at + 1);
                format!(
                    "{entry} has all the words but number {nth}, which is \"{word}\" there: was it misread?"
                )
            }
        }
    }
}

fn named(place: Place) -> String {
    format!("Entry {} of {}", place.seq, spoken_minute(place.recorded_at))
}
