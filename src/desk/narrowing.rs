//! Lists that are narrowed key by key: read and folded once, so that a letter costs neither.
//!
//! Kept for one pile, one chronology and one order of what is due at a time: the ones on the screen. They are read while
//! nothing is asked. A chronology and what is due are read anew once something is recorded; of a pile, which may be as long
//! as the desk is old, only the concerns that it was recorded of.

use std::collections::BTreeSet;

use super::worker::Ready;
use crate::cabinet::table::chronology::{self, ChronologyRow};
use crate::cabinet::table::concern::{self, InboxRow, NO_CLOCK_YET, Pile};
use crate::cabinet::table::follow_up::{self, Due, Order};
use crate::cabinet::table::restriction::Reader;
use crate::cabinet::{Db, Error, Result, ledger};
use crate::domain::chronology::Kinds;
use crate::domain::entry::{Entry, Subject};
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::search::{Line, Lines, Nearness};

/// After more new entries than these a pile is read anew.
const MOST_NEW: i64 = 200;
/// Rows that are read at once while nothing is asked: a request waits for no more than these.
const SLICE: u64 = 500;

#[derive(Default)]
pub(super) struct Lists {
    chronology: Option<Narrowing<ChildId, ChronologyRow>>,
    inbox: Option<Narrowing<Pile, InboxRow>>,
    due: Option<Narrowing<Order, Due>>,
}

/// The rows of one list, as they stood at one entry.
pub(super) struct Narrowing<Of, Row> {
    of: Of,
    head: Seq,
    rows: Vec<Row>,
    lines: Lines,
    ready: Ready,
}

impl<Of: PartialEq, Row> Narrowing<Of, Row> {
    /// The list as far as it has been read; none of it where it is another list or has changed since.
    fn kept(kept: &mut Option<Self>, of: Of, head: Seq, lines: fn() -> Lines) -> &mut Self {
        let same = kept.take().filter(|kept| kept.of == of && kept.head == head);
        kept.insert(same.unwrap_or_else(|| Self::unread(of, head, lines())))
    }

    fn unread(of: Of, head: Seq, lines: Lines) -> Self {
        Self { of, head, rows: Vec::new(), lines, ready: Ready::NotYet }
    }

    fn take(&mut self, rows: Vec<Row>, line: impl Fn(&Row) -> Told) {
        for row in rows {
            self.lines.push(line(&row).as_line());
            self.rows.push(row);
        }
    }

    fn put(&mut self, place: usize, row: Row, line: impl Fn(&Row) -> Told) {
        self.lines.put(place, line(&row).as_line());
        self.rows.insert(place, row);
    }

    /// The rows that fit, each with how near it is: the first is what is opened.
    pub(super) fn narrow_with_nearness(&mut self, typed: &str) -> Vec<(Nearness, &Row)> {
        let places = self.lines.narrow_with_nearness(typed);
        places.filter_map(|(near, place)| Some((near, self.rows.get(place)?))).collect()
    }

    /// The rows that fit, in order.
    pub(super) fn narrow(&mut self, typed: &str) -> impl Iterator<Item = &Row> {
        self.lines.narrow(typed).iter().filter_map(|place| self.rows.get(*place))
    }
}

impl Narrowing<ChildId, ChronologyRow> {
    fn read_on(&mut self, db: &Db, limit: u64) -> Result<Ready> {
        if self.ready == Ready::NotYet {
            let rows = chronology::page(db, self.of, Kinds::Everything, self.rows.len() as u64, limit)?;
            self.ready = if (rows.len() as u64) < limit { Ready::Yes } else { Ready::NotYet };
            self.take(rows, chronology_line);
        }
        Ok(self.ready)
    }
}

impl Narrowing<Order, Due> {
    fn read_on(&mut self, db: &Db, reader: &Reader, limit: u64) -> Result<Ready> {
        if self.ready == Ready::NotYet {
            let rows = follow_up::page(db, reader, self.of, self.rows.len() as u64, limit)?;
            self.ready = if (rows.len() as u64) < limit { Ready::Yes } else { Ready::NotYet };
            self.take(rows, due_line);
        }
        Ok(self.ready)
    }
}

impl Narrowing<Pile, InboxRow> {
    fn read_on(&mut self, db: &Db, reader: &Reader, limit: u64) -> Result<Ready> {
        if self.ready == Ready::NotYet {
            let rows = concern::page(db, reader, self.of, self.rows.len() as u64, limit)?;
            // Asked afterwards: a row that another desk has moved meanwhile could be missed or met twice.
            let head = ledger::head(db)?.seq;
            if head != self.head {
                *self = Self::unread(self.of, head, Lines::short());
                return Ok(Ready::NotYet);
            }
            self.ready = if (rows.len() as u64) < limit { Ready::Yes } else { Ready::NotYet };
            self.take(rows, inbox_line);
        }
        Ok(self.ready)
    }

    /// Brings what has been read up to the newest entry.
    fn catch_up(&mut self, db: &Db, reader: &Reader, head: Seq) -> Result<()> {
        if head == self.head || self.ready == Ready::NotYet || head.0 - self.head.0 > MOST_NEW {
            return Ok(());
        }
        let new = ledger::since(db, self.head)?;
        // Others may open now what was kept for whoever has left, or leads no more.
        let decides =
            |entry: &Entry| matches!(entry, Entry::PersonRemoved { .. } | Entry::RightChanged { .. });
        if new.iter().any(|(_, entry)| decides(entry)) {
            return Ok(());
        }
        let changed: BTreeSet<ConcernId> = new.iter().filter_map(|(_, entry)| entry.concern()).collect();
        for concern in changed {
            self.read_again(db, reader, concern)?;
        }
        self.head = head;
        Ok(())
    }

