//! Children who were entered twice: noticed, listed, merged, parted again, told apart.

use dsl_desk::cabinet::Error;
use dsl_desk::desk::act::{LinkTo, Saved};
use dsl_desk::desk::answer::{Alike, Scope, Subject, Target};
use dsl_desk::desk::request::Window;
use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::child::ChildDetails;
use dsl_desk::domain::chronology::{Kinds, RowKind};
use dsl_desk::domain::concern::{About, NamedStaff, Part1};
use dsl_desk::domain::contact::{ContactDetails, Number};
use dsl_desk::domain::entry::NoteKind;
use dsl_desk::domain::ids::{ChildId, ConcernId, Seq};
use dsl_desk::domain::person::Right;

use crate::support::{ALL, World, minutes, moment, named, now, part1, today};

const ZOE: ChildId = ChildId(1);
/// The same girl with a slip in her name.
const AGAIN: ChildId = ChildId(2);
const HASSAN: ChildId = ChildId(3);

/// Zoë is here twice, each time with a concern and a row by hand; Hassan is himself.
fn world() -> World {
    let mut world = World::new();
    world.concern("Zoë Marsh", Some("2014-03-02"));
    let second = world.concern("Zoe Mrash", Some("2014-03-02"));
    world.takes_for(second, LinkTo::New);
    world.concern("Hassan Ali", Some("2013-05-05"));
    world.notes(ZOE, "2026-11-18", "Sang in the choir");
    world.notes(AGAIN, "2026-11-19", "Lost her bag");
    world
}

impl World {
    fn takes_for(&mut self, concern: i64, to: LinkTo) -> Saved {
        let act = Act::Link { concern: ConcernId(concern), position: 0, to, reason: "".into() };
        self.act(&act)
    }

    fn notes(&mut self, child: ChildId, day: &str, text: &str) -> Seq {
        let (note, happened_at) = (NoteKind::Event, moment(day));
        self.act(&Act::Note { child, note, happened_at, text: text.into() }).entries[0]
    }

    fn merges(&mut self, child: ChildId, into: ChildId) -> Result<Saved, Error> {
        merge(&mut self.desk, child, into)
    }

    fn parts(&mut self, child: ChildId) -> Result<Saved, Error> {
        let act = Act::PartChildren { child, reason: "Two after all".into() };
        self.desk.act(&act, None, minutes(60))
    }

    fn rows_of(&mut self, child: ChildId) -> Vec<String> {
        rows(&mut self.desk, child)
    }

    fn pairs(&mut self) -> Vec<(i64, i64, String)> {
        let page = self.desk.duplicates(None, "", ALL).unwrap();
        page.rows.into_iter().map(|pair| (pair.one.id.0, pair.other.id.0, pair.why)).collect()
    }
}

fn merge(desk: &mut Desk, child: ChildId, into: ChildId) -> Result<Saved, Error> {
    let act = Act::MergeChildren { child, into, reason: "Same mother and address".into() };
    desk.act(&act, None, minutes(30))
}

/// The first words of the rows, without those of the merging itself.
fn rows(desk: &mut Desk, child: ChildId) -> Vec<String> {
    let page = desk.chronology(child, Kinds::Everything, "", ALL).unwrap();
    let own = page.rows.into_iter().filter(|row| row.kind != RowKind::Correction);
    own.map(|row| row.text.split([' ', ':']).take(2).collect::<Vec<_>>().join(" ")).collect()
}

#[track_caller]
fn refused(done: Result<Saved, Error>, begins: &str) {
    let said = done.map(drop).unwrap_err().to_string();
    assert!(said.starts_with(begins), "{said}");
}

const BOTH: [&str; 4] = ["Sang in", "Lost her", "Concern 1", "Concern 2"];

