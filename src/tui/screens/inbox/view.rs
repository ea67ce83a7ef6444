//! How the inbox is drawn: a row for each concern, and a preview where there is room.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::{DateTime, Utc};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{Inbox, WITH_PREVIEW};
use crate::cabinet::last_seen::LastSeen;
use crate::cabinet::table::concern::{InboxRow, Pile};
use crate::domain::ids::ConcernId;
use crate::domain::triage::Urgency;
use crate::domain::working_time::{in_brief, left};
use crate::search::Query;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::Cx;
use crate::tui::screens::browse::{Head, Lack, draw_note};
use crate::tui::screens::cells::{self, Cell};
use crate::tui::screens::concern::view::preview;
use crate::tui::theme::Theme;
use crate::tui::widgets::age::age;
use crate::tui::widgets::columns::pad;
use crate::tui::widgets::list::GUTTER;
use crate::tui::widgets::write;

pub(super) fn draw(inbox: &mut Inbox, cx: &Cx, frame: &mut Frame, area: Rect) {
    inbox.width = area.width;
    let [head, columns, body] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Min(0)]).areas(area);
    let (rows, preview) = beside(body);
    let shown = inbox.list.window(rows.height.into());
    let said = Head { what: &what(inbox, cx.now), more: &more(inbox, shown, cx) };
    inbox.list.draw_head(cx, frame, head, said);
    if let Some(lack) = inbox.list.lack() {
        return draw_note(cx, frame, body, &instead(lack, inbox, cx));
    }
    let widths = Widths::of(rows.width);
    let [_, named] = Layout::horizontal([Constraint::Length(GUTTER), Constraint::Min(0)]).areas(columns);
    write(&widths.heading(&cx.theme), named, frame.buffer_mut(), cx.theme.dim);
    let query = inbox.list.query();
    let unfinished = &inbox.unfinished.concerns;
    inbox.list.draw(cx, frame, rows, |row, _| widths.line(row, unfinished, &query, cx));
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

/// The pile, what is in danger in it, and what is overdue.
fn what(inbox: &Inbox, now: DateTime<Utc>) -> String {
    if *inbox.list.listing() == Pile::Closed {
        return "Closed".to_owned();
    }
    // They come first in their pile.
    let rows = || (0..inbox.list.total()).map_while(|place| inbox.list.place(place).0);
    let first: Vec<&InboxRow> = rows().take_while(|row| row.is_in_danger() || row.is_overdue(now)).collect();
    let counted = [
        (first.iter().filter(|row| row.is_in_danger()).count(), "in danger"),
        (first.iter().filter(|row| row.is_overdue(now)).count(), "overdue"),
    ];
    let counted = counted.iter().filter(|(count, _)| *count > 0);
    let words = counted.map(|(count, word)| format!(", {count} {word}"));
    std::iter::once("Waiting".to_owned()).chain(words).collect()
}

/// The order; and what is not finished, or what the mark before a name asks, where there is one.
fn more(inbox: &Inbox, shown: Range<usize>, cx: &Cx) -> String {
    let order = match inbox.list.listing() {
        Pile::Waiting => "urgent first",
        Pile::Closed => "the newest first",
    };
    let key = cx.keymap.chord(&[Scope::Everywhere], Action::Drafts);
    let key = key.map(|key| format!(": {key}")).unwrap_or_default();
    let is_asked = shown.filter_map(|place| inbox.list.place(place).0).any(|row| row.unlinked > 0);
    if cx.desk.as_ref().is_some_and(|desk| desk.standing.last_seen != LastSeen::Same) {
        return ". This is not the record last seen here: see `dsl-desk verify`".to_owned();
    }
    if let Some(count) = cx.desk.as_ref().map(|desk| desk.standing.rejected).filter(|count| *count > 0) {
        let reports = if count == 1 { "An arrival" } else { &format!("{count} arrivals") };
        let key = cx.keymap.chord(&[Scope::Inbox], Action::Rejected);
        let key = key.map(|key| format!(": {key} says why")).unwrap_or_default();
        return format!(". {reports} could not be read{key}");
    }
    let ring = cx.keymap.chord(&[Scope::Everywhere], Action::Ring);
    let place = ring.map(|ring| format!(": {ring} on its concern places it")).unwrap_or_default();
    let loose = cx.desk.as_ref().map_or(0, |desk| desk.standing.loose_calls);
    match (inbox.unfinished.new, loose) {
        (0, 1) => return format!(". A call has no place yet{place}"),
        (0, loose) if loose > 1 => return format!(". {loose} calls have no place yet{place}"),
        (_, loose) if loose > 0 => {
            return format!(". A new concern is not finished, and calls have no place yet{key}");
        }
        _ => {}
    }
    match inbox.unfinished.new {
        0 if is_asked => format!(", {order}. ? means: which child?"),
        0 => format!(", {order}."),
        1 => format!(". A new concern is not finished{key}"),
        new => format!(". {new} new concerns are not finished{key}"),
    }
}

