//! A concern as the rules read it: what was reported, written, decided and is due, and what several rules ask of it. Made
//! by the cabinet; what follows from it is each rule's own.

use chrono::{DateTime, NaiveDate, Utc};

use super::allegation::Threshold;
use super::category;
use super::concern::{self, About, Part1};
use super::decision::{Course, CourseTaken, Danger, Decision, DecisionKind, Level, Sharing};
use super::discovery::Discovery;
use super::ids::FollowUpId;
use super::part2::{Parents, Section, SectionKind};
use super::school;
use super::text::Text;
use super::triage::State;

/// The row of `data/deadlines.toml` for telling the school at which a child is on roll (R20).
pub(super) const ON_ROLL: &str = "on-roll-school";

/// One concern.
#[derive(Clone, Debug)]
pub struct Case {
    /// With everything put right in it that rules hang on.
    pub part1: Part1,
    pub received_at: DateTime<Utc>,
    pub state: State,
    pub is_restricted: bool,
    /// In the order of Part 1; what the desk knows of each.
    pub children: Vec<CaseChild>,
    /// Whose desk it is.
    pub organisation: Text,
    /// Of Part 2, with when each was recorded, the oldest first.
    pub sections: Vec<(DateTime<Utc>, Section)>,
    pub decisions: Vec<(DateTime<Utc>, Decision)>,
    /// What is due and not answered, the soonest first.
    pub running: Vec<Running>,
    /// What was ever set by a row of `data/deadlines.toml`, whatever became of it.
    pub ever_due: Vec<Set>,
}

/// A child of the concern, as the desk knows them; blank where it is not settled who they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseChild {
    pub date_of_birth: Option<NaiveDate>,
    /// Where they are on roll.
    pub school: Text,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    pub id: FollowUpId,
    /// Which row of `data/deadlines.toml` set it.
    pub deadline: Text,
    /// Which of several it is about; blank where it is about all of them.
    pub about: Text,
    pub what: Text,
    pub who: Text,
    pub due: DateTime<Utc>,
}

/// A clock as it was set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set {
    pub deadline: Text,
    /// As of one that runs.
    pub about: Text,
    /// At first: it may have been put off since.
    pub due: DateTime<Utc>,
    /// Whether it is done, and not only due no longer.
    pub is_answered: bool,
    /// Why it is due no longer without having been done.
    pub dropped: Option<Text>,
}

impl Running {
    /// Whether it is that this school is told.
    pub fn is_to_tell(&self, school: &str) -> bool {
        self.deadline.as_str() == ON_ROLL && is_of_school(&self.about, school)
    }
}

impl Case {
    /// As it comes in: nothing is written of it, decided or due yet.
    pub fn on_arrival(
        part1: Part1,
        received_at: DateTime<Utc>,
        children: Vec<CaseChild>,
        organisation: Text,
    ) -> Self {
        Self {
            received_at,
            state: State::New,
            is_restricted: part1.is_about_staff(),
            part1,
            children,
            organisation,
            sections: Vec::new(),
            decisions: Vec::new(),
            running: Vec::new(),
            ever_due: Vec::new(),
        }
    }

    /// The latest decision of a kind, and when it was recorded.
    pub fn latest(&self, kind: DecisionKind) -> Option<&Decision> {
        self.decisions.iter().rev().map(|(_, decision)| decision).find(|decision| decision.kind() == kind)
    }

    pub fn danger(&self) -> Option<&Danger> {
        match self.latest(DecisionKind::Danger)? {
            Decision::Danger(danger) => Some(danger),
            _ => None,
        }
    }

    pub fn level(&self) -> Option<&Level> {
        match self.latest(DecisionKind::Level)? {
            Decision::Level(level) => Some(level),
            _ => None,
        }
    }

    pub fn course(&self) -> Option<&CourseTaken> {
        match self.latest(DecisionKind::Course)? {
            Decision::Course(course) => Some(course),
            _ => None,
        }
    }

    /// How often it was referred.
    pub fn referrals(&self) -> usize {
        let refers = |decision: &Decision| matches!(decision, Decision::Course(taken) if taken.course == Course::Refer);
        self.decisions.iter().filter(|(_, decision)| refers(decision)).count()
    }

    pub fn threshold(&self) -> Option<&Threshold> {
        match self.latest(DecisionKind::Threshold)? {
            Decision::Threshold(threshold) => Some(threshold),
            _ => None,
        }
    }

    /// What it is about: as the DSL said last, or else as the reporter did.
    pub fn categories(&self) -> &[Text] {
        match self.latest(DecisionKind::Categories) {
            Some(Decision::Categories(about)) => &about.categories,
            _ => &self.part1.categories,
        }
    }

    /// By its id in `data/categories.toml`; reports have the id or the name.
    pub fn is_about(&self, id: &str) -> bool {
        category::is_among(id, self.categories())
    }

