//! How many letters are wrong, missing, too many or swapped with their neighbour.
//!
//! The usual table of edit distances, but only the band in which the answer can lie, kept by diagonals: `slot`
//! is how far the word has run ahead of what was typed, plus [`MOST`].

/// More letters off than this is another word.
const MOST: usize = 2;
const BAND: usize = 2 * MOST + 1;
const FAR: u8 = 100;

type Row = [u8; BAND];

/// How far what was typed is from a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Errors {
    /// From the word's nearest beginning: what is still to be typed does not count.
    pub(super) beginning: u8,
    /// From the whole word.
    pub(super) whole: u8,
}

/// How many letters may be off in a word of this length. It hangs on the word and not on what was typed, so
/// that typing on never allows more.
pub(super) fn allowed(word_length: usize) -> u8 {
    match word_length {
        0..=2 => 0,
        3..=7 => 1,
        _ => 2,
    }
}

/// Compares, unless more than `allowed` letters are off, or more than one of the first three, which is where
/// a word is recognised.
pub(super) fn errors(typed: &[char], word: &[char], allowed: u8) -> Option<Errors> {
    let mut before = [FAR; BAND];
    let mut above = first_row(word.len());
    let mut previous = None;
    for (at, &letter) in typed.iter().enumerate() {
        let row = next_row(word, at, letter, previous, above, before);
        let least = row.iter().copied().min().unwrap_or(FAR);
        if least > allowed || (at < 3 && least > 1) {
            return None;
        }
        (before, above) = (above, row);
        previous = Some(letter);
    }
    let beginning = above.iter().copied().min().unwrap_or(FAR);
    let ahead = (word.len() + MOST).checked_sub(typed.len());
    let whole = ahead.and_then(|slot| above.get(slot)).copied().unwrap_or(FAR);
    (beginning <= allowed).then_some(Errors { beginning, whole })
}

fn first_row(word_length: usize) -> Row {
    let mut row = [FAR; BAND];
    for (run_ahead, cell) in row.iter_mut().skip(MOST).enumerate().take(word_length + 1) {
        *cell = u8::try_from(run_ahead).unwrap_or(FAR);
    }
    row
}

fn next_row(word: &[char], at: usize, letter: char, previous: Option<char>, above: Row, before: Row) -> Row {
    let mut row = [FAR; BAND];
    let mut left = FAR;
    let above_right = above.iter().skip(1).chain([&FAR]);
    for (slot, (((cell, same), right), two_up)) in
        row.iter_mut().zip(above).zip(above_right).zip(before).enumerate()
    {
        // The cell compares `at + 1` typed letters with `read` letters of the word.
        let Some(read) = (at + 1 + slot).checked_sub(MOST).filter(|read| *read <= word.len()) else {
            continue;
        };
        let here = read.checked_sub(1).and_then(|i| word.get(i)).copied();
        let earlier = read.checked_sub(2).and_then(|i| word.get(i)).copied();
        let step = u8::from(here != Some(letter));
        let mut least = same.saturating_add(if read == 0 { FAR } else { step });
        least = least.min(right.saturating_add(1)).min(left.saturating_add(1));
        if earlier == Some(letter) && previous.is_some() && here == previous {
            least = least.min(two_up.saturating_add(1));
        }
        *cell = least;
        left = least;
    }
    row
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Errors, allowed, errors};

    fn compare(typed: &str, word: &str) -> Option<Errors> {
        let typed: Vec<char> = typed.chars().collect();
        let word: Vec<char> = word.chars().collect();
        errors(&typed, &word, allowed(word.len()))
    }

    fn whole(typed: &str, word: &str) -> Option<u8> {
        compare(typed, word).map(|errors| errors.whole).filter(|whole| *whole <= 2)
    }

    #[test]
    fn one_letter_wrong_missing_doubled_or_swapped() {
        for typed in ["smyth", "smth", "smiith", "simth", "mith", "xmith", "msith", "smit", "smithe"] {
            assert_eq!(whole(typed, "smith"), Some(1), "{typed}");
        }
        assert_eq!(whole("smith", "smith"), Some(0));
        assert_eq!(whole("snyth", "smith"), None);
    }

    #[test]
    fn two_in_long_words_only() {
        assert_eq!(whole("mohamend", "mohammed"), Some(2));
        assert_eq!(whole("chrsitohper", "christopher"), Some(2));
        assert_eq!(whole("xyristopher", "christopher"), None);
        assert_eq!(compare("al", "li"), None);
    }

    #[test]
    fn a_beginning_is_compared_with_the_beginning() {
        assert_eq!(compare("jho", "john").unwrap().beginning, 1);
        assert_eq!(compare("chrsit", "christopher").unwrap().beginning, 1);
    }

    proptest! {
        #[test]
        fn typing_on_never_comes_nearer(typed in "[a-d]{1,10}", word in "[a-d]{1,10}") {
            let shorter = typed.get(..typed.len() - 1).unwrap();
            if let Some(now) = compare(&typed, &word) {
                prop_assert!(compare(shorter, &word).unwrap().beginning <= now.beginning);
            }
        }

        #[test]
        fn the_distance_is_the_same_both_ways(a in "[a-c]{6,7}", b in "[a-c]{6,7}") {
            let near = |x: &str, y: &str| whole(x, y).filter(|errors| *errors <= 1);
            prop_assert_eq!(near(&a, &b), near(&b, &a));
        }
    }
}
