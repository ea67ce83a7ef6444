//! A school's roll beside the children of the desk: who is new, the same, changed, left or back; and recording it.
//!
//! Reading a file records nothing: it makes a [`Plan`] for somebody to look through. Recording it makes one entry for
//! each child who is new, changed, left or back, and one for each roll that children newly stand on, all in one
//! transaction. Nobody is ever removed: whoever has left is marked, and keeps their history.
//!
//! Which child a row is of is `matching`'s; it never guesses. What then differs is `merging`'s; a blank cell takes
//! nothing away. Who has left because the file does not name them is `leavers`'s.

mod leavers;
mod matching;
mod merging;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Desk, Result, clocking};
use crate::cabinet::table::child::{self, Child};
use crate::cabinet::table::{merged, person};
use crate::cabinet::{Error, Writer, ledger};
use crate::domain::child::ChildDetails;
use crate::domain::entry::Entry;
use crate::domain::ids::{ChildId, Seq};
use crate::domain::moment::Moment;
use crate::domain::person::Doing;
use crate::domain::text::Text;
use crate::intake::roll::{self, Kind, Pupil, Refusal, Roll, Row};
use crate::search::fold;
pub use leavers::{Doubt, Leavers, Missing};
use matching::{Children, Found, Known};
pub use merging::Difference;

/// What a file would change. It has no `Debug` form: children are in it.
pub struct Plan {
    /// The name of the file, without its folder.
    file: Text,
    pub rows: Vec<Judged>,
    /// The children who stood on a roll that the file is of, and are not in it: by roll.
    pub missing: Vec<Missing>,
    /// What of the whole file has no place at the desk.
    pub lost: Vec<Text>,
    children: Children,
    today: NaiveDate,
    /// The newest entry when the children were read.
    read_at: Seq,
}

/// What a row is to the desk.
pub struct Judged {
    /// From 1; of a table, the row as a spreadsheet counts it.
    pub place: u32,
    /// As the file has the child; blank where the row could not be read.
    pub pupil: Pupil,
    pub judgement: Judgement,
    pub child: Option<ChildId>,
    /// An earlier row of the file that is of the same child.
    pub like_row: Option<u32>,
    pub differences: Vec<Difference>,
    /// The day on which the child left, by the file.
    pub left: Option<NaiveDate>,
    /// Who it might be, and why, where that is not sure.
    pub candidates: Vec<(Child, &'static str)>,
    pub lost: Vec<Text>,
    /// Why it is rejected or not sure, and what to do.
    pub reason: Option<String>,
    /// Where the child stands among those who are known.
    at: Option<usize>,
}

/// What somebody has said beside the file.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub leavers: Leavers,
    /// Who these rows are of.
    pub rows: BTreeMap<u32, Is>,
}

/// Who a row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    New,
    Child(ChildId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    New,
    Same,
    Changed,
    Left,
    Returned,
    /// It might be somebody of the desk, or somebody else. Nothing of it is recorded.
    Unsure,
    Rejected,
}

/// An entry that an import left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The first row that is of this child; none of whoever is not in the file.
    pub row: Option<u32>,
    /// None for the entry that says who stands on a roll.
    pub child: Option<ChildId>,
    pub entry: Seq,
}

/// How many children a plan would change, by what happens to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub new: usize,
    /// Whose details are different.
    pub changed: usize,
    pub left: usize,
    pub returned: usize,
    /// Who are known, and newly stand on a roll.
    pub enrolled: usize,
}

const CHANGED: &str =
    "Somebody has changed a child's details meanwhile, and nothing was recorded. Import the file again.";
const OTHERWISE: &str = "An earlier row is of the same child and says otherwise, so this one was left alone. Correct the \
                         list where it comes from.";
const UNSURE: &str = "It is not certain who this is, so the row was left alone. Import the file again and say it: \
                      --is ROW=CHILD for one of these, --new ROW for another child.";
