//! How the program stops showing what is being typed, and how it ends: locked, left, told to stop. Nothing typed is
//! lost by it.
//!
//! Every draft that the desk is asked to keep is remembered until the desk has kept it. One that could not be kept,
//! and whose form is gone, is held in memory and asked again while the desk is open; nobody leaves before.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::{App, For, Layer, Reply, Request, Ticket, unlock};
use crate::cabinet::Access;
use crate::domain::cabinet::CabinetName;
use crate::domain::text::Text;

#[derive(Default)]
pub(super) struct Keeping {
    /// What the desk was asked and has not answered.
    asked: BTreeMap<Ticket, Draft>,
    /// What the desk could not keep, and no form has any more.
    held: Vec<Draft>,
    end: End,
}

/// A draft on its way into the cabinet. It has no `Debug` form.
pub(super) struct Draft {
    slot: String,
    /// None where the record takes it: whatever was to be kept of it before is in the record.
    body: Option<String>,
    /// Whose it is, and in which cabinet: it belongs nowhere else.
    owner: Owner,
}

/// Somebody at an open cabinet; their name is theirs alone on a desk.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Owner {
    name: Text,
    cabinet: CabinetName,
}

impl Draft {
    /// What a request does to a draft, where it does something.
    pub(super) fn of(request: &Request, owner: Owner) -> Option<Self> {
        let (slot, body) = match request {
            Request::KeepDraft { slot, body } => (slot.clone(), Some(body.clone())),
            Request::Act { draft: Some(slot), .. } => (slot.clone(), None),
            _ => return None,
        };
        Some(Self { slot, body, owner })
    }
}

/// Whether the program ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum End {
    #[default]
    NotYet,
    /// As soon as what was typed has reached the form that is being opened, the desk locks; the screen is blank.
    LockedOnceTyped,
    /// The same, and the program stops; by this time it stops however that is.
    StoppedOnceTyped {
        by: DateTime<Utc>,
    },
    /// As soon as what was being typed is kept.
    OnceKept,
    Now,
}

/// How long a program that was told to stop waits for the desk: as long as the desk waits for another one.
const PATIENCE: TimeDelta = TimeDelta::seconds(6);

const NOT_KEPT: &str = "What was being written is not kept yet. Whoever wrote it opens the desk, and that cabinet, before it is left.";

impl Keeping {
    pub(super) fn asked(&mut self, ticket: Ticket, draft: Option<Draft>) {
        if let Some(draft) = draft {
            self.asked.insert(ticket, draft);
        }
    }
}

impl App {
    /// The drafts of which it is not known yet whether they are kept.
    pub fn unanswered_drafts(&self) -> BTreeSet<Ticket> {
        let asked = self.keeping.asked.iter().filter(|(_, draft)| draft.body.is_some());
        asked.map(|(ticket, _)| *ticket).collect()
    }

    pub fn is_over(&self) -> bool {
        self.keeping.end == End::Now
    }

    /// Whether nothing of the desk may be shown, although it is not locked yet.
    pub fn is_blank(&self) -> bool {
        matches!(self.keeping.end, End::LockedOnceTyped | End::StoppedOnceTyped { .. })
    }

    /// Whether somebody has typed what no form has got yet. What is typed ahead of the desk's opening is a passphrase.
    pub fn has_typed_ahead(&self) -> bool {
        !self.typed.is_empty() && !matches!(self.top(), Some(Layer::Unlock(_)))
    }

    /// Keeps what is being typed on every layer, before anything closes.
    pub(super) fn keep_unsaved(&mut self) {
        let unsaved: Vec<Request> = self.stack.all().filter_map(|layer| layer.surface().unsaved()).collect();
        for request in unsaved {
            self.ask(For::Keeping, request);
        }
    }

    /// Whoever is at the desk.
    pub(super) fn owner(&self) -> Owner {
        let desk = self.cx.desk.as_ref();
        desk.map(|desk| Owner { name: desk.name.clone(), cabinet: desk.cabinet }).unwrap_or_default()
    }

    /// Asks again for what could not be kept.
    pub(super) fn keep_held(&mut self) {
        let owner = self.owner();
        let held = std::mem::take(&mut self.keeping.held);
        let (here, elsewhere) = held.into_iter().partition(|draft| draft.owner == owner);
        self.keeping.held = elsewhere;
        for Draft { slot, body, .. } in here {
            if let Some(body) = body {
                self.ask(For::Keeping, Request::KeepDraft { slot, body });
            }
        }
    }

