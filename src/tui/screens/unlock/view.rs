//! How unlocking is drawn.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::{State, Unlock};
use crate::desk::answer::PersonChoice;
use crate::tui::layer::Cx;
use crate::tui::screens::narrow_column;
use crate::tui::widgets::columns::fit;
use crate::tui::widgets::list::{self, GUTTER, Present};
use crate::tui::widgets::{Focus, write, write_wrapped};

pub(super) fn draw(unlock: &mut Unlock, cx: &Cx, frame: &mut Frame, area: Rect) {
    let area = narrow_column(area);
    let people = u16::try_from(unlock.people.len()).unwrap_or(u16::MAX);
    let [heading, _, who, _, label, field, _, said] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Max(people),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Min(2),
    ])
    .areas(area);
    let theme = &cx.theme;
    write(heading_of(unlock), heading, frame.buffer_mut(), theme.title);
    draw_people(unlock, cx, frame, who);
    match unlock.state {
        State::Looking => return,
        State::Nobody(_) => {}
        State::Asking | State::Opening | State::Refused(_) => {
            draw_passphrase(unlock, cx, frame, label, field);
        }
    }
    draw_state(unlock, cx, frame, said);
}

fn draw_passphrase(unlock: &Unlock, cx: &Cx, frame: &mut Frame, label: Rect, field: Rect) {
    let (buf, theme) = (frame.buffer_mut(), &cx.theme);
    write("Passphrase", label, buf, theme.dim);
    let focus = if unlock.may_type() { Focus::Here } else { Focus::Elsewhere };
    if let Some(cursor) = unlock.passphrase.draw(field, buf, theme, focus) {
        frame.set_cursor_position(cursor);
    }
}

fn heading_of(unlock: &Unlock) -> &'static str {
    match (&unlock.state, unlock.people.len()) {
        (State::Looking, _) => "Looking for the desk…",
        (State::Nobody(_), _) => "The desk cannot be opened.",
        (_, 0) => "Nobody may open this desk: its folder of people is empty.",
        (_, 1) => "The desk is locked.",
        (_, _) => "The desk is locked. Who are you? Choose with the arrows.",
    }
}

fn draw_people(unlock: &mut Unlock, cx: &Cx, frame: &mut Frame, area: Rect) {
    let room = usize::from(area.width.saturating_sub(GUTTER));
    let window = unlock.list.window(area.height.into());
    let shown = unlock.people.get(window.clone()).unwrap_or_default();
    let rows: Vec<Line> = shown.iter().map(|person| named(person, room)).collect();
    let present = Present { first: window.start, rows: &rows };
    list::draw(&mut unlock.list, present, area, frame.buffer_mut(), &cx.theme);
}

fn named(person: &PersonChoice, room: usize) -> Line<'static> {
    let text = format!("{}, {}", person.name, person.role);
    Line::from(fit(&text, room))
}

fn draw_state(unlock: &Unlock, cx: &Cx, frame: &mut Frame, area: Rect) {
    let (text, style) = match &unlock.state {
        State::Looking | State::Asking => return,
        State::Opening => ("Opening…", cx.theme.text),
        State::Refused(sentence) | State::Nobody(sentence) => (sentence.as_str(), cx.theme.warn),
    };
    write_wrapped(text, area, frame.buffer_mut(), style);
}
