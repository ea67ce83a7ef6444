//! Which actions write in a section of Part 2.

use crate::domain::part2::SectionKind;
use crate::tui::keymap::Action;

pub(super) fn section(action: Action) -> Option<SectionKind> {
    SectionKind::ALL.into_iter().find(|section| writes(*section) == action)
}

/// The action that writes in a section.
pub(in crate::tui::screens) fn writes(section: SectionKind) -> Action {
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
