//! A few letters and the list that they bring up beneath. What is in the list is the owner's.

use std::ops::Range;

use crossterm::event::{KeyCode, KeyEvent};

use crate::tui::widgets::Consumed;
use crate::tui::widgets::text_field::TextField;

/// Rows of the list that are shown at once.
pub(super) const ROWS: usize = 6;

#[derive(Clone, Default)]
pub(super) struct Suggest {
    pub(super) field: TextField,
    selected: usize,
    list: List,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum List {
    #[default]
    Closed,
    Open,
}

/// What a key did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    /// The letters are others now.
    Typed,
    /// Within the list, or it was closed.
    Moved,
    Chose(usize),
    NotMine,
}

impl Suggest {
    /// `total` is the length of the list that the letters bring up.
    pub(super) fn on_key(&mut self, key: KeyEvent, total: usize) -> Stroke {
        if total > 0 && self.in_list(key, total) {
            return Stroke::Moved;
        }
        match key.code {
            KeyCode::Enter if self.list == List::Open && total > 0 => Stroke::Chose(self.selected),
            _ => self.in_field(key),
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        self.field.paste(text);
        self.look_anew();
    }

    /// Forgets the letters and closes the list.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The rows to show of a list of `total`, and the one that Enter chooses; none while the list is closed.
    pub(super) fn window(&self, total: usize) -> Option<(Range<usize>, usize)> {
        if self.list == List::Closed || total == 0 {
            return None;
        }
        let last = (self.selected + 1).max(ROWS).min(total);
        Some((last.saturating_sub(ROWS)..last, self.selected))
    }

    fn in_list(&mut self, key: KeyEvent, total: usize) -> bool {
        match (key.code, self.list) {
            (KeyCode::Down, List::Closed) => self.list = List::Open,
            (KeyCode::Down, List::Open) => self.selected = (self.selected + 1).min(total - 1),
            (KeyCode::Up, List::Open) => self.selected = self.selected.saturating_sub(1),
            (KeyCode::Esc, List::Open) => self.clear(),
            _ => return false,
        }
        true
    }

    fn in_field(&mut self, key: KeyEvent) -> Stroke {
        let before = self.field.text().to_owned();
        match self.field.on_key(key) {
            Consumed::No => Stroke::NotMine,
            Consumed::Yes if before == self.field.text() => Stroke::Moved,
            Consumed::Yes => {
                self.look_anew();
                Stroke::Typed
            }
        }
    }

    fn look_anew(&mut self) {
        self.selected = 0;
        self.list = if self.field.text().trim().is_empty() { List::Closed } else { List::Open };
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyModifiers};

    use super::{KeyEvent, Stroke, Suggest};

    fn press(suggest: &mut Suggest, code: KeyCode, total: usize) -> Stroke {
        suggest.on_key(KeyEvent::new(code, KeyModifiers::NONE), total)
    }

    #[test]
    fn letters_open_the_list_and_enter_chooses_the_marked_row() {
        let mut suggest = Suggest::default();
        assert_eq!(press(&mut suggest, KeyCode::Enter, 9), Stroke::NotMine);
        assert_eq!(press(&mut suggest, KeyCode::Char('f'), 9), Stroke::Typed);
        press(&mut suggest, KeyCode::Down, 9);
        assert_eq!(press(&mut suggest, KeyCode::Enter, 9), Stroke::Chose(1));
    }

    #[test]
    fn the_marked_row_is_always_shown() {
        let mut suggest = Suggest::default();
        assert_eq!(suggest.window(20), None);
        press(&mut suggest, KeyCode::Char('f'), 20);
        for _ in 0..30 {
            press(&mut suggest, KeyCode::Down, 20);
            let (rows, marked) = suggest.window(20).unwrap();
            assert!(rows.contains(&marked));
        }
        assert_eq!(suggest.window(20), Some((14..20, 19)));
        assert_eq!(suggest.window(3).map(|(rows, _)| rows), Some(0..3));
    }

    #[test]
    fn escape_closes_the_list_once_and_is_then_the_forms() {
        let mut suggest = Suggest::default();
        press(&mut suggest, KeyCode::Char('f'), 2);
        assert_eq!(press(&mut suggest, KeyCode::Esc, 2), Stroke::Moved);
        assert_eq!(suggest.field.text(), "");
        assert_eq!(press(&mut suggest, KeyCode::Esc, 2), Stroke::NotMine);
    }
}
