//! The ledger's newest hash as six words that can be read out, written down and compared.
//!
//! 48 of its 256 bits: enough to notice that a record is another one than it was, not a proof. `verify` is that.

/// One word for each value of a byte; checked by a test.
const WORDS: &str = include_str!("../../data/words.txt");
const HOW_MANY: usize = 6;

/// The words for a hash in hexadecimal; as many as it has bytes for.
pub fn of(hash: &str) -> String {
    let words: Vec<&str> = WORDS.lines().filter(|line| !line.starts_with('#')).collect();
    let digits: Vec<u32> = hash.chars().map_while(|digit| digit.to_digit(16)).collect();
    let bytes = digits
        .chunks_exact(2)
        .take(HOW_MANY)
        .map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit));
    let spoken = bytes.filter_map(|byte| words.get(usize::try_from(byte).ok()?).copied());
    spoken.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{WORDS, of};

    #[test]
    fn there_is_one_plain_word_for_every_byte() {
        let words: Vec<&str> = WORDS.lines().filter(|line| !line.starts_with('#')).collect();
        let different: BTreeSet<&str> = words.iter().copied().collect();
        assert_eq!((words.len(), different.len()), (256, 256));
        assert!(
            words
                .iter()
                .all(|word| (3..=7).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase()))
        );
    }

    #[test]
    fn six_bytes_are_six_words_and_each_byte_counts() {
        assert_eq!(of(&"00".repeat(32)), ["apple"; 6].join(" "));
        assert_eq!(of("0001feff0001").split(' ').count(), 6);
        assert_ne!(of("000000000001"), of("000000000000"));
    }
}
