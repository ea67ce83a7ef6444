//! How the question about danger is drawn: the number first, then the answers, then what was reported as far as it fits.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::DangerScreen;
use crate::cabinet::table::concern::Concern;
use crate::domain::category;
use crate::domain::emergency;
use crate::domain::field::Part1Field;
use crate::domain::guide;
use crate::domain::rule;
use crate::domain::triage::Urgency;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::Cx;
use crate::tui::screens::concern::head;
use crate::tui::widgets::columns::pad;
use crate::tui::widgets::digits;
use crate::tui::widgets::wrap::wrap;
use crate::tui::widgets::{write, write_wrapped};

/// Wider than this is no easier to read.
const WIDEST: u16 = 100;
/// What the call handler is told, in the order in which they ask.
const SAY: &str = "Say that it is a child safeguarding matter. Say where the child is now, their name and age, who is with them, and what is happening.";

pub(super) fn draw(screen: &DangerScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let area = Rect { width: area.width.min(WIDEST), ..area };
    let Some(concern) = screen.whole.as_deref() else {
        let text = screen.failed.as_deref().unwrap_or("Reading…");
        return write_wrapped(text, area, frame.buffer_mut(), cx.theme.text);
    };
    let lines: Vec<Line> = question(concern, area.width.into(), cx);
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let parts = [Constraint::Length(height), Constraint::Fill(1), Constraint::Length(1)];
    let [above, report, foot] = Layout::vertical(parts).areas(area);
    for (row, line) in above.rows().zip(&lines) {
        frame.buffer_mut().set_line(row.x, row.y, line, row.width);
    }
    let told = reported(concern, report.width.into(), cx);
    for (row, line) in report.rows().zip(&told) {
        frame.buffer_mut().set_line(row.x, row.y, line, row.width);
    }
    if told.len() > usize::from(report.height)
        && let Some(last) = report.rows().next_back()
    {
        let key = cx.keymap.key(Scope::Danger, Action::Back);
        let more = pad(&format!("… {key} reads all of it"), last.width.into());
        write(&more, last, frame.buffer_mut(), cx.theme.dim);
    }
    let cited = rule::get(1).map(rule::Rule::cited).unwrap_or_default();
    write(&cited, foot, frame.buffer_mut(), cx.theme.dim);
}

fn question(concern: &Concern, width: usize, cx: &Cx) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let mut put = |text: &str, style: Style| {
        lines.extend(wrap(text, width).into_iter().map(|line| line.style(style)));
    };
    match digits::rows(emergency::NUMBER, width) {
        Some(rows) => rows.iter().for_each(|row| put(row, cx.theme.danger)),
        None => put(emergency::NUMBER, cx.theme.danger),
    }
    put(
        &format!(
            "{} If so, or if you cannot tell, ring {} first.",
            guide::about_danger(&concern.part1),
            emergency::NUMBER
        ),
        cx.theme.title,
    );
    put(SAY, cx.theme.text);
    put("", cx.theme.text);
    let whom = head::named(concern);
    put(
        &format!("Concern {}: {whom}. In danger, says the report: {}.", concern.row.concern, says(concern)),
        cx.theme.title,
    );
    if let Some(before) = head::danger(concern) {
        put(&format!("Answered before: {before}."), cx.theme.text);
    }
    put("", cx.theme.text);
    lines.extend(answers(concern, cx));
    lines.push(Line::default());
    lines
}

/// What the reporter said about it; a question of somebody else's form may have been answered with yes.
fn says(concern: &Concern) -> &'static str {
    let reported = concern.standing();
    match reported.immediate_danger {
        Some(true) => "yes",
        Some(false) => "no",
        None if Urgency::of(&reported, category::is_urgent) == Urgency::Danger => "yes",
        None => "not said",
    }
}

fn answers(concern: &Concern, cx: &Cx) -> Vec<Line<'static>> {
    let no = if head::is_in_danger(concern) {
        "no: a form for how it is known that it is over; until then danger stays"
    } else {
        "no: recorded with the time; then the concern"
    };
    let answer = |(action, text): (Action, &str)| {
        let key = Span::styled(format!("  {:<4}", cx.keymap.key(Scope::Danger, action)), cx.theme.key);
        Line::from(vec![key, Span::raw(text.to_owned())])
    };
    [
        (Action::Yes, "yes: recorded with the time; then a form for what is said on the call"),
        (Action::No, no),
        (Action::Back, "not yet: read the concern first; the question stays at its head"),
    ]
    .map(answer)
    .to_vec()
}

/// What was reported, under the labels of the form: the reasons, then the facts.
fn reported(concern: &Concern, width: usize, cx: &Cx) -> Vec<Line<'static>> {
    let part1 = &concern.part1;
    let reasons = std::iter::once((Part1Field::Reasons, &part1.reasons));
    let told = reasons.chain(part1.account.fields()).filter(|(_, text)| !text.is_blank());
    let mut lines = vec![Line::styled("What was reported", cx.theme.title)];
    lines.extend(told.flat_map(|(field, text)| {
        let label = field.label();
        let label = if label.ends_with('?') { label.to_owned() } else { format!("{label}:") };
        wrap(&format!("{label} {text}"), width)
    }));
    lines
}
