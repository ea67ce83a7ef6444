//! Windows of lists, narrowed where that was asked for, and the finder's answers.

use super::Desk;
use super::answer::{Candidate, Found, Page, Scope, Target, born};
use super::request::Window;
use super::{finder, linking};
use crate::cabinet::table::chronology::{self, ChronologyRow};
use crate::cabinet::table::concern::{self, InboxRow, Pile};
use crate::cabinet::table::contact::Contact;
use crate::cabinet::table::{child, contact, words};
use crate::cabinet::{Db, Error, Result, ledger};
use crate::domain::child::ChildDetails;
use crate::domain::chronology::Kinds;
use crate::domain::contact::ContactDetails;
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::domain::text::Text;
use crate::search::{self, Query};

/// A narrowed list is not longer than anybody reads.
const NARROWED: usize = 500;
/// How many waiting concerns are looked through when the inbox is narrowed.
const INBOX: u64 = 5_000;
/// How many words of the cabinet a typed word may stand for.
const WORDS: usize = 16;
/// A concern that was asked for by its number comes first.
const NUMBER_SCORE: i64 = 10_000;
/// An entry that was found ranks below a name that was.
const ENTRY_SCORE: i64 = 300;

/// The chronology that is being narrowed, so that each letter does not read it anew.
#[derive(Default)]
pub(super) struct Lists {
    chronology: Option<Narrowing>,
}

struct Narrowing {
    child: ChildId,
    head: Seq,
    rows: Vec<ChronologyRow>,
}

impl Desk {
    /// The inbox or what is signed, in its order.
    pub fn inbox(&self, pile: Pile, narrow: &str, window: Window) -> Result<Page<InboxRow>> {
        let db = self.cabinet.db();
        let query = Query::parse(narrow);
        if query.is_empty() {
            let rows = concern::page(db, pile, window.offset, window.limit)?;
            return Ok(Page { rows, offset: window.offset, total: concern::count(db, pile)? });
        }
        let mut rows = concern::page(db, pile, 0, INBOX)?;
        rows.retain(|row| search::match_text(&query, &inbox_line(row)).is_some());
        Ok(cut(rows, window))
    }

    /// Children by name; narrowed, the likeliest first.
    pub fn children(&mut self, narrow: &str, window: Window) -> Result<Page<Found>> {
        let db = self.cabinet.db();
        let query = Query::parse(narrow);
        if query.is_empty() {
            let children = child::page(db, window.offset, window.limit)?;
            let rows = children.iter().map(|child| found_child(child.id, &child.details, "", 0)).collect();
            return Ok(Page { rows, offset: window.offset, total: child::count(db)? });
        }
        let rows = children_found(db, self.finder.ready(db)?, &query, NARROWED)?;
        Ok(cut(rows, window))
    }

    /// A child's chronology in the order in which it happened.
    pub fn chronology(
        &mut self,
        child: ChildId,
        kinds: Kinds,
        narrow: &str,
        window: Window,
    ) -> Result<Page<ChronologyRow>> {
        let db = self.cabinet.db();
        let query = Query::parse(narrow);
        if query.is_empty() {
            let rows = chronology::page(db, child, kinds, window.offset, window.limit)?;
            return Ok(Page { rows, offset: window.offset, total: chronology::count(db, child, kinds)? });
        }
        let rows = self.lists.chronology_of(db, child)?;
        let kept = rows
            .iter()
            .filter(|row| kinds.includes(row.kind))
            .filter(|row| search::match_running_text(&query, &chronology_line(row)).is_some())
            .cloned()
            .collect();
        Ok(cut(kept, window))
    }

    /// The book by title; narrowed, the likeliest first.
    pub fn contacts(&mut self, narrow: &str, window: Window) -> Result<Page<Contact>> {
        let db = self.cabinet.db();
        let query = Query::parse(narrow);
        if query.is_empty() {
            let rows = contact::page(db, window.offset, window.limit)?;
            return Ok(Page { rows, offset: window.offset, total: contact::count(db)? });
        }
        let hits = self.finder.ready(db)?.contacts(&query, NARROWED);
        let ids = cut(hits, window);
        let rows = ids.rows.iter().map(|hit| contact::get(db, hit.id)).collect::<Result<_>>()?;
        Ok(Page { rows, offset: ids.offset, total: ids.total })
    }

    /// Everything that a few letters may mean, the likeliest first: names before roles before running text.
    pub fn find(&mut self, typed: &str, scope: Scope, limit: usize) -> Result<Vec<Found>> {
        let db = self.cabinet.db();
        let query = Query::parse(typed);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let finder = self.finder.ready(db)?;
        let mut found = Vec::new();
        if matches!(scope, Scope::Everything) {
            found.extend(concern_by_number(db, typed)?);
        }
        if matches!(scope, Scope::Everything | Scope::Children) {
            found.extend(children_found(db, finder, &query, limit)?);
        }
        if matches!(scope, Scope::Everything | Scope::Contacts) {
            found.extend(contacts_found(db, finder, &query, limit)?);
        }
        if matches!(scope, Scope::Everything | Scope::Chronology) {
            found.extend(entries_found(db, finder, &query, limit)?);
        }
        if found.iter().any(is_supported) {
            found.retain(is_supported);
        }
        found.sort_by_key(|hit| std::cmp::Reverse(hit.score));
        found.truncate(limit);
        Ok(found)
    }

    /// Whom of the desk a child named in a concern might be.
    pub fn candidates(&mut self, concern: ConcernId, position: u32) -> Result<Vec<Candidate>> {
        let db = self.cabinet.db();
        linking::answers(db, self.finder.ready(db)?, concern, position)
    }
}

