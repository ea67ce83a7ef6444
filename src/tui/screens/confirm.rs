//! A question before something that cannot be undone. The harmless answer is marked, each time anew.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::Reply;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effects, Surface};

/// What is asked, and what happens on the answer that is not harmless.
pub struct Question {
    pub heading: String,
    /// Names the child or the thing, and the effect.
    pub text: String,
    /// The harmless answer, such as "Keep it".
    pub harmless: &'static str,
    /// The other, such as "Discard it".
    pub other: &'static str,
    /// Carried out after this layer closed, in the name of the layer below.
    pub effects: Effects,
}

pub struct Confirm {
    pub question: Question,
}

impl Confirm {
    pub fn new(question: Question) -> Self {
        Self { question }
    }
}

impl Surface for Confirm {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Confirm]
    }

    fn title(&self, _cx: &Cx) -> String {
        String::new()
    }

    fn act(&mut self, _cx: &Cx, _action: Action) -> Effects {
        Vec::new()
    }

    fn reply(&mut self, _cx: &Cx, _reply: Reply) -> Effects {
        Vec::new()
    }

    fn draw(&mut self, _cx: &Cx, _frame: &mut Frame, _area: Rect) {}
}