const UNDATED: &str = "An earlier row has the same name, and a date of birth is missing, so this one was left alone. Fill it \
                       in, or say that it is another child: --new ROW.";
const NO_SUCH_ROW: &str = "A row that --is or --new names is not in the file or could not be read, so nothing was recorded. \
                           Look at its number again.";
const TO_COME: &str = "a leaving date that is still to come";

impl Plan {
    pub fn of(&self, judgement: Judgement) -> usize {
        self.rows.iter().filter(|row| row.judgement == judgement).count()
    }

    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for known in self.children.known() {
            let is_new = known.child.is_none();
            counts.new += usize::from(is_new);
            counts.changed += usize::from(!is_new && known.before != known.after);
            counts.left += usize::from(known.leaves().is_some());
            counts.returned += usize::from(known.returns());
            counts.enrolled += usize::from(!is_new && known.moves_to().is_some());
        }
        counts
    }

    /// The day on which those who are not in the file are taken to have left.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    pub fn changes_nothing(&self) -> bool {
        self.counts() == Counts::default()
    }

    /// Those who are marked as left because the file does not name them.
    pub fn leavers(&self) -> impl Iterator<Item = &Child> {
        self.missing.iter().filter(|missing| missing.doubt.is_none()).flat_map(|missing| &missing.children)
    }
}

impl Desk {
    /// Reads a roll and lays it beside the children of the desk. Refused to whoever may not record.
    pub fn read_roll(&self, path: &Path, wanted: Wanted, now: DateTime<Utc>) -> Result<Plan> {
        if !self.may(Doing::Record) {
            return Err(Error::NoRight(self.right.label()));
        }
        let roll = roll::read_file(path).map_err(|refusal| Error::Refused(refusal.to_string()))?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let db = self.cabinet.db();
        let read_at = ledger::head(db)?.seq;
        let asked = Asked {
            file: Text::from(name),
            organisation: person::organisation_name(db)?,
            wanted,
            today: Moment::At(now).date(),
        };
        let merged: BTreeMap<ChildId, ChildId> = merged::all(db)?.into_iter().collect();
        let (twice, children): (Vec<Child>, Vec<Child>) =
            child::all(db)?.into_iter().partition(|child| merged.contains_key(&child.id));
        let kept: BTreeSet<ChildId> = merged.values().copied().collect();
        let children = children
            .into_iter()
            .map(|child| if kept.contains(&child.id) { Ok(child::kept(db, child.id)?) } else { Ok(child) });
        let also = twice.into_iter().map(|child| Ok((merged::kept(db, child.id)?, child.details)));
        let children = Children::new(children.collect::<Result<_>>()?, also.collect::<Result<_>>()?);
        compared(asked, roll, children, read_at)
    }

    /// Records what a plan would change: all of it or nothing.
    pub fn import_roll(&mut self, plan: &Plan, now: DateTime<Utc>) -> Result<Vec<Recorded>> {
        if plan.changes_nothing() {
            return Ok(Vec::new());
        }
        self.cabinet.record(now, |writer| {
            let since = ledger::since(writer.db(), plan.read_at)?;
            if since.iter().any(|(_, entry)| is_of_a_child(entry)) {
                return Err(Error::Refused(CHANGED.to_owned()));
            }
            let mut recorded = Vec::new();
            let mut rolls: BTreeMap<Text, Vec<ChildId>> = BTreeMap::new();
            for known in plan.children.known() {
                let child = record(writer, plan, known, &mut recorded)?;
                if let Some(school) = known.moves_to() {
                    rolls.entry(school.clone()).or_default().push(child);
                }
            }
            for (school, children) in rolls {
                let taken = Entry::RollTaken { file: plan.file.clone(), school, children };
                recorded.push(Recorded { row: None, child: None, entry: writer.append(&taken)? });
            }
            Ok(recorded)
        })
    }
}

