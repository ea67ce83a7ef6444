//! How the children who may be meant are drawn.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::{Candidates, Row, State};
use crate::desk::answer::born;
use crate::domain::concern::NamedChild;
use crate::domain::text::Text;
use crate::search::Query;
use crate::tui::layer::Cx;
use crate::tui::screens::cells::{self, Cell};
use crate::tui::widgets::columns::fit;
use crate::tui::widgets::list::{self, GUTTER, Present};
use crate::tui::widgets::write;

pub(super) fn draw(screen: &mut Candidates, cx: &Cx, frame: &mut Frame, area: Rect) {
    let narrow = u16::from(!screen.narrowing.is_idle());
    let asking = if matches!(screen.state, State::Choosing) { 0 } else { 2 };
    let [asked, now, narrowing, body, reason] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(narrow),
        Constraint::Min(0),
        Constraint::Length(asking),
    ])
    .areas(area);
    let buf = frame.buffer_mut();
    let question = screen.named().map(question).unwrap_or_default();
    write(&question, asked, buf, cx.theme.title);
    write(&taken_for(screen), now, buf, cx.theme.dim);
    if let Some(cursor) = screen.narrowing.draw(narrowing, buf, &cx.theme) {
        frame.set_cursor_position(cursor);
    }
    draw_rows(screen, cx, frame, body);
    draw_state(screen, cx, frame, reason);
}

/// Who is asked about, as the reporter named them.
fn question(named: &NamedChild) -> String {
    let mut parts = vec![format!("\"{}\"", named.name.one_line())];
    parts.extend(named.form.as_ref().map(Text::one_line).filter(|form| !form.is_empty()));
    parts.push(born(named.date_of_birth));
    format!("Who is {}?", parts.join(", "))
}

fn taken_for(screen: &Candidates) -> String {
    match screen.linked() {
        Some(child) => format!("Taken for {} until now.", child.details.name.one_line()),
        None => "Not settled yet. / looks for any child by name.".to_owned(),
    }
}

fn draw_rows(screen: &mut Candidates, cx: &Cx, frame: &mut Frame, area: Rect) {
    screen.height = usize::from(area.height).max(1);
    let window = screen.list.window(area.height.into());
    let room = usize::from(area.width.saturating_sub(GUTTER));
    let shown = screen.rows.get(window.clone()).unwrap_or_default();
    let query = Query::parse(screen.narrowing.text());
    let rows: Vec<Line> = shown.iter().map(|row| line(row, &query, room, cx)).collect();
    let present = Present { first: window.start, rows: &rows };
    list::draw(&mut screen.list, present, area, frame.buffer_mut(), &cx.theme);
}

fn line(row: &Row, query: &Query, room: usize, cx: &Cx) -> Line<'static> {
    let (name, detail) = (room * 2 / 5, room * 2 / 5);
    let why = room.saturating_sub(name + detail + 2);
    if row.detail.is_empty() && row.why.is_empty() {
        return Line::from(fit(&row.name, room));
    }
    let mut line = cells::row(&[Cell(&row.name, name), Cell(&row.detail, detail)], query, &cx.theme);
    line.spans.push(Span::styled(fit(&row.why, why), cx.theme.dim));
    line
}

fn draw_state(screen: &Candidates, cx: &Cx, frame: &mut Frame, area: Rect) {
    let [_, label] = Layout::vertical([Constraint::Length(1), Constraint::Length(1)]).areas(area);
    if let State::Linking(row) = &screen.state {
        write(&format!("Recording: {}…", row.name), label, frame.buffer_mut(), cx.theme.text);
    }
}
