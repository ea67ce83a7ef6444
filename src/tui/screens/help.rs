//! The keys that work on a layer, from the rows of the keymap.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::Reply;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effects, Surface};

pub struct Help {
    pub scopes: &'static [Scope],
}

impl Help {
    pub fn new(scopes: &'static [Scope]) -> Self {
        Self { scopes }
    }
}

impl Surface for Help {
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