#[test]
fn merged_they_have_one_history_and_parted_each_has_their_own() {
    let mut world = world();
    let before = (world.rows_of(ZOE), world.rows_of(AGAIN));
    assert_eq!(
        before,
        (vec!["Sang in".into(), "Concern 1".into()], vec!["Lost her".into(), "Concern 2".into()])
    );
    world.merges(AGAIN, ZOE).unwrap();
    assert_eq!(world.rows_of(ZOE), BOTH);
    assert_eq!(world.rows_of(AGAIN), BOTH, "by whichever number");
    for child in [ZOE, AGAIN] {
        let sheet = world.desk.sheet(child).unwrap();
        assert_eq!(sheet.child.id, ZOE);
        assert_eq!(sheet.also.iter().map(|also| also.id).collect::<Vec<_>>(), [AGAIN]);
        assert_eq!(sheet.concerns, [ConcernId(2), ConcernId(1)]);
        let months: u64 = sheet.months.iter().map(|(_, rows)| rows).sum();
        assert_eq!(months, world.desk.chronology(child, Kinds::Everything, "", ALL).unwrap().total);
    }
    assert_eq!(world.desk.concern(ConcernId(2)).unwrap().children[0].as_ref().unwrap().id, ZOE);
    assert_eq!(world.problems(), Vec::<String>::new());

    world.notes(ZOE, "2026-11-10", "Added kept");
    world.notes(AGAIN, "2026-11-11", "Added other");
    assert_eq!(world.rows_of(ZOE)[..2], ["Added kept", "Added other"]);
    world.parts(AGAIN).unwrap();
    assert_eq!(world.rows_of(ZOE), ["Added kept", "Sang in", "Concern 1"]);
    assert_eq!(world.rows_of(AGAIN), ["Added other", "Lost her", "Concern 2"]);
    assert_eq!(world.desk.sheet(AGAIN).unwrap().child.id, AGAIN);
    assert_eq!(world.desk.concern(ConcernId(2)).unwrap().children[0].as_ref().unwrap().id, AGAIN);
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn that_they_were_merged_and_parted_stands_in_both_chronologies_once() {
    let mut world = world();
    let told = |world: &mut World, child| {
        let page = world.desk.chronology(child, Kinds::Everything, "", ALL).unwrap();
        let told = page.rows.into_iter().filter(|row| row.kind == RowKind::Correction);
        told.map(|row| row.text.to_string()).collect::<Vec<_>>()
    };
    world.merges(AGAIN, ZOE).unwrap();
    let merged = "Entered twice: Zoe Mrash (number 2) is Zoë Marsh (number 1), and both are read as one from here on. \
                  Reason: Same mother and address.";
    assert_eq!(told(&mut world, ZOE), [merged]);
    world.parts(AGAIN).unwrap();
    for child in [ZOE, AGAIN] {
        let told = told(&mut world, child);
        assert_eq!(told.len(), 2);
        assert!(
            told[0] == merged
                && told[1].contains("two children after all")
                && told[1].ends_with("Two after all.")
        );
    }
}

#[test]
fn windows_of_a_joint_chronology_join_up_and_kinds_narrow_it() {
    let mut world = world();
    for day in 1..=9 {
        world.notes(
            if day % 2 == 0 { ZOE } else { AGAIN },
            &format!("2026-10-0{day}"),
            &format!("Day {day}"),
        );
    }
    world.merges(AGAIN, ZOE).unwrap();
    let whole = world.desk.chronology(ZOE, Kinds::Everything, "", ALL).unwrap();
    let mut joined = Vec::new();
    for offset in (0..whole.total).step_by(3) {
        let window = Window { offset, limit: 3 };
        joined.extend(world.desk.chronology(AGAIN, Kinds::Everything, "", window).unwrap().rows);
    }
    assert_eq!(joined, whole.rows);
    let events = world.desk.chronology(ZOE, Kinds::Events, "", ALL).unwrap();
    assert_eq!((events.total, events.rows.len()), (11, 11));
    assert_eq!(world.desk.chronology(ZOE, Kinds::Everything, "day 4", ALL).unwrap().total, 1);
}

#[test]
fn a_concern_that_names_both_is_told_once() {
    let mut world = world();
    let mut report = part1("Zoë Marsh", Some("2014-03-02"));
    report.children.push(named("Zoe Mrash", Some("2014-03-02")));
    world.act(&Act::TypeIn(Box::new(report)));
    world.merges(AGAIN, ZOE).unwrap();
    let told = world.rows_of(ZOE).iter().filter(|row| *row == "Concern 4").count();
    assert_eq!(told, 1);
    let found = world.desk.find("coat", Scope::Chronology, 20).unwrap();
    let of_four = |found: &&dsl_desk::desk::answer::Found| {
        matches!(found.target, Target::Entry { concern: Some(ConcernId(4)), .. })
    };
    assert_eq!(found.iter().filter(of_four).count(), 1);
    assert!(
        world.desk.sheet(ZOE).unwrap().named_together.is_empty(),
        "nobody is named together with themselves"
    );
}

#[test]
fn one_line_is_found_by_either_name() {
    let mut world = world();
    assert_eq!(world.desk.children("", ALL, today()).unwrap().total, 3);
    world.merges(AGAIN, ZOE).unwrap();
    let check = |desk: &mut Desk| {
        assert_eq!(desk.children("", ALL, today()).unwrap().total, 2);
        for typed in ["zoe marsh", "zoe mrash"] {
            let found = desk.find(typed, Scope::Children, 9).unwrap();
            assert_eq!(
                found.iter().map(|hit| hit.target).collect::<Vec<_>>(),
                [Target::Child(ZOE)],
                "{typed}"
            );
            assert!(found[0].detail.contains("also entered as Zoe Mrash"), "{}", &*found[0].detail);
        }
    };
    check(&mut world.desk);
    check(&mut world.at.open().unwrap());
    world.parts(AGAIN).unwrap();
    assert_eq!(world.desk.children("", ALL, today()).unwrap().total, 3);
    let found = world.desk.find("mrash", Scope::Children, 9).unwrap();
    assert_eq!(found[0].target, Target::Child(AGAIN));
    assert!(!found[0].detail.contains("also entered"));
}

#[test]
fn a_report_goes_to_the_entry_that_it_fits_and_stays_with_it() {
    let mut world = world();
    world.merges(AGAIN, ZOE).unwrap();
    let by_old_name = world.concern("Zoe Mrash", Some("2014-03-02"));
    let concern = world.desk.concern(ConcernId(by_old_name)).unwrap();
    assert_eq!(concern.children[0].as_ref().map(|child| child.id), Some(ZOE));
    assert_eq!(world.desk.children("", ALL, today()).unwrap().total, 2, "nobody new");
    world.parts(AGAIN).unwrap();
    assert!(world.rows_of(AGAIN).contains(&format!("Concern {by_old_name}")));
    assert!(!world.rows_of(ZOE).contains(&format!("Concern {by_old_name}")));
}

#[test]
fn chains_lead_to_the_end_and_part_link_by_link() {
    let mut world = world();
    world.merges(AGAIN, ZOE).unwrap();
    world.merges(ZOE, HASSAN).unwrap();
    for child in [ZOE, AGAIN, HASSAN] {
        assert_eq!(world.desk.sheet(child).unwrap().child.id, HASSAN);
        assert_eq!(world.rows_of(child).len(), 5);
    }
    assert_eq!(world.desk.children("", ALL, today()).unwrap().total, 1);
    world.parts(ZOE).unwrap();
    assert_eq!(world.rows_of(HASSAN), ["Concern 3"]);
    assert_eq!(world.rows_of(AGAIN), BOTH, "still one with Zoë");
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn what_makes_no_sense_is_refused() {
    let mut world = world();
    refused(world.merges(ZOE, ZOE), "That is one child and not two.");
    refused(world.merges(ChildId(99), ZOE), "");
    refused(world.parts(ZOE), "This child is not merged with another.");
    let silent = Act::MergeChildren { child: AGAIN, into: ZOE, reason: " ".into() };
    refused(world.desk.act(&silent, None, now()), "Say how you know");
    let silent = Act::TellApart { child: AGAIN, other: ZOE, reason: "".into() };
    refused(world.desk.act(&silent, None, now()), "Say how you know");
    world.merges(AGAIN, ZOE).unwrap();
    for (child, into) in [(ZOE, AGAIN), (AGAIN, ZOE)] {
        refused(world.merges(child, into), "They are read as one child already.");
    }
    refused(world.merges(AGAIN, HASSAN), "One of them has been merged with another child meanwhile.");
    refused(world.merges(HASSAN, AGAIN), "One of them has been merged with another child meanwhile.");
    let apart = Act::TellApart { child: AGAIN, other: ZOE, reason: "Two".into() };
    refused(world.desk.act(&apart, None, now()), "They are read as one child.");
    let silent = Act::PartChildren { child: AGAIN, reason: "".into() };
    refused(world.desk.act(&silent, None, now()), "Say how you know");
    assert!(matches!(world.desk.compared(AGAIN, ZOE), Err(Error::Refused(_))));
}

#[test]
fn two_desks_that_merge_at_once_make_no_ring() {
    let mut here = world();
    let mut there = here.at.open().unwrap();
    here.merges(AGAIN, ZOE).unwrap();
    refused(merge(&mut there, ZOE, AGAIN), "They are read as one child already.");
    refused(merge(&mut there, AGAIN, HASSAN), "One of them has been merged");
    there.noticed_change().unwrap();
    assert_eq!(rows(&mut there, AGAIN), BOTH);
    assert_eq!(there.find("mrash", Scope::Children, 9).unwrap()[0].target, Target::Child(ZOE));
    assert_eq!(here.problems(), Vec::<String>::new());
}

#[test]
fn the_list_has_who_is_alike_until_somebody_has_said_what_they_are() {
    let mut world = world();
    assert_eq!(world.pairs(), [(1, 2, "nearly the same name, born the same day".to_owned())]);
    assert!(world.desk.duplicates(None, "hassan", ALL).unwrap().rows.is_empty());
    assert_eq!(world.desk.duplicates(None, "mrash", ALL).unwrap().total, 1);
    assert_eq!(world.desk.duplicates(Some(ZOE), "", ALL).unwrap().rows[0].other.id, AGAIN);
    let anybody = world.desk.duplicates(Some(ZOE), "hassan", ALL).unwrap().rows;
    assert_eq!((anybody.len(), anybody[0].other.id, &*anybody[0].why), (1, HASSAN, ""));

    world.merges(AGAIN, ZOE).unwrap();
    assert_eq!(world.pairs(), []);
    world.parts(AGAIN).unwrap();
    assert_eq!(world.pairs(), [], "whoever parts them says that they are two");
    assert!(world.desk.duplicates(Some(ZOE), "", ALL).unwrap().rows.is_empty());
}

#[test]
fn whoever_was_told_apart_does_not_come_back_under_another_number() {
    let mut world = world();
    let third = world.concern("Zoe Marsh", None);
    let child = world.takes_for(third, LinkTo::New).alike;
    assert!(!child.is_empty());
    let third = ChildId(4);
    world.act(&Act::TellApart { child: third, other: ZOE, reason: "Cousins".into() });
    world.merges(ZOE, AGAIN).unwrap();
    assert!(world.pairs().is_empty(), "{:?}", world.pairs().len());
    world.corrects_child(third, ChildDetails { form: "9A".into(), ..zoe("Zoe Marsh") }, "Moved up");
    assert!(world.pairs().is_empty());
    assert_eq!(world.problems(), Vec::<String>::new());
}

fn zoe(name: &str) -> ChildDetails {
    ChildDetails { name: name.into(), date_of_birth: "2014-03-02".parse().ok(), ..ChildDetails::default() }
}

#[test]
fn a_list_that_was_read_before_learns_what_came_since() {
    let mut world = world();
    assert_eq!(world.pairs().len(), 1);
    world.corrects_child(HASSAN, zoe("Zoë Marsh"), "Another child was meant");
    assert_eq!(world.pairs().len(), 3);
    assert_eq!(world.pairs()[0].2, "same name and date of birth");
    world.corrects_child(HASSAN, ChildDetails { name: "Hassan Ali".into(), ..zoe("") }, "It was not");
    assert_eq!(world.pairs().len(), 1);
}

#[test]
fn whoever_makes_a_second_entry_hears_of_the_first() {
    let mut world = World::new();
    world.concern("Zoë Marsh", Some("2014-03-02"));
    let typed = world.act(&Act::TypeIn(Box::new(part1("Zoe Mrash", Some("2014-03-02")))));
    let [Alike::Named { concern, position: 0, candidate, .. }] = &typed.alike[..] else {
        panic!("not noticed")
    };
    assert_eq!((*concern, candidate.child.id), (ConcernId(2), ZOE));
    let linked = world.takes_for(2, LinkTo::New);
    let [Alike::Entered(pair)] = &linked.alike[..] else { panic!("not noticed") };
    assert_eq!((pair.one.id, pair.other.id), (AGAIN, ZOE));
    assert!(
        world.act(&Act::TypeIn(Box::new(part1("Hassan Ali", None)))).alike.is_empty(),
        "nobody is like him"
    );

    let correct = |before: &ChildDetails, details: ChildDetails| Act::CorrectChild {
        child: HASSAN,
        before: Box::new(before.clone()),
        details: Box::new(details),
        reason: "Asked at home".into(),
    };
    let hassan = world.desk.sheet(HASSAN).unwrap().child.details;
    assert!(
        world.act(&correct(&hassan, ChildDetails { form: "9A".into(), ..hassan.clone() })).alike.is_empty()
    );
    let hassan = world.desk.sheet(HASSAN).unwrap().child.details;
    let equal = world.act(&correct(&hassan, zoe("Zoë Marsh")));
    assert_eq!(equal.alike.len(), 2);
    let now_zoe = world.desk.sheet(HASSAN).unwrap().child.details;
    let again = world.act(&correct(&now_zoe, ChildDetails { form: "9B".into(), ..now_zoe.clone() }));
    assert!(again.alike.is_empty(), "it was said before");
}

#[test]
fn a_row_of_either_entry_is_put_right_where_both_are_read() {
    let mut world = world();
    let bag = world.notes(AGAIN, "2026-11-12", "Lost her hat");
    let correct = |child| Act::CorrectNote {
        child,
        corrects: bag,
        instead: "Lost her coat".into(),
        reason: "Misheard".into(),
        happened_at: None,
    };
    assert!(world.desk.act(&correct(ZOE), None, now()).is_err(), "another child's");
    world.merges(AGAIN, ZOE).unwrap();
    world.act(&correct(ZOE));
    world.parts(AGAIN).unwrap();
    let page = world.desk.chronology(AGAIN, Kinds::Everything, "coat", ALL).unwrap();
    assert!(page.rows.iter().any(|row| row.seq == bag && row.text.starts_with("[Corrected: Lost her coat]")));
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn who_has_looked_and_whom_to_ring_count_both() {
    let mut world = world();
    for child in [ZOE, AGAIN] {
        world.desk.saw(Subject::Child(child), now()).unwrap();
    }
    let worker = ContactDetails {
        key: "social-worker".into(),
        service: "Their social worker".into(),
        numbers: vec![Number { number: "0116 496 0111".into(), ..Number::default() }],
        of_child: Some(AGAIN),
        ..ContactDetails::default()
    };
    world.act(&Act::AddContact(Box::new(worker)));
    assert_eq!(world.desk.seen_by(Subject::Child(ZOE)).unwrap().len(), 1);
    world.merges(AGAIN, ZOE).unwrap();
    assert_eq!(world.desk.seen_by(Subject::Child(ZOE)).unwrap().len(), 2);
    assert_eq!(world.desk.contacts_of(ZOE).unwrap().len(), 1);
    let subjects = [Subject::Child(AGAIN), Subject::Child(ZOE), Subject::Concern(ConcernId(1))];
    for subject in subjects {
        let question = world.desk.ring_about(Some(subject), now()).unwrap().question;
        assert_eq!(question.children, [ZOE, AGAIN], "{subject:?}");
    }
    world.parts(AGAIN).unwrap();
    assert!(world.desk.contacts_of(ZOE).unwrap().is_empty());
    assert_eq!(world.desk.seen_by(Subject::Child(ZOE)).unwrap().len(), 1);
}

#[test]
fn what_is_restricted_stays_so() {
    let mut world = world();
    let report = Part1 {
        about: About::Staff,
        staff: Some(NamedStaff { name: "Peregrine Quillfeather".into(), ..NamedStaff::default() }),
        ..part1("Zoe Mrash", Some("2014-03-02"))
    };
    let kept = world.act(&Act::TypeIn(Box::new(report))).concern.unwrap();
    world.merges(AGAIN, ZOE).unwrap();
    assert!(world.desk.sheet(ZOE).unwrap().concerns.contains(&kept), "for those who open it");
    let place = world.close();
    let grace = place.admit("Grace Osei", Right::Deputy);
    let mut grace = place.open_as(&grace).unwrap();
    let sheet = grace.sheet(ZOE).unwrap();
    assert!(!sheet.concerns.contains(&kept));
    assert_eq!(rows(&mut grace, ZOE), BOTH);
    let both = grace.compared(ZOE, HASSAN).unwrap();
    assert_eq!(both.sides[0].concerns, [ConcernId(2), ConcernId(1)]);
    assert!(grace.find("quillfeather", Scope::Everything, 9).unwrap().is_empty());
}

#[test]
fn a_concern_that_was_moved_between_the_two_says_where_it_is() {
    let mut world = world();
    let act =
        Act::Link { concern: ConcernId(2), position: 0, to: LinkTo::Known(ZOE), reason: "It was her".into() };
    world.act(&act);
    world.merges(AGAIN, ZOE).unwrap();
    let page = world.desk.chronology(ZOE, Kinds::Everything, "", ALL).unwrap();
    let moved: Vec<&str> =
        page.rows.iter().filter(|row| row.kind == RowKind::Moved).map(|row| &*row.text).collect();
    assert_eq!(moved, ["Concern 2 was taken for another child's and is this one's. Reason: It was her"]);
    let sides = world.desk.compared(ZOE, HASSAN).unwrap().sides;
    assert_eq!((sides[0].rows, sides[0].also.len(), sides[1].rows), (page.total, 1, 1));
}

#[test]
fn a_filter_by_either_number_or_name_finds_both_histories() {
    let mut world = world();
    world.merges(AGAIN, ZOE).unwrap();
    let mut texts = |typed: &str| -> Vec<String> {
        let found = world.desk.look_for(typed, Scope::Chronology, 20, now()).unwrap();
        assert!(found.notes.is_empty(), "{:?}", found.notes);
        found.hits.into_iter().map(|hit| hit.detail.to_string()).collect()
    };
    for filter in ["child:1", "child:2", "child:zoe", "child:mrash"] {
        assert_eq!(texts(&format!("{filter} bag")).len(), 1, "{filter}");
        assert_eq!(texts(&format!("{filter} choir")).len(), 1, "{filter}");
    }
    assert_eq!(texts("\"same mother\"").len(), 1, "the reason of the merging is found too");
}

#[test]
fn whoever_joins_two_words_finds_the_second_name_too() {
    let mut world = World::new();
    world.concern("Neave Smith", Some("2014-03-02"));
    world.concern("Jean Luc Martin", Some("2015-03-02"));
    world.merges(ChildId(2), ChildId(1)).unwrap();
    let found = world.desk.find("jeanluc", Scope::Children, 5).unwrap();
    assert_eq!(found[0].target, Target::Child(ChildId(1)));
    let listed = world.desk.listed("Jean Luc Martin 2 Mar 2015", "2026-11-20".parse().unwrap(), 5).unwrap();
    assert_eq!(listed[0].why, "same name, same date of birth");
}
