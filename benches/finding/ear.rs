//! A British ear at a bad line: what else may be written for the sound that was heard.

use fastrand::Rng;

/// Where in a word a spelling is taken for the other.
#[derive(Clone, Copy)]
enum Place {
    Anywhere,
    Start,
    End,
    /// Not at the start.
    Later,
}
use Place::{Anywhere, End, Later, Start};

const HEARD: [(&str, &str, Place); 78] = [
    ("ph", "f", Anywhere),
    ("f", "ph", Later),
    ("ck", "k", Anywhere),
    ("k", "ck", End),
    ("ka", "ca", Anywhere),
    ("ca", "ka", Anywhere),
    ("co", "ko", Anywhere),
    ("ee", "i", Anywhere),
    ("ee", "ea", Anywhere),
    ("i", "ee", Later),
    ("oo", "u", Anywhere),
    ("u", "oo", Later),
    ("ou", "oo", Anywhere),
    ("ay", "ai", Anywhere),
    ("ai", "ay", Anywhere),
    ("ei", "ie", Anywhere),
    ("ie", "ei", Anywhere),
    ("ie", "y", End),
    ("y", "ie", End),
    ("y", "i", End),
    ("i", "y", End),
    ("ey", "y", End),
    ("y", "ey", End),
    ("aa", "a", Anywhere),
    ("a", "aa", Later),
    ("a", "ah", End),
    ("ah", "a", End),
    ("er", "a", End),
    ("a", "er", End),
    ("e", "", End),
    ("or", "ar", End),
    ("or", "er", End),
    ("kh", "k", Anywhere),
    ("bh", "b", Anywhere),
    ("dh", "d", Anywhere),
    ("gh", "g", Anywhere),
    ("th", "t", Anywhere),
    ("rh", "r", Anywhere),
    ("wh", "w", Anywhere),
    ("v", "w", Anywhere),
    ("w", "v", Anywhere),
    ("cl", "kl", Anywhere),
    ("kl", "cl", Anywhere),
    ("cr", "kr", Anywhere),
    ("kr", "cr", Anywhere),
    ("ja", "ga", Start),
    ("je", "ge", Anywhere),
    ("ji", "gi", Anywhere),
    ("ge", "je", Anywhere),
    ("gi", "ji", Anywhere),
    ("q", "k", Anywhere),
    ("qu", "kw", Anywhere),
    ("x", "ks", Later),
    ("z", "s", Later),
    ("s", "z", Later),
    ("ce", "se", Anywhere),
    ("ci", "si", Anywhere),
    ("sz", "sh", Anywhere),
    ("cz", "ch", Anywhere),
    ("sch", "sh", Anywhere),
    ("ch", "tch", Later),
    ("kn", "n", Start),
    ("wr", "r", Start),
    ("gn", "n", Anywhere),
    ("mb", "m", End),
    ("mac", "mc", Start),
    ("mc", "mac", Start),
    ("au", "aw", Anywhere),
    ("aw", "au", Anywhere),
    ("eigh", "ay", Anywhere),
    ("igh", "y", Anywhere),
    ("ough", "uff", End),
    ("stein", "stine", End),
    ("son", "sen", End),
    ("an", "en", End),
    ("en", "an", End),
    ("d", "t", End),
    ("m", "n", End),
];

const DOUBLED: [char; 10] = ['l', 'm', 'n', 'r', 's', 't', 'b', 'd', 'p', 'g'];

/// The word as it may be written down by who heard it: one or two of its sounds spelt another way.
pub(crate) fn heard(word: &str, rng: &mut Rng) -> Option<String> {
    let times = if rng.u32(..10) < 4 { 2 } else { 1 };
    let mut written = word.to_owned();
    for _ in 0..times {
        written = one_sound(&written, rng)?;
    }
    (written != word).then_some(written)
}

fn one_sound(word: &str, rng: &mut Rng) -> Option<String> {
    let mut ways: Vec<String> = HEARD.iter().flat_map(|rule| respelt(word, *rule)).collect();
    ways.extend(DOUBLED.iter().flat_map(|letter| doubled(word, *letter)));
    rng.choice(ways)
}

/// The word with one spelling of a sound changed for the other, for each place where it stands.
fn respelt(word: &str, (from, to, place): (&str, &str, Place)) -> Vec<String> {
    let fits = |at: usize| match place {
        Anywhere => true,
        Start => at == 0,
        End => at > 0 && at + from.len() == word.len(),
        Later => at > 0,
    };
    let places =
        word.match_indices(from).map(|(at, _)| at).filter(|at| fits(*at) && is_one_sound(word, *at, from));
    places.filter_map(|at| Some(format!("{}{to}{}", word.get(..at)?, word.get(at + from.len()..)?))).collect()
}

/// A lone vowel is not part of two, an `s` not of `sh`.
fn is_one_sound(word: &str, at: usize, spelling: &str) -> bool {
    const VOWELS: [char; 6] = ['a', 'e', 'i', 'o', 'u', 'y'];
    let before = word.get(..at).and_then(|before| before.chars().next_back());
    let after = word.get(at + spelling.len()..).and_then(|after| after.chars().next());
    let is_vowel = |letter: Option<char>| letter.is_some_and(|letter| VOWELS.contains(&letter));
    match spelling {
        "a" | "e" | "i" | "u" | "y" => !is_vowel(before) && !is_vowel(after),
        "s" | "z" | "t" | "k" => after != Some('h'),
        _ => true,
    }
}

/// A single consonant inside the word doubled, a double one made single.
fn doubled(word: &str, letter: char) -> Vec<String> {
    let (one, two) = (letter.to_string(), format!("{letter}{letter}"));
    if word.contains(&two) { respelt(word, (&two, &one, Later)) } else { respelt(word, (&one, &two, Later)) }
}
