//! What a careful reader would notice (D10, D16, D23): it counts, shows what it counted, and keeps what is restricted.

use chrono::{DateTime, Utc};
use dsl_desk::desk::answer::{PatternSeen, Stands};
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::concern::{About, NamedStaff, Part1};
use dsl_desk::domain::entry::NoteKind;
use dsl_desk::domain::field::{CorrectedField, Part1Field};
use dsl_desk::domain::ids::{ChildId, ConcernId, Seq};
use dsl_desk::domain::part2::{Action, Section};
use dsl_desk::domain::pattern::PatternKind;
use dsl_desk::domain::person::Right;

use crate::support::{World, minutes, moment, part1};

const ZOE: ChildId = ChildId(1);

/// Friday 20 November 2026, after all that happens here.
fn later() -> DateTime<Utc> {
    minutes(60)
}

fn report(name: &str, on: &str, who: &str) -> Part1 {
    let mut part1 = Part1 { incident_at: Some(moment(on)), ..part1(name, Some("2013-03-01")) };
    part1.account.who = who.into();
    part1
}

fn takes_in(world: &mut World, part1: Part1) -> ConcernId {
    world.act(&Act::TypeIn(Box::new(part1))).concern.unwrap()
}

fn zoe_on(world: &mut World, days: &[&str]) -> Vec<ConcernId> {
    days.iter().map(|on| takes_in(world, report("Zoe Marsh", on, ""))).collect()
}

fn action(what: &str) -> Section {
    Section::Action(Action {
        at: moment("2026-11-20T11:00"),
        what: what.into(),
        reasons: "Below the threshold of a referral until now".into(),
        shared_with: "".into(),
    })
}

fn seen(desk: &Desk, child: ChildId, kind: PatternKind) -> Option<PatternSeen> {
    desk.noticed(child, later()).unwrap().into_iter().find(|seen| seen.pattern.kind == kind)
}

fn concerns(seen: &PatternSeen) -> Vec<i64> {
    seen.rows.iter().filter_map(|row| row.concern).map(|concern| concern.0).collect()
}

#[test]
fn d10_several_low_level_concerns_without_a_referral_are_noticed_together() {
    let mut world = World::new();
    let days = ["2025-12-01", "2026-02-03", "2026-05-06", "2026-09-10"];
    zoe_on(&mut world, &days[..3]);
    assert_eq!(seen(&world.desk, ZOE, PatternKind::Together), None, "three");
    let last = zoe_on(&mut world, &days[3..])[0];
    let found = seen(&world.desk, ZOE, PatternKind::Together).unwrap();
    assert!(
        found.pattern.says.ends_with("and no referral: together they may need one"),
        "{}",
        found.pattern.says
    );
    assert!(found.pattern.source.starts_with("D10"));
    assert_eq!(concerns(&found), [1, 2, 3, 4]);
    assert!(found.rows.iter().all(|row| row.stands == Stands::Here));

    let section = |what: &str| Act::Section { concern: last, section: action(what) };
    world.act(&section("Decided not to make a referral; spoke with her mother."));
    assert!(seen(&world.desk, ZOE, PatternKind::Together).is_some(), "none was made");
    world.act(&section("Referred to First Response, MARF sent."));
    assert_eq!(seen(&world.desk, ZOE, PatternKind::Together), None, "it was referred");
    assert_eq!(world.problems(), [] as [String; 0]);
}

#[test]
fn d23_a_month_a_weekday_and_contact_visits_are_counted() {
    let mut world = World::new();
    zoe_on(&mut world, &["2026-10-26", "2026-11-02", "2026-11-09", "2026-11-18"]);
    for on in ["2026-11-01", "2026-10-24", "2026-11-07"] {
        let text = "Contact visit with her father".into();
        world.act(&Act::Note { child: ZOE, note: NoteKind::Event, happened_at: moment(on), text });
    }
    let said = |kind| seen(&world.desk, ZOE, kind).unwrap().pattern.says;
    assert_eq!(said(PatternKind::Month), "4 concerns in 24 days: 26 Oct to 18 Nov 2026");
    assert_eq!(said(PatternKind::Weekday), "3 of 4 concerns since 26 Oct 2026 were on a Monday");
    assert_eq!(
        said(PatternKind::AfterContact),
        "3 of 4 concerns since 24 Oct 2026 came within three days after a contact visit"
    );
    assert_eq!(seen(&world.desk, ZOE, PatternKind::AfterContact).unwrap().rows.len(), 6);
}

