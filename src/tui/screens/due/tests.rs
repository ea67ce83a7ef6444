//! What is due as a person sees it, and what the keys do with it.

use chrono::{DateTime, TimeDelta, Utc};
use crossterm::event::KeyCode;

use super::*;
use crate::desk::answer::Page;
use crate::domain::deadline;
use crate::domain::ids::{ChildId, ConcernId, Seq};
use crate::tui::screens::testing::{HARD_NAME, asked, cx, drawn, now, press, sizes, type_in};

fn due(id: i64, clock: &str, from: DateTime<Utc>) -> Due {
    let set = clocks::set(deadline::by_id(clock).unwrap(), from);
    Due {
        id: FollowUpId(id),
        seq: Seq(20 + id),
        subject: Subject::Concern(ConcernId(12)),
        named: "Zoë Smith".into(),
        due: set.due,
        set,
        tried: 0,
        tried_at: None,
        rung: 0,
        is_settled: false,
    }
}

/// A decision that is overdue, a form that is due in a quarter of an hour, a receipt to come.
fn rows() -> Vec<Due> {
    let receipt =
        Due { subject: Subject::Child(ChildId(3)), named: HARD_NAME.into(), ..due(3, "file-receipt", now()) };
    vec![
        due(1, "la-decision", now() - TimeDelta::days(4)),
        due(2, "marf", now() - TimeDelta::minutes(23 * 60 + 45)),
        receipt,
    ]
}

fn screen(rows: Vec<Due>) -> DueScreen {
    let mut screen = DueScreen::default();
    screen.refresh(&cx());
    screen.reply(&cx(), answer(rows));
    drawn(&mut screen, 80, 22);
    screen
}

fn answer(rows: Vec<Due>) -> Reply {
    let page = Page { total: rows.len() as u64, rows, offset: 0 };
    Reply::Due(DueList { page, overdue: 1, today: 1 })
}

/// The form that opened.
fn form(effects: Effects) -> Form {
    let opened = effects.into_iter().find_map(|effect| match effect {
        Effect::Open(layer) => Some(*layer),
        _ => None,
    });
    match opened {
        Some(Layer::Form(form)) => form,
        Some(Layer::Choice(mut choice)) => form(press(&mut choice, KeyCode::Enter)),
        _ => panic!("no form opened"),
    }
}

fn line<'s>(shown: &'s str, of: &str) -> &'s str {
    shown.lines().find(|line| line.contains(of)).unwrap_or_else(|| panic!("{of} is not in {shown}"))
}

#[test]
fn each_line_says_in_words_how_it_stands() {
    let shown = drawn(&mut screen(rows()), 110, 22);
    assert!(shown.contains("1 overdue, 1 today, 1 coming; by time"), "{shown}");
    assert!(line(&shown, "> overdue").contains("3 days"), "{shown}");
    assert!(line(&shown, "today ").contains("15 min left"), "{shown}");
    assert!(line(&shown, "coming ").contains("Fri 27 Nov 16:30"), "{shown}");
    assert!(line(&shown, "> overdue").contains("12 Zoë Smith"), "{shown}");
}

#[test]
fn on_a_narrow_screen_the_words_keep_their_room() {
    let shown = drawn(&mut screen(rows()), 80, 22);
    assert!(line(&shown, "> late 3 d").contains(" local authority "), "{shown}");
    assert!(
        line(&shown, "> late 3 d").contains("Local authority's decision on… "),
        "no word is cut\n{shown}"
    );
    assert!(line(&shown, "due 14:15").contains("12 Zoë Smith"), "{shown}");
    assert!(shown.contains("by 27 Nov"), "{shown}");
}

