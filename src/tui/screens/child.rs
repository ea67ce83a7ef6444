//! A child and their chronology.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::Reply;
use crate::domain::ids::{ChildId, Seq};
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effects, Surface};

pub struct ChildScreen {
    pub child: ChildId,
    pub at: Option<Seq>,
}

impl ChildScreen {
    pub fn new(child: ChildId, at: Option<Seq>) -> Self {
        Self { child, at }
    }
}

impl Surface for ChildScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Child, Scope::Everywhere]
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
