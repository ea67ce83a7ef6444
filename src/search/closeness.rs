//! One typed word against one word of the record.

use std::sync::OnceLock;

use super::fuzzy::letters_in_order;
use super::names::{Kin, Membership};
use super::numbers;
use super::sound::{Heard, Sound};
use super::spelling::{self, Errors, HEAD};

/// Why a word was taken for the typed one, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The same word.
    Exact,
    /// It begins like that; or the typed digits are a run of the number's.
    Beginning,
    /// The same letters, but parted or joined otherwise: `jeanluc` for Jean-Luc.
    Joined,
    /// One or two letters off.
    Misspelt,
    /// A short form of the name: `bill` for William.
    ShortFor,
    /// The whole name where a short form is entered: `william` for Bill.
    LongFor,
    /// Another form of the name: `yousef` for Yusuf, `kathryn` for Katarzyna.
    Form,
    /// Spelt otherwise, and read aloud the same: `keeran` for Ciarán.
    Alike,
    /// The typed letters stand in it in this order: `mhd` for Mohammed.
    Letters,
    /// Too little was typed to exclude it.
    Open,
}

impl Why {
    /// What is said beside a hit; nothing where it speaks for itself.
    pub fn label(self) -> &'static str {
        match self {
            Self::Exact | Self::Beginning | Self::Joined | Self::Open => "",
            Self::Misspelt => "spelt nearly so",
            Self::ShortFor => "short for this",
            Self::LongFor => "long for this",
            Self::Form => "variant of this",
            Self::Alike => "sounds like this",
            Self::Letters => "some of its letters",
        }
    }
}

/// The most that a hit scores for which no typed word speaks: each was too short to exclude it.
pub const UNSUPPORTED: u16 = 5;

/// Keeps what something that was typed speaks for. The others are offered only where there is nothing better.
pub fn keep_supported<T>(hits: &mut Vec<T>, score: impl Fn(&T) -> i64) {
    let is_supported = |hit: &T| score(hit) > i64::from(UNSUPPORTED);
    if hits.iter().any(is_supported) {
        hits.retain(is_supported);
    }
}

/// How near, from 0 to 1000, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closeness {
    pub score: u16,
    pub why: Why,
}

impl Closeness {
    pub(super) const EXACT: Self = Self { score: 1000, why: Why::Exact };
    pub(super) const JOINED: Self = Self { score: 880, why: Why::Joined };
    pub(super) const OPEN: Self = Self { score: UNSUPPORTED, why: Why::Open };

    /// Of two reasons the better one, and a little for the other.
    pub(super) fn beside(self, other: Self) -> Self {
        let (better, worse) = if self.score >= other.score { (self, other) } else { (other, self) };
        let score = (better.score + worse.score / 20).min(Self::EXACT.score - 1).max(better.score);
        // What begins so needs no other reason.
        let why = if worse.why <= Why::Beginning { worse.why } else { better.why };
        Self { score, why }
    }
}

/// How generous the comparison is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Names in the index: any letter may be wrong, the first as well, and what sounds alike is near.
    Roll,
    /// One line on the screen: the first letter is right, or the list would not narrow at the first key.
    Line,
    /// Running text, word by word: as [`Reach::Line`], and letters in order mean nothing.
    Running,
    /// The vocabulary of running text: short words as they are, others as on the roll but for letters in order.
    Vocabulary,
}

/// The letters of a word as a set, its sound and its length: excludes most words without looking at them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Outline {
    all: u64,
    /// The letters that it begins with, as far as the third letter typed may have slipped.
    head: u64,
    sound: Sound,
    length: u8,
}

impl Outline {
    /// Digits, and the `&` between initials.
    const VERBATIM: u64 = 0x7ff << 26;

    pub(super) fn new(word: &[char]) -> Self {
        Self::with_head(word, HEAD + 1)
    }

    fn with_head(word: &[char], head: usize) -> Self {
        Self {
            all: set_of(word),
            head: set_of(word.get(..head).unwrap_or(word)),
            sound: Sound::new(word),
            length: u8::try_from(word.len()).unwrap_or(u8::MAX),
        }
    }

