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
    family: Vec<String>,
    short: Vec<String>,
    heard: Vec<String>,
}

/// By folded name, what may be said instead.
pub(crate) struct Known {
    forms: BTreeMap<String, Vec<String>>,
    family: BTreeMap<String, Vec<String>>,
    short: BTreeMap<String, Vec<String>>,
    heard: BTreeMap<String, Vec<String>>,
}

impl Known {
    pub(crate) fn of(half: Half) -> Self {
        let file: File = toml::from_str(concat!(include_str!("forms.toml"), include_str!("short.toml")))
            .expect("the forms");
        let [forms, family, short, heard] = std::array::from_fn(|_| BTreeMap::new());
        let mut known = Self { forms, family, short, heard };
        for group in of_half(&file.given, half) {
            each_other(&mut known.forms, group);
        }
        for group in of_half(&file.family, half) {
            each_other(&mut known.family, group);
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

    pub(crate) fn other_family(&self, of: &str, rng: &mut Rng) -> Option<String> {
        one_of(&self.family, of, rng)
    }

    pub(crate) fn short_form(&self, of: &str, rng: &mut Rng) -> Option<String> {
        one_of(&self.short, of, rng)
    }

    pub(crate) fn respelling(&self, of: &str, rng: &mut Rng) -> Option<String> {
        one_of(&self.heard, of, rng)
    }

    /// The given name and its other forms, folded.
    pub(crate) fn forms_of(&self, given: &str) -> Vec<String> {
        all_of(&self.forms, given)
    }

    /// The family name and its other forms, folded.
    pub(crate) fn families_of(&self, family: &str) -> Vec<String> {
        all_of(&self.family, family)
    }

    /// The names that a short form may stand for, folded.
    pub(crate) fn long_forms_of(&self, short: &str) -> Vec<String> {
        let stands_for = |shorts: &Vec<String>| shorts.iter().any(|one| one == short);
        self.short.iter().filter(|(_, shorts)| stands_for(shorts)).map(|(long, _)| long.clone()).collect()
    }
}

fn all_of(list: &BTreeMap<String, Vec<String>>, name: &str) -> Vec<String> {
    let others = list.get(name).into_iter().flatten().map(|other| fold(other));
    others.chain([name.to_owned()]).collect()
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
