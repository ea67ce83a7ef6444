//! The app: a stack of layers, and the one place where effects are carried out.
//!
//! It knows nothing of the terminal beyond a frame to draw into, and nothing of threads: [`run`](super::run)
//! feeds it events, tests do the same.

use std::collections::{BTreeMap, VecDeque};

use crossterm::event::{KeyEvent, KeyEventKind};

use super::arrived::tell;
use super::asker::Asker;
use super::keymap::{Action, Keymap, Scope};
use super::layer::{Cx, Effect, Effects, Typed};
use super::screens::{Layer, children, contacts, drafts, finder, form, help, inbox, unlock};
use super::stack::{LayerId, Stack};
use super::theme::Theme;
use crate::desk::worker::{Clock, Ticket};
use crate::desk::{Reply, Request};

/// Everything that can happen to the program.
pub enum Event {
    Key(KeyEvent),
    Paste(String),
    /// The terminal has another size, or came back to the foreground.
    Redraw,
    /// Half a second has passed.
    Tick,
    Desk(Ticket, Reply),
    /// Told to stop by a signal, or the terminal went away.
    Stop,
}

/// What somebody typed: a paste is no faster than the keys before it.
enum Typing {
    Key(KeyEvent),
    Paste(String),
}

/// Who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    Layer(LayerId),
    /// The app, for what has arrived.
    Arrivals,
    /// The app, to keep what was being typed.
    Keeping,
    /// The app, to close the desk.
    Locking,
}

/// Whether the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    NotYet,
    /// As soon as what was being typed is kept.
    OnceKept,
    Now,
}