    fn is_verbatim(self) -> bool {
        self.all & Self::VERBATIM != 0
    }
}

/// The letters with which the words of a line begin, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Initials(u64);

impl Initials {
    pub(super) fn add(&mut self, word: &[char]) {
        self.0 |= set_of(word.get(..1).unwrap_or(word));
    }

    pub(super) fn join(&mut self, others: Self) {
        self.0 |= others.0;
    }
}

fn set_of(letters: &[char]) -> u64 {
    letters.iter().fold(0, |set, c| set | 1 << bit(*c))
}

fn bit(c: char) -> u32 {
    match c {
        'a'..='z' => u32::from(c) - u32::from('a'),
        '0'..='9' => 26 + u32::from(c) - u32::from('0'),
        '&' => 36,
        other => 37 + u32::from(other) % 27,
    }
}

/// Whether at most so many of the letters are missing; each of them costs at least one error.
fn at_most(errors: u8, missing: u64) -> bool {
    let without_lowest = |set: u64| set & set.wrapping_sub(1);
    match errors {
        0 => missing == 0,
        1 => without_lowest(missing) == 0,
        _ => without_lowest(without_lowest(missing)) == 0,
    }
}

/// A typed word, ready to be compared with many.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    letters: Vec<char>,
    /// The first of them, as a set.
    first: u64,
    outline: Outline,
    heard: Heard,
    /// The names that may be meant by it, looked up when they are first asked for: running text never asks.
    kin: OnceLock<Kin>,
}

/// More letters than any word of a name; the rest of what was typed excludes nothing.
const LONGEST: usize = 40;

impl Pattern {
    pub(super) fn new(folded: &str) -> Self {
        let letters: Vec<char> = folded.chars().take(LONGEST).collect();
        let outline = Outline::with_head(&letters, HEAD);
        let first = set_of(letters.get(..1).unwrap_or_default());
        Self { first, outline, heard: Heard::new(&letters), kin: OnceLock::new(), letters }
    }

    /// What no word is.
    pub(super) fn nothing() -> Self {
        Self::literal(&"\u{1}".repeat(LONGEST))
    }

    /// A word that stands for no other form of itself.
    pub(super) fn literal(folded: &str) -> Self {
        Self { kin: OnceLock::from(Kin::default()), ..Self::new(folded) }
    }

    pub(super) fn kin(&self) -> &Kin {
        self.kin.get_or_init(|| Kin::of(&self.letters.iter().collect::<String>()))
    }

    /// How near a name is as another form of what was typed. On a line beside other words two short forms of one name
    /// are no sign of each other: `bill` is not the word will.
    pub(super) fn kin_closeness(&self, name: Membership, reach: Reach) -> Option<Closeness> {
        match reach {
            Reach::Roll => self.kin().closeness(name),
            Reach::Line if self.is_one_letter() => {
                let begins = self.first & name.initials().0 != 0;
                begins.then_some(Closeness { score: 200, why: Why::Form })
            }
            Reach::Line => {
                self.kin().closeness(name).filter(|kin| kin.why != Why::Form || !self.kin().is_short())
            }
            Reach::Running | Reach::Vocabulary => None,
        }
    }

    pub(super) fn letters(&self) -> &[char] {
        &self.letters
    }

    /// Forms, dates, telephone numbers and `A&E` are typed right or not at all.
    pub(super) fn is_verbatim(&self) -> bool {
        self.outline.is_verbatim()
    }

    pub(super) fn is_number(&self) -> bool {
        numbers::is_number(&self.letters)
    }

    /// One or two letters, either of which may be wrong: they order the roll and exclude nobody.
    pub(super) fn is_open(&self) -> bool {
        self.letters.len() <= 2 && !self.is_verbatim()
    }

