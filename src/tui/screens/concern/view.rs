//! How a concern is drawn: a head, and the two parts beside each other or one at a time.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::decided::{self, Row};
use super::head;
use super::keys;
use super::part1::{self, Field, fields};
use super::part2::{self, Pick};
use super::unfinished::Draft;
use super::{ConcernScreen, Part};
use crate::cabinet::table::child::Child;
use crate::cabinet::table::concern::Concern;
use crate::desk::answer::born;
use crate::domain::field::{ChildField, CorrectedField};
use crate::domain::ids::Seq;
use crate::domain::moment::Moment;
use crate::domain::part2::SectionKind;
use crate::domain::rule;
use crate::domain::text::sentence;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::Cx;
use crate::tui::screens::below_a_heading;
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::columns;
use crate::tui::widgets::outline::{self, Active, OutlineState, Piece};
use crate::tui::widgets::wrap::wrap;
use crate::tui::widgets::{write, write_wrapped};

/// A question in the head is no longer than this, however long the names are.
const MOST_ROWS_SAID: usize = 2;
/// From here on there is room for both parts.
const SIDE_BY_SIDE: u16 = 120;

pub(super) fn draw(screen: &mut ConcernScreen, cx: &Cx, frame: &mut Frame, area: Rect) {
    let (Some(concern), Some(case)) = (screen.whole.as_deref(), screen.case.as_deref()) else {
        let text = screen.failed.as_deref().unwrap_or("Reading…");
        write_wrapped(text, area, frame.buffer_mut(), cx.theme.text);
        return;
    };
    let head: Vec<Line> = head::lines(concern, case, &screen.likely, area.height, cx)
        .into_iter()
        .flat_map(|(text, style)| {
            let rows = wrap(&text, area.width.into()).into_iter().take(MOST_ROWS_SAID);
            rows.map(move |row| row.style(style))
        })
        .collect();
    let height = u16::try_from(head.len()).unwrap_or(u16::MAX);
    let [above, parts] = Layout::vertical([Constraint::Length(height), Constraint::Min(0)]).areas(area);
    for (place, line) in above.rows().zip(&head) {
        frame.buffer_mut().set_line(place.x, place.y, line, place.width);
    }
    let (left, right) = sides(parts);
    let (first, second) = (below_a_heading(left), below_a_heading(right));
    // Both know their room, so that keys mean the same before a part has been seen.
    screen.one.fill(first[1]);
    screen.two.fill(second[1]);
    if left != right || screen.part == Part::One {
        let pieces = part1_pieces(concern, screen.one.width(), &cx.theme);
        let active = active(screen, Part::One);
        // Where there is room for one part alone, the note stands above whichever it is.
        let elsewhere = cx.open_elsewhere(screen.concern).filter(|_| left == right);
        Pane { elsewhere, heading: sealed(cx), state: &screen.one, pieces, active }.draw(cx, frame, first);
    }
    if left != right || screen.part == Part::Two {
        let pieces = part2_pieces(concern, &screen.unfinished, screen.two.width(), cx);
        let active = active(screen, Part::Two);
        let elsewhere = cx.open_elsewhere(screen.concern);
        let heading = progress(concern);
        Pane { elsewhere, heading, state: &screen.two, pieces, active }.draw(cx, frame, second);
    }
}

/// Where the two parts go: both into the same place where there is no room for two.
fn sides(parts: Rect) -> (Rect, Rect) {
    if parts.width < SIDE_BY_SIDE {
        return (parts, parts);
    }
    let widths = [Constraint::Fill(1), Constraint::Length(1), Constraint::Fill(1)];
    let [left, _, right] = Layout::horizontal(widths).areas(parts);
    (left, right)
}

fn active(screen: &ConcernScreen, part: Part) -> Active {
    if screen.part == part { Active::Yes } else { Active::No }
}

