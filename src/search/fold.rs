//! Text as it is compared: plain lower-case words with single spaces between them.
//!
//! Apostrophes vanish (`O’Brien` is `obrien`) and hyphens part words (`Jean-Luc` is `jean luc`). That `o brien`
//! and `jeanluc` meet them is the business of matching, which joins neighbouring words.

use super::letters::{self, Piece};
use super::numbers;

/// The folded text: words joined by single spaces.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// The same at the end of what is there.
pub(super) fn fold_into(text: &str, folded: &mut String) {
    let mut gap = false;
    letters::read(text, &mut |_, piece| match piece {
        Piece::Gap => gap = !folded.is_empty(),
        Piece::Letter(letter) => {
            if std::mem::take(&mut gap) {
                folded.push(' ');
            }
            folded.push(letter);
        }
    });
}

/// The letters of a name in alphabetical order: the same in whatever order its words stand and wherever they are parted.
pub fn letters_of(name: &str) -> String {
    let mut letters: Vec<char> = fold(name).chars().filter(|letter| *letter != ' ').collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

/// The folded words of a running text, in order; after them what is also written as one word: `jeanluc` for
/// `Jean-Luc`, and a telephone number without its spaces.
pub fn tokens(text: &str) -> Vec<String> {
    let mut words: Vec<String> = fold(text).split(' ').map(str::to_owned).collect();
    words.retain(|word| !word.is_empty());
    let joined: Vec<String> = text
        .split_whitespace()
        .filter(|chunk| chunk.contains(['-', '‐', '‑']))
        .map(|chunk| fold(chunk).replace(' ', ""))
        .filter(|word| !word.is_empty() && !words.contains(word))
        .collect();
    let phones = numbers::in_words(words.iter().map(String::as_str));
    words.extend(joined);
    words.extend(phones);
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{fold, tokens};

    #[test]
    fn accents_and_letters_of_other_alphabets() {
        for (written, folded) in [
            ("Zoë Müller", "zoe muller"),
            ("Łukasz Wójcik", "lukasz wojcik"),
            ("Ngọzi", "ngozi"),
            ("Siobhán Ní Bhriain", "siobhan ni bhriain"),
            ("Ðorđe Ørsted", "dorde orsted"),
            ("Strauß", "strauss"),
            ("STRAUẞ", "strauss"),
            ("Æthelþryth", "aethelthryth"),
            ("Œuvre", "oeuvre"),
            ("Işıl İnci", "isil inci"),
            ("Għaxaq", "ghaxaq"),
            ("ﬁona", "fiona"),
            ("Ｚｏｅ", "zoe"),
            ("Zoe\u{308}", "zoe"),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }

    #[test]
    fn apostrophes_vanish_and_hyphens_part() {
        for written in ["O'Brien", "O’Brien", "O‘Brien", "Oʼbrien", "O`Brien", "o´brien", "OBRIEN"] {
            assert_eq!(fold(written), "obrien", "{written}");
        }
        for written in ["Jean-Luc", "jean luc", "Jean–Luc", " Jean\u{2011}Luc. "] {
            assert_eq!(fold(written), "jean luc", "{written}");
        }
        assert_eq!(fold("ʿAlī al-Ḥusaynī"), "ali al husayni");
    }

    #[test]
    fn initials_with_an_and_between_them_are_one_word() {
        for written in ["A&E", "a & e", "(A & E)", "Á&E"] {
            assert_eq!(fold(written), "a&e", "{written}");
        }
        for (written, folded) in [
            ("to A&E's desk", "to a&es desk"),
            ("mum&dad", "mum dad"),
            ("Class A & Essex", "class a essex"),
            ("Years 7 & 8", "years 7 8"),
            ("P&O & Q", "p&o q"),
            ("a&", "a"),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }

    #[test]
    fn vowel_signs_are_letters_and_harakat_are_not() {
        assert_ne!(fold("શિવાની"), fold("શવન"));
        assert_eq!(fold("مُحَمَّد"), fold("محمد"));
        assert_eq!(fold("علی"), fold("علي"));
        assert_eq!(fold("٠٧٧"), "077");
    }

    #[test]
    fn running_text_becomes_words_and_joined_words() {
        assert_eq!(tokens("Rang Jean-Luc’s mum."), ["rang", "jean", "lucs", "mum", "jeanlucs"]);
        assert_eq!(tokens("on 0116 305 0005, twice").last().unwrap(), "01163050005");
        assert!(tokens(" … ").is_empty());
    }

    #[test]
    fn every_character_settles_at_once() {
        for c in '\0'..='\u{2ffff}' {
            let once = fold(&c.to_string());
            assert_eq!(fold(&once), once, "U+{:04X}", u32::from(c));
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*|[aEé&' .]{0,9}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn words_are_single_spaced(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert!(!folded.starts_with(' ') && !folded.ends_with(' ') && !folded.contains("  "));
        }
    }
}
