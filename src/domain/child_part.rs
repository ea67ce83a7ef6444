//! A child's part in a concern between children, in words that decide nothing (R25, S3:269).
//!
//! Never "victim" and never "perpetrator": whoever caused harm may have been harmed, and both children are thought of.

use serde::{Deserialize, Serialize};

/// What is said of one child in one concern; another child of the same concern has a part of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChildPart {
    SaidToHaveBeenHarmed,
    SaidToHaveCausedHarm,
    /// Of a fight, or of pictures that went both ways.
    SaidToBeBoth,
    SawOrHeardIt,
    NamedOtherwise,
}

impl ChildPart {
    pub const ALL: [Self; 5] = [
        Self::SaidToHaveBeenHarmed,
        Self::SaidToHaveCausedHarm,
        Self::SaidToBeBoth,
        Self::SawOrHeardIt,
        Self::NamedOtherwise,
    ];

    pub fn label(self) -> &'static str {
        match self {
            Self::SaidToHaveBeenHarmed => "said to have been harmed",
            Self::SaidToHaveCausedHarm => "said to have caused harm",
            Self::SaidToBeBoth => "said to have been harmed and to have caused harm",
            Self::SawOrHeardIt => "saw or heard it",
            Self::NamedOtherwise => "named otherwise",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ChildPart;

    #[test]
    fn on_the_disk_it_is_a_word_and_comes_back() {
        for part in ChildPart::ALL {
            let written = serde_json::to_string(&part).unwrap();
            assert_eq!(serde_json::from_str::<ChildPart>(&written).unwrap(), part);
        }
        assert_eq!(
            serde_json::to_string(&ChildPart::SaidToHaveBeenHarmed).unwrap(),
            r#""said-to-have-been-harmed""#
        );
    }
}