#[test]
fn the_selected_one_shows_its_rule_its_sum_and_whom_to_ring_next() {
    for (width, height) in [(80, 22), (200, 58)] {
        let shown = drawn(&mut screen(rows()), width, height).replace("\"\n\"", " ");
        let shown: String = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in
            ["Concern 12, Zoë Smith: local authority, by", "If nothing is heard, from", "the worker again"]
        {
            assert!(shown.contains(part), "{part}: {shown}");
        }
    }
    let shown = drawn(&mut screen(rows()), 80, 22);
    for part in ["Within one working day from the referral", "D4, D5: millbrookprimary"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn what_does_not_fit_beneath_is_read_by_a_key() {
    let tried = Due { tried: 2, rung: 1, tried_at: Some(now()), ..due(1, "la-decision", now()) };
    let last = "not verified here";
    let many: Vec<Due> = (2..30).map(|id| due(id, "marf", now())).collect();
    let mut long = screen(std::iter::once(tried.clone()).chain(many).collect());
    let shown = drawn(&mut long, 80, 22);
    assert!(shown.contains("… v reads on") && !shown.contains(last), "{shown}");
    let mut screen = screen(vec![tried]);
    let shown = drawn(&mut screen, 80, 22);
    assert!(!shown.contains("reads on") && shown.contains(last), "rows that are free are used\n{shown}");
    let shown = drawn(&mut screen, 80, 12);
    assert!(shown.contains("… v reads on") && !shown.contains(last), "{shown}");
    assert!(!drawn(&mut screen, 200, 58).contains("reads on"));
    let mut effects = press(&mut screen, KeyCode::Char('v'));
    let [Effect::Open(layer)] = &mut effects[..] else { panic!("nothing opened") };
    let read = drawn(layer.surface_mut(), 80, 22);
    assert!(read.contains("Tried twice") && read.contains(last), "{read}");
}

#[test]
fn an_attempt_is_of_the_next_rung_unless_another_is_chosen() {
    let tried = Due { tried: 1, rung: 1, tried_at: Some(now()), ..due(1, "la-decision", now()) };
    let mut screen = screen(vec![tried]);
    let shown = drawn(&mut screen, 200, 58);
    assert!(shown.contains("Tried once, last on Sun 22 Nov 2026 14:00."), "{shown}");
    assert!(shown.contains("from Tue 24 Nov 2026 14:00: their team manager"), "{shown}");
    let form = form(press(&mut screen, KeyCode::Char('t')));
    let FormKind::Step { moving, kind: StepKind::Tried } = &form.kind else { panic!("another form") };
    assert_eq!((moving.rung, moving.whom.as_str()), (2, "their team manager"));
}

#[test]
fn what_the_lead_owes_herself_asks_for_no_rung() {
    let mut screen = screen(vec![due(2, "marf", now())]);
    let effects = press(&mut screen, KeyCode::Char('t'));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Open(layer) if matches!(**layer, Layer::Form(_))))
    );
    assert!(!drawn(&mut screen, 200, 58).contains("If nothing is heard"));
}

#[test]
fn a_key_for_each_of_what_may_become_of_it() {
    for (key, wanted) in [('a', StepKind::Answered), ('p', StepKind::Postponed), ('x', StepKind::Dropped)] {
        let form = form(press(&mut screen(rows()), KeyCode::Char(key)));
        let FormKind::Step { moving, kind } = &form.kind else { panic!("another form") };
        assert_eq!((moving.follow_up, *kind), (FollowUpId(1), wanted));
    }
    let form = form(press(&mut screen(rows()), KeyCode::Char('+')));
    let FormKind::FollowUp { subject, preset } = &form.kind else { panic!("another form") };
    assert_eq!((*subject, preset.is_blank()), (Subject::Concern(ConcernId(12)), true));
}

#[test]
fn enter_opens_whom_it_is_about_and_ring_rings_about_them() {
    let mut screen = screen(rows());
    let opened = |effects: Effects| match effects.into_iter().next() {
        Some(Effect::Open(layer)) => *layer,
        _ => panic!("nothing opened"),
    };
    assert_eq!(opened(press(&mut screen, KeyCode::Enter)).concern(), Some(ConcernId(12)));
    press(&mut screen, KeyCode::End);
    assert!(matches!(opened(press(&mut screen, KeyCode::Enter)), Layer::Child(_)));
    assert!(Layer::Due(screen).to_ring_about(&cx()).is_some());
}

#[test]
fn tab_sorts_otherwise_and_slash_narrows() {
    let mut screen = screen(rows());
    let orders: Vec<Order> = (0..3)
        .flat_map(|_| asked(press(&mut screen, KeyCode::Tab)))
        .filter_map(|request| match request {
            Request::Due { order, .. } => Some(order),
            _ => None,
        })
        .collect();
    assert_eq!(orders, [Order::ByConcern, Order::ByWho, Order::ByTime]);
    press(&mut screen, KeyCode::Char('/'));
    let typed = asked(type_in(&mut screen, "zo"));
    assert!(matches!(typed.last(), Some(Request::Due { narrow, .. }) if narrow == "zo"));
}

#[test]
fn nothing_is_due_and_how_something_would_be() {
    let mut screen = DueScreen::default();
    screen.refresh(&cx());
    screen.reply(&cx(), Reply::Due(DueList::default()));
    assert!(drawn(&mut screen, 80, 22).contains("Nothing is due."));
}

#[test]
fn every_size_is_drawn() {
    let mut screen = screen(rows());
    for (width, height) in sizes() {
        drawn(&mut screen, width, height);
        press(&mut screen, KeyCode::Down);
    }
}
