//! Everything that can lie on the stack. One file per screen; drawing in `x/view.rs` where it is long.

pub mod candidates;
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
pub mod unlock;

use super::layer::Surface;

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
