//! A file becomes Part 1s, or is rejected with a reason.
//!
//! [`read`] takes bytes and says what is in them; [`drop_folder`] watches `incoming/`. What is done with a Part 1
//! (its number, its children, whether it has been here before) is the cabinet's: this room knows the `domain` only.
//!
//! ```text
//! bytes ─▶ decode ─▶ json ──────────────────────▶ Part 1, or a Reason
//!                 └▶ table ─▶ header ─▶ answers ─▶ one of the two for each row
//! ```
//!
//! Address books and rolls go other ways, for they are no reports: see [`contacts`] and [`roll`].
//!
//! Two rules hold everywhere here. Nothing that was written is dropped: what fits no field goes to
//! `Part1::unknown`. And no [`Reason`] repeats the report's words, because reasons are written to plain files.

mod answers;
pub mod contacts;
mod contacts_csv;
mod dates;
mod decode;
pub mod drop_folder;
mod form;
mod header;
mod json;
mod labels;
mod leftover;
mod pupils;
mod reason;
pub mod roll;
mod table;
mod unknown;
mod vcard;

use std::path::Path;

use crate::domain::concern::Part1;
use crate::domain::receiving::Markings;
use decode::{Decoded, Encoding};

pub use leftover::{cut, only};
pub use reason::Reason;

/// The largest file that is read (T13).
pub const MAX_BYTES: u64 = 25 * 1024 * 1024;
/// The most reports that one file may hold.
pub const MAX_REPORTS: usize = 10_000;
/// The longest field, in characters (T13).
const MAX_FIELD: usize = 200_000;
/// The longest report, in bytes: more than anybody writes, and what a screen lays out between two keys.
const MAX_REPORT: usize = 500_000;
/// The most columns of a table, and the most unknown fields of one report.
const MAX_FIELDS: usize = 1_000;

#[derive(Clone, Copy)]
enum Format {
    /// `dsl-desk.concern/1`.
    Json,
    /// What form services export.
    Csv,
}

/// What a file holds, report by report. It has no `Debug` form: reports are in it.
pub struct Reading {
    pub rows: Vec<RowOutcome>,
}

/// One report of a file.
pub struct RowOutcome {
    /// The row as a spreadsheet counts it, or the place in an array from 1; none where the file is one report.
    pub row: Option<u32>,
    pub result: Result<Part1, Reason>,
    /// Who may receive it, whether it can be taken in or not.
    pub markings: Markings,
}

/// Why a file, or one row of it, was not taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    pub row: Option<u32>,
    pub reason: Reason,
}

/// Reads a file by what is in it; `name` only helps where the content does not tell, and is never a path.
pub fn read(bytes: &[u8], name: &str) -> Result<Reading, Reason> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_BYTES {
        return Err(Reason::TooLarge);
    }
    refuse_foreign(bytes)?;
    let Decoded { text, encoding } = decode::decode(bytes);
    if text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    let rows = match (format_of(&text, name), encoding) {
        (Format::Json, Encoding::Utf8) => json::read(&text)?,
        (Format::Json, Encoding::Other) => return Err(Reason::NotUtf8),
        (Format::Csv, Encoding::Utf8 | Encoding::Other) => answers::read(&text)?,
    };
    if rows.is_empty() { Err(Reason::NoReports) } else { Ok(Reading { rows }) }
}

/// Files that people send instead, known by how they begin: they deserve better advice than "no column names".
fn refuse_foreign(bytes: &[u8]) -> Result<(), Reason> {
    const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];
    const DOCUMENTS: [&[u8]; 6] = [b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"<?xml", b"<!DOCTYPE"];
    let begins = |starts: &[&[u8]]| starts.iter().any(|start| bytes.starts_with(start));
    if begins(&WORKBOOKS) {
        Err(Reason::Workbook)
    } else if begins(&DOCUMENTS) {
        Err(Reason::Document)
    } else {
        Ok(())
    }
}

