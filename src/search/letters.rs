//! Characters as they are compared: without case, accents and the letters that a British keyboard lacks.
//!
//! Marks are taken off letters that are read without them. The vowel signs of Gujarati, Punjabi, Bengali and
//! their neighbours are letters of the word, and stay.
//!
//! Two initials and the `&` between them are one word: of `A&E` neither letter says anything by itself.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// What a character comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A letter or digit of a word, or the `&` between two initials.
    Letter(char),
    /// The end of a word: space, hyphen, punctuation.
    Gap,
}

/// Gives the pieces of a text in order, each with the byte at which its character stands.
pub(super) fn read(text: &str, take: &mut impl FnMut(usize, Piece)) {
    let mut word = WordSoFar::Empty;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        let and = text.get(at..).filter(|_| word == WordSoFar::Initial).and_then(and_before_initial);
        if let Some(and) = and {
            word = WordSoFar::Longer;
            take(at, Piece::Letter('&'));
            // The first of its characters has been read.
            chars.by_ref().take(and.len() - 1).for_each(drop);
            continue;
        }
        pieces(c, &mut |piece| {
            word = word.followed_by(piece);
            take(at, piece);
        });
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum WordSoFar {
    Empty,
    /// One plain letter.
    Initial,
    Longer,
}

impl WordSoFar {
    fn followed_by(self, piece: Piece) -> Self {
        match (self, piece) {
            (_, Piece::Gap) => Self::Empty,
            (Self::Empty, Piece::Letter('a'..='z')) => Self::Initial,
            (_, Piece::Letter(_)) => Self::Longer,
        }
    }
}

/// The `&` with which a text goes on after one initial, if another stands behind it: `&E` or ` & E`. Where there is
/// room around it the other has to stand alone: `Class A & Essex` are words of their own.
fn and_before_initial(rest: &str) -> Option<&'static str> {
    let and = ["&", " & "].into_iter().find(|and| rest.starts_with(and))?;
    let mut next = rest.chars().skip(and.len());
    let begins = next.next()?.is_ascii_alphabetic();
    let goes_on = next.next().is_some_and(|c| c.is_alphanumeric() || c == '&');
    (begins && !(goes_on && and.starts_with(' '))).then_some(and)
}

/// Gives the pieces of one character: usually one, none for an apostrophe, several for a ligature.
fn pieces(c: char, take: &mut impl FnMut(Piece)) {
    if c.is_ascii() {
        return ascii(c, take);
    }
    if is_silent(c) {
        return;
    }
    decompose_compatible(c, |part| {
        for lower in part.to_lowercase() {
            decompose_compatible(lower, |plain| settled(plain, take));
        }
    });
}

fn ascii(c: char, take: &mut impl FnMut(Piece)) {
    match c {
        'A'..='Z' => take(Piece::Letter(c.to_ascii_lowercase())),
        'a'..='z' | '0'..='9' => take(Piece::Letter(c)),
        '\'' | '`' => {}
        _ => take(Piece::Gap),
    }
}

/// A character that is already decomposed and in lower case.
fn settled(c: char, take: &mut impl FnMut(Piece)) {
    if is_silent(c) || is_accent(c) {
        return;
    }
    if c.is_ascii() {
        ascii(c, take);
    } else if let Some(instead) = plain_letters(c) {
        instead.chars().for_each(|letter| take(Piece::Letter(letter)));
    } else if let Some(digit) = decimal_digit(c) {
        take(Piece::Letter(digit));
    } else if c.is_alphanumeric() || is_combining_mark(c) {
        take(Piece::Letter(c));
    } else {
        take(Piece::Gap);
    }
}

/// Apostrophes of every kind, the marks that stand for ayn, hamza and okina, and what is invisible inside a word.
fn is_silent(c: char) -> bool {
    matches!(
        c,
        '‘' | '’'
            | '‚'
            | '‛'
            | '´'
            | '′'
            | '‵'
            | '＇'
            | '｀'
            | '՚'
            | '׳'
            | '״'
            | 'ꞌ'
            | 'Ꞌ'
            | 'ʹ'
            | 'ʺ'
            | 'ʻ'
            | 'ʼ'
            | 'ʽ'
            | 'ʾ'
            | 'ʿ'
            | 'ˈ'
            | 'ˊ'
            | 'ˋ'
            | 'ـ'
            | '\u{ad}'
            | '\u{200c}'
            | '\u{200d}'
            | '\u{2060}'
            | '\u{feff}'
    )
}

fn is_accent(c: char) -> bool {
    is_combining_mark(c) && (!is_vowel_sign(c) || is_nukta(c))
}

/// Marks of the scripts from Devanagari to Khmer, where they are vowels and not ornaments.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{a8e0}'..='\u{a8ff}' | '\u{11000}'..='\u{1197f}')
}

/// The dot below that many leave out.
fn is_nukta(c: char) -> bool {
    matches!(c, '\u{93c}' | '\u{9bc}' | '\u{a3c}' | '\u{abc}')
}

/// Letters that have no accent to take off, as they are typed by those who have not got them.
fn plain_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'ø' | 'ɔ' => "o",
        'đ' | 'ð' | 'ɗ' | 'ɖ' => "d",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŋ' => "n",
        'ŧ' => "t",
        'ɓ' => "b",
        'ƙ' | 'ĸ' => "k",
        'ƴ' => "y",
        'ɛ' | 'ə' | 'ǝ' => "e",
        'ς' => "σ",
        'ى' | 'ی' | 'ے' => "ي",
        'ک' => "ك",
        'ة' | 'ہ' | 'ھ' | 'ە' => "ه",
        'ٱ' => "ا",
        _ => return None,
    })
}

/// A digit of another script as the digit that it is.
fn decimal_digit(c: char) -> Option<char> {
    const ZEROS: [u32; 8] = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6];
    ZEROS
        .iter()
        .filter_map(|zero| u32::from(c).checked_sub(*zero))
        .find(|value| *value < 10)
        .and_then(|value| char::from_digit(value, 10))
}
