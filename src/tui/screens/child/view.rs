//! How a child and their chronology are drawn: who it is, how busy each month was, and the rows.

use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Europe::London;
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::{ChildScreen, noticed, status};
use crate::cabinet::table::child::Child;
use crate::cabinet::table::chronology::ChronologyRow;
use crate::desk::answer::{ChildSheet, born};
use crate::domain::child;
use crate::domain::chronology::{Kinds, RowKind};
use crate::domain::moment::Moment;
use crate::domain::rule::{self, Rule};
use crate::search::{Asking, Query, match_running_text};
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::Cx;
use crate::tui::screens::browse::{Head, Lack, Selected, draw_note};
use crate::tui::screens::candidates::detail;
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::{columns, fit, pad};
use crate::tui::widgets::strip::{self, MonthCount};
use crate::tui::widgets::wrap::{wrap, wrap_marked};
use crate::tui::widgets::write;

/// From here on who recorded a row stands beside it.
const WIDE: u16 = 110;
/// Below this there is no room for the time beside the date.
const NARROW: u16 = 60;
/// The most lines that one row takes in the list.
const TALLEST: usize = 3;
/// `20 Nov 2026 14:10`.
const DATE: usize = 17;
/// ` 14:10`.
const TIME: usize = 6;
/// `correction`, the longest of the kinds.
const KIND: usize = 10;
const BY: usize = 38;
const MOST_BY: usize = 60;
/// A row that was written so many days after it happened was told from memory, and is marked.
const LATE: i64 = 7;
/// More months than any screen is wide.
const MONTHS: usize = 600;

impl ChildScreen {
    pub(super) fn draw_screen(&mut self, cx: &Cx, frame: &mut Frame, area: Rect) {
        let who = self.sheet.as_ref().map(|sheet| head(sheet, cx, area.width)).unwrap_or_default();
        let who_height = if area.height > 8 { u16::try_from(who.len()).unwrap_or(0) } else { 0 };
        let strip = if area.height > 14 { 2 } else { 0 };
        let foot = u16::from(area.height > 5);
        let noticed = noticed::lines(self.noticed.as_deref(), cx, area.width, area.height);
        let noticed_height = u16::try_from(noticed.len()).unwrap_or(0);
        let [who_area, noticed_area, strip_area, above, body, foot] = Layout::vertical([
            Constraint::Length(who_height),
            Constraint::Length(noticed_height),
            Constraint::Length(strip),
            Constraint::Length(1),
            Constraint::Min(0),
            Constraint::Length(foot),
        ])
        .areas(area);
        lines_in(&who, who_area, frame.buffer_mut());
        lines_in(&noticed, noticed_area, frame.buffer_mut());
        if let Some(sheet) = &self.sheet {
            strip::draw(&months(&sheet.months), strip_area, frame.buffer_mut(), &cx.theme);
        }
        let what = format!("Chronology: {}", self.list.listing().kinds.label());
        let cited = rule::get(23).map(Rule::cited).unwrap_or_default();
        self.list.draw_head(cx, frame, above, Head { what: &what, more: &format!(" · {cited}") });
        if let Some(lack) = self.list.lack() {
            return draw_note(cx, frame, body, &instead(lack, self.list.listing().kinds, cx));
        }
        self.draw_rows(cx, frame.buffer_mut(), body);
        if let Some(row) = self.list.marked() {
            write(&recorded(row), foot, frame.buffer_mut(), cx.theme.dim);
        }
    }

    fn draw_rows(&mut self, cx: &Cx, buf: &mut Buffer, area: Rect) {
        let area = area.intersection(buf.area);
        let query = Asking::parse(self.list.letters(), cx.now).all_words();
        let theme = &cx.theme;
        let painter = Painter { theme, query: &query, width: area.width };
        let height = usize::from(area.height);
        let tallest = self.selected_height(&painter).min(height.max(1));
        let shown = self.list.window((height + 1).saturating_sub(tallest));
        let spare = height.saturating_sub(shown.len() + tallest - 1);
        let mut room = Room { spare };
        let mut y = area.y;
        for place in shown {
            let (row, selected) = self.list.place(place);
            let lines = match (row, selected) {
                (None, _) => vec![Line::styled("  …", theme.dim)],
                (Some(row), Selected::Yes) => painter.row(row, selected, tallest),
                (Some(row), Selected::No) => painter.row(row, selected, room.take(painter.height(row))),
            };
            let here = Rect { y, ..area }.intersection(area);
            lines_in(&lines, here, buf);
            let used = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(area.bottom().saturating_sub(y));
            if selected == Selected::Yes {
                buf.set_style(Rect { height: used, ..here }, theme.selected);
            }
            y = y.saturating_add(used);
        }
    }

    fn selected_height(&self, painter: &Painter) -> usize {
        self.list.marked().map_or(1, |row| painter.height(row))
    }
}