fn format_of(text: &str, name: &str) -> Format {
    let json_name = Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    if json_name || text.trim_start().starts_with(['{', '[']) { Format::Json } else { Format::Csv }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Reading, Reason, read};
    use crate::domain::area::Area;
    use crate::domain::concern::{About, Part1};

    const MS_FORMS: &[u8] = include_bytes!("../tests/data/intake/ms_forms.csv");
    const GOOGLE_FORMS: &[u8] = include_bytes!("../tests/data/intake/google_forms.csv");
    const PRINTED_LABELS: &[u8] = include_bytes!("../tests/data/intake/printed_labels.csv");
    const CONCERN: &[u8] = include_bytes!("../tests/data/intake/concern.json");
    const CONCERNS: &[u8] = include_bytes!("../tests/data/intake/concerns.json");

    fn reading(bytes: &[u8], name: &str) -> Reading {
        read(bytes, name).unwrap()
    }

    fn refused(bytes: &[u8], name: &str) -> Reason {
        read(bytes, name).err().unwrap()
    }

    fn part1(reading: &Reading, at: usize) -> &Part1 {
        reading.rows[at].result.as_ref().unwrap()
    }

    #[test]
    fn microsoft_forms() {
        let reading = reading(MS_FORMS, "Cause for concern(1-3).csv");
        let first = part1(&reading, 0);
        assert_eq!(first.children[0].name.as_str(), "Zoë Marlowe-Finch");
        assert_eq!(first.children[0].date_of_birth.unwrap().to_string(), "2015-02-04");
        assert_eq!(first.reporter.name.as_str(), "Josephine Osei");
        assert_eq!(first.written_at.unwrap().to_string(), "Tue 3 Nov 2026 14:19");
        assert_eq!(first.incident_at.unwrap().to_string(), "Tue 3 Nov 2026 12:40");
        assert_eq!((first.immediate_danger, first.told.len(), first.categories.len()), (Some(true), 2, 2));
        assert!(first.account.what.contains("\"I don't want to go home today.\"\nShe held"));
        assert!(first.unknown.contains_key("How is the pupil getting home today?"));
        assert_eq!(reading.rows[1].result.as_ref().err(), Some(&Reason::NoReporter));
        let rejected = reading.rows.iter().filter(|row| row.result.is_err());
        assert_eq!(rejected.map(|row| row.row).collect::<Vec<_>>(), [Some(3), Some(4)]);
    }

    #[test]
    fn google_forms() {
        let reading = reading(GOOGLE_FORMS, "responses.csv");
        let (first, second) = (part1(&reading, 0), part1(&reading, 1));
        assert_eq!(first.written_at.unwrap().to_string(), "Fri 20 Nov 2026 14:05");
        assert_eq!(first.incident_at.unwrap().to_string(), "Fri 20 Nov 2026 13:15");
        assert_eq!((first.area.clone(), first.told_dsl_in_person), (Area::read("Leicester"), Some(true)));
        assert_eq!(first.account.child_words.as_str(), "\"He says he is outside.\"");
        assert!(first.unknown.contains_key("Anything else?"));
        assert_eq!((second.children[0].date_of_birth, second.incident_at), (None, None));
        assert!(
            ["D.O.B.", "Date of incident", "Time of incident"]
                .iter()
                .all(|name| second.unknown.contains_key(*name))
        );
    }

    #[test]
    fn the_forms_own_labels() {
        let reading = reading(PRINTED_LABELS, "form.csv");
        let part1 = part1(&reading, 0);
        assert_eq!(part1.children[0].form.as_deref(), Some("9D"));
        assert_eq!(part1.reporter.name.as_str(), "Harriet Swan");
        assert_eq!(part1.written_at.unwrap().to_string(), "Thu 19 Nov 2026 09:30");
        assert!(
            !part1.actions.is_blank() && !part1.opinion.is_blank() && !part1.other_information.is_blank()
        );
        assert!(part1.unknown.is_empty());
    }

    #[test]
    fn a_concern_file() {
        let reading = reading(CONCERN, "whatever.txt");
        let part1 = part1(&reading, 0);
        assert_eq!(reading.rows[0].row, None);
        assert_eq!(part1.told[0].as_str(), "Ms Lal, DSL");
        assert_eq!(part1.unknown.keys().collect::<Vec<_>>(), ["children.1.upn", "system"]);
    }

    #[test]
    fn an_array_of_concerns() {
        let reading = reading(CONCERNS, "concerns.json");
        assert_eq!(part1(&reading, 0).about, About::Adult);
        assert_eq!(reading.rows[1].result.as_ref().err(), Some(&Reason::NoChild));
        assert_eq!((part1(&reading, 2).about, reading.rows[2].row), (About::Staff, Some(3)));
    }

    #[test]
    fn a_mark_before_json_is_tolerated_and_another_encoding_is_not() {
        assert!(read(&[b"\xef\xbb\xbf", CONCERN].concat(), "a.json").is_ok());
        assert_eq!(refused(b"{\"a\": \"\xeb\"}", "a.json"), Reason::NotUtf8);
    }

    #[test]
    fn a_table_in_utf16_or_windows_letters() {
        let utf16: Vec<u8> = std::iter::once(0xfeff)
            .chain("Pupil's name\tWhat happened\tYour name\nZoë\tb\tC\n".encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let windows = b"Pupil\x92s name;What happened;Your name\r\nZo\xeb;b;C\r\n";
        for bytes in [utf16.as_slice(), windows] {
            assert_eq!(part1(&reading(bytes, "a.csv"), 0).children[0].name.as_str(), "Zoë");
        }
    }

    #[test]
    fn files_of_other_kinds_get_advice() {
        assert_eq!(refused(b"", "a.json"), Reason::Empty);
        assert_eq!(refused(b"\xef\xbb\xbf \n", "a.csv"), Reason::Empty);
        assert_eq!(refused(b"PK\x03\x04rest", "a.xlsx"), Reason::Workbook);
        assert_eq!(refused(b"%PDF-1.7", "a.pdf"), Reason::Document);
        assert_eq!(refused(b"{\\rtf1", "a.json"), Reason::Document);
        assert_eq!(refused(b"[]", "a.json"), Reason::NoReports);
        assert_eq!(refused(b"Pupil's name,What happened\n", "a.csv"), Reason::NoReports);
        assert!(matches!(refused(b"hello", "a.json"), Reason::NotJson { .. }));
        assert_eq!(refused(&vec![b'['; 50 * 1024 * 1024], "a.json"), Reason::TooLarge);
        assert!(matches!(refused(&vec![b'['; 25 * 1024 * 1024], "a.json"), Reason::CutShort { .. }));
    }

    #[test]
    fn control_characters_never_come_in() {
        let text = "Pupil's name,What happened,Your name,\u{1b}[2J\nA,\u{1b}]52;c;eA==\u{7},C,\u{202e}x\n";
        let reading = reading(text.as_bytes(), "a.csv");
        let json = serde_json::to_string(part1(&reading, 0)).unwrap();
        assert!(!json.contains(['\u{1b}', '\u{7}', '\u{202e}']) && !json.contains("\\u001b"));
    }

    /// Whatever comes in can be written into the ledger and read back as it was.
    fn holds(bytes: &[u8], name: &str) {
        let Ok(reading) = read(bytes, name) else { return };
        for part1 in reading.rows.iter().filter_map(|row| row.result.as_ref().ok()) {
            let written = serde_json::to_string(part1).unwrap();
            assert!(serde_json::from_str::<Part1>(&written).unwrap() == *part1);
        }
    }

    fn sample() -> impl Strategy<Value = Vec<u8>> {
        prop::sample::select(vec![MS_FORMS, GOOGLE_FORMS, PRINTED_LABELS, CONCERN, CONCERNS])
            .prop_map(<[u8]>::to_vec)
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            holds(&bytes, "a.csv");
            holds(&bytes, "a.json");
        }

        #[test]
        fn changed_samples_are_read_or_refused(
            mut bytes in sample(),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        ) {
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            holds(&bytes, "a");
        }

        #[test]
        fn shortened_samples_are_read_or_refused(bytes in sample(), end in any::<prop::sample::Index>()) {
            holds(&bytes[..end.index(bytes.len())], "a");
        }

        #[test]
        fn any_cell_is_read_or_kept(label in "[A-Za-z0-9 ?()]{0,20}|date|time of incident|dob|when", cell in "\\PC{0,30}|[0-9/:. ]{0,20}") {
            let cell = cell.replace('"', "\"\"");
            holds(format!("Pupil's name,What happened,Your name,\"{label}\"\nA,b,C,\"{cell}\"\n").as_bytes(), "a.csv");
        }

        #[test]
        fn any_date_of_a_concern_file_is_read_or_refused(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?") {
            let report = serde_json::json!({
                "format": "dsl-desk.concern/1", "about": "adult", "incident_at": text,
                "account": {"what": "b"}, "reporter": {"name": "C"},
            });
            holds(report.to_string().as_bytes(), "a.json");
        }
    }
}