/// `Zoë Smith, 10B, b. 4 Mar 2011`.
pub(super) fn who(child: &Child) -> String {
    let form = child.details.form.one_line();
    let parts = [child.details.name.one_line(), form, born(child.details.date_of_birth)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

pub(super) fn key_of(cx: &Cx, action: Action) -> String {
    cx.keymap.key(Scope::Concern, action)
}

/// One part: its heading and its pieces.
struct Pane<'p> {
    /// Who else has it open.
    elsewhere: Option<String>,
    heading: String,
    state: &'p OutlineState,
    pieces: Vec<Piece>,
    active: Active,
}

impl Pane<'_> {
    fn draw(&self, cx: &Cx, frame: &mut Frame, [heading, body]: [Rect; 2]) {
        let said = self.elsewhere.as_deref().unwrap_or_default();
        let note = u16::try_from(columns(said)).unwrap_or(u16::MAX);
        let gap = u16::from(note > 0);
        let widths = [Constraint::Length(note), Constraint::Length(gap), Constraint::Min(0)];
        let [note, _, heading] = Layout::horizontal(widths).areas(heading);
        write(said, note, frame.buffer_mut(), cx.theme.warn);
        write(&self.heading, heading, frame.buffer_mut(), cx.theme.dim);
        outline::draw(self.state, &self.pieces, self.active, body, frame.buffer_mut(), &cx.theme);
    }
}

fn sealed(cx: &Cx) -> String {
    format!("Part 1, sealed as it came. {} adds a correction beside it.", key_of(cx, Action::Correct))
}

fn progress(concern: &Concern) -> String {
    let sections = SectionKind::ALL.len() - 1;
    let written = sections - part2::empty_sections(concern).len();
    let signed = if concern.is_signed() { "signed" } else { "not signed" };
    format!("Part 2. {written} of {sections} sections written in, {signed}.")
}

/// A piece for each field; the heading of the next group hangs below the last field of the one before, and who may know
/// of it (R19) below the last of all.
pub(super) fn part1_pieces(concern: &Concern, width: usize, theme: &Theme) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut group = part1::Group::Who;
    for field in fields(concern) {
        if field.group != group {
            group = field.group;
            if let Some(last) = pieces.last_mut() {
                last.extend([Line::default(), Line::styled(group.heading(), theme.title)]);
            }
        }
        pieces.push(field_piece(concern, &field, width, theme));
    }
    if let (Some(last), Some(rule)) = (pieces.last_mut(), rule::get(19)) {
        last.extend(indented(&format!("{} {}", rule.says, rule.cited()), 0, width, theme.dim));
    }
    pieces
}

fn field_piece(concern: &Concern, field: &Field, width: usize, theme: &Theme) -> Piece {
    let mut piece = field_rows(field, width, theme);
    let is_name = matches!(field.name, Some(CorrectedField::Child(_, ChildField::Name)));
    if let Some(place) = field.child.filter(|_| is_name) {
        piece.extend(indented(&on_this_desk(concern, place), 4, width, theme.dim));
    }
    if let Some(name) = &field.name {
        piece.extend(correction_rows(concern, concern.seq, name, width, theme));
        let old = still_on_this_desk(concern, name).unwrap_or_default();
        piece.extend(indented(&old, 4, width, theme.warn));
    }
    piece
}

/// A child's own details are not corrected with Part 1: another report may know better. Somebody must say so.
fn still_on_this_desk(concern: &Concern, name: &CorrectedField) -> Option<String> {
    let CorrectedField::Child(place, field) = name else { return None };
    let instead = concern.corrections(concern.seq, name).last()?.instead.one_line();
    let child = concern.children.get(usize::try_from(*place).ok()?)?.as_ref()?;
    let details = &child.details;
    let stands = match field {
        ChildField::Name => details.name.one_line(),
        ChildField::DateOfBirth => {
            details.date_of_birth.map(|date| Moment::Date(date).to_string()).unwrap_or_default()
        }
        ChildField::Form => details.form.one_line(),
        ChildField::School => details.school.one_line(),
    };
    let stands = if stands.is_empty() { "nothing".to_owned() } else { stands };
    (stands != instead).then(|| {
        format!("The child's own details still say {stands}. Open the chronology; there they are put right.")
    })
}

