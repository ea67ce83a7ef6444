//! Everything that can lie on the stack. One file per screen; drawing in `x/view.rs` where it is long.

pub mod browse;
pub mod candidates;
mod cells;
pub mod child;
pub mod children;
pub mod concern;
pub mod confirm;
pub mod contact;
pub mod contacts;
pub mod drafts;
pub mod finder;
pub mod form;
pub mod help;
pub mod inbox;
pub mod reading;
pub mod set_up;
#[cfg(test)]
pub(crate) mod testing;
pub mod unlock;

use super::layer::{Effect, Surface};

/// The closed list of layers.
pub enum Layer {
    Unlock(unlock::Unlock),
    SetUp(set_up::SetUpScreen),
    Inbox(inbox::Inbox),
    Concern(concern::ConcernScreen),
    Candidates(candidates::Candidates),
    Children(children::Children),
    Child(child::ChildScreen),
    Contacts(contacts::Contacts),
    Contact(contact::ContactScreen),
    Finder(finder::Finder),
    Drafts(drafts::Drafts),
    Form(form::Form),
    Reading(reading::Reading),
    Help(help::Help),
    Confirm(confirm::Confirm),
}

impl Layer {
    /// The effect that lays this over what is there.
    pub fn open(self) -> Effect {
        Effect::Open(Box::new(self))
    }

    pub fn surface(&self) -> &dyn Surface {
        match self {
            Self::Unlock(layer) => layer,
            Self::SetUp(layer) => layer,
            Self::Inbox(layer) => layer,
            Self::Concern(layer) => layer,
            Self::Candidates(layer) => layer,
            Self::Children(layer) => layer,
            Self::Child(layer) => layer,
            Self::Contacts(layer) => layer,
            Self::Contact(layer) => layer,
            Self::Finder(layer) => layer,
            Self::Drafts(layer) => layer,
            Self::Form(layer) => layer,
            Self::Reading(layer) => layer,
            Self::Help(layer) => layer,
            Self::Confirm(layer) => layer,
        }
    }

    pub fn surface_mut(&mut self) -> &mut dyn Surface {
        match self {
            Self::Unlock(layer) => layer,
            Self::SetUp(layer) => layer,
            Self::Inbox(layer) => layer,
            Self::Concern(layer) => layer,
            Self::Candidates(layer) => layer,
            Self::Children(layer) => layer,
            Self::Child(layer) => layer,
            Self::Contacts(layer) => layer,
            Self::Contact(layer) => layer,
            Self::Finder(layer) => layer,
            Self::Drafts(layer) => layer,
            Self::Form(layer) => layer,
            Self::Reading(layer) => layer,
            Self::Help(layer) => layer,
            Self::Confirm(layer) => layer,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::ids::{ChildId, ConcernId, ContactId};
    use crate::tui::keymap::{BINDINGS, Scope};

    fn every_layer() -> Vec<Layer> {
        let question = confirm::Question {
            heading: String::new(),
            text: String::new(),
            harmless: "Keep it",
            other: "Discard it",
            effects: Vec::new(),
        };
        vec![
            Layer::Unlock(unlock::Unlock::default()),
            Layer::SetUp(set_up::SetUpScreen::default()),
            Layer::Inbox(inbox::Inbox::default()),
            Layer::Concern(concern::ConcernScreen::new(ConcernId(1))),
            Layer::Candidates(candidates::Candidates::new(ConcernId(1), 0)),
            Layer::Children(children::Children::default()),
            Layer::Child(child::ChildScreen::new(ChildId(1), None)),
            Layer::Contacts(contacts::Contacts::default()),
            Layer::Contact(contact::ContactScreen::new(ContactId(1))),
            Layer::Finder(finder::Finder::default()),
            Layer::Drafts(drafts::Drafts::default()),
            Layer::Form(form::Form::new(form::FormKind::Part1)),
            Layer::Reading(reading::Reading::new(String::new(), String::new())),
            Layer::Help(help::Help::new(&[])),
            Layer::Confirm(confirm::Confirm::new(question)),
        ]
    }

    /// What the keymap is asked with, wherever somebody may be.
    fn combinations() -> BTreeSet<Vec<Scope>> {
        let layers = every_layer();
        let used = layers.iter().map(|layer| layer.surface().scopes().to_vec());
        // A form has other scopes while one of its choices is picked.
        used.chain([vec![Scope::Choice, Scope::Form], vec![Scope::Always]]).collect()
    }

    #[test]
    fn no_key_of_a_layer_is_hidden_by_another_scope_of_it() {
        for scopes in combinations() {
            let rows = || BINDINGS.iter().filter(|row| scopes.contains(&row.scope));
            for row in rows() {
                let other = rows().find(|other| other.chord == row.chord && other.action != row.action);
                // On a choice, arrows and letters pick; that is what the scope is for.
                let picks =
                    row.scope == Scope::Choice || other.is_some_and(|other| other.scope == Scope::Choice);
                assert!(other.is_none() || picks, "{} in {scopes:?}", row.chord);
            }
        }
    }

    #[test]
    fn every_row_works_somewhere() {
        let combinations = combinations();
        for row in BINDINGS {
            assert!(combinations.iter().any(|scopes| scopes.contains(&row.scope)), "{:?}", row.scope);
        }
    }
}
