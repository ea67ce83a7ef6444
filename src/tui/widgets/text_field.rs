//! One line that is typed into. Undo is Ctrl-U, redo Ctrl-Y, as in the area.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::columns::{columns, fit, grapheme_columns, graphemes};
use super::editor::Editor;
use super::stroke::Stroke;
use super::{Consumed, Focus, pasted};
use crate::tui::theme::Theme;

#[derive(Clone, Default)]
pub struct TextField {
    editor: Editor,
}

impl TextField {
    /// With the cursor at the end.
    pub fn new(text: &str) -> Self {
        Self { editor: Editor::new(&on_one_line(text)) }
    }

    pub fn text(&self) -> &str {
        self.editor.text()
    }

    pub fn cursor(&self) -> usize {
        self.editor.cursor()
    }

    /// Whether the cursor stands behind the last letter.
    pub fn is_at_end(&self) -> bool {
        self.editor.before_cursor().len() == self.text().len()
    }

    pub fn on_key(&mut self, key: KeyEvent) -> Consumed {
        match Stroke::of(key) {
            Some(Stroke::LineStart) => self.editor.apply(Stroke::TextStart),
            Some(Stroke::LineEnd) => self.editor.apply(Stroke::TextEnd),
            Some(stroke) => self.editor.apply(stroke),
            None => Consumed::No,
        }
    }

    /// Pasted lines become one.
    pub fn paste(&mut self, raw: &str) {
        self.editor.paste(&on_one_line(raw));
    }

    /// Draws the field and says where the terminal's cursor belongs, if it is here.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focus: Focus) -> Option<Position> {
        let area = Rect { height: area.height.min(1), ..area }.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let width = usize::from(area.width);
        match focus {
            Focus::Elsewhere => {
                buf.set_stringn(area.x, area.y, fit(self.text(), width), width, theme.field);
                buf.set_style(area, theme.field);
                None
            }
            Focus::Here => {
                let (shown, cursor) = self.scrolled(width);
                buf.set_stringn(area.x, area.y, shown, width, theme.field_focused);
                buf.set_style(area, theme.field_focused);
                let column = u16::try_from(cursor).unwrap_or(u16::MAX).min(area.width - 1);
                Some(Position::new(area.x + column, area.y))
            }
        }
    }

    /// The text from where it is scrolled to, and the cursor's column in it. Scrolling goes by half a field, so that
    /// the text stands still while somebody types or moves within that half.
    fn scrolled(&self, width: usize) -> (String, usize) {
        let cursor = columns(self.editor.before_cursor());
        let half = (width / 2).max(1);
        let hidden = if cursor < width { 0 } else { ((cursor - width) / half + 1) * half };
        if hidden == 0 {
            return (self.text().to_owned(), cursor);
        }
        // The ellipsis stands in the first column; a wide letter that the edge cuts is left out.
        let (mut from, mut column) = (0, 0);
        for (at, grapheme) in graphemes(self.text()) {
            if column > hidden {
                break;
            }
            column += grapheme_columns(grapheme, column);
            from = at + grapheme.len();
        }
        let gap = " ".repeat(column.saturating_sub(hidden + 1));
        let shown = format!("…{gap}{}", self.text().get(from..).unwrap_or_default());
        (shown, cursor - hidden)
    }
}

fn on_one_line(raw: &str) -> String {
    pasted(raw).trim_end_matches('\n').replace(['\n', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyModifiers};
    use proptest::prelude::*;
    use ratatui::buffer::Cell;

    use super::*;

    fn press(field: &mut TextField, code: KeyCode) -> Consumed {
        field.on_key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    fn drawn(field: &TextField, width: u16, focus: Focus) -> (String, Option<Position>) {
        let area = Rect::new(0, 0, width, 1);
        let mut buf = Buffer::empty(area);
        let cursor = field.draw(area, &mut buf, &Theme::plain(), focus);
        (buf.content().iter().map(Cell::symbol).collect(), cursor)
    }

    #[test]
    fn keys_edit() {
        let mut field = TextField::new("Zoe");
        for code in
            [KeyCode::Backspace, KeyCode::Char('ë'), KeyCode::Home, KeyCode::Char('Q'), KeyCode::Delete]
        {
            assert_eq!(press(&mut field, code), Consumed::Yes);
        }
        assert_eq!(field.text(), "Qoë");
        field.on_key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL));
        assert_eq!(field.text(), "QZoë");
    }

    #[test]
    fn keys_of_the_form_are_left_to_it() {
        let mut field = TextField::new("Zoë");
        for code in
            [KeyCode::Enter, KeyCode::Up, KeyCode::Down, KeyCode::Tab, KeyCode::Esc, KeyCode::PageDown]
        {
            assert_eq!(press(&mut field, code), Consumed::No);
        }
        assert_eq!(field.text(), "Zoë");
    }

    #[test]
    fn a_paste_becomes_one_clean_line() {
        let mut field = TextField::default();
        field.paste("one\r\ntwo\rthree\u{1b}[2J\n");
        assert_eq!(field.text(), "one two three␛[2J");
    }

    #[test]
    fn the_end_is_in_view_while_typing() {
        let mut field = TextField::new("0123456789");
        assert_eq!(drawn(&field, 8, Focus::Here), ("…56789  ".to_owned(), Some(Position::new(6, 0))));
        press(&mut field, KeyCode::Home);
        assert_eq!(drawn(&field, 8, Focus::Here), ("01234567".to_owned(), Some(Position::new(0, 0))));
        assert_eq!(drawn(&field, 8, Focus::Elsewhere), ("0123456…".to_owned(), None));
    }

    #[test]
    fn wide_letters_keep_the_cursor_beside_them() {
        let field = TextField::new("日本語日本語");
        let (shown, cursor) = drawn(&field, 8, Focus::Here);
        assert_eq!(cursor, Some(Position::new(4, 0)));
        assert_eq!(shown.replace(' ', ""), "…語", "the cut letter is left out");
    }

    proptest! {
        #[test]
        fn the_cursor_is_inside_at_any_size(
            text in "(\\PC|日|e\u{301}|👩\u{200d}👧|[ a-z]){0,80}",
            left in 0usize..40,
            width in 0u16..200,
            height in 0u16..60,
        ) {
            let mut field = TextField::new(&text);
            for _ in 0..left {
                press(&mut field, KeyCode::Left);
            }
            let area = Rect::new(0, 0, width, height);
            let mut buf = Buffer::empty(area);
            let cursor = field.draw(area, &mut buf, &Theme::plain(), Focus::Here);
            prop_assert_eq!(cursor.is_some(), !area.is_empty());
            prop_assert!(cursor.is_none_or(|cursor| area.contains(cursor)));
            field.draw(area, &mut buf, &Theme::plain(), Focus::Elsewhere);
        }
    }
}
