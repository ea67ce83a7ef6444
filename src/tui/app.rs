//! The app: a stack of layers, and the one place where effects are carried out.
//!
//! It knows nothing of the terminal beyond a frame to draw into, and nothing of threads: [`run`](super::run)
//! feeds it events, tests do the same.

use std::collections::BTreeMap;
use std::collections::VecDeque;

use crossterm::event::{KeyEvent, KeyEventKind};

use super::asker::Asker;
use super::keymap::{Action, Keymap, Scope};
use super::layer::{Cx, Effect, Effects, Typed};
use super::screens::{Layer, children, contacts, drafts, finder, form, help, inbox, unlock};
use super::stack::{LayerId, Stack};
use super::theme::Theme;
use crate::desk::answer::{ArrivalOutcome, ArrivalResult};
use crate::desk::worker::{Clock, Ticket};
use crate::desk::{Reply, Request};

/// Everything that can happen to the program.
pub enum Event {
    Key(KeyEvent),
    Paste(String),
    /// The terminal has another size, or came back to the foreground.
    Redraw,
    /// A second has passed.
    Tick,
    Desk(Ticket, Reply),
    /// Told to stop by a signal, or the terminal went away.
    Stop,
}

pub struct App {
    pub(super) cx: Cx,
    clock: Clock,
    pub(super) stack: Stack,
    asker: Asker,
    /// Which layer waits for which answer; none for the app's own questions.
    waiting: BTreeMap<Ticket, Option<LayerId>>,
    /// What stands in the footer until the next key.
    pub(super) said: Option<String>,
    /// What the terminal is to be told besides the frame.
    outbox: Vec<String>,
    over: bool,
}

impl App {
    pub fn new(clock: Clock, asker: Asker, keymap: Keymap, theme: Theme) -> Self {
        let cx = Cx { now: clock.now(), theme, keymap, desk: None };
        let mut app = Self {
            cx,
            clock,
            stack: Stack::default(),
            asker,
            waiting: BTreeMap::new(),
            said: None,
            outbox: Vec::new(),
            over: false,
        };
        app.carry_out(vec![Effect::Open(Box::new(Layer::Unlock(unlock::Unlock::default())))]);
        app
    }

    /// A sentence in the footer of the first screen.
    pub fn greet(&mut self, sentence: Option<String>) {
        self.said = sentence;
    }

