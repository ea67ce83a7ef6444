//! What is asked of the book in more than a call.

use chrono::{DateTime, Utc};

use crate::cabinet::{Error, Result};
use crate::desk::Desk;
use crate::desk::answer::Subject;
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

/// What is restricted to others meanwhile is said to be.
pub(super) fn ring_about(desk: &Desk, subject: Option<Subject>, now: DateTime<Utc>) -> Result<Reply> {
    match (desk.ring_about(subject, now), subject) {
        (Err(error @ Error::Restricted(_)), Some(Subject::Concern(concern))) => {
            Ok(Reply::Restricted { concern, sentences: error.to_string() })
        }
        (ringing, _) => Ok(Reply::Ringing(Box::new(ringing?))),
    }
}

/// The question comes back with the answer: whoever asked may have asked another since.
pub(super) fn ring(desk: &Desk, question: Question) -> Result<Reply> {
    let route = desk.ring(&question)?;
    Ok(Reply::Route(Box::new((question, route))))
}
