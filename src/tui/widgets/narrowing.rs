//! The few letters by which a list is narrowed. While it is open, letters go to it and arrows still move the list.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::columns::columns;
use super::text_field::TextField;
use super::{Consumed, Focus, write};
use crate::tui::theme::Theme;

const LABEL: &str = "Narrow: ";

#[derive(Clone, Default)]
pub struct Narrowing {
    field: TextField,
    state: State,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Closed,
    Open,
}

/// What became of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Narrowed {
    /// It was not for the field.
    NotTaken,
    /// It was, and the list stays as it is.
    Same,
    /// The list has to be asked for anew.
    Changed,
}

impl Narrowing {
    pub fn text(&self) -> &str {
        self.field.text()
    }

    /// Nothing is narrowed, and nothing is about to be.
    pub fn is_idle(&self) -> bool {
        self.state == State::Closed && self.text().is_empty()
    }

    pub fn open(&mut self) {
        self.state = State::Open;
    }

    /// Shows all again.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Esc closes and clears, Enter keeps the narrowing and gives the keys back to the list.
    pub fn on_key(&mut self, key: KeyEvent) -> Narrowed {
        if self.state == State::Closed {
            return Narrowed::NotTaken;
        }
        let before = self.text().to_owned();
        match key.code {
            KeyCode::Esc => self.clear(),
            KeyCode::Enter => self.state = State::Closed,
            _ if self.field.on_key(key) == Consumed::No => return Narrowed::NotTaken,
            _ => {}
        }
        if self.text() == before { Narrowed::Same } else { Narrowed::Changed }
    }

    pub fn paste(&mut self, raw: &str) -> Narrowed {
        if self.state == State::Closed {
            return Narrowed::NotTaken;
        }
        self.field.paste(raw);
        Narrowed::Changed
    }

    /// Draws on one line, and says where the terminal's cursor belongs, if it is here.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme) -> Option<Position> {
        write(LABEL, area, buf, theme.key);
        let indent = u16::try_from(columns(LABEL)).unwrap_or(u16::MAX).min(area.width);
        let field = Rect { x: area.x + indent, width: area.width - indent, ..area };
        let focus = match self.state {
            State::Open => Focus::Here,
            State::Closed => Focus::Elsewhere,
        };
        self.field.draw(field, buf, theme, focus)
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyEvent};

    use super::{Narrowed, Narrowing};

    fn press(narrowing: &mut Narrowing, code: KeyCode) -> Narrowed {
        narrowing.on_key(KeyEvent::from(code))
    }

    #[test]
    fn while_it_is_closed_letters_are_keys() {
        assert_eq!(press(&mut Narrowing::default(), KeyCode::Char('q')), Narrowed::NotTaken);
    }

    #[test]
    fn enter_keeps_the_narrowing_and_gives_the_keys_back() {
        let mut narrowing = Narrowing::default();
        narrowing.open();
        assert_eq!(press(&mut narrowing, KeyCode::Char('q')), Narrowed::Changed);
        assert_eq!(press(&mut narrowing, KeyCode::Left), Narrowed::Same);
        assert_eq!(press(&mut narrowing, KeyCode::Down), Narrowed::NotTaken);
        assert_eq!(press(&mut narrowing, KeyCode::Enter), Narrowed::Same);
        assert_eq!(press(&mut narrowing, KeyCode::Char('x')), Narrowed::NotTaken);
        assert_eq!(narrowing.text(), "q");
    }

    #[test]
    fn esc_shows_all_again() {
        let mut narrowing = Narrowing::default();
        narrowing.open();
        press(&mut narrowing, KeyCode::Char('z'));
        assert_eq!(press(&mut narrowing, KeyCode::Esc), Narrowed::Changed);
        assert!(narrowing.is_idle());
    }
}
