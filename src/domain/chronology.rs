//! The rows of a chronology sheet (form F3): what kinds there are, and how they are grouped for reading.

use serde::{Deserialize, Serialize};

use super::part2::SectionKind;

/// What a row of the chronology tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// Part 1 of a concern, cross-referenced by its number (R23).
    Concern,
    Received,
    Advice,
    Action,
    Parents,
    Outcome,
    FurtherInformation,
    FileCommenced,
    Signed,
    /// Something decided about a concern beside Part 2.
    Decision,
    /// Something that was due: answered, tried, put off or dropped.
    FollowUp,
    /// Something put right; the old text stands where it stood.
    Correction,
    /// A concern that was taken for this child's and is not.
    Moved,
    /// A telephone call that nobody answered.
    Call,
    /// The child left the roll, or is on it again.
    Roll,
    /// Something that is true of the child for a time, or is no longer.
    Status,
    /// A telephone call, visit or meeting that was added by hand.
    Contact,
    /// Anything else that was added by hand, good news included (D23).
    Event,
}

impl RowKind {
    pub const ALL: [Self; 18] = [
        Self::Concern,
        Self::Received,
        Self::Advice,
        Self::Action,
        Self::Parents,
        Self::Outcome,
        Self::FurtherInformation,
        Self::FileCommenced,
        Self::Signed,
        Self::Decision,
        Self::FollowUp,
        Self::Correction,
        Self::Moved,
        Self::Call,
        Self::Roll,
        Self::Status,
        Self::Contact,
        Self::Event,
    ];

    /// The word in the list, the database and `--json`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Concern => "concern",
            Self::Received => "received",
            Self::Advice => "advice",
            Self::Action => "action",
            Self::Parents => "parents",
            Self::Outcome => "outcome",
            Self::FurtherInformation => "further",
            Self::FileCommenced => "file",
            Self::Signed => "signed",
            Self::Decision => "decision",
            Self::FollowUp => "follow-up",
            Self::Correction => "correction",
            Self::Moved => "moved",
            Self::Call => "call",
            Self::Roll => "roll",
            Self::Status => "status",
            Self::Contact => "contact",
            Self::Event => "event",
        }
    }

    /// Whether rows of this kind are added by hand; the desk writes all others.
    pub fn is_by_hand(self) -> bool {
        matches!(self, Self::Contact | Self::Event)
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.label() == label)
    }
}

impl From<SectionKind> for RowKind {
    fn from(section: SectionKind) -> Self {
        match section {
            SectionKind::Received => Self::Received,
            SectionKind::Advice => Self::Advice,
            SectionKind::Action => Self::Action,
            SectionKind::Parents => Self::Parents,
            SectionKind::Outcome => Self::Outcome,
            SectionKind::FurtherInformation => Self::FurtherInformation,
            SectionKind::FileCommenced => Self::FileCommenced,
            SectionKind::Signed => Self::Signed,
        }
    }
}

/// What a reader narrows a chronology to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kinds {
    #[default]
    Everything,
    Concerns,
    Part2,
    Contacts,
    Events,
}

impl Kinds {
    pub const ALL: [Self; 5] = [Self::Everything, Self::Concerns, Self::Part2, Self::Contacts, Self::Events];

    pub fn label(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Concerns => "concerns",
            Self::Part2 => "Part 2",
            Self::Contacts => "contacts",
            Self::Events => "events",
        }
    }

    /// The one after this, and round again.
    pub fn next(self) -> Self {
        match self {
            Self::Everything => Self::Concerns,
            Self::Concerns => Self::Part2,
            Self::Part2 => Self::Contacts,
            Self::Contacts => Self::Events,
            Self::Events => Self::Everything,
        }
    }

    pub fn includes(self, kind: RowKind) -> bool {
        match kind {
            RowKind::Concern | RowKind::Moved => matches!(self, Self::Everything | Self::Concerns),
            RowKind::Received
            | RowKind::Advice
            | RowKind::Action
            | RowKind::Parents
            | RowKind::Outcome
            | RowKind::FurtherInformation
            | RowKind::FileCommenced
            | RowKind::Signed
            | RowKind::Decision
            | RowKind::FollowUp
            | RowKind::Correction => matches!(self, Self::Everything | Self::Part2),
            RowKind::Contact | RowKind::Call => matches!(self, Self::Everything | Self::Contacts),
            RowKind::Event | RowKind::Roll | RowKind::Status => {
                matches!(self, Self::Everything | Self::Events)
            }
        }
    }
}
