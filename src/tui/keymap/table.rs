//! The rows put together for reading: the help screen's lines and the README's table. Nothing is written by hand.

use std::fmt::Write as _;

use super::{Action, Chord, Keymap, Scope};

/// The scopes in the order in which a reader meets them.
pub const SCOPES: [Scope; 27] = [
    Scope::Always,
    Scope::Everywhere,
    Scope::List,
    Scope::Inbox,
    Scope::Concern,
    Scope::Danger,
    Scope::Guide,
    Scope::Closing,
    Scope::Children,
    Scope::Child,
    Scope::Statuses,
    Scope::Compare,
    Scope::Contacts,
    Scope::Due,
    Scope::People,
    Scope::Finder,
    Scope::Ring,
    Scope::Call,
    Scope::Form,
    Scope::Asking,
    Scope::Later,
    Scope::Choice,
    Scope::Choosing,
    Scope::Confirm,
    Scope::Reading,
    Scope::Unlock,
    Scope::SetUp,
];

/// What the keys of a scope have in common.
pub fn heading(scope: Scope) -> &'static str {
    match scope {
        Scope::Always => "Always, even while typing",
        Scope::Everywhere => "Everywhere outside a text field",
        Scope::List => "In a list",
        Scope::Inbox => "Inbox",
        Scope::Concern => "Concern",
        Scope::Danger => "Is a child in danger?",
        Scope::Guide => "What next?",
        Scope::Closing => "Before a concern is closed",
        Scope::Children => "Children",
        Scope::Child => "Child",
        Scope::Statuses => "The status of a child",
        Scope::Compare => "Two children beside each other",
        Scope::Contacts => "Contacts",
        Scope::Due => "Due",
        Scope::People => "People",
        Scope::Finder => "Finder",
        Scope::Ring => "Whom to ring",
        Scope::Call => "A call",
        Scope::Form => "Form",
        Scope::Asking => "Questions about people",
        Scope::Later => "Questions that can wait",
        Scope::Choice => "A field with a choice of answers",
        Scope::Choosing => "A short list to choose from",
        Scope::Confirm => "A question",
        Scope::Reading => "Something to read",
        Scope::Unlock => "Opening the desk",
        Scope::SetUp => "The first run",
    }
}

/// All the keys of one action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    pub action: Action,
    pub chords: Vec<Chord>,
    pub help: &'static str,
}

impl Keys {
    /// `Up, k`.
    pub fn chords(&self) -> String {
        self.chords.iter().map(Chord::to_string).collect::<Vec<_>>().join(", ")
    }
}

/// The actions of a scope in the order of their rows.
pub fn keys(keymap: &Keymap, scope: Scope) -> Vec<Keys> {
    let mut actions: Vec<Keys> = Vec::new();
    for row in keymap.rows(&[scope]) {
        match actions.iter_mut().find(|keys| keys.action == row.action) {
            Some(keys) => keys.chords.push(row.chord),
            None => actions.push(Keys { action: row.action, chords: vec![row.chord], help: row.help }),
        }
    }
    actions
}

/// Every key, as the README shows them.
pub fn markdown(keymap: &Keymap) -> String {
    let mut table = String::from("| where | key | what it does |\n| --- | --- | --- |\n");
    for scope in SCOPES {
        for (place, keys) in keys(keymap, scope).iter().enumerate() {
            let place = if place == 0 { heading(scope) } else { "" };
            let chords: Vec<String> = keys.chords.iter().copied().map(in_code).collect();
            // Writing to a string cannot fail.
            let _ = writeln!(table, "| {place} | {} | {} |", chords.join(", "), keys.help);
        }
    }
    table
}

/// A bar would end the cell, a backtick the code.
fn in_code(chord: Chord) -> String {
    match chord {
        Chord::Char('|') => "`\\|`".to_owned(),
        Chord::Char('`') => "`` ` ``".to_owned(),
        chord => format!("`{chord}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BINDINGS, config};
    use super::{Keymap, SCOPES, Scope, keys, markdown};

    #[test]
    fn every_row_is_under_a_heading() {
        for row in BINDINGS.iter() {
            assert!(SCOPES.contains(&row.scope), "{:?}", row.scope);
        }
    }

    #[test]
    fn the_keys_of_one_action_stand_together() {
        let list = keys(&Keymap::default(), Scope::List);
        assert_eq!(list[0].chords(), "Up, k");
        assert_eq!(list.iter().filter(|keys| keys.action == list[0].action).count(), 1);
    }

    #[test]
    fn the_table_has_every_key_and_no_broken_cell() {
        let (keymap, _) = config::read("[keys]\nconcern.sign = \"|\"");
        let table = markdown(&keymap);
        for line in table.lines() {
            assert_eq!(line.replace("\\|", "").matches('|').count(), 4, "{line}");
        }
        let bound: usize =
            SCOPES.iter().flat_map(|scope| keys(&keymap, *scope)).map(|keys| keys.chords.len()).sum();
        assert_eq!(bound, BINDINGS.len());
        assert!(table.contains("`Ctrl-L`, `F12` | Blank the screen and lock. |"), "{table}");
    }
}
