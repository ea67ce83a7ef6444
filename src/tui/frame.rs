//! What stands around every layer: the title bar and the footer; and the last look at each cell before it goes
//! to the terminal.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Wrap};
use unicode_width::UnicodeWidthStr as _;

use super::app::{App, Room};
use super::keymap::{Action, Binding, Hint, Scope};
use super::layer::{Cx, Mouse};
use super::screens::form::clock;
use super::widgets::columns;
use crate::cabinet::Access;
use crate::cabinet::last_seen::LastSeen;
use crate::domain::cabinet::CabinetName;
use crate::domain::moment::Moment;

/// Smaller than this and nothing useful fits (design: the screens).
const LEAST_WIDTH: u16 = 60;
const LEAST_HEIGHT: u16 = 20;
/// Hints beside those that always stand there; more are a list and not a hint.
const MOST_HINTS: usize = 7;

/// Whether every terminal counts the columns of what was drawn as we do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Widths {
    Certain,
    /// Letters that are joined, marks, emoji: one terminal takes two columns for what another takes one for.
    Doubtful,
}

/// Draws the whole screen.
pub fn draw(app: &mut App, frame: &mut Frame) -> Widths {
    let area = frame.area();
    let is_too_small = area.width < LEAST_WIDTH || area.height < LEAST_HEIGHT;
    app.room = if is_too_small { Room::TooSmall } else { Room::Enough };
    if app.is_blank() {
        frame.render_widget(Clear, area);
    } else if is_too_small {
        too_small(app.said.as_deref(), frame, area);
    } else {
        let [top, body, foot] =
            Layout::vertical([Constraint::Length(1), Constraint::Fill(1), Constraint::Length(1)]).areas(area);
        title_bar(app, frame, top);
        let App { cx, stack, .. } = app;
        for (_, layer) in stack.showing() {
            layer.surface_mut().draw(cx, frame, body);
        }
        footer(app, frame, foot);
    }
    scrub(frame.buffer_mut())
}

/// Keys do nothing meanwhile: nobody sees what they would do.
fn too_small(said: Option<&str>, frame: &mut Frame, area: Rect) {
    frame.render_widget(Clear, area);
    let text = format!(
        "Make the window larger: at least {LEAST_WIDTH} by {LEAST_HEIGHT}. Nothing typed is lost; keys do nothing until then. {}",
        said.unwrap_or_default()
    );
    frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: true }), area);
}

/// What is dangerous, the place and the clock come first; who and where she is gives way where there is no room.
fn title_bar(app: &App, frame: &mut Frame, area: Rect) {
    let cx = &app.cx;
    let room = usize::from(area.width);
    let title = app.top().map(|layer| layer.surface().title(cx)).unwrap_or_default();
    let title = match cx.desk.as_ref().map(|desk| desk.cabinet) {
        Some(CabinetName::Senior) => format!("SENIOR CABINET · {title}"),
        Some(CabinetName::General) | None => title,
    };
    let time = format!("{} ", Moment::At(cx.now));
    let alarm = alarm(cx);
    let fixed = columns::columns(&alarm) + columns::columns(&title) + columns::columns(&time) + 4;
    let mut left = room.saturating_sub(fixed);
    let mut fits = |text: String| match left.checked_sub(columns::columns(&text)) {
        Some(rest) => {
            left = rest;
            text
        }
        None => String::new(),
    };
    let mouse = match cx.mouse {
        Mouse::Off => String::new(),
        Mouse::On => fits("mouse on · ".to_owned()),
    };
    let backup = cx.desk.as_ref().and_then(|desk| desk.standing.last_backup);
    let backup = backup.map(|at| fits(format!("backup {} · ", clock(at, cx.now)))).unwrap_or_default();
    let (organisation, name) = match &cx.desk {
        Some(desk) => (
            fits(format!("{} · ", desk.organisation.one_line())),
            fits(format!("{} · ", desk.name.one_line())),
        ),
        None => (String::new(), String::new()),
    };
    let program = fits("dsl-desk · ".to_owned());
    let right = format!("  {mouse}{backup}{name}{time}");
    let width = room.saturating_sub(columns::columns(&right) + columns::columns(&alarm));
    let left = columns::pad(&format!(" {program}{organisation}{title}"), width);
    let bar = [
        Span::styled(alarm, cx.theme.danger),
        Span::styled(left, cx.theme.title),
        Span::styled(right, cx.theme.title),
    ];
    frame.render_widget(Line::from_iter(bar), area);
}

