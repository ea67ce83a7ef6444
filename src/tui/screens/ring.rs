//! Whom to ring, over whatever is open: the number, whose it is, until when they are there, and the chain below it.
//!
//! Which number that is, the desk says; here it is shown, rung, and written down that nobody answered. What the question
//! lacks is asked here, each answer one key.

mod asked;
mod calls;
#[cfg(test)]
mod tests;
mod view;

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::Rect;

use super::confirm::{self, Confirm};
use super::contact::{ContactScreen, copied};
use super::{Layer, step};
use crate::cabinet::table::call::LooseCall;
use crate::desk::answer::Subject;
use crate::desk::ringing::Ringing;
use crate::desk::{Reply, Request};
use crate::domain::ids::ContactId;
use crate::domain::routing::{Question, Route, Step, Whom};
use crate::domain::text::Text;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cover, Cx, Effect, Effects, Surface, Typed};
use crate::tui::widgets::list::ListState;
use asked::Asks;
use calls::Recording;

pub struct Ring {
    /// What the call is about; none where it is about nothing yet.
    pub subject: Option<Subject>,
    /// What is being typed and not recorded says more than the desk knows.
    told: Option<Told>,
    ringing: Option<Ringing>,
    /// The question to which the answer has not come.
    wanted: Option<Question>,
    asks: Option<Asks>,
    /// Where the child lives was asked and is not known: everybody is listed.
    area_is_unknown: bool,
    /// What is being recorded.
    recording: Option<Recording>,
    /// Whom she is ringing in the form above.
    calling: Option<(Option<ContactId>, Text)>,
    loose: Vec<LooseCall>,
    /// Where something is written and not recorded.
    written: Vec<String>,
    failed: Option<String>,
    list: ListState,
}

/// A report that is being typed, as far as it is.
pub struct Told {
    pub question: Question,
    /// Nothing of it may be recorded here: it is for few, or for the senior cabinet, and the report itself goes there.
    pub is_for_few: bool,
}

impl Ring {
    pub fn new(subject: Option<Subject>) -> Self {
        Self {
            subject,
            told: None,
            ringing: None,
            wanted: None,
            asks: None,
            area_is_unknown: false,
            recording: None,
            calling: None,
            loose: Vec::new(),
            written: Vec::new(),
            failed: None,
            list: ListState::default(),
        }
    }

    /// For a report that is being typed.
    pub fn told(told: Told) -> Self {
        Self { told: Some(told), ..Self::new(None) }
    }

    fn question(&self) -> Option<&Question> {
        self.ringing.as_ref().map(|ringing| &ringing.question)
    }

    fn steps(&self) -> &[Step] {
        self.ringing.as_ref().map_or(&[], |ringing| &ringing.route.steps)
    }

    fn step(&self) -> Option<&Step> {
        self.steps().get(self.list.selected()?)
    }

    /// What is asked before anybody is rung. Where the child lives decides; in danger nothing is asked.
    fn asks(&self) -> Option<Asks> {
        let needs_area = self.ringing.as_ref().is_some_and(|ringing| {
            ringing.route.needs_area && !ringing.question.danger && !self.area_is_unknown
        });
        self.asks.or(needs_area.then_some(Asks::Area))
    }

    /// The same question with something else in it.
    fn ask(&mut self, change: impl FnOnce(&mut Question)) -> Effects {
        let Some(mut question) = self.wanted.clone().or_else(|| self.question().cloned()) else {
            return Vec::new();
        };
        change(&mut question);
        self.wanted = Some(question.clone());
        vec![Effect::Ask(Request::Ring(Box::new(question)))]
    }

    fn arrived(&mut self, ringing: Ringing) -> Effects {
        self.failed = None;
        if let Some(known) = &mut self.ringing {
            // What she has asked stands; what is known of it may be more by now.
            (known.whom, known.tried, known.doubts) = (ringing.whom, ringing.tried, ringing.doubts);
            return Vec::new();
        }
        self.list.resize(ringing.route.steps.len());
        self.ringing = Some(ringing);
        match self.told.as_ref().map(|told| told.question.clone()) {
            Some(told) => self.ask(|question| *question = Question { at: question.at, ..told }),
            None => Vec::new(),
        }
    }

    /// An answer to what is not asked any more is late. Rows move as services open and close: she stays with whom she
    /// was about to ring, and is at the top again where she has asked something else.
    fn rerouted(&mut self, question: Question, route: Route) {
        if self.wanted.as_ref().is_some_and(|wanted| *wanted != question) {
            return;
        }
        self.wanted = None;
        let Some(ringing) = &mut self.ringing else { return };
        let is_other = Question { at: question.at, ..ringing.question.clone() } != question;
        let stood = self.list.selected().and_then(|row| ringing.route.steps.get(row)).map(known_by);
        let row = route.steps.iter().position(|step| !is_other && Some(known_by(step)) == stood);
        self.list.resize(route.steps.len());
        self.list.select(row.unwrap_or(0));
        (ringing.question, ringing.route) = (question, route);
    }

    fn answer(&mut self, asks: Asks, digit: u32) -> Effects {
        if asks == Asks::Area && digit == 0 {
            self.asks = None;
            self.area_is_unknown = true;
            return self.ask(|question| question.area = None);
        }
        if !asks.has(digit) {
            return say("That digit is none of the answers.");
        }
        self.asks = None;
        self.ask(|question| asks.answer(digit, question))
    }

