//! Everything that can lie on the stack. One file per screen; drawing in `x/view.rs` where it is long.

pub mod asking;
pub mod browse;
pub mod candidates;
mod cells;
pub mod child;
pub mod children;
pub mod choice;
pub mod closing;
pub mod compare;
pub mod concern;
pub mod confirm;
pub mod contact;
pub mod contacts;
pub mod danger;
pub mod drafts;
pub mod due;
pub mod finder;
pub mod form;
pub mod guide;
pub mod help;
pub mod inbox;
pub(super) mod menu;
mod passphrase;
pub mod people;
mod questions;
pub mod reading;
pub mod recovery;
pub mod register;
pub mod ring;
pub mod set_up;
pub mod statuses;
#[cfg(test)]
pub(crate) mod testing;
pub mod twins;
pub mod unlock;

use ratatui::layout::{Constraint, Layout, Rect};

use super::keymap::{Action, Keymap, Scope};
use super::layer::{Cx, Effect, Surface};
use super::widgets::list::Move;
use crate::cabinet::table::seen::Sighting;
use crate::desk::answer::Subject;
use crate::domain::ids::ConcernId;
use crate::domain::moment::Moment;

/// The width of a screen that asks a few questions.
const COLUMN: u16 = 76;

/// The closed list of layers.
pub enum Layer {
    Unlock(unlock::Unlock),
    SetUp(set_up::SetUpScreen),
    Recovery(recovery::RecoveryPage),
    Asking(asking::Asking),
    People(people::People),
    Inbox(inbox::Inbox),
    Concern(concern::ConcernScreen),
    Danger(danger::DangerScreen),
    Guide(guide::GuideScreen),
    Closing(closing::Closing),
    Candidates(candidates::Candidates),
    Children(children::Children),
    Child(child::ChildScreen),
    Statuses(statuses::Statuses),
    Twins(twins::Twins),
    Compare(compare::Compare),
    Contacts(contacts::Contacts),
    Contact(contact::ContactScreen),
    Due(due::DueScreen),
    Finder(finder::Finder),
    Ring(ring::Ring),
    Drafts(drafts::Drafts),
    Register(register::Register),
    Form(form::Form),
    Reading(reading::Reading),
    Help(help::Help),
    Choice(choice::Choice),
    Confirm(confirm::Confirm),
}

impl Layer {
    /// The effect that lays this over what is there.
    pub fn open(self) -> Effect {
        Effect::Open(Box::new(self))
    }

    /// The concern that is open in it.
    pub fn concern(&self) -> Option<ConcernId> {
        match self {
            Self::Concern(screen) => Some(screen.concern),
            Self::Danger(screen) => Some(screen.concern),
            Self::Guide(screen) => Some(screen.concern),
            Self::Closing(screen) => Some(screen.concern),
            Self::Form(form) => form.kind.concern(),
            _ => None,
        }
    }

    /// What a call would be about, of what is open or selected in it.
    pub(in crate::tui) fn to_ring_about(&self, cx: &Cx) -> Option<ring::Ring> {
        match self {
            Self::Concern(screen) => Some(ring::Ring::new(Some(Subject::Concern(screen.concern)))),
            Self::Closing(screen) => Some(ring::Ring::new(Some(Subject::Concern(screen.concern)))),
            Self::Child(screen) => Some(ring::Ring::new(Some(Subject::Child(screen.child)))),
            Self::Statuses(screen) => Some(ring::Ring::new(Some(Subject::Child(screen.child)))),
            Self::Inbox(screen) => {
                screen.selected().map(|concern| ring::Ring::new(Some(Subject::Concern(concern))))
            }
            Self::Children(screen) => {
                screen.selected().map(|child| ring::Ring::new(Some(Subject::Child(child))))
            }
            Self::Due(screen) => screen.selected().map(|subject| ring::Ring::new(Some(subject))),
            Self::Form(form) => form.to_ring_about(cx),
            _ => None,
        }
    }

