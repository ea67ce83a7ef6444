//! How what is due is drawn: a line for each, and the selected one whole beneath or beside.

use chrono::{DateTime, Utc};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::DueScreen;
use crate::cabinet::table::follow_up::Due;
use crate::desk::answer::Subject;
use crate::domain::deadline;
use crate::domain::escalation::{self, Rung};
use crate::domain::moment::Moment;
use crate::domain::text::sentence;
use crate::domain::working_time::{DueState, in_brief, left, state};
use crate::search::Query;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::Cx;
use crate::tui::screens::browse::{Head, Lack, draw_note};
use crate::tui::screens::cells::{self, Cell};
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::{fit_words, pad};
use crate::tui::widgets::list::GUTTER;
use crate::tui::widgets::wrap::wrap;
use crate::tui::widgets::write;

/// From here on the selected one stands beside the list.
const WIDE: u16 = 120;
/// Lines for the selected one beneath it; on a low screen half of it.
const BENEATH: u16 = 10;
/// Lines over the rows of the list.
const HEAD: u16 = 2;
/// From here on there is room for the state and the time in columns of their own.
const ROOMY: usize = 90;
/// `overdue`.
const STATE: usize = 7;
/// `tomorrow 17:00`, `Mon 30 Nov 17:00`.
const WHEN: usize = 16;
/// `late 18 h`, `due 16:30`, `by 30 Nov`: the state and the time in one.
const BRIEF: usize = 9;

pub(super) fn draw(screen: &mut DueScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let (list, whole) = parts(area, screen.list.total());
    let heights = [Constraint::Length(1), Constraint::Length(1), Constraint::Min(0)];
    let [head, columns, body] = Layout::vertical(heights).areas(list);
    let said = Head { what: &what(screen), more: &more(screen, cx) };
    screen.list.draw_head(cx, frame, head, said);
    if let Some(lack) = screen.list.lack() {
        return draw_note(cx, frame, body, &instead(lack, screen, cx));
    }
    let widths = Widths::of(body.width);
    let [_, named] = Layout::horizontal([Constraint::Length(GUTTER), Constraint::Min(0)]).areas(columns);
    write(&widths.heading(&cx.theme), named, frame.buffer_mut(), cx.theme.dim);
    let query = screen.list.query();
    screen.list.draw(cx, frame, body, |due, _| widths.line(due, &query, cx));
    let Some(due) = screen.list.marked() else { return };
    let lines = in_full(due, whole.width.into(), cx);
    for (row, line) in whole.rows().zip(&lines) {
        frame.buffer_mut().set_line(row.x, row.y, line, row.width);
    }
    if lines.len() > usize::from(whole.height)
        && let Some(last) = whole.rows().next_back()
    {
        let key = cx.keymap.key(Scope::Due, Action::Explain);
        write(&pad(&format!("… {key} reads on"), last.width.into()), last, frame.buffer_mut(), cx.theme.dim);
    }
}

/// Rows that a short list leaves free are for the selected one.
fn parts(area: Rect, rows: usize) -> (Rect, Rect) {
    if area.width >= WIDE {
        let widths = [Constraint::Fill(3), Constraint::Length(2), Constraint::Fill(2)];
        let [list, _, whole] = Layout::horizontal(widths).areas(area);
        return (list, whole);
    }
    let listed = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(HEAD + 1);
    let free = if rows == 0 { 0 } else { area.height.saturating_sub(listed) };
    let beneath = BENEATH.min(area.height / 2).max(free);
    let heights =
        [Constraint::Min(0), Constraint::Length(u16::from(beneath > 0)), Constraint::Length(beneath)];
    let [list, _, whole] = Layout::vertical(heights).areas(area);
    (list, whole)
}

/// How much there is of each.
fn what(screen: &DueScreen) -> String {
    let (overdue, today) = (screen.overdue, screen.today);
    let total = u64::try_from(screen.list.total()).unwrap_or(u64::MAX);
    if !screen.list.letters().is_empty() {
        return "Due".to_owned();
    }
    let coming = total.saturating_sub(overdue).saturating_sub(today);
    format!("{overdue} overdue, {today} today, {coming} coming")
}

fn more(screen: &DueScreen, cx: &Cx) -> String {
    let order = screen.list.listing();
    let key = cx.keymap.key(Scope::Due, Action::Order);
    format!("; {}. {key}: {}", order.label(), order.next().label())
}

fn instead(lack: Lack, screen: &DueScreen, cx: &Cx) -> String {
    match lack {
        Lack::Waiting => "One moment …".to_owned(),
        Lack::Narrowed => {
            format!("Nothing that is due is like \"{}\". Esc shows all again.", screen.list.letters())
        }
        Lack::Empty => {
            let key = cx.keymap.key(Scope::Concern, Action::FollowUp);
            format!("Nothing is due. What you decide sets its own clocks; {key} on a concern sets another.")
        }
    }
}

/// How wide each column is; what is due takes what the others leave.
struct Widths {
    /// Whether the state and the time stand in columns of their own.
    is_roomy: bool,
    what: usize,
    who: usize,
    about: usize,
}

impl Widths {
    fn of(width: u16) -> Self {
        let room = usize::from(width.saturating_sub(GUTTER));
        let is_roomy = room >= ROOMY;
        let times = if is_roomy { STATE + WHEN + 4 } else { BRIEF + 3 };
        let room = room.saturating_sub(times);
        let who = (if is_roomy { room / 5 } else { room / 4 }).min(24);
        let about = (room * 3 / 10).min(30);
        Self { is_roomy, what: room.saturating_sub(who + about), who, about }
    }

