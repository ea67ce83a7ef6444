//! A roll as programs read it, a line each: the shapes that `--help` promises.

use chrono::NaiveDate;
use serde::Serialize;

use crate::cabinet::table::child::Child;
use crate::desk::roll_import::{Doubt, Judged, Judgement, Missing, Recorded};
use crate::domain::ids::ChildId;
use crate::domain::text::Text;

#[derive(Serialize)]
pub(super) struct Line<'p> {
    file: &'p Text,
    row: Option<u32>,
    result: &'static str,
    child: Option<ChildId>,
    /// An earlier row of the file that is of the same child.
    #[serde(skip_serializing_if = "Option::is_none")]
    same_as_row: Option<u32>,
    name: &'p Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_of_birth: Option<NaiveDate>,
    form: &'p Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<NaiveDate>,
    differences: Vec<Difference<'p>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<Candidate<'p>>,
    lost: &'p [Text],
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'p str>,
}

#[derive(Serialize)]
struct Difference<'p> {
    field: &'static str,
    desk: &'p Text,
    roll: &'p Text,
}

#[derive(Serialize)]
struct Candidate<'p> {
    child: ChildId,
    name: &'p Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_of_birth: Option<NaiveDate>,
    form: &'p Text,
    why: &'static str,
}

#[derive(Serialize)]
pub(super) struct Entry {
    row: Option<u32>,
    /// None for the entry that says who stands on a roll.
    child: Option<ChildId>,
    entry: i64,
}

#[derive(Serialize)]
pub(super) struct OfRoll<'p> {
    school: &'p Text,
    children: usize,
    marked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

pub(super) fn of_row<'p>(file: &'p Text, row: &'p Judged) -> Line<'p> {
    let candidate = |(child, why): &'p (Child, &'static str)| Candidate {
        child: child.id,
        name: &child.details.name,
        date_of_birth: child.details.date_of_birth,
        form: &child.details.form,
        why,
    };
    let differences = row.differences.iter();
    Line {
        file,
        row: Some(row.place),
        result: label(row.judgement),
        child: row.child,
        same_as_row: row.like_row,
        name: &row.pupil.name,
        date_of_birth: row.pupil.date_of_birth,
        form: row.pupil.form_or_year(),
        left: row.left,
        differences: differences
            .map(|one| Difference { field: one.field, desk: &one.desk, roll: &one.roll })
            .collect(),
        candidates: row.candidates.iter().map(candidate).collect(),
        lost: &row.lost,
        reason: row.reason.as_deref(),
    }
}

/// A child who is taken to have left, as the file does not name them.
pub(super) fn of_leaver<'p>(file: &'p Text, child: &'p Child, left: NaiveDate) -> Line<'p> {
    Line {
        file,
        row: None,
        result: label(Judgement::Left),
        child: Some(child.id),
        same_as_row: None,
        name: &child.details.name,
        date_of_birth: child.details.date_of_birth,
        form: &child.details.form,
        left: Some(left),
        differences: Vec::new(),
        candidates: Vec::new(),
        lost: &[],
        reason: None,
    }
}

pub(super) fn of_missing(missing: &Missing) -> OfRoll<'_> {
    OfRoll {
        school: &missing.school,
        children: missing.children.len(),
        marked: missing.doubt.is_none(),
        reason: missing.doubt.map(Doubt::sentence),
    }
}

pub(super) fn of_entry(recorded: &Recorded) -> Entry {
    Entry { row: recorded.row, child: recorded.child, entry: recorded.entry.0 }
}

pub(super) fn label(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::New => "new",
        Judgement::Same => "same",
        Judgement::Changed => "changed",
        Judgement::Left => "left",
        Judgement::Returned => "returned",
        Judgement::Unsure => "unsure",
        Judgement::Rejected => "rejected",
    }
}
