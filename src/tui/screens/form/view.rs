//! How a form is drawn: what it asks on top, the numbers to ring beneath, then as many fields as fit around the cursor.
//!
//! Which fields show depends on where the cursor is and on nothing that was drawn before.

mod block;
mod caution;

use chrono_tz::Europe::London;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Calling, Form, gates};
use crate::cabinet::table::concern::Concern;
use crate::desk::answer::born;
use crate::domain::concern::NamedChild;
use crate::domain::number::read_aloud;
use crate::domain::text::Text;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::Cx;
use crate::tui::screens::concern::view::preview;
use crate::tui::widgets::columns::{columns, fit};
use crate::tui::widgets::wrap::wrap;
use block::{Block, Said};

/// Wider lines are hard to read.
const WIDEST: u16 = 100;
/// From here on the help of the field stands beside the form, and beneath it the report that it is written on.
const ROOM_BESIDE: u16 = 140;
const BESIDE_WIDTH: u16 = 90;
/// What the desk could not do is two sentences; more rows would push the form away.
const NOTICE_ROWS: usize = 3;

pub(super) fn draw(form: &Form, cx: &Cx, frame: &mut Frame, area: Rect) {
    let area = area.intersection(frame.area());
    let body = Rect { width: area.width.min(WIDEST), ..area };
    let top = pinned(form, cx, usize::from(body.width));
    // However small the window, the field with the cursor goes first.
    let rows = u16::try_from(top.len()).unwrap_or(u16::MAX).min(body.height / 2);
    for (row, line) in body.rows().zip(top.iter()).take(usize::from(rows)) {
        frame.buffer_mut().set_line(row.x, row.y, line, row.width);
    }
    let fields = Rect { y: body.y + rows, height: body.height - rows, ..body };
    draw_fields(form, cx, frame, fields);
    if area.width >= ROOM_BESIDE {
        let width = BESIDE_WIDTH.min(area.width - WIDEST - 4);
        draw_beside(form, cx, frame, Rect { x: area.x + WIDEST + 4, width, ..fields });
    }
}

/// What does not scroll.
fn pinned(form: &Form, cx: &Cx, width: usize) -> Vec<Line<'static>> {
    let mut lines = vec![heading(form, cx, width)];
    let notice = form.notice.iter().flat_map(|notice| wrap(&notice.says, width)).take(NOTICE_ROWS);
    lines.extend(notice.map(|line| line.style(cx.theme.warn)));
    let call = form.kind.calling().map(|calling| call(calling, cx));
    lines.extend(call.map(|text| Line::styled(fit(&text, width), cx.theme.title)));
    let about = form.beside.as_deref().map(about).filter(|about| !about.is_empty());
    lines.extend(about.map(|about| Line::styled(fit(&about, width), cx.theme.dim)));
    let others = form.kind.concern().and_then(|concern| cx.open_elsewhere(concern));
    lines.extend(others.map(|text| Line::styled(fit(&text, width), cx.theme.warn)));
    let numbers = form.sheet.picker().map(|picker| picker.in_view(cx.now)).unwrap_or_default();
    for (place, text) in numbers.iter().enumerate() {
        let style = if place == 0 { cx.theme.title } else { cx.theme.text };
        lines.push(Line::styled(fit(text, width), style));
    }
    let home = form.beside.as_deref().and_then(|concern| concern.part1.area.as_ref());
    let elsewhere = form.sheet.picker().zip(home).and_then(|(picker, home)| picker.elsewhere(home));
    lines.extend(elsewhere.map(|text| Line::styled(fit(&text, width), cx.theme.warn)));
    lines
}

/// The clock of a call; its number stands below it, out of the book.
fn call(calling: &Calling, cx: &Cx) -> String {
    let begun = calling.begun.with_timezone(&London).format("%H:%M");
    let minutes = cx.now.signed_duration_since(calling.begun).num_minutes();
    let key = cx.keymap.chord(&[Scope::Call], Action::NoAnswer);
    let no_answer = key.map(|key| format!(" {key}: no answer.")).unwrap_or_default();
    format!("Call begun {begun}, {minutes} min, on {}.{no_answer}", read_aloud(&calling.number))
}