#[test]
fn an_adult_across_children_is_named_and_nobody_is_who_only_sounds_like_them() {
    let mut world = World::new();
    takes_in(&mut world, report("Zoe Marsh", "2026-02-03", "Zoe; her stepfather, Darren Cole"));
    takes_in(&mut world, report("Ava Reed", "2026-03-03", "DARREN  COLE, who drives them; Grace Osei"));
    takes_in(&mut world, report("Sam Field", "2026-04-03", "Daren Cole; Mr Cole"));
    takes_in(&mut world, report("Tom Hay", "2026-05-03", "Ava Reed"));
    let found = seen(&world.desk, ZOE, PatternKind::Adult).unwrap();
    assert_eq!(
        found.pattern.says,
        "The name Darren Cole stands in 1 concern here, and in concerns of 1 other child"
    );
    assert_eq!(concerns(&found), [1, 2]);
    assert_eq!(found.rows[1].stands, Stands::With("Ava Reed".into()));
    assert_eq!(seen(&world.desk, ChildId(4), PatternKind::Adult), None, "Ava is a child of the desk");

    let (corrects, field) = (first_entry(&world, 3), CorrectedField::Part1(Part1Field::Who));
    let (instead, reason) = ("Darren Cole".into(), "Misheard".into());
    let concern = ConcernId(3);
    world.act(&Act::Correct { concern, corrects, field, instead, reason, happened_at: None });
    assert_eq!(concerns(&seen(&world.desk, ZOE, PatternKind::Adult).unwrap()), [1, 2, 3]);
    assert_eq!(world.problems(), [] as [String; 0], "the names are rebuilt as they were");
}

/// Of old rows only those are read that count.
#[test]
fn what_is_old_counts_since_the_last_referral_and_by_whom_it_names() {
    let mut world = World::new();
    let old = takes_in(&mut world, report("Zoe Marsh", "2024-02-03", "Darren Cole, her stepfather"));
    takes_in(&mut world, report("Ava Reed", "2026-03-03", "Darren Cole"));
    zoe_on(&mut world, &["2024-05-31", "2024-07-01", "2024-09-01", "2025-01-06", "2025-03-04"]);
    let said = |world: &World, kind| seen(&world.desk, ZOE, kind).map(|seen| seen.pattern.says);
    assert!(said(&world, PatternKind::Together).unwrap().starts_with("6 concerns"));
    let Section::Action(referred) = action("Referred to First Response") else { panic!() };
    let at = moment("2024-06-01T11:00");
    let section = Section::Action(Action { at, ..referred.clone() });
    world.act(&Act::Section { concern: old, section });
    let together = said(&world, PatternKind::Together).unwrap();
    assert!(together.starts_with("4 concerns") && together.contains("referral on 1 Jun 2024"), "{together}");
    world.act(&Act::Section { concern: old, section: Section::Action(referred) });
    assert_eq!(said(&world, PatternKind::Together), None, "the last one counts, of this year");
    let adult = seen(&world.desk, ZOE, PatternKind::Adult).unwrap();
    assert_eq!(concerns(&adult), [1, 2], "however old it is");
    assert_eq!(adult.rows[0].stands, Stands::Here);
}

fn first_entry(world: &World, concern: i64) -> Seq {
    world.desk.concern(ConcernId(concern)).unwrap().seq
}

#[test]
fn what_is_restricted_counts_for_nobody_who_may_not_open_it() {
    let mut world = World::new();
    zoe_on(&mut world, &["2026-11-02", "2026-11-10"]);
    for (child, on) in [("Zoe Marsh", "2026-11-12"), ("Ava Reed", "2026-11-12")] {
        let staff = Some(NamedStaff { name: "Peregrine Quillfeather".into(), ..NamedStaff::default() });
        takes_in(&mut world, Part1 { about: About::Staff, staff, ..report(child, on, "") });
    }
    let place = world.close();
    let grace = place.admit("Grace Osei", Right::Deputy);
    let amina = place.open().unwrap();
    let month = seen(&amina, ZOE, PatternKind::Month).unwrap();
    assert_eq!(concerns(&month), [1, 2, 3]);
    assert_eq!(month.rows[2].stands, Stands::Restricted);
    assert!(seen(&amina, ZOE, PatternKind::Adult).unwrap().pattern.says.contains("Peregrine Quillfeather"));
    drop(amina);
    let grace = place.open_as(&grace).unwrap();
    assert_eq!(grace.noticed(ZOE, later()).unwrap(), []);
}

#[test]
fn a_child_who_was_entered_twice_is_counted_under_both_numbers() {
    let mut world = World::new();
    zoe_on(&mut world, &["2026-11-02", "2026-11-10"]);
    takes_in(&mut world, report("Zoe Finch", "2026-11-12", ""));
    assert_eq!(seen(&world.desk, ZOE, PatternKind::Month), None);
    world.act(&Act::MergeChildren { child: ChildId(2), into: ZOE, reason: "Her mother remarried".into() });
    for number in [ZOE, ChildId(2)] {
        assert_eq!(concerns(&seen(&world.desk, number, PatternKind::Month).unwrap()), [1, 2, 3]);
    }
}
