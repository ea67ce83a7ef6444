//! The steps of an answer as they come together: who is there, 999, who is closed, and of whom the book has no number.

use std::collections::BTreeSet;

use super::data::Rule;
use super::{Book, Question, Step, Whom};
use crate::domain::contact::{Conflict, ContactDetails, Number};
use crate::domain::emergency;
use crate::domain::freshness::Freshness;
use crate::domain::hours::Standing;
use crate::domain::ids::ContactId;
use crate::domain::moment::Moment;
use crate::domain::text::{Text, sentence};

/// Whoever the rules ring, in their order, and 999.
pub(super) fn steps(question: &Question, book: Book, rules: &[&Rule]) -> Vec<Step> {
    let mut chain = Chain {
        question,
        book,
        met: BTreeSet::new(),
        there: Vec::new(),
        closed: Vec::new(),
        silent: Vec::new(),
    };
    for rule in rules {
        for key in &rule.ring {
            chain.add(key, rule);
        }
    }
    let Chain { there: mut steps, closed, silent, .. } = chain;
    // In danger before everybody; or else where nobody was there.
    steps.insert(if question.danger { 0 } else { steps.len() }, emergency(question));
    steps.extend(closed);
    steps.extend(silent);
    steps
}

/// Why somebody is rung.
struct Reason<'r> {
    rule: &'r Rule,
    why: String,
    /// Beside what the book says of them.
    caution: Text,
}

/// The steps as they come together.
struct Chain<'q> {
    question: &'q Question,
    book: Book<'q>,
    met: BTreeSet<ContactId>,
    /// Whoever is there, or may be.
    there: Vec<Step>,
    closed: Vec<Step>,
    /// Those of whom the book has no number.
    silent: Vec<Step>,
}

impl Chain<'_> {
    fn add(&mut self, key: &str, rule: &Rule) {
        let is_theirs = |details: &ContactDetails| self.is_theirs(details);
        let found = self.book.iter().filter(|(_, details)| details.key.as_str() == key && is_theirs(details));
        let mut found: Vec<_> = found.copied().collect();
        // A row without a number only asks for one; where somebody plays the part, it has done its work.
        let can_be_rung = |details: &ContactDetails| details.dialled().next().is_some();
        if found.iter().any(|(_, details)| can_be_rung(details)) {
            found.retain(|(_, details)| can_be_rung(details));
        }
        found.sort_by_key(|(_, details)| details.of_child.is_none());
        for (id, details) in found {
            self.place(id, details, &Reason { rule, why: rule.why.clone(), caution: Text::default() });
        }
    }

    /// Whether they are everybody's, or one of the children's whom it is about.
    fn is_theirs(&self, details: &ContactDetails) -> bool {
        details.of_child.is_none_or(|child| self.question.children.contains(&child))
    }

    fn place(&mut self, id: ContactId, details: &ContactDetails, reason: &Reason) {
        if !self.met.insert(id) {
            self.also(id, &reason.caution);
            return;
        }
        let mut numbers = details.dialled().filter(|number| !number.aside).peekable();
        if numbers.peek().is_none() {
            self.silent.push(self.step(id, details, None, reason));
        }
        for number in numbers {
            let step = self.step(id, details, Some(number), reason);
            if step.standing.is_open() == Some(false) {
                self.instead(details, number, reason.rule);
                self.closed.push(step);
            } else {
                self.there.push(step);
            }
        }
    }

    /// One more thing to be careful of with somebody who is rung already.
    fn also(&mut self, id: ContactId, caution: &Text) {
        for step in self.there.iter_mut().filter(|step| step.whom == Whom::Contact(id)) {
            if !caution.is_blank() && !step.cautions.contains(caution) {
                step.cautions.push(caution.clone());
            }
        }
    }

    /// Whom to ring while a number is closed takes its place.
    fn instead(&mut self, closed: &ContactDetails, number: &Number, rule: &Rule) {
        let wanted = number.instead.trim();
        let found = self.book.iter().find(|(id, details)| {
            !wanted.is_empty()
                && (details.key.as_str() == wanted || id.to_string() == wanted)
                && self.is_theirs(details)
        });
        if let Some((id, details)) = found.copied() {
            let why = format!("In place of {}, which is closed.", Text::from(closed.title()).one_line());
            self.place(id, details, &Reason { rule, why, caution: rule.instead.clone() });
        }
    }

    fn step(
        &self,
        id: ContactId,
        details: &ContactDetails,
        number: Option<&Number>,
        reason: &Reason,
    ) -> Step {
        let at = self.question.at;
        let caution = Some(&details.caution).filter(|caution| !caution.is_blank()).cloned();
        // A caution is written for the moment of the call; the conflict itself can be read in the book.
        let disagree = |conflict: &Conflict| match caution {
            Some(_) => Text::from("Sources disagree about it."),
            None => Text::from(format!("Sources disagree. {}", sentence(&conflict.says))),
        };
        let conflict = details.open_conflicts().next().map(disagree);
        let stand_in = Some(&reason.caution).filter(|caution| !caution.is_blank()).cloned();
        Step {
            whom: Whom::Contact(id),
            key: details.key.clone(),
            called: Text::from(details.title()),
            name: details.name.clone(),
            role: details.role.clone(),
            organisation: details.organisation.clone(),
            number: number.map(|number| number.number.clone()),
            note: number.map(|number| number.note.clone()).unwrap_or_default(),
            standing: number.map_or(Standing::NotStated, |number| number.hours.at(at)),
            why: reason.why.clone(),
            rules: reason.rule.rules.clone(),
            read_in: reason.rule.sources.clone(),
            sources: number.map_or(&*details.sources, |number| details.sources_of(number)).to_vec(),
            cautions: stand_in.into_iter().chain(caution).chain(conflict).collect(),
            freshness: number.map(|number| Freshness::of(details, number, Moment::At(at).date())),
        }
    }
}

fn emergency(question: &Question) -> Step {
    let why = if question.danger {
        emergency::PURPOSE
    } else {
        "If nobody answers and it cannot wait, or as soon as anybody is in danger."
    };
    Step {
        whom: Whom::Emergency,
        key: Text::default(),
        called: Text::from(emergency::SERVICE),
        name: Text::default(),
        role: Text::from(emergency::ROLE),
        organisation: Text::default(),
        number: Some(Text::from(emergency::NUMBER)),
        note: Text::default(),
        standing: Standing::Always,
        why: why.to_owned(),
        rules: vec!["R1".to_owned(), "H1".to_owned()],
        read_in: emergency::SOURCES.map(Text::from).to_vec(),
        sources: emergency::SOURCES.map(Text::from).to_vec(),
        cautions: Vec::new(),
        freshness: None,
    }
}
