//! The walk-through of the README, pressed key by key in a pseudo-terminal, on the invented desk as anybody starts it.

use super::day::Hands as _;
use super::pty::Terminal;

const README: &str = include_str!("../../../README.md");

/// What stands in a cell of keys.
#[derive(Debug, PartialEq, Eq)]
enum Pressed<'r> {
    Key(&'r str),
    Text(&'r str),
}

/// `Ctrl-S` in backticks is a key, and what stands in quotation marks is typed.
fn pressed(cell: &str) -> Vec<Pressed<'_>> {
    let mut rest = cell.trim();
    let mut found = Vec::new();
    while let Some(mark) = rest.chars().next() {
        let (inside, after) = rest[1..].split_once(mark).unwrap_or_else(|| panic!("not closed: {rest}"));
        found.push(match mark {
            '`' => Pressed::Key(inside),
            '"' => Pressed::Text(inside),
            other => panic!("no key and no text: {other}"),
        });
        rest = after.trim_start();
    }
    found
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let table = README.split_once("<!-- walk -->").unwrap().1.split_once("<!-- /walk -->").unwrap().0;
    let cells =
        table.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    cells.skip(2)
}

#[test]
fn a_cell_is_read_as_keys_and_text() {
    let read = pressed("`L` `Right` \"More, please.\" `Ctrl-S`");
    assert_eq!(
        read,
        [Pressed::Key("L"), Pressed::Key("Right"), Pressed::Text("More, please."), Pressed::Key("Ctrl-S")]
    );
}

#[test]
fn from_arrival_to_closing_as_the_readme_has_it() {
    let mut amina = Terminal::demo();
    amina.is_at("Inbox");
    let mut steps = 0;
    for (keys, says) in rows() {
        for pressed in pressed(keys) {
            match pressed {
                Pressed::Key(key) => amina.press(&[key]),
                Pressed::Text(text) => amina.types(text),
            };
        }
        amina.sees(says);
        steps += 1;
    }
    assert!(steps > 15, "the walk was not found");
    amina.press(&["Esc"]).sees("looked at again").press(&["Esc"]).is_at("Inbox").press(&["q"]).ends();
}
