//! Rows and cells of delimited text, numbered as a spreadsheet numbers them. What the cells mean is `header`'s.

use std::io::Read;

use csv::{Reader, ReaderBuilder, StringRecord, Terminator};

use super::Reason;
use crate::domain::defused::words;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delimiter {
    Comma,
    Semicolon,
    Tab,
}

impl Delimiter {
    pub(super) const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    pub(super) fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// A row that holds something.
pub(super) struct Row<'t> {
    /// From 1, with blank rows counted.
    pub(super) number: u32,
    pub(super) cells: StringRecord,
    /// As it stands in the text, without the line's end.
    pub(super) raw: &'t str,
}

/// One kind of line ending: `\n`. Text of the old Macintosh, which has only `\r`, as well.
pub(super) fn with_plain_lines(text: &str) -> String {
    if text.contains('\n') { text.replace("\r\n", "\n") } else { text.replace('\r', "\n") }
}

/// Reads rows one by one. An item is an error where the table cannot be read any further.
pub(super) fn rows(text: &str, delimiter: Delimiter) -> impl Iterator<Item = Result<Row<'_>, Reason>> {
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.byte())
        .terminator(Terminator::Any(b'\n'))
        .from_reader(text.as_bytes().chain(END.as_bytes()));
    Rows { text, reader, number: 0, state: State::Open }
        .filter(|row| row.as_ref().map_or(true, holds_something))
}

/// How far down a header row is looked for.
const ROWS_SEARCHED: usize = 20;

/// Finds the header row, and with it the delimiter: the one in which the most labels are known, and no fewer than
/// that.
pub(super) fn header(
    text: &str,
    least: usize,
    known_labels: impl Fn(&StringRecord) -> usize,
) -> Option<(Delimiter, Row<'_>)> {
    let mut best: Option<(usize, (Delimiter, Row))> = None;
    for delimiter in Delimiter::ALL {
        for row in rows(text, delimiter).take(ROWS_SEARCHED).map_while(Result::ok) {
            let known = known_labels(&row.cells);
            if known >= least && best.as_ref().is_none_or(|(most, _)| known > *most) {
                best = Some((known, (delimiter, row)));
            }
        }
    }
    best.map(|(_, found)| found)
}

/// Follows the text as a row of its own. Where it does not come back as one, a quotation mark has swallowed it:
/// the library reads an open quotation to the end without a word, and would merge one child's report into another's.
const END: &str = "\n\u{0}end";

fn holds_something(row: &Row<'_>) -> bool {
    row.cells.iter().any(|cell| !cell.trim().is_empty())
}

struct Rows<'t, R> {
    text: &'t str,
    reader: Reader<R>,
    number: u32,
    state: State,
}

enum State {
    Open,
    Over,
}

impl<'t, R: Read> Rows<'t, R> {
    fn row(&mut self) -> Option<Result<Row<'t>, Reason>> {
        let start = self.reader.position().byte();
        let mut cells = StringRecord::new();
        self.reader.read_record(&mut cells).ok().filter(|found| *found)?;
        self.number = self.number.saturating_add(1).saturating_add(self.blank_lines_from(start));
        let own_end = self.text.len() as u64 + 1;
        let end = self.reader.position().byte();
        if end <= own_end {
            let raw = self.between(start, end);
            return Some(Ok(Row { number: self.number, cells: without_marks(cells), raw }));
        }
        let intact = cells.len() == 1 && cells.get(0) == END.strip_prefix('\n');
        (!intact).then_some(Err(Reason::OpenQuote { row: self.number }))
    }

    fn between(&self, start: u64, end: u64) -> &'t str {
        let place = |byte| usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        self.text.get(place(start)..place(end)).unwrap_or_default().trim_matches('\n')
    }

    /// The library skips blank lines without counting them.
    fn blank_lines_from(&self, start: u64) -> u32 {
        let rest = usize::try_from(start).ok().and_then(|start| self.text.as_bytes().get(start..));
        let blank = rest.map_or(0, |rest| rest.iter().take_while(|byte| **byte == b'\n').count());
        u32::try_from(blank).unwrap_or(u32::MAX)
    }
}

/// Cells that a spreadsheet would have computed come with a mark, from us and from other careful programs.
fn without_marks(cells: StringRecord) -> StringRecord {
    let has_marks = cells.iter().any(|cell| words(cell) != cell);
    if has_marks { cells.iter().map(words).collect() } else { cells }
}

impl<'t, R: Read> Iterator for Rows<'t, R> {
    type Item = Result<Row<'t>, Reason>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.state {
            State::Over => None,
            State::Open => {
                let row = self.row();
                if !matches!(row, Some(Ok(_))) {
                    self.state = State::Over;
                }
                row
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Delimiter, rows, with_plain_lines};
    use crate::intake::Reason;

    fn read(text: &str) -> Result<Vec<(u32, Vec<String>)>, Reason> {
        let text = with_plain_lines(text);
        rows(&text, Delimiter::Comma)
            .map(|row| row.map(|row| (row.number, row.cells.iter().map(str::to_owned).collect())))
            .collect()
    }

    fn numbers(text: &str) -> Vec<u32> {
        read(text).unwrap().into_iter().map(|(number, _)| number).collect()
    }

    #[test]
    fn blank_rows_are_counted_and_left_out() {
        assert_eq!(numbers("\n\na,b\n,,\n\n\nc,d\n\n"), [3, 7]);
    }

    #[test]
    fn a_row_is_known_as_it_was_written() {
        let text = "a,b\n\n\"c\n\nd\", e\nf";
        let raw: Vec<&str> = rows(text, Delimiter::Comma).map(|row| row.unwrap().raw).collect();
        assert_eq!(raw, ["a,b", "\"c\n\nd\", e", "f"]);
    }

    #[test]
    fn lines_of_a_quoted_cell_are_one_row() {
        assert_eq!(numbers("a\n\"b\n\n\nc\"\nd"), [1, 2, 3]);
    }

    #[test]
    fn windows_and_macintosh_lines() {
        assert_eq!(numbers("a\r\n\r\nb\r\n"), [1, 3]);
        assert_eq!(numbers("a\rb\r\rc"), [1, 2, 4]);
    }

    #[test]
    fn an_open_quotation_names_its_row() {
        assert_eq!(read("a\nb,\"c\nd\n"), Err(Reason::OpenQuote { row: 2 }));
        assert_eq!(read("a\n\""), Err(Reason::OpenQuote { row: 2 }));
    }

    #[test]
    fn a_closed_quotation_at_the_end_is_whole() {
        assert_eq!(read("\"a\"").unwrap(), [(1, vec!["a".to_owned()])]);
        assert_eq!(
            read("a,\"say \"\"no\"\"\"").unwrap(),
            [(1, vec!["a".to_owned(), "say \"no\"".to_owned()])]
        );
    }

    #[test]
    fn a_mark_before_a_formula_is_no_word_of_it() {
        assert_eq!(
            read("'=a,\"'-b\nc\",'d").unwrap(),
            [(1, ["=a", "-b\nc", "'d"].map(str::to_owned).to_vec())]
        );
    }

    #[test]
    fn ragged_rows_come_as_they_are() {
        assert_eq!(read("a\nb,c,d").unwrap().last().unwrap().1, ["b", "c", "d"]);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(read("").unwrap().is_empty());
        assert!(read("\n\n").unwrap().is_empty());
    }
}
