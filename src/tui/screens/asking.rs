//! Questions about people, on a page that keeps nothing of what was typed: who receives a concern about the lead, a
//! passphrase that somebody chooses at this keyboard, who is admitted, who leaves, who may do what.

mod kind;
mod view;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::Rect;

use super::questions::{Questions, Turn};
use crate::desk::Reply;
use crate::desk::passphrase::Strength;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface, Typed};
use crate::tui::widgets::Consumed;
use kind::Question;
pub use kind::{HandOver, Kind, NOT_YOURSELF, THEIR_ROLE};

pub struct Asking {
    kind: Kind,
    questions: Questions<Question>,
    strength: Strength,
    state: State,
}

enum State {
    Asking,
    /// The desk does it; keys are made meanwhile, which takes its time.
    Working,
    /// What has to be put right first.
    Amiss(String),
}

impl Asking {
    pub fn new(kind: Kind) -> Self {
        let questions = kind.questions();
        Self { kind, questions, strength: Strength::Empty, state: State::Asking }
    }

    fn is_working(&self) -> bool {
        matches!(self.state, State::Working)
    }

    fn changed(&mut self, cx: &Cx) {
        self.state = State::Asking;
        let known = self.kind.known(cx);
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        self.strength = Strength::of(self.questions.exposed(Question::Passphrase), &known);
    }

    /// An answer that will not do is told at once.
    fn enter(&mut self, cx: &Cx) -> Effects {
        let amiss = self.kind.amiss(cx, &self.questions, &self.strength);
        let is_last = self.questions.is_last();
        match amiss.filter(|(question, _)| is_last || Some(*question) == self.questions.at()) {
            Some((question, sentence)) => {
                if question == Question::Again {
                    drop(self.questions.take(Question::Again));
                }
                self.questions.go_to(question);
                self.state = State::Amiss(sentence);
                Vec::new()
            }
            None if is_last => self.submit(),
            None => {
                self.questions.next();
                Vec::new()
            }
        }
    }

    fn submit(&mut self) -> Effects {
        let effects = self.kind.submitted(&mut self.questions);
        drop(self.questions.take(Question::Again));
        self.strength = Strength::Empty;
        self.state = State::Working;
        effects
    }

    fn turn(&mut self, by: Turn) -> Effects {
        self.questions.turn(by);
        self.state = State::Asking;
        Vec::new()
    }

    fn step(&mut self, step: fn(&mut Questions<Question>)) -> Effects {
        step(&mut self.questions);
        Vec::new()
    }
}

impl Surface for Asking {
    fn scopes(&self) -> &'static [Scope] {
        match (self.questions.is_picked(), self.kind.can_wait()) {
            (true, _) => &[Scope::Choice, Scope::Asking],
            (false, false) => &[Scope::Asking],
            (false, true) => &[Scope::Later],
        }
    }

    fn title(&self, _cx: &Cx) -> String {
        self.kind.title().to_owned()
    }

    fn typed(&mut self, cx: &Cx, key: KeyEvent) -> Typed {
        if self.is_working() || self.questions.on_key(key) == Consumed::No {
            return Typed::NotText;
        }
        self.changed(cx);
        Typed::Taken(Vec::new())
    }

    fn pasted(&mut self, cx: &Cx, text: &str) -> Effects {
        if !self.is_working() {
            self.questions.paste(text);
            self.changed(cx);
        }
        Vec::new()
    }

    fn act(&mut self, cx: &Cx, action: Action) -> Effects {
        match action {
            _ if self.is_working() => Vec::new(),
            Action::NextField => self.step(Questions::next),
            Action::PreviousField if self.questions.is_first() => self.kind.before(),
            Action::PreviousField => self.step(Questions::previous),
            Action::Left => self.turn(Turn::Back),
            Action::Right | Action::Pick => self.turn(Turn::On),
            Action::Enter => self.enter(cx),
            Action::Back => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::Saved(_) | Reply::PeopleChanged => self.kind.done(&self.questions),
            Reply::Failed(sentence) => {
                self.questions.start_over();
                self.state = State::Amiss(sentence);
                Vec::new()
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