fn instead(lack: Lack, kinds: Kinds, cx: &Cx) -> String {
    match lack {
        Lack::Waiting => "One moment …".to_owned(),
        Lack::Narrowed => "No row has these words. Press Esc to see all.".to_owned(),
        Lack::Empty if kinds != Kinds::Everything => {
            let key = cx.keymap.chord(&[Scope::Child], Action::Kinds);
            let key = key.map(|key| format!(" {key} goes on to the next kind.")).unwrap_or_default();
            format!("No row is of this kind.{key}")
        }
        Lack::Empty => {
            let key = cx.keymap.chord(&[Scope::Child], Action::AddRow);
            let key =
                key.map(|key| format!(" Press {key} to add a contact or an event.")).unwrap_or_default();
            format!("Nothing is recorded here yet.{key}")
        }
    }
}

/// Lines that no row needs: rows may grow into them, the first ones first.
struct Room {
    spare: usize,
}

impl Room {
    /// How many lines a row gets that would like so many.
    fn take(&mut self, wanted: usize) -> usize {
        let more = wanted.saturating_sub(1).min(self.spare);
        self.spare -= more;
        more + 1
    }
}

/// What all rows of one drawing have in common.
struct Painter<'p> {
    theme: &'p Theme,
    query: &'p Query,
    width: u16,
}

impl Painter<'_> {
    /// The lines that a row would fill.
    fn height(&self, row: &ChronologyRow) -> usize {
        let before = self.before(row, Selected::No);
        self.text(row, self.text_width(before.len()), TALLEST).len()
    }

    fn by_width(&self) -> usize {
        if self.width < WIDE { 0 } else { usize::from(self.width / 4).clamp(BY, MOST_BY) }
    }

    fn text_width(&self, before: usize) -> usize {
        usize::from(self.width).saturating_sub(before + self.by_width() + 1).max(2)
    }

    /// A row in at most so many lines.
    fn row(&self, row: &ChronologyRow, selected: Selected, most: usize) -> Vec<Line<'static>> {
        let before = self.before(row, selected);
        let by = self.by_width();
        let width = self.text_width(before.len());
        let mut lines = self.text(row, width, most);
        for (place, line) in lines.iter_mut().enumerate() {
            let first = place == 0;
            let lead = if first { before.clone() } else { " ".repeat(before.len()) };
            if first && by > 0 {
                let gap = width.saturating_sub(columns(&line.to_string())) + 1;
                line.push_span(Span::raw(" ".repeat(gap)));
                line.push_span(Span::styled(pad(&recorded_short(row), by), self.theme.dim));
            }
            line.spans.insert(0, Span::raw(lead));
        }
        lines
    }

    /// The gutter, when it happened, and the kind: ASCII, so that its length is its width.
    fn before(&self, row: &ChronologyRow, selected: Selected) -> String {
        let marker = if selected == Selected::Yes { "> " } else { "  " };
        let when = if self.width < NARROW {
            format!("{:<width$}", date(Moment::Date(row.happened_at.date())), width = DATE - TIME)
        } else {
            format!("{:<DATE$}", date(row.happened_at))
        };
        format!("{marker}{when} {:<KIND$} ", row.kind.label())
    }

    fn text(&self, row: &ChronologyRow, width: usize, most: usize) -> Vec<Line<'static>> {
        // No more is laid out than can be seen: an account may be very long.
        let text = fit(&said(row), width * most);
        let marks = match_running_text(self.query, &text).map(|found| found.marks).unwrap_or_default();
        let mut lines = wrap_marked(&text, width - 1, &marks, self.theme.mark);
        let cut = lines.len() > most;
        lines.truncate(most);
        if let Some(last) = lines.last_mut().filter(|_| cut) {
            last.push_span(Span::raw("…"));
        }
        lines
    }
}

/// On one line, with the mark of what was written long after.
fn said(row: &ChronologyRow) -> String {
    match days_late(row) {
        Some(_) => format!("[late] {}", row.text.one_line()),
        None => row.text.one_line(),
    }
}

/// A roll is no memory of anybody's: it comes in when the school sends it.
fn days_late(row: &ChronologyRow) -> Option<i64> {
    if row.kind == RowKind::Roll {
        return None;
    }
    let recorded = row.recorded_at.with_timezone(&London).date_naive();
    let days = (recorded - row.happened_at.date()).num_days();
    (days > LATE).then_some(days)
}

fn date(moment: Moment) -> String {
    match moment {
        Moment::Date(date) => date.format("%e %b %Y").to_string(),
        Moment::At(at) => at.with_timezone(&London).format("%e %b %Y %H:%M").to_string(),
    }
}

fn recorded(row: &ChronologyRow) -> String {
    let late = days_late(row).map(|days| format!(", {days} days after it happened")).unwrap_or_default();
    format!("Recorded {}{late} by {}", Moment::At(row.recorded_at), row.by.one_line())
}

fn recorded_short(row: &ChronologyRow) -> String {
    format!("{} {}", date(Moment::At(row.recorded_at)), row.by.one_line())
}

