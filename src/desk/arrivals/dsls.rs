//! Whether a name that a reporter gave may be a DSL's: written in full, nearly, by its initials or as a surname. What
//! follows from it is the domain's ([`crate::domain::receiving`]).

use crate::domain::receiving::NamesDsl;
use crate::domain::text::Text;
use crate::search::{Agreement, fold, names_agree};

/// How a name compares with those of the DSLs.
pub(super) fn compare(dsls: &[Text], name: &Text) -> NamesDsl {
    let agreements = dsls.iter().map(|dsl| match names_agree(dsl, name) {
        Agreement::Same => NamesDsl::Yes,
        Agreement::Near => NamesDsl::Perhaps,
        Agreement::Different if are_initials(name, dsl) || has_surname_of(name, dsl) => NamesDsl::Perhaps,
        Agreement::Different => NamesDsl::No,
    });
    agreements.fold(NamesDsl::No, |found, agreement| match (found, agreement) {
        (NamesDsl::Yes, _) | (_, NamesDsl::Yes) => NamesDsl::Yes,
        (NamesDsl::Perhaps, _) | (_, NamesDsl::Perhaps) => NamesDsl::Perhaps,
        (NamesDsl::No, NamesDsl::No) => NamesDsl::No,
    })
}

/// "Mrs Khan", "our Professor Khan from the office".
fn has_surname_of(name: &str, of: &str) -> bool {
    let (name, of) = (fold(name), fold(of));
    of.split(' ')
        .next_back()
        .is_some_and(|surname| surname.len() > 1 && name.split(' ').any(|word| word == surname))
}

/// `AK` or `A. K.`, of Amina Khan.
fn are_initials(name: &str, of: &str) -> bool {
    let letters: String = name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let initials: String =
        of.split_whitespace().filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect();
    initials.chars().count() > 1 && letters == initials
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_dsls_or_perhaps_or_not() {
        let dsls = ["Amina Khan".into(), "Grace Osei".into()];
        for (name, found) in [
            ("Khan, Amina", NamesDsl::Yes),
            ("Grace Osei", NamesDsl::Yes),
            ("Amena Khan", NamesDsl::Perhaps),
            ("our Professor Khan", NamesDsl::Perhaps),
            ("A. K.", NamesDsl::Perhaps),
            ("Tomos Vaughan", NamesDsl::No),
            ("", NamesDsl::No),
        ] {
            assert_eq!(compare(&dsls, &name.into()), found, "{name}");
        }
    }
}
