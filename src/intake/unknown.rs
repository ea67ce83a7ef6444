//! The fields that fit nowhere, under names that stay apart.
//!
//! `Part1` writes these beside its own fields, so a name that is one of its own, or is here already, gets a number:
//! otherwise the ledger would hold an entry that could not be read back.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{MAX_FIELDS, Reason};

/// The names that a concern file gives a meaning to.
const RESERVED: [&str; 19] = [
    "format",
    "about",
    "children",
    "staff",
    "area",
    "immediate_danger",
    "told_dsl_in_person",
    "not_for_dsl",
    "incident_at",
    "written_at",
    "reporter",
    "reasons",
    "account",
    "opinion",
    "actions",
    "told",
    "other_information",
    "categories",
    "",
];

#[derive(Default)]
pub(super) struct Unknown {
    kept: BTreeMap<String, Value>,
    /// The number that the next field of a name that is taken gets.
    next: BTreeMap<String, u32>,
}

impl Unknown {
    pub(super) fn keep(&mut self, name: &str, value: Value) {
        // One over the limit is enough to refuse the report by.
        if self.kept.len() <= MAX_FIELDS {
            let name = self.free_name(name);
            self.kept.insert(name, value);
        }
    }

    pub(super) fn into_map(self) -> Result<BTreeMap<String, Value>, Reason> {
        if self.kept.len() > MAX_FIELDS { Err(Reason::TooManyFields) } else { Ok(self.kept) }
    }

    fn free_name(&mut self, name: &str) -> String {
        let mut free = name.to_owned();
        while RESERVED.contains(&free.as_str()) || self.kept.contains_key(&free) {
            let next = self.next.entry(name.to_owned()).or_insert(2);
            free = format!("{name} ({next})");
            *next += 1;
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{RESERVED, Unknown};
    use crate::domain::concern::{NamedStaff, Part1};

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let mut unknown = Unknown::default();
        for n in 1..=3 {
            unknown.keep("Notes", json!(n));
        }
        let map = unknown.into_map().unwrap();
        assert_eq!(map.keys().collect::<Vec<_>>(), ["Notes", "Notes (2)", "Notes (3)"]);
    }

    #[test]
    fn every_field_of_part_1_is_reserved() {
        let full = Part1 { staff: Some(NamedStaff::default()), ..Part1::default() };
        for name in serde_json::to_value(full).unwrap().as_object().unwrap().keys() {
            assert!(RESERVED.contains(&name.as_str()), "{name}");
        }
    }

    #[test]
    fn a_field_of_ours_is_not_written_over() {
        let mut unknown = Unknown::default();
        unknown.keep("reasons", json!("a"));
        let part1 = Part1 { unknown: unknown.into_map().unwrap(), ..Part1::default() };
        let text = serde_json::to_string(&part1).unwrap();
        assert!(serde_json::from_str::<Part1>(&text).unwrap() == part1);
    }
}
