//! The app: a stack of layers, and the one place where effects are carried out.
//!
//! It knows nothing of the terminal beyond a frame to draw into, and nothing of threads: [`run`](super::run)
//! feeds it events, tests do the same.

mod keeping;
mod watch;

use std::collections::VecDeque;

use crossterm::event::{KeyEvent, KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::arrived::tell;
use super::asker::{Asker, For};
use super::keymap::{Action, Keymap, Scope};
use super::layer::{Cx, Effect, Effects, Mouse, Typed};
use super::screens::{
    Layer, children, contacts, drafts, due, finder, form, help, inbox, menu, people, register, ring, unlock,
};
use super::stack::{LayerId, Stack};
use super::theme::Theme;
use super::widgets::list::Click;
use crate::desk::worker::{Clock, Ticket};
use crate::desk::{Reply, Request};
use keeping::Keeping;
use watch::Watch;

/// Everything that can happen to the program.
pub enum Event {
    Key(KeyEvent),
    Paste(String),
    Mouse(MouseEvent),
    /// The terminal has another size, or came back to the foreground.
    Redraw,
    /// Half a second has passed.
    Tick,
    Desk(Ticket, Reply),
    /// Told to stop by a signal, or the terminal went away.
    Stop,
}

/// What the terminal is to be told besides the frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tell {
    /// Put this on the clipboard.
    Clipboard(String),
    Mouse(Mouse),
}

/// Rows that a notch of the mouse's wheel moves.
const WHEEL: usize = 3;

/// What somebody typed: a paste is no faster than the keys before it.
enum Typing {
    Key(KeyEvent),
    Paste(String),
}

/// Whether anything can be read at the terminal's size, as it was last drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    Enough,
    /// Nobody sees what a key would do.
    TooSmall,
}

pub struct App {
    pub(super) cx: Cx,
    pub(super) room: Room,
    clock: Clock,
    pub(super) stack: Stack,
    pub(super) asker: Asker,
    /// What waits for the topmost layer to be ready, in the order in which it was typed.
    typed: VecDeque<Typing>,
    /// What stands in the footer until the next key.
    pub(super) said: Option<String>,
    outbox: Vec<Tell>,
    keeping: Keeping,
    watch: Watch,
}

