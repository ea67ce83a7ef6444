//! What a person at the desk can do to the record. Each act is one transaction: all of its entries or none.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::answer::{Alike, Subject};
use super::drafts::owned;
use super::finder::Finder;
use super::gates::{self, Reason};
use super::merge::merged;
use super::{Desk, book, calls, clocking, correcting, deciding, linking, merging, restricting, setup};
use crate::cabinet::table::{child, concern, contact, draft, person, restriction};
use crate::cabinet::{Error, Result, Writer};
use crate::domain::call::Tried;
use crate::domain::caution::standing;
use crate::domain::child::ChildDetails;
use crate::domain::clocks::Event;
use crate::domain::concern::Part1;
use crate::domain::contact::ContactDetails;
use crate::domain::decision::Decision;
use crate::domain::entry::{Entry, NoteKind, Source};
use crate::domain::field::CorrectedField;
use crate::domain::follow_up::{FollowUp, Step};
use crate::domain::ids::{ChildId, ConcernId, ContactId, FollowUpId, PersonId, Seq};
use crate::domain::moment::Moment;
use crate::domain::part2::{Advice, Section, Signature};
use crate::domain::person::Receiver;
use crate::domain::text::Text;
use crate::search::{Agreement, names_agree};

/// Which child of the desk a named child is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkTo {
    Known(ChildId),
    /// Somebody whom the desk does not know yet.
    New,
}

#[derive(Clone, Debug)]
pub enum Act {
    /// Part 1 typed at the desk.
    TypeIn(Box<Part1>),
    Section {
        concern: ConcernId,
        section: Section,
    },
    /// Something decided about a concern beside Part 2.
    Decide {
        concern: ConcernId,
        decision: Decision,
    },
    /// A section or a decision of which a rule asks why it is so all the same, with the reasons.
    Despite {
        act: Box<Act>,
        reasons: Vec<Reason>,
    },
    /// Something is due.
    SetFollowUp {
        subject: Subject,
        due: FollowUp,
    },
    /// It was answered, tried, put off, or is due no longer.
    MoveFollowUp {
        follow_up: FollowUpId,
        step: Step,
    },
    /// Something is true of a child from a day on.
    Flag {
        child: ChildId,
        flag: Text,
        from: NaiveDate,
        reason: Text,
    },
    /// It is no longer; `flagged` is the entry that said so.
    Unflag {
        child: ChildId,
        flagged: Seq,
        to: NaiveDate,
        reason: Text,
    },
    /// Something of Part 1 or Part 2 put right; both are shown.
    Correct {
        concern: ConcernId,
        corrects: Seq,
        field: CorrectedField,
        instead: Text,
        reason: Text,
        /// When it happened, where that was wrong.
        happened_at: Option<Moment>,
    },
    Link {
        concern: ConcernId,
        position: u32,
        to: LinkTo,
        reason: Text,
    },
    /// Name the people who open a concern from here on.
    Restrict {
        concern: ConcernId,
        people: Vec<PersonId>,
        reason: Text,
    },
    Note {
        child: ChildId,
        note: NoteKind,
        happened_at: Moment,
        text: Text,
    },
    /// A row that was added by hand put right; both are shown.
    CorrectNote {
        child: ChildId,
        corrects: Seq,
        instead: Text,
        reason: Text,
        /// When it happened, where that was wrong.
        happened_at: Option<Moment>,
    },
    /// `before` is what stood there when it was opened: see [`merge`](super::merge).
    CorrectChild {
        child: ChildId,
        before: Box<ChildDetails>,
        details: Box<ChildDetails>,
        reason: Text,
    },
    /// `child` is `into`, entered a second time, and is read as them from here on.
    MergeChildren {
        child: ChildId,
        into: ChildId,
        reason: Text,
    },
    /// A child who was merged is another one after all.
    PartChildren {
        child: ChildId,
        reason: Text,
    },
    /// Two who are alike are two children.
    TellApart {
        child: ChildId,
        other: ChildId,
        reason: Text,
    },
    AddContact(Box<ContactDetails>),
    CorrectContact {
        contact: ContactId,
        before: Box<ContactDetails>,
        details: Box<ContactDetails>,
        reason: Text,
    },
    RetireContact {
        contact: ContactId,
        reason: Text,
    },
    /// The number was rung from this desk and reached.
    CheckNumber {
        contact: ContactId,
        number: Text,
    },
    /// Sources that disagree: `says` is which, `how` is what is right and how one knows.
    Settle {
        contact: ContactId,
        says: Text,
        how: Text,
    },
    /// A number was rung, and nobody answered.
    TryCall {
        subject: Option<Subject>,
        call: Tried,
    },
    /// Advice on the telephone that belongs to a child, or to nothing yet; that of a concern is a section of Part 2.
    NoteCall {
        child: Option<ChildId>,
        advice: Advice,
    },
    /// A call that belonged to nothing belongs there.
    PlaceCall {
        call: Seq,
        subject: Subject,
    },
    /// Says who receives a concern about the DSL (R14).
    NameReceiver(Receiver),
}

