//! What the rules say in the forms: beneath the answer, before anything is recorded.

use crossterm::event::KeyCode;

use super::{act, opened, section};
use crate::cabinet::table::concern::Concern;
use crate::desk::gates::Reason;
use crate::desk::{Act, Reply, Request};
use crate::domain::concern::{About, NamedStaff};
use crate::domain::decision::{Consent, Course, Decision, DecisionKind, Told};
use crate::domain::ids::ConcernId;
use crate::domain::moment::Moment;
use crate::domain::part2::{Advice, Section, SectionKind};
use crate::domain::staff_route::Position;
use crate::tui::layer::Surface as _;
use crate::tui::screens::form::testing::{control, cx, press, screen, write};
use crate::tui::screens::form::{Form, FormKind, Given};
use crate::tui::screens::testing::{concern, written};

fn about(categories: &[&str]) -> Concern {
    let mut concern = concern();
    concern.part1.categories = categories.iter().map(|id| (*id).into()).collect();
    concern
}

fn about_staff() -> Concern {
    let mut concern = concern();
    concern.part1.about = About::Staff;
    concern.part1.staff = Some(NamedStaff { name: "Peregrine Quillfeather".into(), ..NamedStaff::default() });
    concern
}

fn with_advice(concern: Concern, role: &str) -> Concern {
    advised(concern, role, "The mother may be told.")
}

fn advised(mut concern: Concern, role: &str, text: &str) -> Concern {
    let advice = Advice {
        at: Moment::At(cx().now),
        name: "Jo Bloggs".into(),
        role: role.into(),
        organisation: "".into(),
        advice: text.into(),
        contact: None,
    };
    concern.lines.push(written(30, Section::Advice(advice)));
    concern
}

fn on(kind: FormKind, concern: Concern) -> Form {
    let mut form = opened(kind);
    form.reply(&cx(), Reply::Concern(Box::new(concern)));
    form
}

fn parents(concern: Concern) -> Form {
    on(section(SectionKind::Parents), concern)
}

fn decision(kind: DecisionKind, concern: Concern) -> Form {
    on(FormKind::Decision { concern: ConcernId(7), kind, given: Given::default() }, concern)
}

fn go_to(form: &mut Form, label: &str) {
    while form.sheet.focused().is_some_and(|field| !field.label.starts_with(label)) {
        let before = form.sheet.cursor();
        form.sheet.next();
        assert_ne!(form.sheet.cursor(), before, "no field {label}");
    }
}

/// Answers a choice by its word.
fn answer(form: &mut Form, label: &str, word: &str) {
    go_to(form, label);
    for _ in 0..9 {
        press(form, &cx(), KeyCode::Char(' '));
        let key = form.sheet.cursor().unwrap();
        if form.sheet.word(key) == Some(word) {
            return;
        }
    }
    panic!("{label} has no {word}");
}

fn fill(form: &mut Form, label: &str, text: &str) {
    go_to(form, label);
    write(form, &cx(), text);
}

fn asks(form: &mut Form, label: &str) -> bool {
    form.sheet.asked().any(|(field, _)| field.label.starts_with(label))
}

#[test]
fn a_block_stands_beneath_the_answer_with_its_source_and_holds_it_up() {
    let mut form = parents(about(&["fabricated-illness"]));
    assert!(!screen(&mut form, 80, 22).contains("R3"));
    write(&mut form, &cx(), "y");
    let shown = screen(&mut form, 80, 22);
    assert!(
        shown.contains("Not so: Illness may be made up") && shown.contains("R3 · S1:163 · S1, 2024"),
        "{shown}"
    );
    answer(&mut form, "Is a parent", "no");
    fill(&mut form, "Reasons", "They asked.");
    assert!(act(&control(&mut form, &cx(), 's')).is_none());
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("cannot be recorded so: R3"), "{shown}");
    write(&mut form, &cx(), "n");
    assert!(!screen(&mut form, 80, 22).contains("R3"));
}

