//! What is written of a concern, as it stands after every correction.

use super::{PutRight, Written};
use crate::domain::case::Case;
use crate::domain::decision::Decision;
use crate::domain::field::Part1Field;
use crate::domain::moment::Moment;
use crate::domain::part2::{Section, SectionKind};
use crate::domain::text::Text;

pub(super) struct Record<'c> {
    pub(super) case: &'c Case,
    pub(super) put_right: &'c [PutRight],
}

impl<'c> Record<'c> {
    pub(super) fn latest(&self, of: Written) -> Option<&'c PutRight> {
        self.put_right.iter().rev().find(|put_right| put_right.of == of)
    }

    /// A field of Part 1 in the words that stand there now.
    fn stands(&self, field: Part1Field, written: &'c Text) -> &'c Text {
        self.latest(Written::Part1(field)).map_or(written, |put_right| &put_right.instead)
    }

    /// Who, what, where, when: what the form wants told as facts. The child's own words are nobody else's.
    pub(super) fn facts(&self) -> Vec<(Part1Field, &'c Text)> {
        let account = self.case.part1.account.fields().into_iter();
        let facts = account.filter(|(field, _)| *field != Part1Field::ChildWords);
        facts.map(|(field, text)| (field, self.stands(field, text))).collect()
    }

    pub(super) fn child_words(&self) -> &'c Text {
        self.stands(Part1Field::ChildWords, &self.case.part1.account.child_words)
    }

    /// Whatever of Part 1 names people, the child's own words apart.
    pub(super) fn naming(&self) -> Vec<(Part1Field, &'c Text)> {
        let part1 = &self.case.part1;
        let mut naming = self.facts();
        let beside = [
            (Part1Field::ReporterName, &part1.reporter.name),
            (Part1Field::Reasons, &part1.reasons),
            (Part1Field::Actions, &part1.actions),
        ];
        naming.extend(beside.map(|(field, text)| (field, self.stands(field, text))));
        match self.latest(Written::Part1(Part1Field::Told)) {
            Some(put_right) => naming.push((Part1Field::Told, &put_right.instead)),
            None => naming.extend(part1.told.iter().map(|told| (Part1Field::Told, told))),
        }
        naming
    }

    pub(super) fn incident(&self) -> Option<Moment> {
        let put_right = self.latest(Written::Part1(Part1Field::IncidentAt));
        put_right.and_then(|put_right| put_right.happened_at).or(self.case.part1.incident_at)
    }

    pub(super) fn sections(&self) -> impl Iterator<Item = (usize, &'c Section)> {
        self.case.sections.iter().map(|(_, section)| section).enumerate()
    }

    pub(super) fn is_corrected(&self, place: usize) -> bool {
        self.latest(Written::Section(place)).is_some()
    }

    /// A section in one sentence, or the words that stand there instead.
    pub(super) fn words(&self, place: usize, section: &Section) -> String {
        let put_right = self.latest(Written::Section(place));
        put_right.map_or_else(|| section.sentence(), |put_right| put_right.instead.to_string())
    }

    /// Part 2 and what was decided, but for what repeats a rule or a gap in the words of the program.
    pub(super) fn written_by_us(&self) -> impl Iterator<Item = String> {
        let decided = self.case.decisions.iter().map(|(_, decision)| match decision {
            Decision::Overridden(overridden) => overridden.reason.to_string(),
            Decision::Categories(about) => about.reason.to_string(),
            Decision::Closed(closed) => closed.reason.to_string(),
            Decision::Danger(_)
            | Decision::Level(_)
            | Decision::PartOfChild(_)
            | Decision::Course(_)
            | Decision::Sharing(_)
            | Decision::Threshold(_)
            | Decision::Discovery(_)
            | Decision::Allegation(_)
            | Decision::Replied(_)
            | Decision::Reopened(_) => decision.sentence(),
        });
        decided.chain(self.sections().map(|(place, section)| self.words(place, section)))
    }

    /// What is written in all sections of a kind.
    pub(super) fn all_words(&self, kind: SectionKind) -> impl Iterator<Item = String> {
        let of_kind = self.sections().filter(move |(_, section)| section.kind() == kind);
        of_kind.map(|(place, section)| self.words(place, section))
    }

    /// When it happened; a correction that only changes the words leaves the time.
    pub(super) fn happened(&self, place: usize, section: &Section) -> Option<Moment> {
        let of = |put_right: &&PutRight| put_right.of == Written::Section(place);
        let mut corrections = self.put_right.iter().rev().filter(of);
        corrections.find_map(|put_right| put_right.happened_at).or(section.happened())
    }
}
