//! What an answer is given with: the closed list of field kinds, and what each does with keys, pastes and drafts.

use chrono::{DateTime, Utc};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use serde_json::{Value, json};

use super::categories::Categories;
use super::choice::Choice;
use super::line::LineInput;
use super::moment::MomentInput;
use super::picker::{Picker, Wish};
use super::suggest::Stroke;
use crate::tui::widgets::Consumed;
use crate::tui::widgets::text_area::TextArea;
use crate::tui::widgets::text_field::TextField;

pub(super) enum Input {
    Line(LineInput),
    Area(TextArea),
    Moment(MomentInput),
    /// A date of birth.
    Birth(TextField),
    Choice(Choice),
    Categories(Categories),
    Contact(Picker),
    /// Something to read, not to fill in.
    Shown(String),
    /// Does something on Enter, which its label names.
    Button(Press),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Press {
    /// Brings up another block of the same fields.
    Another,
    Save,
}

/// What a field did with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Took {
    /// Nothing: it is the keymap's.
    No,
    Yes,
    /// Answered: on to the next question.
    Answered,
    Next,
    Previous,
    Pressed(Press),
    Picker(Wish),
}

impl Input {
    pub(super) fn on_key(&mut self, now: DateTime<Utc>, key: KeyEvent) -> Took {
        match self {
            Self::Line(line) => consumed(line.on_key(key), key),
            Self::Birth(field) => consumed(field.on_key(key), key),
            Self::Moment(input) => consumed(input.on_key(now, key), key),
            Self::Area(area) if is_plain(key) || key.code != KeyCode::Enter => match area.on_key(key) {
                Consumed::Yes => Took::Yes,
                Consumed::No => Took::No,
            },
            Self::Categories(categories) => match categories.on_key(key) {
                Stroke::Typed | Stroke::Moved | Stroke::Chose(_) => Took::Yes,
                Stroke::NotMine => between_fields(key),
            },
            Self::Contact(picker) => match picker.on_key(key) {
                Wish::NotMine => between_fields(key),
                wish => Took::Picker(wish),
            },
            Self::Button(press) if key.code == KeyCode::Enter => Took::Pressed(*press),
            Self::Area(_) | Self::Choice(_) | Self::Shown(_) | Self::Button(_) => Took::No,
        }
    }

    pub(super) fn on_paste(&mut self, now: DateTime<Utc>, text: &str) -> Took {
        match self {
            Self::Line(line) => line.paste(text),
            Self::Birth(field) => field.paste(text),
            Self::Area(area) => area.paste(text),
            Self::Moment(input) => input.paste(now, text),
            Self::Categories(categories) => categories.suggest.paste(text),
            Self::Contact(picker) => return Took::Picker(picker.paste(text)),
            Self::Choice(_) | Self::Shown(_) | Self::Button(_) => return Took::No,
        }
        Took::Yes
    }

    /// Other text in a text field, as if it had been there at the outset.
    pub(super) fn put(&mut self, text: &str) {
        match self {
            Self::Line(line) => *line = LineInput::new(text),
            Self::Birth(field) => *field = TextField::new(text),
            Self::Area(area) => area.set_text(text),
            Self::Moment(input) => input.line = LineInput::new(text),
            Self::Choice(choice) => choice.choose(text),
            Self::Categories(_) | Self::Contact(_) | Self::Shown(_) | Self::Button(_) => {}
        }
    }

    /// Text that is right as a rule: what is typed in its field takes its place.
    pub(super) fn offer(&mut self, text: &str) {
        match self {
            Self::Line(line) => *line = LineInput::offered(text),
            Self::Moment(input) => input.line = LineInput::offered(text),
            Self::Birth(_)
            | Self::Area(_)
            | Self::Choice(_)
            | Self::Categories(_)
            | Self::Contact(_)
            | Self::Shown(_)
            | Self::Button(_) => self.put(text),
        }
    }

    /// What was typed, where it is text.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Line(line) => line.text().to_owned(),
            Self::Birth(field) => field.text().to_owned(),
            Self::Area(area) => area.text(),
            Self::Moment(input) => input.line.text().to_owned(),
            Self::Choice(_) | Self::Categories(_) | Self::Contact(_) | Self::Shown(_) | Self::Button(_) => {
                String::new()
            }
        }
    }

    /// Behind which byte of its text the cursor stands.
    pub(super) fn cursor(&self) -> usize {
        match self {
            Self::Line(line) => line.field().cursor(),
            Self::Area(area) => area.cursor(),
            Self::Moment(_)
            | Self::Birth(_)
            | Self::Choice(_)
            | Self::Categories(_)
            | Self::Contact(_)
            | Self::Shown(_)
            | Self::Button(_) => 0,
        }
    }

    /// For the draft; null where there is nothing to keep.
    pub(super) fn value(&self) -> Value {
        match self {
            Self::Line(_) | Self::Birth(_) | Self::Area(_) => json!(self.text()),
            Self::Moment(input) => input.value(),
            Self::Choice(choice) => json!(choice.chosen()),
            Self::Categories(categories) => categories.value(),
            Self::Contact(picker) => picker.value(),
            Self::Shown(_) | Self::Button(_) => Value::Null,
        }
    }

    /// From a draft. A value of another kind, from another edition of the program, changes nothing.
    pub(super) fn restore(&mut self, value: &Value) -> Took {
        match self {
            Self::Line(_) | Self::Birth(_) | Self::Area(_) => {
                if let Some(text) = value.as_str() {
                    self.put(text);
                }
            }
            Self::Moment(input) => input.restore(value),
            Self::Choice(choice) => {
                if let Some(word) = value.as_str() {
                    choice.choose(word);
                }
            }
            Self::Categories(categories) => categories.restore(value),
            Self::Contact(picker) => return Took::Picker(picker.restore(value)),
            Self::Shown(_) | Self::Button(_) => {}
        }
        Took::Yes
    }

    /// Whether the cursor stops here.
    pub(super) fn is_answered_here(&self) -> bool {
        !matches!(self, Self::Shown(_))
    }

    /// Whether it is picked and not typed.
    pub(super) fn is_choice(&self) -> bool {
        matches!(self, Self::Choice(_) | Self::Button(_))
    }
}

fn consumed(consumed: Consumed, key: KeyEvent) -> Took {
    match consumed {
        Consumed::Yes => Took::Yes,
        Consumed::No => between_fields(key),
    }
}

/// In a field of one line, Enter and the arrows go to the fields around it; Enter never as far as a button, so that one
/// press too many does nothing.
fn between_fields(key: KeyEvent) -> Took {
    match key.code {
        _ if !is_plain(key) => Took::No,
        KeyCode::Enter => Took::Answered,
        KeyCode::Down => Took::Next,
        KeyCode::Up => Took::Previous,
        _ => Took::No,
    }
}

pub(super) fn is_plain(key: KeyEvent) -> bool {
    !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
}
