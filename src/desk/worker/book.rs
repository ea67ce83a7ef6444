//! What the book answers, and whom to ring.

use chrono::{DateTime, Utc};

use crate::cabinet::Result;
use crate::desk::Desk;
use crate::desk::request::{Reply, Request, Shelf};
use crate::domain::moment::Moment;

/// Requests that are none of the book's go back to the desk's own answers.
pub(super) fn answer(desk: &mut Desk, request: Request, now: DateTime<Utc>) -> Result<Reply> {
    Ok(match request {
        Request::Contacts { shelf: Shelf::All, narrow, window } => {
            Reply::Contacts(desk.contacts(&narrow, window)?)
        }
        Request::Contacts { shelf: Shelf::Doubtful, narrow, window } => {
            Reply::Contacts(desk.doubtful_contacts(&narrow, window, Moment::At(now).date())?)
        }
        Request::ContactsOf(child) => Reply::ContactsOf(desk.contacts_of(child)?),
        Request::Contact(contact) => Reply::Contact(Box::new(desk.contact(contact)?)),
        Request::LooseCalls => Reply::LooseCalls(desk.loose_calls()?),
        Request::RingAbout(subject) => Reply::Ringing(Box::new(desk.ring_about(subject, now)?)),
        Request::Ring(question) => {
            let route = desk.ring(&question)?;
            Reply::Route(Box::new((*question, route)))
        }
        other => return super::answer(desk, other, now),
    })
}
