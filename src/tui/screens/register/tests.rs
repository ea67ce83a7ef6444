//! The register as it is read, and what opens from it.

use crossterm::event::KeyCode;

use super::*;
use crate::domain::low_level::{Judged, Kept};
use crate::domain::moment::Moment;
use crate::domain::text::Text;
use crate::tui::screens::testing::{HARD_NAME, asked, cx, drawn, press, sizes};

fn kept(concern: i64, day: &str, judged: Judged) -> Kept {
    Kept {
        concern: ConcernId(concern),
        at: Moment::parse(day).unwrap(),
        what: "A message late in the evening".into(),
        kinds: vec!["low-level-concern".into(), "bullying".into()],
        judged,
    }
}

fn person(name: &str, kept: Vec<Kept>) -> OnRegister {
    OnRegister { name: name.into(), role: "Learning support assistant".into(), kept, alike: Vec::new() }
}

fn register(people: Vec<OnRegister>) -> Register {
    let mut register = Register::default();
    assert!(matches!(asked(register.refresh(&cx())).as_slice(), [Request::LowLevel]));
    assert!(!register.is_ready());
    register.reply(&cx(), Reply::LowLevel(people));
    register
}

fn several() -> Register {
    let three = vec![
        kept(14, "2026-11-20", Judged::LowLevel),
        kept(9, "2026-10-02", Judged::LowLevel),
        kept(3, "2026-09-01", Judged::LowLevel),
    ];
    let mut quill = person("Peregrine Quillfeather", three);
    quill.alike = vec![Text::from("Mr Quillfeather")];
    register(vec![
        quill,
        person("Kit Moss", vec![kept(7, "2026-11-02", Judged::LowLevel), kept(8, "2026-11-03", Judged::Met)]),
    ])
}

fn opened(effects: &Effects) -> Option<&Layer> {
    effects.iter().find_map(|effect| match effect {
        Effect::Open(layer) => Some(&**layer),
        _ => None,
    })
}

#[test]
fn who_how_many_when_and_what_stand_in_a_row_and_the_rest_beneath() {
    let shown = drawn(&mut several(), 120, 30);
    for words in [
        "Peregrine Quillfeather",
        "Learning support assistant",
        "3        Fri 20 Nov 2026",
        "3 low-level concerns, Tue 1 Sep 2026 to Fri 20 Nov 2026: concerns 14, 9, 3.",
        "\"Bullying\" 3 times: concerns 14, 9, 3.",
        "with a name like it: Mr Quillfeather",
        "Fri 2 Oct 2026, concern 9:",
        "D16 · paragraphs 423-426",
        "D17 · no source",
    ] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
}

#[test]
fn one_that_met_the_threshold_says_so_and_is_not_among_the_count() {
    let mut register = several();
    press(&mut register, KeyCode::Down);
    let shown = drawn(&mut register, 120, 30);
    assert!(shown.contains("Met the harm threshold: concern 8."), "{shown}");
    assert!(!shown.contains("low-level concerns, "), "{shown}");
}

#[test]
fn what_does_not_fit_says_how_it_is_read() {
    let many = (1..30).map(|nth| kept(nth, "2026-11-20", Judged::LowLevel)).collect();
    let mut register = register(vec![person("Kit Moss", many)]);
    assert!(drawn(&mut register, 80, 22).contains("… Enter lists them all"));
    assert!(!drawn(&mut several(), 120, 30).contains("lists them all"));
}

#[test]
fn on_a_narrow_screen_the_day_is_enough() {
    let late =
        Kept { at: Moment::parse("2026-11-20T22:10").unwrap(), ..kept(7, "2026-11-20", Judged::LowLevel) };
    let mut register = register(vec![person("Peregrine Quill", vec![late])]);
    assert!(drawn(&mut register, 120, 30).contains("1        Fri 20 Nov 2026 22:10"));
    let narrow = drawn(&mut register, 80, 22);
    assert!(
        narrow.contains("> Peregrine Quill ") && narrow.contains("1        Fri 20 Nov 2026 "),
        "{narrow}"
    );
}

#[test]
fn whoever_is_only_above_the_threshold_is_marked_so() {
    let only = register(vec![person("Kit Moss", vec![kept(8, "2026-11-03", Judged::Met)])]);
    let both = several();
    for (mut register, mark) in [(only, " 1 met "), (both, " 1, 1 met ")] {
        press(&mut register, KeyCode::End);
        let shown = drawn(&mut register, 80, 22);
        assert!(shown.contains(mark) && shown.contains("concern 8, met the threshold"), "{shown}");
    }
}

#[test]
fn what_is_not_decided_stands_there_and_says_so() {
    let open = kept(8, "2026-11-03", Judged::NotYet);
    let both = vec![open.clone(), kept(7, "2026-11-02", Judged::LowLevel)];
    let mut register = register(vec![person("Kit Moss", both), person("Rowan Vale", vec![open])]);
    let shown = drawn(&mut register, 80, 22);
    for words in [
        " 1, 1 undecided ",
        "Not decided yet, whether it meets the harm threshold: concern 8.",
        "concern 8, not decided yet: ",
    ] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    let second = shown.lines().find(|line| line.contains("Rowan Vale")).unwrap();
    assert!(second.contains(" 1 undecided ") && second.contains("Tue 3 Nov 2026"), "{shown}");
}

#[test]
fn enter_opens_the_only_concern_or_asks_which() {
    let mut only = register(vec![person("Kit Moss", vec![kept(7, "2026-11-02", Judged::LowLevel)])]);
    let effects = press(&mut only, KeyCode::Enter);
    assert!(matches!(opened(&effects), Some(Layer::Concern(screen)) if screen.concern == ConcernId(7)));
    let effects = press(&mut several(), KeyCode::Enter);
    assert!(matches!(opened(&effects), Some(Layer::Choice(_))));
}

#[test]
fn whoever_was_selected_stays_so_when_the_record_changes() {
    let mut register = several();
    press(&mut register, KeyCode::Down);
    let people = register.people.clone().unwrap();
    register.reply(&cx(), Reply::LowLevel(people.into_iter().rev().collect()));
    assert_eq!(register.selected().unwrap().name.as_str(), "Kit Moss");
}

#[test]
fn an_empty_one_says_when_somebody_comes_on_it() {
    let shown = drawn(&mut register(Vec::new()), 80, 22);
    assert!(shown.contains("Nobody is on the register"), "{shown}");
    assert!(press(&mut register(Vec::new()), KeyCode::Enter).is_empty());
}

#[test]
fn any_size_is_drawn() {
    for (width, height) in sizes() {
        let many =
            (0..40).map(|nth| person(HARD_NAME, vec![kept(nth, "2026-11-20", Judged::LowLevel)])).collect();
        drawn(&mut register(many), width, height);
        drawn(&mut Register::default(), width, height);
        drawn(&mut several(), width, height);
    }
}
