//! What a person at the desk can do to the record. Each act is one transaction: all of its entries or none.

use crate::domain::child::ChildDetails;
use crate::domain::concern::Part1;
use crate::domain::contact::ContactDetails;
use crate::domain::entry::NoteKind;
use crate::domain::ids::{ChildId, ConcernId, ContactId, Seq};
use crate::domain::moment::Moment;
use crate::domain::part2::Section;
use crate::domain::text::Text;

/// Which child of the desk a named child is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Something of Part 1 or Part 2 put right; both are shown.
    Correct {
        concern: ConcernId,
        corrects: Seq,
        field: Text,
        instead: Text,
        reason: Text,
    },
    Link {
        concern: ConcernId,
        position: u32,
        to: LinkTo,
        reason: Text,
    },
    Note {
        child: ChildId,
        note: NoteKind,
        happened_at: Moment,
        text: Text,
    },
    CorrectChild {
        child: ChildId,
        details: ChildDetails,
        reason: Text,
    },
    AddContact(Box<ContactDetails>),
    CorrectContact {
        contact: ContactId,
        details: Box<ContactDetails>,
        reason: Text,
    },
    RetireContact {
        contact: ContactId,
        reason: Text,
    },
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
}
