//! The register of low-level concerns about people who work here, by person (D16). Only what whoever is at the desk may
//! open stands on it.

mod view;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::choice::{Answer, Choice};
use super::concern::ConcernScreen;
use super::{Layer, step};
use crate::desk::register::OnRegister;
use crate::desk::{Reply, Request};
use crate::domain::ids::ConcernId;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};
use crate::tui::widgets::list::ListState;

#[derive(Default)]
pub struct Register {
    /// None until the desk has told.
    people: Option<Vec<OnRegister>>,
    list: ListState,
    /// As it was last drawn.
    height: usize,
}

impl Register {
    fn selected(&self) -> Option<&OnRegister> {
        self.people.as_ref()?.get(self.list.selected()?)
    }

    /// Whoever was selected stays so.
    fn told(&mut self, people: Vec<OnRegister>) -> Effects {
        let name = self.selected().map(|person| person.name.clone());
        self.list.resize(people.len());
        let place = people.iter().position(|person| Some(&person.name) == name.as_ref());
        self.list.select(place.unwrap_or(0));
        self.people = Some(people);
        Vec::new()
    }

    /// The concern, or which of them.
    fn open(&self) -> Effects {
        let Some(person) = self.selected() else { return Vec::new() };
        if let [only] = person.kept.as_slice() {
            return vec![concern(only.concern)];
        }
        let answer = |kept| Answer { text: view::kept_in_words(kept), effect: concern(kept.concern) };
        let answers = person.kept.iter().map(answer).collect();
        vec![
            Layer::Choice(Choice::new(format!("Which concern about {}?", person.name.one_line()), answers))
                .open(),
        ]
    }
}

fn concern(concern: ConcernId) -> Effect {
    Layer::Concern(ConcernScreen::new(concern)).open()
}

impl Surface for Register {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Choosing, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        "Low-level concerns about staff".to_owned()
    }

    fn list_mut(&mut self) -> Option<&mut ListState> {
        Some(&mut self.list)
    }

    fn is_ready(&self) -> bool {
        self.people.is_some()
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        vec![Effect::Ask(Request::LowLevel)]
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        if let Some(step) = step(action) {
            self.list.shift(step, self.height);
            return Vec::new();
        }
        match action {
            Action::Enter => self.open(),
            Action::Back => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::LowLevel(people) => self.told(people),
            Reply::Failed(sentence) => {
                self.people.get_or_insert_default();
                vec![Effect::Say(sentence)]
            }
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        view::draw(self, cx, frame, area);
    }
}

#[cfg(test)]
mod tests;
