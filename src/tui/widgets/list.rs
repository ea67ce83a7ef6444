//! A list that knows how many rows there are and which one is selected, and holds none of them.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::tui::theme::Theme;

/// The columns before a row's text: `>` and a space on the selected row, blank on the others.
pub const GUTTER: u16 = 2;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListState {
    total: usize,
    selected: usize,
    offset: usize,
    /// Where it was last drawn.
    area: Rect,
}

/// What a click into a list met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Click {
    /// No row.
    Nothing,
    /// A row, which is selected now.
    Row,
    /// The row that was selected already.
    Again,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

/// The rows that have arrived, of which the first is the list's row `first`.
#[derive(Clone, Copy, Debug)]
pub struct Present<'r> {
    pub first: usize,
    pub rows: &'r [Line<'r>],
}

impl ListState {
    pub fn new(total: usize) -> Self {
        Self { total, ..Self::default() }
    }

    pub fn total(&self) -> usize {
        self.total
    }

    /// None in an empty list.
    pub fn selected(&self) -> Option<usize> {
        (self.selected < self.total).then_some(self.selected)
    }

    /// The list has grown or shrunk; the selection stays, or becomes the last row.
    pub fn resize(&mut self, total: usize) {
        self.total = total;
        self.select(self.selected);
    }

    pub fn select(&mut self, row: usize) {
        self.selected = row.min(self.total.saturating_sub(1));
    }

    /// `page` is the height of the list; a page keeps one row of the page before.
    pub fn shift(&mut self, step: Move, page: usize) {
        let page = page.saturating_sub(1).max(1);
        self.select(match step {
            Move::Up => self.selected.saturating_sub(1),
            Move::Down => self.selected.saturating_add(1),
            Move::PageUp => self.selected.saturating_sub(page),
            Move::PageDown => self.selected.saturating_add(page),
            Move::First => 0,
            Move::Last => usize::MAX,
        });
    }

    /// The rows that `height` lines show, moved as little as keeps the selection among them and the lines filled.
    pub fn window(&mut self, height: usize) -> Range<usize> {
        let lowest = (self.selected + 1).saturating_sub(height.max(1));
        let fullest = self.total.saturating_sub(height).max(lowest);
        self.offset = self.offset.clamp(lowest, self.selected).min(fullest);
        self.offset..self.offset.saturating_add(height).min(self.total)
    }

    /// A click selects a row; one on the selected row is for whoever shows the list.
    pub fn click(&mut self, at: Position) -> Click {
        let row = self.offset + usize::from(at.y.saturating_sub(self.area.y));
        if !self.area.contains(at) || row >= self.total {
            Click::Nothing
        } else if self.selected == row {
            Click::Again
        } else {
            self.select(row);
            Click::Row
        }
    }

    /// `12 of 240`.
    pub fn position(&self) -> String {
        let place = self.selected().map_or(0, |row| row + 1);
        format!("{place} of {}", self.total)
    }
}

