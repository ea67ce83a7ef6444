//! The cabinets of a desk: one for the safeguarding team, and one for what the DSL must not see (R14, R18).

/// Which of the two. Each has a file, a key and members of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CabinetName {
    /// The safeguarding team's.
    #[default]
    General,
    /// Of whoever receives a concern about the DSL.
    Senior,
}

impl CabinetName {
    pub const ALL: [Self; 2] = [Self::General, Self::Senior];

    /// As its files are called, and as it is named on the command line.
    pub fn label(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Senior => "senior",
        }
    }

    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.label() == label)
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::General => Self::Senior,
            Self::Senior => Self::General,
        }
    }
}
