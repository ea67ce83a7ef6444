//! That a child left the roll and came back, as rows of their chronology.

use chrono::NaiveDate;

use super::super::super::error::Result;
use super::super::super::project::At;
use super::{Saying, insert};
use crate::domain::chronology::RowKind;
use crate::domain::ids::ChildId;
use crate::domain::moment::Moment;
use crate::domain::text::{Text, sentence};

pub(in crate::cabinet) fn left(at: &At, child: ChildId, on: NaiveDate, reason: &Text) -> Result<()> {
    tell(at, child, on, "Left the roll.", reason)
}

pub(in crate::cabinet) fn returned(at: &At, child: ChildId, on: NaiveDate, reason: &Text) -> Result<()> {
    tell(at, child, on, "On the roll again.", reason)
}

fn tell(at: &At, child: ChildId, on: NaiveDate, what: &str, reason: &Text) -> Result<()> {
    let text = format!("{what} {}", sentence(reason));
    insert(at, child, None, &Saying { kind: RowKind::Roll, happened_at: Some(Moment::Date(on)), text })
}
