//! Text of any length, broken into rows only as far as it is read: an original may have ten megabytes, and on one
//! line.

use std::ops::Range;

use ratatui::text::Line;

use super::wrap::{break_paragraph, drawn_row};

/// The most bytes that are broken into rows in one go.
const PIECE: usize = 64 * 1024;

pub struct LongText {
    text: String,
    width: usize,
    rows: Vec<Range<usize>>,
    /// Where the next row begins; none when the rows reach the end.
    next: Option<usize>,
}

impl LongText {
    pub fn new(text: String) -> Self {
        Self { text, width: 0, rows: Vec::new(), next: Some(0) }
    }

    /// How many rows there are as far as it is laid out.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    pub fn is_whole(&self) -> bool {
        self.next.is_none()
    }

    /// Another width begins anew.
    pub fn set_width(&mut self, width: usize) {
        if self.width != width {
            (self.width, self.next) = (width, Some(0));
            self.rows.clear();
        }
    }

    /// Lays out so many rows, and no more than `bytes` beyond what is laid out already.
    pub fn lay_out(&mut self, rows: usize, bytes: usize) {
        let end = self.next.unwrap_or_default().saturating_add(bytes);
        while let Some(next) = self.next.filter(|next| *next < end && self.rows.len() < rows) {
            self.next = self.lay_out_piece(next);
        }
    }

    /// The rows of a paragraph, or of its beginning. Says where the next piece begins.
    fn lay_out_piece(&mut self, from: usize) -> Option<usize> {
        let rest = self.text.get(from..).unwrap_or_default();
        let piece = rest.get(..rest.floor_char_boundary(PIECE)).unwrap_or_default();
        let before = self.rows.len();
        if let Some(end) = piece.find('\n') {
            break_paragraph(piece.get(..end).unwrap_or_default(), from, self.width.max(1), &mut self.rows);
            return Some(from + end + 1);
        }
        break_paragraph(piece, from, self.width.max(1), &mut self.rows);
        if piece.len() == rest.len() {
            return None;
        }
        // The last row would have gone on.
        let unfinished = if self.rows.len() > before + 1 { self.rows.pop() } else { None };
        Some(unfinished.map_or(from + piece.len(), |row| row.start))
    }

    /// A row as it is drawn.
    pub fn row(&self, place: usize) -> Option<Line<'static>> {
        self.rows.get(place).map(|row| drawn_row(&self.text, row.clone()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LongText, PIECE};
    use crate::tui::widgets::wrap::wrap;

    fn whole(text: &str, width: usize) -> Vec<String> {
        let mut long = LongText::new(text.to_owned());
        long.set_width(width);
        long.lay_out(usize::MAX, usize::MAX);
        (0..long.rows()).map_while(|place| long.row(place)).map(|row| row.to_string()).collect()
    }

    #[test]
    fn one_endless_line_is_broken_as_if_in_one_go() {
        let words = "Noë said that 日本語 is e\u{301}asy, and ".repeat(9_000);
        assert!(words.len() > 4 * PIECE);
        let at_once: Vec<String> = wrap(&words, 77).iter().map(ToString::to_string).collect();
        assert!(whole(&words, 77) == at_once);
        let letters = "x".repeat(3 * PIECE);
        assert!(whole(&letters, 10).iter().map(String::len).sum::<usize>() == letters.len());
    }

    #[test]
    fn no_more_is_laid_out_than_is_asked_for() {
        let mut long = LongText::new("word ".repeat(PIECE));
        long.set_width(10);
        long.lay_out(40, usize::MAX);
        assert!(long.rows() >= 40 && long.rows() < PIECE, "{}", long.rows());
        long.lay_out(usize::MAX, 1);
        assert!(!long.is_whole());
        long.lay_out(usize::MAX, usize::MAX);
        assert!(long.is_whole());
    }

    proptest! {
        #[test]
        fn short_text_is_wrapped_text(text in "(\\PC|[\t\n ]|[a-z]{1,9}|日){0,60}", width in 0usize..30) {
            let wrapped: Vec<String> = wrap(&text, width).iter().map(ToString::to_string).collect();
            prop_assert_eq!(whole(&text, width), wrapped);
        }
    }
}