#[test]
fn advice_that_was_recorded_meanwhile_opens_the_gate() {
    let mut form = parents(about(&["fabricated-illness"]));
    write(&mut form, &cx(), "y");
    let asked = form.refresh(&cx());
    assert!(
        asked.iter().any(|effect| matches!(effect, crate::tui::layer::Effect::Ask(Request::Concern(_)))),
        "it does not look again"
    );
    let advised = with_advice(about(&["fabricated-illness"]), "duty social worker");
    form.reply(&cx(), Reply::Concern(Box::new(advised)));
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("Jo Bloggs, duty social worker") && !shown.contains("Not so"), "{shown}");
    answer(&mut form, "Is a parent", "yes");
    fill(&mut form, "Reasons", "They advised it.");
    assert!(act(&control(&mut form, &cx(), 's')).is_some());
}

#[test]
fn to_tell_against_the_advice_is_asked_about() {
    let advised = advised(about(&["fabricated-illness"]), "duty social worker", "Do not tell the mother.");
    let mut form = parents(advised);
    write(&mut form, &cx(), "y");
    assert!(asks(&mut form, "R3 asks"));
    answer(&mut form, "Is a parent", "no");
    fill(&mut form, "Reasons", "She came in.");
    assert!(act(&control(&mut form, &cx(), 's')).is_none());
    write(&mut form, &cx(), "She had read it.");
    let effects = control(&mut form, &cx(), 's');
    let Some(Act::Despite { reasons, .. }) = act(&effects) else { panic!("it was not recorded") };
    assert_eq!(reasons, &[Reason { rule: 3, reason: "She had read it.".into() }]);
}

#[test]
fn when_they_were_told_is_held_against_when_it_was_advised() {
    let mut form = parents(with_advice(about(&["fabricated-illness"]), "duty social worker"));
    write(&mut form, &cx(), "y");
    assert!(!asks(&mut form, "R3 asks"));
    fill(&mut form, "When were they told", "yesterday");
    assert!(asks(&mut form, "R3 asks"));
}

#[test]
fn what_is_taken_away_of_what_it_is_about_needs_its_reason() {
    let given = Given::about(&["neglect".into()]);
    let mut form =
        opened(FormKind::Decision { concern: ConcernId(7), kind: DecisionKind::Categories, given });
    for name in ["Neglect", "Bullying"] {
        write(&mut form, &cx(), name);
        press(&mut form, &cx(), KeyCode::Enter);
    }
    assert!(act(&control(&mut form, &cx(), 's')).is_none());
    let shown = screen(&mut form, 80, 24);
    assert!(shown.contains("Say why it is no longer about what you took away"), "{shown}");
    write(&mut form, &cx(), "There is food enough.");
    let effects = control(&mut form, &cx(), 's');
    let Some(Act::Decide { decision: Decision::Categories(about), .. }) = act(&effects) else {
        panic!("it was not recorded")
    };
    assert_eq!((about.categories.len(), &*about.reason), (1, "There is food enough."));
}

#[test]
fn a_parent_who_is_the_concern_is_asked_about_and_the_reason_goes_with_it() {
    let mut form = parents(about(&["neglect"]));
    write(&mut form, &cx(), "y");
    assert!(!asks(&mut form, "R4 asks"));
    answer(&mut form, "Is a parent", "yes");
    let shown = screen(&mut form, 80, 24);
    assert!(shown.contains("do not contact them") && shown.contains("R4 · S2:182"), "{shown}");
    fill(&mut form, "Reasons", "Mother came in herself.");
    assert!(act(&control(&mut form, &cx(), 's')).is_none());
    let shown = screen(&mut form, 80, 24);
    assert!(shown.contains("! Give the reason, or change the answer."), "{shown}");
    write(&mut form, &cx(), "It is the father.");
    let effects = control(&mut form, &cx(), 's');
    let Some(Act::Despite { act, reasons }) = act(&effects) else { panic!("it was not recorded") };
    assert_eq!(reasons, &[Reason { rule: 4, reason: "It is the father.".into() }]);
    assert!(matches!(&**act, Act::Section { section: Section::Parents(parents), .. } if parents.informed));
}

