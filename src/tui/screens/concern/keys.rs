//! Which actions move on a concern, and which write in a section of its Part 2.

use crate::domain::part2::SectionKind;
use crate::tui::keymap::Action;
use crate::tui::widgets::list::Move;

pub(super) fn step(action: Action) -> Option<Move> {
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

pub(super) fn section(action: Action) -> Option<SectionKind> {
    SectionKind::ALL.into_iter().find(|section| writes(*section) == action)
}

/// The action that writes in a section.
pub(super) fn writes(section: SectionKind) -> Action {
    match section {
        SectionKind::Received => Action::Received,
        SectionKind::Advice => Action::Advice,
        SectionKind::Action => Action::ActionTaken,
        SectionKind::Parents => Action::Parents,
        SectionKind::Outcome => Action::Outcome,
        SectionKind::FurtherInformation => Action::FurtherInformation,
        SectionKind::FileCommenced => Action::FileCommenced,
        SectionKind::Signed => Action::Sign,
    }
}
