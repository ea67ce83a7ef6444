//! What the desk tells screens and commands, beyond the rows of its tables.

use chrono::{DateTime, NaiveDate, Utc};

use crate::cabinet::Access;
use crate::cabinet::last_seen::LastSeen;
use crate::cabinet::table::child::Child;
pub use crate::cabinet::table::flag::{Flagged, Said, Told};
use crate::cabinet::table::follow_up::Due;
pub use crate::cabinet::table::noticed::{Counted, Stands};
use crate::domain::cabinet::CabinetName;
pub use crate::domain::entry::Subject;
use crate::domain::flag;
use crate::domain::ids::{ChildId, ConcernId, ContactId, PersonId, Seq};
use crate::domain::level;
use crate::domain::pattern::Pattern;
use crate::domain::person::Receiver;
use crate::domain::text::Text;
pub use crate::intake::drop_folder::Rejected;
use crate::search::Completion;

/// A window of a list, and how long the list is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// Where the first row stands in the whole list, from 0.
    pub offset: u64,
    /// How many rows the list has, narrowed as it was asked for.
    pub total: u64,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), offset: 0, total: 0 }
    }
}

/// What is due, and how much of all of it there is no time left for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueList {
    pub page: Page<Due>,
    pub overdue: u64,
    /// Later today.
    pub today: u64,
}

/// Somebody who may open the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonChoice {
    pub person: PersonId,
    pub name: Text,
    pub role: Text,
}

/// What is still to be answered of "If a concern is about you, who receives it?" (R14).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskReceiver {
    /// Who it is.
    Who,
    /// They are named, and have no passphrase of their own yet.
    Passphrase(Receiver),
}

/// What stands in the title bar of an open desk, and what was left unfinished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskInfo {
    pub organisation: Text,
    pub name: Text,
    pub role: Text,
    /// How many drafts of unsaved text are kept.
    pub drafts: usize,
    /// Asked of whoever may change people, at each opening until it is answered.
    pub receiver: Option<AskReceiver>,
    pub standing: Standing,
    /// There is none, and whoever is at the desk may make one.
    pub lacks_recovery_key: bool,
    /// Which of the desk's cabinets is in front.
    pub cabinet: CabinetName,
    /// Whoever is at the desk opens the other one too.
    pub opens_both: bool,
    /// Whoever is at the desk may record, and not only read.
    pub may_record: bool,
}

/// What nobody may overlook, whichever screen is open, until somebody has dealt with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Concerns in immediate danger of which nothing of Part 2 is written (R1).
    pub in_danger: u64,
    /// Arrivals that could not be read and still lie in `incoming/rejected/`.
    pub rejected: usize,
    /// Calls that belong to no child and no concern yet, as far as whoever is at the desk may see them.
    pub loose_calls: u64,
    pub access: Access,
    /// Whether the record is the one that was last seen here; what to tell stays until somebody accepts it.
    pub last_seen: LastSeen,
    /// Whoever is at the desk receives concerns about the DSL, and they are sealed to another cabinet than theirs.
    pub senior_cabinet_replaced: bool,
    /// When the last good backup of this record was made.
    pub last_backup: Option<DateTime<Utc>>,
    /// For how many days there have been entries that no backup has; none where that is no cause for worry.
    pub days_without_backup: Option<i64>,
    /// Concerns with which nobody has begun, in the senior cabinet behind the one in front.
    pub new_in_senior_cabinet: u64,
}

impl Default for Standing {
    fn default() -> Self {
        Self {
            in_danger: 0,
            rejected: 0,
            loose_calls: 0,
            access: Access::Write,
            last_seen: LastSeen::Same,
            senior_cabinet_replaced: false,
            last_backup: None,
            days_without_backup: None,
            new_in_senior_cabinet: 0,
        }
    }
}

/// The head of a child's chronology sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildSheet {
    /// As they are kept, by whichever number they were asked for.
    pub child: Child,
    /// What else they are entered as.
    pub also: Vec<Child>,
    /// The entry that wrote the newest of the rows, wherever it stands.
    pub newest: Seq,
    /// Rows of the chronology by month, `2026-11`, oldest first.
    pub months: Vec<(String, u64)>,
    /// Concerns that name this child, the newest first.
    pub concerns: Vec<ConcernId>,
    /// Children named beside this one in a concern.
    pub named_together: Vec<Child>,
    /// What is or was true of the child for a time.
    pub flags: Vec<Flagged>,
    /// By `data/levels.toml`: the highest of the open concerns.
    pub level: Option<u8>,
}

