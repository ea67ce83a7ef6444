//! "Is a child in danger now?" (R1), over a concern before anything else of it: 999 large and first, what to say, and
//! the answer with its time in one key. From yes to no it is a form: how is it known that it is over?
//!
//! When it is asked is the concern screen's; that the answer changes how urgent a concern is, is the record's.

mod view;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Layer;
use super::concern::head;
use super::form::{Calling, Form, FormKind, Given};
use crate::cabinet::table::concern::Concern;
use crate::desk::answer::Subject;
use crate::desk::{Act, Reply, Request};
use crate::domain::decision::{Danger, Decision, DecisionKind};
use crate::domain::emergency;
use crate::domain::ids::ConcernId;
use crate::domain::moment::Moment;
use crate::domain::text::Text;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};

pub struct DangerScreen {
    pub concern: ConcernId,
    whole: Option<Box<Concern>>,
    /// Why it could not be read.
    failed: Option<String>,
    /// The answer that is being recorded.
    recording: Option<Danger>,
}

impl DangerScreen {
    pub fn new(concern: ConcernId) -> Self {
        Self { concern, whole: None, failed: None, recording: None }
    }

    /// It is recorded at once, with the minute of the key; but that danger is over, with how it is known.
    fn answer(&mut self, cx: &Cx, in_danger: bool) -> Effects {
        let Some(whole) = self.whole.as_deref() else { return Vec::new() };
        if !in_danger && head::is_in_danger(whole) {
            let (kind, given) = (DecisionKind::Danger, Given::default());
            let form = Form::new(FormKind::Decision { concern: self.concern, kind, given });
            return vec![Effect::Replace(Box::new(Layer::Form(form)))];
        }
        let at = Moment::At(cx.now);
        let danger = Danger { in_danger, at: at.writable().unwrap_or(at), said: Text::default() };
        self.recording = Some(danger.clone());
        let act = Act::Decide { concern: self.concern, decision: Decision::Danger(danger) };
        vec![Effect::Ask(Request::Act { act, draft: None })]
    }

    /// After a yes comes the call, and a form for what is said on it.
    fn recorded(&mut self, cx: &Cx) -> Effects {
        match self.recording.take() {
            Some(danger) if danger.in_danger => vec![
                Effect::Replace(Box::new(Layer::Form(Form::new(self.call(cx))))),
                Effect::Say(format!("Recorded: in danger. Ring {} now.", emergency::NUMBER)),
            ],
            Some(_) => vec![Effect::Close, Effect::Say("Recorded: nobody is in danger now.".to_owned())],
            None => Vec::new(),
        }
    }

    fn call(&self, cx: &Cx) -> FormKind {
        let calling = Calling {
            contact: None,
            whom: Text::from(emergency::SERVICE),
            number: Text::from(emergency::NUMBER),
            begun: cx.now,
        };
        FormKind::Call { subject: Some(Subject::Concern(self.concern)), calling }
    }

    fn could_not(&mut self, sentence: String) -> Effects {
        self.recording = None;
        if self.whole.is_some() {
            return vec![Effect::Say(sentence)];
        }
        self.failed = Some(sentence);
        Vec::new()
    }
}

impl Surface for DangerScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Danger]
    }

    fn title(&self, _cx: &Cx) -> String {
        format!("Concern {}: in danger now?", self.concern)
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        vec![Effect::Ask(Request::Concern(self.concern))]
    }

    /// A second key must not record a second answer.
    fn is_ready(&self) -> bool {
        (self.whole.is_some() || self.failed.is_some()) && self.recording.is_none()
    }

    fn act(&mut self, cx: &Cx, action: Action) -> Effects {
        match action {
            Action::Yes => self.answer(cx, true),
            Action::No => self.answer(cx, false),
            Action::Back => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Concern(concern) if concern.row.concern == self.concern => {
                (self.whole, self.failed) = (Some(concern), None);
                Vec::new()
            }
            Reply::Saved(_) => self.recorded(cx),
            // It is for others from now on: nothing of it stays on the screen.
            Reply::Restricted { concern, sentences } if concern == self.concern => {
                (self.whole, self.recording, self.failed) = (None, None, Some(sentences));
                Vec::new()
            }
            Reply::Failed(sentence) => self.could_not(sentence),
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        view::draw(self, cx, frame, area);
    }
}

#[cfg(test)]
mod tests;
