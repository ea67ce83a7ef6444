//! Carries the invented acts out on a desk: children become known when they first appear.

use std::collections::BTreeMap;

use super::arrival;
use super::calendar;
use super::material::{Concern, Event, Material};
use super::script::{Act, Deed, Owed, Written};
use crate::cabinet::table::{flag, follow_up};
use crate::cabinet::{Error, Result, Writer};
use crate::desk::{act, clocking, deciding, restricting};
use crate::domain::case::CaseChild;
use crate::domain::category;
use crate::domain::child::LinkHow;
use crate::domain::clocks;
use crate::domain::concern::Part1;
use crate::domain::entry::{Entry, Source};
use crate::domain::follow_up::Step;
use crate::domain::ids::{ChildId, ConcernId};
use crate::domain::moment::Moment;
use crate::domain::part2::Section;
use crate::domain::text::Text;
use crate::domain::triage::Urgency;

/// One report in so many came as a file although it had been told in person as well.
const FILE_IN: usize = 3;

/// What the desk knows so far, by the names of the material.
pub(super) struct Player<'m> {
    material: &'m Material,
    children: BTreeMap<&'m str, ChildId>,
    concerns: BTreeMap<usize, ConcernId>,
}

impl<'m> Player<'m> {
    pub(super) fn new(material: &'m Material) -> Self {
        Self { material, children: BTreeMap::new(), concerns: BTreeMap::new() }
    }

    pub(super) fn carry_out(&mut self, writer: &mut Writer, act: Act<'m>) -> Result<()> {
        writer.advance(act.recorded);
        match act.deed {
            Deed::Arrived { place, concern, part1 } => self.arrived(writer, place, concern, part1),
            Deed::Written { place, written } => {
                let concern = *self.concerns.get(&place).ok_or_else(unknown)?;
                written_down(writer, concern, written)
            }
            Deed::CaughtUp { place, with } => {
                let concern = *self.concerns.get(&place).ok_or_else(unknown)?;
                caught_up(writer, concern, with)
            }
            Deed::Began { status, on } => {
                let child = self.known(writer, &status.child)?;
                let (flag, reason) = (status.flag.clone(), status.reason.clone());
                writer.append(&Entry::ChildFlagged { child, flag, from: on, reason }).map(drop)
            }
            Deed::Ended { status, on } => {
                let child = self.known(writer, &status.child)?;
                let known = flag::of_child(writer.db(), child)?;
                let flagged = known.iter().find(|known| known.flag == status.flag).ok_or_else(unknown)?.seq;
                let (flag, reason) = (status.flag.clone(), status.ended_because.clone());
                writer.append(&Entry::ChildUnflagged { child, flagged, flag, to: on, reason }).map(drop)
            }
            Deed::Noted { event, happened } => self.noted(writer, event, happened),
        }
    }

    fn arrived(
        &mut self,
        writer: &mut Writer,
        place: usize,
        concern: &'m Concern,
        part1: Box<Part1>,
    ) -> Result<()> {
        let id = writer.next_concern()?;
        let urgency = Urgency::of(&part1, category::is_urgent);
        let source = source(writer, place, concern, &part1)?;
        let reported = part1.clone();
        writer.append(&Entry::ConcernReceived { concern: id, source, urgency, part1 })?;
        restricting::about_staff(writer, id, &reported)?;
        self.concerns.insert(place, id);
        for (position, key) in (0..).zip(&concern.children) {
            if !concern.as_written.contains_key(key) {
                self.linked(writer, id, position, key)?;
            }
        }
        let known = |key: &String| {
            let details = self.material.children.get(key).cloned().unwrap_or_default();
            CaseChild { date_of_birth: details.date_of_birth, school: details.school }
        };
        clocking::arrived(writer, id, &reported, concern.children.iter().map(known).collect())?;
        Ok(())
    }

    fn linked(&mut self, writer: &mut Writer, concern: ConcernId, position: u32, key: &'m str) -> Result<()> {
        let how = if self.children.contains_key(key) { LinkHow::Exact } else { LinkHow::New };
        let child = self.known(writer, key)?;
        let reason = Text::default();
        writer.append(&Entry::ChildLinked { concern, position, child, how, reason }).map(drop)
    }

