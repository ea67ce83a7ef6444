//! What a screen may ask of the desk, and what it is told. Closed, and in the words of the domain.
//!
//! Lists ask for the window of rows that is on the screen, and are told how many there are in all.

use super::act::{Act, Saved};
use super::answer::{
    Candidate, ChildRow, ChildSheet, Compared, DeskInfo, DueList, Finding, Looked, OpenElsewhere, Page, Pair,
    PatternSeen, PersonChoice, Rejected, Scope, Standing, Subject, Told,
};
use super::people::recovery::Drawn;
use super::people::{Members, NewPerson};
use super::register::OnRegister;
use super::ringing::Ringing;
use std::collections::BTreeSet;

use secrecy::SecretString;

use crate::cabinet::keys::Passphrase;
use crate::cabinet::table::call::LooseCall;
use crate::cabinet::table::chronology::ChronologyRow;
use crate::cabinet::table::concern::{Concern, InboxRow, Pile};
use crate::cabinet::table::contact::Contact;
use crate::cabinet::table::draft::Draft;
use crate::cabinet::table::follow_up::Order;
use crate::cabinet::table::seen::Sighting;
use crate::domain::chronology::Kinds;
use crate::domain::ids::{ChildId, ConcernId, ContactId, PersonId};
use crate::domain::person::{Receiver, Right};
use crate::domain::routing::{Question, Route};
use crate::domain::text::Text;

/// The part of a list that is on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Window {
    pub offset: u64,
    pub limit: u64,
}

/// What set-up is told.
pub struct SetUp {
    pub organisation: Text,
    pub name: Text,
    pub role: Text,
    /// Who receives a concern about whoever sets the desk up; where nobody is named, the desk asks.
    pub receiver: Option<Receiver>,
    pub passphrase: Passphrase,
}

pub enum Request {
    /// Is there a desk, and who may open it?
    Who,
    SetUp(Box<SetUp>),
    Unlock {
        person: PersonId,
        passphrase: Passphrase,
    },
    /// Close the cabinet, wipe the keys.
    Lock,
    /// Put the other cabinet in front, for whoever opens both; [`Self::Who`] then tells of it.
    OtherCabinet,
    /// These concerns are on the screens, and no others.
    OpenHere(BTreeSet<ConcernId>),
    /// Take in what lies in the drop folder; see whether another desk has written.
    Look,
    /// Where files are dropped.
    Incoming,
    /// What could not be read of what was dropped.
    Rejected,
    /// `narrow` keeps the rows that match it; blank keeps all.
    Inbox {
        pile: Pile,
        narrow: String,
        window: Window,
    },
    /// What somebody has to do by some time, of concerns and of children.
    Due {
        order: Order,
        narrow: String,
        window: Window,
    },
    Concern(ConcernId),
    /// What a concern came from, as it arrived.
    Original(ConcernId),
    /// Children of the desk by name.
    Children {
        narrow: String,
        window: Window,
    },
    /// Pairs of children who may be one; of one child, or all there are.
    Duplicates {
        of: Option<ChildId>,
        narrow: String,
        window: Window,
    },
    /// Two children beside each other.
    Compare([ChildId; 2]),
    Sheet(ChildId),
    /// What a careful reader would notice of a child.
    Noticed(ChildId),
    /// What is or was true of a child for a time.
    Statuses(ChildId),
    Chronology {
        child: ChildId,
        kinds: Kinds,
        narrow: String,
        window: Window,
    },
    Contacts {
        shelf: Shelf,
        narrow: String,
        window: Window,
    },
    /// A child's own contacts.
    ContactsOf(ChildId),
    Contact(ContactId),
    /// Whom to ring about this, now.
    RingAbout(Option<Subject>),
    /// Whom to ring, where she knows better than the desk what it is about.
    Ring(Box<Question>),
    Find {
        query: String,
        scope: Scope,
        limit: usize,
    },
    /// Whom of the desk a child named in a concern might be, the likeliest first.
    Candidates {
        concern: ConcernId,
        position: u32,
    },
    /// Calls that belong to no child and no concern yet.
    LooseCalls,
    /// Record something; the draft that it grew from goes in the same transaction.
    Act {
        act: Act,
        draft: Option<String>,
    },
    /// It was opened by whoever is at the desk.
    Saw(Subject),
    /// Who has opened it?
    SeenBy(Subject),
    /// Whom each of these is about.
    Whom(Vec<Subject>),
    /// Who may be named on a concern.
    Colleagues,
    /// Low-level concerns about people who work here, by person.
    LowLevel,
    Drafts,
    Draft(String),
    KeepDraft {
        slot: String,
        body: String,
    },
    DiscardDraft(String),
    /// Who may open the desk, and whether that is as the record has it?
    Members,
    /// Is there anything against admitting them?
    MayAdmit(NewPerson),
    /// The passphrase is theirs.
    AdmitPerson {
        new: NewPerson,
        passphrase: Passphrase,
    },
    /// One's own.
    ChangePassphrase {
        old: Passphrase,
        new: Passphrase,
    },
    RemovePerson {
        person: PersonId,
        reason: Text,
    },
    ChangeRight {
        person: PersonId,
        right: Right,
        reason: Text,
    },
    /// Words for a recovery key; none is made.
    DrawRecoveryWords,
    /// The recovery key of these words, in place of the one before.
    MakeRecoveryKey(SecretString),
}

