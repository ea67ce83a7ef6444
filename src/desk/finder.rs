//! The index in memory: children and contacts by name. What running text is searched by is `wording`'s.
//!
//! Built while nothing is asked, at the latest when something is looked for, and from then on kept up by reading
//! what was added to the ledger, whoever added it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::worker::Ready;
use crate::cabinet::table::child::{self, Activity, Child};
use crate::cabinet::table::contact::{self, Contact};
use crate::cabinet::table::merged;
use crate::cabinet::{Db, Result, ledger};
use crate::domain::child::ChildDetails;
use crate::domain::contact::ContactDetails;
use crate::domain::entry::{Entry, Subject};
use crate::domain::ids::{ChildId, ContactId, Seq};
use crate::search::{self, Card, Hit, Index, Query, Standing};

/// Rows that are read at once while nothing is asked: a request waits for no more than these.
const SLICE: u64 = 250;
/// How many children are compared with a name that arrived.
const LIKELY: usize = 20;

#[derive(Default)]
pub(super) struct Finder {
    children: Index<ChildId>,
    contacts: Index<ContactId>,
    reading: Reading,
    /// The newest entry that it knows of; none before it was begun.
    seen: Option<Seq>,
}

/// What is read next, after which row.
#[derive(Clone)]
enum Reading {
    Children(ChildId),
    Contacts(ContactId),
    /// What goes on with each child: it only orders those who are found, and nobody waits for it.
    Activity(ChildId),
    Nothing,
}

impl Default for Reading {
    fn default() -> Self {
        Self::Children(ChildId(0))
    }
}

impl Finder {
    /// Brings the index up to the newest entry.
    pub(super) fn ready(&mut self, db: &Db) -> Result<&Self> {
        while !matches!(self.reading, Reading::Activity(_) | Reading::Nothing) {
            self.get_ready(db)?;
        }
        let head = ledger::head(db)?.seq;
        if let Some(seen) = self.seen.filter(|seen| *seen < head) {
            let mut touched = BTreeSet::new();
            for (_, entry) in ledger::since(db, seen)? {
                touched.extend(self.learn(db, &entry)?);
                let concern = entry.concern();
                touched.extend(concern.map_or(Ok(Vec::new()), |concern| child::of_concern(db, concern))?);
            }
            touched.retain(|child| self.knows_activity(*child));
            for child in touched {
                self.learn_activity(db, child)?;
            }
        }
        self.seen = Some(head);
        Ok(self)
    }

    /// Reads a little more. What is recorded meanwhile is learnt once all is read.
    pub(super) fn get_ready(&mut self, db: &Db) -> Result<Ready> {
        if self.seen.is_none() {
            search::read_names();
            self.seen = Some(ledger::head(db)?.seq);
        }
        self.reading = match &self.reading {
            Reading::Children(after) => self.read_children(db, child::after(db, *after, SLICE)?)?,
            Reading::Contacts(after) => self.read_contacts(contact::after(db, *after, SLICE)?),
            Reading::Activity(after) => self.read_activity(db, *after)?,
            Reading::Nothing => return Ok(Ready::Yes),
        };
        Ok(Ready::NotYet)
    }

    fn read_children(&mut self, db: &Db, children: Vec<Child>) -> Result<Reading> {
        let last = children.last().map(|child| Reading::Children(child.id));
        for Child { id, details, .. } in children {
            self.children.insert(id, &child_card(&[details]));
        }
        if last.is_none() {
            for (child, _) in merged::all(db)? {
                self.read_child(db, child)?;
            }
        }
        Ok(last.unwrap_or(Reading::Contacts(ContactId(0))))
    }

    /// One who was entered twice has one card, and is found by all of their names.
    fn read_child(&mut self, db: &Db, child: ChildId) -> Result<()> {
        let numbers = merged::numbers(db, child)?;
        let mut entered = Vec::new();
        for number in &numbers {
            self.children.remove(*number);
            entered.push(child::get(db, *number)?.details);
        }
        let kept = numbers.first().copied().unwrap_or(child);
        self.children.insert(kept, &child_card(&entered));
        Ok(())
    }

    fn read_contacts(&mut self, contacts: Vec<Contact>) -> Reading {
        let last = contacts.last().map(|contact| Reading::Contacts(contact.id));
        for Contact { id, details, .. } in contacts.into_iter().filter(|contact| contact.retired.is_blank()) {
            self.contacts.insert(id, &contact_card(&details));
        }
        last.unwrap_or(Reading::Activity(ChildId(0)))
    }

    fn read_activity(&mut self, db: &Db, after: ChildId) -> Result<Reading> {
        let children: Vec<ChildId> = child::ids_after(db, after, SLICE)?;
        for child in &children {
            self.children.restand(*child, standing([child::activity(db, *child)?]));
        }
        if children.is_empty() {
            for (child, _) in merged::all(db)? {
                self.learn_activity(db, child)?;
            }
        }
        Ok(children.last().map_or(Reading::Nothing, |last| Reading::Activity(*last)))
    }

    /// Whoever has not been read yet will be read as they are by then.
    fn knows_activity(&self, child: ChildId) -> bool {
        match self.reading {
            Reading::Children(_) | Reading::Contacts(_) => false,
            Reading::Activity(after) => child <= after,
            Reading::Nothing => true,
        }
    }

