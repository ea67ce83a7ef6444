//! The forms at the end of a concern: closing it, answering whoever reported it, referring it again.

use crossterm::event::KeyCode;
use serde_json::json;

use super::super::testing::{control, cx, press, screen, write};
use super::super::{Form, FormKind, Given};
use super::{act, asks_a_question, opened};
use crate::cabinet::table::draft::Draft;
use crate::desk::{Act, Reply};
use crate::domain::concern::{About, Part1, Reporter};
use crate::domain::decision::{Course, Decision, DecisionKind};
use crate::domain::ids::ConcernId;
use crate::domain::moment::short_day;
use crate::domain::text::Text;
use crate::tui::layer::{Effects, Surface as _};

fn decides(kind: DecisionKind, given: Given) -> FormKind {
    FormKind::Decision { concern: ConcernId(7), kind, given }
}

fn closing(missing: &[&str]) -> FormKind {
    let missing = missing.iter().map(|says| Text::from(*says)).collect();
    decides(DecisionKind::Closed, Given { missing, ..Given::default() })
}

fn decided(effects: &Effects) -> Option<&Decision> {
    match act(effects) {
        Some(Act::Decide { decision, .. }) => Some(decision),
        _ => None,
    }
}

/// Answers a field and goes on to the next one.
fn answer(form: &mut Form, text: &str) {
    write(form, &cx(), text);
    press(form, &cx(), KeyCode::Tab);
}

#[test]
fn a_reason_is_asked_for_each_gap_then_why_and_then_when_somebody_looks_again() {
    let mut form = opened(closing(&["No level is given.", "Part 2 is not signed."]));
    answer(&mut form, "He left.");
    control(&mut form, &cx(), 's');
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("Say why it is closed without this"), "{shown}");
    answer(&mut form, "She signs on Monday.");
    answer(&mut form, "He lives in Leeds now.");
    write(&mut form, &cx(), "in 6 weeks");
    let effects = control(&mut form, &cx(), 's');
    assert!(!asks_a_question(&effects), "a review is still to come");
    let Some(Decision::Closed(closed)) = decided(&effects) else { panic!("not closed") };
    assert_eq!(short_day(closed.review), "Fri 1 Jan 2027");
    assert_eq!(closed.reason.as_str(), "He lives in Leeds now.");
    let excused: Vec<[&str; 2]> =
        closed.excused.iter().map(|excused| [excused.missing.as_str(), excused.reason.as_str()]).collect();
    let expected = [["No level is given.", "He left."], ["Part 2 is not signed.", "She signs on Monday."]];
    assert_eq!(excused, expected);
}

#[test]
fn what_is_missing_is_read_to_its_end_on_a_narrow_screen() {
    let long =
        "The parents were not told, and no reason is given that the increased risk of serious harm would be.";
    let mut form = opened(closing(&[long, "Part 2 is not signed."]));
    let shown = screen(&mut form, 80, 22).replace('"', " ");
    let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(long), "{shown}");
    write(&mut form, &cx(), "They live abroad.");
    let shown = screen(&mut form, 80, 22);
    let rows: Vec<&str> = shown.lines().collect();
    let label = rows.iter().position(|row| row.contains("> The parents")).unwrap();
    assert!(
        rows[label + 1].contains("  of serious harm") || rows[label + 1].contains("  serious harm"),
        "{shown}"
    );
    assert!(rows[label + 2].contains("│ They live abroad."), "{shown}");
}

#[test]
fn a_level_says_what_it_means_once_it_is_chosen() {
    let means = crate::domain::level::all()[1].means.as_str();
    let mut form = opened(decides(DecisionKind::Level, Given::default()));
    assert!(!screen(&mut form, 80, 22).contains(means), "nothing is chosen");
    press(&mut form, &cx(), KeyCode::Right);
    press(&mut form, &cx(), KeyCode::Right);
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("(x) Level 2") && shown.contains(means), "{shown}");
}

#[test]
fn the_review_is_the_next_such_day_and_never_today() {
    for (typed, expected) in [
        ("1 March", "= Mon 1 Mar 2027"),
        ("in 6 weeks", "= Fri 1 Jan 2027"),
        ("in two months", "= Wed 20 Jan 2027"),
        ("next fri", "= Fri 27 Nov"),
    ] {
        let mut form = opened(closing(&[]));
        answer(&mut form, "Resolved.");
        write(&mut form, &cx(), typed);
        let shown = screen(&mut form, 80, 22);
        assert!(shown.contains(expected) && !shown.contains("still to come?"), "{typed}\n{shown}");
    }
    let mut form = opened(closing(&[]));
    answer(&mut form, "Resolved.");
    write(&mut form, &cx(), "today");
    assert!(decided(&control(&mut form, &cx(), 's')).is_none());
    assert!(screen(&mut form, 80, 22).contains("Choose a later day"));
}

