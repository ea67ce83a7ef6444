//! The levels of concern of `data/levels.toml`, which is part of the program.
//!
//! How many there are and what they are called is the threshold document's, and in no code.

use std::sync::LazyLock;

use serde::Deserialize;

const SHIPPED: &str = include_str!("../../data/levels.toml");

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// What stands in records.
    pub id: u8,
    pub name: String,
    pub means: String,
}

#[derive(Deserialize)]
struct Shipped {
    level: Vec<Level>,
}

/// Every level, lowest first. A test reads the file, so that it is never empty in a release.
pub fn all() -> &'static [Level] {
    static ALL: LazyLock<Vec<Level>> =
        LazyLock::new(|| toml::from_str(SHIPPED).map(|shipped: Shipped| shipped.level).unwrap_or_default());
    &ALL
}

pub fn by_id(id: u8) -> Option<&'static Level> {
    all().iter().find(|level| level.id == id)
}

#[cfg(test)]
mod tests {
    use super::{all, by_id};

    #[test]
    fn the_levels_rise_from_the_first_without_a_gap() {
        assert!(!all().is_empty(), "the file was not read");
        for (id, level) in (1..).zip(all()) {
            assert_eq!(by_id(id), Some(level));
            assert!(!level.name.is_empty());
        }
        assert_eq!(by_id(0), None);
    }

    #[test]
    fn the_four_that_are_shipped_bear_no_invented_name() {
        let names: Vec<&str> = all().iter().map(|level| level.name.as_str()).collect();
        assert_eq!(names, ["Level 1", "Level 2", "Level 3", "Level 4"], "D34");
    }
}
