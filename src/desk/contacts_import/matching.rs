//! Which contact of the book a card is of. What then differs is `merging`'s.
//!
//! A card is of a contact where the organisation and the name, or without a name the service and the role, fold to the
//! same words; or where a number reaches the same line and the names agree. A number alone is not enough: many services
//! share one.

use std::collections::{BTreeMap, BTreeSet};

use crate::cabinet::table::contact::Contact;
use crate::domain::contact::ContactDetails;
use crate::domain::ids::ContactId;
use crate::domain::number;
use crate::domain::routing;
use crate::domain::text::Text;
use crate::search::{Agreement, fold, names_agree};

/// A contact of the book, or one that an earlier card of the file adds to it.
pub(super) struct Known {
    /// None for one that is to be added.
    pub(super) id: Option<ContactId>,
    pub(super) before: ContactDetails,
    /// With everything that the cards so far would change.
    pub(super) after: ContactDetails,
    pub(super) is_retired: bool,
    /// The first card that adds or changes it.
    pub(super) card: Option<u32>,
}

impl Known {
    pub(super) fn is_changed(&self) -> bool {
        self.card.is_some()
    }
}

/// The book with the keys by which its contacts are found.
pub(super) struct Book {
    known: Vec<Known>,
    keys: BTreeMap<String, BTreeSet<usize>>,
}

pub(super) enum Found {
    Nobody,
    One(usize),
    /// Nobody can tell which.
    Several,
}

/// How sure it is that a card is of a contact; the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sureness {
    Everything,
    Words,
    LineAndName,
    LineAndNearName,
}

impl Book {
    pub(super) fn new(contacts: Vec<Contact>) -> Self {
        let mut book = Self { known: Vec::new(), keys: BTreeMap::new() };
        for Contact { id, details, retired } in contacts {
            let is_retired = !retired.is_blank();
            book.put(Known { id: Some(id), before: details.clone(), after: details, is_retired, card: None });
        }
        book
    }

    pub(super) fn known(&self) -> &[Known] {
        &self.known
    }

    pub(super) fn get(&self, at: usize) -> Option<&Known> {
        self.known.get(at)
    }

    pub(super) fn add(&mut self, card: u32, details: ContactDetails) {
        let before = ContactDetails::default();
        self.put(Known { id: None, before, after: details, is_retired: false, card: Some(card) });
    }

    pub(super) fn change(&mut self, at: usize, card: u32, after: ContactDetails) {
        self.index(at, &after);
        if let Some(known) = self.known.get_mut(at) {
            known.after = after;
            known.card = known.card.or(Some(card));
        }
    }

    fn put(&mut self, known: Known) {
        self.index(self.known.len(), &known.after);
        self.known.push(known);
    }

    fn index(&mut self, at: usize, details: &ContactDetails) {
        for key in keys(details).into_iter().chain(line_keys(details)) {
            self.keys.entry(key).or_default().insert(at);
        }
    }

    /// The surest; of two that are as sure, the one that is not retired.
    pub(super) fn find(&self, card: &ContactDetails) -> Found {
        let by_words = keys(card).into_iter().filter_map(|key| self.keys.get(&key));
        // A number that so many share tells nobody apart.
        let by_lines =
            line_keys(card).filter_map(|key| self.keys.get(&key)).filter(|at| at.len() <= MOST_SHARED);
        let places: BTreeSet<usize> = by_words.chain(by_lines).flatten().copied().collect();
        let sure = |at: usize| {
            let known = self.known.get(at)?;
            Some((sureness(&known.after, card)?, known.is_retired, at))
        };
        let mut candidates: Vec<_> = places.into_iter().filter_map(sure).collect();
        candidates.sort_unstable();
        match candidates.as_slice() {
            [] => Found::Nobody,
            [first, second, ..]
                if (first.0, first.1) == (second.0, second.1) && !is_one_of_a_kind(first.0) =>
            {
                Found::Several
            }
            [first, ..] => Found::One(first.2),
        }
    }
}

/// Two contacts that are the same in everything stand in the book twice: either will do.
fn is_one_of_a_kind(sureness: Sureness) -> bool {
    sureness == Sureness::Everything
}

/// The contacts that a number may have before it says nothing of who they are.
const MOST_SHARED: usize = 10;

