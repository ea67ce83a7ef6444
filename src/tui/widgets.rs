//! Parts that several screens are made of. Each is a plain state with its own tests, and a way to draw it.
//!
//! Nothing here knows a screen, an action or the keymap: a text input takes the keys that are text and says whether
//! it did ([`Consumed`]), a list is moved by calls. Widths are terminal columns, letters are grapheme clusters.

pub mod age;
pub mod columns;
pub mod digits;
mod editor;
pub mod list;
pub mod long_text;
pub mod narrowing;
pub mod outline;
pub mod scroll;
pub mod secret_field;
pub mod strip;
mod stroke;
pub mod text_area;
pub mod text_field;
pub mod wrap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::domain::text::clean;

/// Whether a text input took the key; the keymap gets what it did not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consumed {
    Yes,
    No,
}

/// Whether an input is the one that is typed into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Here,
    Elsewhere,
}

/// Writes on the first line of `area` as much as fits; nothing where there is no room.
pub fn write(text: &str, area: Rect, buf: &mut Buffer, style: Style) {
    let area = area.intersection(buf.area);
    if !area.is_empty() {
        let width = usize::from(area.width);
        buf.set_stringn(area.x, area.y, columns::fit(text, width), width, style);
    }
}

/// Writes as many wrapped rows as there is room for.
pub fn write_wrapped(text: &str, area: Rect, buf: &mut Buffer, style: Style) {
    for (place, row) in area.rows().zip(wrap::wrap(text, area.width.into())) {
        write(&row.to_string(), place, buf, style);
    }
}

/// `… 2 above, 3 below`: how much of a list is out of sight; blank where nothing is.
pub fn out_of_sight(above: usize, below: usize) -> String {
    match (above, below) {
        (0, 0) => String::new(),
        (0, below) => format!("… {below} more below"),
        (above, 0) => format!("… {above} more above"),
        (above, below) => format!("… {above} more above, {below} below"),
    }
}

/// Pasted text as it is kept. Terminals send the line breaks of a paste as carriage returns.
fn pasted(raw: &str) -> String {
    clean(&raw.replace("\r\n", "\n").replace('\r', "\n"))
}
