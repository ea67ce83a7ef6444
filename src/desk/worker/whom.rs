//! What is asked of children by name, and of those who may be one another.

use chrono::{DateTime, Utc};

use crate::cabinet::Result;
use crate::desk::Desk;
use crate::desk::request::{Reply, Window};
use crate::domain::ids::{ChildId, ConcernId};
use crate::domain::moment::Moment;

pub(super) fn children(desk: &mut Desk, narrow: &str, window: Window, now: DateTime<Utc>) -> Result<Reply> {
    Ok(Reply::Children(desk.children(narrow, window, Moment::At(now).date())?))
}

pub(super) fn candidates(desk: &mut Desk, concern: ConcernId, position: u32) -> Result<Reply> {
    Ok(Reply::Candidates { position, likely: desk.candidates(concern, position)? })
}

pub(super) fn duplicates(
    desk: &mut Desk,
    of: Option<ChildId>,
    narrow: &str,
    window: Window,
) -> Result<Reply> {
    Ok(Reply::Duplicates(desk.duplicates(of, narrow, window)?))
}

pub(super) fn compared(desk: &Desk, [one, other]: [ChildId; 2]) -> Result<Reply> {
    Ok(Reply::Compared(Box::new(desk.compared(one, other)?)))
}