/// By which the rules know this contact and no other. A part of theirs may be played by several.
pub(super) fn rules_key(details: &ContactDetails) -> Option<&str> {
    let key = Some(details.key.as_str()).filter(|key| !key.is_empty());
    key.filter(|key| routing::part(key).is_none())
}

/// What two records of one contact have in common: one of these, or a line.
fn keys(details: &ContactDetails) -> Vec<String> {
    let [organisation, service, role, name] = words(details);
    let mut keys = vec![format!("w {organisation}|{service}|{role}|{name}")];
    keys.extend(rules_key(details).map(|key| format!("k {key}")));
    match (name.is_empty(), service.is_empty(), role.is_empty()) {
        (false, ..) => keys.push(format!("n {organisation}|{name}")),
        (true, false, _) => keys.push(format!("s {organisation}|{service}")),
        (true, true, false) => keys.push(format!("r {organisation}|{role}")),
        (true, true, true) => {}
    }
    keys
}

fn line_keys(details: &ContactDetails) -> impl Iterator<Item = String> {
    details.numbers.iter().map(|one| format!("# {}", number::line(&one.number).as_str()))
}

fn words(details: &ContactDetails) -> [String; 4] {
    [&details.organisation, &details.service, &details.role, &details.name].map(|text| fold(text))
}

fn sureness(book: &ContactDetails, card: &ContactDetails) -> Option<Sureness> {
    let (ours, theirs) = (words(book), words(card));
    let is_known = rules_key(card).is_some() && rules_key(card) == rules_key(book);
    if ours == theirs || is_known {
        return Some(Sureness::Everything);
    }
    let [organisation, service, role, name] = ours;
    let [their_organisation, their_service, their_role, their_name] = theirs;
    let may_be = |one: &str, other: &str| one == other || one.is_empty() || other.is_empty();
    let same_title = if name.is_empty() && their_name.is_empty() {
        let same_service = !service.is_empty() && service == their_service && may_be(&role, &their_role);
        let same_role = !role.is_empty() && role == their_role && service == their_service;
        same_service || same_role
    } else {
        name == their_name
    };
    if organisation == their_organisation && same_title {
        return Some(Sureness::Words);
    }
    let has_line = |theirs: &Text| book.numbers.iter().any(|ours| number::same_line(&ours.number, theirs));
    if !card.numbers.iter().any(|theirs| has_line(&theirs.number)) {
        return None;
    }
    match agreement(book, card) {
        Agreement::Same => Some(Sureness::LineAndName),
        Agreement::Near => Some(Sureness::LineAndNearName),
        Agreement::Different => None,
    }
}

/// Of people their names count alone; otherwise whatever the two are known by.
fn agreement(book: &ContactDetails, card: &ContactDetails) -> Agreement {
    if !book.name.is_blank() && !card.name.is_blank() {
        return people_agree(&book.name, &card.name);
    }
    let mut near = false;
    for ours in known_by(book) {
        for theirs in known_by(card) {
            match names_agree(ours, theirs) {
                Agreement::Same => return Agreement::Same,
                Agreement::Near => near = true,
                Agreement::Different => {}
            }
        }
    }
    if near { Agreement::Near } else { Agreement::Different }
}

/// Two people of one household may differ by a letter: only a name that leaves out part of the other is near it.
fn people_agree(one: &Text, other: &Text) -> Agreement {
    if names_agree(one, other) == Agreement::Same {
        Agreement::Same
    } else if says_no_more_than(one, other) || says_no_more_than(other, one) {
        Agreement::Near
    } else {
        Agreement::Different
    }
}

/// Whether every word of a text is in a fuller one, or is the initial of a word that is.
pub(super) fn says_no_more_than(text: &Text, fuller: &Text) -> bool {
    let (text, fuller) = (fold(text), fold(fuller));
    let is_in = |word: &str| {
        fuller.split(' ').any(|other| other == word || is_initial(word) && other.starts_with(word))
    };
    !text.is_empty() && text.split(' ').all(is_in)
}

fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
}

fn known_by(details: &ContactDetails) -> Vec<&Text> {
    let mut texts = vec![&details.name, &details.service, &details.role];
    texts.retain(|text| !text.is_blank());
    if texts.is_empty() { vec![&details.organisation] } else { texts }
}
