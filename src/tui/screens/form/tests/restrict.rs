//! Who may open a concern: those who were asked about, and nobody else.

use crossterm::event::KeyCode;

use super::super::restrict::Member;
use super::super::testing::{control, cx, press, screen, write};
use super::super::{Form, FormKind};
use super::{act, opened};
use crate::cabinet::table::draft::Draft;
use crate::desk::answer::PersonChoice;
use crate::desk::{Act, Reply, Request};
use crate::domain::ids::{ConcernId, PersonId};
use crate::tui::layer::{Effect, Surface as _};

pub(super) fn member(name: &str) -> Member {
    let person = PersonId::from_name(name);
    Member::of(PersonChoice { person, name: name.into(), role: "Colleague".into() }, None)
}

fn of(names: &[&str]) -> FormKind {
    FormKind::Restrict { concern: ConcernId(7), members: names.iter().map(|name| member(name)).collect() }
}

#[test]
fn those_to_whom_she_says_yes_are_named() {
    let (mut form, cx) = (opened(of(&["Amina Khan", "Grace Osei", "Kit Moss"])), cx());
    assert!(screen(&mut form, 80, 22).contains("Grace Osei, Colleague"));
    press(&mut form, &cx, KeyCode::Tab);
    press(&mut form, &cx, KeyCode::Char('n'));
    assert!(act(&control(&mut form, &cx, 's')).is_none(), "without a reason");
    write(&mut form, &cx, "Her neighbour");
    let effects = control(&mut form, &cx, 's');
    let Some(Act::Restrict { concern, people, reason }) = act(&effects) else { panic!("nothing is asked") };
    assert_eq!((*concern, reason.as_str()), (ConcernId(7), "Her neighbour"));
    assert_eq!(people, &["amina-khan", "kit-moss"].map(|id| PersonId(id.to_owned())));
}

#[test]
fn somebody_has_to_be_named() {
    let (mut form, cx) = (opened(of(&["Amina Khan"])), cx());
    press(&mut form, &cx, KeyCode::Char('n'));
    assert!(act(&control(&mut form, &cx, 's')).is_none());
    assert!(screen(&mut form, 80, 22).contains("name at least one person"));
}

#[test]
fn a_draft_names_nobody_who_was_admitted_since() {
    let (mut form, cx) = (opened(of(&["Amina Khan", "Kit Moss"])), cx());
    for key in [KeyCode::Tab, KeyCode::Char('n'), KeyCode::Tab] {
        press(&mut form, &cx, key);
    }
    write(&mut form, &cx, "Why");
    let kept = form.tick(&cx).into_iter().find_map(|effect| match effect {
        Effect::Ask(Request::KeepDraft { slot, body }) => Some((slot, body)),
        _ => None,
    });
    let (slot, body) = kept.unwrap();
    let mut again = Form::new(of(&["Amina Khan", "Beth Ng", "Kit Moss"]));
    again.refresh(&cx);
    again.reply(&cx, Reply::Draft(Some(Draft { slot, body: body.into(), saved_at: cx.now })));
    let shown = screen(&mut again, 80, 22);
    assert!(shown.contains("Kit Moss") && !shown.contains("Beth Ng"), "{shown}");
    let effects = control(&mut again, &cx, 's');
    let Some(Act::Restrict { people, .. }) = act(&effects) else { panic!("nothing is asked") };
    assert_eq!(people, &[PersonId("amina-khan".to_owned())]);
}
