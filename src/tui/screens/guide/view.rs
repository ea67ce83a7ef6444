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
use crate::domain::text::{Text, capital};
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::Cx;
use crate::tui::screens::below_a_heading;
use crate::tui::screens::concern::head;
use crate::tui::widgets::columns::{columns, fit_words, pad};
use crate::tui::widgets::list::{self, GUTTER, Present};
use crate::tui::widgets::wrap::wrap;
use crate::tui::widgets::{out_of_sight, write, write_wrapped};

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
    let Sides { steps, more, reasons } = sides(body, screen.steps.len());
    let widths = Widths::of(&screen.steps, steps.width);
    let lines = screen.selected().map(|step| explained(screen, step, &widths, reasons.width.into(), cx));
    rows(screen, &widths, cx, frame, steps, more);
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
    // A long name may be cut, and not how far she is.
    format!("What next? {done} of {asked} answered. Concern {}: {whom}", screen.concern)
}

/// Where the steps go, how many of them are out of sight, and why the selected one is asked.
struct Sides {
    steps: Rect,
    more: Rect,
    reasons: Rect,
}

fn sides(body: Rect, steps: usize) -> Sides {
    let wanted = u16::try_from(steps).unwrap_or(u16::MAX);
    if body.width >= BESIDE {
        let widths = [Constraint::Fill(3), Constraint::Length(2), Constraint::Fill(2)];
        let [left, _, reasons] = Layout::horizontal(widths).areas(body);
        let more = Constraint::Length(u16::from(wanted > left.height));
        let [steps, more] = Layout::vertical([Constraint::Min(0), more]).areas(left);
        return Sides { steps, more, reasons };
    }
    let steps = wanted.min(body.height.saturating_sub(REASONS + 1));
    let heights = [Constraint::Length(steps), Constraint::Length(1), Constraint::Min(0)];
    let [steps, more, reasons] = Layout::vertical(heights).areas(body);
    Sides { steps, more, reasons }
}

/// How wide the columns of a step are, from what it asks on.
struct Widths {
    asks: usize,
    says: usize,
}

impl Widths {
    fn of(steps: &[Step], width: u16) -> Self {
        let room = usize::from(width.saturating_sub(GUTTER)).saturating_sub(STANDS + KEY);
        let asks = steps.iter().map(|step| columns(&step.asks)).max().unwrap_or(0).min(room * 3 / 5);
        Self { asks, says: room.saturating_sub(asks + 1) }
    }
}

fn rows(screen: &mut GuideScreen, widths: &Widths, cx: &Cx, frame: &mut Frame, area: Rect, more: Rect) {
    let window = screen.list.window(area.height.into());
    let shown = screen.steps.get(window.clone()).unwrap_or_default();
    let lines: Vec<Line> = shown.iter().map(|step| row(step, &said(screen, step, cx), widths, cx)).collect();
    let hidden = out_of_sight(window.start, screen.steps.len().saturating_sub(window.end));
    write(&hidden, more, frame.buffer_mut(), cx.theme.dim);
    let present = Present { first: window.start, rows: &lines };
    list::draw(&mut screen.list, present, area, frame.buffer_mut(), &cx.theme);
}

/// What is written of the answer and not recorded goes before what the step says.
fn said(screen: &GuideScreen, step: &Step, cx: &Cx) -> String {
    let draft = screen.drafts.iter().find(|draft| draft.answers(step.opens)).map(|draft| draft.kept(cx.now));
    let says = Some(step.says.clone()).filter(|says| !says.is_empty());
    draft.into_iter().chain(says).collect::<Vec<_>>().join(" · ")
}

/// `now      d  Is a child in danger now?        no, Fri 20 Nov 2026 14:10`
fn row(step: &Step, says: &str, widths: &Widths, cx: &Cx) -> Line<'static> {
    let style = style(step, cx);
    let key = key_of(step.opens, cx);
    Line::from(vec![
        Span::styled(pad(step.stands.label(), STANDS), style),
        Span::styled(pad(&key, KEY), cx.theme.key),
        Span::styled(pad(&fit_words(&step.asks, widths.asks), widths.asks), style),
        Span::styled(format!(" {}", fit_words(says, widths.says)), cx.theme.dim),
    ])
}

fn style(step: &Step, cx: &Cx) -> Style {
    match step.stands {
        Stands::Now if step.opens == Opens::Danger || step.is_overdue => cx.theme.danger,
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

/// What its row has no room for, why the step is asked, what its kind of concern asks for, and what to look for.
fn explained(
    screen: &GuideScreen,
    step: &Step,
    widths: &Widths,
    width: usize,
    cx: &Cx,
) -> Vec<Line<'static>> {
    let says = said(screen, step, cx);
    let cut = [
        Some(step.asks.clone()).filter(|asks| columns(asks) > widths.asks),
        Some(capital(&says)).filter(|_| columns(&says) > widths.says),
    ];
    let cut = cut.into_iter().flatten().map(|text| (text, cx.theme.title));
    let reasons = paragraphs(step, &screen.categories)
        .into_iter()
        .map(|(text, is_note)| (text, if is_note { cx.theme.dim } else { cx.theme.text }));
    let lines =
        |(text, style): (String, Style)| wrap(&text, width).into_iter().map(move |line| line.style(style));
    cut.chain(reasons).flat_map(lines).collect()
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