    /// Whether it is about somebody who works here, or called so by its category: a report about a child may tell of one.
    pub fn is_about_staff(&self) -> bool {
        self.part1.about == About::Staff || self.is_about(concern::ALLEGATION)
    }

    /// Nobody tells an adult's parents, and of what was not referred nobody gives an outcome.
    pub fn needs(&self, section: SectionKind) -> bool {
        match section {
            SectionKind::Parents => self.part1.about != About::Adult,
            SectionKind::Outcome => self.course().is_none_or(|taken| taken.course != Course::Monitor),
            SectionKind::Received
            | SectionKind::Advice
            | SectionKind::Action
            | SectionKind::FurtherInformation
            | SectionKind::FileCommenced
            | SectionKind::Signed => true,
        }
    }

    pub fn has(&self, section: SectionKind) -> bool {
        self.sections.iter().any(|(_, written)| written.kind() == section)
    }

    pub fn discovery(&self) -> Option<&Discovery> {
        match self.latest(DecisionKind::Discovery)? {
            Decision::Discovery(discovery) => Some(discovery),
            _ => None,
        }
    }

    pub fn parents(&self) -> Option<&Parents> {
        self.sections.iter().rev().find_map(|(_, section)| match section {
            Section::Parents(parents) => Some(parents),
            _ => None,
        })
    }

    /// Whether a row of `data/deadlines.toml` is running.
    pub fn is_due(&self, deadline: &str) -> bool {
        self.running.iter().any(|running| running.deadline.as_str() == deadline)
    }

    /// Whether a row of `data/deadlines.toml` was ever set, whatever became of it.
    pub fn was_due(&self, deadline: &str) -> bool {
        self.ever_due(deadline).next().is_some()
    }

    /// What was set by a row of `data/deadlines.toml`, the soonest first.
    pub fn ever_due(&self, deadline: &str) -> impl Iterator<Item = &Set> {
        self.ever_due.iter().filter(move |set| set.deadline.as_str() == deadline)
    }

    /// Whether telling a school is due.
    pub fn is_to_tell(&self, school: &str) -> bool {
        self.running.iter().any(|running| running.is_to_tell(school))
    }

    /// Whether a school was told by words that name it; where there is one only, as the on-roll school as well.
    pub fn names(&self, text: &str, school: &str) -> bool {
        let schools = self.schools_elsewhere();
        // Beacon is not named by the words for Beacon Hill.
        let is_longer = |other: &Text| school::is_part_of(school, other) && school::is_named_in(text, other);
        let is_named = school::is_named_in(text, school) && !schools.iter().any(is_longer);
        let is_only = schools.len() == 1 && school::speaks_of_on_roll(text);
        (is_named || is_only) && !school::denies(text)
    }

    /// Whether a school was told of the child: of one without a name nobody is (R20).
    pub fn tells(&self, sharing: &Sharing, school: &str) -> bool {
        sharing.is_shared && !sharing.anonymised && self.names(&sharing.with, school)
    }

    /// Whether telling a school was ever due, whatever became of it.
    pub fn was_to_tell(&self, school: &str) -> bool {
        self.ever_to_tell(school).next().is_some()
    }

    /// The clocks that were ever set for telling a school.
    pub fn ever_to_tell(&self, school: &str) -> impl Iterator<Item = &Set> {
        self.ever_due(ON_ROLL).filter(move |set| is_of_school(&set.about, school))
    }

    /// The names of those who are on roll at a school.
    pub fn on_roll_at(&self, school: &str) -> Vec<Text> {
        let there = self.on_roll().filter(|(_, other)| school::is_same(other, school));
        there.map(|(name, _)| name.clone()).collect()
    }

    /// Each child's name with where they are on roll.
    fn on_roll(&self) -> impl Iterator<Item = (&Text, Text)> {
        self.part1.children.iter().zip(&self.children).map(|(named, known)| {
            let written = named.school.as_ref().filter(|_| known.school.is_blank());
            (&named.name, school::on_roll(written.unwrap_or(&known.school)))
        })
    }

    /// The schools at which its children are on roll, as far as they are not this one: as the desk knows it, or else as the
    /// reporter wrote (R20).
    pub fn schools_elsewhere(&self) -> Vec<Text> {
        let mut schools: Vec<Text> = Vec::new();
        for (_, school) in self.on_roll() {
            let is_new = !schools.iter().any(|other| school::is_same(other, &school));
            if !school.is_blank() && !school::is_ours(&school, &self.organisation) && is_new {
                schools.push(school);
            }
        }
        schools
    }
}

/// Older records have one clock for every school that there is.
pub(super) fn is_of_school(about: &Text, school: &str) -> bool {
    about.is_blank() || school::is_same(about, school)
}
