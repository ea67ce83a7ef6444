//! Concerns about people who work with children: whether one meets the harm threshold (D14), and how an allegation ended.

use serde::{Deserialize, Serialize};

use super::staff_route::{Leg, Position};
use super::text::{Text, sentence};

/// One of the four limbs of the harm threshold (D14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limb {
    Harmed,
    Offence,
    Risk,
    Unsuitable,
}

impl Limb {
    pub const ALL: [Self; 4] = [Self::Harmed, Self::Offence, Self::Risk, Self::Unsuitable];

    pub fn label(self) -> &'static str {
        match self {
            Self::Harmed => "harmed a child, or may have",
            Self::Offence => "may have committed an offence against or about a child",
            Self::Risk => "behaved so that they may be a risk to children",
            Self::Unsuitable => "behaved so that they may not be suitable to work with children",
        }
    }
}

/// Whether a concern about staff meets the harm threshold: a limb is enough; without any it is a low-level concern (D16).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threshold {
    pub limbs: Vec<Limb>,
    pub reason: Text,
    /// What the person is: whom else it goes to hangs on it. None in records from before it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
}

/// How an allegation ended, in the words of the guidance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AllegationOutcome {
    Substantiated,
    Malicious,
    False,
    Unsubstantiated,
    Unfounded,
}

impl AllegationOutcome {
    pub const ALL: [Self; 5] =
        [Self::Substantiated, Self::Malicious, Self::False, Self::Unsubstantiated, Self::Unfounded];

    pub fn label(self) -> &'static str {
        match self {
            Self::Substantiated => "substantiated",
            Self::Malicious => "malicious",
            Self::False => "false",
            Self::Unsubstantiated => "unsubstantiated",
            Self::Unfounded => "unfounded",
        }
    }

    /// What the word means.
    pub fn means(self) -> &'static str {
        match self {
            Self::Substantiated => "there is enough evidence that it happened",
            Self::Malicious => "there is enough evidence that it did not, and that somebody meant to deceive",
            Self::False => "there is enough evidence that it did not happen",
            Self::Unsubstantiated => {
                "there is not enough evidence either way; guilt or innocence is not said"
            }
            Self::Unfounded => "nothing supports it",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllegationEnded {
    pub outcome: AllegationOutcome,
    /// Who decided it, and when they said so.
    pub from: Text,
    pub reasons: Text,
}

/// How long the papers are kept: advice, for nothing is ever destroyed by itself (D17, D20).
pub fn kept(outcome: AllegationOutcome) -> &'static [Leg] {
    const OURS: Leg = Leg {
        says: "Keep the record until the person's normal pension age, or ten years if that is longer.",
        duty: "D17",
        source: "nscb.org.uk",
        edition: "a partnership's page, quoting the guidance",
    };
    const THEIRS: Leg = Leg {
        says: "The designated officer (LADO) keeps theirs longer: in some councils a hundred years.",
        duty: "D20",
        source: "Warwickshire, Sefton",
        edition: "their schedules; the local one not read",
    };
    const ASK: Leg = Leg {
        says: "What stays on the person's own file is for human resources to say. This record stays.",
        duty: "D17",
        source: "no source",
        edition: "not read of such an outcome",
    };
    match outcome {
        AllegationOutcome::Substantiated
        | AllegationOutcome::Unsubstantiated
        | AllegationOutcome::Unfounded => &[OURS, THEIRS],
        AllegationOutcome::Malicious | AllegationOutcome::False => &[ASK, THEIRS],
    }
}

impl Threshold {
    /// It is a low-level concern (D16).
    pub fn is_low_level(&self) -> bool {
        self.limbs.is_empty()
    }

    pub(super) fn sentence(&self) -> String {
        let limbs: Vec<&str> = self.limbs.iter().map(|limb| limb.label()).collect();
        let met = if limbs.is_empty() {
            "Below the harm threshold: a low-level concern.".to_owned()
        } else {
            format!("Meets the harm threshold: {}.", limbs.join("; "))
        };
        let position = self.position.map(|position| format!(" The person is {}.", position.told()));
        format!("{met}{} Reason: {}", position.unwrap_or_default(), sentence(&self.reason))
    }
}

impl AllegationEnded {
    pub(super) fn sentence(&self) -> String {
        format!(
            "Outcome of the allegation, from {}: {}. Reasons: {}",
            self.from.one_line(),
            self.outcome.label(),
            sentence(&self.reasons)
        )
    }
}
