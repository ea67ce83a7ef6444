//! A child's sheet: its head, its rows, and what is narrowed.

use std::collections::VecDeque;

use crossterm::event::KeyCode;

use super::*;
use crate::desk::answer::{Counted, Flagged, Page, Stands};
use crate::domain::chronology::RowKind;
use crate::domain::ids::ConcernId;
use crate::domain::moment::Moment;
use crate::domain::pattern::{Pattern, PatternKind};
use crate::domain::text::Text;
use crate::tui::screens::testing::{HARD_NAME, asked, child, cx, drawn, now, press, sizes, type_in};

fn row(seq: i64) -> ChronologyRow {
    let happened = now() - chrono::Duration::days(20_000 - seq);
    ChronologyRow {
        seq: Seq(seq),
        happened_at: Moment::At(happened),
        recorded_at: happened,
        kind: if seq % 2 == 0 { RowKind::Concern } else { RowKind::Event },
        concern: (seq % 2 == 0).then_some(ConcernId(seq)),
        by: Text::from("Amina Khan, Designated Safeguarding Lead"),
        text: Text::from(format!("Row {seq}. Said that home was quieter now. {HARD_NAME}")),
    }
}

/// A desk on which the child has so many rows. It answers in the order in which it is asked.
fn answer(screen: &mut ChildScreen, effects: Effects, total: u64) {
    let mut requests = VecDeque::from(asked(effects));
    while let Some(request) = requests.pop_front() {
        let effects = match request {
            Request::Sheet(id) => screen.reply(&cx(), Reply::Sheet(Box::new(sheet(id)))),
            Request::Chronology { window, .. } => {
                let end = window.offset.saturating_add(window.limit).min(total);
                let rows = (window.offset..end).map(|place| row(i64::try_from(place).unwrap())).collect();
                screen.reply(&cx(), Reply::Chronology(Page { rows, offset: window.offset, total }))
            }
            Request::Saw(Subject::Child(_)) => screen.reply(&cx(), Reply::Noted),
            Request::Noticed(_) => screen.reply(&cx(), Reply::Noticed(Vec::new())),
            _ => panic!("not asked by this screen"),
        };
        requests.extend(asked(effects));
    }
}

fn sheet(id: ChildId) -> ChildSheet {
    ChildSheet {
        child: child(id.0, "Zoë Smith"),
        also: Vec::new(),
        newest: Seq(9),
        months: vec![("2026-09".to_owned(), 2), ("2026-11".to_owned(), 5)],
        concerns: vec![ConcernId(9), ConcernId(4)],
        named_together: vec![child(2, "Łukasz Wójcik")],
        flags: Vec::new(),
        level: None,
    }
}

fn screen(at: Option<Seq>, total: u64) -> ChildScreen {
    let mut screen = ChildScreen::new(ChildId(1), at);
    let effects = screen.refresh(&cx());
    drawn(&mut screen, 80, 22);
    answer(&mut screen, effects, total);
    screen
}

#[test]
fn a_leaver_is_marked_in_words_and_their_roll_is_not_late() {
    let mut sheet = sheet(ChildId(1));
    sheet.child.left = "2026-07-17".parse().ok();
    sheet.child.details.other_names = vec![Text::from("Zoë Finch")];
    let happened_at = Moment::Date("2026-07-17".parse().unwrap());
    let left = ChronologyRow { kind: RowKind::Roll, happened_at, recorded_at: now(), ..row(3) };
    let mut screen = ChildScreen::new(ChildId(1), None);
    screen.refresh(&cx());
    screen.reply(&cx(), Reply::Sheet(Box::new(sheet)));
    screen.reply(&cx(), Reply::Chronology(Page { rows: vec![left], offset: 0, total: 1 }));
    let shown = drawn(&mut screen, 80, 22);
    assert!(shown.contains("left 17 Jul 2026") && shown.contains("Also known as Zoë Finch"), "{shown}");
    assert!(shown.contains("Row 3.") && !shown.contains("[late]"), "{shown}");
}

fn flagged(flag: &str, from: &str, to: Option<&str>) -> Flagged {
    let (from, to) = (from.parse().unwrap(), to.map(|to| to.parse().unwrap()));
    Flagged { seq: Seq(1), flag: Text::from(flag), from, to }
}

fn with_status(flags: Vec<Flagged>, level: Option<u8>) -> ChildScreen {
    let mut child = screen(None, 10);
    child.reply(&cx(), Reply::Sheet(Box::new(ChildSheet { flags, level, ..sheet(ChildId(1)) })));
    child
}

