//! The words of large desks: sentences with slots, and names by community.

use std::collections::BTreeMap;

use fastrand::Rng;
use serde::Deserialize;

use crate::cabinet::Result;
use crate::demo::material;
use crate::domain::area::Area;
use crate::domain::text::{Text, capital};

/// `data/demo/large.toml`.
#[derive(Deserialize)]
pub(super) struct Words {
    pub(super) forms: Vec<String>,
    pub(super) areas: Vec<Area>,
    pub(super) sentences: Sentences,
    slots: BTreeMap<String, Vec<String>>,
    pub(super) contacts: ContactWords,
    community: Vec<Community>,
}

#[derive(Deserialize)]
pub(super) struct Sentences {
    pub(super) event: Vec<String>,
    pub(super) contact: Vec<String>,
    pub(super) reasons: Vec<String>,
    pub(super) what: Vec<String>,
    pub(super) child_words: Vec<String>,
    pub(super) opinion: Vec<String>,
    pub(super) actions: Vec<String>,
    pub(super) advice: Vec<String>,
    pub(super) action_taken: Vec<String>,
    pub(super) outcome: Vec<String>,
}

#[derive(Deserialize)]
pub(super) struct ContactWords {
    pub(super) organisation_types: Vec<String>,
    pub(super) places: Vec<String>,
    pub(super) service_names: Vec<String>,
    pub(super) role_names: Vec<String>,
    pub(super) purposes: Vec<String>,
    pub(super) hours: Vec<String>,
}

#[derive(Deserialize)]
struct Community {
    weight: u32,
    given: Vec<String>,
    family: Vec<String>,
}

/// A given name and a family name of one community.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) given: String,
    pub(super) family: String,
}

impl Name {
    pub(super) fn full(&self) -> Text {
        Text::from(format!("{} {}", self.given, self.family))
    }
}

impl Words {
    pub(super) fn read() -> Result<Self> {
        material::parse(include_str!("../../../data/demo/large.toml"))
    }

    /// One of the sentences about a child, its slots filled.
    pub(super) fn say(&self, rng: &mut Rng, sentences: &[String], child: &str) -> Text {
        let mut said = String::new();
        let mut rest = pick(rng, sentences);
        while let Some((before, slot, after)) = next_slot(rest) {
            said.push_str(before);
            self.fill_slot(rng, slot, child, &mut said);
            rest = after;
        }
        said.push_str(rest);
        Text::from(said)
    }

    fn fill_slot(&self, rng: &mut Rng, slot: &str, child: &str, said: &mut String) {
        if slot == "child" {
            said.push_str(child);
        } else if let Some(list) = slot.strip_suffix("_cap") {
            said.push_str(&capital(self.slot(rng, list)));
        } else {
            said.push_str(self.slot(rng, slot));
        }
    }

    /// A word of a slot's list.
    pub(super) fn slot(&self, rng: &mut Rng, slot: &str) -> &str {
        self.slots.get(slot).map_or("", |list| pick(rng, list))
    }

    /// A name, of the communities by their weights.
    pub(super) fn name(&self, rng: &mut Rng) -> Name {
        let all: u32 = self.community.iter().map(|community| community.weight).sum();
        let mut left = rng.u32(..all.max(1));
        let drawn = self.community.iter().find(|community| match left.checked_sub(community.weight) {
            Some(further) => {
                left = further;
                false
            }
            None => true,
        });
        let (given, family) = drawn.map_or((&[][..], &[][..]), |drawn| (&drawn.given[..], &drawn.family[..]));
        Name { given: pick(rng, given).to_owned(), family: pick(rng, family).to_owned() }
    }

    /// A member of staff by job, as it stands under a name.
    pub(super) fn job(&self, rng: &mut Rng) -> Text {
        let staff = self.slot(rng, "staff");
        Text::from(capital(staff.strip_prefix("the ").unwrap_or(staff)))
    }
}

/// One of a list; nothing of an empty one.
pub(super) fn pick<'w>(rng: &mut Rng, list: &'w [String]) -> &'w str {
    rng.choice(list).map_or("", String::as_str)
}

/// What stands before the next slot, its name, and what stands behind it.
fn next_slot(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_once('{')?;
    let (slot, after) = rest.split_once('}')?;
    Some((before, slot, after))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Area, Words, next_slot};

    #[test]
    fn every_area_is_one_of_the_data() {
        let words = Words::read().unwrap();
        assert!(!words.areas.is_empty());
        let unknown = words.areas.iter().find(|area| !Area::all().contains(area));
        assert_eq!(unknown.map(Area::id), None);
    }

    #[test]
    fn every_slot_of_every_sentence_has_words() {
        let words = Words::read().unwrap();
        let s = &words.sentences;
        let lists = [
            &s.event,
            &s.contact,
            &s.reasons,
            &s.what,
            &s.child_words,
            &s.opinion,
            &s.actions,
            &s.advice,
            &s.action_taken,
            &s.outcome,
        ];
        let mut missing = BTreeSet::new();
        for template in lists.into_iter().flatten() {
            let mut rest = template.as_str();
            while let Some((_, slot, after)) = next_slot(rest) {
                let list = slot.strip_suffix("_cap").unwrap_or(slot);
                if slot != "child" && words.slots.get(list).is_none_or(Vec::is_empty) {
                    missing.insert(slot);
                }
                rest = after;
            }
        }
        assert_eq!(missing, BTreeSet::new());
    }
}
