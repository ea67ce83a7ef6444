//! The finder's answers: everything that a few letters may mean, on one line each.
//!
//! First it is settled what is shown, by scores alone, and only then is it read: a record that nobody will see
//! costs a page of the cabinet like any other.

use super::Desk;
use super::answer::{Found, NO_NUMBER, Scope, Target, born};
use super::finder::Finder;
use crate::cabinet::table::child::Child;
use crate::cabinet::table::restriction::Reader;
use crate::cabinet::table::{child, chronology, concern, contact, words};
use crate::cabinet::{Db, Error, Result};
use crate::domain::contact::ContactDetails;
use crate::domain::ids::{ChildId, ConcernId, ContactId};
use crate::domain::text::Text;
use crate::search::{self, Hit, Query};

/// How many words of the cabinet a typed word may stand for.
const WORDS: usize = 16;
/// A concern that was asked for by its number comes first.
const NUMBER_SCORE: i64 = 10_000;
/// An entry that was found ranks below a name that was.
const ENTRY_SCORE: i64 = 300;

impl Desk {
    /// Everything that a few letters may mean, the likeliest first: names before roles before running text. An
    /// entry costs more to read than a name does, so beside names there are at most half as many as asked for.
    pub fn find(&mut self, typed: &str, scope: Scope, limit: usize) -> Result<Vec<Found>> {
        let (db, reader) = (self.cabinet.db(), &self.reader);
        let query = Query::parse(typed);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let finder = self.finder.ready(db)?;
        let mut found = Vec::new();
        if scope == Scope::Everything {
            found.extend(concern_by_number(db, reader, typed)?);
        }
        let names = named(finder, &query, scope, limit);
        let above = names.partition_point(|named| named.score() > ENTRY_SCORE);
        let room = limit.saturating_sub(found.len() + above);
        let entries = match scope {
            Scope::Everything => room.min(limit / 2),
            Scope::Chronology => room,
            Scope::Children | Scope::Contacts => 0,
        };
        found.extend(entries_found(db, reader, finder, &query, entries)?);
        for named in names.into_iter().take(limit.saturating_sub(found.len()).max(above)) {
            found.push(named.read(db)?);
        }
        if found.iter().any(is_supported) {
            found.retain(is_supported);
        }
        found.sort_by_key(|hit| std::cmp::Reverse(hit.score));
        found.truncate(limit);
        Ok(found)
    }
}

/// Something that was typed speaks for it. The others are offered only where there is nothing better.
fn is_supported(hit: &Found) -> bool {
    hit.score > i64::from(search::UNSUPPORTED)
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
    named.sort_by_key(|named| std::cmp::Reverse(named.score()));
    named
}

pub(super) fn child_found(db: &Db, hit: Hit<ChildId>) -> Result<Found> {
    let child = child::get(db, hit.id)?;
    Ok(child_line(&child, hit.why.label(), i64::from(hit.score)))
}

pub(super) fn child_line(child: &Child, why: &str, score: i64) -> Found {
    let details = &child.details;
    let mut known = vec![born(details.date_of_birth)];
    known.extend(
        [&details.form, &details.school].into_iter().filter(|text| !text.is_blank()).map(Text::one_line),
    );
    // Before the school, which may be cut.
    known.splice(1..1, child.left_in_words());
    Found {
        target: Target::Child(child.id),
        name: details.name.clone(),
        detail: Text::from(known.join(", ")),
        why: why.to_owned(),
        score,
    }
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
            detail: row.gist,
            why: String::new(),
            score,
        })),
        Err(Error::NoSuch(..) | Error::Restricted(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Entries whose running text holds every word that was typed, the newest first.
fn entries_found(
    db: &Db,
    reader: &Reader,
    finder: &Finder,
    query: &Query,
    limit: usize,
) -> Result<Vec<Found>> {
    if limit == 0 {
        return Ok(Vec::new());
    }
    let groups = finder.words_for(query, WORDS);
    let words = groups.concat();
    let entries = words::entries_with(db, &groups, limit as u64)?;
    let mut found = Vec::new();
    for (rank, seq) in (0..).zip(entries) {
        let score = ENTRY_SCORE - rank;
        let rows = chronology::of_entry(db, seq)?;
        if rows.is_empty()
            // An entry that stands in no chronology is found as its concern.
            && let Some(concern) = concern::of_entry(db, seq)?
            && let Some(concern) = concern_found(db, reader, concern, score)?
            // Several of its entries may hold the words.
            && !found.iter().any(|hit: &Found| hit.target == concern.target)
        {
            found.push(concern);
        }
        for (child, row) in rows {
            found.push(Found {
                target: Target::Entry { seq, child, concern: row.concern },
                name: child::get(db, child)?.details.name,
                detail: Text::from(format!(
                    "{} {}: {}",
                    row.happened_at.date().format("%-d %b %Y"),
                    row.kind.label(),
                    search::excerpt(&row.text.one_line(), &words)
                )),
                why: String::new(),
                score,
            });
        }
    }
    found.truncate(limit);
    Ok(found)
}
