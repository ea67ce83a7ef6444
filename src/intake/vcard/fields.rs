//! The fields of a parsed card and those of a contact: which becomes which. What becomes of none is told.
//!
//! A person's name becomes the name, the organisation and its department the organisation and the service, a job the
//! role, a note what the contact is for. Postal addresses are not taken: where somebody lives is nothing that the desk
//! needs to ring them.

use calcard::common::IanaString as _;
use calcard::vcard::{
    VCard, VCardEntry, VCardKind, VCardParameterName, VCardParameterValue, VCardProperty, VCardValue,
};

use super::{lines, lost};
use crate::domain::card;
use crate::domain::contact::ContactDetails;
use crate::domain::text::Text;
use crate::intake::contacts::{Losses, append, telephone};

/// A card while it is read.
struct Reading<'c> {
    card: &'c VCard,
    details: ContactDetails,
    losses: &'c mut Losses,
    /// What the card calls whom it is about.
    full_name: Text,
    /// The same in parts.
    parts: Text,
    /// Not a person.
    is_service: bool,
}

/// What the card says; what the book has no place for goes to `losses`.
pub(super) fn read(card: &VCard, losses: &mut Losses) -> ContactDetails {
    let mut reading = Reading {
        card,
        details: ContactDetails::default(),
        losses,
        full_name: Text::default(),
        parts: Text::default(),
        is_service: false,
    };
    card.entries.iter().for_each(|entry| reading.take(entry));
    reading.name_it();
    reading.details
}

impl Reading<'_> {
    fn take(&mut self, entry: &VCardEntry) {
        if entry.values.iter().any(|value| matches!(value, VCardValue::Binary(_))) && is_text(&entry.name) {
            self.losses.add("a text in a character set that is not known");
            return;
        }
        match &entry.name {
            VCardProperty::Fn => self.take_full_name(entry),
            VCardProperty::N => self.parts = name_of_parts(entry),
            VCardProperty::Org => self.take_organisation(entry),
            VCardProperty::Title | VCardProperty::Role => self.take_role(entry),
            VCardProperty::Note => card::read_note(&text(entry), &mut self.details),
            VCardProperty::Url => self.take_web(entry),
            VCardProperty::Email => self.take_email(entry),
            VCardProperty::Tel => self.take_number(entry),
            VCardProperty::Categories => self.take_categories(entry),
            VCardProperty::Kind => self.is_service |= is_service(entry),
            VCardProperty::Other(name) if name.eq_ignore_ascii_case("X-ABShowAs") => {
                self.is_service |= text(entry).eq_ignore_ascii_case("COMPANY");
            }
            _ if entry_is_empty(entry) => {}
            other => lost::word(other).into_iter().for_each(|word| self.losses.add(word)),
        }
    }

    fn take_full_name(&mut self, entry: &VCardEntry) {
        let name = Text::from(text(entry));
        if self.full_name.is_blank() {
            self.full_name = name;
        } else if name != self.full_name && !name.is_blank() {
            self.losses.add("a second name");
        }
    }

    /// Its first part is the organisation, the others the parts of it.
    fn take_organisation(&mut self, entry: &VCardEntry) {
        let texts = texts(entry);
        let mut parts = texts.iter().map(|part| part.trim());
        let organisation = parts.next().unwrap_or_default();
        if !self.details.organisation.is_blank() && !organisation.is_empty() {
            self.losses.add("a second organisation");
            return;
        }
        append(&mut self.details.organisation, organisation, ", ");
        parts.for_each(|part| append(&mut self.details.service, part, ", "));
    }

    fn take_role(&mut self, entry: &VCardEntry) {
        let role = text(entry);
        if !self.details.role.split(", ").any(|known| known == role.trim()) {
            append(&mut self.details.role, &role, ", ");
        }
    }

    fn take_web(&mut self, entry: &VCardEntry) {
        let web = text(entry);
        if self.details.web.is_blank() {
            self.details.web = Text::from(web.trim());
        } else if self.details.web.as_str() != web.trim() {
            self.losses.add("a second web address");
        }
    }

    fn take_email(&mut self, entry: &VCardEntry) {
        let email = Text::from(text(entry).trim().trim_start_matches("mailto:"));
        if !email.is_blank() && !self.details.emails.contains(&email) {
            self.details.emails.push(email);
        }
        if self.label(entry).is_some() {
            self.losses.add("the label of an e-mail address");
        }
    }

    fn take_number(&mut self, entry: &VCardEntry) {
        let number = Text::from(without_scheme(text(entry).trim()));
        if number.is_blank() {
            return;
        }
        let label = self.label(entry);
        let kinds = kinds(entry);
        let mut note = Text::default();
        label.iter().chain(&kinds).for_each(|word| append(&mut note, word, ", "));
        self.details.numbers.push(telephone(number, note));
    }

    /// The label that the same group has (`item1.X-ABLabel`), as Apple and Google write them.
    fn label(&self, entry: &VCardEntry) -> Option<String> {
        let group = entry.group.as_deref()?;
        let is_label = |other: &&VCardEntry| {
            other.group.as_deref().is_some_and(|one| one.eq_ignore_ascii_case(group))
                && other.name.as_str().eq_ignore_ascii_case("X-ABLabel")
        };
        let label = text(self.card.entries.iter().find(is_label)?);
        // Apple's own words stand in brackets: _$!<Mobile>!$_
        let bare = label.trim().trim_start_matches("_$!<").trim_end_matches(">!$_").trim().to_owned();
        Some(bare).filter(|label| !label.is_empty())
    }

    fn take_categories(&mut self, entry: &VCardEntry) {
        for category in texts(entry).iter().filter(|category| !category.trim().is_empty()) {
            if card::read_category(category, &mut self.details).is_err() {
                self.losses.add("a category");
            }
        }
    }

    /// Whom it is about, once everything is known: a person's name, or what a service is called.
    fn name_it(&mut self) {
        let Self { details, .. } = self;
        let name = if self.full_name.is_blank() { &self.parts } else { &self.full_name };
        let name = Text::from(name.one_line());
        let known = [&details.organisation, &details.service, &details.role];
        if name.is_blank() || known.iter().any(|text| text.one_line().to_lowercase() == name.to_lowercase()) {
            return;
        }
        if !self.is_service {
            details.name = name;
        } else if details.organisation.is_blank() && !details.service.is_blank() {
            details.organisation = name;
        } else {
            append(&mut details.service, &name, ", ");
        }
    }
}

