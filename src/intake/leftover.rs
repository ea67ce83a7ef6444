//! Some reports of a file as a file of their own: what is left of it when the others are in the record.
//!
//! They stand there as they were written, so that whoever puts them right finds their own words.

use super::{Format, decode, format_of, header, json, table};

/// A spreadsheet takes a file without it for one in the letters of an older Windows.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Only these rows of a file that was read before, in its own format. None where it has none of them.
pub fn only(bytes: &[u8], name: &str, rows: &[u32]) -> Option<String> {
    let text = decode::decode(bytes).text;
    match format_of(&text, name) {
        Format::Json => array(&text, rows),
        Format::Csv => sheet(&text, rows),
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
    let chosen: Vec<&str> = table::rows(&text, header.delimiter)
        .map_while(Result::ok)
        .filter(|row| row.number == header.row || rows.contains(&row.number))
        .map(|row| row.raw)
        .collect();
    (chosen.len() > 1).then(|| format!("{BYTE_ORDER_MARK}{}\n", chosen.join("\n")))
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

    #[test]
    fn where_there_is_nothing_to_choose_there_is_no_file() {
        assert_eq!(only(b"{}", "a.json", &[1]), None);
        assert_eq!(only(b"Pupil's name,What happened,Your name\nA,b,C\n", "a.csv", &[9]), None);
    }
}
