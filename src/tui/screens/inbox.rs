//! What came in, the most urgent and oldest first, and what is signed.

mod view;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use super::Layer;
use super::concern::ConcernScreen;
use crate::cabinet::table::concern::{Concern, InboxRow, Pile};
use crate::desk::answer::Page;
use crate::desk::request::Window;
use crate::desk::{Reply, Request};
use crate::domain::ids::ConcernId;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface, Typed};
use crate::tui::widgets::list::{ListState, Move};
use crate::tui::widgets::narrowing::{Narrowed, Narrowing};

/// Rows that are asked for above and below those on the screen.
const MARGIN: usize = 100;

/// From here on there is room for a preview.
const WITH_PREVIEW: u16 = 120;

#[derive(Default)]
pub struct Inbox {
    pile: Pile,
    narrowing: Narrowing,
    list: ListState,
    page: Page<InboxRow>,
    /// The window of the last question.
    asked: Window,
    /// Pages that were asked for and have not come. Only the last of them is what is wanted now.
    coming: u32,
    select: Select,
    state: State,
    preview: Preview,
    /// As it was last drawn.
    size: Size,
}

/// What is selected when the page comes.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Select {
    /// The concern that was, wherever it stands now.
    #[default]
    Same,
    First,
}

#[derive(Default)]
enum State {
    #[default]
    Loading,
    Loaded,
    Failed(String),
}

/// At most one concern is asked for at a time, however fast the selection moves.
#[derive(Default)]
struct Preview {
    asked: Option<ConcernId>,
    shown: Option<Box<Concern>>,
}

impl Inbox {
    fn selected(&self) -> Option<&InboxRow> {
        let place = self.list.selected()?.checked_sub(usize::try_from(self.page.offset).ok()?)?;
        self.page.rows.get(place)
    }

    fn height(&self) -> usize {
        usize::from(self.size.height).max(1)
    }

    /// Asks for the rows around the selection.
    fn ask(&mut self) -> Effects {
        let around = match self.select {
            Select::Same => self.list.selected().unwrap_or_default(),
            Select::First => 0,
        };
        self.asked = Window {
            offset: around.saturating_sub(MARGIN + self.height()) as u64,
            limit: (2 * (MARGIN + self.height())) as u64,
        };
        self.coming += 1;
        let (pile, narrow) = (self.pile, self.narrowing.text().to_owned());
        vec![Effect::Ask(Request::Inbox { pile, narrow, window: self.asked })]
    }

    fn ask_from_the_top(&mut self) -> Effects {
        self.select = Select::First;
        self.ask()
    }

