//! The chronology writes itself: a row for every concern and every Part 2 entry, in the order of what happened.

use dsl_desk::desk::Act;
use dsl_desk::desk::act::LinkTo;
use dsl_desk::domain::child::ChildDetails;
use dsl_desk::domain::chronology::{Kinds, RowKind};
use dsl_desk::domain::concern::{About, NamedStaff};
use dsl_desk::domain::entry::NoteKind;
use dsl_desk::domain::field::{CorrectedField, Part1Field};
use dsl_desk::domain::ids::{ChildId, ConcernId, Seq};
use dsl_desk::domain::part2::{
    Action, Advice, FileCommenced, FurtherInformation, Outcome, Parents, Received, Section, SectionKind,
    Signature,
};
use dsl_desk::domain::triage::State;

use crate::support::{ALL, World, moment, named, now, part1, today};

const ZOE: ChildId = ChildId(1);

fn section(section: Section) -> Act {
    Act::Section { concern: ConcernId(1), section }
}

fn every_section() -> Vec<Section> {
    let at = moment("2026-11-20T14:10");
    vec![
        Section::Received(Received { at, from: "Grace Osei".into() }),
        Section::Advice(Advice {
            at,
            name: "".into(),
            role: "Duty worker".into(),
            organisation: "Front door".into(),
            advice: "Make a referral".into(),
            contact: None,
        }),
        Section::Action(Action {
            at,
            what: "Rang".into(),
            reasons: "Worried".into(),
            shared_with: "".into(),
        }),
        Section::Parents(Parents { informed: true, reasons: "They asked".into(), ..Parents::default() }),
        Section::Outcome(Outcome { at, from: "Duty worker".into(), text: "Visit on Monday".into() }),
        Section::FurtherInformation(FurtherInformation { text: "Pupil file".into() }),
        Section::FileCommenced(FileCommenced { commence: true, why: "Third time".into() }),
        Section::Signed(Signature { name: "Amina Khan".into(), role: "DSL".into() }),
    ]
}

impl World {
    fn kinds(&mut self, child: ChildId) -> Vec<RowKind> {
        let page = self.desk.chronology(child, Kinds::Everything, "", ALL).unwrap();
        page.rows.into_iter().map(|row| row.kind).collect()
    }
}

/// The words of a child's rows of one kind.
fn told(world: &mut World, child: ChildId, kind: RowKind) -> Vec<String> {
    let rows = world.desk.chronology(child, Kinds::Everything, "", ALL).unwrap().rows;
    rows.into_iter().filter(|row| row.kind == kind).map(|row| row.text.to_string()).collect()
}

