//! Plain output that lines up: tables, and labels with their text. Counts columns as the terminal draws them.

use super::failure::Result;
use super::out::Out;
use crate::tui::widgets::columns::{columns, pad};
use crate::tui::widgets::wrap::wrap;

/// The columns between two cells of a table.
const GAP: &str = "  ";
/// Where the text beside a label begins: after the longest date and time.
const LABEL: usize = 23;
/// A terminal narrower than this breaks lines by itself.
const NARROWEST: usize = 12;

/// A column of a table: its title, and how wide it may become on a terminal.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) title: &'static str,
    pub(super) most: usize,
}

/// Aligned rows under their titles. On a terminal the last column takes what is left of the line.
pub(super) fn table<const N: usize>(out: &mut Out, head: [Column; N], rows: &[[String; N]]) -> Result<()> {
    let titles = head.map(|column| column.title.to_owned());
    let mut widths = titles.each_ref().map(|title| columns(title));
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = columns(cell).max(*width);
        }
    }
    if out.width().is_some() {
        for (width, column) in widths.iter_mut().zip(head) {
            *width = column.most.min(*width);
        }
    }
    for row in std::iter::once(&titles).chain(rows) {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| pad(cell, width)).collect();
        out.line(cells.join(GAP).trim_end())?;
    }
    Ok(())
}

/// A label and its text; whatever does not fit goes on under where the text began, and so does all of it where the
/// label is long.
pub(super) fn field(out: &mut Out, label: &str, text: &str) -> Result<()> {
    if columns(label) >= LABEL {
        out.wrapped(label)?;
        return beneath(out, text);
    }
    let mut lines = lines(out, text, LABEL).into_iter();
    let first = lines.next().unwrap_or_default();
    out.line(format!("{}{first}", pad(label, LABEL)).trim_end())?;
    lines.try_for_each(|line| indented(out, &line))
}

/// Text under the text of a label.
pub(super) fn beneath(out: &mut Out, text: &str) -> Result<()> {
    lines(out, text, LABEL).iter().try_for_each(|line| indented(out, line))
}

fn indented(out: &mut Out, line: &str) -> Result<()> {
    out.line(format!("{}{line}", " ".repeat(LABEL)).trim_end())
}

/// The text's own lines, broken further only for a terminal.
fn lines(out: &Out, text: &str, indent: usize) -> Vec<String> {
    match out.width() {
        Some(width) => {
            let room = width.saturating_sub(indent).max(NARROWEST);
            wrap(text, room).iter().map(ToString::to_string).collect()
        }
        None => text.split('\n').map(str::to_owned).collect(),
    }
}
