//! The list of a child's status: its order, who said so, and the forms over it.

use crossterm::event::KeyCode;

use super::*;
use crate::desk::answer::Flagged;
use crate::domain::ids::Seq;
use crate::tui::screens::testing::{HARD_NAME, cx, drawn, now, press, sizes};

fn said(by: &str, reason: &str) -> Said {
    Said { by: Text::from(format!("{by}, Deputy")), at: now(), reason: reason.into() }
}

fn told(seq: i64, flag: &str, from: &str, to: Option<&str>) -> Told {
    let (from, to) = (from.parse().unwrap(), to.map(|to| to.parse().unwrap()));
    Told {
        flagged: Flagged { seq: Seq(seq), flag: flag.into(), from, to },
        began: said("Amina Khan", "The conference decided it"),
        ended: to.map(|_| said("Kit Moss", "The family moved")),
    }
}

/// Today is 22 November 2026.
fn screen(told: Vec<Told>) -> Statuses {
    let mut screen = Statuses::new(ChildId(1), "Zoë Smith".into());
    screen.refresh(&cx());
    screen.reply(&cx(), Reply::Statuses(told));
    screen
}

fn of_every_kind() -> Statuses {
    screen(vec![
        told(20, "child-protection-plan", "2026-06-30", None),
        told(24, "ehcp", "2026-12-01", None),
        told(23, "young-carer", "2026-01-05", Some("2026-12-24")),
        told(22, "missing", "2026-03-02", Some("2026-03-03")),
        told(21, "Lives on a boat", "2026-02-01", Some("2026-11-22")),
    ])
}

fn form_of(effects: &Effects) -> &FormKind {
    let [Effect::Open(layer)] = &effects[..] else { panic!("nothing opened") };
    let Layer::Form(form) = &**layer else { panic!("not a form") };
    &form.kind
}

#[test]
fn what_is_true_now_comes_first_and_what_has_ended_last() {
    let shown = drawn(&mut of_every_kind(), 80, 22);
    let rows: Vec<&str> = shown.lines().skip(1).take(5).collect();
    for (row, words) in rows.iter().zip([
        ["■ now", "Child protection plan", "from 30 Jun 2026"],
        ["■ now", "Young carer", "5 Jan 2026 to 24 Dec 2026"],
        ["to come", "Education, health and care plan", "from 1 Dec 2026"],
        ["ended", "Goes missing", "2 Mar 2026 to 3 Mar 2026"],
        ["ended", "Lives on a boat", "1 Feb 2026 to 22 Nov 2026"],
    ]) {
        assert!(words.iter().all(|word| row.contains(word)), "{words:?}\n{shown}");
    }
}

#[test]
fn who_said_so_stands_beneath_and_beside_where_there_is_room() {
    let mut screen = of_every_kind();
    let shown = drawn(&mut screen, 80, 22);
    assert!(
        shown.contains("Began Tue 30 Jun 2026, recorded") && shown.contains("by Amina Khan, Deputy."),
        "{shown}"
    );
    assert!(shown.contains("decided it."), "{shown}");
    press(&mut screen, KeyCode::Char('G'));
    let shown = drawn(&mut screen, 80, 22);
    assert!(shown.contains("Until Sun 22 Nov 2026, recorded") && shown.contains("moved."), "{shown}");
    let wide = drawn(&mut screen, 120, 38);
    assert!(wide.lines().any(|line| line.contains("Lives on a boat") && line.contains("Kit Moss")), "{wide}");
}

#[test]
fn enter_tells_what_it_means_with_its_source() {
    let mut effects = press(&mut of_every_kind(), KeyCode::Enter);
    let [Effect::Open(layer)] = &mut effects[..] else { panic!("nothing opened") };
    let shown = drawn(layer.surface_mut(), 80, 22);
    assert!(
        shown.contains("A conference has decided on a plan") && shown.contains("Source: S3:222."),
        "{shown}"
    );
}

#[test]
fn one_key_adds_and_one_ends_what_is_selected() {
    let mut screen = of_every_kind();
    assert!(matches!(form_of(&press(&mut screen, KeyCode::Char('+'))), FormKind::Flag { child: ChildId(1) }));
    let ended = press(&mut screen, KeyCode::Char('x'));
    let FormKind::Unflag { child: ChildId(1), flagged: Seq(20), held } = form_of(&ended) else {
        panic!("another form")
    };
    assert_eq!(*held, Held::new("child-protection-plan".into(), "2026-06-30".parse().unwrap()));
    press(&mut screen, KeyCode::End);
    let effects = press(&mut screen, KeyCode::Char('x'));
    assert!(matches!(&effects[..], [Effect::Say(said)] if said.starts_with("That day is recorded already")));
}

#[test]
fn what_was_selected_stays_so_when_something_is_added() {
    let mut screen = of_every_kind();
    press(&mut screen, KeyCode::Down);
    let mut more = screen.told.clone().unwrap();
    more.insert(0, told(30, "looked-after", "2026-11-01", None));
    screen.reply(&cx(), Reply::Statuses(more));
    assert_eq!(screen.selected().unwrap().flagged.seq, Seq(23));
}

#[test]
fn where_there_is_nothing_it_says_what_to_do() {
    let mut screen = screen(Vec::new());
    assert!(drawn(&mut screen, 80, 22).contains("+ records one."));
    assert!(press(&mut screen, KeyCode::Char('x')).is_empty());
    assert!(press(&mut screen, KeyCode::Enter).is_empty());
}

#[test]
fn it_can_be_drawn_at_any_size() {
    for (width, height) in sizes() {
        drawn(&mut of_every_kind(), width, height);
        drawn(&mut screen(vec![told(1, HARD_NAME, "2026-01-01", None); 30]), width, height);
        drawn(&mut Statuses::new(ChildId(1), HARD_NAME.into()), width, height);
    }
}
