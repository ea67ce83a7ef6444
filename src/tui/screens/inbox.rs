//! What came in, what cannot wait first, and what is closed.

mod rejected;
mod view;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use ratatui::Frame;
use ratatui::layout::Rect;

use super::Layer;
use super::browse::{Browse, Browsing, Lack, Listing, Rest, Turn};
use super::concern::ConcernScreen;
use super::form::FormKind;
use crate::cabinet::table::concern::{Concern, InboxRow, Pile};
use crate::cabinet::table::draft::Draft;
use crate::desk::answer::{Page, Subject};
use crate::desk::request::Window;
use crate::desk::{Reply, Request};
use crate::domain::ids::ConcernId;
use crate::domain::text::Text;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};

/// From here on there is room for a preview.
const WITH_PREVIEW: u16 = 120;

pub struct Inbox {
    list: Browse<Pile>,
    preview: Preview,
    unfinished: Unfinished,
    /// When the rows were put in their order, by the clocks of that minute.
    sorted_at: Option<DateTime<Utc>>,
    /// Where files are dropped; asked for once nothing is waiting.
    incoming: Option<Text>,
    /// As it was last drawn.
    width: u16,
}

impl Listing for Pile {
    type Row = InboxRow;
    type Id = ConcernId;

    fn id(row: &InboxRow) -> ConcernId {
        row.concern
    }

    fn request(&self, narrow: String, window: Window) -> Request {
        Request::Inbox { pile: *self, narrow, window }
    }
}

/// At most one concern is asked for at a time, however fast the selection moves.
#[derive(Default)]
struct Preview {
    question: Question,
    shown: Option<Box<Concern>>,
}

/// What she was writing and has not saved: an inbox that did not say so would let it be forgotten.
#[derive(Default)]
struct Unfinished {
    concerns: BTreeSet<ConcernId>,
    /// How many concerns that are being typed in.
    new: usize,
}

impl Unfinished {
    fn of(drafts: &[Draft]) -> Self {
        let mut unfinished = Self::default();
        for kind in drafts.iter().filter_map(|draft| FormKind::from_slot(&draft.slot, &draft.body)) {
            match kind.subject() {
                Some(Subject::Concern(concern)) => drop(unfinished.concerns.insert(concern)),
                Some(Subject::Child(_)) => {}
                None => unfinished.new += usize::from(kind.is_part1()),
            }
        }
        unfinished
    }
}

/// What became of the latest question.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Question {
    #[default]
    Answered,
    Asked(ConcernId),
    /// Not asked again before the selection has moved.
    Failed(ConcernId),
}

impl Default for Inbox {
    fn default() -> Self {
        let list = Browse::new(Pile::Waiting, Rest::First);
        let (preview, unfinished) = (Preview::default(), Unfinished::default());
        Self { list, preview, unfinished, sorted_at: None, incoming: None, width: 0 }
    }
}

impl Inbox {
    /// With what the list asks, what the preview does.
    fn and_preview(&mut self, mut effects: Effects) -> Effects {
        effects.extend(self.ask_preview());
        effects
    }

    fn ask_preview(&mut self) -> Option<Effect> {
        let selected = self.list.selected()?.concern;
        let is_settled = match self.preview.question {
            Question::Asked(_) => true,
            Question::Failed(concern) => concern == selected,
            Question::Answered => self.previewed() == Some(selected),
        };
        (self.width >= WITH_PREVIEW && !is_settled).then(|| self.ask_concern(selected))
    }

    fn ask_concern(&mut self, concern: ConcernId) -> Effect {
        self.preview.question = Question::Asked(concern);
        self.list.ask_beside(Request::Concern(concern))
    }

    fn previewed(&self) -> Option<ConcernId> {
        self.preview.shown.as_ref().map(|concern| concern.row.concern)
    }

    fn loaded(&mut self, concern: Box<Concern>) -> Effects {
        self.list.arrived_beside();
        self.preview = Preview { question: Question::Answered, shown: Some(concern) };
        self.ask_preview().into_iter().collect()
    }

