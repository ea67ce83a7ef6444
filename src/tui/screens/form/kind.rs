//! The forms there are. What each asks, and what it becomes when it is saved, is in a file of its own.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::chronology::Answer;
use super::decision::{self, Given};
use super::field::Field;
use super::follow_up::{self, Moving, StepKind};
use super::restrict::{self, Member};
use super::same::{self, Verdict};
use super::sheet::{Sheet, Trouble};
use super::status::{self, Held};
use super::{book, chronology, part1, part2};
use crate::desk::Act;
use crate::desk::act::LinkTo;
use crate::desk::answer::Subject;
use crate::domain::call::Tried;
use crate::domain::child::ChildDetails;
use crate::domain::contact::ContactDetails;
use crate::domain::decision::DecisionKind;
use crate::domain::field::CorrectedField;
use crate::domain::ids::{ChildId, ConcernId, ContactId, Seq};
use crate::domain::moment::Moment;
use crate::domain::part2::SectionKind;
use crate::domain::routing;
use crate::domain::text::Text;

/// Which form, and of what.
pub enum FormKind {
    /// A section of Part 2.
    Section {
        concern: ConcernId,
        section: SectionKind,
    },
    /// Something decided about a concern beside Part 2.
    Decision {
        concern: ConcernId,
        kind: DecisionKind,
        given: Given,
    },
    /// Something that is due, set by hand: by a preset of `data/deadlines.toml`, or blank for one's own.
    FollowUp {
        subject: Subject,
        preset: Text,
    },
    /// What becomes of something that is due.
    Step {
        moving: Moving,
        kind: StepKind,
    },
    /// What was said on a call that was begun from the ring screen. Each has a draft of its own.
    Call {
        subject: Option<Subject>,
        calling: Calling,
    },
    /// Part 1, typed at the desk. Each has a draft of its own, told apart by when it was begun, so that no two
    /// children's words mix; none in a draft of an edition that had a single one.
    Part1 {
        begun: Option<DateTime<Utc>>,
    },
    /// A child of a concern is another child of the desk than was thought.
    Relink {
        concern: ConcernId,
        position: u32,
        to: LinkTo,
        /// Whom the concern is then taken to mean.
        name: Text,
    },
    /// Who may open a concern, and who may be named on it.
    Restrict {
        concern: ConcernId,
        members: Vec<Member>,
    },
    /// A row of a chronology, added by hand.
    Note {
        child: ChildId,
    },
    /// Something of a concern put right, and what stands there.
    Correct {
        concern: ConcernId,
        corrects: Seq,
        field: CorrectedField,
        was: Text,
    },
    /// A row that was added by hand put right, and what it says now.
    CorrectNote {
        child: ChildId,
        corrects: Seq,
        was: Text,
    },
    Child {
        child: ChildId,
        details: Box<ChildDetails>,
    },
    /// Something is true of a child from a day on.
    Flag {
        child: ChildId,
    },
    /// It is no longer.
    Unflag {
        child: ChildId,
        flagged: Seq,
        held: Held,
    },
    /// Whether two children are one, with their names; the second is the one who is kept.
    Same {
        verdict: Verdict,
        children: [ChildId; 2],
        names: [Text; 2],
    },
    /// Of the desk's own, or of one child's: what they are to that child.
    NewContact {
        of: Option<(ChildId, Text)>,
    },
    /// Sources that disagree, and which of them is right.
    Settle {
        contact: ContactId,
        /// Which of the contact's disputes.
        place: usize,
        says: Text,
        /// What the contact is called.
        whose: Text,
    },
    EditContact {
        contact: ContactId,
        details: Box<ContactDetails>,
    },
    RetireContact {
        contact: ContactId,
        title: Text,
    },
}

/// A call from the ring screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calling {
    /// Whom of the book; none for 999.
    pub contact: Option<ContactId>,
    /// What they are called.
    pub whom: Text,
    pub number: Text,
    pub begun: DateTime<Utc>,
}

