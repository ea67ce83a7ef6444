//! The schools at which children are on roll elsewhere: each is told, once (R20).

use dsl_desk::desk::Act;
use dsl_desk::desk::act::LinkTo;
use dsl_desk::domain::child::ChildDetails;
use dsl_desk::domain::decision::{Consent, Course, Decision, Sharing};
use dsl_desk::domain::entry::Subject;
use dsl_desk::domain::field::{ChildField, CorrectedField};
use dsl_desk::domain::follow_up::Step;
use dsl_desk::domain::guide::{self, Opens, Stands};
use dsl_desk::domain::ids::{ChildId, ConcernId};
use dsl_desk::domain::moment::Moment;

use super::{close, course, decide, due, one, running, step, type_in, with_zoe, zoe};
use crate::support::{World, minute, now, part1};

#[test]
fn r20_applies_the_school_that_a_child_is_on_roll_at_is_told_whatever_else_is_done() {
    let mut world = World::new();
    let mut elsewhere = zoe();
    elsewhere.children[0].school = Some("Marlpit Academy".into());
    let concern = type_in(&mut world, elsewhere);
    let told = one(&mut world, "on-roll-school");
    assert_eq!(told.due, minute("Fri 20 Nov 2026 16:30"));
    decide(&mut world, concern, course(Course::Refer, false));
    one(&mut world, "on-roll-school");
    assert_eq!(told.set.what.as_str(), "Marlpit Academy: tell its safeguarding lead");
    // Of a child without a name nobody is told, and what is withheld is not told.
    let unnamed = Sharing { anonymised: true, ..shared_with("Marlpit Academy") };
    let withheld = Sharing { is_shared: false, ..shared_with("Marlpit Academy") };
    for sharing in [shared_with("First Response"), unnamed, withheld] {
        decide(&mut world, concern, Decision::Sharing(sharing));
        one(&mut world, "on-roll-school");
    }
    decide(&mut world, concern, Decision::Sharing(shared_with("Safeguarding lead, Marlpit Academy")));
    decide(&mut world, concern, course(Course::Monitor, false));
    assert!(
        !running(&mut world).contains(&"on-roll-school".to_owned()),
        "it is recorded, and once is enough"
    );
    let whole = world.desk.concern(concern).unwrap();
    assert!(whole.case().ever_due("on-roll-school").all(|set| set.is_answered));
}

fn shared_with(whom: &str) -> Sharing {
    Sharing {
        is_shared: true,
        at: Moment::At(now()),
        what: "The report".into(),
        with: whom.into(),
        purpose: "They know her best".into(),
        consent: Consent::Given,
        anonymised: false,
        reasons: "Always".into(),
        without_consent: "".into(),
        told: None,
    }
}

#[test]
fn r20_applies_to_each_of_two_schools_is_told_and_one_for_the_other_does_not_do() {
    let mut world = World::new();
    let mut two = zoe();
    two.children.push(part1("Adam Frost", Some("2012-05-02")).children.remove(0));
    two.children[0].school = Some("Marlpit Academy".into());
    two.children[1].school = Some("Beacon School".into());
    let concern = type_in(&mut world, two);
    assert_eq!(running(&mut world), ["on-roll-school", "on-roll-school"]);
    decide(&mut world, concern, Decision::Sharing(shared_with("The lead of the on-roll school")));
    assert_eq!(running(&mut world).len(), 2, "which of them?");
    decide(&mut world, concern, Decision::Sharing(shared_with("Beacon School")));
    assert_eq!(one(&mut world, "on-roll-school").set.about.as_str(), "Marlpit Academy");
    let reason = "He has told her himself.".into();
    let told = one(&mut world, "on-roll-school").id;
    step(&mut world, told, Step::Dropped { reason });
    decide(&mut world, concern, course(Course::Monitor, false));
    assert_eq!(running(&mut world), ["review"], "neither begins again");
    let steps = guide::steps(&world.desk.concern(concern).unwrap().case(), now());
    let of = |place| {
        let step = steps.iter().find(|step| step.opens == Opens::OnRollSchool(place)).unwrap();
        (step.stands, step.says.as_str())
    };
    assert_eq!(of(0), (Stands::NotNeeded, "due no longer: He has told her himself."));
    assert_eq!(of(1), (Stands::Done, "told: Beacon School"));
    assert!(world.problems().is_empty());
}

