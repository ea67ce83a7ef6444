//! Letters are text in every form, at every size of the window; nothing that was typed is lost to either.

use std::path::Path;

use serde_json::Value;

use super::user::User;
use crate::support::{Place, World};

/// From the inbox to every form, and what its title bar says.
const FORMS: [(&[&str], &str); 23] = [
    (&["n"], "New concern"),
    (&["Enter", "Esc", "e"], "Received"),
    (&["Enter", "Esc", "a"], "Advice sought"),
    (&["Enter", "Esc", "t"], "Action taken"),
    (&["Enter", "Esc", "p"], "Parents informed"),
    (&["Enter", "Esc", "o"], "Outcome"),
    (&["Enter", "Esc", "i"], "Further information"),
    (&["Enter", "Esc", "f"], "File commenced"),
    (&["Enter", "Esc", "C"], "What it is about"),
    (&["Enter", "Esc", "L"], "Level"),
    (&["Enter", "Esc", "b"], "A child's part"),
    (&["Enter", "Esc", "u"], "What is done"),
    (&["Enter", "Esc", "S"], "Information shared"),
    (&["Enter", "Esc", "y"], "Reply to the reporter"),
    (&["Enter", "Esc", "c"], "correction"),
    (&["Enter", "Esc", "h", "+"], "a row of the chronology"),
    (&["Enter", "Esc", "h", "e"], "details"),
    (&["Enter", "Esc", "r", "1", "Enter"], "call, "),
    (&["3", "t"], "Call: "),
    (&["3", "s"], "sources that disagree"),
    (&["2", "Enter", "o", "Enter"], "social worker"),
    (&["3", "+"], "New contact"),
    (&["3", "x"], "Retire contact"),
];

fn place() -> Place {
    let mut world = World::new();
    world.concern("Zoe Marsh", Some("2014-03-02"));
    world.close()
}

fn at(folder: &Path, keys: &[&str], title: &str) -> User {
    let mut user = User::at(folder, 80, 24);
    user.unlocks().press(keys);
    assert!(user.title().contains(title), "{title}:\n{}", user.screen());
    user
}

/// From the first field to the last, where Tab changes nothing any more.
fn in_every_field(user: &mut User, mut write: impl FnMut(&mut User)) {
    loop {
        write(user);
        let before = user.screen();
        if user.press(&["Tab"]).screen() == before {
            return;
        }
    }
}

fn printable() -> String {
    (' '..='~').chain("éß€漢ş".chars()).collect()
}

#[test]
fn no_letter_is_a_key_in_any_field_of_any_form() {
    let place = place();
    for (keys, title) in FORMS {
        let mut user = at(place.folder.root(), keys, title);
        in_every_field(&mut user, |user| {
            for letter in printable().chars() {
                user.types(&letter.to_string());
                assert!(!user.has_left() && user.title().contains(title), "{title}, {letter:?}");
            }
        });
        user.waits(1);
        let texts = texts_of_the_draft(&place);
        assert!(texts.iter().any(|text| text.contains(printable().trim())), "{title}: {texts:?}");
        for text in texts.iter().filter(|text| text.chars().count() > 20) {
            assert!(text.contains(printable().trim()), "{title}: {text:?}");
        }
        discard(&mut user);
        assert!(place.open().unwrap().drafts().unwrap().is_empty(), "{title}");
    }
}

/// What the fields of the one draft hold; the answers that are picked are short.
fn texts_of_the_draft(place: &Place) -> Vec<String> {
    let drafts = place.open().unwrap().drafts().unwrap();
    let [draft] = drafts.as_slice() else { panic!("{} drafts", drafts.len()) };
    let Value::Object(fields) = serde_json::from_str(&draft.body).unwrap() else { panic!("no fields") };
    let kept = fields
        .iter()
        .filter(|(key, _)| !["target", "cursor"].contains(&key.as_str()))
        .map(|(_, value)| value);
    kept.filter_map(|value| value.as_str().or_else(|| value.get("text")?.as_str()).map(str::to_owned))
        .collect()
}

/// Enter alone keeps it.
fn discard(user: &mut User) {
    user.press(&["Ctrl-X", "Right", "Enter"]);
}

#[test]
fn a_paste_is_text_and_never_a_series_of_keys() {
    let place = place();
    for (keys, title) in FORMS {
        let mut user = at(place.folder.root(), keys, title);
        let before = place.open().unwrap().entries().unwrap();
        in_every_field(&mut user, |user| {
            user.pastes("q\u{13}1\ty\r\n\u{1b}:n?");
            assert!(!user.has_left() && user.title().contains(title), "{}", user.screen());
        });
        assert_eq!(place.open().unwrap().entries().unwrap(), before, "{title}");
        discard(&mut user);
    }
}

#[test]
fn the_window_may_become_any_size_while_a_form_is_half_typed() {
    let place = place();
    let mut dice = fastrand::Rng::with_seed(2);
    for (keys, title) in FORMS {
        let mut user = at(place.folder.root(), keys, title);
        in_every_field(&mut user, |user| {
            user.types("half a sent");
        });
        user.press(&["Shift-Tab", "Shift-Tab"]);
        for _ in 0..20 {
            user.resizes(dice.u16(1..220), dice.u16(1..70)).waits(1);
            user.types("x").press(&["Backspace"]);
        }
        user.resizes(80, 24);
        assert!(user.title().contains(title), "{}", user.screen());
        let texts = texts_of_the_draft(&place);
        assert!(texts.iter().any(|text| text.contains("half a sent")), "{title}: {texts:?}");
        discard(&mut user);
    }
}
