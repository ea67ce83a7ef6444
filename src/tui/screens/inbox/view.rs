//! How the inbox is drawn: totals, a row for each concern, and a preview where there is room.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{Inbox, State, WITH_PREVIEW};
use crate::cabinet::table::concern::{Concern, InboxRow, Pile};
use crate::domain::triage::Urgency;
use crate::search::Query;
use crate::tui::layer::Cx;
use crate::tui::screens::cells::{self, Cell};
use crate::tui::screens::concern::part1;
use crate::tui::screens::concern::view::field_rows;
use crate::tui::theme::Theme;
use crate::tui::widgets::age::age;
use crate::tui::widgets::columns::pad;
use crate::tui::widgets::list::{self, GUTTER, Present};
use crate::tui::widgets::{write, write_wrapped};

pub(super) fn draw(inbox: &mut Inbox, cx: &Cx, frame: &mut Frame, area: Rect) {
    let narrow = u16::from(!inbox.narrowing.is_idle());
    let [totals, narrowing, head, body] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(narrow),
        Constraint::Length(1),
        Constraint::Min(0),
    ])
    .areas(area);
    inbox.size.width = area.width;
    inbox.size.height = body.height;
    write(&total(inbox), totals, frame.buffer_mut(), cx.theme.dim);
    if let Some(cursor) = inbox.narrowing.draw(narrowing, frame.buffer_mut(), &cx.theme) {
        frame.set_cursor_position(cursor);
    }
    if let Some(text) = instead_of_rows(inbox) {
        write_wrapped(&text, body, frame.buffer_mut(), cx.theme.text);
        return;
    }
    let (rows, preview) = beside(body);
    let widths = Widths::of(rows.width);
    let headed =
        Rect { x: head.x + GUTTER.min(head.width), width: head.width.saturating_sub(GUTTER), ..head };
    write(&widths.heading(&cx.theme), headed, frame.buffer_mut(), cx.theme.dim);
    draw_rows(inbox, &widths, cx, frame, rows);
    if let Some(preview) = preview {
        draw_preview(inbox, cx, frame, preview);
    }
}

fn beside(body: Rect) -> (Rect, Option<Rect>) {
    if body.width < WITH_PREVIEW {
        return (body, None);
    }
    let parts = [Constraint::Fill(3), Constraint::Length(2), Constraint::Fill(2)];
    let [rows, _, preview] = Layout::horizontal(parts).areas(body);
    (rows, Some(preview))
}

fn total(inbox: &Inbox) -> String {
    let count = inbox.page.total;
    let concerns = if count == 1 { "1 concern".to_owned() } else { format!("{count} concerns") };
    if !inbox.narrowing.text().is_empty() {
        return format!("{concerns} like this.{}", legend(inbox));
    }
    match inbox.pile {
        Pile::Signed => format!("{concerns} signed, the newest first."),
        Pile::Waiting => {
            let verb = if count == 1 { "is" } else { "are" };
            format!("{concerns} {verb} waiting{}, the most urgent first.{}", in_danger(inbox), legend(inbox))
        }
    }
}

/// They come first in their pile, so that the first window holds them all.
fn in_danger(inbox: &Inbox) -> String {
    let dangers = inbox.page.rows.iter().filter(|row| row.urgency == Urgency::Danger).count();
    if dangers == 0 || inbox.page.offset > 0 { String::new() } else { format!(", {dangers} in danger") }
}

/// What the mark before a name asks, where there is one.
fn legend(inbox: &Inbox) -> &'static str {
    if inbox.page.rows.iter().any(|row| row.unlinked > 0) { " ? means: which child?" } else { "" }
}

fn instead_of_rows(inbox: &Inbox) -> Option<String> {
    match &inbox.state {
        State::Loading => Some("Reading…".to_owned()),
        State::Failed(sentence) => Some(sentence.clone()),
        State::Loaded if inbox.page.total > 0 => None,
        State::Loaded if !inbox.narrowing.text().is_empty() => {
            Some(format!("Nothing here is like \"{}\". Esc shows all again.", inbox.narrowing.text()))
        }
        State::Loaded => Some(match inbox.pile {
            Pile::Waiting => {
                "Nothing is waiting. Press n to type a concern, or drop a file into the folder incoming/."
                    .to_owned()
            }
            Pile::Signed => "Nothing is signed yet. Tab shows what is waiting.".to_owned(),
        }),
    }
}

