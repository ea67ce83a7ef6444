//! The recovery key: its words are shown once, and two of them asked back. Only then is it made, so that whoever is
//! interrupted, locks the desk or puts it off has made none, and the words from before, if any, still open.
//!
//! The words are wiped when the page goes. No key of this page copies them, and nothing else of the screens holds them.

mod view;

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::Rect;
use secrecy::ExposeSecret as _;

use crate::desk::people::recovery::Drawn;
use crate::desk::{Reply, Request};
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface, Typed};
use crate::tui::screens::{Layer, no_recovery_key};
use crate::tui::widgets::Consumed;
use crate::tui::widgets::secret_field::SecretField;

pub struct RecoveryPage {
    occasion: Occasion,
    state: State,
    /// What went wrong, and what to do.
    said: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Occasion {
    /// There is no recovery key yet.
    First,
    /// There are words that open the desk, until these are made.
    Again,
}

enum State {
    NotAsked,
    Drawing,
    /// To be written down.
    Shown(Drawn),
    /// Two of them are asked back.
    AskedBack(Drawn, [SecretField; 2], Which),
    Making(Drawn),
}

/// Of the two that are asked back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    First,
    Second,
}

impl RecoveryPage {
    pub fn of_a_new_desk() -> Self {
        Self { occasion: Occasion::First, state: State::NotAsked, said: None }
    }

    /// In place of the words before.
    pub fn replacing() -> Self {
        Self { occasion: Occasion::Again, ..Self::of_a_new_desk() }
    }

    /// No key is made.
    fn later(&self, cx: &Cx) -> Effects {
        match self.occasion {
            Occasion::First => vec![Effect::Close, Effect::Say(no_recovery_key(&cx.keymap))],
            Occasion::Again => vec![
                Effect::Close,
                Effect::Say("Nothing was changed: the words from before still open the desk.".to_owned()),
            ],
        }
    }

    fn enter(&mut self) -> Effects {
        self.said = None;
        let state = std::mem::replace(&mut self.state, State::NotAsked);
        let (state, effects) = match state {
            State::Shown(drawn) => {
                (State::AskedBack(drawn, <[SecretField; 2]>::default(), Which::First), Vec::new())
            }
            State::AskedBack(drawn, fields, Which::First) => {
                (State::AskedBack(drawn, fields, Which::Second), Vec::new())
            }
            State::AskedBack(drawn, fields, Which::Second) => self.given_back(drawn, fields),
            State::NotAsked => (State::Drawing, vec![Effect::Ask(Request::DrawRecoveryWords)]),
            state @ (State::Drawing | State::Making(_)) => (state, Vec::new()),
        };
        self.state = state;
        effects
    }

    /// A word that is not the right one is typed again; both are asked until they are right.
    fn given_back(&mut self, drawn: Drawn, mut fields: [SecretField; 2]) -> (State, Effects) {
        let wrong = drawn.ask.iter().zip(&fields).position(|(place, field)| {
            !drawn.word(*place).is_some_and(|word| field.expose().trim().eq_ignore_ascii_case(word))
        });
        let Some(wrong) = wrong else {
            let words = drawn.words.clone();
            return (State::Making(drawn), vec![Effect::Ask(Request::MakeRecoveryKey(words))]);
        };
        let number = drawn.ask.get(wrong).map_or(0, |place| place + 1);
        self.said = Some(format!(
            "That is not word {number}. Look at what you wrote down and type it again, or go back to the words."
        ));
        let which = if wrong == 0 { Which::First } else { Which::Second };
        if let Some(field) = fields.get_mut(wrong) {
            *field = SecretField::default();
        }
        (State::AskedBack(drawn, fields, which), Vec::new())
    }

    /// From the first word that is asked back to all the words.
    fn previous(&mut self) -> Effects {
        self.said = None;
        let state = std::mem::replace(&mut self.state, State::NotAsked);
        self.state = match state {
            State::AskedBack(drawn, fields, Which::Second) => State::AskedBack(drawn, fields, Which::First),
            State::AskedBack(drawn, _, Which::First) => State::Shown(drawn),
            state => state,
        };
        Vec::new()
    }

    fn field(&mut self) -> Option<&mut SecretField> {
        match &mut self.state {
            State::AskedBack(_, [first, second], which) => Some(match which {
                Which::First => first,
                Which::Second => second,
            }),
            State::NotAsked | State::Drawing | State::Shown(_) | State::Making(_) => None,
        }
    }
}

impl Surface for RecoveryPage {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Later]
    }

    fn title(&self, _cx: &Cx) -> String {
        "Recovery key".to_owned()
    }

    fn refresh(&mut self, _cx: &Cx) -> Effects {
        match self.state {
            State::NotAsked if self.said.is_none() => self.enter(),
            _ => Vec::new(),
        }
    }

    /// What is typed ahead is none of the words.
    fn is_ready(&self) -> bool {
        !matches!(self.state, State::Drawing | State::Making(_))
    }

    fn typed(&mut self, _cx: &Cx, key: KeyEvent) -> Typed {
        match self.field().map(|field| field.on_key(key)) {
            Some(Consumed::Yes) => Typed::Taken(Vec::new()),
            Some(Consumed::No) | None => Typed::NotText,
        }
    }

    fn pasted(&mut self, _cx: &Cx, text: &str) -> Effects {
        if let Some(field) = self.field() {
            field.paste(text);
        }
        Vec::new()
    }

    fn act(&mut self, cx: &Cx, action: Action) -> Effects {
        match action {
            Action::Enter => self.enter(),
            Action::NextField if matches!(self.state, State::AskedBack(_, _, Which::First)) => self.enter(),
            Action::PreviousField => self.previous(),
            Action::Back => self.later(cx),
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, _cx: &Cx, reply: Reply) -> Effects {
        match reply {
            Reply::RecoveryWords(drawn) => {
                self.state = State::Shown(drawn);
                Vec::new()
            }
            Reply::PeopleChanged => {
                vec![Effect::Close, Effect::Say("The recovery key is made. Lock its words away.".to_owned())]
            }
            Reply::Failed(sentence) => {
                self.state = match std::mem::replace(&mut self.state, State::NotAsked) {
                    // They are on paper already.
                    State::Making(drawn) => State::Shown(drawn),
                    _ => State::NotAsked,
                };
                self.said = Some(sentence);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        view::draw(self, cx, frame, area);
    }
}

impl RecoveryPage {
    /// As it is opened from a list of people.
    pub(super) fn open(has_one: bool) -> Effect {
        Layer::Recovery(if has_one { Self::replacing() } else { Self::of_a_new_desk() }).open()
    }
}

impl Drawn {
    fn word(&self, place: usize) -> Option<&str> {
        self.words.expose_secret().split(' ').nth(place)
    }
}

#[cfg(test)]
mod tests;
