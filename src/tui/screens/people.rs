//! Everybody who may open the desk, and what can be changed about that.

mod view;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::asking::{Asking, Kind};
use super::choice::{Answer, Choice};
use super::recovery::RecoveryPage;
use super::{Layer, step};
use crate::desk::people::{Listed, Members};
use crate::desk::{Reply, Request};
use crate::domain::person::{Person, Right};
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};
use crate::tui::widgets::list::ListState;

#[derive(Default)]
pub struct People {
    /// None until the desk has told.
    members: Option<Members>,
    list: ListState,
    /// As it was last drawn.
    height: usize,
}

const NOT_YOURS: &str = "You may change your own passphrase. The rest is for a lead or senior to change.";

const A_SENIOR_STAYS: &str = "A senior has a cabinet of their own. Remove them, and admit them anew.";

impl People {
    fn selected(&self) -> Option<&Listed> {
        self.members.as_ref()?.listed.get(self.list.selected()?)
    }

    /// The list may have changed; whoever was selected stays so.
    fn told(&mut self, members: Members) -> Effects {
        let selected = self.selected().map(|listed| listed.person.person.clone());
        self.list.resize(members.listed.len());
        let place = members.listed.iter().position(|listed| Some(&listed.person.person) == selected.as_ref());
        self.list.select(place.unwrap_or(0));
        self.members = Some(members);
        Vec::new()
    }

    /// Opens a page, where whoever is at the desk may do what it asks for.
    fn changes(&self, page: impl FnOnce(&Self) -> Option<Effect>) -> Effects {
        match &self.members {
            Some(members) if members.may_change => page(self).into_iter().collect(),
            Some(_) => vec![Effect::Say(NOT_YOURS.to_owned())],
            None => Vec::new(),
        }
    }

    fn about(&self, kind: fn(Person) -> Kind) -> Option<Effect> {
        self.selected().map(|listed| asks(kind(listed.person.clone())))
    }

    /// What can be done, for whoever does not know the keys.
    fn enter(&self) -> Effects {
        let Some(name) = self.selected().map(|listed| listed.person.name.one_line()) else {
            return Vec::new();
        };
        let answer = |text: &str, action| Answer { text: text.to_owned(), effect: Effect::Act(action) };
        let answers = vec![
            answer("Change what they may do", Action::Edit),
            answer("Remove them", Action::Remove),
            answer("Admit somebody else", Action::Add),
            answer("Change your own passphrase", Action::Passphrase),
            answer("Make another recovery key", Action::RecoveryKey),
        ];
        vec![Layer::Choice(Choice::new(name, answers)).open()]
    }
}

fn asks(kind: Kind) -> Effect {
    Layer::Asking(Asking::new(kind)).open()
}

impl Surface for People {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::People, Scope::Choosing, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        "People".to_owned()
    }

    fn list_mut(&mut self) -> Option<&mut ListState> {
        Some(&mut self.list)
    }

    fn is_ready(&self) -> bool {
        self.members.is_some()
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        vec![Effect::Ask(Request::Members)]
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        if let Some(step) = step(action) {
            self.list.shift(step, self.height);
            return Vec::new();
        }
        match action {
            Action::Enter => self.enter(),
            Action::Add => self.changes(|_| Some(asks(Kind::Add))),
            Action::Edit => self.changes(|people| match people.selected()?.person.right {
                Right::Senior => Some(Effect::Say(A_SENIOR_STAYS.to_owned())),
                Right::Lead | Right::Deputy | Right::Reader => people.about(Kind::ChangeRight),
            }),
            Action::Remove => self.changes(|people| people.about(Kind::Remove)),
            Action::Passphrase => vec![asks(Kind::Passphrase)],
            Action::RecoveryKey => self.changes(|people| {
                people.members.as_ref().map(|members| RecoveryPage::open(members.has_recovery_key))
            }),
            Action::Back => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Members(members) => self.told(members),
            Reply::Failed(sentence) => {
                self.members.get_or_insert_default();
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
