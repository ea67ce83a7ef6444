//! Keys are rows of data: scope, chord, action, label, help. Footer, help screen and README print from them.

pub mod bindings;
pub mod chord;
pub mod config;
pub mod table;

pub use bindings::BINDINGS;
pub use chord::Chord;

use crossterm::event::KeyEvent;
use serde::{Deserialize, Serialize};

/// Where a binding works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// On every layer, text fields included: the screen can always be blanked.
    Always,
    /// Everywhere outside a text field.
    Everywhere,
    List,
    Inbox,
    Concern,
    /// Is a child in danger now?
    Danger,
    /// What next, for one concern.
    Guide,
    /// What is missing before a concern is closed.
    Closing,
    Children,
    Child,
    /// What is or was true of a child for a time.
    Statuses,
    /// Two children beside each other.
    Compare,
    Contacts,
    /// What is due.
    Due,
    People,
    Finder,
    /// Whom to ring, over a screen.
    Ring,
    Form,
    /// What is said on a call that was begun from there.
    Call,
    /// A few questions on a page that keeps no draft.
    Asking,
    /// The same where the desk asks again at its next opening.
    Later,
    /// A field of a form that is picked and not typed.
    Choice,
    /// A few answers over a screen.
    Choosing,
    /// A question with buttons.
    Confirm,
    /// Something to be read and closed.
    Reading,
    Unlock,
    /// The questions of the first run.
    SetUp,
}

/// What a key asks for. Closed; a layer ignores what it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    // Moving
    Up,
    Down,
    PageUp,
    PageDown,
    Top,
    Bottom,
    Left,
    Right,
    NextField,
    PreviousField,
    // Opening and closing
    Enter,
    Back,
    Quit,
    Help,
    Menu,
    Mouse,
    OtherCabinet,
    Lock,
    Finder,
    Narrow,
    Inbox,
    Children,
    Contacts,
    Due,
    // Doing
    NewConcern,
    Received,
    Advice,
    ActionTaken,
    Parents,
    Outcome,
    FurtherInformation,
    FileCommenced,
    Sign,
    Correct,
    Link,
    OpenChild,
    /// Who has looked at this?
    SeenBy,
    /// Between Part 1 and Part 2.
    OtherPart,
    AddRow,
    Kinds,
    /// Take what is offered for what is being typed.
    Complete,
    Pile,
    Rejected,
    Copy,
    Add,
    Edit,
    Retire,
    Save,
    Discard,
    Pick,
    Yes,
    No,
    NotSaid,
    Drafts,
    /// Low-level concerns about staff, by person.
    Register,
    Original,
    // What is decided about a concern
    WhatNext,
    /// Why is this asked, and by which rule?
    Explain,
    Level,
    Categories,
    PartOfChild,
    Course,
    Sharing,
    Threshold,
    Allegation,
    Reply,
    // Whom to ring
    Ring,
    NoAnswer,
    /// Is anybody in danger?
    Danger,
    /// Where does the child live?
    Area,
    /// Whom is it about?
    Whom,
    /// What is the call for?
    Purpose,
    /// Somebody has rung the number and reached them.
    Check,
    OpenContact,
    /// Somebody of the book, whoever the rules would ring.
    Call,
    /// Calls that belong to nothing yet.
    LooseCalls,
    /// Which of two sources is right?
    Settle,
    /// A child's own contacts.
    OwnContacts,
    /// Who may be entered twice?
    Twins,
    /// They are one child.
    Merge,
    /// They are two.
    TellApart,
    /// They were taken for one and are two.
    Part,
    /// What is noticed of a child?
    Noticed,
    /// What is or was true of a child for a time?
    Statuses,
    // What is due
    /// By time, by concern, by who must act.
    Order,
    Answered,
    PutOff,
    Drop,
    /// Set something that is due.
    FollowUp,
    // Who may open the desk
    People,
    Passphrase,
    RecoveryKey,
    Remove,
    /// Who may open this?
    Restrict,
    /// Nothing more is to be done about it; or there is, after all.
    CloseConcern,
    /// The child's life is no better.
    ReferAgain,
}

impl Action {
    /// Whether arrows, paging, Enter or Esc do it, or it is the menu itself: not worth a line of the menu.
    pub fn is_of_arrows(self) -> bool {
        matches!(
            self,
            Self::Up
                | Self::Down
                | Self::PageUp
                | Self::PageDown
                | Self::Top
                | Self::Bottom
                | Self::Left
                | Self::Right
                | Self::NextField
                | Self::PreviousField
                | Self::Enter
                | Self::Back
                | Self::Menu
        )
    }
}

/// Where a binding is hinted at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// In the footer, and in the help.
    Foot,
    /// In the help only.
    Help,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Binding {
    pub scope: Scope,
    pub chord: Chord,
    pub action: Action,
    /// One or two words for the footer.
    pub label: &'static str,
    /// A sentence for the help.
    pub help: &'static str,
    pub hint: Hint,
}

/// The rows that are in force.
pub struct Keymap {
    rows: Vec<Binding>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self { rows: BINDINGS.to_vec() }
    }
}

impl Keymap {
    /// The action of a key, asked scope by scope.
    pub fn action(&self, scopes: &[Scope], key: &KeyEvent) -> Option<Action> {
        let chord = Chord::of(key);
        scopes.iter().find_map(|scope| {
            self.rows.iter().find(|row| row.scope == *scope && row.chord == chord).map(|row| row.action)
        })
    }

    /// The rows of some scopes, in their order.
    pub fn rows<'a>(&'a self, scopes: &'a [Scope]) -> impl Iterator<Item = &'a Binding> {
        scopes.iter().flat_map(|scope| self.rows.iter().filter(move |row| row.scope == *scope))
    }

    /// The chord by which an action is reached, for hints inside a text.
    pub fn chord(&self, scopes: &[Scope], action: Action) -> Option<Chord> {
        self.rows(scopes).find(|row| row.action == action).map(|row| row.chord)
    }

    /// The same as it is written; blank where there is none.
    pub fn key(&self, scope: Scope, action: Action) -> String {
        self.chord(&[scope], action).map(|chord| chord.to_string()).unwrap_or_default()
    }
}
