//! Something was shared, or it was decided not to (R22, R32): what, with whom, what for, and whether anybody agreed.

use serde::{Deserialize, Serialize};

use super::decision::{Undecided, after, joined};
use super::moment::Moment;
use super::text::{Text, sentence};

/// Whether whoever it is about was asked (R6, R32).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    Given,
    Refused,
    NotAsked,
}

impl Consent {
    pub const ALL: [Self; 3] = [Self::Given, Self::Refused, Self::NotAsked];

    pub fn label(self) -> &'static str {
        match self {
            Self::Given => "asked and given",
            Self::Refused => "asked and refused",
            Self::NotAsked => "not asked",
        }
    }
}

/// Whether whoever did not agree hears that it was shared (R32); never where that makes it less safe (H18).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    Told,
    WillBe,
    NotSafe,
}

impl Told {
    pub const ALL: [Self; 3] = [Self::Told, Self::WillBe, Self::NotSafe];

    pub fn label(self) -> &'static str {
        match self {
            Self::Told => "they were told",
            Self::WillBe => "they will be told",
            Self::NotSafe => "not told: it would raise the risk",
        }
    }
}

/// Something was shared, or it was decided not to (R22, D21).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharing {
    pub is_shared: bool,
    pub at: Moment,
    pub what: Text,
    pub with: Text,
    pub purpose: Text,
    pub consent: Consent,
    /// Without names and what would tell who it is (R32).
    #[serde(default)]
    pub anonymised: bool,
    pub reasons: Text,
    /// Why without consent, where it was shared with names and nobody agreed.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub without_consent: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<Told>,
}

fn is_blank(text: &Text) -> bool {
    text.is_blank()
}

impl Sharing {
    /// Whether names left the house, and whoever it is about did not agree (R32).
    pub fn is_without_consent(&self) -> bool {
        self.is_shared && !self.anonymised && self.consent != Consent::Given
    }

    pub(super) fn check(&self) -> Result<(), Undecided> {
        let needed = [
            (&self.what, Undecided::What),
            (&self.with, Undecided::With),
            (&self.purpose, Undecided::Purpose),
        ];
        let missing = needed.into_iter().find(|(text, _)| text.is_blank()).map(|(_, missing)| missing);
        match missing {
            Some(missing) => Err(missing),
            None if self.is_without_consent() && self.without_consent.is_blank() => {
                Err(Undecided::WithoutConsent)
            }
            None if self.is_without_consent() && self.told.is_none() => Err(Undecided::Told),
            None if self.reasons.is_blank() => Err(Undecided::Reason),
            None => Ok(()),
        }
    }

    pub(super) fn sentence(&self) -> String {
        let verb = if self.is_shared { "Shared with" } else { "Not shared with" };
        joined(&[
            format!("{verb} {}: {}", self.with.one_line(), sentence(&self.what)),
            after("Purpose: ", &self.purpose),
            format!("Consent: {}.", self.consent.label()),
            after("Without consent because: ", &self.without_consent),
            self.told.map(|told| format!("Of the sharing {}.", told.label())).unwrap_or_default(),
            if self.anonymised { "Without names.".to_owned() } else { String::new() },
            after("Reasons: ", &self.reasons),
        ])
    }
}
