//! Names as keys: what must be the same where two of them agree, and what nearly equal ones have in common.

use std::collections::HashMap;

use crate::search::fold;

/// A word of a name that so many share tells nobody apart; two words of a name still do.
pub(super) const MOST_SHARED: usize = 400;
/// How many words of a name are looked at.
const MOST_WORDS: usize = 6;

pub(super) fn put<K: std::hash::Hash + Eq>(index: &mut HashMap<K, Vec<usize>>, key: K, at: usize) {
    let places = index.entry(key).or_default();
    // They come in order but where a row changes one: then one may stand there twice.
    if places.last() != Some(&at) {
        places.push(at);
    }
}

/// Names by their words, each alone and in pairs: who may be nearly called so without comparing everybody.
#[derive(Default)]
pub(super) struct Words(HashMap<String, Vec<usize>>);

impl Words {
    pub(super) fn add(&mut self, name: &str, at: usize) {
        for key in keys(name) {
            put(&mut self.0, key, at);
        }
    }

    pub(super) fn like(&self, name: &str) -> Vec<usize> {
        let places = keys(name).into_iter().filter_map(|key| {
            let places = self.0.get(&key)?;
            (key.contains(' ') || places.len() <= MOST_SHARED).then_some(places)
        });
        places.flatten().copied().collect()
    }
}

/// Each word of a name, and each two of them in alphabetical order.
fn keys(name: &str) -> Vec<String> {
    let folded = fold(name);
    let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
    words.sort_unstable();
    let pairs = words.iter().enumerate().flat_map(|(place, first)| {
        words.iter().skip(place + 1).map(move |second| format!("{first} {second}"))
    });
    pairs.chain(words.iter().map(|word| (*word).to_owned())).collect()
}
