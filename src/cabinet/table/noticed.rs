//! What of a child's record may be noticed ([`crate::domain::pattern`]): read under all their numbers, as far as the
//! reader opens it. What is restricted to others never counts.
//!
//! A chronology may have ten thousand rows, and reading a row costs a page of the cabinet. So only those are read that can
//! count: what is of the last year, what happened since the last referral, and what names an adult who is named
//! elsewhere. No entry of the ledger is read but the Part 1 of concerns whose categories count, and no other child's row
//! but those counted.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::{Connection, Row, named_params};

use super::super::error::{Error, Result};
use super::super::ledger;
use super::chronology::standing;
use super::named_adult::{self, Naming};
use super::restriction::{HIDDEN, Reader};
use super::{child, concern, merged};
use crate::domain::chronology::RowKind;
use crate::domain::decision::{Course, Decision};
use crate::domain::entry::Entry;
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::domain::moment::Moment;
use crate::domain::part2::Section;
use crate::domain::pattern::{
    NamedElsewhere, Noted, Noticeable, What, categories_count_from, counts_from, speaks_of_a_contact_visit,
    speaks_of_a_referral,
};
use crate::domain::text::Text;

/// Whoever is named in more concerns than this is named for their office, and it says nothing.
const MOST_CONCERNS: usize = 200;

/// What may be noticed of a child, and how to show the rows that were counted.
#[derive(Debug, Default)]
pub struct Noticed {
    pub rows: Vec<Noticeable>,
    pub elsewhere: Vec<NamedElsewhere>,
    pub shown: BTreeMap<Seq, Counted>,
}

/// A row that may have been counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    pub seq: Seq,
    pub happened: NaiveDate,
    pub kind: RowKind,
    pub concern: Option<ConcernId>,
    pub stands: Stands,
    pub text: Text,
}

/// Where a row is to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stands {
    /// In the child's chronology.
    Here,
    /// In a concern that only some people open, and in no chronology.
    Restricted,
    /// With another child, who is called so.
    With(Text),
}

/// Reads all of it, for a day.
pub fn read(db: &Connection, reader: &Reader, child: ChildId, today: NaiveDate) -> Result<Noticed> {
    let numbers = merged::numbers(db, child)?;
    let mut noticed = Noticed::default();
    for number in &numbers {
        let since = last_referral(db, *number, today, &mut noticed)?;
        chronology(db, *number, Since { referral: since, year: counts_from(today) }, &mut noticed)?;
        restricted(db, reader, *number, &mut noticed)?;
    }
    categories(db, &mut noticed, categories_count_from(today))?;
    adults(db, reader, &numbers, &mut noticed)?;
    Ok(noticed)
}

/// Since when the rows of one number count.
#[derive(Clone, Copy)]
struct Since {
    /// The last of its referrals.
    referral: Option<NaiveDate>,
    year: NaiveDate,
}

impl Noticed {
    fn extend(&mut self, row: Option<(What, Counted)>) {
        if let Some((what, shown)) = row {
            self.add(what, shown);
        }
    }

    /// A row that the child's other number has as well is one.
    fn add(&mut self, what: What, shown: Counted) {
        let (seq, happened) = (shown.seq, shown.happened);
        if self.shown.insert(seq, shown).is_none() {
            self.rows.push(Noticeable { seq, happened, what });
        }
    }
}

/// The order is read off the index, and the words of no row before the last that tells of a referral.
fn last_referral(
    db: &Connection,
    child: ChildId,
    today: NaiveDate,
    noticed: &mut Noticed,
) -> Result<Option<NaiveDate>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM chronology o INDEXED BY chronology_order
         CROSS JOIN chronology c ON c.child = o.child AND c.sort = o.sort AND c.seq = o.seq AND c.kind = o.kind
         WHERE o.child = ?1 AND o.kind IN ('action', 'decision') ORDER BY o.sort DESC, o.seq DESC, o.kind DESC"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([child.0])?;
    while let Some(row) = rows.next()? {
        if let Some((what, shown)) = counted(row)?.filter(|(_, shown)| shown.happened <= today) {
            let on = shown.happened;
            noticed.add(what, shown);
            return Ok(Some(on));
        }
    }
    Ok(None)
}

