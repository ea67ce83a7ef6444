//! Which child was meant: certain ones are linked, doubtful ones asked, unknown ones made.

use dsl_desk::desk::Act;
use dsl_desk::desk::act::LinkTo;
use dsl_desk::desk::answer::ArrivalResult;
use dsl_desk::domain::chronology::{Kinds, RowKind};
use dsl_desk::domain::ids::{ChildId, ConcernId};
use dsl_desk::domain::part2::{FurtherInformation, Section};

use crate::support::{ALL, World, minutes, named, part1, today};

impl World {
    /// The child that a concern's first child is taken for.
    fn child_of(&self, concern: i64) -> Option<ChildId> {
        let concern = self.desk.concern(ConcernId(concern)).unwrap();
        concern.children[0].as_ref().map(|child| child.id)
    }

    fn children(&mut self) -> u64 {
        self.desk.children("", ALL, today()).unwrap().total
    }

    fn rows(&mut self, child: ChildId) -> Vec<(RowKind, String)> {
        let page = self.desk.chronology(child, Kinds::Everything, "", ALL).unwrap();
        page.rows.into_iter().map(|row| (row.kind, row.text.to_string())).collect()
    }

    fn link(&mut self, concern: i64, to: LinkTo, reason: &str) -> dsl_desk::cabinet::Result<()> {
        let act = Act::Link { concern: ConcernId(concern), position: 0, to, reason: reason.into() };
        self.desk.act(&act, None, minutes(90)).map(drop)
    }
}

#[test]
fn the_same_folded_name_and_birthday_is_the_same_child() {
    let mut world = World::new();
    let first = world.concern("Zoë O'Brien-Marsh", Some("2014-03-02"));
    let second = world.concern("zoe obrien marsh", Some("2014-03-02"));
    assert_eq!(world.child_of(first), world.child_of(second));
    assert_eq!(world.children(), 1);
}

#[test]
fn a_near_match_asks_and_an_unknown_name_makes_a_new_child() {
    let mut world = World::new();
    let first = world.concern("Zoë Marsh", Some("2014-03-02"));
    let near = world.concern("Zoe Marsh", None);
    assert_eq!(world.child_of(near), None);
    let candidates = world.desk.candidates(ConcernId(near), 0).unwrap();
    assert_eq!(candidates.iter().map(|it| Some(it.child.id)).collect::<Vec<_>>(), [world.child_of(first)]);
    assert!(!candidates[0].why.is_empty());
    let other = world.concern("Hassan Ali", None);
    assert!(world.child_of(other).is_some());
    assert_eq!(world.children(), 2);
}

#[test]
fn somebody_not_known_is_nobody_else() {
    let mut world = World::new();
    let first = world.concern("not known", None);
    let second = world.concern("Not known.", None);
    assert_eq!((world.child_of(first), world.child_of(second), world.children()), (None, None, 0));
    assert!(world.desk.candidates(ConcernId(second), 0).unwrap().is_empty());
    world.link(first, LinkTo::New, "").unwrap();
    assert!(world.child_of(first).is_some(), "whoever looked at it may say so");
    let third = world.concern("unknown", None);
    assert_eq!(world.child_of(third), None);
}

#[test]
fn of_many_who_share_a_name_the_birthday_tells_which() {
    let mut world = World::new();
    let born: Vec<String> = (1..=28).map(|day| format!("2014-03-{day:02}")).collect();
    for day in &born {
        let concern = world.concern("Mohammed Khan", Some(day));
        if world.child_of(concern).is_none() {
            world.link(concern, LinkTo::New, "").unwrap();
        }
    }
    assert_eq!(world.children(), 28);
    for day in &born {
        let again = world.concern("Khan, Mohammed", Some(day));
        assert!(world.child_of(again).is_some(), "{day}");
    }
    assert_eq!(world.children(), 28);
}

#[test]
fn another_birthday_is_never_linked_by_itself() {
    let mut world = World::new();
    world.concern("Zoë Marsh", Some("2014-03-02"));
    let other = world.concern("Zoë Marsh", Some("2011-07-09"));
    assert_eq!(world.child_of(other), None);
}

