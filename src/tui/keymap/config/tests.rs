//! What a rebinding may and may not do.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;

use super::*;

fn press(keymap: &Keymap, scopes: &[Scope], code: KeyCode) -> Option<Action> {
    keymap.action(scopes, &KeyEvent::new(code, KeyModifiers::NONE))
}

fn reasons(text: &str) -> Vec<String> {
    read(text).1.iter().map(ToString::to_string).collect()
}

/// What every line of trouble must leave behind.
fn as_made(keymap: &Keymap) -> bool {
    keymap.rows.len() == BINDINGS.len()
        && keymap
            .rows
            .iter()
            .zip(BINDINGS.iter())
            .all(|(row, made)| row.chord == made.chord && row.action == made.action)
}

#[test]
fn an_empty_config_changes_nothing() {
    let (keymap, problems) = read("");
    assert!(as_made(&keymap));
    assert_eq!(problems, []);
}

/// A mark that begins a file, pasted into the middle of it.
#[test]
fn a_key_that_cannot_be_seen_is_told_so_that_it_can() {
    for key in ["\u{feff}", "Ctrl-\u{feff}", "\u{202e}", "Ctrl-\u{202e}"] {
        let told = reasons(&format!("[keys]\nform.save = \"{key}\"\n")).join("\n");
        assert!(!told.is_empty() && clean(&told) == told, "{told}");
    }
}

#[test]
fn a_key_is_moved() {
    let (keymap, problems) = read("[keys]\ninbox.pile = \"F5\"\n");
    assert_eq!(problems, []);
    assert_eq!(press(&keymap, &[Scope::Inbox], KeyCode::F(5)), Some(Action::Pile));
    assert_eq!(press(&keymap, &[Scope::Inbox], KeyCode::Tab), None);
}

#[test]
fn several_keys_have_one_hint() {
    let (keymap, _) = read("[keys.concern]\nsign = [\"F9\", \"z\", \"z\"]");
    let rows: Vec<_> = keymap.rows(&[Scope::Concern]).filter(|row| row.action == Action::Sign).collect();
    assert_eq!(rows.iter().map(|row| row.chord.to_string()).collect::<Vec<_>>(), ["F9", "z"]);
    assert_eq!(rows.iter().map(|row| row.hint).collect::<Vec<_>>(), [Hint::Foot, Hint::Help]);
}

#[test]
fn keys_can_be_exchanged() {
    let (keymap, problems) = read("[keys]\nlist.up = [\"Up\", \"j\"]\nlist.down = [\"Down\", \"k\"]");
    assert_eq!(problems, []);
    assert_eq!(press(&keymap, &[Scope::List], KeyCode::Char('j')), Some(Action::Up));
}

#[test]
fn a_key_can_be_taken_away_where_nobody_is_caught() {
    let (keymap, problems) = read("[keys]\neverywhere.drafts = []");
    assert_eq!(problems, []);
    assert_eq!(press(&keymap, &[Scope::Everywhere], KeyCode::Char('D')), None);
    assert_eq!(reasons("[keys]\nfinder.back = []"), ["line 2: `finder.back` must have a key"]);
}

#[test]
fn the_lock_is_always_there() {
    assert_eq!(reasons("[keys]\nalways.lock = []"), ["line 2: `always.lock` must have a key"]);
    let (keymap, problems) = read("[keys]\nalways.lock = \"x\"\nconcern.sign = \"F12\"");
    assert!(as_made(&keymap));
    assert_eq!(problems[0].line, 2);
    assert_eq!(problems[1].reason, "F12 is already `always.lock`");
}

#[test]
fn a_key_bound_twice_in_a_scope_keeps_its_first_meaning() {
    let text = "[keys]\nconcern.sign = \"F5\"\nconcern.advice = \"F5\"\nconcern.outcome = \"t\"";
    let (keymap, problems) = read(text);
    assert_eq!(problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(press(&keymap, &[Scope::Concern], KeyCode::F(5)), Some(Action::Sign));
    assert_eq!(press(&keymap, &[Scope::Concern], KeyCode::Char('a')), Some(Action::Advice));
    assert_eq!(press(&keymap, &[Scope::Concern], KeyCode::Char('o')), Some(Action::Outcome));
}

#[test]
fn a_bad_line_says_why_and_the_others_hold() {
    let text = "[keys]\ninbox.pile = \"Alt-P\"\nkitchen.sink = \"x\"\nlist.sign = \"x\"\nlist.up = 3\n\
                child.kinds = \"Ctrl-Z\"\nfinder.kinds = \"k\"\n\"inbox.pile\" = \"F6\"\nchild.correct = \"F7\"\n";
    let (keymap, problems) = read(text);
    assert_eq!(problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7, 8]);
    assert!(problems[0].reason.starts_with("`Alt-P` is not a key"), "{}", problems[0]);
    assert!(problems[1].reason.contains("`inbox`"), "{}", problems[1]);
    assert!(problems[2].reason.contains("`narrow`"), "{}", problems[2]);
    assert_eq!(press(&keymap, &[Scope::Child], KeyCode::F(7)), Some(Action::Correct));
}

