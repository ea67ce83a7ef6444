//! Whom to ring, over whatever is open: the number, whose it is, until when they are there, and the chain below it.
//!
//! Which number that is, the desk says; here it is shown, rung, and written down that nobody answered.

#[cfg(test)]
mod tests;
mod view;

use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::Rect;

use super::choice::{Answer, Choice};
use super::contact::ContactScreen;
use super::form::{Calling, Form, FormKind};
use super::{Layer, step};
use crate::cabinet::table::call::LooseCall;
use crate::desk::answer::Subject;
use crate::desk::ringing::Ringing;
use crate::desk::{Act, Reply, Request};
use crate::domain::area::Area;
use crate::domain::call::Tried;
use crate::domain::entry::Entry;
use crate::domain::ids::ContactId;
use crate::domain::moment::{Moment, spoken_minute};
use crate::domain::routing::{About, Purpose, Question, Route, Step, Whom};
use crate::domain::text::Text;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cover, Cx, Effect, Effects, Surface, Typed};
use crate::tui::widgets::list::ListState;

pub struct Ring {
    /// What the call is about; none where it is about nothing yet.
    pub subject: Option<Subject>,
    /// What is being typed and not recorded says more than the desk knows.
    told: Option<Question>,
    ringing: Option<Ringing>,
    /// Where the child lives was asked and is not known: everybody is listed.
    area_is_unknown: bool,
    /// Whom she has rung in vain since the screen was opened.
    tried: Vec<(Whom, Text)>,
    loose: Vec<LooseCall>,
    failed: Option<String>,
    list: ListState,
}

impl Ring {
    pub fn new(subject: Option<Subject>) -> Self {
        Self {
            subject,
            told: None,
            ringing: None,
            area_is_unknown: false,
            tried: Vec::new(),
            loose: Vec::new(),
            failed: None,
            list: ListState::default(),
        }
    }

