//! The finder's answers: everything that a few letters may mean, on one line each.
//!
//! First it is settled what is shown, by scores alone, and only then is it read: a record that nobody will see
//! costs a page of the cabinet like any other.

mod entries;
mod narrowed;

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use super::Desk;
use super::answer::{Finding, Found, NO_NUMBER, Scope, Target, also_entered, born};
use super::finder::Finder;
use super::worker::Ready;
use crate::cabinet::table::child::{self, Child};
use crate::cabinet::table::restriction::Reader;
use crate::cabinet::table::words::Enough;
use crate::cabinet::table::{concern, contact};
use crate::cabinet::{Db, Error, Result, ledger};
use crate::domain::contact::ContactDetails;
use crate::domain::ids::{ChildId, ConcernId, ContactId};
use crate::domain::text::Text;
use crate::domain::triage::State;
use crate::search::{self, Asking, Hit, Query};
use entries::Entries;
use narrowed::Narrowed;

/// A concern that was asked for by its number comes first.
const NUMBER_SCORE: i64 = 10_000;
/// An entry that was found ranks below a name that was.
const ENTRY_SCORE: i64 = 300;

impl Desk {
    /// Reads what the order of children hangs on, for whoever asks once and is gone: a screen has time for it.
    pub fn read_for_finding(&mut self) -> Result<()> {
        let db = self.cabinet.db();
        while self.finder.get_ready(db)? == Ready::NotYet {}
        Ok(())
    }

    /// Everything that a few letters may mean, the likeliest first. Days are counted from the newest entry.
    pub fn find(&mut self, typed: &str, scope: Scope, limit: usize) -> Result<Vec<Found>> {
        let now = self.newest_at()?;
        Ok(self.look_for(typed, scope, limit, now)?.hits)
    }

    /// When the newest entry was recorded.
    pub(super) fn newest_at(&self) -> Result<DateTime<Utc>> {
        let db = self.cabinet.db();
        Ok(ledger::line(db, ledger::head(db)?.seq)?.recorded().unwrap_or_default())
    }

    /// Everything that was asked for, the likeliest first: names before roles before running text. An entry costs more
    /// to read than a name does, so beside names there are at most half as many as asked for.
    pub fn look_for(
        &mut self,
        typed: &str,
        scope: Scope,
        limit: usize,
        now: DateTime<Utc>,
    ) -> Result<Finding> {
        let typed = within_reason(typed);
        let asking = Asking::parse(typed, now);
        let mut finding = self.said_beside(&asking, scope)?;
        if matches!(scope, Scope::Children | Scope::Contacts) {
            self.find_names(typed, scope, limit, &mut finding)?;
            return Ok(finding);
        }
        if asking.is_empty() {
            finding.notes.extend(asking.misunderstood().to_vec());
            return Ok(finding);
        }
        let (db, reader) = (self.cabinet.db(), &self.reader);
        let looks_for_names = scope == Scope::Everything && asking.filters().is_empty();
        let mut names = Vec::new();
        if looks_for_names {
            finding.hits.extend(concern_by_number(db, reader, typed)?);
            names = named(self.finder.ready(db)?, &asking.all_words(), scope, limit);
        }
        let above = names.partition_point(|named| named.score() > ENTRY_SCORE);
        let room = limit.saturating_sub(finding.hits.len() + above);
        let entries = if looks_for_names { room.min(limit / 2) } else { room };
        if entries > 0 {
            self.find_entries(&asking, entries, &mut finding)?;
        }
        let rest = limit.saturating_sub(finding.hits.len()).max(above);
        for named in names.into_iter().take(rest) {
            let found = named.read(self.cabinet.db())?;
            if asking.agrees_with(&format!("{}\n{}", found.name, found.detail)) {
                finding.hits.push(found);
            }
        }
        best(&mut finding.hits, limit);
        Ok(finding)
    }

    /// Names alone are no running text: there a hyphen excludes nobody, and quotation marks are none.
    fn find_names(&mut self, typed: &str, scope: Scope, limit: usize, finding: &mut Finding) -> Result<()> {
        let db = self.cabinet.db();
        let query = Query::parse(typed);
        if !query.is_empty() {
            let moment = db.unchecked_transaction()?;
            for named in named(self.finder.ready(db)?, &query, scope, limit).into_iter().take(limit) {
                finding.hits.push(named.read(db)?);
            }
            moment.finish()?;
        }
        best(&mut finding.hits, limit);
        Ok(())
    }

    /// What is said beside the hits, whatever they are.
    fn said_beside(&mut self, asking: &Asking, scope: Scope) -> Result<Finding> {
        let names = narrowed::names(self.cabinet.db(), &mut self.finder, asking)?;
        let completions = asking.completions(&names);
        let mut notes = Vec::new();
        if matches!(scope, Scope::Children | Scope::Contacts) && !asking.filters().is_empty() {
            notes.push("Filters are for the chronology, and are names here. Look there".to_owned());
        }
        Ok(Finding { hits: Vec::new(), notes, completions })
    }

