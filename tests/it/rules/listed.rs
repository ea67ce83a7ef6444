//! The table of `data/README.md` is the registry, row by row; the rules are those of the policies; and each of them has a
//! case in which it applies, one in which it does not, and one in which somebody decides otherwise.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use dsl_desk::domain::rule::{self, Rule};

const README: &str = include_str!("../../../data/README.md");

/// What the name of a test goes on with behind its rule: `r3_applies_…`. Of a rule that only advises, somebody decides
/// otherwise by going on: no reason is asked, and what was advised is shown or recorded all the same.
const KINDS: [&str; 3] = ["applies", "does_not_apply", "overridden"];

/// Where the policies ask for each, in the order of the numbers. Documents are parted by blanks, lines by commas.
const SEEDS: [&str; 36] = [
    "S1:168 S2:669,702 S0:83",
    "S1:115",
    "S1:163",
    "S2:182",
    "S2:148-154",
    "S1:163 S2:145 S4:108-116",
    "S3:344 S2:27,172-180",
    "S1:155,159 S3:333-336 S2:630",
    "S1:154,297 S2:181,359 S3:330,418",
    "S3:338",
    "S1:162 S3:337",
    "S1:161 S2:364",
    "S1:240-249",
    "S1:250",
    "S1:160",
    "S2:133-134",
    "S2:106",
    "S0:49-50",
    "S3:348 S2:143 S1:160",
    "S3:77,123,349-350",
    "S3:422-425",
    "S1:342",
    "S3:460",
    "S3:505",
    "S3:269",
    "S2:553-555",
    "S2:515 S4:168",
    "S3:316",
    "S3:151-179 S2:442-488",
    "S4:172,195 S3:436",
    "S4:146",
    "S4:118 S1:338",
    "S3:341-342",
    "S1:251 S2:271",
    "S1:296 S2:157 S3:263 S4:108",
    "S3:419 S2:708-753",
];

/// A rule as the table has it.
fn row(rule: &Rule, files: &BTreeSet<String>) -> String {
    let Rule { number, says, source, edition, force, where_ } = rule;
    let files = files.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    format!(
        "| R{number} | {says} | {source} | {edition} | {where_} | {} | `r{number}_`: {files} |",
        force.label()
    )
}

/// Every file of the tests of rules, by its path from theirs.
fn files() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/rules");
    let name = |path: &Path| path.strip_prefix(&folder).unwrap().with_extension("").display().to_string();
    under(&folder).iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

fn under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(under(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The number in front of a test's name and what stands behind it: 3 and `applies_to_parents` of
/// `fn r3_applies_to_parents()`.
fn named(line: &str) -> Option<(u8, &str)> {
    let (number, rest) = line.trim_start().strip_prefix("fn r")?.split_once('_')?;
    Some((number.parse().ok()?, rest.split('(').next()?))
}

/// The rules that a file has tests of, each with the rest of the name.
fn tested(text: &str) -> impl Iterator<Item = (u8, &str)> {
    let lines = text.lines().zip(text.lines().skip(1));
    lines.filter(|(before, _)| before.trim() == "#[test]").filter_map(|(_, line)| named(line))
}

fn kind(rest: &str) -> Option<&'static str> {
    KINDS.into_iter().find(|kind| rest.strip_prefix(kind).is_some_and(|rest| rest.starts_with('_')))
}

/// Which rule has no case of which kind, in these files.
fn missing<'f>(files: impl IntoIterator<Item = &'f String>) -> Vec<String> {
    let all = files.into_iter().flat_map(|text| tested(text));
    let had: BTreeSet<(u8, Option<&str>)> = all.map(|(number, rest)| (number, kind(rest))).collect();
    let each = rule::ALL.iter().flat_map(|rule| KINDS.map(|kind| (rule.number, kind)));
    let lacks = each.filter(|(number, kind)| !had.contains(&(*number, Some(*kind))));
    lacks.map(|(number, kind)| format!("r{number}_{kind}_")).collect()
}

#[test]
fn the_table_is_the_registry_row_by_row() {
    let files = files();
    let of = |rule: &Rule| {
        let has = |text: &String| tested(text).any(|(number, _)| number == rule.number);
        files.iter().filter(|(_, text)| has(text)).map(|(name, _)| name.clone()).collect()
    };
    let is_row = |line: &&str| line.starts_with("| R");
    let rows: Vec<String> = rule::ALL.iter().map(|rule| row(rule, &of(rule))).collect();
    if std::env::var_os("UPDATE_README").is_some() {
        let mut rows = rows.iter().map(String::as_str);
        let lines = README.lines().map(|line| if is_row(&line) { rows.next().unwrap_or(line) } else { line });
        let whole: String = lines.flat_map(|line| [line, "\n"]).collect();
        return fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/data/README.md"), whole).unwrap();
    }
    let shown: Vec<&str> = README.lines().filter(is_row).collect();
    assert!(shown == rows, "the rules in data/README.md are not the registry: UPDATE_README=1 cargo test");
}

#[test]
fn the_rules_are_those_of_the_policies_with_their_lines() {
    assert!(rule::ALL.iter().map(|rule| rule.number).eq(1..=36));
    for (rule, seeds) in rule::ALL.iter().zip(SEEDS) {
        let one_by_one = seeds.split(' ').flat_map(|document| {
            let (code, lines) = document.split_once(':').unwrap();
            lines.split(',').map(move |lines| format!("{code}:{lines}"))
        });
        let read: BTreeSet<String> = rule.source.split(", ").map(str::to_owned).collect();
        assert_eq!(read, one_by_one.collect(), "R{}", rule.number);
    }
}

#[test]
fn a_test_is_known_by_the_number_in_front_and_the_kind_behind_it() {
    let of = |text: &str| tested(text).map(|(number, rest)| (number, kind(rest))).collect::<Vec<_>>();
    assert_eq!(of("#[test]\nfn r3_applies_to_parents() {"), [(3, Some("applies"))]);
    assert_eq!(of("#[test]\nfn r30_does_not_apply_here() {"), [(30, Some("does_not_apply"))]);
    assert_eq!(of("#[test]\nfn r3_parents_are_not_told() {"), [(3, None)]);
    for other in [
        "fn r3_applies_to_all() {",
        "#[test]\nfn r_3() {",
        "#[test]\nfn rings_r3_() {",
        "#[test]\nfn r300_x() {",
    ] {
        assert!(of(other).is_empty(), "{other}");
    }
}

#[test]
fn a_case_that_is_taken_away_is_missed() {
    let files = files();
    let without = files.values().map(|text| text.replace("fn r24_overridden_", "fn once_"));
    assert_eq!(missing(&without.collect::<Vec<_>>()), ["r24_overridden_"]);
}

#[test]
fn every_rule_applies_does_not_apply_and_is_overridden_in_some_test() {
    let files = files();
    assert_eq!(missing(files.values()), [""; 0], "cases that no test has");
    for (name, text) in &files {
        for (number, rest) in tested(text) {
            assert!(rule::get(number).is_some() && kind(rest).is_some(), "{name}: r{number}_{rest}");
        }
        let stem = name.rsplit('/').next().unwrap();
        let all = files.values().map(String::as_str).chain([include_str!("../rules.rs")]);
        assert!(all.into_iter().any(|text| text.contains(&format!("mod {stem};"))), "{name} is never run");
    }
}