/// Which part of the book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shelf {
    #[default]
    All,
    /// Stale numbers, and sources that disagree.
    Doubtful,
}

pub enum Reply {
    /// No desk is set up here yet.
    NoDesk,
    People(Vec<PersonChoice>),
    /// The desk is open (after `Unlock` and `SetUp`).
    Open(Box<DeskInfo>),
    Locked,
    /// After `Look`: what came in, and whether anything at all has changed.
    Looked {
        looked: Looked,
        changed: bool,
        standing: Standing,
        /// What is open here and at another desk.
        elsewhere: Vec<OpenElsewhere>,
    },
    /// The folder in full.
    Incoming(Text),
    Rejected {
        /// In full.
        folder: Text,
        arrivals: Vec<Rejected>,
    },
    Inbox(Page<InboxRow>),
    Due(DueList),
    Concern(Box<Concern>),
    /// It is restricted to others: what happened and what to do.
    Restricted {
        concern: ConcernId,
        sentences: String,
    },
    /// The file's name and its words, made safe to show.
    Original {
        name: Text,
        text: Text,
    },
    Children(Page<ChildRow>),
    Duplicates(Page<Pair>),
    Compared(Box<Compared>),
    Sheet(Box<ChildSheet>),
    Noticed(Vec<PatternSeen>),
    Statuses(Vec<Told>),
    Chronology(Page<ChronologyRow>),
    Contacts(Page<Contact>),
    Contact(Box<Contact>),
    ContactsOf(Vec<Contact>),
    /// After `RingAbout`.
    Ringing(Box<Ringing>),
    LooseCalls(Vec<LooseCall>),
    /// After `Ring`.
    Route(Box<(Question, Route)>),
    Found {
        query: String,
        finding: Finding,
    },
    /// Whom the child in this place of the concern might be.
    Candidates {
        position: u32,
        likely: Vec<Candidate>,
    },
    Saved(Saved),
    /// It is recorded who has opened something.
    Noted,
    /// Who has opened it, the newest first.
    SeenBy(Vec<Sighting>),
    /// Names in the order in which they were asked for; blank where nobody is named.
    Whom(Vec<Text>),
    /// Everybody who can be named on a concern.
    Colleagues(Vec<PersonChoice>),
    LowLevel(Vec<OnRegister>),
    Drafts(Vec<Draft>),
    Draft(Option<Draft>),
    DraftKept,
    Members(Members),
    RecoveryWords(Drawn),
    /// What was asked about people is done, or may be.
    PeopleChanged,
    /// What happened and what to do, in two sentences. Nothing was recorded.
    Failed(String),
}
