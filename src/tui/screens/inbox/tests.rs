//! The inbox: keys and pages in, questions and the drawn rows out.

use crossterm::event::KeyCode;

use super::*;
use crate::cabinet::table::concern::NextDue;
use crate::desk::answer::{Page, Rejected};
use crate::domain::concern::About;
use crate::domain::text::Text;
use crate::domain::triage::Urgency;
use crate::search::Query;
use crate::tui::screens::testing::{
    HARD_NAME, asked, concern, cx, drawn, drawn_in, press, row, sizes, type_in,
};

fn page(rows: Vec<InboxRow>) -> Reply {
    let total = rows.len() as u64;
    Reply::Inbox(Page { rows, offset: 0, total })
}

fn of(rows: Vec<InboxRow>) -> Inbox {
    let mut inbox = Inbox::default();
    inbox.refresh(&cx());
    inbox.reply(&cx(), page(rows));
    inbox.reply(&cx(), Reply::Drafts(Vec::new()));
    inbox
}

#[test]
fn what_is_not_finished_is_marked() {
    let mut inbox = of(vec![row(7, "Zoë Smith"), row(8, "Ava Reed")]);
    inbox.refresh(&cx());
    inbox.reply(&cx(), page(vec![row(7, "Zoë Smith"), row(8, "Ava Reed")]));
    let draft = |slot: &str| Draft { slot: slot.to_owned(), body: "{}".into(), saved_at: cx().now };
    inbox.reply(&cx(), Reply::Drafts(vec![draft("part2/8/advice"), draft("part1/7"), draft("part9")]));
    let text = drawn(&mut inbox, 80, 22);
    let of = |name: &str| text.lines().find(|line| line.contains(name)).unwrap_or_default().to_owned();
    assert!(of("Ava Reed").contains("draft") && !of("Zoë Smith").contains("draft"), "{text}");
    assert!(text.contains("A new concern is not finished: D"), "{text}");
}

#[test]
fn an_empty_inbox_says_where_files_are_dropped() {
    let mut inbox = Inbox::default();
    inbox.refresh(&cx());
    assert!(matches!(asked(inbox.reply(&cx(), page(Vec::new())))[..], [Request::Incoming]));
    inbox.reply(&cx(), Reply::Drafts(Vec::new()));
    inbox.reply(&cx(), Reply::Incoming(Text::from("/home/amina/desk/incoming")));
    let text = drawn(&mut inbox, 80, 22);
    assert!(text.contains("/home/amina/desk/incoming"), "{text}");
}

#[test]
fn what_could_not_be_read_is_named_with_its_key_and_told_in_full() {
    let mut inbox = of(vec![row(7, "Zoë Smith")]);
    let mut rejecting = cx();
    rejecting.desk.as_mut().unwrap().standing.rejected = 10;
    let told = drawn_in(&mut inbox, &rejecting, 80, 22);
    assert!(told.contains("10 arrivals could not be read: v says why"), "{told}");
    assert!(matches!(asked(press(&mut inbox, KeyCode::Char('v')))[..], [Request::Rejected]));
    let arrival =
        Rejected { name: "a\u{1b}[2J.csv".into(), at: Some(cx().now), why: "The file is empty.".into() };
    let folder = Text::from("/home/amina/desk/incoming/rejected");
    let effects = inbox.reply(&cx(), Reply::Rejected { folder, arrivals: vec![arrival] });
    let [Effect::Open(layer)] = <[Effect; 1]>::try_from(effects).ok().unwrap() else { panic!() };
    let Layer::Reading(mut reading) = *layer else { panic!("nothing to read was opened") };
    let shown = drawn(&mut reading, 80, 22);
    for words in ["incoming/rejected", "a␛[2J.csv, Sun 22 Nov 2026 14:00", "The file is empty."] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
}

