//! Which child of the desk is meant?

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::Reply;
use crate::domain::ids::ConcernId;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effects, Surface};

pub struct Candidates {
    pub concern: ConcernId,
    pub position: u32,
}

impl Candidates {
    pub fn new(concern: ConcernId, position: u32) -> Self {
        Self { concern, position }
    }
}

impl Surface for Candidates {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::List, Scope::Everywhere]
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
