//! What is warned of beneath the field that is written in, and that it gets in nobody's way.

use crossterm::event::KeyCode;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Position;

use super::{act, opened, section};
use crate::desk::Act;
use crate::domain::ids::ChildId;
use crate::domain::part2::{Section, SectionKind};
use crate::tui::layer::Surface as _;
use crate::tui::screens::form::testing::{control, cx, press, screen, write};
use crate::tui::screens::form::{Form, FormKind};

/// A form with the cursor in one of its fields.
fn at(kind: FormKind, label: &str) -> Form {
    let mut form = opened(kind);
    while form.sheet.focused().is_some_and(|field| !field.label.starts_with(label)) {
        let before = form.sheet.cursor();
        form.sheet.next();
        assert_ne!(form.sheet.cursor(), before, "no field {label}");
    }
    form
}

fn part1(label: &str) -> Form {
    at(FormKind::new_concern(cx().now), label)
}

/// Where the cursor is, and how many rows are in the style of a warning.
fn drawn(form: &mut Form, width: u16, height: u16) -> (Position, usize) {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| form.draw(&cx(), frame, frame.area())).unwrap();
    let cursor = terminal.get_cursor_position().unwrap();
    let ground = cx().theme.warn.bg.unwrap();
    let rows = terminal.backend().buffer().content().chunks(width.into());
    (cursor, rows.filter(|row| row.iter().any(|cell| cell.bg == ground)).count())
}

#[test]
fn it_shows_while_the_words_are_there_and_says_which_rule_and_where_it_stands() {
    let (mut form, cx) = (part1("What?"), cx());
    write(&mut form, &cx, "I interviewe");
    assert!(!screen(&mut form, 80, 22).contains("! R7"));
    write(&mut form, &cx, "d him");
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("! R7 · S3:344 · S3, 2023-2024 “interviewed”: Ask only to"), "{shown}");
    for _ in 0.."interviewed him".len() {
        press(&mut form, &cx, KeyCode::Backspace);
    }
    write(&mut form, &cx, "did not interview him, and he was not interviewed");
    let shown = screen(&mut form, 80, 22);
    assert!(!shown.contains("! R7"), "{shown}");
}

#[test]
fn every_field_in_which_an_account_is_written_is_looked_over() {
    let child = ChildId(12);
    let secret = "I told him I would keep it secret.";
    for (mut form, text, rule) in [
        (part1("Reason"), "She is a victim", "! R25"),
        (part1("What?"), "asked \"did he hit you?\"", "! R8"),
        (part1("In the child's own"), secret, "! R9"),
        (part1("Professional"), "the perpetrator", "! R25"),
        (part1("Actions"), "Took a statement from her", "! R7"),
        (part1("Any other"), "Signed by the child", "! R10"),
        (at(section(SectionKind::Advice), "Advice"), "spoke of the victim", "! R25"),
        (at(section(SectionKind::Action), "Action"), "Interviewed him", "! R7"),
        (at(section(SectionKind::Action), "Reasons"), "She signed the statement", "! R10"),
        (at(section(SectionKind::Outcome), "Outcome"), "spoke of the victim", "! R25"),
        (at(FormKind::Note { child }, "Details"), secret, "! R9"),
    ] {
        write(&mut form, &cx(), text);
        let shown = screen(&mut form, 80, 22);
        assert!(shown.contains(rule), "{shown}");
    }
    let mut reasons = opened(section(SectionKind::Parents));
    write(&mut reasons, &cx(), "n");
    reasons.sheet.next();
    reasons.sheet.next();
    write(&mut reasons, &cx(), "He is the perpetrator.");
    assert!(screen(&mut reasons, 80, 22).contains("! R25"));
}

#[test]
fn the_childs_own_words_are_left_as_they_are() {
    let mut form = part1("In the child's own");
    write(&mut form, &cx(), "he interviewed me and I am the victim");
    assert!(!screen(&mut form, 80, 22).contains("! R"));
}

#[test]
fn the_rule_by_which_a_field_is_asked_stands_beneath_it_until_there_is_something_to_warn_of() {
    let (mut form, cx) = (part1("What?"), cx());
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("Ask little and openly") && shown.contains("R8 · S1:155, S1:159"), "{shown}");
    write(&mut form, &cx, "I interviewed him");
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("! R7") && !shown.contains("R8 ·"), "{shown}");
    form.sheet.next();
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("R11 · S1:162, S3:337 · S1, 2024") && !shown.contains("R8 ·"), "{shown}");
    // Where there is hardly room for what is written, it is left out.
    assert!(!screen(&mut form, 80, 9).contains("R11 ·"));
}

#[test]
fn it_stands_only_beneath_the_field_that_is_written_in() {
    let mut form = part1("What?");
    write(&mut form, &cx(), "I interviewed him");
    form.sheet.next();
    assert!(!screen(&mut form, 80, 40).contains("! R7"));
    form.sheet.previous();
    assert!(screen(&mut form, 80, 40).contains("! R7"));
}

#[test]
fn the_nearest_one_shows_and_the_others_are_named() {
    let (mut form, cx) = (part1("What?"), cx());
    write(&mut form, &cx, "I interviewed him. He wrote a statement.");
    assert!(
        screen(&mut form, 100, 30).contains("! R10 · S3:338 · S3, 2023-2024 “wrote a statement”, also R7: ")
    );
    press(&mut form, &cx, KeyCode::Home);
    for _ in 0.."I int".len() {
        press(&mut form, &cx, KeyCode::Right);
    }
    assert!(screen(&mut form, 100, 30).contains("! R7 · S3:344 · S3, 2023-2024 “interviewed”, also R10: "));
}

#[test]
fn it_takes_two_rows_at_most_and_never_moves_the_cursor() {
    for (width, height) in [(60, 16), (80, 20), (120, 36)] {
        let (mut plain, mut form) =
            (at(section(SectionKind::Action), "Action"), at(section(SectionKind::Action), "Action"));
        write(&mut plain, &cx(), "I kept in view him.");
        write(&mut form, &cx(), "I interviewed  him.");
        let (place, rows) = drawn(&mut form, width, height);
        assert_eq!((place, 0), drawn(&mut plain, width, height));
        assert!((1..=2).contains(&rows), "{}", screen(&mut form, width, height));
    }
}

#[test]
fn it_keeps_nobody_from_recording() {
    let (mut form, cx) = (opened(section(SectionKind::Action)), cx());
    write(&mut form, &cx, "I interviewed him.");
    press(&mut form, &cx, KeyCode::Tab);
    write(&mut form, &cx, "It was asked of me.");
    let effects = control(&mut form, &cx, 's');
    let Some(Act::Section { section: Section::Action(action), .. }) = act(&effects) else {
        panic!("it was not recorded")
    };
    assert_eq!(&*action.what, "I interviewed him.");
}

#[test]
fn a_long_paste_is_written_in_like_any_text() {
    let (mut form, cx) = (part1("What?"), cx());
    form.pasted(&cx, &"She had not slept because of the noise at home. ".repeat(2100));
    write(&mut form, &cx, "I interviewed him.");
    for (width, height) in [(60, 16), (80, 20)] {
        let shown = screen(&mut form, width, height);
        assert!(shown.contains("interviewed him.") && shown.contains("! R7"), "{shown}");
    }
}
