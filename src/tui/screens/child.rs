//! A child and their chronology, in the order in which it happened. What is drawn where is in [`view`].

mod view;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::Layer;
use super::browse::{Browse, Rest, Row, Taken};
use super::concern::ConcernScreen;
use super::form::{Form, FormKind};
use super::reading::Reading;
use crate::cabinet::table::chronology::ChronologyRow;
use crate::desk::answer::ChildSheet;
use crate::desk::request::Window;
use crate::desk::{Reply, Request};
use crate::domain::chronology::Kinds;
use crate::domain::ids::{ChildId, Seq};
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface, Typed};

pub struct ChildScreen {
    pub child: ChildId,
    sheet: Option<Box<ChildSheet>>,
    kinds: Kinds,
    list: Browse<ChronologyRow>,
}

impl Row for ChronologyRow {
    type Id = Seq;

    fn id(&self) -> Seq {
        self.seq
    }
}

impl ChildScreen {
    /// Opened at its latest row, or at the row that an entry wrote.
    pub fn new(child: ChildId, at: Option<Seq>) -> Self {
        let list = match at {
            Some(seq) => Browse::at(Rest::Last, seq),
            None => Browse::new(Rest::Last),
        };
        Self { child, sheet: None, kinds: Kinds::default(), list }
    }

    fn ask(&self, window: Option<Window>) -> Effects {
        let request = |window| Request::Chronology {
            child: self.child,
            kinds: self.kinds,
            narrow: self.list.narrow(),
            window,
        };
        window.map(request).map(Effect::Ask).into_iter().collect()
    }

    fn next_kind(&mut self) -> Effects {
        self.kinds = self.kinds.next();
        let window = self.list.restart();
        self.ask(Some(window))
    }

    /// The concern of the row, or the row in full.
    fn open(&self) -> Effects {
        let layer = self.list.selected().map(|row| match row.concern {
            Some(concern) => Layer::Concern(ConcernScreen::new(concern)),
            None => Layer::Reading(Reading::new(view::heading(row), view::in_full(row))),
        });
        layer.map(Layer::open).into_iter().collect()
    }

    fn correct(&self) -> Effects {
        let form = self.sheet.as_ref().map(|sheet| FormKind::Child {
            child: self.child,
            details: Box::new(sheet.child.details.clone()),
        });
        form.map(|kind| Layer::Form(Form::new(kind)).open()).into_iter().collect()
    }
}

impl Surface for ChildScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Child, Scope::List, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        self.sheet.as_ref().map_or_else(|| "Child".to_owned(), |sheet| sheet.child.details.name.one_line())
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        let window = self.list.refresh();
        let mut effects = vec![Effect::Ask(Request::Sheet(self.child))];
        effects.extend(self.ask(Some(window)));
        effects
    }

    fn typed(&mut self, _cx: &Cx, key: KeyEvent) -> Typed {
        match self.list.typed(key) {
            Taken::Yes(window) => Typed::Taken(self.ask(window)),
            Taken::No => Typed::NotText,
        }
    }

    fn pasted(&mut self, _cx: &Cx, text: &str) -> Effects {
        let window = self.list.pasted(text);
        self.ask(window)
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        match (self.list.act(action), action) {
            (Taken::Yes(window), _) => self.ask(window),
            (Taken::No, Action::Enter) => self.open(),
            (Taken::No, Action::Back) => vec![Effect::Close],
            (Taken::No, Action::Kinds) => self.next_kind(),
            (Taken::No, Action::Correct) => self.correct(),
            (Taken::No, Action::AddRow) => {
                vec![Layer::Form(Form::new(FormKind::Note { child: self.child })).open()]
            }
            (Taken::No, _) => Vec::new(),
        }
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Sheet(sheet) if sheet.child.id == self.child => {
                self.sheet = Some(sheet);
                Vec::new()
            }
            Reply::Chronology(page) => {
                let window = self.list.arrived(page);
                self.ask(window)
            }
            Reply::Failed(sentence) => {
                self.list.failed();
                vec![Effect::Say(sentence)]
            }
            _ => Vec::new(),
        }
    }

    fn tick(&mut self, _cx: &Cx) -> Effects {
        let window = self.list.missing();
        self.ask(window)
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        self.draw_screen(cx, frame, area);
    }
}

#[cfg(test)]
mod tests;