/// The question of the form, and which of its fields this is.
fn heading(form: &Form, cx: &Cx, width: usize) -> Line<'static> {
    let total = form.sheet.asked().count();
    let place = form.sheet.asked().position(|(_, here)| here).map_or(0, |place| place + 1);
    let position = format!("{place} of {total}");
    let question = fit(form.kind.question(), width.saturating_sub(columns(&position) + 2));
    let gap = width.saturating_sub(columns(&question) + columns(&position));
    Line::from(vec![
        Span::styled(question, cx.theme.title),
        Span::raw(" ".repeat(gap)),
        Span::styled(position, cx.theme.dim),
    ])
}

fn draw_fields(form: &Form, cx: &Cx, frame: &mut Frame, area: Rect) {
    let words = gates::words(form, cx.now);
    let said = Said { trouble: form.trouble.as_ref(), words: &words };
    let blocks: Vec<Block> =
        form.sheet.asked().map(|(field, here)| Block::new(cx, field, here, said, area.as_size())).collect();
    let heights: Vec<u16> = blocks.iter().map(Block::height).collect();
    let focus = blocks.iter().position(Block::is_focused).unwrap_or(0);
    let gap = roomy(&heights, area.height);
    let mut left = area;
    for block in blocks.iter().skip(first_shown(&heights, focus, area.height)) {
        if left.is_empty() {
            return;
        }
        let height = block.height().min(left.height);
        if let Some(cursor) = block.draw(cx, frame.buffer_mut(), Rect { height, ..left }) {
            frame.set_cursor_position(cursor);
        }
        let used = height.saturating_add(gap).min(left.height);
        left = Rect { y: left.y + used, height: left.height - used, ..left };
    }
}

/// An empty row between the fields, where all of them fit with it.
fn roomy(heights: &[u16], rows: u16) -> u16 {
    let needed: usize = heights.iter().map(|height| usize::from(*height) + 1).sum();
    u16::from(needed <= usize::from(rows))
}

/// The first field that shows: as many as fit before the one with the cursor, with a row left for the one after.
fn first_shown(heights: &[u16], focus: usize, rows: u16) -> usize {
    let fits = |first: usize, last: usize| {
        let used: usize = heights.iter().take(last + 1).skip(first).map(|height| usize::from(*height)).sum();
        used <= usize::from(rows)
    };
    let last = heights.len().saturating_sub(1);
    if fits(0, last) {
        return 0;
    }
    let after = (focus + 1).min(last);
    (0..focus).find(|first| fits(*first, after)).unwrap_or(focus)
}

fn draw_beside(form: &Form, cx: &Cx, frame: &mut Frame, area: Rect) {
    let width = usize::from(area.width);
    let help = form.sheet.focused().map(|field| field.help).unwrap_or_default();
    let mut lines: Vec<Line> = wrap(help, width).into_iter().map(|line| line.style(cx.theme.dim)).collect();
    if let Some(concern) = &form.beside {
        lines.push(Line::default());
        lines.extend(preview(concern, width, &cx.theme));
    }
    for (row, line) in area.rows().zip(&lines) {
        frame.buffer_mut().set_line(row.x, row.y, line, row.width);
    }
}

/// Who it is about, for whoever is asked on the telephone: names, dates of birth, forms, and the area.
fn about(concern: &Concern) -> String {
    let child = |child: &NamedChild| {
        let form = child.form.as_ref().map(Text::one_line).unwrap_or_default();
        let parts = [child.name.one_line(), born(child.date_of_birth), form];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let area = concern.part1.area.as_ref().map(|area| area.name().to_owned());
    concern.part1.children.iter().map(child).chain(area).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::{first_shown, roomy};

    #[test]
    fn the_field_with_the_cursor_is_always_among_those_that_fit() {
        let heights = [2, 3, 6, 2, 8, 2, 2, 3];
        for rows in 8..40 {
            for focus in 0..heights.len() {
                let first = first_shown(&heights, focus, rows);
                let used: u16 = heights[first..=focus].iter().sum();
                assert!(first <= focus && used <= rows, "{focus} of {rows}");
            }
        }
    }

    #[test]
    fn what_fits_is_not_scrolled() {
        assert_eq!(first_shown(&[2, 2, 2], 2, 6), 0);
        assert_eq!((roomy(&[2, 2, 2], 9), roomy(&[2, 2, 2], 8)), (1, 0));
    }
}