/// Stands on every screen until it is dealt with: what came in while she was writing is not forgotten, and neither is
/// a record that exists once.
fn alarm(cx: &Cx) -> String {
    let Some(standing) = cx.desk.as_ref().map(|desk| desk.standing) else { return String::new() };
    let read_only = if standing.access == Access::Read { " READ ONLY " } else { "" };
    let record = match standing.last_seen {
        LastSeen::Same => "",
        LastSeen::Older { .. } => " OLDER RECORD ",
        LastSeen::Other { .. } | LastSeen::NotSigned | LastSeen::Unreadable => " CHECK THE RECORD ",
    };
    let in_danger = match standing.in_danger {
        0 => String::new(),
        count => format!(" {count} IN DANGER "),
    };
    let backup = match standing.days_without_backup {
        None => String::new(),
        Some(1) => " no backup for a day ".to_owned(),
        Some(days) => format!(" no backup for {days} days "),
    };
    let senior = match standing.new_in_senior_cabinet {
        0 => String::new(),
        count => format!(" {count} new in the senior cabinet "),
    };
    let replaced = if standing.senior_cabinet_replaced { " SENIOR CABINET REPLACED " } else { "" };
    format!("{read_only}{record}{replaced}{in_danger}{senior}{backup}")
}

fn footer(app: &App, frame: &mut Frame, area: Rect) {
    let cx = &app.cx;
    if let Some(said) = &app.said {
        let text = columns::pad(&format!(" {said}"), usize::from(area.width));
        return frame.render_widget(Line::styled(text, cx.theme.warn), area);
    }
    let scopes = app.top().map_or(&[] as &[Scope], |layer| layer.surface().scopes());
    let always: &[Action] =
        if app.is_over_another() { &[Action::Back, Action::Help] } else { &[Action::Help] };
    frame.render_widget(hints(cx, scopes, always, usize::from(area.width)), area);
}

/// As many hints as anybody reads and as fit, the nearest scope first; and always how to go back and get help.
fn hints<'a>(cx: &Cx, scopes: &[Scope], always: &[Action], room: usize) -> Line<'a> {
    let foot = cx.keymap.rows(scopes).filter(|row| row.hint == Hint::Foot && !always.contains(&row.action));
    let last: Vec<&Binding> =
        always.iter().filter_map(|action| cx.keymap.rows(scopes).find(|row| row.action == *action)).collect();
    let width = |row: &Binding| row.chord.to_string().width() + row.label.width() + 3;
    let mut left = room.saturating_sub(1 + last.iter().map(|row| width(row)).sum::<usize>());
    let fits = |row: &&Binding| {
        let fits = width(row) <= left;
        left = left.saturating_sub(width(row));
        fits
    };
    let spans = foot.take(MOST_HINTS).take_while(fits).chain(last).flat_map(|row| {
        let label = format!(" {}  ", row.label);
        [Span::styled(row.chord.to_string(), cx.theme.key), Span::styled(label, cx.theme.dim)]
    });
    std::iter::once(Span::raw(" ")).chain(spans).collect()
}

/// The last defence (T9): whatever way a character came, none that steers a terminal leaves here.
fn scrub(buffer: &mut Buffer) -> Widths {
    let mut widths = Widths::Certain;
    for cell in &mut buffer.content {
        if cell.symbol().bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
            continue;
        }
        if is_doubtful(cell.symbol()) {
            widths = Widths::Doubtful;
        }
        let clean = crate::domain::text::clean(cell.symbol());
        if clean != cell.symbol() || clean.contains(['\n', '\t']) {
            cell.set_symbol("\u{fffd}");
        }
    }
    widths
}

/// Single letters of the alphabets whose widths nobody disputes are certain, and so are lines, dots and Chinese.
fn is_doubtful(symbol: &str) -> bool {
    let mut letters = symbol.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => !matches!(
            letter,
            '\u{20}'..='\u{58f}' | '\u{1e00}'..='\u{26ff}' | '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        ),
        (Some(_), Some(_)) => true,
        (None, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_doubtful;

    #[test]
    fn joined_letters_and_emoji_are_doubtful() {
        for symbol in ["ક્ષ", "ਕੁ", "ျ", "👩‍👧", "🇬🇧", "e\u{301}", "س"] {
            assert!(is_doubtful(symbol), "{symbol}");
        }
        for symbol in ["ë", "Ł", "│", "…", "█", "日", "Я"] {
            assert!(!is_doubtful(symbol), "{symbol}");
        }
    }
}