    /// A concern came, went to the other pile, is told otherwise, or is restricted.
    fn read_again(&mut self, db: &Db, reader: &Reader, concern: ConcernId) -> Result<()> {
        if let Some(place) = self.rows.iter().position(|row| row.concern == concern) {
            self.rows.remove(place);
            self.lines.take(place);
        }
        let row = match concern::inbox_row(db, reader, concern) {
            Err(Error::Restricted(_)) => return Ok(()),
            row => row?,
        };
        if self.of.holds(&row) {
            let place = self.rows.partition_point(|other| self.of.order(other, &row, NO_CLOCK_YET).is_lt());
            self.put(place, row, inbox_line);
        }
        Ok(())
    }
}

impl Lists {
    /// The chronology that is on the screen, and will be narrowed if any is.
    pub(super) fn expect(&mut self, db: &Db, child: ChildId) -> Result<()> {
        let head = ledger::head(db)?.seq;
        Narrowing::kept(&mut self.chronology, child, head, Lines::running);
        Ok(())
    }

    /// The pile that is on the screen.
    pub(super) fn expect_pile(&mut self, db: &Db, reader: &Reader, pile: Pile) -> Result<()> {
        self.pile(db, reader, pile).map(drop)
    }

    /// Reads a little more of what is expected.
    pub(super) fn get_ready(&mut self, db: &Db, reader: &Reader) -> Result<Ready> {
        let chronology = self.chronology.as_mut().map_or(Ok(Ready::Yes), |list| list.read_on(db, SLICE))?;
        let due = self.due.as_mut().map_or(Ok(Ready::Yes), |list| list.read_on(db, reader, SLICE))?;
        match (chronology, due) {
            (Ready::Yes, Ready::Yes) => {
                self.inbox.as_mut().map_or(Ok(Ready::Yes), |list| list.read_on(db, reader, SLICE))
            }
            (Ready::NotYet, _) | (_, Ready::NotYet) => Ok(Ready::NotYet),
        }
    }

    /// What is due, in the order that is on the screen.
    pub(super) fn expect_due(&mut self, db: &Db, order: Order) -> Result<()> {
        let head = ledger::head(db)?.seq;
        Narrowing::kept(&mut self.due, order, head, Lines::short);
        Ok(())
    }

    pub(super) fn due(
        &mut self,
        db: &Db,
        reader: &Reader,
        order: Order,
    ) -> Result<&mut Narrowing<Order, Due>> {
        let head = ledger::head(db)?.seq;
        let narrowing = Narrowing::kept(&mut self.due, order, head, Lines::short);
        narrowing.read_on(db, reader, i64::MAX.unsigned_abs())?;
        Ok(narrowing)
    }

    pub(super) fn chronology(
        &mut self,
        db: &Db,
        child: ChildId,
    ) -> Result<&mut Narrowing<ChildId, ChronologyRow>> {
        let head = ledger::head(db)?.seq;
        let narrowing = Narrowing::kept(&mut self.chronology, child, head, Lines::running);
        narrowing.read_on(db, i64::MAX.unsigned_abs())?;
        Ok(narrowing)
    }

    pub(super) fn inbox(
        &mut self,
        db: &Db,
        reader: &Reader,
        pile: Pile,
    ) -> Result<&mut Narrowing<Pile, InboxRow>> {
        let narrowing = self.pile(db, reader, pile)?;
        while narrowing.read_on(db, reader, i64::MAX.unsigned_abs())? == Ready::NotYet {}
        Ok(narrowing)
    }

    fn pile(&mut self, db: &Db, reader: &Reader, pile: Pile) -> Result<&mut Narrowing<Pile, InboxRow>> {
        let head = ledger::head(db)?.seq;
        if let Some(kept) = self.inbox.as_mut().filter(|kept| kept.of == pile) {
            kept.catch_up(db, reader, head)?;
        }
        Ok(Narrowing::kept(&mut self.inbox, pile, head, Lines::short))
    }
}

/// What a row is narrowed by: whose it is, and what else stands there.
struct Told {
    name: String,
    text: String,
}

impl Told {
    fn as_line(&self) -> Line<'_> {
        Line { name: &self.name, text: &self.text }
    }
}

fn inbox_line(row: &InboxRow) -> Told {
    let due = row.due.as_ref().map(|due| due.what.one_line()).unwrap_or_default();
    let text = format!(
        "{} {} {} {} {} {} {} {due}",
        row.concern,
        row.form,
        row.reason(),
        row.reporter,
        row.job_title,
        row.urgency.label(),
        row.state.label()
    );
    Told { name: row.named.one_line(), text }
}

fn due_line(due: &Due) -> Told {
    let about = match due.subject {
        Subject::Concern(concern) => concern.to_string(),
        Subject::Child(child) => format!("child {child}"),
    };
    let text = format!("{about} {} {}", due.set.what.one_line(), due.set.who.one_line());
    Told { name: due.named.one_line(), text }
}

/// A chronology is one child's: its rows have no names of their own.
fn chronology_line(row: &ChronologyRow) -> Told {
    let text = format!("{} {} {} {}", row.happened_at, row.kind.label(), row.text, row.by);
    Told { name: String::new(), text }
}
