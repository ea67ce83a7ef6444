//! The lists of other forms, short forms and respellings, of which tuning has one half and the report the other.

use std::collections::BTreeMap;

use dsl_desk::search::fold;
use fastrand::Rng;
use serde::Deserialize;

/// Which of the two examinations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Half {
    Tuning,
    Report,
}

#[derive(Deserialize)]
struct File {
    given: Vec<String>,
    short: Vec<String>,
    heard: Vec<String>,
}

/// By folded name, what may be said instead.
pub(crate) struct Known {
    forms: BTreeMap<String, Vec<String>>,
    short: BTreeMap<String, Vec<String>>,
    heard: BTreeMap<String, Vec<String>>,
}

impl Known {
    pub(crate) fn of(half: Half) -> Self {
        let file: File = toml::from_str(include_str!("forms.toml")).expect("the forms");
        let mut known = Self { forms: BTreeMap::new(), short: BTreeMap::new(), heard: BTreeMap::new() };
        for group in of_half(&file.given, half) {
            each_other(&mut known.forms, group);
        }
        for pair in of_half(&file.heard, half) {
            each_other(&mut known.heard, pair);
        }
        for line in of_half(&file.short, half) {
            let (long, short) = line.split_once(':').expect("a full name before its short forms");
            known.short.entry(fold(long)).or_default().extend(names(short));
        }
        known
    }

    pub(crate) fn other_form(&self, of: &str, rng: &mut Rng) -> Option<String> {
        one_of(&self.forms, of, rng)
    }

    pub(crate) fn short_form(&self, of: &str, rng: &mut Rng) -> Option<String> {
        one_of(&self.short, of, rng)
    }

    pub(crate) fn respelling(&self, of: &str, rng: &mut Rng) -> Option<String> {
        one_of(&self.heard, of, rng)
    }
}

fn one_of(list: &BTreeMap<String, Vec<String>>, name: &str, rng: &mut Rng) -> Option<String> {
    let others = list.get(name)?.iter().filter(|other| fold(other) != name);
    rng.choice(others.collect::<Vec<_>>()).cloned()
}

/// Turn about; what begins with `=` is in both.
fn of_half(lines: &[String], half: Half) -> impl Iterator<Item = &str> {
    let remainder = match half {
        Half::Tuning => 0,
        Half::Report => 1,
    };
    lines.iter().enumerate().filter_map(move |(place, line)| match line.strip_prefix('=') {
        Some(for_both) => Some(for_both),
        None => (place % 2 == remainder).then_some(line.as_str()),
    })
}

fn names(list: &str) -> impl Iterator<Item = String> {
    list.split(',').map(|name| name.trim().to_owned())
}

fn each_other(list: &mut BTreeMap<String, Vec<String>>, group: &str) {
    for name in names(group) {
        list.entry(fold(&name)).or_default().extend(names(group));
    }
}
