//! A hash of the ledger as eight words that can be read out, written down and compared; and what somebody noted of
//! one, looked for again.
//!
//! Eight words of 256 are 64 of its 256 bits. Six would be 48, and whoever holds every key can try as many entries in
//! an afternoon with one graphics card until one has the words that were noted; 64 take it years. Whoever prepares two
//! records before the words are noted needs far fewer (2³²): against them the whole hash is noted, which
//! `verify --json` prints and which is taken here as well.

/// One word for each value of a byte; that no two of them sound alike is checked by a test.
const WORDS: &str = include_str!("../../data/words.txt");
/// How many words name an entry.
pub const HOW_MANY: usize = 8;
/// A hash in hexadecimal.
const DIGITS: usize = 64;

/// The words for a hash in hexadecimal.
pub fn of(hash: &str) -> String {
    let words = list();
    let spoken = bytes(hash).into_iter().flatten().filter_map(|byte| words.get(usize::from(byte)).copied());
    spoken.collect::<Vec<_>>().join(" ")
}

/// One of the words for a hash, counted from 0.
pub fn word(hash: &str, place: usize) -> Option<&'static str> {
    list().get(usize::from(*bytes(hash)?.get(place)?)).copied()
}

/// The word for a byte.
pub fn for_byte(byte: u8) -> &'static str {
    list().get(usize::from(byte)).copied().unwrap_or_default()
}

/// The byte that a word in small letters stands for.
pub fn byte_of(word: &str) -> Option<u8> {
    list().iter().position(|known| *known == word).and_then(|place| u8::try_from(place).ok())
}

/// What somebody wrote down or was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Noted {
    /// None stands for a word that is not on the list.
    Words([Option<u8>; HOW_MANY]),
    /// The whole hash, in hexadecimal.
    Hash(String),
}

/// How what was noted fits a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    Whole,
    /// All words but this one, counted from 0.
    AllBut(usize),
    Not,
}

/// Why something cannot be what was noted. Never repeats what was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotNoted {
    #[error("An entry is named by eight words, and {0} were given. Give all of them, as they were printed.")]
    Count(usize),
    #[error("{0} of the words are not on the list from which they are printed. Read them again.")]
    Unknown(usize),
}

impl Noted {
    /// Reads words in any case, in one piece or in several, whatever stands between them.
    pub fn parse<S: AsRef<str>>(pieces: &[S]) -> Result<Self, NotNoted> {
        let text = pieces.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" ").to_lowercase();
        let spoken: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        if let [hash] = spoken.as_slice()
            && hash.len() == DIGITS
            && hash.bytes().all(|digit| digit.is_ascii_hexdigit())
        {
            return Ok(Self::Hash((*hash).to_owned()));
        }
        let words = list();
        let value = |spoken: &&str| u8::try_from(words.iter().position(|word| word == spoken)?).ok();
        let values: Vec<Option<u8>> = spoken.iter().map(value).collect();
        let values = <[Option<u8>; HOW_MANY]>::try_from(values).map_err(|all| NotNoted::Count(all.len()))?;
        match values.iter().filter(|value| value.is_none()).count() {
            // One may have been misread, and the others say which it was.
            0 | 1 => Ok(Self::Words(values)),
            several => Err(NotNoted::Unknown(several)),
        }
    }

    pub fn fit(&self, hash: &str) -> Fit {
        match self {
            Self::Hash(noted) if noted == hash => Fit::Whole,
            Self::Hash(_) => Fit::Not,
            Self::Words(noted) => bytes(hash).map_or(Fit::Not, |bytes| fit(noted, bytes)),
        }
    }

    /// The word that is not on the list, counted from 0.
    pub fn unknown(&self) -> Option<usize> {
        match self {
            Self::Words(noted) => noted.iter().position(Option::is_none),
            Self::Hash(_) => None,
        }
    }
}

fn fit(noted: &[Option<u8>; HOW_MANY], bytes: [u8; HOW_MANY]) -> Fit {
    let mut wrong = noted.iter().zip(bytes).enumerate().filter(|(_, (noted, byte))| **noted != Some(*byte));
    match (wrong.next(), wrong.next()) {
        (None, _) => Fit::Whole,
        (Some((place, _)), None) => Fit::AllBut(place),
        (Some(_), Some(_)) => Fit::Not,
    }
}

fn list() -> Vec<&'static str> {
    WORDS.lines().filter(|line| !line.starts_with('#')).collect()
}

/// The bytes of a hash that its words stand for.
fn bytes(hash: &str) -> Option<[u8; HOW_MANY]> {
    let (pairs, _) = hash.as_bytes().as_chunks::<2>();
    let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = [0; HOW_MANY];
    for (place, byte) in bytes.iter_mut().enumerate() {
        let [high, low] = *pairs.get(place)?;
        *byte = digit(high)? << 4 | digit(low)?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests;
