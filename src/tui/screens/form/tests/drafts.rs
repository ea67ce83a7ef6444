//! Nothing typed is lost, and nothing is kept that nobody typed.

use crossterm::event::KeyCode;

use super::super::testing::{control, cx, press, screen, write};
use super::super::{Form, FormKind};
use super::{asks_a_question, every_kind, first_response, found, opened, section};
use crate::cabinet::table::draft::Draft;
use crate::desk::{Reply, Request};
use crate::domain::part2::SectionKind;
use crate::tui::layer::{Effect, Effects, Surface as _};

fn kept(effects: &Effects) -> Option<(String, String)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Ask(Request::KeepDraft { slot, body }) => Some((slot.clone(), body.clone())),
        _ => None,
    })
}

/// The form as it opens on a desk that has this draft.
fn reopened(slot: &str, body: &str) -> (Form, Effects) {
    let Some(kind) = FormKind::from_slot(slot, body) else { panic!("{slot} opens nothing") };
    let mut form = Form::new(kind);
    form.refresh(&cx());
    let draft = Draft { slot: slot.to_owned(), body: body.into(), saved_at: cx().now };
    let effects = form.reply(&cx(), Reply::Draft(Some(draft)));
    (form, effects)
}

#[test]
fn every_form_comes_back_as_it_was() {
    for kind in every_kind() {
        let (mut form, cx) = (opened(kind), cx());
        for nth in 0..40 {
            write(&mut form, &cx, &format!("y{nth}é"));
            press(&mut form, &cx, KeyCode::Tab);
        }
        let Some((slot, body)) = kept(&form.tick(&cx)) else {
            assert!(form.kind.is_signature(), "{} was not kept", form.kind.slot());
            continue;
        };
        let (mut again, _) = reopened(&slot, &body);
        assert_eq!(again.values(), form.values(), "{slot}");
        assert!(again.tick(&cx).is_empty(), "restoring is no change");
    }
}

#[test]
fn a_restored_form_says_so_and_has_its_children_and_its_numbers_again() {
    let (mut form, effects) = reopened("part1", r#"{"child-name":"Zoë","child-name.1":"Ali"}"#);
    assert!(
        matches!(effects.as_slice(), [Effect::Say(said)] if said == "Restored what you were writing at 14:10.")
    );
    assert!(screen(&mut form, 80, 60).contains("Ali"));
    let (mut form, effects) = reopened("part2/7/advice", r#"{"contact":6,"role":""}"#);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Ask(Request::Contact(_)))));
    form.reply(&cx(), first_response());
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("0116 496 0005"));
    assert!(!shown.contains("duty social worker"), "what she left empty stays empty");
}

#[test]
fn the_cursor_is_again_where_it_was() {
    let (mut form, cx) = (opened(section(SectionKind::Advice)), cx());
    press(&mut form, &cx, KeyCode::Tab);
    press(&mut form, &cx, KeyCode::Tab);
    write(&mut form, &cx, "She says I must now");
    let Some((slot, body)) = kept(&form.tick(&cx)) else { panic!("nothing was kept") };
    let (mut again, _) = reopened(&slot, &body);
    write(&mut again, &cx, " ring the police");
    let Some((_, body)) = kept(&again.tick(&cx)) else { panic!("nothing was kept") };
    assert!(body.contains("She says I must now ring the police"), "{body}");
}

#[test]
fn autosave_asks_once_for_each_change() {
    let (mut form, cx) = (opened(section(SectionKind::Outcome)), cx());
    assert!(form.tick(&cx).is_empty());
    write(&mut form, &cx, "J");
    assert!(form.unsaved().is_some());
    assert!(kept(&form.tick(&cx)).is_some());
    assert!(form.tick(&cx).is_empty());
    assert!(form.unsaved().is_some(), "the desk has not said yet that it is kept");
    form.reply(&cx, Reply::DraftKept);
    assert!(form.tick(&cx).is_empty() && form.unsaved().is_none());
}

#[test]
fn escape_keeps_what_was_typed_and_nothing_else() {
    let (mut form, cx) = (opened(section(SectionKind::Outcome)), cx());
    assert!(matches!(press(&mut form, &cx, KeyCode::Esc).as_slice(), [Effect::Close]));
    write(&mut form, &cx, "J");
    let effects = press(&mut form, &cx, KeyCode::Esc);
    assert!(kept(&effects).is_some() && effects.len() == 1, "it closes when the desk has kept it");
    assert!(!form.is_ready(), "the keys after it wait for what becomes of the form");
    let effects = form.reply(&cx, Reply::DraftKept);
    assert!(matches!(effects.as_slice(), [Effect::Close, Effect::Say(said)] if said.contains("draft")));
}

#[test]
fn escape_leaves_no_draft_of_what_was_taken_back() {
    let (mut form, cx) = (opened(section(SectionKind::Outcome)), cx());
    write(&mut form, &cx, "J");
    form.tick(&cx);
    form.reply(&cx, Reply::DraftKept);
    press(&mut form, &cx, KeyCode::Backspace);
    let effects = press(&mut form, &cx, KeyCode::Esc);
    assert!(matches!(effects.as_slice(), [Effect::Ask(Request::DiscardDraft(_))]));
    assert!(matches!(form.reply(&cx, Reply::DraftKept).as_slice(), [Effect::Close]));
}

#[test]
fn escape_waits_for_what_the_clock_has_asked_already() {
    let (mut form, cx) = (opened(section(SectionKind::Outcome)), cx());
    write(&mut form, &cx, "J");
    assert!(kept(&form.tick(&cx)).is_some());
    assert!(press(&mut form, &cx, KeyCode::Esc).is_empty());
    assert!(matches!(form.reply(&cx, Reply::DraftKept).as_slice(), [Effect::Close, Effect::Say(_)]));
}

#[test]
fn escape_keeps_the_form_open_while_its_text_cannot_be_kept() {
    let (mut form, cx) = (opened(section(SectionKind::Outcome)), cx());
    write(&mut form, &cx, "J. Bloggs");
    press(&mut form, &cx, KeyCode::Esc);
    let effects = form.reply(&cx, Reply::Failed("The disk is full. Make room and save again.".to_owned()));
    assert!(effects.is_empty() && form.is_ready());
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("The disk is full.") && shown.contains("J. Bloggs"), "{shown}");
    assert!(kept(&press(&mut form, &cx, KeyCode::Esc)).is_some(), "and it is tried again");
}

