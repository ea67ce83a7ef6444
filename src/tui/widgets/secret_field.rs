//! A passphrase that is typed in: wiped when it goes, and drawn so that nobody can count its letters.
//!
//! The buffer never grows, because growing would leave an unwiped copy behind. There is no cursor to move and no undo:
//! either would need another copy, or show how long it is. Not `Debug`.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use secrecy::SecretString;
use zeroize::{Zeroize as _, Zeroizing};

use super::stroke::Stroke;
use super::{Consumed, Focus};
use crate::tui::theme::Theme;

/// Bytes; many times the longest passphrase that anybody types.
const CAPACITY: usize = 1024;

/// What is shown for any passphrase.
const TYPED: &str = "********";

pub struct SecretField {
    buffer: Zeroizing<String>,
}

impl Default for SecretField {
    fn default() -> Self {
        Self { buffer: Zeroizing::new(String::with_capacity(CAPACITY)) }
    }
}

impl SecretField {
    pub fn is_empty(&self) -> bool {
        self.buffer.is_empty()
    }

    /// For judging it while it is typed; never to be kept.
    pub fn expose(&self) -> &str {
        &self.buffer
    }

    /// Hands the passphrase over and empties the field.
    pub fn take(&mut self) -> SecretString {
        let secret = SecretString::new(Box::from(self.buffer.as_str()));
        self.buffer.zeroize();
        secret
    }

    /// Ctrl-U wipes the field.
    pub fn on_key(&mut self, key: KeyEvent) -> Consumed {
        match Stroke::of(key) {
            Some(Stroke::Insert(c)) => self.push(c),
            // The letter's bytes stay behind the end until the buffer is wiped, which reaches its whole capacity.
            Some(Stroke::Backspace) => {
                self.buffer.pop();
            }
            Some(Stroke::Undo | Stroke::EraseWord) => self.buffer.zeroize(),
            Some(
                Stroke::Delete
                | Stroke::Left
                | Stroke::Right
                | Stroke::WordLeft
                | Stroke::WordRight
                | Stroke::LineStart
                | Stroke::LineEnd
                | Stroke::TextStart
                | Stroke::TextEnd
                | Stroke::Redo,
            ) => {}
            Some(Stroke::Newline | Stroke::Up | Stroke::Down | Stroke::PageUp | Stroke::PageDown) | None => {
                return Consumed::No;
            }
        }
        Consumed::Yes
    }

    /// Line breaks come along with copied passphrases and are never part of one.
    pub fn paste(&mut self, raw: &str) {
        raw.chars().filter(|c| !c.is_control()).for_each(|c| self.push(c));
    }

    /// Draws the same for any length, and says where the terminal's cursor belongs, if it is here.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focus: Focus) -> Option<Position> {
        let area = Rect { height: area.height.min(1), ..area }.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let shown = if self.is_empty() { "" } else { TYPED };
        let (style, cursor) = match focus {
            Focus::Here => (theme.field_focused, Some(cursor_after(shown, area))),
            Focus::Elsewhere => (theme.field, None),
        };
        buf.set_stringn(area.x, area.y, shown, area.width.into(), style);
        buf.set_style(area, style);
        cursor
    }

    fn push(&mut self, c: char) {
        if self.buffer.len() + c.len_utf8() <= CAPACITY {
            self.buffer.push(c);
        }
    }
}

fn cursor_after(shown: &str, area: Rect) -> Position {
    let column = u16::try_from(shown.len()).unwrap_or(u16::MAX).min(area.width - 1);
    Position::new(area.x + column, area.y)
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyModifiers};
    use secrecy::ExposeSecret as _;

    use super::*;

    fn with(text: &str) -> SecretField {
        let mut field = SecretField::default();
        for c in text.chars() {
            field.on_key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        }
        field
    }

    fn drawn(field: &SecretField, area: Rect) -> (Buffer, Option<Position>) {
        let mut buf = Buffer::empty(area);
        let cursor = field.draw(area, &mut buf, &Theme::plain(), Focus::Here);
        (buf, cursor)
    }

    #[test]
    fn it_looks_the_same_whatever_its_length() {
        let area = Rect::new(0, 0, 20, 1);
        assert_eq!(drawn(&with("a"), area), drawn(&with("correct horse battery staple"), area));
        assert_ne!(drawn(&with(""), area), drawn(&with("a"), area));
    }

    #[test]
    fn what_was_typed_is_handed_over_once() {
        let mut field = with("pâssx");
        field.on_key(KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE));
        field.paste("-phrase\r\n");
        assert_eq!(field.take().expose_secret(), "pâss-phrase");
        assert!(field.is_empty());
    }

    #[test]
    fn the_buffer_never_moves() {
        let mut field = SecretField::default();
        let place = field.buffer.as_ptr();
        field.paste(&"é".repeat(CAPACITY));
        assert_eq!((field.buffer.as_ptr(), field.buffer.len()), (place, CAPACITY));
        field.on_key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL));
        assert!(field.is_empty());
    }

    #[test]
    fn any_size_is_drawn() {
        for (width, height) in (0..200).zip((0..60).cycle()) {
            let area = Rect::new(0, 0, width, height);
            let (_, cursor) = drawn(&with("secret"), area);
            assert_eq!(cursor.is_some(), !area.is_empty());
            assert!(cursor.is_none_or(|cursor| area.contains(cursor)));
        }
    }
}