    fn loaded_rows(&mut self, page: Page<InboxRow>) -> Effects {
        let mut effects = self.list.arrived(page);
        let is_empty = *self.list.listing() == Pile::Waiting && self.list.lack() == Some(Lack::Empty);
        if is_empty && self.incoming.is_none() {
            effects.push(self.list.ask_beside(Request::Incoming));
        }
        self.and_preview(effects)
    }

    /// A clock that runs out raises its concern, and nothing is recorded then that would tell of it.
    fn sort_again(&mut self, now: DateTime<Utc>) -> Effects {
        let ran_out = |row: &InboxRow| {
            row.is_overdue(now) && self.sorted_at.is_some_and(|sorted_at| !row.is_overdue(sorted_at))
        };
        if *self.list.listing() == Pile::Closed || !self.list.rows().iter().any(ran_out) {
            return Vec::new();
        }
        self.sorted_at = Some(now);
        self.list.refresh()
    }

    fn other_pile(&mut self) -> Effects {
        self.list.turn_to(match self.list.listing() {
            Pile::Waiting => Pile::Closed,
            Pile::Closed => Pile::Waiting,
        })
    }

    /// The concern that the cursor is on.
    pub fn selected(&self) -> Option<ConcernId> {
        self.list.selected().map(|row| row.concern)
    }

    fn open_selected(&self) -> Effects {
        let layer = self.list.selected().map(|row| Layer::Concern(ConcernScreen::new(row.concern)));
        layer.map(Layer::open).into_iter().collect()
    }

    fn failed(&mut self, sentence: String) -> Effects {
        if let (Question::Asked(concern), Turn::Beside) = (self.preview.question, self.list.turn()) {
            self.preview.question = Question::Failed(concern);
        }
        self.list.failed(sentence)
    }
}

impl Surface for Inbox {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Inbox, Scope::List, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        match self.list.listing() {
            Pile::Waiting => "Inbox".to_owned(),
            Pile::Closed => "Inbox: closed".to_owned(),
        }
    }

    fn browsing(&mut self) -> Option<&mut dyn Browsing> {
        Some(&mut self.list)
    }

    /// What is previewed may have changed as well.
    fn refresh(&mut self, _cx: &Cx) -> Effects {
        let mut effects = self.list.refresh();
        effects.push(self.list.ask_beside(Request::Drafts));
        let previewed = self.previewed();
        effects.extend(previewed.map(|concern| self.ask_concern(concern)));
        effects
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        if let Some(effects) = self.list.act(action) {
            return self.and_preview(effects);
        }
        match action {
            Action::Enter => self.open_selected(),
            Action::Pile => self.other_pile(),
            Action::Rejected => vec![self.list.ask_beside(Request::Rejected)],
            Action::Back => vec![Effect::Say("This is the inbox. Press q to leave the desk.".to_owned())],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Inbox(page) => {
                self.sorted_at = Some(cx.now);
                self.loaded_rows(page)
            }
            Reply::Incoming(folder) => {
                self.list.arrived_beside();
                self.incoming = Some(folder);
                Vec::new()
            }
            Reply::Rejected { folder, arrivals } => {
                self.list.arrived_beside();
                vec![rejected::reading(&folder, &arrivals).open()]
            }
            Reply::Concern(concern) => self.loaded(concern),
            Reply::Drafts(drafts) => {
                self.list.arrived_beside();
                self.unfinished = Unfinished::of(&drafts);
                Vec::new()
            }
            Reply::Restricted { sentences, .. } => {
                self.preview.shown = None;
                self.failed(sentences)
            }
            Reply::Failed(sentence) => self.failed(sentence),
            _ => Vec::new(),
        }
    }

    /// The screen may have been made larger, and time has passed.
    fn tick(&mut self, cx: &Cx) -> Effects {
        let mut effects = self.list.ask_for_missing();
        effects.extend(self.sort_again(cx.now));
        self.and_preview(effects)
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        view::draw(self, cx, frame, area);
    }
}

#[cfg(test)]
mod tests;
