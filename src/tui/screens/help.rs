//! The keys that work on a layer, printed from the rows of the keymap and from nothing else.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::step;
use crate::desk::Reply;
use crate::tui::keymap::{Action, Keymap, Scope, table};
use crate::tui::layer::{Cx, Effect, Effects, Surface};
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::{columns, pad};
use crate::tui::widgets::scroll::Scroll;
use crate::tui::widgets::wrap::wrap;

/// The most columns that the names of keys take.
const KEYS: usize = 24;

pub struct Help {
    pub scopes: &'static [Scope],
    scroll: Scroll,
}

impl Help {
    pub fn new(scopes: &'static [Scope]) -> Self {
        Self { scopes, scroll: Scroll::default() }
    }
}

impl Surface for Help {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Reading]
    }

    fn title(&self, _cx: &Cx) -> String {
        "The keys that work here".to_owned()
    }

    fn act(&mut self, _cx: &Cx, action: Action) -> Effects {
        match (action, step(action)) {
            (Action::Back | Action::Enter, _) => return vec![Effect::Close],
            (_, Some(step)) => self.scroll.shift(step),
            (_, None) => {}
        }
        Vec::new()
    }

    fn reply(&mut self, _cx: &Cx, _reply: Reply) -> Effects {
        Vec::new()
    }

    fn draw(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let lines = lines(&cx.keymap, self.scopes, area.width.into(), &cx.theme);
        self.scroll.draw(&lines, area, frame.buffer_mut());
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
        assert!(matches!(help.act(&cx(), Action::Back)[..], [Effect::Close]));
    }

    #[test]
    fn it_can_be_drawn_at_any_size() {
        for (width, height) in sizes() {
            drawn(&mut Help::new(CHILD), width, height);
        }
    }
}
