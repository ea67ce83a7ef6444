//! What the property tests type: a text with something wrong in it, key by key.

/// The text with the letter at `at` replaced, or with one letter missing where `put` is empty.
pub(super) fn altered(text: &str, at: usize, put: &str) -> String {
    let letters = text.chars();
    letters.clone().take(at).chain(put.chars()).chain(letters.skip(at + 1)).collect()
}

/// What stands in the field after each key.
pub(super) fn key_by_key(typed: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = typed.chars().collect();
    (1..=letters.len()).map(move |end| letters.iter().take(end).collect())
}
