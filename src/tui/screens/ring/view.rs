//! The number first and large, then all that is needed before it is dialled, then the chain.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Widget as _};

use super::Ring;
use super::asked::Asks;
use super::calls::{called, spoken_time};
use crate::domain::area::Area;
use crate::domain::freshness::Freshness;
use crate::domain::number::read_aloud;
use crate::domain::routing::{Question, Step, Whom};
use crate::domain::rule::{self, Rule};
use crate::domain::source;
use crate::domain::text::capital;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::Cx;
use crate::tui::widgets::columns::{columns, fit, pad};
use crate::tui::widgets::digits;
use crate::tui::widgets::list::{self, GUTTER, Present};
use crate::tui::widgets::wrap::wrap;
use crate::tui::widgets::write;

/// Wider than this is no easier to read.
const WIDEST: u16 = 100;
/// The chain keeps at least so many rows.
const CHAIN: u16 = 5;
/// The rows of the box where there is little in it.
const LOWEST: usize = 14;
/// The columns of a number in the chain.
const NUMBER: usize = 18;

pub(super) fn draw(ring: &mut Ring, cx: &Cx, frame: &mut Frame, area: Rect) {
    let width = area.width.min(WIDEST);
    let inner_width = width.saturating_sub(2);
    let question = ring.question().cloned();
    let mut top =
        question.as_ref().map(|question| top(ring, question, inner_width.into(), cx)).unwrap_or_default();
    if top.len() > usize::from(area.height.saturating_sub(CHAIN + 2)) {
        // What is said goes before the room between.
        top.retain(|line| line.width() > 0);
    }
    // No higher than what is in it: what is below stays in view around it.
    let rows = top.len() + ring.steps().len() + 2;
    let height = u16::try_from(rows.max(LOWEST)).unwrap_or(u16::MAX).min(area.height);
    let outer = Rect { x: area.x + (area.width - width) / 2, width, height, ..area };
    let buf = frame.buffer_mut();
    Clear.render(outer, buf);
    let heading = fit(&heading(ring), inner_width.into());
    let block = Block::bordered().title(heading).border_style(cx.theme.border);
    let inner = block.inner(outer);
    block.render(outer, buf);
    if let Some(failed) = &ring.failed {
        return paragraph(failed, inner, frame, cx.theme.warn);
    }
    let Some(question) = question else {
        return write("One moment …", inner, frame.buffer_mut(), cx.theme.dim);
    };
    let height = u16::try_from(top.len()).unwrap_or(u16::MAX).min(inner.height.saturating_sub(CHAIN));
    let [above, below] = Layout::vertical([Constraint::Length(height), Constraint::Min(0)]).areas(inner);
    for (row, line) in above.rows().zip(&top) {
        frame.buffer_mut().set_line(row.x, row.y, line, row.width);
    }
    if ring.asks().is_none() {
        chain(ring, &question, cx, frame, below);
    }
}

fn heading(ring: &Ring) -> String {
    let whom = ring.ringing.as_ref().map(|ringing| ringing.whom.one_line()).unwrap_or_default();
    if whom.is_empty() { " Whom to ring ".to_owned() } else { format!(" Whom to ring: {whom} ") }
}

fn paragraph(text: &str, area: Rect, frame: &mut Frame, style: Style) {
    for (row, line) in area.rows().zip(wrap(text, area.width.into())) {
        frame.buffer_mut().set_line(row.x, row.y, &line.style(style), row.width);
    }
}

/// What is above the chain.
fn top(ring: &Ring, question: &Question, width: usize, cx: &Cx) -> Vec<Line<'static>> {
    let mut lines = vec![asked(question, width, cx)];
    let put = |lines: &mut Vec<Line<'static>>, text: &str, style: Style| {
        lines.extend(wrap(text, width).into_iter().map(|line| line.style(style)));
    };
    if let Some(asks) = ring.asks() {
        answers(&mut lines, asks, question, cx);
        return lines;
    }
    let route = ring.ringing.as_ref().map(|ringing| &ringing.route);
    if let Some(route) = route.filter(|route| !route.first.is_empty()) {
        let said = route.first.iter().cloned().chain(cited(&route.first_by));
        put(&mut lines, &format!("! {}", said.collect::<Vec<_>>().join(" ")), cx.theme.warn);
    }
    if ring.steps().iter().any(|step| ring.tried(step).is_some()) {
        let ladder = rule::get(30).map(Rule::cited).unwrap_or_default();
        put(&mut lines, &format!("No answer: ring the next. {ladder}"), cx.theme.dim);
    }
    lines.push(Line::default());
    if let Some(step) = ring.step() {
        number(&mut lines, step, width, cx);
        put(&mut lines, &who(step), cx.theme.title);
        put(&mut lines, &standing(step, question), cx.theme.text);
        for caution in &step.cautions {
            put(&mut lines, &format!("! {}", caution.one_line()), cx.theme.warn);
        }
        let said = route.map(|route| route.first_by.as_slice()).unwrap_or_default();
        put(&mut lines, &why(step, said), cx.theme.dim);
    }
    if !ring.loose.is_empty() {
        let count = ring.loose.len();
        let calls = if count == 1 { "1 call has".to_owned() } else { format!("{count} calls have") };
        let key = cx.keymap.key(Scope::Ring, Action::LooseCalls);
        put(
            &mut lines,
            &format!("{calls} no place yet. {key} on a concern or child places them."),
            cx.theme.warn,
        );
    }
    let doubts = ring.ringing.iter().flat_map(|ringing| &ringing.doubts);
    for warning in route.iter().flat_map(|route| &route.warnings).chain(doubts) {
        put(&mut lines, &format!("! {warning}"), cx.theme.warn);
    }
    lines.push(Line::default());
    lines
}