    /// The columns after the state and the time.
    fn cells<'t>(&self, [what, who, about]: [&'t str; 3]) -> [Cell<'t>; 3] {
        [Cell(what, self.what), Cell(who, self.who), Cell(about, self.about)]
    }

    fn heading(&self, theme: &Theme) -> String {
        let rest = cells::row(&self.cells(["what", "who", "about"]), &Query::default(), theme).to_string();
        let times = if self.is_roomy {
            format!("{} {}", pad("", STATE), pad("when", WHEN))
        } else {
            pad("due", BRIEF)
        };
        format!("{times} {}", rest.trim_end())
    }

    fn line(&self, due: &Due, query: &Query, cx: &Cx) -> Line<'static> {
        let mut line = Line::from(self.times(due, cx));
        let (what, who, about) = (due.set.what.one_line(), due.set.who.one_line(), short(due));
        let (what, who, about) =
            (fit_words(&what, self.what), fit_words(&who, self.who), fit_words(&about, self.about));
        line.spans.extend(cells::row(&self.cells([&what, &who, &about]), query, &cx.theme).spans);
        line
    }

    /// Where there is room the state is a word of its own, and how late it is stands beside.
    fn times(&self, due: &Due, cx: &Cx) -> Vec<Span<'static>> {
        let state = state(due.due, cx.now);
        let style = style(state, &cx.theme);
        if !self.is_roomy {
            let brief = format!("{} ", pad(&in_brief(due.due, cx.now), BRIEF));
            return vec![Span::styled(brief, style)];
        }
        let when = left(due.due, cx.now);
        let when = when.strip_prefix("overdue ").unwrap_or(&when);
        let word = Span::styled(pad(state.label(), STATE), style);
        vec![word, Span::raw(format!(" {} ", pad(when, WHEN)))]
    }
}

fn style(state: DueState, theme: &Theme) -> Style {
    match state {
        DueState::Overdue => theme.danger,
        DueState::Today => theme.soon,
        DueState::Coming => theme.text,
    }
}

/// `12 Zoë Smith`: the concern's number, where it is about one.
fn short(due: &Due) -> String {
    match due.subject {
        Subject::Concern(concern) => format!("{concern} {}", due.named.one_line()),
        Subject::Child(_) => due.named.one_line(),
    }
}

fn in_full(due: &Due, width: usize, cx: &Cx) -> Vec<Line<'static>> {
    let lines =
        |(text, style): (String, Style)| wrap(&text, width).into_iter().map(move |line| line.style(style));
    paragraphs(due, cx).into_iter().flat_map(lines).collect()
}

/// Everything that there is to know of it.
pub(super) fn paragraphs(due: &Due, cx: &Cx) -> Vec<(String, Style)> {
    let theme = &cx.theme;
    let paragraphs = [
        (due.set.what.to_string(), theme.title),
        (standing(due, cx), theme.text),
        (tried(due), theme.text),
        (next(due), theme.title),
        (due.set.note.to_string(), theme.text),
        (due.set.rule.to_string(), theme.dim),
        (data(due), theme.dim),
    ];
    paragraphs.into_iter().filter(|(text, _)| !text.is_empty()).collect()
}

/// Who, by when, and about whom.
fn standing(due: &Due, cx: &Cx) -> String {
    let about = match due.subject {
        Subject::Concern(concern) => format!("Concern {concern}, {}", due.named.one_line()),
        Subject::Child(_) => due.named.one_line(),
    };
    let still = match state(due.due, cx.now) {
        DueState::Overdue | DueState::Today => format!(" ({})", left(due.due, cx.now)),
        DueState::Coming => String::new(),
    };
    let put_off = if due.due == due.set.due {
        String::new()
    } else {
        format!(" Put off from {}.", Moment::At(due.set.due))
    };
    format!("{about}: {}, by {}{still}.{put_off}", due.set.who.one_line(), Moment::At(due.due))
}

fn tried(due: &Due) -> String {
    let last = due.tried_at.map(|at| format!(", last on {}", Moment::At(at))).unwrap_or_default();
    match due.tried {
        0 => String::new(),
        1 => format!("Tried once{last}."),
        2 => format!("Tried twice{last}."),
        times => format!("Tried {times} times{last}."),
    }
}

/// The next rung of the ladder, with its time (R30).
fn next(due: &Due) -> String {
    match next_rung(due) {
        Some((rung, at)) => {
            format!("If nothing is heard, from {}: {}. {}", Moment::At(at), rung.whom, rung.says)
        }
        None if due.rung > 0 => {
            "Every rung of the ladder has been tried. In danger it is 999, at any time.".to_owned()
        }
        None => String::new(),
    }
}

fn next_rung(due: &Due) -> Option<(&'static Rung, DateTime<Utc>)> {
    escalation::next(&due.set, due.due, due.rung, due.tried_at)
}

/// What the data says besides what was recorded: of the clock, and of the rung.
fn data(due: &Due) -> String {
    let deadline = deadline::by_id(&due.set.deadline);
    let of_clock = deadline.into_iter().flat_map(|deadline| [&deadline.note, &deadline.edition]);
    let of_rung = next_rung(due).map(|(rung, _)| &rung.edition);
    let said = of_clock.chain(of_rung).filter(|part| !part.is_empty()).map(|part| sentence(part));
    said.collect::<Vec<_>>().join(" ")
}
