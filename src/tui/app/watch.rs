//! What happens because time passes and nobody does anything: the desk locks, and what was copied goes from the
//! clipboard.

use chrono::{DateTime, TimeDelta, Utc};

use super::{App, Tell};
use crate::tui::settings::LOCK_AFTER;

/// How long a number that was copied may be pasted (T14).
const CLIPBOARD: TimeDelta = TimeDelta::seconds(60);

pub(super) struct Watch {
    /// When somebody last touched the keyboard or the mouse.
    touched: DateTime<Utc>,
    lock_after: TimeDelta,
    /// When something was put on the clipboard that may still be there.
    copied: Option<DateTime<Utc>>,
}

impl Watch {
    pub(super) fn new(now: DateTime<Utc>) -> Self {
        Self { touched: now, lock_after: LOCK_AFTER, copied: None }
    }

    pub(super) fn touched(&mut self, now: DateTime<Utc>) {
        self.touched = now;
    }

    /// A clock that was put back makes nothing last longer than it would have from then on.
    fn counts_from(&mut self, now: DateTime<Utc>) {
        self.touched = self.touched.min(now);
        self.copied = self.copied.map(|at| at.min(now));
    }

    pub(super) fn copied(&mut self, now: DateTime<Utc>) {
        self.copied = Some(now);
    }
}

impl App {
    /// After how long without a key the desk locks.
    pub fn lock_after(&mut self, time: TimeDelta) {
        self.watch.lock_after = time;
    }

    pub(super) fn time_passes(&mut self) {
        let now = self.cx.now;
        self.watch.counts_from(now);
        if self.watch.copied.is_some_and(|at| now - at >= CLIPBOARD) {
            self.forget_copied();
        }
        // A computer that slept comes back after its time, too.
        if self.cx.desk.is_some() && now - self.watch.touched >= self.watch.lock_after {
            self.lock_once_typed();
        }
    }

    /// What was copied is not left behind. What somebody has copied elsewhere since goes with it: a terminal does not
    /// tell.
    pub(super) fn forget_copied(&mut self) {
        if self.watch.copied.take().is_some() {
            self.outbox.push(Tell::Clipboard(String::new()));
        }
    }
}
