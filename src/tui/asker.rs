//! How the app reaches the desk: over a channel to the worker, or on the same thread in tests; and who waits for which
//! answer.

use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::Sender;

use super::stack::LayerId;
use crate::desk::worker::{Ready, Service, Ticket};
use crate::desk::{Reply, Request};

pub struct Asker {
    way: Way,
    asked: u64,
    waiting: BTreeMap<Ticket, For>,
}

/// Who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum For {
    Layer(LayerId),
    /// The app, for what has arrived.
    Arrivals,
    /// The app, to keep what was being typed.
    Keeping,
    /// The app, to close the desk.
    Locking,
}

enum Way {
    Worker(Sender<(Ticket, Request)>),
    Here { service: Box<Service>, answered: VecDeque<(Ticket, Reply)> },
}

impl Asker {
    /// Replies come back as events.
    pub fn worker(requests: Sender<(Ticket, Request)>) -> Self {
        Self::by(Way::Worker(requests))
    }

    /// Answers at once, on this thread.
    pub fn here(service: Service) -> Self {
        Self::by(Way::Here { service: Box::new(service), answered: VecDeque::new() })
    }

    fn by(way: Way) -> Self {
        Self { way, asked: 0, waiting: BTreeMap::new() }
    }

    pub(super) fn ask(&mut self, who: For, request: Request) -> Ticket {
        self.asked += 1;
        let ticket = Ticket(self.asked);
        self.waiting.insert(ticket, who);
        match &mut self.way {
            // A worker that has ended takes the program with it: the loop sees its channel close.
            Way::Worker(requests) => drop(requests.send((ticket, request))),
            Way::Here { service, answered } => {
                answered.push_back((ticket, service.answer(request)));
                // Nobody asks anything meanwhile.
                while service.get_ready() == Ready::NotYet {}
            }
        }
        ticket
    }

    /// An answer that was given on this thread.
    pub(super) fn answered(&mut self) -> Option<(Ticket, Reply)> {
        match &mut self.way {
            Way::Worker(_) => None,
            Way::Here { answered, .. } => answered.pop_front(),
        }
    }

    /// Who asked for what was answered now; none where nobody waits for it any more.
    pub(super) fn who(&mut self, ticket: Ticket) -> Option<For> {
        self.waiting.remove(&ticket)
    }

    pub(super) fn is_waiting(&self, who: For) -> bool {
        self.waiting.values().any(|waiting| *waiting == who)
    }

    /// Whether an answer is still to come.
    pub(super) fn is_waiting_at_all(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// The layers are gone: nobody waits any more but the app, for what it keeps.
    pub(super) fn forget_layers(&mut self) {
        self.waiting.retain(|_, who| *who == For::Keeping);
    }
}
