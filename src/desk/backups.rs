//! When backups are made without being asked: on leaving the desk, on locking it where there is none of today, and
//! once a day while it is open. Only where something was recorded since the last one, and never so that anybody waits
//! on a key.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::London;

use super::Desk;
use crate::cabinet::backup::{self, Check, Go, Kept, Note, Order};
use crate::cabinet::{Error, Result, keys, ledger};
use crate::domain::ids::Seq;

/// How old a backup becomes while the desk is open.
const A_DAY: TimeDelta = TimeDelta::days(1);
/// One that failed is tried again after so long.
const AGAIN: TimeDelta = TimeDelta::hours(1);
/// From how many days on somebody is told: where there are older backups, and where there is none at all.
const DAYS_SINCE_THE_LAST: i64 = 3;
const DAYS_WITHOUT_ANY: i64 = 1;
/// How long it may take until a copy is made when the desk is left, and when it is locked. Checking the copy comes
/// after that, and is faster than making it.
const ON_CLOSING: Duration = Duration::from_secs(3);
const ON_LOCKING: Duration = Duration::from_millis(500);
/// From this size on, leaving takes long enough to say why, and locking does without.
const LARGE: u64 = 32 * 1024 * 1024;
/// What a backup beside the work leaves to everybody else after each piece.
const PAUSE: Duration = Duration::from_millis(2);

const FAULT: &str = "The backup stopped because of a fault of the program. Make one with `dsl-desk backup`.";
const TOO_LARGE: &str = "There was no time for a backup on closing, as the record is large, and the last one is more than a day old. Make one with `dsl-desk backup`.";

impl Desk {
    /// A backup that was asked for.
    pub fn back_up(&self, into: Option<PathBuf>, check: Check, now: DateTime<Utc>) -> Result<Kept> {
        backup::make(&Order { into, check, ..self.order(now) }, || Go::On)
    }

    /// The hash of an entry, of which words can be made.
    pub fn hash_of(&self, entry: Seq) -> Result<String> {
        Ok(ledger::line(self.cabinet.db(), entry)?.hash)
    }

    fn order(&self, now: DateTime<Utc>) -> Order {
        Order {
            folder: self.folder.clone(),
            person: self.me.person.clone(),
            identity: Arc::clone(&self.identity),
            into: None,
            now,
            room: backup::free_space,
            check: Check::Opened,
        }
    }

    fn size(&self) -> u64 {
        self.folder.database().metadata().map_or(0, |file| file.len())
    }
}

/// Keeps a desk backed up.
#[derive(Default)]
pub(super) struct Schedule {
    running: Option<Running>,
    /// The newest backup of this record, as it was last looked for.
    newest: Option<Note>,
    /// When one failed last; none once one is good again.
    failed: Option<DateTime<Utc>>,
    /// Why, until somebody has been told.
    untold: Option<String>,
}

impl Schedule {
    pub(super) fn on_opening(&mut self, desk: &Desk) {
        self.find_newest(desk);
    }

    /// What became of a backup beside the work, where it failed.
    pub(super) fn look(&mut self, desk: &Desk, now: DateTime<Utc>) -> Option<String> {
        self.note_what_is_done(desk, now);
        self.untold.take()
    }

    fn note_what_is_done(&mut self, desk: &Desk, now: DateTime<Utc>) {
        if let Some(running) = self.running.take_if(|running| running.is_done()) {
            self.note(desk, running.outcome(), now);
        }
    }

    /// Stops the one beside the work, where there is one.
    pub(super) fn stop(&mut self, desk: &Desk, now: DateTime<Utc>) {
        if let Some(running) = self.running.take() {
            self.note(desk, running.outcome(), now);
        }
    }

    pub(super) fn start_where_due(&mut self, desk: &Desk, now: DateTime<Utc>) {
        if self.running.is_some() || !self.may_try(now) || !self.is_due(desk, now) {
            return;
        }
        // Another desk on the same cabinet may have made one.
        self.find_newest(desk);
        if self.is_due(desk, now) {
            self.running = Some(Running::start(desk.order(now)));
        }
    }

    /// Nobody who locks the desk waits for a large one; that is backed up beside the work, once it is open again. One that
    /// is under way has the keys, so it stops.
    pub(super) fn on_locking(&mut self, desk: &Desk, now: DateTime<Utc>) {
        self.stop(desk, now);
        let day = |at: DateTime<Utc>| at.with_timezone(&London).date_naive();
        let is_of_today = self.newest.as_ref().is_some_and(|note| day(note.made_at) == day(now));
        let is_small = desk.size() < LARGE;
        if is_small && !is_of_today && self.unsaved_since(desk).is_some() {
            let made = backup::make(&desk.order(now), until(ON_LOCKING));
            self.note(desk, made, now);
        }
    }

