//! What is asked of the book in more than a call.

use chrono::{DateTime, Utc};

use crate::cabinet::Result;
use crate::desk::Desk;
use crate::desk::request::{Reply, Shelf, Window};
use crate::domain::moment::Moment;
use crate::domain::routing::Question;

pub(super) fn contacts(
    desk: &mut Desk,
    shelf: Shelf,
    narrow: &str,
    window: Window,
    now: DateTime<Utc>,
) -> Result<Reply> {
    Ok(Reply::Contacts(match shelf {
        Shelf::All => desk.contacts(narrow, window)?,
        Shelf::Doubtful => desk.doubtful_contacts(narrow, window, Moment::At(now).date())?,
    }))
}

/// The question comes back with the answer: whoever asked may have asked another since.
pub(super) fn ring(desk: &Desk, question: Question) -> Result<Reply> {
    let route = desk.ring(&question)?;
    Ok(Reply::Route(Box::new((question, route))))
}
