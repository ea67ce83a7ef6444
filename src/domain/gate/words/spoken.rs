//! That somebody was spoken to, by what the record says was done.

use std::sync::LazyLock;

use super::{Spoken, is_denied, phrases, shipped};
use crate::domain::phrase::{Phrases, Reading};

/// What stands for the person.
pub(super) const PERSON: &str = "@";
const TITLES: &str = "mr|mrs|ms|miss|mx|dr|sir?";
/// Shorter words of a name are initials.
const WHOLE_WORD: usize = 2;

/// Somebody who is looked for in a text, by any of their names.
pub(in crate::domain::gate) struct Person {
    pub(super) names: Phrases<()>,
    spoken: Phrases<()>,
}

impl Person {
    pub(in crate::domain::gate) fn of(name: &str) -> Self {
        let reading = Reading::new(name);
        let words = reading.places().filter_map(|place| reading.text(place));
        let names: Vec<&str> = words
            .filter(|word| word.chars().count() >= WHOLE_WORD)
            .filter(|word| !TITLES.split(['|', '?']).any(|title| title == *word))
            .collect();
        let by_name = (!names.is_empty()).then(|| format!("{TITLES} {}", names.join("|")));
        let Spoken { called, words, .. } = &shipped().spoken;
        let all: Vec<String> = by_name.into_iter().chain(called.iter().cloned()).collect();
        let spoken = words.iter().flat_map(|words| all.iter().map(move |one| words.replace(PERSON, one)));
        Self { spoken: phrases(&spoken.collect::<Vec<_>>()), names: phrases(&all) }
    }

    /// Whether a text says that they were spoken to: not that they were not, or will be.
    pub(in crate::domain::gate) fn is_spoken_to_in(&self, text: &str) -> bool {
        said(&self.spoken, text)
    }

    /// Whether they stand in a list of people.
    pub(in crate::domain::gate) fn is_named_in(&self, text: &str) -> bool {
        said(&self.names, text)
    }
}

fn said(what: &Phrases<()>, text: &str) -> bool {
    static NOT: LazyLock<Phrases<()>> = LazyLock::new(|| phrases(&shipped().spoken.not));
    let reading = Reading::new(text);
    reading.places().any(|place| what.is_at(&reading, place) && !is_denied(&reading, place, &NOT))
}
