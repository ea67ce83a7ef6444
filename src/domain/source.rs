//! Where something was read, in words: the documents of `data/sources.toml`, which is part of the program.
//!
//! Data and `--json` say `S1:186`, which is stable and short; whoever has to judge a number is told which document
//! that is.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::text::Text;

const SHIPPED: &str = include_str!("../../data/sources.toml");

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Document {
    pub code: String,
    pub name: String,
    pub short: String,
    /// What it says of its own date.
    pub dated: String,
    /// The last day on which it is not yet due for review, where it says so.
    pub review: Option<NaiveDate>,
    /// How many lines it has, where that is known: a test tells by it a code that leads nowhere.
    pub lines: Option<usize>,
}

#[derive(Deserialize)]
struct Shipped {
    source: Vec<Document>,
}

/// Every document, in the order of the file. A test reads the file, so that it is never empty in a release.
pub fn all() -> &'static [Document] {
    static ALL: LazyLock<Vec<Document>> =
        LazyLock::new(|| toml::from_str(SHIPPED).map(|shipped: Shipped| shipped.source).unwrap_or_default());
    &ALL
}

/// The document that a source is in; none for a web address.
pub fn document(source: &Text) -> Option<&'static Document> {
    place(source).map(|(document, _)| document)
}

/// `Police and Crime Commissioner's policy, line 186 (S1:186, 2024)`: which document, where in it, of when. What is no code of ours stays as it was written.
pub fn in_full(source: &Text) -> String {
    let written = source.one_line();
    match place(&written) {
        Some((document, lines)) => format!("{}, {lines} ({written}, {})", document.name, document.dated),
        None => written,
    }
}

/// `the PCC's policy, line 186`, where there is no room for more.
pub fn in_short(source: &Text) -> String {
    let written = source.one_line();
    match place(&written) {
        Some((document, lines)) => format!("{}, {lines}", document.short),
        None => written,
    }
}

/// All of them on one line; a semicolon between them, since each has a comma of its own.
pub fn listed(sources: &[Text]) -> String {
    sources.iter().map(in_full).collect::<Vec<_>>().join("; ")
}

/// The document that a code means, and `line 186` or `lines 231 to 236`.
fn place(written: &str) -> Option<(&'static Document, String)> {
    let (code, lines) = written.split_once(':')?;
    let document = all().iter().find(|document| document.code == code)?;
    let is_line = |number: &str| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    let lines = match lines.split_once('-') {
        Some((first, last)) if is_line(first) && is_line(last) => format!("lines {first} to {last}"),
        None if is_line(lines) => format!("line {lines}"),
        Some(_) | None => return None,
    };
    Some((document, lines))
}

/// Whether a code names lines that its document has: the tests of whatever cites one ask.
#[cfg(test)]
pub(crate) fn is_inside(code: &str) -> bool {
    let Some((document, _)) = place(code) else { return false };
    let lines = code.rsplit([':', '-']).map_while(|line| line.parse::<usize>().ok());
    lines.into_iter().all(|line| line >= 1 && document.lines.is_none_or(|last| line <= last))
}

#[cfg(test)]
mod tests {
    use super::{all, in_full, in_short, is_inside, listed, place};
    use crate::domain::{category, deadline, emergency, escalation};

    #[test]
    fn the_five_documents_have_a_name_each() {
        let codes: Vec<&str> = all().iter().map(|document| document.code.as_str()).collect();
        assert_eq!(codes, ["S0", "S1", "S2", "S3", "S4"]);
        assert!(all().iter().all(|document| !document.name.is_empty() && !document.short.is_empty()));
    }

    #[test]
    fn a_code_is_read_as_document_and_line() {
        let full = in_full(&"S1:186".into());
        assert_eq!(full, "Police and Crime Commissioner's policy, line 186 (S1:186, 2024)");
        assert_eq!(in_short(&"S2:231-236".into()), "NW Leicestershire, lines 231 to 236");
        assert_eq!(
            listed(&["S4:9".into(), "lrsb.org.uk".into()]),
            "Nacro's policy statement, line 9 (S4:9, 16 July 2025); lrsb.org.uk"
        );
    }

    #[test]
    fn what_is_no_code_stays_as_it_was_written() {
        for written in
            ["leicestershire.gov.uk/node/401", "S9:1", "S1", "S1:", "S1:12-", "S1:page 4", "Rang: them"]
        {
            assert_eq!(in_full(&written.into()), written);
            assert_eq!(in_short(&written.into()), written);
        }
    }

    #[test]
    fn a_code_may_lead_nowhere() {
        assert!(is_inside("S1:342") && is_inside("S2:231-236"));
        for nowhere in ["S1:343", "S1:0", "S1:300-400", "S9:1", "lrsb.org.uk"] {
            assert!(!is_inside(nowhere), "{nowhere}");
        }
    }

    #[test]
    fn every_code_in_the_program_leads_somewhere() {
        let categories = category::all().iter().map(|category| category.source.as_str());
        for code in categories.chain(emergency::SOURCES).filter(|code| !code.is_empty()) {
            assert!(is_inside(code), "{code}");
        }
    }

    /// A slip in a code would pass for an address, which is never looked up.
    #[test]
    fn every_source_of_a_clock_or_a_rung_is_a_document_or_an_address() {
        let clocks = deadline::all().iter().flat_map(|deadline| &deadline.sources);
        let rungs = escalation::ladder().iter().flat_map(|rung| &rung.sources);
        for written in clocks.chain(&deadline::office_hours().sources).chain(rungs) {
            assert!(place(written).is_some() || written.contains('.'), "{}", written.as_str());
        }
    }
}