pub struct App {
    pub(super) cx: Cx,
    clock: Clock,
    pub(super) stack: Stack,
    asker: Asker,
    /// Who waits for which answer.
    waiting: BTreeMap<Ticket, For>,
    /// What waits for the topmost layer to be ready, in the order in which it was typed.
    typed: VecDeque<Typing>,
    /// What stands in the footer until the next key.
    pub(super) said: Option<String>,
    /// What the terminal is to be told besides the frame.
    outbox: Vec<String>,
    end: End,
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
            typed: VecDeque::new(),
            said: None,
            outbox: Vec::new(),
            end: End::NotYet,
        };
        app.open(Layer::Unlock(unlock::Unlock::default()));
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
            Event::Key(key) if self.cx.keymap.action(&[Scope::Always], &key) == Some(Action::Lock) => {
                self.lock();
            }
            Event::Key(key) => self.typed.push_back(Typing::Key(key)),
            Event::Paste(text) => self.typed.push_back(Typing::Paste(text)),
            Event::Redraw => {}
            Event::Tick => self.tick(),
            Event::Desk(ticket, reply) => self.reply(ticket, reply),
            // Nobody is left to be told that something could not be kept.
            Event::Stop => {
                self.keep_unsaved();
                self.end = End::Now;
            }
        }
        self.answered_inline();
        self.type_on();
    }

    pub fn is_over(&self) -> bool {
        self.end == End::Now
    }

    /// What is to go to the clipboard, once.
    pub fn take_outbox(&mut self) -> Vec<String> {
        std::mem::take(&mut self.outbox)
    }

    /// The topmost layer.
    pub fn top(&self) -> Option<&Layer> {
        self.stack.top()
    }

    /// Acts on what was typed, as far as the topmost layer is ready for it: somebody who knows the way
    /// types faster than a disk answers.
    fn type_on(&mut self) {
        while self.top().is_some_and(|layer| layer.surface().is_ready())
            && let Some(typing) = self.typed.pop_front()
        {
            self.said = None;
            match typing {
                Typing::Key(key) => self.key(key),
                Typing::Paste(text) => self.with_top(|cx, layer| layer.surface_mut().pasted(cx, &text)),
            }
            self.answered_inline();
        }
    }

    fn key(&mut self, key: KeyEvent) {
        let mut text = true;
        self.with_top(|cx, layer| match layer.surface_mut().typed(cx, key) {
            Typed::Taken(effects) => effects,
            Typed::NotText => {
                text = false;
                Vec::new()
            }
        });
        if !text && let Some(action) = self.cx.keymap.action(self.scopes(), &key) {
            self.act(action);
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        self.top().map_or(&[], |layer| layer.surface().scopes())
    }

    /// Actions that mean the same everywhere are the app's; the layer has the rest.
    fn act(&mut self, action: Action) {
        let main = |layer: Layer| vec![Effect::Main(Box::new(layer))];
        match action {
            Action::Inbox => self.with_top(|_, _| main(Layer::Inbox(inbox::Inbox::default()))),
            Action::Children => self.with_top(|_, _| main(Layer::Children(children::Children::default()))),
            Action::Contacts => self.with_top(|_, _| main(Layer::Contacts(contacts::Contacts::default()))),
            Action::Finder => self.open(Layer::Finder(finder::Finder::default())),
            Action::NewConcern => {
                self.open(Layer::Form(form::Form::new(form::FormKind::new_concern(self.cx.now))));
            }
            Action::Drafts => self.open(Layer::Drafts(drafts::Drafts::default())),
            Action::Help => self.help(),
            Action::Quit => self.leave(),
            action => self.with_top(|cx, layer| layer.surface_mut().act(cx, action)),
        }
    }

    /// The layer's own help, such as a form's for the field with the cursor; or else the keys.
    fn help(&mut self) {
        let scopes = self.scopes();
        self.with_top(|cx, layer| match layer.surface_mut().act(cx, Action::Help) {
            own if own.is_empty() => vec![Effect::Open(Box::new(Layer::Help(help::Help::new(scopes))))],
            own => own,
        });
    }

    fn tick(&mut self) {
        let looking = self.waiting.values().any(|who| *who == For::Arrivals);
        if self.cx.desk.is_some() && !looking {
            self.ask(For::Arrivals, Request::Look);
        }
        // Lower layers too: what is typed in a form is kept while something lies over it.
        let ticked =
            self.stack.all_mut().map(|(id, layer)| (id, layer.surface_mut().tick(&self.cx))).collect();
        self.ask_in_their_names(ticked);
    }

    fn reply(&mut self, ticket: Ticket, reply: Reply) {
        match self.waiting.remove(&ticket) {
            Some(For::Layer(id)) => self.reply_to(id, reply),
            Some(For::Arrivals) => self.arrived(reply),
            Some(For::Keeping) => self.kept(reply),
            // Locked; or the question was dropped when the desk locked.
            Some(For::Locking) | None => {}
        }
    }

    fn reply_to(&mut self, id: LayerId, reply: Reply) {
        match self.stack.get_mut(id) {
            Some(layer) => {
                let effects = layer.surface_mut().reply(&self.cx, reply);
                self.carry_out(id, effects);
            }
            // The layer is gone, but what went wrong is told.
            None => self.tell_failure(reply),
        }
    }

    fn arrived(&mut self, reply: Reply) {
        match reply {
            Reply::Looked { looked, changed } => {
                if let Some(sentence) = looked.trouble.or_else(|| tell(&looked.arrived)) {
                    self.said = Some(sentence);
                }
                if changed {
                    let showing = self.stack.showing();
                    let asked =
                        showing.map(|(id, layer)| (id, layer.surface_mut().refresh(&self.cx))).collect();
                    self.ask_in_their_names(asked);
                }
            }
            reply => self.tell_failure(reply),
        }
    }

    /// Leaving waits until everything is kept; where something cannot be, the desk stays open and says why.
    fn kept(&mut self, reply: Reply) {
        if matches!(reply, Reply::Failed(_)) && self.end == End::OnceKept {
            self.end = End::NotYet;
        }
        self.tell_failure(reply);
        self.end_once_kept();
    }

    fn end_once_kept(&mut self) {
        if self.end == End::OnceKept && !self.waiting.values().any(|who| *who == For::Keeping) {
            self.end = End::Now;
        }
    }

    fn tell_failure(&mut self, reply: Reply) {
        if let Reply::Failed(sentence) = reply {
            self.said = Some(sentence);
        }
    }

    /// Replies that a desk on this thread has given already.
    fn answered_inline(&mut self) {
        while let Some((ticket, reply)) = self.asker.answered() {
            self.reply(ticket, reply);
        }
    }

    fn ask(&mut self, who: For, request: Request) {
        let ticket = self.asker.ask(request);
        self.waiting.insert(ticket, who);
    }

    /// Carries out what a layer wants done, in its name, wherever it lies. What it wants after it has closed is
    /// done in the name of the layer below.
    fn carry_out(&mut self, layer: LayerId, effects: Effects) {
        let mut name = Some(layer);
        for effect in effects {
            match effect {
                Effect::Close => name = self.close(name),
                Effect::Ask(request) => {
                    if let Some(id) = name.or(self.stack.top_id()) {
                        self.ask(For::Layer(id), request);
                    }
                }
                effect => self.one(name, effect),
            }
        }
    }

    fn one(&mut self, name: Option<LayerId>, effect: Effect) {
        match effect {
            Effect::Open(layer) => self.open(*layer),
            Effect::Replace(layer) => {
                if let Some(id) = name {
                    self.stack.remove(id);
                }
                self.open(*layer);
            }
            Effect::Main(layer) => {
                self.keep_unsaved();
                self.stack.clear();
                self.open(*layer);
            }
            Effect::Confirmed => self.confirmed(name),
            Effect::Copy(text) => self.outbox.push(text),
            Effect::Say(sentence) => self.said = Some(sentence),
            Effect::Opened(info) => self.cx.desk = Some(info),
            Effect::Lock => self.lock(),
            Effect::Quit => self.leave(),
            // Told apart by `carry_out`.
            Effect::Ask(_) | Effect::Close => {}
        }
    }

    fn confirmed(&mut self, name: Option<LayerId>) {
        if let Some(id) = name
            && let Some(layer) = self.stack.get_mut(id)
        {
            let effects = layer.surface_mut().confirmed(&self.cx);
            self.carry_out(id, effects);
        }
    }

    /// Removes a layer; gives the one in whose name things go on.
    fn close(&mut self, name: Option<LayerId>) -> Option<LayerId> {
        if self.stack.len() == 1 {
            self.said = Some("This is the first screen. Press q to leave the desk.".to_owned());
            return name;
        }
        let was_top = name.is_some() && name == self.stack.top_id();
        let below = name.and_then(|id| self.stack.remove(id));
        if was_top {
            self.refresh_top();
        }
        below
    }

    fn open(&mut self, layer: Layer) {
        self.stack.push(layer);
        self.refresh_top();
    }

    fn refresh_top(&mut self) {
        self.with_top(|cx, layer| layer.surface_mut().refresh(cx));
    }

    /// Asks the topmost layer, and carries out what it wants in its name.
    fn with_top(&mut self, ask: impl FnOnce(&Cx, &mut Layer) -> Effects) {
        if let (Some(id), Some(layer)) = (self.stack.top_id(), self.stack.top_mut()) {
            let effects = ask(&self.cx, layer);
            self.carry_out(id, effects);
        }
    }

    /// Puts the questions of several layers, each in its own name. A layer that was not spoken to by a key has
    /// nothing else to say.
    fn ask_in_their_names(&mut self, asked: Vec<(LayerId, Effects)>) {
        for (id, effects) in asked {
            for effect in effects {
                if let Effect::Ask(request) = effect {
                    self.ask(For::Layer(id), request);
                }
            }
        }
    }

    /// Keeps what is being typed on every layer, before anything closes.
    fn keep_unsaved(&mut self) {
        let unsaved: Vec<Request> = self.stack.all().filter_map(|layer| layer.surface().unsaved()).collect();
        for request in unsaved {
            self.ask(For::Keeping, request);
        }
    }

    fn leave(&mut self) {
        self.keep_unsaved();
        self.end = End::OnceKept;
        self.end_once_kept();
    }

    /// The screen is blank from the next frame on; the desk closes as soon as the drafts are kept. Asked even
    /// where it seems closed: it may just be opening.
    fn lock(&mut self) {
        self.keep_unsaved();
        self.cx.desk = None;
        self.typed.clear();
        self.waiting.retain(|_, who| *who == For::Keeping);
        self.ask(For::Locking, Request::Lock);
        self.said = None;
        self.stack.clear();
        self.open(Layer::Unlock(unlock::Unlock::default()));
    }
}

#[cfg(test)]
mod tests;
