//! Text of any length that is typed into, wrapped to its width. Undo is Ctrl-U, redo Ctrl-Y; Tab is the form's.
//!
//! Not `ratatui-textarea`, which was tried first (0.9.4): its cursor counts code points, so that after a family emoji
//! it stands four columns beside the letter, and Backspace tears the family or takes only the dots off an `ë`; with
//! `WrapMode::Word` a word wider than the area runs out of sight, and its rows begin with the commas of the row above.
//! Here rows, widths and graphemes are those of `wrap`, so that text is read as it was written.
//!
//! What "a line up" means depends on the width, so the area remembers the size at which it was last drawn, and where
//! it was scrolled to. Nothing else depends on the drawing: before the first one it behaves as an 80 × 24 screen.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::columns::{columns, grapheme_columns, graphemes};
use super::editor::Editor;
use super::stroke::Stroke;
use super::wrap::{drawn_row, rows};
use super::{Consumed, Focus, pasted};
use crate::tui::theme::Theme;

#[derive(Clone, Default)]
pub struct TextArea {
    editor: Editor,
    /// The column that moving up and down tries to keep.
    goal: Option<usize>,
    view: Cell<View>,
    laid: RefCell<Laid>,
}

/// The rows as they were last broken: a form asks for them several times a frame, of every area that it has.
#[derive(Clone, Default)]
struct Laid {
    edition: u64,
    /// 0 before the first time.
    width: usize,
    rows: Rc<[Range<usize>]>,
}

#[derive(Clone, Copy)]
struct View {
    width: usize,
    height: usize,
    top: usize,
}

impl Default for View {
    fn default() -> Self {
        Self { width: 80, height: 24, top: 0 }
    }
}

impl View {
    /// The last column is the cursor's when a row is full.
    fn text_width(self) -> usize {
        self.width.saturating_sub(1).max(1)
    }

    /// Moved as little as keeps `row` in view, and not past the end.
    fn showing(self, row: usize, total: usize) -> Self {
        let lowest = (row + 1).saturating_sub(self.height.max(1));
        let fullest = total.saturating_sub(self.height).max(lowest);
        Self { top: self.top.clamp(lowest, row).min(fullest), ..self }
    }
}

impl TextArea {
    /// With the cursor at the end.
    pub fn new(text: &str) -> Self {
        Self { editor: Editor::new(text), ..Self::default() }
    }

    pub fn text(&self) -> String {
        self.editor.text().to_owned()
    }

    pub fn cursor(&self) -> usize {
        self.editor.cursor()
    }

    pub fn is_blank(&self) -> bool {
        self.editor.text().trim().is_empty()
    }

    /// Other text altogether: nothing of what was there can be undone.
    pub fn set_text(&mut self, text: &str) {
        self.editor = Editor::new(text);
        self.goal = None;
        self.laid = RefCell::default();
    }

    /// The rows that it takes in so many columns.
    pub fn height(&self, width: usize) -> usize {
        self.rows(View { width, ..View::default() }.text_width()).len()
    }

    pub fn on_key(&mut self, key: KeyEvent) -> Consumed {
        let Some(stroke) = Stroke::of(key) else { return Consumed::No };
        let page = self.view.get().height.saturating_sub(1).max(1);
        match stroke {
            Stroke::Up => self.move_rows(|row| row.saturating_sub(1)),
            Stroke::Down => self.move_rows(|row| row + 1),
            Stroke::PageUp => self.move_rows(|row| row.saturating_sub(page)),
            Stroke::PageDown => self.move_rows(|row| row + page),
            other => {
                self.goal = None;
                return self.edit(other);
            }
        }
        Consumed::Yes
    }

    /// One action, whatever its length.
    pub fn paste(&mut self, raw: &str) {
        self.goal = None;
        self.editor.paste(&pasted(raw));
    }