    fn noted(&mut self, writer: &mut Writer, event: &'m Event, happened_at: Moment) -> Result<()> {
        let child = self.known(writer, &event.child)?;
        let (note, text) = (event.kind.clone(), event.text.clone());
        writer.append(&Entry::ChronologyNoted { child, note, happened_at, text }).map(drop)
    }

    /// The child's number on this desk, which is given out when they first appear.
    fn known(&mut self, writer: &mut Writer, key: &'m str) -> Result<ChildId> {
        if let Some(child) = self.children.get(key) {
            return Ok(*child);
        }
        let details = self.material.children.get(key).cloned().ok_or_else(unknown)?;
        let child = writer.next_child()?;
        writer.append(&Entry::ChildAdded { child, details })?;
        self.children.insert(key, child);
        Ok(child)
    }
}

/// What it sets going runs as on any desk, until somebody was heard of.
fn written_down(writer: &mut Writer, concern: ConcernId, written: Written) -> Result<()> {
    match written {
        Written::Decision(decision) => {
            let urgency = deciding::urgency(writer, concern, &decision)?;
            writer.append(&Entry::Decided { concern, decision: decision.clone(), urgency })?;
            clocking::follows(writer, concern, clocks::Event::Decided(&decision)).map(drop)
        }
        Written::Despite(section, reasons) => act::annotate(writer, concern, &section, &reasons).map(drop),
        Written::Section(section) => {
            writer.append(&Entry::Part2 { concern, section: section.clone() })?;
            match section {
                Section::Outcome(heard) => answered(writer, concern, &THEIRS, &heard.from, &heard.text),
                Section::FurtherInformation(_) | Section::Signed(_) => {
                    let me = writer.author()?.name;
                    answered(writer, concern, &OURS, &me, &Text::from(DONE))
                }
                Section::Received(_)
                | Section::Advice(_)
                | Section::Action(_)
                | Section::Parents(_)
                | Section::FileCommenced(_) => Ok(()),
            }
        }
    }
}

fn caught_up(writer: &mut Writer, concern: ConcernId, with: Owed) -> Result<()> {
    let me = writer.author()?.name;
    match with {
        Owed::Answers => {
            answered(writer, concern, &THEIRS, &me, &Text::from("Asked again, and answered by telephone."))?;
            answered(writer, concern, &OURS, &me, &Text::from(DONE))
        }
        Owed::Review => answered(writer, concern, &["review"], &me, &Text::from(BETTER)),
    }
}

const BETTER: &str = "Looked at with the tutor: it is better for the child, and support goes on.";

/// What others owe, and what the desk's own lead does.
const THEIRS: [&str; 3] = ["la-decision", "lado-answer", "monitor"];
const OURS: [&str; 5] = ["marf", "chief-executive", "on-roll-school", "lado", "fgm"];
const DONE: &str = "Done, by telephone; the written note is in the file.";

/// Whatever runs of these rows of the data has been heard of.
fn answered(
    writer: &mut Writer,
    concern: ConcernId,
    deadlines: &[&str],
    from: &Text,
    text: &Text,
) -> Result<()> {
    let at = Moment::At(writer.now());
    for due in follow_up::of_concern(writer.db(), concern)? {
        if !due.is_settled && deadlines.contains(&due.set.deadline.as_str()) {
            let step = Step::Answered { at, from: from.clone(), text: text.clone() };
            let (follow_up, subject, what) = (due.id, due.subject, due.set.what.clone());
            writer.append(&Entry::FollowUpMoved { follow_up, subject, what, step: step.clone() })?;
            clocking::moved(writer, &due, &step)?;
        }
    }
    Ok(())
}

/// Whoever did not tell the lead in person sent a file; of the others, some wrote one as well.
fn source(writer: &Writer, place: usize, concern: &Concern, part1: &Part1) -> Result<Source> {
    if concern.told_dsl_in_person == Some(true) && !place.is_multiple_of(FILE_IN) {
        return Ok(Source::Typed);
    }
    let written = calendar::day(writer.now());
    arrival::as_file(writer, format!("concern-{written}-{}.json", concern.reporter), part1)
}

fn unknown() -> Error {
    Error::Refused("The invented school names somebody whom it does not hold. Please report this.".to_owned())
}