    /// Nothing is done with a row that is not on the screen.
    fn on_step(&mut self, cx: &Cx, action: Action) -> Effects {
        if self.asks().is_some() {
            return say("One key answers the question first; Esc goes back.");
        }
        match action {
            Action::Enter => self.call(cx),
            Action::NoAnswer => self.no_answer(cx),
            Action::Check => self.check_number(),
            Action::Copy => self.copy(),
            _ => self.open_contact(),
        }
    }

    fn open_contact(&self) -> Effects {
        match self.step().and_then(contact_of) {
            Some(contact) => vec![Layer::Contact(ContactScreen::new(contact)).open()],
            None => say("999 is part of the program and not in the book."),
        }
    }

    fn copy(&self) -> Effects {
        let number = self.step().and_then(|step| step.number.as_ref()).map(Text::one_line);
        number.map_or_else(|| say("There is no number to copy."), copied)
    }

    /// Danger is one key. That there is none any more is said twice.
    fn turn_danger(&mut self) -> Effects {
        if !self.question().is_some_and(|question| question.danger) {
            return self.ask(|question| question.danger = true);
        }
        let question = confirm::Question {
            heading: "Is the danger over?".to_owned(),
            text: "999 then stands at the end, for where nobody answers and it cannot wait.".to_owned(),
            harmless: "Still in danger",
            other: "Nobody is in danger now",
            effects: vec![Effect::Confirmed],
        };
        vec![Layer::Confirm(Confirm::new(question)).open()]
    }

    /// All that may have changed meanwhile.
    fn again(&mut self) -> Effects {
        let about = [Request::RingAbout(self.subject), Request::Drafts, Request::LooseCalls];
        let mut effects: Effects = about.into_iter().map(Effect::Ask).collect();
        if self.ringing.is_some() {
            effects.extend(self.ask(|_| {}));
        }
        effects
    }

    fn failed(&mut self, sentence: String) -> Effects {
        (self.wanted, self.recording) = (None, None);
        if self.ringing.is_some() {
            return vec![Effect::Say(sentence)];
        }
        self.failed = Some(sentence);
        Vec::new()
    }
}

/// By which a row is known again when the rows have moved.
fn known_by(step: &Step) -> (Whom, Option<Text>) {
    (step.whom, step.number.clone())
}

fn contact_of(step: &Step) -> Option<ContactId> {
    match step.whom {
        Whom::Emergency => None,
        Whom::Contact(contact) => Some(contact),
    }
}

fn say(sentence: &str) -> Effects {
    vec![Effect::Say(sentence.to_owned())]
}

impl Surface for Ring {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Ring]
    }

    fn title(&self, _cx: &Cx) -> String {
        "Whom to ring".to_owned()
    }

    /// A key that is faster than the desk must not meet the answer to another question.
    fn is_ready(&self) -> bool {
        (self.ringing.is_some() && self.wanted.is_none()) || self.failed.is_some()
    }

    fn list_mut(&mut self) -> Option<&mut ListState> {
        Some(&mut self.list)
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        self.again()
    }

    /// The answer to what is asked is one key.
    fn typed(&mut self, _cx: &Cx, key: KeyEvent) -> Typed {
        let digit = match key.code {
            KeyCode::Char(c) if key.modifiers == KeyModifiers::NONE => c.to_digit(10),
            _ => None,
        };
        match digit.zip(self.asks()) {
            Some((digit, asks)) => Typed::Taken(self.answer(asks, digit)),
            None => Typed::NotText,
        }
    }

    fn act(&mut self, cx: &Cx, action: Action) -> Effects {
        if let Some(step) = step(action) {
            self.list.shift(step, self.list.total());
            return Vec::new();
        }
        match action {
            Action::Back if self.asks.take().is_some() => Vec::new(),
            Action::Back => vec![Effect::Close],
            Action::Enter | Action::NoAnswer | Action::Check | Action::Copy | Action::OpenContact => {
                self.on_step(cx, action)
            }
            Action::Danger => self.turn_danger(),
            Action::Area => {
                self.asks = Some(Asks::Area);
                Vec::new()
            }
            Action::Whom => {
                self.asks = Some(Asks::Whom);
                Vec::new()
            }
            Action::Purpose => {
                self.asks = Some(Asks::Purpose);
                Vec::new()
            }
            Action::LooseCalls => self.loose_calls(cx),
            _ => Vec::new(),
        }
    }

    fn confirmed(&mut self, _cx: &Cx) -> Effects {
        self.ask(|question| question.danger = false)
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Ringing(ringing) => return self.arrived(*ringing),
            Reply::Route(answer) => {
                let (question, route) = *answer;
                self.rerouted(question, route);
            }
            Reply::LooseCalls(loose) => self.loose = loose,
            Reply::Drafts(drafts) => self.written = drafts.into_iter().map(|draft| draft.slot).collect(),
            Reply::Saved(_) => return self.saved(),
            Reply::Restricted { sentences, .. } => {
                // It is for others from now on: nothing of it stays on the screen.
                (self.ringing, self.wanted, self.recording) = (None, None, None);
                self.failed = Some(sentences);
            }
            Reply::Failed(sentence) => return self.failed(sentence),
            _ => {}
        }
        Vec::new()
    }

    /// Who closes or opens while the screen is open is said to.
    fn tick(&mut self, cx: &Cx) -> Effects {
        let minute = |at: DateTime<Utc>| at.duration_trunc(TimeDelta::minutes(1)).ok();
        match self.question() {
            Some(question) if self.wanted.is_none() && minute(question.at) != minute(cx.now) => {
                self.ask(|question| question.at = cx.now)
            }
            Some(_) | None => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        view::draw(self, cx, frame, area);
    }

    fn cover(&self) -> Cover {
        Cover::Over
    }
}
