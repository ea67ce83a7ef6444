//! The status that a child may have, of `data/flags.toml`, which is part of the program.
//!
//! From when until when a child has one is the record's; here is only what there is.

use std::sync::LazyLock;

use serde::Deserialize;

use super::text::Text;

const SHIPPED: &str = include_str!("../../data/flags.toml");

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// What stands in records.
    pub id: String,
    pub name: String,
    pub note: String,
    /// Document and line, or a web page.
    pub source: String,
}

#[derive(Deserialize)]
struct Shipped {
    flag: Vec<Flag>,
}

/// Every flag, in the order of the file. A test reads the file, so that it is never empty in a release.
pub fn all() -> &'static [Flag] {
    static ALL: LazyLock<Vec<Flag>> =
        LazyLock::new(|| toml::from_str(SHIPPED).map(|shipped: Shipped| shipped.flag).unwrap_or_default());
    &ALL
}

pub fn by_id(id: &str) -> Option<&'static Flag> {
    all().iter().find(|flag| flag.id == id)
}

/// What it is called; what is no id of ours stays as it was written.
pub fn name(flag: &Text) -> String {
    by_id(flag.trim()).map_or_else(|| flag.one_line(), |known| known.name.clone())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{all, by_id};
    use crate::domain::source;

    #[test]
    fn the_flags_of_a_front_sheet_are_there_once_each() {
        let ids: BTreeSet<&str> = all().iter().map(|flag| flag.id.as_str()).collect();
        assert_eq!(ids.len(), all().len());
        for id in
            ["child-in-need", "child-protection-plan", "looked-after", "ehcp", "young-carer", "early-help"]
        {
            assert!(by_id(id).is_some(), "{id}");
        }
        assert_eq!(by_id("famous"), None);
    }

    #[test]
    fn each_says_what_it_means_and_where_that_was_read() {
        for flag in all() {
            assert!(!flag.name.is_empty() && flag.note.ends_with('.'), "{}", flag.id);
            let is_page = flag.source.contains('.');
            assert!(is_page || source::is_inside(&flag.source), "{}: {}", flag.id, flag.source);
        }
    }
}
