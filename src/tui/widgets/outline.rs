//! Pieces of text under each other, one of which is selected. A piece that is taller than the pane is read row by row
//! before the selection goes on, so that no words can be skipped unseen.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use super::list::{GUTTER, Move};
use crate::tui::theme::Theme;

/// The rows of one piece; the first carries the mark when it is selected.
pub type Piece = Vec<Line<'static>>;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutlineState {
    selected: usize,
    top: usize,
    /// As it was last drawn.
    size: Size,
}

impl OutlineState {
    pub fn selected(&self) -> usize {
        self.selected
    }

    pub fn select(&mut self, piece: usize) {
        self.selected = piece;
    }

    /// The columns that a piece may take.
    pub fn width(&self) -> usize {
        self.size.width.saturating_sub(GUTTER).into()
    }

    /// Remembers the room there is.
    pub fn fill(&mut self, area: Rect) {
        self.size = area.as_size();
    }

    pub fn shift(&mut self, step: Move, pieces: &[Piece]) {
        let rows = Rows::of(pieces);
        let height = self.height();
        match step {
            Move::Down if rows.of_piece(self.selected).end > self.top + height => self.top += 1,
            Move::Up if rows.of_piece(self.selected).start < self.top => self.top -= 1,
            Move::Down => self.go_to(self.selected + 1, &rows, Edge::Beginning),
            Move::Up => self.go_to(self.selected.saturating_sub(1), &rows, Edge::End),
            Move::PageDown => self.turn(self.top + height.saturating_sub(1).max(1), &rows),
            Move::PageUp => self.turn(self.top.saturating_sub(height.saturating_sub(1).max(1)), &rows),
            Move::First => self.go_to(0, &rows, Edge::Beginning),
            Move::Last => self.go_to(usize::MAX, &rows, Edge::End),
        }
    }

    /// How many pieces are not wholly in sight, above and below.
    pub fn hidden(&self, pieces: &[Piece]) -> (usize, usize) {
        let rows = Rows::of(pieces);
        let top = self.shown_from(&rows, self.height());
        let bottom = top + self.height();
        let places = || 0..pieces.len();
        let above = places().filter(|piece| rows.of_piece(*piece).start < top).count();
        (above, places().filter(|piece| rows.of_piece(*piece).end > bottom).count())
    }

    fn height(&self) -> usize {
        usize::from(self.size.height).max(1)
    }

    /// Selects a piece and shows as much of it as fits, from the edge at which it is entered.
    fn go_to(&mut self, piece: usize, rows: &Rows, edge: Edge) {
        self.selected = piece.min(rows.last());
        let Range { start, end } = rows.of_piece(self.selected);
        let lowest = end.saturating_sub(self.height());
        self.top = match edge {
            Edge::Beginning => self.top.max(lowest).min(start),
            Edge::End => self.top.min(start).max(lowest),
        };
    }

    /// Shows the rows from `top` on and selects the first piece that begins there.
    fn turn(&mut self, top: usize, rows: &Rows) {
        self.top = top.min(rows.total().saturating_sub(self.height()));
        self.selected = if top > self.top { rows.last() } else { rows.first_from(self.top) };
    }

    /// The first row to draw: what is selected is never out of sight, whatever has changed in between.
    fn shown_from(&self, rows: &Rows, height: usize) -> usize {
        let piece = rows.of_piece(self.selected.min(rows.last()));
        let in_sight = piece.start < self.top + height && piece.end > self.top;
        let top = if in_sight { self.top } else { piece.start };
        top.min(rows.total().saturating_sub(height))
    }
}

#[derive(Clone, Copy)]
enum Edge {
    Beginning,
    End,
}

/// The row after the last of each piece.
struct Rows(Vec<usize>);

impl Rows {
    fn of(pieces: &[Piece]) -> Self {
        let ends = pieces.iter().scan(0, |end, piece| {
            *end += piece.len();
            Some(*end)
        });
        Self(ends.collect())
    }

    fn last(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    fn total(&self) -> usize {
        self.0.last().copied().unwrap_or_default()
    }

    fn of_piece(&self, piece: usize) -> Range<usize> {
        let start = piece.checked_sub(1).and_then(|before| self.0.get(before)).copied().unwrap_or_default();
        start..self.0.get(piece).copied().unwrap_or(start)
    }

    fn first_from(&self, row: usize) -> usize {
        (0..self.0.len()).find(|piece| self.of_piece(*piece).start >= row).unwrap_or(self.last())
    }
}

/// Whether the pane is the one that the keys go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Active {
    Yes,
    No,
}