impl ChildSheet {
    /// What is true of the child on a day, the most serious first.
    pub fn true_on(&self, day: NaiveDate) -> Vec<&Flagged> {
        let mut flags: Vec<&Flagged> = self.flags.iter().filter(|flagged| flagged.is_true_on(day)).collect();
        flags.sort_by_key(|flagged| flag::rank(&flagged.flag));
        flags
    }

    /// The same in words, and the level.
    pub fn standing(&self, day: NaiveDate) -> Vec<String> {
        let flags = self.true_on(day).into_iter().map(Flagged::since);
        let level = self.level.and_then(level::by_id);
        flags.chain(level.map(|level| format!("open concerns up to {}", level.name))).collect()
    }
}

/// A child as the list of them has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildRow {
    pub found: Found,
    /// The most serious of what is true of the child now.
    pub status: Option<String>,
}

/// Something to notice of a child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternSeen {
    pub pattern: Pattern,
    /// Those that were counted, in the order in which the pattern names them.
    pub rows: Vec<Counted>,
}

/// Where to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    #[default]
    Everything,
    Children,
    Contacts,
    Chronology,
}

/// What a find leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Child(ChildId),
    Contact(ContactId),
    Concern(ConcernId),
    /// A row of a chronology.
    Entry {
        seq: Seq,
        child: ChildId,
        concern: Option<ConcernId>,
    },
}

/// Something found, on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub target: Target,
    pub name: Text,
    pub detail: Text,
    /// Why it was found, where that is not plain: "sounds like", "one letter off".
    pub why: String,
    pub score: i64,
}

impl Found {
    /// Whether this is a contact of whom the book has no number. Its line then begins by saying so.
    pub fn is_without_number(&self) -> bool {
        matches!(self.target, Target::Contact(_)) && self.detail.starts_with(NO_NUMBER)
    }
}

/// What was found, and what is said beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// The likeliest first.
    pub hits: Vec<Found>,
    /// What was not understood or not looked through: what happened and what to do, each without its last stop.
    pub notes: Vec<String>,
    /// How what was typed may go on.
    pub completions: Vec<Completion>,
}

/// What stands in a contact's line where its number would.
pub const NO_NUMBER: &str = "no number in the book";

/// A child of the desk whom a reporter may have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub child: Child,
    pub why: String,
}

/// Two children of the desk who may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub one: Child,
    pub other: Child,
    /// What speaks for it; blank where she looked for the other by name herself.
    pub why: String,
}

/// Two children beside each other, before somebody says whether they are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    pub sides: [Side; 2],
    /// As in [`Pair`].
    pub why: String,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    pub child: Child,
    /// What else they are entered as already.
    pub also: Vec<Child>,
    /// Of what whoever asks may open.
    pub concerns: Vec<ConcernId>,
    /// How many rows the chronology has.
    pub rows: u64,
}

/// Somebody who has just become known, or is now told otherwise, is like a child of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alike {
    /// Both are children of the desk.
    Entered(Box<Pair>),
    /// A concern names them, and it is not settled who they are.
    Named { concern: ConcernId, position: u32, name: Text, candidate: Box<Candidate> },
}

/// A concern that is open here and at another desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenElsewhere {
    pub concern: ConcernId,
    /// Whoever is at the other desk.
    pub who: Text,
}

/// What a look into the drop folder brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    pub arrived: Vec<ArrivalOutcome>,
    /// What went wrong with a file, and what to do. The others came in all the same.
    pub trouble: Option<String>,
}

/// What became of one report that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrivalOutcome {
    /// The file's name, made safe to show.
    pub file: Text,
    /// The row of a CSV file or the place in an array.
    pub row: Option<u32>,
    pub result: ArrivalResult,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArrivalResult {
    Accepted(ConcernId),
    DuplicateOf(ConcernId),
    /// What happened and what to do.
    Rejected(String),
}

/// A date of birth as it stands on a line.
pub fn born(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| "date of birth not known".to_owned(), |date| date.format("b. %-d %b %Y").to_string())
}

/// How a child is entered besides, as it stands on a line.
pub fn also_entered(other: &Child) -> String {
    format!("also entered as {}", other.details.name.one_line())
}
