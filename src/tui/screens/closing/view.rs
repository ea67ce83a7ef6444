//! How the list is drawn: what it is, what each gap is, by which rule, and how it is mended.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Closing;
use crate::cabinet::table::concern::Concern;
use crate::domain::closing::{Gap, Mend};
use crate::domain::concern::About;
use crate::domain::decision::DecisionKind;
use crate::domain::rule;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::Cx;
use crate::tui::widgets::outline::{self, Active, Piece};
use crate::tui::widgets::wrap::wrap;
use crate::tui::widgets::{out_of_sight, write, write_wrapped};

/// The rule and the way to mend it stand under the gap.
const INDENT: usize = 4;
/// Longer rows are hard to read.
const WIDEST: u16 = 110;

pub(super) fn draw(screen: &mut Closing, cx: &Cx, frame: &mut Frame, area: Rect) {
    let area = Rect { width: area.width.min(WIDEST), ..area };
    let Some(concern) = screen.whole.as_deref() else {
        let text = screen.failed.as_deref().unwrap_or("Reading…");
        write_wrapped(text, area, frame.buffer_mut(), cx.theme.text);
        return;
    };
    let head = head(concern, &screen.gaps, area.width.into(), cx);
    let height = u16::try_from(head.len()).unwrap_or(u16::MAX);
    let [above, body] = Layout::vertical([Constraint::Length(height), Constraint::Min(0)]).areas(area);
    for (place, line) in above.rows().zip(&head) {
        frame.buffer_mut().set_line(place.x, place.y, line, place.width);
    }
    screen.list.fill(body);
    let pieces = pieces(&screen.gaps, screen.list.width(), cx);
    let overflows = pieces.iter().map(Vec::len).sum::<usize>() > usize::from(body.height);
    let [body, more] =
        Layout::vertical([Constraint::Min(0), Constraint::Length(u16::from(overflows))]).areas(body);
    screen.list.fill(body);
    outline::draw(&screen.list, &pieces, Active::Yes, body, frame.buffer_mut(), &cx.theme);
    let (above, below) = screen.list.hidden(&pieces);
    write(&out_of_sight(above, below), more, frame.buffer_mut(), cx.theme.dim);
}

/// Whom it is about, what the keys do, and that a referral may be made again (R21).
fn head(concern: &Concern, gaps: &[Gap], width: usize, cx: &Cx) -> Vec<Line<'static>> {
    let key = |action| cx.keymap.key(Scope::Closing, action);
    let (close, mend, again) = (key(Action::CloseConcern), key(Action::Enter), key(Action::ReferAgain));
    let what = match gaps.len() {
        0 => "nothing is missing".to_owned(),
        1 => "one thing that an inspector would find missing".to_owned(),
        count => format!("{count} things that an inspector would find missing"),
    };
    let title = format!("Concern {}, {}: {what}", concern.row.concern, concern.row.named.one_line());
    let then = if gaps.is_empty() {
        format!("{close} asks why it is closed, and when somebody looks at it again.")
    } else {
        format!("{mend} mends the marked one. {close} closes it all the same, with a reason for each.")
    };
    let mut said = vec![(title, cx.theme.title), (then, cx.theme.text)];
    if concern.about() == About::Child {
        let source = rule::get(21).map(rule::Rule::cited).unwrap_or_default();
        said.push((format!("Is the child's life no better? {again} refers again. {source}"), cx.theme.dim));
    }
    let mut lines: Vec<Line> =
        said.iter().flat_map(|(text, style)| wrapped(text, 0, width, *style)).collect();
    lines.push(Line::default());
    lines
}

/// A piece for each gap.
pub(super) fn pieces(gaps: &[Gap], width: usize, cx: &Cx) -> Vec<Piece> {
    let piece = |gap: &Gap| {
        let mut piece: Piece = wrapped(&gap.says, 0, width, cx.theme.text).collect();
        let beneath = match gap.rule.as_str() {
            "" => mended(&gap.mend),
            rule => format!("{} · {rule}", mended(&gap.mend)),
        };
        piece.extend(wrapped(&beneath, INDENT, width, cx.theme.dim));
        piece
    };
    gaps.iter().map(piece).collect()
}

/// What opens, in the words of its title.
fn mended(mend: &Mend) -> String {
    match mend {
        Mend::Section(section) => format!("Part 2: {}", section.label()),
        Mend::Correct(_) => "A correction".to_owned(),
        Mend::Decide(kind) => kind.label().to_owned(),
        Mend::PartOf(_) => DecisionKind::PartOfChild.label().to_owned(),
        Mend::Tell(_) => "Information shared".to_owned(),
        Mend::Answer(_) => "What is due".to_owned(),
    }
}

fn wrapped(text: &str, by: usize, width: usize, style: Style) -> impl Iterator<Item = Line<'static>> {
    let margin = " ".repeat(by.min(width / 2));
    wrap(text, width.saturating_sub(margin.len()).max(1)).into_iter().map(move |row| {
        let spans = std::iter::once(Span::raw(margin.clone())).chain(row.spans);
        spans.map(|span| span.patch_style(style)).collect()
    })
}
