//! What is written on a concern and not recorded yet: where it belongs, and when it was kept. Never what it says.

use chrono::{DateTime, Utc};

use crate::cabinet::table::draft;
use crate::domain::decision::DecisionKind;
use crate::domain::guide::Opens;
use crate::domain::ids::ConcernId;
use crate::domain::part2::SectionKind;
use crate::domain::text::Text;
use crate::tui::screens::form::{FormKind, Given, clock};

/// Something that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui::screens) struct Draft {
    pub(in crate::tui::screens) on: On,
    saved_at: DateTime<Utc>,
}

/// What becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui::screens) enum On {
    Section(SectionKind),
    /// A call is written down as advice.
    Call(String),
    /// A decision; of a child's part in it, of which child.
    Decision(DecisionKind, u32),
    /// Something due, or what becomes of it, by the title of its form.
    Due(String),
}

/// Those of one concern that a part of its outline is about.
pub(in crate::tui::screens) fn of(concern: ConcernId, drafts: &[draft::Draft]) -> Vec<Draft> {
    let on = |draft: &draft::Draft| {
        let form =
            FormKind::from_slot(&draft.slot, &draft.body).filter(|form| form.concern() == Some(concern))?;
        Some(Draft { on: on(concern, &form)?, saved_at: draft.saved_at })
    };
    drafts.iter().filter_map(on).collect()
}

fn on(concern: ConcernId, form: &FormKind) -> Option<On> {
    let title = || {
        let title = form.title(&Text::default());
        title.strip_prefix(&format!("Concern {concern}: ")).map(str::to_owned).unwrap_or(title)
    };
    match form {
        FormKind::Section { section, .. } => Some(On::Section(*section)),
        FormKind::Call { .. } => Some(On::Call(title())),
        FormKind::Decision { kind, given, .. } => Some(On::Decision(*kind, given.position)),
        FormKind::FollowUp { .. } | FormKind::Step { .. } => Some(On::Due(title())),
        FormKind::Part1 { .. }
        | FormKind::Relink { .. }
        | FormKind::Restrict { .. }
        | FormKind::Note { .. }
        | FormKind::Correct { .. }
        | FormKind::CorrectNote { .. }
        | FormKind::Child { .. }
        | FormKind::Flag { .. }
        | FormKind::Unflag { .. }
        | FormKind::Same { .. }
        | FormKind::NewContact { .. }
        | FormKind::Settle { .. }
        | FormKind::EditContact { .. }
        | FormKind::RetireContact { .. } => None,
    }
}

/// The sections of Part 2 in which something is written.
pub(in crate::tui::screens) fn sections(drafts: &[Draft]) -> Vec<SectionKind> {
    let section = |draft: &Draft| match draft.on {
        On::Section(section) => Some(section),
        On::Call(_) | On::Decision(..) | On::Due(_) => None,
    };
    drafts.iter().filter_map(section).collect()
}

impl Draft {
    /// `draft kept at 14:10`.
    pub(in crate::tui::screens) fn kept(&self, now: DateTime<Utc>) -> String {
        format!("draft kept at {}", clock(self.saved_at, now))
    }

    /// Whether recording it would answer a step of the guide.
    pub(in crate::tui::screens) fn answers(&self, opens: Opens) -> bool {
        let is = |kind| matches!(self.on, On::Decision(of, _) if of == kind);
        match opens {
            Opens::Danger => is(DecisionKind::Danger),
            Opens::Decision(DecisionKind::Sharing) => self.on == On::Decision(DecisionKind::Sharing, 0),
            Opens::Decision(kind) => is(kind),
            Opens::PartOf(position) => self.on == On::Decision(DecisionKind::PartOfChild, position),
            Opens::Section(SectionKind::Advice) => {
                matches!(self.on, On::Section(SectionKind::Advice) | On::Call(_))
            }
            Opens::Section(section) => self.on == On::Section(section),
            Opens::BabyReferred => is(DecisionKind::Course),
            Opens::OnRollSchool(place) => {
                self.on == On::Decision(DecisionKind::Sharing, Given::of_school(place))
            }
            Opens::Lado | Opens::Police => false,
            Opens::Closing => is(DecisionKind::Closed),
        }
    }

    /// Where in the outline of Part 2 it is shown.
    pub(super) fn stands_under(&self, section: SectionKind) -> bool {
        match &self.on {
            On::Section(of) => *of == section,
            On::Call(_) => section == SectionKind::Advice,
            On::Decision(..) | On::Due(_) => false,
        }
    }

    /// Its name, where the outline does not say it already.
    pub(super) fn name(&self) -> Option<&str> {
        match &self.on {
            On::Section(_) => None,
            On::Call(title) | On::Due(title) => Some(title),
            On::Decision(kind, _) => Some(kind.label()),
        }
    }
}
