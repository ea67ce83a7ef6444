//! What an inspector notices in a record before it is closed: initials for names, opinion among facts, no time of day.
//!
//! Hints for a person, from the lists of `data/clarity.toml`. Nothing here reads a field or decides whether to close.

mod initials;

use std::sync::LazyLock;

use serde::Deserialize;

use super::moment::Moment;
use super::phrase::{Phrases, Reading};
pub use initials::initials;

const SHIPPED: &str = include_str!("../../data/clarity.toml");

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    abbreviations: Vec<String>,
    words: Vec<String>,
    people: Vec<String>,
    things: Vec<String>,
    titles: Vec<String>,
    verbs: Vec<String>,
    opinion: Vec<String>,
    no_opinion: Vec<String>,
}

/// A test reads the file, so that it is never empty in a release.
fn shipped() -> &'static File {
    static FILE: LazyLock<File> = LazyLock::new(|| toml::from_str(SHIPPED).unwrap_or_default());
    &FILE
}

/// How far before words what is none of them may begin.
const LEAD: usize = 4;

/// Words of opinion as they are written, each once. What somebody is quoted with is a fact: they said it (R24).
pub fn opinion_words(text: &str) -> Vec<String> {
    static OPINION: LazyLock<[Phrases<()>; 2]> = LazyLock::new(|| {
        [&shipped().opinion, &shipped().no_opinion]
            .map(|written| Phrases::new(written.iter().map(|phrase| (&**phrase, ()))))
    });
    let [opinion, none] = &*OPINION;
    let reading = Reading::new(text);
    let mut found: Vec<String> = Vec::new();
    let mut behind = 0;
    for place in reading.places() {
        let longest = opinion.at(&reading, place).map(|(end, ())| end).max();
        let Some(end) = longest.filter(|_| place >= behind) else { continue };
        let is_quoted = reading.word(place).is_some_and(|word| word.is_quoted);
        let mut starts = place.saturating_sub(LEAD)..end;
        if is_quoted || starts.any(|start| none.at(&reading, start).any(|(end, ())| end > place)) {
            continue;
        }
        behind = end;
        note(&mut found, text.get(reading.range(&(place..end))).unwrap_or_default());
    }
    found
}

/// A day without a time: what happened then cannot be set beside what else did (R11).
pub fn lacks_time(moment: Moment) -> bool {
    match moment {
        Moment::Date(_) => true,
        Moment::At(_) => false,
    }
}

fn note(found: &mut Vec<String>, words: &str) {
    if !found.iter().any(|known| known.eq_ignore_ascii_case(words)) {
        found.push(words.to_owned());
    }
}

#[cfg(test)]
mod tests;
