//! One question of a form: what is asked, what helps to answer it, and what was answered so far.

use std::borrow::Cow;
use std::fmt;

use super::choice::Choice;
use super::input::{Input, Press};
use super::line::LineInput;
use super::moment::MomentInput;
use crate::domain::caution::Place;
use crate::tui::widgets::text_area::TextArea;

/// The name of a field within its form, and in the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    word: &'static str,
    nth: usize,
}

impl Key {
    pub(super) const fn new(word: &'static str) -> Self {
        Self { word, nth: 0 }
    }

    /// The same field of the `nth` child, from 0.
    pub(super) const fn nth(self, nth: usize) -> Self {
        Self { nth, ..self }
    }
}

/// `advice`, and `child-name.1` for the second of several.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word)?;
        if self.nth == 0 { Ok(()) } else { write!(f, ".{}", self.nth) }
    }
}

const SAVE: Key = Key::new("save");

pub(super) struct Field {
    pub(super) key: Key,
    pub(super) label: Cow<'static, str>,
    /// A sentence or two for F1.
    pub(super) help: &'static str,
    pub(super) input: Input,
    pub(super) asked: Asked,
    /// What kind of words are written here, where they are looked over for cautions.
    pub(super) place: Option<Place>,
    /// The number of the rule by which it is asked: shown beneath it while the cursor is there.
    pub(super) rule: Option<u8>,
}

/// Whether it is asked: always, or depending on what was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Always,
    If(Key, &'static str),
    /// By more than one answer, or by what the rules say to them; see `gates`.
    Ruled(bool),
}

impl Field {
    pub(super) fn new(
        key: Key,
        label: impl Into<Cow<'static, str>>,
        help: &'static str,
        input: Input,
    ) -> Self {
        Self { key, label: label.into(), help, input, asked: Asked::Always, place: None, rule: None }
    }

    pub(super) fn line(key: Key, label: impl Into<Cow<'static, str>>, help: &'static str) -> Self {
        Self::new(key, label, help, Input::Line(LineInput::default()))
    }

    pub(super) fn area(key: Key, label: impl Into<Cow<'static, str>>, help: &'static str) -> Self {
        Self::new(key, label, help, Input::Area(TextArea::default()))
    }

    pub(super) fn choice(
        key: Key,
        label: impl Into<Cow<'static, str>>,
        help: &'static str,
        choice: Choice,
    ) -> Self {
        Self::new(key, label, help, Input::Choice(choice))
    }

    pub(super) fn moment(key: Key, label: impl Into<Cow<'static, str>>, help: &'static str) -> Self {
        Self::new(key, label, help, Input::Moment(MomentInput::default()))
    }

    /// A moment that is now unless somebody says otherwise.
    pub(super) fn now(key: Key, label: impl Into<Cow<'static, str>>, help: &'static str) -> Self {
        Self::new(key, label, help, Input::Moment(MomentInput::now()))
    }

    /// A moment that is still to come.
    pub(super) fn due(key: Key, label: impl Into<Cow<'static, str>>, help: &'static str) -> Self {
        Self::new(key, label, help, Input::Moment(MomentInput::due()))
    }

    pub(super) fn save() -> Self {
        Self::new(
            SAVE,
            "Record it",
            "Records what you wrote; until then it is kept as a draft. Check first that it is clear to somebody else who reads it.",
            Input::Button(Press::Save),
        )
    }

    pub(super) fn shown(key: Key, label: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        Self::new(key, label, "Nothing to fill in here.", Input::Shown(text.into()))
    }

    /// What stands in a text field at the outset.
    pub(super) fn with(mut self, text: &str) -> Self {
        self.input.put(text);
        self
    }

    /// Cautions show beneath it while it is written in.
    pub(super) fn of(self, place: Place) -> Self {
        Self { place: Some(place), ..self }
    }

    /// Asked by a rule.
    pub(super) fn by(self, rule: u8) -> Self {
        Self { rule: Some(rule), ..self }
    }

    /// Not until the rules say so.
    pub(super) fn where_ruled(self) -> Self {
        Self { asked: Asked::Ruled(false), ..self }
    }

    pub(super) fn only_if(self, choice: Key, answer: &'static str) -> Self {
        Self { asked: Asked::If(choice, answer), ..self }
    }
}
