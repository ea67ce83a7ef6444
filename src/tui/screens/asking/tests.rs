//! What is asked about people, and what becomes of the answers.

use crossterm::event::KeyCode;

use super::*;
use crate::desk::people::NewPerson;
use crate::desk::{Act, Request, Saved};
use crate::domain::ids::PersonId;
use crate::domain::person::{Person, Receiver, Right};
use crate::tui::screens::Layer;
use crate::tui::screens::testing::{HARD_NAME, asked, cx, drawn, press, sizes, type_in};

const GOOD: &str = "marzipan kettle orbit thistle";

fn grace(right: Right) -> Person {
    Person {
        person: PersonId("grace-osei".to_owned()),
        name: "Grace Osei".into(),
        role: "Deputy lead".into(),
        signing_key: String::new(),
        recipient: None,
        right,
    }
}

fn receiver() -> Receiver {
    Receiver { name: "Grace Osei".into(), role: "Chief executive".into() }
}

/// Answers one question after the other, each with Enter.
fn answers(page: &mut Asking, answers: &[&str]) -> Vec<Request> {
    let mut effects = Vec::new();
    for answer in answers {
        type_in(page, answer);
        effects.extend(press(page, KeyCode::Enter));
    }
    asked(effects)
}

/// The page that takes the place of this one.
fn next(effects: Effects) -> Asking {
    let [Effect::Replace(layer)] = <[Effect; 1]>::try_from(effects).ok().expect("one effect") else {
        panic!("no other page");
    };
    let Layer::Asking(page) = *layer else { panic!("another layer") };
    page
}

#[test]
fn who_receives_it_is_named_and_then_types_a_passphrase() {
    let mut page = Asking::new(Kind::Receiver);
    let requests = answers(&mut page, &["Grace Osei", ""]);
    let [Request::Act { act: Act::NameReceiver(named), draft: None }] = requests.as_slice() else {
        panic!("nobody is named");
    };
    assert_eq!(*named, receiver());
    let mut page = next(page.reply(&cx(), Reply::Saved(Saved::default())));
    assert!(drawn(&mut page, 80, 22).contains("Hand the keyboard to Grace Osei."));
    let requests = answers(&mut page, &[GOOD, GOOD]);
    let [Request::AdmitPerson { new, .. }] = requests.as_slice() else { panic!("nobody is admitted") };
    assert_eq!((new.right, new.role.as_str()), (Right::Senior, "Chief executive"));
    assert!(drawn(&mut page, 80, 22).contains("Making their keys"));
    assert!(press(&mut page, KeyCode::Enter).is_empty(), "once is enough");
    assert!(matches!(page.reply(&cx(), Reply::PeopleChanged).as_slice(), [Effect::Close, Effect::Say(_)]));
}

#[test]
fn a_receiver_is_somebody_else_with_a_full_name() {
    for nobody in ["", "G. O.", "Amina Khan"] {
        let mut page = Asking::new(Kind::Receiver);
        assert!(answers(&mut page, &[nobody, ""]).is_empty(), "{nobody}");
        assert!(!matches!(page.state, State::Asking), "{nobody}");
    }
}

#[test]
fn it_can_be_put_off_and_another_can_be_named() {
    let hand_over = || Asking::new(Kind::HandOver(HandOver::to_the_receiver(&receiver())));
    assert!(matches!(press(&mut hand_over(), KeyCode::Esc).as_slice(), [Effect::Close]));
    assert_eq!(hand_over().scopes(), [Scope::Later]);
    let mut page = next(press(&mut hand_over(), KeyCode::BackTab));
    assert!(drawn(&mut page, 80, 22).contains("If a concern is about you, who receives it?"));
}

#[test]
fn a_passphrase_is_judged_and_typed_twice() {
    for (first, again, told) in [
        ("grace osei", "", "Choose a longer one."),
        (GOOD, "another", "The two passphrases differ."),
        ("", "", "Choose a passphrase."),
    ] {
        let mut page = Asking::new(Kind::HandOver(HandOver::to_the_receiver(&receiver())));
        assert!(answers(&mut page, &[first, again]).is_empty());
        let screen = drawn(&mut page, 80, 22);
        assert!(screen.contains(told) && !screen.contains("marzipan"), "{told}\n{screen}");
    }
}

