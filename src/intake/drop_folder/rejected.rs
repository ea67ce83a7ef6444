//! `incoming/rejected/`: what could not be read, each with its reason in a text file beside it.
//!
//! Nothing here is ever written over. The text file comes first and reserves the name, so that two desks on one
//! folder cannot choose the same; where the arrival cannot be moved, its reason is there all the same.

use std::ffi::{OsStr, OsString};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::open;
use crate::domain::text::Text;
use crate::intake::Rejection;

/// An arrival of which something was not taken in.
pub struct Rejected {
    /// As it is called there.
    pub name: Text,
    pub at: Option<DateTime<Utc>>,
    pub why: Text,
}

/// Writes the reasons into `folder` and moves the arrival beside them.
pub(super) fn file(
    folder: &Path,
    name: &OsStr,
    arrival: Option<&Path>,
    reasons: &[Rejection],
) -> io::Result<()> {
    let place = explained_place(folder, name, reasons)?;
    // Where it cannot be moved, its reason is there all the same.
    if arrival.is_some_and(|arrival| fs::rename(arrival, &place.file).is_ok()) {
        open::make_private(&place.file);
    }
    Ok(())
}

/// How many reasons lie there.
pub(super) fn count(folder: &Path) -> usize {
    reasons(folder).count()
}

/// What lies there, the newest first.
pub(super) fn all(folder: &Path) -> Vec<Rejected> {
    let mut all: Vec<Rejected> = reasons(folder).map(|name| told(folder, &name)).collect();
    all.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.name.cmp(&b.name)));
    all
}

fn reasons(folder: &Path) -> impl Iterator<Item = OsString> {
    let names = fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.file_name()));
    names.filter(|name| name.to_string_lossy().ends_with(REASON))
}

/// Anybody may have put something of that name there: it is opened as carefully as an arrival.
fn told(folder: &Path, reason: &OsStr) -> Rejected {
    let name = reason.to_string_lossy();
    let name = Text::new(name.strip_suffix(REASON).unwrap_or(&name));
    let file = open::hold(&folder.join(reason));
    let at = file.as_ref().and_then(|file| file.metadata().ok()?.modified().ok()).map(DateTime::from);
    let mut why = Vec::new();
    let read = file.map(|file| file.take(LONGEST_TOLD).read_to_end(&mut why));
    let why = match read {
        Some(Ok(_)) => Text::new(String::from_utf8_lossy(&why).trim()),
        Some(Err(_)) | None => Text::new("The reason that lies beside it cannot be read."),
    };
    Rejected { name, at, why }
}

/// Of a reason, in bytes: that of a long table has a line for each row.
const LONGEST_TOLD: u64 = 50_000;

/// Writes the reasons into `folder`, and the rest of an arrival beside them.
pub(super) fn rest(folder: &Path, name: &OsStr, rest: &str, reasons: &[Rejection]) -> io::Result<()> {
    let place = explained_place(folder, name, reasons)?;
    let mut file = open::create_private_file(&place.file)?;
    let written = file.write_all(rest.as_bytes()).and_then(|()| file.sync_all());
    written.inspect_err(|_| drop(fs::remove_file(&place.file)))
}

/// What the name of a reason ends with.
const REASON: &str = ".reason.txt";

struct Place {
    file: PathBuf,
    reason: PathBuf,
}

