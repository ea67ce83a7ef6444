//! The table of `data/README.md` is the registry, row by row, and every rule has its test.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dsl_desk::domain::rule::{self, Rule};

const README: &str = include_str!("../../../data/README.md");

/// A rule as the table has it.
fn row(rule: &Rule) -> String {
    let Rule { number, says, source, edition, force, where_ } = rule;
    format!("| R{number} | {says} | {source} | {edition} | {where_} | {} | `r{number}_` |", force.label())
}

/// Every file of the tests of rules.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The number in front of a test's name: 3 of `fn r3_parents_are_not_told()`.
fn number(line: &str) -> Option<u8> {
    let (number, _) = line.trim_start().strip_prefix("fn r")?.split_once('_')?;
    number.parse().ok()
}

/// The rules that a file has tests of.
fn tested(text: &str) -> impl Iterator<Item = u8> {
    let lines = text.lines().zip(text.lines().skip(1));
    lines.filter(|(before, _)| before.trim() == "#[test]").filter_map(|(_, line)| number(line))
}

#[test]
fn the_table_is_the_registry_row_by_row() {
    let shown: Vec<&str> = README.lines().filter(|line| line.starts_with("| R")).collect();
    let expected: Vec<String> = rule::ALL.iter().map(row).collect();
    assert_eq!(shown, expected);
}

#[test]
fn a_test_is_known_by_the_number_in_front() {
    let of = |text: &str| tested(text).collect::<Vec<_>>();
    assert_eq!(of("#[test]\nfn r3_parents_are_not_told() {"), [3]);
    for other in
        ["fn r3_is_asked() {", "#[test]\nfn r_3() {", "#[test]\nfn rings_r3_() {", "#[test]\nfn r300_x() {"]
    {
        assert!(of(other).is_empty(), "{other}");
    }
}

#[test]
fn every_rule_has_a_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/rules");
    let texts = files(&folder).into_iter().map(|path| fs::read_to_string(path).unwrap());
    let tested: BTreeSet<u8> = texts.flat_map(|text| tested(&text).collect::<Vec<_>>()).collect();
    let missing: Vec<u8> =
        rule::ALL.iter().map(|rule| rule.number).filter(|number| !tested.contains(number)).collect();
    assert_eq!(missing, [0; 0], "rules without a test");
    assert!(tested.iter().all(|number| rule::get(*number).is_some()), "a test is of no rule: {tested:?}");
}
