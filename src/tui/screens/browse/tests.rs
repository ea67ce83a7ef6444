//! A list by windows: late, short and missing answers.

use crossterm::event::KeyCode;

use super::*;
use crate::domain::ids::ConcernId;
use crate::tui::screens::testing::asked;

/// The numbers from 0 on.
struct Numbers;

impl Listing for Numbers {
    type Row = u64;
    type Id = u64;

    fn id(number: &u64) -> u64 {
        *number
    }

    fn request(&self, narrow: String, window: Window) -> Request {
        Request::Children { narrow, window }
    }
}

/// The window that was asked for, if one was.
fn window(effects: Effects) -> Option<Window> {
    match asked(effects).as_slice() {
        [] => None,
        [Request::Children { window, .. }] => Some(*window),
        _ => panic!("one window at most"),
    }
}

fn typed(browse: &mut Browse<Numbers>, code: KeyCode) -> Option<Window> {
    match browse.typed(code.into()) {
        Typed::Taken(effects) => window(effects),
        Typed::NotText => panic!("the narrowing is open"),
    }
}

/// The desk's answer where the list is the numbers up to `total`.
fn answer(window: Window, total: u64) -> Page<u64> {
    let end = window.offset.saturating_add(window.limit).min(total);
    Page { rows: (window.offset..end).collect(), offset: window.offset, total }
}

fn settled(mut browse: Browse<Numbers>, total: u64) -> (Browse<Numbers>, usize) {
    browse.height = 20;
    let mut asked = 0;
    let mut next = window(browse.refresh());
    while let Some(asked_for) = next {
        asked += 1;
        next = window(browse.arrived(answer(asked_for, total)));
    }
    (browse, asked)
}

#[test]
fn it_opens_at_the_last_row_with_two_questions() {
    let (browse, asked) = settled(Browse::new(Numbers, Rest::Last), 10_000);
    assert_eq!((browse.selected(), asked), (Some(&9_999), 2));
    assert!(browse.page.rows.len() < 200);
}

#[test]
fn it_opens_at_a_row_wherever_that_is() {
    let (mut browse, _) = settled(Browse::at(Numbers, Rest::Last, 4_321), 10_000);
    assert_eq!(browse.selected(), Some(&4_321));
    let again = window(browse.refresh()).unwrap();
    browse.arrived(answer(again, 10_000));
    assert_eq!(browse.selected(), Some(&4_321));
    let (browse, _) = settled(Browse::at(Numbers, Rest::Last, 99_999), 2_500);
    assert_eq!(browse.selected(), Some(&2_499), "a row that is gone");
}

#[test]
fn moving_asks_only_for_what_has_not_come() {
    let (mut browse, _) = settled(Browse::new(Numbers, Rest::First), 10_000);
    assert!(browse.act(Action::Down).unwrap().is_empty());
    let end = window(browse.act(Action::Bottom).unwrap()).expect("the end has not come");
    assert_eq!(browse.selected(), None, "not yet");
    assert!(browse.act(Action::Up).unwrap().is_empty(), "it is coming");
    assert!(browse.arrived(answer(end, 10_000)).is_empty());
    assert_eq!(browse.selected(), Some(&9_998));
}

#[test]
fn the_selected_row_stays_selected_when_rows_come_before_it() {
    let (mut browse, _) = settled(Browse::new(Numbers, Rest::First), 50);
    browse.act(Action::Down);
    browse.refresh();
    browse.arrived(Page { rows: vec![100, 101, 0, 1, 2], offset: 0, total: 5 });
    assert_eq!(browse.selected(), Some(&1));
}

#[test]
fn a_late_answer_to_other_letters_is_dropped() {
    let (mut browse, _) = settled(Browse::new(Numbers, Rest::First), 50);
    browse.act(Action::Narrow);
    typed(&mut browse, KeyCode::Char('a'));
    typed(&mut browse, KeyCode::Char('b'));
    assert!(browse.arrived(Page { rows: vec![7], offset: 0, total: 1 }).is_empty());
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
    let (mut browse, _) = settled(Browse::new(Numbers, Rest::Last), 5_000);
    browse.act(Action::Narrow);
    typed(&mut browse, KeyCode::Char('q'));
    browse.arrived(Page { rows: vec![1_234], offset: 0, total: 1 });
    let mut next = typed(&mut browse, KeyCode::Esc);
    while let Some(asked_for) = next {
        next = window(browse.arrived(answer(asked_for, 5_000)));
    }
    assert_eq!((browse.selected(), browse.total()), (Some(&1_234), 5_000));
}

#[test]
fn going_back_first_shows_all_again() {
    let (mut browse, _) = settled(Browse::new(Numbers, Rest::First), 50);
    browse.act(Action::Narrow);
    typed(&mut browse, KeyCode::Char('q'));
    typed(&mut browse, KeyCode::Enter);
    assert!(window(browse.act(Action::Back).unwrap()).is_some());
    assert!(browse.act(Action::Back).is_none());
}

#[test]
fn what_was_asked_beside_the_list_has_its_place_among_the_answers() {
    let (mut browse, _) = settled(Browse::new(Numbers, Rest::First), 50);
    browse.act(Action::Narrow);
    browse.ask_beside(Request::Concern(ConcernId(7)));
    typed(&mut browse, KeyCode::Char('a'));
    typed(&mut browse, KeyCode::Char('b'));
    browse.failed("The concern cannot be read.".to_owned());
    browse.arrived(Page { rows: vec![7], offset: 0, total: 1 });
    assert_eq!(browse.selected(), None, "that was the answer to the first letter");
    browse.arrived(Page { rows: vec![8], offset: 0, total: 1 });
    assert_eq!(browse.selected(), Some(&8));
}

#[test]
fn a_list_that_could_not_be_read_is_not_taken_for_an_empty_one_and_is_asked_for_again() {
    let mut browse = Browse::new(Numbers, Rest::First);
    browse.refresh();
    assert!(matches!(browse.failed("Busy.".to_owned())[..], [Effect::Say(_)]));
    assert_eq!(browse.lack(), Some(Lack::Waiting));
    let again = window(browse.ask_for_missing()).unwrap();
    browse.arrived(answer(again, 0));
    assert_eq!(browse.lack(), Some(Lack::Empty));
}

#[test]
fn another_list_shows_no_row_of_the_one_before() {
    let (mut browse, _) = settled(Browse::new(Numbers, Rest::First), 50);
    let asked_for = window(browse.turn_to(Numbers)).unwrap();
    assert_eq!((browse.lack(), browse.marked()), (Some(Lack::Waiting), None));
    browse.arrived(answer(asked_for, 9));
    assert_eq!((browse.selected(), browse.total()), (Some(&0), 9));
}