    /// Asks again where the rows on the screen have not been asked for.
    fn ask_if_needed(&mut self) -> Effects {
        let visible = self.list.window(self.height());
        let first = usize::try_from(self.asked.offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(self.asked.limit).unwrap_or(usize::MAX);
        if visible.start >= first && visible.end <= first.saturating_add(limit) {
            return Vec::new();
        }
        self.ask()
    }

    fn shift(&mut self, step: Move) -> Effects {
        self.list.shift(step, self.height());
        let mut effects = self.ask_if_needed();
        effects.extend(self.ask_preview());
        effects
    }

    fn loaded(&mut self, page: Page<InboxRow>) -> Effects {
        self.coming = self.coming.saturating_sub(1);
        if self.coming > 0 {
            return Vec::new();
        }
        let before = self.selected().map(|row| row.concern);
        self.state = State::Loaded;
        self.page = page;
        self.list.resize(usize::try_from(self.page.total).unwrap_or(usize::MAX));
        match self.select {
            Select::First => self.list.select(0),
            Select::Same => self.reselect(before),
        }
        self.select = Select::Same;
        self.ask_preview().into_iter().collect()
    }

    fn reselect(&mut self, concern: Option<ConcernId>) {
        let place = self.page.rows.iter().position(|row| Some(row.concern) == concern);
        if let (Some(place), Ok(offset)) = (place, usize::try_from(self.page.offset)) {
            self.list.select(offset + place);
        }
    }

    fn ask_preview(&mut self) -> Option<Effect> {
        let selected = self.selected()?.concern;
        let shown = self.preview.shown.as_ref().map(|concern| concern.row.concern);
        if self.size.width < WITH_PREVIEW || self.preview.asked.is_some() || shown == Some(selected) {
            return None;
        }
        self.preview.asked = Some(selected);
        Some(Effect::Ask(Request::Concern(selected)))
    }

    fn previewed(&mut self, concern: Box<Concern>) -> Effects {
        self.preview = Preview { asked: None, shown: Some(concern) };
        self.ask_preview().into_iter().collect()
    }

    fn other_pile(&mut self) -> Effects {
        self.pile = match self.pile {
            Pile::Waiting => Pile::Signed,
            Pile::Signed => Pile::Waiting,
        };
        self.ask_from_the_top()
    }

    /// An Enter that is faster than the desk opens nothing: what is selected then is of the list before.
    fn open_selected(&self) -> Effects {
        self.selected()
            .filter(|_| self.coming == 0)
            .map(|row| Layer::Concern(ConcernScreen::new(row.concern)).open())
            .into_iter()
            .collect()
    }

    fn back(&mut self) -> Effects {
        if self.narrowing.is_idle() {
            return vec![Effect::Say("This is the inbox. Press q to leave the desk.".to_owned())];
        }
        self.narrowing.clear();
        self.ask_from_the_top()
    }

    fn failed(&mut self, sentence: String) -> Effects {
        self.preview.asked = None;
        self.coming = self.coming.saturating_sub(1);
        match self.state {
            State::Loaded => vec![Effect::Say(sentence)],
            State::Loading | State::Failed(_) => {
                self.state = State::Failed(sentence);
                Vec::new()
            }
        }
    }
}

impl Surface for Inbox {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Inbox, Scope::List, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        match self.pile {
            Pile::Waiting => "Inbox".to_owned(),
            Pile::Signed => "Inbox: signed".to_owned(),
        }
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        self.preview.asked = None;
        let shown = self.preview.shown.as_ref().map(|concern| concern.row.concern);
        let mut effects = self.ask();
        if let Some(shown) = shown {
            self.preview.asked = Some(shown);
            effects.push(Effect::Ask(Request::Concern(shown)));
        }
        effects
    }

    fn typed(&mut self, _cx: &Cx, key: KeyEvent) -> Typed {
        match self.narrowing.on_key(key) {
            Narrowed::NotTaken => Typed::NotText,
            Narrowed::Same => Typed::Taken(Vec::new()),
            Narrowed::Changed => Typed::Taken(self.ask_from_the_top()),
        }
    }

    fn pasted(&mut self, _cx: &Cx, text: &str) -> Effects {
        match self.narrowing.paste(text) {
            Narrowed::Changed => self.ask_from_the_top(),
            Narrowed::NotTaken | Narrowed::Same => Vec::new(),
        }
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        match action {
            Action::Up => self.shift(Move::Up),
            Action::Down => self.shift(Move::Down),
            Action::PageUp => self.shift(Move::PageUp),
            Action::PageDown => self.shift(Move::PageDown),
            Action::Top => self.shift(Move::First),
            Action::Bottom => self.shift(Move::Last),
            Action::Enter => self.open_selected(),
            Action::Pile => self.other_pile(),
            Action::Narrow => {
                self.narrowing.open();
                Vec::new()
            }
            Action::Back => self.back(),
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Inbox(page) => self.loaded(page),
            Reply::Concern(concern) => self.previewed(concern),
            Reply::Failed(sentence) => self.failed(sentence),
            _ => Vec::new(),
        }
    }

    /// Whether there is room for a preview is known once the screen was drawn, which may be after the rows came.
    fn tick(&mut self, _cx: &Cx) -> Effects {
        self.ask_preview().into_iter().collect()
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        view::draw(self, cx, frame, area);
    }
}

#[cfg(test)]
mod tests;