#[test]
fn what_is_true_now_stands_in_the_head_in_words_and_with_a_mark() {
    let ended = flagged("missing", "2026-03-02", Some("2026-03-03"));
    let ahead = flagged("looked-after", "2026-12-01", None);
    let flags = vec![
        flagged("young-carer", "2025-09-01", None),
        flagged("child-protection-plan", "2026-06-30", Some("2026-12-11")),
        ahead,
        ended,
    ];
    let shown = drawn(&mut with_status(flags, Some(3)), 120, 38);
    let head = "■ Child protection plan since 30 Jun 2026, until 11 Dec 2026  ■ Young carer since 1 Sep 2025";
    assert!(shown.contains(head) && shown.contains("■ open concerns up to Level 3"), "{shown}");
    assert!(!shown.contains("Goes missing") && !shown.contains("Looked after"), "{shown}");
    assert!(!drawn(&mut with_status(Vec::new(), None), 120, 38).contains('■'));
}

#[test]
fn of_many_the_first_are_shown_and_how_to_see_all() {
    let flags = crate::domain::flag::all().iter().map(|flag| flagged(&flag.id, "2026-01-05", None)).collect();
    let shown = drawn(&mut with_status(flags, None), 80, 22);
    assert!(shown.contains("■ Child protection plan since 5 Jan 2026  ■"), "{shown}");
    assert_eq!(shown.matches(" … f: all").count(), 1, "{shown}");
    assert!(shown.contains("Row 9."), "the chronology has its room\n{shown}");
}

#[test]
fn a_key_opens_the_list_of_the_status() {
    let mut effects = press(&mut screen(None, 10), KeyCode::Char('f'));
    let [Effect::Open(layer)] = &mut effects[..] else { panic!("nothing opened") };
    let Layer::Statuses(statuses) = &mut **layer else { panic!("another layer") };
    assert_eq!((statuses.child, statuses.title(&cx())), (ChildId(1), "Zoë Smith: status".to_owned()));
}

#[test]
fn it_opens_at_the_latest_row() {
    let shown = drawn(&mut screen(None, 10_000), 80, 22);
    assert!(shown.contains("10000 of 10000"), "{shown}");
    assert!(shown.lines().any(|line| line.contains("> ") && line.contains("Row 9999.")), "{shown}");
}

#[test]
fn it_opens_at_the_row_that_was_found() {
    let shown = drawn(&mut screen(Some(Seq(7_000)), 10_000), 80, 22);
    assert!(shown.lines().any(|line| line.contains("> ") && line.contains("Row 7000.")), "{shown}");
}

#[test]
fn the_head_says_who_it_is() {
    let shown = drawn(&mut screen(None, 3), 80, 22);
    for words in [
        "Zoë Smith",
        "b. 4 Mar 2011",
        "15 years old",
        "10B",
        "2 concerns: 9, 4",
        "Łukasz Wójcik",
        "Nov 2026 (5)",
    ] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
}

#[test]
fn who_recorded_it_stands_beside_or_below() {
    assert!(drawn(&mut screen(None, 3), 80, 22).contains("by Amina Khan"));
    assert!(drawn(&mut screen(None, 3), 160, 40).contains("Amina Khan, Des"));
}

#[test]
fn a_row_that_is_cut_says_so_and_the_selected_one_is_longer() {
    let shown = drawn(&mut screen(None, 500), 80, 22);
    let lines: Vec<&str> = shown.lines().collect();
    let selected = lines.iter().position(|line| line.contains("> ")).unwrap();
    assert!(lines[selected - 1].contains('…'), "{shown}");
    assert!(lines[selected + 1].contains("محمد") || lines[selected + 2].contains("Feather"), "{shown}");
}

#[test]
fn the_kind_is_said_while_letters_narrow() {
    let mut child = screen(None, 10);
    press(&mut child, KeyCode::Tab);
    press(&mut child, KeyCode::Char('/'));
    type_in(&mut child, "mark");
    let shown = drawn(&mut child, 80, 22);
    assert!(shown.contains("Narrow: mark") && shown.contains("Chronology: concerns,"), "{shown}");
}

#[test]
fn rows_that_were_written_much_later_are_marked() {
    let mut child = screen(None, 1);
    child.refresh(&cx());
    child.reply(&cx(), Reply::Sheet(Box::new(sheet(ChildId(1)))));
    let late = ChronologyRow { recorded_at: now(), ..row(19_970) };
    child.reply(&cx(), Reply::Chronology(Page { rows: vec![late], offset: 0, total: 1 }));
    let shown = drawn(&mut child, 80, 22);
    assert!(shown.contains("[late] Row 19970."), "{shown}");
    assert!(shown.contains("30 days after it happened"), "{shown}");
}