fn instead(lack: Lack, inbox: &Inbox, cx: &Cx) -> String {
    match (lack, inbox.list.listing()) {
        (Lack::Waiting, _) => "One moment …".to_owned(),
        (Lack::Narrowed, _) => {
            format!("Nothing here is like \"{}\". Esc shows all again.", inbox.list.letters())
        }
        (Lack::Empty, Pile::Waiting) => {
            let key = cx.keymap.chord(&[Scope::Everywhere], Action::NewConcern);
            let key = key.map(|key| format!(" Press {key} to type a concern.")).unwrap_or_default();
            let folder = inbox.incoming.as_ref().map_or("incoming/", |folder| folder);
            format!("Nothing is waiting.{key} Files that are dropped into this folder come in here: {folder}")
        }
        (Lack::Empty, Pile::Closed) => {
            let key = cx.keymap.chord(&[Scope::Inbox], Action::Pile);
            let key = key.map(|key| format!(" {key} shows what is waiting.")).unwrap_or_default();
            format!("Nothing is closed yet.{key}")
        }
    }
}

/// From here on what is due has a column of its own.
const WITH_DUE: usize = 100;

/// How wide each column is; the reason takes what the others leave.
pub(super) struct Widths {
    urgency: usize,
    /// How long ago it came; where `due` has no column of its own, what is due next.
    age: usize,
    due: usize,
    child: usize,
    reason: usize,
    job: usize,
    state: usize,
}

impl Widths {
    pub(super) fn of(width: u16) -> Self {
        let room = usize::from(width.saturating_sub(GUTTER));
        let (urgency, state) = (7, 6);
        let (age, due) = if room < WITH_DUE { (9, 0) } else { (8, 16) };
        let child = (room / 4).clamp(12, 34);
        let job = if room < 66 { 0 } else { (room / 6).min(24) };
        let gaps = 5 + usize::from(due > 0);
        let reason = room.saturating_sub(urgency + age + due + child + job + state + gaps);
        Self { urgency, age, due, child, reason, job, state }
    }

    /// The columns after the urgency.
    fn cells<'t>(&self, [age, due, child, reason, job, state]: [&'t str; 6]) -> [Cell<'t>; 6] {
        [
            Cell(age, self.age),
            Cell(due, self.due),
            Cell(child, self.child),
            Cell(reason, self.reason),
            Cell(job, self.job),
            Cell(state, self.state),
        ]
    }

    fn heading(&self, theme: &Theme) -> String {
        let rest = self.cells([
            if self.due > 0 { "age" } else { "age, due" },
            "due",
            "child and form",
            "reason",
            "reporter",
            "state",
        ]);
        let rest = cells::row(&rest, &Query::default(), theme).to_string();
        format!("{} {}", pad("urgency", self.urgency), rest.trim_end())
    }

    pub(super) fn line(
        &self,
        row: &InboxRow,
        unfinished: &BTreeSet<ConcernId>,
        query: &Query,
        cx: &Cx,
    ) -> Line<'static> {
        let child = whom(row);
        let reason = row.reason();
        let (age, due) = self.times(row, cx.now);
        let job = row.job_title.one_line();
        let state = if unfinished.contains(&row.concern) { "draft" } else { row.state.label() };
        let rest = self.cells([&age, &due, &child, &reason, &job, state]);
        let urgency = pad(row.urgency.label(), self.urgency);
        let mut line =
            Line::from(vec![Span::styled(urgency, urgency_style(row.urgency, &cx.theme)), Span::raw(" ")]);
        line.spans.extend(cells::row(&rest, query, &cx.theme).spans);
        line
    }
}

/// How old it is, and what is due next.
impl Widths {
    fn times(&self, row: &InboxRow, now: DateTime<Utc>) -> (String, String) {
        let age = age(row.received_at, now);
        match &row.due {
            Some(due) if self.due > 0 => (age, left(due.at, now)),
            Some(due) => (in_brief(due.at, now), String::new()),
            None => (age, String::new()),
        }
    }
}

/// Nobody names an adult.
fn whom(row: &InboxRow) -> String {
    let mark = if row.unlinked > 0 { "? " } else { "" };
    match row.named.one_line() {
        named if named.is_empty() => format!("({})", row.about.label()),
        named => format!("{mark}{named} {}", row.form.one_line()),
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
    let marked = inbox.list.marked().map(|row| row.concern);
    let Some(concern) = inbox.preview.shown.as_deref().filter(|shown| Some(shown.row.concern) == marked)
    else {
        write("…", area, frame.buffer_mut(), cx.theme.dim);
        return;
    };
    for (place, row) in area.rows().zip(preview(concern, area.width.into(), &cx.theme)) {
        frame.buffer_mut().set_line(place.x, place.y, &row, place.width);
    }
}
