//! Windows of lists, narrowed where that was asked for.

use chrono::{DateTime, NaiveDate, Utc};

use super::Desk;
use super::answer::{Candidate, ChildRow, DueList, Found, Page, Subject, Target};
use super::request::Window;
use super::{find, linking};
use crate::cabinet::table::chronology::{self, ChronologyRow};
use crate::cabinet::table::concern::{self, InboxRow, Pile};
use crate::cabinet::table::contact::Contact;
use crate::cabinet::table::follow_up::{self, Order};
use crate::cabinet::table::{child, contact, flag, merged};
use crate::cabinet::{Error, Result};
use crate::domain::chronology::Kinds;
use crate::domain::clocks;
use crate::domain::flag as known;
use crate::domain::freshness;
use crate::domain::ids::{ChildId, ConcernId, ContactId};
use crate::domain::moment::Moment;
use crate::domain::text::Text;
use crate::search::{self, Asking, Query};

/// A narrowed list is not longer than anybody reads.
pub(super) const NARROWED: usize = 500;
/// Contacts that are read at once where the whole book is looked through.
const SLICE: u64 = 1000;

impl Desk {
    /// The inbox or what is closed, in the order in which it stands at that minute; narrowed, the name that was typed
    /// comes first, and what is only like it last.
    pub fn inbox(
        &mut self,
        pile: Pile,
        narrow: &str,
        window: Window,
        now: DateTime<Utc>,
    ) -> Result<Page<InboxRow>> {
        let (db, reader) = (self.cabinet.db(), &self.reader);
        if Query::parse(narrow).is_empty() {
            self.lists.expect_pile(db, reader, pile)?;
            let Window { offset, limit } = window;
            let rows = concern::page_at(db, reader, pile, now, offset..offset.saturating_add(limit))?;
            return Ok(Page { rows, offset, total: concern::count(db, reader, pile)? });
        }
        let mut rows = self.lists.inbox(db, reader, pile)?.narrow_with_nearness(narrow);
        rows.sort_by(|(near, a), (nearness, b)| near.cmp(nearness).then_with(|| pile.order(a, b, now)));
        Ok(cloned(cut(rows, window)))
    }

    /// What is due, of concerns and of children, and how much of it is late.
    pub fn due(&mut self, order: Order, narrow: &str, window: Window, now: DateTime<Utc>) -> Result<DueList> {
        let (db, reader) = (self.cabinet.db(), &self.reader);
        let overdue = follow_up::count_until(db, reader, now)?;
        let midnight = clocks::end_of(Moment::At(now).date());
        let today = follow_up::count_until(db, reader, midnight)?.saturating_sub(overdue);
        let page = if Query::parse(narrow).is_empty() {
            self.lists.expect_due(db, order)?;
            let rows = follow_up::page(db, reader, order, window.offset, window.limit)?;
            Page { rows, offset: window.offset, total: follow_up::count(db, reader)? }
        } else {
            let mut rows = self.lists.due(db, reader, order)?.narrow_with_nearness(narrow);
            rows.sort_by_key(|(near, _)| *near);
            cloned(cut(rows, window))
        };
        Ok(DueList { page, overdue, today })
    }

    /// Children by name; narrowed, the likeliest first. Each with what is true of them on that day.
    pub fn children(&mut self, narrow: &str, window: Window, today: NaiveDate) -> Result<Page<ChildRow>> {
        let Page { rows, offset, total } = self.children_found(narrow, window)?;
        let number = |found: &Found| match found.target {
            Target::Child(child) => Some(child),
            Target::Contact(_) | Target::Concern(_) | Target::Entry { .. } => None,
        };
        let children: Vec<ChildId> = rows.iter().filter_map(number).collect();
        let serious = flag::most_serious(self.cabinet.db(), &children, today)?;
        let with_status = |found: Found| {
            let flagged = number(&found).and_then(|child| serious.get(&child));
            ChildRow { status: flagged.map(|flagged| known::name(&flagged.flag)), found }
        };
        Ok(Page { rows: rows.into_iter().map(with_status).collect(), offset, total })
    }

    fn children_found(&mut self, narrow: &str, window: Window) -> Result<Page<Found>> {
        let db = self.cabinet.db();
        let query = Query::parse(narrow);
        if query.is_empty() {
            let children = child::page(db, window.offset, window.limit)?;
            let rows = children.into_iter().map(|child| find::child_line(db, child, "", 0));
            let rows = rows.collect::<Result<_>>()?;
            return Ok(Page { rows, offset: window.offset, total: child::count(db)? });
        }
        let mut hits = self.finder.ready(db)?.children(&query, NARROWED);
        // Whom a letter or two merely do not exclude wait behind those who have them.
        search::keep_supported(&mut hits, |hit| hit.score.into());
        let hits = cut(hits, window);
        let rows = hits.rows.into_iter().map(|hit| find::child_found(db, hit)).collect::<Result<_>>()?;
        Ok(Page { rows, offset: hits.offset, total: hits.total })
    }