#[test]
fn enter_opens_the_concern_of_the_row_or_the_row() {
    let mut child = screen(Some(Seq(4)), 10);
    let [Effect::Open(layer)] = &press(&mut child, KeyCode::Enter)[..] else { panic!("nothing opened") };
    assert!(matches!(**layer, Layer::Concern(ref concern) if concern.concern == ConcernId(4)));
    press(&mut child, KeyCode::Down);
    let [Effect::Open(layer)] = &mut press(&mut child, KeyCode::Enter)[..] else { panic!("nothing opened") };
    let Layer::Reading(reading) = &mut **layer else { panic!("not for reading") };
    assert!(drawn(reading, 80, 22).contains("\"Row 5."));
}

#[test]
fn tab_narrows_to_a_kind_and_letters_to_words() {
    let mut child = screen(None, 10);
    let requests = asked(press(&mut child, KeyCode::Tab));
    assert!(matches!(requests[..], [Request::Chronology { kinds: Kinds::Concerns, .. }]));
    press(&mut child, KeyCode::Char('/'));
    let requests = asked(type_in(&mut child, "q+c"));
    assert!(matches!(requests.last(), Some(Request::Chronology { narrow, .. }) if narrow == "q+c"));
}

#[test]
fn forms_open_over_it() {
    for (row, key, wanted) in [(9, '+', "note"), (9, 'c', "row"), (4, 'e', "child")] {
        let mut child = screen(Some(Seq(row)), 10);
        let [Effect::Open(layer)] = &press(&mut child, KeyCode::Char(key))[..] else { panic!("{wanted}") };
        let Layer::Form(form) = &**layer else { panic!("{wanted}") };
        match &form.kind {
            FormKind::Note { .. } => assert_eq!(wanted, "note"),
            FormKind::CorrectNote { corrects, .. } => assert_eq!((wanted, *corrects), ("row", Seq(row))),
            FormKind::Child { .. } => assert_eq!(wanted, "child"),
            _ => panic!("another form"),
        }
    }
}

#[test]
fn a_row_that_a_concern_wrote_is_put_right_there() {
    let mut child = screen(Some(Seq(4)), 10);
    let effects = press(&mut child, KeyCode::Char('c'));
    assert!(matches!(&effects[..], [Effect::Say(said)] if said.contains("Concern 4 wrote this row.")));
}

#[test]
fn a_row_that_was_just_added_is_shown_whatever_was_shown_before() {
    let mut child = screen(None, 10);
    press(&mut child, KeyCode::Char('+'));
    let with = |newest| ChildSheet { newest: Seq(newest), ..sheet(ChildId(1)) };
    let asks_for_rows = |effects: Effects| {
        asked(effects)
            .iter()
            .any(|request| matches!(request, Request::Chronology { kinds: Kinds::Everything, .. }))
    };
    assert!(!asks_for_rows(child.reply(&cx(), Reply::Sheet(Box::new(with(9))))), "the form was left");
    assert!(asks_for_rows(child.reply(&cx(), Reply::Sheet(Box::new(with(12))))));
    assert!(!asks_for_rows(child.reply(&cx(), Reply::Sheet(Box::new(with(13))))), "a colleague's");
}

#[test]
fn an_empty_chronology_says_what_to_do() {
    assert!(drawn(&mut screen(None, 0), 80, 22).contains("Press + to add a contact or an event."));
}

fn seen(says: &str, stands: Stands) -> PatternSeen {
    let row = Counted {
        seq: Seq(7_000),
        happened: "2026-11-02".parse().unwrap(),
        kind: RowKind::Concern,
        concern: Some(ConcernId(4)),
        stands,
        text: Text::from(HARD_NAME),
    };
    let pattern = Pattern {
        kind: PatternKind::Month,
        says: says.to_owned(),
        rows: vec![row.seq],
        source: "D23: of old",
    };
    PatternSeen { pattern, rows: vec![row] }
}

fn noticing(seen: Vec<PatternSeen>) -> ChildScreen {
    let mut child = screen(None, 10_000);
    let asked = asked(child.refresh(&cx()));
    assert!(!asked.iter().any(|request| matches!(request, Request::Noticed(_))), "nobody waits for it");
    child.reply(&cx(), Reply::Noticed(seen));
    child
}

