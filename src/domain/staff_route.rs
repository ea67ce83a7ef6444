//! Where a concern about somebody who works here goes, by what the person is: the head, the lead, supply staff, a
//! volunteer, an elected member (R14, R16, D16).
//!
//! Whom that is and their number is the book's ([`super::routing`]); nothing here rings anybody.

use serde::{Deserialize, Serialize};

/// What the person is whom a concern about staff is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    Staff,
    Head,
    /// The designated safeguarding lead.
    Lead,
    Supply,
    Volunteer,
    /// An elected member of a council.
    Member,
    Other,
}

impl Position {
    pub const ALL: [Self; 7] =
        [Self::Staff, Self::Head, Self::Lead, Self::Supply, Self::Volunteer, Self::Member, Self::Other];

    pub fn label(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Head => "head",
            Self::Lead => "safeguarding lead",
            Self::Supply => "supply staff",
            Self::Volunteer => "volunteer",
            Self::Member => "elected member",
            Self::Other => "somebody else",
        }
    }

    /// After "the person is".
    pub fn told(self) -> &'static str {
        match self {
            Self::Staff => "a member of staff",
            Self::Head => "the head",
            Self::Lead => "the safeguarding lead",
            Self::Supply => "supply staff",
            Self::Volunteer => "a volunteer",
            Self::Member => "an elected member",
            Self::Other => "none of the staff",
        }
    }
}

/// One of those who are told, or what is kept; a sentence of ours, and where what it says was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leg {
    pub says: &'static str,
    /// By its number: `R14`, `D16`.
    pub duty: &'static str,
    pub source: &'static str,
    pub edition: &'static str,
}

impl Leg {
    /// `R14 · S1:250 · S1, 2024`, for the foot of what it says.
    pub fn cited(&self) -> String {
        format!("{} · {} · {}", self.duty, self.source, self.edition)
    }
}

const S1: &str = "S1, 2024";
const S2: &str = "S2, undated, cites guidance of 2018";
const KCSIE: &str = "KCSIE 2025, part four, as schools quote it";

const LADO: Leg = Leg {
    says: "Tell the designated officer (LADO) within one working day, and before anybody speaks to the person.",
    duty: "R13",
    source: "S1:240-249",
    edition: "S1, 2024; the working day is other partnerships' (D13)",
};
const LOW_LEVEL: Leg = Leg {
    says: "Below the threshold: write down what happened, why, and what was done. It stands in the register of low-level concerns.",
    duty: "D16",
    source: "paragraphs 423-426",
    edition: KCSIE,
};
const PERSONNEL: Leg = Leg { says: "Tell human resources.", duty: "R16", source: "S2:134", edition: S2 };
const VOLUNTEER: Leg = Leg {
    says: "Tell human resources, as of staff: a volunteer goes the same way.",
    duty: "R16",
    source: "S2:134",
    edition: S2,
};
const GOVERNORS: Leg = Leg {
    says: "Tell the chair of governors, or the lead trustee where there are none. Not the head.",
    duty: "D16",
    source: "paragraphs 423-426",
    edition: KCSIE,
};
const CHIEF_EXECUTIVE: Leg = Leg {
    says: "Tell the head of the organisation at once. The lead does not open it: it is for the senior cabinet.",
    duty: "R14",
    source: "S1:250",
    edition: S1,
};
const AGENCY: Leg = Leg {
    says: "Tell the agency that sent them as well. That they are sent back ends nothing.",
    duty: "R16",
    source: "no source",
    edition: "KCSIE, part four, from memory; not read",
};
const MONITORING_OFFICER: Leg =
    Leg { says: "Tell the monitoring officer, or their deputy.", duty: "R16", source: "S2:133", edition: S2 };
const EMPLOYER: Leg = Leg {
    says: "Tell whoever employs them or lets them in, once the designated officer (LADO) agrees.",
    duty: "R16",
    source: "no source",
    edition: "our own proposal",
};

/// Who is told, the first one first. A low-level concern is not for the designated officer; one of which that is not
/// decided yet may be.
pub fn route(position: Position, is_low_level: Option<bool>) -> Vec<Leg> {
    let first = if is_low_level == Some(true) { LOW_LEVEL } else { LADO };
    let others: &[Leg] = match position {
        Position::Staff => &[PERSONNEL],
        Position::Head => &[GOVERNORS],
        Position::Lead => &[CHIEF_EXECUTIVE],
        Position::Supply => &[PERSONNEL, AGENCY],
        Position::Volunteer => &[VOLUNTEER],
        Position::Member => &[MONITORING_OFFICER],
        Position::Other => &[EMPLOYER],
    };
    std::iter::once(first).chain(others.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Position, route};
    use crate::domain::source;

    #[test]
    fn whatever_they_are_somebody_of_ours_is_told_and_the_sources_stand() {
        for position in Position::ALL {
            for is_low_level in [None, Some(false), Some(true)] {
                let legs = route(position, is_low_level);
                assert!(legs.len() > 1, "{}", position.label());
                for leg in legs {
                    let is_ours = leg.source.starts_with('S');
                    assert!(!is_ours || source::is_inside(leg.source), "{}", leg.cited());
                    assert!(leg.says.ends_with('.') && leg.cited().contains(leg.duty));
                }
            }
        }
    }
}
