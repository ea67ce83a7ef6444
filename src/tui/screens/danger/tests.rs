//! The question about danger as a person sees and answers it.

use crossterm::event::KeyCode;

use super::*;
use crate::desk::Saved;
use crate::domain::concern::NamedChild;
use crate::domain::entry::Entry;
use crate::tui::screens::testing::{HARD_NAME, asked, concern, cx, drawn, line, now, press, sizes};

fn over(concern: Concern) -> DangerScreen {
    let mut screen = DangerScreen::new(ConcernId(7));
    screen.refresh(&cx());
    screen.reply(&cx(), Reply::Concern(Box::new(concern)));
    screen
}

fn recorded(effects: Effects) -> Danger {
    match asked(effects).as_slice() {
        [Request::Act { act: Act::Decide { concern: ConcernId(7), decision }, draft: None }] => {
            match decision {
                Decision::Danger(danger) => danger.clone(),
                _ => panic!("another decision"),
            }
        }
        _ => panic!("nothing is recorded"),
    }
}

#[test]
fn the_number_comes_first_then_what_to_say_and_about_whom() {
    for (width, height) in [(80, 22), (200, 58)] {
        let text = drawn(&mut over(concern()), width, height);
        let places: Vec<usize> = [
            "┗━┫",
            "ring 999 first",
            "child safeguarding matter",
            "Concern 7: Zoë Smith 10B. In danger, says the report: not said.",
            "y   yes",
            "n   no",
            "Esc not yet",
            "A mark on her arm.",
            "I fell, innit",
            "R1 · S1:168",
        ]
        .into_iter()
        .map(|words| text.find(words).unwrap_or_else(|| panic!("{words}\n{text}")))
        .collect();
        assert!(places.is_sorted(), "{text}");
    }
}

#[test]
fn a_report_that_does_not_fit_says_how_to_read_on() {
    let mut long = concern();
    long.part1.account.what = Text::from("They waited at the gate. ".repeat(40));
    assert!(drawn(&mut over(long.clone()), 80, 22).contains("… Esc reads all of it"));
    for (concern, height) in [(long, 58), (concern(), 22)] {
        assert!(!drawn(&mut over(concern), 80, height).contains("reads all of it"));
    }
}

#[test]
fn what_the_reporter_said_is_shown_as_it_stands() {
    let mut said = concern();
    said.part1.immediate_danger = Some(true);
    assert!(drawn(&mut over(said), 80, 22).contains("says the report: yes"));
}

#[test]
fn no_is_recorded_at_once_and_goes_on_to_the_concern() {
    let mut screen = over(concern());
    let danger = recorded(press(&mut screen, KeyCode::Char('n')));
    assert_eq!((danger.in_danger, danger.at), (false, Moment::At(now())));
    assert!(!screen.is_ready(), "a second key waits");
    let effects = screen.reply(&cx(), Reply::Saved(Saved::default()));
    assert!(matches!(effects.as_slice(), [Effect::Close, Effect::Say(_)]));
}

#[test]
fn yes_is_recorded_at_once_and_opens_the_form_for_the_call() {
    let mut screen = over(concern());
    assert!(recorded(press(&mut screen, KeyCode::Char('y'))).in_danger);
    let effects = screen.reply(&cx(), Reply::Saved(Saved::default()));
    let [Effect::Replace(layer), Effect::Say(said)] = effects.as_slice() else { panic!("no form") };
    let Layer::Form(form) = &**layer else { panic!("no form") };
    let FormKind::Call { subject, calling } = &form.kind else { panic!("another form") };
    assert_eq!(*subject, Some(Subject::Concern(ConcernId(7))));
    assert_eq!((calling.number.as_str(), calling.begun), ("999", now()));
    assert!(said.contains("Ring 999 now"));
}

#[test]
fn esc_puts_it_off_and_records_nothing() {
    assert!(matches!(press(&mut over(concern()), KeyCode::Esc).as_slice(), [Effect::Close]));
}

#[test]
fn an_answer_that_was_given_before_is_said_and_may_be_given_again() {
    let mut screen = over(answered(false));
    let shown = drawn(&mut screen, 80, 22);
    assert!(shown.contains("Answered before: no, Sun 22 Nov 2026 14:00."), "{shown}");
    assert!(!recorded(press(&mut screen, KeyCode::Char('n'))).in_danger);
    let mut screen = over(answered(true));
    assert!(drawn(&mut screen, 80, 22).contains("Answered before: yes, Sun 22 Nov 2026 14:00."));
    assert!(recorded(press(&mut screen, KeyCode::Char('y'))).in_danger);
}

fn answered(in_danger: bool) -> Concern {
    let decision = Decision::Danger(Danger { in_danger, at: Moment::At(now()), said: Text::default() });
    let entry = Entry::Decided { concern: ConcernId(7), decision, urgency: None };
    Concern { lines: vec![line(21, entry)], ..concern() }
}

#[test]
fn that_danger_is_over_is_recorded_with_how_it_is_known() {
    let mut screen = over(answered(true));
    let shown = drawn(&mut screen, 80, 22);
    assert!(shown.contains("n   no: a form for how it is known that it is over"), "{shown}");
    let effects = press(&mut screen, KeyCode::Char('n'));
    let [Effect::Replace(layer)] = effects.as_slice() else { panic!("something else") };
    let Layer::Form(form) = &**layer else { panic!("no form") };
    assert!(matches!(form.kind, FormKind::Decision { kind: DecisionKind::Danger, .. }));
    assert!(screen.is_ready(), "nothing is recorded yet");
}

#[test]
fn what_cannot_be_recorded_is_said_and_can_be_tried_again() {
    let mut screen = over(concern());
    press(&mut screen, KeyCode::Char('n'));
    let effects = screen.reply(&cx(), Reply::Failed("The disk is full. Make room.".to_owned()));
    assert!(matches!(effects.as_slice(), [Effect::Say(said)] if said.contains("disk is full")));
    assert!(screen.is_ready());
}

#[test]
fn what_is_restricted_meanwhile_leaves_the_screen() {
    let mut screen = over(concern());
    let sentences = "Concern 7 is restricted to the people named on it. Ask one of them.".to_owned();
    screen.reply(&cx(), Reply::Restricted { concern: ConcernId(7), sentences });
    let shown = drawn(&mut screen, 80, 22);
    assert!(shown.contains("is restricted") && !shown.contains("Zoë"), "{shown}");
    assert!(press(&mut screen, KeyCode::Char('n')).is_empty());
}

#[test]
fn it_can_be_drawn_at_any_size() {
    let mut hard = concern();
    hard.row.named = Text::from(HARD_NAME);
    hard.part1.children.push(NamedChild { name: Text::from(HARD_NAME), ..NamedChild::default() });
    hard.part1.reasons = Text::from(HARD_NAME.repeat(20));
    for (width, height) in sizes() {
        drawn(&mut over(hard.clone()), width, height);
    }
}
