//! `dsl-desk`: the terminal desk of a designated safeguarding lead.
//!
//! A concern arrives; she reads Part 1 as it was written, rings the right people, writes Part 2 while she is on
//! the telephone, and reads the child's chronology before she decides. One program, one encrypted folder.
//!
//! # The screen, with the names of its parts
//!
//! ```text
//!  tui::frame::title_bar ──▶  dsl-desk · Weirgate School · Concern 12          Amina Khan · Fri 20 Nov 2026 14:10
//!                            ┌─────────────────────────────────────┬──────────────────────────────────────────┐
//!  tui::stack::Stack         │ Part 1, as received                 │ Part 2                                   │
//!    of screens::Layer:      │   domain::concern::Part1            │   domain::part2::Section, one entry each │
//!    here a ConcernScreen    │   sealed; corrections beside it     │   > Advice sought      2 entries         │
//!    below, a Form over it   │                       ┌─────────────┴──────────────────────────────┐           │
//!                            │                       │ screens::form::Form (FormKind::Section)    │           │
//!  widgets::text_area ──────▶│                       │   what is typed is a draft until saved     │           │
//!                            │                       └─────────────┬──────────────────────────────┘           │
//!                            └─────────────────────────────────────┴──────────────────────────────────────────┘
//!  tui::frame::footer  ────▶  Ctrl-S save   Tab next   Esc back, keep text      (rows of keymap::BINDINGS)
//! ```
//!
//! # The rooms
//!
//! | room | lives there | must not |
//! | --- | --- | --- |
//! | [`domain`] | the words as types, and the rules | touch files, clock, SQL, terminal |
//! | [`search`] | folding, matching, ranking, the index in memory | know where records are kept |
//! | [`cabinet`] | the ledger and its projections, keys, proof | know files that arrive, screens, commands |
//! | [`intake`] | a file becomes Part 1, contacts or a roll, or is rejected with a reason | write to the record |
//! | [`paper`] | what leaves the desk: the book as vCards or as a table, what is due as a calendar | open a file, ask the record |
//! | [`desk`] | the open desk: what may be asked of it, and the thread that answers | draw or print |
//! | [`demo`] | the invented school, and large desks for measuring | be used by anything but `cli` and benches |
//! | [`tui`] | the screens | open a file, name SQL |
//! | [`cli`] | one file per command | hold a rule |
//! | `fuzz/` | what is done with bytes that nobody vouches for | be a door that the program does not have |
//!
//! `domain` ← `search` ← `cabinet`, and `domain` ← `intake`; both ← `desk` ← `demo`, `tui` ← `cli` ← `main`. Beside them
//! `domain` ← `paper` ← `cli`. A test reads the `use` lines and fails where an arrow is turned round. The design put the
//! worker into the cabinet; it has a room of its own, `desk`, because it needs the cabinet, the drop folder and the index
//! together, and neither commands nor screens should put them together a second time.
//!
//! # Invariants
//!
//! - Nothing in the ledger or among the originals is ever changed or deleted; [`cabinet::Cabinet::record`] is the
//!   only way in, and it signs, chains and projects in one transaction.
//! - The ledger alone says who is at the desk and what they may do ([`domain::person`]); a people file only holds keys.
//! - Projections hold nothing that the ledger does not: [`cabinet::verify`] rebuilds and compares them. Every original
//!   is one that an entry speaks of.
//! - A child who was entered twice is read under all of their numbers ([`cabinet::table::merged`]); what is written stays
//!   under the number that it was written under, so that they can be parted again.
//! - Whatever reads a concern asks with a [`cabinet::table::restriction::Reader`], and is refused or steps over those
//!   that are restricted to others; what is restricted has no row in a chronology, and no word among those of everybody.
//! - What is for the senior cabinet ([`domain::receiving`]) is sealed to it before anything of it is recorded, and only a
//!   desk that opens that cabinet takes it in. One desk has one cabinet; whoever opens both has two desks, one in front.
//! - Nothing outside [`cabinet`] names `rusqlite`, `age` or `hpke`; nothing outside [`search`] names `fuzzy-matcher`;
//!   nothing outside [`intake`] and [`paper`] names `calcard`, and nothing outside [`intake`] names `quick_xml`.
//! - Text from outside is [`domain::text::Text`]: no control character gets past its constructor, and its
//!   `Debug` form has no words in it.
//! - The time of day is passed in: [`desk::worker::Clock::system`] alone asks the system for it. How long something
//!   lasts is read off [`std::time::Instant`] where it is measured: the loop's tick, the work of a key file, the time
//!   that a backup may take or a lock is waited for.
//! - Nothing waits on a key: the loop only ever sends requests, the worker alone touches the disk. A backup beside the
//!   work has a thread and a connection of its own, and only reads the record.
//! - A rule is a pure function of a [`domain::case::Case`], a concern as it stands; where it asks or blocks, the act itself
//!   asks again ([`desk::act`]), so that no screen and no file gets past it. What is due is set by [`domain::clocks`] in the
//!   transaction that decided it, and a concern leaves the inbox only by being closed ([`domain::closing`]).
//! - What has the name of a backup has been opened and checked ([`cabinet::backup`]); a restore overwrites nothing
//!   ([`cabinet::restore`]).
//! - 999 is in the program ([`domain::emergency`]), and no data file says whether it is rung; whom else to ring, in which
//!   area and at which hours, is in data and in no code ([`domain::routing`], [`domain::area`], `data/`). The contacts that
//!   are shipped go into the ledger at set-up, and belong to the desk from then on.
//!
//! # One key's journey
//!
//! `a` on a concern: [`tui::run`] reads it → [`tui::app::App::event`] → the topmost layer has no text field, so the
//! keymap gives [`tui::keymap::Action::Advice`] → the concern screen answers with `Effect::Open(Form)` → she types;
//! each half second the draft goes to the cabinet → `Ctrl-S` → the form builds a [`domain::part2::Section`], whose
//! `check` is the rule → `Effect::Ask(Request::Act)` → the worker records one entry and drops the draft in one
//! transaction → `Reply::Saved` → the form closes, the concern screen asks again, one frame is drawn.

pub mod cabinet;
pub mod cli;
pub mod demo;
pub mod desk;
pub mod domain;
pub mod intake;
pub mod paper;
pub mod search;
pub mod tui;

/// Wipes whatever is freed: sealing keys leaves their plain text behind in `age`'s own buffer, and so does every text
/// of the record that grows or goes.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);
