//! What reaches a terminal: nothing that moves it, and nothing wider than it is.

use serde_json::Value;

use super::desk::{TestDesk, concern};

const SLY: &str = "Zoë\u{1b}[2J\u{9b}31m \u{202e}Okonkwo\u{2066}";

fn raw(text: &str) -> Vec<char> {
    let moves = |c: &char| {
        (c.is_control() && *c != '\n')
            || matches!(*c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(moves).collect()
}

#[test]
fn control_sequences_in_a_report_are_never_printed() {
    let desk = TestDesk::new();
    let mut report = concern(SLY);
    report["reasons"] = Value::from(SLY);
    report[SLY] = Value::from(SLY);
    desk.takes_in(&report);
    let commands: [&[&str]; 6] = [
        &["inbox"],
        &["show", "1"],
        &["chronology", "1"],
        &["find", "okonkwo"],
        &["find", SLY],
        &["import", "\u{1b}[2J\u{202e}.json"],
    ];
    for command in commands {
        for form in [&[][..], &["--json"][..]] {
            let said = desk.run(command.iter().chain(form));
            assert_eq!((raw(&said.out), raw(&said.err)), (vec![], vec![]), "{command:?} {form:?}");
        }
    }
}

#[test]
fn lines_fit_a_terminal_of_eighty_columns() {
    let desk = TestDesk::new();
    let mut report = concern("Zoë Okonkwo 日本語日本語日本語日本語");
    report["reasons"] = Value::from("a word and another and ".repeat(30));
    desk.takes_in(&report);
    for command in [&["inbox"][..], &["show", "1"], &["chronology", "1"], &["contacts"], &["find", "police"]]
    {
        let shown = desk.on_a_terminal(command, 80, "");
        assert!(shown.lines().count() > 1, "{command:?}: {shown}");
        for line in shown.lines() {
            let wide = dsl_desk::tui::widgets::columns::columns(line.trim_end());
            assert!(wide <= 80, "{command:?} {wide}: {line}");
        }
    }
}
