//! The finder under the fingers.

use crossterm::event::KeyCode;

use super::*;
use crate::desk::answer::{Found, Target};
use crate::domain::ids::{ChildId, ConcernId, ContactId, Seq};
use crate::domain::text::Text;
use crate::search::Completion;
use crate::tui::screens::Layer;
use crate::tui::screens::testing::{HARD_NAME, asked, cx, drawn, press, sizes, type_in};

fn found(target: Target, name: &str, detail: &str) -> Found {
    Found {
        target,
        name: Text::from(name),
        detail: Text::from(detail),
        why: "one letter off".to_owned(),
        score: 1,
    }
}

fn child(name: &str) -> Found {
    found(Target::Child(ChildId(3)), name, "b. 4 Mar 2011")
}

fn answer(query: &str, hits: Vec<Found>) -> Reply {
    Reply::Found { query: query.to_owned(), finding: Finding { hits, ..Finding::default() } }
}

/// The finder after letters were typed and the desk has answered the last of them.
fn after(letters: &str, hits: Vec<Found>) -> Finder {
    let mut finder = Finder::default();
    finder.refresh(&cx());
    type_in(&mut finder, letters);
    finder.reply(&cx(), answer(letters, hits));
    finder
}

fn opened(effects: Effects) -> Layer {
    match effects.into_iter().next() {
        Some(Effect::Replace(layer) | Effect::Main(layer)) => *layer,
        _ => panic!("nothing took the finder's place"),
    }
}

#[test]
fn every_letter_is_asked_and_only_the_newest_answer_shown() {
    let mut finder = Finder::default();
    let requests = asked(type_in(&mut finder, "q?1"));
    assert_eq!(requests.len(), 3);
    finder.reply(&cx(), answer("q?", vec![child("Late")]));
    assert!(!drawn(&mut finder, 80, 22).contains("Late"));
    finder.reply(&cx(), answer("q?1", vec![child("Newest")]));
    assert!(drawn(&mut finder, 80, 22).contains("Newest"));
}

#[test]
fn enter_never_opens_what_older_letters_found() {
    let mut finder = after("zo", vec![child("Zofia")]);
    type_in(&mut finder, "e");
    assert!(press(&mut finder, KeyCode::Enter).is_empty(), "the answer has not come");
    let zoe = found(Target::Child(ChildId(8)), "Zoë", "");
    let layer = opened(finder.reply(&cx(), answer("zoe", vec![zoe])));
    assert!(matches!(layer, Layer::Child(child) if child.child == ChildId(8)));
}

#[test]
fn what_is_selected_stays_so_when_the_record_changes() {
    let contact = || found(Target::Contact(ContactId(6)), "Zoo line", "0116 305 0005");
    let mut finder = after("zo", vec![child("Zoë"), contact()]);
    press(&mut finder, KeyCode::Down);
    finder.refresh(&cx());
    finder.reply(&cx(), answer("zo", vec![contact(), child("Zoë")]));
    assert!(matches!(opened(press(&mut finder, KeyCode::Enter)), Layer::Contact(_)));
}

#[test]
fn every_target_opens_its_screen() {
    let open = |target| opened(press(&mut after("zz", vec![found(target, "Zz", "")]), KeyCode::Enter));
    assert!(
        matches!(open(Target::Contact(ContactId(5))), Layer::Contact(contact) if contact.contact == ContactId(5))
    );
    assert!(
        matches!(open(Target::Concern(ConcernId(5))), Layer::Concern(concern) if concern.concern == ConcernId(5))
    );
    let entry = Target::Entry { seq: Seq(70), child: ChildId(4), concern: None };
    assert!(matches!(open(entry), Layer::Child(child) if child.child == ChildId(4)));
}

#[test]
fn nine_nine_nine_comes_first_where_the_letters_fit() {
    for letters in ["9", "999", "pol", "emerg", "danger", "Police"] {
        let shown = drawn(&mut after(letters, vec![child("Poll Danger")]), 80, 22);
        assert!(shown.contains("> 999"), "{letters}\n{shown}");
    }
    assert!(!drawn(&mut after("zoe", vec![child("Zoë")]), 80, 22).contains("999"));
}

#[test]
fn a_contact_shows_its_number() {
    let contact = found(Target::Contact(ContactId(6)), "First Response", "0116 305 0005, Leicestershire");
    assert!(drawn(&mut after("fir", vec![contact]), 60, 18).contains("0116 305 0005"));
}