impl Calling {
    /// That nobody answered it.
    pub fn unanswered(&self) -> Tried {
        let begun = Moment::At(self.begun);
        Tried {
            at: begun.writable().unwrap_or(begun),
            contact: self.contact,
            whom: self.whom.clone(),
            number: self.number.clone(),
        }
    }
}

impl FormKind {
    /// A Part 1 that nobody has written in yet.
    pub fn new_concern(now: DateTime<Utc>) -> Self {
        Self::Part1 { begun: Some(now) }
    }

    /// The concern that it is written on.
    pub fn concern(&self) -> Option<ConcernId> {
        match self.subject() {
            Some(Subject::Concern(concern)) => Some(concern),
            Some(Subject::Child(_)) | None => None,
        }
    }

    /// What it is written on, where that is somebody.
    pub fn subject(&self) -> Option<Subject> {
        match self {
            Self::Call { subject, .. } => *subject,
            Self::FollowUp { subject, .. } | Self::Step { moving: Moving { subject, .. }, .. } => {
                Some(*subject)
            }
            Self::Section { concern, .. }
            | Self::Relink { concern, .. }
            | Self::Decision { concern, .. }
            | Self::Restrict { concern, .. }
            | Self::Correct { concern, .. } => Some(Subject::Concern(*concern)),
            Self::Note { child }
            | Self::CorrectNote { child, .. }
            | Self::Child { child, .. }
            | Self::Flag { child }
            | Self::Unflag { child, .. }
            | Self::Same { children: [_, child], .. }
            | Self::NewContact { of: Some((child, _)) } => Some(Subject::Child(*child)),
            Self::Part1 { .. }
            | Self::NewContact { of: None }
            | Self::Settle { .. }
            | Self::EditContact { .. }
            | Self::RetireContact { .. } => None,
        }
    }

    /// What it is called in the title bar, in the list of drafts, and when it was recorded. `whom` is its subject's
    /// name, as far as that is known.
    pub fn title(&self, whom: &Text) -> String {
        let of_concern = |concern: &ConcernId| match whom.one_line() {
            name if name.is_empty() => format!("Concern {concern}"),
            name => format!("Concern {concern}, {name}"),
        };
        let of_child = |child: &ChildId| match whom.one_line() {
            name if name.is_empty() => format!("Child {child}"),
            name => name,
        };
        match self {
            Self::Section { concern, section } => format!("{}: {}", of_concern(concern), section.label()),
            Self::Decision { concern, kind, .. } => format!("{}: {}", of_concern(concern), kind.label()),
            Self::FollowUp { subject, .. } => match subject {
                Subject::Concern(concern) => format!("{}: something due", of_concern(concern)),
                Subject::Child(child) => format!("{}: something due", of_child(child)),
            },
            Self::Step { moving, kind } => match &moving.subject {
                Subject::Concern(concern) => format!("{}: {}", of_concern(concern), moving.called(*kind)),
                Subject::Child(child) => format!("{}: {}", of_child(child), moving.called(*kind)),
            },
            Self::Call { subject: None, calling } => format!("Call: {}", calling.whom.one_line()),
            Self::Call { subject: Some(Subject::Concern(concern)), calling } => {
                format!("{}: call, {}", of_concern(concern), calling.whom.one_line())
            }
            Self::Call { subject: Some(Subject::Child(child)), calling } => {
                format!("{}: call, {}", of_child(child), calling.whom.one_line())
            }
            Self::Part1 { .. } if whom.is_blank() => "New concern, Part 1".to_owned(),
            Self::Part1 { .. } => format!("New concern, Part 1: {}", whom.one_line()),
            Self::Relink { concern, .. } => format!("{}: another child is meant", of_concern(concern)),
            Self::Restrict { concern, .. } => format!("{}: who may open it", of_concern(concern)),
            Self::Note { child } => format!("{}: a row of the chronology", of_child(child)),
            Self::Correct { concern, field, .. } => {
                format!("{}: correction of \"{}\"", of_concern(concern), field.label())
            }
            Self::CorrectNote { child, corrects, .. } => {
                format!("{}: correction of the row of entry {corrects}", of_child(child))
            }
            Self::Child { child, .. } => format!("{}: details", of_child(child)),
            Self::Flag { child } => format!("{}: status", of_child(child)),
            Self::Unflag { child, held, .. } => format!("{}: {} has ended", of_child(child), held.name()),
            Self::Same { verdict, children: [_, kept], .. } => {
                format!("{}: {}", of_child(kept), verdict.title())
            }
            Self::NewContact { of: None } => "New contact".to_owned(),
            Self::NewContact { of: Some((child, key)) } => {
                let part = routing::part(key).map_or("a contact", |part| &part.name);
                format!("{}: {part}", of_child(child))
            }
            Self::Settle { whose, .. } => format!("{}: sources that disagree", whose.one_line()),
            Self::EditContact { details, .. } => format!("Contact: {}", details.title()),
            Self::RetireContact { title, .. } => format!("Retire contact: {title}"),
        }
    }

