//! Concerns: how they stand, what they are linked to, and one concern whole.

mod case;
mod closing;
mod decided;
mod inbox;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, named_params, params};

pub use decided::{categories, level};
pub use inbox::{InboxRow, NO_CLOCK_YET, NextDue, Pile, count, highest_level, inbox_row, new, page, page_at};

use super::super::error::{Error, Result};
use super::super::ledger::{self, Line};
use super::super::project::At;
use super::child::{self, Child};
use super::follow_up::{self, Due};
use super::restriction::{self, HIDDEN, Reader, Restriction};
use super::{merged, person};
use crate::domain::child::LinkHow;
use crate::domain::concern::{About, Part1};
use crate::domain::decision::Decision;
use crate::domain::entry::{Entry, Source};
use crate::domain::field::{CorrectedField, Part1Field};
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::domain::moment::Moment;
use crate::domain::part2::{Section, SectionKind};
use crate::domain::text::Text;
use crate::domain::triage::{self, State, Urgency};

pub(in crate::cabinet) fn insert(
    at: &At,
    concern: ConcernId,
    source: &Source,
    urgency: Urgency,
    part1: &Part1,
) -> Result<()> {
    at.db
        .prepare_cached(
            "INSERT INTO concern (id, seq, received_at, urgency, about, named, form, gist, reporter, job_title,
                                  state, unlinked, signed_seq)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0)",
        )?
        .execute(params![
            concern.0,
            at.seq.0,
            at.recorded_at.timestamp(),
            urgency_number(urgency),
            part1.about.label(),
            named(part1),
            form(part1),
            part1.gist(),
            part1.reporter.name.one_line(),
            part1.reporter.job_title.one_line(),
            state_number(State::New),
            part1.children.len(),
        ])?;
    if let Source::File { sha256, row, .. } = source {
        at.db
            .prepare_cached("INSERT OR IGNORE INTO source (sha256, row, concern) VALUES (?1, ?2, ?3)")?
            .execute(params![sha256, row.unwrap_or(0), concern.0])?;
    }
    belongs(at, concern, "concern-received")
}

/// Whom the concern is about, as the reporter named them. No field names an adult: the first line of those involved
/// does.
fn named(part1: &Part1) -> String {
    let staff = part1.staff.iter().map(|staff| staff.name.one_line());
    let children = part1.children.iter().map(|child| child.name.one_line());
    let adult = (part1.about == About::Adult).then(|| part1.account.who.lines().next()).flatten();
    adult.map(str::to_owned).into_iter().chain(staff).chain(children).collect::<Vec<_>>().join(", ")
}

/// The form of the only child; of several children it would stand behind the wrong name.
fn form(part1: &Part1) -> String {
    match part1.children.as_slice() {
        [child] => child.form.as_ref().map(Text::one_line).unwrap_or_default(),
        _ => String::new(),
    }
}

pub(in crate::cabinet) fn belongs(at: &At, concern: ConcernId, kind: &str) -> Result<()> {
    at.db
        .prepare_cached("INSERT INTO concern_entry (concern, seq, kind) VALUES (?1, ?2, ?3)")?
        .execute(params![concern.0, at.seq.0, kind])?;
    Ok(())
}

/// Notes who the child in that place is, and says who it was taken for before.
pub(in crate::cabinet) fn link(
    at: &At,
    concern: ConcernId,
    position: u32,
    child: ChildId,
    how: LinkHow,
) -> Result<Option<ChildId>> {
    let before = linked_at(at.db, concern, position)?;
    if before.is_none() {
        at.db
            .prepare_cached("UPDATE concern SET unlinked = unlinked - 1 WHERE id = ?1")?
            .execute([concern.0])?;
    }
    at.db
        .prepare_cached(
            "INSERT OR REPLACE INTO link (concern, position, child, how, seq) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![concern.0, position, child.0, how_label(how), at.seq.0])?;
    belongs(at, concern, "child-linked")?;
    Ok(before)
}

fn linked_at(db: &Connection, concern: ConcernId, position: u32) -> Result<Option<ChildId>> {
    Ok(db
        .prepare_cached("SELECT child FROM link WHERE concern = ?1 AND position = ?2")?
        .query_row(params![concern.0, position], |row| row.get(0).map(ChildId))
        .optional()?)
}

fn how_label(how: LinkHow) -> &'static str {
    match how {
        LinkHow::Exact => "exact",
        LinkHow::New => "new",
        LinkHow::Chosen => "chosen",
    }
}

