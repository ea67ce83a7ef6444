//! The arrows of `src/lib.rs`, read off the `use` lines: fails where one is turned round.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms that it may name. A room may always name itself.
const ARROWS: [(&str, &[&str]); 10] = [
    ("domain", &[]),
    ("search", &["domain"]),
    ("intake", &["domain"]),
    ("paper", &["domain"]),
    ("cabinet", &["domain", "search"]),
    ("desk", &["domain", "search", "intake", "cabinet"]),
    ("demo", &["domain", "search", "cabinet", "desk"]),
    ("tui", &["domain", "search", "cabinet", "desk"]),
    ("cli", &["domain", "search", "intake", "paper", "cabinet", "desk", "demo", "tui"]),
    ("main", &["cli"]),
];

/// Libraries and the rooms that may name each.
const KEPT_TO: [(&str, &[&str]); 9] = [
    ("rusqlite", &["cabinet"]),
    ("age", &["cabinet"]),
    ("hpke", &["cabinet"]),
    ("ed25519_dalek", &["cabinet"]),
    ("fuzzy_matcher", &["search"]),
    ("ratatui", &["tui"]),
    ("clap", &["cli"]),
    ("calcard", &["intake", "paper"]),
    ("quick_xml", &["intake"]),
];

/// A file longer than this usually holds two rooms.
const LONGEST: usize = 500;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every source file with its room and its text.
fn rooms() -> Vec<(String, PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    files
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&src).unwrap();
            let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
            let room = first.trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).unwrap();
            (room, path, text)
        })
        .filter(|(room, _, _)| room != "lib")
        .collect()
}

/// The code of a file without its comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// The names that follow `prefix` in a line, up to `::`.
fn named<'a>(line: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    line.split(prefix)
        .skip(1)
        .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next())
}

/// Whether a line begins a path with a library: `age::`, but neither `page::` nor `cabinet::age::`.
fn names(line: &str, library: &str) -> bool {
    let path = format!("{library}::");
    line.match_indices(&path).any(|(at, _)| {
        !line[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':')
    })
}

#[test]
fn a_path_is_known_wherever_it_begins() {
    for line in ["use age::x;", "age::x()", "Vec<age::X>", "&age::X", "!(age::x)", "[age::X; 2]", "*age::X"] {
        assert!(names(line, "age"), "{line}");
    }
    for line in ["page::x()", "widgets::age::x()", "my_age::x()", "// age"] {
        assert!(!names(line, "age"), "{line}");
    }
}

#[test]
fn no_arrow_between_rooms_is_turned_round() {
    let mut wrong = Vec::new();
    for (room, path, text) in rooms() {
        let (_, allowed) = ARROWS.iter().find(|(name, _)| *name == room).expect("every room is in the list");
        let prefix = if room == "main" { "dsl_desk::" } else { "crate::" };
        for line in code(&text) {
            for other in named(line, prefix).filter(|other| *other != room && !allowed.contains(other)) {
                wrong.push(format!("{} names {other}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn libraries_stay_in_the_rooms_that_they_are_kept_to() {
    let mut wrong = Vec::new();
    for (room, path, text) in rooms() {
        for (library, keepers) in KEPT_TO {
            if !keepers.contains(&room.as_str()) && code(&text).any(|line| names(line, library)) {
                wrong.push(format!("{} names {library}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_holds_two_rooms() {
    let long: Vec<String> = rooms()
        .into_iter()
        .filter(|(_, _, text)| text.lines().count() > LONGEST)
        .map(|(_, path, text)| format!("{}: {} lines", path.display(), text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_file_says_what_lives_there() {
    let silent: Vec<String> = rooms()
        .into_iter()
        .filter(|(_, _, text)| !text.starts_with("//!"))
        .map(|(_, path, _)| path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

/// What a file does when it runs in earnest: neither its tests nor what only tests use.
fn in_earnest<'a>(path: &Path, text: &'a str) -> &'a str {
    let for_tests = ["tests", "tests.rs", "testing.rs"];
    if path.iter().any(|part| for_tests.iter().any(|name| part == *name)) {
        return "";
    }
    text.split("mod tests {").next().unwrap()
}

#[test]
fn no_council_is_named_in_the_code() {
    let named = |line: &&str| ["leicester", "rutland"].iter().any(|name| line.to_lowercase().contains(name));
    let mut wrong = Vec::new();
    for (_, path, text) in rooms() {
        let lines = in_earnest(&path, &text).lines().filter(named);
        wrong.extend(lines.map(|line| format!("{}: {}", path.display(), line.trim())));
    }
    assert!(wrong.is_empty(), "This belongs into data/.\n{}", wrong.join("\n"));
}