#[test]
fn a_corrected_row_says_so_beside_its_own_words() {
    let mut world = World::new();
    let mut report = part1("Zoë Marsh", None);
    report.children.push(named("Hassan Ali", None));
    world.act(&Act::TypeIn(Box::new(report)));
    let at = moment("2026-11-20T14:10");
    let outcome =
        Section::Outcome(Outcome { at, from: "Duty worker".into(), text: "Visit on Monday".into() });
    let corrects = world.act(&section(outcome)).entries[0];
    let (field, instead) = (CorrectedField::Section(SectionKind::Outcome), "Visit on Tuesday".into());
    let reason = "Misheard".into();
    world.act(&Act::Correct { concern: ConcernId(1), corrects, field, instead, reason, happened_at: None });
    let said = |world: &mut World, child| {
        let outcomes = told(world, child, RowKind::Outcome);
        assert_eq!(outcomes.len(), 1);
        assert!(outcomes[0].contains("Visit on Monday"), "{outcomes:?}");
        assert!(outcomes[0].starts_with("[Corrected: Visit on Tuesday] Concern 1."), "{outcomes:?}");
        assert_eq!(outcomes[0].matches("[Corrected").count(), 1, "{outcomes:?}");
        assert_eq!(told(world, child, RowKind::Correction).len(), 1);
    };
    said(&mut world, ZOE);
    said(&mut world, ChildId(2));
    let reason = "Another Zoë".into();
    world.act(&Act::Link { concern: ConcernId(1), position: 0, to: LinkTo::New, reason });
    said(&mut world, ChildId(2));
    said(&mut world, ChildId(3));
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn corrected_details_are_told_with_the_old_ones() {
    let mut world = World::new();
    world.concern("Zoë Marsh", Some("2012-03-03"));
    let details = ChildDetails {
        name: "Zoë Marsh".into(),
        date_of_birth: "2012-03-05".parse().ok(),
        ..ChildDetails::default()
    };
    world.corrects_child(ZOE, details, "Birth certificate");
    assert_eq!(
        told(&mut world, ZOE, RowKind::Correction),
        [
            "The child's details were corrected. Date of birth: 3 Mar 2012, now 5 Mar 2012. Reason: Birth certificate"
        ]
    );
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn a_row_added_by_hand_is_put_right_and_nothing_else_that_way() {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    world.concern("Hassan Ali", None);
    let note = |child| Act::Note {
        child,
        note: NoteKind::Contact,
        happened_at: moment("2026-11-20"),
        text: "Rang the father".into(),
    };
    let corrects = world.act(&note(ZOE)).entries[0];
    let other = world.act(&note(ChildId(2))).entries[0];
    let correct = |corrects, instead: &str, reason: &str| Act::CorrectNote {
        child: ZOE,
        corrects,
        instead: instead.into(),
        reason: reason.into(),
        happened_at: None,
    };
    for refused in [
        correct(other, "Rang the mother", "Misread"),
        correct(Seq(1), "Rang the mother", "Misread"),
        correct(corrects, " ", "Misread"),
        correct(corrects, "Rang the mother", " "),
    ] {
        assert!(world.desk.act(&refused, None, now()).is_err(), "{refused:?}");
    }
    world.act(&correct(corrects, "Rang the mother", "Misread"));
    assert_eq!(told(&mut world, ZOE, RowKind::Contact), ["[Corrected: Rang the mother] Rang the father"]);
    let corrections = told(&mut world, ZOE, RowKind::Correction);
    let said = "Correction of the row of Fri 20 Nov 2026: Rang the mother. Reason: Misread.";
    assert_eq!(corrections, [said]);
    assert_eq!(told(&mut world, ChildId(2), RowKind::Contact), ["Rang the father"]);
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn every_part_2_entry_has_its_row() {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    for filled in every_section() {
        world.act(&section(filled));
    }
    let mut kinds = world.kinds(ZOE);
    kinds.sort();
    let expected = [
        RowKind::Concern,
        RowKind::Received,
        RowKind::Advice,
        RowKind::Action,
        RowKind::Parents,
        RowKind::Outcome,
        RowKind::FurtherInformation,
        RowKind::FileCommenced,
        RowKind::Signed,
    ];
    assert_eq!(kinds, expected);
    let rows = world.desk.chronology(ZOE, Kinds::Part2, "", ALL).unwrap().rows;
    assert_eq!(rows.len(), 8);
    assert!(rows.iter().all(|row| row.by.as_str() == "Amina Khan, Designated Safeguarding Lead"));
    assert!(rows.iter().all(|row| row.concern == Some(ConcernId(1))));
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn every_child_of_a_concern_has_the_rows() {
    let mut world = World::new();
    let mut report = part1("Zoë Marsh", None);
    report.children.push(named("Hassan Ali", None));
    world.act(&Act::TypeIn(Box::new(report)));
    world.act(&section(every_section().remove(1)));
    for child in [ZOE, ChildId(2)] {
        assert_eq!(world.kinds(child), [RowKind::Concern, RowKind::Advice]);
    }
    assert_eq!(world.desk.sheet(ZOE).unwrap().named_together.len(), 1);
}

#[test]
fn what_happened_earlier_stands_earlier() {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    for (at, text) in [
        ("2026-11-20", "the day of the concern, no time told"),
        ("2019-02-03T10:00", "long ago"),
        ("2026-11-21T08:00", "the morning after"),
        ("2026-11-20T09:09", "a minute before"),
    ] {
        let (note, text) = (NoteKind::Contact, text.into());
        world.act(&Act::Note { child: ZOE, note, happened_at: moment(at), text });
    }
    let rows = world.desk.chronology(ZOE, Kinds::Everything, "", ALL).unwrap().rows;
    let told: Vec<String> = rows.iter().map(|row| row.happened_at.to_string()).collect();
    let expected = [
        "Sun 3 Feb 2019 10:00",
        "Fri 20 Nov 2026",
        "Fri 20 Nov 2026 09:09",
        "Fri 20 Nov 2026 09:10",
        "Sat 21 Nov 2026 08:00",
    ];
    assert_eq!(told, expected);
    assert!(rows.iter().all(|row| row.recorded_at == now()));
    let months = world.desk.sheet(ZOE).unwrap().months;
    assert_eq!(months, [("2019-02".to_owned(), 1), ("2026-11".to_owned(), 4)]);
}

#[test]
fn a_correction_stands_beside_what_it_corrects() {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    let part1 = world.desk.concern(ConcernId(1)).unwrap().seq;
    let correct = |reason: &str| Act::Correct {
        concern: ConcernId(1),
        corrects: part1,
        field: CorrectedField::Part1(Part1Field::What),
        instead: "She had a coat".into(),
        reason: reason.into(),
        happened_at: None,
    };
    assert!(world.desk.act(&correct(" "), None, now()).is_err());
    world.act(&correct("Seen on the peg"));
    assert_eq!(world.kinds(ZOE), [RowKind::Concern, RowKind::Correction]);
    assert!(told(&mut world, ZOE, RowKind::Concern)[0].starts_with("[Corrected, What?: She had a coat] "));
    let whole = world.desk.concern(ConcernId(1)).unwrap();
    assert_eq!(whole.part1.account.what.as_str(), "No coat and no lunch for the third day");
    assert_eq!(whole.lines.len(), 2, "the new child's link and the correction follow Part 1");
}

#[test]
fn a_wrong_date_is_put_right_and_the_row_stands_where_it_belongs() {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    let note = |text: &str, at: &str| Act::Note {
        child: ZOE,
        note: NoteKind::Event,
        happened_at: moment(at),
        text: text.into(),
    };
    let corrects = world.act(&note("The house burned down", "2026-03-14")).entries[0];
    world.act(&note("Moved to her grandmother's", "2025-06-01"));
    world.act(&Act::CorrectNote {
        child: ZOE,
        corrects,
        instead: "The house burned down".into(),
        reason: "It was the year before last".into(),
        happened_at: Some(moment("2024-03-14")),
    });
    let part1 = world.desk.concern(ConcernId(1)).unwrap().seq;
    world.act(&Act::Correct {
        concern: ConcernId(1),
        corrects: part1,
        field: CorrectedField::Part1(Part1Field::IncidentAt),
        instead: "Sun 1 Jun 2025".into(),
        reason: "Misread".into(),
        happened_at: Some(moment("2025-07-01")),
    });
    let rows = world.desk.chronology(ZOE, Kinds::Everything, "", ALL).unwrap().rows;
    let dates: Vec<String> = rows.iter().take(3).map(|row| row.happened_at.to_string()).collect();
    assert_eq!(dates, ["Thu 14 Mar 2024", "Sun 1 Jun 2025", "Tue 1 Jul 2025"]);
    assert_eq!(&*rows[0].text, "[Date corrected; it stood at Sat 14 Mar 2026.] The house burned down");
    assert!(rows[2].text.contains("[Date corrected; it stood at Fri 20 Nov 2026 09:10.]"));
    assert_eq!(world.problems(), Vec::<String>::new());
}

#[test]
fn signing_closes_and_what_comes_later_is_marked() {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    assert_eq!(world.desk.concern(ConcernId(1)).unwrap().row.state, State::New);
    let mut sections = every_section();
    world.act(&section(sections.remove(0)));
    assert_eq!(world.desk.concern(ConcernId(1)).unwrap().row.state, State::Open);
    world.act(&section(sections.pop().unwrap()));
    world.act(&section(sections.remove(0)));
    let whole = world.desk.concern(ConcernId(1)).unwrap();
    assert_eq!(whole.row.state, State::Signed);
    let marks: Vec<bool> = whole.sections().map(|(line, _)| line.added_after_signing).collect();
    assert_eq!(marks, [false, false, true]);
}

#[test]
fn it_is_signed_once_and_by_whoever_is_at_the_desk() {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    let signed = |name: &str| section(Section::Signed(Signature { name: name.into(), role: "DSL".into() }));
    let refused = |world: &mut World, act: &Act| {
        world.desk.act(act, None, now()).expect_err("it was signed").to_string()
    };
    assert!(refused(&mut world, &signed("Grace Osei")).starts_with("Sign with your own name"));
    world.act(&signed("Amina Khan"));
    assert!(refused(&mut world, &signed("Amina Khan")).contains("signed already"));
}

#[test]
fn parents_informed_is_not_saved_without_the_reasons() {
    let mut world = World::new();
    world.concern("Zoë Marsh", None);
    let act =
        section(Section::Parents(Parents { informed: true, reasons: " ".into(), ..Parents::default() }));
    assert!(world.desk.act(&act, None, now()).is_err());
    assert_eq!(world.kinds(ZOE), [RowKind::Concern]);
}

#[test]
fn a_concern_about_staff_stands_in_no_chronology_until_a_child_is_named() {
    let mut world = World::new();
    let mut report = part1("Zoë Marsh", None);
    report.children.clear();
    report.about = About::Staff;
    report.staff = Some(NamedStaff { name: "Mr Vale".into(), ..NamedStaff::default() });
    world.act(&Act::TypeIn(Box::new(report)));
    world.act(&section(every_section().remove(1)));
    assert_eq!(world.desk.children("", ALL, today()).unwrap().total, 0);
    assert_eq!(world.desk.concern(ConcernId(1)).unwrap().row.named.as_str(), "Mr Vale");
    assert_eq!(world.problems(), Vec::<String>::new());
}
