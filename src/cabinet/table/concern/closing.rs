//! How a concern reads when it is to be closed, and what came while it was.

use super::{Concern, ConcernLine};
use crate::domain::closing::{self, Gap, PutRight, Written};
use crate::domain::decision::{Closed, Decision};
use crate::domain::entry::Entry;
use crate::domain::field::CorrectedField;
use crate::domain::ids::Seq;

impl Concern {
    /// What an inspector would miss in it, as it stands.
    pub fn missing(&self) -> Vec<Gap> {
        closing::missing(&self.case(), &self.put_right())
    }

    /// The corrections that the check before closing reads, the oldest first.
    fn put_right(&self) -> Vec<PutRight> {
        let put_right = |line: &ConcernLine| {
            let Entry::Corrected { corrects, field, instead, happened_at, .. } = &line.entry else {
                return None;
            };
            let of = match field {
                CorrectedField::Part1(field) => Written::Part1(*field),
                CorrectedField::Section(_) => Written::Section(self.place_of(*corrects)?),
                CorrectedField::Child(..) | CorrectedField::Unknown(_) => return None,
            };
            Some(PutRight { of, instead: instead.clone(), happened_at: *happened_at })
        };
        self.lines.iter().filter_map(put_right).collect()
    }

    /// Which of the sections an entry is.
    fn place_of(&self, seq: Seq) -> Option<usize> {
        self.sections().position(|(line, _)| line.seq == seq)
    }

    /// How it was closed, where it stands closed.
    pub fn closed(&self) -> Option<(&ConcernLine, &Closed)> {
        let (line, decision) = self.decisions().filter(|(_, decision)| turns(decision)).last()?;
        match decision {
            Decision::Closed(closed) => Some((line, closed)),
            _ => None,
        }
    }

    /// What has to be said beside a line: that it came when Part 2 was signed, or the concern closed.
    pub fn added(&self, line: &ConcernLine) -> Option<&'static str> {
        if self.is_added_after_closing(line) {
            return Some("added after closing");
        }
        line.added_after_signing.then_some("added after signing")
    }

    /// Whether it was written while the concern stood closed. What is due goes on (R21), and reopening is no addition.
    pub fn is_added_after_closing(&self, line: &ConcernLine) -> bool {
        let is_addition = match &line.entry {
            Entry::Decided { decision, .. } => !turns(decision),
            Entry::FollowUpSet { .. } | Entry::FollowUpMoved { .. } => false,
            _ => true,
        };
        let before = self.decisions().filter(|(decided, decision)| decided.seq < line.seq && turns(decision));
        is_addition && matches!(before.last(), Some((_, Decision::Closed(_))))
    }
}

/// Whether a decision closes or opens.
fn turns(decision: &Decision) -> bool {
    matches!(decision, Decision::Closed(_) | Decision::Reopened(_))
}