/// Draws the pieces from where they are scrolled to.
pub fn draw(
    state: &OutlineState,
    pieces: &[Piece],
    active: Active,
    area: Rect,
    buf: &mut Buffer,
    theme: &Theme,
) {
    let area = area.intersection(buf.area);
    let top = state.shown_from(&Rows::of(pieces), area.height.into());
    let rows = pieces.iter().enumerate().flat_map(|(place, piece)| {
        piece.iter().enumerate().map(move |(row, line)| (row == 0 && place == state.selected, line))
    });
    for (line, (head_of_selected, text)) in area.rows().zip(rows.skip(top)) {
        let text_x = line.x.saturating_add(GUTTER);
        let room = line.width.saturating_sub(GUTTER);
        if room > 0 {
            buf.set_line(text_x, line.y, text, room);
        }
        if head_of_selected && active == Active::Yes {
            buf.set_stringn(line.x, line.y, ">", line.width.into(), theme.text);
            buf.set_style(line, theme.selected);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(heights: &[usize]) -> Vec<Piece> {
        heights.iter().map(|height| vec![Line::from("x"); *height]).collect()
    }

    fn state(height: u16) -> OutlineState {
        OutlineState { size: Size::new(20, height), ..OutlineState::default() }
    }

    #[test]
    fn a_tall_piece_is_read_to_its_end_before_the_next() {
        let pieces = pieces(&[5, 1]);
        let mut state = state(3);
        let seen: Vec<(usize, usize)> = (0..4)
            .map(|_| {
                state.shift(Move::Down, &pieces);
                (state.selected, state.top)
            })
            .collect();
        assert_eq!(seen, [(0, 1), (0, 2), (1, 3), (1, 3)]);
    }

    #[test]
    fn going_up_into_a_tall_piece_begins_at_its_end() {
        let pieces = pieces(&[5, 1]);
        let mut state = state(3);
        state.shift(Move::Last, &pieces);
        state.shift(Move::Up, &pieces);
        assert_eq!((state.selected, state.top), (0, 2));
        state.shift(Move::Up, &pieces);
        assert_eq!((state.selected, state.top), (0, 1));
    }

    #[test]
    fn pages_end_at_the_last_piece() {
        let pieces = pieces(&[2, 2, 2, 2]);
        let mut state = state(4);
        state.shift(Move::PageDown, &pieces);
        assert_eq!((state.selected, state.top), (2, 3));
        state.shift(Move::PageDown, &pieces);
        assert_eq!(state.selected, 3);
        state.shift(Move::PageUp, &pieces);
        assert_eq!((state.selected, state.top), (1, 1));
    }

    #[test]
    fn what_is_cut_counts_as_out_of_sight() {
        let pieces = pieces(&[2, 2, 2, 2]);
        let mut state = state(5);
        assert_eq!(state.hidden(&pieces), (0, 2));
        state.shift(Move::Last, &pieces);
        assert_eq!(state.hidden(&pieces), (2, 0));
        assert_eq!(state.hidden(&[]), (0, 0));
    }

    #[test]
    fn nothing_and_no_room_do_not_panic() {
        for height in 0..3 {
            let mut state = state(height);
            for step in [Move::Up, Move::Down, Move::PageUp, Move::PageDown, Move::First, Move::Last] {
                state.shift(step, &[]);
                state.shift(step, &pieces(&[3, 0, 2]));
            }
            let area = Rect::new(0, 0, 1, height);
            let mut buf = Buffer::empty(area);
            draw(&state, &pieces(&[3]), Active::Yes, area, &mut buf, &Theme::plain());
        }
    }

    #[test]
    fn what_is_selected_is_in_sight_after_the_pieces_changed() {
        let mut state = state(2);
        state.shift(Move::Last, &pieces(&[1, 1, 9]));
        let area = Rect::new(0, 0, 9, 2);
        let mut buf = Buffer::empty(area);
        draw(&state, &pieces(&[1, 1, 1]), Active::Yes, area, &mut buf, &Theme::plain());
        assert_eq!(buf[(0, 1)].symbol(), ">");
    }
}
