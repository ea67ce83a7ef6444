//! How a name sounds, as far as its spelling tells: `keeran`, `kieran` and `ciaran` are one sound.
//!
//! Vowels that stand together are one, as the first of them is made: with the lips wide, open or round. C, K and Q
//! are one consonant, and a doubled consonant is single. Read from left to right, so that the sound of
//! a beginning is the beginning of the sound.

/// Sounds in the order in which they are made, from the lowest bits on; none where a letter is not of the alphabet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sound(u64);

const BITS: u32 = 5;
/// The sounds of which it is made up; further ones tell nobody apart who is alike so far.
const MOST: u32 = 12;
const WIDE: u64 = 1;
const OPEN: u64 = 2;
const ROUND: u64 = 3;
const HARD_C: u64 = 4;
const OTHERS: u64 = 5;

impl Sound {
    pub(super) fn new(word: &[char]) -> Self {
        let (mut sounds, mut length, mut last) = (0, 0, 0);
        for letter in word {
            let Some(sound) = sound_of(*letter) else { return Self::default() };
            let goes_on = sound == last || is_vowel(sound) && is_vowel(last);
            if !goes_on && length < MOST {
                sounds |= sound << (BITS * length);
                length += 1;
                last = sound;
            }
        }
        Self(sounds)
    }

    /// Whether the other one sounds like this at its beginning.
    pub(super) fn begins(self, other: Self) -> bool {
        let bits = (u64::BITS - self.0.leading_zeros()).next_multiple_of(BITS);
        self.0 != 0 && other.0 & ((1 << bits) - 1) == self.0
    }
}

fn sound_of(letter: char) -> Option<u64> {
    match letter {
        'e' | 'i' | 'y' => Some(WIDE),
        'a' => Some(OPEN),
        'o' | 'u' => Some(ROUND),
        'c' | 'k' | 'q' => Some(HARD_C),
        'a'..='z' => Some(OTHERS + u64::from(u32::from(letter) - u32::from('a'))),
        _ => None,
    }
}

fn is_vowel(sound: u64) -> bool {
    matches!(sound, WIDE | OPEN | ROUND)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Sound;

    fn sound(word: &str) -> Sound {
        Sound::new(&word.chars().collect::<Vec<_>>())
    }

    #[test]
    fn one_sound_however_it_is_spelt() {
        for (heard, written) in [
            ("keeran", "ciaran"),
            ("kieran", "ciaran"),
            ("killian", "cillian"),
            ("kiera", "ciara"),
            ("eoin", "ian"),
        ] {
            assert_eq!(sound(heard), sound(written), "{heard} {written}");
        }
    }

    #[test]
    fn others_sound_otherwise() {
        for (heard, written) in [("kit", "kate"), ("kit", "cat"), ("kieran", "karen"), ("sian", "cian")] {
            assert_ne!(sound(heard), sound(written), "{heard} {written}");
        }
        assert!(!sound("zoe").begins(sound("zara")));
        assert!(!sound("kit").begins(sound("catherine")) && !sound("").begins(sound("kit")));
        assert!(!sound("10b").begins(sound("10b")));
    }

    proptest! {
        #[test]
        fn the_sound_of_a_beginning_begins_the_sound(word in "[a-z]{2,20}", at in 1..20usize) {
            let beginning = word.get(..at.min(word.len())).unwrap();
            prop_assert!(sound(beginning).begins(sound(&word)));
        }
    }
}