#[test]
fn whoever_is_admitted_gets_the_keyboard_once_they_may_be() {
    let mut page = Asking::new(Kind::Add);
    answers(&mut page, &["Grace Osei", "Deputy lead"]);
    press(&mut page, KeyCode::Char(' '));
    assert!(drawn(&mut page, 80, 22).contains("senior: "));
    press(&mut page, KeyCode::Left);
    let requests = asked(press(&mut page, KeyCode::Enter));
    assert!(matches!(requests.as_slice(), [Request::MayAdmit(NewPerson { right: Right::Deputy, .. })]));
    page.reply(&cx(), Reply::Failed("Somebody of that name is there. Give a longer name.".to_owned()));
    assert!(drawn(&mut page, 80, 22).contains("> Their full name"), "nothing typed is lost");
    assert!(drawn(&mut page, 80, 22).contains("Grace Osei"));
    answers(&mut page, &["-Marsh", "", ""]);
    let page = next(page.reply(&cx(), Reply::PeopleChanged));
    assert!(!page.kind.can_wait());
    let Kind::HandOver(hand_over) = page.kind else { panic!("not handed over") };
    assert_eq!((&*hand_over.new.name, hand_over.new.right), ("Grace Osei-Marsh", Right::Deputy));
}

#[test]
fn ones_own_passphrase_takes_the_old_one() {
    let mut page = Asking::new(Kind::Passphrase);
    assert!(answers(&mut page, &[""]).is_empty());
    assert!(drawn(&mut page, 80, 22).contains("Type the passphrase with which you open the desk now."));
    let requests = answers(&mut page, &["the old one", GOOD, GOOD]);
    assert!(matches!(requests.as_slice(), [Request::ChangePassphrase { .. }]));
    page.reply(&cx(), Reply::Failed("The passphrase does not open this desk. Try again.".to_owned()));
    let screen = drawn(&mut page, 80, 22);
    assert!(screen.contains("> Your passphrase now") && screen.contains("does not open"), "{screen}");
    assert!(answers(&mut page, &["the old one", "", ""]).is_empty(), "the new one has gone, too");
}

#[test]
fn a_removal_and_another_right_have_their_reasons() {
    let mut remove = Asking::new(Kind::Remove(grace(Right::Deputy)));
    assert!(answers(&mut remove, &[" "]).is_empty());
    let requests = answers(&mut remove, &["Left the school"]);
    assert!(
        matches!(requests.as_slice(), [Request::RemovePerson { reason, .. }] if &**reason == "Left the school")
    );
    let mut right = Asking::new(Kind::ChangeRight(grace(Right::Deputy)));
    press(&mut right, KeyCode::Right);
    press(&mut right, KeyCode::Enter);
    assert!(answers(&mut right, &[""]).is_empty());
    let requests = answers(&mut right, &["On leave"]);
    assert!(matches!(requests.as_slice(), [Request::ChangeRight { right: Right::Reader, .. }]));
    let effects = right.reply(&cx(), Reply::PeopleChanged);
    assert!(
        matches!(effects.as_slice(), [Effect::Close, Effect::Say(said)] if said == "Grace Osei is a reader now.")
    );
}

#[test]
fn it_can_be_drawn_at_any_size() {
    let hard = || Person { name: HARD_NAME.into(), role: HARD_NAME.into(), ..grace(Right::Lead) };
    let receiver = Receiver { name: HARD_NAME.into(), role: HARD_NAME.into() };
    for kind in [
        Kind::Receiver,
        Kind::HandOver(HandOver::to_the_receiver(&receiver)),
        Kind::Add,
        Kind::Passphrase,
        Kind::Remove(hard()),
        Kind::ChangeRight(hard()),
    ] {
        let mut page = Asking::new(kind);
        for (width, height) in sizes() {
            drawn(&mut page, width, height);
        }
        let screen = drawn(&mut page, 60, 18);
        assert!(screen.contains("> "), "the question stays in view:\n{screen}");
    }
}