    /// Moves the program by one event.
    pub fn event(&mut self, event: Event) {
        self.cx.now = self.clock.now();
        match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => {}
            Event::Key(key) => {
                self.said = None;
                self.key(key);
            }
            Event::Paste(text) => {
                let effects = self.with_top(|cx, layer| layer.surface_mut().pasted(cx, &text));
                self.carry_out(effects);
            }
            Event::Redraw => {}
            Event::Tick => self.tick(),
            Event::Desk(ticket, reply) => self.reply(ticket, reply),
            Event::Stop => self.carry_out(vec![Effect::Quit]),
        }
        self.answered_inline();
    }

    pub fn is_over(&self) -> bool {
        self.over
    }

    /// What is to go to the clipboard, once.
    pub fn take_outbox(&mut self) -> Vec<String> {
        std::mem::take(&mut self.outbox)
    }

    /// The topmost layer.
    pub fn top(&self) -> Option<&Layer> {
        self.stack.top()
    }

    fn with_top(&mut self, ask: impl FnOnce(&Cx, &mut Layer) -> Effects) -> Effects {
        match self.stack.top_mut() {
            Some(layer) => ask(&self.cx, layer),
            None => Vec::new(),
        }
    }

    fn key(&mut self, key: KeyEvent) {
        if let Some(Action::Lock) = self.cx.keymap.action(&[Scope::Always], &key) {
            return self.carry_out(vec![Effect::Lock]);
        }
        let mut typed = Typed::NotText;
        self.with_top(|cx, layer| {
            typed = layer.surface_mut().typed(cx, key);
            Vec::new()
        });
        match typed {
            Typed::Taken(effects) => self.carry_out(effects),
            Typed::NotText => {
                let scopes = self.top().map_or(&[] as &[Scope], |layer| layer.surface().scopes());
                if let Some(action) = self.cx.keymap.action(scopes, &key) {
                    let effects = self.action(action);
                    self.carry_out(effects);
                }
            }
        }
    }

    /// Actions that mean the same everywhere are the app's; the layer has the rest.
    fn action(&mut self, action: Action) -> Effects {
        let open = |layer: Layer| vec![Effect::Open(Box::new(layer))];
        let main = |layer: Layer| vec![Effect::Main(Box::new(layer))];
        match action {
            Action::Inbox => main(Layer::Inbox(inbox::Inbox::default())),
            Action::Children => main(Layer::Children(children::Children::default())),
            Action::Contacts => main(Layer::Contacts(contacts::Contacts::default())),
            Action::Finder => open(Layer::Finder(finder::Finder::default())),
            Action::NewConcern => open(Layer::Form(form::Form::new(form::FormKind::Part1))),
            Action::Drafts => open(Layer::Drafts(drafts::Drafts::default())),
            Action::Help => {
                let scopes = self.top().map_or(&[] as &[Scope], |layer| layer.surface().scopes());
                open(Layer::Help(help::Help::new(scopes)))
            }
            Action::Quit => vec![Effect::Quit],
            action => self.with_top(|cx, layer| layer.surface_mut().act(cx, action)),
        }
    }

    fn tick(&mut self) {
        let waiting_for_look = self.waiting.values().any(Option::is_none);
        if self.cx.desk.is_some() && !waiting_for_look {
            self.ask(None, Request::Look);
        }
        // Lower layers too: what is typed in a form is kept while something lies over it.
        let ticked =
            self.stack.all_mut().map(|(id, layer)| (id, layer.surface_mut().tick(&self.cx))).collect();
        self.ask_in_their_names(ticked);
    }

    fn reply(&mut self, ticket: Ticket, reply: Reply) {
        match self.waiting.remove(&ticket) {
            Some(Some(id)) => {
                let found = self.stack.get_mut(id);
                let effects = found.map(|layer| layer.surface_mut().reply(&self.cx, reply));
                self.carry_out(effects.unwrap_or_default());
            }
            Some(None) => self.own_reply(reply),
            // The desk was locked since.
            None => {}
        }
    }

    fn own_reply(&mut self, reply: Reply) {
        match reply {
            Reply::Looked { arrived, changed } => {
                if let Some(sentence) = tell(&arrived) {
                    self.said = Some(sentence);
                }
                if changed {
                    self.refresh_showing();
                }
            }
            Reply::Failed(sentence) => self.said = Some(sentence),
            _ => {}
        }
    }

    /// Replies that a desk on this thread has given already.
    fn answered_inline(&mut self) {
        while let Some((ticket, reply)) = self.asker.answered() {
            self.reply(ticket, reply);
        }
    }

    fn ask(&mut self, layer: Option<LayerId>, request: Request) {
        let ticket = self.asker.ask(request);
        self.waiting.insert(ticket, layer);
    }

    fn carry_out(&mut self, effects: Effects) {
        let mut queue = VecDeque::from(effects);
        while let Some(effect) = queue.pop_front() {
            for more in self.one(effect).into_iter().rev() {
                queue.push_front(more);
            }
        }
    }

    /// Carries out one effect; says what follows from it.
    fn one(&mut self, effect: Effect) -> Effects {
        match effect {
            Effect::Ask(request) => {
                self.ask(self.stack.top_id(), request);
                Vec::new()
            }
            Effect::Open(layer) => self.push(*layer),
            Effect::Close if self.stack.len() == 1 => {
                let leave = "This is the first screen. Press q to leave the desk.";
                vec![Effect::Say(leave.to_owned())]
            }
            Effect::Close => {
                self.stack.pop();
                self.refresh_top()
            }
            Effect::Replace(layer) => {
                self.stack.pop();
                self.push(*layer)
            }
            Effect::Main(layer) => {
                self.keep_unsaved();
                self.stack.clear();
                self.push(*layer)
            }
            Effect::Copy(text) => {
                self.outbox.push(text);
                Vec::new()
            }
            Effect::Say(sentence) => {
                self.said = Some(sentence);
                Vec::new()
            }
            Effect::Opened(info) => {
                self.cx.desk = Some(info);
                Vec::new()
            }
            Effect::Lock => self.lock(),
            Effect::Quit => {
                self.keep_unsaved();
                self.over = true;
                Vec::new()
            }
        }
    }

    fn push(&mut self, layer: Layer) -> Effects {
        self.stack.push(layer);
        self.refresh_top()
    }

    fn refresh_top(&mut self) -> Effects {
        self.with_top(|cx, layer| layer.surface_mut().refresh(cx))
    }

    /// Every layer that shows asks again.
    fn refresh_showing(&mut self) {
        let asked =
            self.stack.showing().map(|(id, layer)| (id, layer.surface_mut().refresh(&self.cx))).collect();
        self.ask_in_their_names(asked);
    }

    /// Puts the questions of several layers, each in its own name. A layer that was not spoken to by a key has
    /// nothing else to say.
    fn ask_in_their_names(&mut self, asked: Vec<(LayerId, Effects)>) {
        for (id, effects) in asked {
            for effect in effects {
                if let Effect::Ask(request) = effect {
                    self.ask(Some(id), request);
                }
            }
        }
    }

    /// Keeps what is being typed on every layer, before anything closes.
    fn keep_unsaved(&mut self) {
        let unsaved: Vec<Request> = self.stack.all().filter_map(|layer| layer.surface().unsaved()).collect();
        for request in unsaved {
            self.ask(None, request);
        }
    }

    /// The screen is blank from the next frame on; the desk closes as soon as the drafts are kept.
    fn lock(&mut self) -> Effects {
        self.keep_unsaved();
        if self.cx.desk.take().is_some() {
            self.ask(None, Request::Lock);
        }
        self.waiting.clear();
        self.said = None;
        self.stack.clear();
        self.push(Layer::Unlock(unlock::Unlock::default()))
    }
}

/// What came in, in one sentence; nothing where nothing did.
fn tell(arrived: &[ArrivalOutcome]) -> Option<String> {
    let count = |wanted: fn(&ArrivalResult) -> bool| arrived.iter().filter(|one| wanted(&one.result)).count();
    let accepted = count(|result| matches!(result, ArrivalResult::Accepted(_)));
    let rejected = count(|result| matches!(result, ArrivalResult::Rejected(_)));
    let came = match accepted {
        0 => None,
        1 => Some("One concern came in.".to_owned()),
        n => Some(format!("{n} concerns came in.")),
    };
    let refused = match rejected {
        0 => None,
        1 => Some("One could not be read: see incoming/rejected.".to_owned()),
        n => Some(format!("{n} could not be read: see incoming/rejected.")),
    };
    match (came, refused) {
        (None, None) => None,
        (came, refused) => Some(came.into_iter().chain(refused).collect::<Vec<_>>().join(" ")),
    }
}
