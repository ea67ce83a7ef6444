//! The finder's box: the field, where it looks, and a line for each thing that can be opened.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Block, Clear};

use super::entry::Entry;
use super::{Finder, Wait};
use crate::desk::answer::{Scope as Where, Target};
use crate::domain::emergency;
use crate::search::Query;
use crate::tui::layer::Cx;
use crate::tui::screens::browse::draw_note;
use crate::tui::screens::cells::{self, Cell};
use crate::tui::theme::Theme;
use crate::tui::widgets::Focus;
use crate::tui::widgets::list::{self, GUTTER, Present};

/// As large as it grows.
const WIDEST: u16 = 110;
const TALLEST: u16 = 30;
/// The words before a row, `concern` the longest of them.
const WHAT: usize = 7;
const WHY: usize = 19;
/// Below this there is no room for why.
const NARROW: usize = 60;

impl Finder {
    pub(super) fn draw_over(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let area = boxed(area);
        let title = format!(" Find: {} ", looking_in(self.place));
        let block = Block::bordered().title(title).border_style(cx.theme.border).title_style(cx.theme.title);
        let inner = block.inner(area);
        frame.render_widget(Clear, area);
        frame.render_widget(block, area);
        let [field, rows] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(inner);
        if let Some(cursor) = self.field.draw(field, frame.buffer_mut(), &cx.theme, Focus::Here) {
            frame.set_cursor_position(cursor);
        }
        self.draw_entries(cx, frame, rows);
    }

    fn draw_entries(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        self.height = area.height.into();
        if self.entries.is_empty() {
            return draw_note(cx, frame, area, self.nothing());
        }
        let shown = self.list.window(self.height);
        let query = Query::parse(self.field.text());
        let width = usize::from(area.width.saturating_sub(GUTTER));
        let entries = self.entries.iter().skip(shown.start).take(shown.len());
        let rows: Vec<Line> = entries.map(|entry| line(entry, width, &query, &cx.theme)).collect();
        let present = Present { first: shown.start, rows: &rows };
        list::draw(&mut self.list, present, area, frame.buffer_mut(), &cx.theme);
    }

    fn nothing(&self) -> &'static str {
        match (self.wait, self.place) {
            (Wait::ForHits | Wait::ToOpen, _) => "One moment …",
            (Wait::No, Where::Everything) => "Nothing is called that. Try fewer letters.",
            (Wait::No, Where::Children | Where::Contacts | Where::Chronology) => {
                "Nothing here is called that. Press Tab to look elsewhere, or try fewer letters."
            }
        }
    }
}

/// In the upper middle, with the layer below around it where there is room for that.
fn boxed(area: Rect) -> Rect {
    let (width, height) =
        (area.width.saturating_sub(6).min(WIDEST), area.height.saturating_sub(2).min(TALLEST));
    if width < 50 || height < 8 {
        return area;
    }
    Rect { x: area.x + (area.width - width) / 2, y: area.y + 1, width, height }
}

fn looking_in(place: Where) -> &'static str {
    match place {
        Where::Everything => "everything",
        Where::Children => "children",
        Where::Contacts => "contacts",
        Where::Chronology => "chronology",
    }
}

fn line(entry: &Entry, width: usize, query: &Query, theme: &Theme) -> Line<'static> {
    match entry {
        Entry::Emergency => {
            let text = format!("{}  {}", emergency::NUMBER, emergency::SERVICE);
            Line::styled(text, theme.danger)
        }
        Entry::Command(command) => {
            let help = format!("{} ({})", command.help, command.chord);
            told("do", &found_cells(command.label, &help, "", width), query, theme)
        }
        Entry::Found(found) => told(
            what(found.target),
            &found_cells(&found.name, &found.detail, &found.why, width),
            query,
            theme,
        ),
    }
}

fn found_cells<'t>(name: &'t str, detail: &'t str, why: &'t str, width: usize) -> [Cell<'t>; 3] {
    let why_width = if width < NARROW { 0 } else { WHY };
    let rest = width.saturating_sub(WHAT + why_width + 3);
    let name_width = rest * 2 / 5;
    [Cell(name, name_width), Cell(detail, rest.saturating_sub(name_width)), Cell(why, why_width)]
}

/// What it is, unmarked, for that was not looked for; and the rest.
fn told(what: &str, found: &[Cell], query: &Query, theme: &Theme) -> Line<'static> {
    let mut line = cells::row(&[Cell(what, WHAT)], &Query::default(), theme);
    line.spans.extend(cells::row(found, query, theme).spans);
    line
}

fn what(target: Target) -> &'static str {
    match target {
        Target::Child(_) => "child",
        Target::Contact(_) => "contact",
        Target::Concern(_) => "concern",
        Target::Entry { .. } => "entry",
    }
}
