//! A form closes when the desk has said so, records once, and takes no words that nobody would keep.

use crossterm::event::KeyCode;

use super::super::Form;
use super::super::testing::{control, cx, press, screen, write};
use super::{act, asks_a_question, opened, section};
use crate::desk::{Reply, Request};
use crate::domain::part2::SectionKind;
use crate::tui::layer::{Effect, Surface as _};

fn no_room() -> Reply {
    Reply::Failed("The disk is full. Make room and save again.".to_owned())
}

/// A form in which something is written that can be recorded.
fn written() -> Form {
    let mut form = opened(section(SectionKind::FurtherInformation));
    write(&mut form, &cx(), "In the pupil file.");
    form
}

fn stands_in(form: &mut Form, words: &str) -> bool {
    screen(form, 80, 22).contains(words)
}

#[test]
fn nothing_is_typed_while_a_signature_is_being_recorded() {
    let (mut form, cx) = (opened(section(SectionKind::Signed)), cx());
    assert!(asks_a_question(&control(&mut form, &cx, 's')));
    assert!(act(&form.confirmed(&cx)).is_some());
    assert!(form.confirmed(&cx).is_empty() && control(&mut form, &cx, 's').is_empty(), "once is enough");
}

#[test]
fn a_search_that_fails_lets_nobody_record_twice() {
    let (mut form, cx) = (opened(section(SectionKind::Advice)), cx());
    write(&mut form, &cx, "fir");
    for words in ["", "Jo Bloggs", "Refer today.", "", "LADO", "County Council"] {
        write(&mut form, &cx, words);
        press(&mut form, &cx, KeyCode::Tab);
    }
    assert!(act(&control(&mut form, &cx, 's')).is_some());
    form.reply(&cx, no_room());
    assert!(stands_in(&mut form, "The disk is full."));
    assert!(control(&mut form, &cx, 's').is_empty(), "it is being recorded");
}

#[test]
fn a_draft_is_gone_when_the_desk_has_let_go_of_it() {
    let (mut form, cx) = (written(), cx());
    assert!(asks_a_question(&control(&mut form, &cx, 'x')));
    let effects = form.confirmed(&cx);
    assert!(matches!(effects.as_slice(), [Effect::Ask(Request::DiscardDraft(_))]));
    form.reply(&cx, no_room());
    assert!(stands_in(&mut form, "In the pupil file.") && stands_in(&mut form, "The disk is full."));
    control(&mut form, &cx, 'x');
    form.confirmed(&cx);
    let effects = form.reply(&cx, Reply::DraftKept);
    assert!(
        matches!(effects.as_slice(), [Effect::Close, Effect::Say(said)] if said.starts_with("Discarded"))
    );
}