impl Lists {
    fn chronology_of(&mut self, db: &Db, child: ChildId) -> Result<&[ChronologyRow]> {
        let head = ledger::head(db)?.seq;
        let kept = self.chronology.take().filter(|kept| kept.child == child && kept.head == head);
        let narrowing = match kept {
            Some(kept) => kept,
            None => Narrowing {
                child,
                head,
                rows: chronology::page(db, child, Kinds::Everything, 0, i64::MAX.unsigned_abs())?,
            },
        };
        Ok(&self.chronology.insert(narrowing).rows)
    }
}

/// The window of a list that is whole in memory.
fn cut<T>(mut rows: Vec<T>, window: Window) -> Page<T> {
    let total = rows.len();
    let offset = usize::try_from(window.offset).unwrap_or(usize::MAX).min(total);
    let mut rows = rows.split_off(offset);
    rows.truncate(usize::try_from(window.limit).unwrap_or(usize::MAX));
    Page { rows, offset: offset as u64, total: total as u64 }
}

/// Something that was typed speaks for it. The others are offered only where there is nothing better.
fn is_supported(hit: &Found) -> bool {
    hit.score > i64::from(search::UNSUPPORTED)
}

/// What an inbox row is narrowed by.
fn inbox_line(row: &InboxRow) -> String {
    format!(
        "{} {} {} {} {} {} {} {}",
        row.concern,
        row.named,
        row.form,
        row.gist,
        row.reporter,
        row.job_title,
        row.urgency.label(),
        row.state.label()
    )
}

/// What a chronology row is narrowed by.
fn chronology_line(row: &ChronologyRow) -> String {
    format!("{} {} {} {}", row.happened_at, row.kind.label(), row.text, row.by)
}

fn found_child(id: ChildId, details: &ChildDetails, why: &str, score: i64) -> Found {
    let mut known = vec![born(details.date_of_birth)];
    known.extend(
        [&details.form, &details.school].into_iter().filter(|text| !text.is_blank()).map(Text::one_line),
    );
    Found {
        target: Target::Child(id),
        name: details.name.clone(),
        detail: Text::from(known.join(", ")),
        why: why.to_owned(),
        score,
    }
}

fn children_found(db: &Db, finder: &finder::Finder, query: &Query, limit: usize) -> Result<Vec<Found>> {
    let hits = finder.children(query, limit);
    hits.into_iter()
        .map(|hit| {
            let child = child::get(db, hit.id)?;
            Ok(found_child(hit.id, &child.details, hit.why.label(), i64::from(hit.score)))
        })
        .collect()
}

fn contacts_found(db: &Db, finder: &finder::Finder, query: &Query, limit: usize) -> Result<Vec<Found>> {
    let hits = finder.contacts(query, limit);
    hits.into_iter()
        .map(|hit| {
            let contact = contact::get(db, hit.id)?;
            Ok(Found {
                target: Target::Contact(hit.id),
                name: Text::from(contact.details.title()),
                detail: contact_detail(&contact.details),
                why: hit.why.label().to_owned(),
                score: i64::from(hit.score),
            })
        })
        .collect()
}

/// The number first: it is what she wants.
fn contact_detail(details: &ContactDetails) -> Text {
    let number = details.numbers.first().map(|number| number.number.one_line());
    let parts: Vec<String> =
        number.into_iter().chain([details.organisation.one_line()]).filter(|part| !part.is_empty()).collect();
    Text::from(parts.join(", "))
}

/// `12`, `#12` or `concern 12` is that concern; `year 12` is not.
fn concern_by_number(db: &Db, typed: &str) -> Result<Option<Found>> {
    let typed = typed.trim().to_ascii_lowercase();
    let number = typed.strip_prefix("concern").unwrap_or(&typed).trim_start().trim_start_matches('#');
    let Ok(number) = number.parse::<ConcernId>() else { return Ok(None) };
    match concern::inbox_row(db, number) {
        Ok(row) => Ok(Some(Found {
            target: Target::Concern(row.concern),
            name: Text::from(format!("Concern {}: {}", row.concern, row.named)),
            detail: row.gist,
            why: String::new(),
            score: NUMBER_SCORE,
        })),
        Err(Error::NoSuch(..)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Entries whose running text holds every word that was typed, the newest first.
fn entries_found(db: &Db, finder: &finder::Finder, query: &Query, limit: usize) -> Result<Vec<Found>> {
    let groups = finder.words_for(query, WORDS);
    let entries = words::entries_with(db, &groups, limit as u64)?;
    let mut found = Vec::new();
    for (rank, seq) in (0..).zip(entries) {
        let score = ENTRY_SCORE - rank;
        let rows = chronology::of_entry(db, seq)?;
        if rows.is_empty()
            && let Some(concern) = concern_of_entry(db, seq, score)?
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
                    "{}, {}: {}",
                    row.happened_at,
                    row.kind.label(),
                    row.text.one_line()
                )),
                why: String::new(),
                score,
            });
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// An entry that stands in no chronology is found as its concern.
fn concern_of_entry(db: &Db, seq: Seq, score: i64) -> Result<Option<Found>> {
    let Some(concern) = concern::of_entry(db, seq)? else { return Ok(None) };
    let row = concern::inbox_row(db, concern)?;
    Ok(Some(Found {
        target: Target::Concern(concern),
        name: Text::from(format!("Concern {concern}: {}", row.named)),
        detail: row.gist,
        why: String::new(),
        score,
    }))
}