impl App {
    pub fn new(clock: Clock, asker: Asker, keymap: Keymap, theme: Theme) -> Self {
        let now = clock.now();
        let cx = Cx { now, theme, keymap, mouse: Mouse::Off, desk: None, elsewhere: Vec::new() };
        let mut app = Self {
            cx,
            room: Room::Enough,
            clock,
            stack: Stack::default(),
            asker,
            typed: VecDeque::new(),
            said: None,
            outbox: Vec::new(),
            keeping: Keeping::default(),
            watch: Watch::new(now),
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
        if matches!(event, Event::Key(_) | Event::Paste(_) | Event::Mouse(_)) {
            self.watch.touched(self.cx.now);
        }
        match event {
            Event::Key(key) if key.kind == KeyEventKind::Release => {}
            Event::Key(key) if self.cx.keymap.action(&[Scope::Always], &key) == Some(Action::Lock) => {
                self.lock_once_typed();
            }
            // Nothing is typed on a blank screen.
            Event::Key(_) | Event::Paste(_) if self.is_blank() => {}
            Event::Key(key) if self.room == Room::TooSmall => self.key_unseen(&key),
            Event::Paste(_) | Event::Mouse(_) if self.room == Room::TooSmall => {}
            Event::Key(key) => self.typed.push_back(Typing::Key(key)),
            Event::Paste(text) => self.typed.push_back(Typing::Paste(text)),
            Event::Mouse(mouse) => self.mouse(mouse),
            Event::Redraw => {}
            Event::Tick => self.tick(),
            Event::Desk(ticket, reply) => self.reply(ticket, reply),
            Event::Stop => self.stop(),
        }
        self.answered_inline();
        self.type_on();
    }

    /// What the terminal is to be told, once.
    pub fn take_outbox(&mut self) -> Vec<Tell> {
        std::mem::take(&mut self.outbox)
    }

    /// Whether there is a layer to go back to.
    pub fn is_over_another(&self) -> bool {
        self.stack.len() > 1
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
        self.end_once_typed();
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

    /// She may leave, by which everything is kept; what else a key would do nobody sees.
    fn key_unseen(&mut self, key: &KeyEvent) {
        if self.cx.keymap.action(self.scopes(), key) == Some(Action::Quit) {
            self.leave();
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
            Action::Due => self.with_top(|_, _| main(Layer::Due(due::DueScreen::default()))),
            Action::Ring => self.ring(),
            Action::Finder => self.open(Layer::Finder(finder::Finder::default())),
            Action::NewConcern => {
                self.open(Layer::Form(form::Form::new(form::FormKind::new_concern(self.cx.now))));
            }
            Action::People => self.open(Layer::People(people::People::default())),
            Action::Drafts => self.open(Layer::Drafts(drafts::Drafts::default())),
            Action::Register => self.open(Layer::Register(register::Register::default())),
            Action::Help => self.help(),
            Action::Menu => self.menu(),
            Action::Mouse => self.turn_mouse(),
            Action::OtherCabinet => self.turn_cabinet(),
            Action::Quit => self.leave(),
            action => self.with_top(|cx, layer| layer.surface_mut().act(cx, action)),
        }
    }

    /// About whatever is open or selected, looked for from the top down.
    fn ring(&mut self) {
        let about = self.stack.downwards().find_map(|layer| layer.to_ring_about(&self.cx));
        self.open(Layer::Ring(about.unwrap_or_else(|| ring::Ring::new(None))));
    }

    /// The layer's own help, such as a form's for the field with the cursor; or else the keys.
    fn help(&mut self) {
        let scopes = self.scopes();
        self.with_top(|cx, layer| match layer.surface_mut().act(cx, Action::Help) {
            own if own.is_empty() => vec![Effect::Open(Box::new(Layer::Help(help::Help::new(scopes))))],
            own => own,
        });
    }

    fn menu(&mut self) {
        let scopes = self.scopes();
        self.open(Layer::Choice(menu::of(&self.cx.keymap, scopes)));
    }

    fn turn_mouse(&mut self) {
        self.cx.mouse = match self.cx.mouse {
            Mouse::Off => Mouse::On,
            Mouse::On => Mouse::Off,
        };
        self.outbox.push(Tell::Mouse(self.cx.mouse));
    }

    /// A click selects a row, and opens it where it is selected; the wheel moves as arrows do.
    fn mouse(&mut self, mouse: MouseEvent) {
        match mouse.kind {
            _ if !self.top().is_some_and(|layer| layer.surface().is_ready()) => {}
            MouseEventKind::ScrollUp => (0..WHEEL).for_each(|_| self.act(Action::Up)),
            MouseEventKind::ScrollDown => (0..WHEEL).for_each(|_| self.act(Action::Down)),
            MouseEventKind::Down(MouseButton::Left) => self.click(Position::new(mouse.column, mouse.row)),
            _ => {}
        }
    }

    fn click(&mut self, at: Position) {
        let list = self.stack.top_mut().and_then(|layer| layer.surface_mut().list_mut());
        match list.map_or(Click::Nothing, |list| list.click(at)) {
            Click::Nothing => {}
            Click::Row => self.with_top(|cx, layer| layer.surface_mut().tick(cx)),
            Click::Again => self.act(Action::Enter),
        }
    }

    fn tick(&mut self) {
        self.time_passes();
        self.stop_in_time();
        if self.cx.desk.is_some() && !self.asker.is_waiting(For::Arrivals) {
            let open = self.stack.all().filter_map(Layer::concern).collect();
            self.ask(For::Arrivals, Request::OpenHere(open));
            self.ask(For::Arrivals, Request::Look);
            self.keep_held();
        }
        // Lower layers too: what is typed in a form is kept while something lies over it.
        let ticked =
            self.stack.all_mut().map(|(id, layer)| (id, layer.surface_mut().tick(&self.cx))).collect();
        self.ask_in_their_names(ticked);
    }

    fn reply(&mut self, ticket: Ticket, reply: Reply) {
        self.note_kept(ticket, &reply);
        match self.asker.who(ticket) {
            Some(For::Layer(id)) => {
                let reply = self.with_held(reply);
                self.reply_to(id, reply);
            }
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
            Reply::Looked { looked, changed, standing, elsewhere } => {
                self.cx.elsewhere = elsewhere;
                if let Some(desk) = &mut self.cx.desk {
                    desk.standing = standing;
                }
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
        let draft = keeping::Draft::of(&request, self.owner());
        let ticket = self.asker.ask(who, request);
        self.keeping.asked(ticket, draft);
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
            Effect::Replace(layer) => self.replace(name, *layer),
            Effect::Main(layer) => {
                self.keep_unsaved();
                self.stack.clear();
                self.open(*layer);
            }
            Effect::Confirmed => self.confirmed(name),
            Effect::Act(action) => self.act(action),
            Effect::CallEnded { unanswered } => self.with_top(|_, layer| match layer {
                Layer::Ring(ring) => ring.call_ended(unanswered),
                _ => Vec::new(),
            }),
            Effect::Copy(text) => {
                self.watch.copied(self.cx.now);
                self.outbox.push(Tell::Clipboard(text));
            }
            Effect::Say(sentence) => self.said = Some(sentence),
            Effect::Opened(info) => {
                self.cx.desk = Some(info);
                self.keep_held();
            }
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

    /// A layer that has another above it by now gives its place to the new one, and that stays below.
    fn replace(&mut self, name: Option<LayerId>, layer: Layer) {
        let Some(id) = name.filter(|id| self.stack.top_id() != Some(*id)) else {
            if let Some(id) = name {
                self.stack.remove(id);
            }
            return self.open(layer);
        };
        if let Some(put) = self.stack.put_in_place(id, layer)
            && let Some(layer) = self.stack.get_mut(put)
        {
            let effects = layer.surface_mut().refresh(&self.cx);
            self.carry_out(put, effects);
        }
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
}

#[cfg(test)]
mod tests;
