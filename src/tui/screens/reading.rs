//! Text to be read and closed.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use crate::desk::Reply;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};
use crate::tui::widgets::wrap::wrap;
use crate::tui::widgets::write;

/// Longer rows are hard to read.
const WIDEST: u16 = 100;

pub struct Reading {
    pub heading: String,
    pub text: String,
    top: usize,
    /// As it was last drawn.
    size: Size,
}

impl Reading {
    pub fn new(heading: String, text: String) -> Self {
        Self { heading, text, top: 0, size: Size::default() }
    }

    fn rows(&self) -> Vec<Line<'static>> {
        wrap(&self.text, self.size.width.into())
    }

    /// The last row that may stand at the top.
    fn lowest(&self) -> usize {
        self.rows().len().saturating_sub(self.size.height.into())
    }

    fn page(&self) -> usize {
        usize::from(self.size.height).saturating_sub(1).max(1)
    }
}

impl Surface for Reading {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Reading, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        self.heading.clone()
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        let top = match action {
            Action::Up => self.top.saturating_sub(1),
            Action::Down => self.top + 1,
            Action::PageUp => self.top.saturating_sub(self.page()),
            Action::PageDown => self.top + self.page(),
            Action::Top => 0,
            Action::Bottom => usize::MAX,
            Action::Back | Action::Enter => return vec![Effect::Close],
            _ => return Vec::new(),
        };
        self.top = top.min(self.lowest());
        Vec::new()
    }

    fn reply(&mut self, _cx: &Cx, _reply: Reply) -> Effects {
        Vec::new()
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let [head, body] = super::below_a_heading(area);
        self.size = Size::new(body.width.min(WIDEST), body.height);
        let rows = self.rows();
        let lowest = rows.len().saturating_sub(body.height.into());
        let top = self.top.min(lowest);
        let more = if top < lowest { "  (more below)" } else { "" };
        let buf = frame.buffer_mut();
        write(&format!("{}{more}", self.heading), head, buf, cx.theme.title);
        for (place, row) in body.rows().zip(rows.iter().skip(top)) {
            buf.set_line(place.x, place.y, row, place.width);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reading;
    use crate::tui::keymap::Action;
    use crate::tui::layer::Surface as _;
    use crate::tui::screens::testing::{cx, drawn, sizes};

    fn long() -> Reading {
        let text: Vec<String> = (1..=50).map(|row| format!("row {row} محمد 日本語 e\u{301}")).collect();
        Reading::new("As it arrived".to_owned(), text.join("\n"))
    }

    #[test]
    fn it_scrolls_no_further_than_its_end() {
        let mut reading = long();
        assert!(drawn(&mut reading, 80, 22).contains("row 1 "));
        reading.act(&cx(), Action::Bottom);
        assert!(drawn(&mut reading, 80, 22).contains("row 50"));
        reading.act(&cx(), Action::Down);
        reading.act(&cx(), Action::Up);
        assert!(!drawn(&mut reading, 80, 22).contains("row 50"));
    }

    #[test]
    fn it_can_be_drawn_at_any_size() {
        for (width, height) in sizes() {
            drawn(&mut long(), width, height);
        }
    }
}
