//! What the program brings along: the services of the book, read from `data/contacts.toml`.
//!
//! 999 is not among them; see `domain::emergency`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::domain::contact::ContactDetails;

#[derive(Deserialize)]
struct Contacts {
    contact: Vec<ContactDetails>,
}

// A test reads the file, so that an edition which cannot be read is never shipped.
static CONTACTS: LazyLock<Vec<ContactDetails>> = LazyLock::new(|| {
    toml::from_str::<Contacts>(include_str!("../../data/contacts.toml"))
        .map_or_else(|_| Vec::new(), |c| c.contact)
});

/// Each has a key of its own, by which other data files name it.
pub fn contacts() -> &'static [ContactDetails] {
    &CONTACTS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::contact::AUDIENCES;
    use crate::domain::text::Text;
    use crate::domain::{area, emergency, source};

    #[test]
    fn the_shipped_file_is_read_whole() {
        assert!(contacts().len() >= 20);
    }

    /// Every row with a hazard (domain H numbers), and what its caution, or else its purpose, must name.
    const HAZARDS: [(&str, &str, &[&str]); 13] = [
        ("H1, H3", "police-non-emergency", &["S3:435", "Never for danger"]),
        ("H4", "lado-leicestershire", &["7597", "4532", "5641", "confirms"]),
        ("H4", "lado-leicestershire-older", &["superseded", "0116 305 4141", "0116 305 5641"]),
        ("H5", "lado-rutland", &["01572 720 913", "01572 758 407"]),
        ("H6", "leicestershire-emergency-duty", &["0116 255 1606", "0116 305 0888", "the City's"]),
        ("H7", "leicester-adults", &["all day", "8.30am to 5pm"]),
        ("H8", "rutland-adults", &["children's First Response"]),
        ("H9", "police-old-switchboard", &["no longer be answered"]),
        ("H10, H11", "police-child-referral", &["Advice only", "retired"]),
        ("H10", "lado-leicester", &["retired"]),
        ("H12", "nspcc-helpline", &["0800 028 0285"]),
        ("H12", "nspcc-whistleblowing", &["0808 800 5000"]),
        ("H25", "partnership-procedures", &["may have moved"]),
    ];

    /// Roles of the desk's own organisation and of the schools around it: the sources give them no number.
    const ROLES: [&str; 8] = [
        "own-lead-trustee",
        "own-chief-executive",
        "cover",
        "own-second-opinion",
        "own-hr",
        "own-monitoring-officer",
        "on-roll-school-lead",
        "commissioner-lead",
    ];

    fn details(id: &str) -> &'static ContactDetails {
        let found = contacts().iter().find(|contact| contact.key.as_str() == id);
        found.unwrap_or_else(|| panic!("{id} is not in the book"))
    }

    #[test]
    fn every_shipped_contact_can_be_saved_and_none_is_the_emergency_number() {
        for contact in contacts() {
            assert_eq!(contact.check(), Ok(()), "{}", contact.key);
            assert!(contact.numbers.iter().all(|n| n.number.as_str() != emergency::NUMBER));
            assert!(contact.numbers.iter().all(|number| number.checked.is_none()));
        }
    }

    #[test]
    fn every_row_says_what_it_is_for_and_where_it_was_read() {
        for details in contacts() {
            let id = &details.key;
            assert!(!details.purpose.is_blank() && !details.audiences.is_empty(), "{id}");
            assert!(!details.sources.is_empty(), "{id}");
            // A code is one of ours; anything else is the address of a page.
            let known = |text: &Text| source::in_full(text) != text.as_str() || text.contains('.');
            assert!(details.sources.iter().all(known), "{id}");
            assert!(details.areas.iter().all(|area| area::words().any(|word| word == area.as_str())), "{id}");
            assert!(details.audiences.iter().all(|whom| AUDIENCES.contains(&whom.as_str())), "{id}");
        }
    }

    #[test]
    fn nobody_is_named_and_no_personal_telephone_is_given() {
        for details in contacts() {
            let id = &details.key;
            assert!(details.name.is_blank(), "{id}");
            // first.last@ is a person's own address.
            let personal = |email: &str| email.split('@').next().is_some_and(|whose| whose.contains('.'));
            assert!(!details.emails.iter().any(|email| personal(email)), "{id}");
        }
        let file = include_str!("../../data/contacts.toml");
        let begins = |word: &str, start: &str| word.trim_start_matches(['"', '(']).starts_with(start);
        let mobile = |word: &&str| begins(word, "07") || begins(word, "+447");
        assert_eq!(file.split_whitespace().find(mobile), None);
    }

    #[test]
    fn every_hazard_is_named_in_its_row() {
        for (hazard, id, named) in HAZARDS {
            let (caution, purpose) = (&details(id).caution, &details(id).purpose);
            for words in named {
                let is_named = caution.contains(words) || purpose.contains(words);
                assert!(is_named, "{hazard}: {id} does not name {words}");
            }
        }
    }

    /// Under the book on the smallest usual screen.
    const TWO_ROWS: usize = 140;

    #[test]
    fn a_caution_is_read_with_the_telephone_in_the_hand() {
        for details in contacts() {
            let id = &details.key;
            let caution = details.caution.as_str();
            assert!(caution.len() <= TWO_ROWS, "{id}: too long");
            assert!(caution.is_empty() || caution.ends_with('.'), "{id}: not a sentence");
            for research in ["S0:", "S1:", "S2:", "S3:", "template", "e-mail", "printed"] {
                assert!(!caution.contains(research), "{id}: {research} belongs to its purpose");
            }
        }
    }

    #[test]
    fn a_role_without_a_number_asks_for_the_desk_s_own() {
        for role in ROLES.map(details) {
            assert!(role.numbers.is_empty() && !role.role.is_blank());
            assert!(role.caution.starts_with("The sources give no number. Put in"));
        }
    }

    #[test]
    fn a_caution_is_a_warning_and_never_a_mere_note() {
        let known: Vec<&str> = HAZARDS.iter().map(|(_, id, _)| *id).chain(ROLES).collect();
        for contact in contacts().iter().filter(|contact| !contact.caution.is_blank()) {
            assert!(known.contains(&contact.key.as_str()), "{}: say which hazard it is", contact.key);
        }
    }

    #[test]
    fn the_city_s_page_is_the_one_that_its_source_prints() {
        assert!(details("leicester-children").web.ends_with("/children-s-social-care/"));
    }
}
