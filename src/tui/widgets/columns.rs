//! How wide text is on the screen, and text made to fit so many columns. One line; more is `wrap`'s.
//!
//! Widths are ratatui's own, so that what is counted here is what is drawn there. A grapheme cluster is never split.

use std::ops::Range;

use ratatui::buffer::CellWidth as _;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation as _;

/// Columns between the stops of the tab key.
const TAB: usize = 4;

const ELLIPSIS: &str = "…";

/// The grapheme clusters of `text` with the byte at which each begins.
pub(super) fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let grapheme = first_grapheme(rest)?;
        let begins = at;
        at += grapheme.len();
        Some((begins, grapheme))
    })
}

/// Every frame asks this of every letter on it. Nearly all of them are plain ones, and between two plain ones there
/// is always a boundary, so that the tables of Unicode need not be asked.
fn first_grapheme(text: &str) -> Option<&str> {
    match text.as_bytes() {
        [first] if is_plain(*first) => Some(text),
        [first, second, ..] if is_plain(*first) && second.is_ascii() => text.get(..1),
        _ => text.graphemes(true).next(),
    }
}

/// Takes one column, and joins nothing but a mark that is not ASCII.
fn is_plain(byte: u8) -> bool {
    (0x20..0x7f).contains(&byte)
}

/// The columns of one grapheme that begins at `column`. Controls are not drawn.
pub(super) fn grapheme_columns(grapheme: &str, column: usize) -> usize {
    match grapheme.as_bytes() {
        [byte] if is_plain(*byte) => return 1,
        b"\t" => return TAB - column % TAB,
        _ => {}
    }
    if grapheme.contains(char::is_control) { 0 } else { usize::from(grapheme.cell_width()) }
}

/// The columns that `text` takes on one line, from column 0.
pub fn columns(text: &str) -> usize {
    graphemes(text).fold(0, |column, (_, grapheme)| column + grapheme_columns(grapheme, column))
}

/// As much of `text` as fits `width` columns on one line; an ellipsis stands for the rest.
pub fn fit(text: &str, width: usize) -> String {
    fit_marked(text, width, &[], Style::new()).spans.into_iter().map(|span| span.content).collect()
}

/// [`fit`] that ends after a whole word, unless that would leave less than half of the room filled.
pub fn fit_words(text: &str, width: usize) -> String {
    let fitted = fit(text, width);
    let Some(cut) = fitted.strip_suffix(ELLIPSIS).filter(|_| columns(text) > width) else { return fitted };
    let goes_on = text.get(cut.len()..).is_some_and(|rest| !rest.starts_with(char::is_whitespace));
    let whole = if goes_on { cut.rfind(' ').and_then(|space| cut.get(..space)) } else { Some(cut) };
    match whole.map(str::trim_end).filter(|whole| columns(whole) * 2 >= width) {
        Some(whole) => format!("{whole}{ELLIPSIS}"),
        None => fitted,
    }
}

/// [`fit`], filled up with spaces to exactly `width` columns.
pub fn pad(text: &str, width: usize) -> String {
    let mut fitted = fit(text, width);
    fitted.extend(std::iter::repeat_n(' ', width.saturating_sub(columns(&fitted))));
    fitted
}

/// [`fit`] with the graphemes that `marks` touch (byte ranges of `text`) in the style `mark`.
pub fn fit_marked(text: &str, width: usize, marks: &[Range<usize>], mark: Style) -> Line<'static> {
    let mut pieces = Pieces::new(marks, mark);
    let end = cut_at(text, width);
    for (at, grapheme) in graphemes(text).take_while(|(at, _)| *at < end) {
        pieces.push(at..at + grapheme.len(), on_one_line(grapheme));
    }
    if end < text.len() && width > 0 {
        pieces.push_unmarked(ELLIPSIS);
    }
    pieces.into_line()
}

/// The byte before which `text` fits, leaving a column for the ellipsis where it does not fit whole.
fn cut_at(text: &str, width: usize) -> usize {
    let mut column = 0;
    let mut room_for_ellipsis = 0;
    for (at, grapheme) in graphemes(text) {
        if column < width {
            room_for_ellipsis = at;
        }
        column += grapheme_columns(on_one_line(grapheme), column);
        if column > width {
            return room_for_ellipsis;
        }
    }
    text.len()
}

/// White space of any kind is one space here.
fn on_one_line(grapheme: &str) -> &str {
    if grapheme.chars().all(char::is_whitespace) { " " } else { grapheme }
}

