//! A rough sum for every record, so that only the best are read word by word.

use std::cmp::Reverse;
use std::hash::Hash;

use super::Index;
use super::look::Found;
use crate::search::reading::{MOST_FOR_ORDER, Unit};

/// The most records that are read for one answer. Beyond it stand only such as fit equally well.
const MOST_READ: usize = 800;

#[derive(Clone, Copy)]
struct Rough {
    slot: usize,
    score: u32,
}

impl<Id: Copy + Ord + Hash> Index<Id> {
    /// The slots that may be among the best `limit`.
    pub(super) fn promising(&self, found: &[Found], readings: &[Vec<Unit>], limit: usize) -> Vec<usize> {
        let mut rough = self.sums(found, readings);
        if let Some(last) = limit.checked_sub(1).filter(|last| *last < rough.len()) {
            let (_, worst, _) = rough.select_nth_unstable_by_key(last, |r| Reverse(r.score));
            let least = worst.score.saturating_sub(MOST_FOR_ORDER);
            rough.retain(|r| r.score >= least);
        }
        let most = MOST_READ.max(limit);
        if rough.len() > most {
            let id = |slot: usize| self.record(slot).map(|record| record.id);
            rough.select_nth_unstable_by_key(most, |r| (Reverse(r.score), id(r.slot)));
            rough.truncate(most);
        }
        rough.into_iter().map(|r| r.slot).collect()
    }

    /// For each record that fits, the sum of its best reading, regardless of words that share a word.
    fn sums(&self, found: &[Found], readings: &[Vec<Unit>]) -> Vec<Rough> {
        let mut best = vec![0; self.records.len()];
        for units in readings {
            let sums = sums_of(units, found, self.records.len());
            for (best, sum) in best.iter_mut().zip(sums) {
                *best = sum.max(*best);
            }
        }
        let words: u32 = readings.first().map_or(1, |units| units.iter().map(|unit| unit.words).sum());
        let there = best.into_iter().zip(&self.records).enumerate();
        there
            .filter(|(_, (sum, _))| *sum > 0)
            .filter_map(|(slot, (sum, record))| {
                Some(Rough { slot, score: record.as_ref()?.stood(sum / words.max(1)) })
            })
            .collect()
    }
}

/// One reading over all slots; 0 where a unit is missing.
fn sums_of(units: &[Unit], found: &[Found], slots: usize) -> Vec<u32> {
    let mut sums: Option<Vec<u32>> = None;
    for unit in units {
        let Some(found) = found.get(unit.index) else { continue };
        let scores = found.scores.iter().map(|score| score * unit.words);
        sums = Some(match sums {
            None => scores.collect(),
            Some(so_far) => so_far.iter().zip(scores).map(|(sum, score)| both(*sum, score)).collect(),
        });
    }
    sums.unwrap_or_else(|| vec![0; slots])
}

fn both(sum: u32, score: u32) -> u32 {
    if sum == 0 || score == 0 { 0 } else { sum + score }
}