#[test]
fn a_reason_that_is_no_longer_asked_for_is_not_recorded() {
    let mut form = parents(about(&["neglect"]));
    write(&mut form, &cx(), "y");
    answer(&mut form, "Is a parent", "yes");
    fill(&mut form, "R4 asks", "It is the father.");
    while form.sheet.focused().is_some_and(|field| !field.label.starts_with("Is a parent")) {
        form.sheet.previous();
    }
    write(&mut form, &cx(), "n");
    assert!(!asks(&mut form, "R4 asks"));
    fill(&mut form, "Reasons", "They asked.");
    assert!(matches!(act(&control(&mut form, &cx(), 's')), Some(Act::Section { .. })));
}

#[test]
fn the_grounds_are_offered_and_another_one_is_asked_to_say_which() {
    let mut form = parents(about(&["neglect"]));
    write(&mut form, &cx(), "n");
    let shown = screen(&mut form, 80, 24);
    for words in ["greater risk of serious harm", "serious crime", "cannot be justified", "another reason"] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    answer(&mut form, "On which ground", "another reason, written below");
    let shown = screen(&mut form, 80, 24);
    assert!(shown.contains("let the reasons say which") && shown.contains("R5 · S2:148-154"), "{shown}");
}

#[test]
fn long_answers_go_below_each_other_with_the_cursor_on_the_chosen_one() {
    let mut form = parents(about(&[]));
    write(&mut form, &cx(), "n");
    answer(&mut form, "On which ground", "it would mean a delay that cannot be justified");
    for (width, height) in [(60, 20), (80, 22), (200, 58)] {
        let shown = screen(&mut form, width, height);
        assert!(shown.contains("(x) it would mean a delay that cannot be justified"), "{shown}");
    }
}

#[test]
fn not_to_refer_a_baby_with_a_mark_shows_the_rule_and_asks_for_the_reason() {
    let mut form = decision(DecisionKind::Course, about(&["non-mobile-baby-mark"]));
    answer(&mut form, "What is done", Course::Refer.label());
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("needs nobody's consent") && !shown.contains("R2 ·"), "{shown}");
    answer(&mut form, "What is done", Course::Monitor.label());
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("! Refer any bruise") && shown.contains("R2 · S1:115 · S1, 2024"), "{shown}");
    fill(&mut form, "Reasons", "Seen by the GP.");
    assert!(act(&control(&mut form, &cx(), 's')).is_none());
    assert!(screen(&mut form, 80, 22).contains("! Give the reason, or change the answer."));
    write(&mut form, &cx(), "The GP says it is a birthmark.");
    let effects = control(&mut form, &cx(), 's');
    let Some(Act::Despite { reasons, .. }) = act(&effects) else { panic!("it was not recorded") };
    assert_eq!(reasons, &[Reason { rule: 2, reason: "The GP says it is a birthmark.".into() }]);
    let mut form = decision(DecisionKind::Course, about(&["neglect"]));
    answer(&mut form, "What is done", Course::Monitor.label());
    assert!(!asks(&mut form, "R2 asks"));
}

#[test]
fn whoever_was_spoken_to_before_the_lado_is_asked_about() {
    let mut form = on(section(SectionKind::Action), about_staff());
    write(&mut form, &cx(), "Spoke to Mr Quillfeather.");
    let shown = screen(&mut form, 80, 24);
    assert!(shown.contains("R13 · S1:240-249") && asks(&mut form, "R13 asks"), "{shown}");
    let mut form = on(section(SectionKind::Action), with_advice(about_staff(), "LADO"));
    write(&mut form, &cx(), "Spoke to Mr Quillfeather.");
    assert!(!screen(&mut form, 80, 24).contains("R13"));
    let mut form = on(section(SectionKind::Action), about(&["neglect"]));
    write(&mut form, &cx(), "Spoke to Mr Quillfeather.");
    assert!(!screen(&mut form, 80, 24).contains("R13"));
}

#[test]
fn a_sharing_asks_no_more_than_it_needs() {
    let mut form = decision(DecisionKind::Sharing, about(&["neglect"]));
    write(&mut form, &cx(), "y");
    assert!(asks(&mut form, "Was whoever") && !asks(&mut form, "Why without consent"));
    answer(&mut form, "Was whoever", Consent::Given.label());
    assert!(!asks(&mut form, "Why without consent") && !asks(&mut form, "Are they told"));
    answer(&mut form, "Was whoever", Consent::Refused.label());
    assert!(asks(&mut form, "Why without consent") && asks(&mut form, "Are they told"));
    let shown = screen(&mut form, 100, 58);
    assert!(shown.contains("R32 · S4:118, S1:338 · information sharing advice of May 2024"), "{shown}");
    while form.sheet.focused().is_some_and(|field| !field.label.starts_with("Without names")) {
        form.sheet.previous();
    }
    write(&mut form, &cx(), "y");
    assert!(!asks(&mut form, "Was whoever") && !asks(&mut form, "Are they told"));
}

