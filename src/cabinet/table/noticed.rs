//! What of a child's record may be noticed ([`crate::domain::pattern`]): read under all their numbers, as far as the
//! reader opens it. What is restricted to others never counts.
//!
//! A chronology may have ten thousand rows. They are gone through once, in the order in which they lie; no entry of
//! the ledger is read but the Part 1 of concerns whose categories count, and no other child's row but those counted.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::{Connection, named_params};

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
    NamedElsewhere, Noted, Noticeable, What, categories_count_from, speaks_of_a_contact_visit,
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
        chronology(db, *number, &mut noticed)?;
        restricted(db, reader, *number, &mut noticed)?;
    }
    let mut concerns = BTreeMap::new();
    for (place, row) in noticed.rows.iter().enumerate() {
        let concern = noticed.shown.get(&row.seq).and_then(|shown| shown.concern);
        if let (What::Concern(_), Some(concern)) = (&row.what, concern) {
            concerns.insert(concern, place);
        }
    }
    categories(db, &mut noticed.rows, &concerns, categories_count_from(today))?;
    adults(db, reader, &numbers, &concerns, &mut noticed)?;
    Ok(noticed)
}

impl Noticed {
    /// A row that the child's other number has as well is one.
    fn add(&mut self, what: What, shown: Counted) {
        let (seq, happened) = (shown.seq, shown.happened);
        if self.shown.insert(seq, shown).is_none() {
            self.rows.push(Noticeable { seq, happened, what });
        }
    }
}

fn chronology(db: &Connection, child: ChildId, noticed: &mut Noticed) -> Result<()> {
    let mut statement = db.prepare_cached(
        "SELECT seq, kind, text, happened_at, concern FROM chronology
         WHERE child = ?1 AND kind IN ('concern', 'action', 'decision', 'contact', 'event') ORDER BY sort, seq, kind",
    )?;
    let mut rows = statement.query([child.0])?;
    while let Some(row) = rows.next()? {
        let text = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
        let kind = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let Some((kind, what)) = RowKind::from_label(kind).and_then(|kind| Some((kind, what(kind, text)?)))
        else {
            continue;
        };
        let (seq, text) = (Seq(row.get(0)?), Text::from(text));
        let happened: String = row.get(3)?;
        let happened = Moment::parse(&happened).map_err(|_| Error::Unreadable { seq: seq.0 })?.date();
        let concern: Option<i64> = row.get(4)?;
        let concern = concern.map(ConcernId);
        noticed.add(what, Counted { seq, happened, kind, concern, stands: Stands::Here, text });
    }
    Ok(())
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
fn categories(
    db: &Connection,
    rows: &mut [Noticeable],
    concerns: &BTreeMap<ConcernId, usize>,
    from: NaiveDate,
) -> Result<()> {
    for (concern, place) in concerns {
        let Some(Noticeable { happened, what: What::Concern(noted), .. }) = rows.get_mut(*place) else {
            continue;
        };
        noted.level = concern::level(db, *concern)?;
        if *happened >= from {
            noted.categories = concern::categories(db, *concern)?;
        }
    }
    Ok(())
}

/// The adults whom these concerns name, each as they are named first, and who else's concerns name them.
fn adults(
    db: &Connection,
    reader: &Reader,
    numbers: &[ChildId],
    concerns: &BTreeMap<ConcernId, usize>,
    noticed: &mut Noticed,
) -> Result<()> {
    let mut names: BTreeMap<String, Text> = BTreeMap::new();
    for number in numbers {
        for named in named_adult::of_child(db, reader, *number)? {
            let name = names.entry(named.folded).or_insert(named.name);
            let row = concerns.get(&named.concern).and_then(|place| noticed.rows.get_mut(*place));
            if let Some(What::Concern(noted)) = row.map(|row| &mut row.what)
                && !noted.adults.contains(name)
            {
                noted.adults.push(name.clone());
            }
        }
    }
    for (folded, adult) in names {
        let naming = named_adult::naming(db, reader, &folded, MOST_CONCERNS + 1)?;
        if naming.len() > MOST_CONCERNS || child::is_called(db, &adult)? {
            continue;
        }
        let mut seen = BTreeSet::new();
        for Naming { concern, child: number, seq } in naming {
            let kept = merged::kept(db, number)?;
            if !concerns.contains_key(&concern) && !numbers.contains(&kept) && seen.insert((concern, kept)) {
                let adult = adult.clone();
                noticed.elsewhere.push(NamedElsewhere { adult, child: kept, concern, seq });
                if let Some(shown) = elsewhere(db, concern, kept, seq)? {
                    noticed.shown.entry(seq).or_insert(shown);
                }
            }
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
