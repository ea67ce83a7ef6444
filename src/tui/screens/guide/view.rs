//! How the steps are drawn: a row each, and beneath or beside them why the selected one is asked.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{GuideScreen, action_of};
use crate::cabinet::table::concern::Concern;
use crate::domain::category::{self, Category};
use crate::domain::decision::DecisionKind;
use crate::domain::guide::{Opens, Stands, Step};
use crate::domain::text::Text;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::Cx;
use crate::tui::screens::below_a_heading;
use crate::tui::screens::concern::head;
use crate::tui::widgets::columns::{columns, fit, pad};
use crate::tui::widgets::list::{self, GUTTER, Present};
use crate::tui::widgets::wrap::wrap;
use crate::tui::widgets::{write, write_wrapped};

/// From here on there is room for the reasons beside the steps.
const BESIDE: u16 = 160;
/// The columns of a step's standing and of its key.
const STANDS: usize = 8;
const KEY: usize = 3;
/// The rows that the reasons keep beneath the steps.
const REASONS: u16 = 6;

pub(super) fn draw(screen: &mut GuideScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let Some(concern) = screen.whole.as_deref() else {
        let text = screen.failed.as_deref().unwrap_or("Reading…");
        return write_wrapped(text, area, frame.buffer_mut(), cx.theme.text);
    };
    let [heading, body] = below_a_heading(area);
    write(&progress(screen, concern), heading, frame.buffer_mut(), cx.theme.title);
    let [steps, reasons] = sides(body, screen.steps.len());
    let lines = screen.selected().map(|step| explained(step, &screen.categories, reasons.width.into(), cx));
    rows(screen, cx, frame, steps);
    let lines = lines.unwrap_or_default();
    let is_cut = lines.len() > usize::from(reasons.height);
    for (row, line) in reasons.rows().zip(&lines) {
        frame.buffer_mut().set_line(row.x, row.y, line, row.width);
    }
    if is_cut && let Some(last) = reasons.rows().next_back() {
        let key = cx.keymap.key(Scope::Guide, Action::Explain);
        write(&pad(&format!("… {key} reads on"), last.width.into()), last, frame.buffer_mut(), cx.theme.dim);
    }
}

fn progress(screen: &GuideScreen, concern: &Concern) -> String {
    let of = |stands| screen.steps.iter().filter(|step| step.stands == stands).count();
    let asked = screen.steps.len() - of(Stands::NotNeeded);
    let (whom, done) = (head::named(concern), of(Stands::Done));
    format!("What next? Concern {}: {whom}. {done} of {asked} answered.", screen.concern)
}

fn sides(body: Rect, steps: usize) -> [Rect; 2] {
    if body.width >= BESIDE {
        let [left, _, right] =
            Layout::horizontal([Constraint::Fill(3), Constraint::Length(2), Constraint::Fill(2)]).areas(body);
        return [left, right];
    }
    let steps = u16::try_from(steps).unwrap_or(u16::MAX).min(body.height.saturating_sub(REASONS + 1));
    let [above, _, below] =
        Layout::vertical([Constraint::Length(steps), Constraint::Length(1), Constraint::Min(0)]).areas(body);
    [above, below]
}

fn rows(screen: &mut GuideScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let room = usize::from(area.width.saturating_sub(GUTTER)).saturating_sub(STANDS + KEY);
    let asks = screen.steps.iter().map(|step| columns(&step.asks)).max().unwrap_or(0).min(room * 3 / 5);
    let window = screen.list.window(area.height.into());
    let shown = screen.steps.get(window.clone()).unwrap_or_default();
    let lines: Vec<Line> = shown.iter().map(|step| row(step, asks, room, cx)).collect();
    let present = Present { first: window.start, rows: &lines };
    list::draw(&mut screen.list, present, area, frame.buffer_mut(), &cx.theme);
}

/// `now      d  Is a child in danger now?        no, Fri 20 Nov 2026 14:10`
fn row(step: &Step, asks: usize, room: usize, cx: &Cx) -> Line<'static> {
    let style = style(step, cx);
    let key = key_of(step.opens, cx);
    Line::from(vec![
        Span::styled(pad(step.stands.label(), STANDS), style),
        Span::styled(pad(&key, KEY), cx.theme.key),
        Span::styled(pad(&step.asks, asks), style),
        Span::styled(format!(" {}", fit(&step.says, room.saturating_sub(asks + 1))), cx.theme.dim),
    ])
}

fn style(step: &Step, cx: &Cx) -> Style {
    match step.stands {
        Stands::Now if step.opens == Opens::Danger => cx.theme.danger,
        Stands::Now => cx.theme.title,
        Stands::Done => cx.theme.text,
        Stands::Later | Stands::NotNeeded => cx.theme.dim,
    }
}

fn key_of(opens: Opens, cx: &Cx) -> String {
    let action = action_of(opens);
    let chord = action.and_then(|action| cx.keymap.chord(&[Scope::Concern, Scope::Everywhere], action));
    chord.map(|chord| chord.to_string()).unwrap_or_default()
}

/// Why a step is asked, what its kind of concern asks for, and what to look for.
fn explained(step: &Step, categories: &[Text], width: usize, cx: &Cx) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for (text, is_note) in paragraphs(step, categories) {
        let style = if is_note { cx.theme.dim } else { cx.theme.text };
        lines.extend(wrap(&text, width).into_iter().map(|line| line.style(style)));
    }
    lines
}

/// The same to be read on a screen of its own.
pub(super) fn in_full(step: &Step, categories: &[Text]) -> String {
    let answer = (!step.says.is_empty()).then(|| format!("{}: {}", step.stands.label(), step.says));
    let paragraphs = paragraphs(step, categories).into_iter().map(|(text, _)| text);
    answer.into_iter().chain(paragraphs).collect::<Vec<_>>().join("\n\n")
}

/// Each with whether it may be skipped.
fn paragraphs(step: &Step, categories: &[Text]) -> Vec<(String, bool)> {
    let mut paragraphs = vec![(step.why.clone(), false)];
    for demand in &step.demands {
        paragraphs.push((format!("! {}", demand.says), false));
        paragraphs.push((format!("  {}", demand.cited()), true));
    }
    if step.opens == Opens::Decision(DecisionKind::Categories) {
        paragraphs.extend(signs(categories).into_iter().map(|text| (text, false)));
    }
    paragraphs.push((step.cited.clone(), true));
    paragraphs
}

/// What to look for, of each category.
fn signs(categories: &[Text]) -> Vec<String> {
    let known = categories.iter().filter_map(|text| category::by_name_or_id(text));
    let look_for =
        |category: &Category| format!("{}. Look for: {}.", category.name, category.look_for().join("; "));
    known.map(look_for).collect()
}
