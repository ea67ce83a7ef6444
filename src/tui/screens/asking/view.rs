//! How a page of questions about people is drawn.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use super::{Asking, State};
use crate::tui::layer::Cx;
use crate::tui::screens::{narrow_column, passphrase};
use crate::tui::widgets::wrap::wrap;
use crate::tui::widgets::{write, write_wrapped};

pub(super) fn draw(asking: &Asking, cx: &Cx, frame: &mut Frame, area: Rect) {
    let area = narrow_column(area);
    let explained = wrap(&asking.kind.explained(), area.width.into());
    let rows = u16::try_from(explained.len()).unwrap_or(u16::MAX);
    let [heading, above, questions, estimate, _, said] = Layout::vertical([
        Constraint::Length(2),
        Constraint::Max(rows + 1),
        Constraint::Length(asking.questions.height()),
        Constraint::Length(1),
        Constraint::Max(1),
        Constraint::Min(2),
    ])
    .areas(area);
    let theme = &cx.theme;
    write(&asking.kind.heading(), heading, frame.buffer_mut(), theme.title);
    for (place, row) in above.rows().zip(&explained) {
        frame.buffer_mut().set_line(place.x, place.y, row, place.width);
    }
    asking.questions.draw(cx, frame, questions);
    if asking.kind.chooses_passphrase() {
        let style = passphrase::style(&asking.strength, theme);
        write(asking.strength.sentence(), estimate, frame.buffer_mut(), style);
    }
    match &asking.state {
        State::Asking => {}
        State::Working => write_wrapped(asking.kind.doing(), said, frame.buffer_mut(), theme.text),
        State::Amiss(sentence) => write_wrapped(sentence, said, frame.buffer_mut(), theme.warn),
    }
}
