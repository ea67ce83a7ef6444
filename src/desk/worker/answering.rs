//! What an open desk says to each request; what opens it, closes it or is about its people is the service's.

use chrono::{DateTime, Utc};

use super::{book, whom};
use crate::cabinet::{Error, Result};
use crate::desk::Desk;
use crate::desk::request::{Reply, Request};
use crate::domain::ids::ConcernId;
use crate::search::Asking;

fn whole_concern(desk: &Desk, concern: ConcernId) -> Result<Reply> {
    match desk.concern(concern) {
        Err(error @ Error::Restricted(_)) => Ok(Reply::Restricted { concern, sentences: error.to_string() }),
        whole => Ok(Reply::Concern(Box::new(whole?))),
    }
}

fn original(desk: &Desk, concern: ConcernId) -> Result<Reply> {
    let (name, text) = desk.original(concern)?;
    Ok(Reply::Original { name, text })
}

fn rejected(desk: &Desk) -> Reply {
    let (folder, arrivals) = desk.rejected();
    Reply::Rejected { folder, arrivals }
}

/// What an open desk says.
pub(super) fn answer(desk: &mut Desk, request: Request, now: DateTime<Utc>) -> Result<Reply> {
    Ok(match request {
        Request::OpenHere(concerns) => desk.open_here(&concerns).map(|()| Reply::Noted)?,
        Request::Look => look(desk, now)?,
        Request::Incoming => Reply::Incoming(desk.incoming()),
        Request::Rejected => rejected(desk),
        Request::Inbox { pile, narrow, window } => Reply::Inbox(desk.inbox(pile, &narrow, window, now)?),
        Request::Concern(concern) => whole_concern(desk, concern)?,
        Request::Original(concern) => original(desk, concern)?,
        Request::Children { narrow, window } => whom::children(desk, &narrow, window, now)?,
        Request::Duplicates { of, narrow, window } => whom::duplicates(desk, of, &narrow, window)?,
        Request::Compare(children) => whom::compared(desk, children)?,
        Request::Sheet(child) => Reply::Sheet(Box::new(desk.sheet(child)?)),
        Request::Noticed(child) => Reply::Noticed(desk.noticed(child, now)?),
        Request::Statuses(child) => Reply::Statuses(desk.statuses(child)?),
        Request::Chronology { child, kinds, narrow, window } => {
            Reply::Chronology(desk.chronology_of(child, kinds, &Asking::parse(&narrow, now), window)?)
        }
        Request::Due { order, narrow, window } => Reply::Due(desk.due(order, &narrow, window, now)?),
        Request::Contacts { shelf, narrow, window } => book::contacts(desk, shelf, &narrow, window, now)?,
        Request::ContactsOf(child) => Reply::ContactsOf(desk.contacts_of(child)?),
        Request::Contact(contact) => Reply::Contact(Box::new(desk.contact(contact)?)),
        Request::LooseCalls => Reply::LooseCalls(desk.loose_calls()?),
        Request::RingAbout(subject) => book::ring_about(desk, subject, now)?,
        Request::Ring(question) => book::ring(desk, *question)?,
        Request::Find { query, scope, limit } => {
            let finding = desk.look_for(&query, scope, limit, now)?;
            Reply::Found { query, finding }
        }
        Request::Candidates { concern, position } => whom::candidates(desk, concern, position)?,
        Request::Act { act, draft } => Reply::Saved(desk.act(&act, draft.as_deref(), now)?),
        Request::Saw(subject) => desk.saw(subject, now).map(|()| Reply::Noted)?,
        Request::SeenBy(subject) => Reply::SeenBy(desk.seen_by(subject)?),
        Request::Whom(subjects) => Reply::Whom(desk.whom(&subjects)?),
        Request::LowLevel => Reply::LowLevel(desk.low_level_register()?),
        Request::Colleagues => Reply::Colleagues(desk.colleagues()?),
        Request::Drafts => Reply::Drafts(desk.drafts()?),
        Request::Draft(slot) => Reply::Draft(desk.draft(&slot)?),
        Request::KeepDraft { slot, body } => desk.keep_draft(&slot, &body, now).map(|()| Reply::DraftKept)?,
        Request::DiscardDraft(slot) => desk.discard_draft(&slot).map(|()| Reply::DraftKept)?,
        // Answered by the service: they open the desk, close it, or are about its people.
        Request::Who
        | Request::SetUp(_)
        | Request::Unlock { .. }
        | Request::Lock
        | Request::OtherCabinet
        | Request::Members
        | Request::MayAdmit(_)
        | Request::ChangeRight { .. }
        | Request::DrawRecoveryWords
        | Request::AdmitPerson { .. }
        | Request::ChangePassphrase { .. }
        | Request::RemovePerson { .. }
        | Request::MakeRecoveryKey(_) => Reply::Locked,
    })
}

fn look(desk: &mut Desk, now: DateTime<Utc>) -> Result<Reply> {
    let looked = desk.look(now)?;
    let changed = desk.noticed_change()?;
    let elsewhere = desk.open_elsewhere()?;
    Ok(Reply::Looked { looked, changed, standing: desk.standing()?, elsewhere })
}
