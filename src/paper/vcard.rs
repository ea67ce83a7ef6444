//! Contacts as vCards, by the crate `calcard`: 4.0, or 3.0 for programs that know no newer one.
//!
//! Nothing of a number is changed: it is written as it was typed. What a card has no field for stands in its note
//! (`domain::card`). Where a contact was read and whether somebody rang it does not leave the desk.

use calcard::vcard::{
    VCard, VCardEntry, VCardParameter, VCardParameterName, VCardParameterValue, VCardProperty, VCardValue,
    VCardVersion,
};

use crate::domain::card;
use crate::domain::contact::{ContactDetails, Number};
use crate::domain::text::Text;

/// A version of the format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Version {
    Three,
    #[default]
    Four,
}

/// The cards one after another, each line ended as the format has it.
pub fn written<'c>(contacts: impl IntoIterator<Item = &'c ContactDetails>, version: Version) -> String {
    let mut out = String::new();
    let number = match version {
        Version::Three => VCardVersion::V3_0,
        Version::Four => VCardVersion::V4_0,
    };
    for contact in contacts {
        // Writing to a string cannot fail.
        let _ = card_of(contact, version).write_to(&mut out, number);
    }
    out
}

fn card_of(details: &ContactDetails, version: Version) -> VCard {
    let is_person = !details.name.is_blank();
    let title = if is_person { details.name.one_line() } else { Text::from(details.title()).one_line() };
    let mut entries = vec![field("PRODID", "-//dsl-desk//contacts//EN")];
    if !is_person {
        entries.push(of_a_service(version));
    }
    entries.push(text(VCardProperty::Fn, title));
    if is_person || version == Version::Three {
        entries.push(name(details, is_person));
    }
    if !(details.organisation.is_blank() && details.service.is_blank()) {
        let units = [&details.organisation, &details.service].map(|unit| VCardValue::Text(unit.one_line()));
        entries.push(VCardEntry::new(VCardProperty::Org).with_values(units.into()));
    }
    entries.extend(optional(VCardProperty::Title, &details.role));
    for (place, number) in (1..).zip(&details.numbers) {
        telephone(&mut entries, place, number);
    }
    entries.extend(details.emails.iter().filter_map(|email| optional(VCardProperty::Email, email)));
    entries.extend(optional(VCardProperty::Url, &details.web));
    let categories: Vec<VCardValue> =
        card::categories(details).map(|one| VCardValue::Text(one.to_string())).collect();
    if !categories.is_empty() {
        entries.push(VCardEntry::new(VCardProperty::Categories).with_values(categories));
    }
    entries.extend(optional(VCardProperty::Note, &Text::from(card::note(details))));
    VCard { entries }
}

/// That a card is no person's. The older version has no field for it, so that of Apple's address book is used.
fn of_a_service(version: Version) -> VCardEntry {
    match version {
        Version::Three => field("X-ABShowAs", "COMPANY"),
        Version::Four => text(VCardProperty::Kind, "org".to_owned()),
    }
}

/// The last word of a name is taken for the family's, as the book does not say where one ends.
fn name(details: &ContactDetails, is_person: bool) -> VCardEntry {
    let whole = if is_person { details.name.one_line() } else { String::new() };
    let (given, family) = whole.rsplit_once(' ').unwrap_or(("", &whole));
    let parts = [family, given, "", "", ""].map(|part| VCardValue::Text(part.to_owned()));
    VCardEntry::new(VCardProperty::N).with_values(parts.into())
}

fn telephone(entries: &mut Vec<VCardEntry>, place: usize, number: &Number) {
    let Some(entry) = optional(VCardProperty::Tel, &number.number) else { return };
    let note = number.note.one_line();
    let kind = card::KINDS.iter().find(|(_, word)| *word == note);
    match kind {
        _ if note.is_empty() => entries.push(entry),
        Some((kind, _)) => {
            let kind = VCardParameterValue::Text((*kind).to_lowercase());
            entries.push(entry.with_param(VCardParameter::new(VCardParameterName::Type, kind)));
        }
        None => {
            let group = Some(format!("item{place}"));
            entries.push(entry.with_group(group.clone()));
            entries.push(field("X-ABLabel", &note).with_group(group));
        }
    }
}

fn field(name: &str, value: &str) -> VCardEntry {
    text(VCardProperty::Other(name.to_owned()), value.to_owned())
}

fn optional(property: VCardProperty, value: &Text) -> Option<VCardEntry> {
    (!value.is_blank()).then(|| text(property, value.to_string()))
}

fn text(property: VCardProperty, value: String) -> VCardEntry {
    VCardEntry::new(property).with_values(vec![VCardValue::Text(value)])
}

#[cfg(test)]
mod tests {
    use super::{Version, written};
    use crate::domain::contact::{ContactDetails, Number};

    fn telephone(number: &str, note: &str) -> Number {
        let mut telephone = Number { number: number.into(), ..Number::default() };
        telephone.note = note.into();
        telephone
    }

    fn contact() -> ContactDetails {
        ContactDetails {
            organisation: "Weirgate; Council, East".into(),
            service: "First Response".into(),
            purpose: "Ask whether a family is known.\nThen write it down.".into(),
            numbers: vec![
                telephone("07700 900123 (mum)", ""),
                telephone("01632 960123", "by night"),
                telephone("01632 960124", "fax"),
            ],
            web: "https://example.org/a,b".into(),
            caution: "Advice only.".into(),
            ..ContactDetails::default()
        }
    }

    #[test]
    fn a_service_in_the_newer_version() {
        let card = written([&contact()], Version::Four);
        let unfolded = card.replace("\r\n ", "");
        for line in [
            "BEGIN:VCARD\r\nVERSION:4.0\r\n",
            "\r\nKIND:org\r\n",
            "\r\nFN:First Response\r\n",
            "\r\nORG:Weirgate\\; Council\\, East;First Response\r\n",
            "\r\nTEL:07700 900123 (mum)\r\n",
            "\r\nitem2.TEL:01632 960123\r\nitem2.X-ABLabel:by night\r\n",
            "\r\nTEL;TYPE=fax:01632 960124\r\n",
            "\r\nURL:https://example.org/a,b\r\n",
            "\\nCaution: Advice only.\\n",
        ] {
            assert!(unfolded.contains(line), "{line:?} in {card}");
        }
        assert!(card.ends_with("\r\nEND:VCARD\r\n"));
        assert!(card.lines().all(|line| line.len() <= 75), "folded");
    }

    #[test]
    fn a_person_in_the_older_version() {
        let person = ContactDetails {
            name: "Priya Anand Shah".into(),
            role: "Head".into(),
            ..ContactDetails::default()
        };
        let card = written([&person], Version::Three);
        assert!(card.contains("VERSION:3.0\r\n") && card.contains("\r\nN:Shah;Priya Anand;;;\r\n"), "{card}");
        assert!(card.contains("\r\nFN:Priya Anand Shah\r\nN:") && card.contains("\r\nTITLE:Head\r\n"));
        assert!(!card.contains("KIND") && !card.contains("ORG"));
    }
}