impl Act {
    /// The concern that has to be open to whoever does it.
    fn on_concern(&self) -> Option<ConcernId> {
        match self {
            Self::Despite { act, .. } => act.on_concern(),
            Self::Section { concern, .. }
            | Self::Decide { concern, .. }
            | Self::SetFollowUp { subject: Subject::Concern(concern), .. }
            | Self::Correct { concern, .. }
            | Self::Link { concern, .. }
            | Self::Restrict { concern, .. }
            | Self::TryCall { subject: Some(Subject::Concern(concern)), .. }
            | Self::PlaceCall { subject: Subject::Concern(concern), .. } => Some(*concern),
            // Whoever moves a follow-up is asked when it is read.
            Self::TypeIn(_)
            | Self::SetFollowUp { .. }
            | Self::MoveFollowUp { .. }
            | Self::Flag { .. }
            | Self::Unflag { .. }
            | Self::Note { .. }
            | Self::CorrectNote { .. }
            | Self::CorrectChild { .. }
            | Self::MergeChildren { .. }
            | Self::PartChildren { .. }
            | Self::TellApart { .. }
            | Self::AddContact(_)
            | Self::CorrectContact { .. }
            | Self::RetireContact { .. }
            | Self::CheckNumber { .. }
            | Self::Settle { .. }
            | Self::TryCall { .. }
            | Self::NoteCall { .. }
            | Self::PlaceCall { .. }
            | Self::NameReceiver(_) => None,
        }
    }
}

/// What an act left in the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// The entries, in their order.
    pub entries: Vec<Seq>,
    /// The concern, child or contact that the act made.
    pub concern: Option<ConcernId>,
    pub child: Option<ChildId>,
    pub contact: Option<ContactId>,
    /// The names of those for whom the concern is kept, where its author is not among them.
    pub kept_for: Vec<Text>,
    /// Whoever has become known by it, or is told otherwise, and is like a child of the desk.
    pub alike: Vec<Alike>,
}

impl Saved {
    /// One entry.
    pub(super) fn of(entry: Seq) -> Self {
        Self { entries: vec![entry], ..Self::default() }
    }

    /// What more the same act left.
    pub(super) fn and(&mut self, more: Self) {
        self.entries.extend(more.entries);
        self.kept_for.extend(more.kept_for);
        self.alike.extend(more.alike);
    }
}

impl Desk {
    /// Does something to the record, and lets go of the draft that it grew from, in one transaction.
    pub fn act(&mut self, act: &Act, draft: Option<&str>, now: DateTime<Utc>) -> Result<Saved> {
        if let Act::TypeIn(part1) = act
            && self.goes_elsewhere(part1)?
        {
            return self.seal_what_was_typed(part1, draft);
        }
        let finder = &mut self.finder;
        if matches!(act, Act::TypeIn(_)) {
            // The index may have to be made: before the transaction, in which every other desk waits.
            finder.ready(self.cabinet.db())?;
        }
        let me = &self.me.person;
        let known = &self.known_drafts;
        let mut saved = self.cabinet.record(now, |writer| {
            if let Some(concern) = act.on_concern() {
                restriction::may_open(writer.db(), &writer.reader()?, concern)?;
            }
            let saved = carry_out(writer, finder, act, now)?;
            if let Some(slot) = draft {
                draft::became_saved(writer, &owned(me, slot), known.get(slot))?;
            }
            Ok(saved)
        })?;
        if let Some(slot) = draft {
            self.known_drafts.forget(slot);
        }
        let before = match act {
            Act::CorrectChild { before, .. } => Some(&**before),
            _ => None,
        };
        // It is recorded, whatever becomes of this: what is not noticed now stands in the list.
        let alike = self.noticed_alike(&saved.entries, before).unwrap_or_default();
        saved.alike.extend(alike.into_iter().map(|pair| Alike::Entered(Box::new(pair))));
        Ok(saved)
    }

