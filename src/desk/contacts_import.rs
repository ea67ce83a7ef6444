//! Cards of an address book beside the book of the desk: what is new, the same or different, and recording it.
//!
//! Reading a file records nothing: it makes a [`Plan`] for somebody to look through. Recording it makes one entry for
//! each contact, so that what stood in the book before stays in the record. Nothing that only the book knows is taken
//! away, a retired contact is left alone, and cards that are of the same contact become one.

mod matching;
mod merging;
#[cfg(test)]
mod tests;

use std::path::Path;

use chrono::{DateTime, Utc};

use super::act::{self, Act, Saved};
use super::{Desk, Result, shipped};
use crate::cabinet::table::contact::{self, Contact};
use crate::cabinet::{Error, ledger};
use crate::domain::contact::ContactDetails;
use crate::domain::entry::Entry;
use crate::domain::hours::Hours;
use crate::domain::ids::{ContactId, Seq};
use crate::domain::person::Doing;
use crate::domain::text::Text;
use crate::intake::contacts::{self, Card, Cards};
use matching::{Found, Known};
pub use merging::Difference;

/// What a file would change in the book. It has no `Debug` form: people are in it.
pub struct Plan {
    /// The name of the file, without its folder.
    file: Text,
    pub cards: Vec<Judged>,
    /// What of the whole file has no place in the book.
    pub lost: Vec<Text>,
    book: matching::Book,
    /// The newest entry when the book was read.
    read_at: Seq,
}

/// What a card is to the book.
pub struct Judged {
    /// From 1; of a table, the row as a spreadsheet counts it.
    pub place: u32,
    /// What the contact is called; blank where the card could not be read.
    pub name: Text,
    pub judgement: Judgement,
    pub contact: Option<ContactId>,
    /// An earlier card of the file that is of the same contact.
    pub like_card: Option<u32>,
    /// Of a new contact, all that it has.
    pub differences: Vec<Difference>,
    pub lost: Vec<Text>,
    /// Why it is rejected, in two sentences.
    pub reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    New,
    Same,
    Different,
    Rejected,
}

/// An entry that an import left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The first card that is of this contact.
    pub card: u32,
    pub contact: ContactId,
    pub entry: Seq,
}

const CHANGED: &str =
    "Somebody has changed the book meanwhile, and nothing was recorded. Import the file again.";
/// What stands where a file's name would.
const SHIPPED: &str = "the shipped contacts";
const RETIRED: &str =
    "The contact is retired and was left alone. Add it at the desk as a new one if it is to be rung again.";
const SEVERAL: &str =
    "The card agrees with several contacts of the book. Correct the one that it is by hand.";

impl Plan {
    /// How many contacts it would add, and how many it would change.
    pub fn counts(&self) -> (usize, usize) {
        let changed = |known: &&Known| known.is_changed();
        let (new, different): (Vec<_>, Vec<_>) =
            self.book.known().iter().filter(changed).partition(|known| known.id.is_none());
        (new.len(), different.len())
    }

    pub fn changes_nothing(&self) -> bool {
        self.counts() == (0, 0)
    }

    pub fn of(&self, judgement: Judgement) -> usize {
        self.cards.iter().filter(|card| card.judgement == judgement).count()
    }
}

impl Desk {
    /// Reads a file of contacts and lays it beside the book. Refused to whoever may not record.
    pub fn read_contacts(&self, path: &Path) -> Result<Plan> {
        self.beside_the_book(|| {
            let cards = contacts::read_file(path).map_err(|refusal| Error::Refused(refusal.to_string()))?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            Ok((Text::from(name), cards))
        })
    }

    /// Lays what the program brings along beside the book: a desk that an earlier edition set up lacks what the rules
    /// know its contacts by. Nothing that somebody has corrected is changed.
    pub fn read_shipped_contacts(&self) -> Result<Plan> {
        let card = |(place, details): (u32, &ContactDetails)| Card {
            place,
            result: Ok(details.clone()),
            lost: Vec::new(),
        };
        self.beside_the_book(|| {
            let cards = (1..).zip(shipped::contacts()).map(card).collect();
            Ok((Text::from(SHIPPED), Cards { cards, lost: Vec::new() }))
        })
    }

    /// Whoever may not record is refused before anything is read.
    fn beside_the_book(&self, cards: impl FnOnce() -> Result<(Text, Cards)>) -> Result<Plan> {
        if !self.may(Doing::Record) {
            return Err(Error::NoRight(self.right.label()));
        }
        let (file, cards) = cards()?;
        let db = self.cabinet.db();
        let read_at = ledger::head(db)?.seq;
        Ok(compared(file, cards, contact::page(db, 0, contact::count(db)?)?, read_at))
    }

