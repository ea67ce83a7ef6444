//! Standard output, as lines or as JSON. Nothing invisible goes through it raw.

use std::fmt::Write as _;
use std::io::{self, BufWriter, IsTerminal as _, Write};

use serde::Serialize;

use super::failure::{Failure, Result};
use crate::domain::text::reorders_or_hides;
use crate::tui::widgets::columns::fit;
use crate::tui::widgets::wrap::wrap;

/// How an answer is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    Json,
}

pub(super) struct Out {
    to: BufWriter<Box<dyn Write>>,
    form: Form,
    /// The columns of the terminal; none where the output goes to a file or another program.
    width: Option<usize>,
}

impl Out {
    pub(super) fn standard(form: Form) -> Self {
        Self { to: BufWriter::new(Box::new(io::stdout())), form, width: terminal_width() }
    }

    pub(super) fn form(&self) -> Form {
        self.form
    }

    pub(super) fn width(&self) -> Option<usize> {
        self.width
    }

    /// A line of plain text, which must be clean already. Cut where a terminal would break it.
    pub(super) fn line(&mut self, text: &str) -> Result<()> {
        let done = match self.width {
            Some(width) => writeln!(self.to, "{}", fit(text, width)),
            None => writeln!(self.to, "{text}"),
        };
        done.map_err(Failure::output)
    }

    /// A paragraph of plain text, broken into lines for a terminal.
    pub(super) fn wrapped(&mut self, text: &str) -> Result<()> {
        match self.width {
            Some(width) => wrap(text, width).iter().try_for_each(|line| self.line(&line.to_string())),
            None => self.line(text),
        }
    }

    /// Text that goes to a file of whoever asked, as it is: made of clean text, and never cut.
    pub(super) fn verbatim(&mut self, text: &str) -> Result<()> {
        self.to.write_all(text.as_bytes()).map_err(Failure::output)
    }

    /// One JSON document.
    pub(super) fn document(&mut self, value: &impl Serialize) -> Result<()> {
        self.json(serde_json::to_string_pretty(value))
    }

    /// One JSON value on one line, and out at once: whoever reads it may rely on it.
    pub(super) fn item(&mut self, value: &impl Serialize) -> Result<()> {
        self.json(serde_json::to_string(value))?;
        self.flush()
    }

    fn json(&mut self, text: serde_json::Result<String>) -> Result<()> {
        let text = text.map_err(|error| Failure::output(error.into()))?;
        writeln!(self.to, "{}", visible(&text)).map_err(Failure::output)
    }

    pub(super) fn flush(&mut self) -> Result<()> {
        self.to.flush().map_err(Failure::output)
    }
}

fn terminal_width() -> Option<usize> {
    const UNKNOWN: u16 = 80;
    io::stdout().is_terminal().then(|| {
        let columns = crossterm::terminal::size().map_or(UNKNOWN, |(columns, _)| columns);
        usize::from(if columns == 0 { UNKNOWN } else { columns })
    })
}

/// JSON with every invisible character written as an escape. Outside its strings JSON has none of them.
fn visible(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_invisible(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Delete, what text never holds raw, and the two joiners that it keeps: as escapes they mean the same. Line breaks
/// of the document stay.
fn is_invisible(c: char) -> bool {
    reorders_or_hides(c) || matches!(c, '\u{7f}' | '\u{200c}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn invisible_characters_are_escaped_and_mean_the_same() {
        let sly = "a\u{1b}\u{9b}\u{202e}\u{200d}\u{e0041}z";
        let json = visible(&serde_json::to_string(sly).unwrap());
        assert_eq!(json, r#""a\u001b\u009b\u202e\u200d\udb40\udc41z""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), sly);
    }
}
