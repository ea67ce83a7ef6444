//! The forms of what is due: what they make of what is typed.

use crossterm::event::KeyCode;

use super::super::follow_up::{Moving, StepKind};
use super::{act, asks_a_question, control, cx, opened, press, screen, write};
use crate::desk::Act;
use crate::desk::answer::Subject;
use crate::domain::clocks;
use crate::domain::follow_up::Step;
use crate::domain::ids::{ConcernId, FollowUpId};
use crate::domain::moment::Moment;
use crate::tui::screens::form::{Form, FormKind};

fn step(kind: StepKind, whom: &str) -> Form {
    let moving = Moving {
        follow_up: FollowUpId(9),
        subject: Subject::Concern(ConcernId(7)),
        what: "Referral in writing".into(),
        whom: whom.into(),
        rung: 2,
        latest: None,
    };
    opened(FormKind::Step { moving, kind })
}

fn set(preset: &str) -> Form {
    opened(FormKind::FollowUp { subject: Subject::Concern(ConcernId(7)), preset: preset.into() })
}

#[test]
fn something_of_ones_own_is_due_on_the_next_monday_without_a_question() {
    let (mut form, cx) = (set(""), cx());
    write(&mut form, &cx, "See whether he eats");
    press(&mut form, &cx, KeyCode::Enter);
    press(&mut form, &cx, KeyCode::Enter);
    write(&mut form, &cx, "mon");
    assert!(!screen(&mut form, 80, 22).contains("still to come?"));
    let effects = control(&mut form, &cx, 's');
    assert!(!asks_a_question(&effects), "it is meant to lie ahead");
    let Some(Act::SetFollowUp { due, .. }) = act(&effects) else { panic!("nothing was saved") };
    assert_eq!((due.what.as_str(), due.who.as_str()), ("See whether he eats", "you"));
    assert_eq!(due.due, clocks::end_of("2026-11-23".parse().unwrap()));
    assert!(due.deadline.is_blank() && due.rule.is_blank());
}

#[test]
fn a_preset_says_that_it_is_from_memory_and_is_counted_from_what_it_says() {
    let (mut form, cx) = (set("core-group"), cx());
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("Within ten working days (from memory; not verified)"), "{shown}");
    let effects = control(&mut form, &cx, 's');
    let Some(Act::SetFollowUp { due, .. }) = act(&effects) else { panic!("nothing was saved") };
    assert_eq!((due.deadline.as_str(), due.who.as_str()), ("core-group", "local authority"));
    assert!(due.rule.contains("D32: from memory; not verified"), "{}", due.rule);
    assert_eq!(Moment::At(due.due).to_string(), "Fri 4 Dec 2026 14:10");
}

#[test]
fn what_becomes_of_it_says_of_what() {
    for kind in StepKind::ALL {
        let shown = screen(&mut step(kind, "you"), 80, 22);
        assert!(shown.contains("What is due") && shown.contains("  Referral in writing"), "{shown}");
    }
}

#[test]
fn an_answer_says_who_and_what() {
    let (mut form, cx) = (step(StepKind::Answered, "you"), cx());
    assert!(screen(&mut form, 80, 22).contains("Amina Khan, Designated Safeguarding Lead"), "she did it");
    assert!(act(&control(&mut form, &cx, 's')).is_none(), "what was done is missing");
    write(&mut form, &cx, "Sent through the portal.");
    let effects = control(&mut form, &cx, 's');
    let Some(Act::MoveFollowUp { follow_up, step: Step::Answered { from, text, .. } }) = act(&effects) else {
        panic!("nothing was saved")
    };
    assert_eq!((follow_up.0, from.as_str()), (9, "Amina Khan, Designated Safeguarding Lead"));
    assert_eq!(text.as_str(), "Sent through the portal.");
}

#[test]
fn an_attempt_keeps_its_rung() {
    let (mut form, cx) = (step(StepKind::Tried, "their team manager"), cx());
    let effects = control(&mut form, &cx, 's');
    let Some(Act::MoveFollowUp { step: Step::Tried { whom, rung, .. }, .. }) = act(&effects) else {
        panic!("nothing was saved")
    };
    assert_eq!((whom.as_str(), *rung), ("their team manager", 2));
}

#[test]
fn it_is_put_off_to_a_later_time_with_a_reason_and_to_no_earlier_one() {
    let (mut form, cx) = (step(StepKind::Postponed, "you"), cx());
    write(&mut form, &cx, "yesterday");
    assert!(screen(&mut form, 80, 22).contains("past already?"));
    assert!(act(&control(&mut form, &cx, 's')).is_none());
    let (mut form, cx) = (step(StepKind::Postponed, "you"), cx);
    write(&mut form, &cx, "tue 9am");
    assert!(act(&control(&mut form, &cx, 's')).is_none(), "no reason");
    write(&mut form, &cx, "She is on leave.");
    let effects = control(&mut form, &cx, 's');
    let Some(Act::MoveFollowUp { step: Step::Postponed { to, .. }, .. }) = act(&effects) else {
        panic!("nothing was saved")
    };
    assert_eq!(Moment::At(*to).to_string(), "Tue 24 Nov 2026 09:00");
}

#[test]
fn what_is_dropped_says_why() {
    let (mut form, cx) = (step(StepKind::Dropped, "you"), cx());
    assert!(act(&control(&mut form, &cx, 's')).is_none());
    write(&mut form, &cx, "It was sent twice.");
    let effects = control(&mut form, &cx, 's');
    assert!(matches!(act(&effects), Some(Act::MoveFollowUp { step: Step::Dropped { .. }, .. })));
}
