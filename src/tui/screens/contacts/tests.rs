//! The book as a person sees it.

use crossterm::event::KeyCode;

use super::*;
use crate::desk::answer::Page;
use crate::desk::shipped;
use crate::domain::text::Text;
use crate::tui::screens::contact::tests::contact;
use crate::tui::screens::testing::{HARD_NAME, asked, cx, drawn, press, sizes, type_in};

fn screen() -> Contacts {
    let mut contacts = Contacts::default();
    contacts.refresh(&cx());
    let mut rows: Vec<Contact> = (1..=60).map(|id| contact(id, &format!("Service {id:02}"))).collect();
    rows.push(contact(61, HARD_NAME));
    rows.push(Contact { retired: Text::from("closed"), ..contact(62, "Old line") });
    contacts.reply(&cx(), Reply::Contacts(Page { total: 62, rows, offset: 0 }));
    contacts
}

#[test]
fn nine_nine_nine_is_never_scrolled_away() {
    let mut contacts = screen();
    for (width, height) in [(80, 22), (60, 18), (200, 58), (40, 8)] {
        drawn(&mut contacts, width, height);
        press(&mut contacts, KeyCode::End);
        let shown = drawn(&mut contacts, width, height);
        assert!(shown.lines().next().unwrap().contains(" 999  Police"), "{shown}");
    }
    assert!(drawn(&mut Contacts::default(), 80, 22).contains("999"), "before the book has come");
    press(&mut contacts, KeyCode::Char('/'));
    type_in(&mut contacts, "zzz");
    contacts.reply(&cx(), Reply::Contacts(Page::default()));
    assert!(drawn(&mut contacts, 80, 22).contains("999"), "where nothing is found");
}

#[test]
fn a_row_has_its_number_and_what_is_doubtful() {
    let mut contacts = screen();
    let shown = drawn(&mut contacts, 80, 22);
    assert!(shown.contains("> Service 01"), "{shown}");
    assert!(shown.contains("0116 305 0005"), "{shown}");
    assert!(shown.contains("! stale"), "{shown}");
    assert!(shown.contains("hours: not stated"), "{shown}");
    press(&mut contacts, KeyCode::End);
    assert!(drawn(&mut contacts, 80, 22).contains("retired"));
}

#[test]
fn whom_one_knows_in_a_service_is_in_its_row() {
    let mut contacts = Contacts::default();
    contacts.refresh(&cx());
    let known = |id, name: &str, organisation: &str| {
        let mut known = contact(id, "GP practice");
        known.details.name = name.into();
        known.details.organisation = organisation.into();
        known
    };
    let rows = vec![known(1, "Femi Oduya", "Elm Surgery"), known(2, "Ruth Bell", "Mill Lane")];
    contacts.reply(&cx(), Reply::Contacts(Page { total: 2, rows, offset: 0 }));
    let shown = drawn(&mut contacts, 80, 22);
    let of = |name: &str| shown.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{shown}"));
    assert!(of("GP practice, Femi Oduya").contains("Elm Surgery"), "{shown}");
    assert!(of("GP practice, Ruth Bell").contains("Mill Lane"), "{shown}");
}

/// The book as it is shipped, in its order.
fn book() -> Contacts {
    let mut contacts = Contacts::default();
    contacts.refresh(&cx());
    let shipped = (1..).map(ContactId).zip(shipped::contacts());
    let rows: Vec<Contact> = shipped
        .map(|(id, shipped)| Contact { id, details: shipped.clone(), retired: Text::default() })
        .collect();
    contacts.reply(&cx(), Reply::Contacts(Page { total: rows.len() as u64, rows, offset: 0 }));
    contacts
}

#[test]
fn services_of_one_name_are_told_apart_by_their_area() {
    let shown = drawn(&mut book(), 80, 58);
    for (title, area, number) in [
        ("Adult Social Care", "City", "0116 454 1004"),
        ("Adult Social Care", "County", "0116 305 0004"),
        ("Adult Social Care", "Rutland", "01572 758 341"),
        ("Allegations against", "City", "0116 454 2440"),
        ("Allegations against", "Rutland", "01572 720 454"),
        ("Non-emergency line", "LLR", "101"),
        ("Helpline", "national", "0808 800 5000"),
    ] {
        let found = |line: &str| [title, area, number].iter().all(|words| line.contains(words));
        assert!(shown.lines().any(found), "{title}, {area}\n{shown}");
    }
}

#[test]
fn an_area_is_in_one_word_where_one_will_do() {
    let of = |areas: &[&str]| {
        let areas = areas.iter().copied().map(Text::from).collect();
        area(&ContactDetails { areas, ..ContactDetails::default() })
    };
    assert_eq!(of(&["rutland", "leicester", "leicestershire"]), "LLR");
    assert_eq!(of(&["leicester", "national"]), "national");
    assert_eq!(of(&["Leicestershire", "rutland"]), "County, Rutland");
    assert_eq!(of(&["derby", "rutland"]), "Rutland, derby", "of other data, as it was written");
    assert_eq!(of(&[]), "");
}

#[test]
fn the_caution_under_the_list_has_two_rows() {
    let mut contacts = book();
    let shown = drawn(&mut contacts, 80, 22);
    let rows: Vec<&str> = shown.lines().collect();
    let [.., number, first, second] = rows[..] else { panic!("{shown}") };
    assert!(number.contains("101  hours not stated"), "{shown}");
    assert!(first.contains("! Never for danger"), "{shown}");
    assert!(second.contains("number.") && !second.contains('…'), "{shown}");
}

#[test]
fn a_wide_screen_shows_the_selected_contact_whole() {
    assert!(drawn(&mut screen(), 120, 38).contains("Out of hours"));
}

#[test]
fn keys_reach_the_selected_contact() {
    let mut contacts = screen();
    press(&mut contacts, KeyCode::Down);
    let [Effect::Open(layer)] = &press(&mut contacts, KeyCode::Enter)[..] else { panic!("not opened") };
    assert!(matches!(**layer, Layer::Contact(ref contact) if contact.contact == ContactId(2)));
    assert!(matches!(press(&mut contacts, KeyCode::Char('c'))[..], [Effect::Copy(_), Effect::Say(_)]));
    for key in ['+', 'e', 'x'] {
        assert!(matches!(press(&mut contacts, KeyCode::Char(key))[..], [Effect::Open(_)]), "{key}");
    }
}

#[test]
fn narrowing_asks_with_every_letter() {
    let mut contacts = screen();
    press(&mut contacts, KeyCode::Char('/'));
    assert_eq!(asked(type_in(&mut contacts, "xce")).len(), 3);
}

#[test]
fn it_can_be_drawn_at_any_size() {
    for (width, height) in sizes() {
        let mut contacts = screen();
        drawn(&mut contacts, width, height);
        press(&mut contacts, KeyCode::End);
        drawn(&mut contacts, width, height);
    }
}