    /// A desk that has just opened keeps what could not be kept before, ahead of all else: it is among the drafts that
    /// whoever opened it finds.
    pub(super) fn with_held(&self, reply: Reply) -> Reply {
        match reply {
            Reply::Open(mut info) if info.standing.access == Access::Write => {
                let owner = Owner { name: info.name.clone(), cabinet: info.cabinet };
                info.drafts += self.keeping.held.iter().filter(|draft| draft.owner == owner).count();
                Reply::Open(info)
            }
            reply => reply,
        }
    }

    /// What became of a draft.
    pub(super) fn note_kept(&mut self, ticket: Ticket, reply: &Reply) {
        let Some(draft) = self.keeping.asked.remove(&ticket) else { return };
        match (reply, &draft.body) {
            (Reply::Failed(_), Some(_)) if !self.has_form(&draft.slot) => self.keeping.held.push(draft),
            (Reply::Failed(_), _) | (_, Some(_)) => {}
            (_, None) => {
                let is_that = |held: &Draft| held.slot == draft.slot && held.owner == draft.owner;
                self.keeping.held.retain(|held| !is_that(held));
            }
        }
    }

    fn has_form(&self, slot: &str) -> bool {
        self.stack.all().any(|layer| matches!(layer, Layer::Form(form) if form.kind.slot() == slot))
    }

    /// Leaving waits until everything is kept; where something cannot be, the desk stays open and says why.
    pub(super) fn kept(&mut self, reply: Reply) {
        if matches!(reply, Reply::Failed(_)) && self.keeping.end == End::OnceKept {
            self.keeping.end = End::NotYet;
        }
        self.tell_failure(reply);
        self.end_once_kept();
    }

    fn end_once_kept(&mut self) {
        if self.keeping.end == End::OnceKept && !self.asker.is_waiting(For::Keeping) {
            self.keeping.end = End::Now;
        }
    }

    pub(super) fn leave(&mut self) {
        let owner = self.owner();
        if self.keeping.held.iter().any(|draft| self.cx.desk.is_none() || draft.owner != owner) {
            self.said = Some(NOT_KEPT.to_owned());
            return;
        }
        self.keep_unsaved();
        self.keep_held();
        self.forget_copied();
        self.keeping.end = End::OnceKept;
        self.end_once_kept();
    }

    /// What was typed into a form that is just being opened has to reach it first. Told once more, the program stops at
    /// once.
    pub(super) fn stop(&mut self) {
        if self.has_typed_ahead() && !matches!(self.keeping.end, End::StoppedOnceTyped { .. }) {
            self.keeping.end = End::StoppedOnceTyped { by: self.cx.now + PATIENCE };
        } else {
            self.stop_now();
        }
    }

    /// Nobody is left to be told that something could not be kept.
    fn stop_now(&mut self) {
        self.keep_unsaved();
        self.keep_held();
        self.forget_copied();
        self.keeping.end = End::Now;
    }

    pub(super) fn stop_in_time(&mut self) {
        if let End::StoppedOnceTyped { by } = self.keeping.end
            // A clock that was put back makes nobody wait longer.
            && !(by - PATIENCE..by).contains(&self.cx.now)
        {
            self.stop_now();
        }
    }

    /// The screen is blank from the next frame on. What was typed into a form that is just being opened has to reach
    /// it first.
    pub(super) fn lock_once_typed(&mut self) {
        if self.has_typed_ahead() {
            self.keeping.end = End::LockedOnceTyped;
        } else {
            self.lock();
        }
    }

    pub(super) fn end_once_typed(&mut self) {
        match self.keeping.end {
            _ if !self.typed.is_empty() => {}
            End::LockedOnceTyped => {
                self.keeping.end = End::NotYet;
                self.lock();
            }
            End::StoppedOnceTyped { .. } => self.stop_now(),
            End::NotYet | End::OnceKept | End::Now => {}
        }
    }

    /// The desk closes as soon as the drafts are kept. Asked even where it seems closed: it may just be opening.
    pub(super) fn lock(&mut self) {
        self.close_all_and(Request::Lock);
    }

    /// As if locked and opened again, without the passphrase: nothing of one cabinet stays while the other is open.
    pub(super) fn turn_cabinet(&mut self) {
        if self.cx.desk.as_ref().is_some_and(|desk| desk.opens_both) {
            self.close_all_and(Request::OtherCabinet);
        } else {
            self.said = Some("You open one cabinet, and this is it.".to_owned());
        }
    }

    fn close_all_and(&mut self, request: Request) {
        self.keep_unsaved();
        self.forget_copied();
        self.cx.desk = None;
        self.cx.elsewhere.clear();
        self.typed.clear();
        self.said = None;
        self.stack.clear();
        self.asker.forget_layers();
        self.ask(For::Locking, request);
        self.open(Layer::Unlock(unlock::Unlock::default()));
    }
}
