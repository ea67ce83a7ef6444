//! How every list is drawn: the line above it, and its rows.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::{Browse, Listing};
use crate::tui::layer::Cx;
use crate::tui::widgets::list::{self, GUTTER, Present};
use crate::tui::widgets::wrap::wrap;
use crate::tui::widgets::write;

/// What is said of a list, and what more where it is not narrowed.
#[derive(Clone, Copy, Debug)]
pub struct Head<'t> {
    pub what: &'t str,
    pub more: &'t str,
}

impl<L: Listing> Browse<L> {
    /// The line above the list: what it is or what narrows it, and the position.
    pub fn draw_head(&self, cx: &Cx, frame: &mut Frame, area: Rect, head: Head) {
        let Head { what, more } = head;
        let idling = self.narrowing.is_idle();
        let position = if idling { self.position() } else { format!("{what}, {}", self.position()) };
        let room = u16::try_from(position.len()).unwrap_or(u16::MAX);
        let [left, right] =
            Layout::horizontal([Constraint::Min(0), Constraint::Length(room)]).spacing(1).areas(area);
        write(&position, right, frame.buffer_mut(), cx.theme.dim);
        if idling {
            write(&format!("{what}{more}"), left, frame.buffer_mut(), cx.theme.dim);
        } else if let Some(cursor) = self.narrowing.draw(left, frame.buffer_mut(), &cx.theme) {
            frame.set_cursor_position(cursor);
        }
    }

    /// The rows, one line each; `line` is told the columns that it has.
    pub fn draw(
        &mut self,
        cx: &Cx,
        frame: &mut Frame,
        area: Rect,
        line: impl Fn(&L::Row, usize) -> Line<'static>,
    ) {
        let shown = self.window(area.height.into());
        let width = usize::from(area.width.saturating_sub(GUTTER));
        let first = shown.clone().find(|place| self.row(*place).is_some()).unwrap_or(shown.start);
        let rows: Vec<Line> =
            (first..shown.end).map_while(|place| self.row(place)).map(|row| line(row, width)).collect();
        list::draw(&mut self.list, Present { first, rows: &rows }, area, frame.buffer_mut(), &cx.theme);
    }

    /// The places in the list that so many lines show.
    pub fn window(&mut self, height: usize) -> std::ops::Range<usize> {
        self.height = height;
        self.list.window(height)
    }

    /// What stands in a place of the list, as far as it has come, and whether it is the selected one.
    pub fn place(&self, place: usize) -> (Option<&L::Row>, Selected) {
        let selected = if self.list.selected() == Some(place) { Selected::Yes } else { Selected::No };
        (self.row(place), selected)
    }
}

/// What stands where a list would, in as many lines as it takes.
pub fn draw_note(cx: &Cx, frame: &mut Frame, area: Rect, text: &str) {
    let rows = area.intersection(frame.area()).rows();
    for (row, line) in rows.zip(wrap(text, area.width.into())) {
        frame.buffer_mut().set_line(row.x, row.y, &line.style(cx.theme.dim), row.width);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selected {
    Yes,
    No,
}
