//! Some reports of a file as a file of their own: what is left of it when the others are in the record.
//!
//! They stand there as they were written, so that whoever puts them right finds their own words.

use super::header::Header;
use super::table::Row;
use super::{Format, answers, decode, format_of, header, json, table};
use crate::domain::defused;
use crate::domain::text::clean;

/// A spreadsheet takes a file without it for one in the letters of an older Windows.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Only these rows of a file that was read before, in its own format. None where it has none of them, or where they
/// would mean something else without the others.
pub fn only(bytes: &[u8], name: &str, rows: &[u32]) -> Option<String> {
    let text = decode::decode(bytes).text;
    match format_of(&text, name) {
        Format::Json => array(&text, rows),
        Format::Csv => sheet(&text, rows)
            .filter(|sheet| matches!(format_of(sheet, name), Format::Csv))
            .map(|sheet| format!("{BYTE_ORDER_MARK}{sheet}")),
    }
}

/// The same as they were written, whatever they would mean without the others: for rows that nobody takes in as they
/// are. None where it has none of them.
pub fn cut(bytes: &[u8], name: &str, rows: &[u32]) -> Option<String> {
    let text = decode::decode(bytes).text;
    match format_of(&text, name) {
        Format::Json => array(&text, rows),
        Format::Csv => {
            let text = table::with_plain_lines(&text);
            let header = header::find(&text).ok()?;
            let chosen = chosen(&text, &header, rows);
            let lines: String = chosen.iter().map(|row| line(row, &header)).collect();
            (chosen.len() > 1).then(|| format!("{BYTE_ORDER_MARK}{lines}"))
        }
    }
}

fn array(text: &str, rows: &[u32]) -> Option<String> {
    let items = (1..).zip(json::items(text).ok()?);
    let chosen: Vec<&str> = items.filter(|(place, _)| rows.contains(place)).map(|(_, raw)| raw).collect();
    (!chosen.is_empty()).then(|| format!("[\n{}\n]\n", chosen.join(",\n")))
}

/// The rows under the names of their columns.
fn sheet(text: &str, rows: &[u32]) -> Option<String> {
    let text = table::with_plain_lines(text);
    let header = header::find(&text).ok()?;
    let chosen = chosen(&text, &header, rows);
    let left: String = chosen.iter().map(|row| line(row, &header)).collect();
    let stands = chosen.len() > 1
        && means_the_same(&left, &chosen, &text, &header)
        && (!has_signs(&chosen) || reads_the_same(&left, &text, rows));
    stands.then_some(left)
}

/// The header and these rows.
fn chosen<'t>(text: &'t str, header: &Header, rows: &[u32]) -> Vec<Row<'t>> {
    table::rows(text, header.delimiter)
        .map_while(Result::ok)
        .filter(|row| row.number == header.row || rows.contains(&row.number))
        .collect()
}

/// Whether something is in them that a terminal would obey. It is written as a sign.
fn has_signs(rows: &[Row]) -> bool {
    rows.iter().flat_map(|row| row.cells.iter()).any(|cell| clean(cell) != cell)
}

/// A row as it was written, but for what a spreadsheet would compute or a terminal obey.
fn line(row: &Row, header: &Header) -> String {
    if row.cells.iter().any(|cell| defused::needs_a_mark(cell) || clean(cell) != cell) {
        let cells: Vec<String> = row.cells.iter().map(clean).collect();
        defused::row(cells.iter().map(String::as_str), header.delimiter.byte())
    } else {
        format!("{}\n", row.raw)
    }
}

/// The header is looked for, and the order of day and month told, by what else is in a file.
fn means_the_same(left: &str, chosen: &[Row], text: &str, header: &Header) -> bool {
    let Ok(found) = header::find(left) else { return false };
    let again: Vec<Row> = table::rows(left, found.delimiter).map_while(Result::ok).collect();
    found.reads_as(header)
        && again.first().is_some_and(|first| first.number == found.row)
        && answers::order_of_times(left, &found) == answers::order_of_times(text, header)
        && again.iter().map(|row| cleaned(row)).eq(chosen.iter().map(cleaned))
}

fn cleaned(row: &Row) -> Vec<String> {
    row.cells.iter().map(clean).collect()
}

