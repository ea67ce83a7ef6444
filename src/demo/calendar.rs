//! Days before today on which a school is open. Nothing here lies in the future.

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, NaiveTime, SubsecRound as _, TimeDelta, Utc};
use chrono_tz::Europe::London;

use crate::domain::moment::from_london;

/// How long before now the newest thing happened, at least.
const LEAST_AGO: TimeDelta = TimeDelta::minutes(1);
/// When a day without a stated time begins.
pub(super) const NINE: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).expect("nine o'clock is a time");

/// The days as they are counted back from the one on which the demonstration is made.
pub(super) struct Calendar {
    now: DateTime<Utc>,
}

impl Calendar {
    /// What happened is told in whole seconds.
    pub(super) fn new(now: DateTime<Utc>) -> Self {
        Self { now: now.trunc_subsecs(0) }
    }

    pub(super) fn today(&self) -> NaiveDate {
        day(self.now)
    }

    /// So many days ago, or the Friday before where that is a weekend.
    pub(super) fn school_day(&self, days_ago: u64) -> NaiveDate {
        let date = self.today() - Days::new(days_ago);
        date - Days::new(into_the_weekend(date))
    }

    /// The moment itself, or just before now where it is still to come.
    pub(super) fn past(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        at.min(self.now - LEAST_AGO)
    }
}

pub(super) fn day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&London).date_naive()
}

/// London's wall clock.
pub(super) fn at(date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    from_london(date.and_time(time))
}

/// 1 on a Saturday, 2 on a Sunday, otherwise 0: the days since the Friday.
fn into_the_weekend(date: NaiveDate) -> u64 {
    u64::from(date.weekday().number_from_monday().saturating_sub(5))
}

pub(super) fn is_school_day(date: NaiveDate) -> bool {
    into_the_weekend(date) == 0
}

/// How long until the next school day begins to be today.
pub(super) fn until_school(at: DateTime<Utc>) -> Duration {
    match into_the_weekend(day(at)) {
        0 => Duration::zero(),
        days => Duration::days(3 - i64::try_from(days).unwrap_or(0)),
    }
}
