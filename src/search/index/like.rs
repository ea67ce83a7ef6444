//! A whole name as somebody else wrote it down: with a middle name more than we know, or with one less.
//!
//! Not for what is being typed, where a further word excludes: [`Index::find`].

use std::collections::HashMap;
use std::hash::Hash;

use super::{Hit, Index};
use crate::search::fold::fold;
use crate::search::query::Query;

/// A name, and not a page of text in the wrong field.
const MOST_WORDS: usize = 8;
/// What each word costs that was left out, and what it costs to leave out the first or the last.
const LEFT_OUT: u32 = 30;
const NOT_ITS_ENDS: u32 = 60;

impl<Id: Copy + Ord + Hash> Index<Id> {
    /// Records that share the whole name or any two words of it, best first. `beside` is what else they share, as a date
    /// of birth; it may be empty.
    pub fn find_like(&self, name: &str, beside: &str, limit: usize) -> Vec<Hit<Id>> {
        let mut best: HashMap<Id, Hit<Id>> = HashMap::new();
        for (part, cost) in parts(name) {
            for hit in self.find(&Query::parse(&format!("{part} {beside}")), limit) {
                let hit = Hit { score: hit.score.saturating_sub(cost), ..hit };
                let known = best.entry(hit.id).or_insert(hit);
                if known.score < hit.score {
                    *known = hit;
                }
            }
        }
        let mut hits: Vec<Hit<Id>> = best.into_values().collect();
        hits.sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.score), hit.id));
        hits.truncate(limit);
        hits
    }
}

/// The whole name and each two words of it, with what they cost.
fn parts(name: &str) -> Vec<(String, u32)> {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
    let mut parts = vec![(words.join(" "), 0)];
    if words.len() > 2 {
        let left_out = u32::try_from(words.len() - 2).unwrap_or(u32::MAX).saturating_mul(LEFT_OUT);
        let last = words.len() - 1;
        for (at, first) in words.iter().enumerate() {
            for (other, second) in words.iter().enumerate().skip(at + 1) {
                let ends = if (at, other) == (0, last) { 0 } else { NOT_ITS_ENDS };
                parts.push((format!("{first} {second}"), left_out + ends));
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Card;

    #[test]
    fn a_middle_name_more_or_less_parts_nobody() {
        let mut index = Index::new();
        for (id, name) in ["Amina Khan", "Sara Khan", "Amina Bibi Khan", "Zoë Marsh"].into_iter().enumerate()
        {
            index.insert(id, &Card::new().name(name));
        }
        let like = |name: &str| -> Vec<usize> {
            index.find_like(name, "", 9).into_iter().map(|hit| hit.id).collect()
        };
        assert_eq!(like("Amina Sara Khan"), [0, 2, 1]);
        assert_eq!(like("Khan, Amina Bibi"), [2, 0]);
        assert!(index.find(&Query::parse("Amina Sara Khan"), 9).is_empty());
        assert!(like("").is_empty());
    }
}
