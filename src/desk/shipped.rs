//! What the program brings along: the services of the book, read from `data/contacts.toml`.
//!
//! 999 is not among them; see `domain::emergency`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::contact::ContactDetails;

/// A contact of `data/contacts.toml`.
#[derive(Clone, Debug, Deserialize)]
pub struct ShippedContact {
    /// By which other data files name it.
    pub id: String,
    #[serde(flatten)]
    pub details: ContactDetails,
}

#[derive(Deserialize)]
struct Contacts {
    contact: Vec<ShippedContact>,
}

// A test reads the file, so that an edition which cannot be read is never shipped.
static CONTACTS: LazyLock<Vec<ShippedContact>> = LazyLock::new(|| {
    toml::from_str::<Contacts>(include_str!("../../data/contacts.toml"))
        .map_or_else(|_| Vec::new(), |c| c.contact)
});

pub fn contacts() -> &'static [ShippedContact] {
    &CONTACTS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::emergency;

    #[test]
    fn the_shipped_file_is_read_whole() {
        assert!(contacts().len() >= 20);
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
