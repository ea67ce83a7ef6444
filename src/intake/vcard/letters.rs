//! Letters that other programs broke: cut in two by a fold, or written as two halves that only belong together in
//! UTF-16. Works on bytes, before anything is decoded.

use std::borrow::Cow;

/// The bytes with every letter in one piece again; UTF-16 gets its mark where it has none.
pub(in crate::intake) fn with_whole_letters(bytes: &[u8]) -> Cow<'_, [u8]> {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => bytes.into(),
        [b'B' | b'b', 0, ..] => [&[0xff, 0xfe], bytes].concat().into(),
        [0, b'B' | b'b', ..] => [&[0xfe, 0xff], bytes].concat().into(),
        bytes => with_pairs_joined(&unfolded_within_letters(bytes)).into_owned().into(),
    }
}

/// Old programs fold a line after so many bytes, wherever that is.
fn unfolded_within_letters(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_within = |before: Option<&u8>, after: Option<&u8>| {
        before.is_some_and(|byte| *byte >= 0x80) && after.is_some_and(|byte| matches!(byte, 0x80..=0xbf))
    };
    let mut whole = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        let folded = match rest {
            [b'\r', b'\n', b' ' | b'\t', tail @ ..] | [b'\n', b' ' | b'\t', tail @ ..] => Some(tail),
            _ => None,
        };
        rest = match folded {
            Some(tail) if is_within(whole.last(), tail.first()) && is_cut(&whole, tail) => tail,
            _ => {
                whole.push(*first);
                after
            }
        };
    }
    whole.into()
}

/// Whether the end of the one and the beginning of the other are one letter of UTF-8, and the end alone is none.
fn is_cut(before: &[u8], after: &[u8]) -> bool {
    let tail = before.get(before.len().saturating_sub(3)..).unwrap_or_default();
    let start = tail.iter().rposition(|byte| *byte >= 0xc0).unwrap_or(tail.len());
    let begun = tail.get(start..).unwrap_or_default();
    let length = match begun.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => return false,
    };
    let missing = usize::checked_sub(length, begun.len()).filter(|missing| *missing > 0);
    let others = missing.and_then(|missing| after.get(..missing));
    others.is_some_and(|others| std::str::from_utf8(&[begun, others].concat()).is_ok())
}

/// A letter beyond the first plane, written as two surrogates of three bytes each (CESU-8): no UTF-8, but what
/// telephones of some years wrote.
pub(super) fn with_pairs_joined(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.windows(2).any(|pair| matches!(pair, [0xed, 0xa0..=0xbf])) {
        return bytes.into();
    }
    let mut joined = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = if let [0xed, a @ 0xa0..=0xaf, b, 0xed, c @ 0xb0..=0xbf, d, tail @ ..] = rest {
            let unit = |middle: u8, last: u8| 0xd000 | u16::from(middle & 0x3f) << 6 | u16::from(last & 0x3f);
            joined.extend(of_units(&[unit(*a, *b), unit(*c, *d)]).bytes());
            tail
        } else {
            joined.push(*first);
            after
        };
    }
    joined.into()
}

/// Text of UTF-16 units; half a letter becomes the sign for one that cannot be read.
pub(super) fn of_units(units: &[u16]) -> String {
    char::decode_utf16(units.iter().copied()).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests {
    use super::with_whole_letters;

    fn whole(bytes: &[u8]) -> Vec<u8> {
        with_whole_letters(bytes).into_owned()
    }

    #[test]
    fn a_letter_that_a_fold_cut_in_two() {
        assert_eq!(whole(b"FN:Zo\xc3\r\n \xabMarsh"), "FN:ZoëMarsh".as_bytes());
        assert_eq!(whole(b"N:\xf0\x9f\n \x98\x80"), "N:😀".as_bytes());
        assert_eq!(whole(b"FN:Zo\xc3\xab\r\n x"), "FN:Zoë\r\n x".as_bytes(), "a fold between letters stays");
        assert_eq!(
            whole(b"FN:Zo\xeb\r\n \xe9"),
            b"FN:Zo\xeb\r\n \xe9",
            "and so does one of another encoding"
        );
    }

    #[test]
    fn a_letter_in_two_surrogates() {
        assert_eq!(whole(b"FN:\xed\xa0\xbd\xed\xb8\x80!"), "FN:😀!".as_bytes());
        assert_eq!(whole(b"FN:\xed\xa0\xbd!"), b"FN:\xed\xa0\xbd!");
    }

    #[test]
    fn utf16_without_its_mark() {
        assert_eq!(whole(b"B\0E\0"), b"\xff\xfeB\0E\0");
        assert_eq!(whole(b"\0B\0E"), b"\xfe\xff\0B\0E");
    }
}
