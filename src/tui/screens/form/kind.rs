//! The forms there are, and what each becomes when it is saved.

use crate::domain::child::ChildDetails;
use crate::domain::contact::ContactDetails;
use crate::domain::ids::{ChildId, ConcernId, ContactId, Seq};
use crate::domain::part2::SectionKind;
use crate::domain::text::Text;

/// Which form, and of what.
pub enum FormKind {
    /// A section of Part 2.
    Section {
        concern: ConcernId,
        section: SectionKind,
    },
    /// Part 1, typed at the desk.
    Part1,
    /// A row of a chronology, added by hand.
    Note {
        child: ChildId,
    },
    /// Something of a concern put right: the field in the form's words, and what stands there.
    Correct {
        concern: ConcernId,
        corrects: Seq,
        field: Text,
        was: Text,
    },
    Child {
        child: ChildId,
        details: Box<ChildDetails>,
    },
    NewContact,
    EditContact {
        contact: ContactId,
        details: Box<ContactDetails>,
    },
    RetireContact {
        contact: ContactId,
        title: Text,
    },
}