#[test]
fn r20_applies_to_a_school_that_becomes_known_later_is_told_of_what_is_open_and_late_from_then_on() {
    let (mut world, concern) = with_zoe();
    let closed = type_in(&mut world, zoe());
    let closing = close(&world, closed, "2027-02-22");
    decide(&mut world, closed, closing);
    assert_eq!(running(&mut world), ["review"]);
    let details = ChildDetails {
        name: "Zoe Marsh".into(),
        date_of_birth: Some("2013-03-01".parse().unwrap()),
        school: "Marlpit Academy".into(),
        ..ChildDetails::default()
    };
    world.corrects_child(ChildId(1), details.clone(), "She is on roll there");
    let told = one(&mut world, "on-roll-school");
    assert_eq!((told.subject, told.set.about.as_str()), (Subject::Concern(concern), "Marlpit Academy"));
    assert!(told.set.note.contains("from when the school became known"), "{}", told.set.note);
    let moved = ChildDetails { school: "Beacon School".into(), ..details };
    world.corrects_child(ChildId(1), moved, "She has moved");
    assert_eq!(running(&mut world), ["on-roll-school", "on-roll-school", "review"], "the next one as well");
}

#[test]
fn r20_does_not_apply_to_a_child_of_this_school_or_of_none_that_is_known() {
    let mut world = World::new();
    for school in [None, Some(""), Some("the Abbey  Fields school")] {
        let mut own = zoe();
        own.children[0].school = school.map(Into::into);
        type_in(&mut world, own);
    }
    assert!(running(&mut world).is_empty());
}

#[test]
fn r20_applies_until_the_school_itself_is_named_and_no_denial_names_it() {
    let mut world = World::new();
    let mut two = zoe();
    two.children.push(part1("Adam Frost", Some("2012-05-02")).children.remove(0));
    two.children[0].school = Some("Beacon Academy".into());
    two.children[1].school = Some("Beacon Hill Academy".into());
    let concern = type_in(&mut world, two);
    assert_eq!(to_tell(&mut world, concern).len(), 2);
    for with in ["Police; not Beacon Academy, which is still to be told", "The on-roll school"] {
        decide(&mut world, concern, Decision::Sharing(shared_with(with)));
        assert_eq!(to_tell(&mut world, concern).len(), 2, "{with}");
    }
    decide(&mut world, concern, Decision::Sharing(shared_with("Amy Lee at Beacon Hill")));
    assert_eq!(to_tell(&mut world, concern), ["Beacon Academy"]);
    decide(&mut world, concern, Decision::Sharing(shared_with("Beacon Academy's lead")));
    assert!(to_tell(&mut world, concern).is_empty());
}

/// The schools that are still to be told of one concern.
fn to_tell(world: &mut World, concern: ConcernId) -> Vec<String> {
    let mut due = due(world);
    due.retain(|due| {
        due.subject == Subject::Concern(concern) && due.set.deadline.as_str() == "on-roll-school"
    });
    due.iter().map(|due| due.set.about.to_string()).collect()
}

#[test]
fn r20_applies_once_the_school_becomes_known_by_who_the_child_is() {
    let (mut world, _) = with_zoe();
    let details = ChildDetails {
        name: "Zoe Marsh".into(),
        date_of_birth: Some("2013-03-01".parse().unwrap()),
        school: "Marlpit Academy".into(),
        ..ChildDetails::default()
    };
    world.corrects_child(ChildId(1), details, "She is on roll there");
    let concern = type_in(&mut world, part1("Zoe Marsh", None));
    assert!(to_tell(&mut world, concern).is_empty(), "nobody has said that it is she");
    let to = LinkTo::Known(ChildId(1));
    world.act(&Act::Link { concern, position: 0, to, reason: "".into() });
    assert_eq!(to_tell(&mut world, concern), ["Marlpit Academy"]);
}

#[test]
fn r20_applies_to_a_school_that_a_report_is_put_right_in_and_to_a_child_who_is_two() {
    let (mut world, concern) = with_zoe();
    let put_right = Act::Correct {
        concern,
        corrects: world.desk.concern(concern).unwrap().seq,
        field: CorrectedField::Child(0, ChildField::School),
        instead: "Marlpit Academy".into(),
        reason: "Her mother says so".into(),
        happened_at: None,
    };
    world.act(&put_right);
    assert_eq!(to_tell(&mut world, concern), ["Marlpit Academy"]);
    let other = type_in(&mut world, part1("Ava Reed", Some("2013-05-05")));
    let second = world.desk.concern(other).unwrap().children[0].as_ref().unwrap().id;
    let details = ChildDetails {
        name: "Zoe Marsh".into(),
        date_of_birth: Some("2013-03-01".parse().unwrap()),
        school: "Beacon School".into(),
        ..ChildDetails::default()
    };
    world.corrects_child(ChildId(1), details, "She is on roll there");
    assert!(to_tell(&mut world, other).is_empty());
    world.act(&Act::MergeChildren { child: second, into: ChildId(1), reason: "One child".into() });
    assert_eq!(to_tell(&mut world, other), ["Beacon School"]);
    assert!(world.problems().is_empty());
}