#[test]
fn text_that_is_not_toml_says_where() {
    let (keymap, problems) = read("[keys]\ninbox.pile = \"F5\"\ninbox.pile\nwhat = = 3\n");
    assert!(problems.iter().any(|problem| problem.line >= 3), "{problems:?}");
    assert_eq!(press(&keymap, &[Scope::Inbox], KeyCode::F(5)), Some(Action::Pile));
    assert_eq!(
        reasons("[key]\nx = 1"),
        ["line 1: `key` is not known; keys belong under `[keys]`, the time to lock under `[lock]`"]
    );
    assert_eq!(reasons("keys = 3"), ["line 1: `keys` is a table; write `[keys]`"]);
}

#[test]
fn the_rows_as_made_are_usable() {
    for row in BINDINGS.iter() {
        assert_eq!(unusable(row.chord), None, "{}", row.chord);
        assert!(!is_for_typing(row.scope, row.action, row.chord), "{} is typed", row.chord);
    }
}

#[test]
fn no_key_means_two_things_in_one_scope() {
    for (place, row) in BINDINGS.iter().enumerate() {
        let twice =
            BINDINGS[..place].iter().find(|other| other.chord == row.chord && other.scope == row.scope);
        assert!(twice.is_none(), "{} is bound twice in {:?}", row.chord, row.scope);
    }
}

#[test]
fn every_row_can_be_named_in_the_file() {
    for row in BINDINGS.iter() {
        let found = named(&name(row.scope), &name(row.action)).unwrap();
        assert_eq!((found.scope, found.action), (row.scope, row.action));
    }
}

#[test]
fn every_chord_reads_as_it_is_printed() {
    for row in BINDINGS.iter() {
        assert_eq!(row.chord.to_string().parse(), Ok(row.chord));
    }
}

/// Pieces of which configs are made, well and badly.
fn config() -> impl Strategy<Value = String> {
    let scope =
        prop::sample::select(vec!["list", "inbox", "always", "form", "everywhere", "no-such", "\"a.b\""]);
    let action =
        prop::sample::select(vec!["up", "down", "pile", "lock", "save", "back", "quit", "no-such", ""]);
    let keys = prop::sample::select(vec![
        "\"j\"",
        "\"k\"",
        "\"F5\"",
        "[]",
        "[\"Up\", \"j\"]",
        "\"Ctrl-L\"",
        "\"Ctrl-A\"",
        "\"\\u202e\"",
        "3",
        "[3]",
        "=",
    ]);
    let line = (scope, action, keys).prop_map(|(scope, action, keys)| format!("{scope}.{action} = {keys}\n"));
    prop::collection::vec(line, 0..12).prop_map(|lines| format!("[keys]\n{}", lines.concat()))
}

proptest! {
    #[test]
    fn whatever_is_written_leaves_a_keymap_that_works(text in prop_oneof![config(), "\\PC{0,60}", "(\\[keys\\]\n)?[a-z.=\"\\[\\]\n ]{0,60}"]) {
        let (keymap, problems) = read(&text);
        let lines = text.lines().count().max(1);
        prop_assert!(problems.iter().all(|problem| (1..=lines + 1).contains(&problem.line)), "{:?}", problems);
        prop_assert!(keymap.chord(&[Scope::Always], Action::Lock).is_some());
        for (place, row) in keymap.rows.iter().enumerate() {
            prop_assert_eq!(unusable(row.chord), None);
            let clash = keymap.rows[..place].iter().find(|other| other.chord == row.chord
                && (other.scope == row.scope || other.scope == Scope::Always || row.scope == Scope::Always));
            prop_assert!(clash.is_none(), "{} twice", row.chord);
        }
    }

    #[test]
    fn any_chord_reads_as_it_is_printed(c in any::<char>().prop_filter("seen", |c| unusable(Chord::Char(*c)).is_none()), n in 1u8..=12) {
        for chord in [Chord::Char(c), Chord::Ctrl('k'), Chord::F(n)] {
            prop_assert_eq!(chord.to_string().parse(), Ok(chord));
        }
    }
}