#[test]
fn escape_closes_the_list_before_the_form() {
    let (mut form, cx) = (opened(section(SectionKind::Advice)), cx());
    write(&mut form, &cx, "fir");
    form.reply(&cx, found("fir"));
    assert!(press(&mut form, &cx, KeyCode::Esc).is_empty());
    assert!(matches!(press(&mut form, &cx, KeyCode::Esc).as_slice(), [Effect::Close]));
}

#[test]
fn discarding_is_asked() {
    let (mut form, cx) = (opened(section(SectionKind::Outcome)), cx());
    assert!(matches!(control(&mut form, &cx, 'x').as_slice(), [Effect::Close]));
    write(&mut form, &cx, "J");
    assert!(asks_a_question(&control(&mut form, &cx, 'x')));
}

#[test]
fn the_draft_is_kept_before_it_is_recorded() {
    let (mut form, cx) = (opened(section(SectionKind::FurtherInformation)), cx());
    write(&mut form, &cx, "In the pupil file.");
    let effects = control(&mut form, &cx, 's');
    assert!(matches!(
        effects.as_slice(),
        [Effect::Ask(Request::KeepDraft { .. }), Effect::Ask(Request::Act { .. })]
    ));
    assert!(form.tick(&cx).is_empty() && form.unsaved().is_none(), "nothing may follow the act");
}

#[test]
fn nothing_is_typed_over_a_draft_that_cannot_be_read() {
    let cx = cx();
    for body in ["", "[]"] {
        let (mut form, _) = reopened("part2/7/outcome", body);
        write(&mut form, &cx, "J");
        assert!(form.tick(&cx).is_empty() && form.unsaved().is_none(), "the draft would be gone");
        assert!(screen(&mut form, 80, 22).contains("What you wrote here before cannot be read."));
        assert!(matches!(press(&mut form, &cx, KeyCode::Esc).as_slice(), [Effect::Close]));
    }
}

#[test]
fn a_draft_that_could_not_be_read_is_read_when_it_can_be() {
    let (mut form, cx) = (Form::new(section(SectionKind::Outcome)), cx());
    form.refresh(&cx);
    form.reply(&cx, Reply::Failed("The cabinet is busy. Try again.".to_owned()));
    form.reply(&cx, Reply::Whom(vec!["Zoë Marsh".into()]));
    write(&mut form, &cx, "J");
    assert!(form.tick(&cx).is_empty());
    assert!(matches!(control(&mut form, &cx, 's').as_slice(), [Effect::Ask(Request::Draft(_))]));
    let draft = Draft { slot: form.kind.slot(), body: r#"{"from":"CAIU"}"#.into(), saved_at: cx.now };
    form.reply(&cx, Reply::Draft(Some(draft)));
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("CAIU") && !shown.contains("cannot be read"), "{shown}");
}

#[test]
fn a_draft_with_values_of_another_kind_does_no_harm() {
    let (mut form, _) = reopened("part2/7/outcome", "{\"from\":7,\"at\":\"x\",\"text\":null}");
    assert!(form.tick(&cx()).is_empty(), "the draft is not overwritten before anything is typed");
}
