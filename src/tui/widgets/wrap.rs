//! Text broken into rows of so many columns: at white space and beside wide characters, and inside a word only where
//! the word alone is wider than a row. Newlines are kept, tabs expanded, nothing is reordered.
//!
//! White space at a break belongs to the row that it ends and may hang over the edge; when drawn it is left out.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::Line;

use super::columns::{Pieces, columns, grapheme_columns, graphemes};

/// `text` in lines of at most `width` columns. A width of 0 is taken as 1.
pub fn wrap(text: &str, width: usize) -> Vec<Line<'static>> {
    wrap_marked(text, width, &[], Style::new())
}

/// [`wrap`] with the graphemes that `marks` touch (byte ranges of `text`) in the style `mark`.
pub fn wrap_marked(text: &str, width: usize, marks: &[Range<usize>], mark: Style) -> Vec<Line<'static>> {
    rows(text, width).into_iter().map(|row| line(text, row, marks, mark)).collect()
}

/// One of [`rows`] as it is drawn.
pub(super) fn drawn_row(text: &str, row: Range<usize>) -> Line<'static> {
    line(text, row, &[], Style::new())
}

/// The byte ranges of the rows, without the newlines between them; together they leave out nothing else.
pub(super) fn rows(text: &str, width: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        break_paragraph(paragraph, start, width.max(1), &mut rows);
        start += paragraph.len() + 1;
    }
    rows
}

/// Adds the rows of text without newlines, which begins at the byte `offset` of the whole.
pub(super) fn break_paragraph(paragraph: &str, offset: usize, width: usize, rows: &mut Vec<Range<usize>>) {
    let mut row = Row::default();
    for (at, grapheme) in graphemes(paragraph) {
        if grapheme.chars().all(breaks_here) {
            row.column += grapheme_columns(grapheme, row.column);
            row.can_break_at = at + grapheme.len();
            continue;
        }
        let wide = grapheme_columns(grapheme, row.column);
        if wide > 1 {
            row.can_break_at = at;
        }
        while row.column + wide > width && at > row.start {
            let end = if row.can_break_at > row.start { row.can_break_at } else { at };
            rows.push(offset + row.start..offset + end);
            row = Row::starting(end, paragraph.get(end..at).map_or(0, columns));
        }
        row.column += wide;
        if wide > 1 {
            row.can_break_at = at + grapheme.len();
        }
    }
    rows.push(offset + row.start..offset + paragraph.len());
}

/// The row that is being filled; a break no further than its start is none.
#[derive(Default)]
struct Row {
    start: usize,
    column: usize,
    can_break_at: usize,
}

impl Row {
    fn starting(start: usize, column: usize) -> Self {
        Self { start, column, can_break_at: start }
    }
}

/// White space but for the no-break spaces.
fn breaks_here(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}')
}

fn line(text: &str, row: Range<usize>, marks: &[Range<usize>], mark: Style) -> Line<'static> {
    let start = row.start;
    let drawn = text.get(row).unwrap_or_default().trim_end();
    let mut pieces = Pieces::new(marks, mark);
    let mut column = 0;
    for (at, grapheme) in graphemes(drawn) {
        let width = grapheme_columns(grapheme, column);
        let bytes = start + at..start + at + grapheme.len();
        if grapheme == "\t" {
            pieces.push(bytes, &" ".repeat(width));
        } else {
            pieces.push(bytes, grapheme);
        }
        column += width;
    }
    pieces.into_line()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Style;

    use super::{columns, rows, wrap, wrap_marked};

    fn wrapped(text: &str, width: usize) -> Vec<String> {
        wrap(text, width).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn words_stay_whole_with_their_punctuation() {
        assert_eq!(wrapped("She said that, then left.", 13), ["She said", "that, then", "left."]);
        assert_eq!(wrapped("one two three four", 8), ["one two", "three", "four"]);
    }

    #[test]
    fn long_words_are_broken() {
        assert_eq!(wrapped("an incomprehensible", 6), ["an", "incomp", "rehens", "ible"]);
    }

    #[test]
    fn newlines_and_indents_are_kept() {
        assert_eq!(wrapped("one\n\n  two\n", 9), ["one", "", "  two", ""]);
        assert_eq!(wrapped("", 9), [""]);
    }

    #[test]
    fn tabs_are_expanded() {
        assert_eq!(wrapped("a\tb", 9), ["a   b"]);
    }

    #[test]
    fn wide_letters_break_anywhere_between_them() {
        assert_eq!(wrapped("ab 日本語で", 6), ["ab 日", "本語で"]);
        assert_eq!(wrapped("日本", 1), ["日", "本"]);
    }

    #[test]
    fn a_family_is_one_letter() {
        let family = "👨\u{200d}👩\u{200d}👧";
        assert_eq!(wrapped(&format!("{family}{family}"), 3), [family, family]);
    }

    #[test]
    fn a_script_from_right_to_left_keeps_its_order() {
        assert_eq!(wrapped("محمد خان قال", 8), ["محمد خان", "قال"]);
    }

    #[test]
    fn no_break_spaces_hold() {
        assert_eq!(wrapped("see 14\u{a0}May", 8), ["see", "14\u{a0}May"]);
    }

    #[test]
    fn marks_follow_the_rows() {
        let lines = wrap_marked("bruise on arm", 7, std::slice::from_ref(&(3..8)), Style::new().bold());
        let marked: Vec<Vec<_>> = lines
            .iter()
            .map(|line| {
                line.spans
                    .iter()
                    .filter(|span| span.style == Style::new().bold())
                    .map(|span| span.content.as_ref())
                    .collect()
            })
            .collect();
        assert_eq!(marked, [vec!["ise"], vec!["o"]]);
    }

    proptest! {
        #[test]
        fn rows_fit_and_lose_nothing(text in "(\\PC|[\t\n ]|[a-z]{1,9}|日|👩\u{200d}👧|e\u{301}){0,60}", width in 0usize..30) {
            let kept: String = rows(&text, width).into_iter().filter_map(|row| text.get(row)).collect();
            prop_assert_eq!(kept, text.replace('\n', ""));
            for line in wrap(&text, width) {
                let line = line.to_string();
                let letters = unicode_segmentation::UnicodeSegmentation::graphemes(line.as_str(), true).count();
                prop_assert!(columns(&line) <= width.max(1) || letters == 1, "{:?} is wider than {}", line, width);
            }
        }
    }
}
