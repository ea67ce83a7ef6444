//! What a concern may be about: the list of `data/categories.toml`, which is part of the program.

use std::sync::LazyLock;

use serde::Deserialize;

use super::text::Text;

const SHIPPED: &str = include_str!("../../data/categories.toml");

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Category {
    pub id: String,
    pub name: String,
    pub group: String,
    pub note: String,
    pub urgent: bool,
    /// Document and line; empty where the row is our own.
    pub source: String,
}

#[derive(Deserialize)]
struct Shipped {
    category: Vec<Category>,
}

/// Every category, in the order of the file. A test reads the file, so that it is never empty in a release.
pub fn all() -> &'static [Category] {
    static ALL: LazyLock<Vec<Category>> = LazyLock::new(|| {
        toml::from_str(SHIPPED).map(|shipped: Shipped| shipped.category).unwrap_or_default()
    });
    &ALL
}

pub fn by_id(id: &str) -> Option<&'static Category> {
    all().iter().find(|category| category.id == id)
}

/// The names of categories given by their ids; what is no id of ours stays as it was written.
pub fn names(given: &[Text]) -> String {
    let name = |text: &Text| by_id(text.trim()).map_or_else(|| text.one_line(), |known| known.name.clone());
    given.iter().map(name).collect::<Vec<_>>().join("; ")
}

/// Whether a category, given by its id or its name, is one that cannot wait. Unknown ones are not.
pub fn is_urgent(category: &Text) -> bool {
    let wanted = category.trim();
    all().iter().any(|known| known.urgent && (known.id == wanted || known.name.eq_ignore_ascii_case(wanted)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{all, by_id, is_urgent, names};

    #[test]
    fn every_category_has_a_name_and_an_id_of_its_own() {
        assert!(all().len() > 50, "the file was not read");
        let ids: BTreeSet<&str> = all().iter().map(|category| category.id.as_str()).collect();
        assert_eq!(ids.len(), all().len());
        assert!(all().iter().all(|category| !category.name.is_empty()));
        assert_eq!(by_id("neglect").unwrap().name, "Neglect");
    }

    #[test]
    fn every_issue_that_the_template_is_alert_to_has_a_category() {
        // Section 25 of the template, an issue a line.
        for line in 152..=179 {
            let cited = format!("S3:{line}");
            assert!(all().iter().any(|category| category.source == cited), "{cited}");
        }
    }

    #[test]
    fn what_the_file_marks_is_urgent_by_id_or_by_name() {
        assert!(is_urgent(&"fgm".into()));
        assert!(is_urgent(&by_id("fgm").unwrap().name.to_uppercase().into()));
        assert!(!is_urgent(&"young-carer".into()));
        assert!(!is_urgent(&"something else".into()));
    }

    #[test]
    fn categories_are_named_in_words() {
        assert_eq!(names(&["neglect".into(), "Bullying at lunch".into()]), "Neglect; Bullying at lunch");
    }
}
