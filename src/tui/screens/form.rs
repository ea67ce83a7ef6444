//! One form for everything that is written: fields, checks, draft, save. What the fields are is in `kind`.

pub mod kind;

use ratatui::Frame;
use ratatui::layout::Rect;

pub use kind::FormKind;

use crate::desk::Reply;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effects, Surface};

pub struct Form {
    pub kind: FormKind,
}

impl Form {
    pub fn new(kind: FormKind) -> Self {
        Self { kind }
    }
}

impl Surface for Form {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Form]
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
