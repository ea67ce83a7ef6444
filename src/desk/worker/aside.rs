//! The other cabinet of somebody who opens both: it lies ready beside the one in front, takes in what is sealed to it,
//! and has backups of its own.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{Error, Reply, Result, Service, unsettled};
use crate::desk::Desk;
use crate::desk::answer::Standing;
use crate::desk::backups::Schedule;
use crate::domain::cabinet::CabinetName;
use crate::domain::triage::Urgency;

pub(super) struct Aside {
    desk: Desk,
    written: Option<DateTime<Utc>>,
    backups: Option<Schedule>,
}

impl Aside {
    /// What it takes in is told when it is in front.
    fn look(&mut self, now: DateTime<Utc>) -> Option<String> {
        let trouble = self.desk.look_without_telling(now).err().map(|error| error.to_string());
        if self.desk.noticed_change().is_ok_and(|changed| changed) {
            self.written = Some(now);
        }
        self.written = unsettled(&mut self.desk, self.written, now);
        let failed = self.backups.as_mut().and_then(|backups| {
            backups.start_where_due(&self.desk, now);
            backups.look(&self.desk, now)
        });
        trouble.or(failed)
    }

    /// What nobody may overlook, whichever cabinet is in front.
    pub(super) fn complete(&self, standing: &mut Standing) {
        let new = |least| self.desk.new_concerns(least).unwrap_or_default();
        standing.in_danger += new(Urgency::Danger);
        if self.desk.folder().cabinet() == CabinetName::Senior {
            standing.new_in_senior_cabinet = new(Urgency::Routine);
        }
    }
}

impl Service {
    /// Opens what whoever opened the first may open, too. One that is damaged keeps nobody from the other.
    pub(super) fn find_aside(&mut self, front: &Desk) {
        let beside = front.beside();
        self.aside_failed = beside.as_ref().err().map(ToString::to_string);
        self.senior_cabinet_replaced = beside
            .as_ref()
            .is_ok_and(|beside| front.senior_cabinet_is_replaced(beside.as_ref()).unwrap_or_default());
        self.aside = beside.ok().flatten().map(|desk| {
            let mut backups = self.backups.is_some().then(Schedule::default);
            if let Some(backups) = &mut backups {
                backups.on_opening(&desk);
            }
            Aside { desk, written: None, backups }
        });
    }

    /// What went wrong behind the one in front.
    pub(super) fn look_aside(&mut self, now: DateTime<Utc>) -> Option<String> {
        match &mut self.aside {
            Some(aside) => aside.look(now),
            None => self.aside_failed.take(),
        }
    }

    /// Puts the other cabinet in front.
    pub(super) fn turn(&mut self) -> Result<Reply> {
        let Some((mut front, aside)) = self.desk.take_if(|_| self.aside.is_some()).zip(self.aside.take())
        else {
            return Err(Error::Refused("You open one cabinet, and this is it.".to_owned()));
        };
        // Nothing of it is on a screen any more.
        drop(front.open_here(&BTreeSet::new()));
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
