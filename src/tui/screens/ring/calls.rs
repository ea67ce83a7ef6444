//! What the ring screen writes down: a call that begins, one that nobody answered, a number that is right, and the place of
//! a call that had none.

use chrono_tz::Europe::London;

use super::{Ring, contact_of, say};
use crate::cabinet::table::call::LooseCall;
use crate::desk::answer::Subject;
use crate::desk::{Act, Request};
use crate::domain::call::{Call, Tried};
use crate::domain::moment::{Moment, spoken_minute};
use crate::domain::routing::{self, Step};
use crate::domain::text::Text;
use crate::tui::keymap::{Action, Keymap, Scope};
use crate::tui::layer::{Cx, Effect, Effects};
use crate::tui::screens::Layer;
use crate::tui::screens::choice::{Answer, Choice};
use crate::tui::screens::contact::CHECKED;
use crate::tui::screens::form::{Calling, Form, FormKind};

/// What is being recorded.
pub(super) enum Recording {
    NoAnswer(Tried),
    Checked,
    Placed,
}

impl Ring {
    /// The clock starts: an advice entry opens with all that is known filled in, and the number stays in view.
    pub(super) fn call(&mut self, cx: &Cx) -> Effects {
        if self.is_for_few() {
            return say(FOR_FEW);
        }
        let Some(step) = self.step() else { return Vec::new() };
        let Some(calling) = calling(step, cx) else { return say(&without_number(step, &cx.keymap)) };
        self.calling = Some((calling.contact, calling.number.clone()));
        let kind = FormKind::Call { subject: self.subject, calling };
        vec![Layer::Form(Form::new(kind)).open()]
    }

    /// It is recorded at once, and the next in the chain comes up.
    pub(super) fn no_answer(&mut self, cx: &Cx) -> Effects {
        if self.is_for_few() {
            return say(FOR_FEW);
        }
        let Some(step) = self.step() else { return Vec::new() };
        let Some(calling) = calling(step, cx) else {
            return say("There is no number that could have been rung.");
        };
        if let Some(before) = self.tried(step) {
            let when = spoken_time(before.at);
            let key = |scope, action| cx.keymap.key(scope, action);
            return say(&format!(
                "Recorded already: no answer at {when}. Rung once more? {}, and {} there.",
                key(Scope::Ring, Action::Enter),
                key(Scope::Call, Action::NoAnswer)
            ));
        }
        let call = calling.unanswered();
        if self.written.contains(&FormKind::Call { subject: self.subject, calling }.slot()) {
            return say("You were writing what they said. Enter brings it back.");
        }
        self.recording = Some(Recording::NoAnswer(call.clone()));
        vec![Effect::Ask(Request::Act { act: Act::TryCall { subject: self.subject, call }, draft: None })]
    }

    fn is_for_few(&self) -> bool {
        self.told.as_ref().is_some_and(|told| told.is_for_few)
    }

    /// The call of today that this number did not answer.
    pub(super) fn tried(&self, step: &Step) -> Option<&Tried> {
        let tried = self.ringing.iter().flat_map(|ringing| &ringing.tried);
        let mut of_step = tried
            .filter(|call| call.contact == contact_of(step) && Some(&call.number) == step.number.as_ref());
        of_step.next_back()
    }

    /// The next whom she has not rung yet.
    fn go_on(&mut self) {
        let next = self.steps().iter().position(|step| step.number.is_some() && self.tried(step).is_none());
        if let Some(next) = next {
            self.list.select(next);
        }
    }

    /// The form above has come to an end: with what they said, this screen has done its work.
    pub(in crate::tui) fn call_ended(&mut self, unanswered: Option<Tried>) -> Effects {
        let Some((contact, number)) = self.calling.take() else { return Vec::new() };
        match unanswered {
            None => vec![Effect::Close],
            Some(call) => {
                if call.contact == contact && call.number == number {
                    self.ringing.iter_mut().for_each(|ringing| ringing.tried.push(call.clone()));
                    self.go_on();
                }
                Vec::new()
            }
        }
    }

