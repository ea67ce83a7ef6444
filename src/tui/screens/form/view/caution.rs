//! What is warned of beneath the field that is written in: the nearest caution, and of which other rules there are some.
//!
//! Read anew for each frame and kept nowhere: a hundred kilobytes take a millisecond or two.

use ratatui::text::Line;

use super::super::field::Field;
use crate::domain::caution::{Caution, cautions};
use crate::domain::rule;
use crate::tui::layer::Cx;
use crate::tui::widgets::columns::fit;
use crate::tui::widgets::wrap::wrap;

/// More rows would push away what is written.
const MOST_ROWS: usize = 2;
/// Columns of the words that were found.
const WORDS: usize = 24;

pub(super) fn beneath(cx: &Cx, field: &Field, width: usize) -> Vec<Line<'static>> {
    let Some(place) = field.place else { return Vec::new() };
    let text = field.input.text();
    let all = cautions(&text, place);
    let Some(nearest) = nearest(&all, field.input.cursor()) else { return Vec::new() };
    let words = text.get(nearest.words.clone()).unwrap_or_default();
    let mut rows = wrap(&said(nearest, &all, words), width).into_iter();
    let first = rows.next();
    let rest = rows.map(|row| row.to_string()).collect::<Vec<_>>().join(" ");
    let second = (!rest.is_empty()).then(|| Line::from(fit(&rest, width)));
    let rows = first.into_iter().chain(second).take(MOST_ROWS);
    rows.map(|row| row.style(cx.theme.warn)).collect()
}

/// The last one before the cursor, or else the first behind it.
fn nearest(all: &[Caution], cursor: usize) -> Option<&Caution> {
    all.iter().rfind(|caution| caution.words.start <= cursor).or_else(|| all.first())
}

/// `! R7 · S3:344 · S3, 2023-2024 “interviewed”, also R10: what to do instead`.
fn said(nearest: &Caution, all: &[Caution], words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut others: Vec<u8> =
        all.iter().map(|caution| caution.rule).filter(|rule| *rule != nearest.rule).collect();
    others.sort_unstable();
    others.dedup();
    let also = others.iter().map(|rule| format!("also R{rule}"));
    let named =
        std::iter::once(format!("“{}”", fit(&words, WORDS))).chain(also).collect::<Vec<_>>().join(", ");
    let read = [Some(nearest.source), rule::edition(nearest.source)];
    let read = read.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    format!("! R{} · {read} {named}: {}", nearest.rule, nearest.says)
}
