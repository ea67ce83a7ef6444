//! Whether two full names may be the same person's. For linking arrivals to children and noticing duplicates.

use super::fold::fold;
use super::names;
use super::sound::{Heard, Sound};
use super::spelling;

/// Shorter words sound like too many others.
const SOUNDS_FROM: usize = 3;

/// The closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// The same folded words, whatever their order and wherever they are parted.
    Same,
    /// A letter or two off, otherwise spelt or another form of it, or one name leaves out words of the other: somebody
    /// should look.
    Near,
    Different,
}

/// Names that come to no word at all agree with none.
pub fn names_agree(a: &str, b: &str) -> Agreement {
    let (a, b) = (fold(a), fold(b));
    if a.is_empty() || b.is_empty() {
        return Agreement::Different;
    }
    let (mut left, mut right) = (words(&a), words(&b));
    let common = take_common(&mut left, &mut right);
    if left.concat() == right.concat() || a.replace(' ', "") == b.replace(' ', "") {
        return Agreement::Same;
    }
    let leaves_out = common > 0 && (left.is_empty() || right.is_empty());
    let nearly = errors_between(&left.concat(), &right.concat()).is_some() || pair_up(left, right).is_some();
    if leaves_out || nearly { Agreement::Near } else { Agreement::Different }
}

fn words(folded: &str) -> Vec<&str> {
    folded.split(' ').collect()
}

/// Takes out the words that both have; how many there were.
fn take_common(left: &mut Vec<&str>, right: &mut Vec<&str>) -> usize {
    let before = left.len();
    left.retain(|word| match right.iter().position(|other| other == word) {
        Some(at) => {
            right.remove(at);
            false
        }
        None => true,
    });
    before - left.len()
}

/// Gives each word of the shorter list a nearly equal one of the longer; the letters off altogether, if few.
fn pair_up(left: Vec<&str>, right: Vec<&str>) -> Option<u8> {
    let (shorter, mut longer) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let mut off = 0;
    for word in shorter {
        let nearest = longer
            .iter()
            .enumerate()
            .filter_map(|(at, other)| errors_between(word, other).map(|errors| (errors, at)))
            .min()?;
        off += nearest.0;
        longer.remove(nearest.1);
    }
    (off <= 2).then_some(off)
}

/// The letters off between two words, where that is few enough for the shorter of them. An initial stands for
/// any word that it begins.
fn errors_between(a: &str, b: &str) -> Option<u8> {
    let (letters, others): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let shorter = letters.len().min(others.len());
    if shorter == 1 && letters.first() == others.first() {
        return Some(1);
    }
    if names::are_one(a, b) || sound_alike(&letters, &others) {
        return Some(1);
    }
    let allowed = spelling::allowed(shorter);
    let whole = |x, y| spelling::errors(x, y, allowed).map(|errors| errors.whole).filter(|e| *e <= allowed);
    whole(&letters, &others).or_else(|| whole(&others, &letters))
}

fn sound_alike(a: &[char], b: &[char]) -> bool {
    a.len().min(b.len()) >= SOUNDS_FROM && Heard::new(a).is(Sound::new(b)) == Some(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Agreement, names_agree};

    fn all(pairs: &[(&str, &str)], agreement: Agreement) {
        for (a, b) in pairs {
            assert_eq!(names_agree(a, b), agreement, "{a} / {b}");
            assert_eq!(names_agree(b, a), agreement, "{b} / {a}");
        }
    }

    #[test]
    fn the_same_words_however_written() {
        let pairs = [
            ("Zoë Müller", "zoe muller"),
            ("Smith, John", "John Smith"),
            ("Niamh O’Brien", "NIAMH O BRIEN"),
            ("Jean-Luc Smith", "Smith Jeanluc"),
            ("Mc Donald Ava", "Ava McDonald"),
        ];
        all(&pairs, Agreement::Same);
    }

    #[test]
    fn a_letter_off_or_a_name_left_out_is_near() {
        let pairs = [
            ("Jhon Smith", "John Smith"),
            ("Mohammed Khan", "Mohamed Khan"),
            ("Amina Bibi Khan", "Amina Khan"),
            ("Smith", "John Smith"),
            ("A Khan", "Amina Khan"),
            ("Niamh O'Brian", "Niamh O Brien"),
            ("Mohd Husein", "Mohammed Hussain"),
            ("Stephen Clarke", "Steven Clark"),
        ];
        all(&pairs, Agreement::Near);
    }

    #[test]
    fn others_are_different() {
        let pairs = [
            ("Amina Khan", "Amina Patel"),
            ("Jo Li", "Jo Lu"),
            ("Ann Smith", "Ian Smyth Jones Brown"),
            ("", ""),
            ("…", "Amina Khan"),
        ];
        all(&pairs, Agreement::Different);
    }

    proptest! {
        #[test]
        fn agreement_is_mutual(a in "[a-c]{1,4}( [a-c]{1,9}){0,2}", b in "[a-c]{1,4}( [a-c]{1,9}){0,2}") {
            prop_assert_eq!(names_agree(&a, &b), names_agree(&b, &a));
            prop_assert_eq!(names_agree(&a, &a), Agreement::Same);
        }
    }
}
