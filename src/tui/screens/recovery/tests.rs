//! The words of the recovery key: shown, asked back, put off.

use crossterm::event::KeyCode;
use secrecy::SecretString;

use super::*;
use crate::tui::screens::testing::{asked, cx, drawn, press, sizes, type_in};

const WORDS: &str =
    "apple brick canal daisy eagle ferry grape heron igloo jelly knife lemon mango novel olive pearl queen";

/// A page that shows seventeen words, of which the third and the twelfth are asked back.
fn shown(mut page: RecoveryPage) -> RecoveryPage {
    assert!(matches!(asked(page.refresh(&cx())).as_slice(), [Request::DrawRecoveryWords]));
    page.reply(&cx(), Reply::RecoveryWords(Drawn { words: SecretString::from(WORDS), ask: [2, 11] }));
    page
}

fn gives(page: &mut RecoveryPage, words: [&str; 2]) -> Vec<Request> {
    let mut effects = Vec::new();
    for word in words {
        type_in(page, word);
        effects.extend(press(page, KeyCode::Enter));
    }
    asked(effects)
}

#[test]
fn the_words_are_shown_numbered_with_what_their_loss_means() {
    let mut page = shown(RecoveryPage::of_a_new_desk());
    for (width, height) in [(80, 22), (60, 18), (200, 58)] {
        let screen = drawn(&mut page, width, height);
        for words in [" 1 apple", "17 queen", "12 lemon", "the makers of this program", "press Enter"] {
            assert!(screen.contains(words), "{words}\n{screen}");
        }
    }
    let again = drawn(&mut shown(RecoveryPage::replacing()), 80, 22);
    assert!(again.contains("The words from before open the desk until these are made."), "{again}");
}

#[test]
fn two_words_given_back_make_the_key() {
    let mut page = shown(RecoveryPage::of_a_new_desk());
    press(&mut page, KeyCode::Enter);
    let screen = drawn(&mut page, 80, 22);
    assert!(screen.contains("> Word 3") && screen.contains("Word 12"), "{screen}");
    assert!(!screen.contains("apple") && !screen.contains("lemon"), "{screen}");
    let requests = gives(&mut page, ["Canal", "lemon "]);
    let [Request::MakeRecoveryKey(words)] = requests.as_slice() else { panic!("no key is made") };
    assert_eq!(words.expose_secret(), WORDS);
    assert!(drawn(&mut page, 80, 22).contains("Making the recovery key…"));
    let effects = page.reply(&cx(), Reply::PeopleChanged);
    assert!(matches!(effects.as_slice(), [Effect::Close, Effect::Say(_)]));
}

#[test]
fn a_wrong_word_makes_nothing_and_is_asked_again() {
    let mut page = shown(RecoveryPage::of_a_new_desk());
    press(&mut page, KeyCode::Enter);
    assert!(gives(&mut page, ["canal", "mango"]).is_empty());
    let screen = drawn(&mut page, 80, 22);
    assert!(screen.contains("That is not word 12.") && screen.contains("> Word 12"), "{screen}");
    type_in(&mut page, "lemon");
    assert!(matches!(asked(press(&mut page, KeyCode::Enter)).as_slice(), [Request::MakeRecoveryKey(_)]));
}

#[test]
fn the_words_can_be_looked_at_again() {
    let mut page = shown(RecoveryPage::of_a_new_desk());
    press(&mut page, KeyCode::Enter);
    press(&mut page, KeyCode::BackTab);
    assert!(drawn(&mut page, 80, 22).contains("12 lemon"));
}

#[test]
fn put_off_it_makes_nothing_and_says_what_that_means() {
    let mut page = shown(RecoveryPage::of_a_new_desk());
    press(&mut page, KeyCode::Enter);
    let effects = press(&mut page, KeyCode::Esc);
    let [Effect::Close, Effect::Say(said)] = effects.as_slice() else { panic!("{}", effects.len()) };
    assert!(said.contains("There is no recovery key"), "{said}");
    let effects = press(&mut shown(RecoveryPage::replacing()), KeyCode::Esc);
    let [Effect::Close, Effect::Say(said)] = effects.as_slice() else { panic!("{}", effects.len()) };
    assert!(said.contains("still open the desk"), "{said}");
}

#[test]
fn what_went_wrong_is_told_and_tried_again() {
    let mut page = shown(RecoveryPage::of_a_new_desk());
    press(&mut page, KeyCode::Enter);
    gives(&mut page, ["canal", "lemon"]);
    page.reply(&cx(), Reply::Failed("The disk is full. Free some space.".to_owned()));
    let screen = drawn(&mut page, 80, 22);
    assert!(screen.contains("The disk is full.") && screen.contains("12 lemon"), "{screen}");
    assert!(page.refresh(&cx()).is_empty(), "not by itself");
    press(&mut page, KeyCode::Enter);
    assert!(matches!(gives(&mut page, ["canal", "lemon"]).as_slice(), [Request::MakeRecoveryKey(_)]));
}

#[test]
fn it_can_be_drawn_at_any_size() {
    let mut page = shown(RecoveryPage::replacing());
    for _ in 0..3 {
        for (width, height) in sizes() {
            drawn(&mut page, width, height);
        }
        press(&mut page, KeyCode::Enter);
    }
}
