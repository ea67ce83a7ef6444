//! Which child is meant: keys and replies in, the act and the drawn rows out.

use crossterm::event::KeyCode;

use super::*;
use crate::desk::act::Saved;
use crate::desk::answer::Finding;
use crate::tui::screens::testing::{HARD_NAME, asked, child, concern, cx, drawn, press, sizes, type_in};

fn offered(concern: Concern, names: &[&str]) -> Candidates {
    let mut screen = Candidates::new(ConcernId(7), 0);
    screen.refresh(&cx());
    let likely = (1..)
        .zip(names)
        .map(|(id, name)| Candidate { child: child(id, name), why: "one letter off".to_owned() });
    screen.reply(&cx(), Reply::Concern(Box::new(concern)));
    screen.reply(&cx(), Reply::Candidates { position: 0, likely: likely.collect() });
    screen
}

fn linked(effects: Effects) -> Option<(LinkTo, String)> {
    asked(effects).into_iter().find_map(|request| match request {
        Request::Act { act: Act::Link { to, reason, .. }, .. } => Some((to, reason.to_string())),
        _ => None,
    })
}

fn answer(query: &str, hits: Vec<Found>) -> Reply {
    Reply::Found { query: query.to_owned(), finding: Finding { hits, ..Finding::default() } }
}

#[test]
fn the_likeliest_is_selected_and_enter_links_it() {
    let mut screen = offered(concern(), &["Zoe Smyth", "Zoe Smithers"]);
    let text = drawn(&mut screen, 80, 22);
    assert!(text.contains("Who is \"Zoë Smith\", date of birth not known?"), "{text}");
    assert!(text.contains("> Zoe Smyth") && text.contains("10B, b. 4 Mar 2011"), "{text}");
    assert!(text.contains("one letter off") && text.contains("A new child: Zoë Smith"), "{text}");
    assert_eq!(linked(press(&mut screen, KeyCode::Enter)), Some((LinkTo::Known(ChildId(1)), String::new())));
    assert!(press(&mut screen, KeyCode::Enter).is_empty(), "once is enough");
    let effects = screen.reply(&cx(), Reply::Saved(Saved::default()));
    assert!(matches!(effects.as_slice(), [Effect::Close, Effect::Say(_)]));
}

#[test]
fn somebody_new_is_the_first_row() {
    let mut screen = offered(concern(), &["Zoe Smyth"]);
    press(&mut screen, KeyCode::Up);
    assert_eq!(linked(press(&mut screen, KeyCode::Enter)), Some((LinkTo::New, String::new())));
    let mut nobody = offered(concern(), &[]);
    assert_eq!(linked(press(&mut nobody, KeyCode::Enter)), Some((LinkTo::New, String::new())));
}

#[test]
fn changing_an_answer_asks_for_the_reason() {
    let taken = || Concern { children: vec![Some(child(9, "Zoe Other"))], ..concern() };
    let mut screen = offered(taken(), &["Zoe Smyth"]);
    let effects = press(&mut screen, KeyCode::Enter);
    let [Effect::Replace(layer)] = effects.as_slice() else { panic!("nothing asks why") };
    let Layer::Form(form) = layer.as_ref() else { panic!("not a form") };
    assert!(matches!(form.kind, FormKind::Relink { position: 0, to: LinkTo::Known(ChildId(1)), .. }));
}

#[test]
fn whoever_was_selected_stays_so_when_the_record_changes() {
    let mut screen = offered(concern(), &["Zoe Smyth", "Zoe Smithers"]);
    press(&mut screen, KeyCode::Down);
    screen.refresh(&cx());
    let again = [child(3, "Zoe Smite"), child(1, "Zoe Smyth"), child(2, "Zoe Smithers")];
    let likely = again.map(|child| Candidate { child, why: String::new() }).to_vec();
    screen.reply(&cx(), Reply::Concern(Box::new(concern())));
    screen.reply(&cx(), Reply::Candidates { position: 0, likely });
    assert_eq!(linked(press(&mut screen, KeyCode::Enter)), Some((LinkTo::Known(ChildId(2)), String::new())));
}