/// What stands above a row that is read in full.
pub(super) fn heading(row: &ChronologyRow) -> String {
    format!("{}: {}", row.happened_at, row.kind.label())
}

pub(super) fn in_full(row: &ChronologyRow) -> String {
    format!("{}\n\n{}.", row.text, recorded(row))
}

/// Who it is, in as few lines as that takes.
fn head(sheet: &ChildSheet, cx: &Cx, width: u16) -> Vec<Line<'static>> {
    let width = usize::from(width);
    let details = &sheet.child.details;
    let today = cx.now.with_timezone(&London).date_naive();
    let age = details.date_of_birth.and_then(|born| child::age(born, today)).map(|age| format!("{age} old"));
    let known = [
        sheet.child.left_in_words(),
        Some(born(details.date_of_birth)),
        age,
        Some(details.form.one_line()),
        Some(details.school.one_line()),
        details.area.as_ref().map(|area| area.name().to_owned()),
        Some(concerns(sheet)),
        details.upn.as_ref().map(|upn| format!("UPN {}", upn.as_str())),
    ];
    let known: Vec<String> = known.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let mut lines: Vec<Line> = wrap(&details.name.one_line(), width)
        .into_iter()
        .map(|line| line.style(cx.theme.title))
        .take(2)
        .collect();
    lines.extend(wrap(&known.join(" · "), width).into_iter().take(2));
    lines.extend(status::lines(sheet, today, cx, width));
    if !details.other_names.is_empty() {
        let others = format!("Also known as {}", details.other_names_in_line());
        lines.push(Line::raw(fit(&others, width)));
    }
    if !sheet.also.is_empty() {
        let also: Vec<String> = sheet.also.iter().map(named).collect();
        let key = cx.keymap.key(Scope::Child, Action::Part);
        let line = format!("Also entered as {}. {key}: part again", also.join("; "));
        lines.extend(wrap(&line, width).into_iter().take(2));
    }
    if !sheet.named_together.is_empty() {
        let names: Vec<String> =
            sheet.named_together.iter().map(|child| child.details.name.one_line()).collect();
        let together = format!("Named together with {}", names.join(", "));
        lines.push(Line::raw(fit(&together, width)));
    }
    lines
}

/// `Zoe Smyth (number 7, 10B, b. 4 Mar 2011)`.
pub(super) fn named(child: &Child) -> String {
    format!("{} (number {}, {})", child.details.name.one_line(), child.id, detail(child))
}

fn concerns(sheet: &ChildSheet) -> String {
    let numbers: Vec<String> = sheet.concerns.iter().map(ToString::to_string).collect();
    match numbers.len() {
        0 => "no concerns".to_owned(),
        1 => format!("concern {}", numbers.join("")),
        _ => format!("{} concerns: {}", numbers.len(), numbers.join(", ")),
    }
}

/// Every month from the first to the last, the quiet ones too.
fn months(busy: &[(String, u64)]) -> Vec<MonthCount> {
    let first_day = |month: &str| NaiveDate::parse_from_str(&format!("{month}-01"), "%Y-%m-%d").ok();
    let (Some(first), Some(last)) = (busy.first(), busy.last()) else { return Vec::new() };
    let (Some(first), Some(last)) = (first_day(&first.0), first_day(&last.0)) else { return Vec::new() };
    let backwards = std::iter::successors(Some(last), |day| day.checked_sub_months(chrono::Months::new(1)));
    let mut months: Vec<MonthCount> =
        backwards.take_while(|day| *day >= first).take(MONTHS).map(|day| count(day, busy)).collect();
    months.reverse();
    months
}

fn count(day: NaiveDate, busy: &[(String, u64)]) -> MonthCount {
    let name = day.format("%Y-%m").to_string();
    let entries = busy.iter().find(|(month, _)| *month == name).map_or(0, |(_, entries)| *entries);
    MonthCount { year: day.year(), month: day.month(), entries: u32::try_from(entries).unwrap_or(u32::MAX) }
}

fn lines_in(lines: &[Line], area: Rect, buf: &mut Buffer) {
    for (row, line) in area.intersection(buf.area).rows().zip(lines) {
        buf.set_line(row.x, row.y, line, row.width);
    }
}

#[cfg(test)]
mod tests {
    use super::{MonthCount, months};

    #[test]
    fn quiet_months_are_there_too() {
        let busy = [("2025-11".to_owned(), 2), ("2026-02".to_owned(), 5)];
        let entries: Vec<u32> = months(&busy).iter().map(|month| month.entries).collect();
        assert_eq!(entries, [2, 0, 0, 5]);
        assert_eq!(months(&busy)[1], MonthCount { year: 2025, month: 12, entries: 0 });
        assert_eq!(months(&[]), []);
    }

    #[test]
    fn a_date_in_the_year_of_the_romans_fills_no_memory() {
        let busy = [("0001-01".to_owned(), 1), ("2026-02".to_owned(), 1)];
        assert_eq!(months(&busy).len(), super::MONTHS);
    }
}