/// Whether an entry changes what a roll is laid beside.
fn is_of_a_child(entry: &Entry) -> bool {
    matches!(
        entry,
        Entry::ChildAdded { .. }
            | Entry::ChildCorrected { .. }
            | Entry::RollTaken { .. }
            | Entry::ChildLeft { .. }
            | Entry::ChildReturned { .. }
            | Entry::ChildrenMerged { .. }
            | Entry::ChildrenParted { .. }
    )
}

/// What happens to one child.
fn record(writer: &mut Writer, plan: &Plan, known: &Known, recorded: &mut Vec<Recorded>) -> Result<ChildId> {
    let file = &plan.file;
    let details = known.after.clone();
    let (child, first) = match &known.child {
        None => {
            let child = writer.next_child()?;
            (child, Some(Entry::ChildAdded { child, details }))
        }
        Some(Child { id: child, .. }) => {
            let reason = Text::from(format!("The roll in {file}."));
            let corrected = Entry::ChildCorrected { child: *child, details, reason };
            (*child, (known.before != known.after).then_some(corrected))
        }
    };
    let left = known.leaves().map(|on| {
        let why = if known.row.is_some() { "The leaving date in" } else { "Not named on the roll in" };
        Entry::ChildLeft { child, on, reason: Text::from(format!("{why} {file}.")) }
    });
    let returned = known.returns().then(|| Entry::ChildReturned {
        child,
        on: plan.today,
        reason: Text::from(format!("Named on the roll in {file}.")),
    });
    let moves = known.child.is_some() && known.before.school != known.after.school;
    let mut entries = Vec::new();
    for entry in [first, left, returned].into_iter().flatten() {
        entries.push(writer.append(&entry)?);
    }
    if moves {
        entries.extend(clocking::of_child(writer, child)?.entries);
    }
    if let Some(on) = known.leaves() {
        entries.extend(clocking::left(writer, child, on)?);
    } else if known.returns() {
        entries.extend(clocking::returned(writer, child)?);
    }
    let entry = |entry| Recorded { row: known.row, child: Some(child), entry };
    recorded.extend(entries.into_iter().map(entry));
    Ok(child)
}

/// What is known beside the file and the children.
struct Asked {
    file: Text,
    organisation: Text,
    wanted: Wanted,
    today: NaiveDate,
}

fn compared(asked: Asked, roll: Roll, mut children: Children, read_at: Seq) -> Result<Plan> {
    let Roll { mut kind, rows, lost } = roll;
    if let Kind::Transfer { from, to, .. } = &mut kind {
        // A school's own file is of its own roll, to whomever it was sent.
        let is_own = fold(from) == fold(&asked.organisation) || children.stand_on(from);
        if is_own && !from.is_blank() {
            *to = None;
        }
    }
    let mut rows: Vec<Judged> = rows.into_iter().map(|row| laid_out(row, &kind, asked.today)).collect();
    let mut wanted = asked.wanted.rows.clone();
    // Who is certain is settled first, so that nobody else is taken for them.
    let mut open = Vec::new();
    for (place, judged) in rows.iter_mut().enumerate() {
        if judged.judgement == Judgement::Rejected {
            continue;
        }
        let said = wanted.remove(&judged.place).map(|is| by_word(is, judged, &children)).transpose()?;
        match said {
            Some(found) => settle(judged, &mut children, found),
            None => match children.sure(&judged.pupil) {
                Found::Nobody => open.push(place),
                found => settle(judged, &mut children, found),
            },
        }
    }
    if !wanted.is_empty() {
        return Err(Error::Refused(NO_SUCH_ROW.to_owned()));
    }
    for place in open {
        if let Some(judged) = rows.get_mut(place) {
            let found = children.likely(&judged.pupil);
            settle(judged, &mut children, found);
        }
    }
    let missing = leavers::missing(&mut children, &kind, &rows, &asked);
    for judged in &mut rows {
        conclude(judged, &children);
    }
    Ok(Plan { file: asked.file, rows, missing, lost, children, today: asked.today, read_at })
}

