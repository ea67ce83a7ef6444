//! How the app reaches the desk: over a channel to the worker, or on the same thread in tests.

use std::collections::VecDeque;
use std::sync::mpsc::Sender;

use crate::desk::worker::{Service, Ticket};
use crate::desk::{Reply, Request};

pub struct Asker {
    way: Way,
    asked: u64,
}

enum Way {
    Worker(Sender<(Ticket, Request)>),
    Here { service: Box<Service>, answered: VecDeque<(Ticket, Reply)> },
}

impl Asker {
    /// Replies come back as events.
    pub fn worker(requests: Sender<(Ticket, Request)>) -> Self {
        Self { way: Way::Worker(requests), asked: 0 }
    }

    /// Answers at once, on this thread.
    pub fn here(service: Service) -> Self {
        Self { way: Way::Here { service: Box::new(service), answered: VecDeque::new() }, asked: 0 }
    }

    pub(super) fn ask(&mut self, request: Request) -> Ticket {
        self.asked += 1;
        let ticket = Ticket(self.asked);
        match &mut self.way {
            // A worker that has ended takes the program with it: the loop sees its channel close.
            Way::Worker(requests) => drop(requests.send((ticket, request))),
            Way::Here { service, answered } => answered.push_back((ticket, service.answer(request))),
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
}
