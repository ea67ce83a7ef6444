//! A passphrase that somebody chooses on a page of questions: typed twice, judged while it is typed.

use super::questions::{Questions, Row};
use crate::desk::passphrase::Strength;
use crate::tui::theme::Theme;

/// The two questions by which a page knows it.
#[derive(Clone, Copy)]
pub(super) struct Twice<Q> {
    pub(super) first: Q,
    pub(super) again: Q,
}

impl<Q: Copy + PartialEq> Twice<Q> {
    pub(super) fn rows(self, label: &'static str) -> [Row<Q>; 2] {
        [Row::secret(self.first, label), Row::secret(self.again, "The passphrase again")]
    }

    /// The question whose answer will not do, and what to do about it.
    pub(super) fn amiss(self, questions: &Questions<Q>, strength: &Strength) -> Option<(Q, String)> {
        match strength {
            Strength::Empty => return Some((self.first, "Choose a passphrase.".to_owned())),
            Strength::Trivial(sentence) => return Some((self.first, sentence.clone())),
            Strength::Weak(_) | Strength::Strong(_) => {}
        }
        let differ = questions.exposed(self.first) != questions.exposed(self.again);
        differ.then(|| (self.again, "The two passphrases differ. Type it again.".to_owned()))
    }
}

/// How the estimate is written.
pub(super) fn style(strength: &Strength, theme: &Theme) -> ratatui::style::Style {
    match strength {
        Strength::Empty => theme.dim,
        Strength::Trivial(_) | Strength::Weak(_) => theme.warn,
        Strength::Strong(_) => theme.good,
    }
}