#[test]
fn what_is_noticed_stands_beneath_the_head_and_leaves_room() {
    let five = (1..=5).map(|n| seen(&format!("{n} concerns on a Monday"), Stands::Here)).collect();
    let mut child = noticing(five);
    let shown = drawn(&mut child, 80, 22);
    assert!(shown.contains("! 1 concerns on a Monday") && shown.contains("! 3 concerns"), "{shown}");
    assert!(shown.contains("and 2 more: N") && !shown.contains("4 concerns on"), "{shown}");
    assert!(drawn(&mut child, 120, 38).contains("! 5 concerns on a Monday  N: the rows"));
    assert!(!drawn(&mut child, 60, 14).contains("concerns on a Monday"));
}

#[test]
fn each_pattern_leads_to_its_rows() {
    let mut child = noticing(vec![seen("3 concerns", Stands::Here)]);
    let mut opened = press(&mut child, KeyCode::Char('N'));
    let [Effect::Open(layer)] = &mut opened[..] else { panic!("nothing opened") };
    let Layer::Choice(choice) = &mut **layer else { panic!("no list") };
    let shown = drawn(choice, 80, 22);
    assert!(shown.contains("! 3 concerns") && shown.contains("2 Nov 2026  concern "), "{shown}");
    press(choice, KeyCode::Down);
    let effects = press(choice, KeyCode::Enter);
    let [Effect::Close, Effect::Open(layer)] = &effects[..] else { panic!("nothing opened") };
    let Layer::Child(at_row) = &**layer else { panic!("not the chronology") };
    assert_eq!(at_row.child, ChildId(1));
}

#[test]
fn why_a_pattern_is_looked_for_is_told_with_its_source() {
    let mut child = noticing(vec![seen("3 concerns", Stands::Here)]);
    let mut opened = press(&mut child, KeyCode::Char('N'));
    let [Effect::Open(layer)] = &mut opened[..] else { panic!("nothing opened") };
    let mut effects = press(layer.surface_mut(), KeyCode::Enter);
    let [Effect::Close, Effect::Open(layer)] = &mut effects[..] else { panic!("nothing opened") };
    assert!(drawn(layer.surface_mut(), 80, 22).contains("D23: of old"));
}

#[test]
fn rows_of_no_chronology_of_theirs_lead_to_the_concern() {
    for stands in [Stands::Restricted, Stands::With("Tom Reed".into())] {
        let mut child = noticing(vec![seen("3 concerns", stands)]);
        let mut opened = press(&mut child, KeyCode::Char('N'));
        let [Effect::Open(layer)] = &mut opened[..] else { panic!("nothing opened") };
        press(layer.surface_mut(), KeyCode::Down);
        let effects = press(layer.surface_mut(), KeyCode::Enter);
        let [Effect::Close, Effect::Open(layer)] = &effects[..] else { panic!("nothing opened") };
        assert!(matches!(**layer, Layer::Concern(ref screen) if screen.concern == ConcernId(4)));
    }
}

#[test]
fn where_nothing_is_noticed_it_is_said() {
    let mut child = noticing(Vec::new());
    let shown = drawn(&mut child, 80, 22);
    assert!(shown.contains("Nothing recurs here of what the desk counts  N: what it counts"), "{shown}");
    assert!(!drawn(&mut child, 60, 18).contains("Nothing recurs"), "the chronology needs the room");
    let mut effects = press(&mut child, KeyCode::Char('N'));
    let [Effect::Open(layer)] = &mut effects[..] else { panic!("nothing opened") };
    let shown = drawn(layer.surface_mut(), 80, 22);
    assert!(shown.contains("several concerns in a month") && shown.contains("D23"), "{shown}");
}

#[test]
fn while_the_desk_counts_nothing_is_claimed() {
    let mut child = screen(None, 10_000);
    child.noticed = None;
    assert!(!drawn(&mut child, 80, 22).contains("Nothing recurs"));
    let effects = press(&mut child, KeyCode::Char('N'));
    assert!(matches!(&effects[..], [Effect::Say(said)] if said.contains("still counting")));
}

#[test]
fn a_baby_is_months_old() {
    let mut baby = sheet(ChildId(1));
    baby.child.details.date_of_birth = "2026-06-15".parse().ok();
    let mut child = screen(None, 3);
    child.reply(&cx(), Reply::Sheet(Box::new(baby)));
    let shown = drawn(&mut child, 80, 22);
    assert!(shown.contains("5 months old") && !shown.contains("0 years"), "{shown}");
}

#[test]
fn it_can_be_drawn_at_any_size() {
    for (width, height) in sizes() {
        for total in [0, 1, 4, 500] {
            let mut child = screen(None, total);
            drawn(&mut child, width, height);
            child.reply(&cx(), Reply::Noticed(vec![seen(HARD_NAME, Stands::Here); 9]));
            press(&mut child, KeyCode::Home);
            drawn(&mut child, width, height);
        }
    }
}
