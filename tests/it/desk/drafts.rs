//! Text that is not saved yet is kept, and goes in the transaction that saves it.

use dsl_desk::desk::{Act, Desk};
use dsl_desk::domain::person::Right;

use crate::support::{World, minutes, now, part1};

#[test]
fn a_draft_outlives_the_desk_and_is_replaced_by_itself() {
    let mut world = World::new();
    world.desk.keep_draft("part1", "{\"who\":\"Zo\"}", now()).unwrap();
    world.desk.keep_draft("part1", "{\"who\":\"Zoë\"}", minutes(1)).unwrap();
    world.desk.keep_draft("part2/7/advice", "{}", minutes(2)).unwrap();
    let mut desk = world.close().open().unwrap();
    let slots: Vec<_> = desk.drafts().unwrap().into_iter().map(|draft| draft.slot).collect();
    assert_eq!(slots, ["part2/7/advice", "part1"]);
    let kept = desk.draft("part1").unwrap().unwrap();
    assert_eq!((kept.body.as_str(), kept.saved_at), ("{\"who\":\"Zoë\"}", minutes(1)));
    assert_eq!(desk.info().unwrap().drafts, 2);
}

#[test]
fn saving_lets_go_of_the_draft() {
    let mut world = World::new();
    world.desk.keep_draft("part1", "{}", now()).unwrap();
    let act = Act::TypeIn(Box::new(part1("Zoë Marsh", None)));
    world.desk.act(&act, Some("part1"), now()).unwrap();
    assert_eq!(world.desk.drafts().unwrap(), []);
}

#[test]
fn a_refused_save_keeps_the_draft() {
    let mut world = World::new();
    world.desk.keep_draft("part1", "{}", now()).unwrap();
    let before = world.desk.entries().unwrap();
    let act = Act::TypeIn(Box::new(part1("", None)));
    assert!(world.desk.act(&act, Some("part1"), now()).is_err());
    assert_eq!(world.desk.entries().unwrap(), before);
    assert!(world.desk.draft("part1").unwrap().is_some());
}

#[test]
fn a_discarded_draft_is_gone_and_the_record_does_not_know_of_it() {
    let mut world = World::new();
    world.desk.keep_draft("part1", "{}", now()).unwrap();
    assert_eq!(world.problems(), Vec::<String>::new());
    world.desk.discard_draft("part1").unwrap();
    assert_eq!(world.desk.drafts().unwrap(), []);
}

#[test]
fn two_people_in_one_form_keep_each_their_own_words() {
    let mut world = World::new();
    let joy = world.at.admit("Joy Osei", Right::Deputy);
    let mut joys = world.at.open_as(&joy).unwrap();
    world.desk.keep_draft("part1", "hers", now()).unwrap();
    assert_eq!((joys.drafts().unwrap(), joys.info().unwrap().drafts), (vec![], 0));
    joys.keep_draft("part1", "mine", now()).unwrap();
    let body = |desk: &mut Desk| desk.draft("part1").unwrap().map(|draft| draft.body.to_string());
    assert_eq!((body(&mut world.desk), body(&mut joys)), (Some("hers".to_owned()), Some("mine".to_owned())));
    world.desk.act(&Act::TypeIn(Box::new(part1("Zoë Marsh", None))), Some("part1"), now()).unwrap();
    assert_eq!((body(&mut world.desk), body(&mut joys)), (None, Some("mine".to_owned())));
    joys.discard_draft("part1").unwrap();
    assert_eq!(body(&mut joys), None);
}

#[test]
fn of_two_desks_of_one_person_none_writes_over_the_other() {
    let mut here = World::new();
    let mut there = here.at.open().unwrap();
    assert!(here.desk.draft("part1").unwrap().is_none());
    here.desk.keep_draft("part1", "one sentence", now()).unwrap();
    assert_eq!(there.draft("part1").unwrap().unwrap().body.as_str(), "one sentence");
    there.keep_draft("part1", "one sentence, and more", now()).unwrap();
    let told = here.desk.keep_draft("part1", "one sentence, and another", now());
    assert!(told.is_err_and(|error| error.to_string().contains("another desk")));
    // Recording what stands here lets go of nothing that was written there.
    let act = Act::TypeIn(Box::new(part1("Zoë Marsh", None)));
    here.desk.act(&act, Some("part1"), now()).unwrap();
    assert_eq!(there.draft("part1").unwrap().unwrap().body.as_str(), "one sentence, and more");
}

#[test]
fn what_is_typed_is_compared_to_the_byte() {
    let mut world = World::new();
    for body in ["{\"who\":\"\u{3164}\u{202e}\"}", "{\"who\":\"\u{3164}\u{202e}x\"}"] {
        world.desk.keep_draft("part1", body, now()).unwrap();
        world.desk.draft("part1").unwrap();
    }
    world.desk.discard_draft("part1").unwrap();
    assert_eq!(world.desk.drafts().unwrap(), []);
}