/// Spans under way: neighbours of the same style are joined.
pub(super) struct Pieces<'m> {
    marks: &'m [Range<usize>],
    mark: Style,
    spans: Vec<Span<'static>>,
}

impl<'m> Pieces<'m> {
    pub(super) fn new(marks: &'m [Range<usize>], mark: Style) -> Self {
        Self { marks, mark, spans: Vec::new() }
    }

    /// Adds `drawn`, which stands for the grapheme at `bytes`; a mark on any of them marks it whole.
    pub(super) fn push(&mut self, bytes: Range<usize>, drawn: &str) {
        let marked = self.marks.iter().any(|mark| mark.start < bytes.end && bytes.start < mark.end);
        self.add(drawn, if marked { self.mark } else { Style::new() });
    }

    fn push_unmarked(&mut self, drawn: &str) {
        self.add(drawn, Style::new());
    }

    fn add(&mut self, drawn: &str, style: Style) {
        match self.spans.last_mut() {
            Some(last) if last.style == style => last.content.to_mut().push_str(drawn),
            Some(_) | None => self.spans.push(Span::styled(drawn.to_owned(), style)),
        }
    }

    pub(super) fn into_line(self) -> Line<'static> {
        Line::from(self.spans)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Style;

    use super::{columns, fit, fit_marked, fit_words, graphemes, pad};

    const FAMILY: &str = "👨\u{200d}👩\u{200d}👧";

    #[test]
    fn what_fits_is_left_alone() {
        assert_eq!(fit("Zoë", 3), "Zoë");
        assert_eq!(fit("Zoë", 9), "Zoë");
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        assert_eq!(fit("safeguarding", 5), "safe…");
        assert_eq!(fit("日本語", 4), "日…");
        assert_eq!(fit("日本語", 5), "日本…");
        assert_eq!(fit("ab", 1), "…");
        assert_eq!(fit("ab", 0), "");
    }

    #[test]
    fn a_cut_between_words_leaves_them_whole() {
        assert_eq!(fit_words("local authority", 15), "local authority");
        assert_eq!(fit_words("Local authority's decision on it", 28), "Local authority's decision…");
        assert_eq!(fit_words("Local authority's decision on it", 27), "Local authority's decision…");
        assert_eq!(
            fit_words("Kathleen O'Brien-Featherstone", 20),
            "Kathleen O'Brien-Fe…",
            "a long word is cut"
        );
        assert_eq!((fit_words("one two", 1), fit_words("one", 0)), ("…".to_owned(), String::new()));
    }

    #[test]
    fn graphemes_stay_whole() {
        assert_eq!(columns(FAMILY), 2);
        assert_eq!(fit(&format!("a{FAMILY}b"), 3), "a…");
        assert_eq!(fit("Zoe\u{308} said", 4), "Zoe\u{308}…");
    }

    #[test]
    fn padding_is_exact() {
        assert_eq!(pad("日本語", 4), "日… ");
        assert_eq!(pad("x", 3), "x  ");
    }

    #[test]
    fn lines_and_tabs_become_spaces() {
        assert_eq!(fit("one\ntwo\tthree", 20), "one two three");
    }

    #[test]
    fn marks_cover_whole_graphemes() {
        let line = fit_marked("Zoe\u{308} Khan", 20, std::slice::from_ref(&(3..5)), Style::new().bold());
        let spans: Vec<_> = line.spans.iter().map(|span| (span.content.as_ref(), span.style)).collect();
        assert_eq!(spans, [("Zo", Style::new()), ("e\u{308}", Style::new().bold()), (" Khan", Style::new())]);
    }

    proptest! {
        #[test]
        fn letters_are_those_of_unicode(text in "(\\PC|[\t\n\r ]|[a-z]|日|🇬🇧|👩\u{200d}👧|\u{301}){0,40}") {
            let all = unicode_segmentation::UnicodeSegmentation::grapheme_indices(text.as_str(), true);
            prop_assert!(graphemes(&text).eq(all));
        }

        #[test]
        fn padded_text_is_as_wide_as_asked(text in "(\\PC|[\t\n]|[a-z]|日|👩\u{200d}👧|e\u{301}){0,40}", width in 0usize..60) {
            prop_assert!(columns(&fit(&text, width)) <= width);
            prop_assert_eq!(columns(&pad(&text, width)), width);
        }
    }
}
