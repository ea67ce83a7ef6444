//! Who has left, because a roll does not name them any more.
//!
//! Only children who stand on a roll by an earlier import, and have not left it, can be missing from one: a child whom the
//! desk knows from a report alone is on no roll and is never taken to have left. A file is of the rolls of the schools
//! that it names; where a row names no school, of the roll on which that row's child stands. So a file of one school says
//! nothing of the children of another.
//!
//! It may be of one class, or of one child. Where more than half of a roll is missing from it, where more than a handful is
//! and the file names none of their forms, where a row could not be read, and where a transfer calls itself partial or
//! brings children from elsewhere, nobody is marked unless that is asked for: [`Leavers::Mark`].

use std::collections::{BTreeMap, BTreeSet};

use super::matching::{Children, Known};
use super::{Asked, Judged, Judgement};
use crate::cabinet::table::child::Child;
use crate::domain::text::Text;
use crate::intake::roll::Kind;
use crate::search::fold;

/// What is to become of those whom a roll does not name any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leavers {
    /// They are marked as left where the file is, by all signs, the whole roll.
    #[default]
    WhereItIsWhole,
    /// They are marked as left.
    Mark,
    /// They stay as they are.
    Leave,
}

/// Those of one roll who are not in the file.
pub struct Missing {
    /// Whose roll; blank where no list has said so.
    pub school: Text,
    pub children: Vec<Child>,
    /// Why they are not marked as left; none where they are.
    pub doubt: Option<Doubt>,
}

/// Why nobody is marked as left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It was asked that nobody be.
    Asked,
    /// More than half of the roll is not in the file.
    TooMany,
    /// The file names none of their forms.
    OtherForms,
    /// A row could not be read, and may be one of theirs.
    Unread,
    /// A transfer that calls itself partial.
    Partial,
}

impl Doubt {
    /// In words, to follow the number of those who are missing.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Asked => "They stay as they are, as you asked.",
            Self::TooMany => {
                "That is more than half of it, so the file is taken for a part of the roll, and nobody for a leaver."
            }
            Self::OtherForms => {
                "The file names none of their forms, so it is taken for a part of the roll, and nobody for a leaver."
            }
            Self::Unread => {
                "A row that could not be read may be one of theirs, so nobody is taken for a leaver."
            }
            Self::Partial => "The file calls itself partial, so nobody is taken for a leaver.",
        }
    }
}

/// Finds them, and marks as left those who are to be.
pub(super) fn missing(children: &mut Children, kind: &Kind, rows: &[Judged], asked: &Asked) -> Vec<Missing> {
    if matches!(kind, Kind::Transfer { to: Some(_), .. }) {
        return Vec::new();
    }
    let spoken_of = rolls_of(children, rows);
    let forms: BTreeSet<String> = rows.iter().map(|row| fold(&row.pupil.form)).collect();
    let mut found = Vec::new();
    for (roll, (school, standing)) in standing(children) {
        if !spoken_of.contains(&roll) {
            continue;
        }
        let is_missing = |at: &&usize| children.get(**at).is_some_and(|known| !known.may_be_in_the_file());
        let missing: Vec<usize> = standing.iter().filter(is_missing).copied().collect();
        if missing.is_empty() {
            continue;
        }
        let of = |at: &usize| children.get(*at).and_then(|known| known.child.clone());
        let who: Vec<Child> = missing.iter().filter_map(of).collect();
        let doubt = match asked.wanted.leavers {
            Leavers::Leave => Some(Doubt::Asked),
            Leavers::Mark => None,
            Leavers::WhereItIsWhole => doubt(kind, rows, &forms, &who, standing.len()),
        };
        if doubt.is_none() {
            let places: BTreeSet<usize> = missing.into_iter().collect();
            for (_, known) in
                children.known_mut().iter_mut().enumerate().filter(|(at, _)| places.contains(at))
            {
                known.is_missing(asked.today);
            }
        }
        found.push(Missing { school, children: who, doubt });
    }
    found
}

/// The children of each roll, by its folded name.
fn standing(children: &Children) -> BTreeMap<String, (Text, Vec<usize>)> {
    let mut rolls: BTreeMap<String, (Text, Vec<usize>)> = BTreeMap::new();
    for (at, known) in children.known().iter().enumerate() {
        if let Some(roll) = known.roll_before() {
            rolls.entry(fold(roll)).or_insert_with(|| (roll.clone(), Vec::new())).1.push(at);
        }
    }
    rolls
}

/// The rolls that the file is of, folded.
fn rolls_of(children: &Children, rows: &[Judged]) -> BTreeSet<String> {
    let roll = |row: &Judged| {
        let stands = || row.at.and_then(|at| children.get(at)).and_then(Known::roll_before);
        let named = Some(&row.pupil.school).filter(|school| !school.is_blank());
        named.or_else(stands).map(|school| fold(school))
    };
    rows.iter().filter(|row| row.judgement != Judgement::Rejected).filter_map(roll).collect()
}

fn doubt(
    kind: &Kind,
    rows: &[Judged],
    forms: &BTreeSet<String>,
    missing: &[Child],
    standing: usize,
) -> Option<Doubt> {
    if matches!(kind, Kind::Transfer { is_partial: true, .. }) {
        return Some(Doubt::Partial);
    }
    if rows.iter().any(|row| row.judgement == Judgement::Rejected) {
        return Some(Doubt::Unread);
    }
    if missing.len() * 2 > standing {
        return Some(Doubt::TooMany);
    }
    let has_forms = forms.iter().any(|form| !form.is_empty());
    let mut theirs = missing.iter().map(|child| fold(&child.details.form)).filter(|form| !form.is_empty());
    let is_elsewhere = has_forms && theirs.all(|form| !forms.contains(&form));
    (is_elsewhere && missing.len() > 1).then_some(Doubt::OtherForms)
}
