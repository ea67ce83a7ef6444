//! A few answers, of which one is chosen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear, Widget as _};

use super::step;
use crate::desk::Reply;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cover, Cx, Effect, Effects, Surface};
use crate::tui::widgets::columns::{columns, fit};
use crate::tui::widgets::list::{self, GUTTER, ListState, Present};
use crate::tui::widgets::out_of_sight;

pub struct Choice {
    heading: String,
    answers: Vec<Answer>,
    list: ListState,
    /// As it was last drawn.
    height: usize,
}

/// An answer, and what it does in the name of the layer below.
pub struct Answer {
    pub text: String,
    pub effect: Effect,
}

impl Choice {
    pub fn new(heading: String, answers: Vec<Answer>) -> Self {
        Self { heading, list: ListState::new(answers.len()), answers, height: 0 }
    }

    /// With the mark on another answer than the first.
    pub fn at(mut self, answer: usize) -> Self {
        self.list.select(answer);
        self
    }

    fn choose(&mut self) -> Effects {
        let chosen = self.list.selected().filter(|row| *row < self.answers.len());
        let effect = chosen.map(|row| self.answers.swap_remove(row).effect);
        std::iter::once(Effect::Close).chain(effect).collect()
    }

    fn frame(&self, area: Rect) -> Rect {
        let widest = self.answers.iter().map(|answer| &answer.text).chain([&self.heading]);
        let width = widest.map(|text| columns(text)).max().unwrap_or_default() + usize::from(GUTTER) + 2;
        let width = u16::try_from(width).unwrap_or(u16::MAX).min(area.width);
        let height = u16::try_from(self.answers.len() + 2).unwrap_or(u16::MAX).min(area.height);
        let (left, top) = ((area.width - width) / 2, (area.height - height) / 3);
        Rect { x: area.x + left, y: area.y + top, width, height }
    }
}

impl Surface for Choice {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Choosing]
    }

    fn title(&self, _cx: &Cx) -> String {
        self.heading.clone()
    }

    fn list_mut(&mut self) -> Option<&mut ListState> {
        Some(&mut self.list)
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        if let Some(step) = step(action) {
            self.list.shift(step, self.height);
            return Vec::new();
        }
        match action {
            Action::Enter => self.choose(),
            Action::Back => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, _cx: &Cx, _reply: Reply) -> Effects {
        Vec::new()
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let outer = self.frame(area);
        let block =
            Block::bordered().title(fit(&self.heading, outer.width.into())).border_style(cx.theme.border);
        let inner = block.inner(outer);
        let room = usize::from(inner.width.saturating_sub(GUTTER));
        self.height = inner.height.into();
        let window = self.list.window(self.height);
        let hidden = out_of_sight(window.start, self.answers.len().saturating_sub(window.end));
        let buf = frame.buffer_mut();
        Clear.render(outer, buf);
        block.title_bottom(fit(&hidden, inner.width.into())).render(outer, buf);
        let shown = self.answers.get(window.clone()).unwrap_or_default();
        let rows: Vec<Line> = shown.iter().map(|answer| Line::from(fit(&answer.text, room))).collect();
        list::draw(&mut self.list, Present { first: window.start, rows: &rows }, inner, buf, &cx.theme);
    }

    fn cover(&self) -> Cover {
        Cover::Over
    }
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode;

    use super::*;
    use crate::tui::screens::testing::{HARD_NAME, drawn, press, sizes};

    fn choice() -> Choice {
        let answer = |text: &str| Answer { text: text.to_owned(), effect: Effect::Say(text.to_owned()) };
        Choice::new("Whose chronology?".to_owned(), vec![answer("Zoë Smith"), answer(HARD_NAME)])
    }

    #[test]
    fn the_marked_answer_is_the_one_that_acts() {
        let mut choice = choice();
        press(&mut choice, KeyCode::Down);
        let effects = press(&mut choice, KeyCode::Enter);
        assert!(matches!(effects.as_slice(), [Effect::Close, Effect::Say(text)] if text == HARD_NAME));
    }

    #[test]
    fn a_long_list_is_gone_through_by_pages_and_to_its_ends() {
        let answer = |n: usize| Answer { text: format!("row {n}"), effect: Effect::Say(n.to_string()) };
        let mut choice = Choice::new("What is noticed".to_owned(), (0..100).map(answer).collect());
        drawn(&mut choice, 40, 12);
        let mut marked = |key| {
            press(&mut choice, key);
            choice.list.selected()
        };
        assert_eq!(marked(KeyCode::PageDown), Some(9), "ten rows are shown, and one stays in sight");
        assert_eq!(marked(KeyCode::PageDown), Some(18));
        assert_eq!(marked(KeyCode::PageUp), Some(9));
        assert_eq!((marked(KeyCode::Char('G')), marked(KeyCode::Char('g'))), (Some(99), Some(0)));
        assert_eq!((marked(KeyCode::End), marked(KeyCode::Home)), (Some(99), Some(0)));
        press(&mut choice, KeyCode::End);
        let shown = drawn(&mut choice, 40, 12);
        assert!(shown.contains("> row 99") && shown.contains("… 90 more above"), "{shown}");
        press(&mut choice, KeyCode::Home);
        assert!(drawn(&mut choice, 40, 12).contains("… 90 more below"));
    }

    #[test]
    fn esc_does_nothing_but_close() {
        assert!(matches!(press(&mut choice(), KeyCode::Esc).as_slice(), [Effect::Close]));
    }

    #[test]
    fn it_can_be_drawn_at_any_size() {
        for (width, height) in sizes() {
            drawn(&mut choice(), width, height);
        }
    }
}
