//! Female genital mutilation: whether it is known or only suspected. The duty to tell the police follows from what is known
//! (D26, R28); what is only suspected goes the way of every concern.

use serde::{Deserialize, Serialize};

use super::moment::Moment;
use super::text::{Text, sentence};

/// The category, and the row of `data/deadlines.toml` for what is owed where it is known.
pub const MUTILATION: &str = "fgm";
/// Where the duty was read.
pub(super) const D26: &str = "D26 · the government's procedural information, read on its page";

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// By the girl herself.
    Told,
    Seen,
    Suspected,
}

impl Found {
    pub const ALL: [Self; 3] = [Self::Told, Self::Seen, Self::Suspected];

    pub fn label(self) -> &'static str {
        match self {
            Self::Told => "known: the girl has told of it",
            Self::Seen => "known: signs of it were seen",
            Self::Suspected => "suspected, and not known",
        }
    }

    pub fn is_known(self) -> bool {
        match self {
            Self::Told | Self::Seen => true,
            Self::Suspected => false,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    pub found: Found,
    /// When it was: the teacher's time is counted from it.
    pub at: Moment,
    pub reason: Text,
}

impl Discovery {
    pub(super) fn sentence(&self) -> String {
        format!("Female genital mutilation is {}. Reason: {}", self.found.label(), sentence(&self.reason))
    }
}

#[cfg(test)]
mod tests {
    use super::Found;

    #[test]
    fn on_the_disk_it_is_a_word_and_comes_back() {
        for found in Found::ALL {
            let written = serde_json::to_string(&found).unwrap();
            assert_eq!(serde_json::from_str::<Found>(&written).unwrap(), found);
        }
        assert_eq!(serde_json::to_string(&Found::Suspected).unwrap(), r#""suspected""#);
    }
}
