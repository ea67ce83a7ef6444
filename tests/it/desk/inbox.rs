//! In which order concerns wait, and what is due about them: danger, then what is overdue, then the rest. And what makes a
//! concern urgent later.

use chrono::{DateTime, Utc};
use dsl_desk::cabinet::table::concern::Pile;
use dsl_desk::cabinet::table::follow_up::{Due, Order};
use dsl_desk::desk::request::Window;
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::concern::Part1;
use dsl_desk::domain::decision::{Categories, Danger, Decision};
use dsl_desk::domain::entry::Subject;
use dsl_desk::domain::field::{CorrectedField, Part1Field};
use dsl_desk::domain::follow_up::{FollowUp, Step};
use dsl_desk::domain::ids::{ConcernId, FollowUpId};
use dsl_desk::domain::moment::Moment;
use dsl_desk::domain::part2::{Section, Signature};
use dsl_desk::domain::person::Right;
use dsl_desk::domain::triage::Urgency;

use crate::support::{ALL, World, closed, minutes, now, part1};

/// Calm concerns, one a minute.
fn waiting(count: i64) -> World {
    let mut world = World::new();
    for minute in 0..count {
        let calm = Part1 { immediate_danger: Some(false), ..part1("Zoe Marsh", None) };
        world.desk.act(&Act::TypeIn(Box::new(calm)), None, minutes(minute)).unwrap();
    }
    world
}

fn follow_up(due: DateTime<Utc>) -> FollowUp {
    FollowUp {
        what: "Ring the school".into(),
        who: "Amina Khan".into(),
        due,
        note: "Promised.".into(),
        ..FollowUp::default()
    }
}

fn due(world: &mut World, concern: i64, at: DateTime<Utc>) {
    let due = follow_up(at);
    world.act(&Act::SetFollowUp { subject: Subject::Concern(ConcernId(concern)), due });
}

fn sign(world: &mut World, concern: i64) {
    let section = Section::Signed(Signature { name: "Amina Khan".into(), role: "DSL".into() });
    world.act(&Act::Section { concern: ConcernId(concern), section });
}

fn decide(world: &mut World, concern: i64, decision: Decision) {
    world.act(&Act::Decide { concern: ConcernId(concern), decision });
}

fn in_danger(in_danger: bool) -> Decision {
    Decision::Danger(Danger { in_danger, at: Moment::At(now()), said: "".into() })
}

fn order(desk: &mut Desk, narrow: &str, at: DateTime<Utc>) -> Vec<i64> {
    let rows = desk.inbox(Pile::Waiting, narrow, ALL, at).unwrap().rows;
    rows.iter().map(|row| row.concern.0).collect()
}

#[test]
fn danger_goes_first_then_the_longest_overdue_then_the_rest_as_it_came() {
    let mut world = waiting(6);
    due(&mut world, 3, minutes(120));
    due(&mut world, 5, minutes(60));
    due(&mut world, 5, minutes(600));
    due(&mut world, 6, minutes(9_000));
    decide(&mut world, 4, in_danger(true));
    for narrow in ["", "zoe"] {
        let order = |world: &mut World, at| order(&mut world.desk, narrow, at);
        assert_eq!(order(&mut world, now()), [4, 1, 2, 3, 5, 6], "nothing is overdue yet");
        assert_eq!(order(&mut world, minutes(60)), [4, 1, 2, 3, 5, 6], "due at that minute is not late");
        assert_eq!(order(&mut world, minutes(61)), [4, 5, 1, 2, 3, 6]);
        assert_eq!(order(&mut world, minutes(121)), [4, 5, 3, 1, 2, 6]);
    }
}

#[test]
fn a_signed_concern_comes_back_up_when_its_clock_runs_out_and_goes_when_it_is_answered() {
    let mut world = waiting(3);
    due(&mut world, 1, minutes(60));
    sign(&mut world, 1);
    assert_eq!(order(&mut world.desk, "", now()), [2, 3, 1]);
    assert_eq!(order(&mut world.desk, "", minutes(61)), [1, 2, 3]);
    let step = Step::Answered { at: Moment::At(now()), from: "The school".into(), text: "Yes.".into() };
    world.act(&Act::MoveFollowUp { follow_up: FollowUpId(1), step });
    assert_eq!(order(&mut world.desk, "", minutes(61)), [2, 3, 1]);
}

