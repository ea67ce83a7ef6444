//! What reaches the terminal, byte for byte.

use super::day::Hands as _;
use super::pty::Terminal;
use crate::support::{PASSPHRASE, World};

fn opened(variables: &[(&str, &str)], name: &str) -> (Terminal, World) {
    let mut world = World::new();
    world.concern(name, None);
    let (mut terminal, _) = Terminal::open_with(world.at.folder.root(), variables);
    terminal.sees("Amina Khan").types(PASSPHRASE).press(&["Enter"]).puts_off().is_at("Inbox");
    (terminal, world)
}

fn has(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[test]
fn without_colours_the_selected_row_is_still_marked() {
    let (mut terminal, _world) = opened(&[("NO_COLOR", "1")], "Zoe Marsh");
    let bytes = terminal.sees("> soon").bytes();
    let colours: Vec<&[u8]> = vec![b"\x1b[38;", b"\x1b[48;5;", b"\x1b[31m", b"\x1b[33m"];
    for colour in colours {
        let coloured = bytes.windows(colour.len() + 1).filter(|window| window.starts_with(colour));
        // The terminal's own colours are named to go back to them.
        assert!(coloured.filter(|window| window.last() != Some(&b'9')).count() == 0, "{colour:?}");
    }
    assert!(has(&bytes, b"\x1b[7m"), "the row is reversed, too");
}

#[test]
fn the_mouse_is_not_taken_unasked() {
    let (terminal, _world) = opened(&[], "Zoe Marsh");
    assert!(!has(&terminal.bytes(), b"\x1b[?1000h"));
}

#[test]
fn a_lock_after_letters_that_terminals_count_otherwise_clears_the_screen() {
    let (mut terminal, _world) = opened(&[], "ક્ષિતિજ 👩‍👧 Marsh");
    terminal.sees("Came in").press(&["Enter"]).sees("In danger, says").press(&["Esc"]).sees("Part 1, sealed");
    let before = terminal.bytes().len();
    terminal.press(&["Ctrl-L"]).sees("The desk is locked.");
    assert!(has(&terminal.bytes()[before..], b"\x1b[2J"));
}

#[test]
fn a_start_clears_what_was_there() {
    let (terminal, _world) = opened(&[], "Zoe Marsh");
    let bytes = terminal.bytes();
    let clear = bytes.windows(4).position(|window| window == b"\x1b[2J").unwrap();
    let words = bytes.windows(6).position(|window| window == b"locked").unwrap();
    assert!(clear < words);
}
