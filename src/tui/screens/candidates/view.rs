//! How the children who may be meant are drawn.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::{Candidates, Row, State, named_as};
use crate::domain::concern::NamedChild;
use crate::search::Query;
use crate::tui::layer::Cx;
use crate::tui::screens::cells::{self, Cell};
use crate::tui::widgets::columns::{columns, fit};
use crate::tui::widgets::list::{self, GUTTER, Present};
use crate::tui::widgets::write;

pub(super) fn draw(screen: &mut Candidates, cx: &Cx, frame: &mut Frame, area: Rect) {
    let narrow = u16::from(!screen.narrowing.is_idle());
    let asking = if matches!(screen.state, State::Linking(_)) { 2 } else { 0 };
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

/// Who is asked about.
fn question(named: &NamedChild) -> String {
    format!("Who is {}?", named_as(named))
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
    let widths = Widths::of(shown, room);
    let rows: Vec<Line> = shown.iter().map(|row| line(row, &query, &widths, cx)).collect();
    let present = Present { first: window.start, rows: &rows };
    list::draw(&mut screen.list, present, area, frame.buffer_mut(), &cx.theme);
}

/// Why it may be this child is what she needs; the name is nearly the one that stands above.
struct Widths {
    room: usize,
    name: usize,
    detail: usize,
    why: usize,
}

impl Widths {
    fn of(rows: &[Row], room: usize) -> Self {
        let widest = |of: fn(&Row) -> &str| rows.iter().map(|row| columns(of(row))).max().unwrap_or(0);
        let why = widest(|row| &row.why).min(room / 2);
        let detail = widest(|row| &row.detail).min(room.saturating_sub(why + 2) / 2);
        Self { room, name: room.saturating_sub(why + detail + 2), detail, why }
    }
}

fn line(row: &Row, query: &Query, widths: &Widths, cx: &Cx) -> Line<'static> {
    if row.detail.is_empty() && row.why.is_empty() {
        return Line::from(fit(&row.name, widths.room));
    }
    let cells = [Cell(&row.name, widths.name), Cell(&row.detail, widths.detail)];
    let mut line = cells::row(&cells, query, &cx.theme);
    line.spans.push(Span::styled(fit(&row.why, widths.why), cx.theme.dim));
    line
}

fn draw_state(screen: &Candidates, cx: &Cx, frame: &mut Frame, area: Rect) {
    let [_, label] = Layout::vertical([Constraint::Length(1), Constraint::Length(1)]).areas(area);
    if let State::Linking(row) = &screen.state {
        write(&format!("Recording: {}…", row.name), label, frame.buffer_mut(), cx.theme.text);
    }
}
