//! The finder's box: the field, where it looks, and a line for each thing that can be opened.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear};

use super::entry::Entry;
use super::{Finder, Wait};
use crate::desk::answer::{Scope as Where, Target};
use crate::domain::emergency;
use crate::search::{Asking, Query};
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::Cx;
use crate::tui::screens::browse::draw_note;
use crate::tui::screens::cells::{self, Cell};
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::{columns, fit};
use crate::tui::widgets::list::{self, GUTTER, Present};
use crate::tui::widgets::{Focus, write, write_wrapped};

/// As large as it grows.
const WIDEST: u16 = 160;
/// Narrower screens it fills.
const ROOM_AROUND: u16 = 110;
const TALLEST: u16 = 30;
/// The words before a row, `concern` the longest of them.
const WHAT: usize = 7;
/// A command has its name there, too.
const LEAST_NAME: usize = 12;
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
        // What was left out takes the room that it needs to say what to do.
        let height = if self.notes.is_empty() { 1 } else { 2 };
        let parts = [Constraint::Length(1), Constraint::Length(height), Constraint::Min(0)];
        let [field, beside, rows] = Layout::vertical(parts).areas(inner);
        if let Some(cursor) = self.field.draw(field, frame.buffer_mut(), &cx.theme, Focus::Here) {
            frame.set_cursor_position(cursor);
        }
        self.draw_beside(cx, frame, beside);
        self.draw_entries(cx, frame, rows);
    }

    /// What was not understood; else how what was typed may go on; else what may be typed at all.
    fn draw_beside(&self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let buf = frame.buffer_mut();
        if let Some(note) = self.notes.first() {
            return write_wrapped(&format!("{note}."), area, buf, cx.theme.warn);
        }
        if self.completions.is_empty() {
            return write(ways_to_ask(self.place), area, buf, cx.theme.dim);
        }
        let key = cx.keymap.key(Scope::Finder, Action::Complete);
        let offers: Vec<&str> = self.completions.iter().map(|completion| completion.offer.as_str()).collect();
        let mut line = Line::styled(key, cx.theme.key);
        line.push_span(Span::styled(
            format!(" {}", fit(&offers.join("   "), area.width.into())),
            cx.theme.text,
        ));
        buf.set_line(area.x, area.y, &line, area.width);
    }

    fn draw_entries(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        self.height = area.height.into();
        if self.entries.is_empty() {
            return draw_note(cx, frame, area, self.nothing());
        }
        let shown = self.list.window(self.height);
        let query = Asking::parse(self.field.text(), cx.now).all_words();
        let width = usize::from(area.width.saturating_sub(GUTTER));
        let entries = self.entries.get(shown.clone()).unwrap_or_default();
        let widths = Widths::of(entries, width);
        let rows: Vec<Line> = entries.iter().map(|entry| line(entry, &widths, &query, &cx.theme)).collect();
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

/// In the upper middle, with the layer below around it where there is room for that; scraps of it would only confuse.
fn boxed(area: Rect) -> Rect {
    if area.width < ROOM_AROUND || area.height < 20 {
        return area;
    }
    let (width, height) =
        (area.width.saturating_sub(16).min(WIDEST), area.height.saturating_sub(2).min(TALLEST));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + 1, width, height }
}

/// On a line of 78 columns.
fn ways_to_ask(place: Where) -> &'static str {
    match place {
        Where::Everything | Where::Chronology => {
            "Words, \"a phrase\", -not this; narrow with child: kind: by: from: to:"
        }
        Where::Children => "Any part of a name, a form, a date of birth",
        Where::Contacts => "Any part of a name, a role, an organisation, a number",
    }
}

fn looking_in(place: Where) -> &'static str {
    match place {
        Where::Everything => "everything",
        Where::Children => "children",
        Where::Contacts => "contacts",
        Where::Chronology => "chronology",
    }
}

fn line(entry: &Entry, widths: &Widths, query: &Query, theme: &Theme) -> Line<'static> {
    match entry {
        Entry::Emergency => {
            let text = format!("{}  {}", emergency::NUMBER, emergency::SERVICE);
            Line::styled(text, theme.danger)
        }
        Entry::Command(command) => {
            let help = format!("{} ({})", command.help, command.chord);
            told("do", &widths.cells(command.label, &help, ""), query, theme)
        }
        Entry::Found(found) => {
            told(what(found.target), &widths.cells(&found.name, &found.detail, &found.why), query, theme)
        }
    }
}

/// As wide as what is found needs: the detail, which holds the number or the words, takes what is left.
struct Widths {
    name: usize,
    detail: usize,
    why: usize,
}

impl Widths {
    fn of(entries: &[Entry], width: usize) -> Self {
        let found = || {
            entries.iter().filter_map(|entry| match entry {
                Entry::Found(found) => Some(found),
                Entry::Emergency | Entry::Command(_) => None,
            })
        };
        let why =
            if width < NARROW { 0 } else { found().map(|found| columns(&found.why)).max().unwrap_or(0) };
        let rest = width.saturating_sub(WHAT + why + 3);
        let name = found().map(|found| columns(&found.name.one_line())).max().unwrap_or(0);
        let name = name.clamp(LEAST_NAME, (rest / 3).max(LEAST_NAME));
        Self { name, detail: rest.saturating_sub(name), why }
    }

    fn cells<'t>(&self, name: &'t str, detail: &'t str, why: &'t str) -> [Cell<'t>; 3] {
        [Cell(name, self.name), Cell(detail, self.detail), Cell(why, self.why)]
    }
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