pub(in crate::cabinet) fn section(at: &At, concern: ConcernId, section: &Section) -> Result<()> {
    let (state, signed) = match section {
        Section::Signed(_) => (State::Signed, at.seq.0),
        Section::Received(_)
        | Section::Advice(_)
        | Section::Action(_)
        | Section::Parents(_)
        | Section::Outcome(_)
        | Section::FurtherInformation(_)
        | Section::FileCommenced(_) => (State::Open, 0),
    };
    // Signing is for good: what comes later is marked as added after it. What is closed stays so until it is reopened.
    at.db
        .prepare_cached(
            "UPDATE concern SET state = CASE state WHEN 3 THEN 3 ELSE ?2 END, signed_seq = ?3
             WHERE id = ?1 AND signed_seq = 0",
        )?
        .execute(params![concern.0, state_number(state), signed])?;
    belongs(at, concern, "part2")
}

/// How a decision makes the concern stand, and how urgent it makes it.
pub(in crate::cabinet) fn decided(
    at: &At,
    concern: ConcernId,
    decision: &Decision,
    urgency: Option<Urgency>,
) -> Result<()> {
    let change = match decision {
        // It stands beside something, and that says how the concern stands.
        Decision::Overridden(_) => return belongs(at, concern, decision.kind().name()),
        Decision::Closed(_) => "state = 3",
        Decision::Reopened(_) => "state = CASE signed_seq WHEN 0 THEN 1 ELSE 2 END",
        Decision::Danger(danger) if danger.in_danger => "state = max(state, 1), urgency = 2",
        // What is asked and answered waits no more than what is not said.
        Decision::Danger(_) => "state = max(state, 1), urgency = min(urgency, 1)",
        Decision::Level(_) => "state = max(state, 1), level = ?2",
        Decision::Categories(_)
        | Decision::PartOfChild(_)
        | Decision::Course(_)
        | Decision::Sharing(_)
        | Decision::Threshold(_)
        | Decision::Discovery(_)
        | Decision::Allegation(_)
        | Decision::Replied(_) => "state = max(state, 1)",
    };
    let sql = format!("UPDATE concern SET {change} WHERE id = ?1");
    let mut update = at.db.prepare_cached(&sql)?;
    match decision {
        Decision::Level(level) => update.execute(params![concern.0, level.level])?,
        _ => update.execute([concern.0])?,
    };
    is_urgent(at, concern, urgency)?;
    belongs(at, concern, decision.kind().name())
}

pub(in crate::cabinet) fn correction(at: &At, concern: ConcernId, urgency: Option<Urgency>) -> Result<()> {
    is_urgent(at, concern, urgency)?;
    belongs(at, concern, "corrected")
}

/// As urgent as an entry says, where it says so.
fn is_urgent(at: &At, concern: ConcernId, urgency: Option<Urgency>) -> Result<()> {
    if let Some(urgency) = urgency {
        at.db
            .prepare_cached("UPDATE concern SET urgency = ?2 WHERE id = ?1")?
            .execute([concern.0, urgency_number(urgency)])?;
    }
    Ok(())
}

fn urgency_number(urgency: Urgency) -> i64 {
    match urgency {
        Urgency::Routine => 0,
        Urgency::Soon => 1,
        Urgency::Danger => 2,
    }
}

fn urgency_of(number: i64) -> Urgency {
    Urgency::ALL.into_iter().find(|urgency| urgency_number(*urgency) == number).unwrap_or(Urgency::Danger)
}

fn state_number(state: State) -> i64 {
    match state {
        State::New => 0,
        State::Open => 1,
        State::Signed => 2,
        State::Closed => 3,
    }
}

fn state_of(number: i64) -> State {
    State::ALL.into_iter().find(|state| state_number(*state) == number).unwrap_or(State::Open)
}

/// Refuses an entry that is not one of the concern's own.
pub fn holds(db: &Connection, concern: ConcernId, seq: Seq) -> Result<()> {
    db.prepare_cached("SELECT 1 FROM concern_entry WHERE concern = ?1 AND seq = ?2")?
        .query_row(params![concern.0, seq.0], |_| Ok(()))
        .optional()?
        .ok_or(Error::NoSuch("entry", seq.0))
}

/// The concern that an entry belongs to.
pub fn of_entry(db: &Connection, seq: Seq) -> Result<Option<ConcernId>> {
    Ok(db
        .prepare_cached("SELECT concern FROM concern_entry WHERE seq = ?1")?
        .query_row([seq.0], |row| row.get(0).map(ConcernId))
        .optional()?)
}

/// The concerns that are linked to a child, the newest first, of what the reader may open.
pub fn of_child(db: &Connection, reader: &Reader, child: ChildId) -> Result<Vec<ConcernId>> {
    let sql = format!("SELECT DISTINCT concern FROM link WHERE child = :child AND concern NOT IN ({HIDDEN})");
    let mut statement = db.prepare_cached(&sql)?;
    let mut concerns = BTreeSet::new();
    for number in merged::numbers(db, child)? {
        let asked =
            named_params! { ":child": number.0, ":reader": reader.person(), ":leads": reader.leads() };
        for concern in statement.query_map(asked, |row| row.get(0).map(ConcernId))? {
            concerns.insert(concern?);
        }
    }
    Ok(concerns.into_iter().rev().collect())
}

