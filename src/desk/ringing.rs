//! Whom to ring: what is known of a concern or a child becomes the question, and the book has the answers.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::Desk;
use super::answer::Subject;
use crate::cabinet::Result;
use crate::cabinet::table::contact::{self, Contact};
use crate::cabinet::table::{child, concern, merged};
use crate::domain::area::Area;
use crate::domain::call::Tried;
use crate::domain::concern::Part1;
use crate::domain::contact::ContactDetails;
use crate::domain::decision::Decision;
use crate::domain::entry::Entry;
use crate::domain::ids::{ChildId, ConcernId, ContactId};
use crate::domain::moment::Moment;
use crate::domain::part2::SectionKind;
use crate::domain::routing::{self, About, Purpose, Question, Route};
use crate::domain::staff_route::Position;
use crate::domain::text::Text;
use crate::domain::triage::Urgency;

/// A question and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ringing {
    pub question: Question,
    pub route: Route,
    /// The name of whom it is about, for the screen; blank where it is about nobody yet.
    pub whom: Text,
    /// The calls about it today that nobody answered.
    pub tried: Vec<Tried>,
    /// What the desk knows of it is at odds with itself.
    pub doubts: Vec<String>,
}

fn tried_today(concern: &concern::Concern, at: DateTime<Utc>) -> Vec<Tried> {
    let tried = concern.lines.iter().filter_map(|line| match &line.entry {
        Entry::CallTried { call, .. } => Some(call.clone()),
        _ => None,
    });
    tried.filter(|call| call.at.date() == Moment::At(at).date()).collect()
}

fn is_acted_on(concern: &concern::Concern) -> bool {
    let acts = [SectionKind::Advice, SectionKind::Action];
    concern.sections().any(|(_, section)| acts.contains(&section.kind()))
}

/// Where the report and what the desk knows of the children differ: the council that is rung may be the wrong one.
fn other_areas(part1: &Part1, concern: &concern::Concern) -> Option<String> {
    let areas = concern.children.iter().flatten().filter_map(|child| child.details.area.as_ref());
    let areas: BTreeSet<&str> = areas.chain(&part1.area).map(Area::name).collect();
    let named: Vec<&str> = areas.into_iter().collect();
    (named.len() > 1).then(|| {
        format!(
            "The report and the children's details name several areas: {}. Check where the child lives.",
            named.join(", ")
        )
    })
}

/// What the person is, as it was decided with the threshold: no form says that somebody is an elected member (R16).
fn position(concern: &concern::Concern) -> Option<Position> {
    let decided = concern.decisions().filter_map(|(_, decision)| match decision {
        Decision::Threshold(threshold) => threshold.position,
        _ => None,
    });
    decided.last()
}

fn who_they_are(concern: &concern::Concern) -> Option<About> {
    match position(concern)? {
        Position::Member => Some(About::Member),
        Position::Lead => Some(About::Dsl),
        Position::Staff | Position::Head | Position::Supply | Position::Volunteer | Position::Other => None,
    }
}

fn is_about_the_head(concern: &concern::Concern) -> bool {
    position(concern) == Some(Position::Head)
}

/// The rules know the head as somebody who is told.
const NOT_THE_HEAD: &str =
    "It is about the head: do not ring them. The chair of governors or the lead trustee is told (D16).";

impl Desk {
    /// Whom to ring, as far as the desk knows what it is about.
    pub fn ring_about(&self, subject: Option<Subject>, now: DateTime<Utc>) -> Result<Ringing> {
        match subject {
            None => self.ringing(Question::at(now), Text::default()),
            Some(Subject::Concern(concern)) => self.about_concern(concern, now),
            Some(Subject::Child(child)) => {
                let (question, whom) = self.about_child(child, now)?;
                self.ringing(question, whom)
            }
        }
    }

    fn ringing(&self, question: Question, whom: Text) -> Result<Ringing> {
        Ok(Ringing { route: self.ring(&question)?, question, whom, tried: Vec::new(), doubts: Vec::new() })
    }

    /// Whom to ring.
    pub fn ring(&self, question: &Question) -> Result<Route> {
        let book = self.who_may_be_rung()?;
        let book: Vec<(ContactId, &ContactDetails)> =
            book.iter().map(|contact| (contact.id, &contact.details)).collect();
        Ok(routing::route(question, &book))
    }

    /// Danger counts until advice was sought or something was done: that the report was received ends no danger.
    fn about_concern(&self, concern: ConcernId, at: DateTime<Utc>) -> Result<Ringing> {
        let concern = concern::get(self.cabinet.db(), &self.reader, concern)?;
        // What was decided that it is about comes before what was reported.
        let part1 = Part1 { categories: concern.case().categories().to_vec(), ..concern.standing() };
        let children = || concern.children.iter().flatten();
        let question = Question {
            danger: concern.row.urgency == Urgency::Danger && !is_acted_on(&concern),
            // A report that does not say where a child lives may be about one of whom the desk knows it.
            area: part1.area.clone().or_else(|| children().find_map(|child| child.details.area.clone())),
            about: who_they_are(&concern).unwrap_or_else(|| About::of(&part1)),
            purpose: Purpose::of(&part1),
            children: self.numbers(children().map(|child| child.id))?,
            at,
        };
        let mut ringing = self.ringing(question, concern.row.named.clone())?;
        ringing.doubts.extend(other_areas(&part1, &concern));
        ringing.doubts.extend(is_about_the_head(&concern).then(|| NOT_THE_HEAD.to_owned()));
        ringing.tried = tried_today(&concern, at);
        Ok(ringing)
    }

    fn about_child(&self, child: ChildId, at: DateTime<Utc>) -> Result<(Question, Text)> {
        let child = child::kept(self.cabinet.db(), child)?;
        let children = self.numbers(std::iter::once(child.id))?;
        let question = Question { area: child.details.area, children, ..Question::at(at) };
        Ok((question, child.details.name))
    }

    /// The contacts of one who was entered twice may be under either number.
    fn numbers(&self, children: impl Iterator<Item = ChildId>) -> Result<Vec<ChildId>> {
        let numbers = children.map(|child| merged::numbers(self.cabinet.db(), child));
        Ok(numbers.collect::<Result<Vec<_>>>()?.concat())
    }

    /// Whoever the rules may name, and whoever is rung instead of them, by their number in the book.
    fn who_may_be_rung(&self) -> Result<Vec<Contact>> {
        let db = self.cabinet.db();
        let mut book = contact::with_keys(db)?;
        let mut place = 0;
        while let Some(contact) = book.get(place) {
            let instead =
                contact.details.numbers.iter().filter_map(|number| number.instead.trim().parse().ok());
            let unknown: Vec<ContactId> =
                instead.map(ContactId).filter(|id| book.iter().all(|known| known.id != *id)).collect();
            for id in unknown {
                // One that is not there, or is retired, is rung by nobody.
                book.extend(contact::get(db, id).ok().filter(|contact| contact.retired.is_blank()));
            }
            place += 1;
        }
        Ok(book)
    }
}
