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

/// Every flag in the order of the file, the most serious first. A test reads the file, so that it is never empty in a release.
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

/// As it is recorded: our id where somebody wrote the name of what there is, and else their words on one line.
pub fn recorded(written: &Text) -> Text {
    let words = written.one_line();
    let is_meant = |flag: &&Flag| flag.id == words || flag.name.to_lowercase() == words.to_lowercase();
    all()
        .iter()
        .find(is_meant)
        .map_or_else(|| Text::from(words.as_str()), |flag| Text::from(flag.id.as_str()))
}

/// The lower, the more serious; what is no id of ours comes last.
pub fn rank(flag: &Text) -> usize {
    all().iter().position(|known| known.id == flag.trim()).unwrap_or(all().len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{all, by_id, name, rank, recorded};
    use crate::domain::source;
    use crate::domain::text::Text;

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
    fn a_plan_to_protect_comes_before_care_and_need_and_they_before_the_rest() {
        let first: Vec<&str> = all().iter().take(3).map(|flag| flag.id.as_str()).collect();
        assert_eq!(first, ["child-protection-plan", "looked-after", "child-in-need"]);
        let ranks = ["child-protection-plan", "ehcp", "Lives on a boat"].map(|flag| rank(&flag.into()));
        assert!(ranks.is_sorted() && ranks[0] == 0 && ranks[2] == all().len(), "{ranks:?}");
    }

    #[test]
    fn what_there_is_already_is_recorded_by_its_id_however_it_is_written() {
        for written in ["young-carer", "Young carer", " young  CARER "] {
            assert_eq!(recorded(&written.into()).as_str(), "young-carer", "{written}");
        }
        let own: Text = " Lives on\na boat ".into();
        assert_eq!(recorded(&own).as_str(), "Lives on a boat");
        assert_eq!(
            (name(&recorded(&own)), name(&"ehcp".into()).as_str()),
            ("Lives on a boat".into(), "Education, health and care plan")
        );
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
