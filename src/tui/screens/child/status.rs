//! What is true of a child now, in the head of the sheet: the most serious first, with since when, and the level.

use chrono::NaiveDate;
use ratatui::text::Line;

use crate::desk::answer::ChildSheet;
use crate::tui::keymap::{Action, Scope};
use crate::tui::layer::Cx;
use crate::tui::screens::statuses::MARK;
use crate::tui::widgets::columns::{columns, fit};

/// The rest is read in the list.
const MOST: usize = 2;
/// Between two of them.
const GAP: &str = "  ";

/// In as few lines as it takes; none where nothing is.
pub(super) fn lines(sheet: &ChildSheet, today: NaiveDate, cx: &Cx, width: usize) -> Vec<Line<'static>> {
    let mut lines = laid_out(sheet.standing(today), width);
    if lines.len() > MOST {
        lines.truncate(MOST);
        let end = format!(" … {}: all", cx.keymap.key(Scope::Child, Action::Statuses));
        if let Some(last) = lines.last_mut() {
            *last = format!("{}{end}", fit(last, width.saturating_sub(columns(&end))));
        }
    }
    lines.into_iter().map(|line| Line::styled(line, cx.theme.title)).collect()
}

/// Each whole on its line, where it is not wider than that.
fn laid_out(standing: Vec<String>, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for one in standing {
        let one = fit(&format!("{MARK} {one}"), width);
        match lines.last_mut().filter(|line| columns(line) + columns(GAP) + columns(&one) <= width) {
            Some(line) => {
                line.push_str(GAP);
                line.push_str(&one);
            }
            None => lines.push(one),
        }
    }
    lines
}