/// Part 1 for whoever looks at it beside something else: without the fields that were left empty.
pub(in crate::tui::screens) fn preview(concern: &Concern, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled(format!("Part 1 of concern {}", concern.row.concern), theme.title)];
    let mut group = part1::Group::Who;
    for field in fields(concern).iter().filter(|field| field.text.is_some()) {
        if field.group != group {
            group = field.group;
            lines.extend([Line::default(), Line::styled(group.heading(), theme.title)]);
        }
        lines.extend(field_rows(field, width, theme));
    }
    lines
}

/// The label, and what was said beneath it or on the same line where it is short.
fn field_rows(field: &Field, width: usize, theme: &Theme) -> Piece {
    // A question has its mark already.
    let label = format!("{}{} ", field.label, if field.label.ends_with('?') { "" } else { ":" });
    let Some(text) = &field.text else {
        return vec![Line::from(vec![Span::styled(label, theme.dim), Span::styled("not said", theme.dim)])];
    };
    let room = width.saturating_sub(columns(&label));
    let short = wrap(text, room.max(1));
    match short.as_slice() {
        [line] if room > 0 => {
            let spans = std::iter::once(Span::styled(label, theme.dim)).chain(line.spans.iter().cloned());
            vec![spans.collect()]
        }
        _ => {
            let head = Line::styled(label, theme.dim);
            std::iter::once(head).chain(indented(text, 2, width, theme.text)).collect()
        }
    }
}

fn on_this_desk(concern: &Concern, place: usize) -> String {
    match concern.children.get(place).and_then(Option::as_ref) {
        Some(child) => {
            let reason =
                part1::link_reason(concern, place).map_or_else(String::new, |text| format!(" ({text})"));
            format!("On this desk: {}{reason}", who(child))
        }
        None => "On this desk: which child?".to_owned(),
    }
}

fn correction_rows(
    concern: &Concern,
    seq: Seq,
    field: &CorrectedField,
    width: usize,
    theme: &Theme,
) -> Piece {
    let mut rows = Vec::new();
    for found in concern.corrections(seq, field) {
        let when = concern.added(found.line).map(|added| format!(", {added}")).unwrap_or_default();
        rows.extend(indented(&format!("Corrected{when}: {}", found.instead), 2, width, theme.mark));
        let by = format!("Reason: {} {}", sentence(found.reason), part2::written_by(found.line));
        rows.extend(indented(&by, 4, width, theme.dim));
    }
    rows
}

/// The outline, a piece for each of its rows.
pub(super) fn part2_pieces(concern: &Concern, unfinished: &[Draft], width: usize, cx: &Cx) -> Vec<Piece> {
    let piece = |pick: &Pick| match pick {
        Pick::Section(kind) => {
            let mut piece = section_piece(concern, *kind, width, cx);
            let kept = unfinished.iter().filter(|draft| draft.stands_under(*kind));
            piece.extend(kept.flat_map(|draft| kept_draft(draft, width, cx)));
            piece
        }
        Pick::Entry(seq) => entry_piece(concern, *seq, width, &cx.theme),
        Pick::Decisions => {
            let mut piece = decisions_piece(concern, width, cx);
            let of_section = |draft: &&Draft| SectionKind::ALL.iter().any(|kind| draft.stands_under(*kind));
            let kept = unfinished.iter().filter(|draft| !of_section(draft));
            piece.extend(kept.flat_map(|draft| kept_draft(draft, width, cx)));
            piece
        }
    };
    part2::outline(concern).iter().map(piece).collect()
}

/// `draft kept at 14:10: Level`; under its own section without the name.
fn kept_draft(draft: &Draft, width: usize, cx: &Cx) -> Piece {
    let name = draft.name().map(|name| format!(": {name}")).unwrap_or_default();
    indented(&format!("{}{name}", draft.kept(cx.now)), 2, width, cx.theme.mark).collect()
}

