//! What is noticed of a child: a line for each pattern beneath the head, and the list of them with their rows.

use ratatui::text::Line;

use super::ChildScreen;
use crate::desk::answer::{Counted, PatternSeen, Stands};
use crate::domain::ids::ChildId;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::{Cx, Effect};
use crate::tui::screens::Layer;
use crate::tui::screens::choice::{Answer, Choice};
use crate::tui::screens::concern::ConcernScreen;
use crate::tui::screens::reading::Reading;
use crate::tui::widgets::columns::{columns, fit};

/// How many patterns are shown at once: the chronology itself needs the room.
fn most(height: u16) -> usize {
    match height {
        0..=14 => 0,
        15..=19 => 1,
        20..=33 => 3,
        _ => 6,
    }
}

const NOTHING: &str = "Nothing recurs here of what the desk counts";

/// The first of them on a line each, and how many more there are; or that there is none, where there is room to say so.
pub(super) fn lines(seen: Option<&[PatternSeen]>, cx: &Cx, width: u16, height: u16) -> Vec<Line<'static>> {
    let Some(seen) = seen else { return Vec::new() };
    let shown = most(height).min(seen.len());
    let key = cx.keymap.key(Scope::Child, Action::Noticed);
    if seen.is_empty() && most(height) > 1 {
        let line = format!("{NOTHING}  {key}: what it counts");
        return vec![Line::styled(fit(&line, width.into()), cx.theme.dim)];
    }
    let end = match seen.len() - shown {
        0 => format!("  {key}: the rows"),
        more => format!("  and {more} more: {key}"),
    };
    let line = |(place, seen): (usize, &PatternSeen)| {
        let end = if place + 1 == shown { end.as_str() } else { "" };
        let room = usize::from(width).saturating_sub(columns(end));
        Line::styled(format!("{}{end}", fit(&format!("! {}", seen.pattern.says), room)), cx.theme.warn)
    };
    seen.iter().take(shown).enumerate().map(line).collect()
}

/// All of them, each over the rows that it counted. What a row leads to is where it stands.
pub(super) fn list(child: ChildId, seen: Option<&[PatternSeen]>) -> Effect {
    let Some(seen) = seen else {
        return Effect::Say("The desk is still counting. Press the key again in a moment.".to_owned());
    };
    if seen.is_empty() {
        return Layer::Reading(Reading::new("What is noticed".to_owned(), nothing())).open();
    }
    let answers = seen.iter().flat_map(|seen| {
        let rows = seen.rows.iter().map(move |row| Answer { text: told(row), effect: lead(child, row) });
        std::iter::once(about(seen)).chain(rows)
    });
    Layer::Choice(Choice::new("What is noticed; Enter goes to the row".to_owned(), answers.collect())).open()
}

/// What was counted, and that it says little (D10, D16, D23).
fn nothing() -> String {
    format!(
        "{NOTHING}: several low-level concerns together, several concerns in a month, a category that comes more \
         often, concerns after contact visits or on the same weekday, an adult who is named with other children too \
         (D10, D16, D23).\n\nThe desk counts rows and draws no conclusion: read them."
    )
}

fn about(seen: &PatternSeen) -> Answer {
    let says = &seen.pattern.says;
    let text = format!(
        "{says}.\n\nWhy it is looked for: {}.\n\nThe desk counts and draws no conclusion: read the rows.",
        seen.pattern.source
    );
    let effect = Layer::Reading(Reading::new("What is noticed".to_owned(), text)).open();
    Answer { text: format!("! {says}"), effect }
}

fn told(row: &Counted) -> String {
    let whose = match &row.stands {
        Stands::Here => String::new(),
        Stands::Restricted => "(restricted) ".to_owned(),
        Stands::With(name) => format!("(with {}) ", name.one_line()),
    };
    let date = row.happened.format("%e %b %Y");
    format!("  {date}  {:<8} {whose}{}", row.kind.label(), row.text.one_line())
}

fn lead(child: ChildId, row: &Counted) -> Effect {
    match (&row.stands, row.concern) {
        (Stands::Restricted | Stands::With(_), Some(concern)) => {
            Layer::Concern(ConcernScreen::new(concern)).open()
        }
        (Stands::Here, _) | (_, None) => Layer::Child(ChildScreen::new(child, Some(row.seq))).open(),
    }
}
