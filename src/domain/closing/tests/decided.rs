//! What is missing of what was decided, said to others and set going.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::super::decided::known_as;
use super::super::{Mend, missing};
use super::{change, decided, now, on_roll, only, said, staff, whole};
use crate::domain::allegation::AllegationOutcome;
use crate::domain::case::{Case, CaseChild, Running, Set};
use crate::domain::concern::About;
use crate::domain::decision::{Decision, DecisionKind};
use crate::domain::discovery::{Discovery, Found};
use crate::domain::ids::FollowUpId;
use crate::domain::moment::Moment;
use crate::domain::part2::Section;
use crate::domain::staff_route::{Position, route};
use crate::domain::text::Text;

#[test]
fn each_decision_is_asked_for() {
    for (kind, says) in [
        (DecisionKind::Danger, "Nobody has answered whether somebody is in danger now."),
        (DecisionKind::Categories, "What it is about is not said: no category."),
        (DecisionKind::Level, "No level is given."),
        (DecisionKind::Course, "What is done about it is not decided, with reasons: referring, or why not."),
        (DecisionKind::Replied, "Whoever reported it has had no answer."),
    ] {
        only(&undecided(kind), says, &Mend::Decide(kind));
    }
}

#[test]
fn what_the_reporter_said_it_is_about_is_enough_and_nobody_cannot_be_answered() {
    let mut case = undecided(DecisionKind::Categories);
    case.part1.categories = vec!["neglect".into()];
    assert_eq!(said(&case), [""; 0]);
    let mut case = undecided(DecisionKind::Replied);
    case.part1.reporter.name = "not known".into();
    assert_eq!(said(&case), [""; 0]);
}

#[test]
fn levels_and_courses_are_of_children() {
    let mut case = undecided(DecisionKind::Level);
    case.decisions.retain(|(_, decision)| decision.kind() != DecisionKind::Course);
    case.part1.about = About::Adult;
    assert_eq!(said(&case), [""; 0]);
}

#[test]
fn clocks_that_run_are_named_but_for_the_review() {
    let mut case = whole();
    case.running = vec![
        running(4, "la-decision", "Local authority's decision on the referral", "local authority"),
        running(5, "", "Ring the school nurse", "you"),
        running(6, "review", "Review", "you"),
    ];
    let gaps = missing(&case, &[]);
    let expected = [
        "Not answered yet: Local authority's decision on the referral (local authority), due Mon 23 Nov 2026 17:00.",
        "Not answered yet: Ring the school nurse, due Mon 23 Nov 2026 17:00.",
    ];
    assert_eq!(said(&case), expected);
    assert_eq!(gaps[0].mend, Mend::Answer(FollowUpId(4)));
    assert!(gaps[0].rule.starts_with("D4, D5 · "), "{}", gaps[0].rule);
    assert_eq!(gaps[1].rule, "", "nobody's rule");
}

#[test]
fn whoever_else_is_told_of_staff_is_asked_about_by_what_the_person_is() {
    let asks = |position: &str, action: &str| {
        let mut case = staff(AllegationOutcome::False);
        let decision = json!({
            "decision": "threshold", "limbs": ["risk"], "reason": "By his words.", "position": position,
        });
        case.decisions.push((now(), decided(decision)));
        for (_, decision) in &mut case.decisions {
            if let Decision::Allegation(ended) = decision {
                ended.reasons = "No DBS referral: they are suitable.".into();
            }
        }
        change(&mut case, |section| {
            if let Section::Action(of) = section {
                of.what = action.into();
            }
        });
        said(&case).into_iter().filter(|gap| gap.starts_with("Nothing says whether that was done")).count()
    };
    for (position, action) in [
        ("staff", "Rang HR."),
        ("head", "Told the chair of governors."),
        ("volunteer", "Told human resources."),
        ("member", "Wrote to the monitoring officer."),
    ] {
        assert_eq!(asks(position, "Rang the LADO."), 1, "{position}");
        assert_eq!(asks(position, action), 0, "{position}");
    }
    assert_eq!(asks("supply", "Told human resources."), 1, "the agency is another");
}

#[test]
fn everybody_behind_the_designated_officer_has_words_by_which_they_are_known() {
    for position in Position::ALL {
        assert_eq!(known_as(position).len() + 1, route(position, Some(false)).len(), "{}", position.label());
    }
}

fn sharing(is_shared: bool, with: &str) -> (DateTime<Utc>, Decision) {
    let sharing = json!({
        "decision": "sharing", "is_shared": is_shared, "at": "2026-11-20T14:10:00+00:00", "what": "The concern.",
        "with": with, "purpose": "To keep her safe.", "consent": "not-asked", "reasons": "At risk.",
    });
    (now(), decided(sharing))
}