/// A date with a sign in it is none any more.
fn reads_the_same(left: &str, text: &str, rows: &[u32]) -> bool {
    let (Ok(again), Ok(before)) = (answers::read(left), answers::read(text)) else { return false };
    let before = before.iter().filter(|row| row.row.is_some_and(|number| rows.contains(&number)));
    again.iter().map(|row| (&row.result, &row.markings)).eq(before.map(|row| (&row.result, &row.markings)))
}

#[cfg(test)]
mod tests {
    use super::only;
    use crate::intake::{Reason, read};

    fn reasons(text: &str) -> Vec<Option<Reason>> {
        let reading = read(text.as_bytes(), "a").unwrap();
        reading.rows.into_iter().map(|row| row.result.err()).collect()
    }

    #[test]
    fn the_rows_of_a_sheet_stand_under_its_header() {
        let sheet =
            b"Export\n\nPupil's name;What happened;Your name\r\nA;b;C\r\n;\"d;\r\n\"\"d\"\"\";E\r\nF;Zo\xeb;";
        let left = only(sheet, "a.csv", &[5, 6]).unwrap();
        assert_eq!(left, "\u{feff}Pupil's name;What happened;Your name\n;\"d;\n\"\"d\"\"\";E\nF;Zoë;\n");
        assert_eq!(reasons(&left), [Some(Reason::NoChild), Some(Reason::NoReporter)]);
    }

    #[test]
    fn the_items_of_an_array_stand_as_they_were_written() {
        let left = only(br#"[{"a": 1}, {"format" : 2,"b":"[x]"} ,7]"#, "a.json", &[2, 3]).unwrap();
        assert_eq!(left, "[\n{\"format\" : 2,\"b\":\"[x]\"},\n7\n]\n");
        assert_eq!(reasons(&left).len(), 2);
    }

    /// Every row comes with its reason, or with its words.
    #[test]
    fn what_a_spreadsheet_would_compute_is_marked_and_read_as_it_was() {
        let sheet = "Pupil's name,What happened,Your name,Telephone\n=A1,\"-b\n\",,+44 116 496 0001\n@D,\t=e,F,g\n,'=h,I,j\n";
        let left = only(sheet.as_bytes(), "a.csv", &[2, 3, 4]).unwrap();
        let cells = ["'=A1,\"'-b\n\",,'+44 116 496 0001", "'@D,'\t=e,F,g", ",'=h,I,j"];
        assert_eq!(
            left,
            format!("\u{feff}Pupil's name,What happened,Your name,Telephone\n{}\n", cells.join("\n"))
        );
        let (before, after) = (read(sheet.as_bytes(), "a").unwrap(), read(left.as_bytes(), "a").unwrap());
        assert_eq!(before.rows.len(), 3);
        for (before, after) in before.rows.iter().zip(after.rows) {
            assert!(before.result == after.result, "row {:?}", before.row);
        }
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown_where_it_reads_the_same() {
        let sheet = "Pupil's name,What happened,Your name,DOB\nA,\u{1b}[2Jb,,\nC,d,,3/4/\u{1b}2013\n";
        let left = only(sheet.as_bytes(), "a.csv", &[2]).unwrap();
        assert!(left.ends_with("A,␛[2Jb,,\n"), "{left:?}");
        assert!(!left.contains('\u{1b}'));
        let both = only(sheet.as_bytes(), "a.csv", &[2, 3]);
        assert!(both.is_none_or(|both| !both.contains('\u{1b}')));
    }

    /// 11/5/26 is in May where another row of the same machine says 20/11/26, and in November where none does.
    #[test]
    fn rows_that_another_row_explains_are_not_parted_from_it() {
        let sheet = b"Start time,Completion time,Pupil's name,What happened,Your name\n\
                      20/11/26 9:01:00,20/11/26 9:05:00,A,b,C\n11/5/26 9:01:00,11/5/26 9:05:00,,d,E\n";
        assert_eq!(only(sheet, "a.csv", &[3]), None);
        assert!(only(sheet, "a.csv", &[2, 3]).is_some());
    }

    #[test]
    fn a_sheet_that_would_be_taken_for_something_else_stays_whole() {
        assert_eq!(only(b"Export\n[Pupil's name],What happened,Your name\nA,b,\n", "a.csv", &[3]), None);
    }

    #[test]
    fn where_there_is_nothing_to_choose_there_is_no_file() {
        assert_eq!(only(b"{}", "a.json", &[1]), None);
        assert_eq!(only(b"Pupil's name,What happened,Your name\nA,b,C\n", "a.csv", &[9]), None);
    }
}