    /// What went wrong with the last backup, for whoever has left the desk.
    pub(super) fn on_closing(
        &mut self,
        desk: &Desk,
        now: DateTime<Utc>,
        slow: impl FnOnce(),
    ) -> Option<String> {
        self.stop(desk, now);
        if self.unsaved_since(desk).is_some() {
            if desk.size() >= LARGE {
                slow();
            }
            let made = backup::make(&desk.order(now), until(ON_CLOSING));
            let given_up = matches!(made, Err(Error::GivenUp));
            self.note(desk, made, now);
            if given_up && self.is_due(desk, now) {
                return Some(TOO_LARGE.to_owned());
            }
        }
        self.untold.take()
    }

    /// When the newest was made.
    pub(super) fn last(&self) -> Option<DateTime<Utc>> {
        self.newest.as_ref().map(|note| note.made_at)
    }

    /// For how many days there have been entries that no backup has, where that is cause for worry: a backup that is
    /// due and about to be made is none.
    pub(super) fn days_without(&self, desk: &Desk, now: DateTime<Utc>) -> Option<i64> {
        let is_coming = self.failed.is_none() && (self.running.is_some() || self.is_due(desk, now));
        let days = (now - self.unsaved_since(desk)?).num_days();
        let least = if self.newest.is_some() { DAYS_SINCE_THE_LAST } else { DAYS_WITHOUT_ANY };
        (!is_coming && days >= least).then_some(days)
    }

    /// Since when there has been an entry that no backup has. A record that cannot be asked has other troubles.
    fn unsaved_since(&self, desk: &Desk) -> Option<DateTime<Utc>> {
        backup::unsaved_since(&desk.cabinet, self.newest.as_ref()).ok().flatten()
    }

    /// Whichever way a clock was put right meanwhile.
    fn is_due(&self, desk: &Desk, now: DateTime<Utc>) -> bool {
        let since = self.unsaved_since(desk);
        let last = self.newest.as_ref().map(|note| note.made_at);
        since.is_some_and(|since| (now - last.unwrap_or(since)).abs() >= A_DAY)
    }

    fn may_try(&self, now: DateTime<Utc>) -> bool {
        self.failed.is_none_or(|at| (now - at).abs() >= AGAIN)
    }

    fn find_newest(&mut self, desk: &Desk) {
        self.newest = backup::newest_of(&desk.folder.backups(), &desk.cabinet).ok().flatten();
    }

    fn note(&mut self, desk: &Desk, made: Result<Kept>, now: DateTime<Utc>) {
        match made {
            Ok(_) => {
                self.failed = None;
                self.find_newest(desk);
            }
            // Another desk makes one; or there was no time, or no desk to copy just then: the next one has it.
            Err(Error::BackingUp | Error::GivenUp | Error::PeopleBusy) => self.find_newest(desk),
            Err(error) => {
                self.failed = Some(now);
                self.untold = Some(error.to_string());
            }
        }
    }
}

/// Goes on for so long.
fn until(time: Duration) -> impl FnMut() -> Go {
    let started = Instant::now();
    move || if started.elapsed() < time { Go::On } else { Go::Stop }
}

/// A backup beside the work. Dropped, it stops at the next page.
struct Running {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<Result<Kept>>>,
}

impl Running {
    fn start(order: Order) -> Self {
        let (stop, stopped) = mpsc::channel::<()>();
        let go = move || match stopped.recv_timeout(PAUSE) {
            Err(RecvTimeoutError::Timeout) => Go::On,
            Ok(()) | Err(RecvTimeoutError::Disconnected) => Go::Stop,
        };
        let thread = thread::spawn(move || {
            let made = backup::make(&order, go);
            drop(order);
            keys::wipe_stack();
            made
        });
        Self { stop: Some(stop), thread: Some(thread) }
    }

    fn is_done(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// Stops it, where it is not done.
    fn outcome(mut self) -> Result<Kept> {
        self.end().unwrap_or_else(|| Err(Error::Refused(FAULT.to_owned())))
    }

    fn end(&mut self) -> Option<Result<Kept>> {
        self.stop = None;
        self.thread.take()?.join().ok()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.end());
    }
}