#[test]
fn a_row_says_all_that_triage_needs() {
    let rows =
        vec![InboxRow { urgency: Urgency::Danger, unlinked: 1, ..row(7, "Zoë Smith") }, row(8, "Ava Reed")];
    let text = drawn(&mut of(rows), 100, 22);
    for expected in [
        "DANGER",
        "2 h",
        "? Zoë Smith 10B",
        "? means: which child?",
        "Teaching ass",
        "new",
        "Waiting, 1 in danger, urgent first",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    assert!(text.contains("> DANGER"));
}

#[test]
fn whom_it_is_about_is_said_of_adults_and_staff_too() {
    let adult = InboxRow { about: About::Adult, form: Text::default(), ..row(7, "") };
    let staff = InboxRow { about: About::Staff, form: Text::default(), ..row(8, "Sam Field") };
    let text = drawn(&mut of(vec![adult, staff]), 80, 22);
    assert!(text.contains("2 h       (adult) ") && text.contains("2 h       Sam Field "), "{text}");
}

#[test]
fn what_is_due_next_stands_in_place_of_the_age_or_beside_it() {
    let due = |hours| {
        let at = cx().now + chrono::Duration::hours(hours);
        Some(NextDue { at, what: Text::from("Referral in writing") })
    };
    let late = InboxRow { due: due(-20), ..row(7, "Zoë Smith") };
    let soon = InboxRow { due: due(2), ..row(8, "Ava Reed") };
    let mut inbox = of(vec![late, soon, row(9, "Ali Raza")]);
    let text = drawn(&mut inbox, 80, 22);
    assert!(text.contains("age, due"), "{text}");
    assert!(text.contains("late 20 h Zoë Smith") && text.contains("due 16:00 Ava Reed"), "{text}");
    assert!(text.contains("2 h       Ali Raza"), "{text}");
    let text = drawn(&mut inbox, 200, 58);
    assert!(text.contains("2 h      overdue 20 h     Zoë Smith"), "{text}");
    assert!(text.contains("2 h                       Ali Raza"), "{text}");
}

fn clocked(concern: i64, minutes: i64) -> InboxRow {
    let due =
        NextDue { at: cx().now + chrono::Duration::minutes(minutes), what: "Referral in writing".into() };
    InboxRow { due: Some(due), ..row(concern, "Zoë Smith") }
}

#[test]
fn the_line_above_counts_what_is_in_danger_and_what_is_overdue() {
    let danger = |row: InboxRow| InboxRow { urgency: Urgency::Danger, ..row };
    let rows = vec![danger(row(7, "Zoë Smith")), danger(clocked(8, -90)), clocked(9, -5), clocked(10, 5)];
    let rows = rows.into_iter().map(|row| InboxRow { unlinked: 1, ..row }).collect();
    let text = drawn(&mut of(rows), 80, 22);
    let above = "Waiting, 2 in danger, 2 overdue, urgent first. ? means: which child?";
    assert!(text.contains(above) && text.contains("1 of 4"), "{text}");
}

#[test]
fn a_clock_that_runs_out_while_nobody_writes_sorts_the_list_again_once() {
    let mut inbox = of(vec![row(7, "Zoë Smith"), clocked(8, -5), clocked(9, 5)]);
    drawn(&mut inbox, 80, 22);
    assert!(inbox.tick(&cx()).is_empty());
    let later = Cx { now: cx().now + chrono::Duration::minutes(6), ..cx() };
    assert!(matches!(asked(inbox.tick(&later))[..], [Request::Inbox { pile: Pile::Waiting, .. }]));
    assert!(inbox.tick(&later).is_empty(), "asked already");
    inbox.reply(&later, page(vec![clocked(8, -5), clocked(9, 5), row(7, "Zoë Smith")]));
    assert!(inbox.tick(&later).is_empty());
}

#[test]
fn enter_opens_the_selected_concern() {
    let mut inbox = of(vec![row(7, "Zoë Smith"), row(8, "Ava Reed")]);
    press(&mut inbox, KeyCode::Down);
    let effects = press(&mut inbox, KeyCode::Enter);
    let [Effect::Open(layer)] = effects.as_slice() else { panic!("nothing was opened") };
    assert!(matches!(&**layer, Layer::Concern(screen) if screen.concern == ConcernId(8)));
}

#[test]
fn enter_that_is_faster_than_the_desk_opens_nothing_of_the_list_before() {
    let mut inbox = of(vec![row(7, "Zoë Smith"), row(8, "Ava Reed")]);
    press(&mut inbox, KeyCode::Char('/'));
    type_in(&mut inbox, "av");
    press(&mut inbox, KeyCode::Enter);
    assert!(press(&mut inbox, KeyCode::Enter).is_empty());
    inbox.reply(&cx(), page(vec![row(7, "Zoë Smith"), row(8, "Ava Reed")]));
    assert!(press(&mut inbox, KeyCode::Enter).is_empty(), "that was the answer to the first letter");
    inbox.reply(&cx(), page(vec![row(8, "Ava Reed")]));
    let effects = press(&mut inbox, KeyCode::Enter);
    let [Effect::Open(layer)] = effects.as_slice() else { panic!("nothing was opened") };
    assert!(matches!(&**layer, Layer::Concern(screen) if screen.concern == ConcernId(8)));
}

#[test]
fn the_selection_stays_with_its_concern_when_another_arrives_above() {
    let mut inbox = of(vec![row(7, "Zoë Smith"), row(8, "Ava Reed")]);
    press(&mut inbox, KeyCode::Down);
    inbox.refresh(&cx());
    inbox.reply(&cx(), page(vec![row(9, "New"), row(7, "Zoë Smith"), row(8, "Ava Reed")]));
    assert_eq!(inbox.list.selected().unwrap().concern, ConcernId(8));
}

#[test]
fn letters_go_to_the_narrowing_and_esc_shows_all_again() {
    let mut inbox = of(vec![row(7, "Zoë Smith")]);
    press(&mut inbox, KeyCode::Char('/'));
    let requests = asked(type_in(&mut inbox, "zq"));
    assert!(matches!(requests.last(), Some(Request::Inbox { narrow, .. }) if narrow == "zq"));
    for _ in requests {
        inbox.reply(&cx(), page(Vec::new()));
    }
    assert!(drawn(&mut inbox, 80, 22).contains("Nothing here is like \"zq\"."));
    let requests = asked(press(&mut inbox, KeyCode::Esc));
    assert!(matches!(requests.as_slice(), [Request::Inbox { narrow, .. }] if narrow.is_empty()));
}

#[test]
fn enter_keeps_the_narrowing_and_esc_then_clears_it() {
    let mut inbox = of(vec![row(7, "Zoë Smith")]);
    press(&mut inbox, KeyCode::Char('/'));
    type_in(&mut inbox, "z");
    inbox.reply(&cx(), page(vec![row(7, "Zoë Smith")]));
    press(&mut inbox, KeyCode::Enter);
    assert!(matches!(press(&mut inbox, KeyCode::Enter).as_slice(), [Effect::Open(_)]));
    assert_eq!(asked(press(&mut inbox, KeyCode::Esc)).len(), 1);
    assert!(matches!(press(&mut inbox, KeyCode::Esc).as_slice(), [Effect::Say(_)]));
}

#[test]
fn the_letters_that_were_looked_for_are_marked() {
    let line = view::Widths::of(80).line(&row(7, "Zoë Smith"), &BTreeSet::new(), &Query::parse("zoe"), &cx());
    let marked: Vec<_> = line.spans.iter().filter(|span| span.style == cx().theme.mark).collect();
    assert_eq!(marked.len(), 1);
    assert_eq!(marked[0].content, "Zoë");
}

#[test]
fn tab_goes_to_the_closed_ones() {
    let mut inbox = of(Vec::new());
    inbox.reply(&cx(), Reply::Incoming(Text::default()));
    assert!(drawn(&mut inbox, 80, 22).contains("Nothing is waiting. Press n"));
    let requests = asked(press(&mut inbox, KeyCode::Tab));
    assert!(matches!(requests.as_slice(), [Request::Inbox { pile: Pile::Closed, .. }]));
    inbox.reply(&cx(), page(Vec::new()));
    assert!(drawn(&mut inbox, 80, 22).contains("Nothing is closed yet."));
}

#[test]
fn a_late_page_of_the_other_pile_is_not_shown() {
    let mut inbox = of(vec![row(7, "Zoë Smith")]);
    press(&mut inbox, KeyCode::Tab);
    assert!(!drawn(&mut inbox, 80, 22).contains("Zoë Smith"), "she is not signed");
    press(&mut inbox, KeyCode::Tab);
    inbox.reply(&cx(), page(vec![row(3, "Ava Reed")]));
    assert!(!drawn(&mut inbox, 80, 22).contains("Ava Reed"));
    inbox.reply(&cx(), page(vec![row(7, "Zoë Smith")]));
    assert!(drawn(&mut inbox, 80, 22).contains("> routine 2 h       Zoë Smith"));
}

#[test]
fn a_concern_that_cannot_be_previewed_is_asked_for_once() {
    let mut inbox = of(vec![row(7, "Zoë Smith"), row(8, "Ava Reed")]);
    drawn(&mut inbox, 120, 38);
    assert_eq!(asked(inbox.tick(&cx())).len(), 1, "the screen is wide now");
    inbox.reply(&cx(), Reply::Failed("It cannot be read.".to_owned()));
    assert!(inbox.tick(&cx()).is_empty());
    assert_eq!(asked(press(&mut inbox, KeyCode::Down)).len(), 1);
}

#[test]
fn a_long_list_is_asked_for_by_windows() {
    let mut inbox = Inbox::default();
    inbox.refresh(&cx());
    let rows: Vec<InboxRow> = (0..200).map(|n| row(n, "Zoë Smith")).collect();
    inbox.reply(&cx(), Reply::Inbox(Page { rows, offset: 0, total: 5000 }));
    drawn(&mut inbox, 80, 22);
    assert!(press(&mut inbox, KeyCode::Down).is_empty());
    let requests = asked(press(&mut inbox, KeyCode::End));
    let [Request::Inbox { window, .. }] = requests.as_slice() else { panic!("nothing was asked") };
    assert!(window.offset > 4000 && window.limit < 400);
}

#[test]
fn rows_that_came_before_the_first_drawing_are_previewed_too() {
    let mut inbox = of(vec![row(7, "Zoë Smith")]);
    drawn(&mut inbox, 120, 38);
    let requests = asked(inbox.tick(&cx()));
    assert!(matches!(requests.as_slice(), [Request::Concern(ConcernId(7))]));
    assert!(inbox.tick(&cx()).is_empty(), "asked already");
}

#[test]
fn wide_screens_preview_the_concern_on_which_the_selection_rests() {
    let mut inbox = Inbox::default();
    inbox.refresh(&cx());
    drawn(&mut inbox, 120, 38);
    let rows = vec![row(7, "Zoë Smith"), row(8, "Ava Reed"), row(9, "Li Na")];
    let requests = asked(inbox.reply(&cx(), page(rows)));
    assert!(matches!(requests.as_slice(), [Request::Concern(ConcernId(7))]));
    inbox.reply(&cx(), Reply::Drafts(Vec::new()));
    assert!(press(&mut inbox, KeyCode::Down).is_empty(), "one question at a time");
    press(&mut inbox, KeyCode::Down);
    let requests = asked(inbox.reply(&cx(), Reply::Concern(Box::new(concern()))));
    assert!(matches!(requests.as_slice(), [Request::Concern(ConcernId(9))]));
    assert!(!drawn(&mut inbox, 120, 38).contains("I fell"), "the late one is not shown");
    press(&mut inbox, KeyCode::Home);
    assert!(drawn(&mut inbox, 120, 38).contains("I fell, innit"));
    assert!(!drawn(&mut inbox, 80, 22).contains("I fell"));
}

#[test]
fn it_can_be_drawn_at_any_size() {
    let mut rows: Vec<InboxRow> = (0..60).map(|n| row(n, HARD_NAME)).collect();
    rows[0].gist = Text::from("a\tb\nc".repeat(40));
    let mut inbox = of(rows);
    for (width, height) in sizes() {
        drawn(&mut inbox, width, height);
        inbox.reply(&cx(), Reply::Concern(Box::new(concern())));
        press(&mut inbox, KeyCode::PageDown);
        drawn(&mut inbox, width, height);
    }
}
