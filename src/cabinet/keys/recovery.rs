//! The recovery key: words on paper, which open the desk when a passphrase is forgotten.
//!
//! Sixteen words are 128 random bits, and the seventeenth is the first byte of their SHA-256: it shows that one was
//! written down wrongly. HKDF with SHA-256 (RFC 5869, no salt) draws the private keys from the bits, so the words are
//! all that there is: no file of theirs lies on the desk, and none can be lost.

use bech32::{Bech32, Hrp};
use hkdf::Hkdf;
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{Error, Identity, Result, hex};
use crate::domain::headwords;
use crate::domain::person::RecoveryKey;

/// How many words there are.
pub const WORDS: usize = BYTES + 1;
const BYTES: usize = 16;
/// Room for the longest word and a space, so that the text never grows and leaves its beginning behind.
const LONGEST: usize = 10;
/// What tells the two keys apart that are drawn from the same bits.
const SEALING: &[u8] = b"dsl-desk recovery key, X25519";
const SIGNING: &[u8] = b"dsl-desk recovery key, Ed25519";

/// A new recovery key and its words, parted by spaces.
pub fn make() -> Result<(SecretString, Identity)> {
    let mut bits = Zeroizing::new([0; BYTES]);
    getrandom::fill(bits.as_mut_slice()).map_err(|_| Error::Random)?;
    Ok((spoken(&bits), identity(&bits)?))
}

/// The places, from 0, of two different words.
pub fn two_places() -> Result<[usize; 2]> {
    let mut drawn = [0; 2];
    getrandom::fill(&mut drawn).map_err(|_| Error::Random)?;
    let [first, step] = drawn.map(usize::from);
    let (first, step) = (first % WORDS, 1 + step % (WORDS - 1));
    let second = (first + step) % WORDS;
    Ok([first.min(second), first.max(second)])
}

/// The recovery key that belongs to words as somebody typed them: numbers between them and capitals do not matter.
pub fn heard(words: &str) -> Result<Identity> {
    let mut bytes = Zeroizing::new([0; WORDS]);
    let mut heard = 0;
    let spoken = words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    for word in spoken {
        let lower = Zeroizing::new(word.to_lowercase());
        let byte = headwords::byte_of(&lower).ok_or(Error::NoSuchWord(heard + 1))?;
        *bytes.get_mut(heard).ok_or(Error::WordsDoNotFit)? = byte;
        heard += 1;
    }
    match bytes.split_last_chunk::<1>() {
        Some((bits, [check])) if heard == WORDS && checksum(bits) == *check => {
            let mut kept = Zeroizing::new([0; BYTES]);
            kept.copy_from_slice(bits);
            identity(&kept)
        }
        _ => Err(Error::WordsDoNotFit),
    }
}

fn spoken(bits: &[u8; BYTES]) -> SecretString {
    let mut text = Zeroizing::new(String::with_capacity(WORDS * LONGEST));
    for byte in bits.iter().chain([&checksum(bits)]) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(headwords::for_byte(*byte));
    }
    SecretString::from(text.as_str())
}

fn checksum(bits: &[u8]) -> u8 {
    Sha256::digest(bits).first().copied().unwrap_or_default()
}

fn identity(bits: &[u8; BYTES]) -> Result<Identity> {
    let (sealing, signing) = (drawn(bits, SEALING)?, drawn(bits, SIGNING)?);
    // The form in which stock `age` takes a key.
    let key = bech32::encode_upper::<Bech32>(Hrp::parse_unchecked("AGE-SECRET-KEY-"), sealing.as_slice());
    let key = Zeroizing::new(key.map_err(|_| Error::Random)?);
    let age = key.parse().map_err(|_: &str| Error::Random)?;
    Ok(Identity::new(age, &signing))
}

fn drawn(bits: &[u8; BYTES], purpose: &[u8]) -> Result<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, bits).expand(purpose, key.as_mut_slice()).map_err(|_| Error::Random)?;
    Ok(key)
}

impl Identity {
    /// What the ledger knows a recovery key by.
    pub fn recovery_key(&self) -> RecoveryKey {
        RecoveryKey {
            recipient: self.age.to_public().to_string(),
            signing_key: hex(self.signing.verifying_key().as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn the_same_words_give_the_same_key_for_ever() {
        let bits = [7; BYTES];
        let key = identity(&bits).unwrap().recovery_key();
        assert_eq!(key, heard(spoken(&bits).expose_secret()).unwrap().recovery_key());
        // Drawn once with another implementation of HKDF; whoever has words on paper relies on it.
        let sealing = hex(drawn(&bits, SEALING).unwrap().as_slice());
        assert_eq!(sealing, "5047d0e16ac7fdad86df8621aa64168e50f021eea34ee9b6ca9eb51913461853");
        let signing = hex(drawn(&bits, SIGNING).unwrap().as_slice());
        assert_eq!(signing, "06142f7ff076b6acc563d7608bfcd701252a20ab89d60a77b9badbd108d7684a");
    }

    #[test]
    fn two_words_that_are_asked_back_are_two() {
        for [first, second] in (0..500).map(|_| two_places().unwrap()) {
            assert!(first < second && second < WORDS, "{first} {second}");
        }
    }

    #[test]
    fn words_are_heard_as_people_write_them_down() {
        let (words, made) = make().unwrap();
        assert_eq!(words.expose_secret().split(' ').count(), WORDS);
        let words_of_it = || words.expose_secret().split(' ');
        let numbered: Vec<String> =
            (1..).zip(words_of_it()).map(|(n, word)| format!("{n}. {word}")).collect();
        let numbered = numbered.join("\n");
        for written in [
            numbered.as_str(),
            &words.expose_secret().to_uppercase(),
            &format!(" {} ", words.expose_secret()),
        ] {
            assert_eq!(heard(written).unwrap().recovery_key(), made.recovery_key());
        }
    }

    #[test]
    fn a_word_that_is_another_is_noticed() {
        let bits = [7; BYTES];
        let words = spoken(&bits);
        let words: Vec<&str> = words.expose_secret().split(' ').collect();
        let mut unknown = words.clone();
        unknown[4] = "safeguarding";
        assert!(matches!(heard(&unknown.join(" ")), Err(Error::NoSuchWord(5))));
        let mut missing = words.clone();
        missing.pop();
        let mut more = words.clone();
        more.push("apple");
        let noticed = (0..=255).filter(|byte| {
            let mut other = words.clone();
            other[3] = headwords::for_byte(*byte);
            other != words && heard(&other.join(" ")).is_err()
        });
        assert!(noticed.count() > 245, "one in 256 may pass, and then opens nothing");
        for wrong in [missing, more, vec![]] {
            assert!(matches!(heard(&wrong.join(" ")), Err(Error::WordsDoNotFit)));
        }
    }
}
