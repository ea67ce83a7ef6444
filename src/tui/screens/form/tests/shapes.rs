//! Keys and sizes: no letter is a command while it is typed, and no window breaks a form.

use crossterm::event::KeyCode;

use super::super::input::Input;
use super::super::testing::{control, cx, press, screen, write};
use super::super::{Asked, Form, FormKind, Given, Notice};
use super::{every_kind, found, opened, section};
use crate::domain::child::ChildDetails;
use crate::domain::decision::DecisionKind;
use crate::domain::ids::{ChildId, ConcernId};
use crate::domain::part2::SectionKind;
use crate::tui::layer::{Effect, Surface as _, Typed};
use crate::tui::screens::testing::drawn;

const SIZES: [(u16, u16); 12] = [
    (0, 0),
    (1, 1),
    (2, 5),
    (7, 3),
    (20, 2),
    (60, 1),
    (60, 16),
    (80, 22),
    (120, 38),
    (139, 9),
    (141, 9),
    (200, 58),
];

fn walk(form: &mut Form, mut visit: impl FnMut(&mut Form)) {
    for _ in 0..form.sheet.asked().count() {
        visit(form);
        press(form, &cx(), KeyCode::Tab);
    }
}

#[test]
fn no_letter_is_a_command_in_any_field() {
    let letters: String = (' '..='~').chain("éß£€日".chars()).collect();
    for kind in every_kind() {
        walk(&mut opened(kind), |form| {
            let Some(field) = form.sheet.focused() else { return };
            let is_text = matches!(
                field.input,
                Input::Line(_) | Input::Area(_) | Input::Moment(_) | Input::Birth(_) | Input::Contact(_)
            );
            let key = field.key;
            let effects = write(form, &cx(), &letters);
            let does = |effect: &Effect| !matches!(effect, Effect::Ask(_) | Effect::Say(_));
            assert!(!effects.iter().any(does), "a letter did something in {key}");
            let Some(field) = form.sheet.focused().filter(|_| is_text) else { return };
            assert_eq!(field.key, key, "a letter left the field");
            let picked = matches!(field.input, Input::Contact(_));
            assert!(picked || field.input.text().ends_with(&letters), "{key} lost a letter");
        });
    }
}

#[test]
fn a_paste_of_two_hundred_lines_is_one_act() {
    let (mut form, cx) = (opened(section(SectionKind::Advice)), cx());
    press(&mut form, &cx, KeyCode::Tab);
    press(&mut form, &cx, KeyCode::Tab);
    let lines = "said what she saw\r\n".repeat(200);
    assert!(form.pasted(&cx, &lines).is_empty());
    let text = |form: &Form| form.sheet.focused().map(|field| field.input.text()).unwrap_or_default();
    assert_eq!(text(&form).lines().count(), 200);
    control(&mut form, &cx, 'u');
    assert_eq!(text(&form), "", "one undo takes all of it back");
}

#[test]
fn every_form_is_drawn_at_every_size_with_the_cursor_inside() {
    for kind in every_kind() {
        let mut form = opened(kind);
        let says = "The disk is full. Make room and save again.".to_owned();
        form.notice = Some(Notice { of: Asked::Act, says });
        walk(&mut form, |form| {
            write(form, &cx(), "日本語 e\u{301} أحمد ");
            for (width, height) in SIZES {
                screen(form, width, height);
            }
        });
    }
}

#[test]
fn at_the_smallest_usual_size_the_field_with_the_cursor_is_whole() {
    for kind in every_kind() {
        walk(&mut opened(kind), |form| {
            let Some(label) = form.sheet.focused().map(|field| field.label.to_string()) else { return };
            let start: String = label.chars().take(40).collect();
            let shown = screen(form, 80, 22);
            assert!(shown.contains(&format!("> {start}")) || form.kind.is_signature(), "{label}:\n{shown}");
        });
    }
}

#[test]
fn the_list_of_contacts_is_beneath_the_letters() {
    let (mut form, cx) = (opened(section(SectionKind::Advice)), cx());
    write(&mut form, &cx, "fir");
    form.reply(&cx, found("fir"));
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("> First Response  0116 496 0005") || shown.contains("999"), "{shown}");
}

