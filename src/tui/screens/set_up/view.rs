//! How the first run is drawn.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::{SetUpScreen, State};
use crate::tui::layer::Cx;
use crate::tui::screens::{narrow_column, passphrase};
use crate::tui::widgets::{write, write_wrapped};

const HEADING: &str = "A new desk. Seven questions, the recovery key, then the inbox.";
const LOSS: &str = "Everything is encrypted under your passphrase, and nobody can reset it: write it down and lock \
                    it away.";

pub(super) fn draw(screen: &SetUpScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let [heading, questions, _, estimate, loss, said] = Layout::vertical([
        Constraint::Length(2),
        Constraint::Length(screen.questions.height()),
        Constraint::Max(1),
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Min(2),
    ])
    .areas(narrow_column(area));
    let theme = &cx.theme;
    write(HEADING, heading, frame.buffer_mut(), theme.title);
    screen.questions.draw(cx, frame, questions);
    let style = passphrase::style(&screen.strength, theme);
    write(screen.strength.sentence(), estimate, frame.buffer_mut(), style);
    write_wrapped(LOSS, loss, frame.buffer_mut(), theme.text);
    match &screen.state {
        State::Asking => {}
        State::Making => write_wrapped("Making the desk…", said, frame.buffer_mut(), theme.text),
        State::Amiss(sentence) => write_wrapped(sentence, said, frame.buffer_mut(), theme.warn),
    }
}