/// The concerns that are linked to a child, whoever reads, and whether each is kept to some: for what the desk does by
/// itself.
pub fn all_of_child(db: &Connection, child: ChildId) -> Result<Vec<(ConcernId, bool)>> {
    let mut statement = db.prepare_cached(
        "SELECT DISTINCT concern, EXISTS (SELECT 1 FROM restriction r WHERE r.concern = link.concern)
         FROM link WHERE child = ?1",
    )?;
    let mut concerns = Vec::new();
    for number in merged::numbers(db, child)? {
        let rows = statement.query_map([number.0], |row| Ok((ConcernId(row.get(0)?), row.get(1)?)))?;
        concerns.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    Ok(concerns)
}

/// A line of the ledger that belongs to a concern, with who wrote it.
#[derive(Clone, Debug)]
pub struct ConcernLine {
    pub seq: Seq,
    pub recorded_at: DateTime<Utc>,
    /// Full name and role as they were when it was written.
    pub by: Text,
    pub entry: Entry,
    pub added_after_signing: bool,
}

/// A concern whole: Part 1 as it came, and everything since.
#[derive(Clone, Debug)]
pub struct Concern {
    pub row: InboxRow,
    pub seq: Seq,
    /// Who was at the desk when Part 1 came in.
    pub received_by: Text,
    pub source: Source,
    pub part1: Part1,
    /// Who each child named in Part 1 is on this desk, by place, as they are kept; none where that is not answered yet.
    pub children: Vec<Option<Child>>,
    /// Who opens it; none where everybody does.
    pub restriction: Option<Restriction>,
    /// Everything that is or was due, the soonest first.
    pub due: Vec<Due>,
    /// Whose desk it is.
    pub organisation: Text,
    /// Everything after Part 1, in the order in which it was recorded.
    pub lines: Vec<ConcernLine>,
}

impl Concern {
    /// The Part 2 entries with their lines.
    pub fn sections(&self) -> impl Iterator<Item = (&ConcernLine, &Section)> {
        self.lines.iter().filter_map(|line| match &line.entry {
            Entry::Part2 { section, .. } => Some((line, section)),
            _ => None,
        })
    }

    /// Whether Part 2 is signed; a closed concern may be or not.
    pub fn is_signed(&self) -> bool {
        self.sections().any(|(_, section)| section.kind() == SectionKind::Signed)
    }

    /// The decisions with their lines.
    pub fn decisions(&self) -> impl Iterator<Item = (&ConcernLine, &Decision)> {
        self.lines.iter().filter_map(|line| match &line.entry {
            Entry::Decided { decision, .. } => Some((line, decision)),
            _ => None,
        })
    }

    /// Whom it is about, as that was put right: what [`Concern::standing`] says of it, without its texts.
    pub fn about(&self) -> About {
        let mut put_right = self.lines.iter().rev().filter_map(|line| match &line.entry {
            Entry::Corrected { field: CorrectedField::Part1(Part1Field::About), instead, .. } => {
                About::read(&instead.one_line())
            }
            _ => None,
        });
        put_right.next().unwrap_or(self.part1.about)
    }

    /// Part 1 with everything put right in it that a rule reads.
    pub fn standing(&self) -> Part1 {
        let mut part1 = self.part1.clone();
        for line in &self.lines {
            if let Entry::Corrected { field, instead, .. } = &line.entry {
                triage::put_right(&mut part1, field, instead);
            }
        }
        part1
    }

    /// What was put right in a field of Part 1 (`corrects` is its line) or in an entry, the oldest first.
    pub fn corrections(&self, corrects: Seq, of: &CorrectedField) -> impl Iterator<Item = Correction<'_>> {
        self.lines.iter().filter_map(move |line| match &line.entry {
            Entry::Corrected { corrects: seq, field, instead, reason, happened_at, .. }
                if *seq == corrects && field == of =>
            {
                Some(Correction { line, instead, reason, happened_at: *happened_at })
            }
            _ => None,
        })
    }
}

/// A correction, with its line for who wrote it.
pub struct Correction<'c> {
    pub line: &'c ConcernLine,
    pub instead: &'c Text,
    pub reason: &'c Text,
    /// When it happened, where that was wrong.
    pub happened_at: Option<Moment>,
}

