//! The keys that work on a layer, printed from the rows of the keymap and from nothing else.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::desk::Reply;
use crate::tui::keymap::{Action, Keymap, Scope, table};
use crate::tui::layer::{Cx, Effect, Effects, Surface};
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::{columns, pad};
use crate::tui::widgets::wrap::wrap;

/// The most columns that the names of keys take.
const KEYS: usize = 24;

pub struct Help {
    pub scopes: &'static [Scope],
    top: usize,
    /// As they were last drawn.
    lines: usize,
    height: usize,
}

impl Help {
    pub fn new(scopes: &'static [Scope]) -> Self {
        Self { scopes, top: 0, lines: 0, height: 0 }
    }
}

impl Surface for Help {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Reading, Scope::Everywhere]
    }

    fn title(&self, _cx: &Cx) -> String {
        "The keys that work here".to_owned()
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        let page = self.height.saturating_sub(1).max(1);
        let top = match action {
            Action::Up => self.top.saturating_sub(1),
            Action::Down => self.top + 1,
            Action::PageUp => self.top.saturating_sub(page),
            Action::PageDown => self.top + page,
            Action::Top => 0,
            Action::Bottom => usize::MAX,
            Action::Back | Action::Enter => return vec![Effect::Close],
            _ => return Vec::new(),
        };
        self.top = top.min(self.lines.saturating_sub(self.height));
        Vec::new()
    }

    fn reply(&mut self, _cx: &Cx, _reply: Reply) -> Effects {
        Vec::new()
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let lines = lines(&cx.keymap, self.scopes, area.width.into(), &cx.theme);
        (self.lines, self.height) = (lines.len(), area.height.into());
        let top = self.top.min(self.lines.saturating_sub(self.height));
        for (row, line) in area.rows().zip(lines.iter().skip(top)) {
            frame.buffer_mut().set_line(row.x, row.y, line, row.width);
        }
    }
}

/// A heading for each scope and a line for each action. What works always comes last, for it is the least news.
fn lines(keymap: &Keymap, scopes: &[Scope], width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for scope in scopes.iter().chain(&[Scope::Always]) {
        let keys = table::keys(keymap, *scope);
        let names =
            keys.iter().map(|keys| columns(&keys.chords())).max().unwrap_or(0).min(KEYS).min(width / 2);
        lines.push(Line::styled(table::heading(*scope), theme.title));
        for action in &keys {
            let rows = wrap(action.help, width.saturating_sub(names + 4));
            for (place, row) in rows.into_iter().enumerate() {
                let name = if place == 0 { action.chords() } else { String::new() };
                let name = Span::styled(format!("  {}", pad(&name, names)), theme.key);
                lines.push(Line::from([vec![name, Span::raw("  ")], row.spans].concat()));
            }
        }
        lines.push(Line::default());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keymap::config;
    use crate::tui::screens::testing::{cx, drawn, sizes};

    const CHILD: &[Scope] = &[Scope::Child, Scope::List, Scope::Everywhere];

    #[test]
    fn every_row_of_the_scopes_is_there() {
        let shown = drawn(&mut Help::new(CHILD), 120, 80);
        let keymap = Keymap::default();
        for row in keymap.rows(CHILD) {
            assert!(shown.contains(row.help), "{}\n{shown}", row.help);
        }
        assert!(shown.contains("Ctrl-L, F12"), "{shown}");
    }

    #[test]
    fn a_key_that_was_moved_is_shown_where_it_is() {
        let (keymap, _) = config::read("[keys]\nchild.kinds = \"F6\"");
        let printed: String =
            lines(&keymap, CHILD, 80, &Theme::plain()).iter().map(Line::to_string).collect();
        assert!(printed.contains("F6") && !printed.contains("Tab"), "{printed}");
    }

    #[test]
    fn it_scrolls_no_further_than_its_end() {
        let mut help = Help::new(CHILD);
        drawn(&mut help, 80, 10);
        help.act(&cx(), Action::Bottom);
        assert!(drawn(&mut help, 80, 10).contains("Blank the screen"));
        help.act(&cx(), Action::Down);
        help.act(&cx(), Action::Up);
        assert!(help.top + 11 == help.lines, "one line up from the end");
        assert!(matches!(help.act(&cx(), Action::Back)[..], [Effect::Close]));
    }

    #[test]
    fn it_can_be_drawn_at_any_size() {
        for (width, height) in sizes() {
            drawn(&mut Help::new(CHILD), width, height);
        }
    }
}