/// What was asked, each after the key that asks otherwise.
fn asked(question: &Question, width: usize, cx: &Cx) -> Line<'static> {
    let area = question.area.as_ref().map_or("area not known", Area::name);
    let danger = if question.danger { "danger now" } else { "no danger now" };
    let parts = [
        (Action::Area, area),
        (Action::Whom, question.about.label()),
        (Action::Purpose, question.purpose.label()),
        (Action::Danger, danger),
    ];
    let mut spans = Vec::new();
    for (action, text) in parts {
        let key = cx.keymap.key(Scope::Ring, action);
        let is_danger = question.danger && action == Action::Danger;
        spans.push(Span::styled(key, cx.theme.key));
        spans.push(Span::styled(format!(" {text}"), if is_danger { cx.theme.danger } else { cx.theme.text }));
        spans.push(Span::raw("  "));
    }
    let line = Line::from(spans);
    if line.width() <= width { line } else { Line::from(fit(&line.to_string(), width)) }
}

/// What is answered before anybody is rung, in one key.
fn answers(lines: &mut Vec<Line<'static>>, asks: Asks, question: &Question, cx: &Cx) {
    let answer = |key: String, text: String| {
        Line::from(vec![Span::styled(format!("  {key}  "), cx.theme.key), Span::raw(text)])
    };
    lines.push(Line::default());
    lines.push(Line::styled(asks.question(question.about), cx.theme.title));
    lines.push(Line::default());
    lines.extend(
        (1..).zip(asks.answers()).map(|(digit, text): (u32, String)| answer(digit.to_string(), text)),
    );
    if asks == Asks::Area {
        lines.push(answer("0".to_owned(), "not known: list the services of every area".to_owned()));
    }
    lines.push(Line::default());
    if !question.danger {
        let key = cx.keymap.key(Scope::Ring, Action::Danger);
        let text = "somebody is in danger now: 999 before anything else";
        lines.push(answer(key, text.to_owned()));
    }
}

fn number(lines: &mut Vec<Line<'static>>, step: &Step, width: usize, cx: &Cx) {
    let style = if step.whom == Whom::Emergency { cx.theme.danger } else { cx.theme.title };
    let Some(number) = &step.number else {
        lines.push(Line::styled("No number in the book", cx.theme.warn));
        return;
    };
    let number = read_aloud(number);
    match digits::rows(&number, width) {
        Some(rows) => lines.extend(rows.map(|row| Line::styled(row, style))),
        None => lines.push(Line::styled(fit(&number, width), style)),
    }
}

fn who(step: &Step) -> String {
    let role = step.role.one_line();
    let note = step.note.one_line();
    let more = [role, note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    if more.is_empty() { called(step).one_line() } else { format!("{} ({more})", called(step).one_line()) }
}

/// Until when they are there, and whether the number can be relied on.
fn standing(step: &Step, question: &Question) -> String {
    let now = step.standing.words(question.at);
    match step.freshness.as_ref().map(Freshness::sentence) {
        Some(freshness) => format!("{}. {freshness}.", capital(&now)),
        None => format!("{}.", capital(&now)),
    }
}

/// With where it was read, and the rules by which it is that are not `said` above.
fn why(step: &Step, said: &[String]) -> String {
    let sources = step.read_in.iter().map(source::in_short).collect::<Vec<_>>().join("; ");
    let rules: Vec<String> = step.rules.iter().filter(|rule| !said.contains(rule)).cloned().collect();
    std::iter::once(format!("{} ({sources})", step.why)).chain(cited(&rules)).collect::<Vec<_>>().join(" · ")
}

/// Of `R13` its line and edition; what is no rule of the list has none.
fn cited(rules: &[String]) -> impl Iterator<Item = String> {
    rules.iter().filter_map(|written| rule::get(rule::number(written)?)).map(Rule::cited)
}

fn chain(ring: &mut Ring, question: &Question, cx: &Cx, frame: &mut Frame, area: Rect) {
    let width = usize::from(area.width.saturating_sub(GUTTER));
    let rows: Vec<Line<'static>> = ring
        .steps()
        .iter()
        .enumerate()
        .map(|(place, step)| {
            let tried = ring.tried(step).map(|call| format!(", no answer {}", spoken_time(call.at)));
            row(place, step, &tried.unwrap_or_default(), question, width)
        })
        .collect();
    let height = usize::from(area.height);
    let window = ring.list.window(height);
    let shown = rows.get(window.clone()).unwrap_or_default();
    list::draw(
        &mut ring.list,
        Present { first: window.start, rows: shown },
        area,
        frame.buffer_mut(),
        &cx.theme,
    );
}

fn row(place: usize, step: &Step, tried: &str, question: &Question, width: usize) -> Line<'static> {
    let number = step.number.as_ref().map_or_else(|| "no number".to_owned(), read_aloud);
    let standing = if step.number.is_some() { step.standing.words(question.at) } else { String::new() };
    let standing = format!("{standing}{tried}");
    let doubt = if step.cautions.is_empty() { "  " } else { "! " };
    let head = format!("{:>2} {} {doubt}", place + 1, pad(&number, NUMBER));
    // Until when they are there is never what is cut off.
    let room = width.saturating_sub(columns(&head) + columns(&standing) + 1);
    Line::from(format!("{head}{} {standing}", pad(&step_called(step), room)))
}

fn step_called(step: &Step) -> String {
    match (step.called.one_line(), step.organisation.one_line()) {
        (called, organisation) if organisation.is_empty() || called == organisation => called,
        (called, organisation) => format!("{called}, {organisation}"),
    }
}