#[test]
fn categories_are_found_by_a_few_letters() {
    let (mut form, cx) = (opened(FormKind::new_concern(cx().now)), cx());
    walk(&mut form, |_| {});
    press(&mut form, &cx, KeyCode::BackTab);
    write(&mut form, &cx, "negl");
    press(&mut form, &cx, KeyCode::Enter);
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("Chosen: Neglect"), "{shown}");
}

#[test]
fn a_category_says_what_to_look_for_before_it_is_chosen_and_what_it_asks_for_after() {
    let kind = DecisionKind::Categories;
    let (mut form, cx) =
        (opened(FormKind::Decision { concern: ConcernId(7), kind, given: Given::default() }), cx());
    write(&mut form, &cx, "radical");
    let shown = screen(&mut form, 80, 22);
    assert!(shown.contains("Look for: ") && shown.contains("R27 · S2:515"), "{shown}");
    press(&mut form, &cx, KeyCode::Enter);
    press(&mut form, &cx, KeyCode::Tab);
    let shown = screen(&mut form, 80, 22);
    assert!(!shown.contains("Look for: ") && shown.contains("R27 · S2:515"), "{shown}");
}

#[test]
fn help_is_of_the_field_with_the_cursor() {
    let (mut form, cx) = (opened(section(SectionKind::Parents)), cx());
    let help = form.sheet.focused().map(|field| field.help).unwrap_or_default();
    let mut effects = press(&mut form, &cx, KeyCode::F(1));
    let [Effect::Open(layer)] = effects.as_mut_slice() else { panic!("no help") };
    let shown = drawn(layer.surface_mut(), 100, 38);
    let beginning: String = help.chars().take(40).collect();
    assert!(shown.contains(&beginning) && shown.contains("Ctrl-S"), "{shown}");
}

#[test]
fn enter_is_a_newline_where_there_are_lines_and_the_next_field_elsewhere() {
    let (mut form, cx) = (opened(section(SectionKind::Outcome)), cx());
    write(&mut form, &cx, "CAIU");
    press(&mut form, &cx, KeyCode::Enter);
    write(&mut form, &cx, "one");
    press(&mut form, &cx, KeyCode::Enter);
    write(&mut form, &cx, "two");
    assert_eq!(form.sheet.focused().map(|field| field.input.text()).as_deref(), Some("one\ntwo"));
}

#[test]
fn while_the_desk_records_nothing_is_typed_into_the_void() {
    let (mut form, cx) = (opened(section(SectionKind::FurtherInformation)), cx());
    write(&mut form, &cx, "x");
    control(&mut form, &cx, 's');
    let key = crossterm::event::KeyEvent::from(KeyCode::Char('y'));
    assert!(matches!(form.typed(&cx, key), Typed::NotText));
    assert_eq!(form.sheet.focused().map(|field| field.input.text()).as_deref(), Some("x"));
}

#[test]
fn tab_and_enter_are_enough_to_save() {
    let (mut form, cx) = (opened(section(SectionKind::FurtherInformation)), cx());
    write(&mut form, &cx, "x");
    press(&mut form, &cx, KeyCode::Tab);
    assert!(screen(&mut form, 80, 22).contains("[ Enter records this ]"));
    assert!(super::act(&press(&mut form, &cx, KeyCode::Enter)).is_some());
}

#[test]
fn where_a_pupil_of_an_alternative_provision_is_on_roll_is_explained_at_the_school() {
    let (child, details) = (ChildId(3), Box::new(ChildDetails::default()));
    for kind in [FormKind::new_concern(cx().now), FormKind::Child { child, details }] {
        let form = opened(kind);
        let school = form.sheet.asked().find(|(field, _)| field.label.starts_with("School"));
        let help = school.map(|(field, _)| field.help).unwrap_or_default();
        assert!(help.contains("alternative provision") && help.contains("(on roll at "), "{help}");
    }
}
