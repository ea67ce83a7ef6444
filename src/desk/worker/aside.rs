//! The other cabinet of somebody who opens both: it lies ready beside the one in front, takes in what is sealed to it,
//! and has backups of its own.

use chrono::{DateTime, Utc};

use super::{Error, Reply, Result, Service};
use crate::desk::Desk;
use crate::desk::backups::Schedule;
use crate::domain::cabinet::CabinetName;

const REPLACED: &str = "You receive concerns about the DSL, but the senior cabinet does not open with your keys. It was replaced: \
                        find out by whom, and put it back from its backup.";

pub(super) struct Aside {
    desk: Desk,
    written: Option<DateTime<Utc>>,
    backups: Option<Schedule>,
}

impl Aside {
    /// What it takes in is told when it is in front.
    fn look(&mut self, now: DateTime<Utc>) -> Option<String> {
        let trouble = match self.desk.look(now) {
            Ok(looked) => looked.trouble,
            Err(error) => Some(error.to_string()),
        };
        if self.desk.noticed_change().is_ok_and(|changed| changed) {
            self.desk.keep_last_seen();
        }
        let failed = self.backups.as_mut().and_then(|backups| {
            backups.start_where_due(&self.desk, now);
            backups.look(&self.desk, now)
        });
        trouble.or(failed)
    }
}

impl Service {
    /// Opens what whoever opened the first may open, too. One that is damaged keeps nobody from the other.
    pub(super) fn find_aside(&mut self, front: &Desk) {
        let beside = front.beside();
        self.aside_failed = match &beside {
            Ok(None) if front.should_open_both().unwrap_or_default() => Some(REPLACED.to_owned()),
            Ok(_) => None,
            Err(error) => Some(error.to_string()),
        };
        self.aside = beside.ok().flatten().map(|desk| {
            let mut backups = self.backups.is_some().then(Schedule::default);
            if let Some(backups) = &mut backups {
                backups.on_opening(&desk);
            }
            Aside { desk, written: None, backups }
        });
    }

    /// What went wrong beside the one in front, and how many concerns in the senior cabinet nobody has begun with.
    pub(super) fn look_aside(&mut self, now: DateTime<Utc>) -> (Option<String>, u64) {
        let Some(aside) = &mut self.aside else { return (self.aside_failed.take(), 0) };
        let trouble = aside.look(now);
        let is_senior = aside.desk.folder().cabinet() == CabinetName::Senior;
        let new = if is_senior { aside.desk.new_concerns().unwrap_or_default() } else { 0 };
        (trouble, new)
    }

    /// Puts the other cabinet in front.
    pub(super) fn turn(&mut self) -> Result<Reply> {
        let (Some(front), Some(aside)) = (self.desk.take(), self.aside.take()) else {
            return Err(Error::Refused("You open one cabinet, and this is it.".to_owned()));
        };
        let written = std::mem::replace(&mut self.written, aside.written);
        let backups = std::mem::replace(&mut self.backups, aside.backups);
        self.aside = Some(Aside { desk: front, written, backups });
        self.desk = Some(aside.desk);
        Ok(Reply::Noted)
    }

    pub(super) fn lock_aside(&mut self, now: DateTime<Utc>) {
        if let Some(Aside { desk, backups: Some(mut backups), .. }) = self.aside.take() {
            backups.on_locking(&desk, now);
        }
    }

    pub(super) fn close_aside(&mut self, now: DateTime<Utc>, slow: impl FnOnce()) -> Option<String> {
        let Aside { desk, backups, .. } = self.aside.take()?;
        backups?.on_closing(&desk, now, slow)
    }
}
