//! What a form has asked and is not answered yet. The desk answers one question after the other, so each answer
//! belongs to the eldest: a failure alone does not say what has failed.

use std::collections::VecDeque;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Is there a draft?
    Draft,
    /// Whom is it about?
    Whom,
    /// Which other forms are not finished?
    Others,
    /// Keep what stands in the form, or let go of a draft of which nothing is left.
    Keeping,
    /// Let go of the draft: somebody said so.
    Discard,
    /// Record it.
    Act,
    /// Something out of the book of contacts.
    Book,
}

#[derive(Default)]
pub(super) struct Unanswered {
    questions: VecDeque<Asked>,
}

impl Unanswered {
    pub(super) fn add(&mut self, asked: Asked) {
        self.questions.push_back(asked);
    }

    /// What was answered now.
    pub(super) fn next(&mut self) -> Option<Asked> {
        self.questions.pop_front()
    }

    pub(super) fn holds(&self, asked: Asked) -> bool {
        self.questions.contains(&asked)
    }
}
