//! The question about danger and the guide, as somebody who has never seen them goes through them.

use dsl_desk::domain::decision::{Decision, DecisionKind};
use dsl_desk::domain::ids::ConcernId;
use dsl_desk::domain::person::Right;

use super::user::User;
use crate::support::{Place, THEIRS, World};

fn place() -> Place {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    world.close()
}

fn decisions(place: &Place) -> Vec<Decision> {
    let concern = place.open().unwrap().concern(ConcernId(1)).unwrap();
    concern.decisions().map(|(_, decision)| decision.clone()).collect()
}

#[test]
fn danger_is_answered_with_a_key_and_the_call_is_written_down() {
    let place = place();
    let mut amina = User::at(place.folder.root(), 80, 24);
    amina.unlocks().press(&["Enter"]).sees("┏━┓ ┏━┓ ┏━┓").sees("child safeguarding matter");
    amina.press(&["y"]).sees("Ring 999").sees("Call begun 14:10");
    amina.types("Control room").press(&["Enter"]).types("A car is on its way.").press(&["Ctrl-S"]);
    amina.sees("In danger: yes, Fri 20 Nov 2026 14:10. Ring 999 first; d when it is over.");
    amina.waits(60).press(&["d"]).sees("Answered before: yes").press(&["n"]);
    amina.press(&["Ctrl-S"]).sees("Say how it is known that it is over.");
    amina.types("The police are with her.").press(&["Ctrl-S"]).sees("In danger: no, Fri 20 Nov 2026 14:11");
    amina.press(&["Esc", "Enter"]).sees("Part 1, sealed").does_not_see("ring 999");
    amina.press(&["q"]);
    drop(amina);
    assert_eq!(decisions(&place).len(), 2, "each answer is an entry");
    assert!(place.open().unwrap().verify().unwrap().is_content());
}

#[test]
fn what_is_put_off_is_asked_again_at_the_next_opening() {
    let place = place();
    let mut amina = User::at(place.folder.root(), 80, 24);
    amina.unlocks().press(&["Enter", "Esc"]).sees("Is a child in danger now? Not answered yet.");
    amina.waits(1).sees("Part 1, sealed").press(&["Esc", "Enter"]).sees("not yet: read the concern first");
    drop(amina);
    assert!(decisions(&place).is_empty());
}

#[test]
fn whoever_only_reads_is_not_asked() {
    let place = place();
    place.admit("Callum Wright", Right::Reader);
    let mut callum = User::at(place.folder.root(), 80, 24);
    callum.press(&["Down"]).types(THEIRS).press(&["Enter"]).sees("Zoe Marsh").press(&["Enter"]);
    callum.sees("Part 1, sealed").sees("Not answered yet.").does_not_see("d answers");
}

#[test]
fn each_step_of_the_guide_is_answered_with_a_key_and_the_next_one_comes_up() {
    let place = place();
    let mut amina = User::at(place.folder.root(), 80, 24);
    amina.unlocks().press(&["Enter", "n", "w"]).sees("1 of 1").sees("> now     e  When did it reach you");
    amina.press(&["Enter"]).types("now").press(&["Ctrl-S"]).sees("> now     C  What is it about?");
    amina.press(&["Enter"]).types("neglect").press(&["Enter", "Ctrl-S"]).sees("> now     L  How serious");
    amina.sees("Neglect").press(&["Enter", "Right", "Tab"]).types("The third week").press(&["Ctrl-S"]);
    amina.sees("The third week").sees("> now     a  Whom did you ask");
    // A later step is answered when she likes, and without its reasons not at all.
    amina.press(&["u", "Right", "Right", "Right", "Ctrl-S"]).sees("not referring needs them as much");
    amina.types("Breakfast club, and his aunt helps").press(&["Ctrl-S"]).sees("no referral; support");
    amina.press(&["Esc", "Right", "End"]).sees("Reasons: Breakfast club, and");
    drop(amina);
    let kinds: Vec<DecisionKind> = decisions(&place).iter().map(Decision::kind).collect();
    let made = [DecisionKind::Danger, DecisionKind::Categories, DecisionKind::Level, DecisionKind::Course];
    assert_eq!(kinds, made);
}
