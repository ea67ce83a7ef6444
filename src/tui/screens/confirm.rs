//! A question before something that cannot be undone. The harmless answer is marked, each time anew.
//!
//! What the marked button says is what Enter does: both are read from the same [`Answer`].

use std::mem;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Paragraph};

use crate::desk::Reply;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cover, Cx, Effect, Effects, Surface};
use crate::tui::theme::Theme;
use crate::tui::widgets::wrap::wrap;

/// What is asked, and what happens on the answer that is not harmless.
pub struct Question {
    pub heading: String,
    /// Names the child or the thing, and the effect.
    pub text: String,
    /// The harmless answer, such as "Keep it".
    pub harmless: &'static str,
    /// The other, such as "Discard it".
    pub other: &'static str,
    /// Carried out after this layer closed, in the name of the layer below.
    pub effects: Effects,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Answer {
    #[default]
    Harmless,
    Other,
}

pub struct Confirm {
    pub(crate) question: Question,
    marked: Answer,
}

/// The widest that a question becomes.
const WIDTH: u16 = 64;
/// Columns and rows that the frame and the space within it take.
const FRAME: u16 = 4;
/// Frame, an empty row, the buttons.
const ROWS_AROUND: u16 = 4;

impl Confirm {
    pub fn new(question: Question) -> Self {
        Self { question, marked: Answer::default() }
    }

    fn turn(&mut self) {
        self.marked = match self.marked {
            Answer::Harmless => Answer::Other,
            Answer::Other => Answer::Harmless,
        };
    }

    fn answer(&mut self) -> Effects {
        match self.marked {
            Answer::Harmless => vec![Effect::Close],
            Answer::Other => {
                let mut effects = vec![Effect::Close];
                effects.append(&mut mem::take(&mut self.question.effects));
                effects
            }
        }
    }

    fn buttons(&self, theme: &Theme) -> Line<'_> {
        let mut spans = Vec::new();
        for (answer, label) in
            [(Answer::Harmless, self.question.harmless), (Answer::Other, self.question.other)]
        {
            let (mark, style) =
                if answer == self.marked { ("> ", theme.selected) } else { ("  ", theme.text) };
            spans.push(Span::styled(format!("{mark}{label} "), style));
            spans.push(Span::raw("  "));
        }
        Line::from(spans)
    }
}

impl Surface for Confirm {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Confirm]
    }

    fn title(&self, _cx: &Cx) -> String {
        self.question.heading.clone()
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        match action {
            Action::Left | Action::Right => {
                self.turn();
                Vec::new()
            }
            Action::Enter => self.answer(),
            Action::Back => vec![Effect::Close],
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, _cx: &Cx, _reply: Reply) -> Effects {
        Vec::new()
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let width = area.width.min(WIDTH);
        let mut lines = wrap(&self.question.text, usize::from(width.saturating_sub(FRAME)));
        let text_rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let height = text_rows.saturating_add(ROWS_AROUND).min(area.height);
        // A long text gives way to the buttons, never the other way round.
        lines.truncate(usize::from(height.saturating_sub(ROWS_AROUND)));
        lines.push(Line::default());
        lines.push(self.buttons(&cx.theme));
        let place = centred(area, width, height);
        frame.render_widget(Clear, place);
        let heading = format!(" {} ", self.question.heading);
        let block =
            Block::bordered().title(heading).border_style(cx.theme.border).title_style(cx.theme.title);
        let inside = block.inner(place);
        frame.render_widget(block, place);
        frame.render_widget(Paragraph::new(lines), margin(inside));
    }

    fn cover(&self) -> Cover {
        Cover::Over
    }
}

fn centred(area: Rect, width: u16, height: u16) -> Rect {
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// A column of space at either side.
fn margin(area: Rect) -> Rect {
    Rect { x: area.x.saturating_add(1), width: area.width.saturating_sub(2), ..area }
}

#[cfg(test)]
mod tests {
    use super::{Confirm, Question};
    use crate::desk::Request;
    use crate::tui::keymap::Action;
    use crate::tui::layer::{Effect, Effects, Surface};
    use crate::tui::screens::form::testing::{cx, screen};

    fn discard() -> Confirm {
        Confirm::new(Question {
            heading: "Discard?".to_owned(),
            text: "The text of \"Concern 7: Advice sought\" will be gone.".to_owned(),
            harmless: "Keep it",
            other: "Discard it",
            effects: vec![Effect::Ask(Request::DiscardDraft("part1".to_owned()))],
        })
    }

    fn only_closes(effects: &Effects) -> bool {
        matches!(effects.as_slice(), [Effect::Close])
    }

    #[test]
    fn enter_alone_does_nothing_but_close() {
        assert!(only_closes(&discard().act(&cx(), Action::Enter)));
        assert!(only_closes(&discard().act(&cx(), Action::Back)));
    }

    #[test]
    fn the_button_that_is_marked_is_the_one_that_acts() {
        let mut confirm = discard();
        assert!(screen(&mut confirm, 80, 22).contains("> Keep it"));
        confirm.act(&cx(), Action::Right);
        let shown = screen(&mut confirm, 80, 22);
        assert!(shown.contains("> Discard it") && !shown.contains("> Keep it"));
        let effects = confirm.act(&cx(), Action::Enter);
        assert!(matches!(effects.as_slice(), [Effect::Close, Effect::Ask(Request::DiscardDraft(_))]));
    }

    #[test]
    fn turning_twice_is_harmless_again() {
        let mut confirm = discard();
        confirm.act(&cx(), Action::Right);
        confirm.act(&cx(), Action::Left);
        assert!(only_closes(&confirm.act(&cx(), Action::Enter)));
    }

    #[test]
    fn the_buttons_outlast_a_long_text() {
        let mut confirm = discard();
        confirm.question.text = "word ".repeat(500);
        assert!(screen(&mut confirm, 60, 20).contains("> Keep it"));
    }

    #[test]
    fn any_size_is_drawn() {
        for (width, height) in [(0, 0), (1, 1), (5, 2), (60, 20), (200, 60)] {
            screen(&mut discard(), width, height);
        }
    }
}
