//! A list by windows: late, short and missing answers.

use crossterm::event::KeyCode;

use super::*;

impl Row for u64 {
    type Id = u64;

    fn id(&self) -> u64 {
        *self
    }
}

/// The desk's answer where the list is the numbers up to `total`.
fn answer(window: Window, total: u64) -> Page<u64> {
    let end = window.offset.saturating_add(window.limit).min(total);
    Page { rows: (window.offset..end).collect(), offset: window.offset, total }
}

fn settled(mut browse: Browse<u64>, total: u64) -> (Browse<u64>, usize) {
    browse.height = 20;
    let mut asked = 0;
    let mut next = Some(browse.refresh());
    while let Some(window) = next {
        asked += 1;
        next = browse.arrived(answer(window, total));
    }
    (browse, asked)
}

#[test]
fn it_opens_at_the_last_row_with_two_questions() {
    let (browse, asked) = settled(Browse::new(Rest::Last), 10_000);
    assert_eq!((browse.selected(), asked), (Some(&9_999), 2));
    assert!(browse.page.rows.len() < 200);
}

#[test]
fn it_opens_at_a_row_wherever_that_is() {
    let (mut browse, _) = settled(Browse::at(Rest::Last, 4_321), 10_000);
    assert_eq!(browse.selected(), Some(&4_321));
    let again = browse.refresh();
    browse.arrived(answer(again, 10_000));
    assert_eq!(browse.selected(), Some(&4_321));
    let (browse, _) = settled(Browse::at(Rest::Last, 99_999), 2_500);
    assert_eq!(browse.selected(), Some(&2_499), "a row that is gone");
}

#[test]
fn moving_asks_only_for_what_has_not_come() {
    let (mut browse, _) = settled(Browse::new(Rest::First), 10_000);
    assert!(matches!(browse.act(Action::Down), Taken::Yes(None)));
    let Taken::Yes(Some(window)) = browse.act(Action::Bottom) else { panic!("the end has not come") };
    assert_eq!(browse.selected(), None, "not yet");
    assert!(matches!(browse.act(Action::Up), Taken::Yes(None)), "it is coming");
    assert_eq!(browse.arrived(answer(window, 10_000)), None);
    assert_eq!(browse.selected(), Some(&9_998));
}

#[test]
fn the_selected_row_stays_selected_when_rows_come_before_it() {
    let (mut browse, _) = settled(Browse::new(Rest::First), 50);
    browse.act(Action::Down);
    browse.refresh();
    browse.arrived(Page { rows: vec![100, 101, 0, 1, 2], offset: 0, total: 5 });
    assert_eq!(browse.selected(), Some(&1));
}

#[test]
fn a_late_answer_to_other_letters_is_dropped() {
    let (mut browse, _) = settled(Browse::new(Rest::First), 50);
    browse.act(Action::Narrow);
    browse.typed(KeyCode::Char('a').into());
    browse.typed(KeyCode::Char('b').into());
    assert_eq!(browse.arrived(Page { rows: vec![7], offset: 0, total: 1 }), None);
    assert_eq!(
        (browse.total(), browse.selected()),
        (50, None),
        "a row of the list before is nobody's choice"
    );
    browse.arrived(Page { rows: vec![8], offset: 0, total: 1 });
    assert_eq!(browse.selected(), Some(&8));
}

#[test]
fn what_was_found_stays_selected_when_all_is_shown_again() {
    let (mut browse, _) = settled(Browse::new(Rest::Last), 5_000);
    browse.act(Action::Narrow);
    browse.typed(KeyCode::Char('q').into());
    browse.arrived(Page { rows: vec![1_234], offset: 0, total: 1 });
    let Taken::Yes(mut next) = browse.typed(KeyCode::Esc.into()) else { panic!("Esc shows all") };
    while let Some(window) = next {
        next = browse.arrived(answer(window, 5_000));
    }
    assert_eq!((browse.selected(), browse.total()), (Some(&1_234), 5_000));
}

#[test]
fn going_back_first_shows_all_again() {
    let (mut browse, _) = settled(Browse::new(Rest::First), 50);
    browse.act(Action::Narrow);
    browse.typed(KeyCode::Char('q').into());
    browse.typed(KeyCode::Enter.into());
    assert!(matches!(browse.act(Action::Back), Taken::Yes(Some(_))));
    assert!(matches!(browse.act(Action::Back), Taken::No));
}
