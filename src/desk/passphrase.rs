//! Whether a passphrase may be used: how long it would stand against somebody who has stolen a copy of the desk, in
//! words. Asked wherever a desk that is meant to last is set up.

use zxcvbn::{Score, zxcvbn};

/// Shorter ones are advised against, whatever the estimate says.
const ADVISED: usize = 15;

/// An estimate: the sentence to show, and whether the passphrase may be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strength {
    Empty,
    /// Gone within minutes: not accepted.
    Trivial(String),
    /// Accepted, with a warning.
    Weak(String),
    Strong(String),
}

impl Strength {
    /// `known` is what a thief would try first: the names of the organisation and the person.
    ///
    /// The rate is zxcvbn's for slow hashes, ten thousand guesses a second: scrypt at half a second each would ask
    /// for thousands of machines. The honest error is on this side.
    pub fn of(passphrase: &str, known: &[&str]) -> Self {
        if passphrase.is_empty() {
            return Self::Empty;
        }
        let words: Vec<&str> = known.iter().flat_map(|text| text.split_whitespace()).collect();
        let estimate = zxcvbn(passphrase, &[known, &words].concat());
        let time = estimate.crack_times().offline_slow_hashing_1e4_per_second().to_string();
        let sentence = format!("Guessed in {time} from a stolen copy.");
        let short = passphrase.chars().count() < ADVISED;
        match estimate.score() {
            Score::Zero | Score::One => Self::Trivial(format!("{sentence} Choose a longer one.")),
            Score::Two => Self::Weak(format!("{sentence} More words make it stronger.")),
            _ if short => Self::Weak(format!("{sentence} At least {ADVISED} letters are advised.")),
            _ => Self::Strong(sentence),
        }
    }

    pub fn sentence(&self) -> &str {
        match self {
            Self::Empty => "Four or more words that do not belong together are good.",
            Self::Trivial(sentence) | Self::Weak(sentence) | Self::Strong(sentence) => sentence,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Strength;

    #[test]
    fn what_everybody_uses_is_not_accepted() {
        assert!(matches!(Strength::of("password123", &[]), Strength::Trivial(_)));
    }

    #[test]
    fn the_names_on_the_form_are_guessed_first() {
        let passphrase = "Featherstonehaugh";
        assert!(!matches!(Strength::of(passphrase, &[]), Strength::Trivial(_)));
        assert!(matches!(Strength::of(passphrase, &["Jo Featherstonehaugh"]), Strength::Trivial(_)));
    }

    #[test]
    fn short_is_warned_about_even_where_it_is_random() {
        let Strength::Weak(sentence) = Strength::of("x9$Lq!v2Rw", &[]) else { panic!("not weak") };
        assert!(sentence.contains("15 letters"), "{sentence}");
    }

    #[test]
    fn unrelated_words_are_strong() {
        let strength = Strength::of("marzipan kettle orbit thistle", &[]);
        assert_eq!(strength, Strength::Strong("Guessed in centuries from a stolen copy.".to_owned()));
    }
}
