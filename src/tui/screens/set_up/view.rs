//! How the first run is drawn.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};

use super::{Question, SetUpScreen, State};
use crate::desk::passphrase::Strength;
use crate::tui::layer::Cx;
use crate::tui::screens::narrow_column;
use crate::tui::widgets::{Focus, write, write_wrapped};

const HEADING: &str = "A new desk. Five questions, then the inbox.";
const LOSS: &str = "Everything is encrypted under your passphrase. Whoever loses it loses the desk, and nobody can \
                    reset it: write it down and lock it away.";

pub(super) fn draw(screen: &SetUpScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let [heading, questions, estimate, _, loss, said] = Layout::vertical([
        Constraint::Length(2),
        Constraint::Length(10),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(2),
        Constraint::Min(2),
    ])
    .areas(narrow_column(area));
    let theme = &cx.theme;
    write(HEADING, heading, frame.buffer_mut(), theme.title);
    draw_questions(screen, cx, frame, questions);
    let style = match screen.strength {
        Strength::Empty => theme.dim,
        Strength::Trivial(_) | Strength::Weak(_) => theme.warn,
        Strength::Strong(_) => theme.good,
    };
    write(screen.strength.sentence(), estimate, frame.buffer_mut(), style);
    write_wrapped(LOSS, loss, frame.buffer_mut(), theme.text);
    match &screen.state {
        State::Asking => {}
        State::Making => write_wrapped("Making the desk…", said, frame.buffer_mut(), theme.text),
        State::Amiss(sentence) => write_wrapped(sentence, said, frame.buffer_mut(), theme.warn),
    }
}

fn draw_questions(screen: &SetUpScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let places = area.rows().step_by(2).zip(area.rows().skip(1).step_by(2));
    for (question, (label, field)) in Question::ALL.into_iter().zip(places) {
        let (mark, style) = if screen.at == question { ("> ", cx.theme.title) } else { ("  ", cx.theme.dim) };
        write(&format!("{mark}{}", question.label()), label, frame.buffer_mut(), style);
        let [_, field] = Layout::horizontal([Constraint::Length(2), Constraint::Min(0)]).areas(field);
        if let Some(cursor) = draw_field(screen, question, cx, frame, field) {
            frame.set_cursor_position(cursor);
        }
    }
}

fn draw_field(
    screen: &SetUpScreen,
    question: Question,
    cx: &Cx,
    frame: &mut Frame,
    area: Rect,
) -> Option<Position> {
    let focus = if screen.at == question { Focus::Here } else { Focus::Elsewhere };
    let (buf, theme) = (frame.buffer_mut(), &cx.theme);
    match question {
        Question::Organisation => screen.organisation.draw(area, buf, theme, focus),
        Question::Name => screen.name.draw(area, buf, theme, focus),
        Question::Role => screen.role.draw(area, buf, theme, focus),
        Question::Passphrase => screen.passphrase.draw(area, buf, theme, focus),
        Question::Again => screen.again.draw(area, buf, theme, focus),
    }
}
