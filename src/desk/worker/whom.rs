//! What is asked of children who may be one another.

use crate::cabinet::Result;
use crate::desk::Desk;
use crate::desk::request::{Reply, Window};
use crate::domain::ids::{ChildId, ConcernId};

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
