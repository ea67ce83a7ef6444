//! Each gap: where there is one, where there is none, and what mends it. Here are the records in which they are.

mod decided;
mod demands;
mod written;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{Gap, Mend, missing};
use crate::domain::allegation::{AllegationEnded, AllegationOutcome};
use crate::domain::case::{Case, CaseChild};
use crate::domain::concern::{About, Account, NamedChild, Part1, Reporter};
use crate::domain::decision::{
    Categories, Course, CourseTaken, Danger, Decision, DecisionKind, Level, Replied,
};
use crate::domain::moment::Moment;
use crate::domain::part2::{
    Action, Advice, FileCommenced, FurtherInformation, Outcome, Received, Section, SectionKind, Signature,
};
use crate::domain::source;
use crate::domain::triage::State;

fn now() -> DateTime<Utc> {
    "2026-11-20T14:10:00Z".parse().unwrap()
}

fn at() -> Moment {
    Moment::At(now())
}

fn day() -> Moment {
    Moment::parse("2026-11-20").unwrap()
}

fn sections() -> Vec<Section> {
    let organisation = "Leicestershire County Council";
    vec![
        Section::Received(Received { at: at(), from: "Grace Osei, class teacher".into() }),
        Section::Advice(Advice {
            at: at(),
            name: "Sam Duty".into(),
            role: "duty social worker".into(),
            organisation: organisation.into(),
            advice: "Refer today.".into(),
            contact: None,
        }),
        Section::Action(Action {
            at: at(),
            what: "Referred by telephone.".into(),
            reasons: "Third time in a month.".into(),
            shared_with: organisation.into(),
        }),
        parents(),
        Section::Outcome(Outcome { at: at(), from: "Sam Duty".into(), text: "Early help begins.".into() }),
        further("Original notes: locked cabinet in the lead's office."),
        Section::FileCommenced(FileCommenced { commence: true, why: "A pattern.".into() }),
        Section::Signed(Signature { name: "Amina Khan".into(), role: "DSL".into() }),
    ]
}

fn parents() -> Section {
    let parents = json!({ "section": "parents", "informed": true, "reasons": "No risk in it." });
    serde_json::from_value(parents).unwrap()
}

fn decided(decision: Value) -> Decision {
    serde_json::from_value(decision).unwrap()
}

fn further(text: &str) -> Section {
    Section::FurtherInformation(FurtherInformation { text: text.into() })
}

fn decisions() -> Vec<Decision> {
    vec![
        Decision::Danger(Danger { in_danger: false, at: at(), said: "Both are in school.".into() }),
        Decision::Categories(Categories { categories: vec!["neglect".into()], reason: "".into() }),
        Decision::Level(Level { level: 3, reason: "A pattern over weeks.".into() }),
        Decision::Course(CourseTaken {
            course: Course::Refer,
            at: at(),
            to: "First Response".into(),
            reasons: "Significant harm is likely.".into(),
            in_writing: true,
        }),
        Decision::Replied(Replied { to: "Grace Osei".into(), at: at(), said: "Thank you.".into() }),
    ]
}

/// A concern about a child of this school in which nothing is missing.
fn whole() -> Case {
    let part1 = Part1 {
        children: vec![NamedChild { name: "Zoë Marsh".into(), ..NamedChild::default() }],
        incident_at: Some(at()),
        reporter: Reporter { name: "Grace Osei".into(), job_title: "Class teacher".into(), email: None },
        reasons: "Hungry again.".into(),
        account: Account {
            what: "She took bread from the bin.".into(),
            child_words: "there's obviously none left at ours, J.S. says".into(),
            ..Account::default()
        },
        opinion: "I think that she is probably neglected.".into(),
        ..Part1::default()
    };
    Case {
        part1,
        received_at: now(),
        state: State::Signed,
        is_restricted: false,
        children: vec![CaseChild { school: "Abbey Fields".into(), ..CaseChild::default() }],
        organisation: "Abbey Fields School".into(),
        sections: recorded(sections()),
        decisions: recorded(decisions()),
        running: Vec::new(),
        ever_due: Vec::new(),
    }
}

fn recorded<T>(all: Vec<T>) -> Vec<(DateTime<Utc>, T)> {
    all.into_iter().map(|one| (now(), one)).collect()
}

/// A concern about a member of staff that meets the threshold, and in which nothing is missing.
fn staff(outcome: AllegationOutcome) -> Case {
    let mut case = whole();
    case.part1.about = About::Staff;
    case.decisions
        .retain(|(_, decision)| matches!(decision.kind(), DecisionKind::Danger | DecisionKind::Replied));
    let threshold = json!({ "decision": "threshold", "limbs": ["risk"], "reason": "He shouted." });
    let ended = AllegationEnded {
        outcome,
        from: "The LADO".into(),
        reasons: "No DBS referral: he is suitable, HR agrees.".into(),
    };
    case.decisions.extend(recorded(vec![decided(threshold), Decision::Allegation(ended)]));
    case
}

/// The child is on roll at Beacon Academy.
fn on_roll() -> Case {
    let mut case = whole();
    case.children = vec![CaseChild { school: "Beacon Academy".into(), ..CaseChild::default() }];
    case
}

fn said(case: &Case) -> Vec<String> {
    missing(case, &[]).into_iter().map(|gap| gap.says).collect()
}

#[track_caller]
fn only(case: &Case, says: &str, mend: &Mend) -> Gap {
    let gaps = missing(case, &[]);
    let [gap] = gaps.as_slice() else { panic!("{gaps:#?}") };
    assert_eq!((gap.says.as_str(), &gap.mend), (says, mend));
    gap.clone()
}

fn without(kind: SectionKind) -> Case {
    let mut case = whole();
    case.sections.retain(|(_, section)| section.kind() != kind);
    case
}

/// Each section in its turn, to be changed.
fn change(case: &mut Case, change: impl Fn(&mut Section)) {
    case.sections.iter_mut().for_each(|(_, section)| change(section));
}

#[test]
fn where_nothing_is_missing_nothing_is_asked() {
    assert_eq!(said(&whole()), [""; 0]);
    assert_eq!(said(&staff(AllegationOutcome::Substantiated)), [""; 0]);
}

#[test]
fn every_gap_has_a_sentence_of_its_own_and_a_source_that_there_is() {
    let mut bare = on_roll();
    (bare.sections, bare.decisions) = (Vec::new(), Vec::new());
    bare.part1.account.child_words = "".into();
    bare.part1.incident_at = None;
    let mut staff = staff(AllegationOutcome::Substantiated);
    (staff.sections, staff.decisions) = (Vec::new(), Vec::new());
    for case in [bare, staff] {
        let gaps = missing(&case, &[]);
        for (place, gap) in gaps.iter().enumerate() {
            assert!(gap.says.ends_with('.') && gap.says.chars().count() <= 90, "{}", gap.says);
            assert!(gaps[..place].iter().all(|before| before.says != gap.says), "{}", gap.says);
            assert!(!gap.rule.is_empty(), "{}", gap.says);
        }
    }
    assert!(source::is_inside("S3:514-554"));
}