/// Draws the rows of the last [`ListState::window`]. A row that has not arrived is an ellipsis.
pub fn draw(state: &mut ListState, present: Present, area: Rect, buf: &mut Buffer, theme: &Theme) {
    let area = area.intersection(buf.area);
    state.area = area;
    for (line, row) in area.rows().zip(state.offset..state.total) {
        let marker = if state.selected == row { "> " } else { "  " };
        buf.set_stringn(line.x, line.y, marker, line.width.into(), theme.text);
        let text_x = line.x.saturating_add(GUTTER);
        let room = line.width.saturating_sub(GUTTER);
        match row.checked_sub(present.first).and_then(|place| present.rows.get(place)) {
            Some(text) if room > 0 => {
                buf.set_line(text_x, line.y, text, room);
            }
            None if room > 0 => {
                buf.set_stringn(text_x, line.y, "…", room.into(), theme.dim);
            }
            Some(_) | None => {}
        }
        if state.selected == row {
            buf.set_style(line, theme.selected);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Modifier;

    use super::*;

    fn drawn(state: &mut ListState, present: Present, width: u16, height: u16) -> Buffer {
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        draw(state, present, area, &mut buf, &Theme::plain());
        buf
    }

    #[test]
    fn the_selected_row_is_marked_twice() {
        let rows = [Line::from("first"), Line::from("second")];
        let mut state = ListState::new(2);
        state.shift(Move::Down, 2);
        assert_eq!(state.window(2), 0..2);
        let buf = drawn(&mut state, Present { first: 0, rows: &rows }, 9, 2);
        assert_eq!(buf[(0, 0)].symbol(), " ");
        assert_eq!(buf[(0, 1)].symbol(), ">");
        assert!(buf[(8, 1)].modifier.contains(Modifier::REVERSED));
        assert!(!buf[(8, 0)].modifier.contains(Modifier::REVERSED));
    }

    #[test]
    fn a_click_selects_and_a_second_opens() {
        let mut state = ListState::new(30);
        state.select(12);
        state.window(4);
        drawn(&mut state, Present { first: 9, rows: &[] }, 20, 4);
        assert_eq!(state.click(Position::new(3, 1)), Click::Row);
        assert_eq!((state.selected(), state.click(Position::new(19, 1))), (Some(10), Click::Again));
        assert_eq!(state.click(Position::new(3, 4)), Click::Nothing);
    }

    #[test]
    fn a_row_that_has_not_arrived_is_an_ellipsis() {
        let mut state = ListState::new(3);
        state.window(3);
        let buf = drawn(&mut state, Present { first: 1, rows: &[Line::from("second")] }, 8, 3);
        let symbols: Vec<_> = (0..3).map(|y| buf[(2, y)].symbol()).collect();
        assert_eq!(symbols, ["…", "s", "…"]);
    }

    #[test]
    fn the_window_moves_no_more_than_it_must() {
        let mut state = ListState::new(100);
        assert_eq!(state.window(10), 0..10);
        state.select(10);
        assert_eq!(state.window(10), 1..11);
        state.select(5);
        assert_eq!(state.window(10), 1..11);
        state.shift(Move::Last, 10);
        assert_eq!(state.window(10), 90..100);
        state.shift(Move::PageUp, 10);
        assert_eq!(state.selected(), Some(90));
        state.resize(5);
        assert_eq!(state.window(10), 0..5);
        assert_eq!(state.selected(), Some(4));
    }

    #[test]
    fn no_rows_or_no_height_is_an_empty_window() {
        assert_eq!(ListState::new(0).window(0), 0..0);
        assert_eq!(ListState::new(0).window(9), 0..0);
        let mut state = ListState::new(3);
        state.select(2);
        assert!(state.window(0).is_empty());
    }

    #[test]
    fn the_position_counts_from_one() {
        let mut state = ListState::new(240);
        state.select(11);
        assert_eq!(state.position(), "12 of 240");
        assert_eq!(ListState::new(0).position(), "0 of 0");
        assert_eq!(ListState::new(0).selected(), None);
    }

    proptest! {
        #[test]
        fn at_any_size_the_selection_is_in_the_window(
            total in 0usize..300,
            selected in 0usize..400,
            sizes in prop::collection::vec((0u16..200, 0u16..60), 1..6),
        ) {
            let rows: Vec<Line> = (0..total).map(|row| Line::from(format!("row {row} 日本"))).collect();
            let mut state = ListState::new(total);
            state.select(selected);
            for (width, height) in sizes {
                let window = state.window(height.into());
                prop_assert_eq!(window.len(), total.min(height.into()));
                prop_assert!(height == 0 || state.selected().is_none_or(|row| window.contains(&row)));
                let present = Present { first: window.start, rows: &rows[window] };
                drawn(&mut state, present, width, height);
            }
        }
    }
}