/// Refuses one that is restricted to others.
pub fn get(db: &Connection, reader: &Reader, concern: ConcernId) -> Result<Concern> {
    let row = inbox_row(db, reader, concern)?;
    let signed: i64 =
        db.query_row("SELECT signed_seq FROM concern WHERE id = ?1", [concern.0], |row| row.get(0))?;
    let mut lines = lines(db, concern, signed)?.into_iter();
    let first = lines.next().ok_or(Error::NoSuch("concern", concern.0))?;
    let Entry::ConcernReceived { source, part1, .. } = first.entry else {
        return Err(Error::Unreadable { seq: first.seq.0 });
    };
    let children = (0..)
        .zip(&part1.children)
        .map(|(position, _)| {
            linked_at(db, concern, position)?.map(|child| child::kept(db, child)).transpose()
        })
        .collect::<Result<_>>()?;
    Ok(Concern {
        row,
        seq: first.seq,
        received_by: first.by,
        source,
        part1: *part1,
        children,
        restriction: restriction::of(db, concern)?,
        due: follow_up::of_concern(db, concern)?,
        organisation: person::organisation_name(db)?,
        lines: lines.collect(),
    })
}

/// Whether Part 2 is signed.
pub fn is_signed(db: &Connection, concern: ConcernId) -> Result<bool> {
    Ok(db.prepare_cached("SELECT 1 FROM concern WHERE id = ?1 AND signed_seq <> 0")?.exists([concern.0])?)
}

/// Part 1 alone, with what was put right in it; none where the concern does not begin with one.
pub(super) fn standing(db: &Connection, concern: ConcernId) -> Result<Option<Part1>> {
    let sql = "SELECT seq FROM concern_entry
        WHERE concern = ?1 AND kind IN ('concern-received', 'corrected') ORDER BY seq";
    let mut entries = lines_of(db, concern, sql)?.into_iter().map(|(_, entry)| entry);
    let Some(Entry::ConcernReceived { mut part1, .. }) = entries.next() else { return Ok(None) };
    for entry in entries {
        if let Entry::Corrected { field, instead, .. } = entry {
            triage::put_right(&mut part1, &field, &instead);
        }
    }
    Ok(Some(*part1))
}

/// The ledger lines of a concern with their entries, Part 1 first.
pub(super) fn entries(db: &Connection, concern: ConcernId) -> Result<Vec<(Line, Entry)>> {
    lines_of(db, concern, "SELECT seq FROM concern_entry WHERE concern = ?1 ORDER BY seq")
}

/// The same without the links: what stands in the chronology of each child.
pub(super) fn told_entries(db: &Connection, concern: ConcernId) -> Result<Vec<(Line, Entry)>> {
    let sql = "SELECT seq FROM concern_entry WHERE concern = ?1 AND kind <> 'child-linked' ORDER BY seq";
    lines_of(db, concern, sql)
}

/// The numbers of these lines.
pub(super) fn seqs(db: &Connection, concern: ConcernId) -> Result<Vec<Seq>> {
    let mut statement = db.prepare_cached("SELECT seq FROM concern_entry WHERE concern = ?1 ORDER BY seq")?;
    let seqs =
        statement.query_map([concern.0], |row| row.get(0).map(Seq))?.collect::<rusqlite::Result<_>>()?;
    Ok(seqs)
}

fn lines_of(db: &Connection, concern: ConcernId, sql: &str) -> Result<Vec<(Line, Entry)>> {
    let mut statement = db.prepare_cached(sql)?;
    let seqs: Vec<i64> =
        statement.query_map([concern.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    seqs.into_iter()
        .map(|seq| {
            let line = ledger::line(db, Seq(seq))?;
            let entry = line.entry()?;
            Ok((line, entry))
        })
        .collect()
}

fn lines(db: &Connection, concern: ConcernId, signed: i64) -> Result<Vec<ConcernLine>> {
    entries(db, concern)?
        .into_iter()
        .map(|(line, entry)| {
            let recorded_at = DateTime::parse_from_rfc3339(&line.recorded_at)
                .map_err(|_| Error::Unreadable { seq: line.seq.0 })?
                .to_utc();
            let by = author_at(db, &line)?;
            let added_after_signing = signed != 0 && line.seq.0 > signed;
            Ok(ConcernLine { seq: line.seq, recorded_at, by, entry, added_after_signing })
        })
        .collect()
}

/// Full name and role of a line's author as they were when it was written.
pub(super) fn author_at(db: &Connection, line: &Line) -> Result<Text> {
    let named: Option<(String, String)> = db
        .prepare_cached(
            "SELECT name, role FROM person WHERE person = ?1 AND seq <= ?2 ORDER BY seq DESC LIMIT 1",
        )?
        .query_row(params![line.author.0, line.seq.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (name, role) = named.ok_or(Error::Unreadable { seq: line.seq.0 })?;
    Ok(Text::from(format!("{name}, {role}")))
}
