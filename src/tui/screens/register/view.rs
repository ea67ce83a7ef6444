//! How the register is drawn: who is on it, and beneath them what is kept of the one who is selected, and what was counted.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::Register;
use crate::desk::register::OnRegister;
use crate::domain::low_level::{Judged, KEPT_UNTIL, Kept, Pattern, READ_TOGETHER};
use crate::domain::moment::{Moment, short_day};
use crate::domain::text::Text;
use crate::search::Query;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::Cx;
use crate::tui::screens::browse::draw_note;
use crate::tui::screens::cells::{self, Cell};
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::{columns as wide, fit, pad};
use crate::tui::widgets::list::{self, GUTTER, Present};
use crate::tui::widgets::wrap::wrap;
use crate::tui::widgets::write;

/// Under `How many`: `2, 1 met`; wider where somebody's needs it.
const COUNT: usize = 8;
/// From here on the time of the newest has room behind its day.
const ROOMY: usize = 98;
/// `Fri 20 Nov 2026 15:00`, and the day alone.
const NEWEST: usize = 21;
const DAY: usize = 15;
/// A name longer than this is cut before what happened is.
const NAME: usize = 32;
const ROLE: usize = 32;
const EMPTY: &str = "Nobody is on the register, as far as you may open it. A concern about staff stands here from its arrival.";

pub(super) fn draw(register: &mut Register, cx: &Cx, frame: &mut Frame, area: Rect) {
    let area = area.intersection(frame.area());
    let above = wrap(&format!("{} ({})", READ_TOGETHER.says, READ_TOGETHER.cited()), area.width.into());
    let rows = u16::try_from(above.len()).unwrap_or(u16::MAX).min(area.height / 4);
    let [head, rest] = Layout::vertical([Constraint::Length(rows), Constraint::Min(0)]).areas(area);
    for (row, line) in head.rows().zip(&above) {
        frame.buffer_mut().set_line(row.x, row.y, &line.clone().style(cx.theme.dim), row.width);
    }
    let Some(people) = register.people.as_ref() else {
        write("One moment …", rest, frame.buffer_mut(), cx.theme.text);
        return;
    };
    if people.is_empty() {
        return draw_note(cx, frame, rest, EMPTY);
    }
    let listed = u16::try_from(people.len()).unwrap_or(u16::MAX).min(rest.height.saturating_sub(1) / 2);
    let heights = [Constraint::Length(1), Constraint::Length(listed), Constraint::Min(0)];
    let [names, body, foot] = Layout::vertical(heights).areas(rest);
    let room = usize::from(area.width.saturating_sub(GUTTER));
    let count = people.iter().map(|person| wide(&how_many(person))).max().unwrap_or(0).max(COUNT);
    let room = Room { columns: room, count };
    let heading = columns(["Who", "Role", "How many", "Newest", "What"], room, &cx.theme);
    write(&format!("  {heading}"), names, frame.buffer_mut(), cx.theme.dim);
    register.height = body.height.into();
    let window = register.list.window(body.height.into());
    let shown = people.get(window.clone()).unwrap_or_default();
    let rows: Vec<Line> = shown.iter().map(|person| row(person, room, &cx.theme)).collect();
    let present = Present { first: window.start, rows: &rows };
    list::draw(&mut register.list, present, body, frame.buffer_mut(), &cx.theme);
    if let Some(person) = register.selected() {
        draw_person(person, cx, frame, foot);
    }
}

/// What a row has.
#[derive(Clone, Copy)]
struct Room {
    columns: usize,
    /// For how many there are.
    count: usize,
}

fn row(person: &OnRegister, room: Room, theme: &Theme) -> Line<'static> {
    let when = |at: Moment| if room.columns < ROOMY { short_day(at.date()) } else { at.to_string() };
    let (at, what) =
        person.newest().map_or_else(Default::default, |kept| (when(kept.at), kept.what.one_line()));
    let cells = [&person.name.one_line(), &person.role.one_line(), &how_many(person), &at, &what];
    columns(cells.map(String::as_str), room, theme)
}

/// `3`, `1, 1 met`, `1 undecided`: low-level ones, those that met the threshold, and those that may.
fn how_many(person: &OnRegister) -> String {
    let parts = [(person.count(), ""), (person.met(), " met"), (person.not_decided(), " undecided")];
    let there = parts.into_iter().filter(|(count, _)| *count > 0);
    there.map(|(count, what)| format!("{count}{what}")).collect::<Vec<_>>().join(", ")
}

fn columns(texts: [&str; 5], room: Room, theme: &Theme) -> Line<'static> {
    let newest = if room.columns < ROOMY { DAY } else { NEWEST };
    let left = room.columns.saturating_sub(room.count + newest + 5);
    let name = (left / 3).min(NAME);
    let role = (left / 3).min(ROLE);
    let widths = [name, role, room.count, newest, left.saturating_sub(name + role)];
    let cells: Vec<Cell> = texts.into_iter().zip(widths).map(|(text, width)| Cell(text, width)).collect();
    cells::row(&cells, &Query::parse(""), theme)
}

/// What was counted before what is kept: it is what somebody comes for.
fn draw_person(person: &OnRegister, cx: &Cx, frame: &mut Frame, area: Rect) {
    let width = usize::from(area.width);
    let mut lines = vec![Line::default(), Line::styled(fit(&who(person), width), cx.theme.title)];
    let mut add = |text: &str, style| {
        lines.extend(wrap(text, width).into_iter().map(|line| line.style(style)));
    };
    for pattern in person.patterns() {
        add(&pattern.sentence(), style(&pattern, &cx.theme));
    }
    if !person.alike.is_empty() {
        let names = person.alike.iter().map(Text::one_line).collect::<Vec<_>>().join(", ");
        add(&format!("Also on the register, with a name like it: {names}."), cx.theme.text);
    }
    for kept in &person.kept {
        add(&fit(&format!("  {}", kept_in_words(kept)), width), cx.theme.text);
    }
    add(&format!("{} ({})", KEPT_UNTIL.says, KEPT_UNTIL.cited()), cx.theme.dim);
    for (row, line) in area.rows().zip(&lines) {
        frame.buffer_mut().set_line(row.x, row.y, line, row.width);
    }
    if lines.len() > usize::from(area.height)
        && let Some(last) = area.rows().next_back()
    {
        let key = cx.keymap.key(Scope::Choosing, Action::Enter);
        let more = pad(&format!("… {key} lists them all"), width);
        write(&more, last, frame.buffer_mut(), cx.theme.dim);
    }
}

fn who(person: &OnRegister) -> String {
    let known = [&person.name, &person.role].map(Text::one_line);
    known.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn style(pattern: &Pattern, theme: &Theme) -> ratatui::style::Style {
    match pattern {
        Pattern::Several { .. } | Pattern::MetThreshold { .. } | Pattern::NotDecided { .. } => theme.warn,
        Pattern::SameKind { .. } => theme.soon,
    }
}

/// `Fri 20 Nov 2026, concern 14: Online safety. A message at ten in the evening.`
pub(super) fn kept_in_words(kept: &Kept) -> String {
    let met = match kept.judged {
        Judged::LowLevel => "",
        Judged::Met => ", met the threshold",
        Judged::NotYet => ", not decided yet",
    };
    let kinds = kept.kinds_in_words();
    let kinds = if kinds.is_empty() { kinds } else { format!("{kinds}. ") };
    format!("{}, concern {}{met}: {kinds}{}", kept.at, kept.concern, kept.what.one_line())
}
