//! The index in memory: children and contacts by name, and the vocabulary of all running text.
//!
//! Built when something is first looked for, and from then on kept up by reading what was added to the ledger,
//! whoever added it. The postings of running text stay in the cabinet.

use crate::cabinet::table::child::{self, Child};
use crate::cabinet::table::contact::{self, Contact};
use crate::cabinet::table::words;
use crate::cabinet::{Db, Result, ledger};
use crate::domain::child::ChildDetails;
use crate::domain::contact::ContactDetails;
use crate::domain::entry::Entry;
use crate::domain::ids::{ChildId, ContactId, Seq};
use crate::search::{Card, Hit, Index, Query, Vocabulary, fold};

/// How many children are compared with a name that arrived.
const LIKELY: usize = 20;
/// How many words of it are paired with each other: a name, and not a page of text in the wrong field.
const MOST_WORDS: usize = 8;

#[derive(Default)]
pub(super) struct Finder {
    children: Index<ChildId>,
    contacts: Index<ContactId>,
    vocabulary: Vocabulary,
    /// The newest entry that it knows of; none before it was built.
    seen: Option<Seq>,
}

impl Finder {
    /// Brings the index up to the newest entry.
    pub(super) fn ready(&mut self, db: &Db) -> Result<&Self> {
        let head = ledger::head(db)?.seq;
        match self.seen {
            None => self.build(db)?,
            Some(seen) if seen < head => {
                for (_, entry) in ledger::since(db, seen)? {
                    self.learn(&entry);
                }
            }
            Some(_) => {}
        }
        self.seen = Some(head);
        Ok(self)
    }

    fn build(&mut self, db: &Db) -> Result<()> {
        child::each(db, |Child { id, details }| self.children.insert(id, &child_card(&details)))?;
        contact::each(db, |Contact { id, details, retired }| {
            if retired.is_blank() {
                self.contacts.insert(id, &contact_card(&details));
            }
        })?;
        words::each(db, |word| self.vocabulary.add(&word, 1))
    }

    fn learn(&mut self, entry: &Entry) {
        for word in words::of_entry(entry) {
            self.vocabulary.add(&word, 1);
        }
        match entry {
            Entry::ChildAdded { child, details } | Entry::ChildCorrected { child, details, .. } => {
                self.children.insert(*child, &child_card(details));
            }
            Entry::ContactAdded { contact, details } | Entry::ContactCorrected { contact, details, .. } => {
                self.contacts.insert(*contact, &contact_card(details));
            }
            Entry::ContactRetired { contact, .. } => self.contacts.remove(*contact),
            Entry::CabinetOpened { .. }
            | Entry::PersonAdmitted(_)
            | Entry::ConcernReceived { .. }
            | Entry::ChildLinked { .. }
            | Entry::Part2 { .. }
            | Entry::Corrected { .. }
            | Entry::ChronologyNoted { .. } => {}
        }
    }

    pub(super) fn children(&self, query: &Query, limit: usize) -> Vec<Hit<ChildId>> {
        self.children.find(query, limit)
    }

    pub(super) fn contacts(&self, query: &Query, limit: usize) -> Vec<Hit<ContactId>> {
        self.contacts.find(query, limit)
    }

    /// For each word that was typed, the words of the cabinet that it may stand for.
    pub(super) fn words_for(&self, query: &Query, limit: usize) -> Vec<Vec<String>> {
        query
            .words()
            .map(|word| self.vocabulary.expand(&word, limit).into_iter().map(|(word, _)| word).collect())
            .collect()
    }

    /// Children who may be the one that a reporter named: those who share the whole name, or any two words of
    /// it, so that a middle name that only one side gives does not part them.
    pub(super) fn children_like(&self, name: &str) -> Vec<ChildId> {
        let folded = fold(name);
        let words: Vec<&str> = folded.split(' ').take(MOST_WORDS).collect();
        let mut queries = vec![words.join(" ")];
        for (place, first) in words.iter().enumerate() {
            queries.extend(words.iter().skip(place + 1).map(|second| format!("{first} {second}")));
        }
        let mut found: Vec<ChildId> = queries
            .iter()
            .flat_map(|query| self.children(&Query::parse(query), LIKELY))
            .map(|hit| hit.id)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn child_card(details: &ChildDetails) -> Card {
    let card = Card::new().name(&details.name).form(&details.form).role(&details.school);
    details.date_of_birth.into_iter().fold(card, Card::born)
}

fn contact_card(details: &ContactDetails) -> Card {
    let named = Card::new().name(&details.service).role(&details.role).role(&details.organisation);
    let card = details.numbers.iter().fold(named, |card, number| card.phone(&number.number));
    details.areas.iter().fold(card, |card, area| card.text(area)).text(&details.purpose)
}