fn draw_rows(inbox: &mut Inbox, widths: &Widths, cx: &Cx, frame: &mut Frame, area: Rect) {
    let visible = inbox.list.window(area.height.into());
    let offset = usize::try_from(inbox.page.offset).unwrap_or(usize::MAX);
    let skipped = visible.start.saturating_sub(offset);
    let shown = inbox.page.rows.iter().skip(skipped).take(visible.len());
    let query = Query::parse(inbox.narrowing.text());
    let rows: Vec<Line> = shown.map(|row| widths.line(row, &query, cx)).collect();
    let present = Present { first: offset.saturating_add(skipped), rows: &rows };
    list::draw(&inbox.list, present, area, frame.buffer_mut(), &cx.theme);
}

/// How wide each column is; the reason takes what the others leave.
pub(super) struct Widths {
    urgency: usize,
    age: usize,
    child: usize,
    reason: usize,
    job: usize,
    state: usize,
}

impl Widths {
    pub(super) fn of(width: u16) -> Self {
        let room = usize::from(width.saturating_sub(GUTTER));
        let (urgency, age, state) = (7, 8, 6);
        let child = (room / 4).clamp(12, 34);
        let job = if room < 66 { 0 } else { (room / 6).min(24) };
        let gaps = 5;
        let reason = room.saturating_sub(urgency + age + child + job + state + gaps);
        Self { urgency, age, child, reason, job, state }
    }

    /// The columns after the urgency.
    fn cells<'t>(&self, [age, child, reason, job, state]: [&'t str; 5]) -> [Cell<'t>; 5] {
        [
            Cell(age, self.age),
            Cell(child, self.child),
            Cell(reason, self.reason),
            Cell(job, self.job),
            Cell(state, self.state),
        ]
    }

    fn heading(&self, theme: &Theme) -> String {
        let rest = self.cells(["age", "child and form", "reason", "reporter", "state"]);
        let rest = cells::row(&rest, &Query::default(), theme).to_string();
        format!("{} {}", pad("urgency", self.urgency), rest.trim_end())
    }

    pub(super) fn line(&self, row: &InboxRow, query: &Query, cx: &Cx) -> Line<'static> {
        let mark = if row.unlinked > 0 { "? " } else { "" };
        let child = format!("{mark}{} {}", row.named.one_line(), row.form.one_line());
        let reason = row.gist.one_line();
        let age = age(row.received_at, cx.now);
        let job = row.job_title.one_line();
        let rest = self.cells([&age, &child, &reason, &job, row.state.label()]);
        let urgency = pad(row.urgency.label(), self.urgency);
        let mut line =
            Line::from(vec![Span::styled(urgency, urgency_style(row.urgency, &cx.theme)), Span::raw(" ")]);
        line.spans.extend(cells::row(&rest, query, &cx.theme).spans);
        line
    }
}

fn urgency_style(urgency: Urgency, theme: &Theme) -> Style {
    match urgency {
        Urgency::Danger => theme.danger,
        Urgency::Soon => theme.soon,
        Urgency::Routine => theme.text,
    }
}

fn draw_preview(inbox: &Inbox, cx: &Cx, frame: &mut Frame, area: Rect) {
    let selected = inbox.selected().map(|row| row.concern);
    let Some(concern) = inbox.preview.shown.as_deref().filter(|shown| Some(shown.row.concern) == selected)
    else {
        write("…", area, frame.buffer_mut(), cx.theme.dim);
        return;
    };
    for (place, row) in area.rows().zip(preview(concern, area.width.into(), &cx.theme)) {
        frame.buffer_mut().set_line(place.x, place.y, &row, place.width);
    }
}

/// What was said, without the fields that were left empty.
fn preview(concern: &Concern, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled(format!("Part 1 of concern {}", concern.row.concern), theme.title)];
    let mut group = part1::Group::Who;
    for field in part1::fields(concern).iter().filter(|field| field.text.is_some()) {
        if field.group != group {
            group = field.group;
            lines.extend([Line::default(), Line::styled(group.heading(), theme.title)]);
        }
        lines.extend(field_rows(field, width, theme));
    }
    lines
}