    fn find_entries(&mut self, asking: &Asking, limit: usize, finding: &mut Finding) -> Result<()> {
        let (db, reader) = (self.cabinet.db(), &self.reader);
        // One moment of the record: by itself each of some hundreds of statements would lock the file and let it go.
        let moment = db.unchecked_transaction()?;
        let wording = self.wording.ready(db, reader)?;
        let narrowed = Narrowed::read(db, reader, &mut self.finder, wording, asking)?;
        let (found, whole) = Entries { db, reader, wording, asking, narrowed: &narrowed, limit }.find()?;
        moment.finish()?;
        finding.hits.extend(found);
        finding.notes.extend(narrowed.notes);
        if whole == Enough::NotYet {
            finding.notes.push(
                "Only the newest entries were looked through for the phrase. Add a word or a day".to_owned(),
            );
        }
        Ok(())
    }
}

/// More than this nobody types; the rest is not looked for.
const LONGEST: usize = 500;

/// As much of it as is looked for.
pub(super) fn within_reason(typed: &str) -> &str {
    typed.char_indices().nth(LONGEST).and_then(|(end, _)| typed.get(..end)).unwrap_or(typed)
}

/// The likeliest first; what nothing speaks for only where there is nothing better.
fn best(hits: &mut Vec<Found>, limit: usize) {
    search::keep_supported(hits, |hit| hit.score);
    hits.sort_by_key(|hit| Reverse(hit.score));
    hits.truncate(limit);
}

/// A child or a contact whose name fits, before it is read.
enum Named {
    Child(Hit<ChildId>),
    Contact(Hit<ContactId>),
}

impl Named {
    fn score(&self) -> i64 {
        i64::from(match self {
            Self::Child(hit) => hit.score,
            Self::Contact(hit) => hit.score,
        })
    }

    fn read(self, db: &Db) -> Result<Found> {
        match self {
            Self::Child(hit) => child_found(db, hit),
            Self::Contact(hit) => contact_found(db, hit),
        }
    }
}

/// The best of both, best first.
fn named(finder: &Finder, query: &Query, scope: Scope, limit: usize) -> Vec<Named> {
    let mut named = Vec::new();
    if matches!(scope, Scope::Everything | Scope::Children) {
        named.extend(finder.children(query, limit).into_iter().map(Named::Child));
    }
    if matches!(scope, Scope::Everything | Scope::Contacts) {
        named.extend(finder.contacts(query, limit).into_iter().map(Named::Contact));
    }
    named.sort_by_key(|named| Reverse(named.score()));
    named
}

pub(super) fn child_found(db: &Db, hit: Hit<ChildId>) -> Result<Found> {
    child_line(db, child::get(db, hit.id)?, hit.why.label(), i64::from(hit.score))
}

/// A child on one line, with the other names of one who was entered twice.
pub(super) fn child_line(db: &Db, child: Child, why: &str, score: i64) -> Result<Found> {
    let also = child::also(db, child.id)?;
    let child = child.and(&also);
    let (id, left) = (child.id, child.left_in_words());
    let details = child.details;
    let mut known = vec![born(details.date_of_birth)];
    known.extend(
        [&details.form, &details.school].into_iter().filter(|text| !text.is_blank()).map(Text::one_line),
    );
    // Before the school, which may be cut.
    known.splice(1..1, left);
    known.extend(also.iter().map(also_entered));
    if !details.other_names.is_empty() {
        known.push(format!("also known as {}", details.other_names_in_line()));
    }
    Ok(Found {
        target: Target::Child(id),
        name: details.name,
        detail: Text::from(known.join(", ")),
        why: why.to_owned(),
        score,
    })
}

fn contact_found(db: &Db, hit: Hit<ContactId>) -> Result<Found> {
    let contact = contact::get(db, hit.id)?;
    Ok(Found {
        target: Target::Contact(hit.id),
        name: contact.details.called(),
        detail: contact_detail(&contact.details),
        why: hit.why.label().to_owned(),
        score: i64::from(hit.score),
    })
}

/// The number first: it is what she wants. Then whose it is, and whether anybody has rung it.
fn contact_detail(details: &ContactDetails) -> Text {
    let number =
        details.numbers.iter().map(|number| number.number.one_line()).find(|number| !number.is_empty());
    let checked = (number.is_some() && !details.is_checked()).then(|| "not yet checked".to_owned());
    let number = number.unwrap_or_else(|| NO_NUMBER.to_owned());
    let parts = [number, details.organisation.one_line()].into_iter().chain(checked);
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    Text::from(parts.join(", "))
}

/// `12`, `#12` or `concern 12` is that concern; `year 12` is not.
fn concern_by_number(db: &Db, reader: &Reader, typed: &str) -> Result<Option<Found>> {
    let typed = typed.trim().to_ascii_lowercase();
    let number = typed.strip_prefix("concern").unwrap_or(&typed).trim_start().trim_start_matches('#');
    let Ok(number) = number.parse::<ConcernId>() else { return Ok(None) };
    concern_found(db, reader, number, NUMBER_SCORE)
}

/// A concern on one line; none where there is no such, or none for whoever asks.
fn concern_found(db: &Db, reader: &Reader, concern: ConcernId, score: i64) -> Result<Option<Found>> {
    match concern::inbox_row(db, reader, concern) {
        Ok(row) => Ok(Some(Found {
            target: Target::Concern(concern),
            name: Text::from(format!("Concern {concern}: {}", row.named)),
            detail: match row.state {
                State::Closed => Text::from(format!("closed: {}", row.gist.one_line())),
                State::New | State::Open | State::Signed => row.gist,
            },
            why: String::new(),
            score,
        })),
        Err(Error::NoSuch(..) | Error::Restricted(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
