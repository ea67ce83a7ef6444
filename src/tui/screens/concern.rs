//! Part 1 as received, and Part 2 as an outline with what is missing.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::Reply;
use crate::domain::ids::ConcernId;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effects, Surface};

pub struct ConcernScreen {
    pub concern: ConcernId,
}

impl ConcernScreen {
    pub fn new(concern: ConcernId) -> Self {
        Self { concern }
    }
}

impl Surface for ConcernScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Concern, Scope::Everywhere]
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