    /// What the form asks, over its fields.
    pub fn question(&self) -> &'static str {
        match self {
            Self::Section { section, .. } => section.question(),
            Self::Decision { kind, given, .. } => decision::question(*kind, given),
            Self::FollowUp { .. } => "Who must do what, by when?",
            Self::Step { kind, .. } => kind.question(),
            Self::Call { subject: None, .. } => {
                "What do they say? It is kept until you place it with a child or a concern."
            }
            Self::Call { subject: Some(_), .. } => "What do they say?",
            Self::Part1 { .. } => "If anybody is in danger now, ring 999 first and write afterwards.",
            Self::Relink { .. } => "Why is it another child? The reason stands in both chronologies.",
            Self::Restrict { .. } => "Who may open this concern? Whoever is not named finds it nowhere.",
            Self::Note { .. } => "What else belongs in the chronology? Good news does, too.",
            Self::Correct { .. } | Self::CorrectNote { .. } => {
                "What should it say instead? Both versions stay in the record."
            }
            Self::Child { .. } => "What is known of this child? The old details stay in the record.",
            Self::Flag { .. } => "What is true of this child for a time, and from when?",
            Self::Unflag { .. } => "Until when was it true, and why no longer? It stays in the record.",
            Self::Same { verdict, .. } => verdict.question(),
            Self::NewContact { .. } => "Whom may you need to ring?",
            Self::Settle { .. } => "Which source is right, and how do you know?",
            Self::EditContact { .. } => "What is different now? The old entry stays in the record.",
            Self::RetireContact { .. } => "Why is this contact no longer to be rung? It stays in the record.",
        }
    }
}

/// What it asks, and what it becomes. Each form's own file says both.
impl FormKind {
    pub(super) fn questions(&self) -> Vec<Field> {
        match self {
            Self::Section { section, .. } => part2::questions(*section),
            Self::Decision { kind, given, .. } => decision::questions(*kind, given),
            Self::FollowUp { preset, .. } => follow_up::questions(preset),
            Self::Step { moving, kind } => follow_up::step_questions(moving, *kind),
            Self::Call { .. } => part2::questions(SectionKind::Advice),
            Self::Part1 { .. } => part1::questions(),
            Self::Relink { name, .. } => chronology::relink_questions(name),
            Self::Restrict { members, .. } => restrict::questions(members),
            Self::Note { .. } => chronology::note_questions(),
            Self::Correct { field, was, .. } => {
                chronology::correction_questions(&field.label(), was, Answer::of(field))
            }
            Self::CorrectNote { was, .. } => {
                chronology::correction_questions("The row", was, Answer::DatedWords)
            }
            Self::Child { details, .. } => book::child_questions(details),
            Self::Flag { .. } => status::flag_questions(),
            Self::Unflag { held, .. } => status::unflag_questions(held),
            Self::Same { verdict, names, .. } => same::questions(*verdict, names),
            Self::NewContact { of } => book::contact_questions(&book::begun(of.as_ref())),
            Self::Settle { says, .. } => book::settle_questions(says),
            Self::EditContact { details, .. } => book::edit_questions(details),
            Self::RetireContact { .. } => book::retire_questions(),
        }
    }