    /// Of one who was entered twice, what goes on under all of their numbers.
    fn learn_activity(&mut self, db: &Db, child: ChildId) -> Result<()> {
        let numbers = merged::numbers(db, child)?;
        let activities =
            numbers.iter().map(|number| child::activity(db, *number)).collect::<Result<Vec<_>>>()?;
        if let Some(kept) = numbers.first() {
            let has_left = child::kept(db, *kept)?.left.is_some();
            self.children.restand(*kept, Standing { has_left, ..standing(activities) });
        }
        Ok(())
    }

    /// Learns of children and contacts; those with whom something goes on, where the entry belongs to no concern.
    fn learn(&mut self, db: &Db, entry: &Entry) -> Result<Vec<ChildId>> {
        match entry {
            Entry::ChildAdded { child, details } => {
                self.children.insert(*child, &child_card(std::slice::from_ref(details)));
                return Ok(vec![*child]);
            }
            Entry::ChildCorrected { child, .. } | Entry::ChildrenMerged { child, .. } => {
                self.read_child(db, *child)?;
                return Ok(vec![*child]);
            }
            Entry::ChildrenParted { child, from, .. } => {
                self.read_child(db, *child)?;
                self.read_child(db, *from)?;
                return Ok(vec![*child, *from]);
            }
            Entry::ChronologyNoted { child, .. }
            | Entry::NoteCorrected { child, .. }
            | Entry::ChildLeft { child, .. }
            | Entry::ChildReturned { child, .. }
            | Entry::ChildFlagged { child, .. }
            | Entry::ChildUnflagged { child, .. }
            | Entry::FollowUpMoved { subject: Subject::Child(child), .. }
            | Entry::CallTried { subject: Some(Subject::Child(child)), .. } => return Ok(vec![*child]),
            Entry::ContactAdded { contact, details } | Entry::ContactCorrected { contact, details, .. } => {
                self.contacts.insert(*contact, &contact_card(details));
            }
            Entry::ContactRetired { contact, .. } => self.contacts.remove(*contact),
            Entry::CabinetOpened { .. }
            | Entry::PersonAdmitted(_)
            | Entry::RightChanged { .. }
            | Entry::PersonRemoved { .. }
            | Entry::PersonRecovered(_)
            | Entry::RecoveryKeyMade(_)
            | Entry::ReceiverNamed(_)
            | Entry::SeniorCabinetMade { .. }
            | Entry::FileRepeated { .. }
            | Entry::Seen { .. }
            | Entry::ConcernReceived { .. }
            | Entry::RollTaken { .. }
            | Entry::ChildrenToldApart { .. }
            | Entry::ChildLinked { .. }
            | Entry::Part2 { .. }
            | Entry::Decided { .. }
            | Entry::FollowUpSet { .. }
            | Entry::FollowUpMoved { .. }
            | Entry::CallTried { .. }
            | Entry::CallNoted { .. }
            | Entry::CallPlaced { .. }
            | Entry::Corrected { .. }
            | Entry::ConcernRestricted { .. }
            | Entry::RecordWentBack { .. } => {}
        }
        Ok(Vec::new())
    }

    pub(super) fn children(&self, query: &Query, limit: usize) -> Vec<Hit<ChildId>> {
        self.children.find(query, limit)
    }

    pub(super) fn contacts(&self, query: &Query, limit: usize) -> Vec<Hit<ContactId>> {
        self.contacts.find(query, limit)
    }

    /// Children who may be the one that somebody else named: those who share the whole name, or any two words of
    /// it. Where many share a name, those who share the date of birth too are among them.
    pub(super) fn children_like(&self, name: &str, born: Option<NaiveDate>) -> Vec<Hit<ChildId>> {
        let dated = born
            .iter()
            .flat_map(|born| self.children.find_like(name, &born.format("%-d %-m %Y").to_string(), LIKELY));
        dated.chain(self.children.find_like(name, "", LIKELY)).collect()
    }
}

/// The first of the activities is that of the entry which is kept.
fn standing(activities: impl IntoIterator<Item = Activity>) -> Standing {
    let mut all = activities.into_iter();
    let Some(kept) = all.next() else { return Standing::default() };
    let mut standing = Standing {
        has_left: kept.has_left,
        has_open_concern: kept.has_open_concern,
        recency: kept.quiet_days.map_or(0, recency),
    };
    for other in all {
        standing.has_open_concern |= other.has_open_concern;
        standing.recency = standing.recency.max(other.quiet_days.map_or(0, recency));
    }
    standing
}

/// From 1, years ago, to [`Standing::NEWEST`].
fn recency(quiet_days: i64) -> u8 {
    match quiet_days {
        ..30 => Standing::NEWEST,
        30..90 => 4,
        90..365 => 3,
        365..730 => 2,
        _ => 1,
    }
}

/// Of all entries of a child. Their names come first: what was typed may run over from one word of a name into the next.
fn child_card(entered: &[ChildDetails]) -> Card {
    let names = entered.iter().flat_map(ChildDetails::names);
    let card = names.fold(Card::new(), |card, name| card.name(name));
    entered.iter().fold(card, |card, details| {
        let card = card.form(&details.form).role(&details.school);
        details.date_of_birth.into_iter().fold(card, Card::born)
    })
}

fn contact_card(details: &ContactDetails) -> Card {
    let named = Card::new()
        .name(&details.service)
        .name(&details.name)
        .role(&details.role)
        .role(&details.organisation);
    let card = details.numbers.iter().fold(named, |card, number| card.phone(&number.number));
    details.areas.iter().fold(card, |card, area| card.text(area)).text(&details.purpose)
}