    /// For a report that is being typed.
    pub fn told(question: Question) -> Self {
        Self { told: Some(question), ..Self::new(None) }
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

    /// Where the child lives decides and is not known: that is asked before anybody is rung.
    fn asks_for_area(&self) -> bool {
        let needs = self.ringing.as_ref().is_some_and(|ringing| ringing.route.needs_area);
        needs && !self.area_is_unknown
    }

    /// The same question with something else in it.
    fn ask(&mut self, change: impl FnOnce(&mut Question)) -> Effects {
        let Some(ringing) = &mut self.ringing else { return Vec::new() };
        change(&mut ringing.question);
        self.list.select(0);
        vec![Effect::Ask(Request::Ring(Box::new(ringing.question.clone())))]
    }

    fn arrived(&mut self, ringing: Ringing) -> Effects {
        self.failed = None;
        self.list.resize(ringing.route.steps.len());
        self.ringing = Some(ringing);
        match self.told.take() {
            Some(told) => self.ask(|question| *question = Question { at: question.at, ..told }),
            None => Vec::new(),
        }
    }

    fn rerouted(&mut self, route: Route) {
        self.list.resize(route.steps.len());
        if let Some(ringing) = &mut self.ringing {
            ringing.route = route;
        }
    }

    fn answer_area(&mut self, digit: u32) -> Effects {
        if digit == 0 {
            self.area_is_unknown = true;
            return Vec::new();
        }
        let place = usize::try_from(digit - 1).unwrap_or(usize::MAX);
        match Area::all().get(place).cloned() {
            Some(area) => self.ask(|question| question.area = Some(area)),
            None => Vec::new(),
        }
    }

    /// The clock starts: an advice entry opens with all that is known filled in, and the number stays in view.
    fn call(&self, cx: &Cx) -> Effects {
        let Some(step) = self.step() else { return Vec::new() };
        let Some(number) = step.number.clone() else {
            return say("The book has no number for them. Press o to open the contact, and put one in.");
        };
        let calling =
            Calling { contact: contact_of(step), whom: called(step), number, begun: cx.now, over_ring: true };
        let kind = FormKind::Call { subject: self.subject, calling };
        vec![Layer::Form(Form::new(kind)).open()]
    }

    /// It is recorded at once, and the next in the chain comes up.
    fn no_answer(&mut self, cx: &Cx) -> Effects {
        let Some(step) = self.step() else { return Vec::new() };
        let Some(number) = step.number.clone() else {
            return say("There is no number that could have been rung.");
        };
        let at = Moment::At(cx.now).writable().unwrap_or(Moment::At(cx.now));
        let call = Tried { at, contact: contact_of(step), whom: called(step), number: number.clone() };
        self.tried.push((step.whom, number));
        let effect =
            Effect::Ask(Request::Act { act: Act::TryCall { subject: self.subject, call }, draft: None });
        let next = self.steps().iter().position(|step| step.number.is_some() && !self.has_tried(step));
        if let Some(next) = next {
            self.list.select(next);
        }
        vec![effect]
    }

    fn has_tried(&self, step: &Step) -> bool {
        self.tried.iter().any(|(whom, number)| *whom == step.whom && step.number.as_ref() == Some(number))
    }

    fn open_contact(&self) -> Effects {
        match self.step().and_then(contact_of) {
            Some(contact) => vec![Layer::Contact(ContactScreen::new(contact)).open()],
            None => say("999 is part of the program and not in the book."),
        }
    }

    fn check_number(&self) -> Effects {
        let step = self.step();
        match step.and_then(|step| contact_of(step).zip(step.number.clone())) {
            Some((contact, number)) => {
                vec![Effect::Ask(Request::Act { act: Act::CheckNumber { contact, number }, draft: None })]
            }
            None => say("There is no number of the book to be checked."),
        }
    }

    fn copy(&self) -> Effects {
        match self.step().and_then(|step| step.number.as_ref()).map(Text::one_line) {
            Some(number) => {
                vec![Effect::Copy(number.clone()), Effect::Say(format!("{number} is on the clipboard."))]
            }
            None => say("There is no number to copy."),
        }
    }

    /// A few answers about the question itself.
    fn choose(&self, action: Action) -> Effects {
        let Some(question) = self.question() else { return Vec::new() };
        let with = |text: String, change: Box<dyn FnOnce(&mut Question)>| {
            let mut other = question.clone();
            change(&mut other);
            Answer { text, effect: Effect::Ask(Request::Ring(Box::new(other))) }
        };
        let (heading, answers): (&str, Vec<Answer>) = match action {
            Action::Whom => (
                "Whom is it about?",
                About::ALL
                    .into_iter()
                    .map(|about| with(about.label().to_owned(), Box::new(move |other| other.about = about)))
                    .collect(),
            ),
            _ => (
                "What is the call for?",
                Purpose::ALL
                    .into_iter()
                    .map(|purpose| {
                        with(purpose.label().to_owned(), Box::new(move |other| other.purpose = purpose))
                    })
                    .collect(),
            ),
        };
        vec![Layer::Choice(Choice::new(heading.to_owned(), answers)).open()]
    }

    /// Calls that belong to nothing yet find their place in what this screen was opened over.
    fn loose_calls(&self) -> Effects {
        let Some(subject) = self.subject else {
            return say(
                "Open the concern or the child that a call belongs to, press r there, and then this key.",
            );
        };
        if self.loose.is_empty() {
            return say("No call is waiting for its place.");
        }
        let answer = |loose: &LooseCall| Answer {
            text: loose_in_words(loose),
            effect: Effect::Ask(Request::Act {
                act: Act::PlaceCall { call: loose.seq, subject },
                draft: None,
            }),
        };
        let answers = self.loose.iter().map(answer).collect();
        vec![Layer::Choice(Choice::new("Which call belongs here?".to_owned(), answers)).open()]
    }

    fn saved(&self) -> Effects {
        vec![
            Effect::Say("It is recorded.".to_owned()),
            Effect::Ask(Request::LooseCalls),
            // A number that was checked is said to be; what was settled is no longer doubtful.
            self.again(),
        ]
    }

    fn again(&self) -> Effect {
        match self.question() {
            Some(question) => Effect::Ask(Request::Ring(Box::new(question.clone()))),
            None => Effect::Ask(Request::RingAbout(self.subject)),
        }
    }
}

fn contact_of(step: &Step) -> Option<ContactId> {
    match step.whom {
        Whom::Emergency => None,
        Whom::Contact(contact) => Some(contact),
    }
}

/// The service and whose it is.
fn called(step: &Step) -> Text {
    let parts = [&step.called, &step.name, &step.organisation].map(Text::one_line);
    let mut parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.dedup();
    Text::from(parts.join(", "))
}

fn loose_in_words(loose: &LooseCall) -> String {
    let said = match &loose.entry {
        Entry::CallTried { call, .. } => call.sentence(),
        // What was said tells it from others; whom she rang, often not.
        Entry::CallNoted { advice } => {
            format!("{} ({})", advice.advice.one_line(), advice.organisation.one_line())
        }
        _ => String::new(),
    };
    format!("{}  {said}", spoken_minute(loose.recorded_at))
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

    fn is_ready(&self) -> bool {
        self.ringing.is_some() || self.failed.is_some()
    }

    fn list_mut(&mut self) -> Option<&mut ListState> {
        Some(&mut self.list)
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        vec![self.again(), Effect::Ask(Request::LooseCalls)]
    }

    /// The answer to where the child lives is one key.
    fn typed(&mut self, _cx: &Cx, key: KeyEvent) -> Typed {
        let digit = match key.code {
            KeyCode::Char(c) if key.modifiers == KeyModifiers::NONE => c.to_digit(10),
            _ => None,
        };
        match digit {
            Some(digit) if self.asks_for_area() => Typed::Taken(self.answer_area(digit)),
            _ => Typed::NotText,
        }
    }

    fn act(&mut self, cx: &Cx, action: Action) -> Effects {
        if let Some(step) = step(action) {
            self.list.shift(step, self.list.total());
            return Vec::new();
        }
        match action {
            Action::Back => vec![Effect::Close],
            Action::Enter
                if self.asks_for_area() && self.question().is_some_and(|question| !question.danger) =>
            {
                say("Say first where the child lives: one key.")
            }
            Action::Enter => self.call(cx),
            Action::NoAnswer => self.no_answer(cx),
            Action::Danger => self.ask(|question| question.danger = !question.danger),
            Action::Area => {
                self.area_is_unknown = false;
                self.ask(|question| question.area = None)
            }
            Action::Whom | Action::Purpose => self.choose(action),
            Action::Check => self.check_number(),
            Action::Copy => self.copy(),
            Action::OpenContact => self.open_contact(),
            Action::LooseCalls => self.loose_calls(),
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Ringing(ringing) => return self.arrived(*ringing),
            Reply::Route(question_and_route) => {
                let (question, route) = *question_and_route;
                if let Some(ringing) = &mut self.ringing {
                    ringing.question = question;
                }
                self.rerouted(route);
            }
            Reply::LooseCalls(loose) => self.loose = loose,
            Reply::Saved(_) => return self.saved(),
            Reply::Failed(sentence) | Reply::Restricted { sentences: sentence, .. }
                if self.ringing.is_none() =>
            {
                self.failed = Some(sentence);
            }
            Reply::Failed(sentence) => return vec![Effect::Say(sentence)],
            _ => {}
        }
        Vec::new()
    }

    /// Whoever closes while the screen is open is not rung any more.
    fn tick(&mut self, cx: &Cx) -> Effects {
        let minute = |at: DateTime<Utc>| at.duration_trunc(TimeDelta::minutes(1)).ok();
        let Some(ringing) =
            self.ringing.as_mut().filter(|ringing| minute(ringing.question.at) != minute(cx.now))
        else {
            return Vec::new();
        };
        ringing.question.at = cx.now;
        vec![Effect::Ask(Request::Ring(Box::new(ringing.question.clone())))]
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        view::draw(self, cx, frame, area);
    }

    fn cover(&self) -> Cover {
        Cover::Over
    }
}