fn chronology(db: &Connection, child: ChildId, since: Since, noticed: &mut Noticed) -> Result<()> {
    let year = Moment::Date(since.year).sort_key();
    let referral = since.referral.map_or(i64::MIN, |on| Moment::Date(on).sort_key());
    let sql = format!(
        "SELECT {COLUMNS} FROM chronology c
         WHERE child = ?1 AND sort >= ?2 AND (kind = 'concern' OR kind IN ('contact', 'event') AND sort >= ?3)
         ORDER BY sort, seq, kind"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([child.0, referral.min(year), year])?;
    while let Some(row) = rows.next()? {
        noticed.extend(counted(row)?);
    }
    Ok(())
}

const COLUMNS: &str = "c.seq, c.kind, c.text, c.happened_at, c.concern";

/// A row that may count. Its words are looked at where they lie.
fn counted(row: &Row) -> Result<Option<(What, Counted)>> {
    let text = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
    let kind = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
    let Some((kind, what)) = RowKind::from_label(kind).and_then(|kind| Some((kind, what(kind, text)?)))
    else {
        return Ok(None);
    };
    let (seq, text) = (Seq(row.get(0)?), Text::from(text));
    let happened: String = row.get(3)?;
    let happened = Moment::parse(&happened).map_err(|_| Error::Unreadable { seq: seq.0 })?.date();
    let concern: Option<i64> = row.get(4)?;
    let concern = concern.map(ConcernId);
    Ok(Some((what, Counted { seq, happened, kind, concern, stands: Stands::Here, text })))
}

fn what(kind: RowKind, text: &str) -> Option<What> {
    match kind {
        RowKind::Concern => Some(What::Concern(Noted::default())),
        RowKind::Action => speaks_of_a_referral(what_was_done(standing(text))).then_some(What::Referral),
        RowKind::Decision => standing(text).contains(Course::Refer.label()).then_some(What::Referral),
        RowKind::Contact | RowKind::Event => {
            speaks_of_a_contact_visit(standing(text)).then_some(What::ContactVisit)
        }
        RowKind::Received
        | RowKind::Advice
        | RowKind::Parents
        | RowKind::Outcome
        | RowKind::FurtherInformation
        | RowKind::FileCommenced
        | RowKind::Signed
        | RowKind::FollowUp
        | RowKind::Status
        | RowKind::Correction
        | RowKind::Moved
        | RowKind::Call
        | RowKind::Roll => None,
    }
}

/// An action without its reasons, which may well speak of what was not done.
fn what_was_done(said: &str) -> &str {
    said.split_once(" Reasons: ").map_or(said, |(what, _)| what)
}

/// What was recorded of the child's restricted concerns that the reader opens.
fn restricted(db: &Connection, reader: &Reader, child: ChildId, noticed: &mut Noticed) -> Result<()> {
    let sql = format!(
        "SELECT DISTINCT l.concern FROM link l JOIN restriction r ON r.concern = l.concern
         WHERE l.child = :child AND l.concern NOT IN ({HIDDEN}) ORDER BY l.concern"
    );
    let asked = named_params! { ":child": child.0, ":reader": reader.person(), ":leads": reader.leads() };
    let mut statement = db.prepare_cached(&sql)?;
    let concerns =
        statement.query_map(asked, |row| row.get(0).map(ConcernId))?.collect::<rusqlite::Result<Vec<_>>>()?;
    for concern in concerns {
        for (line, entry) in concern::told_entries(db, concern)? {
            let Some((what, kind, happened, text)) = told(&entry) else { continue };
            let recorded = line.recorded().ok_or(Error::Unreadable { seq: line.seq.0 })?;
            let happened = happened.unwrap_or(Moment::At(recorded)).date();
            let (stands, concern, text) = (Stands::Restricted, Some(concern), Text::from(text));
            noticed.add(what, Counted { seq: line.seq, happened, kind, concern, stands, text });
        }
    }
    Ok(())
}

fn told(entry: &Entry) -> Option<(What, RowKind, Option<Moment>, String)> {
    match entry {
        Entry::ConcernReceived { part1, .. } => {
            Some((What::Concern(Noted::default()), RowKind::Concern, part1.happened(), part1.gist()))
        }
        Entry::Part2 { section: Section::Action(action), .. } if speaks_of_a_referral(&action.what) => {
            Some((What::Referral, RowKind::Action, Some(action.at), action.what.one_line()))
        }
        Entry::Decided { decision: Decision::Course(taken), .. } if taken.course == Course::Refer => {
            let text = taken.course.label().to_owned();
            Some((What::Referral, RowKind::Decision, Some(taken.at), text))
        }
        _ => None,
    }
}

/// The level of each; the categories of what happened from that day on, as they stand now.
fn categories(db: &Connection, noticed: &mut Noticed, from: NaiveDate) -> Result<()> {
    let Noticed { rows, shown, .. } = noticed;
    for Noticeable { seq, happened, what } in rows {
        let (What::Concern(noted), Some(concern)) = (what, shown.get(seq).and_then(|shown| shown.concern))
        else {
            continue;
        };
        noted.level = concern::level(db, concern)?;
        if *happened >= from {
            noted.categories = concern::categories(db, concern)?;
        }
    }
    Ok(())
}

/// An adult as they are named first, and the child's concerns that name them.
type Here = (Text, BTreeSet<ConcernId>);

/// The adults whom this child's concerns name and others' too.
fn adults(db: &Connection, reader: &Reader, numbers: &[ChildId], noticed: &mut Noticed) -> Result<()> {
    let mut names: BTreeMap<String, Here> = BTreeMap::new();
    for number in numbers {
        for named in named_adult::of_child(db, reader, *number)? {
            let (_, here) = names.entry(named.folded).or_insert((named.name, BTreeSet::new()));
            here.insert(named.concern);
        }
    }
    for (folded, (adult, here)) in names {
        let naming = named_adult::naming(db, reader, &folded, MOST_CONCERNS + 1)?;
        if naming.len() > MOST_CONCERNS || child::is_called(db, &adult)? {
            continue;
        }
        if named_elsewhere(db, numbers, &adult, naming, noticed)? {
            here.into_iter().try_for_each(|concern| named_here(db, numbers, &adult, concern, noticed))?;
        }
    }
    Ok(())
}

/// Whether concerns of others name them.
fn named_elsewhere(
    db: &Connection,
    numbers: &[ChildId],
    adult: &Text,
    naming: Vec<Naming>,
    noticed: &mut Noticed,
) -> Result<bool> {
    let of_this_child = |named: &&Naming| numbers.contains(&named.child);
    let own: BTreeSet<ConcernId> = naming.iter().filter(of_this_child).map(|named| named.concern).collect();
    let mut seen = BTreeSet::new();
    for Naming { concern, child: number, seq } in naming.into_iter().filter(|one| !own.contains(&one.concern))
    {
        let kept = merged::kept(db, number)?;
        if seen.insert((concern, kept)) {
            noticed.elsewhere.push(NamedElsewhere { adult: adult.clone(), child: kept, concern, seq });
            if let Some(shown) = elsewhere(db, concern, kept, seq)? {
                noticed.shown.entry(seq).or_insert(shown);
            }
        }
    }
    Ok(!seen.is_empty())
}

/// A concern of this child's names them; it may be an old one, which counts for nothing else.
fn named_here(
    db: &Connection,
    numbers: &[ChildId],
    adult: &Text,
    concern: ConcernId,
    noticed: &mut Noticed,
) -> Result<()> {
    let sql = format!(
        "SELECT {COLUMNS} FROM chronology c WHERE c.concern = ?1 AND c.child = ?2 AND c.kind = 'concern'"
    );
    let mut statement = db.prepare_cached(&sql)?;
    for number in numbers {
        let mut rows = statement.query([concern.0, number.0])?;
        while let Some(row) = rows.next()? {
            noticed.extend(counted(row)?);
        }
    }
    let Noticed { rows, shown, .. } = noticed;
    let of_it = |row: &Noticeable| shown.get(&row.seq).and_then(|shown| shown.concern) == Some(concern);
    for row in rows.iter_mut().filter(|row| of_it(row)) {
        if let What::Concern(noted) = &mut row.what {
            noted.adults.push(adult.clone());
        }
    }
    Ok(())
}

/// How a concern of another child is shown.
fn elsewhere(db: &Connection, concern: ConcernId, kept: ChildId, seq: Seq) -> Result<Option<Counted>> {
    let Some(part1) = concern::standing(db, concern)? else { return Ok(None) };
    let recorded = ledger::line(db, seq)?.recorded().ok_or(Error::Unreadable { seq: seq.0 })?;
    let happened = part1.happened().unwrap_or(Moment::At(recorded)).date();
    let stands = Stands::With(child::get(db, kept)?.details.name);
    let (concern, text) = (Some(concern), Text::from(part1.gist()));
    Ok(Some(Counted { seq, happened, kind: RowKind::Concern, concern, stands, text }))
}
