//! Everything that can happen to the record, one variant each. The ledger holds nothing else.
//!
//! A variant's body is written as canonical JSON and hashed, so a field is never renamed and never changes its
//! meaning; new fields have defaults that leave old bodies as they were.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::call::Tried;
use super::child::{ChildDetails, LinkHow};
use super::concern::Part1;
use super::contact::ContactDetails;
use super::decision::Decision;
use super::field::CorrectedField;
use super::follow_up::{FollowUp, Step};
use super::ids::{ChildId, ConcernId, ContactId, FollowUpId, PersonId, Seq};
use super::moment::Moment;
use super::part2::{Advice, Section};
use super::person::{Doing, Person, Receiver, RecoveryKey, Right};
use super::text::Text;
use super::triage::Urgency;

/// Where a Part 1 came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "via", rename_all = "kebab-case")]
pub enum Source {
    /// A file, whose bytes are kept under their SHA-256.
    File {
        name: Text,
        sha256: String,
        /// The row of a CSV file or the place in an array, from 1; none where the file is one concern.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        row: Option<u32>,
    },
    /// Typed at the desk.
    Typed,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteKind {
    Contact,
    Event,
}

impl NoteKind {
    pub fn label(&self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Event => "event",
        }
    }
}

/// What somebody writes on or looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    Concern(ConcernId),
    Child(ChildId),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "kebab-case")]
