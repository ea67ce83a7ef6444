//! Something that is due: who must answer whom by when (D4, D6, D13 …), and what became of it.
//!
//! When one is due is `deadline`'s and `working_time`'s, what sets one is `clocks`', and whom to ring when nobody answers is
//! `escalation`'s.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::moment::{Moment, rfc3339};
use super::text::{Text, sentence};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// On one line: "Local authority's decision on the referral".
    pub what: Text,
    /// Who must act.
    pub who: Text,
    #[serde(with = "instant")]
    pub due: DateTime<Utc>,
    /// Which row of `data/deadlines.toml` set it; blank where somebody wrote it.
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub deadline: Text,
    /// Which of several it is about, such as one school of two; blank where there is one only.
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub about: Text,
    /// By which rule or duty, with its source; blank where it is the employer's own.
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub rule: Text,
    /// How the time was worked out, or why it is due.
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub note: Text,
    /// The last time of all, where a source has two.
    #[serde(default, with = "instant::maybe", skip_serializing_if = "Option::is_none")]
    pub latest: Option<DateTime<Utc>>,
}

/// Why it cannot be saved yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDue {
    #[error("Say what is to be done.")]
    What,
    #[error("Say who must do it.")]
    Who,
    #[error("Give the reason.")]
    Reason,
    #[error("Write down what was answered.")]
    Answer,
    #[error("Say who answered.")]
    From,
    #[error("Say whom you tried.")]
    Whom,
    #[error("Choose a later time: it is put off to before now.")]
    Past,
}

impl FollowUp {
    pub fn check(&self) -> Result<(), NotDue> {
        match () {
            () if self.what.is_blank() => Err(NotDue::What),
            () if self.who.is_blank() => Err(NotDue::Who),
            () => Ok(()),
        }
    }
}

/// What becomes of a follow-up, step by step; the first two end it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Step {
    /// It is done: who answered, and what they said.
    Answered { at: Moment, from: Text, text: Text },
    /// It is due no longer.
    Dropped { reason: Text },
    /// Nobody answered: a rung of the ladder (R30), counted from 1; 0 where it is none.
    Tried {
        at: Moment,
        whom: Text,
        #[serde(default)]
        text: Text,
        #[serde(default)]
        rung: u32,
    },
    Postponed {
        #[serde(with = "instant")]
        to: DateTime<Utc>,
        reason: Text,
    },
}

impl Step {
    pub fn ends(&self) -> bool {
        match self {
            Self::Answered { .. } | Self::Dropped { .. } => true,
            Self::Tried { .. } | Self::Postponed { .. } => false,
        }
    }

    pub fn check(&self) -> Result<(), NotDue> {
        let needed: &[(&Text, NotDue)] = match self {
            Self::Answered { from, text, .. } => &[(from, NotDue::From), (text, NotDue::Answer)],
            Self::Dropped { reason } | Self::Postponed { reason, .. } => &[(reason, NotDue::Reason)],
            Self::Tried { whom, .. } => &[(whom, NotDue::Whom)],
        };
        match needed.iter().find(|(text, _)| text.is_blank()) {
            Some((_, missing)) => Err(*missing),
            None => Ok(()),
        }
    }

    pub fn happened(&self) -> Option<Moment> {
        match self {
            Self::Answered { at, .. } | Self::Tried { at, .. } => Some(*at),
            Self::Dropped { .. } | Self::Postponed { .. } => None,
        }
    }

    /// As a row of a chronology, after what it is about.
    pub fn sentence(&self) -> String {
        match self {
            Self::Answered { from, text, .. } => {
                format!("answered by {}: {}", from.one_line(), sentence(text))
            }
            Self::Dropped { reason } => format!("due no longer. Reason: {}", sentence(reason)),
            Self::Tried { whom, text, .. } if text.is_blank() => {
                format!("no answer from {}.", whom.one_line())
            }
            Self::Tried { whom, text, .. } => format!("tried {}: {}", whom.one_line(), sentence(text)),
            Self::Postponed { to, reason } => {
                format!("put off to {}. Reason: {}", Moment::At(*to), sentence(reason))
            }
        }
    }
}

/// RFC 3339 with London's offset, as all times of the ledger's bodies.
mod instant {
    use chrono::{DateTime, Utc};
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(at: &DateTime<Utc>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::rfc3339(*at))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Utc>, D::Error> {
        let text = String::deserialize(from)?;
        DateTime::parse_from_rfc3339(&text).map(|at| at.to_utc()).map_err(de::Error::custom)
    }

    pub(super) mod maybe {
        use chrono::{DateTime, Utc};
        use serde::{Deserializer, Serializer};

        #[expect(clippy::ref_option, reason = "the shape that serde asks for")]
        pub(in super::super) fn serialize<S: Serializer>(
            at: &Option<DateTime<Utc>>,
            to: S,
        ) -> Result<S::Ok, S::Error> {
            match at {
                Some(at) => super::serialize(at, to),
                None => to.serialize_none(),
            }
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            from: D,
        ) -> Result<Option<DateTime<Utc>>, D::Error> {
            super::deserialize(from).map(Some)
        }
    }
}
