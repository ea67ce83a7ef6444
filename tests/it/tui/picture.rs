//! A screen as an SVG picture, colours and all: the snapshots are the pictures that the README shows.
//!
//! `UPDATE_SCREENSHOTS=1 cargo test` writes them; otherwise a screen that looks different fails the test.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use dsl_desk::tui::widgets::columns;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

const CELL_WIDTH: usize = 9;
const CELL_HEIGHT: usize = 19;
const PAPER: &str = "#1c1e26";
const INK: &str = "#d5d8da";

/// Compares a screen with its picture in `screenshots/`, or writes the picture anew.
#[track_caller]
pub(super) fn assert_picture(name: &str, buffer: &Buffer) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("screenshots").join(format!("{name}.svg"));
    let drawn = svg(buffer);
    if std::env::var_os("UPDATE_SCREENSHOTS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        return fs::write(&path, drawn).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == drawn, "the screen {name} looks different:\n{}", text(buffer));
}

fn text(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width.max(1));
    let rows = buffer.content.chunks(width).map(|row| row.iter().map(Cell::symbol).collect::<String>());
    rows.collect::<Vec<_>>().join("\n")
}

fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let (width, height) = (columns * CELL_WIDTH, rows * CELL_HEIGHT);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"15\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{PAPER}\"/>\n"
    );
    for (y, row) in buffer.content.chunks(columns.max(1)).enumerate() {
        for run in runs(row) {
            draw(&mut out, &run, y);
        }
    }
    out.push_str("</svg>\n");
    out
}

/// Neighbouring cells of one style. What is not ASCII is a run of its own: its glyph may come from another font, with
/// another width, and the letters after it keep their places all the same.
struct Run {
    x: usize,
    columns: usize,
    text: String,
    ink: String,
    paper: Option<String>,
    modifier: Modifier,
}

fn runs(row: &[Cell]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = 0;
    while let Some(cell) = row.get(x) {
        let columns = columns::columns(cell.symbol()).max(1);
        match runs.last_mut() {
            Some(run) if run.goes_on_with(cell) => {
                run.text.push_str(cell.symbol());
                run.columns += 1;
            }
            Some(_) | None => runs.push(Run::begin(x, columns, cell)),
        }
        // The cell behind a wide letter holds nothing of its own.
        x += columns;
    }
    runs
}

impl Run {
    fn begin(x: usize, columns: usize, cell: &Cell) -> Self {
        let (ink, paper) = colours(cell);
        Self { x, columns, text: cell.symbol().to_owned(), ink, paper, modifier: cell.modifier }
    }

    fn goes_on_with(&self, cell: &Cell) -> bool {
        let (ink, paper) = colours(cell);
        let alike = self.ink == ink && self.paper == paper && self.modifier == cell.modifier;
        alike && self.text.is_ascii() && cell.symbol().is_ascii()
    }
}

fn colours(cell: &Cell) -> (String, Option<String>) {
    let ink = colour(cell.fg).unwrap_or(INK);
    let paper = colour(cell.bg);
    if cell.modifier.contains(Modifier::REVERSED) {
        (paper.unwrap_or(PAPER).to_owned(), Some(ink.to_owned()))
    } else {
        (ink.to_owned(), paper.map(str::to_owned))
    }
}

fn colour(colour: Color) -> Option<&'static str> {
    Some(match colour {
        Color::Black => "#16161c",
        Color::Red => "#e95678",
        Color::Green => "#29d398",
        Color::Yellow => "#fab795",
        Color::Blue => "#26bbd9",
        Color::Magenta => "#ee64ae",
        Color::Cyan => "#59e3e3",
        Color::Gray => "#b8babc",
        Color::DarkGray => "#6c6f93",
        Color::LightRed => "#ec6a88",
        Color::LightGreen => "#3fdaa4",
        Color::LightYellow => "#fbc3a7",
        Color::LightBlue => "#3fc6de",
        Color::LightMagenta => "#f075b7",
        Color::LightCyan => "#6be6e6",
        Color::White => "#fdf0ed",
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return None,
    })
}

fn draw(out: &mut String, run: &Run, y: usize) {
    let (x, top, width) = (run.x * CELL_WIDTH, y * CELL_HEIGHT, run.columns * CELL_WIDTH);
    if let Some(paper) = &run.paper {
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{CELL_HEIGHT}\" fill=\"{paper}\"/>"
        );
    }
    if run.text.trim().is_empty() {
        return;
    }
    let mut style = String::new();
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::DIM, " opacity=\"0.65\""),
    ] {
        if run.modifier.contains(modifier) {
            style.push_str(attribute);
        }
    }
    let escaped = run.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{}\" fill=\"{}\"{style} textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">{escaped}</text>",
        top + 14,
        run.ink
    );
}

#[test]
fn letters_after_a_wide_one_keep_their_places() {
    let drawn = svg(&Buffer::with_lines(["漢e\u{301}ab"]));
    for (column, letters) in [(0, "漢"), (2, "e\u{301}"), (3, "ab")] {
        let at = format!("<text x=\"{}\" ", column * CELL_WIDTH);
        let run = drawn.lines().find(|line| line.starts_with(&at));
        assert!(run.is_some_and(|line| line.contains(&format!(">{letters}<"))), "{drawn}");
    }
}