#[test]
fn a_child_comes_before_a_command_that_only_begins_so() {
    let finder = after("con", vec![child("Connor")]);
    assert!(matches!(finder.entries[..], [Entry::Found(_), Entry::Command(_), Entry::Command(_)]));
    let mut finder = after("contacts", vec![child("Contacts")]);
    assert!(matches!(opened(press(&mut finder, KeyCode::Enter)), Layer::Contacts(_)));
}

#[test]
fn commands_do_what_their_keys_do() {
    assert!(matches!(opened(press(&mut after("inbox", Vec::new()), KeyCode::Enter)), Layer::Inbox(_)));
    assert!(matches!(opened(press(&mut after("new concern", Vec::new()), KeyCode::Enter)), Layer::Form(_)));
    assert!(matches!(press(&mut after("lock", Vec::new()), KeyCode::Enter)[..], [Effect::Lock]));
    assert!(matches!(press(&mut after("quit", Vec::new()), KeyCode::Enter)[..], [Effect::Quit]));
}

#[test]
fn tab_looks_elsewhere_with_the_same_letters() {
    let mut finder = after("inb", Vec::new());
    let requests = asked(press(&mut finder, KeyCode::Tab));
    assert!(matches!(&requests[..], [Request::Find { query, scope: Where::Children, .. }] if query == "inb"));
    finder.reply(&cx(), answer("inb", Vec::new()));
    assert!(finder.entries.is_empty(), "no command is a child");
}

/// What the desk says beside what it found.
fn beside(typed: &str, notes: &[&str], completions: &[(&str, &str)]) -> Finder {
    let mut finder = after(typed, vec![child("Zoë")]);
    let completion =
        |(typed, offer): &(&str, &str)| Completion { typed: (*typed).to_owned(), offer: (*offer).to_owned() };
    let finding = Finding {
        hits: vec![child("Zoë")],
        notes: notes.iter().map(|note| (*note).to_owned()).collect(),
        completions: completions.iter().map(completion).collect(),
    };
    finder.reply(&cx(), Reply::Found { query: typed.to_owned(), finding });
    finder
}

#[test]
fn what_is_typed_goes_on_as_it_is_offered_with_right_at_its_end() {
    let offers = [("kind:advice ", "kind:advice"), ("kind:action ", "kind:action")];
    let mut finder = beside("kind:a", &[], &offers);
    let shown = drawn(&mut finder, 80, 22);
    assert!(shown.contains("Right kind:advice   kind:action"), "{shown}");
    press(&mut finder, KeyCode::Left);
    assert!(asked(press(&mut finder, KeyCode::Right)).is_empty(), "it moves within the text");
    let requests = asked(press(&mut finder, KeyCode::Right));
    assert!(matches!(&requests[..], [Request::Find { query, .. }] if query == "kind:advice "));
    assert!(asked(press(&mut finder, KeyCode::Right)).is_empty(), "of other letters nothing is offered");
}

#[test]
fn what_was_left_out_is_said_and_what_may_be_typed_otherwise() {
    let note = "\"kind:zebra\" is no kind of entry, so it was left out";
    for (width, height) in [(60, 20), (80, 24)] {
        let shown = drawn(&mut beside("kind:zebra", &[note], &[]), width, height);
        assert!(shown.contains("is no kind of entry, so it was left out."), "{shown}");
    }
    let shown = drawn(&mut beside("zoe", &[], &[]), 80, 24);
    assert!(shown.contains("\"a phrase\", -not this; narrow with child: kind: by: from: to:"), "{shown}");
}

#[test]
fn an_empty_field_offers_all_commands_and_esc_closes() {
    let mut finder = after("", Vec::new());
    let shown = drawn(&mut finder, 80, 22);
    for words in ["999", "inbox", "children", "contacts", "new concern", "drafts", "help", "lock", "quit"] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    assert!(matches!(press(&mut finder, KeyCode::Esc)[..], [Effect::Close]));
    assert_eq!(finder.cover(), Cover::Over);
}

#[test]
fn why_it_was_found_is_said() {
    let mut finder = after("zoe", vec![child("Zoë Smith")]);
    assert!(drawn(&mut finder, 100, 22).contains("one letter off"));
}

#[test]
fn it_can_be_drawn_at_any_size() {
    for (width, height) in sizes() {
        let mut finder = after("zoe", vec![child(HARD_NAME), child(""), child("Zoë")]);
        drawn(&mut finder, width, height);
        press(&mut finder, KeyCode::PageDown);
        drawn(&mut finder, width, height);
    }
}