pub enum Entry {
    CabinetOpened {
        organisation: Text,
        cabinet: String,
    },
    PersonAdmitted(Person),
    /// Words were made that open the desk when a passphrase is forgotten; they replace those before.
    RecoveryKeyMade(RecoveryKey),
    /// The same person with other keys, their own having been lost; signed with the recovery key.
    PersonRecovered(Person),
    /// The same person with the same keys; from here on they may do this.
    RightChanged {
        person: PersonId,
        right: Right,
        reason: Text,
    },
    /// From here on they may do nothing; what they recorded before stays.
    PersonRemoved {
        person: PersonId,
        reason: Text,
    },
    /// Who is to receive a concern about the DSL (R14); the latest counts.
    ReceiverNamed(Receiver),
    /// The senior cabinet was made. From here on a concern about the DSL is sealed to its intake key, and goes
    /// nowhere else.
    SeniorCabinetMade {
        /// P-256 public key, SEC1 without compression, hexadecimal.
        intake_key: String,
    },
    ConcernReceived {
        concern: ConcernId,
        source: Source,
        /// As judged on arrival; a later edition of the data does not change what was shown that day.
        urgency: Urgency,
        part1: Box<Part1>,
    },
    /// A file of which everything was here before, in other bytes; they are kept under their SHA-256 as well.
    FileRepeated {
        name: Text,
        sha256: String,
    },
    ChildAdded {
        child: ChildId,
        details: ChildDetails,
    },
    ChildCorrected {
        child: ChildId,
        details: ChildDetails,
        reason: Text,
    },
    /// These children stand on a school's roll, by a list that came in as a file. Whoever stood on another one stands
    /// on this from here on.
    RollTaken {
        /// The name of the file, without its folder.
        file: Text,
        /// Whose roll it is, as the file says; blank where it does not.
        school: Text,
        children: Vec<ChildId>,
    },
    /// The child left the roll on that day; the latest such entry counts. Their history stays where it is.
    ChildLeft {
        child: ChildId,
        on: NaiveDate,
        reason: Text,
    },
    /// A child who had left is on a roll again.
    ChildReturned {
        child: ChildId,
        on: NaiveDate,
        reason: Text,
    },
    /// One child who was entered twice: from here on `child` is read as `into`. Nothing of either is moved.
    ChildrenMerged {
        child: ChildId,
        into: ChildId,
        reason: Text,
    },
    /// They are two children after all: each has again what was recorded of them, before and meanwhile.
    ChildrenParted {
        child: ChildId,
        from: ChildId,
        reason: Text,
    },
    /// Two who are alike are two children, and are not asked about again.
    ChildrenToldApart {
        child: ChildId,
        other: ChildId,
        reason: Text,
    },
    /// The `position`th child named in Part 1 (from 0) is this child of the desk; the latest link counts.
    ChildLinked {
        concern: ConcernId,
        position: u32,
        child: ChildId,
        how: LinkHow,
        #[serde(default)]
        reason: Text,
    },
    Part2 {
        concern: ConcernId,
        #[serde(flatten)]
        section: Section,
    },
    /// Something decided about a concern beside Part 2.
    Decided {
        concern: ConcernId,
        #[serde(flatten)]
        decision: Decision,
        /// What the concern's urgency is by what it is said to be about, where that changes it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        urgency: Option<Urgency>,
    },
    /// Something is due from here on.
    FollowUpSet {
        follow_up: FollowUpId,
        subject: Subject,
        #[serde(flatten)]
        due: FollowUp,
    },
    /// It was answered, tried, put off, or is due no longer. `what` is what it is about, for whoever reads this alone.
    FollowUpMoved {
        follow_up: FollowUpId,
        subject: Subject,
        what: Text,
        #[serde(flatten)]
        step: Step,
    },
    /// From that day on this is true of a child: an id of `data/flags.toml` (D24).
    ChildFlagged {
        child: ChildId,
        flag: Text,
        from: NaiveDate,
        #[serde(default)]
        reason: Text,
    },
    /// It was true until that day; `flagged` is the entry that said so.
    ChildUnflagged {
        child: ChildId,
        flagged: Seq,
        flag: Text,
        to: NaiveDate,
        reason: Text,
    },
    /// A mistake put right: both the old and the new are shown.
    Corrected {
        concern: ConcernId,
        corrects: Seq,
        field: CorrectedField,
        instead: Text,
        reason: Text,
        /// When it happened, where that was wrong.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        happened_at: Option<Moment>,
        /// What the concern's urgency is by what was put right, where it hangs on that.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        urgency: Option<Urgency>,
    },
    /// Only these people open it from here on (R13, R17); the latest such entry counts, and none lifts it.
    ConcernRestricted {
        concern: ConcernId,
        people: Vec<PersonId>,
        reason: Text,
    },
    /// A row of the chronology added by hand (F3).
    ChronologyNoted {
        child: ChildId,
        note: NoteKind,
        happened_at: Moment,
        text: Text,
    },
    /// Such a row put right: both the old and the new are shown.
    NoteCorrected {
        child: ChildId,
        corrects: Seq,
        instead: Text,
        reason: Text,
        /// When it happened, where that was wrong.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        happened_at: Option<Moment>,
    },
    ContactAdded {
        contact: ContactId,
        details: Box<ContactDetails>,
    },
    ContactCorrected {
        contact: ContactId,
        details: Box<ContactDetails>,
        reason: Text,
    },
    ContactRetired {
        contact: ContactId,
        reason: Text,
    },
    /// Nobody answered. Where it is about nothing yet, [`Self::CallPlaced`] may say so later.
    CallTried {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        subject: Option<Subject>,
        call: Tried,
    },
    /// Advice on the telephone that belongs to no child and no concern yet.
    CallNoted {
        advice: Advice,
    },
    /// Such a call belongs there after all; what was said on it is recorded there beside this.
    CallPlaced {
        call: Seq,
        subject: Subject,
    },
    /// Somebody opened it: once for each time that they unlocked the desk (R19).
    Seen {
        subject: Subject,
    },
    /// The record was not the one that was last seen here, and whoever was at the desk knew and went on with it.
    RecordWentBack {
        /// How many entries were seen, and the name of the last; none where the note of it could not be trusted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen_entries: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen_head: Option<String>,
        found_entries: i64,
        reason: Text,
    },
}

impl Entry {
    /// What its author must be allowed to do.
    pub fn doing(&self) -> Doing {
        match self {
            Self::CabinetOpened { .. }
            | Self::PersonAdmitted(_)
            | Self::RightChanged { .. }
            | Self::PersonRemoved { .. }
            | Self::RecoveryKeyMade(_)
            | Self::ReceiverNamed(_)
            | Self::SeniorCabinetMade { .. } => Doing::ChangePeople,
            Self::PersonRecovered(_) => Doing::Recover,
            Self::Seen { .. } => Doing::Read,
            Self::RecordWentBack { .. }
            | Self::ConcernReceived { .. }
            | Self::FileRepeated { .. }
            | Self::ChildAdded { .. }
            | Self::ChildCorrected { .. }
            | Self::RollTaken { .. }
            | Self::ChildLeft { .. }
            | Self::ChildReturned { .. }
            | Self::ChildrenMerged { .. }
            | Self::ChildrenParted { .. }
            | Self::ChildrenToldApart { .. }
            | Self::ChildLinked { .. }
            | Self::Part2 { .. }
            | Self::Decided { .. }
            | Self::FollowUpSet { .. }
            | Self::FollowUpMoved { .. }
            | Self::ChildFlagged { .. }
            | Self::ChildUnflagged { .. }
            | Self::Corrected { .. }
            | Self::ConcernRestricted { .. }
            | Self::ChronologyNoted { .. }
            | Self::NoteCorrected { .. }
            | Self::ContactAdded { .. }
            | Self::ContactCorrected { .. }
            | Self::ContactRetired { .. }
            | Self::CallTried { .. }
            | Self::CallNoted { .. }
            | Self::CallPlaced { .. } => Doing::Record,
        }
    }

