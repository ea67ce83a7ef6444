//! What can be done on a layer, to choose from: for whoever knows only the arrows, Enter and Esc.
//!
//! Printed from the rows of the keymap; a row that is chosen does what its key does.

use super::choice::{Answer, Choice};
use crate::tui::keymap::{Action, Keymap, Scope, table};
use crate::tui::layer::Effect;

/// The rows of the scopes, the nearest first, without what arrows and Enter do anyway.
pub(in crate::tui) fn of(keymap: &Keymap, scopes: &[Scope]) -> Choice {
    let mut listed: Vec<Action> = Vec::new();
    let mut answers = Vec::new();
    for keys in scopes.iter().chain(&[Scope::Always]).flat_map(|scope| table::keys(keymap, *scope)) {
        if !keys.action.is_of_arrows() && !listed.contains(&keys.action) {
            listed.push(keys.action);
            let text = format!("{}  ({})", keys.help.trim_end_matches('.'), keys.chords());
            answers.push(Answer { text, effect: Effect::Act(keys.action) });
        }
    }
    Choice::new("What can be done here".to_owned(), answers)
}

#[cfg(test)]
mod tests {
    use crossterm::event::KeyCode;

    use super::*;
    use crate::tui::screens::testing::{drawn, press};

    #[test]
    fn what_has_a_key_can_be_chosen() {
        let scopes = [Scope::Concern, Scope::Everywhere];
        let mut menu = of(&Keymap::default(), &scopes);
        let shown = drawn(&mut menu, 100, 60);
        for words in
            ["Put a mistake right; both versions are shown  (c)", "Leave the desk", "lock  (Ctrl-L, F12)"]
        {
            assert!(shown.contains(words), "{words}\n{shown}");
        }
        assert!(!shown.contains("Up a page"), "{shown}");
        let effects = press(&mut menu, KeyCode::Enter);
        assert!(matches!(effects.as_slice(), [Effect::Close, Effect::Act(Action::OtherPart)]));
    }
}
