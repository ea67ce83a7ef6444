//! Text that came from outside, made safe to show once and for all (T8–T13).
//!
//! Control characters, terminal escapes and the invisible characters that reorder or hide text become visible
//! symbols. The untouched bytes stay in the cabinet as the original file. Nothing here shortens or rewords.

use std::fmt::{self, Write as _};
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::char::is_combining_mark;

/// More marks on one letter than any script needs; the rest would only be drawn over its neighbours (T13).
const MARKS_ON_A_LETTER: usize = 8;

/// Text that holds no control character but newline and tab, and no invisible character that reorders it.
///
/// Its `Debug` form gives only its length, so that no child's words reach a log or a panic.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    pub fn new(raw: &str) -> Self {
        Self(clean(raw))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Nothing that anybody could see, but the marks of what nobody can.
    pub fn is_blank(&self) -> bool {
        let mut rest = self.0.as_str();
        while let Some(first) = rest.chars().next() {
            let behind = match mark_of_the_unseen(rest) {
                None if first.is_whitespace() || is_joiner(first) || is_unseen(first) => first.len_utf8(),
                None => return false,
                Some(length) => length,
            };
            rest = rest.get(behind..).unwrap_or_default();
        }
        true
    }

    /// Everything on one line, for a list.
    pub fn one_line(&self) -> String {
        self.0.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(raw: &str) -> Self {
        Self::new(raw)
    }
}

impl From<String> for Text {
    fn from(raw: String) -> Self {
        Self::new(&raw)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes)", self.0.len())
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|raw| Self::new(&raw))
    }
}

/// With a full stop where none ends it, so that what follows is a sentence of its own.
pub fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}

/// With a capital where a sentence begins.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What [`Text`] does, for text that is only passing through (a file name, an error of somebody else's).
pub fn clean(raw: &str) -> String {
    // Most text is plain, and every hit of the finder is read through here.
    if raw.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    let mut marks = 0;
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\r' && chars.peek() == Some(&'\n') {
            continue;
        }
        // A joiner is one more thing on the letter, not the end of it.
        marks = if is_combining_mark(c) || is_joiner(c) { marks + 1 } else { 0 };
        if marks <= MARKS_ON_A_LETTER {
            push_visible(&mut out, c);
        }
    }
    out
}

fn push_visible(out: &mut String, c: char) {
    match c {
        '\n' | '\t' => out.push(c),
        '\u{0}'..='\u{1f}' => out.push(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
        '\u{7f}' => out.push('␡'),
        c if reorders_or_hides(c) => {
            // Writing to a string cannot fail.
            let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
        }
        c => out.push(c),
    }
}

/// How long the mark is with which a text begins, where [`push_visible`] put it in place of what is not seen.
fn mark_of_the_unseen(text: &str) -> Option<usize> {
    if text.starts_with(|c: char| matches!(c, '\u{2400}'..='\u{241f}' | '␡')) {
        return text.chars().next().map(char::len_utf8);
    }
    let (digits, _) = text.strip_prefix("⟨U+")?.split_once('⟩')?;
    let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
    reorders_or_hides(c).then_some("⟨U+".len() + digits.len() + '⟩'.len_utf8())
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Letters and marks that leave no trace: a name of nothing but these would be no name.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{34f}'
        | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180d}' | '\u{180f}'
        | '\u{2800}'
        | '\u{3164}' | '\u{ffa0}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}')
}

/// C1 controls, bidirectional controls, invisible joiners that no script needs, line separators and tags.
/// The zero-width joiner and non-joiner stay: Persian, Gujarati, Punjabi and emoji are written with them; so do the
/// first sixteen variation selectors, for emoji.
pub fn reorders_or_hides(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
        || is_unseen(c) && !matches!(c, '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::{Text, clean};

    #[test]
    fn escapes_are_shown_and_never_kept() {
        assert_eq!(clean("a\u{1b}[2Jb"), "a␛[2Jb");
        assert_eq!(clean("NO\rYES"), "NO␍YES");
        assert_eq!(clean("one\r\ntwo\tthree"), "one\ntwo\tthree");
        assert_eq!(clean("\u{9b}31m"), "⟨U+009B⟩31m");
    }

    #[test]
    fn reordering_is_shown() {
        assert_eq!(clean("Zoë\u{202e}dlihc"), "Zoë⟨U+202E⟩dlihc");
    }

    #[test]
    fn joiners_that_scripts_need_stay() {
        let gujarati = "ક્\u{200d}ષ";
        assert_eq!(clean(gujarati), gujarati);
    }

    #[test]
    fn a_flood_of_marks_is_cut() {
        let flood = format!("e{}", "\u{301}".repeat(5000));
        assert_eq!(clean(&flood).chars().count(), 9);
    }

    #[test]
    fn joiners_do_not_hide_a_flood() {
        let flood = format!("e{}", format!("{}\u{200d}", "\u{301}".repeat(8)).repeat(500));
        assert_eq!(clean(&flood).chars().count(), 9);
        assert_eq!(clean(&"\u{200d}".repeat(5000)).chars().count(), 8);
    }

    #[test]
    fn what_nobody_can_see_is_shown_and_is_no_name() {
        assert_eq!(clean("\u{3164}\u{2800}"), "⟨U+3164⟩⟨U+2800⟩");
        assert!(Text::new("\u{200d} \u{fe0f}").is_blank());
        for unseen in ["", " \n", "\u{200b}", "\u{3164} \u{2800}", "\u{e0041}\u{ad}", "\u{1b}\r", "\u{7f}"] {
            assert!(Text::new(unseen).is_blank(), "{unseen:?}");
        }
        for seen in ["x\u{200b}", "\u{200b}.", "⟨U+0041⟩", "⟨U+", "⟨U+200B", "␛[2J"] {
            assert!(!Text::new(seen).is_blank(), "{seen:?}");
        }
        assert_eq!(clean("❤\u{fe0f}"), "❤\u{fe0f}");
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        let once = clean("\u{1b}\u{202e}x\r");
        assert_eq!(clean(&once), once);
    }

    #[test]
    fn debug_never_shows_the_words() {
        assert!(!format!("{:?}", Text::new("Zara")).contains("Zara"));
    }

    #[test]
    fn reading_from_json_cleans() {
        let text: Text = serde_json::from_str("\"a\\u001bb\"").unwrap();
        assert_eq!(text.as_str(), "a␛b");
    }
}