    /// The name of the bytes that it came in, which are kept.
    pub fn original(&self) -> Option<&str> {
        match self {
            Self::ConcernReceived { source: Source::File { sha256, .. }, .. }
            | Self::FileRepeated { sha256, .. } => Some(sha256),
            Self::ConcernReceived { source: Source::Typed, .. }
            | Self::CabinetOpened { .. }
            | Self::PersonAdmitted(_)
            | Self::RightChanged { .. }
            | Self::PersonRemoved { .. }
            | Self::PersonRecovered(_)
            | Self::RecoveryKeyMade(_)
            | Self::ReceiverNamed(_)
            | Self::SeniorCabinetMade { .. }
            | Self::ChildAdded { .. }
            | Self::ChildCorrected { .. }
            | Self::RollTaken { .. }
            | Self::ChildLeft { .. }
            | Self::ChildReturned { .. }
            | Self::ChildrenMerged { .. }
            | Self::ChildrenParted { .. }
            | Self::ChildrenToldApart { .. }
            | Self::ChildLinked { .. }
            | Self::Part2 { .. }
            | Self::Decided { .. }
            | Self::FollowUpSet { .. }
            | Self::FollowUpMoved { .. }
            | Self::ChildFlagged { .. }
            | Self::ChildUnflagged { .. }
            | Self::Corrected { .. }
            | Self::ConcernRestricted { .. }
            | Self::ChronologyNoted { .. }
            | Self::NoteCorrected { .. }
            | Self::ContactAdded { .. }
            | Self::ContactCorrected { .. }
            | Self::ContactRetired { .. }
            | Self::CallTried { .. }
            | Self::CallNoted { .. }
            | Self::CallPlaced { .. }
            | Self::Seen { .. }
            | Self::RecordWentBack { .. } => None,
        }
    }

    /// The concern that it is part of.
    pub fn concern(&self) -> Option<ConcernId> {
        match self {
            Self::ConcernReceived { concern, .. }
            | Self::ChildLinked { concern, .. }
            | Self::Part2 { concern, .. }
            | Self::Decided { concern, .. }
            | Self::FollowUpSet { subject: Subject::Concern(concern), .. }
            | Self::FollowUpMoved { subject: Subject::Concern(concern), .. }
            | Self::Corrected { concern, .. }
            | Self::ConcernRestricted { concern, .. }
            | Self::CallTried { subject: Some(Subject::Concern(concern)), .. }
            | Self::CallPlaced { subject: Subject::Concern(concern), .. } => Some(*concern),
            Self::CabinetOpened { .. }
            | Self::FileRepeated { .. }
            | Self::PersonAdmitted(_)
            | Self::RightChanged { .. }
            | Self::PersonRemoved { .. }
            | Self::PersonRecovered(_)
            | Self::RecoveryKeyMade(_)
            | Self::ReceiverNamed(_)
            | Self::SeniorCabinetMade { .. }
            | Self::ChildAdded { .. }
            | Self::ChildCorrected { .. }
            | Self::RollTaken { .. }
            | Self::ChildLeft { .. }
            | Self::ChildReturned { .. }
            | Self::ChildrenMerged { .. }
            | Self::ChildrenParted { .. }
            | Self::ChildrenToldApart { .. }
            | Self::FollowUpSet { .. }
            | Self::FollowUpMoved { .. }
            | Self::ChildFlagged { .. }
            | Self::ChildUnflagged { .. }
            | Self::ChronologyNoted { .. }
            | Self::NoteCorrected { .. }
            | Self::ContactAdded { .. }
            | Self::ContactCorrected { .. }
            | Self::ContactRetired { .. }
            | Self::CallTried { .. }
            | Self::CallNoted { .. }
            | Self::CallPlaced { .. }
            | Self::Seen { .. }
            | Self::RecordWentBack { .. } => None,
        }
    }
}
