//! How many letters are wrong, missing, too many or swapped with their neighbour.
//!
//! The usual table of edit distances, but only the band in which the answer can lie, kept by diagonals: `slot`
//! is how far the word has run ahead of what was typed, plus [`MOST`].

/// The letters by which a word is recognised: at most one of them may be off.
pub(super) const HEAD: usize = 3;

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

/// Compares, unless more than `allowed` letters are off, or more than one of the [`HEAD`].
pub(super) fn errors(typed: &[char], word: &[char], allowed: u8) -> Option<Errors> {
    let mut before = [FAR; BAND];
    let mut above = [FAR, FAR, 0, 1, 2];
    let mut window = Window::before(word);
    let mut previous = NO_LETTER;
    for (at, &letter) in typed.iter().enumerate() {
        window.advance();
        let row = next_row(&window, letter, previous, above, before);
        let least = least(row);
        if least > allowed || (at < HEAD && least > 1) {
            return None;
        }
        (before, above, previous) = (above, row, letter);
    }
    let ahead = (word.len() + MOST).checked_sub(typed.len());
    let whole = ahead.and_then(|slot| above.get(slot)).copied().unwrap_or(FAR);
    Some(Errors { beginning: least(above), whole })
}

fn least(row: Row) -> u8 {
    row.into_iter().fold(FAR, u8::min)
}

/// Stands where the word has no letter. As it equals none that is typed, what lies beyond an end of the word is
/// never nearer than the end itself.
const NO_LETTER: char = '\0';

/// The letters of the word that the band of a row needs, and the one before them.
struct Window<'a> {
    letters: [char; BAND + 1],
    coming: std::slice::Iter<'a, char>,
}

impl<'a> Window<'a> {
    fn before(word: &'a [char]) -> Self {
        let mut window = Self { letters: [NO_LETTER; BAND + 1], coming: word.iter() };
        (0..MOST).for_each(|_| window.advance());
        window
    }

    fn advance(&mut self) {
        let [_, kept @ ..] = self.letters;
        let next = self.coming.next().copied().unwrap_or(NO_LETTER);
        self.letters = followed_by(kept, next);
    }
}

/// One element more.
fn followed_by<T: Copy, const N: usize, const M: usize>(kept: [T; N], last: T) -> [T; M] {
    std::array::from_fn(|at| kept.get(at).copied().unwrap_or(last))
}

fn next_row(window: &Window<'_>, letter: char, previous: char, above: Row, before: Row) -> Row {
    let ([_, here @ ..], [earlier @ .., _]) = (window.letters, window.letters);
    let [_, beside @ ..] = above;
    let right: Row = followed_by(beside, FAR);
    let letters = here.into_iter().zip(earlier);
    let around = above.into_iter().zip(right).zip(before);
    let mut row = [FAR; BAND];
    let mut left = FAR;
    for ((cell, (here, earlier)), ((same, right), two_up)) in row.iter_mut().zip(letters).zip(around) {
        let wrong = same + u8::from(here != letter);
        let swapped = if earlier == letter && here == previous { two_up + 1 } else { FAR };
        *cell = wrong.min(swapped).min(right + 1).min(left + 1).min(FAR);
        left = *cell;
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
