//! What the program brings along: the services of the book and the categories of concern, read from `data/`.
//!
//! 999 is not among them; see `domain::emergency`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::contact::ContactDetails;
use crate::domain::text::Text;

/// A contact of `data/contacts.toml`.
#[derive(Clone, Debug, Deserialize)]
pub struct ShippedContact {
    /// By which other data files name it.
    pub id: String,
    #[serde(flatten)]
    pub details: ContactDetails,
}

/// A category of `data/categories.toml`.
#[derive(Clone, Debug, Deserialize)]
pub struct Category {
    pub id: Text,
    pub name: Text,
    pub group: Text,
    /// What it means, in one line.
    pub note: Text,
    /// Whether a concern of this category is looked at sooner.
    #[serde(default)]
    pub urgent: bool,
}

#[derive(Deserialize)]
struct Contacts {
    contact: Vec<ShippedContact>,
}

#[derive(Deserialize)]
struct Categories {
    category: Vec<Category>,
}

// A test reads both files, so that an edition which cannot be read is never shipped.
static CONTACTS: LazyLock<Vec<ShippedContact>> = LazyLock::new(|| {
    toml::from_str::<Contacts>(include_str!("../../data/contacts.toml"))
        .map_or_else(|_| Vec::new(), |c| c.contact)
});

static CATEGORIES: LazyLock<Vec<Category>> = LazyLock::new(|| {
    toml::from_str::<Categories>(include_str!("../../data/categories.toml"))
        .map_or_else(|_| Vec::new(), |c| c.category)
});

pub fn contacts() -> &'static [ShippedContact] {
    &CONTACTS
}

pub fn categories() -> &'static [Category] {
    &CATEGORIES
}

/// Whether the data marks a category, given by its id or its name, as one that cannot wait.
pub fn is_urgent(category: &Text) -> bool {
    let wanted = category.trim();
    CATEGORIES
        .iter()
        .any(|known| known.urgent && (known.id.as_str() == wanted || known.name.eq_ignore_ascii_case(wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::emergency;

    #[test]
    fn the_shipped_files_are_read_whole() {
        assert!(contacts().len() >= 20);
        assert!(categories().len() >= 30);
        assert!(is_urgent(&Text::from("fgm")));
        assert!(!is_urgent(&Text::from("young-carer")));
    }

    #[test]
    fn every_shipped_contact_can_be_saved_and_none_is_the_emergency_number() {
        for contact in contacts() {
            assert_eq!(contact.details.check(), Ok(()), "{}", contact.id);
            assert!(contact.details.numbers.iter().all(|n| n.number.as_str() != emergency::NUMBER));
            assert!(!contact.details.checked);
            assert!(!contact.details.sources.is_empty(), "{}", contact.id);
        }
    }
}