    /// False only where [`Self::closeness`] would be none; cheap enough to ask of every word there is.
    pub(super) fn may_match(&self, word: Outline, reach: Reach) -> bool {
        if self.wants_first_right(reach) && self.first & !word.head != 0 {
            return false;
        }
        let missing = self.outline.all & !word.all;
        let missing_at_once = self.outline.head & !word.head;
        missing == 0
            || at_most(1, missing_at_once) && at_most(self.allowed(word, reach), missing)
            || self.may_sound_like(word, reach)
    }

    /// False only where no word of a line can be what is typed first, by itself or joined with what follows it: on
    /// one line its first letter is right.
    pub(super) fn may_begin(&self, line: Initials) -> bool {
        self.is_verbatim() || self.first & line.0 != 0
    }

    /// A plain letter has a place of its own in the set: of it alone [`Self::may_begin`] says all there is to say.
    pub(super) fn is_one_letter(&self) -> bool {
        matches!(self.letters.as_slice(), ['a'..='z'])
    }

    /// On one line only a run of digits may begin elsewhere than the word does.
    fn wants_first_right(&self, reach: Reach) -> bool {
        match reach {
            Reach::Line | Reach::Running => !self.is_verbatim(),
            Reach::Roll | Reach::Vocabulary => false,
        }
    }

    pub(super) fn closeness(&self, word: &[char], outline: Outline, reach: Reach) -> Option<Closeness> {
        let by_letters = self.by_letters(word, outline, reach);
        if by_letters.is_some_and(|found| found.why <= Why::Beginning) {
            return by_letters;
        }
        let first_fits = reach == Reach::Roll || self.letters.first() == word.first();
        let alike = (first_fits && self.may_sound_like(outline, reach)).then(|| self.alike(word, outline));
        [by_letters, alike].into_iter().flatten().max_by_key(|closeness| closeness.score)
    }

    /// Without what merely sounds so.
    pub(super) fn by_letters(&self, word: &[char], outline: Outline, reach: Reach) -> Option<Closeness> {
        if word.starts_with(&self.letters) {
            return Some(self.beginning_of(word));
        }
        if self.is_verbatim() {
            return numbers::has_run(word, &self.letters)
                .then(|| Closeness { score: 600 + self.share_of(word, 250), why: Why::Beginning });
        }
        let misspelt = self.misspelt(word, self.allowed(outline, reach), reach);
        let letters = match reach {
            Reach::Roll | Reach::Line => self.letters_of(word),
            Reach::Running | Reach::Vocabulary => None,
        };
        [misspelt, letters].into_iter().flatten().max_by_key(|closeness| closeness.score)
    }

    fn beginning_of(&self, word: &[char]) -> Closeness {
        if word.len() == self.letters.len() {
            return Closeness::EXACT;
        }
        // Of one letter the length of the name says nothing.
        let share = if self.letters.len() == 1 { 50 } else { self.share_of(word, 200) };
        Closeness { score: 700 + share, why: Why::Beginning }
    }

    /// How many letters may be off. See the rule in the module's documentation; the vocabulary alone looks at
    /// what was typed, because it serves a search that is made anew.
    fn allowed(&self, word: Outline, reach: Reach) -> u8 {
        if self.is_verbatim() || word.is_verbatim() {
            return 0;
        }
        let by_word = spelling::allowed(usize::from(word.length));
        match reach {
            Reach::Roll | Reach::Line => by_word,
            Reach::Running => by_word.min(1),
            Reach::Vocabulary => match self.letters.len() {
                0..=3 => 0,
                4..=7 => by_word.min(1),
                _ => by_word,
            },
        }
    }

    fn misspelt(&self, word: &[char], allowed: u8, reach: Reach) -> Option<Closeness> {
        let first_is_right = self.letters.first() == word.first();
        let first_may_be_wrong = match reach {
            Reach::Roll => !self.is_open(),
            Reach::Vocabulary => true,
            Reach::Line | Reach::Running => false,
        };
        if allowed == 0 || !(first_is_right || first_may_be_wrong) {
            return None;
        }
        let found = spelling::errors(&self.letters, word, allowed)?;
        let score = self.score_of(found, allowed, word) + if first_is_right { 40 } else { 0 };
        Some(Closeness { score, why: Why::Misspelt })
    }

