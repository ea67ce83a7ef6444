//! What is true of a child for a time: what is chosen or written, days as people say them, and what is missing.

use crossterm::event::KeyCode;

use super::super::testing::{control, cx, press, screen, write};
use super::super::{Form, FormKind, Held};
use super::{act, asks_a_question, opened};
use crate::desk::Act;
use crate::domain::flag;
use crate::domain::ids::{ChildId, Seq};
use crate::tui::layer::Effects;

const CHILD: ChildId = ChildId(12);

pub(super) fn held() -> Held {
    Held::new("ehcp".into(), "2026-06-30".parse().unwrap())
}

fn flag_form() -> Form {
    opened(FormKind::Flag { child: CHILD })
}

fn unflag_form() -> Form {
    opened(FormKind::Unflag { child: CHILD, flagged: Seq(44), held: held() })
}

/// The next of the answers, so many times.
fn choose(form: &mut Form, times: usize) {
    for _ in 0..times {
        press(form, &cx(), KeyCode::Right);
    }
}

fn answered(form: &mut Form, text: &str) {
    press(form, &cx(), KeyCode::Tab);
    write(form, &cx(), text);
}

/// The flag, the day and the reason that are recorded.
fn recorded(effects: &Effects) -> (&str, String, &str) {
    let Some(Act::Flag { child: CHILD, flag, from, reason }) = act(effects) else {
        panic!("nothing is asked")
    };
    (flag.as_str(), from.to_string(), reason.as_str())
}

#[test]
fn a_flag_is_chosen_and_its_day_may_be_said_as_people_say_it() {
    for (typed, day) in [("today", "2026-11-20"), ("1 sept", "2026-09-01"), ("last monday", "2026-11-16")] {
        let mut form = flag_form();
        choose(&mut form, 1);
        answered(&mut form, typed);
        let effects = control(&mut form, &cx(), 's');
        assert_eq!(recorded(&effects), ("child-protection-plan", day.to_owned(), ""), "{typed}");
    }
}

#[test]
fn all_answers_are_on_the_smallest_usual_screen_the_most_serious_first() {
    let shown = screen(&mut flag_form(), 80, 22);
    for flag in flag::all() {
        assert!(shown.contains(&format!("( ) {}", flag.name)), "{}\n{shown}", flag.name);
    }
    assert!(shown.contains("( ) something else") && !shown.contains("in a few words"), "{shown}");
}

#[test]
fn something_else_is_written_by_hand() {
    let mut form = flag_form();
    choose(&mut form, flag::all().len() + 1);
    answered(&mut form, "");
    assert!(screen(&mut form, 80, 22).contains("> What is it, in a few words?"));
    assert!(act(&control(&mut form, &cx(), 's')).is_none());
    assert!(screen(&mut form, 80, 22).contains("! Say what it is."));
    write(&mut form, &cx(), "Lives on a boat");
    answered(&mut form, "1/9/26");
    answered(&mut form, "Her mother told us");
    let effects = control(&mut form, &cx(), 's');
    let wanted = ("Lives on a boat", "2026-09-01".to_owned(), "Her mother told us");
    assert_eq!(recorded(&effects), wanted);
}

#[test]
fn what_is_missing_is_said_at_its_question() {
    let mut form = flag_form();
    assert!(act(&control(&mut form, &cx(), 's')).is_none());
    assert!(screen(&mut form, 80, 22).contains("! Choose one of the answers"));
    choose(&mut form, 1);
    assert!(act(&control(&mut form, &cx(), 's')).is_none());
    assert!(screen(&mut form, 80, 22).contains("! Say when it was"));
    write(&mut form, &cx(), "soonish");
    assert!(act(&control(&mut form, &cx(), 's')).is_none());
}

#[test]
fn a_day_that_is_still_to_come_is_questioned_and_not_refused() {
    let mut form = flag_form();
    choose(&mut form, 1);
    answered(&mut form, "1/12/2026");
    assert!(asks_a_question(&control(&mut form, &cx(), 's')));
}

#[test]
fn what_has_ended_has_a_day_and_a_reason() {
    let mut form = unflag_form();
    assert!(screen(&mut form, 80, 22).contains("Education, health and care plan from Tue 30 Jun 2026"));
    write(&mut form, &cx(), "29 june");
    assert!(act(&control(&mut form, &cx(), 's')).is_none());
    assert!(screen(&mut form, 80, 22).contains("! Choose a later day"));
    let mut form = unflag_form();
    write(&mut form, &cx(), "last fri");
    assert!(act(&control(&mut form, &cx(), 's')).is_none());
    assert!(screen(&mut form, 80, 22).contains("! Say why it has ended."));
    write(&mut form, &cx(), "The council ceased it");
    let effects = control(&mut form, &cx(), 's');
    let Some(Act::Unflag { child: CHILD, flagged: Seq(44), to, reason }) = act(&effects) else {
        panic!("nothing is asked")
    };
    assert_eq!((to.to_string(), reason.as_str()), ("2026-11-13".to_owned(), "The council ceased it"));
}
