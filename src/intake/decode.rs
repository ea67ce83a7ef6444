//! Bytes become text: a byte-order mark decides, then UTF-8, and what is not UTF-8 is Windows-1252.
//!
//! Form services export UTF-8 into which people paste from Word, so the two occur in one file. Deciding for each
//! run of bytes instead of for the whole file spoils neither.

/// Whether a text was UTF-8 throughout, as JSON has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Other,
}

pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: Encoding,
}

pub(super) fn decode(bytes: &[u8]) -> Decoded {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8_or_windows(rest),
        bytes => utf8_or_windows(bytes),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text: String = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    if !odd.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Decoded { text, encoding: Encoding::Other }
}

fn utf8_or_windows(bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let mut encoding = Encoding::Utf8;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            encoding = Encoding::Other;
            text.extend(chunk.invalid().iter().map(|byte| windows_1252(*byte)));
        }
    }
    Decoded { text, encoding }
}

/// Bytes 0x80 to 0x9f of Windows-1252; elsewhere it is Latin-1. The five that it leaves free stay what they are.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', //
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    byte.checked_sub(0x80)
        .and_then(|index| WINDOWS_1252.get(usize::from(index)))
        .copied()
        .unwrap_or_else(|| char::from(byte))
}

#[cfg(test)]
mod tests {
    use super::{Encoding, decode};

    fn check(bytes: &[u8], text: &str, encoding: Encoding) {
        let decoded = decode(bytes);
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
    }

    #[test]
    fn utf8_with_and_without_its_mark() {
        check("Zoë".as_bytes(), "Zoë", Encoding::Utf8);
        check(b"\xef\xbb\xbfZo\xc3\xab", "Zoë", Encoding::Utf8);
    }

    #[test]
    fn utf16_of_either_order() {
        check(b"\xff\xfeZ\0o\0\xeb\0", "Zoë", Encoding::Other);
        check(b"\xfe\xff\0Z\0o\0\xeb", "Zoë", Encoding::Other);
    }

    #[test]
    fn utf16_that_ends_in_the_middle_of_a_letter() {
        check(b"\xff\xfeZ\0o", "Z\u{fffd}", Encoding::Other);
    }

    #[test]
    fn windows_letters_and_dashes() {
        check(b"Zo\xeb \x97 Siobh\xe1n\x92s", "Zoë — Siobhán’s", Encoding::Other);
    }

    #[test]
    fn one_windows_byte_spoils_no_utf8_around_it() {
        check(b"Zo\xc3\xab \x97 end", "Zoë — end", Encoding::Other);
    }
}
