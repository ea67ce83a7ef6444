//! Text to be read and closed.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::Reply;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effects, Surface};

pub struct Reading {
    pub heading: String,
    pub text: String,
}

impl Reading {
    pub fn new(heading: String, text: String) -> Self {
        Self { heading, text }
    }
}

impl Surface for Reading {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Reading, Scope::Everywhere]
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