#[test]
fn nobody_of_other_letters_is_chosen() {
    let mut screen = offered(concern(), &["Zoe Smyth"]);
    press(&mut screen, KeyCode::Char('/'));
    type_in(&mut screen, "av");
    press(&mut screen, KeyCode::Enter);
    assert!(press(&mut screen, KeyCode::Enter).is_empty(), "what was typed is not on the screen yet");
}

#[test]
fn a_search_that_fails_lets_nobody_record_twice() {
    let mut screen = offered(concern(), &["Zoe Smyth"]);
    screen.refresh(&cx());
    assert!(linked(press(&mut screen, KeyCode::Enter)).is_some());
    screen.reply(&cx(), Reply::Concern(Box::new(concern())));
    screen.reply(&cx(), Reply::Failed("The disk cannot be read.".to_owned()));
    assert!(press(&mut screen, KeyCode::Enter).is_empty(), "it is being recorded");
}

#[test]
fn the_same_child_again_records_nothing() {
    let taken = Concern { children: vec![Some(child(1, "Zoe Smyth"))], ..concern() };
    let effects = press(&mut offered(taken, &["Zoe Smyth"]), KeyCode::Enter);
    assert!(matches!(effects.as_slice(), [Effect::Close, Effect::Say(_)]));
}

#[test]
fn any_child_is_found_by_name_and_late_answers_are_ignored() {
    let mut screen = offered(concern(), &["Zoe Smyth"]);
    press(&mut screen, KeyCode::Char('/'));
    let requests = asked(type_in(&mut screen, "av"));
    assert!(
        matches!(requests.last(), Some(Request::Find { query, scope: Where::Children, .. }) if query == "av")
    );
    let hit = |name: &str| Found {
        target: Target::Child(ChildId(5)),
        name: Text::from(name),
        detail: Text::from("7A"),
        why: String::new(),
        score: 1,
    };
    screen.reply(&cx(), answer("a", vec![hit("Late")]));
    screen.reply(&cx(), answer("av", vec![hit("Ava Reed")]));
    let text = drawn(&mut screen, 80, 22);
    assert!(text.contains("> Ava Reed") && !text.contains("Late"), "{text}");
    press(&mut screen, KeyCode::Enter);
    let effects = press(&mut screen, KeyCode::Enter);
    let [Effect::Open(layer)] = effects.as_slice() else {
        panic!("nothing that was reported speaks for her")
    };
    assert!(matches!(layer.as_ref(), Layer::Confirm(_)));
    let sure = linked(screen.confirmed(&cx()));
    assert_eq!(sure, Some((LinkTo::Known(ChildId(5)), String::new())));
}

#[test]
fn esc_shows_the_likely_ones_again() {
    let mut screen = offered(concern(), &["Zoe Smyth"]);
    press(&mut screen, KeyCode::Char('/'));
    type_in(&mut screen, "av");
    assert!(matches!(asked(press(&mut screen, KeyCode::Esc)).as_slice(), [Request::Candidates { .. }]));
}

#[test]
fn a_failure_is_said_and_the_choice_stays() {
    let mut screen = offered(concern(), &["Zoe Smyth"]);
    press(&mut screen, KeyCode::Enter);
    let effects = screen.reply(&cx(), Reply::Failed("It was not recorded. Try again.".to_owned()));
    assert!(matches!(effects.as_slice(), [Effect::Say(_)]));
    assert!(linked(press(&mut screen, KeyCode::Enter)).is_some());
}

#[test]
fn it_can_be_drawn_at_any_size() {
    let taken = Concern { children: vec![Some(child(9, HARD_NAME))], ..concern() };
    let mut screen = offered(taken, &[HARD_NAME; 30]);
    for _ in 0..2 {
        for (width, height) in sizes() {
            drawn(&mut screen, width, height);
        }
        press(&mut screen, KeyCode::Enter);
    }
}
