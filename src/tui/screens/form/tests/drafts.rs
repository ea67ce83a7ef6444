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
fn autosave_asks_once_for_each_change() {
    let (mut form, cx) = (opened(section(SectionKind::Outcome)), cx());
    assert!(form.tick(&cx).is_empty());
    write(&mut form, &cx, "J");
    assert!(form.unsaved().is_some());
    assert!(kept(&form.tick(&cx)).is_some());
    assert!(form.tick(&cx).is_empty() && form.unsaved().is_none());
}

#[test]
fn escape_keeps_what_was_typed_and_nothing_else() {
    let (mut form, cx) = (opened(section(SectionKind::Outcome)), cx());
    assert!(matches!(press(&mut form, &cx, KeyCode::Esc).as_slice(), [Effect::Close]));
    write(&mut form, &cx, "J");
    let effects = press(&mut form, &cx, KeyCode::Esc);
    assert!(kept(&effects).is_some());
    assert!(matches!(effects.as_slice(), [_, Effect::Close, Effect::Say(said)] if said.contains("draft")));
    press(&mut form, &cx, KeyCode::Backspace);
    let effects = press(&mut form, &cx, KeyCode::Esc);
    assert!(matches!(effects.as_slice(), [Effect::Ask(Request::DiscardDraft(_)), Effect::Close]));
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
fn a_draft_that_cannot_be_read_does_no_harm() {
    for body in ["", "[]", "{\"from\":7,\"at\":\"x\",\"text\":null}"] {
        let mut form = Form::new(section(SectionKind::Outcome));
        form.refresh(&cx());
        let draft = Draft { slot: form.kind.slot(), body: body.into(), saved_at: cx().now };
        form.reply(&cx(), Reply::Draft(Some(draft)));
        assert!(form.tick(&cx()).is_empty(), "the draft is not overwritten before anything is typed");
    }
}

#[test]
fn what_is_typed_before_the_draft_comes_stays_behind_it() {
    let (mut form, cx) = (Form::new(section(SectionKind::Outcome)), cx());
    form.refresh(&cx);
    write(&mut form, &cx, " and the LADO");
    let draft = Draft { slot: form.kind.slot(), body: r#"{"from":"CAIU"}"#.into(), saved_at: cx.now };
    form.reply(&cx, Reply::Draft(Some(draft)));
    assert_eq!(form.sheet.focused().map(|field| field.input.text()).as_deref(), Some("CAIU and the LADO"));
}
