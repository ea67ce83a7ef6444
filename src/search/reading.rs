//! How the typed words fall on the words of a record.
//!
//! Each typed word stands alone or is joined with the next (`o brien`). Of all such readings the best counts;
//! in it each typed word takes a word of the record for itself, or else pays for sharing.

use super::closeness::Why;

/// One or two typed words that are looked for as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Its place in [`super::Query::units`].
    pub(super) index: usize,
    /// How many typed words it stands for.
    pub(super) words: u32,
}

/// A word of the record that a unit may fall on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Which word, in the record's order. None where the unit excludes nobody and fell on nothing.
    pub(super) target: Option<usize>,
    pub(super) score: u32,
    pub(super) why: Why,
}

/// The best reading against one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) score: u32,
    /// The weakest of its reasons.
    pub(super) why: Why,
    pub(super) fallen: Vec<(Unit, Candidate)>,
}

/// What the order of the words can add to a score; never enough to make a guess better than the word itself.
pub(super) const MOST_FOR_ORDER: u32 = 20;

/// All ways to read so many words.
pub(super) fn readings(words: usize) -> Vec<Vec<Unit>> {
    // Those of the last words first, each built on the two before it.
    let (mut from_next, mut from_here) = (Vec::new(), vec![Vec::new()]);
    for at in (0..words).rev() {
        let single = Unit { index: at, words: 1 };
        let pair = Unit { index: words + at, words: 2 };
        let mut from_at = preceded(single, &from_here);
        from_at.extend(preceded(pair, &from_next));
        (from_next, from_here) = (from_here, from_at);
    }
    from_here
}

fn preceded(unit: Unit, rest: &[Vec<Unit>]) -> Vec<Vec<Unit>> {
    rest.iter().map(|units| [&[unit], units.as_slice()].concat()).collect()
}

/// The best of the readings, given the candidates of each unit; none where every reading has a unit without.
/// `last` is the last word of the name, where it is known: the family name may be typed first.
pub(super) fn best(
    readings: &[Vec<Unit>],
    candidates: &[Vec<Candidate>],
    last: Option<usize>,
) -> Option<Reading> {
    readings.iter().filter_map(|units| read(units, candidates, last)).max_by_key(|reading| reading.score)
}

fn read(units: &[Unit], candidates: &[Vec<Candidate>], last: Option<usize>) -> Option<Reading> {
    let mut wanting: Vec<(Unit, &[Candidate])> = Vec::with_capacity(units.len());
    for unit in units {
        let found = candidates.get(unit.index).filter(|found| !found.is_empty())?;
        wanting.push((*unit, found));
    }
    // Whoever has most to gain chooses first.
    wanting.sort_by_key(|(_, found)| std::cmp::Reverse(found.iter().map(|c| c.score).max()));
    let mut fallen: Vec<(Unit, Candidate)> = Vec::with_capacity(units.len());
    for (unit, found) in wanting {
        fallen.push((unit, choose(found, &fallen)?));
    }
    fallen.sort_by_key(|(unit, _)| unit.index % units_base(units));
    let words: u32 = units.iter().map(|unit| unit.words).sum();
    let sum: u32 = fallen.iter().map(|(unit, candidate)| unit.words * candidate.score).sum();
    let why = fallen.iter().map(|(_, candidate)| candidate.why).max()?;
    Some(Reading { score: sum / words.max(1) + for_order(&fallen, last), why, fallen })
}

/// Single words count from 0 and pairs from the number of words.
fn units_base(units: &[Unit]) -> usize {
    units.iter().map(|unit| usize::try_from(unit.words).unwrap_or(1)).sum::<usize>().max(1)
}

fn choose(found: &[Candidate], taken: &[(Unit, Candidate)]) -> Option<Candidate> {
    let shares = |candidate: &Candidate| {
        candidate.target.is_some() && taken.iter().any(|(_, other)| other.target == candidate.target)
    };
    found
        .iter()
        .map(|candidate| Candidate {
            score: if shares(candidate) { candidate.score / 4 } else { candidate.score },
            ..*candidate
        })
        .max_by_key(|candidate| (candidate.score, std::cmp::Reverse(candidate.target)))
}

/// A little for words in the record's own order, and for beginning with its first; or for its last and then its first.
fn for_order(fallen: &[(Unit, Candidate)], last: Option<usize>) -> u32 {
    let targets: Vec<usize> = fallen.iter().filter_map(|(_, candidate)| candidate.target).collect();
    let first = if targets.first() == Some(&0) { 5 } else { 0 };
    let steps: Vec<u32> = targets
        .windows(2)
        .map(|step| match step {
            [a, b] if *b == a + 1 => 15,
            [0, b] if Some(*b) == last => 14,
            [a, b] if b > a => 8,
            [a, 0] if Some(*a) == last => 12,
            _ => 0,
        })
        .collect();
    let count = u32::try_from(steps.len()).unwrap_or(1).max(1);
    (first + steps.iter().sum::<u32>() / count).min(MOST_FOR_ORDER)
}

#[cfg(test)]
mod tests {
    use super::{Candidate, best, readings};
    use crate::search::closeness::Why;

    fn on(target: usize, score: u32) -> Candidate {
        Candidate { target: Some(target), score, why: Why::Exact }
    }

    #[test]
    fn words_are_read_alone_or_in_pairs() {
        let shapes: Vec<Vec<u32>> =
            readings(3).iter().map(|units| units.iter().map(|unit| unit.words).collect()).collect();
        assert_eq!(shapes, [vec![1, 1, 1], vec![1, 2], vec![2, 1]]);
        assert_eq!(readings(0), [vec![]]);
    }

    #[test]
    fn each_word_takes_its_own() {
        // `p patel` against Patrick Patel: the P may not be Patel's.
        let p_patel = [vec![on(0, 700), on(1, 740)], vec![on(1, 1000)], vec![]];
        let reading = best(&readings(2), &p_patel, None).unwrap();
        let targets: Vec<_> = reading.fallen.iter().map(|(_, c)| c.target).collect();
        assert_eq!(targets, [Some(0), Some(1)]);
    }

    #[test]
    fn the_family_name_may_come_first() {
        let falls = |targets: [usize; 2]| {
            let candidates = [vec![on(targets[0], 800)], vec![on(targets[1], 800)], vec![]];
            best(&readings(2), &candidates, Some(2)).unwrap().score
        };
        assert!(falls([0, 1]) > falls([0, 2]) && falls([0, 2]) > falls([2, 0]));
        assert!(falls([2, 0]) > falls([2, 1]), "a middle name is not what is called");
    }

    #[test]
    fn a_pair_stands_where_its_words_do_not() {
        let o_brien = [vec![], vec![], vec![on(0, 1000)]];
        assert_eq!(best(&readings(2), &o_brien, None).unwrap().score, 1005);
        assert_eq!(best(&readings(2), &[vec![on(0, 1)], vec![], vec![]], None), None);
    }
}