/// The first name that is free, with its reason written.
fn explained_place(folder: &Path, name: &OsStr, reasons: &[Rejection]) -> io::Result<Place> {
    const TRIES: u32 = 100_000;
    // A link of that name would lead the reports out of the desk.
    if folder.symlink_metadata().is_ok_and(|found| !found.is_dir()) {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    open::create_private_folder(folder)?;
    let (name, text) = (SafeName::new(name), explanation(reasons));
    for number in 1..=TRIES {
        let name = name.numbered(number);
        let place = Place { file: folder.join(&name), reason: folder.join(format!("{name}{REASON}")) };
        if place.file.symlink_metadata().is_err() && place.explain(&text)? {
            return Ok(place);
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

impl Place {
    /// False where the place is another's. The same words without a file are our own, from a time when the arrival
    /// could not be moved either: they need not be said again.
    fn explain(&self, text: &str) -> io::Result<bool> {
        match open::create_private_file(&self.reason) {
            Ok(mut file) => {
                file.write_all(text.as_bytes()).inspect_err(|_| drop(fs::remove_file(&self.reason)))?;
                Ok(true)
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Ok(fs::read(&self.reason).is_ok_and(|said| said == text.as_bytes()))
            }
            Err(error) => Err(error),
        }
    }
}

fn explanation(reasons: &[Rejection]) -> String {
    let rows: Vec<(u32, &Rejection)> = reasons.iter().filter_map(|r| r.row.map(|row| (row, r))).collect();
    let mut text = String::new();
    for whole in reasons.iter().filter(|rejection| rejection.row.is_none()) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "This was not taken in.\n\n{}", whole.reason);
    }
    if !rows.is_empty() {
        text.push_str(
            "These rows were not taken in; any other was. The numbers are those of the file as it came.\n\n",
        );
        for (row, rejection) in rows {
            let _ = writeln!(text, "Row {row}: {}", rejection.reason);
        }
        text.push_str(
            "\nThe file beside this one holds them in this order. Put them right there, and drop it into incoming/ again.\n",
        );
    }
    text
}

/// A file name without what a shell, a terminal or another system could stumble over, and not too long (T30).
struct SafeName {
    stem: String,
    /// With its dot; empty where there is none.
    ending: String,
}

impl SafeName {
    fn new(name: &OsStr) -> Self {
        let plain: String = name
            .to_string_lossy()
            .chars()
            .map(|c| if c.is_alphanumeric() || " ._-()',".contains(c) { c } else { '_' })
            .collect();
        let plain = plain.trim_matches(['.', ' ', '-']);
        let (stem, ending) = match plain.rsplit_once('.') {
            Some((stem, ending)) if ending.len() <= 8 => (stem, format!(".{ending}")),
            Some(_) | None => (plain, String::new()),
        };
        let stem: String = stem.chars().take(MAX_STEM).collect();
        Self { stem: if stem.is_empty() { "file".to_owned() } else { stem }, ending }
    }

    fn numbered(&self, number: u32) -> String {
        let Self { stem, ending } = self;
        if number == 1 { format!("{stem}{ending}") } else { format!("{stem} ({number}){ending}") }
    }
}

/// In letters: at four bytes each, with number and endings, still below the 255 bytes of a file name.
const MAX_STEM: usize = 50;

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::{SafeName, explanation};
    use crate::intake::{Reason, Rejection};

    fn safe(name: &str) -> String {
        SafeName::new(OsStr::new(name)).numbered(1)
    }

    #[test]
    fn names_lose_what_could_be_an_order() {
        assert_eq!(safe("report of Zoë.json"), "report of Zoë.json");
        assert_eq!(safe("a\u{1b}[2J;rm -rf *.csv"), "a__2J_rm -rf _.csv");
        assert_eq!(safe("-rf. "), "rf");
        assert_eq!(safe("..\u{202e}"), "_");
        assert_eq!(safe("..."), "file");
    }

    #[test]
    fn long_names_fit() {
        let name = SafeName::new(OsStr::new(&"子".repeat(300))).numbered(100_000);
        assert!(format!("{name}.reason.txt").len() <= 255);
    }

    #[test]
    fn numbers_go_before_the_ending() {
        assert_eq!(SafeName::new(OsStr::new("a.b.csv")).numbered(2), "a.b (2).csv");
    }

    #[test]
    fn rows_are_named_and_the_others_are_said_to_be_in() {
        let text = explanation(&[Rejection { row: Some(3), reason: Reason::NoChild }]);
        assert!(text.contains("Row 3: No child is named."));
        assert!(text.contains("any other was"));
    }
}