    /// Records what a plan would change: all of it or nothing.
    pub fn import_contacts(&mut self, plan: &Plan, now: DateTime<Utc>) -> Result<Vec<Recorded>> {
        if plan.changes_nothing() {
            return Ok(Vec::new());
        }
        let finder = &mut self.finder;
        self.cabinet.record(now, |writer| {
            let since = ledger::since(writer.db(), plan.read_at)?;
            let is_of_the_book = |entry: &Entry| {
                matches!(
                    entry,
                    Entry::ContactAdded { .. }
                        | Entry::ContactCorrected { .. }
                        | Entry::ContactRetired { .. }
                )
            };
            if since.iter().any(|(_, entry)| is_of_the_book(entry)) {
                return Err(Error::Refused(CHANGED.to_owned()));
            }
            let mut recorded = Vec::new();
            for known in plan.book.known().iter().filter(|known| known.is_changed()) {
                let saved = act::carry_out(writer, finder, &act_of(known, &plan.file), now)?;
                recorded.extend(left(known, &saved));
            }
            Ok(recorded)
        })
    }
}

fn act_of(known: &Known, file: &Text) -> Act {
    let details = Box::new(known.after.clone());
    match known.id {
        None => Act::AddContact(details),
        Some(contact) => {
            let before = Box::new(known.before.clone());
            Act::CorrectContact {
                contact,
                before,
                details,
                reason: Text::from(format!("Imported from {file}")),
            }
        }
    }
}

fn left(known: &Known, saved: &Saved) -> Option<Recorded> {
    let contact = known.id.or(saved.contact)?;
    Some(Recorded { card: known.card?, contact, entry: *saved.entries.first()? })
}

fn compared(file: Text, cards: Cards, contacts: Vec<Contact>, read_at: Seq) -> Plan {
    let mut book = matching::Book::new(contacts);
    let judged = cards.cards.into_iter().map(|card| judged(card, &file, &mut book)).collect();
    Plan { file, cards: judged, lost: cards.lost, book, read_at }
}

fn judged(card: Card, file: &Text, book: &mut matching::Book) -> Judged {
    let Card { place, result, lost } = card;
    let blank = Judged {
        place,
        name: Text::default(),
        judgement: Judgement::Rejected,
        contact: None,
        like_card: None,
        differences: Vec::new(),
        lost,
        reason: None,
    };
    let mut details = match result {
        Ok(details) => details,
        Err(refusal) => return Judged { reason: Some(refusal.to_string()), ..blank },
    };
    if details.key.is_blank() {
        // Where a number is from stands beside it: no policy says anything of one that came in a file.
        details.numbers.iter_mut().for_each(|number| number.sources = vec![file.clone()]);
    }
    let named = Judged { name: details.called(), ..blank };
    match book.find(&details) {
        Found::Nobody => {
            let (_, differences) = merging::merged(&ContactDetails::default(), &details);
            book.add(place, details);
            Judged { judgement: Judgement::New, differences, ..named }
        }
        Found::Several => Judged { reason: Some(SEVERAL.to_owned()), ..named },
        Found::One(at) => beside(named, &details, book, at),
    }
}

/// The card without what decides whether a line is rung; and what was left out where it would have changed something.
fn without_hours(card: &ContactDetails, book: &ContactDetails) -> (ContactDetails, Option<Text>) {
    let mut details = card.clone();
    (details.hours, details.out_of_hours, details.caution) =
        (Text::default(), Text::default(), Text::default());
    details.numbers.iter_mut().for_each(|number| number.hours = Hours::NotStated);
    let said = |contact: &ContactDetails| {
        let hours = contact.numbers.iter().map(|number| number.hours.to_string());
        let texts = [&contact.hours, &contact.out_of_hours, &contact.caution].map(Text::one_line);
        hours.chain(texts).collect::<Vec<_>>()
    };
    let all = said(book);
    let is_new = |text: &String| !text.is_empty() && text != "not stated" && !all.contains(text);
    let kept = said(card).iter().any(is_new);
    (details, kept.then(|| "its hours and cautions, which are corrected at the desk".into()))
}

/// The card beside the contact that it is of.
fn beside(named: Judged, details: &ContactDetails, book: &mut matching::Book, at: usize) -> Judged {
    let Some(known) = book.get(at) else { return named };
    let (contact, like_card) = (known.id, known.card);
    if known.is_retired && !details.key.is_blank() {
        // Somebody has retired what the program brings along: that stands.
        return Judged { judgement: Judgement::Same, contact, ..named };
    }
    if known.is_retired {
        return Judged { contact, reason: Some(RETIRED.to_owned()), ..named };
    }
    // A file closes no line that the rules ring, and warns nobody off it: that is done at the desk, one by one.
    let is_ringed = details.key.is_blank() && matching::rules_key(&known.after).is_some();
    let (details, kept) =
        if is_ringed { without_hours(details, &known.after) } else { (details.clone(), None) };
    let mut named = named;
    named.lost.extend(kept);
    let (after, differences) = merging::merged(&known.after, &details);
    let judgement = if differences.is_empty() { Judgement::Same } else { Judgement::Different };
    if judgement == Judgement::Different {
        book.change(at, named.place, after);
    }
    Judged { judgement, contact, like_card, differences, ..named }
}
