//! Text to be read and closed.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use super::step;
use crate::desk::Reply;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect, Effects, Surface};
use crate::tui::widgets::list::Move;
use crate::tui::widgets::long_text::LongText;
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::write;

/// Longer rows are hard to read.
const WIDEST: u16 = 100;
/// How many bytes are laid out between two frames, so that no key waits for the end of a long text.
const AT_ONCE: usize = 4 * 1024 * 1024;

pub struct Reading {
    pub heading: String,
    text: LongText,
    scroll: Scroll,
    going: Going,
    /// As it was last drawn.
    height: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Going {
    Nowhere,
    /// The end was asked for and is not laid out yet.
    ToTheEnd,
}

impl Reading {
    pub fn new(heading: String, text: String) -> Self {
        let (text, scroll) = (LongText::new(text), Scroll::default());
        Self { heading, text, scroll, going: Going::Nowhere, height: 0 }
    }

    fn shift(&mut self, step: Move) {
        self.going = if step == Move::Last { Going::ToTheEnd } else { Going::Nowhere };
        self.scroll.shift(step);
        self.go_on();
    }

    /// Towards the end, as far as is laid out in one go.
    fn go_on(&mut self) {
        if self.going == Going::ToTheEnd {
            self.text.lay_out(usize::MAX, AT_ONCE);
            self.scroll.window(self.text.rows(), self.height);
            self.scroll.shift(Move::Last);
        }
        if self.text.is_whole() {
            self.going = Going::Nowhere;
        }
    }

    /// Lays out what any step but that to the end may show.
    fn fill(&mut self, size: Size) {
        self.height = size.height.into();
        self.text.set_width(size.width.into());
        self.text.lay_out(self.scroll.reach(self.height).saturating_add(1), AT_ONCE);
    }
}

impl Surface for Reading {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Reading]
    }

    fn title(&self, _cx: &Cx) -> String {
        self.heading.clone()
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        match (action, step(action)) {
            (Action::Back | Action::Enter, _) => return vec![Effect::Close],
            (_, Some(step)) => self.shift(step),
            (_, None) => {}
        }
        Vec::new()
    }

    fn reply(&mut self, _cx: &Cx, _reply: Reply) -> Effects {
        Vec::new()
    }

    fn tick(&mut self, _cx: &Cx) -> Effects {
        self.go_on();
        Vec::new()
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let [head, body] = super::below_a_heading(area);
        self.fill(Size::new(body.width.min(WIDEST), body.height));
        let shown = self.scroll.window(self.text.rows(), self.height);
        let is_end = self.text.is_whole() && shown.end == self.text.rows();
        let more = if is_end { "" } else { "  (more below)" };
        write(&format!("{}{more}", self.heading), head, frame.buffer_mut(), cx.theme.title);
        for (place, row) in body.rows().zip(shown.filter_map(|row| self.text.row(row))) {
            frame.buffer_mut().set_line(place.x, place.y, &row, place.width);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Reading};
    use crate::tui::keymap::Action;
    use crate::tui::layer::Surface as _;
    use crate::tui::screens::testing::{cx, drawn, sizes};

    fn long() -> Reading {
        let text: Vec<String> = (1..=50).map(|row| format!("row {row} محمد 日本語 e\u{301}")).collect();
        Reading::new("As it arrived".to_owned(), text.join("\n"))
    }

    /// In letters of many bytes, so that the test has few of them.
    fn twice_what_is_laid_out_at_once() -> Reading {
        let family = "👨\u{200d}👩\u{200d}👧 ";
        let text = family.repeat(2 * AT_ONCE / family.len()) + "the end";
        Reading::new("As it arrived".to_owned(), text)
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
    fn a_long_original_is_laid_out_only_as_far_as_it_is_read() {
        let mut reading = twice_what_is_laid_out_at_once();
        assert!(drawn(&mut reading, 80, 22).contains("(more below)"));
        reading.act(&cx(), Action::PageDown);
        drawn(&mut reading, 80, 22);
        assert!(reading.text.rows() < 10_000, "{}", reading.text.rows());
        reading.act(&cx(), Action::Bottom);
        assert!(drawn(&mut reading, 80, 22).contains("(more below)"), "a part of the way");
        reading.tick(&cx());
        let shown = drawn(&mut reading, 80, 22);
        assert!(shown.contains("the end") && !shown.contains("(more below)"), "{shown}");
    }

    #[test]
    fn a_key_stops_the_way_to_the_end() {
        let mut reading = twice_what_is_laid_out_at_once();
        drawn(&mut reading, 80, 22);
        reading.act(&cx(), Action::Bottom);
        reading.act(&cx(), Action::Top);
        reading.tick(&cx());
        assert_eq!(reading.scroll.window(reading.text.rows(), 21), 0..21);
    }

    #[test]
    fn it_can_be_drawn_at_any_size() {
        for (width, height) in sizes() {
            drawn(&mut long(), width, height);
        }
    }
}