/// Fields of which the book takes the text.
fn is_text(name: &VCardProperty) -> bool {
    matches!(
        name,
        VCardProperty::Fn
            | VCardProperty::N
            | VCardProperty::Org
            | VCardProperty::Title
            | VCardProperty::Role
            | VCardProperty::Note
            | VCardProperty::Url
            | VCardProperty::Email
            | VCardProperty::Tel
            | VCardProperty::Categories
    )
}

fn entry_is_empty(entry: &VCardEntry) -> bool {
    entry.values.iter().all(|value| matches!(value, VCardValue::Text(text) if text.trim().is_empty()))
}

fn is_service(entry: &VCardEntry) -> bool {
    let person = |value: &VCardValue| matches!(value, VCardValue::Kind(VCardKind::Individual));
    let known = |value: &VCardValue| matches!(value, VCardValue::Kind(_));
    entry.values.iter().any(known) && !entry.values.iter().any(person)
}

/// The texts of a field, one for each of its parts.
fn texts(entry: &VCardEntry) -> Vec<String> {
    let text = |value: &VCardValue| match value {
        VCardValue::Text(text) => text.clone(),
        VCardValue::Component(parts) => parts.join(" "),
        VCardValue::Integer(number) => number.to_string(),
        VCardValue::Float(number) => number.to_string(),
        VCardValue::Boolean(is) => is.to_string(),
        VCardValue::PartialDateTime(_)
        | VCardValue::Binary(_)
        | VCardValue::Sex(_)
        | VCardValue::GramGender(_)
        | VCardValue::Kind(_) => String::new(),
    };
    entry.values.iter().map(text).collect()
}

fn text(entry: &VCardEntry) -> String {
    texts(entry).join(" ")
}

/// Family name, given name, further names, title, what follows: as they are spoken.
fn name_of_parts(entry: &VCardEntry) -> Text {
    let parts = texts(entry);
    let spoken = [3, 1, 2, 0, 4].into_iter().filter_map(|at: usize| parts.get(at));
    let spoken = spoken.map(|part| part.trim()).filter(|part| !part.is_empty());
    Text::from(spoken.collect::<Vec<_>>().join(" "))
}

/// What kind of number it is, where that helps whoever dials it; or what else the card calls it.
fn kinds(entry: &VCardEntry) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for parameter in entry.params.iter().take(MOST_KINDS) {
        let named = match (&parameter.name, &parameter.value) {
            (VCardParameterName::Type, VCardParameterValue::Type(kind)) => kind_of(kind.as_str()),
            // Version 2.1 leaves the word TYPE away.
            (VCardParameterName::Type, VCardParameterValue::Text(kind))
            | (VCardParameterName::Other(kind), VCardParameterValue::Null) => kind_of(kind),
            (VCardParameterName::Other(name), VCardParameterValue::Text(value)) => custom(name, value),
            _ => None,
        };
        words.extend(named.filter(|word| !words.contains(word)));
    }
    words
}

/// The kinds of one number that are looked at: no address book names more.
const MOST_KINDS: usize = 30;

/// Of these nobody learns anything.
const NO_KINDS: [&str; 14] = [
    "voice", "pref", "internet", "msg", "text", "video", "bbs", "modem", "isdn", "other", "dom", "intl",
    "x400", "custom",
];

fn kind_of(named: &str) -> Option<String> {
    let own = named.trim().to_lowercase();
    let own = own.strip_prefix("x-").unwrap_or(&own);
    match card::kind(own) {
        Some(kind) => Some(kind.to_owned()),
        None => Some(own.to_owned()).filter(|own| !own.is_empty() && !NO_KINDS.contains(&own.as_str())),
    }
}

/// Android's own label: `X-Custom(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=73=63…)`.
fn custom(name: &str, value: &str) -> Option<String> {
    let is_label = name.to_ascii_uppercase().starts_with("X-CUSTOM(")
        && !value.to_ascii_uppercase().starts_with("ENCODING");
    let value = value.trim_end_matches(')');
    let is_charset = name.to_ascii_uppercase().ends_with("CHARSET") && value.eq_ignore_ascii_case("UTF-8");
    (is_label && !is_charset).then(|| lines::unquoted(value))
}

/// `tel:+44-1632-960123;ext=12` as people write it.
fn without_scheme(number: &str) -> String {
    let Some(uri) = number.get(..4).filter(|scheme| scheme.eq_ignore_ascii_case("tel:")).and(number.get(4..))
    else {
        return number.to_owned();
    };
    let mut parts = uri.split(';');
    let mut written = parts.next().unwrap_or_default().replace("%20", " ");
    for extension in parts.filter_map(|part| part.strip_prefix("ext=")) {
        written.push_str(" ext ");
        written.push_str(extension);
    }
    written
}
