//! What is missing before a concern is closed: each gap with its rule, and what mends it. What is left is closed without,
//! with a reason for each, in the form that comes after.
//!
//! What a gap is, `domain::closing` knows. Here is also how a concern is reopened, and how it is referred again.

mod view;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::danger::DangerScreen;
use super::form::{Form, FormKind, Given};
use super::{Layer, due, step};
use crate::cabinet::table::concern::Concern;
use crate::desk::{Reply, Request};
use crate::domain::closing::{Gap, Mend, Written};
use crate::domain::decision::DecisionKind;
use crate::domain::field::CorrectedField;
use crate::domain::ids::ConcernId;
use crate::domain::text::Text;
use crate::domain::triage::State;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};
use crate::tui::screens::concern::{decided, part1};
use crate::tui::widgets::outline::OutlineState;

pub struct Closing {
    pub concern: ConcernId,
    whole: Option<Box<Concern>>,
    /// As the record stands, read anew whenever something was mended.
    gaps: Vec<Gap>,
    /// Why it could not be read.
    failed: Option<String>,
    list: OutlineState,
}

/// Closes an open concern, by way of what is missing where something is; reopens a closed one.
pub(super) fn turn(concern: &Concern) -> Effects {
    let id = concern.row.concern;
    if concern.row.state == State::Closed {
        return vec![decide(id, DecisionKind::Reopened, Given::default())];
    }
    match concern.missing().as_slice() {
        [] => vec![decide(id, DecisionKind::Closed, Given::default())],
        _ => vec![Layer::Closing(Closing::new(id)).open()],
    }
}

/// The reasons are asked once: those of the referral are why a closed concern is reopened (R21).
pub(super) fn refer_again(concern: &Concern) -> Effects {
    let mut effects =
        vec![decide(concern.row.concern, DecisionKind::Course, Given::referral(concern.about()))];
    if concern.row.state == State::Closed {
        effects.push(Effect::Say("This concern is closed. Recording a referral reopens it.".to_owned()));
    }
    effects
}

fn decide(concern: ConcernId, kind: DecisionKind, given: Given) -> Effect {
    form(FormKind::Decision { concern, kind, given })
}

fn form(kind: FormKind) -> Effect {
    Layer::Form(Form::new(kind)).open()
}

impl Closing {
    pub fn new(concern: ConcernId) -> Self {
        let list = OutlineState::default();
        Self { concern, whole: None, gaps: Vec::new(), failed: None, list }
    }

    /// It was closed in the form over this, or at another desk: there is nothing to mend any more.
    fn loaded(&mut self, concern: Box<Concern>) -> Effects {
        if concern.row.state == State::Closed {
            return vec![Effect::Close];
        }
        self.gaps = concern.missing();
        self.list.select(self.list.selected().min(self.gaps.len().saturating_sub(1)));
        self.whole = Some(concern);
        self.failed = None;
        Vec::new()
    }

    fn mend(&self) -> Effects {
        let (Some(concern), Some(gap)) = (self.whole.as_deref(), self.gaps.get(self.list.selected())) else {
            return Vec::new();
        };
        match &gap.mend {
            Mend::Section(section) => {
                vec![form(FormKind::Section { concern: self.concern, section: *section })]
            }
            Mend::Correct(written) => correct(concern, *written).into_iter().collect(),
            Mend::Decide(DecisionKind::Danger) => vec![Layer::Danger(DangerScreen::new(self.concern)).open()],
            Mend::Decide(kind) => vec![decided::form(concern, *kind)],
            Mend::PartOf(position) => vec![decided::part_of(concern, *position)],
            Mend::Tell(school) => {
                let schools = concern.case().schools_elsewhere();
                let place = schools.iter().position(|known| known == school).unwrap_or_default();
                vec![decided::with_the_school(concern, place)]
            }
            Mend::Answer(id) => {
                concern.due.iter().find(|due| due.id == *id).map(due::answer).into_iter().collect()
            }
        }
    }

    fn close(&self) -> Effects {
        match &self.whole {
            Some(_) => vec![decide(self.concern, DecisionKind::Closed, Given::gaps(&self.gaps))],
            None => Vec::new(),
        }
    }
}

/// The form that puts right what is written, with the words that stand there now.
fn correct(concern: &Concern, written: Written) -> Option<Effect> {
    let (corrects, field, first) = match written {
        Written::Part1(of) => {
            let field = CorrectedField::Part1(of);
            let fields = part1::fields(concern);
            let text = fields.into_iter().find(|known| known.name.as_ref() == Some(&field))?.text;
            (concern.seq, field, text.unwrap_or_default())
        }
        Written::Section(place) => {
            let (line, section) = concern.sections().nth(place)?;
            (line.seq, CorrectedField::Section(section.kind()), Text::from(section.sentence()))
        }
    };
    let latest = concern.corrections(corrects, &field).last().map(|found| found.instead.clone());
    let was = latest.unwrap_or(first);
    Some(form(FormKind::Correct { concern: concern.row.concern, corrects, field, was }))
}

impl Surface for Closing {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Closing, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        format!("Close concern {}", self.concern)
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        vec![Effect::Ask(Request::Concern(self.concern))]
    }

    fn is_ready(&self) -> bool {
        self.whole.is_some() || self.failed.is_some()
    }

    fn act(&mut self, cx: &Cx, action: Action) -> Effects {
        if let Some(step) = step(action) {
            let pieces = view::pieces(&self.gaps, self.list.width(), cx);
            self.list.shift(step, &pieces);
            return Vec::new();
        }
        match action {
            Action::Enter => self.mend(),
            Action::CloseConcern => self.close(),
            Action::ReferAgain => self.whole.as_deref().map_or_else(Vec::new, refer_again),
            Action::Back => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Concern(concern) if concern.row.concern == self.concern => return self.loaded(concern),
            // It is for others from now on: nothing of it stays on the screen.
            Reply::Restricted { concern, sentences } if concern == self.concern => {
                *self = Self { failed: Some(sentences), ..Self::new(self.concern) };
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