#[test]
fn two_children_who_both_fit_exactly_are_asked_about() {
    let mut world = World::new();
    world.concern("Zoë Marsh", Some("2014-03-02"));
    let second = world.concern("Zoë Marsh", Some("2014-02-03"));
    world.link(second, LinkTo::New, "").unwrap();
    let child = world.child_of(second).unwrap();
    let details = dsl_desk::domain::child::ChildDetails {
        name: "Zoë Marsh".into(),
        date_of_birth: "2014-03-02".parse().ok(),
        ..Default::default()
    };
    world.corrects_child(child, details, "Day and month were swapped");
    let third = world.concern("Zoë Marsh", Some("2014-03-02"));
    assert_eq!(world.child_of(third), None);
    assert_eq!(world.desk.candidates(ConcernId(third), 0).unwrap().len(), 2);
}

#[test]
fn a_child_named_twice_in_one_report_is_one_child() {
    let mut world = World::new();
    let mut report = part1("Zoë Marsh", Some("2014-03-02"));
    report.children.push(named("Zoe Marsh", Some("2014-03-02")));
    world.act(&Act::TypeIn(Box::new(report)));
    assert_eq!(world.children(), 1);
}

#[test]
fn fifty_children_of_one_report_have_the_rows_of_all_its_entries() {
    let mut world = World::new();
    let mut report = part1("Zoë Marsh", None);
    report.children = ('a'..='z').chain('A'..='X').map(|c| named(&format!("{c}{c}{c}{c}"), None)).collect();
    report.children[49] = named("Zoë Marsh", None);
    world.act(&Act::TypeIn(Box::new(report)));
    let information = Section::FurtherInformation(FurtherInformation { text: "Pupil file".into() });
    world.act(&Act::Section { concern: ConcernId(1), section: information });
    let concern = world.desk.concern(ConcernId(1)).unwrap();
    for child in concern.children.iter().flatten() {
        let kinds: Vec<RowKind> = world.rows(child.id).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [RowKind::Concern, RowKind::FurtherInformation], "child {}", child.id);
    }
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn a_child_who_is_answered_later_gets_what_was_written_before() {
    let mut world = World::new();
    world.concern("Zoë Marsh", Some("2014-03-02"));
    let near = world.concern("Zoe Marsh", None);
    let information = Section::FurtherInformation(FurtherInformation { text: "Pupil file".into() });
    world.act(&Act::Section { concern: ConcernId(near), section: information });
    world.link(near, LinkTo::Known(ChildId(1)), "").unwrap();
    let kinds: Vec<RowKind> = world.rows(ChildId(1)).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [RowKind::Concern, RowKind::Concern, RowKind::FurtherInformation]);
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn who_was_moved_away_and_is_the_other_child_named_has_both_in_the_chronology() {
    let mut world = World::new();
    let (zoe, hassan) = (ChildId(1), ChildId(2));
    world.concern("Zoë Marsh", None);
    world.concern("Hassan Ali", None);
    let mut report = part1("Zoë Marsh", None);
    report.children.push(named("Zoë Marsh", None));
    let concern = world.act(&Act::TypeIn(Box::new(report))).concern.unwrap().0;
    world.link(concern, LinkTo::Known(zoe), "").unwrap();
    world.link(concern, LinkTo::Known(hassan), "It is him").unwrap();
    assert!(world.rows(zoe).iter().any(|(kind, _)| *kind == RowKind::Moved));
    let second =
        Act::Link { concern: ConcernId(concern), position: 1, to: LinkTo::Known(zoe), reason: "".into() };
    world.act(&second);
    let mut kinds: Vec<RowKind> = world.rows(zoe).into_iter().map(|(kind, _)| kind).collect();
    kinds.sort();
    assert_eq!(kinds, [RowKind::Concern, RowKind::Concern, RowKind::Moved]);
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn a_name_of_twenty_thousand_words_is_taken_in() {
    let mut world = World::new();
    let name = (0..20_000).map(|number| format!("w{number}")).collect::<Vec<_>>().join(" ");
    world.concern(&name, None);
    world.concern(&name, None);
    assert_eq!(world.children(), 1);
}

#[test]
fn relinking_moves_the_rows_and_says_so_where_they_were() {
    let mut world = World::new();
    world.concern("Hassan Ali", Some("2012-01-01"));
    let concern = world.concern("Zoë Marsh", Some("2014-03-02"));
    let (hassan, zoe) = (ChildId(1), ChildId(2));
    assert!(world.link(concern, LinkTo::Known(hassan), "").is_err(), "a link is changed with a reason only");
    world.link(concern, LinkTo::Known(hassan), "Misheard on the telephone").unwrap();
    let left = world.desk.chronology(zoe, Kinds::Everything, "", ALL).unwrap().rows;
    assert_eq!(left.iter().map(|row| row.kind).collect::<Vec<_>>(), [RowKind::Moved]);
    assert!(left[0].text.contains("Misheard on the telephone"));
    assert_eq!(left[0].recorded_at, minutes(90), "said when it was relinked, not when it was linked");
    let come = world.rows(hassan);
    assert!(come.iter().any(|(kind, text)| *kind == RowKind::Concern && text.contains("Concern 2")));
    let said = |(kind, text): &(RowKind, String)| {
        *kind == RowKind::Moved && text.contains("Misheard on the telephone")
    };
    assert!(come.iter().any(said), "{come:?}");
    world.link(concern, LinkTo::New, "Somebody else again").unwrap();
    assert!(
        world
            .rows(ChildId(3))
            .iter()
            .any(|(kind, text)| *kind == RowKind::Moved && text.contains("else again"))
    );
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn each_move_keeps_its_own_reason() {
    let mut world = World::new();
    for name in ["Hassan Ali", "Ngozi Okafor"] {
        world.concern(name, None);
    }
    let concern = world.concern("Zoë Marsh", None);
    world.link(concern, LinkTo::Known(ChildId(1)), "first reason").unwrap();
    world.link(concern, LinkTo::Known(ChildId(2)), "second reason").unwrap();
    assert!(world.rows(ChildId(3))[0].1.contains("first reason"));
    assert!(world.rows(ChildId(1)).iter().any(|(_, text)| text.contains("second reason")));
    world.link(concern, LinkTo::Known(ChildId(3)), "it was her after all").unwrap();
    let back = world.rows(ChildId(3));
    let moves: Vec<&str> =
        back.iter().filter(|(kind, _)| *kind == RowKind::Moved).map(|(_, text)| text.as_str()).collect();
    assert!(back.iter().any(|(kind, _)| *kind == RowKind::Concern));
    assert!(
        moves.len() == 2 && moves[0].contains("first reason") && moves[1].contains("her after all"),
        "{moves:?}"
    );
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn the_same_file_twice_is_one_concern_and_says_so() {
    let mut world = World::new();
    let report = "Child's name,What happened?,Reported by\nZoë Marsh,No coat,Grace Osei\nHassan Ali,Bruise,Grace Osei\n";
    let results = |came: Vec<dsl_desk::desk::answer::ArrivalOutcome>| {
        came.into_iter().map(|outcome| outcome.result).collect::<Vec<_>>()
    };
    let (one, two) = (ConcernId(1), ConcernId(2));
    let first = results(world.import("a.csv", report));
    assert_eq!(first, [ArrivalResult::Accepted(one), ArrivalResult::Accepted(two)]);
    let again = results(world.import("renamed.csv", report));
    assert_eq!(again, [ArrivalResult::DuplicateOf(one), ArrivalResult::DuplicateOf(two)]);
    let (name, text) = world.desk.original(one).unwrap();
    assert_eq!((name.as_str(), text.as_str()), ("a.csv", report));
}

#[test]
fn a_sheet_that_has_grown_brings_its_new_rows_only() {
    let mut world = World::new();
    let header = "Child's name,What happened?,Reported by\n";
    let results = |world: &mut World, rows: &[&str]| {
        let came = world.import("responses.csv", &format!("{header}{}\n", rows.join("\n")));
        came.into_iter().map(|outcome| outcome.result).collect::<Vec<_>>()
    };
    let (coat, bruise) = ("Zoë Marsh,No coat,Grace Osei", "Hassan Ali,Bruise,Grace Osei");
    let [one, two, three] = [1, 2, 3].map(ConcernId);
    assert_eq!(results(&mut world, &[coat]), [ArrivalResult::Accepted(one)]);
    let grown = results(&mut world, &[bruise, coat]);
    assert_eq!(grown, [ArrivalResult::Accepted(two), ArrivalResult::DuplicateOf(one)]);
    // Said again in the same sheet, it may have happened again.
    let again = results(&mut world, &[bruise, coat, coat]);
    let expected =
        [ArrivalResult::DuplicateOf(two), ArrivalResult::DuplicateOf(one), ArrivalResult::Accepted(three)];
    assert_eq!(again, expected);
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn rows_of_one_file_that_name_the_same_new_child_give_one_child() {
    let mut world = World::new();
    let rows = "Zoë Marsh,2014-03-02,No coat again,Grace Osei\n".repeat(4);
    let came =
        world.import("a.csv", &format!("Child's name,Date of birth,What happened?,Reported by\n{rows}"));
    assert_eq!(came.len(), 4);
    assert_eq!(world.children(), 1);
}
