//! `data/routing.toml`, which is part of the program: the rules, and what people of the desk's own may be to them.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{About, Purpose, Question};
use crate::domain::area::Area;
use crate::domain::category;
use crate::domain::text::Text;

const SHIPPED: &str = include_str!("../../../data/routing.toml");

/// One rule. An empty list of what it is for fits everything.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    #[serde(default)]
    pub(super) about: Vec<About>,
    #[serde(default, rename = "for")]
    pub(super) purposes: Vec<Purpose>,
    #[serde(default)]
    pub(super) areas: Vec<String>,
    pub(super) ring: Vec<String>,
    pub(super) why: String,
    #[serde(default)]
    pub(super) first: String,
    /// What to be careful of with whoever is rung in place of one who is closed.
    #[serde(default)]
    pub(super) instead: Text,
    pub(super) sources: Vec<Text>,
    /// What the domain calls it: `R13`.
    #[serde(default)]
    pub(super) rules: Vec<String>,
}

impl Rule {
    /// While the area is not known, the rules of every area fit.
    pub(super) fn fits(&self, question: &Question) -> bool {
        let of_area = match &question.area {
            Some(area) => self.areas.is_empty() || self.areas.iter().any(|named| named == area.id()),
            None => true,
        };
        of_area
            && (self.about.is_empty() || self.about.contains(&question.about))
            && (self.purposes.is_empty() || self.purposes.contains(&question.purpose))
    }
}

/// What a contact of the desk's own may be to the rules.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub key: String,
    /// In the words of the form.
    pub name: String,
    /// It is one child's, and counts in that child's concerns alone.
    #[serde(default)]
    pub of_child: bool,
}

/// The call that a category of a report is usually for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Category {
    pub(super) id: String,
    #[serde(rename = "for")]
    purpose: Purpose,
}

/// A whole file of rules.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    pub(super) part: Vec<Part>,
    pub(super) category: Vec<Category>,
    pub(super) rule: Vec<Rule>,
}

impl Rules {
    /// Whether any rule is for an area: one of other data decides nothing here.
    pub(super) fn know(&self, area: &Area) -> bool {
        self.rule.iter().flat_map(|rule| &rule.areas).any(|named| named == area.id())
    }

    pub(super) fn part(&self, key: &str) -> Option<&Part> {
        self.part.iter().find(|part| part.key == key)
    }
}

pub(super) fn shipped() -> &'static Rules {
    // A test reads the file, so that it is never empty in a release.
    static FILE: LazyLock<Rules> = LazyLock::new(|| toml::from_str(SHIPPED).unwrap_or_default());
    &FILE
}

/// Everything that a contact of the desk's own may be.
pub fn parts() -> &'static [Part] {
    &shipped().part
}

/// The part of a key.
pub fn part(key: &str) -> Option<&'static Part> {
    shipped().part(key)
}

/// The first of the file's categories that the reporter chose: what cannot be left out stands first there.
pub(super) fn purpose_of(chosen: &[Text]) -> Option<Purpose> {
    // A correction has the name, and a report the id.
    let is_chosen = |row: &&Category| {
        let is_it = |chosen: &Text| category::by_name_or_id(chosen).is_some_and(|known| known.id == row.id);
        chosen.iter().any(is_it)
    };
    shipped().category.iter().find(is_chosen).map(|row| row.purpose)
}

/// Everything that a rule rings: services, and parts of the desk's own.
pub fn keys() -> impl Iterator<Item = &'static str> {
    shipped().rule.iter().flat_map(|rule| &rule.ring).map(String::as_str)
}
