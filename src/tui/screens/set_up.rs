//! First run: organisation, full name, role and passphrase.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::Reply;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effects, Surface};

#[derive(Default)]
pub struct SetUpScreen {}

impl Surface for SetUpScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::SetUp]
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