#[test]
fn windows_of_what_one_may_open_join_in_that_order_too() {
    let mut world = waiting(9);
    for (concern, at) in [(8, 10), (2, 20), (5, 30), (7, 40)] {
        due(&mut world, concern, minutes(at));
    }
    let people = vec![crate::support::amina()];
    for concern in [5, 3] {
        let reason = "Her neighbour".into();
        world.act(&Act::Restrict { concern: ConcernId(concern), people: people.clone(), reason });
    }
    let place = world.close();
    let grace = place.admit("Grace Osei", Right::Deputy);
    let mut grace = place.open_as(&grace).unwrap();
    let all = order(&mut grace, "", minutes(100));
    assert_eq!(all, [8, 2, 7, 1, 4, 6, 9]);
    for (above, most) in (0..7).flat_map(|above| (1..8).map(move |most| (above, most))) {
        let window = Window { offset: above as u64, limit: most as u64 };
        let page = grace.inbox(Pile::Waiting, "", window, minutes(100)).unwrap();
        let rows: Vec<i64> = page.rows.iter().map(|row| row.concern.0).collect();
        let wanted: Vec<i64> = all.iter().copied().skip(above).take(most).collect();
        assert_eq!((rows, page.total), (wanted, 7), "{most} from {above}");
    }
}

#[test]
fn danger_after_the_signature_comes_first_and_opens_what_is_closed() {
    let mut world = waiting(3);
    sign(&mut world, 3);
    assert_eq!(order(&mut world.desk, "", now()), [1, 2, 3]);
    decide(&mut world, 3, in_danger(true));
    assert_eq!(order(&mut world.desk, "", now()), [3, 1, 2]);
    world.act(&closed(&world.desk, ConcernId(2)));
    assert_eq!(order(&mut world.desk, "", now()), [3, 1]);
    decide(&mut world, 2, in_danger(false));
    assert_eq!(order(&mut world.desk, "", now()), [3, 1], "it stays closed");
    decide(&mut world, 2, in_danger(true));
    assert_eq!(order(&mut world.desk, "", now()), [2, 3, 1]);
    decide(&mut world, 3, in_danger(false));
    assert_eq!(order(&mut world.desk, "", now()), [2, 1, 3]);
    assert!(world.problems().is_empty(), "{:?}", world.problems());
}

#[test]
fn what_was_answered_about_danger_outlives_a_correction_of_anything_else() {
    let mut world = waiting(2);
    decide(&mut world, 1, in_danger(true));
    let correct = |world: &mut World, concern: i64, field: Part1Field, instead: &str| {
        let corrects = world.desk.concern(ConcernId(concern)).unwrap().seq;
        let act = Act::Correct {
            concern: ConcernId(concern),
            corrects,
            field: CorrectedField::Part1(field),
            instead: instead.into(),
            reason: "As she told me".into(),
            happened_at: None,
        };
        world.act(&act);
    };
    correct(&mut world, 1, Part1Field::Categories, "Bullying");
    correct(&mut world, 1, Part1Field::ImmediateDanger, "no");
    assert_eq!(urgency(&mut world, 1), Urgency::Danger, "until she says that it is over");
    correct(&mut world, 2, Part1Field::ImmediateDanger, "yes");
    assert_eq!(urgency(&mut world, 2), Urgency::Danger);
    decide(&mut world, 2, in_danger(false));
    correct(&mut world, 2, Part1Field::Categories, "Bullying");
    assert_eq!(urgency(&mut world, 2), Urgency::Soon, "it was answered");
    correct(&mut world, 2, Part1Field::ImmediateDanger, "yes");
    assert_eq!(urgency(&mut world, 2), Urgency::Danger, "the report says so only now");
}

