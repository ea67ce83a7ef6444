//! Lists that are narrowed key by key: read and folded once, so that a letter costs neither.
//!
//! Kept for one pile and one chronology at a time, and only until something is recorded.

use super::worker::Ready;
use crate::cabinet::table::chronology::{self, ChronologyRow};
use crate::cabinet::table::concern::{self, InboxRow, Pile};
use crate::cabinet::{Db, Result, ledger};
use crate::domain::chronology::Kinds;
use crate::domain::ids::{ChildId, Seq};
use crate::search::Lines;

/// How many concerns of a pile are looked through when the inbox is narrowed: more than any desk has.
const INBOX: u64 = 100_000;
/// Rows that are read at once while nothing is asked: a request waits for no more than these.
const SLICE: u64 = 500;

#[derive(Default)]
pub(super) struct Lists {
    chronology: Option<Narrowing<ChildId, ChronologyRow>>,
    inbox: Option<Narrowing<Pile, InboxRow>>,
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
        let new = || Self { of, head, rows: Vec::new(), lines: lines(), ready: Ready::NotYet };
        kept.insert(same.unwrap_or_else(new))
    }

    fn take(&mut self, rows: Vec<Row>, line: impl Fn(&Row) -> String) {
        for row in rows {
            self.lines.push(&line(&row));
            self.rows.push(row);
        }
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

impl Lists {
    /// The chronology that is on the screen, and will be narrowed if any is.
    pub(super) fn expect(&mut self, db: &Db, child: ChildId) -> Result<()> {
        let head = ledger::head(db)?.seq;
        Narrowing::kept(&mut self.chronology, child, head, Lines::running);
        Ok(())
    }

    /// Reads a little more of what is expected.
    pub(super) fn get_ready(&mut self, db: &Db) -> Result<Ready> {
        self.chronology.as_mut().map_or(Ok(Ready::Yes), |chronology| chronology.read_on(db, SLICE))
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

    pub(super) fn inbox(&mut self, db: &Db, pile: Pile) -> Result<&mut Narrowing<Pile, InboxRow>> {
        let head = ledger::head(db)?.seq;
        let narrowing = Narrowing::kept(&mut self.inbox, pile, head, Lines::short);
        if narrowing.ready == Ready::NotYet {
            narrowing.take(concern::page(db, pile, 0, INBOX)?, inbox_line);
            narrowing.ready = Ready::Yes;
        }
        Ok(narrowing)
    }
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