    /// Several sections of Part 2 at once, as a file brings them: all of them or none. Nobody was warned of its words
    /// while they were typed, so nothing says that they were written all the same. No reason of the file is lost: where
    /// nothing asked for it, and it stands nowhere in the concern, the file is not taken.
    pub fn annotate(
        &mut self,
        concern: ConcernId,
        sections: &[Section],
        reasons: &[Reason],
        now: DateTime<Utc>,
    ) -> Result<Saved> {
        self.cabinet.record(now, |writer| {
            let mut saved = Saved::default();
            for section in sections {
                saved.and(annotate(writer, concern, section, reasons)?);
            }
            gates::all_stand(writer, concern, reasons)?;
            Ok(saved)
        })
    }
}

pub(super) fn carry_out(
    writer: &mut Writer,
    finder: &mut Finder,
    act: &Act,
    now: DateTime<Utc>,
) -> Result<Saved> {
    match act {
        Act::CheckNumber { contact, number } => book::checked(writer, *contact, number, now),
        Act::Settle { contact, says, how } => book::settled(writer, *contact, says, how),
        Act::TryCall { subject, call } => calls::tried(writer, *subject, call),
        Act::NoteCall { child, advice } => calls::advised(writer, *child, advice),
        Act::PlaceCall { call, subject } => calls::placed(writer, *call, *subject),
        Act::TypeIn(part1) => {
            part1.check().map_err(refused)?;
            let saved = linking::receive(writer, finder, part1, Source::Typed)?;
            gates::noted(writer, saved.concern, standing::in_report(part1), saved)
        }
        Act::Section { .. } | Act::Decide { .. } => through_the_gates(writer, act, &[]),
        Act::Despite { act, reasons } => through_the_gates(writer, act, reasons),
        Act::SetFollowUp { subject, due } => deciding::set_follow_up(writer, *subject, due),
        Act::MoveFollowUp { follow_up, step } => deciding::move_follow_up(writer, *follow_up, step, now),
        Act::Flag { child, flag, from, reason } => deciding::flag(writer, *child, flag, *from, reason),
        Act::Unflag { child, flagged, to, reason } => deciding::unflag(writer, *child, *flagged, *to, reason),
        Act::Correct { concern, corrects, field, instead, reason, happened_at } => {
            correcting::correct(writer, *concern, *corrects, (field, instead, reason), *happened_at)
        }
        Act::Restrict { concern, people, reason } => restricting::restrict(writer, *concern, people, reason),
        Act::Link { concern, position, to, reason } => {
            linking::link(writer, *concern, *position, *to, reason)
        }
        Act::Note { child, note, happened_at, text } => {
            reasoned(text, "Write down what happened.")?;
            child::get(writer.db(), *child)?;
            let (note, text) = (note.clone(), text.clone());
            one(writer, &Entry::ChronologyNoted { child: *child, note, happened_at: *happened_at, text })
        }
        Act::CorrectNote { child, corrects, instead, reason, happened_at } => {
            correcting::note(writer, *child, *corrects, instead, reason, *happened_at)
        }
        Act::CorrectChild { child, before, details, reason } => {
            correcting::child(writer, *child, before, details, reason)
        }
        Act::MergeChildren { child, into, reason } => merging::merge(writer, *child, *into, reason),
        Act::PartChildren { child, reason } => merging::part(writer, *child, reason),
        Act::TellApart { child, other, reason } => merging::tell_apart(writer, *child, *other, reason),
        Act::AddContact(details) => add_contact(writer, details),
        Act::CorrectContact { contact, before, details, reason } => {
            correct_contact(writer, *contact, before, details, reason)
        }
        Act::RetireContact { contact, reason } => {
            reasoned(reason, "Say why the contact is no longer to be rung.")?;
            contact::get(writer.db(), *contact)?;
            one(writer, &Entry::ContactRetired { contact: *contact, reason: reason.clone() })
        }
        Act::NameReceiver(receiver) => {
            setup::check_receiver(receiver, &writer.author()?.name)?;
            not_a_person_of_the_desk(writer, receiver)?;
            one(writer, &Entry::ReceiverNamed(receiver.clone()))
        }
    }
}