    pub fn surface(&self) -> &dyn Surface {
        match self {
            Self::Unlock(layer) => layer,
            Self::SetUp(layer) => layer,
            Self::Recovery(layer) => layer,
            Self::Asking(layer) => layer,
            Self::People(layer) => layer,
            Self::Inbox(layer) => layer,
            Self::Concern(layer) => layer,
            Self::Danger(layer) => layer,
            Self::Guide(layer) => layer,
            Self::Closing(layer) => layer,
            Self::Candidates(layer) => layer,
            Self::Children(layer) => layer,
            Self::Child(layer) => layer,
            Self::Statuses(layer) => layer,
            Self::Twins(layer) => layer,
            Self::Compare(layer) => layer,
            Self::Contacts(layer) => layer,
            Self::Contact(layer) => layer,
            Self::Due(layer) => layer,
            Self::Finder(layer) => layer,
            Self::Ring(layer) => layer,
            Self::Drafts(layer) => layer,
            Self::Register(layer) => layer,
            Self::Form(layer) => layer,
            Self::Reading(layer) => layer,
            Self::Help(layer) => layer,
            Self::Choice(layer) => layer,
            Self::Confirm(layer) => layer,
        }
    }

    pub fn surface_mut(&mut self) -> &mut dyn Surface {
        match self {
            Self::Unlock(layer) => layer,
            Self::SetUp(layer) => layer,
            Self::Recovery(layer) => layer,
            Self::Asking(layer) => layer,
            Self::People(layer) => layer,
            Self::Inbox(layer) => layer,
            Self::Concern(layer) => layer,
            Self::Danger(layer) => layer,
            Self::Guide(layer) => layer,
            Self::Closing(layer) => layer,
            Self::Candidates(layer) => layer,
            Self::Children(layer) => layer,
            Self::Child(layer) => layer,
            Self::Statuses(layer) => layer,
            Self::Twins(layer) => layer,
            Self::Compare(layer) => layer,
            Self::Contacts(layer) => layer,
            Self::Contact(layer) => layer,
            Self::Due(layer) => layer,
            Self::Finder(layer) => layer,
            Self::Ring(layer) => layer,
            Self::Drafts(layer) => layer,
            Self::Register(layer) => layer,
            Self::Form(layer) => layer,
            Self::Reading(layer) => layer,
            Self::Help(layer) => layer,
            Self::Choice(layer) => layer,
            Self::Confirm(layer) => layer,
        }
    }
}

/// The actions that move, in whatever is moved through.
fn step(action: Action) -> Option<Move> {
    match action {
        Action::Up => Some(Move::Up),
        Action::Down => Some(Move::Down),
        Action::PageUp => Some(Move::PageUp),
        Action::PageDown => Some(Move::PageDown),
        Action::Top => Some(Move::First),
        Action::Bottom => Some(Move::Last),
        _ => None,
    }
}

/// For whoever could make one.
fn no_recovery_key(keymap: &Keymap) -> String {
    let key = |scope, action| keymap.chord(&[scope], action).map(|chord| chord.to_string());
    let keys = key(Scope::Everywhere, Action::People).zip(key(Scope::People, Action::RecoveryKey));
    let how = keys.map(|(people, words)| format!(" Make one: {people}, then {words}.")).unwrap_or_default();
    format!("There is no recovery key: nobody can reset a passphrase.{how}")
}

/// Everybody who has opened something, to be read.
fn sightings(of: &str, seen: &[Sighting]) -> Effect {
    let line = |sighting: &Sighting| format!("{}  {}", Moment::At(sighting.at), sighting.by);
    let lines: Vec<String> = seen.iter().map(line).collect();
    let text = format!(
        "Opening is recorded once for each time that somebody unlocks the desk.\n\n{}",
        lines.join("\n")
    );
    Layer::Reading(reading::Reading::new(format!("Who has opened {of}"), text)).open()
}

/// A line for a heading, and the rest.
fn below_a_heading(area: Rect) -> [Rect; 2] {
    Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area)
}

/// As wide as a few fields need, and no wider, with a margin above where there is room for one.
fn narrow_column(area: Rect) -> Rect {
    let margin = if area.height > 18 { 2 } else { 0 };
    let left = area.width.saturating_sub(COLUMN) / 3;
    let [_, below] = Layout::vertical([Constraint::Length(margin), Constraint::Min(0)]).areas(area);
    Rect { x: below.x + left, width: below.width.min(COLUMN), ..below }
}