    fn score_of(&self, found: Errors, allowed: u8, word: &[char]) -> u16 {
        if found.whole <= allowed {
            return 720 - 150 * u16::from(found.whole);
        }
        450 - 150 * u16::from(found.beginning) + self.share_of(word, 100)
    }

    /// On a list that stands still while it is narrowed a name has to be long enough to be told from other words.
    fn may_sound_like(&self, word: Outline, reach: Reach) -> bool {
        let is_asked = match reach {
            Reach::Roll => true,
            Reach::Line => word.sound.is_long(),
            Reach::Running | Reach::Vocabulary => false,
        };
        is_asked && !self.is_open() && self.heard.begins(word.sound)
    }

    fn alike(&self, word: &[char], outline: Outline) -> Closeness {
        let score = match self.heard.is(outline.sound) {
            Some(off) => 560 - 30 * u16::try_from(off).unwrap_or(0),
            // Of one consonant too little was heard to speak for anybody.
            None if !self.heard.says_something() => UNSUPPORTED,
            None => 200 + self.share_of(word, 100),
        };
        Closeness { score, why: Why::Alike }
    }

    fn letters_of(&self, word: &[char]) -> Option<Closeness> {
        letters_in_order(&self.letters, word)
            .map(|found| Closeness { score: 150 + 2 * found.fit, why: Why::Letters })
    }

    /// `most` where all of the word was typed, less where less was.
    fn share_of(&self, word: &[char], most: u16) -> u16 {
        let share = usize::from(most) * self.letters.len() / word.len().max(1);
        u16::try_from(share).unwrap_or(most).min(most)
    }
}

#[cfg(test)]
mod tests {
    use super::{Closeness, Outline, Pattern, Reach, Why};

    fn closeness(typed: &str, word: &str, reach: Reach) -> Option<Closeness> {
        let letters: Vec<char> = word.chars().collect();
        let outline = Outline::new(&letters);
        let pattern = Pattern::new(typed);
        let found = pattern.closeness(&letters, outline, reach);
        assert!(found.is_none() || pattern.may_match(outline, reach), "{typed} {word}");
        found
    }

    fn why(typed: &str, word: &str) -> Option<Why> {
        closeness(typed, word, Reach::Roll).map(|found| found.why)
    }

    #[test]
    fn each_way_of_being_near() {
        assert_eq!(why("khan", "khan"), Some(Why::Exact));
        assert_eq!(why("kha", "khan"), Some(Why::Beginning));
        assert_eq!(why("jhon", "john"), Some(Why::Misspelt));
        assert_eq!(why("xohn", "john"), Some(Why::Misspelt));
        assert_eq!(why("keeran", "ciaran"), Some(Why::Alike));
        assert_eq!(why("mhd", "mohammed"), Some(Why::Letters));
        assert_eq!(why("patel", "khan"), None);
        assert_eq!(why("kit", "margaret"), None);
    }

    #[test]
    fn exactness_comes_before_cleverness() {
        let scores: Vec<u16> = ["hannah", "hann", "hanah", "xannah", "hnh"]
            .iter()
            .map(|typed| closeness(typed, "hannah", Reach::Roll).unwrap().score)
            .collect();
        assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
    }

    #[test]
    fn numbers_are_never_guessed_at() {
        assert_eq!(why("10b", "10b"), Some(Why::Exact));
        assert_eq!(why("10b", "10c"), None);
        assert_eq!(why("2011", "2012"), None);
        assert_eq!(why("00900", "07700900123"), Some(Why::Beginning));
    }

    #[test]
    fn lists_and_running_text_want_the_first_letter_right() {
        assert!(closeness("xohn", "john", Reach::Line).is_none());
        assert!(closeness("jhon", "john", Reach::Line).is_some());
        assert!(closeness("mhd", "mohammed", Reach::Line).is_some());
        assert!(closeness("mhd", "mohammed", Reach::Running).is_none());
    }
}
