//! What a child or a contact may be found by.

use chrono::{Datelike as _, NaiveDate};

use super::fold::fold;
use super::numbers::Dialled;

/// Where a word stands, best first: a name outweighs a role, a role outweighs running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Name,
    /// A telephone number.
    Phone,
    /// What tells people of one name apart: date of birth, form.
    Detail,
    /// Role, organisation, school.
    Role,
    Text,
}

impl Field {
    pub(super) const ALL: [Self; 5] = [Self::Name, Self::Phone, Self::Detail, Self::Role, Self::Text];

    /// Its share of a full score, in hundredths.
    pub(super) fn weight(self) -> u32 {
        match self {
            Self::Name => 100,
            Self::Phone | Self::Detail => 95,
            Self::Role => 75,
            Self::Text => 45,
        }
    }
}

/// What speaks for a record beside its words: a current child before one who left, then who has an open concern, then
/// of whom something was recorded lately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub has_left: bool,
    pub has_open_concern: bool,
    /// From 0 to [`Self::NEWEST`].
    pub recency: u8,
}

impl Standing {
    pub const NEWEST: u8 = 5;

    /// Added to a score; less than a letter that is wrong costs.
    pub(super) fn points(self) -> u32 {
        let current = if self.has_left { 0 } else { 16 };
        let open = if self.has_open_concern { 8 } else { 0 };
        current + open + u32::from(self.recency.min(Self::NEWEST))
    }
}

/// `1st`, `22nd`. A word of the card and not a way to read what is typed: `9t` is the beginning of `9th` and of a form.
fn ordinal(day: u32) -> String {
    let ending = match (day % 10, day) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{day}{ending}")
}

/// The folded words of one record, by field.
#[derive(Clone, Debug, Default)]
pub struct Card {
    words: Vec<(Field, String)>,
}

impl Card {
    pub fn new() -> Self {
        Self::default()
    }

    /// A name; of a contact, also the service that it is.
    #[must_use]
    pub fn name(self, name: &str) -> Self {
        self.words_of(Field::Name, name)
    }

    #[must_use]
    pub fn role(self, role: &str) -> Self {
        self.words_of(Field::Role, role)
    }

    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.words_of(Field::Text, text)
    }

    /// The form, as `10B` or `10 B`.
    #[must_use]
    pub fn form(self, form: &str) -> Self {
        let joined = fold(form).replace(' ', "");
        self.word(Field::Detail, joined).words_of(Field::Detail, form)
    }

    /// A date of birth, found by its year, by its day and month, or by the month's name.
    #[must_use]
    pub fn born(self, date: NaiveDate) -> Self {
        let said = |part: &str| date.format(part).to_string();
        // The month's name weighs less: `ma` is rather the beginning of a name than of March.
        ["%Y", "%y", "%m", "%-m", "%d", "%-d"]
            .iter()
            .fold(self, |card, part| card.words_of(Field::Detail, &said(part)))
            .word(Field::Detail, ordinal(date.day()))
            .words_of(Field::Text, &said("%B"))
    }

    /// A telephone number as it was written, with whatever note stands beside it.
    #[must_use]
    pub fn phone(self, number: &str) -> Self {
        let folded = fold(number);
        let is_digits = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
        let digits: String = folded.split(' ').take_while(is_digits).collect();
        let dialled = Dialled::new(&digits);
        self.word(Field::Phone, dialled.here)
            .word(Field::Phone, dialled.abroad)
            .words_of(Field::Phone, number)
    }

    pub(super) fn words(&self) -> impl Iterator<Item = (Field, &str)> {
        self.words.iter().map(|(field, word)| (*field, word.as_str()))
    }

    fn words_of(self, field: Field, text: &str) -> Self {
        fold(text).split(' ').fold(self, |card, word| card.word(field, word.to_owned()))
    }

    fn word(mut self, field: Field, word: String) -> Self {
        let word = (field, word);
        // A name is kept as it is, for `Ali Ali` is not `Ali`; elsewhere once is enough.
        if !word.1.is_empty() && (field == Field::Name || !self.words.contains(&word)) {
            self.words.push(word);
        }
        self
    }
}
