//! What a key means to a text input. Keys that mean nothing here are the keymap's.
//!
//! Undo is Ctrl-U and redo Ctrl-Y: Ctrl-Z suspends the program in a terminal. Ctrl-H is what some terminals send for
//! Backspace, and Ctrl-J is how a newline arrives in a paste that the terminal did not announce.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    Insert(char),
    Newline,
    Backspace,
    Delete,
    EraseWord,
    Left,
    Right,
    WordLeft,
    WordRight,
    Up,
    Down,
    PageUp,
    PageDown,
    LineStart,
    LineEnd,
    TextStart,
    TextEnd,
    Undo,
    Redo,
}

impl Stroke {
    pub(super) fn of(key: KeyEvent) -> Option<Self> {
        let modifiers = key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
        if key.kind == KeyEventKind::Release {
            None
        } else if modifiers.is_empty() {
            Self::plain(key.code)
        } else if modifiers == KeyModifiers::CONTROL {
            Self::with_control(key.code)
        } else if modifiers == KeyModifiers::CONTROL | KeyModifiers::ALT {
            Self::with_alt_gr(key.code)
        } else {
            None
        }
    }

    fn plain(code: KeyCode) -> Option<Self> {
        match code {
            KeyCode::Char(c) if !c.is_control() => Some(Self::Insert(c)),
            KeyCode::Enter => Some(Self::Newline),
            KeyCode::Backspace => Some(Self::Backspace),
            KeyCode::Delete => Some(Self::Delete),
            KeyCode::Left => Some(Self::Left),
            KeyCode::Right => Some(Self::Right),
            KeyCode::Up => Some(Self::Up),
            KeyCode::Down => Some(Self::Down),
            KeyCode::PageUp => Some(Self::PageUp),
            KeyCode::PageDown => Some(Self::PageDown),
            KeyCode::Home => Some(Self::LineStart),
            KeyCode::End => Some(Self::LineEnd),
            _ => None,
        }
    }

    fn with_control(code: KeyCode) -> Option<Self> {
        match code {
            KeyCode::Left => Some(Self::WordLeft),
            KeyCode::Right => Some(Self::WordRight),
            KeyCode::Home => Some(Self::TextStart),
            KeyCode::End => Some(Self::TextEnd),
            KeyCode::Backspace | KeyCode::Char('w') => Some(Self::EraseWord),
            KeyCode::Char('h') => Some(Self::Backspace),
            KeyCode::Char('j') => Some(Self::Newline),
            KeyCode::Char('u') => Some(Self::Undo),
            KeyCode::Char('y') => Some(Self::Redo),
            _ => None,
        }
    }

    /// Windows reports `AltGr` as Ctrl and Alt together, and `é` and `€` are typed with it on a British keyboard.
    fn with_alt_gr(code: KeyCode) -> Option<Self> {
        match code {
            KeyCode::Char(c) if !c.is_control() && !c.is_ascii_alphanumeric() => Some(Self::Insert(c)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stroke(c: char, modifiers: KeyModifiers) -> Option<Stroke> {
        Stroke::of(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    #[test]
    fn every_printable_key_is_text() {
        for c in (' '..='~').chain("ëß日".chars()) {
            assert_eq!(stroke(c, KeyModifiers::NONE), Some(Stroke::Insert(c)));
            assert_eq!(stroke(c, KeyModifiers::SHIFT), Some(Stroke::Insert(c)));
            assert_eq!(stroke(c, KeyModifiers::ALT), None);
            assert!(!matches!(stroke(c, KeyModifiers::CONTROL), Some(Stroke::Insert(_))));
        }
    }

    #[test]
    fn letters_of_the_third_level_are_text() {
        let alt_gr = KeyModifiers::CONTROL | KeyModifiers::ALT;
        assert_eq!(stroke('é', alt_gr), Some(Stroke::Insert('é')));
        assert_eq!(stroke('e', alt_gr), None);
    }

    #[test]
    fn only_presses_count() {
        let mut key = KeyEvent::new(KeyCode::Char('a'), KeyModifiers::NONE);
        key.kind = KeyEventKind::Repeat;
        assert_eq!(Stroke::of(key), Some(Stroke::Insert('a')));
        key.kind = KeyEventKind::Release;
        assert_eq!(Stroke::of(key), None);
    }

    #[test]
    fn leaving_and_moving_between_fields_is_the_keymaps() {
        for code in [KeyCode::Esc, KeyCode::Tab, KeyCode::BackTab, KeyCode::F(1), KeyCode::Insert] {
            assert_eq!(Stroke::of(KeyEvent::new(code, KeyModifiers::NONE)), None);
        }
    }
}
