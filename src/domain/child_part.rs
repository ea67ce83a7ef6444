//! A child's part in a concern, in neutral words: never "victim" or "perpetrator" (R25, S3:269).

use serde::{Deserialize, Serialize};

/// One for each child named in one concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChildPart {
    SaidToBeHarmed,
    SaidToHaveHarmed,
    SawOrHeard,
    Other,
}

impl ChildPart {
    pub const ALL: [Self; 4] = [Self::SaidToBeHarmed, Self::SaidToHaveHarmed, Self::SawOrHeard, Self::Other];

    pub fn label(self) -> &'static str {
        match self {
            Self::SaidToBeHarmed => "said to have been harmed",
            Self::SaidToHaveHarmed => "said to have caused harm",
            Self::SawOrHeard => "saw or heard it",
            Self::Other => "named for another reason",
        }
    }
}