/// Who a row is of, as somebody has said.
fn by_word(is: Is, row: &Judged, children: &Children) -> Result<Found> {
    match is {
        Is::New => match children.with_upn(&row.pupil) {
            Some(child) => Err(Error::Refused(format!(
                "Row {0} has the unique pupil number of child {child}, so it is not new. Say --is {0}={child}, or correct \
                 the number.",
                row.place
            ))),
            None => Ok(Found::Nobody),
        },
        Is::Child(child) => children.place_of(child).map(Found::One).ok_or(Error::NoSuch("child", child.0)),
    }
}

/// A row as the file has it, before anybody is looked for.
fn laid_out(row: Row, kind: &Kind, today: NaiveDate) -> Judged {
    let Row { place, result, mut lost } = row;
    let is_born = |pupil: &Pupil| pupil.date_of_birth.is_none_or(|born| born <= today);
    let result = result.and_then(|pupil| if is_born(&pupil) { Ok(pupil) } else { Err(Refusal::NotBorn) });
    let (mut pupil, judgement, reason) = match result {
        Ok(pupil) => (pupil, Judgement::New, None),
        Err(refusal) => (Pupil::default(), Judgement::Rejected, Some(refusal.to_string())),
    };
    match kind {
        Kind::Table => {}
        Kind::Transfer { from, to: None, .. } => pupil.school = from.clone(),
        Kind::Transfer { to: Some(to), .. } => {
            // They left the other school, and come to this one.
            pupil.school = to.clone();
            pupil.left = None;
        }
    }
    if pupil.left.is_some_and(|left| left > today) {
        pupil.left = None;
        lost.push(Text::from(TO_COME));
    }
    Judged {
        place,
        left: pupil.left,
        pupil,
        judgement,
        child: None,
        like_row: None,
        differences: Vec::new(),
        candidates: Vec::new(),
        lost,
        reason,
        at: None,
    }
}

/// What a row comes to, now that it is said who it is.
fn settle(judged: &mut Judged, children: &mut Children, found: Found) {
    match found {
        Found::Nobody => {
            let (details, differences) = merging::merged(&ChildDetails::default(), &judged.pupil);
            judged.differences = differences;
            judged.at = Some(children.add(judged.place, details, &judged.pupil));
        }
        Found::One(at) => beside(judged, children, at),
        Found::Unsure(candidates) => {
            children.are_in_doubt(&candidates);
            judged.judgement = Judgement::Unsure;
            judged.candidates = children.named(&candidates);
            judged.like_row = candidates.iter().find_map(|(at, _)| children.new_in_row(*at));
            let reason = if judged.candidates.is_empty() { UNDATED } else { UNSURE };
            judged.reason = Some(reason.to_owned());
        }
    }
}

/// A row beside the child that it is of.
fn beside(judged: &mut Judged, children: &mut Children, at: usize) {
    let Some(known) = children.get(at) else { return };
    let (after, differences) = merging::merged(&known.after, &judged.pupil);
    let is_second = known.row.is_some();
    judged.like_row = known.row;
    judged.child = known.child.as_ref().map(|child| child.id);
    if is_second && differences.iter().any(Difference::replaces) {
        judged.judgement = Judgement::Unsure;
        judged.reason = Some(OTHERWISE.to_owned());
        judged.differences = differences;
        return;
    }
    judged.judgement = if differences.is_empty() { Judgement::Same } else { Judgement::Changed };
    judged.differences = differences;
    judged.at = Some(at);
    children.meet(at, judged.place, after, &judged.pupil);
}

/// Whether the child has left or is back is only known when all rows are read.
fn conclude(judged: &mut Judged, children: &Children) {
    let Some(known) = judged.at.and_then(|at| children.get(at)) else { return };
    if known.is_here() {
        judged.left = None;
    }
    if known.row != Some(judged.place) || known.child.is_none() {
        return;
    }
    if known.leaves().is_some() {
        judged.judgement = Judgement::Left;
    } else if known.returns() {
        judged.judgement = Judgement::Returned;
    }
}
