//! What is due: overdue, today, coming; of concerns and of children, and what becomes of each.
//!
//! Whom to ring when nobody answers is the ladder's (`domain::escalation`); here the rung that was tried is chosen, and
//! the form of the attempt opens.

pub(super) mod setting;
mod view;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Layer;
use super::browse::{Browse, Browsing, Listing, Rest};
use super::child::ChildScreen;
use super::choice::{Answer, Choice};
use super::concern::ConcernScreen;
use super::form::{Form, FormKind, Moving, StepKind};
use super::reading::Reading;
use crate::cabinet::table::follow_up::{Due, Order};
use crate::desk::answer::{DueList, Subject};
use crate::desk::request::Window;
use crate::desk::{Reply, Request};
use crate::domain::clocks;
use crate::domain::escalation::{self, Rung};
use crate::domain::ids::FollowUpId;
use crate::domain::text::Text;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};

pub struct DueScreen {
    list: Browse<Order>,
    /// Of all there are, however the list is narrowed.
    overdue: u64,
    today: u64,
}

impl Listing for Order {
    type Row = Due;
    type Id = FollowUpId;

    fn id(due: &Due) -> FollowUpId {
        due.id
    }

    fn request(&self, narrow: String, window: Window) -> Request {
        Request::Due { order: *self, narrow, window }
    }
}

impl Default for DueScreen {
    fn default() -> Self {
        Self { list: Browse::new(Order::ByTime, Rest::First), overdue: 0, today: 0 }
    }
}

impl DueScreen {
    /// Whom the selected one is about.
    pub fn selected(&self) -> Option<Subject> {
        self.list.selected().map(|due| due.subject)
    }

    fn arrived(&mut self, due: DueList) -> Effects {
        (self.overdue, self.today) = (due.overdue, due.today);
        self.list.arrived(due.page)
    }

    fn open(&self) -> Effects {
        let layer = self.selected().map(|subject| match subject {
            Subject::Concern(concern) => Layer::Concern(ConcernScreen::new(concern)),
            Subject::Child(child) => Layer::Child(ChildScreen::new(child, None)),
        });
        layer.map(Layer::open).into_iter().collect()
    }

    fn step(&self, kind: StepKind) -> Effects {
        let form = |due: &Due| step(due, kind, due.set.who.clone(), 0);
        self.list.selected().map(form).into_iter().collect()
    }

    fn explain(&self, cx: &Cx) -> Effects {
        let Some(due) = self.list.selected() else { return Vec::new() };
        let text: Vec<String> = view::paragraphs(due, cx).into_iter().map(|(text, _)| text).collect();
        vec![Layer::Reading(Reading::new("What is due".to_owned(), text.join("\n\n"))).open()]
    }

    /// Where there is a ladder, it is asked which rung was tried; the mark is on the next.
    fn tried(&self) -> Effects {
        let Some(due) = self.list.selected() else { return Vec::new() };
        let ladder = escalation::ladder_of(&clocks::owed_by(&due.set));
        if ladder.is_empty() {
            return vec![step(due, StepKind::Tried, Text::default(), 0)];
        }
        let rung = |rung: &Rung| Answer {
            text: format!("{}  {}", rung.step, rung.whom),
            effect: step(
                due,
                StepKind::Tried,
                Text::from(rung.whom.as_str()),
                u32::try_from(rung.step).unwrap_or(0),
            ),
        };
        let other = Answer {
            text: "-  somebody else".to_owned(),
            effect: step(due, StepKind::Tried, Text::default(), 0),
        };
        let answers: Vec<Answer> = ladder.iter().map(rung).chain([other]).collect();
        let next = usize::try_from(due.rung).unwrap_or_default().min(ladder.len());
        vec![Layer::Choice(Choice::new("Whom did you try?".to_owned(), answers).at(next)).open()]
    }
}

/// The form for the answer to something due.
pub(super) fn answer(due: &Due) -> Effect {
    step(due, StepKind::Answered, due.set.who.clone(), 0)
}

/// The form for what becomes of something due.
fn step(due: &Due, kind: StepKind, whom: Text, rung: u32) -> Effect {
    let moving = Moving {
        follow_up: due.id,
        subject: due.subject,
        what: due.set.what.clone(),
        whom,
        rung,
        latest: due.set.latest,
    };
    Layer::Form(Form::new(FormKind::Step { moving, kind })).open()
}

impl Surface for DueScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Due, Scope::List, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        "Due".to_owned()
    }

    fn browsing(&mut self) -> Option<&mut dyn Browsing> {
        Some(&mut self.list)
    }

    fn act(&mut self, cx: &Cx, action: Action) -> Effects {
        self.list.act(action).unwrap_or_else(|| match action {
            Action::Enter => self.open(),
            Action::Explain => self.explain(cx),
            Action::Order => self.list.turn_to(self.list.listing().next()),
            Action::Answered => self.step(StepKind::Answered),
            Action::NoAnswer => self.tried(),
            Action::PutOff => self.step(StepKind::Postponed),
            Action::Drop => self.step(StepKind::Dropped),
            Action::FollowUp => self.selected().map(setting::which).into_iter().collect(),
            Action::Back => vec![Effect::Close],
            _ => Vec::new(),
        })
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Due(due) => self.arrived(due),
            Reply::Failed(sentence) => self.list.failed(sentence),
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        view::draw(self, cx, frame, area);
    }
}

#[cfg(test)]
mod tests;