#[test]
fn a_draft_finds_its_gaps_again_when_others_have_been_mended() {
    let kept = ["No level is given.", "Part 2 is not signed."];
    let mut form = Form::new(closing(&["Part 2 is not signed.", "No category."]));
    form.refresh(&cx());
    let given = Given { missing: kept.iter().map(|says| Text::from(*says)).collect(), ..Given::default() };
    let body =
        json!({ "target": given, "missing": "Of level", "missing.1": "Of signing", "reason": "Resolved." });
    let draft = Draft { slot: form.kind.slot(), body: body.to_string().into(), saved_at: cx().now };
    form.reply(&cx(), Reply::Draft(Some(draft)));
    let shown = screen(&mut form, 80, 40);
    let [signed, category, why] = ["Of signing", "No category.", "Resolved."].map(|said| shown.find(said));
    assert!(signed.is_some() && signed < category && category < why, "{shown}");
    assert!(!shown.contains("Of level"), "{shown}");
}

#[test]
fn the_answer_to_the_reporter_is_ready_to_be_recorded() {
    let reporter = Reporter { name: "Tom Reed".into(), job_title: "Tutor".into(), email: None };
    let part1 = Part1 { reporter, ..Part1::default() };
    let mut form = opened(decides(DecisionKind::Replied, Given::to_reporter(&part1)));
    let effects = control(&mut form, &cx(), 's');
    let Some(Decision::Replied(replied)) = decided(&effects) else { panic!("not recorded") };
    assert_eq!(replied.to.as_str(), "Tom Reed, Tutor");
    assert!(replied.said.starts_with("Thank you.") && replied.said.contains("acted on"));
}

#[test]
fn a_referral_is_chosen_already_and_may_be_something_else() {
    let mut form = opened(decides(DecisionKind::Course, Given::referral(About::Child)));
    press(&mut form, &cx(), KeyCode::Tab);
    answer(&mut form, "First Response, Sam Duty");
    answer(&mut form, "y");
    write(&mut form, &cx(), "Nothing is better.");
    let effects = control(&mut form, &cx(), 's');
    let Some(Decision::Course(taken)) = decided(&effects) else { panic!("not referred") };
    assert_eq!((taken.course, taken.in_writing), (Course::Refer, true));
    let mut other = opened(decides(DecisionKind::Course, Given::referral(About::Child)));
    press(&mut other, &cx(), KeyCode::Right);
    assert!(screen(&mut other, 80, 22).contains("early help"));
}

#[test]
fn what_is_done_about_an_adult_is_asked_in_words_for_adults() {
    let given = Given::course_about(About::Adult);
    let mut form = opened(decides(DecisionKind::Course, given));
    press(&mut form, &cx(), KeyCode::Right);
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("adult social care") && shown.contains("In writing?"), "{shown}");
    for words in ["children's", "MARF", "early help"] {
        assert!(!shown.contains(words), "{words}\n{shown}");
    }
    press(&mut form, &cx(), KeyCode::Tab);
    answer(&mut form, "Adult Social Care, R. Ode");
    answer(&mut form, "y");
    write(&mut form, &cx(), "She wants help to leave.");
    let effects = control(&mut form, &cx(), 's');
    let Some(Decision::Course(taken)) = decided(&effects) else { panic!("not referred") };
    assert_eq!((taken.course, taken.in_writing), (Course::Refer, true));
}

#[test]
fn danger_is_over_with_how_that_is_known_and_not_without() {
    let mut form = opened(decides(DecisionKind::Danger, Given::default()));
    assert!(screen(&mut form, 80, 22).contains("How do you know that it is over?"));
    assert!(decided(&control(&mut form, &cx(), 's')).is_none());
    assert!(screen(&mut form, 80, 22).contains("Say how it is known that it is over."));
    write(&mut form, &cx(), "The police are with him.");
    let effects = control(&mut form, &cx(), 's');
    let Some(Decision::Danger(danger)) = decided(&effects) else { panic!("not recorded") };
    assert_eq!((danger.in_danger, danger.said.as_str()), (false, "The police are with him."));
}

#[test]
fn what_a_school_is_told_is_offered_with_the_names_of_its_pupils() {
    let school = Given::to_school(&"Abbey Fields".into(), 0);
    let given = school.of_children(&["Kit Moss".into(), "Ava Reed".into()]);
    let shown = screen(&mut opened(decides(DecisionKind::Sharing, given)), 80, 22);
    assert!(shown.contains("The concern about Kit Moss, Ava Reed."), "{shown}");
}
