//! A list that was read ahead is narrowed as one that is read anew, whatever was recorded in between.

use chrono::Duration;
use dsl_desk::cabinet::table::concern::{InboxRow, Pile};
use dsl_desk::cabinet::table::follow_up::Order;
use dsl_desk::desk::request::Window;
use dsl_desk::desk::worker::Ready;
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::concern::Part1;
use dsl_desk::domain::entry::Subject;
use dsl_desk::domain::follow_up::FollowUp;
use dsl_desk::domain::ids::ConcernId;
use dsl_desk::domain::part2::{FurtherInformation, Section, Signature};

use crate::support::{self, ALL, World, minutes, now, part1};

fn urgent(name: &str) -> Part1 {
    Part1 { immediate_danger: Some(true), ..part1(name, None) }
}

fn section(concern: i64, section: Section) -> Act {
    Act::Section { concern: ConcernId(concern), section }
}

fn signed(concern: i64) -> Act {
    section(concern, Section::Signed(Signature { name: "Amina Khan".into(), role: "DSL".into() }))
}

fn closed(desk: &Desk, concern: i64) -> Act {
    support::closed(desk, ConcernId(concern))
}

fn log() -> Section {
    Section::FurtherInformation(FurtherInformation { text: "In the minibus log".into() })
}

/// What changes an inbox: who comes, who is written about, who is signed and closed.
fn acts() -> [fn(&Desk) -> Act; 8] {
    [
        |_| Act::TypeIn(Box::new(urgent("Oona Vale"))),
        |_| section(2, log()),
        |_| signed(2),
        |desk| closed(desk, 2),
        |_| Act::TypeIn(Box::new(part1("Noor Oakley", None))),
        |_| signed(4),
        |desk| closed(desk, 4),
        |_| section(4, log()),
    ]
}

fn narrowed(desk: &mut Desk, pile: Pile) -> Vec<InboxRow> {
    desk.inbox(pile, "o", ALL, now()).unwrap().rows
}

fn gets_ready(desk: &mut Desk, pile: Pile) {
    desk.inbox(pile, "", ALL, now()).unwrap();
    while desk.get_ready(now()).unwrap() == Ready::NotYet {}
}

#[test]
fn a_pile_is_kept_up_by_what_was_recorded_here() {
    for pile in [Pile::Waiting, Pile::Closed] {
        let mut world = World::new();
        for name in ["Zoë Marsh", "Łukasz Nowak", "Aoife O'Brien"] {
            world.concern(name, Some("2014-03-02"));
        }
        gets_ready(&mut world.desk, pile);
        for (later, act) in (1..).zip(acts()) {
            let act = act(&world.desk);
            world.desk.act(&act, None, minutes(later)).unwrap();
            let anew = narrowed(&mut world.at.open().unwrap(), pile);
            assert_eq!(narrowed(&mut world.desk, pile), anew, "{pile:?} after {later}");
        }
    }
}

#[test]
fn a_pile_is_kept_up_by_what_another_desk_recorded() {
    let mut here = World::new();
    here.concern("Zoë Marsh", Some("2014-03-02"));
    let mut there = here.at.open().unwrap();
    gets_ready(&mut here.desk, Pile::Waiting);
    // More than are read again one by one.
    for later in 1..300 {
        let report = part1("Łukasz Nowak", None);
        there.act(&Act::TypeIn(Box::new(report)), None, now() + Duration::minutes(later)).unwrap();
        if later == 3 {
            assert_eq!(narrowed(&mut here.desk, Pile::Waiting).len(), 4);
        }
    }
    assert_eq!(narrowed(&mut here.desk, Pile::Waiting), narrowed(&mut there, Pile::Waiting));
}

fn told(name: &str, reasons: &str, in_danger: bool) -> Act {
    let report = part1(name, None);
    let report = Part1 { reasons: reasons.into(), immediate_danger: Some(in_danger), ..report };
    Act::TypeIn(Box::new(report))
}

fn names(desk: &mut Desk, typed: &str, window: Window) -> Vec<String> {
    let page = desk.inbox(Pile::Waiting, typed, window, now()).unwrap();
    page.rows.iter().map(|row| row.named.one_line()).collect()
}

#[test]
fn the_name_that_was_typed_comes_first_and_what_is_only_like_it_last() {
    let mut world = World::new();
    for act in [
        told("Jayden Cole", "A circular, read in class", true),
        told("Ciara Moss", "Late again", false),
        told("Ciar Vale", "Late again", false),
        told("Ciarán Nolan", "Late again", true),
        told("Asha Noor", "Ciar has her coat", true),
    ] {
        world.desk.act(&act, None, now()).unwrap();
    }
    let all = names(&mut world.desk, "ciar", ALL);
    assert_eq!(all, ["Ciar Vale", "Ciarán Nolan", "Ciara Moss", "Asha Noor", "Jayden Cole"]);
    for limit in 1..5 {
        let windows = (0..5u64).step_by(limit).map(|offset| Window { offset, limit: limit as u64 });
        let joined: Vec<String> = windows.flat_map(|window| names(&mut world.desk, "ciar", window)).collect();
        assert_eq!(joined, all, "{limit} at a time");
    }
}

#[test]
fn what_is_due_of_whom_was_typed_comes_first() {
    let mut world = World::new();
    for (later, name) in [(1, "Kitty Moss"), (2, "Kit Vale"), (3, "Asha Noor")] {
        let subject = Subject::Concern(ConcernId(world.concern(name, None)));
        let (what, who) = ("Ring the clinic".into(), "Amina Khan".into());
        let due = FollowUp { what, who, due: now() + Duration::hours(later), ..FollowUp::default() };
        world.act(&Act::SetFollowUp { subject, due });
    }
    let due = world.desk.due(Order::ByTime, "kit", ALL, now()).unwrap();
    let named: Vec<String> = due.page.rows.iter().map(|due| due.named.one_line()).collect();
    assert_eq!(named, ["Kit Vale", "Kitty Moss"]);
}
