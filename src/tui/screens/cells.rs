//! A row of a list as cells beside each other, with the letters marked by which it was found.

use ratatui::text::{Line, Span};

use crate::search::{Query, highlight};
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::{columns, fit_marked};

/// A text and the columns that it is given.
pub(super) struct Cell<'t>(pub(super) &'t str, pub(super) usize);

/// The cells with a space between them. Cells of no width are left out.
pub(super) fn row(cells: &[Cell], query: &Query, theme: &Theme) -> Line<'static> {
    let texts: Vec<&str> = cells.iter().map(|cell| cell.0).collect();
    let marks = highlight(query, &texts);
    let mut spans: Vec<Span> = Vec::new();
    for (Cell(text, width), marks) in cells.iter().zip(&marks).filter(|(cell, _)| cell.1 > 0) {
        let line = fit_marked(text, *width, marks, theme.mark);
        let filler = width.saturating_sub(columns(&line.to_string())) + 1;
        spans.extend(line.spans);
        spans.push(Span::raw(" ".repeat(filler)));
    }
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::{Cell, Query, Theme, row};

    fn drawn(cells: &[Cell], typed: &str) -> String {
        row(cells, &Query::parse(typed), &Theme::plain()).to_string()
    }

    #[test]
    fn cells_keep_their_columns() {
        assert_eq!(drawn(&[Cell("Zoë", 5), Cell("hidden", 0), Cell("日本語です", 5)], ""), "Zoë   日本… ");
    }

    #[test]
    fn letters_that_were_looked_for_are_marked() {
        let theme = Theme::plain();
        let line = row(&[Cell("Łukasz Wójcik", 20)], &Query::parse("lukasz"), &theme);
        assert_eq!((line.spans[0].content.as_ref(), line.spans[0].style), ("Łukasz", theme.mark));
    }
}
