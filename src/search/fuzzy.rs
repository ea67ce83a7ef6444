//! Letters in order, with others between them: `mhd` in `mohammed`. The only file that names fuzzy-matcher.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// How well the typed letters sit in the word, and which letters of the word they are.
pub(super) struct InOrder {
    /// From 0 to 100.
    pub(super) fit: u16,
    pub(super) at: Vec<usize>,
}

/// Asked only where the word begins with the letter that was typed first: letters from the middle of a name
/// are nobody's short form of it.
pub(super) fn letters_in_order(typed: &[char], word: &[char]) -> Option<InOrder> {
    if typed.len() < 2 || typed.first() != word.first() || !occur_in_order(typed, word) {
        return None;
    }
    let matcher = SkimMatcherV2::default().ignore_case();
    let typed: String = typed.iter().collect();
    let word: String = word.iter().collect();
    let (score, at) = matcher.fuzzy_indices(&word, &typed)?;
    let best = matcher.fuzzy_match(&typed, &typed)?.max(1);
    let fit = u16::try_from(score.clamp(0, best) * 100 / best).unwrap_or(0);
    Some(InOrder { fit, at })
}

fn occur_in_order(typed: &[char], word: &[char]) -> bool {
    let mut letters = word.iter();
    typed.iter().all(|letter| letters.any(|other| other == letter))
}