/// They will be admitted under that name; and a lead does not receive concerns about the leads.
fn not_a_person_of_the_desk(writer: &Writer, receiver: &Receiver) -> Result<()> {
    let members = person::all(writer.db())?;
    if members.iter().any(|member| names_agree(&member.name, &receiver.name) == Agreement::Same) {
        return Err(refused(
            "They are a person of this desk already, under another right. Name somebody who is none, or remove them \
             first.",
        ));
    }
    Ok(())
}

/// What a rule may hold up, with the reasons that were given.
fn through_the_gates(writer: &mut Writer, act: &Act, reasons: &[Reason]) -> Result<Saved> {
    match act {
        Act::Section { concern, section } => {
            let saved = annotate(writer, *concern, section, reasons)?;
            gates::noted(writer, Some(*concern), standing::in_section(section), saved)
        }
        Act::Decide { concern, decision } => {
            let against = gates::before_deciding(writer, *concern, decision, reasons)?;
            let saved = deciding::decide(writer, *concern, decision)?;
            let saved = gates::noted(writer, Some(*concern), against, saved)?;
            gates::noted(writer, Some(*concern), standing::in_decision(decision), saved)
        }
        _ => Err(refused("No rule asks for a reason here. Record it without one.")),
    }
}

/// A section of Part 2, and beside it what it was advised against.
pub(crate) fn annotate(
    writer: &mut Writer,
    concern: ConcernId,
    section: &Section,
    reasons: &[Reason],
) -> Result<Saved> {
    section.check().map_err(refused)?;
    let row = concern::inbox_row(writer.db(), &writer.reader()?, concern)?;
    let against = gates::before_annotating(writer, &row, section, reasons)?;
    match section {
        Section::Advice(Advice { contact: Some(contact), .. }) => {
            contact::get(writer.db(), *contact)?;
        }
        Section::Signed(signature) => may_sign(writer, concern, signature)?,
        Section::Received(_)
        | Section::Advice(_)
        | Section::Action(_)
        | Section::Parents(_)
        | Section::Outcome(_)
        | Section::FurtherInformation(_)
        | Section::FileCommenced(_) => {}
    }
    let mut saved = one(writer, &Entry::Part2 { concern, section: section.clone() })?;
    saved.and(clocking::follows(writer, concern, Event::Written(section))?);
    gates::noted(writer, Some(concern), against, saved)
}

/// The entry is signed with the key of whoever is at the desk, so no other name may stand under it; and once.
fn may_sign(writer: &Writer, concern: ConcernId, signature: &Signature) -> Result<()> {
    if writer.author()?.name.one_line() != signature.name.one_line() {
        return Err(refused("Sign with your own name. Whoever else is to sign opens the desk themselves."));
    }
    if concern::is_signed(writer.db(), concern)? {
        return Err(refused(
            "Part 2 is signed already. Write what is new under its own heading; it is marked as added later.",
        ));
    }
    Ok(())
}

fn add_contact(writer: &mut Writer, details: &ContactDetails) -> Result<Saved> {
    details.check().map_err(refused)?;
    book::may_stand_in(writer, details)?;
    let contact = writer.next_contact()?;
    let saved = one(writer, &Entry::ContactAdded { contact, details: Box::new(details.clone()) })?;
    Ok(Saved { contact: Some(contact), ..saved })
}

fn correct_contact(
    writer: &mut Writer,
    contact: ContactId,
    before: &ContactDetails,
    details: &ContactDetails,
    reason: &Text,
) -> Result<Saved> {
    let standing = contact::get(writer.db(), contact)?;
    if !standing.retired.is_blank() {
        return Err(refused("This contact is retired. Add it as a new contact if it is to be rung again."));
    }
    let details = Box::new(merged(before, details, &standing.details)?);
    details.check().map_err(refused)?;
    if details.numbers != standing.details.numbers {
        book::may_stand_in(writer, &details)?;
    }
    one(writer, &Entry::ContactCorrected { contact, details, reason: reason.clone() })
}

pub(super) fn one(writer: &mut Writer, entry: &Entry) -> Result<Saved> {
    Ok(Saved::of(writer.append(entry)?))
}

pub(super) fn refused(why: impl std::fmt::Display) -> Error {
    Error::Refused(why.to_string())
}

pub(super) fn reasoned(text: &Text, sentence: &str) -> Result<()> {
    if text.is_blank() { Err(refused(sentence)) } else { Ok(()) }
}