fn about(category: &str) -> Decision {
    Decision::Categories(Categories { categories: vec![category.into()], reason: "A slip.".into() })
}

fn urgency(world: &mut World, concern: i64) -> Urgency {
    world.desk.concern(ConcernId(concern)).unwrap().row.urgency
}

#[test]
fn what_it_is_decided_to_be_about_makes_it_urgent() {
    let mut world = waiting(3);
    decide(&mut world, 3, about("sexual-abuse"));
    assert_eq!(urgency(&mut world, 3), Urgency::Soon);
    assert_eq!(order(&mut world.desk, "", now()), [3, 1, 2]);
    decide(&mut world, 3, about("bullying"));
    assert_eq!(urgency(&mut world, 3), Urgency::Routine, "it was a slip");
    decide(&mut world, 2, in_danger(true));
    decide(&mut world, 2, about("bullying"));
    assert_eq!(urgency(&mut world, 2), Urgency::Danger, "nothing talks danger down but the answer to it");
    assert!(world.problems().is_empty(), "{:?}", world.problems());
}

#[test]
fn a_correction_of_the_report_does_not_undo_what_was_decided() {
    let mut world = waiting(1);
    decide(&mut world, 1, about("sexual-abuse"));
    let corrects = world.desk.concern(ConcernId(1)).unwrap().seq;
    world.act(&Act::Correct {
        concern: ConcernId(1),
        corrects,
        field: CorrectedField::Part1(Part1Field::Categories),
        instead: "Bullying".into(),
        reason: "A slip.".into(),
        happened_at: None,
    });
    assert_eq!(urgency(&mut world, 1), Urgency::Soon);
}

#[test]
fn what_is_due_is_grouped_with_what_is_overdue_in_front() {
    let mut world = waiting(3);
    for (concern, at) in [(1, 900), (2, 300), (1, 50), (3, 100), (2, 700)] {
        due(&mut world, concern, minutes(at));
    }
    let first = world.desk.due(Order::ByTime, "", ALL, now()).unwrap().page.rows[0].clone();
    for order in [Order::ByTime, Order::ByConcern, Order::ByWho] {
        let rows = world.desk.due(order, "", ALL, minutes(60)).unwrap().page.rows;
        let of = |due: &Due| (due.due - now()).num_minutes();
        let times: Vec<i64> = rows.iter().map(of).collect();
        let expected = match order {
            Order::ByTime | Order::ByWho => [50, 100, 300, 700, 900],
            Order::ByConcern => [50, 900, 100, 300, 700],
        };
        assert_eq!(times, expected, "{order:?}");
        assert_eq!(rows[0].id, first.id, "{order:?}");
        for (above, most) in (0..5).flat_map(|above| (1..6).map(move |most| (above, most))) {
            let window = Window { offset: above as u64, limit: most as u64 };
            let page = world.desk.due(order, "", window, minutes(60)).unwrap().page.rows;
            let wanted: Vec<i64> = times.iter().copied().skip(above).take(most).collect();
            assert_eq!(page.iter().map(of).collect::<Vec<_>>(), wanted, "{order:?} {most} from {above}");
        }
    }
}

#[test]
fn whoever_is_the_longest_overdue_comes_first_among_those_who_must_act() {
    let mut world = waiting(2);
    for (who, at) in [("Amina Khan", 900), ("Zoe Vale", 100), ("amina khan", 500), ("Zoe Vale", 950)] {
        let due = FollowUp { who: who.into(), ..follow_up(minutes(at)) };
        world.act(&Act::SetFollowUp { subject: Subject::Concern(ConcernId(1)), due });
    }
    let rows = world.desk.due(Order::ByWho, "", ALL, now()).unwrap().page.rows;
    let whose: Vec<_> = rows.iter().map(|due| due.set.who.as_str()).collect();
    assert_eq!(whose, ["Zoe Vale", "Zoe Vale", "amina khan", "Amina Khan"]);
}
