//! What is missing of what was written.

use super::super::{Mend, PutRight, Written, missing};
use super::{at, change, day, further, only, recorded, said, staff, whole, without};
use crate::domain::allegation::AllegationOutcome;
use crate::domain::concern::About;
use crate::domain::field::Part1Field;
use crate::domain::part2::{Section, SectionKind};

#[test]
fn each_empty_section_is_named_and_opens_its_form() {
    for kind in [
        SectionKind::Received,
        SectionKind::Advice,
        SectionKind::Action,
        SectionKind::Parents,
        SectionKind::Outcome,
        SectionKind::FileCommenced,
    ] {
        let says = format!("Nothing is written under \"{}\".", kind.label());
        only(&without(kind), &says, &Mend::Section(kind));
    }
    only(&without(SectionKind::Signed), "Part 2 is not signed.", &Mend::Section(SectionKind::Signed));
    let mut adult = without(SectionKind::Parents);
    adult.part1.about = About::Adult;
    assert_eq!(said(&adult), [""; 0], "an adult's parents are not asked about");
}

#[test]
fn initials_are_shown_as_found_and_where_they_stand() {
    let mut case = whole();
    case.part1.account.who = "J.S. and AB, of form 10B".into();
    only(
        &case,
        "Initials stand for a name under \"Who?\": J.S., AB.",
        &Mend::Correct(Written::Part1(Part1Field::Who)),
    );
    let mut case = whole();
    change(&mut case, |section| {
        if let Section::Advice(advice) = section {
            advice.advice = "Ring Mr K back.".into();
        }
    });
    only(
        &case,
        "Initials stand for a name under \"Advice sought\": Mr K.",
        &Mend::Correct(Written::Section(1)),
    );
}

#[test]
fn who_child_b_is_may_be_said_elsewhere_in_the_record() {
    let mut case = whole();
    case.part1.account.what = "B hit her.".into();
    assert_eq!(said(&case).len(), 1);
    case.part1.reasons = "Child A and child B fought.".into();
    assert_eq!(said(&case), [""; 0]);
}

#[test]
fn a_day_without_a_time_is_a_gap_where_the_form_asks_the_time() {
    let incident = Mend::Correct(Written::Part1(Part1Field::IncidentAt));
    let mut case = whole();
    case.part1.incident_at = Some(day());
    only(&case, "The incident has a day and no time.", &incident);
    case.part1.incident_at = None;
    only(&case, "When the incident was is not said.", &incident);
    let mut case = whole();
    change(&mut case, |section| match section {
        Section::Received(received) => received.at = day(),
        Section::Advice(advice) => advice.at = day(),
        Section::Action(action) => action.at = day(),
        Section::Outcome(outcome) => outcome.at = day(),
        Section::Parents(parents) => parents.at = Some(day()),
        _ => {}
    });
    let expected = ["Received", "Advice sought", "Action taken"]
        .map(|label| format!("\"{label}\" of Fri 20 Nov 2026 has a day and no time."));
    assert_eq!(said(&case), expected, "an outcome may be of a day");
}

#[test]
fn an_outcome_that_nobody_gave_is_a_gap() {
    let mut case = whole();
    change(&mut case, |section| {
        if let Section::Outcome(outcome) = section {
            outcome.from = "not known".into();
        }
    });
    only(
        &case,
        "The outcome of Fri 20 Nov 2026 14:10 names nobody who gave it.",
        &Mend::Correct(Written::Section(4)),
    );
}

#[test]
fn opinion_is_looked_for_among_the_facts_and_nowhere_else() {
    let mut case = whole();
    case.part1.account.what = "She was obviously hungry, and I think she always is.".into();
    let gap = only(
        &case,
        "Opinion stands among the facts under \"What?\": \"obviously\", \"I think\".",
        &Mend::Correct(Written::Part1(Part1Field::What)),
    );
    assert!(gap.rule.starts_with("R24 · "));
}

#[test]
fn what_was_put_right_is_read_as_it_stands_now() {
    let mut case = whole();
    case.part1.account.what = "AB was obviously hungry.".into();
    case.part1.incident_at = Some(day());
    case.part1.account.child_words = "".into();
    change(&mut case, |section| {
        if let Section::Advice(advice) = section {
            (advice.name, advice.at) = ("AB".into(), day());
        }
    });
    let gaps = missing(&case, &[]);
    assert_eq!(gaps.len(), 6, "{gaps:#?}");
    let put_right = |of, instead: &str, happened_at| PutRight { of, instead: instead.into(), happened_at };
    let of = |field| Written::Part1(field);
    let corrected = [
        put_right(of(Part1Field::What), "Ava Brown was obviously hungry.", None),
        put_right(of(Part1Field::What), "Ava Brown was hungry.", None),
        put_right(of(Part1Field::IncidentAt), "Fri 20 Nov 2026 14:10", Some(at())),
        put_right(of(Part1Field::ChildWords), "there's none left", None),
        put_right(Written::Section(1), "Advice sought from Ava Brown: Refer today.", Some(at())),
        put_right(Written::Section(1), "Advice sought from Ava Brown, nurse: Refer today.", None),
    ];
    assert_eq!(missing(&case, &corrected), []);
}

#[test]
fn a_child_who_says_nothing_in_part_1_may_be_heard_in_part_2() {
    let mut case = whole();
    case.part1.account.child_words = " ".into();
    let says = "What the child says of it, or wants, is written nowhere.";
    only(&case, says, &Mend::Section(SectionKind::Action));
    case.sections.extend(recorded(vec![further("Zoë told me that she wants to go to her nan.")]));
    assert_eq!(said(&case), [""; 0]);
    let mut case = staff(AllegationOutcome::False);
    case.part1.account.child_words = "".into();
    assert_eq!(said(&case), [""; 0], "it is about an adult");
}