    /// A child's chronology in the order in which it happened. Days are counted from the newest entry.
    pub fn chronology(
        &mut self,
        child: ChildId,
        kinds: Kinds,
        narrow: &str,
        window: Window,
    ) -> Result<Page<ChronologyRow>> {
        let asking = Asking::parse(narrow, self.newest_at()?);
        self.chronology_of(child, kinds, &asking, window)
    }

    /// The same for what was asked at a time of its own.
    pub fn chronology_of(
        &mut self,
        child: ChildId,
        kinds: Kinds,
        asking: &Asking,
        window: Window,
    ) -> Result<Page<ChronologyRow>> {
        let db = self.cabinet.db();
        if asking.is_empty() && asking.without().is_empty() {
            self.lists.expect(db, child)?;
            let rows = chronology::page(db, child, kinds, window.offset, window.limit)?;
            return Ok(Page { rows, offset: window.offset, total: chronology::count(db, child, kinds)? });
        }
        let kept = self.lists.chronology(db, child)?.narrow(asking.typed_words());
        let kept = kept.filter(|row| kinds.includes(row.kind) && is_asked(asking, row));
        let Page { rows, offset, total } = cut(kept.collect(), window);
        Ok(Page { rows: rows.into_iter().cloned().collect(), offset, total })
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

    /// What somebody has to see to in the book: sources that disagree first, then stale numbers (H27).
    pub fn doubtful_contacts(
        &mut self,
        narrow: &str,
        window: Window,
        today: NaiveDate,
    ) -> Result<Page<Contact>> {
        let db = self.cabinet.db();
        let mut doubtful = Vec::new();
        let mut last = ContactId(0);
        loop {
            let some = contact::after(db, last, SLICE)?;
            let Some(newest) = some.last() else { break };
            last = newest.id;
            doubtful.extend(some.into_iter().filter(|contact| {
                contact.retired.is_blank() && freshness::is_doubtful(&contact.details, today)
            }));
        }
        let query = Query::parse(narrow);
        if !query.is_empty() {
            let found = self.finder.ready(db)?.contacts(&query, NARROWED);
            doubtful.retain(|contact| found.iter().any(|hit| hit.id == contact.id));
        }
        // Numbers that the rules name come before those that are rung once a year.
        doubtful.sort_by_key(|contact| {
            let details = &contact.details;
            let agrees = details.open_conflicts().next().is_none();
            (agrees, details.key.is_blank(), details.title().to_lowercase(), contact.id)
        });
        Ok(cut(doubtful, window))
    }

    /// A child's own contacts, which are not retired: their social worker, the lead of the school they are on roll at.
    pub fn contacts_of(&self, child: ChildId) -> Result<Vec<Contact>> {
        let mut own = contact::with_keys(self.cabinet.db())?;
        let numbers = merged::numbers(self.cabinet.db(), child)?;
        own.retain(|contact| contact.details.of_child.is_some_and(|child| numbers.contains(&child)));
        Ok(own)
    }

    /// The names of whom these are about; blank where there is none, and where it is not for whoever asks.
    pub fn whom(&self, subjects: &[Subject]) -> Result<Vec<Text>> {
        let (db, reader) = (self.cabinet.db(), &self.reader);
        let name = |subject: &Subject| match subject {
            Subject::Concern(concern) => concern::inbox_row(db, reader, *concern).map(|row| row.named),
            Subject::Child(child) => child::kept(db, *child).map(|child| child.details.name),
        };
        let known = |name: Result<Text>| match name {
            Err(Error::NoSuch(..) | Error::Restricted(_)) => Ok(Text::default()),
            name => name,
        };
        subjects.iter().map(name).map(known).collect()
    }

    /// Whom of the desk a child named in a concern might be.
    pub fn candidates(&mut self, concern: ConcernId, position: u32) -> Result<Vec<Candidate>> {
        let (db, reader) = (self.cabinet.db(), &self.reader);
        linking::answers(db, reader, self.finder.ready(db)?, concern, position)
    }
}

/// Whose chronology it is has been settled; the words have been looked for.
fn is_asked(asking: &Asking, row: &ChronologyRow) -> bool {
    let filters = asking.filters();
    filters.has_day(row.happened_at.date())
        && filters.has_kind(row.kind)
        && filters.has_author(&row.by)
        && asking.agrees_with(&row.text)
}

/// The window of a list that is whole in memory.
pub(super) fn cut<T>(mut rows: Vec<T>, window: Window) -> Page<T> {
    let total = rows.len();
    let offset = usize::try_from(window.offset).unwrap_or(usize::MAX).min(total);
    let mut rows = rows.split_off(offset);
    rows.truncate(usize::try_from(window.limit).unwrap_or(usize::MAX));
    Page { rows, offset: offset as u64, total: total as u64 }
}

fn cloned<N, T: Clone>(page: Page<(N, &T)>) -> Page<T> {
    Page {
        rows: page.rows.into_iter().map(|(_, row)| row.clone()).collect(),
        offset: page.offset,
        total: page.total,
    }
}