fn section_piece(concern: &Concern, kind: SectionKind, width: usize, cx: &Cx) -> Piece {
    let written = part2::entries(concern, kind).count();
    let key = Span::styled(format!("{} ", key_of(cx, keys::writes(kind))), cx.theme.key);
    let label = Span::styled(kind.label(), cx.theme.title);
    if written > 0 {
        return vec![Line::from(vec![key, label])];
    }
    let head = Line::from(vec![key, label, Span::styled(": nothing yet", cx.theme.dim)]);
    std::iter::once(head).chain(indented(&missing(concern, kind), 2, width, cx.theme.dim)).collect()
}

/// What an empty section asks for; the signature asks for the others first.
fn missing(concern: &Concern, kind: SectionKind) -> String {
    let empty = part2::empty_sections(concern);
    if kind == SectionKind::Signed && !empty.is_empty() {
        return format!("Still empty: {}.", part2::in_words(&empty));
    }
    kind.question().to_owned()
}

fn entry_piece(concern: &Concern, seq: Seq, width: usize, theme: &Theme) -> Piece {
    let Some((line, section)) = part2::entry(concern, seq) else {
        return match decided::row(concern, seq) {
            Some(row) => decided_piece(&row, width, theme),
            None => tried_piece(concern, seq, width, theme),
        };
    };
    let mut head = vec![Span::raw("  "), Span::raw(part2::when(line, section).to_string())];
    if let Some(added) = concern.added(line) {
        head.extend([Span::raw("  "), Span::styled(added, theme.warn)]);
    }
    let mut piece = vec![Line::from(head)];
    piece.extend(indented(&section.sentence(), 4, width, theme.text));
    piece.extend(indented(&part2::written_by(line), 4, width, theme.dim));
    let name = CorrectedField::Section(section.kind());
    piece.extend(correction_rows(concern, seq, &name, width, theme));
    piece
}

/// The last group: what was decided and what is due, and where the next step is found.
fn decisions_piece(concern: &Concern, width: usize, cx: &Cx) -> Piece {
    let key = Span::styled(format!("{} ", key_of(cx, Action::WhatNext)), cx.theme.key);
    let label = Span::styled("Decisions and what is due", cx.theme.title);
    let nothing = decided::rows(concern).next().is_none();
    let more = Span::styled(if nothing { ": nothing yet" } else { "" }, cx.theme.dim);
    let mut piece = vec![Line::from(vec![key, label, more])];
    if nothing {
        piece.extend(indented("What has to be decided, and what next?", 2, width, cx.theme.dim));
    }
    piece
}

fn decided_piece(row: &Row, width: usize, theme: &Theme) -> Piece {
    let mut piece = vec![Line::from(format!("  {}  {}", row.when(), row.label))];
    piece.extend(indented(&row.text, 4, width, theme.text));
    piece.extend(indented(&part2::written_by(row.line), 4, width, theme.dim));
    piece
}

/// A call that nobody answered.
fn tried_piece(concern: &Concern, seq: Seq, width: usize, theme: &Theme) -> Piece {
    let Some((line, call)) = part2::tried(concern).find(|(line, _)| line.seq == seq) else {
        return Vec::new();
    };
    let mut piece = vec![Line::from(format!("  {}", call.at))];
    piece.extend(indented(&call.sentence(), 4, width, theme.text));
    piece.extend(indented(&part2::written_by(line), 4, width, theme.dim));
    piece
}

fn indented(text: &str, by: usize, width: usize, style: Style) -> impl Iterator<Item = Line<'static>> {
    let margin = " ".repeat(by.min(width / 2));
    wrap(text, width.saturating_sub(margin.len())).into_iter().map(move |row| {
        let spans = std::iter::once(Span::raw(margin.clone())).chain(row.spans);
        spans.map(|span| span.patch_style(style)).collect()
    })
}