#[test]
fn refused_and_shared_all_the_same_says_why_and_whether_they_hear_of_it() {
    let mut form = decision(DecisionKind::Sharing, about(&["neglect"]));
    write(&mut form, &cx(), "y");
    fill(&mut form, "What?", "What was seen.");
    fill(&mut form, "With whom?", "First Response");
    fill(&mut form, "For what", "A referral");
    answer(&mut form, "Was whoever", Consent::Refused.label());
    let save = |form: &mut Form| control(form, &cx(), 's');
    assert!(act(&save(&mut form)).is_none());
    write(&mut form, &cx(), "A child is at risk.");
    assert!(act(&save(&mut form)).is_none());
    answer(&mut form, "Are they told", Told::NotSafe.label());
    assert!(act(&save(&mut form)).is_none());
    write(&mut form, &cx(), "To keep her safe.");
    let effects = save(&mut form);
    let Some(Act::Decide { decision: Decision::Sharing(sharing), .. }) = act(&effects) else {
        panic!("it was not recorded")
    };
    assert_eq!((sharing.consent, sharing.told), (Consent::Refused, Some(Told::NotSafe)));
    assert_eq!(&*sharing.without_consent, "A child is at risk.");
}

#[test]
fn not_sharing_is_answered_with_the_law() {
    let mut form = decision(DecisionKind::Sharing, about(&["neglect"]));
    write(&mut form, &cx(), "n");
    let shown = screen(&mut form, 80, 24);
    assert!(shown.contains("Data protection law does not stop you") && shown.contains("R35"), "{shown}");
}

#[test]
fn where_a_concern_about_staff_goes_is_shown_as_soon_as_it_is_said_what_they_are() {
    let mut form = decision(DecisionKind::Threshold, about_staff());
    for _ in 0..4 {
        write(&mut form, &cx(), "n");
        form.sheet.next();
    }
    answer(&mut form, "What is the person", Position::Head.label());
    let shown = screen(&mut form, 100, 40);
    assert!(
        shown.contains("Tell the chair of governors") && shown.contains("D16 · paragraphs 423-426"),
        "{shown}"
    );
    assert!(shown.contains("It stands in the register") && !shown.contains("(LADO) within"), "{shown}");
    write(&mut form, &cx(), " ");
    let shown = screen(&mut form, 100, 40);
    assert!(
        shown.contains("Tell the head of the organisation at once") && shown.contains("R14 · S1:250"),
        "{shown}"
    );
}

#[test]
fn an_outcome_says_how_long_it_is_kept_and_whom_to_ask_about_barring() {
    let mut form = decision(DecisionKind::Allegation, about_staff());
    answer(&mut form, "How did it end", "substantiated");
    let shown = screen(&mut form, 100, 40);
    for words in ["ten years if that is longer", "D17", "Disclosure and Barring", "R34 · S1:251, S2:271"] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    answer(&mut form, "How did it end", "false");
    assert!(!screen(&mut form, 100, 40).contains("R34"));
}

#[test]
fn a_draft_brings_back_the_reason_and_its_question() {
    let mut form = parents(about(&["neglect"]));
    write(&mut form, &cx(), "y");
    answer(&mut form, "Is a parent", "yes");
    fill(&mut form, "R4 asks", "It is the father.");
    let body = serde_json::Value::Object(form.values()).to_string();
    let mut again = Form::new(section(SectionKind::Parents));
    again.refresh(&cx());
    let draft = crate::cabinet::table::draft::Draft {
        slot: again.kind.slot(),
        body: body.into(),
        saved_at: cx().now,
    };
    again.reply(&cx(), Reply::Draft(Some(draft)));
    again.reply(&cx(), Reply::Concern(Box::new(about(&["neglect"]))));
    assert!(screen(&mut again, 80, 24).contains("It is the father."));
}
