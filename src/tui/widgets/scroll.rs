//! How far down a text one is that is longer than the screen.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::list::Move;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    top: usize,
    /// As they were last shown.
    rows: usize,
    height: usize,
}

impl Scroll {
    /// Moves within the rows that were last shown.
    pub fn shift(&mut self, step: Move) {
        let page = self.height.saturating_sub(1).max(1);
        let top = match step {
            Move::Up => self.top.saturating_sub(1),
            Move::Down => self.top + 1,
            Move::PageUp => self.top.saturating_sub(page),
            Move::PageDown => self.top + page,
            Move::First => 0,
            Move::Last => usize::MAX,
        };
        self.top = top.min(self.lowest());
    }

    /// Which of so many rows so many lines show.
    pub fn window(&mut self, rows: usize, height: usize) -> Range<usize> {
        (self.rows, self.height) = (rows, height);
        self.top = self.top.min(self.lowest());
        self.top..self.top.saturating_add(height).min(rows)
    }

    /// The rows beyond which no step but that to the end leads.
    pub fn reach(&self, height: usize) -> usize {
        self.top.saturating_add(height.saturating_mul(2))
    }

    /// Draws as many of the lines as there is room for.
    pub fn draw(&mut self, lines: &[Line], area: Rect, buf: &mut Buffer) {
        let window = self.window(lines.len(), area.height.into());
        for (place, line) in area.rows().zip(lines.get(window).unwrap_or_default()) {
            buf.set_line(place.x, place.y, line, place.width);
        }
    }

    /// The last row that may stand at the top.
    fn lowest(&self) -> usize {
        self.rows.saturating_sub(self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::{Move, Scroll};

    #[test]
    fn it_goes_no_further_than_the_end_and_comes_back_by_one() {
        let mut scroll = Scroll::default();
        assert_eq!(scroll.window(50, 20), 0..20);
        scroll.shift(Move::PageDown);
        assert_eq!(scroll.window(50, 20), 19..39, "a page keeps one row");
        scroll.shift(Move::Last);
        scroll.shift(Move::Down);
        scroll.shift(Move::Up);
        assert_eq!(scroll.window(50, 20), 29..49);
        assert_eq!(scroll.window(3, 20), 0..3, "what has become shorter is shown whole");
    }
}
