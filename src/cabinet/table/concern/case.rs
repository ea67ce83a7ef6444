//! A concern as the rules read it, made of what the record says of it.

use super::{Concern, ConcernLine, Correction};
use crate::cabinet::table::child::Child;
use crate::cabinet::table::follow_up::Due;
use crate::domain::case::{Case, CaseChild, Running, Set};
use crate::domain::entry::Entry;
use crate::domain::field::CorrectedField;
use crate::domain::follow_up::Step;
use crate::domain::part2::{Advice, Section, SectionKind};

impl Concern {
    /// The concern as the rules read it.
    pub fn case(&self) -> Case {
        let child = |child: &Option<Child>| {
            child.as_ref().map_or_else(CaseChild::default, |child| CaseChild {
                date_of_birth: child.details.date_of_birth,
                school: child.details.school.clone(),
            })
        };
        let running = |due: &&Due| !due.is_settled;
        let followed = |due: &Due| Running {
            id: due.id,
            deadline: due.set.deadline.clone(),
            about: due.set.about.clone(),
            what: due.set.what.clone(),
            who: due.set.who.clone(),
            due: due.due,
        };
        Case {
            part1: self.standing(),
            received_at: self.row.received_at,
            state: self.row.state,
            is_restricted: self.restriction.is_some(),
            children: self.children.iter().map(child).collect(),
            organisation: self.organisation.clone(),
            sections: self
                .sections()
                .map(|(line, section)| (line.recorded_at, self.as_it_stands(line, section)))
                .collect(),
            decisions: self
                .decisions()
                .map(|(line, decision)| (line.recorded_at, decision.clone()))
                .collect(),
            running: self.due.iter().filter(running).map(followed).collect(),
            ever_due: self.due.iter().map(|due| self.as_set(due)).collect(),
        }
    }

    /// What a rule hangs on is read as it was put right: whose advice it is, what it says, and when it was given.
    fn as_it_stands(&self, line: &ConcernLine, section: &Section) -> Section {
        let Section::Advice(advice) = section else { return section.clone() };
        let corrected = self.corrections(line.seq, &CorrectedField::Section(SectionKind::Advice));
        let put_right = |advice: Advice, correction: Correction| {
            advice.put_right(correction.instead, correction.happened_at)
        };
        Section::Advice(corrected.fold(advice.clone(), put_right))
    }

    fn as_set(&self, due: &Due) -> Set {
        let step = |line: &ConcernLine| match &line.entry {
            Entry::FollowUpMoved { follow_up, step, .. } if *follow_up == due.id => Some(step.clone()),
            _ => None,
        };
        let ended = self.lines.iter().rev().filter_map(step).find(Step::ends).filter(|_| due.is_settled);
        Set {
            deadline: due.set.deadline.clone(),
            about: due.set.about.clone(),
            due: due.set.due,
            is_answered: matches!(ended, Some(Step::Answered { .. })),
            dropped: match ended {
                Some(Step::Dropped { reason }) => Some(reason),
                Some(Step::Answered { .. } | Step::Tried { .. } | Step::Postponed { .. }) | None => None,
            },
        }
    }
}