    /// Draws the text around the cursor and says where the terminal's cursor belongs, if it is here.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, theme: &Theme, focus: Focus) -> Option<Position> {
        let area = area.intersection(buf.area);
        if area.is_empty() {
            return None;
        }
        let size = View { width: area.width.into(), height: area.height.into(), ..self.view.get() };
        let rows = self.rows(size.text_width());
        let row = self.row_of_cursor(&rows);
        let view = size.showing(row, rows.len());
        self.view.set(view);
        buf.set_style(area, theme.text);
        for (line, row) in area.rows().zip(rows.iter().skip(view.top)) {
            buf.set_line(line.x, line.y, &drawn_row(self.editor.text(), row.clone()), line.width);
        }
        match focus {
            Focus::Elsewhere => None,
            Focus::Here => Some(self.place_of_cursor(area, row - view.top, rows.get(row)?)),
        }
    }

    fn edit(&mut self, stroke: Stroke) -> Consumed {
        match stroke {
            Stroke::Newline => self.editor.newline(),
            Stroke::LineStart => self.move_in_row(0),
            Stroke::LineEnd => self.move_in_row(usize::MAX),
            other => return self.editor.apply(other),
        }
        Consumed::Yes
    }

    fn rows(&self, width: usize) -> Rc<[Range<usize>]> {
        let mut laid = self.laid.borrow_mut();
        let edition = self.editor.edition();
        if (laid.edition, laid.width) != (edition, width) {
            *laid = Laid { edition, width, rows: rows(self.editor.text(), width).into() };
        }
        Rc::clone(&laid.rows)
    }

    fn rows_as_drawn(&self) -> Rc<[Range<usize>]> {
        self.rows(self.view.get().text_width())
    }

    /// A cursor at a break inside a line stands at the beginning of the lower row.
    fn row_of_cursor(&self, rows: &[Range<usize>]) -> usize {
        rows.partition_point(|row| row.start <= self.editor.cursor()).saturating_sub(1)
    }

    fn column_of_cursor(&self, row: &Range<usize>) -> usize {
        self.editor.text().get(row.start..self.editor.cursor()).map_or(0, columns)
    }

    fn place_of_cursor(&self, area: Rect, line: usize, row: &Range<usize>) -> Position {
        // White space may hang over the edge, and the cursor in it does not.
        let column = self.column_of_cursor(row).min(usize::from(area.width) - 1);
        let offset = |cells: usize| u16::try_from(cells).unwrap_or(u16::MAX);
        Position::new(area.x + offset(column), area.y + offset(line))
    }

    fn move_rows(&mut self, target: impl FnOnce(usize) -> usize) {
        let rows = self.rows_as_drawn();
        let row = self.row_of_cursor(&rows);
        let Some(here) = rows.get(row) else { return };
        let goal = self.goal.unwrap_or_else(|| self.column_of_cursor(here));
        let last = rows.len() - 1;
        self.editor.move_to(self.at_column(&rows, target(row).min(last), goal));
        self.goal = Some(goal);
    }

    fn move_in_row(&mut self, column: usize) {
        let rows = self.rows_as_drawn();
        self.editor.move_to(self.at_column(&rows, self.row_of_cursor(&rows), column));
    }

    /// The byte at `column` of a row, or the last place that is still in this row.
    fn at_column(&self, rows: &[Range<usize>], row: usize, column: usize) -> usize {
        let Some(range) = rows.get(row) else { return self.editor.cursor() };
        let broken = rows.get(row + 1).is_some_and(|next| next.start == range.end);
        let (mut place, mut reached) = (range.start, 0);
        for (at, grapheme) in graphemes(self.editor.text().get(range.clone()).unwrap_or_default()) {
            reached += grapheme_columns(grapheme, reached);
            let after = range.start + at + grapheme.len();
            if reached > column || (broken && after == range.end) {
                break;
            }
            place = after;
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::{KeyCode, KeyModifiers};
    use proptest::prelude::*;
    use ratatui::buffer::Cell;

    use super::*;

    fn press(area: &mut TextArea, code: KeyCode) -> Consumed {
        area.on_key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    fn control(area: &mut TextArea, code: KeyCode) {
        area.on_key(KeyEvent::new(code, KeyModifiers::CONTROL));
    }

    fn drawn(area: &TextArea, width: u16, height: u16) -> (Vec<String>, (u16, u16)) {
        let rect = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(rect);
        let cursor = area.draw(rect, &mut buf, &Theme::plain(), Focus::Here).unwrap();
        let lines = buf.content().chunks(width.into());
        let lines = lines.map(|line| line.iter().map(Cell::symbol).collect::<String>().trim_end().to_owned());
        (lines.collect(), (cursor.x, cursor.y))
    }

    #[test]
    fn words_wrap_and_the_cursor_follows() {
        let area = TextArea::new("She said that, then left");
        assert_eq!(
            drawn(&area, 12, 3),
            (vec!["She said".into(), "that, then".into(), "left".into()], (4, 2))
        );
    }

    #[test]
    fn a_full_row_leaves_a_column_for_the_cursor() {
        let area = TextArea::new("12345678");
        assert_eq!(drawn(&area, 9, 2), (vec!["12345678".into(), String::new()], (8, 0)));
        assert_eq!(drawn(&area, 8, 2), (vec!["1234567".into(), "8".into()], (1, 1)));
    }

    #[test]
    fn the_cursor_stands_behind_what_is_drawn() {
        let area = TextArea::new("e\u{308} 👨\u{200d}👩\u{200d}👧 日");
        assert_eq!(drawn(&area, 20, 1).1, (7, 0));
    }

    #[test]
    fn arrows_move_by_what_is_seen_and_keep_their_column() {
        let mut area = TextArea::new("one two three\nx\nfour five six");
        drawn(&area, 9, 9);
        for place in [(4, 3), (1, 2), (5, 1), (7, 0), (7, 0)] {
            press(&mut area, KeyCode::Up);
            assert_eq!(drawn(&area, 9, 9).1, place);
        }
        press(&mut area, KeyCode::Left);
        press(&mut area, KeyCode::Down);
        assert_eq!(drawn(&area, 9, 9).1, (5, 1));
        press(&mut area, KeyCode::Up);
        assert_eq!(drawn(&area, 9, 9).1, (6, 0));
        press(&mut area, KeyCode::End);
        assert_eq!(drawn(&area, 9, 9).1, (7, 0));
        press(&mut area, KeyCode::Down);
        press(&mut area, KeyCode::Home);
        assert_eq!(drawn(&area, 9, 9).1, (0, 1));
    }

    #[test]
    fn pages_are_as_high_as_the_area() {
        let mut area = TextArea::new(&"line\n".repeat(30));
        assert_eq!(drawn(&area, 9, 10).1, (0, 9));
        press(&mut area, KeyCode::PageUp);
        assert_eq!(drawn(&area, 9, 10).1, (0, 0));
        control(&mut area, KeyCode::Home);
        assert_eq!(drawn(&area, 9, 10).1, (0, 0));
        press(&mut area, KeyCode::PageDown);
        assert_eq!(drawn(&area, 9, 10).1, (0, 9));
    }

    #[test]
    fn a_paste_keeps_its_lines_is_clean_and_is_undone_at_once() {
        let mut area = TextArea::default();
        let raw = "line \u{1b}one\r\n".repeat(200);
        area.paste(&raw);
        assert_eq!(area.text(), "line ␛one\n".repeat(200));
        control(&mut area, KeyCode::Char('u'));
        assert_eq!(area.text(), "");
        control(&mut area, KeyCode::Char('y'));
        assert_eq!(area.text().lines().count(), 200);
        area.paste("a\rb");
        assert!(area.text().ends_with("a\nb"));
    }

    #[test]
    fn enter_is_a_line_and_tab_is_not_ours() {
        let mut area = TextArea::new("one");
        assert_eq!(press(&mut area, KeyCode::Enter), Consumed::Yes);
        assert_eq!(press(&mut area, KeyCode::Tab), Consumed::No);
        assert_eq!(press(&mut area, KeyCode::Esc), Consumed::No);
        assert_eq!(area.text(), "one\n");
        assert_eq!(drawn(&area, 9, 3).1, (0, 1));
    }

    #[test]
    fn rows_are_those_of_the_text_and_the_width_of_now() {
        let mut area = TextArea::new("one two");
        assert_eq!((area.height(20), area.height(5)), (1, 2));
        press(&mut area, KeyCode::Enter);
        assert_eq!((area.height(20), area.height(5)), (2, 3));
        control(&mut area, KeyCode::Char('u'));
        assert_eq!(area.height(20), 1);
        area.set_text("one\ntwo\nthree");
        assert_eq!(area.height(20), 3);
    }

    #[test]
    fn long_text_is_kept_whole() {
        let long = "safeguarding ".repeat(4000);
        let mut area = TextArea::new(&long);
        press(&mut area, KeyCode::Char('x'));
        assert_eq!(area.text().len(), long.len() + 1);
    }

    proptest! {
        #[test]
        fn keys_at_any_size_keep_the_cursor_inside(
            text in "(\\PC|[\t\n ]|[a-z]{1,12}|日|e\u{301}|👩\u{200d}👧){0,60}",
            keys in prop::collection::vec(0usize..10, 0..30),
            sizes in prop::collection::vec((0u16..200, 0u16..60), 1..4),
        ) {
            const CODES: [KeyCode; 10] = [
                KeyCode::Up, KeyCode::Down, KeyCode::Left, KeyCode::Right, KeyCode::Home, KeyCode::End,
                KeyCode::PageUp, KeyCode::PageDown, KeyCode::Backspace, KeyCode::Enter,
            ];
            let mut area = TextArea::new(&text);
            for (width, height) in sizes {
                let rect = Rect::new(0, 0, width, height);
                for key in &keys {
                    press(&mut area, CODES[*key]);
                    let mut buf = Buffer::empty(rect);
                    let cursor = area.draw(rect, &mut buf, &Theme::plain(), Focus::Here);
                    prop_assert_eq!(cursor.is_some(), !rect.is_empty());
                    prop_assert!(cursor.is_none_or(|cursor| rect.contains(cursor)));
                }
            }
        }
    }
}
