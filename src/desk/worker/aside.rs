//! The other cabinet of somebody who opens both: it lies ready beside the one in front, takes in what is sealed to it,
//! and has backups of its own.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{Error, Reply, Result, Service, unsettled};
use crate::desk::Desk;
use crate::desk::backups::Schedule;
use crate::domain::cabinet::CabinetName;

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
}

/// What nobody may overlook of the one behind.
#[derive(Clone, Copy, Default)]
pub(super) struct Behind {
    pub(super) in_danger: u64,
    pub(super) new_in_senior_cabinet: u64,
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

    /// What went wrong behind the one in front, and what is to be told of it.
    pub(super) fn look_aside(&mut self, now: DateTime<Utc>) -> (Option<String>, Behind) {
        let Some(aside) = &mut self.aside else { return (self.aside_failed.take(), Behind::default()) };
        let trouble = aside.look(now);
        let desk = &aside.desk;
        let in_danger = desk.standing().map(|standing| standing.in_danger).unwrap_or_default();
        let is_senior = desk.folder().cabinet() == CabinetName::Senior;
        let new_in_senior_cabinet = if is_senior { desk.new_concerns().unwrap_or_default() } else { 0 };
        (trouble, Behind { in_danger, new_in_senior_cabinet })
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
