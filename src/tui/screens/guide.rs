//! "What next?": the steps of one concern, the next one selected, each answered from here with one key.
//!
//! Which steps there are and how they stand is [`guide`]'s; what answers one is a form or a screen
//! of its own.

mod view;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::closing;
use super::concern::unfinished::{self, Draft};
use super::concern::{decided, keys, signing};
use super::danger::DangerScreen;
use super::due;
use super::form::{Form, FormKind};
use super::reading::Reading;
use super::ring::Ring;
use super::{Layer, step};
use crate::cabinet::table::concern::Concern;
use crate::cabinet::table::follow_up::Due;
use crate::desk::answer::Subject;
use crate::desk::{Reply, Request};
use crate::domain::decision::DecisionKind;
use crate::domain::discovery::MUTILATION;
use crate::domain::guide::{self, Opens, Stands, Step};
use crate::domain::ids::ConcernId;
use crate::domain::part2::SectionKind;
use crate::domain::text::Text;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface, Typed};
use crate::tui::widgets::list::ListState;

pub struct GuideScreen {
    pub concern: ConcernId,
    whole: Option<Box<Concern>>,
    /// What it is about, for what to look for.
    categories: Vec<Text>,
    steps: Vec<Step>,
    /// Why it could not be read.
    failed: Option<String>,
    /// The step for which something was opened: once it is answered, the next one is selected.
    answering: Option<Opens>,
    /// What is written on the concern and not recorded.
    drafts: Vec<Draft>,
    list: ListState,
}

impl GuideScreen {
    pub fn new(concern: ConcernId) -> Self {
        Self {
            concern,
            whole: None,
            categories: Vec::new(),
            steps: Vec::new(),
            failed: None,
            answering: None,
            drafts: Vec::new(),
            list: ListState::default(),
        }
    }

    fn loaded(&mut self, cx: &Cx, concern: Box<Concern>) {
        let stood = self.selected().map(|step| step.opens);
        let case = concern.case();
        self.steps = guide::steps(&case, cx.now);
        self.categories = case.categories().to_vec();
        (self.whole, self.failed) = (Some(concern), None);
        self.list.resize(self.steps.len());
        let at = |opens| self.steps.iter().position(|step| step.opens == opens);
        let is_open = |place: &usize| self.steps.get(*place).is_some_and(|step| step.stands != Stands::Done);
        let row = match (self.answering, stood) {
            (Some(answering), _) => at(answering).filter(is_open),
            (None, stood) => stood.and_then(at),
        };
        if row.is_none() {
            self.answering = None;
        }
        self.list.select(row.or_else(|| guide::next(&self.steps)).unwrap_or(0));
    }

    fn selected(&self) -> Option<&Step> {
        self.steps.get(self.list.selected()?)
    }

    fn answer(&mut self, opens: Opens) -> Effects {
        let Some(concern) = self.whole.as_deref() else { return Vec::new() };
        self.answering = Some(opens);
        let opened = match opens {
            Opens::Danger => Layer::Danger(DangerScreen::new(self.concern)).open(),
            Opens::Decision(kind) => decided::form(concern, kind),
            Opens::PartOf(position) => decided::part_of(concern, position),
            Opens::BabyReferred => decided::form(concern, DecisionKind::Course),
            Opens::Police => match concern.due.iter().find(|due| is_of_police(due)) {
                Some(due) => due::answer(due),
                None => Effect::Say(NOT_DUE.to_owned()),
            },
            Opens::OnRollSchool(place) => decided::with_the_school(concern, place),
            Opens::Lado => Layer::Ring(Ring::new(Some(Subject::Concern(self.concern)))).open(),
            Opens::Section(SectionKind::Signed) => {
                return signing::sign(concern, &unfinished::sections(&self.drafts));
            }
            Opens::Closing => return closing::turn(concern),
            Opens::Section(section) => {
                Layer::Form(Form::new(FormKind::Section { concern: self.concern, section })).open()
            }
        };
        vec![opened]
    }

    /// The step that a key of the concern answers: the first of several that is open.
    fn of_action(&self, action: Action) -> Option<Opens> {
        let of_key = || self.steps.iter().filter(|step| action_of(step.opens) == Some(action));
        of_key().find(|step| step.stands != Stands::Done).or_else(|| of_key().next()).map(|step| step.opens)
    }

    fn explain(&self) -> Effects {
        let Some(step) = self.selected() else { return Vec::new() };
        let text = view::in_full(step, &self.categories);
        vec![Layer::Reading(Reading::new(step.asks.clone(), text)).open()]
    }
}

/// Where nothing runs that could be answered.
const NOT_DUE: &str = "Nothing is due of the police here. Say first whether it is known.";

fn is_of_police(due: &Due) -> bool {
    !due.is_settled && due.set.deadline.as_str() == MUTILATION
}

/// The action by which the same is answered on the concern; none where that has no key of its own.
fn action_of(opens: Opens) -> Option<Action> {
    match opens {
        Opens::Danger => Some(Action::Danger),
        Opens::Decision(kind) => decided::action(kind),
        Opens::PartOf(_) => Some(Action::PartOfChild),
        Opens::Section(section) => Some(keys::writes(section)),
        Opens::BabyReferred => Some(Action::Course),
        Opens::Police => None,
        Opens::OnRollSchool(_) => Some(Action::Sharing),
        Opens::Lado => Some(Action::Ring),
        Opens::Closing => Some(Action::CloseConcern),
    }
}

impl Surface for GuideScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Guide, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        format!("Concern {}: what next?", self.concern)
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        vec![Effect::Ask(Request::Concern(self.concern)), Effect::Ask(Request::Drafts)]
    }

    fn is_ready(&self) -> bool {
        self.whole.is_some() || self.failed.is_some()
    }

    fn list_mut(&mut self) -> Option<&mut ListState> {
        Some(&mut self.list)
    }

    /// A step's own key is that of the concern, wherever somebody has moved it to.
    fn typed(&mut self, cx: &Cx, key: KeyEvent) -> Typed {
        let action = cx.keymap.action(&[Scope::Concern], &key);
        match action.and_then(|action| self.of_action(action)) {
            Some(opens) => Typed::Taken(self.answer(opens)),
            None => Typed::NotText,
        }
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        if let Some(step) = step(action) {
            self.list.shift(step, self.list.total());
            self.answering = None;
            return Vec::new();
        }
        match action {
            Action::Enter => match self.selected().map(|step| step.opens) {
                Some(opens) => self.answer(opens),
                None => Vec::new(),
            },
            Action::Explain => self.explain(),
            Action::Back => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Concern(concern) if concern.row.concern == self.concern => self.loaded(cx, concern),
            Reply::Drafts(drafts) => self.drafts = unfinished::of(self.concern, &drafts),
            // It is for others from now on: nothing of it stays on the screen.
            Reply::Restricted { concern, sentences } if concern == self.concern => {
                *self = Self { failed: Some(sentences), ..Self::new(concern) };
            }
            Reply::Failed(sentence) if self.whole.is_some() => return vec![Effect::Say(sentence)],
            Reply::Failed(sentence) => self.failed = Some(sentence),
            _ => {}
        }
        Vec::new()
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        view::draw(self, cx, frame, area);
    }
}

#[cfg(test)]
mod tests;