    pub(super) fn check_number(&mut self) -> Effects {
        let step = self.step();
        match step.and_then(|step| contact_of(step).zip(step.number.clone())) {
            Some((contact, number)) => {
                self.recording = Some(Recording::Checked);
                vec![Effect::Ask(Request::Act { act: Act::CheckNumber { contact, number }, draft: None })]
            }
            None => say("There is no number of the book to be checked."),
        }
    }

    /// Calls that belong to nothing yet find their place in what this screen was opened over.
    pub(super) fn loose_calls(&mut self, cx: &Cx) -> Effects {
        let Some(subject) = self.subject else {
            let key = |scope, action| cx.keymap.key(scope, action);
            return say(&format!(
                "Press {} on the concern or child that it belongs to, and {} there.",
                key(Scope::Everywhere, Action::Ring),
                key(Scope::Ring, Action::LooseCalls)
            ));
        };
        if self.loose.is_empty() {
            return say("No call is waiting for its place.");
        }
        self.recording = Some(Recording::Placed);
        let answer = |loose: &LooseCall| Answer {
            text: loose_in_words(loose),
            effect: Effect::Ask(Request::Act {
                act: Act::PlaceCall { call: loose.seq, subject },
                draft: None,
            }),
        };
        let answers = self.loose.iter().map(answer).collect();
        vec![Layer::Choice(Choice::new(format!("Which call is about {}?", self.about()), answers)).open()]
    }

    /// What a call is about, in words.
    fn about(&self) -> String {
        let whom = self.ringing.as_ref().map(|ringing| ringing.whom.one_line()).unwrap_or_default();
        match self.subject {
            Some(Subject::Concern(concern)) => format!("concern {concern}, {whom}"),
            Some(Subject::Child(_)) => whom,
            None => "nothing yet".to_owned(),
        }
    }

    pub(super) fn saved(&mut self) -> Effects {
        let said = match self.recording.take() {
            Some(Recording::NoAnswer(call)) => {
                let said = format!("Recorded: {}", call.sentence());
                self.ringing.iter_mut().for_each(|ringing| ringing.tried.push(call.clone()));
                self.go_on();
                said
            }
            Some(Recording::Checked) => CHECKED.to_owned(),
            Some(Recording::Placed) => format!("The call is placed: {}.", self.about()),
            None => "It is recorded.".to_owned(),
        };
        let mut effects = vec![Effect::Say(said)];
        // A number that was checked is said to be; what was settled is no longer doubtful.
        effects.extend(self.again());
        effects
    }
}

/// What is said over a report that is kept for few.
const FOR_FEW: &str = "It is kept for few: ring, and write what they say into the report itself.";

/// The call that begins now; none where the book has no number.
fn calling(step: &Step, cx: &Cx) -> Option<Calling> {
    let number = step.number.clone()?;
    Some(Calling { contact: contact_of(step), whom: called(step), number, begun: cx.now })
}

fn without_number(step: &Step, keymap: &Keymap) -> String {
    if routing::part(&step.key).is_some_and(|part| part.of_child) {
        let key = keymap.key(Scope::Child, Action::OwnContacts);
        return format!("There is no number yet. Open the child and press {key}: theirs is added there.");
    }
    let key = keymap.key(Scope::Ring, Action::OpenContact);
    format!("The book has no number for them. Press {key} to open the contact, and put one in.")
}

/// The service and whose it is.
pub(super) fn called(step: &Step) -> Text {
    let parts = [&step.called, &step.name, &step.organisation].map(Text::one_line);
    let mut parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.dedup();
    Text::from(parts.join(", "))
}

fn loose_in_words(loose: &LooseCall) -> String {
    let said = match &loose.call {
        Call::Tried(tried) => tried.sentence(),
        // What was said tells it from others; whom she rang, often not.
        Call::Noted(advice) => format!("{} ({})", advice.advice.one_line(), advice.organisation.one_line()),
    };
    format!("{}  {said}", spoken_minute(loose.recorded_at))
}

pub(super) fn spoken_time(at: Moment) -> String {
    match at {
        Moment::At(at) => at.with_timezone(&London).format("%H:%M").to_string(),
        Moment::Date(_) => at.to_string(),
    }
}