#[test]
fn the_school_where_the_child_is_on_roll_is_told() {
    let says = "Nothing says that Beacon Academy was told, where the child is on roll.";
    let tell = Mend::Tell("Beacon Academy".into());
    let gap = only(&on_roll(), says, &tell);
    assert!(gap.rule.starts_with("R20 · S3:77"));
    let mut reported = whole();
    reported.children = vec![CaseChild::default()];
    reported.part1.children[0].school = Some("Beacon Academy".into());
    only(&reported, says, &tell);
    let mut due = on_roll();
    (due.running, due.ever_due) =
        (vec![running(9, "on-roll-school", "Tell the school", "you")], vec![of("on-roll-school", "")]);
    only(&due, says, &tell);
    let mut kept = on_roll();
    kept.decisions.push(sharing(false, "Beacon Academy"));
    only(&kept, says, &tell);
}

#[test]
fn a_school_that_was_told_is_not_asked_about() {
    for with in ["Ann Lee, lead of Beacon Academy", "The on-roll school's lead"] {
        let mut case = on_roll();
        case.decisions.push(sharing(true, with));
        assert_eq!(said(&case), [""; 0], "{with}");
    }
    let mut acted = on_roll();
    change(&mut acted, |section| {
        if let Section::Action(action) = section {
            action.shared_with = "Beacon".into();
        }
    });
    assert_eq!(said(&acted), [""; 0]);
    let mut answered = on_roll();
    for school in ["", "Beacon"] {
        answered.ever_due = vec![of("on-roll-school", school)];
        assert_eq!(said(&answered), [""; 0], "its clock was stopped");
    }
    answered.ever_due = vec![of("on-roll-school", "Weirgate School")];
    assert_eq!(said(&answered).len(), 1, "that of another was");
}

fn of(deadline: &str, about: &str) -> Set {
    Set { deadline: deadline.into(), about: about.into(), ..Set::default() }
}

#[test]
fn of_mutilation_it_is_said_whether_it_is_known() {
    let says = "Whether mutilation is known or only suspected is not said.";
    let mut case = whole();
    case.part1.categories = vec!["fgm".into()];
    case.decisions.retain(|(_, decision)| decision.kind() != DecisionKind::Categories);
    assert!(said(&case).iter().any(|gap| gap == says));
    let discovery = Discovery { found: Found::Suspected, at: Moment::At(now()), reason: "Her aunt.".into() };
    case.decisions.push((now(), Decision::Discovery(discovery)));
    assert!(!said(&case).iter().any(|gap| gap == says));
}

#[test]
fn a_concern_about_staff_needs_its_threshold_and_how_it_ended() {
    let mut case = staff(AllegationOutcome::False);
    case.decisions.retain(|(_, decision)| decision.kind() != DecisionKind::Threshold);
    only(
        &case,
        "Whether it meets the harm threshold is not decided.",
        &Mend::Decide(DecisionKind::Threshold),
    );
    let mut case = staff(AllegationOutcome::False);
    case.decisions.retain(|(_, decision)| decision.kind() != DecisionKind::Allegation);
    let ended = "How the allegation ended is not recorded.";
    assert!(said(&case).iter().any(|says| says == ended));
    for (_, decision) in &mut case.decisions {
        if let Decision::Threshold(threshold) = decision {
            threshold.limbs.clear();
        }
    }
    assert_eq!(said(&case), [""; 0], "a low-level concern is no allegation");
}

#[test]
fn the_barring_service_is_thought_of_where_doubt_is_left() {
    let says = "Nothing says whether a referral to the barring service (DBS) was considered.";
    for outcome in AllegationOutcome::ALL {
        let mut case = staff(outcome);
        for (_, decision) in &mut case.decisions {
            if let Decision::Allegation(ended) = decision {
                ended.reasons = "Two saw it.".into();
            }
        }
        let leaves_doubt =
            matches!(outcome, AllegationOutcome::Substantiated | AllegationOutcome::Unsubstantiated);
        assert_eq!(said(&case).iter().any(|gap| gap == says), leaves_doubt, "{outcome:?}");
    }
}

fn running(id: i64, deadline: &str, what: &str, who: &str) -> Running {
    Running {
        id: FollowUpId(id),
        deadline: deadline.into(),
        about: Text::default(),
        what: what.into(),
        who: who.into(),
        due: "2026-11-23T17:00:00Z".parse().unwrap(),
    }
}

fn undecided(kind: DecisionKind) -> Case {
    let mut case = whole();
    case.decisions.retain(|(_, decision)| decision.kind() != kind);
    case
}