    /// The act, or the first field in which something is missing.
    pub(super) fn act(&self, sheet: &Sheet, now: DateTime<Utc>) -> Result<Act, Trouble> {
        match self {
            Self::Section { concern, section } => {
                Ok(Act::Section { concern: *concern, section: part2::section(*section, sheet, now)? })
            }
            Self::Decision { concern, kind, given } => decision::act(*concern, *kind, given, sheet, now),
            Self::FollowUp { subject, preset } => follow_up::act(*subject, preset, sheet, now),
            Self::Step { moving, kind } => follow_up::step(moving, *kind, sheet, now),
            Self::Call { subject, .. } => part2::call(*subject, sheet, now),
            Self::Part1 { .. } => Ok(Act::TypeIn(Box::new(part1::report(sheet, now)?))),
            Self::Relink { concern, position, to, .. } => chronology::relink(*concern, *position, *to, sheet),
            Self::Restrict { concern, members } => restrict::act(*concern, members, sheet),
            Self::Note { child } => chronology::note(*child, sheet, now),
            Self::Correct { concern, corrects, field, was } => {
                chronology::correction(*concern, *corrects, field, was, sheet, now)
            }
            Self::CorrectNote { child, corrects, was } => {
                chronology::note_correction(*child, *corrects, was, sheet, now)
            }
            Self::Child { child, details } => book::child(*child, details, sheet, now),
            Self::Flag { child } => status::flag(*child, sheet, now),
            Self::Unflag { child, flagged, held } => status::unflag(*child, *flagged, held, sheet, now),
            Self::Same { verdict, children, .. } => same::act(*verdict, *children, sheet),
            Self::NewContact { of } => book::added(sheet, &book::begun(of.as_ref())),
            Self::Settle { contact, says, .. } => book::settled(*contact, says, sheet),
            Self::EditContact { contact, details } => book::corrected(*contact, details, sheet),
            Self::RetireContact { contact, .. } => book::retired(*contact, sheet),
        }
    }

    /// The draft as this form asks now: a form that asks about what is missing asks about something else each time.
    pub(super) fn as_asked(&self, slot: &str, draft: &str, body: &mut Map<String, Value>) {
        if let (
            Self::Decision { kind: DecisionKind::Closed, given, .. },
            Some(Self::Decision { given: before, .. }),
        ) = (self, Self::from_slot(slot, draft))
        {
            decision::carried_over(given, &before, body);
        }
    }

    /// Takes what a draft was written against for what stood there: whatever somebody else has changed since is then
    /// not put back with the words of the draft.
    pub(super) fn written_against(&mut self, slot: &str, draft: &str) {
        match (self, Self::from_slot(slot, draft)) {
            (Self::Child { details, .. }, Some(Self::Child { details: before, .. })) => *details = before,
            (Self::EditContact { details, .. }, Some(Self::EditContact { details: before, .. })) => {
                *details = before;
            }
            (Self::Restrict { members, .. }, Some(Self::Restrict { members: before, .. })) => {
                *members = before;
            }
            _ => {}
        }
    }

    /// The call that it writes down.
    pub fn calling(&self) -> Option<&Calling> {
        match self {
            Self::Call { calling, .. } => Some(calling),
            _ => None,
        }
    }

    pub fn is_part1(&self) -> bool {
        matches!(self, Self::Part1 { .. })
    }

    /// Whether it asks about each of the people whom the draft was written about, and not of those there are now.
    pub(super) fn is_asked_anew(&self) -> bool {
        matches!(self, Self::Restrict { .. })
    }

    /// Whether it asks when the report reached the safeguarding lead, and from whom.
    pub(super) fn is_receipt(&self) -> bool {
        matches!(self, Self::Section { section: SectionKind::Received, .. })
    }

    pub(super) fn is_signature(&self) -> bool {
        matches!(self, Self::Section { section: SectionKind::Signed, .. })
    }
}
