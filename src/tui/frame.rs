//! What stands around every layer: the title bar and the footer; and the last look at each cell before it goes
//! to the terminal.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph, Wrap};
use unicode_width::UnicodeWidthStr as _;

use super::app::App;
use super::keymap::{Action, Binding, Hint, Scope};
use super::layer::{Cx, Mouse};
use super::widgets::columns;
use crate::domain::moment::Moment;

/// Smaller than this and nothing useful fits (design: the screens).
const LEAST_WIDTH: u16 = 60;
const LEAST_HEIGHT: u16 = 20;
/// Hints beside that for help; more are a list and not a hint.
const MOST_HINTS: usize = 7;

/// Draws the whole screen.
pub fn draw(app: &mut App, frame: &mut Frame) {
    let area = frame.area();
    if app.is_blank() {
        frame.render_widget(Clear, area);
    } else if area.width < LEAST_WIDTH || area.height < LEAST_HEIGHT {
        too_small(frame, area);
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
    scrub(frame.buffer_mut());
}

fn too_small(frame: &mut Frame, area: Rect) {
    frame.render_widget(Clear, area);
    let text = format!(
        "Make the window larger: at least {LEAST_WIDTH} by {LEAST_HEIGHT}. Nothing that you typed is lost."
    );
    frame.render_widget(Paragraph::new(text).wrap(Wrap { trim: true }), area);
}

fn title_bar(app: &App, frame: &mut Frame, area: Rect) {
    let cx = &app.cx;
    let title = app.top().map(|layer| layer.surface().title(cx)).unwrap_or_default();
    let left = match &cx.desk {
        Some(desk) => format!(" dsl-desk · {} · {title}", desk.organisation.one_line()),
        None => format!(" dsl-desk · {title}"),
    };
    let clock = Moment::At(cx.now);
    let mouse = match cx.mouse {
        Mouse::Off => "",
        Mouse::On => "mouse on · ",
    };
    let right = match &cx.desk {
        Some(desk) => format!("{mouse}{} · {clock} ", desk.name.one_line()),
        None => format!("{mouse}{clock} "),
    };
    let room = usize::from(area.width);
    // The clock and the name give way before the title does.
    let right = if left.width() + right.width() < room { right } else { String::new() };
    let left = columns::pad(&left, room.saturating_sub(right.width()));
    frame.render_widget(Line::styled(format!("{left}{right}"), cx.theme.title), area);
}

fn footer(app: &App, frame: &mut Frame, area: Rect) {
    let cx = &app.cx;
    if let Some(said) = &app.said {
        let text = columns::pad(&format!(" {said}"), usize::from(area.width));
        return frame.render_widget(Line::styled(text, cx.theme.warn), area);
    }
    let scopes = app.top().map_or(&[] as &[Scope], |layer| layer.surface().scopes());
    frame.render_widget(hints(cx, scopes, usize::from(area.width)), area);
}

/// As many hints as anybody reads and as fit, the nearest scope first, and always how to get help.
fn hints<'a>(cx: &Cx, scopes: &[Scope], room: usize) -> Line<'a> {
    let (help, others): (Vec<&Binding>, Vec<&Binding>) = cx
        .keymap
        .rows(scopes)
        .filter(|row| row.hint == Hint::Foot)
        .partition(|row| row.action == Action::Help);
    let width = |row: &Binding| row.chord.to_string().width() + row.label.width() + 4;
    let help = help.first();
    let mut left = room.saturating_sub(1).saturating_sub(help.map_or(0, |row| width(row)));
    let fits = |row: &&Binding| {
        let fits = width(row) <= left;
        left = left.saturating_sub(width(row));
        fits
    };
    let shown = others.into_iter().take(MOST_HINTS).take_while(fits);
    let spans = shown.chain(help.copied()).flat_map(|row| {
        let label = format!(" {}   ", row.label);
        [Span::styled(row.chord.to_string(), cx.theme.key), Span::styled(label, cx.theme.dim)]
    });
    Line::from_iter(std::iter::once(Span::raw(" ")).chain(spans))
}

/// The last defence (T9): whatever way a character came, none that steers a terminal leaves here.
fn scrub(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
            continue;
        }
        let clean = crate::domain::text::clean(cell.symbol());
        if clean != cell.symbol() || clean.contains(['\n', '\t']) {
            cell.set_symbol("\u{fffd}");
        }
    }
}
