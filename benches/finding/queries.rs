//! Queries that are fair: each can be answered by a desk that knows the roll and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use dsl_desk::search::fold;
use fastrand::Rng;

use super::kinds::{Altered, Fits, Kind, Wanted, alter};
use super::known::Known;
use super::roll::Child;

/// More children of other names than this, fitting equally well, and the first five rows need not have the one meant.
const MOST_OTHERS: usize = 4;
/// So many queries of a kind may replace the same name by the same other.
const MOST_OF_A_PAIR: usize = 3;
/// After so many children that cannot be asked for in this way, there are no more of them.
const TRIES: usize = 400_000;

/// One child, asked for in one way.
pub(crate) struct Asked {
    pub(crate) kind: Kind,
    pub(crate) typed: String,
    /// Its place on the roll.
    pub(crate) target: usize,
    pub(crate) wanted: Wanted,
}

/// So many of each kind, or as many as there are.
pub(crate) fn queries(roll: &[Child], known: &Known, seed: u64, of_each: usize) -> Vec<Asked> {
    let mut asked = Vec::with_capacity(of_each * Kind::ALL.len());
    for (place, kind) in (0..).zip(Kind::ALL) {
        let mut rng = Rng::with_seed(seed.wrapping_mul(1000) + place);
        asked.extend(of_kind(*kind, roll, known, of_each, &mut rng));
    }
    asked
}

fn of_kind(kind: Kind, roll: &[Child], known: &Known, count: usize, rng: &mut Rng) -> Vec<Asked> {
    let mut asked: Vec<Asked> = Vec::with_capacity(count);
    let mut typed_before = BTreeSet::new();
    let mut pairs: BTreeMap<(String, String), usize> = BTreeMap::new();
    for _ in 0..TRIES {
        if asked.len() == count {
            break;
        }
        let target = rng.usize(..roll.len());
        let Some(child) = roll.get(target) else { continue };
        let Some(altered) = alter(kind, child, roll, known, rng) else { continue };
        let Altered { typed, wanted, fits, pair } = altered;
        let is_of_pair = |pair| pairs.get(pair).is_some_and(|times| *times == MOST_OF_A_PAIR);
        if pair.as_ref().is_some_and(is_of_pair)
            || !is_fair(&typed, &fits, child, roll)
            || !typed_before.insert(typed.clone())
        {
            continue;
        }
        if let Some(pair) = pair {
            *pairs.entry(pair).or_default() += 1;
        }
        asked.push(Asked { kind, typed, target, wanted });
    }
    asked
}

/// Those who fit as well as the target, or have the very name that was typed, may all stand above it.
fn is_fair(typed: &str, fits: &Fits, target: &Child, roll: &[Child]) -> bool {
    let typed = fold(typed);
    let is_typed = |child: &Child| child.folded.short == typed || child.folded.full == typed;
    let others = roll.iter().filter(|child| child.folded.short != target.folded.short);
    others.filter(|child| fits.fits(child) || is_typed(child)).nth(MOST_OTHERS).is_none()
}
